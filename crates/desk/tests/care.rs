//! Care groups: what the window shows, what opens with a reason, and what only few may open at all.

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

use crate::office::{Office, STAFF};

const MORNING: &str = "2026-11-24T10:42";
const NOON: &str = "2026-11-24T12:00";
const EVENING: &str = "2026-11-24T16:00";

fn add(resident: &str, code: &str) -> Value {
    json!({ "person": resident, "code": code, "from": "2026-03-01", "source": "镇卫健办告知" })
}

fn open(resident: &str) -> Value {
    json!({ "person": resident, "reason": "上门走访前核对" })
}

fn codes(restricted: &Value) -> Vec<&str> {
    let tags = restricted["tags"].as_array().unwrap();
    tags.iter()
        .map(|tag| tag["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_clerk_neither_adds_nor_ends_nor_opens_what_is_sealed() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    for call in ["add_care_tag", "end_care_tag"] {
        let mut input = add(&resident, "M1");
        input["to"] = json!("2026-11-24");
        let refusal = office.refused(call, input);
        assert_eq!(refusal.reason, "not_entitled_to_tag", "{call}");
        assert!(refusal.text.contains("条线专干"), "{}", refusal.text);
    }
    let offered = office.done("care_groups", json!({}));
    let offered = offered.as_array().unwrap();
    assert!(offered.iter().all(|group| group["code"] != "M1"));
    assert!(offered.iter().any(|group| group["code"] == "A1"));
}

#[test]
fn a_sealed_tag_is_a_hint_to_the_window_and_opens_for_the_supervisor_with_a_reason_on_record() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    office.open(NOON, STAFF[2]);
    let page = office.done("add_care_tag", add(&resident, "M1"));
    assert_eq!(page["tags"], json!([]), "not even for who wrote it");

    office.open(EVENING, STAFF[0]);
    let page = office.done("resident", json!({ "id": resident }));
    assert_eq!(page["has_restricted"], true);
    assert_eq!(
        page["visit_hint"],
        json!({ "every_days": 30, "in_pairs": true })
    );
    assert!(!page.to_string().contains("M1") && !page.to_string().contains("精神"));
    let refusal = office.refused("open_restricted", open(&resident));
    assert_eq!(refusal.reason, "not_entitled_to_tag");

    office.open(EVENING, STAFF[2]);
    let bare = json!({ "person": resident, "reason": " " });
    assert_eq!(
        office.refused("open_restricted", bare).reason,
        "reason_missing"
    );
    let opened = office.done("open_restricted", open(&resident));
    assert_eq!(
        (codes(&opened), &opened["seconds"]),
        (vec!["M1"], &json!(30))
    );
    assert_eq!(opened["tags"][0]["source"], "镇卫健办告知");
    assert_eq!(
        office.access_events("reveal"),
        1,
        "the refused looks saw nothing"
    );
}

#[test]
fn a_sensitive_tag_that_is_not_sealed_opens_for_the_window_and_it_is_told_that_there_is_more() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    let page = office.done("add_care_tag", add(&resident, "A1"));
    assert_eq!(
        (&page["tags"], &page["has_restricted"]),
        (&json!([]), &json!(true))
    );
    let opened = office.done("open_restricted", open(&resident));
    assert_eq!(
        (codes(&opened), &opened["has_more"]),
        (vec!["A1"], &json!(false))
    );

    office.open(NOON, STAFF[2]);
    office.done("add_care_tag", add(&resident, "J1"));
    let opened = office.done("open_restricted", open(&resident));
    assert_eq!(
        (codes(&opened), &opened["has_more"]),
        (vec!["A1", "J1"], &json!(false))
    );

    office.open(EVENING, STAFF[0]);
    let opened = office.done("open_restricted", open(&resident));
    assert_eq!(
        (codes(&opened), &opened["has_more"]),
        (vec!["A1"], &json!(true))
    );
}

#[test]
fn a_tag_ends_with_its_last_day_and_the_hint_ends_with_it() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    office.open(NOON, STAFF[2]);
    office.done("add_care_tag", add(&resident, "M1"));
    office.done("add_care_tag", add(&resident, "F1"));
    let again = office.refused("add_care_tag", add(&resident, "M1"));
    assert_eq!(
        (again.reason.as_str(), again.field.as_deref()),
        ("tag_there", Some("code"))
    );
    let end = |to: &str| json!({ "person": resident, "code": "M1", "to": to });
    let refusal = office.refused("end_care_tag", end("2026-02-28"));
    assert_eq!(
        (refusal.reason.as_str(), refusal.field.as_deref()),
        ("wrong_day", Some("to"))
    );
    let page = office.done("end_care_tag", end("2026-11-23"));
    assert_eq!(
        page["visit_hint"],
        json!({ "every_days": 30, "in_pairs": false })
    );
    let opened = office.done("open_restricted", open(&resident));
    assert_eq!(codes(&opened), ["F1", "M1"]);
    assert_eq!(
        (&opened["tags"][0]["to"], &opened["tags"][1]["to"]),
        (&Value::Null, &json!("2026-11-23"))
    );
}

#[test]
fn a_plain_tag_shows_to_everybody_and_needs_no_key() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    let page = office.done("add_care_tag", add(&resident, "V1"));
    assert_eq!(page["tags"][0]["name"], "退役军人");
    assert_eq!(
        (&page["has_restricted"], &page["visit_hint"]),
        (&json!(false), &Value::Null)
    );
    let page = office.done(
        "end_care_tag",
        json!({ "person": resident, "code": "V1", "to": "2026-11-23" }),
    );
    assert_eq!(page["tags"], json!([]));
    let refusal = office.refused("open_restricted", open(&resident));
    assert_eq!(refusal.reason, "unknown_tag");
}

#[test]
fn what_was_typed_into_a_tag_is_refused_with_its_field_and_not_written() {
    let office = Office::at(MORNING);
    let resident = office.resident();
    for (field, value, reason) in [
        ("source", json!(""), "field_missing"),
        ("source", json!("长".repeat(2_001)), "too_long"),
        ("from", json!("2026-11-25"), "future"),
        ("code", json!("Z9"), "not_entitled_to_tag"),
        ("code", json!(""), "not_entitled_to_tag"),
        ("person", json!("0".repeat(32)), "unknown_record"),
        ("seen", json!({ "seq": 1 }), "stale"),
    ] {
        let mut input = add(&resident, "V1");
        input[field] = value;
        assert_eq!(
            office.refused("add_care_tag", input).reason,
            reason,
            "{field}"
        );
    }
    let page = office.done("resident", json!({ "id": resident }));
    assert_eq!(page["tags"], json!([]));
}
