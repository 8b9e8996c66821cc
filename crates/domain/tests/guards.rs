//! What each step asks before it is done (the guards of the table), one example each.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod counter;

use counter::{
    COLLECTED, Counter, INSTANT, INSTANT_ELSEWHERE, OURS, all_of, bring_to, day, intake, item,
    lacking, li, owed, papers, proxy, refusal, step_rightly, theirs, wang, zhao,
};
use yichuang_domain::{
    cases::{
        case::Case,
        event::{
            CaseEvent, DeliveryMethod, Listed, Outcome, Owed, Procedure, Signer, TerminationCause,
        },
        party::{Agent, AgentKind, Identity, IdentityHow},
        rules::{self, Context, Intake},
        transition::{State, Step},
    },
    refusal::Refusal,
};

type Asked = Result<CaseEvent, Refusal>;

fn receive(intake: Intake<'static>) -> Asked {
    Counter::new().with(|context| rules::receive(intake, context))
}

fn names(code: &str, materials: &[&str]) -> Vec<String> {
    let name = |one: &&str| item(code).material(one).unwrap().name.zh.clone();
    materials.iter().map(name).collect()
}

fn accept(counter: &Counter, brought: &[&str]) -> Asked {
    counter.ask(|case, context| rules::accept(case, papers(brought), context))
}

fn accept_deferred(counter: &Counter, owed: Vec<Owed>, promise_signed: bool) -> Asked {
    let input = rules::AcceptDeferred {
        brought: Vec::new(),
        owed,
        promise_signed,
    };
    counter.ask(|case, context| rules::accept_deferred(case, input, context))
}

fn notice(counter: &Counter, listed: Vec<Listed>, override_reason: &str) -> Asked {
    let input = rules::RequestSupplement {
        listed,
        override_reason: override_reason.to_owned(),
    };
    counter.ask(|case, context| rules::request_supplement(case, input, context))
}

fn supply(counter: &Counter, input: rules::Supply) -> Asked {
    counter.ask(|case, context| rules::supply(case, input, context))
}

fn brings(brought: &[&str]) -> rules::Supply {
    rules::Supply {
        brought: papers(brought),
        ..rules::Supply::default()
    }
}

fn lapse(counter: &Counter, call: &str) -> Asked {
    let input = rules::Lapse {
        call: call.to_owned(),
    };
    counter.ask(|case, context| rules::lapse(case, &input, context))
}

fn decide(counter: &Counter, outcome: Outcome, reason: &str) -> Asked {
    let input = rules::Decide {
        outcome,
        external_number: String::new(),
        reason: reason.to_owned(),
        on: None,
    };
    counter.ask(|case, context| rules::decide(case, &input, context))
}

fn department_accept(counter: &Counter, on: &str) -> Asked {
    let input = rules::DepartmentAccept {
        on: day(on),
        external_number: "公受〔2026〕11号".to_owned(),
    };
    counter.ask(|case, context| rules::department_accept(case, &input, context))
}

fn extend(counter: &Counter, approver: &yichuang_domain::office::staff::Staff) -> Asked {
    let input = rules::Extend {
        reason: "需要上门核实".to_owned(),
        approver: approver.name.clone(),
        days: None,
    };
    counter.ask(|case, context| rules::extend(case, &input, approver, context))
}

fn deliver(counter: &Counter, recipient: Signer, proof: &str) -> Asked {
    let input = rules::Deliver {
        method: DeliveryMethod::InPerson,
        recipient,
        proof: proof.to_owned(),
    };
    counter.ask(|case, context| rules::deliver(case, &input, context))
}

fn withdraw(counter: &Counter, signed_by: Signer) -> Asked {
    let input = rules::Withdraw {
        signed_by,
        reason: "不再需要".to_owned(),
    };
    counter.ask(|case, context| rules::withdraw(case, &input, context))
}

fn do_at_once(counter: &Counter, external_number: &str) -> Asked {
    let input = rules::DoAtOnce {
        external_number: external_number.to_owned(),
        ..rules::DoAtOnce::default()
    };
    counter.ask(|case, context| rules::do_at_once(case, input, context))
}

fn due(case: &Case) -> String {
    case.term.as_ref().unwrap().due.to_string()
}

fn missing_field(field: &str) -> Asked {
    Err(Refusal::FieldMissing {
        field: field.to_owned(),
    })
}

fn with_agent(code: &str, agent: Agent) -> Counter {
    let mut intake = intake(item(code), &all_of(item(code)), day(counter::TODAY));
    intake.agent = Some(agent);
    Counter::taken_in(intake)
}

mod receiving {
    use super::*;

