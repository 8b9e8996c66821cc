//! What the hub gave this desk: frames with their verdicts, in blocks of the journal.
//!
//! ```text
//! block 2 = CBOR of a `Keep`: frames behind the cursor with the signed mark at their end, or
//!           the mark to which the desk came back when histories had parted
//! ```
//!
//! The cursor is the end of the last such block, never a thing of its own. [`Log`] is what stands in all
//! of them together; it is read from the journal when a desk that has joined a hub is opened.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use yichuang_domain::record::{Change, CommitRef, Entry, Id, Kind, RecordKey};
use yichuang_journal::{Block, Journal, JournalError, Position};
use yichuang_sync::{Effects, Frame, Hash, Head, Keep, Mark, Reading, Turn, adoption_of};
use yichuang_vault::Sealer;

use crate::{
    chain::may_bring_keys,
    commit::{Commit, Leaf, from_cbor, to_cbor},
    error::{ReadOnly, StoreError},
    heads::device_keys,
    joined::Joining,
    reading::CommitReader,
    store::{COMMITS, Store, Truth},
};

/// Kind of the journal's blocks that hold a [`Keep`].
pub(crate) const RECEIVED: u8 = 2;

/// Where a commit or a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) block: Position,
    pub(crate) index: usize,
}

/// A commit that was written here: by this device, or by the one it was restored from.
#[derive(Clone, Copy, Debug)]
struct Written {
    place: Place,
    hash: Hash,
    may_matter: bool,
}

/// The hub's log as far as this desk has it, and what has no number yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    device: Id,
    written: BTreeMap<CommitRef, Written>,
    marks: Vec<(Hash, Place)>,
    cursor: Option<Head>,
    effects: Effects,
    /// Commits that have no number, in each device's order.
    unnumbered: BTreeMap<CommitRef, Place>,
    /// Where the frame of a refused commit stands.
    refused: BTreeMap<CommitRef, Place>,
    /// The frames that lost their numbers, by the block that says so.
    gone: BTreeMap<Position, Vec<Place>>,
    /// The devices that are the hub.
    hubs: BTreeSet<Id>,
}

impl Log {
    /// Reads the journal from its first block to its last.
    pub(crate) fn read(journal: &Journal, device: Id) -> Result<Self, StoreError> {
        let mut log = Self {
            device,
            ..Self::default()
        };
        journal.read_all(Position::START, |block| match block.kind {
            COMMITS => log.take_commits(block.at, &commits_in(block.kind, block.body)?),
            RECEIVED => log.take(
                journal,
                block.at,
                &from_cbor(block.body, "a block received")?,
            ),
            _ => Ok(()),
        })?;
        Ok(log)
    }

    /// Takes note of a block of commits: own ones, or those a restored desk brought along.
    pub(crate) fn take_commits(
        &mut self,
        block: Position,
        commits: &[Commit],
    ) -> Result<(), StoreError> {
        for (index, commit) in commits.iter().enumerate() {
            let place = Place { block, index };
            let at = commit.at()?;
            let written = Written {
                place,
                hash: commit.hash(),
                may_matter: commit.leaves.iter().any(|leaf| match leaf {
                    Leaf::Whole { change, .. } => Effects::may_matter(change),
                    Leaf::Redacted { .. } => false,
                }),
            };
            self.written.insert(at, written);
            self.unnumbered.insert(at, place);
        }
        Ok(())
    }

    /// Takes note of a received block.
    pub(crate) fn take(
        &mut self,
        journal: &Journal,
        block: Position,
        keep: &Keep,
    ) -> Result<(), StoreError> {
        let blocks = Blocks::of(journal);
        match keep {
            Keep::Frames { frames, end } => {
                for (index, frame) in frames.iter().enumerate() {
                    self.take_frame(&blocks, Place { block, index }, frame)?;
                }
                self.cursor = Some(*end);
                Ok(())
            }
            Keep::ComeBack { to } => self.come_back(&blocks, block, to),
        }
    }

