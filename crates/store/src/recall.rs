//! The ends of the chains, noted when the desk is locked or closed, so that a start need not read the
//! journal from its first block. The note lies in `chains`, sealed with the journal's key.
//!
//! It is believed only if the journal was found sound at its end and still has the note's mark: the very
//! block that was last then, in files that were not written anew. The blocks behind the mark are read, so
//! that an old note is as good as a new one, only slower. Otherwise everything is read, as without a note.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use yichuang_domain::record::{CommitRef, Id};
use yichuang_journal::{Disk, Journal, Mark, Position, Recovery, Seal};

use crate::{
    beside,
    commit::{from_cbor, to_cbor},
    error::StoreError,
    heads::{Head, Heads},
    store::{Store, Truth},
};

const FILE: &str = "chains";
const LABEL: &[u8] = b"yichuang chains 1";

#[derive(Serialize, Deserialize)]
struct Noted {
    mark: ByteBuf,
    community: ByteBuf,
    ends: Vec<(Id, u64, ByteBuf, Vec<CommitRef>)>,
    keys: BTreeMap<String, Id>,
    time: i64,
    end: (u32, u64),
    /// Absent in notes from before there was a hub.
    #[serde(default)]
    has_received: bool,
}

/// The ends of the chains: from the note and what came after it, or from the whole journal.
pub(crate) fn heads(
    disk: &dyn Disk,
    data: &Path,
    journal: &Journal,
    seal: &dyn Seal,
    recovery: &Recovery,
) -> Result<Option<Heads>, StoreError> {
    let noted = noted(disk, data, journal, seal).filter(|_noted| recovery.is_sound());
    if let Some((heads, mark)) = noted
        && let Ok(heads) = heads.go_on(journal, mark.end())
    {
        return Ok(heads);
    }
    Heads::read(journal)
}

fn noted(
    disk: &dyn Disk,
    data: &Path,
    journal: &Journal,
    seal: &dyn Seal,
) -> Option<(Heads, Mark)> {
    let sealed = beside::read(disk, &data.join(FILE))?;
    let plain = seal.open(seal.key_id(), LABEL, &sealed).ok()?;
    let noted: Noted = from_cbor(&plain, "the ends of the chains").ok()?;
    let mark = Mark::decode(&noted.mark).filter(|mark| journal.holds(mark))?;
    Some((noted.heads()?, mark))
}

impl Noted {
    fn heads(self) -> Option<Heads> {
        let ends = self
            .ends
            .into_iter()
            .map(|(device, seq, hash, restored_from)| {
                let hash = hash.as_slice().try_into().ok()?;
                let head = Head {
                    seq,
                    hash,
                    restored_from,
                };
                Some((device, head))
            });
        Some(Heads {
            community: self.community.into_vec(),
            ends: ends.collect::<Option<_>>()?,
            time: self.time,
            has_received: self.has_received,
            end: Position {
                file: self.end.0,
                offset: self.end.1,
            },
            keys: self.keys,
        })
    }
}

impl Truth {
    /// The ends of all chains as they are now.
    pub(crate) fn ends(&self) -> BTreeMap<Id, Head> {
        let mut ends = self.heads.clone();
        let own = Head {
            seq: self.seq,
            hash: self.last,
            restored_from: self.restored_from.clone(),
        };
        // A desk that has just joined has no chain yet.
        if self.seq > 0 {
            ends.insert(self.device, own);
        }
        ends
    }

    fn noted(&self, mark: &Mark) -> Noted {
        let ends = self.ends().into_iter().map(|(device, head)| {
            let hash = ByteBuf::from(head.hash.to_vec());
            (device, head.seq, hash, head.restored_from)
        });
        Noted {
            mark: ByteBuf::from(mark.encode()),
            community: ByteBuf::from(self.community.clone()),
            ends: ends.collect(),
            keys: self.keys.clone(),
            time: self.time,
            end: (self.end.file, self.end.offset),
            has_received: self.has_received,
        }
    }
}

impl Store {
    /// Notes where the chains end now. Where that cannot be written, the next start reads more.
    pub(crate) fn note_ends(&mut self) {
        if self.read_only().is_some() {
            return;
        }
        let Some(truth) = &mut self.truth else {
            return;
        };
        let Ok(Some(mark)) = truth.journal.mark() else {
            return;
        };
        // Behind a write that failed, nobody knows what the journal has.
        if truth.journal.is_poisoned() || truth.noted.as_ref() == Some(&mark) {
            return;
        }
        let written = to_cbor(&truth.noted(&mark)).and_then(|plain| {
            let sealed = truth.seal.seal(LABEL, &plain);
            let sealed = sealed.map_err(yichuang_journal::JournalError::from)?;
            Ok(beside::write(
                self.disk.as_ref(),
                &self.data.join(FILE),
                &sealed,
            )?)
        });
        truth.noted = written.is_ok().then_some(mark);
    }
}
