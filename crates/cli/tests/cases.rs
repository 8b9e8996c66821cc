//! A matter from the counter to the archive, as a script does it: every step under its promised name,
//! and what the rules refuse.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod terminal;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use terminal::{Community, MORNING, Talk};

/// Decided by the committee itself.
const OURS: &str = "ZM002";
/// Collected for a department; MED may follow.
const COLLECTED: &str = "MZ001";
/// Finished at once, in a department's own system.
const INSTANT: &str = "SB013";

/// A community, one resident, and one process that goes on.
struct Window {
    community: Community,
    talk: Talk,
    person: String,
}

impl Window {
    fn new() -> Self {
        let community = Community::new();
        let mut talk = Talk::new(&community, MORNING, "王丽");
        let resident = json!({
            "name": "张三", "id_number": "320583198103079911",
            "phone": "15400001234", "address": "12-3-502",
        });
        let registered = talk.done("register_resident", &resident);
        let person = registered["id"].as_str().unwrap().to_owned();
        Self {
            community,
            talk,
            person,
        }
    }

    /// The same window later, or with somebody else.
    fn later(mut self, now: &str, person: &str) -> Self {
        self.talk.end();
        self.talk = Talk::new(&self.community, now, person);
        self
    }

    /// What lies on the counter: all that is required but these.
    fn intake(&mut self, item: &str, without: &[&str]) -> Value {
        let mut intake = json!({
            "item": item,
            "person": self.person,
            "identity": { "how": "last_four", "last_four": "9911" },
        });
        let counter = self.talk.done("counter", &json!({ "intake": intake }));
        let brought = |row: &&Value| {
            row["required"] == true
                && row["state"] == "missing"
                && !without.contains(&row["code"].as_str().unwrap())
        };
        let rows = counter["materials"].as_array().unwrap().iter();
        let brought: Vec<Value> = rows
            .filter(brought)
            .map(|row| json!({ "material": row["code"], "pages": 1 }))
            .collect();
        intake["brought"] = json!(brought);
        intake
    }

    fn receive(&mut self, item: &str, without: &[&str]) -> String {
        let intake = self.intake(item, without);
        let case = self.talk.done("receive_case", &intake);
        assert_eq!(case["state"], "received");
        case["number"].as_str().unwrap().to_owned()
    }

    /// A step that is done, and the promised fields of its answer.
    fn step(&mut self, call: &str, number: &str, input: Value, state: &str) -> Value {
        let case = self.talk.done(call, &with(number, input));
        assert_eq!(
            (&case["number"], &case["state"]),
            (&json!(number), &json!(state)),
            "{call}"
        );
        for field in ["case", "number", "state", "due", "papers"] {
            assert!(case.get(field).is_some(), "{call}: {field}");
        }
        case
    }

    fn no(&mut self, call: &str, number: &str, input: Value) -> String {
        self.talk.refused(call, &with(number, input))
    }
}

fn with(number: &str, mut input: Value) -> Value {
    input["case"] = json!(number);
    input
}

fn missing(code: &str) -> Value {
    json!({ "material": code, "name": code, "problem": "missing", "note": "" })
}

fn paper(code: &str) -> Value {
    json!({ "material": code, "pages": 1 })
}

fn papers(case: &Value) -> Vec<&str> {
    let papers = case["papers"].as_array().unwrap().iter();
    papers
        .map(|paper| paper["code"].as_str().unwrap())
        .collect()
}

fn go_to() -> Value {
    json!({ "name": "周市镇便民服务中心", "address": "", "phone": "" })
}

