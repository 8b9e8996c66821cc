//! What the frames of a log do to records. Everybody who folds goes through here, so that a number, a
//! refused commit, an adoption or a new epoch means the same on the hub and on every desk.
//!
//! [`Effects`] is what must be known of a whole log to say what one frame of it does; it is learnt from
//! the frames in order and forgets what lost its number. Asked about an early frame it answers the same
//! whether it has learnt the later ones or not, so a view may catch up from anywhere.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use yichuang_domain::record::{Change, CommitRef, Entry, Id, Kind, Seen};

use crate::{log::Frame, reading::Reading};

/// The event that gives a refused commit its effect.
pub const ADOPT: &str = "adopt";
/// The event that begins an epoch.
pub const EPOCH: &str = "begin";
/// The event that says which commit was written again.
pub const ORIGIN: &str = "rewritten";

/// The refused commit this change gives its effect, if that is what it does.
pub fn adoption_of(change: &Change) -> Option<CommitRef> {
    let of = event_of(change, &Kind::ADOPTION, ADOPT)?;
    serde_json::from_value(of.clone()).ok()
}

/// The record that says a commit was written again: the same one whoever says it, so that it is said once.
pub(crate) fn origin_of(change: &Change) -> Option<Id> {
    event_of(change, &Kind::ORIGIN, ORIGIN).map(|_body| change.record().id)
}

fn event_of<'a>(change: &'a Change, kind: &Kind, name: &str) -> Option<&'a Value> {
    match change {
        Change::Event {
            record,
            event,
            body,
        } if record.kind == *kind && event == name => Some(body),
        Change::Event { .. } | Change::Set { .. } | Change::Void { .. } => None,
    }
}

#[derive(Deserialize)]
struct EpochBody {
    epoch: u32,
    from: u64,
}

/// An epoch: numbers from `from` on were counted anew. `at` is the number that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Begun {
    epoch: u32,
    from: u64,
    at: u64,
}

/// What one entry becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// It stands in its record, in the place of what stood there of the same change.
    Put(Entry),
    /// It stands there no more.
    Take(Entry),
}

impl Turn {
    /// The entry it is about.
    pub const fn entry(&self) -> &Entry {
        match self {
            Self::Put(entry) | Self::Take(entry) => entry,
        }
    }
}

/// What must be known of a log to say what a frame of it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    epochs: Vec<Begun>,
    /// Refused commits, with the number that refused them.
    refused: BTreeMap<CommitRef, u64>,
    /// Refused commits that got their effect later, with the number that gave it.
    adopted: BTreeMap<CommitRef, u64>,
}

impl Effects {
    /// The epoch the log is in.
    pub fn epoch(&self) -> u32 {
        self.epochs
            .iter()
            .map(|begun| begun.epoch)
            .max()
            .unwrap_or(0)
    }

    /// Takes note of a frame. Frames come in order.
    pub fn learn(&mut self, frame: &Frame, changes: &[Option<Change>]) {
        let number = frame.number;
        if !frame.verdict.has_effect() {
            self.refused.insert(frame.at, number);
            return;
        }
        for change in changes.iter().flatten() {
            if let Some(of) = adoption_of(change)
                && self.refused.contains_key(&of)
            {
                self.adopted.entry(of).or_insert(number);
            }
            let body = event_of(change, &Kind::EPOCH, EPOCH)
                .and_then(|body| EpochBody::deserialize(body).ok());
            self.epochs.extend(body.map(|body| Begun {
                epoch: body.epoch,
                from: body.from,
                at: number,
            }));
        }
    }

    /// Forgets everything after a number: those frames have none any more.
    pub fn forget_after(&mut self, number: u64) {
        self.epochs.retain(|begun| begun.at <= number);
        self.refused.retain(|_at, refused| *refused <= number);
        self.adopted.retain(|_at, adopted| *adopted <= number);
    }

