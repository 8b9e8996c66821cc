//! Laws of a case, for walks nobody thought of: the order of arrival does not matter, no state is
//! skipped, no number of a paper is given twice, and a step taken back leaves no trace but its record.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod counter;

use std::collections::BTreeSet;

use chrono::Days;
use counter::{COLLECTED, Counter, INSTANT, OURS, all_of, item, li, step_rightly, wang, zhao};
use proptest::prelude::*;
use yichuang_domain::{
    cases::{
        case::{Case, Effect},
        event::CaseEvent,
        transition::{State, Step, TRANSITIONS},
    },
    record::{ChangeRef, Entry, Folded, Happening, Id, fold},
};

/// One act of a walk: which of the steps, how many days later, at which desk.
type Act = (usize, u64, u8);

fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec((0_usize..200, 0_u64..4, 1_u8..3), 1..most)
}

fn start(kind: usize, whole: bool) -> Counter {
    let code = [OURS, COLLECTED, INSTANT][kind % 3];
    if whole {
        Counter::received_whole(code)
    } else {
        let first = all_of(item(code));
        Counter::received(code, &first[..1])
    }
}

fn steps() -> Vec<Step> {
    let all: BTreeSet<Step> = TRANSITIONS.iter().map(|row| row.step).collect();
    all.into_iter()
        .filter(|step| *step != Step::Receive)
        .collect()
}

/// The first step the rules let a person take now, looking from a chosen one on.
fn possible(counter: &Counter, choice: usize) -> Option<CaseEvent> {
    let steps = steps();
    let from = choice % steps.len();
    let mut turned = steps.iter().cycle().skip(from).take(steps.len());
    turned.find_map(|step| step_rightly(counter, *step).ok())
}

/// Walks by the rules, one step of the possible ones at a time.
fn walk(mut counter: Counter, acts: &[Act]) -> Vec<Counter> {
    number(&mut counter);
    let mut way = vec![counter.clone()];
    for (choice, days, desk) in acts {
        counter.today = counter.today + Days::new(*days);
        counter.device = *desk;
        counter.by(if *desk == 1 { wang() } else { li() });
        if choice % 7 == 0 {
            counter.by(zhao());
        }
        let Some(event) = possible(&counter, *choice) else {
            break;
        };
        write(&mut counter, &event);
        way.push(counter.clone());
    }
    way
}

/// Writes a step that the hub numbers at once, so that two desks follow one another.
fn write(counter: &mut Counter, event: &CaseEvent) -> ChangeRef {
    let at = counter.write(event);
    number(counter);
    at
}

fn number(counter: &mut Counter) {
    for (number, entry) in (1_u64..).zip(&mut counter.entries) {
        entry.number = Some(number);
    }
}

fn case(entries: &[Entry]) -> Case {
    Case::of(Id::from_bytes([9; 16]), &fold(entries)).unwrap()
}

