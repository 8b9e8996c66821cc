//! Talking with the hub until everything is said. The desk is locked for its clerk only while something
//! is read or kept, never while the hub is waited for.

use std::time::Instant;

use serde_json::{Value, json};
use yichuang_domain::refusal::Refusal;
use yichuang_store::{CommitReader, Joining};
use yichuang_sync::{Action, Desk as Conversation, DeskLog, Event, Keep, Trouble};

use super::line::{Line, LineError};
use crate::{answer::Stop, desk::Desk, inner::Inner};

/// More turns than any conversation has: a hub that never comes to an end is left.
const MOST_TURNS: usize = 100_000;

/// What a conversation came to.
#[derive(Debug, Default)]
pub(crate) struct Talked {
    sent: usize,
    received: usize,
}

/// What to do next, and where.
pub(crate) struct Turn {
    pub(crate) action: Action,
    joining: Joining,
}

/// Talks with the hub once, until nothing is left to say.
pub(crate) fn sync_once(desk: &Desk) -> Result<Value, Stop> {
    let mut talking = Talking::new();
    let mut talked = Talked::default();
    for _turn in 0..MOST_TURNS {
        let turn = desk.with_inner(|inner| talking.next(inner))??;
        if let Action::Wait { .. } = turn.action {
            return desk.with_inner(|inner| told(inner, &talked))?;
        }
        if let Action::Stop(trouble) = turn.action {
            return Err(stop_of(trouble));
        }
        let event = talking.ask(turn).map_err(line_stop)?;
        desk.with_inner(|inner| talking.heard(inner, event, &mut talked))??;
        if talking.is_stuck() {
            return Err(line_stop(LineError::Garbled));
        }
    }
    Err(line_stop(LineError::Garbled))
}

/// A conversation under way, with its line once it is open.
pub(crate) struct Talking {
    conversation: Conversation,
    line: Option<Line>,
    /// Waiting goes by time passed: the wall clock may be set back by years.
    began: Instant,
}

impl Talking {
    pub(crate) fn new() -> Self {
        Self {
            conversation: Conversation::new(seed()),
            line: None,
            began: Instant::now(),
        }
    }

    /// Milliseconds since this conversation began.
    fn now(&self) -> i64 {
        i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Whether what was heard last cannot be used.
    pub(crate) const fn is_stuck(&self) -> bool {
        self.conversation.failures() > 0 || self.conversation.trouble().is_some()
    }

    /// Something is to be sent, or somebody asked.
    pub(crate) fn nudge(&mut self, inner: &mut Inner) -> Result<(), Stop> {
        let now = self.now();
        let log = inner.store()?.sync_log().ok_or(Refusal::NoHub)?;
        self.conversation
            .on(Event::Nudged, now, &log, &CommitReader)?;
        Ok(())
    }

    pub(crate) fn next(&mut self, inner: &mut Inner) -> Result<Turn, Stop> {
        let now = self.now();
        let store = inner.store()?;
        let joining = store.joining().ok_or(Refusal::NoHub)?.clone();
        let log = store.sync_log().ok_or(Refusal::NoHub)?;
        let action = self.conversation.poll(now, &log)?;
        Ok(Turn { action, joining })
    }

    /// Says it, and waits for the answer.
    pub(crate) fn ask(&mut self, turn: Turn) -> Result<Event, LineError> {
        let Joining {
            address,
            key,
            token,
            ..
        } = turn.joining;
        let line = match &mut self.line {
            Some(line) => line,
            None => {
                let line = Line::new(&address, key, Some(token));
                self.line.insert(line.map_err(|_error| LineError::Away)?)
            }
        };
        let answer = match &turn.action {
            Action::Pull(pull) => line.ask("/v1/pull", pull).map(Event::Pulled),
            Action::Push(push) => line.ask("/v1/push", push).map(Event::Pushed),
            Action::Give(give) => line.ask("/v1/give", give).map(Event::Given),
            Action::Wait { .. } | Action::Stop(_) => return Ok(Event::Nudged),
        };
        match answer {
            Ok(event) => Ok(event),
            Err(LineError::TurnedAway) => Ok(Event::TurnedAway),
            Err(LineError::OtherVersion) => Ok(Event::OtherVersion),
            Err(error) => Err(error),
        }
    }

    /// Takes in what was heard, and keeps it.
    pub(crate) fn heard(
        &mut self,
        inner: &mut Inner,
        event: Event,
        talked: &mut Talked,
    ) -> Result<(), Stop> {
        let now = self.now();
        let log = inner.store()?.sync_log().ok_or(Refusal::NoHub)?;
        let device = log.device();
        let keep = self.conversation.on(event, now, &log, &CommitReader)?;
        if let Some(trouble) = self.conversation.trouble() {
            return Err(stop_of(trouble));
        }
        let Some(keep) = keep else {
            return Ok(());
        };
        if let Keep::Frames { frames, .. } = &keep {
            let own = frames.iter().filter(|frame| frame.at.device == device);
            let own = own.count();
            talked.sent += own;
            talked.received += frames.len() - own;
        }
        let kept = inner.keep(&keep);
        if kept.is_err() {
            // Asked for again after a while, not at once: the disk may be full.
            let log = inner.store()?.sync_log().ok_or(Refusal::NoHub)?;
            self.conversation
                .on(Event::Failed, now, &log, &CommitReader)?;
        }
        kept
    }
}

/// What a conversation came to, as it is answered.
pub(crate) fn told(inner: &mut Inner, talked: &Talked) -> Result<Value, Stop> {
    let store = inner.store()?;
    Ok(json!({
        "sent": talked.sent,
        "received": talked.received,
        "refused": store.refused(),
        "head": store.seen().number,
    }))
}

/// Spreads the waiting of many desks; nothing secret hangs on it.
fn seed() -> u64 {
    yichuang_store::random::<8>().map_or(1, u64::from_be_bytes)
}

pub(crate) fn stop_of(trouble: Trouble) -> Stop {
    match trouble {
        Trouble::TurnedAway | Trouble::Unknown => Refusal::DeviceTurnedAway,
        Trouble::Restored | Trouble::Cloned => Refusal::DeviceDoubled,
        Trouble::Upgrade => Refusal::OtherVersion,
        Trouble::NotTaken | Trouble::Contradiction => Refusal::HubDisagrees,
    }
    .into()
}

/// What a line could not bring, as the clerk is told.
pub(crate) fn line_stop(error: LineError) -> Stop {
    match error {
        LineError::Away => Refusal::HubAway,
        LineError::Stranger => Refusal::HubStranger,
        LineError::TurnedAway => Refusal::DeviceTurnedAway,
        LineError::Forbidden => Refusal::CodeRefused,
        LineError::OtherVersion => Refusal::OtherVersion,
        LineError::Garbled => Refusal::HubDisagrees,
    }
    .into()
}

impl Inner {
    /// Keeps what the hub gave, and lets everything in memory follow.
    fn keep(&mut self, keep: &Keep) -> Result<(), Stop> {
        let records = self.store()?.receive(keep)?;
        self.follow(records.iter())?;
        self.follow_staff(&records)?;
        self.tell();
        Ok(())
    }
}
