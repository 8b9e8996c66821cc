//! What a clerk, a script or an accident may send: refused with a sentence, nothing written, nothing
//! lost, nothing shown that should not be.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;

use serde_json::{Value, json};
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, read_moment};
use yichuang_domain::cases::item::{Item, Mode};

use crate::office::{ID_NUMBER, Office, RESIDENT, STAFF, intake, item};

const MORNING: &str = "2026-11-24T10:42";
const PASSWORD: &str = "柚子 灯塔 算盘 蓝鲸";
const PHONE: &str = "15400001234";

/// Decided by the committee itself; KIN and EVID may follow.
fn ours() -> &'static Item {
    item(|one| one.code.as_str() == "ZM002")
}

fn take_in(
    office: &Office,
    item: &Item,
    person: &str,
    without: &[&str],
    decision: &Value,
) -> Value {
    let input = json!({ "intake": intake(item, person, without), "decision": decision });
    office.done("take_in", input)
}

fn number(case: &Value) -> String {
    case["number"].as_str().unwrap().to_owned()
}

/// The serial of the day in a number.
fn serial(case: &Value) -> String {
    number(case).chars().skip(9).take(4).collect()
}

fn accepted(office: &Office, person: &str) -> Value {
    take_in(
        office,
        ours(),
        person,
        &[],
        &json!({ "decision": "accept" }),
    )
}

fn count_cases(office: &Office) -> Value {
    office.done("cases", json!({ "filter": "all" }))["total"].clone()
}

fn lines(case: &Value) -> usize {
    case["timeline"].as_array().unwrap().len()
}

mod calls {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_names_that_look_like_it() {
        let office = Office::at(MORNING);
        let refusal = office.refused("accept_cases", json!({}));
        assert_eq!(refusal.reason, "unknown_call");
        let similar = refusal.details["similar"].as_array().unwrap();
        assert!(similar.contains(&json!("accept_case")), "{similar:?}");
        assert!(refusal.text.chars().count() > 8);
    }

    #[test]
    fn a_missing_field_is_named() {
        let office = Office::at(MORNING);
        for (call, field) in [
            ("register_resident", "name"),
            ("case", "number"),
            ("accept_case", "case"),
            ("unlock", "person"),
            ("search", "text"),
        ] {
            let refusal = office.refused(call, json!({}));
            assert_eq!(
                (refusal.reason.as_str(), refusal.field.as_deref()),
                ("bad_input", Some(field)),
                "{call}"
            );
        }
    }

    #[test]
    fn a_wrong_type_is_refused_without_saying_the_value() {
        let office = Office::at(MORNING);
        let digits = "320583198103079911";
        let number: u64 = digits.parse().unwrap();
        for (call, input) in [
            ("register_resident", json!({ "name": number })),
            ("register_resident", json!({ "name": [digits] })),
            ("register_resident", json!({ "name": { digits: digits } })),
            (
                "register_resident",
                json!({ "name": "张三", "id_kind": digits }),
            ),
            (
                "register_resident",
                json!({ "name": "张三", "birth": digits }),
            ),
            ("resident", json!({ "id": digits })),
            ("search", json!({ "text": "zs", "limit": digits })),
            (
                "search",
                json!({ "text": "zs", "limit": format!("\"{digits}\", expected \"{digits}\" field `{digits}`") }),
            ),
            ("search", json!(digits)),
            ("search", json!([number])),
            (
                "take_in",
                json!({ "intake": { "person": digits }, "decision": {} }),
            ),
            (
                "take_in",
                json!({ "intake": {}, "decision": { "decision": digits } }),
            ),
        ] {
            let refusal = office.refused(call, input.clone());
            assert_eq!(refusal.reason, "bad_input", "{input}");
            let said = serde_json::to_string(&refusal).unwrap();
            assert!(!said.contains(digits), "{said}");
        }
    }
}

mod stale_screens {
    use super::*;

