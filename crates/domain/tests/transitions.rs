//! Every state with every step, walked from the one table: what it allows is done and lands where it
//! says, what it forbids is refused by the rule and has no effect when it arrives from elsewhere.

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

use counter::{COLLECTED, Counter, OURS, all_of, bring_to, item, step_rightly};
use yichuang_domain::{
    cases::{
        case::{Case, Effect},
        event::CaseEvent,
        transition::{State, Step, TRANSITIONS, Transition},
    },
    record::ChangeRef,
    refusal::Refusal,
};

/// Finished at once in a department's own system, and forwarded to it where it cannot be.
const ENTERED: &str = "SB001";

/// An item with which this step can be taken at all, and the state be reached.
fn item_for(state: State, step: Step) -> &'static str {
    match step {
        Step::DoAtOnce => ENTERED,
        Step::Forward
        | Step::SendBack
        | Step::DepartmentSupplement
        | Step::DepartmentRefuse
        | Step::DepartmentAccept => COLLECTED,
        _ if state == State::Forwarded => COLLECTED,
        _ => OURS,
    }
}

fn steps() -> BTreeSet<Step> {
    TRANSITIONS.iter().map(|row| row.step).collect()
}

fn row_of(state: State, step: Step) -> Option<&'static Transition> {
    TRANSITIONS
        .iter()
        .find(|row| row.step == step && row.from.contains(&state))
}

/// What is not its record: everything a step could have changed.
fn without_record(case: &Case) -> Case {
    Case {
        history: Vec::new(),
        cards: Vec::new(),
        papers: Vec::new(),
        ..case.clone()
    }
}

#[test]
fn a_step_the_table_allows_is_done_and_lands_where_the_table_says() {
    let mut walked = 0;
    for state in State::ALL {
        for step in steps() {
            let Some(row) = row_of(state, step) else {
                continue;
            };
            // What a deferral left owing can come only where there was one.
            let mut counter = bring_to(state, item_for(state, step), step == Step::Supply);
            let before = counter.case();
            let event = step_rightly(&counter, step)
                .unwrap_or_else(|refusal| panic!("{step:?} from {state:?}: {refusal:?}"));
            let at = counter.write(&event);
            let after = counter.case();
            assert_eq!(
                counter.effect(at),
                Effect::Applied,
                "{step:?} from {state:?}"
            );
            let lands = if step == Step::Correct {
                let lines = before.history.len();
                vec![before.history[lines.saturating_sub(2)].state]
            } else if row.to.is_empty() {
                vec![state]
            } else {
                row.to.to_vec()
            };
            assert!(
                lands.contains(&after.state),
                "{step:?} from {state:?} landed in {:?}",
                after.state
            );
            assert!(after.cards.is_empty(), "{step:?} from {state:?}");
            walked += 1;
        }
    }
    let allowed: usize = TRANSITIONS.iter().map(|row| row.from.len()).sum();
    assert_eq!(walked, allowed);
}

#[test]
fn a_step_the_table_forbids_is_refused_by_its_rule() {
    for state in State::ALL {
        for step in steps() {
            if row_of(state, step).is_some() || step == Step::Receive {
                continue;
            }
            let counter = bring_to(state, item_for(state, step), false);
            assert_eq!(
                step_rightly(&counter, step),
                Err(Refusal::WrongState { is: state, step }),
                "{step:?} from {state:?}"
            );
        }
    }
}

/// A step as it may arrive from another desk: rightly done there, a day later.
fn from_elsewhere(step: Step, here: &Counter, last: ChangeRef) -> CaseEvent {
    if step == Step::Correct {
        return CaseEvent::Correct {
            of: last,
            reason: "点错了".to_owned(),
        };
    }
    let from = TRANSITIONS
        .iter()
        .find(|row| row.step == step)
        .and_then(|row| row.from.first());
    let state = from.copied().unwrap_or(State::Received);
    let mut there = bring_to(state, item_for(state, step), false);
    there.today = here.today.max(there.today).succ_opt().unwrap();
    step_rightly(&there, step).unwrap()
}

#[test]
fn a_step_the_table_forbids_has_no_effect_when_it_arrives_and_becomes_a_card() {
    for state in State::ALL {
        for step in steps() {
            if row_of(state, step).is_some() {
                continue;
            }
            let mut counter = bring_to(state, item_for(state, step), false);
            let before = counter.case();
            let last = before.history.last().unwrap().at;
            let event = from_elsewhere(step, &counter, last);
            let at = counter.write(&event);
            let after = counter.case();
            assert_eq!(
                counter.effect(at),
                Effect::NotAllowed,
                "{step:?} from {state:?}"
            );
            assert_eq!(after.cards, [at], "{step:?} from {state:?}");
            assert_eq!(
                without_record(&after),
                without_record(&before),
                "{step:?} from {state:?}"
            );
            let new = &after.papers[before.papers.len()..];
            assert!(new.iter().all(|paper| paper.is_void && paper.of == at));
            assert_eq!(after.papers[..before.papers.len()], before.papers);
        }
    }
}