    fn some() -> Intake<'static> {
        intake(item(OURS), &["APP"], day(counter::TODAY))
    }

    #[test]
    fn needs_the_identity_checked_or_a_reason_why_not() {
        let unchecked = Intake {
            identity: None,
            ..some()
        };
        assert_eq!(receive(unchecked), Err(Refusal::IdentityMissing));
        let known = |reason: &str| Intake {
            identity: Some(Identity {
                how: IdentityHow::KnownOrNone,
                reason: reason.to_owned(),
            }),
            ..some()
        };
        assert_eq!(receive(known(" ")), Err(Refusal::ReasonMissing));
        assert!(receive(known("老住户，熟识")).is_ok());
    }

    #[test]
    fn needs_a_material_or_a_statement() {
        let known = Some(Identity {
            how: IdentityHow::KnownOrNone,
            reason: "无证件".to_owned(),
        });
        let empty = |statement: &str| Intake {
            brought: Vec::new(),
            statement: statement.to_owned(),
            identity: known.clone(),
            ..some()
        };
        assert_eq!(receive(empty(" ")), Err(Refusal::NothingReceived));
        assert!(receive(empty("口头申请")).is_ok());
    }

    #[test]
    fn an_identity_card_that_was_checked_lies_on_the_counter() {
        assert!(
            Counter::received(OURS, &["APP"])
                .case()
                .brought
                .contains_key("ID")
        );
    }

    #[test]
    fn refuses_papers_that_the_item_does_not_know() {
        let stranger = Intake {
            brought: papers(&["APP", "XXX"]),
            ..some()
        };
        let code = "XXX".to_owned();
        assert_eq!(receive(stranger), Err(Refusal::UnknownMaterial { code }));
    }

    #[test]
    fn refuses_agents_where_the_item_bars_them() {
        for code in ["SB009", "WJ009", "TY008", "DQ003", "DQ004"] {
            let mut intake = intake(item(code), &["ID"], day(counter::TODAY));
            intake.agent = Some(proxy("2027-01-01"));
            assert_eq!(receive(intake), Err(Refusal::AgentNotAllowed), "{code}");
        }
    }

    #[test]
    fn an_agent_is_kin_with_a_relation_or_has_a_proxy_that_still_holds() {
        let with = |agent| {
            receive(Intake {
                agent: Some(agent),
                ..some()
            })
        };
        let kin = |relation: &str| Agent {
            kind: AgentKind::Kin,
            relation: relation.to_owned(),
            proxy_until: None,
            ..proxy(counter::TODAY)
        };
        assert!(with(kin("儿子")).is_ok());
        assert_eq!(with(kin(" ")), missing_field("relation"));
        assert!(with(proxy(counter::TODAY)).is_ok());
        let until = day("2026-11-23");
        assert_eq!(
            with(proxy("2026-11-23")),
            Err(Refusal::ProxyExpired { until })
        );
        let endless = Agent {
            proxy_until: None,
            ..proxy(counter::TODAY)
        };
        assert_eq!(with(endless), missing_field("proxy_until"));
    }

    #[test]
    fn a_certificate_we_must_not_issue_is_never_a_case() {
        let banned = intake(item("ZM006"), &["ID"], day(counter::TODAY));
        assert!(matches!(
            receive(banned),
            Err(Refusal::BannedCertificate { .. })
        ));
    }

    #[test]
    fn a_rest_day_counts_from_the_next_working_day_for_notice_and_acceptance() {
        let saturday = day("2026-11-21");
        let mut counter = Counter::new();
        counter.today = saturday;
        let whole = intake(item(OURS), &all_of(item(OURS)), saturday);
        let received = counter
            .with(|context| rules::receive(whole, context))
            .unwrap();
        counter.write(&received);
        let receipt = counter.case().receipt;
        assert_eq!(receipt.on, saturday);
        assert_eq!(receipt.counted_from, day("2026-11-23"));
        assert_eq!(receipt.notice_by, day("2026-11-30"));
        counter.does(|case, context| rules::accept(case, Vec::new(), context));
        assert_eq!(counter.case().term.unwrap().accepted, day("2026-11-23"));
        // What follows the same day is not "before" the acceptance that lies ahead.
        assert!(decide(&counter, Outcome::Approved, "").is_ok());
    }
}

mod accepting {
    use super::*;

    #[test]
    fn names_everything_that_is_missing_at_once() {
        let counter = Counter::received(OURS, &["APP"]);
        let missing = names(OURS, &["HB", "KIN", "EVID"]);
        assert_eq!(
            accept(&counter, &[]),
            Err(Refusal::MaterialsMissing { missing })
        );
        let missing = names(OURS, &["EVID"]);
        assert_eq!(
            accept(&counter, &["HB", "KIN"]),
            Err(Refusal::MaterialsMissing { missing })
        );
        assert!(accept(&counter, &["HB", "KIN", "EVID"]).is_ok());
    }

    #[test]
    fn one_of_a_group_is_enough() {
        let counter = Counter::received(COLLECTED, &["APP", "PH"]);
        let Err(Refusal::MaterialsMissing { missing }) = accept(&counter, &[]) else {
            panic!("accepted without a ground");
        };
        assert_eq!(missing.len(), 1, "{missing:?}");
        for ground in ["RESID", "WORKP", "STUDY"] {
            assert!(accept(&counter, &[ground]).is_ok(), "{ground}");
        }
    }

    #[test]
    fn only_what_may_follow_is_deferred() {
        let lacks_fixed = Counter::received(OURS, &["APP"]);
        let materials = names(OURS, &["HB"]);
        assert_eq!(
            accept_deferred(&lacks_fixed, Vec::new(), true),
            Err(Refusal::NotDeferrable { materials })
        );
        let whole = Counter::received_whole(OURS);
        assert_eq!(
            accept_deferred(&whole, Vec::new(), true),
            Err(Refusal::NothingMissing)
        );
    }

    #[test]
    fn the_promise_is_signed_and_lasts_no_longer_than_the_due_day() {
        let counter = Counter::received(OURS, &["APP", "HB"]);
        assert_eq!(
            accept_deferred(&counter, Vec::new(), false),
            Err(Refusal::PromiseNotSigned)
        );
        let both = |due: &str| vec![owed("KIN", due), owed("EVID", due)];
        let last = day("2026-12-15");
        assert_eq!(
            accept_deferred(&counter, both("2026-12-16"), true),
            Err(Refusal::OwedTooLate { last })
        );
        assert_eq!(
            accept_deferred(&counter, both("2026-11-23"), true),
            Err(Refusal::OwedTooLate { last })
        );
        assert!(accept_deferred(&counter, both("2026-12-15"), true).is_ok());
    }