    #[test]
    fn are_told_who_did_what_and_nothing_is_written() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let case = accepted(&office, &person);
        let number = number(&case);
        office.done(
            "pause_case",
            json!({ "case": number, "procedure": "site_check", "expected_days": 3 }),
        );
        office.open("2026-11-24T11:00", STAFF[1]);
        let before = office.done("case", json!({ "number": number }));
        let late = json!({ "case": number, "seen": case["seen"], "signed_by": "applicant", "reason": "不办了" });
        let refusal = office.refused("withdraw_case", late);
        assert_eq!(refusal.reason, "stale");
        assert_eq!(refusal.details["by"], json!(STAFF[0]));
        assert_eq!(refusal.details["what"], json!("挂起"));
        let after = office.done("case", json!({ "number": number }));
        assert_eq!(after["timeline"], before["timeline"]);
        // Who has seen it may go on.
        let fresh = json!({ "case": number, "seen": after["seen"], "signed_by": "applicant", "reason": "不办了" });
        assert_eq!(
            office.done("withdraw_case", fresh)["state"],
            json!("withdrawn")
        );
    }

    #[test]
    fn of_a_case_that_was_voided_are_told_so() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let case = accepted(&office, &person);
        let number = number(&case);
        office.open("2026-11-25T09:00", STAFF[2]);
        office.done("void_case", json!({ "case": number, "reason": "录错人" }));
        office.open("2026-11-25T09:30", STAFF[0]);
        let late = json!({ "case": number, "seen": case["seen"], "outcome": "approved" });
        let refusal = office.refused("decide_case", late);
        assert_eq!(refusal.details["what"], json!("作废"));
        assert_eq!(refusal.details["by"], json!(STAFF[2]));
    }

    #[test]
    fn of_a_resident_are_refused_too() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let page = office.done("resident", json!({ "id": person }));
        office.done("update_resident", json!({ "id": person, "phone": PHONE }));
        let late = json!({ "id": person, "seen": page["seen"], "phone": "15400005678" });
        assert_eq!(office.refused("update_resident", late).reason, "stale");
    }
}

mod who_is_here {
    use super::*;

    fn options(office: &Office) -> DeskOptions {
        DeskOptions {
            data: office.export().parent().unwrap().join("data"),
            export: office.export(),
            clock: Clock::starting_at(read_moment(MORNING).unwrap()),
            fonts: None,
        }
    }

    #[test]
    fn a_second_program_on_the_same_folder_is_told_so() {
        let office = Office::at(MORNING);
        let Err(error) = Desk::open(options(&office)) else {
            panic!("two programs on one folder");
        };
        assert!(error.to_string().contains("another program"), "{error}");
        // The first goes on undisturbed.
        office.resident();
    }

    #[test]
    fn wrong_passwords_are_counted_and_then_cost_time() {
        let office = Office::at(MORNING);
        office.done("lock", json!({}));
        let wrong = json!({ "person": STAFF[0], "password": "不对不对不对" });
        for left in [2, 1, 0] {
            let refusal = office.refused("unlock", wrong.clone());
            assert_eq!(refusal.reason, "wrong_password");
            assert_eq!(refusal.field.as_deref(), Some("password"));
            assert_eq!(refusal.details["tries_left"], json!(left));
        }
        let refusal = office.refused("unlock", wrong);
        assert_eq!(refusal.reason, "wait");
        let right = json!({ "person": STAFF[0], "password": PASSWORD });
        assert_eq!(office.refused("unlock", right).reason, "wait");
        // The colleague is not kept out.
        office.done(
            "unlock",
            json!({ "person": STAFF[1], "password": PASSWORD }),
        );
    }

    #[test]
    fn nobody_unknown_comes_in() {
        let office = Office::at(MORNING);
        let stranger = json!({ "person": "路人", "password": PASSWORD });
        assert_eq!(office.refused("unlock", stranger).reason, "unknown_staff");
    }

    /// Calls that need a person, with inputs that would be answered.
    fn of_a_person(person: &str, number: &str) -> Vec<(&'static str, Value)> {
        vec![
            ("search", json!({ "text": "wang" })),
            ("resident", json!({ "id": person })),
            ("case", json!({ "number": number })),
            ("cases", json!({})),
            ("home", json!({})),
            ("counter", json!({ "intake": {} })),
            ("drafts", json!({})),
            ("draft", json!({ "key": "a" })),
            (
                "save_draft",
                json!({ "key": "a", "title": "a", "route": "/", "body": 1 }),
            ),
            ("register_resident", json!({ "name": "张三" })),
            (
                "reveal",
                json!({ "person": person, "field": "id_number", "reason": "核对" }),
            ),
            (
                "compare_identity",
                json!({ "person": person, "last_four": "9911" }),
            ),
            (
                "decide_case",
                json!({ "case": number, "outcome": "approved" }),
            ),
            ("undo", json!({})),
            ("verify", json!({})),
            ("set_facing", json!({ "on": false })),
            ("set_pin", json!({ "pin": "739158" })),
            (
                "preview_paper",
                json!({ "paper": format!("{number}-SL01") }),
            ),
        ]
    }