    fn take_frame(
        &mut self,
        blocks: &Blocks<'_>,
        place: Place,
        frame: &Frame,
    ) -> Result<(), StoreError> {
        let mark = frame.mark_after(&self.mark());
        if !frame.verdict.has_effect() {
            self.refused.insert(frame.at, place);
        }
        let written = self.written.get(&frame.at);
        let may_matter =
            written.is_some_and(|one| one.may_matter) || Effects::may_matter(&frame.commit);
        let changes = if may_matter {
            self.reading(blocks, frame)?.changes
        } else {
            Vec::new()
        };
        if frame.verdict.has_effect() {
            let hubs = changes.iter().flatten().filter(|one| names_hub(one));
            self.hubs.extend(hubs.map(|one| one.record().id));
        }
        self.effects.learn(frame, &changes);
        self.unnumbered.remove(&frame.at);
        self.marks.push((mark.digest, place));
        Ok(())
    }

    fn come_back(
        &mut self,
        blocks: &Blocks<'_>,
        block: Position,
        to: &Mark,
    ) -> Result<(), StoreError> {
        let keep = usize::try_from(to.number).unwrap_or(usize::MAX);
        let gone: Vec<Place> = self
            .marks
            .drain(keep.min(self.marks.len())..)
            .map(|(_digest, place)| place)
            .collect();
        for place in &gone {
            let frame = blocks.frame(*place)?;
            self.refused.remove(&frame.at);
            let written = self.written.get(&frame.at);
            self.unnumbered
                .insert(frame.at, written.map_or(*place, |one| one.place));
        }
        self.gone.insert(block, gone);
        self.effects.forget_after(to.number);
        self.cursor = Some(Head {
            epoch: 0,
            mark: *to,
            signature: [0; 64],
        });
        Ok(())
    }