    #[test]
    fn a_promise_covers_all_that_is_missing_and_nothing_else() {
        let counter = Counter::received(OURS, &["APP", "HB"]);
        let missing = names(OURS, &["EVID"]);
        assert_eq!(
            accept_deferred(&counter, vec![owed("KIN", "2026-12-01")], true),
            Err(Refusal::MaterialsMissing { missing })
        );
        let code = "ID".to_owned();
        assert_eq!(
            accept_deferred(&counter, vec![owed("ID", "2026-12-01")], true),
            Err(Refusal::UnknownMaterial { code })
        );
    }

    #[test]
    fn left_empty_the_promise_is_for_everything_until_the_due_day() {
        let mut counter = Counter::received(OURS, &["APP", "HB"]);
        let event = accept_deferred(&counter, Vec::new(), true).unwrap();
        counter.write(&event);
        let case = counter.case();
        assert!(case.deferred);
        assert_eq!(
            case.owed,
            [owed("KIN", "2026-12-15"), owed("EVID", "2026-12-15")]
        );
    }

    #[test]
    fn an_instant_item_is_finished_at_once_and_a_promise_is_not() {
        let promise = Counter::received_whole(OURS);
        assert_eq!(do_at_once(&promise, "7"), Err(Refusal::NotInstant));
        let instant = Counter::received_whole(INSTANT);
        assert!(do_at_once(&instant, "").is_ok());
        let lacking = Counter::received(INSTANT, &["REG"]);
        let missing = names(INSTANT, &["EMERG", "HLTH"]);
        assert_eq!(
            do_at_once(&lacking, ""),
            Err(Refusal::MaterialsMissing { missing })
        );
    }

    #[test]
    fn what_is_done_in_a_departments_system_needs_its_serial_number() {
        let mut counter = Counter::received_whole(INSTANT_ELSEWHERE);
        assert_eq!(do_at_once(&counter, " "), Err(Refusal::SerialMissing));
        let event = do_at_once(&counter, " SN-88 ").unwrap();
        counter.write(&event);
        let case = counter.case();
        assert_eq!(
            (case.state, case.result_number.as_str()),
            (State::Decided, "SN-88")
        );
        assert_eq!(due(&case), counter::TODAY);
    }
}

mod silence {
    use super::*;

    fn deemed_on(counter: &Counter) -> Option<chrono::NaiveDate> {
        rules::deemed_on(&counter.case(), counter.today)
    }

    #[test]
    fn counts_as_acceptance_only_after_the_fifth_working_day() {
        let mut counter = Counter::received(OURS, &["APP"]);
        counter.on("2026-12-01");
        assert_eq!(deemed_on(&counter), None);
        let last = day("2026-12-01");
        assert_eq!(counter.ask(rules::deem), Err(Refusal::NotYet { last }));
        counter.on("2026-12-02");
        assert_eq!(deemed_on(&counter), Some(day(counter::TODAY)));
        counter.does(rules::deem);
        let case = counter.case();
        assert!(case.deemed);
        assert_eq!(
            (case.state, due(&case)),
            (State::Accepted, "2026-12-15".to_owned())
        );
        assert_eq!(deemed_on(&counter), None, "it is written down now");
    }

    #[test]
    fn counts_from_the_day_the_receipt_counts_when_it_came_on_a_rest_day() {
        let saturday = day("2026-11-21");
        let mut counter = Counter::new();
        counter.today = saturday;
        let some = intake(item(OURS), &["APP"], saturday);
        let received = counter
            .with(|context| rules::receive(some, context))
            .unwrap();
        counter.write(&received);
        counter.on("2026-12-01");
        assert_eq!(deemed_on(&counter), Some(day("2026-11-23")));
    }

    #[test]
    fn is_nothing_where_only_the_department_accepts() {
        let mut counter = Counter::received(COLLECTED, &["APP"]);
        counter.on("2026-12-31");
        assert_eq!(deemed_on(&counter), None);
        assert_eq!(counter.ask(rules::deem), Err(Refusal::OnlyCollected));
    }

    #[test]
    fn is_over_with_the_notice_in_time() {
        let mut counter = bring_to(State::Supplement, OURS, false);
        counter.on("2026-12-31");
        assert_eq!(deemed_on(&counter), None);
    }
}

mod the_one_notice {
    use super::*;

    #[test]
    fn lists_everything_that_is_missing() {
        let counter = Counter::received(OURS, &["APP"]);
        let all = names(OURS, &["KIN", "EVID"]);
        assert!(
            matches!(notice(&counter, Vec::new(), ""), Err(Refusal::NoticeIncomplete { missing }) if missing.len() >= all.len())
        );
        let missing = all;
        assert_eq!(
            notice(&counter, vec![lacking("HB")], ""),
            Err(Refusal::NoticeIncomplete { missing })
        );
        let listed = vec![lacking("HB"), lacking("KIN"), lacking("EVID")];
        let Ok(CaseEvent::RequestSupplement { last_day, .. }) = notice(&counter, listed, "") else {
            panic!("refused");
        };
        assert_eq!(last_day, day("2026-12-15"), "15 working days");
    }

    #[test]
    fn names_a_group_by_any_of_its_papers() {
        let counter = Counter::received(COLLECTED, &["APP", "PH"]);
        assert!(notice(&counter, vec![lacking("WORKP")], "").is_ok());
    }