    #[test]
    fn a_shaded_screen_answers_nothing_until_it_is_uncovered() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        office.done("set_pin", json!({ "pin": "739158" }));
        office.done("shade", json!({}));
        for (call, input) in of_a_person(&person, &number) {
            assert_eq!(office.refused(call, input).reason, "shaded", "{call}");
        }
        let status = office.done("status", json!({}));
        assert_eq!(
            (&status["shaded"], &status["duty"]),
            (&json!(true), &Value::Null)
        );
        let refusal = office.refused("unshade", json!({ "pin": "000001" }));
        assert_eq!(refusal.reason, "wrong_pin");
        assert_eq!(refusal.details["tries_left"], json!(4));
        office.done("unshade", json!({ "pin": "739158" }));
        office.done("home", json!({}));
    }

    #[test]
    fn no_call_of_a_person_is_answered_shaded_or_locked_whatever_it_is_sent() {
        let office = Office::at(MORNING);
        let calls = yichuang_desk::list_of_calls();
        let of_a_person: Vec<&str> = calls
            .as_array()
            .unwrap()
            .iter()
            .filter(|call| call["needs"] == json!("person"))
            .map(|call| call["call"].as_str().unwrap())
            .collect();
        assert!(of_a_person.len() > 40, "{}", of_a_person.len());
        for covered in ["shade", "lock"] {
            office.done(covered, json!({}));
            for call in &of_a_person {
                let refusal = office.refused(call, json!({}));
                let expected = ["shaded", "locked", "bad_input"];
                assert!(
                    expected.contains(&refusal.reason.as_str()),
                    "{call}: {}",
                    refusal.reason
                );
            }
            if covered == "shade" {
                office.done("unshade", json!({ "password": PASSWORD }));
            }
        }
    }

    #[test]
    fn a_locked_desk_answers_nothing() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        office.done("lock", json!({}));
        for (call, input) in of_a_person(&person, &number) {
            assert_eq!(office.refused(call, input).reason, "locked", "{call}");
        }
        let status = serde_json::to_string(&office.done("status", json!({}))).unwrap();
        assert!(!status.contains(RESIDENT));
    }

    #[test]
    fn a_clerk_voids_nothing_and_reads_no_more_than_the_role_lets() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        let refusal = office.refused("void_case", json!({ "case": number, "reason": "录错人" }));
        assert_eq!(refusal.reason, "not_permitted");
    }
}

mod the_register {
    use super::*;

    #[test]
    fn a_door_nobody_is_known_to_live_behind_is_doubted_and_taken_all_the_same() {
        let office = Office::at(MORNING);
        let lives_in = |name: &str, door: &str| {
            let input = json!({ "name": name, "address": door });
            office.done("register_resident", input);
        };
        let doubt = |door: &str| {
            let asked = office.done("known_door", json!({ "text": door }));
            asked["doubt"].as_str().map(str::to_owned)
        };
        lives_in("陈喆", "12-3-502");
        for door in ["12-3-502", "12幢3单元101", "12", "陈喆"] {
            assert_eq!(doubt(door), None, "{door}");
        }
        assert!(doubt("99-1-101").unwrap().contains("99幢"));
        assert!(doubt("12-9-101").unwrap().contains("12幢9单元"));
        lives_in("过小红", "99-1-101");
        assert_eq!(doubt("99-1-101"), None);
    }

    #[test]
    fn names_that_are_none_are_refused_and_nobody_is_entered() {
        let office = Office::at(MORNING);
        let marks = format!("张{}", "\u{0301}".repeat(500));
        let long = "张".repeat(10_000);
        for name in [
            "",
            "  ",
            "张\u{202E}三",
            "张\u{200F}三",
            "张\u{200B}三",
            "张\u{0000}三",
            marks.as_str(),
            long.as_str(),
            "<img src=x onerror=alert(1)>",
            "=1+1",
            "＝1+1",
            "@SUM(A1)",
        ] {
            let refusal = office.refused("register_resident", json!({ "name": name }));
            assert!(
                refusal.reason.starts_with("name_"),
                "{name:.20}: {}",
                refusal.reason
            );
            assert_eq!(refusal.field.as_deref(), Some("name"));
            assert!(refusal.text.chars().count() > 4);
        }
        let hits = office.done("search", json!({ "text": "张", "kinds": ["resident"] }));
        assert_eq!(hits["total"], json!(0));
    }

