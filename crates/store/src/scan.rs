//! Bare keys, for the program that looks for them in the memory of another (feature `scan`).

use yichuang_domain::record::Id;
use yichuang_vault::{BareKey, SensitiveKey};

use crate::{error::StoreError, store::Store};

impl Store {
    /// Every key that must leave memory when this person locks the desk, by name.
    ///
    /// # Errors
    ///
    /// As [`Store::unlock`].
    pub fn bare_keys(&mut self, person: Id, password: &str) -> Result<Vec<BareKey>, StoreError> {
        let mut keys = self.vault.bare_keys(&person.to_string(), password)?;
        self.unlock(person, password)?;
        keys.extend(self.key_ring()?.held().map(SensitiveKey::bare));
        Ok(keys)
    }
}