    /// Up to where the log is here.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            number: self.marks.len() as u64,
            digest: self
                .marks
                .last()
                .map_or([0; 32], |(digest, _place)| *digest),
        }
    }

    pub(crate) const fn cursor(&self) -> Option<Head> {
        self.cursor
    }

    /// Whether nothing ever came from a hub.
    pub(crate) const fn is_empty(&self) -> bool {
        self.cursor.is_none()
    }

    /// Whether anything ever lost its number here.
    pub(crate) fn has_come_back(&self) -> bool {
        !self.gone.is_empty()
    }

    pub(crate) fn digest_at(&self, number: u64) -> Option<Hash> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.marks.get(place).map(|(digest, _place)| *digest)
    }

    /// The number of the last own commit.
    pub(crate) fn own_seq(&self) -> u64 {
        let own = self
            .written
            .range(first_of(self.device)..=last_of(self.device));
        own.last().map_or(0, |(at, _written)| at.seq)
    }

    pub(crate) fn own_hash(&self, seq: u64) -> Option<Hash> {
        let at = CommitRef {
            device: self.device,
            seq,
        };
        self.written.get(&at).map(|written| written.hash)
    }

    /// The commits without a number that are to be handed in: first those of others, then the own ones.
    pub(crate) fn outbox<'a>(
        &'a self,
        aside: &'a BTreeSet<Id>,
    ) -> impl Iterator<Item = Place> + 'a {
        let others = self.unnumbered.iter().filter(move |(at, _place)| {
            at.device != self.device
                && !self.hubs.contains(&at.device)
                && !aside.contains(&at.device)
        });
        others
            .chain(self.unnumbered_own())
            .map(|(_at, place)| *place)
    }

    fn unnumbered_own(&self) -> impl Iterator<Item = (&CommitRef, &Place)> {
        self.unnumbered
            .range(first_of(self.device)..=last_of(self.device))
    }

    /// How many own commits have no number yet.
    pub(crate) fn pending(&self) -> usize {
        self.unnumbered_own().count()
    }

    /// How many own commits the hub refused and nobody adopted.
    pub(crate) fn refused_own(&self) -> usize {
        let own = self.refused.keys().filter(|at| at.device == self.device);
        own.filter(|at| !self.is_adopted(**at)).count()
    }

    fn is_adopted(&self, at: CommitRef) -> bool {
        self.effects.adopted_at(at).is_some()
    }

    /// Whether a commit has effect that was written here.
    pub(crate) fn has_effect(&self, at: CommitRef) -> bool {
        !self.refused.contains_key(&at) || self.is_adopted(at)
    }

    /// Whether a frame, with its commit in it, is where that commit stands: nothing is numbered twice,
    /// so of two frames of one commit the earlier lost its number. Says then whether it has effect.
    pub(crate) fn stands(&self, place: Place, frame: &Frame) -> Option<bool> {
        if self.unnumbered.get(&frame.at) == Some(&place) {
            return Some(frame.verdict.has_effect() && !self.hubs.contains(&frame.at.device));
        }
        let index = usize::try_from(frame.number).ok()?.checked_sub(1)?;
        let is_here = self.marks.get(index).is_some_and(|mark| mark.1 == place);
        is_here.then(|| self.has_effect(frame.at))
    }

    /// Where the frames after a number stand.
    pub(crate) fn places_after(&self, number: u64) -> impl Iterator<Item = Place> {
        let after = usize::try_from(number).unwrap_or(usize::MAX);
        self.marks.iter().skip(after).map(|(_digest, place)| *place)
    }

    /// What a received block does to records.
    pub(crate) fn turns(
        &self,
        journal: &Journal,
        block: Position,
        keep: &Keep,
    ) -> Result<Vec<Turn>, StoreError> {
        let blocks = Blocks::of(journal);
        match keep {
            Keep::Frames { frames, .. } => {
                let mut turns = Vec::new();
                for frame in frames {
                    let adopted = self.effects.adopted_by(frame).into_iter();
                    let adopted: Vec<Reading> = adopted
                        .filter_map(|of| self.refused.get(&of))
                        .map(|place| self.reading(&blocks, &blocks.frame(*place)?))
                        .collect::<Result<_, _>>()?;
                    let reading = self.reading(&blocks, frame)?;
                    turns.extend(self.effects.turns(frame, &reading, &adopted));
                }
                Ok(turns)
            }
            Keep::ComeBack { to } => self.turn_back(&blocks, block, to),
        }
    }

    fn turn_back(
        &self,
        blocks: &Blocks<'_>,
        block: Position,
        to: &Mark,
    ) -> Result<Vec<Turn>, StoreError> {
        let mut turns = Vec::new();
        let mut written_here = Vec::new();
        for place in self.gone.get(&block).into_iter().flatten().rev() {
            let frame = blocks.frame(*place)?;
            let reading = self.reading(blocks, &frame)?;
            for of in reading.changes.iter().flatten().filter_map(adoption_of) {
                let still = self
                    .effects
                    .adopted_at(of)
                    .is_some_and(|at| at <= to.number);
                if let (false, Some(place)) = (still, self.refused.get(&of)) {
                    let adopted = self.reading(blocks, &blocks.frame(*place)?)?;
                    turns.extend(adopted.entries().into_iter().map(Turn::Take));
                }
            }
            let hub = self.hubs.get(&frame.at.device).copied();
            turns.extend(Effects::turns_back(&frame, &reading, hub));
            if self.written.contains_key(&frame.at) {
                written_here.extend(reading.entries().into_iter().map(Turn::Put));
            }
        }
        turns.extend(written_here);
        Ok(turns)
    }

    /// What the commit of a frame says.
    fn reading(&self, blocks: &Blocks<'_>, frame: &Frame) -> Result<Reading, StoreError> {
        let unreadable = |_error| StoreError::form("a commit received");
        if !frame.commit.is_empty() {
            let commit = CommitReader::commit(&frame.commit).map_err(unreadable)?;
            return CommitReader::reading(&commit).map_err(unreadable);
        }
        let written = self.written.get(&frame.at);
        let place = written.ok_or(StoreError::form("an own commit"))?.place;
        CommitReader::reading(&blocks.commit(place)?).map_err(unreadable)
    }

    /// The frame at a place, with its bytes.
    pub(crate) fn whole_frame(
        &self,
        blocks: &Blocks<'_>,
        place: Place,
    ) -> Result<Frame, StoreError> {
        let mut frame = blocks.frame(place)?;
        if frame.commit.is_empty()
            && let Some(written) = self.written.get(&frame.at)
        {
            frame.commit = blocks.commit_bytes(written.place)?;
        }
        Ok(frame)
    }
}

const fn first_of(device: Id) -> CommitRef {
    CommitRef { device, seq: 0 }
}

const fn last_of(device: Id) -> CommitRef {
    CommitRef {
        device,
        seq: u64::MAX,
    }
}