/// Everything but the record of how it came about.
fn now(case: &Case) -> Case {
    Case {
        history: Vec::new(),
        papers: Vec::new(),
        ..case.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn walking_by_the_rules_never_leaves_a_card_and_never_skips_a_state(
        kind in 0_usize..3, whole: bool, acts in acts(14),
    ) {
        let way = walk(start(kind, whole), &acts);
        for pair in way.windows(2) {
            let (before, after) = (pair[0].case(), pair[1].case());
            let line = after.history.last().unwrap();
            prop_assert_eq!(&line.effect, &Effect::Applied);
            prop_assert!(after.cards.is_empty());
            let step = line.event.as_ref().and_then(CaseEvent::step).unwrap();
            if step != Step::Correct {
                let is_row = TRANSITIONS.iter().any(|row| {
                    row.step == step
                        && row.from.contains(&before.state)
                        && (row.to.contains(&after.state)
                            || (row.to.is_empty() && after.state == before.state))
                });
                prop_assert!(is_row, "{:?}: {:?} to {:?}", step, before.state, after.state);
            }
        }
    }

    #[test]
    fn no_number_of_a_paper_is_given_twice_and_none_is_lost(
        kind in 0_usize..3, whole: bool, acts in acts(14),
    ) {
        let mut given: Vec<String> = Vec::new();
        for counter in walk(start(kind, whole), &acts) {
            let papers = counter.case().papers;
            let numbers: Vec<String> = papers.iter().map(|paper| paper.number.clone()).collect();
            let distinct: BTreeSet<&String> = numbers.iter().collect();
            prop_assert_eq!(distinct.len(), numbers.len());
            prop_assert!(numbers.starts_with(&given), "{:?} then {:?}", given, numbers);
            given = numbers;
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter_and_repeats_change_nothing(
        kind in 0_usize..3, whole: bool, acts in acts(10), turn in 0_usize..20, again in 0_usize..5,
    ) {
        let last = walk(start(kind, whole), &acts).pop().unwrap();
        let entries = last.entries.clone();
        let mut turned = entries.clone();
        turned.rotate_left(turn % entries.len());
        turned.reverse();
        for early in last.entries.iter().take(again) {
            turned.insert(0, Entry { number: None, ..early.clone() });
        }
        prop_assert_eq!(case(&entries), case(&turned));
    }

    #[test]
    fn reading_step_by_step_comes_to_what_reading_at_once_comes_to(
        kind in 0_usize..3, whole: bool, acts in acts(10),
    ) {
        let way = walk(start(kind, whole), &acts);
        let entries = &way.last().unwrap().entries;
        for (length, counter) in (1..).zip(&way) {
            prop_assert_eq!(case(&entries[..length]), counter.case());
        }
    }

    #[test]
    fn a_step_taken_back_leaves_the_case_as_if_it_had_not_been(
        kind in 0_usize..3, whole: bool, acts in acts(10), choice in 0_usize..200,
    ) {
        let counter = walk(start(kind, whole), &acts).pop().unwrap();
        let before = counter.case();
        let mut after = counter.clone();
        let event = possible(&after, choice);
        prop_assume!(event.is_some());
        let event = event.unwrap();
        prop_assume!(event.step() != Some(Step::Correct));
        let at = write(&mut after, &event);
        prop_assume!(!after.state().is_terminal());
        let correction = after.correct("点错了").unwrap();
        write(&mut after, &correction);
        prop_assert_eq!(now(&after.case()), now(&before));
        let is_void = |paper: &&yichuang_domain::cases::paper::Paper| paper.of == at;
        prop_assert!(after.case().papers.iter().filter(is_void).all(|paper| paper.is_void));
    }

    #[test]
    fn any_events_in_any_order_fold_without_a_panic_and_by_the_table(
        kinds in prop::collection::vec((0_usize..3, acts(8)), 2..4), turn in 0_usize..50,
    ) {
        // Steps of several walks, shuffled into one case: most of them are not allowed.
        let mut happenings: Vec<Happening> = Vec::new();
        for (kind, acts) in &kinds {
            let last = walk(start(*kind, true), acts).pop().unwrap();
            happenings.extend(fold(&last.entries).events);
        }
        let length = happenings.len();
        for (place, happening) in happenings.iter_mut().enumerate() {
            happening.at.seq = u64::try_from((place * 7 + turn) % length).unwrap();
            happening.at.index = u32::try_from(place).unwrap();
        }
        happenings.sort_by_key(|happening| happening.at.seq);
        let folded = Folded { events: happenings, ..Folded::default() };
        let case = Case::of(Id::default(), &folded).unwrap();
        prop_assert_eq!(case.history.len(), length);
        let mut state = State::Received;
        for line in &case.history {
            if line.effect != Effect::Applied {
                prop_assert_eq!(line.state, state, "only what counts moves the case");
            }
            state = line.state;
        }
        let cards = case.history.iter().filter(|line| line.effect == Effect::NotAllowed);
        prop_assert_eq!(cards.count(), case.cards.len());
    }
}