    #[test]
    fn may_list_a_paper_that_is_here_and_will_not_do_which_is_then_not_here() {
        let mut counter = Counter::received_whole(OURS);
        let event = notice(&counter, vec![lacking("HB")], "").unwrap();
        counter.write(&event);
        assert!(!counter.case().brought.contains_key("HB"));
        counter.on("2026-11-26");
        let event = supply(&counter, brings(&["HB"])).unwrap();
        counter.write(&event);
        assert_eq!(counter.case().brought["HB"].on, day("2026-11-26"));
    }

    #[test]
    fn is_given_a_second_time_only_by_a_supervisor_with_a_reason() {
        let mut counter = bring_to(State::Supplement, OURS, false);
        let listed = || vec![lacking("KIN"), lacking("EVID")];
        assert_eq!(notice(&counter, listed(), ""), Err(Refusal::SecondNotice));
        assert_eq!(
            notice(&counter, listed(), "漏写了"),
            Err(Refusal::SecondNotice)
        );
        counter.by(zhao());
        assert_eq!(notice(&counter, listed(), " "), Err(Refusal::SecondNotice));
        counter.on("2026-11-25");
        let event = notice(&counter, listed(), "漏写了").unwrap();
        counter.write(&event);
        let case = counter.case();
        assert_eq!((case.state, case.own_notices), (State::Supplement, 2));
        assert_eq!(case.supplement_by, Some(day("2026-12-16")));
        assert_eq!(counter.papers(), ["SJ01", "BZ01", "BZ02"]);
    }

    #[test]
    fn of_the_departments_is_not_replaced_by_ours() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        let event = step_rightly(&counter, Step::DepartmentSupplement).unwrap();
        counter.write(&event);
        assert_eq!(counter.case().own_notices, 0, "it does not use up ours");
        counter.by(zhao());
        let step = Step::RequestSupplement;
        let is = State::Supplement;
        assert_eq!(
            notice(&counter, vec![theirs("x")], "漏写了"),
            Err(Refusal::WrongState { is, step })
        );
    }

    #[test]
    fn two_notices_given_apart_are_one_notice_and_a_card() {
        let mut counter = bring_to(State::Supplement, OURS, false);
        let mut there = Counter::received(OURS, &["APP", "HB"]);
        there.on("2026-11-25");
        let event = notice(&there, vec![lacking("KIN"), lacking("EVID")], "").unwrap();
        let at = counter.write(&event);
        assert_eq!(counter.case().cards, [at]);
        assert_eq!(counter.case().own_notices, 1);
        assert_eq!(counter.papers(), ["SJ01", "BZ01", "BZ02×"]);
    }
}

mod supplying {
    use super::*;

    #[test]
    fn may_be_partial_and_the_last_paper_accepts_on_the_day_it_came() {
        let mut counter = bring_to(State::Supplement, OURS, false);
        counter.on("2026-11-25");
        let event = supply(&counter, brings(&["KIN"])).unwrap();
        counter.write(&event);
        let case = counter.case();
        assert_eq!(case.state, State::Supplement);
        assert_eq!(case.listed, [lacking("EVID")]);
        assert_eq!(case.brought["KIN"].on, day("2026-11-25"));
        assert_eq!(counter.papers(), ["SJ01", "BZ01"]);
        counter.on("2026-11-30");
        let late = rules::Supply {
            on: Some(day("2026-11-27")),
            ..brings(&["EVID"])
        };
        let event = supply(&counter, late).unwrap();
        counter.write(&event);
        let case = counter.case();
        assert_eq!(case.state, State::Accepted);
        assert_eq!(case.term.as_ref().unwrap().accepted, day("2026-11-27"));
        assert_eq!(due(&case), "2026-12-18", "supplement time never counts");
        assert_eq!(counter.papers(), ["SJ01", "BZ01", "SL01"]);
    }

    #[test]
    fn any_paper_of_a_group_settles_its_line() {
        let mut counter = Counter::received(COLLECTED, &["APP", "PH"]);
        let event = notice(&counter, vec![lacking("RESID")], "").unwrap();
        counter.write(&event);
        let event = supply(&counter, brings(&["STUDY"])).unwrap();
        counter.write(&event);
        assert_eq!(counter.state(), State::Accepted);
    }

    #[test]
    fn any_paper_of_a_group_pays_what_is_owed_of_it() {
        let mut counter = Counter::received(COLLECTED, &["APP", "PH"]);
        let promise = vec![owed("RESID", "2026-11-30")];
        let event = accept_deferred(&counter, promise, true).unwrap();
        counter.write(&event);
        let event = supply(&counter, brings(&["STUDY"])).unwrap();
        counter.write(&event);
        assert_eq!(counter.case().owed, []);
    }

    #[test]
    fn refuses_an_empty_hand_strangers_and_a_day_before_the_notice_or_to_come() {
        let mut counter = bring_to(State::Received, OURS, false);
        counter.on("2026-11-25");
        let event = step_rightly(&counter, Step::RequestSupplement).unwrap();
        counter.write(&event);
        counter.on("2026-11-27");
        assert_eq!(supply(&counter, brings(&[])), Err(Refusal::NothingReceived));
        let code = "XXX".to_owned();
        assert_eq!(
            supply(&counter, brings(&["XXX"])),
            Err(Refusal::UnknownMaterial { code })
        );
        let named = rules::Supply {
            others: vec!["没有列过的".to_owned()],
            ..brings(&["KIN"])
        };
        assert!(matches!(
            supply(&counter, named),
            Err(Refusal::UnknownMaterial { .. })
        ));
        for wrong in ["2026-11-24", "2026-11-28"] {
            let on = Some(day(wrong));
            let input = rules::Supply {
                on,
                ..brings(&["KIN"])
            };
            assert_eq!(supply(&counter, input), Err(Refusal::WrongDay), "{wrong}");
        }
    }