    #[test]
    fn numbers_that_are_none_are_refused_at_their_field() {
        let office = Office::at(MORNING);
        for (wrong, reason) in [
            ("320583198103079912", "check"),
            ("32058319810307991", "length"),
            ("320583200702299916", "date"),
            ("32058319810307991О", "format"), // a Cyrillic О
            ("32058319810307991l", "format"),
            ("32O583198103079911", "format"),
        ] {
            let input = json!({ "name": "张三", "id_number": wrong });
            let refusal = office.refused("register_resident", input);
            assert_eq!(refusal.reason, reason, "{wrong}");
            assert_eq!(refusal.field.as_deref(), Some("id_number"));
            let said = serde_json::to_string(&refusal).unwrap();
            assert!(!said.contains(wrong), "{said}");
        }
        // Full-width digits are the same number.
        let full_width = "３２０５８３１９８１０３０７９９１１";
        office.done(
            "register_resident",
            json!({ "name": "张三", "id_number": full_width }),
        );
        let again = json!({ "name": "李四", "id_number": ID_NUMBER });
        assert_eq!(
            office.refused("register_resident", again).reason,
            "same_id_number"
        );
    }

    #[test]
    fn looking_somebody_up_by_full_number_is_on_record_once_until_the_desk_is_locked() {
        let office = Office::at(MORNING);
        let entered = json!({ "name": RESIDENT, "id_number": ID_NUMBER, "phone": PHONE });
        office.done("register_resident", entered);
        for text in ["9911", RESIDENT, PHONE, "320583198103079"] {
            office.done("search", json!({ "text": text }));
        }
        let full = json!({ "text": format!(" {ID_NUMBER} ") });
        for _turn in 0..3 {
            assert_eq!(office.done("search", full.clone())["total"], json!(1));
        }
        office.open(MORNING, "王丽");
        office.done(
            "search",
            json!({ "text": "３２０５８３１９８１０３０７９９１１" }),
        );
        // Three looks in one sitting are one; the end of a number, a name and a telephone are none.
        assert_eq!(office.access_events("search"), 2);
    }

    #[test]
    fn no_full_number_is_in_any_answer_but_the_one_that_is_asked_for_with_a_reason() {
        let office = Office::at(MORNING);
        let entered = office.done(
            "register_resident",
            json!({ "name": RESIDENT, "id_number": ID_NUMBER, "phone": PHONE, "address": "12幢3单元502" }),
        );
        let person = entered["id"].as_str().unwrap();
        let case = accepted(&office, person);
        let number = number(&case);
        office.done(
            "record_enquiry",
            json!({ "question": "养老金怎么领", "person": person }),
        );
        let mut with_agent = intake(ours(), person, &["KIN"]);
        with_agent["agent"] = json!({
            "kind": "kin", "name": "周宁", "relation": "女儿", "id_number": "320583199001019920", "phone": PHONE,
        });
        let deed = json!({ "intake": with_agent, "decision": { "decision": "receive" } });
        let brought_by_agent = office.done("take_in", deed);
        assert_eq!(brought_by_agent["agent"]["phone"], json!("154****1234"));
        let mut said = vec![entered.clone(), case, brought_by_agent];
        for (call, input) in [
            ("search", json!({ "text": "9911" })),
            ("search", json!({ "text": ID_NUMBER })),
            ("search", json!({ "text": PHONE })),
            ("search", json!({ "text": number })),
            ("resident", json!({ "id": person })),
            ("case", json!({ "number": number })),
            ("cases", json!({ "filter": "all" })),
            ("home", json!({})),
            ("counter", json!({ "intake": with_agent })),
            (
                "update_resident",
                json!({ "id": person, "reading": "wang hong" }),
            ),
            ("drafts", json!({})),
            ("status", json!({})),
        ] {
            said.push(office.done(call, input));
        }
        for value in said {
            let text = value.to_string();
            for secret in [ID_NUMBER, "320583199001019920", "19810307991", PHONE] {
                assert!(!text.contains(secret), "{text}");
            }
        }
        let asked = json!({ "person": person, "field": "id_number", "reason": "打印申请表核对" });
        assert_eq!(office.done("reveal", asked)["value"], json!(ID_NUMBER));
        let unasked = json!({ "person": person, "field": "id_number", "reason": " " });
        assert_eq!(
            office.refused("reveal", unasked).field.as_deref(),
            Some("reason")
        );
        assert_eq!(office.access_events("reveal"), 1);
    }

