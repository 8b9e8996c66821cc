//! Where each device's chain ends: read once from the journal, block by block.

use std::collections::BTreeMap;

use yichuang_domain::record::{CommitRef, Id, Kind, fold};
use yichuang_journal::{Damage, DamageKind, FILE_HEADER_BYTES, Journal, JournalError, Position};

use crate::{
    chain::may_bring_keys,
    commit::{Commit, Hash, from_cbor},
    error::StoreError,
    received::{RECEIVED, commits_in},
    store::COMMITS,
};

/// The end of one device's chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The clock of the last commit that was written here, milliseconds.
    pub(crate) time: i64,
    /// Whether anything came from a hub.
    pub(crate) has_received: bool,
    /// Where the last block ends.
    pub(crate) end: Position,
    /// The devices by their public keys, in hexadecimal digits.
    pub(crate) keys: BTreeMap<String, Id>,
}

impl Heads {
    /// Of a journal that has nothing yet of its community.
    pub(crate) const fn none(community: Vec<u8>) -> Self {
        Self {
            community,
            ends: BTreeMap::new(),
            time: 0,
            has_received: false,
            end: Position::START,
            keys: BTreeMap::new(),
        }
    }

    /// Reads the journal from its first block to its last; nothing when it has no commit. A block of
    /// commits holds those of one device.
    pub(crate) fn read(journal: &Journal) -> Result<Option<Self>, StoreError> {
        Self::follow(None, journal, Position::START)
    }

    /// Reads on where these were the ends.
    pub(crate) fn go_on(
        self,
        journal: &Journal,
        from: Position,
    ) -> Result<Option<Self>, StoreError> {
        Self::follow(Some(self), journal, from)
    }

    fn follow(
        mut found: Option<Self>,
        journal: &Journal,
        from: Position,
    ) -> Result<Option<Self>, StoreError> {
        let read = journal.read_all(from, |block| match block.kind {
            COMMITS => {
                let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
                let (Some(first), Some(last)) = (commits.first(), commits.last()) else {
                    return Ok(());
                };
                let heads = found.get_or_insert_with(|| Self::none(first.hash().to_vec()));
                heads.end = block.next;
                heads.time = last.header()?.time;
                heads.add(first, last)
            }
            RECEIVED => {
                let commits = commits_in(block.kind, block.body)?;
                let Some(first) = commits.first() else {
                    // Nothing but numbers for what stands here already.
                    if let Some(heads) = &mut found {
                        heads.receive(block.next);
                    }
                    return Ok(());
                };
                let heads = found.get_or_insert_with(|| Self::none(first.hash().to_vec()));
                heads.receive(block.next);
                for commit in &commits {
                    if may_bring_keys(commit) {
                        heads.learn(commit)?;
                    }
                    heads.add(commit, commit)?;
                }
                Ok(())
            }
            _ => Ok(()),
        });
        match read {
            Err(StoreError::Journal(JournalError::Damaged(damage))) if is_foreign(&damage) => {
                Err(StoreError::Foreign)
            }
            read => read.map(|()| found),
        }
    }

    const fn receive(&mut self, end: Position) {
        self.has_received = true;
        self.end = end;
    }

    /// Takes commits of one device that follow each other.
    fn add(&mut self, first: &Commit, last: &Commit) -> Result<(), StoreError> {
        let header = last.header()?;
        if !self.ends.contains_key(&header.device) {
            self.learn(first)?;
        }
        let known = self.ends.get(&header.device);
        // What lost its number comes once more.
        if known.is_some_and(|head| head.seq >= header.seq) {
            return Ok(());
        }
        let head = Head {
            seq: header.seq,
            hash: last.hash(),
            restored_from: header.restored_from,
        };
        self.ends.insert(header.device, head);
        Ok(())
    }

    /// A founding or a restored device brings its own key, the hub brings those that joined.
    fn learn(&mut self, first: &Commit) -> Result<(), StoreError> {
        self.keys.extend(device_keys(first)?);
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

/// The public keys of devices that a commit brings.
pub(crate) fn device_keys(commit: &Commit) -> Result<Vec<(String, Id)>, StoreError> {
    let entries = commit.entries()?;
    let of_devices = entries
        .iter()
        .filter(|entry| entry.change.record().kind == Kind::DEVICE);
    let keys = of_devices.filter_map(|entry| {
        let key = fold(std::slice::from_ref(entry)).get::<String>("signing")?;
        Some((key, entry.change.record().id))
    });
    Ok(keys.collect())
}

/// The very first block has a seal of other keys: this journal came from another desk.
fn is_foreign(damage: &Damage) -> bool {
    const FIRST: Position = Position {
        file: 1,
        offset: FILE_HEADER_BYTES,
    };
    damage.kind == DamageKind::Seal && damage.at == FIRST
}
