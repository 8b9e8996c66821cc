//! The hub's side: numbers commits, hands out pages of the log, and finds its way when it was restored.
//!
//! Storage is handed in as a [`Ledger`]; what is appended there is on disk when the call returns, and only
//! then answered. Everything here runs under one lock of the community.

use std::collections::BTreeMap;

use serde_bytes::ByteBuf;
use serde_json::json;
use yichuang_domain::record::{Change, CommitRef, Header, Id, Kind, RecordKey, Seen};

use crate::{
    admit::{Admitted, Place, admit},
    effect::EPOCH,
    log::{Frame, Hash, Head, Mark, Verdict, next_mark},
    part::marks_before,
    reading::{Reader, Reading},
    roster::{DeviceState, Roster},
    wire::{Carried, Give, GiveAnswer, PAGE_BYTES, Page, Pull, PullAnswer, Push, PushAnswer, Sent},
};

/// What the log has of one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: Hash,
}

/// Where a community's log is kept.
pub trait Ledger {
    /// What can break.
    type Error;

    /// The end of the log.
    fn mark(&self) -> Mark;

    /// The hub's clock at the last frame.
    fn received_at(&self) -> i64;

    /// The digest up to a number, if the log reaches it.
    fn digest_at(&self, number: u64) -> Option<Hash>;

    /// What the log has of a commit.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn known(&self, at: CommitRef) -> Result<Option<Known>, Self::Error>;

    /// The end of a device's chain in the log.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn chain_end(&self, device: Id) -> Result<Option<(u64, Hash)>, Self::Error>;

    /// The frames after a number, in order, as many as fit into the bytes, but one at least.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn frames(&self, after: u64, most_bytes: usize) -> Result<Vec<Frame>, Self::Error>;

    /// Appends frames, all or none. They are on disk when it returns.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn append(&mut self, frames: &[Frame]) -> Result<(), Self::Error>;
}

/// The hub's own key.
pub trait HubKeys {
    /// The hub's public key.
    fn public(&self) -> Hash;

    /// The hub as a device.
    fn device(&self) -> Id;

    /// Signs bytes.
    fn sign(&self, message: &[u8]) -> [u8; 64];

    /// Writes a commit of the hub's own; nothing when it cannot be encoded.
    fn write(&self, header: Header, changes: &[Change]) -> Option<Vec<u8>>;
}

/// The hub as a device: named after its key, so that whoever pins the key knows it.
pub fn hub_device(public: &Hash) -> Id {
    let mut id = [0; 16];
    for (place, byte) in id.iter_mut().zip(blake3::hash(public).as_bytes()) {
        *place = *byte;
    }
    Id::from_bytes(id)
}

/// The hub of one community.
pub struct Hub<L> {
    ledger: L,
    roster: Roster,
    community: Option<Hash>,
    /// The log was restored from a backup and nothing was numbered since.
    was_restored: bool,
}

/// How many bytes of frames are read at a time while opening.
const OPENING_BYTES: usize = 4 * 1024 * 1024;

