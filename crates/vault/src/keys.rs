//! The keys that an open vault hands out, in two halves: what stays when the screen is locked, and
//! what leaves with the person. Dropping a key wipes it.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::VaultError;
use crate::index::BlindIndex;
use crate::purpose;
use crate::random::random;
use crate::seal::Sealer;
use crate::sign::{PersonKeys, SigningKeys};

/// The keys of a purpose are numbered from here; a change of keys would count up.
const FIRST_KEY: u8 = 1;

/// 256 secret bits. Wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes the bytes as a key.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes. The only way out.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn random() -> Result<Self, VaultError> {
        random().map(Self)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// A key of its own for `purpose` (HKDF-SHA256, RFC 5869) from secrets that are random enough.
    #[expect(
        clippy::expect_used,
        reason = "32 bytes are far below the 8,160 that HKDF can give"
    )]
    pub(crate) fn derive(secrets: &[&[u8]], salt: &[u8], purpose: &str) -> Self {
        let material = Zeroizing::new(secrets.concat());
        let mut key = Self([0; 32]);
        Hkdf::<Sha256>::new(Some(salt), &material)
            .expand(purpose.as_bytes(), &mut key.0)
            .expect("32 bytes");
        key
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

/// The key from which all keys of the data folder come. It exists only while it is being used.
pub(crate) struct DataKey(Key);

impl DataKey {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    pub(crate) fn for_purpose(&self, purpose: &str) -> Key {
        Key::derive(&[self.0.expose()], b"", purpose)
    }

    pub(crate) fn journal(&self) -> Sealer {
        self.sealer(purpose::JOURNAL)
    }

    pub(crate) fn content(&self) -> ContentKeys {
        ContentKeys {
            view: self.sealer(purpose::VIEW),
            index: BlindIndex::new(self.for_purpose(purpose::INDEX)),
            files: self.sealer(purpose::FILES),
            drafts: self.sealer(purpose::DRAFTS),
        }
    }

    fn sealer(&self, purpose: &str) -> Sealer {
        Sealer::new(FIRST_KEY, self.for_purpose(purpose))
    }
}

/// What an unlocked vault hands out.
#[derive(Debug)]
pub struct Unlocked {
    /// Stays until suspend or exit.
    pub journal: JournalKeys,
    /// Leaves when the screen is locked.
    pub session: PersonSession,
}

/// What the printed code or the recovery key opens: everything but the keys of a person.
#[derive(Debug)]
pub struct Rescued {
    /// Stays until suspend or exit.
    pub journal: JournalKeys,
    /// The keys to what was kept.
    pub content: ContentKeys,
}

/// The keys that stay after the screen is locked, so that syncing goes on.
#[derive(Debug)]
pub struct JournalKeys {
    /// Seals the blocks of the journal.
    pub journal: Sealer,
    /// Signs what the machine does by itself.
    pub device: SigningKeys,
}

/// The keys that are there while a person works. Dropping it wipes them.
#[derive(Debug)]
pub struct PersonSession {
    /// Hex of the id.
    pub person: String,
    /// The person's own.
    pub keys: PersonKeys,
    /// The keys to what is kept.
    pub content: ContentKeys,
}

/// The keys to what is kept beside the journal.
#[derive(Debug)]
pub struct ContentKeys {
    /// Seals the values of the view.
    pub view: Sealer,
    /// Makes the tokens of the index.
    pub index: BlindIndex,
    /// Seals attachments.
    pub files: Sealer,
    /// Seals half-typed forms.
    pub drafts: Sealer,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_different_purposes_do_not_open_each_others_seals() {
        let data = DataKey::new(Key::from_bytes([1; 32]));
        let sealed = data.journal().seal(b"", b"x").unwrap();
        let content = data.content();
        for other in [&content.view, &content.files, &content.drafts] {
            assert!(other.open(b"", &sealed).is_err());
        }
        assert_eq!(data.journal().open(b"", &sealed).unwrap(), b"x");
    }

    #[test]
    fn a_derived_key_is_hkdf_sha256() {
        // RFC 5869, test case 3, its first 32 bytes.
        let key = Key::derive(&[&[0x0b; 11], &[0x0b; 11]], b"", "");
        assert_eq!(
            crate::hex::encode(key.expose()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
    }
}
