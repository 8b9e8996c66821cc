//! A commit as both sides look at it. Its bytes have one form, and the store reads it; so the reader
//! is handed in.

use yichuang_domain::record::{Change, CommitRef, Header};

use crate::log::Hash;

/// A commit that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its header.
    pub header: Header,
    /// Its hash.
    pub hash: Hash,
    /// Its changes by their place in it; a redacted one, or one of a form not known, is nothing.
    pub changes: Vec<Option<Change>>,
    /// Whether every change of it is of a form this version knows, or was redacted.
    pub is_known: bool,
    /// Whether the changes are those that were signed.
    pub holds: bool,
}

impl Reading {
    /// Whose commit it is, and which.
    pub const fn at(&self) -> CommitRef {
        CommitRef {
            device: self.header.device,
            seq: self.header.seq,
        }
    }
}

/// The bytes are no commit, or larger or deeper than any real one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no commit")]
pub struct Unreadable;

/// Reads commits and checks signatures.
pub trait Reader {
    /// Reads a commit.
    ///
    /// # Errors
    ///
    /// Refuses what is none.
    fn read(&self, commit: &[u8]) -> Result<Reading, Unreadable>;

    /// Whether `public` signed this commit.
    fn is_signed_by(&self, commit: &[u8], public: &Hash) -> bool;

    /// Whether `public` signed these bytes.
    fn is_signature(&self, message: &[u8], signature: &[u8; 64], public: &Hash) -> bool;
}