    #[test]
    fn the_last_four_hide_until_the_clerk_has_typed_them() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let mut asked = intake(ours(), &person, &[]);
        asked.as_object_mut().unwrap().remove("identity");
        let unchecked = office.done("counter", json!({ "intake": asked }));
        assert_eq!(unchecked["identity_checked"], json!(false));
        assert!(
            !unchecked.to_string().contains("9911"),
            "{}",
            unchecked["applicant"]
        );
        asked["identity"] = json!({ "how": "last_four", "last_four": "9912" });
        let wrong = office.done("counter", json!({ "intake": asked }));
        assert_eq!(wrong["identity_checked"], json!(false));
        let deed = json!({ "intake": asked, "decision": { "decision": "accept" } });
        assert_eq!(office.refused("take_in", deed).reason, "identity_differs");
        asked["identity"] = json!({ "how": "last_four", "last_four": "9911" });
        let checked = office.done("counter", json!({ "intake": asked }));
        assert_eq!(checked["identity_checked"], json!(true));
    }

    #[test]
    fn names_on_lists_are_masked_while_a_resident_is_served() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        for (on, shown) in [(true, "王*"), (false, RESIDENT)] {
            office.done("set_facing", json!({ "on": on }));
            let home = office.done("home", json!({}));
            assert_eq!(home["due"][0]["name"], json!(shown));
            let cases = office.done("cases", json!({}));
            assert_eq!(cases["cases"][0]["name"], json!(shown));
            let found = office.done("search", json!({ "text": number }));
            let detail = found["hits"][0]["detail"].as_str().unwrap();
            assert!(detail.contains(shown), "{detail}");
        }
    }
}

mod the_window {
    use super::*;

    #[test]
    fn the_plain_road_is_search_item_accept() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let found = office.done("search", json!({ "text": "wh", "limit": 5 }));
        assert_eq!(found["hits"][0]["id"], json!(person));
        let found = office.done("find_items", json!({ "text": "jhr" }));
        let first = &found["items"][0]["code"];
        assert_eq!(first, "ZM002");
        let counter = office.done("counter", json!({ "intake": intake(ours(), &person, &[]) }));
        assert_eq!(counter["missing"], json!(0));
        let promised = counter["term"]["due"].clone();
        let case = accepted(&office, &person);
        assert_eq!(case["state"], json!("accepted"));
        assert_eq!(
            case["due"], promised,
            "the screen promises what the command does"
        );
        assert_eq!(case["due"], json!("2026-12-15"));
        let codes: Vec<&Value> = case["papers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["code"])
            .collect();
        assert_eq!(codes, ["SL", "SJ"]);
    }

    #[test]
    fn an_item_that_does_not_exist_or_is_no_case_is_refused() {
        let office = Office::at(MORNING);
        let person = office.resident();
        for (code, reason) in [("XX999", "unknown_item"), ("ZM006", "banned_certificate")] {
            let mut asked = intake(ours(), &person, &[]);
            asked["item"] = json!(code);
            let deed = json!({ "intake": asked, "decision": { "decision": "receive" } });
            assert_eq!(office.refused("take_in", deed).reason, reason, "{code}");
        }
        assert_eq!(count_cases(&office), json!(0));
    }

