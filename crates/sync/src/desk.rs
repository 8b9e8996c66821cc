//! The desk's side: when it pulls, pushes, waits, gives back, comes back or gives up.
//!
//! No I/O: [`Desk::poll`] says what to do next, the answer goes to [`Desk::on`], which says what to keep.
//! Where the desk stands is asked of the [`DeskLog`] every time, so that a crash between two steps leaves
//! nothing behind that could contradict the disk.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use yichuang_domain::record::{CommitRef, Id};

use crate::{
    log::{Frame, Hash, Head, Mark},
    part::common_mark,
    reading::Reader,
    wire::{Carried, Give, GiveAnswer, PAGE_BYTES, Page, Pull, PullAnswer, Push, PushAnswer, Sent},
};

/// What a desk has on its disk, as far as the other side is concerned.
pub trait DeskLog {
    /// What can break.
    type Error;

    /// The community: the hash of its first commit.
    fn community(&self) -> Hash;
    /// The hub's public key, pinned when the desk joined.
    fn hub(&self) -> Hash;
    /// This device.
    fn device(&self) -> Id;
    /// Up to where the log is here: the highest number with no gap before it.
    fn cursor(&self) -> Option<Head>;
    /// The last commit of the desk's own chain.
    fn own_seq(&self) -> u64;

    /// The digest up to a number.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn digest_at(&self, number: u64) -> Result<Option<Hash>, Self::Error>;

    /// The hash of an own commit.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn own_hash(&self, seq: u64) -> Result<Option<Hash>, Self::Error>;

    /// Commits without a number that the desk holds, each device's in order, within the limits of one
    /// push; those of some devices are left aside.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn outbox(&self, aside: &BTreeSet<Id>) -> Result<Vec<ByteBuf>, Self::Error>;

    /// The frames after a number, up to the cursor, with all bytes.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    fn frames_after(&self, number: u64) -> Result<Vec<Frame>, Self::Error>;
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Nothing before this moment, unless something happens.
    Wait {
        /// Milliseconds of the clock that was given.
        until: i64,
    },
    /// Ask for what is new.
    Pull(Pull),
    /// Hand in what has no number.
    Push(Push),
    /// Give a restored hub back what it lacks.
    Give(Give),
    /// A person must do something first.
    Stop(Trouble),
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The hub answered a pull.
    Pulled(PullAnswer),
    /// The hub answered a push.
    Pushed(PushAnswer),
    /// The hub answered what it was given.
    Given(GiveAnswer),
    /// Nothing came, or nothing that can be used.
    Failed,
    /// The hub turned the device away.
    TurnedAway,
    /// One of the two must be upgraded.
    OtherVersion,
    /// There is something to send, the network is back, or a person asked.
    Nudged,
}

/// What to keep: one block of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// Frames behind the cursor. Own ones come without their bytes.
    Frames {
        /// In order.
        frames: Vec<Frame>,
        /// The mark behind the last, signed by the hub.
        end: Head,
    },
    /// What was numbered after this mark has no number any more.
    ComeBack {
        /// The last common mark.
        to: Mark,
    },
}

/// Why a desk cannot go on by itself. Nothing is lost; the desk works on alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The hub knows later commits of this device than the desk itself: the desk was restored from an
    /// older copy. It goes on as a new device.
    Restored,
    /// The hub has other commits of this device: two machines pose as one. It goes on as a new device.
    Cloned,
    /// The device was taken out of service.
    TurnedAway,
    /// The hub does not know this device.
    Unknown,
    /// The hub does not take this desk's commits: they are of another community, or not signed.
    NotTaken,
    /// What the hub says contradicts what it once signed.
    Contradiction,
    /// One of the two must be upgraded first.
    Upgrade,
}

impl Trouble {
    /// What it is when the hub stopped at a commit of this desk for that; nothing where pulling again
    /// finds out why.
    pub const fn of(sent: Sent) -> Option<Self> {
        match sent {
            Sent::Frozen => Some(Self::Cloned),
            Sent::UnknownDevice => Some(Self::Unknown),
            Sent::Foreign | Sent::Unsigned | Sent::Form => Some(Self::NotTaken),
            Sent::Upgrade => Some(Self::Upgrade),
            Sent::Gap { .. } | Sent::All => None,
        }
    }