#[test]
fn a_matter_with_two_papers_missing_goes_from_the_counter_to_the_archive() {
    let mut window = Window::new();
    let found = window
        .talk
        .done("search", &json!({ "text": "zs", "limit": 5 }));
    assert_eq!(found["hits"][0]["kind"], "resident");
    assert_eq!(found["hits"][0]["title"], "张三");
    assert_eq!(found["hits"][0]["id"], window.person);

    let number = window.receive(OURS, &["APP", "EVID"]);
    assert_eq!(
        window.no("accept_case", &number, json!({})),
        "materials_missing"
    );
    for early in ["deliver_case", "archive_case", "resume_case", "lapse_case"] {
        let input =
            json!({ "method": "in_person", "recipient": "applicant", "proof": "x", "call": "x" });
        assert_eq!(window.no(early, &number, input), "wrong_state", "{early}");
    }
    let half = json!({ "listed": [missing("APP")] });
    assert_eq!(
        window.no("request_supplement", &number, half),
        "notice_incomplete"
    );
    let unknown = json!({ "listed": [missing("NOSUCH")] });
    assert_eq!(
        window.no("request_supplement", &number, unknown),
        "unknown_material"
    );

    let both = json!({ "listed": [missing("APP"), missing("EVID")] });
    let noticed = window.step("request_supplement", &number, both.clone(), "supplement");
    assert!(papers(&noticed).contains(&"BZ"), "{:?}", noticed["papers"]);
    assert_eq!(
        window.no("request_supplement", &number, both),
        "second_notice"
    );
    let reasoned =
        json!({ "listed": [missing("APP"), missing("EVID")], "override_reason": "材料已失效" });
    assert_eq!(
        window.no("request_supplement", &number, reasoned.clone()),
        "second_notice"
    );
    assert_eq!(
        window.no("lapse_case", &number, json!({ "call": "电话告知" })),
        "not_yet"
    );

    let mut window = window.later(MORNING, "赵珊");
    window.step("request_supplement", &number, reasoned, "supplement");
    let mut window = window.later("2026-11-25T09:00", "李强");
    let first = json!({ "brought": [paper("APP")] });
    window.step("supply_materials", &number, first, "supplement");
    let accepted = window.step(
        "supply_materials",
        &number,
        json!({ "brought": [paper("EVID")] }),
        "accepted",
    );
    assert!(accepted["due"].is_string());
    assert!(
        papers(&accepted).contains(&"SL"),
        "{:?}",
        accepted["papers"]
    );
    assert_eq!(
        window.no("decide_case", &number, json!({ "outcome": "denied" })),
        "field_missing"
    );
    window.step(
        "decide_case",
        &number,
        json!({ "outcome": "approved" }),
        "decided",
    );
    let signed = json!({ "method": "in_person", "recipient": "applicant", "proof": "已签收" });
    let agent = json!({ "method": "agent", "recipient": "agent", "proof": "已签收" });
    assert_eq!(window.no("deliver_case", &number, agent), "not_entitled");
    window.step("deliver_case", &number, signed, "delivered");
    window.step("archive_case", &number, json!({}), "archived");
    assert_eq!(window.no("archive_case", &number, json!({})), "wrong_state");

    let case = window.talk.done("case", &json!({ "number": number }));
    let steps: Vec<&str> = case["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["step"].as_str().unwrap())
        .collect();
    assert_eq!(
        steps,
        [
            "archive",
            "deliver",
            "decide",
            "supply",
            "supply",
            "request_supplement",
            "request_supplement",
            "receive"
        ]
    );
    assert!(
        case["because"].as_array().unwrap().len() > 15,
        "explained day by day"
    );
    let by_id = window.talk.done("case", &json!({ "number": case["case"] }));
    assert_eq!(by_id["number"], json!(number));
    window.talk.end();
}

#[test]
fn a_collected_matter_walks_through_the_department_with_a_paper_owing() {
    let mut window = Window::new();
    let number = window.receive(COLLECTED, &["MED"]);
    let owed = json!({ "brought": [], "owed": [], "promise_signed": false });
    assert_eq!(
        window.no("accept_deferred_case", &number, owed),
        "promise_not_signed"
    );
    let refuse = json!({ "ground": "conditions_not_met", "text": "不符合", "go_to": go_to() });
    assert_eq!(window.no("refuse_case", &number, refuse), "only_collected");
    assert_eq!(
        window.no("do_at_once_case", &number, json!({})),
        "not_instant"
    );
    let signed = json!({ "promise_signed": true });
    let case = window.step("accept_deferred_case", &number, signed, "accepted");
    assert_eq!(case["owed"][0]["material"], "MED");
    let approved = json!({ "outcome": "approved", "external_number": "BJ1" });
    assert_eq!(
        window.no("decide_case", &number, approved.clone()),
        "still_owed"
    );
    window.step(
        "supply_materials",
        &number,
        json!({ "brought": [paper("MED")] }),
        "accepted",
    );
    let accept = json!({ "on": "2026-11-24", "external_number": "SL1" });
    assert_eq!(
        window.no("department_accept_case", &number, accept.clone()),
        "wrong_state"
    );
    window.step(
        "forward_case",
        &number,
        json!({ "batch": "ZB1" }),
        "forwarded",
    );
    window.step(
        "send_back_case",
        &number,
        json!({ "reason": "复印件不清晰" }),
        "accepted",
    );
    window.step(
        "forward_case",
        &number,
        json!({ "batch": "ZB2" }),
        "forwarded",
    );
    window.step(
        "department_accept_case",
        &number,
        accept.clone(),
        "forwarded",
    );
    assert_eq!(
        window.no("department_accept_case", &number, accept),
        "department_accepted_already"
    );
    let extend = |approver: &str| json!({ "reason": "函询核对", "approver": approver });
    assert_eq!(
        window.no("extend_case", &number, extend("李强")),
        "approver_not_entitled"
    );
    assert_eq!(
        window.no("extend_case", &number, extend("无此人")),
        "unknown_staff"
    );
    let before = window.talk.done("case", &json!({ "number": number }))["due"].clone();
    let extended = window.step("extend_case", &number, extend("赵珊"), "forwarded");
    assert!(extended["due"].as_str() > before.as_str());
    assert_eq!(
        window.no("extend_case", &number, extend("赵珊")),
        "already_extended"
    );
    window.step(
        "pause_case",
        &number,
        json!({ "procedure": "publicity", "expected_days": 7 }),
        "paused",
    );
    assert_eq!(
        window.no("decide_case", &number, approved.clone()),
        "wrong_state"
    );
    let mut window = window.later("2026-12-02T09:00", "李强");
    let resumed = window.step("resume_case", &number, json!({}), "forwarded");
    assert!(resumed["due"].as_str() > extended["due"].as_str());
    window.step("decide_case", &number, approved, "decided");
    window.talk.end();
}

#[test]
fn what_a_department_asks_for_or_refuses_is_passed_on() {
    let mut window = Window::new();
    let number = window.receive(COLLECTED, &[]);
    let accepted = window.step("accept_case", &number, json!({}), "accepted");
    assert!(
        papers(&accepted).contains(&"DS"),
        "{:?}",
        accepted["papers"]
    );
    window.step(
        "forward_case",
        &number,
        json!({ "batch": "ZB1" }),
        "forwarded",
    );
    let line = json!({ "material": null, "name": "水电费凭证", "problem": "missing", "note": "" });
    let notice = json!({ "external_number": "BZ1", "listed": [line], "last_day": "2026-12-15" });
    window.step("department_supplement_case", &number, notice, "supplement");
    let stranger = json!({ "others": ["房产证"] });
    assert_eq!(
        window.no("supply_materials", &number, stranger),
        "unknown_material"
    );
    let supplied = json!({ "others": ["水电费凭证"] });
    window.step("supply_materials", &number, supplied, "forwarded");
    let refused = json!({ "external_number": "BY1", "reason": "不符合享受条件" });
    window.step("department_refuse_case", &number, refused, "refused");
    window.talk.end();
}

#[test]
fn an_instant_matter_needs_the_departments_serial_number() {
    let mut window = Window::new();
    let number = window.receive(INSTANT, &[]);
    assert_eq!(
        window.no("do_at_once_case", &number, json!({})),
        "serial_missing"
    );
    window.step(
        "do_at_once_case",
        &number,
        json!({ "external_number": "LS1" }),
        "decided",
    );
    let taken = window.step(
        "correct_case",
        &number,
        json!({ "reason": "点错了" }),
        "received",
    );
    assert!(papers(&taken).len() <= 2);
    window.step(
        "do_at_once_case",
        &number,
        json!({ "external_number": "LS2" }),
        "decided",
    );
    window.talk.end();
}

#[test]
fn matters_end_early_in_every_way_the_law_knows() {
    let mut window = Window::new();
    let refused = window.receive(OURS, &[]);
    let nowhere = json!({ "ground": "not_ours", "text": "不属于本社区", "go_to": { "name": "" } });
    assert_eq!(window.no("refuse_case", &refused, nowhere), "field_missing");
    let refuse = json!({ "ground": "not_ours", "text": "不属于本社区", "go_to": go_to() });
    window.step("refuse_case", &refused, refuse, "refused");
    let withdrawn = window.receive(OURS, &[]);
    let withdraw = json!({ "signed_by": "applicant", "reason": "暂不办理" });
    window.step("withdraw_case", &withdrawn, withdraw, "withdrawn");
    let twice = window.receive(OURS, &[]);
    let owed = json!({ "cause": "owed_date_passed" });
    assert_eq!(window.no("terminate_case", &twice, owed), "nothing_missing");
    window.step(
        "terminate_case",
        &twice,
        json!({ "cause": "duplicate_case" }),
        "decided",
    );
    let wrong = window.receive(OURS, &[]);
    assert_eq!(
        window.no("void_case", &wrong, json!({ "reason": "选错事项" })),
        "not_permitted"
    );
    let lapsing = window.receive(OURS, &["APP"]);
    let ask = json!({ "listed": [missing("APP")] });
    window.step("request_supplement", &lapsing, ask, "supplement");
    let silent = window.receive(OURS, &[]);
    assert_eq!(window.no("deem_case", &silent, json!({})), "not_yet");
    let mut window = window.later("2026-12-30T09:00", "赵珊");
    window
        .talk
        .done("void_case", &with(&wrong, json!({ "reason": "选错事项" })));
    assert_eq!(
        window.no("lapse_case", &lapsing, json!({ "call": "" })),
        "call_missing"
    );
    window.step(
        "lapse_case",
        &lapsing,
        json!({ "call": "本人表示暂不办理" }),
        "returned",
    );
    let deemed = window.step("deem_case", &silent, json!({}), "accepted");
    assert_eq!(deemed["term"]["accepted"], "2026-11-24");
    window.talk.end();
}

#[test]
fn every_step_of_the_table_is_a_call_and_every_call_names_its_input() {
    let calls = terminal::run(&["calls"]);
    let calls: BTreeSet<(String, String)> = calls
        .value()
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            assert!(row["about"].as_str().unwrap().len() > 10, "{row}");
            assert!(row["needs"].is_string() && row["commits"].is_boolean());
            let text = |field: &str| row[field].as_str().unwrap().to_owned();
            (text("call"), text("input"))
        })
        .collect();
    let names: BTreeSet<&str> = calls.iter().map(|(name, _input)| name.as_str()).collect();
    let table = terminal::run(&["call", "transitions"]);
    for row in table.value()["transitions"].as_array().unwrap() {
        let (call, step) = (row["call"].as_str().unwrap(), row["step"].as_str().unwrap());
        assert!(names.contains(call), "{call}");
        match step {
            "request_supplement" => assert_eq!(call, step),
            "supply" => assert_eq!(call, "supply_materials"),
            _ => assert_eq!(call, format!("{step}_case")),
        }
    }
    for (name, fields) in [
        ("check_id", &["text: string", "today?: string"][..]),
        ("check_credit_code", &["text: string"]),
        ("check_phone", &["text: string"]),
        ("parse_address", &["text: string"]),
        ("count_working_days", &["from: string", "days: number"]),
        (
            "due_date",
            &[
                "item: string",
                "accepted: string",
                "pauses?:",
                "today?: string",
            ],
        ),
        (
            "register_resident",
            &["name: string", "id_number?:", "phone?:", "address?:"],
        ),
        ("search", &["text: string", "limit?: number"]),
        ("case", &["number: string"]),
        (
            "receive_case",
            &["item: string", "person?:", "identity?:", "brought?:"],
        ),
        ("accept_case", &["case: string", "seen?:"]),
    ] {
        let (_, input) = calls.iter().find(|(call, _)| call == name).unwrap();
        for field in fields {
            assert!(input.contains(field), "{name}: {input}");
        }
    }
}

