//! Two desks that act on one case while apart: the hub's order decides, what the state no longer
//! allows becomes a card that names the step, and what was said twice is said once.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod counter;

use counter::{Counter, OURS, bring_to, li, step_rightly};
use yichuang_domain::{
    cases::{
        case::{Case, Effect},
        transition::{State, Step},
    },
    record::{Entry, Id, fold},
};

/// What two desks had in common, then one step at each; numbered in the order given.
struct Apart {
    common: Vec<Entry>,
    here: Entry,
    there: Entry,
}

impl Apart {
    fn from(counter: &Counter, here: Step, there: Step) -> Self {
        let step = |mut desk: Counter, step| {
            let event = step_rightly(&desk, step).unwrap();
            desk.write(&event);
            desk.entries.pop().unwrap()
        };
        let mut other = counter.clone();
        other.device = 2;
        other.by(li());
        Self {
            common: counter.entries.clone(),
            here: step(counter.clone(), here),
            there: step(other, there),
        }
    }

    /// The case once the hub has numbered everything, ours first or theirs.
    fn numbered(&self, here_first: bool) -> Case {
        let mut entries = self.common.clone();
        if here_first {
            entries.extend([self.here.clone(), self.there.clone()]);
        } else {
            entries.extend([self.there.clone(), self.here.clone()]);
        }
        for (number, entry) in (1_u64..).zip(&mut entries) {
            entry.number = Some(number);
        }
        case(&entries)
    }
}

fn case(entries: &[Entry]) -> Case {
    Case::of(Id::from_bytes([9; 16]), &fold(entries)).unwrap()
}

#[test]
fn decided_here_and_withdrawn_there_the_hubs_order_decides_and_the_other_is_a_card() {
    let counter = bring_to(State::Accepted, OURS, false);
    let apart = Apart::from(&counter, Step::Decide, Step::Withdraw);
    for (here_first, state, loser, name, void) in [
        (true, State::Decided, &apart.there, "withdraw", "-CH01"),
        (false, State::Withdrawn, &apart.here, "decide", "-BJ01"),
    ] {
        let case = apart.numbered(here_first);
        assert_eq!(case.state, state);
        assert_eq!(case.cards, [loser.at]);
        let line = case
            .history
            .iter()
            .find(|line| line.at == loser.at)
            .unwrap();
        assert_eq!(
            (line.name.as_str(), &line.effect),
            (name, &Effect::NotAllowed)
        );
        assert_eq!(line.actor, loser.actor, "the card names who");
        // Both papers are named; the one of the step without effect is void.
        let papers = case.papers.iter().rev().take(2);
        let told: Vec<_> = papers
            .map(|paper| (paper.number.ends_with(void), paper.is_void))
            .collect();
        assert_eq!(told, [(true, true), (false, false)]);
    }
}

#[test]
fn our_own_step_that_the_hub_has_not_numbered_comes_last() {
    let counter = bring_to(State::Accepted, OURS, false);
    let apart = Apart::from(&counter, Step::Decide, Step::Withdraw);
    let mut entries = apart.common.clone();
    entries.extend([apart.here.clone(), apart.there.clone()]);
    let theirs = apart.there.at;
    let mut number = 0;
    for entry in entries.iter_mut().filter(|entry| entry.at != apart.here.at) {
        number += 1;
        entry.number = Some(number);
    }
    let found = case(&entries);
    assert_eq!(found.state, State::Withdrawn);
    assert_eq!(found.cards, [apart.here.at]);
    assert!(
        found
            .history
            .iter()
            .any(|line| line.at == theirs && line.is_synced)
    );
}

#[test]
fn what_was_said_at_both_is_said_once_and_is_no_card() {
    let counter = bring_to(State::Accepted, OURS, false);
    let apart = Apart::from(&counter, Step::Withdraw, Step::Withdraw);
    let found = apart.numbered(true);
    assert_eq!(found.cards, []);
    let line = found.history.last().unwrap();
    assert_eq!((line.at, &line.effect), (apart.there.at, &Effect::Repeated));
    let withdrawals = found
        .papers
        .iter()
        .filter(|paper| paper.number.contains("-CH"));
    assert_eq!(withdrawals.count(), 1);
}

#[test]
fn a_step_that_arrives_before_and_after_its_number_counts_once() {
    let mut counter = bring_to(State::Accepted, OURS, false);
    let notes = counter.entries.len();
    for (number, entry) in (1_u64..).zip(&mut counter.entries.clone()) {
        entry.number = Some(number);
        counter.entries.push(entry.clone());
    }
    let found = counter.case();
    assert_eq!(found.history.len(), notes);
    assert_eq!(found.cards, []);
    assert!(found.history.iter().all(|line| line.is_synced));
}

#[test]
fn a_correction_here_undoes_what_was_built_on_it_there_and_that_becomes_a_card() {
    let counter = bring_to(State::Accepted, OURS, false);
    let apart = Apart::from(&counter, Step::Correct, Step::Pause);
    for here_first in [true, false] {
        let found = apart.numbered(here_first);
        assert_eq!(found.state, State::Received, "ours first: {here_first}");
        assert_eq!(found.cards, [apart.there.at]);
        assert_eq!(found.pauses, []);
    }
}

#[test]
fn a_correction_that_comes_after_the_end_changes_nothing() {
    let counter = bring_to(State::Accepted, OURS, false);
    let apart = Apart::from(&counter, Step::Correct, Step::Withdraw);
    let found = apart.numbered(false);
    assert_eq!(found.state, State::Withdrawn);
    assert_eq!(found.cards, [apart.here.at]);
}
