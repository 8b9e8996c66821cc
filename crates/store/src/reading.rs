//! Commits from elsewhere, read with limits: nothing is made of bytes before their form was checked.

use yichuang_domain::record::Change;
use yichuang_sync::{Limits, Reader, Reading, Unreadable, check};

use crate::commit::{Commit, Hash, Leaf, from_cbor};

/// Reads commits for both sides of syncing.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommitReader;

impl CommitReader {
    /// A commit from bytes that came from elsewhere.
    ///
    /// # Errors
    ///
    /// Refuses what is none, or larger or deeper than any real one.
    pub fn commit(bytes: &[u8]) -> Result<Commit, Unreadable> {
        check(bytes, Limits::COMMIT).map_err(|_much| Unreadable)?;
        let commit: Commit = from_cbor(bytes, "a commit").map_err(|_form| Unreadable)?;
        check(&commit.header, Limits::COMMIT).map_err(|_much| Unreadable)?;
        Ok(commit)
    }

    /// What a commit says.
    pub(crate) fn reading(commit: &Commit) -> Result<Reading, Unreadable> {
        let header = commit.header().map_err(|_form| Unreadable)?;
        let holds = commit.changes_hold().map_err(|_form| Unreadable)?;
        let mut is_known = true;
        let mut changes = Vec::with_capacity(commit.leaves.len());
        for leaf in &commit.leaves {
            let change = match leaf {
                Leaf::Whole { change, .. } => change_of(change),
                Leaf::Redacted { .. } => None,
            };
            is_known &= change.is_some() || matches!(leaf, Leaf::Redacted { .. });
            changes.push(change);
        }
        Ok(Reading {
            header,
            hash: commit.hash(),
            changes,
            is_known,
            holds,
        })
    }
}

impl Reader for CommitReader {
    fn read(&self, bytes: &[u8]) -> Result<Reading, Unreadable> {
        Self::reading(&Self::commit(bytes)?)
    }

    fn is_signed_by(&self, bytes: &[u8], public: &Hash) -> bool {
        Self::commit(bytes).is_ok_and(|commit| commit.is_signed_by(public))
    }

    fn is_signature(&self, message: &[u8], signature: &[u8; 64], public: &Hash) -> bool {
        yichuang_vault::verify(public, message, signature)
    }
}

fn change_of(bytes: &[u8]) -> Option<Change> {
    check(bytes, Limits::COMMIT).ok()?;
    from_cbor(bytes, "a change").ok()
}
