//! Bare keys, for the one program that looks for them in the memory of another (feature `scan`).

use crate::{
    error::UnlockError, keys::ContentKeys, seal::Sealer, sensitive::SensitiveKey, vault::Vault,
};

/// A key with its name.
pub type BareKey = (String, [u8; 32]);

impl Vault {
    /// Every key that must leave memory with this person: the data key, those made from it that are not
    /// the journal's, and the person's own.
    ///
    /// # Errors
    ///
    /// As [`Vault::unlock`].
    pub fn bare_keys(&mut self, person: &str, password: &str) -> Result<Vec<BareKey>, UnlockError> {
        let (data, own) = self.open_person(person, password)?;
        let ContentKeys {
            view,
            index,
            files,
            drafts,
        } = data.content();
        let bare = |sealer: &Sealer| *sealer.bare().expose();
        let named = [
            ("data key", *data.expose()),
            ("view key", bare(&view)),
            ("index key", *index.bare().expose()),
            ("files key", bare(&files)),
            ("drafts key", bare(&drafts)),
            ("signing key of a person", *own.signing_seed()),
            ("sealing key of a person", *own.sealing_seed()),
        ];
        Ok(named
            .into_iter()
            .map(|(name, key)| (format!("{name} ({person})"), key))
            .collect())
    }
}

impl SensitiveKey {
    /// The key itself.
    pub fn bare(&self) -> BareKey {
        ("key of sensitive facts".to_owned(), *self.root().expose())
    }
}