    #[test]
    fn accepting_with_something_missing_names_it_all_and_writes_nothing() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let asked = intake(ours(), &person, &["HB", "KIN"]);
        let deed = json!({ "intake": asked, "decision": { "decision": "accept" } });
        let refusal = office.refused("take_in", deed);
        assert_eq!(refusal.reason, "materials_missing");
        let name = |code: &str| ours().material(code).unwrap().name.zh.clone();
        assert_eq!(refusal.details["missing"], json!([name("HB"), name("KIN")]));
        assert!(refusal.text.contains(&name("HB")) && refusal.text.contains(&name("KIN")));
        assert_eq!(count_cases(&office), json!(0));
        // Nor is a number used up.
        assert_eq!(serial(&accepted(&office, &person)), "0001");
    }

    #[test]
    fn nothing_is_approved_while_something_is_owed() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let decision = json!({ "decision": "accept_deferred", "promise_signed": true });
        let case = take_in(&office, ours(), &person, &["EVID"], &decision);
        let approve = json!({ "case": number(&case), "outcome": "approved" });
        let refusal = office.refused("decide_case", approve.clone());
        assert_eq!(refusal.reason, "still_owed");
        office.done(
            "supply_materials",
            json!({ "case": number(&case), "brought": [{ "material": "EVID" }] }),
        );
        assert_eq!(
            office.done("decide_case", approve)["state"],
            json!("decided")
        );
    }

    #[test]
    fn a_second_notice_needs_a_supervisor_and_a_reason() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let listed = json!([{ "material": "HB", "name": "居民户口簿", "problem": "missing" }]);
        let decision = json!({ "decision": "request_supplement", "listed": listed });
        let case = take_in(&office, ours(), &person, &["HB"], &decision);
        let number = number(&case);
        let again =
            |reason: &str| json!({ "case": number, "listed": listed, "override_reason": reason });
        let offers = |case: &Value| {
            let actions = case["actions"].as_array().unwrap();
            actions
                .iter()
                .any(|one| one["step"] == json!("request_supplement"))
        };
        assert_eq!(
            office.refused("request_supplement", again("漏写了")).reason,
            "second_notice"
        );
        assert!(!offers(&case));
        office.open("2026-11-24T11:30", STAFF[2]);
        assert!(offers(&office.done("case", json!({ "number": number }))));
        assert_eq!(
            office.refused("request_supplement", again(" ")).reason,
            "second_notice"
        );
        let twice = office.done("request_supplement", again("漏写了"));
        assert_eq!(
            twice["papers"][0]["number"],
            json!(format!("{number}-BZ02"))
        );
    }

    #[test]
    fn a_year_without_a_holiday_notice_makes_the_due_day_provisional() {
        let office = Office::at("2026-12-28T10:00");
        let person = office.resident();
        let case = accepted(&office, &person);
        assert_eq!(case["term"]["provisional"], json!(true));
        assert!(case["due_text"].as_str().unwrap().contains("暂定"));
        let notes = office.done("home", json!({}))["notes"].to_string();
        assert!(notes.contains("2027"), "{notes}");
    }

    #[test]
    fn a_clock_behind_the_last_record_is_confirmed_by_a_person_first() {
        let office = Office::at(MORNING);
        let person = office.resident();
        office.open("2026-11-20T09:00", STAFF[0]);
        let deed =
            json!({ "intake": intake(ours(), &person, &[]), "decision": { "decision": "accept" } });
        let refusal = office.refused("take_in", deed.clone());
        assert_eq!(refusal.reason, "day_unsure");
        assert_eq!(refusal.details["clock"], json!("2026-11-20"));
        assert_eq!(refusal.details["last"], json!("2026-11-24"));
        assert_eq!(count_cases(&office), json!(0));
        assert_eq!(
            office
                .refused("confirm_day", json!({ "today": "2026-11-24" }))
                .reason,
            "wrong_day"
        );
        office.done("confirm_day", json!({ "today": "2026-11-20" }));
        let case = office.done("take_in", deed);
        assert!(number(&case).starts_with("XM261120A0001"));
        // The next step of that case goes on, though its receipt was confirmed on an earlier day.
        office.done(
            "decide_case",
            json!({ "case": number(&case), "outcome": "approved" }),
        );
    }

    #[test]
    fn silence_is_written_down_by_the_next_step_before_it() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let case = take_in(
            &office,
            ours(),
            &person,
            &["HB"],
            &json!({ "decision": "receive" }),
        );
        let number = number(&case);
        office.open("2026-12-02T09:00", STAFF[1]);
        let late = office.done("case", json!({ "number": number }));
        assert_eq!(
            (&late["state"], &late["deemed_on"]),
            (&json!("received"), &json!("2026-11-24"))
        );
        let listed = json!([{ "material": "HB", "name": "居民户口簿", "problem": "missing" }]);
        let notice = json!({ "case": number, "listed": listed });
        assert_eq!(
            office.refused("request_supplement", notice).reason,
            "wrong_state"
        );
        let withdrawn = office.done(
            "withdraw_case",
            json!({ "case": number, "signed_by": "applicant", "reason": "不办了" }),
        );
        let steps: Vec<&Value> = withdrawn["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| &line["step"])
            .collect();
        assert_eq!(steps, ["withdraw", "deem", "receive"]);
        assert_eq!(withdrawn["due"], json!("2026-12-15"));
    }

    #[test]
    fn a_paused_case_that_is_ended_shows_the_days_to_hand_it_over() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        office.done(
            "pause_case",
            json!({ "case": number, "procedure": "publicity", "expected_days": 7 }),
        );
        let ended = office.done(
            "terminate_case",
            json!({ "case": number, "cause": "duplicate_case" }),
        );
        assert_eq!(
            ended["light"]["light"],
            json!("green"),
            "{}",
            ended["light"]
        );
    }
}