    #[test]
    fn an_agent_brings_papers_only_while_the_proxy_holds() {
        let mut counter = with_agent(OURS, proxy("2026-11-25"));
        let event = notice(&counter, vec![lacking("HB")], "").unwrap();
        counter.write(&event);
        let by = |signer| rules::Supply {
            by: Some(signer),
            ..brings(&["HB"])
        };
        assert!(supply(&counter, by(Signer::Agent)).is_ok());
        counter.on("2026-11-26");
        let until = day("2026-11-25");
        assert_eq!(
            supply(&counter, by(Signer::Agent)),
            Err(Refusal::ProxyExpired { until })
        );
        assert!(supply(&counter, by(Signer::Applicant)).is_ok());
    }

    #[test]
    fn after_the_departments_notice_the_case_goes_back_to_it() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        let before = counter.case();
        let event = step_rightly(&counter, Step::DepartmentSupplement).unwrap();
        counter.write(&event);
        let asked = counter.case();
        assert_eq!(asked.state, State::Supplement);
        assert_eq!(asked.supplement_by, Some(day("2026-12-10")));
        let event = step_rightly(&counter, Step::Supply).unwrap();
        assert!(matches!(event, CaseEvent::Supply { term: None, .. }));
        counter.write(&event);
        let case = counter.case();
        assert_eq!((case.state, case.term), (State::Forwarded, before.term));
        assert_eq!(counter.papers(), ["SJ01", "DS01", "ZB01", "ZG01", "ZB02"]);
    }

    #[test]
    fn what_a_deferral_left_owing_gives_out_no_paper_after_a_departments_notice() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, true);
        let event = step_rightly(&counter, Step::DepartmentSupplement).unwrap();
        counter.write(&event);
        let line = rules::Supply {
            others: vec!["居住承诺书".to_owned()],
            ..rules::Supply::default()
        };
        let event = supply(&counter, line).unwrap();
        counter.write(&event);
        assert_eq!(counter.state(), State::Forwarded);
        let before = counter.papers();
        let event = step_rightly(&counter, Step::Supply).unwrap();
        counter.write(&event);
        assert_eq!(counter.case().owed, []);
        assert_eq!(counter.papers(), before);
    }

    #[test]
    fn the_department_misses_what_our_list_had_and_that_is_said() {
        let counter = bring_to(State::Forwarded, COLLECTED, false);
        for (line, in_full) in [(lacking("PH"), false), (theirs("居住承诺书"), true)] {
            let input = rules::DepartmentSupplement {
                external_number: "公补7号".to_owned(),
                listed: vec![line],
                last_day: day("2026-12-10"),
            };
            let rule = |case: &Case, context: &Context<'_>| {
                rules::department_supplement(case, input, context)
            };
            let Ok(CaseEvent::DepartmentSupplement { told_in_full, .. }) = counter.ask(rule) else {
                panic!("refused");
            };
            assert_eq!(told_in_full, in_full);
        }
    }
}

mod ending_without_an_outcome {
    use super::*;

    #[test]
    fn a_supplement_lapses_after_its_last_day_and_a_call() {
        let mut counter = bring_to(State::Supplement, OURS, false);
        counter.on("2026-12-15");
        let last = day("2026-12-15");
        assert_eq!(lapse(&counter, "电话已告知"), Err(Refusal::NotYet { last }));
        counter.on("2026-12-16");
        assert_eq!(lapse(&counter, " "), Err(Refusal::CallMissing));
        assert!(lapse(&counter, "电话已告知").is_ok());
    }