impl<L: Ledger> Hub<L> {
    /// Opens the log of a community; reads all of it once, for users and devices.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn open(ledger: L, reader: &impl Reader, was_restored: bool) -> Result<Self, L::Error> {
        let mut hub = Self {
            ledger,
            roster: Roster::default(),
            community: None,
            was_restored,
        };
        let mut after = 0;
        loop {
            let frames = hub.ledger.frames(after, OPENING_BYTES)?;
            let Some(last) = frames.last() else {
                return Ok(hub);
            };
            after = last.number;
            for frame in &frames {
                hub.community.get_or_insert(frame.hash);
                if let Ok(reading) = reader.read(&frame.commit) {
                    hub.roster.apply(frame, &reading);
                }
            }
        }
    }

    /// The community, once its first commit is here.
    pub const fn community(&self) -> Option<Hash> {
        self.community
    }

    /// Users and devices.
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The log.
    pub const fn ledger(&self) -> &L {
        &self.ledger
    }

    /// The log, to work on.
    pub const fn ledger_mut(&mut self) -> &mut L {
        &mut self.ledger
    }

    /// The hub's head, signed.
    pub fn head(&self, keys: &impl HubKeys) -> Head {
        self.signed(keys, self.ledger.mark())
    }

    fn signed(&self, keys: &impl HubKeys, mark: Mark) -> Head {
        let epoch = self.roster.epoch();
        let community = self.community.unwrap_or_default();
        Head {
            epoch,
            mark,
            signature: keys.sign(&Head::message(&community, epoch, &mark)),
        }
    }

    /// Whether a head is one this hub's key has signed.
    fn is_own_head(&self, reader: &impl Reader, keys: &impl HubKeys, head: &Head) -> bool {
        let community = self.community.unwrap_or_default();
        let message = Head::message(&community, head.epoch, &head.mark);
        reader.is_signature(&message, &head.signature, &keys.public())
    }

    /// Takes commits in. What is answered as taken is on disk.
    ///
    /// # Errors
    ///
    /// When the storage breaks; nothing was taken then.
    pub fn push(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        push: &Push,
        now: i64,
    ) -> Result<PushAnswer, L::Error> {
        if let Some(cursor) = &push.cursor
            && self.compare(reader, keys, cursor) == Compared::Lacking
        {
            return Ok(PushAnswer::PullFirst);
        }
        self.begin_after_restore(reader, keys, now)?;
        let mut batch = Batch::on(self, now);
        let (mut taken, mut sent, mut forked) = (0, Sent::All, None);
        for commit in &push.commits {
            match batch.admit(self, reader, commit)? {
                Admitted::Known => {}
                Admitted::New(judged) => batch.add(commit, &judged.reading, judged.verdict),
                other => {
                    sent = sent_of(&other);
                    if other == Admitted::Fork {
                        forked = reader.read(commit).ok().map(|one| one.header.device);
                    }
                    break;
                }
            }
            taken += 1;
        }
        self.keep(batch)?;
        if let Some(device) = forked {
            self.freeze(reader, keys, device, now)?;
        }
        Ok(PushAnswer::Taken {
            taken,
            sent,
            number: self.ledger.mark().number,
        })
    }

    fn keep(&mut self, batch: Batch) -> Result<(), L::Error> {
        if batch.frames.is_empty() {
            return Ok(());
        }
        self.ledger.append(&batch.frames)?;
        self.roster = batch.roster;
        self.community = batch.community;
        Ok(())
    }

    /// Two machines pose as one device: from here on neither of them writes as it.
    fn freeze(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        device: Id,
        now: i64,
    ) -> Result<(), L::Error> {
        if self.roster.device(device) == Some(DeviceState::Frozen) || self.roster.is_hub(device) {
            return Ok(());
        }
        let change = Change::Set {
            record: RecordKey::new(Kind::DEVICE, device),
            fields: [("frozen".to_owned(), json!(true))].into(),
        };
        self.write(reader, keys, "freeze_device", &[change], now)?;
        Ok(())
    }

    /// Writes a commit of the hub's own: enrolments, revocations, epochs. Says its number, or nothing
    /// when the hub is not a device of the community.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn write(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        command: &str,
        changes: &[Change],
        now: i64,
    ) -> Result<Option<u64>, L::Error> {
        let Some(community) = self.community else {
            return Ok(None);
        };
        let end = self.ledger.chain_end(keys.device())?;
        let mark = self.ledger.mark();
        let (seq, prev) = end.map_or((0, Vec::new()), |(seq, hash)| (seq, hash.to_vec()));
        let header = Header {
            v: 1,
            community: community.to_vec(),
            device: keys.device(),
            seq: seq + 1,
            prev,
            time: now,
            seen: Seen {
                epoch: self.roster.epoch(),
                number: mark.number,
                seq,
            },
            actor: keys.device(),
            on_behalf_of: None,
            command: command.to_owned(),
            changes_root: Vec::new(),
            restored_from: Vec::new(),
        };
        let Some(commit) = keys.write(header, changes) else {
            return Ok(None);
        };
        let mut batch = Batch::on(self, now);
        let Admitted::New(judged) = batch.admit(self, reader, &commit)? else {
            return Ok(None);
        };
        batch.add(&commit, &judged.reading, judged.verdict);
        self.keep(batch)?;
        Ok(Some(self.ledger.mark().number))
    }

    /// Hands out what comes after a desk's cursor.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn pull(
        &self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        device: Id,
        pull: &Pull,
    ) -> Result<PullAnswer, L::Error> {
        let after = match &pull.cursor {
            None => Mark::default(),
            Some(cursor) => match self.compare(reader, keys, cursor) {
                Compared::Common => cursor.mark,
                Compared::Parted => {
                    let marks = self.marks_before(cursor.mark.number);
                    let head = self.head(keys);
                    return Ok(PullAnswer::Parted { marks, head });
                }
                Compared::Lacking => {
                    let marks = self.marks_before(cursor.mark.number);
                    return Ok(PullAnswer::Lacking { marks });
                }
            },
        };
        let most = usize::try_from(pull.most_bytes.min(PAGE_BYTES)).unwrap_or(usize::MAX);
        let frames = self.ledger.frames(after.number, most)?;
        let mut end = after;
        let mut carried = Vec::with_capacity(frames.len());
        for frame in frames {
            end = frame.mark_after(&end);
            let is_own = frame.at.device == device && frame.at.seq <= pull.own_seq;
            let commit = if is_own {
                Carried::Own {
                    seq: frame.at.seq,
                    hash: frame.hash,
                }
            } else {
                Carried::Whole(ByteBuf::from(frame.commit))
            };
            carried.push((frame.received_at, frame.verdict, commit));
        }
        let own = self.ledger.chain_end(device)?;
        Ok(PullAnswer::Page(Page {
            frames: carried,
            end: self.signed(keys, end),
            number: self.ledger.mark().number,
            own: own.map(|(seq, hash)| (seq, ByteBuf::from(hash.to_vec()))),
        }))
    }

    /// Takes back what a restored hub lacks, and goes on in a new epoch.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn give(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        give: &Give,
        now: i64,
    ) -> Result<GiveAnswer, L::Error> {
        if self.compare(reader, keys, &give.cursor) != Compared::Lacking {
            return Ok(GiveAnswer::Thanks);
        }
        if !self.are_signed(reader, give) {
            return Ok(GiveAnswer::Wrong);
        }
        // What both have, frame by frame; behind it the desk's are either what is missing or, when
        // the hub numbered others meanwhile, no longer numbered.
        let mut last_common = give.common;
        let mut missing = Vec::new();
        for frame in &give.frames {
            let mark = frame.mark_after(&last_common);
            if missing.is_empty() && self.ledger.digest_at(mark.number) == Some(mark.digest) {
                last_common = mark;
            } else {
                missing.push(frame.clone());
            }
        }
        let own_number = self.ledger.mark().number;
        let mut from = last_common.number + 1;
        if last_common.number == own_number && !missing.is_empty() {
            self.take_back(reader, &missing)?;
            from = self.ledger.mark().number + 1;
        }
        let epoch = self.roster.epoch().max(give.cursor.epoch) + 1;
        self.begin_epoch(reader, keys, epoch, from, now)?;
        Ok(GiveAnswer::Thanks)
    }

    fn take_back(&mut self, reader: &impl Reader, frames: &[Frame]) -> Result<(), L::Error> {
        self.ledger.append(frames)?;
        for frame in frames {
            self.community.get_or_insert(frame.hash);
            if let Ok(reading) = reader.read(&frame.commit) {
                self.roster.apply(frame, &reading);
            }
        }
        Ok(())
    }

    /// Whether these frames, behind a mark of ours, lead to the head the hub once signed.
    fn are_signed(&self, reader: &impl Reader, give: &Give) -> bool {
        if self.digest_at(give.common.number) != Some(give.common.digest) {
            return false;
        }
        let mut mark = give.common;
        for frame in &give.frames {
            let is_what_it_says = reader.read(&frame.commit).is_ok_and(|reading| {
                reading.hash == frame.hash && reading.at() == frame.at && reading.holds
            });
            if frame.number != mark.number + 1 || !is_what_it_says {
                return false;
            }
            mark = frame.mark_after(&mark);
        }
        mark == give.cursor.mark
    }

    fn begin_after_restore(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        now: i64,
    ) -> Result<(), L::Error> {
        if !self.was_restored || self.community.is_none() {
            return Ok(());
        }
        let epoch = self.roster.epoch() + 1;
        let from = self.ledger.mark().number + 1;
        self.begin_epoch(reader, keys, epoch, from, now)
    }

    fn begin_epoch(
        &mut self,
        reader: &impl Reader,
        keys: &impl HubKeys,
        epoch: u32,
        from: u64,
        now: i64,
    ) -> Result<(), L::Error> {
        let mut id = [0; 16];
        for (place, byte) in id.iter_mut().rev().zip(epoch.to_le_bytes()) {
            *place = byte;
        }
        let change = Change::Event {
            record: RecordKey::new(Kind::EPOCH, Id::from_bytes(id)),
            event: EPOCH.to_owned(),
            body: json!({ "epoch": epoch, "from": from }),
        };
        self.write(reader, keys, "begin_epoch", &[change], now)?;
        self.was_restored = false;
        Ok(())
    }

    fn digest_at(&self, number: u64) -> Option<Hash> {
        if number == 0 {
            return Some(Hash::default());
        }
        self.ledger.digest_at(number)
    }

    fn marks_before(&self, number: u64) -> Vec<Mark> {
        let last = number.min(self.ledger.mark().number);
        marks_before(last, |number| self.digest_at(number))
    }

    fn compare(&self, reader: &impl Reader, keys: &impl HubKeys, cursor: &Head) -> Compared {
        let epoch = self.roster.epoch();
        let is_common = self.digest_at(cursor.mark.number) == Some(cursor.mark.digest);
        if is_common && cursor.epoch <= epoch {
            return Compared::Common;
        }
        // A desk that came back from a parted history has a cursor nobody signed: it gives no proof.
        if cursor.epoch < epoch || !self.is_own_head(reader, keys, cursor) {
            return Compared::Parted;
        }
        Compared::Lacking
    }
}