    /// Whether going on as a new device ends it.
    pub const fn asks_for_new_device(self) -> bool {
        matches!(self, Self::Restored | Self::Cloned)
    }
}

/// Without anything new, the hub is asked this often, milliseconds.
const POLL_MS: i64 = 30_000;
const FIRST_WAIT_MS: i64 = 1_000;
const LONGEST_WAIT_MS: i64 = 5 * 60 * 1_000;

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Pull,
    Push,
    Give(Vec<Mark>),
    Rest,
}

/// A desk's conversation with its hub.
#[derive(Clone, Debug)]
pub struct Desk {
    step: Step,
    in_flight: bool,
    failures: u32,
    not_before: i64,
    has_pulled: bool,
    aside: BTreeSet<Id>,
    trouble: Option<Trouble>,
    dice: u64,
}

impl Desk {
    /// A conversation that is about to begin. `seed` spreads the waiting of many desks.
    pub const fn new(seed: u64) -> Self {
        Self {
            step: Step::Pull,
            in_flight: false,
            failures: 0,
            not_before: i64::MIN,
            has_pulled: false,
            aside: BTreeSet::new(),
            trouble: None,
            dice: seed | 1,
        }
    }

    /// Whether everything was said: nothing to send, nothing to fetch.
    pub fn is_at_rest(&self) -> bool {
        self.step == Step::Rest && !self.in_flight
    }

