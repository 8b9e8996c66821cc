//! What becomes of a matter: its steps and how many working days lie between them. Whether a step may
//! be done is not decided here: the rules of a case do that.

use std::collections::VecDeque;

use yichuang_domain::cases::{
    event::{Outcome, Procedure, TerminationCause},
    item::{Item, Kind, Mode, Role},
};

use super::seed::Chance;

/// One step to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beat {
    /// Working days after the step before; none is the same sitting at the counter.
    pub(super) after: u32,
    pub(super) step: Do,
    /// Whether its paper is printed.
    pub(super) prints: bool,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Do {
    Accept,
    AcceptDeferred,
    RequestSupplement,
    SecondNotice,
    Supply { all: bool },
    SupplyOwed,
    Lapse,
    Refuse,
    Withdraw,
    Forward,
    SendBack,
    DepartmentAccept,
    DepartmentSupplement,
    DepartmentRefuse,
    Pause(Procedure),
    Resume,
    Extend,
    Decide(Outcome),
    Terminate(TerminationCause),
    Deliver,
    Archive,
    Deem,
    FinishAtOnce,
    Correct,
    Void,
}

/// What lies on the counter at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counter {
    /// All that is asked for.
    Complete,
    /// Something is missing that may not follow.
    Lacking,
    /// Something is missing that may follow.
    Deferrable,
}

/// What can be amiss at the counter with papers of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct May {
    /// Something can be missing.
    pub(super) lack: bool,
    /// What is missing may follow.
    pub(super) defer: bool,
}

/// A matter's story.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) counter: Counter,
    pub(super) to_enter: bool,
    pub(super) beats: VecDeque<Beat>,
}

impl Plan {
    pub(super) fn new(counter: Counter, steps: &[(u32, Do)]) -> Self {
        let beat = |(after, step): &(u32, Do)| Beat {
            after: *after,
            step: *step,
            prints: true,
        };
        Self {
            counter,
            to_enter: false,
            beats: steps.iter().map(beat).collect(),
        }
    }

    /// The last paper stays unprinted: the printer was out of order.
    pub(super) fn unprinted(mut self) -> Self {
        if let Some(last) = self.beats.back_mut() {
            last.prints = false;
        }
        self
    }

    /// 待录入.
    pub(super) const fn entered_later(mut self) -> Self {
        self.to_enter = true;
        self
    }

    /// What usually becomes of a matter of this item.
    pub(super) fn usual(item: &Item, may: May, chance: &mut Chance) -> Self {
        if item.kind == Kind::Instant {
            return Self::at_once(item, may, chance);
        }
        let (counter, mut steps) = Self::beginning(item, may, chance);
        let is_over = matches!(
            steps.last(),
            Some((
                _,
                Do::Refuse | Do::Withdraw | Do::Lapse | Do::Void | Do::Terminate(_)
            ))
        );
        let has_outcome = matches!(steps.last(), Some((_, Do::Terminate(_))));
        if !is_over {
            Self::middle(item, counter, &mut steps, chance);
        }
        let ends_refused = matches!(steps.last(), Some((_, Do::DepartmentRefuse)));
        if has_outcome || !(is_over || ends_refused) {
            steps.push((chance.between(1, 3), Do::Deliver));
            steps.push((chance.between(1, 8), Do::Archive));
        }
        Self::new(counter, &steps)
    }

    fn at_once(item: &Item, may: May, chance: &mut Chance) -> Self {
        let archive = (chance.between(2, 10), Do::Archive);
        if item.needs_network && chance.happens(250) {
            let steps = [
                (1, Do::FinishAtOnce),
                (chance.between(1, 3), Do::Deliver),
                archive,
            ];
            return Self::new(Counter::Complete, &steps).entered_later();
        }
        match chance.below(100) {
            0 => Self::new(
                Counter::Complete,
                &[
                    (0, Do::FinishAtOnce),
                    (0, Do::Correct),
                    (0, Do::FinishAtOnce),
                    (0, Do::Deliver),
                    archive,
                ],
            ),
            1..=5 if may.lack => Self::new(
                Counter::Lacking,
                &[
                    (0, Do::RequestSupplement),
                    (chance.between(1, 6), Do::Supply { all: true }),
                    (0, Do::Decide(Outcome::Approved)),
                    (chance.between(0, 2), Do::Deliver),
                    archive,
                ],
            ),
            _ => Self::new(
                Counter::Complete,
                &[(0, Do::FinishAtOnce), (0, Do::Deliver), archive],
            ),
        }
    }