/// How a desk's cursor stands to the hub's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    /// The log goes through it.
    Common,
    /// It is of an older epoch, and the log goes elsewhere: the desk comes back.
    Parted,
    /// The hub signed it and does not have it: the hub was restored.
    Lacking,
}

/// Frames about to be appended, with the roster as it is behind them.
struct Batch {
    frames: Vec<Frame>,
    roster: Roster,
    community: Option<Hash>,
    mark: Mark,
    now: i64,
    ends: BTreeMap<Id, (u64, Hash)>,
    hashes: BTreeMap<CommitRef, Hash>,
}

impl Batch {
    fn on<L: Ledger>(hub: &Hub<L>, now: i64) -> Self {
        Self {
            frames: Vec::new(),
            roster: hub.roster.clone(),
            community: hub.community,
            mark: hub.ledger.mark(),
            now: now.max(hub.ledger.received_at()),
            ends: BTreeMap::new(),
            hashes: BTreeMap::new(),
        }
    }

    fn admit<L: Ledger>(
        &self,
        hub: &Hub<L>,
        reader: &impl Reader,
        commit: &[u8],
    ) -> Result<Admitted, L::Error> {
        let place = |at: CommitRef| {
            let taken = match self.hashes.get(&at) {
                Some(hash) => Some(*hash),
                None => hub.ledger.known(at)?.map(|known| known.hash),
            };
            let end = match self.ends.get(&at.device) {
                Some(end) => Some(*end),
                None => hub.ledger.chain_end(at.device)?,
            };
            Ok(Place { taken, end })
        };
        admit(
            reader,
            &self.roster,
            self.community.as_ref(),
            commit,
            self.now,
            place,
        )
    }