    #[test]
    fn after_the_departments_notice_its_own_last_day_counts() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        let event = step_rightly(&counter, Step::DepartmentSupplement).unwrap();
        counter.write(&event);
        counter.on("2026-12-10");
        let last = day("2026-12-10");
        assert_eq!(lapse(&counter, "电话已告知"), Err(Refusal::NotYet { last }));
        counter.on("2026-12-11");
        assert!(lapse(&counter, "电话已告知").is_ok());
    }

    #[test]
    fn we_refuse_only_where_we_accept_and_name_the_right_body() {
        let refuse = |counter: &Counter, input: rules::Refuse| {
            counter.ask(|case, context| rules::refuse(case, input, context))
        };
        let collected = Counter::received(COLLECTED, &["APP"]);
        assert_eq!(refuse(&collected, refusal()), Err(Refusal::OnlyCollected));
        let ours = Counter::received(OURS, &["APP"]);
        let mut nowhere = refusal();
        nowhere.go_to.name = " ".to_owned();
        assert_eq!(refuse(&ours, nowhere), missing_field("go_to"));
        let mut wordless = refusal();
        wordless.text = String::new();
        assert_eq!(refuse(&ours, wordless), missing_field("text"));
        assert!(refuse(&ours, refusal()).is_ok());
    }

    #[test]
    fn withdrawing_is_signed_by_the_applicant_or_an_entitled_agent() {
        let alone = Counter::received_whole(OURS);
        assert_eq!(withdraw(&alone, Signer::Agent), Err(Refusal::NotEntitled));
        let mut counter = with_agent(OURS, proxy("2026-11-25"));
        assert!(withdraw(&counter, Signer::Agent).is_ok());
        counter.on("2026-11-26");
        let until = day("2026-11-25");
        assert_eq!(
            withdraw(&counter, Signer::Agent),
            Err(Refusal::ProxyExpired { until })
        );
        assert!(withdraw(&counter, Signer::Applicant).is_ok());
    }

    #[test]
    fn a_debt_ends_a_case_only_when_it_is_overdue() {
        let terminate = |counter: &Counter| {
            let input = rules::Terminate {
                cause: TerminationCause::OwedDatePassed,
                note: String::new(),
            };
            counter.ask(|case, context| rules::terminate(case, &input, context))
        };
        let clear = bring_to(State::Accepted, OURS, false);
        assert_eq!(terminate(&clear), Err(Refusal::NothingMissing));
        let mut counter = bring_to(State::Accepted, OURS, true);
        let last = day("2026-12-15");
        counter.on("2026-12-15");
        assert_eq!(terminate(&counter), Err(Refusal::NotYet { last }));
        counter.on("2026-12-16");
        let event = terminate(&counter).unwrap();
        counter.write(&event);
        let case = counter.case();
        assert_eq!(
            (case.state, case.outcome),
            (State::Decided, Some(Outcome::Terminated))
        );
    }

    #[test]
    fn a_pause_ends_with_its_case() {
        for step in [Step::Terminate, Step::Withdraw] {
            let mut counter = bring_to(State::Paused, OURS, false);
            counter.on("2026-11-30");
            let event = step_rightly(&counter, step).unwrap();
            counter.write(&event);
            assert_eq!(
                counter.case().pauses[0].until,
                Some(day("2026-11-30")),
                "{step:?}"
            );
        }
    }
}

mod the_department {
    use super::*;

    #[test]
    fn gets_nothing_that_we_decide_ourselves() {
        let ours = bring_to(State::Accepted, OURS, false);
        assert_eq!(
            step_rightly(&ours, Step::Forward),
            Err(Refusal::NotForwarded)
        );
    }

    #[test]
    fn gets_papers_with_a_signed_list_on_a_day_after_acceptance_and_not_to_come() {
        let forward = |counter: &Counter, batch: &str, on: &str| {
            let input = rules::Forward {
                batch: batch.to_owned(),
                on: Some(day(on)),
            };
            counter.ask(|case, context| rules::forward(case, &input, context))
        };
        let mut counter = bring_to(State::Accepted, COLLECTED, false);
        counter.on("2026-11-26");
        assert_eq!(forward(&counter, " ", "2026-11-25"), missing_field("batch"));
        for wrong in ["2026-11-23", "2026-11-27"] {
            assert_eq!(
                forward(&counter, "移交1", wrong),
                Err(Refusal::WrongDay),
                "{wrong}"
            );
        }
        assert!(forward(&counter, "移交1", "2026-11-25").is_ok());
    }

    #[test]
    fn starts_its_own_clock_with_its_acceptance_and_until_then_ours_is_a_guess() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        let guess = counter.case().term.unwrap();
        assert!(guess.expected);
        counter.on("2026-11-27");
        for wrong in ["2026-11-23", "2026-11-28"] {
            assert_eq!(
                department_accept(&counter, wrong),
                Err(Refusal::WrongDay),
                "{wrong}"
            );
        }
        let event = department_accept(&counter, "2026-11-26").unwrap();
        counter.write(&event);
        let term = counter.case().term.unwrap();
        assert_eq!((term.accepted, term.expected), (day("2026-11-26"), false));
        assert_eq!(counter.state(), State::Forwarded);
        assert_eq!(
            department_accept(&counter, "2026-11-27"),
            Err(Refusal::DepartmentAcceptedAlready)
        );
    }

    #[test]
    fn says_nothing_without_its_number() {
        let counter = bring_to(State::Forwarded, COLLECTED, false);
        let on = counter.today;
        let external_number = " ".to_owned();
        let accepts = rules::DepartmentAccept {
            on,
            external_number: external_number.clone(),
        };
        let asks = rules::DepartmentSupplement {
            external_number: external_number.clone(),
            listed: vec![theirs("居住承诺书")],
            last_day: on,
        };
        let refuses = rules::DepartmentRefuse {
            external_number,
            reason: "不符合".to_owned(),
        };
        let missing = || missing_field("external_number");
        assert_eq!(
            counter.ask(|a, b| rules::department_accept(a, &accepts, b)),
            missing()
        );
        assert_eq!(
            counter.ask(|a, b| rules::department_supplement(a, asks, b)),
            missing()
        );
        assert_eq!(
            counter.ask(|a, b| rules::department_refuse(a, &refuses, b)),
            missing()
        );
    }

    #[test]
    fn accepts_nothing_that_is_ours_to_accept() {
        // A forwarded case whose acceptance is the committee's, by delegation.
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        let mut entry = counter.entries.remove(0);
        let text = serde_json::to_string(&entry).unwrap();
        entry = serde_json::from_str(&text.replace("\"collects\"", "\"accepts\"")).unwrap();
        counter.entries.insert(0, entry);
        assert!(matches!(
            department_accept(&counter, counter::TODAY),
            Err(Refusal::WrongState { .. })
        ));
    }
}

mod the_clock {
    use super::*;

    #[test]
    fn stops_for_a_listed_procedure_of_a_told_length_and_for_nothing_else() {
        let free = serde_json::json!({ "procedure": "等领导回来", "expected_days": 3 });
        assert!(serde_json::from_value::<rules::PauseFor>(free).is_err());
        let counter = bring_to(State::Accepted, OURS, false);
        let endless = rules::PauseFor {
            procedure: Procedure::Hearing,
            expected_days: 0,
        };
        assert_eq!(
            counter.ask(|case, context| rules::pause(case, &endless, context)),
            missing_field("expected_days")
        );
    }