    fn beginning(item: &Item, may: May, chance: &mut Chance) -> (Counter, Vec<(u32, Do)>) {
        let ours = item.role != Role::Collects;
        let supply = chance.between(1, 9);
        match chance.below(1_000) {
            0..=9 if ours => (Counter::Complete, vec![(1, Do::Refuse)]),
            10..=19 if ours => (Counter::Complete, vec![(7, Do::Deem)]),
            20..=27 => (
                Counter::Complete,
                vec![(0, Do::Accept), (0, Do::Correct), (0, Do::Accept)],
            ),
            28..=31 => (Counter::Complete, vec![(0, Do::Accept), (1, Do::Void)]),
            32..=51 => (Counter::Complete, vec![(0, Do::Accept), (2, Do::Withdraw)]),
            52..=56 => (
                Counter::Complete,
                vec![
                    (0, Do::Accept),
                    (1, Do::Terminate(TerminationCause::DuplicateCase)),
                ],
            ),
            57..=70 if may.lack => (
                Counter::Lacking,
                vec![
                    (0, Do::RequestSupplement),
                    (chance.between(17, 20), Do::Lapse),
                ],
            ),
            71..=73 if may.lack => (
                Counter::Lacking,
                vec![
                    (0, Do::RequestSupplement),
                    (2, Do::SecondNotice),
                    (supply, Do::Supply { all: true }),
                ],
            ),
            74..=120 if may.lack => (
                Counter::Lacking,
                vec![
                    (0, Do::RequestSupplement),
                    (supply, Do::Supply { all: false }),
                    (chance.between(1, 4), Do::Supply { all: true }),
                ],
            ),
            121..=230 if may.lack => (
                Counter::Lacking,
                vec![
                    (0, Do::RequestSupplement),
                    (supply, Do::Supply { all: true }),
                ],
            ),
            231..=330 if may.defer => (Counter::Deferrable, vec![(0, Do::AcceptDeferred)]),
            _ => (Counter::Complete, vec![(0, Do::Accept)]),
        }
    }

    fn middle(item: &Item, counter: Counter, steps: &mut Vec<(u32, Do)>, chance: &mut Chance) {
        let promised = u32::from(item.promised.days).max(2);
        let mut left = (promised * chance.between(35, 90) / 100).max(1);
        if item.handler.mode != Mode::Decides {
            steps.push((1, Do::Forward));
            if chance.happens(25) {
                steps.push((chance.between(1, 3), Do::SendBack));
                steps.push((1, Do::Forward));
            }
            if item.role == Role::Collects {
                steps.push((chance.between(1, 3), Do::DepartmentAccept));
            }
            match chance.below(100) {
                0 => return steps.push((2, Do::DepartmentRefuse)),
                1..=4 => {
                    steps.push((1, Do::DepartmentSupplement));
                    steps.push((chance.between(1, 6), Do::Supply { all: true }));
                    left = left.saturating_sub(4).max(1);
                }
                _ => {}
            }
        }
        if counter == Counter::Deferrable {
            let until = chance.between(1, left.min(6));
            steps.push((until, Do::SupplyOwed));
            left = left.saturating_sub(until).max(1);
        }
        if chance.happens(15) && promised >= 5 && left > 2 {
            steps.push((1, Do::Extend));
            left += 4;
        }
        if let Some(procedure) = procedure_of(item)
            && chance.happens(500)
        {
            steps.push((1, Do::Pause(procedure)));
            steps.push((chance.between(3, 8), Do::Resume));
            left = left.saturating_sub(1).max(1);
        }
        // Not every office is in time.
        let late = if chance.happens(12) { promised } else { 0 };
        let outcome = if chance.happens(40) {
            Outcome::Denied
        } else {
            Outcome::Approved
        };
        steps.push((left + late, Do::Decide(outcome)));
    }
}

/// The special procedure a matter of this item usually goes through.
pub(super) fn procedure_of(item: &Item) -> Option<Procedure> {
    let published = item.publicity.map(|_days| Procedure::Publicity);
    let visited = item.site_visit.then_some(Procedure::SiteCheck);
    item.special_procedure.or(published).or(visited)
}
