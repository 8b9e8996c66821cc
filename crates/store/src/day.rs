//! One day of this device's chain: what was committed, and where it ended.

use yichuang_domain::record::Entry;
use yichuang_journal::{FILE_HEADER_BYTES, Position};

use crate::{
    commit::{Commit, Hash, from_cbor},
    error::StoreError,
    store::{COMMITS, Store},
    verify::Head,
};

/// A day of the chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayOfChain {
    /// Commits of the day.
    pub commits: u64,
    /// Their changes, in order.
    pub entries: Vec<Entry>,
    /// The last of them.
    pub head: Option<Head>,
}

impl Store {
    /// The commits whose clock is from `from` up to, and without, `until`; milliseconds.
    ///
    /// # Errors
    ///
    /// When the store is locked or the journal is damaged.
    pub fn day_of_chain(&self, from: i64, until: i64) -> Result<DayOfChain, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        // A day is at the end, as a rule: older files are read only if the day began in them.
        let mut file = truth.journal.head().file;
        loop {
            let (day, began_before) = self.day_since(file, from, until)?;
            if began_before || file <= 1 {
                return Ok(day);
            }
            file -= 1;
        }
    }

    /// The community's id: the hash of its first commit.
    ///
    /// # Errors
    ///
    /// When the store is locked.
    pub fn community_id(&self) -> Result<Hash, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let id = truth.community.as_slice().try_into();
        id.map_err(|_length| StoreError::form("the community's id"))
    }

    /// The day as it stands in the files from `file` on, and whether they begin before it.
    fn day_since(
        &self,
        file: u32,
        from: i64,
        until: i64,
    ) -> Result<(DayOfChain, bool), StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let mut day = DayOfChain::default();
        let mut began_before = None;
        let start = Position {
            file,
            offset: FILE_HEADER_BYTES,
        };
        truth.journal.read_all(start, |block| {
            if block.kind != COMMITS {
                return Ok(());
            }
            for commit in from_cbor::<Vec<Commit>>(block.body, "a block of commits")? {
                let header = commit.header()?;
                began_before.get_or_insert(header.time < from);
                if (from..until).contains(&header.time) {
                    day.commits += 1;
                    day.entries.extend(commit.entries()?);
                    day.head = Some(Head {
                        device: header.device,
                        seq: header.seq,
                        hash: commit.hash(),
                    });
                }
            }
            Ok::<(), StoreError>(())
        })?;
        Ok((day, began_before.unwrap_or(false)))
    }
}