#[test]
fn a_screen_that_is_stale_is_told_who_did_what() {
    let mut window = Window::new();
    let number = window.receive(OURS, &[]);
    let shown = window.talk.done("case", &json!({ "number": number }))["seen"].clone();
    let mut window = window.later(MORNING, "李强");
    window.step("accept_case", &number, json!({ "seen": shown }), "accepted");
    let mut window = window.later(MORNING, "王丽");
    let answer = window.talk.ask(
        "withdraw_case",
        &json!({ "case": number, "seen": shown, "signed_by": "applicant", "reason": "暂不办理" }),
    );
    assert_eq!(terminal::reason(&answer), "stale");
    assert_eq!(answer["refusal"]["details"]["by"], "李强");
    let case = window.talk.done("case", &json!({ "number": number }));
    assert_eq!(case["state"], "accepted", "nothing was lost");
    window.talk.end();
}

#[test]
fn what_cannot_be_taken_in_is_refused_and_takes_no_number() {
    let mut window = Window::new();
    let good = window.intake(OURS, &[]);
    let changed = |field: &str, value: Value| {
        let mut intake = good.clone();
        intake[field] = value;
        intake
    };
    for (field, value, wanted) in [
        ("item", json!("XX999"), "unknown_item"),
        ("item", json!("../../etc/passwd"), "unknown_item"),
        (
            "person",
            json!("00000000000000000000000000000000"),
            "unknown_record",
        ),
        ("person", json!("张三"), "bad_input"),
        ("identity", Value::Null, "identity_missing"),
        (
            "identity",
            json!({ "how": "last_four", "last_four": "9912" }),
            "identity_differs",
        ),
        (
            "identity",
            json!({ "how": "known_or_none" }),
            "reason_missing",
        ),
        ("identity", json!({ "how": "by_heart" }), "bad_input"),
        (
            "brought",
            json!([{ "material": "NOSUCH" }]),
            "unknown_material",
        ),
        ("brought", json!([5]), "bad_input"),
    ] {
        let reason = window
            .talk
            .refused("receive_case", &changed(field, value.clone()));
        assert_eq!(reason, wanted, "{field} {value}");
    }
    assert_eq!(
        window.talk.done("cases", &json!({ "filter": "all" }))["total"],
        0
    );
    let first = window.talk.done("receive_case", &good);
    assert!(
        first["number"].as_str().unwrap().contains("0001"),
        "{}",
        first["number"]
    );
    for nothing in ["", "KSXM", "XM2611240001", "'; drop", "../journal"] {
        let reason = window.talk.refused("case", &json!({ "number": nothing }));
        assert_eq!(reason, "unknown_case", "{nothing}");
    }
    window.talk.end();
}
