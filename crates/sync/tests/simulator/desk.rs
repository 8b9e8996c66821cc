//! A desk: what is on its disk, what it makes of it, and its side of the conversation.

use std::collections::{BTreeMap, BTreeSet};

use serde_bytes::ByteBuf;
use yichuang_domain::record::{ChangeRef, CommitRef, Entry, Folded, Id, RecordKey, fold};
use yichuang_sync::{
    Desk, DeskLog, Effects, Frame, Hash, Head, Keep, Mark, PUSH_BYTES, PUSH_COMMITS, Reader,
    Reading, Roster, Turn,
};

use crate::{
    bugs::Bug,
    people::{CheapReader, key_of},
};

/// One block of a desk's journal.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Own(Vec<u8>),
    Kept(Keep),
    /// The planted mistake: a cursor of its own.
    Cursor(Head),
}

#[derive(Clone)]
struct Own {
    bytes: Vec<u8>,
    reading: Reading,
    number: Option<u64>,
}

/// What a desk makes of its disk.
#[derive(Clone)]
pub(crate) struct DeskState {
    pub(crate) device: Id,
    community: Hash,
    hub: Id,
    bug: Option<Bug>,
    own: Vec<Own>,
    frames: Vec<(Frame, Reading)>,
    marks: Vec<Mark>,
    cursor: Option<Head>,
    orphans: BTreeMap<CommitRef, Vec<u8>>,
    effects: Effects,
    roster: Roster,
    records: BTreeMap<RecordKey, BTreeMap<ChangeRef, Entry>>,
    arrived: u64,
}

impl DeskState {
    pub(crate) fn new(device: Id, community: Hash, hub: Id, bug: Option<Bug>) -> Self {
        Self {
            device,
            community,
            hub,
            bug,
            own: Vec::new(),
            frames: Vec::new(),
            marks: vec![Mark::default()],
            cursor: None,
            orphans: BTreeMap::new(),
            effects: Effects::default(),
            roster: Roster::default(),
            records: BTreeMap::new(),
            arrived: 0,
        }
    }

    /// What a desk finds when it starts.
    fn read(mut self, disk: &[Block]) -> Self {
        for block in disk {
            self.take(block);
        }
        self
    }

    fn take(&mut self, block: &Block) {
        match block {
            Block::Own(bytes) => self.take_own(bytes),
            Block::Cursor(head) => self.cursor = Some(*head),
            Block::Kept(Keep::Frames { frames, end }) => {
                let turns: Vec<Turn> = frames
                    .iter()
                    .flat_map(|frame| self.take_frame(frame))
                    .collect();
                self.cursor = Some(*end);
                for turn in turns {
                    self.turn(turn);
                }
            }
            Block::Kept(Keep::ComeBack { to }) => self.come_back(to),
        }
    }

    fn take_own(&mut self, bytes: &[u8]) {
        let reading = CheapReader.read(bytes).unwrap();
        for entry in reading.entries() {
            self.turn(Turn::Put(entry));
        }
        self.own.push(Own {
            bytes: bytes.to_vec(),
            reading,
            number: None,
        });
    }

    fn take_frame(&mut self, frame: &Frame) -> Vec<Turn> {
        let place = usize::try_from(frame.at.seq - 1).unwrap();
        let mut frame = frame.clone();
        let reading = if frame.commit.is_empty() {
            frame.commit = self.own[place].bytes.clone();
            self.own[place].reading.clone()
        } else {
            CheapReader.read(&frame.commit).unwrap()
        };
        let mark = frame.mark_after(self.marks.last().unwrap());
        self.marks.push(mark);
        self.orphans.remove(&frame.at);
        if frame.at.device == self.device && self.bug != Some(Bug::OwnVerdictsDropped) {
            self.own[place].number = Some(frame.number);
        }
        self.effects.learn(&frame, &reading.changes);
        self.roster.apply(&frame, &reading);
        let adopted: Vec<Reading> = self
            .effects
            .adopted_by(&frame)
            .into_iter()
            .map(|of| self.reading_of(of))
            .collect();
        let mut turns = self.effects.turns(&frame, &reading, &adopted);
        self.frames.push((frame.clone(), reading.clone()));
        if frame.at.device == self.device && self.bug == Some(Bug::OwnVerdictsDropped) {
            turns.clear();
        }
        let judged_now = || self.roster.judge(&reading, frame.received_at);
        if self.bug == Some(Bug::JudgedTwice) && frame.number > 1 && !judged_now().has_effect() {
            turns.clear();
        }
        turns
    }