    #[test]
    fn runs_on_where_it_stopped_and_days_of_the_pause_do_not_count() {
        for (from, code) in [(State::Accepted, OURS), (State::Forwarded, COLLECTED)] {
            let mut counter = bring_to(from, code, false);
            let before = counter.case().term.unwrap();
            counter.on("2026-11-26");
            let event = step_rightly(&counter, Step::Pause).unwrap();
            counter.write(&event);
            assert_eq!(counter.state(), State::Paused);
            counter.on("2026-12-03");
            counter.does(rules::resume);
            let case = counter.case();
            assert_eq!(case.state, from);
            let after = case.term.unwrap();
            let calendar = yichuang_domain::office::calendar::Calendar::builtin();
            // Thursday to Wednesday: five working days.
            let later = calendar
                .count_working_days(before.promised, 5)
                .unwrap()
                .date;
            assert_eq!(after.promised, later, "{code}");
        }
    }

    #[test]
    fn is_extended_once_before_the_due_day_by_another_who_is_a_supervisor() {
        let mut counter = bring_to(State::Accepted, OURS, false);
        assert_eq!(extend(&counter, &li()), Err(Refusal::ApproverNotEntitled));
        counter.by(zhao());
        assert_eq!(extend(&counter, &zhao()), Err(Refusal::ApproverNotEntitled));
        counter.by(wang());
        counter.on("2026-12-15");
        let due_on = day("2026-12-15");
        assert_eq!(
            extend(&counter, &zhao()),
            Err(Refusal::PastDue { due: due_on })
        );
        counter.on("2026-12-14");
        let event = extend(&counter, &zhao()).unwrap();
        let at = counter.write(&event);
        assert_eq!(
            due(&counter.case()),
            "2026-12-29",
            "25 working days from acceptance"
        );
        counter.on("2026-12-16");
        assert_eq!(extend(&counter, &zhao()), Err(Refusal::AlreadyExtended));
        // Nor does a second one count that was approved at another desk.
        let mut there = bring_to(State::Accepted, OURS, false);
        there.on("2026-12-11");
        let other = counter.write(&extend(&there, &zhao()).unwrap());
        assert_eq!(counter.case().cards, [other]);
        assert_ne!(at, other);
        assert_eq!(due(&counter.case()), "2026-12-29");
    }

    #[test]
    fn of_the_law_in_calendar_days_is_not_extended() {
        let mut counter = bring_to(State::Accepted, COLLECTED, false);
        let before = counter.case().term.unwrap();
        let event = extend(&counter, &zhao()).unwrap();
        counter.write(&event);
        let after = counter.case().term.unwrap();
        assert!(after.promised > before.promised);
        assert_eq!(after.legal, before.legal);
        assert_eq!(Some(after.due), after.legal);
    }
}

mod deciding_and_delivering {
    use super::*;

    #[test]
    fn nothing_is_approved_while_something_is_owed() {
        let mut counter = bring_to(State::Accepted, OURS, true);
        let materials = names(OURS, &["KIN", "EVID"]);
        assert_eq!(
            decide(&counter, Outcome::Approved, ""),
            Err(Refusal::StillOwed { materials })
        );
        assert!(decide(&counter, Outcome::Denied, "材料不实").is_ok());
        let event = step_rightly(&counter, Step::Supply).unwrap();
        counter.write(&event);
        assert!(decide(&counter, Outcome::Approved, "").is_ok());
    }

    #[test]
    fn an_approval_from_elsewhere_has_no_effect_while_something_is_owed() {
        let mut counter = bring_to(State::Accepted, OURS, true);
        let there = bring_to(State::Accepted, OURS, false);
        let at = counter.write(&decide(&there, Outcome::Approved, "").unwrap());
        assert_eq!(counter.case().cards, [at]);
        assert_eq!(counter.state(), State::Accepted);
    }

    #[test]
    fn a_denial_has_a_reason_and_a_termination_is_no_decision() {
        let counter = bring_to(State::Accepted, OURS, false);
        assert_eq!(
            decide(&counter, Outcome::Denied, " "),
            missing_field("reason")
        );
        assert!(matches!(
            decide(&counter, Outcome::Terminated, "x"),
            Err(Refusal::WrongState {
                step: Step::Terminate,
                ..
            })
        ));
    }

    #[test]
    fn is_not_before_what_it_follows() {
        let mut counter = bring_to(State::Accepted, COLLECTED, false);
        counter.on("2026-11-26");
        let event = step_rightly(&counter, Step::Forward).unwrap();
        counter.write(&event);
        counter.on("2026-12-01");
        let on = |text: &str| {
            let input = rules::Decide {
                outcome: Outcome::Approved,
                external_number: String::new(),
                reason: String::new(),
                on: Some(day(text)),
            };
            counter.ask(|case, context| rules::decide(case, &input, context))
        };
        assert_eq!(on("2026-11-25"), Err(Refusal::WrongDay));
        assert_eq!(on("2026-12-02"), Err(Refusal::WrongDay));
        let Ok(CaseEvent::Decide { deliver_by, .. }) = on("2026-11-30") else {
            panic!("refused");
        };
        assert_eq!(
            deliver_by,
            day("2026-12-14"),
            "10 working days from the decision"
        );
    }

