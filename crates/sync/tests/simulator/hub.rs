//! The hub's disk, and the hub on it.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use yichuang_domain::record::{CommitRef, Id};
use yichuang_sync::{Frame, Hash, Hub, Known, Ledger, Mark};

use crate::{
    bugs::Bug,
    people::{CheapHubKeys, CheapReader},
};

/// The hub crashed in the middle of something.
#[derive(Debug)]
pub(crate) struct Crash;

/// How the next append ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fuse {
    #[default]
    Holds,
    /// Nothing of it is on disk.
    BeforeWriting,
    /// All of it is on disk, and nobody hears of it.
    AfterWriting,
}

#[derive(Default)]
pub(crate) struct HubDisk {
    /// What a restart finds.
    pub(crate) frames: Vec<Frame>,
    pub(crate) fuse: Fuse,
}

pub(crate) struct SimLedger {
    disk: Rc<RefCell<HubDisk>>,
    bug: Option<Bug>,
    frames: Vec<Frame>,
    marks: Vec<Mark>,
    ends: BTreeMap<Id, (u64, Hash)>,
    known: BTreeMap<CommitRef, Known>,
    /// Frames that a hub which answers too early has only in memory.
    unsynced: usize,
    /// The planted mistake that forgets the last number.
    forgets: bool,
}

impl SimLedger {
    fn open(disk: Rc<RefCell<HubDisk>>, bug: Option<Bug>) -> Self {
        let frames = disk.borrow().frames.clone();
        let mut ledger = Self {
            disk,
            bug,
            frames: Vec::new(),
            marks: vec![Mark::default()],
            ends: BTreeMap::new(),
            known: BTreeMap::new(),
            unsynced: 0,
            forgets: false,
        };
        for frame in frames {
            ledger.remember(frame);
        }
        ledger.forgets = bug == Some(Bug::NumberUsedTwice) && ledger.frames.len() > 3;
        ledger
    }

    fn remember(&mut self, frame: Frame) {
        let mark = frame.mark_after(self.marks.last().unwrap());
        self.marks.push(mark);
        self.ends
            .insert(frame.at.device, (frame.at.seq, frame.hash));
        let known = Known {
            number: frame.number,
            hash: frame.hash,
        };
        self.known.insert(frame.at, known);
        self.frames.push(frame);
    }

    /// Puts on disk what a hub that answers too early has in memory.
    pub(crate) fn flush(&mut self) {
        let from = self.frames.len() - self.unsynced;
        self.disk
            .borrow_mut()
            .frames
            .extend(self.frames[from..].iter().cloned());
        self.unsynced = 0;
    }
}

impl Ledger for SimLedger {
    type Error = Crash;

    fn mark(&self) -> Mark {
        let last = self.marks.len() - 1 - usize::from(self.forgets);
        self.marks[last]
    }

    fn received_at(&self) -> i64 {
        self.frames
            .last()
            .map_or(i64::MIN, |frame| frame.received_at)
    }

    fn digest_at(&self, number: u64) -> Option<Hash> {
        let mark = self.marks.get(usize::try_from(number).unwrap())?;
        Some(mark.digest)
    }

    fn known(&self, at: CommitRef) -> Result<Option<Known>, Crash> {
        Ok(self.known.get(&at).copied())
    }

    fn chain_end(&self, device: Id) -> Result<Option<(u64, Hash)>, Crash> {
        Ok(self.ends.get(&device).copied())
    }

    fn frames(&self, after: u64, most_bytes: usize) -> Result<Vec<Frame>, Crash> {
        let mut left = most_bytes;
        let after = usize::try_from(after).unwrap();
        let mut frames: Vec<Frame> = Vec::new();
        for frame in self.frames.iter().skip(after) {
            if !frames.is_empty() && left < frame.commit.len() {
                break;
            }
            left = left.saturating_sub(frame.commit.len());
            frames.push(frame.clone());
        }
        Ok(frames)
    }

    fn append(&mut self, frames: &[Frame]) -> Result<(), Crash> {
        let fuse = std::mem::take(&mut self.disk.borrow_mut().fuse);
        if fuse == Fuse::BeforeWriting {
            return Err(Crash);
        }
        self.forgets = false;
        if self.bug == Some(Bug::AcknowledgedBeforeStored) {
            self.unsynced += frames.len();
        } else {
            self.disk.borrow_mut().frames.extend(frames.iter().cloned());
        }
        if fuse == Fuse::AfterWriting {
            return Err(Crash);
        }
        for frame in frames {
            self.remember(frame.clone());
        }
        Ok(())
    }
}

pub(crate) struct HubNode {
    pub(crate) disk: Rc<RefCell<HubDisk>>,
    pub(crate) keys: CheapHubKeys,
    pub(crate) hub: Hub<SimLedger>,
    bug: Option<Bug>,
}

impl HubNode {
    pub(crate) fn new(keys: CheapHubKeys, bug: Option<Bug>) -> Self {
        let disk = Rc::new(RefCell::new(HubDisk::default()));
        let hub = Self::opened(&disk, bug, false);
        Self {
            disk,
            keys,
            hub,
            bug,
        }
    }

    fn opened(disk: &Rc<RefCell<HubDisk>>, bug: Option<Bug>, restored: bool) -> Hub<SimLedger> {
        let ledger = SimLedger::open(Rc::clone(disk), bug);
        Hub::open(ledger, &CheapReader, restored).unwrap()
    }

    /// Ends and begins again with what is on disk.
    pub(crate) fn restart(&mut self) {
        self.disk.borrow_mut().fuse = Fuse::Holds;
        self.hub = Self::opened(&self.disk, self.bug, false);
    }

    /// Goes on from an older copy of the disk; whoever restored it may have said so, or not.
    pub(crate) fn restore(&mut self, frames: usize, said: bool) {
        self.disk.borrow_mut().frames.truncate(frames);
        self.hub = Self::opened(&self.disk, self.bug, said);
    }
}
