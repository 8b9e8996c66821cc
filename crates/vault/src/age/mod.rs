//! Sealed files in the age format, version 1 (C2SP, age-encryption.org/v1): anybody with the right
//! secret opens them with our program or with any other that reads the format.
//!
//! Only what backups need: X25519 recipients, written and read as a stream. Built from the
//! primitives the vault has anyway; the crate `age` would bring a second generation of all of them,
//! a key encapsulation before its release, and a translation system. Tests read a file that the
//! reference implementation wrote; theirs has read ours.
//!
//! The format does not say who wrote a file: what is inside must say that (`store` checks it).

mod header;
mod stream;

pub use stream::{AgeReader, AgeWriter};

use x25519_dalek::{PublicKey, StaticSecret};

use crate::keys::Key;

/// Why a sealed file stays shut.
#[derive(Debug, thiserror::Error)]
pub enum AgeError {
    /// It is no sealed file of this format.
    #[error("this is no sealed file")]
    NotSealed,
    /// It is of a newer format.
    #[error("the sealed file is of a newer format")]
    Newer,
    /// It is sealed to others.
    #[error("the secret does not open this file")]
    WrongSecret,
    /// It was changed or cut.
    #[error("the sealed file is damaged")]
    Damaged,
    /// The disk refused.
    #[error("the disk refused")]
    Disk(#[from] std::io::Error),
}

/// What opens a sealed file.
pub struct AgeSecret(StaticSecret);

impl AgeSecret {
    /// The secret half of a recipient's key.
    pub(crate) fn new(secret: &Key) -> Self {
        Self(StaticSecret::from(*secret.expose()))
    }

    /// The half that files are sealed to.
    pub fn public(&self) -> [u8; 32] {
        PublicKey::from(&self.0).to_bytes()
    }
}

/// The key of one file: it opens this one and no other.
#[derive(Clone)]
pub struct FileKey(zeroize::Zeroizing<[u8; 16]>);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FileKey(…)")
    }
}

#[cfg(test)]
mod tests;