    fn add(&mut self, commit: &[u8], reading: &Reading, verdict: Verdict) {
        let frame = Frame {
            number: self.mark.number + 1,
            received_at: self.now,
            verdict,
            at: reading.at(),
            hash: reading.hash,
            commit: commit.to_vec(),
        };
        self.mark = next_mark(&self.mark, frame.received_at, verdict, &frame.hash);
        self.community.get_or_insert(frame.hash);
        self.ends
            .insert(frame.at.device, (frame.at.seq, frame.hash));
        self.hashes.insert(frame.at, frame.hash);
        self.roster.apply(&frame, reading);
        self.frames.push(frame);
    }
}

/// The frame of a community's first commit.
pub(crate) fn first_frame(reading: &Reading, commit: &[u8], now: i64) -> Frame {
    Frame {
        number: 1,
        received_at: now,
        verdict: Verdict::Accepted,
        at: reading.at(),
        hash: reading.hash,
        commit: commit.to_vec(),
    }
}

const fn sent_of(admitted: &Admitted) -> Sent {
    match admitted {
        Admitted::Known | Admitted::New(_) => Sent::All,
        Admitted::Gap { expected } => Sent::Gap {
            expected: *expected,
        },
        Admitted::Fork | Admitted::Frozen => Sent::Frozen,
        Admitted::UnknownDevice => Sent::UnknownDevice,
        Admitted::Foreign => Sent::Foreign,
        Admitted::Unsigned => Sent::Unsigned,
        Admitted::Form => Sent::Form,
        Admitted::Upgrade => Sent::Upgrade,
    }
}