    fn reading_of(&self, at: CommitRef) -> Reading {
        let found = self.frames.iter().rfind(|(frame, _)| frame.at == at);
        found.map(|(_frame, reading)| reading.clone()).unwrap()
    }

    fn come_back(&mut self, to: &Mark) {
        let keep = usize::try_from(to.number).unwrap();
        let gone = self.frames.split_off(keep);
        self.marks.truncate(keep + 1);
        for (frame, reading) in gone.iter().rev() {
            for of in self.effects.adopted_by(frame) {
                let adopted = self.reading_of_any(of, &gone);
                for entry in adopted.entries() {
                    self.turn(Turn::Take(entry));
                }
            }
            for turn in Effects::turns_back(frame, reading, Some(self.hub)) {
                self.turn(turn);
            }
        }
        for (frame, reading) in &gone {
            if frame.at.device == self.device {
                let place = usize::try_from(frame.at.seq - 1).unwrap();
                self.own[place].number = None;
                for entry in reading.entries() {
                    self.turn(Turn::Put(entry));
                }
            } else if frame.at.device != self.hub {
                self.orphans.insert(frame.at, frame.commit.clone());
            }
        }
        self.effects.forget_after(to.number);
        self.roster = Roster::default();
        for (frame, reading) in &self.frames {
            self.roster.apply(frame, reading);
        }
        self.cursor = Some(Head {
            epoch: 0,
            mark: *to,
            signature: [0; 64],
        });
    }

    fn reading_of_any(&self, at: CommitRef, gone: &[(Frame, Reading)]) -> Reading {
        let found = gone.iter().find(|(frame, _)| frame.at == at);
        found.map_or_else(|| self.reading_of(at), |(_frame, reading)| reading.clone())
    }

    fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Put(mut entry) => {
                self.arrived += 1;
                if self.bug == Some(Bug::FoldedAsItArrived) && entry.number.is_some() {
                    entry.number = Some(self.arrived);
                }
                let record = self.records.entry(entry.change.record().clone());
                record.or_default().insert(entry.at, entry);
            }
            Turn::Take(entry) => {
                if let Some(record) = self.records.get_mut(entry.change.record()) {
                    record.remove(&entry.at);
                }
            }
        }
    }

    /// The changes the screens of this desk show by now.
    pub(crate) fn visible(&self) -> BTreeSet<ChangeRef> {
        let entries = self.records.values().flat_map(BTreeMap::keys);
        entries.copied().collect()
    }

    /// The record's last change by this very desk.
    pub(crate) fn last_own_seq(&self, record: &RecordKey) -> u64 {
        let entries = self.records.get(record).into_iter().flatten();
        entries
            .map(|(at, _entry)| *at)
            .filter(|at| at.device == self.device)
            .map(|at| at.seq)
            .max()
            .unwrap_or(0)
    }

    /// All records, folded; only what has a number, or everything.
    pub(crate) fn folded(&self, numbered_only: bool) -> BTreeMap<RecordKey, Folded> {
        let mut folded = BTreeMap::new();
        for (key, entries) in &self.records {
            let entries: Vec<Entry> = entries
                .values()
                .filter(|entry| !numbered_only || entry.number.is_some())
                .cloned()
                .collect();
            if !entries.is_empty() {
                folded.insert(key.clone(), fold(&entries));
            }
        }
        folded
    }

    pub(crate) fn mark(&self) -> Mark {
        self.cursor.map(|head| head.mark).unwrap_or_default()
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.cursor.map_or(0, |head| head.epoch)
    }

    pub(crate) fn end_of_chain(&self) -> (u64, Vec<u8>) {
        let last = self.own.last();
        last.map_or((0, Vec::new()), |own| {
            (self.own.len() as u64, own.reading.hash.to_vec())
        })
    }

    /// The commits of its own that have no number, or all.
    pub(crate) fn own_commits(&self, all: bool) -> Vec<(Vec<u8>, Reading)> {
        let own = self.own.iter();
        own.filter(|own| all || own.number.is_none())
            .map(|own| (own.bytes.clone(), own.reading.clone()))
            .collect()
    }

    pub(crate) fn has_frame_of(&self, hash: &Hash) -> bool {
        self.frames.iter().any(|(frame, _)| frame.hash == *hash)
    }

    /// Refused commits nobody has adopted.
    pub(crate) fn refused(&self) -> Vec<CommitRef> {
        let refused = self.frames.iter();
        refused
            .filter(|(frame, _)| !frame.verdict.has_effect())
            .map(|(frame, _)| frame.at)
            .collect()
    }

    pub(crate) fn events(&self) -> Vec<(RecordKey, ChangeRef)> {
        use yichuang_domain::record::Change;

        let all = self
            .records
            .iter()
            .flat_map(|(key, entries)| entries.values().map(move |entry| (key.clone(), entry)));
        all.filter(|(_key, entry)| matches!(entry.change, Change::Event { .. }))
            .map(|(key, entry)| (key, entry.at))
            .collect()
    }
}