mod numbers {
    use super::*;

    #[test]
    fn are_never_given_twice_whatever_became_of_the_first() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let receive = || {
            take_in(
                &office,
                ours(),
                &person,
                &[],
                &json!({ "decision": "receive" }),
            )
        };
        let taken_back = receive();
        assert_eq!(serial(&taken_back), "0001");
        let corrected = office.done(
            "correct_case",
            json!({ "case": number(&taken_back), "reason": "选错事项" }),
        );
        assert_eq!(corrected["is_void"], json!(true));
        let voided = receive();
        assert_eq!(serial(&voided), "0002");
        office.open("2026-11-24T11:00", STAFF[2]);
        office.done(
            "void_case",
            json!({ "case": number(&voided), "reason": "录错人" }),
        );
        office.open("2026-11-24T12:00", STAFF[0]);
        let enquiry = office.done("record_enquiry", json!({ "question": "养老金怎么领" }));
        assert_eq!(serial(&enquiry), "0003");
        assert_eq!(serial(&receive()), "0004");
        office.done("lock", json!({}));
        office.done(
            "unlock",
            json!({ "person": STAFF[1], "password": PASSWORD }),
        );
        assert_eq!(serial(&receive()), "0005");
        office.open("2026-11-24T13:00", STAFF[1]);
        assert_eq!(serial(&receive()), "0006");
        office.open("2026-11-25T09:00", STAFF[1]);
        assert_eq!(serial(&receive()), "0001", "a new day begins anew");
    }

    #[test]
    fn a_case_is_found_by_the_end_of_its_number() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        let found = |end: &str| office.done("search", json!({ "text": end }))["hits"].clone();
        for length in [4, 5, 6, 9] {
            let end = number.get(number.len() - length..).unwrap();
            assert_eq!(found(end)[0]["id"], json!(number), "{end}");
            let in_small_letters = end.to_lowercase();
            assert_eq!(found(&in_small_letters)[0]["id"], json!(number), "{end}");
        }
        assert_eq!(found("A99995"), json!([]));
    }

    #[test]
    fn of_papers_are_kept_when_their_step_is_taken_back() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        office.done("undo", json!({}));
        let again = office.done("accept_case", json!({ "case": number }));
        let papers: Vec<(String, bool)> = again["papers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|paper| {
                let number = paper["number"].as_str().unwrap();
                (
                    number.rsplit('-').next().unwrap().to_owned(),
                    paper["is_void"].as_bool().unwrap(),
                )
            })
            .collect();
        let expected = [("SL02", false), ("SL01", true), ("SJ01", false)];
        assert_eq!(
            papers,
            expected.map(|(code, is_void)| (code.to_owned(), is_void))
        );
    }

    #[test]
    fn one_key_takes_back_the_last_thing_done_and_never_one_before_it() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        office.done("record_enquiry", json!({ "question": "养老金怎么领" }));
        let refusal = office.refused("undo", json!({}));
        assert_eq!(refusal.reason, "nothing_to_correct");
        let case = office.done("case", json!({ "number": number }));
        assert_eq!(case["state"], json!("accepted"));
        // On the page of the case the step can still be corrected, with a reason.
        office.done(
            "correct_case",
            json!({ "case": number, "reason": "点错了" }),
        );
    }

    #[test]
    fn a_step_is_taken_back_only_by_who_did_it_on_its_day() {
        let office = Office::at(MORNING);
        let person = office.resident();
        let number = number(&accepted(&office, &person));
        let back = json!({ "case": number, "reason": "点错了" });
        office.open("2026-11-24T11:00", STAFF[1]);
        assert_eq!(
            office.refused("correct_case", back.clone()).reason,
            "correction_too_late"
        );
        office.open("2026-11-25T08:30", STAFF[0]);
        assert_eq!(
            office.refused("correct_case", back).reason,
            "correction_too_late"
        );
        assert_eq!(
            office.refused("undo", json!({})).reason,
            "nothing_to_correct"
        );
        let case = office.done("case", json!({ "number": number }));
        assert_eq!((&case["state"], lines(&case)), (&json!("accepted"), 2));
    }
}

