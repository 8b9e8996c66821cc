//! Where each device's chain ends: read once from the journal, block by block.

use std::collections::BTreeMap;

use yichuang_domain::record::{CommitRef, Id, Kind, fold};
use yichuang_journal::{Damage, DamageKind, FILE_HEADER_BYTES, Journal, JournalError, Position};

use crate::{
    commit::{Commit, Hash, from_cbor},
    error::StoreError,
    store::COMMITS,
};

/// The end of one device's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// How many commits it has.
    pub(crate) seq: u64,
    /// The hash of the last.
    pub(crate) hash: Hash,
    /// What the device was restored from.
    pub(crate) restored_from: Vec<CommitRef>,
}

/// The ends of all chains of a journal.
pub(crate) struct Heads {
    /// The hash of the first commit: the community's id.
    pub(crate) community: Vec<u8>,
    /// By device.
    pub(crate) ends: BTreeMap<Id, Head>,
    /// The clock of the last commit, milliseconds.
    pub(crate) time: i64,
    /// Where the last block ends.
    pub(crate) end: Position,
    /// The devices by their public keys, in hexadecimal digits.
    pub(crate) keys: BTreeMap<String, Id>,
}

impl Heads {
    /// Reads the journal from its first block to its last. A block holds commits of one device.
    pub(crate) fn read(journal: &Journal) -> Result<Self, StoreError> {
        Self::follow(None, journal, Position::START)
    }

    /// Reads on where these were the ends.
    pub(crate) fn go_on(self, journal: &Journal, from: Position) -> Result<Self, StoreError> {
        Self::follow(Some(self), journal, from)
    }

    fn follow(
        mut found: Option<Self>,
        journal: &Journal,
        from: Position,
    ) -> Result<Self, StoreError> {
        let read = journal.read_all(from, |block| {
            if block.kind != COMMITS {
                return Ok(());
            }
            let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
            let (Some(first), Some(last)) = (commits.first(), commits.last()) else {
                return Ok(());
            };
            let heads = found.get_or_insert_with(|| Self {
                community: first.hash().to_vec(),
                ends: BTreeMap::new(),
                time: 0,
                end: Position::START,
                keys: BTreeMap::new(),
            });
            heads.end = block.next;
            heads.add(first, last)
        });
        match read {
            Err(StoreError::Journal(JournalError::Damaged(damage))) if is_foreign(&damage) => {
                return Err(StoreError::Foreign);
            }
            read => read?,
        }
        found.ok_or(StoreError::form("the first commit"))
    }

    fn add(&mut self, first: &Commit, last: &Commit) -> Result<(), StoreError> {
        let header = last.header()?;
        self.time = header.time;
        let head = Head {
            seq: header.seq,
            hash: last.hash(),
            restored_from: header.restored_from,
        };
        if self.ends.insert(header.device, head).is_none() {
            self.learn(first)?;
        }
        Ok(())
    }

    /// A chain begins with the public key of its device.
    fn learn(&mut self, first: &Commit) -> Result<(), StoreError> {
        for entry in first.entries()? {
            let record = entry.change.record().clone();
            if record.kind != Kind::DEVICE {
                continue;
            }
            let key = fold(std::slice::from_ref(&entry)).get::<String>("signing");
            self.keys.extend(key.map(|key| (key, record.id)));
        }
        Ok(())
    }

    /// The device with this public key.
    pub(crate) fn device_of(&self, public: &[u8; 32]) -> Option<Id> {
        self.keys.get(&crate::hex::hex(public)).copied()
    }

    /// The last commit of each device.
    pub(crate) fn refs(&self) -> Vec<CommitRef> {
        let each = self.ends.iter();
        each.map(|(device, head)| CommitRef {
            device: *device,
            seq: head.seq,
        })
        .collect()
    }
}

/// The very first block has a seal of other keys: this journal came from another desk.
fn is_foreign(damage: &Damage) -> bool {
    const FIRST: Position = Position {
        file: 1,
        offset: FILE_HEADER_BYTES,
    };
    damage.kind == DamageKind::Seal && damage.at == FIRST
}