impl DeskLog for DeskState {
    type Error = ();

    fn community(&self) -> Hash {
        self.community
    }
    fn hub(&self) -> Hash {
        key_of(self.hub)
    }
    fn device(&self) -> Id {
        self.device
    }
    fn cursor(&self) -> Option<Head> {
        self.cursor
    }
    fn own_seq(&self) -> u64 {
        self.own.len() as u64
    }
    fn digest_at(&self, number: u64) -> Result<Option<Hash>, ()> {
        let mark = self.marks.get(usize::try_from(number).unwrap());
        Ok(mark.map(|mark| mark.digest))
    }
    fn own_hash(&self, seq: u64) -> Result<Option<Hash>, ()> {
        let place = usize::try_from(seq).unwrap().checked_sub(1);
        let own = place.and_then(|place| self.own.get(place));
        Ok(own.map(|own| own.reading.hash))
    }
    fn outbox(&self, aside: &BTreeSet<Id>) -> Result<Vec<ByteBuf>, ()> {
        let orphans = self.orphans.iter();
        let orphans = orphans
            .filter(|(at, _commit)| !aside.contains(&at.device))
            .map(|(_at, commit)| commit.clone());
        let own = self.own.iter().filter(|own| own.number.is_none());
        let mut left = PUSH_BYTES;
        Ok(orphans
            .chain(own.map(|own| own.bytes.clone()))
            .take(PUSH_COMMITS)
            .take_while(|commit| {
                let fits = commit.len() <= left;
                left = left.saturating_sub(commit.len());
                fits
            })
            .map(ByteBuf::from)
            .collect())
    }
    fn frames_after(&self, number: u64) -> Result<Vec<Frame>, ()> {
        let after = self.frames.iter().skip(usize::try_from(number).unwrap());
        Ok(after.map(|(frame, _)| frame.clone()).collect())
    }
}

/// A machine with a desk on it.
#[derive(Clone)]
pub(crate) struct DeskNode {
    pub(crate) disk: Vec<Block>,
    pub(crate) state: DeskState,
    pub(crate) machine: Desk,
    /// What its clock is wrong by, milliseconds.
    pub(crate) clock: i64,
    /// The request it waits for, if any.
    pub(crate) waits_for: Option<u64>,
    pub(crate) is_cut_off: bool,
    /// Commits of a device this one has taken over, to be written again where they are not in the log.
    pub(crate) legacy: Vec<Vec<u8>>,
    bug: Option<Bug>,
}

impl DeskNode {
    pub(crate) fn new(device: Id, community: Hash, hub: Id, clock: i64, bug: Option<Bug>) -> Self {
        Self {
            disk: Vec::new(),
            state: DeskState::new(device, community, hub, bug),
            machine: Desk::new(u64::from_be_bytes(device.bytes()[..8].try_into().unwrap())),
            clock,
            waits_for: None,
            is_cut_off: false,
            legacy: Vec::new(),
            bug,
        }
    }

    /// Writes a block; a crash may come before or after it. Says whether the desk is still up.
    pub(crate) fn append(&mut self, block: &Block, crash: Option<bool>) -> bool {
        if let (Some(Bug::CursorKeptApart), Block::Kept(Keep::Frames { end, .. })) =
            (self.bug, block)
        {
            self.disk.push(Block::Cursor(*end));
        }
        if crash == Some(false) {
            self.restart();
            return false;
        }
        self.disk.push(block.clone());
        if crash == Some(true) {
            self.restart();
            return false;
        }
        self.state.take(block);
        true
    }

    pub(crate) fn restart(&mut self) {
        let DeskState {
            device,
            community,
            hub,
            ..
        } = self.state;
        self.state = DeskState::new(device, community, hub, self.bug).read(&self.disk);
        let seed = self.disk.len() as u64 + u64::from(device.bytes()[0]);
        self.machine = Desk::new(seed);
        self.waits_for = None;
    }
}