/// Whether a change makes a device the hub.
fn names_hub(change: &Change) -> bool {
    match change {
        Change::Set { record, fields } => {
            record.kind == Kind::DEVICE && fields.get("hub").is_some_and(|value| value == true)
        }
        Change::Event { .. } | Change::Void { .. } => false,
    }
}

/// Reads blocks of the journal by their places, and keeps the last: neighbours are asked for in a row.
pub(crate) struct Blocks<'a> {
    journal: &'a Journal,
    last: RefCell<Option<(Position, Rc<Body>)>>,
}

enum Body {
    Commits(Vec<Commit>),
    Frames(Vec<Frame>),
}

impl<'a> Blocks<'a> {
    pub(crate) const fn of(journal: &'a Journal) -> Self {
        Self {
            journal,
            last: RefCell::new(None),
        }
    }

    fn body(&self, at: Position) -> Result<Rc<Body>, StoreError> {
        if let Some((_at, body)) = self.last.borrow().as_ref().filter(|last| last.0 == at) {
            return Ok(Rc::clone(body));
        }
        let (kind, bytes) = self.journal.read(at)?;
        let body = Rc::new(if kind == RECEIVED {
            Body::Frames(match from_cbor(&bytes, "a block received")? {
                Keep::Frames { frames, .. } => frames,
                Keep::ComeBack { .. } => Vec::new(),
            })
        } else {
            Body::Commits(from_cbor(&bytes, "a block of commits")?)
        });
        *self.last.borrow_mut() = Some((at, Rc::clone(&body)));
        Ok(body)
    }

    fn frame(&self, place: Place) -> Result<Frame, StoreError> {
        match self.body(place.block)?.as_ref() {
            Body::Frames(frames) => frames.get(place.index).cloned(),
            Body::Commits(_) => None,
        }
        .ok_or(StoreError::form("a frame's place"))
    }

    fn commit(&self, place: Place) -> Result<Commit, StoreError> {
        match self.body(place.block)?.as_ref() {
            Body::Frames(frames) => {
                let frame = frames.get(place.index);
                frame.and_then(|frame| CommitReader::commit(&frame.commit).ok())
            }
            Body::Commits(commits) => commits.get(place.index).cloned(),
        }
        .ok_or(StoreError::form("a commit's place"))
    }

    /// The bytes of the commit that stands at a place.
    pub(crate) fn commit_bytes(&self, place: Place) -> Result<Vec<u8>, StoreError> {
        to_cbor(&self.commit(place)?)
    }
}

/// The commits a block has the bytes of, whoever wrote them.
pub(crate) fn commits_in(kind: u8, body: &[u8]) -> Result<Vec<Commit>, StoreError> {
    match kind {
        COMMITS => from_cbor(body, "a block of commits"),
        RECEIVED => match from_cbor(body, "a block received")? {
            Keep::Frames { frames, .. } => {
                let whole = frames.iter().filter(|frame| !frame.commit.is_empty());
                whole
                    .map(|frame| from_cbor(&frame.commit, "a commit received"))
                    .collect()
            }
            Keep::ComeBack { .. } => Ok(Vec::new()),
        },
        _ => Ok(Vec::new()),
    }
}