mod drafts {
    use super::*;

    fn typed() -> Value {
        json!({ "item": "ZM002", "statement": "给孙子办，先登记" })
    }

    fn save(office: &Office, key: &str) {
        office.done(
            "save_draft",
            json!({ "key": key, "title": "监护人指定 王", "route": "/accept", "body": typed() }),
        );
    }

    fn enter(office: &Office, who: &str) {
        office.done("lock", json!({}));
        office.done("unlock", json!({ "person": who, "password": PASSWORD }));
    }

    #[test]
    fn are_of_one_person_and_survive_lock_restart_and_a_change_of_person() {
        let office = Office::at(MORNING);
        save(&office, "accept-1");
        enter(&office, STAFF[1]);
        assert_eq!(office.done("drafts", json!({}))["drafts"], json!([]));
        assert_eq!(
            office.done("draft", json!({ "key": "accept-1" }))["body"],
            Value::Null
        );
        office.done("discard_draft", json!({ "key": "accept-1" }));
        assert_eq!(office.done("home", json!({}))["drafts"], json!([]));
        enter(&office, STAFF[0]);
        assert_eq!(
            office.done("draft", json!({ "key": "accept-1" }))["body"],
            typed()
        );
        office.open("2026-11-25T09:00", STAFF[0]);
        assert_eq!(
            office.done("draft", json!({ "key": "accept-1" }))["body"],
            typed()
        );
        let home = office.done("home", json!({}));
        assert_eq!(home["drafts"][0]["title"], json!("监护人指定 王"));
    }

    #[test]
    fn lie_sealed_under_names_that_tell_nothing() {
        let office = Office::at(MORNING);
        save(&office, "accept-1");
        let folder = office.export().parent().unwrap().join("data/drafts");
        let files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(files.len(), 1);
        assert!(!files[0].file_name().to_string_lossy().contains("accept"));
        let bytes = std::fs::read(files[0].path()).unwrap();
        let typed = "给孙子办".as_bytes();
        assert!(!bytes.windows(typed.len()).any(|window| window == typed));
    }

    #[test]
    fn are_thrown_away_once_the_case_they_became_is_taken_in() {
        let office = Office::at(MORNING);
        let person = office.resident();
        save(&office, "accept-1");
        let mut lacking = json!({
            "intake": intake(ours(), &person, &["HB"]), "decision": { "decision": "accept" }, "draft": "accept-1",
        });
        office.refused("take_in", lacking.clone());
        assert_eq!(
            office.done("draft", json!({ "key": "accept-1" }))["body"],
            typed()
        );
        lacking["intake"] = intake(ours(), &person, &[]);
        office.done("take_in", lacking);
        assert_eq!(office.done("drafts", json!({}))["drafts"], json!([]));
    }
}

#[test]
fn departments_and_steps_taken_back_are_told_in_the_language_of_the_screen() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let theirs = item(|one| one.handler.mode == Mode::Forwards && !one.needs_network);
    let decision = json!({ "decision": "accept" });
    let case = take_in(&office, theirs, &person, &[], &decision);
    let sent = json!({ "case": number(&case), "batch": "7" });
    office.done("forward_case", sent.clone());
    office.done("undo", json!({}));
    office.done("forward_case", sent);
    office.done("save_preferences", json!({ "language": "en" }));
    let case = office.done("case", json!({ "number": number(&case) }));
    assert_eq!(case["waiting_for"], json!(theirs.handler.name.en));
    let told = case["timeline"].to_string();
    assert!(told.contains("Undone") && !told.contains("撤销"), "{told}");
    assert!(!told.contains(&theirs.handler.name.zh), "{told}");
}

#[test]
fn a_refusal_says_the_same_in_both_languages() {
    let office = Office::at(MORNING);
    let zh = office.refused("case", json!({ "number": "XM261124A00013" }));
    office.done("save_preferences", json!({ "language": "en" }));
    let en = office.refused("case", json!({ "number": "XM261124A00013" }));
    assert_eq!(
        (zh.reason.as_str(), en.reason.as_str()),
        ("unknown_case", "unknown_case")
    );
    assert_ne!(zh.text, en.text);
    assert!(matches!(
        office.answer("home", json!({})),
        Answer::Done { .. }
    ));
}
