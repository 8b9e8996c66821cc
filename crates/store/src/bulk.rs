//! Many records at once: walking over all of a kind without holding them, and ids that follow from what a
//! record is about, so that one workbook taken in at two desks is one set of records.

use std::io::Read;

use yichuang_domain::record::{Id, Kind};

use crate::{commit::Hash, error::StoreError, read::Record, store::Store};

impl Store {
    /// Tells every record of a kind, one after the other.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn each_record(&self, kind: &Kind, mut told: impl FnMut(Record)) -> Result<(), StoreError> {
        let (view, content) = self.parts()?;
        for row in view.records_of(content, kind) {
            let (id, entries) = row?;
            if let Some(record) = Record::of(id, &entries, self.device()) {
                told(record);
            }
        }
        Ok(())
    }

    /// The id of what these parts describe in this community: the first 16 bytes of
    /// `BLAKE3(community ‖ length ‖ part ‖ …)`, lengths as eight bytes, big-endian.
    ///
    /// # Errors
    ///
    /// When the store is locked.
    pub fn computed_id(&self, parts: &[&[u8]]) -> Result<Id, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&truth.community);
        for part in parts {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
        let hash = hasher.finalize();
        let first = hash.as_bytes().first_chunk::<16>();
        first
            .map(|bytes| Id::from_bytes(*bytes))
            .ok_or(StoreError::form("an id"))
    }
}

/// BLAKE3 of everything there is to read.
///
/// # Errors
///
/// When it cannot be read.
pub fn digest(mut from: impl Read) -> std::io::Result<Hash> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut from, &mut hasher)?;
    Ok(*hasher.finalize().as_bytes())
}