    #[test]
    fn a_result_goes_to_nobody_but_the_applicant_or_an_entitled_agent() {
        let alone = bring_to(State::Decided, OURS, false);
        assert_eq!(
            deliver(&alone, Signer::Agent, "签收"),
            Err(Refusal::NotEntitled)
        );
        assert_eq!(
            deliver(&alone, Signer::Applicant, " "),
            missing_field("proof")
        );
        let mut counter = with_agent(OURS, proxy("2026-11-25"));
        for step in [Step::Accept, Step::Decide] {
            let event = step_rightly(&counter, step).unwrap();
            counter.write(&event);
        }
        let Ok(CaseEvent::Deliver { name, .. }) = deliver(&counter, Signer::Agent, "签收") else {
            panic!("refused");
        };
        assert_eq!(name, "周宁");
        counter.on("2026-11-26");
        let until = day("2026-11-25");
        assert_eq!(
            deliver(&counter, Signer::Agent, "签收"),
            Err(Refusal::ProxyExpired { until })
        );
    }
}

mod taking_back {
    use super::*;

    #[test]
    fn is_for_who_did_it_on_the_same_day_with_a_reason() {
        let mut counter = bring_to(State::Accepted, OURS, false);
        assert_eq!(counter.correct(" "), missing_field("reason"));
        counter.by(li());
        assert_eq!(counter.correct("点错了"), Err(Refusal::CorrectionTooLate));
        counter.by(wang()).on("2026-11-25");
        assert_eq!(counter.correct("点错了"), Err(Refusal::CorrectionTooLate));
        counter.on(counter::TODAY);
        let event = counter.correct("点错了").unwrap();
        counter.write(&event);
        assert_eq!(counter.state(), State::Received);
        assert_eq!(counter.papers(), ["SJ01", "SL01×"]);
        let event = step_rightly(&counter, Step::Accept).unwrap();
        counter.write(&event);
        assert_eq!(
            counter.papers(),
            ["SJ01", "SL01×", "SL02"],
            "never given again"
        );
    }

    #[test]
    fn of_the_receipt_makes_the_case_void_and_nothing_follows() {
        let mut counter = Counter::received_whole(OURS);
        let event = counter.correct("选错事项").unwrap();
        counter.write(&event);
        let case = counter.case();
        assert!(case.is_void);
        assert_eq!(case.cards, []);
        assert_eq!(counter.papers(), ["SJ01×"]);
        let is = State::Received;
        assert_eq!(
            accept(&counter, &[]),
            Err(Refusal::WrongState {
                is,
                step: Step::Accept
            })
        );
    }

    #[test]
    fn a_whole_case_later_is_a_supervisors_with_a_reason() {
        let mut counter = bring_to(State::Archived, OURS, false);
        counter.on("2027-01-11");
        let void = |counter: &Counter, reason: &str| {
            let case = counter.case();
            counter.with(|context| rules::void_case(&case, reason, context))
        };
        assert!(matches!(
            void(&counter, "录错人"),
            Err(Refusal::NotPermitted { .. })
        ));
        counter.by(zhao());
        assert!(matches!(
            void(&counter, ""),
            Err(Refusal::FieldMissing { .. })
        ));
        assert!(void(&counter, "录错人").is_ok());
        let receipt = counter.entries[0].at;
        counter.void(receipt, "录错人");
        let case = counter.case();
        assert!(case.is_void);
        assert_eq!(case.cards, [], "nothing is left to settle");
        assert!(case.papers.iter().all(|paper| paper.is_void));
        assert!(matches!(
            void(&counter, "再来"),
            Err(Refusal::NothingToCorrect)
        ));
    }

    #[test]
    fn a_void_case_still_knows_how_often_its_papers_were_printed() {
        let mut counter = Counter::received_whole(OURS);
        let document = counter.case().papers[0].number.clone();
        counter.write(&CaseEvent::Print {
            document,
            copies: 2,
        });
        let receipt = counter.entries[0].at;
        counter.void(receipt, "录错人");
        assert_eq!(counter.case().papers[0].prints, 2);
    }

    #[test]
    fn of_the_departments_last_paper_keeps_the_number_of_the_forwarding_slip() {
        let mut counter = bring_to(State::Forwarded, COLLECTED, false);
        for step in [
            Step::DepartmentSupplement,
            Step::Supply,
            Step::Correct,
            Step::Supply,
        ] {
            let event = step_rightly(&counter, step).unwrap();
            counter.write(&event);
        }
        assert_eq!(counter.state(), State::Forwarded);
        let slips: Vec<String> = counter
            .papers()
            .into_iter()
            .filter(|paper| paper.starts_with("ZB"))
            .collect();
        assert_eq!(slips, ["ZB01", "ZB02×", "ZB03"]);
    }

    #[test]
    fn a_voided_correction_takes_nothing_back() {
        let mut counter = bring_to(State::Accepted, OURS, false);
        let event = counter.correct("点错了").unwrap();
        let correction = counter.write(&event);
        assert_eq!(counter.state(), State::Received);
        counter.void(correction, "更正有误");
        assert_eq!(counter.state(), State::Accepted);
        assert_eq!(counter.papers(), ["SJ01", "SL01"]);
    }

    #[test]
    fn a_second_correction_of_the_same_step_is_no_card() {
        let mut counter = bring_to(State::Accepted, OURS, false);
        let event = counter.correct("点错了").unwrap();
        counter.write(&event);
        counter.write(&event);
        assert_eq!(counter.case().cards, []);
        assert_eq!(counter.state(), State::Received);
    }
}