    /// Why the desk cannot go on by itself.
    pub const fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// How many times in a row nothing usable came.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// What to do next.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn poll<L: DeskLog>(&mut self, now: i64, log: &L) -> Result<Action, L::Error> {
        if let Some(trouble) = self.trouble {
            return Ok(Action::Stop(trouble));
        }
        if self.in_flight || now < self.not_before {
            return Ok(Action::Wait {
                until: self.not_before.max(now),
            });
        }
        let action = match &self.step {
            Step::Rest | Step::Pull => Action::Pull(Pull {
                cursor: log.cursor(),
                own_seq: log.own_seq(),
                most_bytes: PAGE_BYTES,
            }),
            Step::Push => match log.outbox(&self.aside)? {
                commits if commits.is_empty() => return Ok(self.rest(now)),
                commits => Action::Push(Push {
                    cursor: log.cursor(),
                    commits,
                }),
            },
            Step::Give(marks) => match log.cursor() {
                Some(cursor) => Action::Give(give(log, cursor, marks)?),
                None => return Ok(self.rest(now)),
            },
        };
        self.in_flight = true;
        Ok(action)
    }

    /// Takes an event in and says what to keep.
    ///
    /// # Errors
    ///
    /// When the storage breaks.
    pub fn on<L: DeskLog>(
        &mut self,
        event: Event,
        now: i64,
        log: &L,
        reader: &impl Reader,
    ) -> Result<Option<Keep>, L::Error> {
        if event == Event::Nudged {
            self.nudge();
            return Ok(None);
        }
        self.in_flight = false;
        match event {
            Event::Pulled(answer) => return self.pulled(answer, now, log, reader),
            Event::Pushed(answer) => self.pushed(answer, now, log, reader)?,
            Event::Given(GiveAnswer::Thanks) => self.go_on(Step::Pull),
            Event::Given(GiveAnswer::Wrong) => self.trouble = Some(Trouble::Contradiction),
            Event::TurnedAway => self.trouble = Some(Trouble::TurnedAway),
            Event::OtherVersion => self.trouble = Some(Trouble::Upgrade),
            Event::Failed | Event::Nudged => self.fail(now),
        }
        Ok(None)
    }

    fn nudge(&mut self) {
        self.not_before = i64::MIN;
        if self.step == Step::Rest {
            self.step = if self.has_pulled {
                Step::Push
            } else {
                Step::Pull
            };
        }
    }

    fn rest(&mut self, now: i64) -> Action {
        self.step = Step::Rest;
        let half = POLL_MS / 2;
        self.not_before = now.saturating_add(half + self.roll(half));
        Action::Wait {
            until: self.not_before,
        }
    }

    fn go_on(&mut self, step: Step) {
        self.failures = 0;
        self.not_before = i64::MIN;
        self.step = step;
    }

    fn fail(&mut self, now: i64) {
        self.failures = self.failures.saturating_add(1);
        self.step = Step::Pull;
        let doubled = FIRST_WAIT_MS << self.failures.saturating_sub(1).min(20);
        let most = doubled.min(LONGEST_WAIT_MS);
        self.not_before = now.saturating_add(self.roll(most));
    }

    /// A number from 1 to `most`; xorshift, enough to keep desks from knocking together.
    fn roll(&mut self, most: i64) -> i64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        i64::try_from(self.dice >> 1).unwrap_or(0) % most.max(1) + 1
    }

    fn pulled<L: DeskLog>(
        &mut self,
        answer: PullAnswer,
        now: i64,
        log: &L,
        reader: &impl Reader,
    ) -> Result<Option<Keep>, L::Error> {
        match answer {
            PullAnswer::Page(page) => self.page(page, now, log, reader),
            PullAnswer::Lacking { marks } => {
                self.go_on(Step::Give(marks));
                Ok(None)
            }
            PullAnswer::Parted { marks, head } => self.parted(&marks, &head, now, log, reader),
        }
    }

    fn page<L: DeskLog>(
        &mut self,
        page: Page,
        now: i64,
        log: &L,
        reader: &impl Reader,
    ) -> Result<Option<Keep>, L::Error> {
        if let Some(trouble) = own_trouble(&page, log)? {
            self.trouble = Some(trouble);
            return Ok(None);
        }
        let cursor = log.cursor();
        let is_empty = page.frames.is_empty();
        let (end, number) = (page.end, page.number);
        let Some(frames) = whole_frames(page, cursor.as_ref(), log, reader)? else {
            self.fail(now);
            return Ok(None);
        };
        if !is_empty && !is_signed(log, reader, &end) {
            self.fail(now);
            return Ok(None);
        }
        self.has_pulled = true;
        let is_up_to_date = end.mark.number >= number;
        self.go_on(if is_up_to_date {
            Step::Push
        } else {
            Step::Pull
        });
        Ok((!is_empty).then_some(Keep::Frames { frames, end }))
    }

    fn parted<L: DeskLog>(
        &mut self,
        marks: &[Mark],
        head: &Head,
        now: i64,
        log: &L,
        reader: &impl Reader,
    ) -> Result<Option<Keep>, L::Error> {
        let Some(cursor) = log.cursor() else {
            self.fail(now);
            return Ok(None);
        };
        // Only a later epoch makes a desk come back: nobody else can ask it to.
        if !is_signed(log, reader, head) || head.epoch <= cursor.epoch {
            self.trouble = Some(Trouble::Contradiction);
            return Ok(None);
        }
        let to = common(log, marks)?;
        self.go_on(Step::Pull);
        Ok(Some(Keep::ComeBack { to }))
    }

    fn pushed<L: DeskLog>(
        &mut self,
        answer: PushAnswer,
        now: i64,
        log: &L,
        reader: &impl Reader,
    ) -> Result<(), L::Error> {
        let PushAnswer::Taken { taken, sent, .. } = answer else {
            self.go_on(Step::Pull);
            return Ok(());
        };
        self.go_on(Step::Pull);
        if sent == Sent::All {
            return Ok(());
        }
        let outbox = log.outbox(&self.aside)?;
        let stopped_at = usize::try_from(taken).ok().and_then(|at| outbox.get(at));
        let device = stopped_at
            .and_then(|commit| reader.read(commit).ok())
            .map(|reading| reading.header.device);
        match device {
            // Somebody else's: they will see to it themselves.
            Some(device) if device != log.device() => drop(self.aside.insert(device)),
            Some(_) | None => self.stopped(sent, now),
        }
        Ok(())
    }

    fn stopped(&mut self, sent: Sent, now: i64) {
        match Trouble::of(sent) {
            Some(trouble) => self.trouble = Some(trouble),
            None => self.fail(now),
        }
    }
}