#[test]
fn nothing_but_a_print_is_taken_up_at_the_end_of_a_case() {
    for state in State::ALL.into_iter().filter(|state| state.is_terminal()) {
        let mut counter = bring_to(state, OURS, false);
        let document = counter.case().papers[0].number.clone();
        let at = counter.write(&CaseEvent::Print {
            document,
            copies: 2,
        });
        assert_eq!(counter.effect(at), Effect::Applied);
        assert_eq!(counter.case().papers[0].prints, 2);
        assert_eq!(counter.state(), state);
        for step in steps() {
            if step != Step::Receive {
                assert!(
                    step_rightly(&counter, step).is_err(),
                    "{step:?} from {state:?}"
                );
            }
        }
    }
}

#[test]
fn every_step_gives_out_the_papers_of_the_table() {
    let expected: &[(State, Step, &str, bool, &[&str])] = &[
        (State::Received, Step::Accept, OURS, false, &["SL01"]),
        (State::Received, Step::Accept, COLLECTED, false, &["DS01"]),
        (
            State::Received,
            Step::AcceptDeferred,
            OURS,
            false,
            &["RC01", "RT01"],
        ),
        (
            State::Received,
            Step::AcceptDeferred,
            COLLECTED,
            false,
            &["RC01", "DS01"],
        ),
        (
            State::Received,
            Step::RequestSupplement,
            OURS,
            false,
            &["BZ01"],
        ),
        (
            State::Supplement,
            Step::RequestSupplement,
            OURS,
            false,
            &["BZ02"],
        ),
        (State::Supplement, Step::Supply, OURS, false, &["SL01"]),
        (State::Supplement, Step::Supply, COLLECTED, false, &["DS01"]),
        (State::Accepted, Step::Supply, OURS, true, &[]),
        (State::Forwarded, Step::Supply, COLLECTED, true, &[]),
        (State::Supplement, Step::Lapse, OURS, false, &["TJ01"]),
        (State::Received, Step::Refuse, OURS, false, &["BY01"]),
        (State::Paused, Step::Withdraw, OURS, false, &["CH01"]),
        (State::Accepted, Step::Forward, COLLECTED, false, &["ZB01"]),
        (State::Forwarded, Step::SendBack, COLLECTED, false, &[]),
        (
            State::Forwarded,
            Step::DepartmentSupplement,
            COLLECTED,
            false,
            &["ZG01"],
        ),
        (
            State::Forwarded,
            Step::DepartmentRefuse,
            COLLECTED,
            false,
            &["SD01"],
        ),
        (
            State::Forwarded,
            Step::DepartmentAccept,
            COLLECTED,
            false,
            &[],
        ),
        (State::Accepted, Step::Pause, OURS, false, &["TX01"]),
        (State::Paused, Step::Resume, OURS, false, &[]),
        (State::Accepted, Step::Extend, OURS, false, &["YQ01"]),
        (State::Accepted, Step::Decide, OURS, false, &["BJ01"]),
        (State::Accepted, Step::Terminate, OURS, false, &["TJ01"]),
        (State::Decided, Step::Deliver, OURS, false, &["SD01"]),
        (State::Delivered, Step::Archive, OURS, false, &[]),
        (State::Received, Step::Deem, OURS, false, &["SL01"]),
        (State::Received, Step::DoAtOnce, ENTERED, false, &["BJ01"]),
        (State::Accepted, Step::Correct, OURS, false, &[]),
    ];
    let told: BTreeSet<Step> = expected.iter().map(|(_, step, ..)| *step).collect();
    let all: BTreeSet<Step> = steps()
        .into_iter()
        .filter(|step| *step != Step::Receive)
        .collect();
    assert_eq!(told, all, "every step of the table is looked at");
    assert_eq!(
        Counter::received(OURS, &all_of(item(OURS))).papers(),
        ["SJ01"]
    );
    for (state, step, code, is_deferred, papers) in expected {
        let mut counter = bring_to(*state, code, *is_deferred);
        let before = counter.papers().len();
        let event = step_rightly(&counter, *step).unwrap();
        counter.write(&event);
        assert_eq!(
            counter.papers()[before..],
            **papers,
            "{step:?} from {state:?}"
        );
    }
}