impl Store {
    /// The hub's log as this desk has it; an empty one, where nothing ever came from a hub.
    pub(crate) fn log(&self) -> Result<Cow<'_, Log>, StoreError> {
        if let Some(log) = self.line.as_ref().and_then(|line| line.log.as_ref()) {
            return Ok(Cow::Borrowed(log));
        }
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        Ok(Cow::Owned(if truth.has_received {
            Log::read(&truth.journal, truth.device)?
        } else {
            Log::default()
        }))
    }

    /// Reads the log anew: the journal is another one, or its blocks moved.
    pub(crate) fn read_log_again(&mut self) -> Result<(), StoreError> {
        if let (Some(line), Some(truth)) = (&mut self.line, &self.truth)
            && line.log.is_some()
        {
            line.log = Some(Log::read(&truth.journal, truth.device)?);
        }
        Ok(())
    }

    /// The block is on disk and the log in memory could not follow: it is read anew before anything is
    /// said on top of it. Where it cannot be read, nothing is said until the program starts again.
    pub(crate) fn renew_log(&mut self) {
        if self.read_log_again().is_err()
            && let Some(line) = &mut self.line
        {
            line.log = None;
        }
    }

    /// Keeps what the hub gave: one block, on disk when this returns; then the view follows. Locked,
    /// the view follows at the next unlock. Says which records turned.
    ///
    /// # Errors
    ///
    /// When this desk has joined no hub, or the disk refuses.
    pub fn receive(&mut self, keep: &Keep) -> Result<BTreeSet<RecordKey>, StoreError> {
        if self.session.is_some() {
            self.require_writable()?;
        } else if self.read_only().is_some() {
            return Err(ReadOnly::Folder.into());
        }
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        if truth.journal.is_poisoned() {
            return Err(JournalError::Poisoned.into());
        }
        let log = self.line.as_mut().and_then(|line| line.log.as_mut());
        let log = log.ok_or(StoreError::Locked)?;
        let before = truth.journal.head();
        let at = truth.journal.append(RECEIVED, &to_cbor(keep)?)?;
        let is_locked = self.session.is_none();
        let taken = truth.note_received(keep).and_then(|()| {
            log.take(&truth.journal, at, keep)?;
            if is_locked {
                return Ok(Vec::new());
            }
            log.turns(&truth.journal, at, keep)
        });
        let applied = truth.journal.head();
        let turns = match taken {
            Ok(turns) => turns,
            Err(error) => {
                self.renew_log();
                return Err(error);
            }
        };
        if is_locked {
            return Ok(BTreeSet::new());
        }
        let turned = turns
            .iter()
            .map(|turn| turn.entry().change.record().clone());
        let records = turned.collect();
        self.follow(turns, before, applied);
        Ok(records)
    }

    /// The changes of a block that stand in the view, in order.
    pub(crate) fn standing(log: &Log, block: &Block<'_>) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for commit in Self::commits_with_effect(log, block)? {
            entries.extend(commit.entries()?);
        }
        Ok(entries)
    }

    /// The commits a block has the bytes of, as far as they have effect; each in one block only.
    pub(crate) fn commits_with_effect(
        log: &Log,
        block: &Block<'_>,
    ) -> Result<Vec<Commit>, StoreError> {
        let mut with_effect = Vec::new();
        if block.kind == COMMITS {
            for commit in commits_in(block.kind, block.body)? {
                if log.is_empty() || log.has_effect(commit.at()?) {
                    with_effect.push(commit);
                }
            }
        } else if block.kind == RECEIVED
            && let Keep::Frames { frames, .. } = from_cbor(block.body, "a block received")?
        {
            for (index, frame) in frames.iter().enumerate() {
                let block = block.at;
                let stands = log.stands(Place { block, index }, frame);
                if !frame.commit.is_empty() && stands == Some(true) {
                    with_effect.push(from_cbor(&frame.commit, "a commit received")?);
                }
            }
        }
        Ok(with_effect)
    }
}

impl Truth {
    /// Takes note of where the chains of others end now, and of the devices that joined.
    fn note_received(&mut self, keep: &Keep) -> Result<(), StoreError> {
        self.has_received = true;
        self.end = self.journal.head();
        let Keep::Frames { frames, .. } = keep else {
            return Ok(());
        };
        for frame in frames.iter().filter(|frame| !frame.commit.is_empty()) {
            let commit: Commit = from_cbor(&frame.commit, "a commit received")?;
            if may_bring_keys(&commit) {
                self.keys.extend(device_keys(&commit)?);
            }
            let head = self.heads.entry(frame.at.device).or_default();
            if head.seq < frame.at.seq {
                head.seq = frame.at.seq;
                head.hash = frame.hash;
                head.restored_from = commit.header()?.restored_from;
            }
        }
        Ok(())
    }
}

/// What an open desk has of its hub: the key that seals its token, what it was given, and the log.
pub(crate) struct Line {
    pub(crate) sealer: Sealer,
    pub(crate) joining: Option<Joining>,
    /// Where a hub was joined, or anything ever came from one.
    pub(crate) log: Option<Log>,
}

impl Line {
    pub(crate) fn read(
        truth: &Truth,
        sealer: Sealer,
        joining: Option<Joining>,
    ) -> Result<Self, StoreError> {
        let is_needed = joining.is_some() || truth.has_received;
        let log = is_needed.then(|| Log::read(&truth.journal, truth.device));
        Ok(Self {
            sealer,
            joining,
            log: log.transpose()?,
        })
    }
}