    /// Whether a commit, or a change, may hold what [`Effects::learn`] must see or what says which device
    /// is the hub. Cheap, and never wrong in saying no: the names stand in the bytes.
    pub fn may_matter(commit: &[u8]) -> bool {
        let holds = |name: &[u8]| commit.windows(name.len()).any(|window| window == name);
        let holds_kind = |kind: &Kind| holds(kind.name().as_bytes());
        holds_kind(&Kind::ADOPTION) || holds_kind(&Kind::EPOCH) || holds(b"chub\xF5")
    }

    /// The number at which a refused commit got its effect.
    pub fn adopted_at(&self, commit: CommitRef) -> Option<u64> {
        self.adopted.get(&commit).copied()
    }

    /// The refused commits this frame gives their effect.
    pub fn adopted_by(&self, frame: &Frame) -> Vec<CommitRef> {
        self.adopted
            .iter()
            .filter(|(_of, number)| **number == frame.number)
            .map(|(of, _number)| *of)
            .collect()
    }

    /// What a numbered commit does. `adopted` are the commits it gives their effect
    /// ([`Effects::adopted_by`]). A refused one takes back what it did while it had no number.
    pub fn turns(&self, frame: &Frame, reading: &Reading, adopted: &[Reading]) -> Vec<Turn> {
        if !frame.verdict.has_effect() {
            let is_adopted = self.adopted.contains_key(&frame.at);
            // The number that adopts it puts it back; asked in order, it comes later.
            let entries = reading.entries();
            return if is_adopted {
                Vec::new()
            } else {
                entries.into_iter().map(Turn::Take).collect()
            };
        }
        std::iter::once(reading)
            .chain(adopted)
            .flat_map(|one| self.entries_at(one, frame))
            .map(Turn::Put)
            .collect()
    }

    /// What becomes of a commit that loses its number: what others than the hub wrote waits for
    /// another one.
    pub fn turns_back(frame: &Frame, reading: &Reading, hub: Option<Id>) -> Vec<Turn> {
        let stays = frame.verdict.has_effect() && Some(frame.at.device) != hub;
        let turn = if stays { Turn::Put } else { Turn::Take };
        reading.entries().into_iter().map(turn).collect()
    }

    /// The entries of a commit, with the place in the log that a frame gives them.
    pub fn entries_at(&self, reading: &Reading, frame: &Frame) -> Vec<Entry> {
        let mut entries = reading.entries();
        for entry in &mut entries {
            entry.number = Some(frame.number);
            entry.received_at = Some(frame.received_at);
            entry.seen = self.cap(entry.seen, frame.number);
        }
        entries
    }

    /// What was really seen by who wrote at `number`: numbers of an older epoch that were counted anew
    /// name other commits now.
    pub fn cap(&self, seen: Seen, number: u64) -> Seen {
        let parted = self
            .epochs
            .iter()
            .filter(|begun| begun.epoch > seen.epoch && begun.at < number)
            .map(|begun| begun.from.saturating_sub(1))
            .min();
        Seen {
            number: parted.map_or(seen.number, |last| seen.number.min(last)),
            ..seen
        }
    }
}

impl Reading {
    /// The changes as the fold meets them, without a number.
    pub fn entries(&self) -> Vec<Entry> {
        let known = (0_u32..).zip(&self.changes);
        known
            .filter_map(|(index, change)| Some(Entry::of(&self.header, index, change.clone()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_counted_anew_were_not_seen_by_who_saw_the_old_ones() {
        let begun = |epoch, from, at| Begun { epoch, from, at };
        let effects = Effects {
            epochs: vec![begun(1, 11, 12), begun(2, 8, 20)],
            ..Effects::default()
        };
        let seen = |epoch, number| Seen {
            epoch,
            number,
            seq: 3,
        };
        for (epoch, number, capped) in [(0, 15, 7), (0, 5, 5), (1, 15, 7), (2, 15, 15), (3, 9, 9)] {
            assert_eq!(effects.cap(seen(epoch, number), 30), seen(epoch, capped));
        }
        assert_eq!(
            effects.cap(seen(0, 15), 19),
            seen(0, 10),
            "the second epoch was not yet"
        );
        assert_eq!(effects.cap(seen(0, 15), 12), seen(0, 15));
    }
}