fn digests<L: DeskLog>(log: &L, marks: &[Mark]) -> Result<Vec<Mark>, L::Error> {
    let mut own = Vec::new();
    for mark in marks.iter().filter(|mark| mark.number > 0) {
        let digest = log.digest_at(mark.number)?;
        own.extend(digest.map(|digest| Mark {
            number: mark.number,
            digest,
        }));
    }
    Ok(own)
}

fn common<L: DeskLog>(log: &L, marks: &[Mark]) -> Result<Mark, L::Error> {
    let own = digests(log, marks)?;
    Ok(common_mark(marks, |number| {
        let found = own.iter().find(|mark| mark.number == number);
        found.map(|mark| mark.digest)
    }))
}

fn give<L: DeskLog>(log: &L, cursor: Head, marks: &[Mark]) -> Result<Give, L::Error> {
    let common = common(log, marks)?;
    Ok(Give {
        cursor,
        common,
        frames: log.frames_after(common.number)?,
    })
}

fn is_signed<L: DeskLog>(log: &L, reader: &impl Reader, head: &Head) -> bool {
    let message = Head::message(&log.community(), head.epoch, &head.mark);
    reader.is_signature(&message, &head.signature, &log.hub())
}

/// Whether the hub knows this device better than the desk does.
fn own_trouble<L: DeskLog>(page: &Page, log: &L) -> Result<Option<Trouble>, L::Error> {
    let Some((seq, hash)) = &page.own else {
        return Ok(None);
    };
    if *seq > log.own_seq() {
        return Ok(Some(Trouble::Restored));
    }
    let own = log.own_hash(*seq)?;
    let is_same = own.is_some_and(|own| own.as_slice() == hash.as_slice());
    Ok((!is_same).then_some(Trouble::Cloned))
}

/// The frames of a page, when they lead from the cursor to the page's end, and nothing otherwise.
fn whole_frames<L: DeskLog>(
    page: Page,
    cursor: Option<&Head>,
    log: &L,
    reader: &impl Reader,
) -> Result<Option<Vec<Frame>>, L::Error> {
    let mut mark = cursor.map_or_else(Mark::default, |cursor| cursor.mark);
    let mut frames = Vec::with_capacity(page.frames.len());
    for (received_at, verdict, carried) in page.frames {
        let Some((at, hash, commit)) = carried_commit(carried, &mark, log, reader)? else {
            return Ok(None);
        };
        let frame = Frame {
            number: mark.number + 1,
            received_at,
            verdict,
            at,
            hash,
            commit,
        };
        mark = frame.mark_after(&mark);
        frames.push(frame);
    }
    let leads_there = frames.is_empty() || mark == page.end.mark;
    Ok(leads_there.then_some(frames))
}

/// A commit that came: its place, its hash, and its bytes where they are not here already.
type Brought = (CommitRef, Hash, Vec<u8>);

fn carried_commit<L: DeskLog>(
    carried: Carried,
    before: &Mark,
    log: &L,
    reader: &impl Reader,
) -> Result<Option<Brought>, L::Error> {
    match carried {
        Carried::Own { seq, hash } => {
            let is_ours = log.own_hash(seq)? == Some(hash);
            let at = CommitRef {
                device: log.device(),
                seq,
            };
            Ok(is_ours.then(|| (at, hash, Vec::new())))
        }
        Carried::Whole(commit) => {
            let Ok(reading) = reader.read(&commit) else {
                return Ok(None);
            };
            let is_of_community = if before.number == 0 {
                reading.hash == log.community()
            } else {
                reading.header.community == log.community()
            };
            let commit = commit.into_vec();
            Ok((is_of_community && reading.holds).then(|| (reading.at(), reading.hash, commit)))
        }
    }
}
