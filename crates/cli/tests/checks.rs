//! What scripts may ask without record and password: every example of the shared vectors that can be
//! asked, asked in one process.

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
use terminal::{done, feed, lines, reason, run, yichuang};

const TODAY: &str = "2026-11-24";

/// A call, and what is expected of its answer: these fields, or a refusal of one of these reasons.
type Example = (&'static str, Value, Result<Value, Vec<String>>);

fn vectors(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../domain/tests/vectors.json")).unwrap();
    let rows = all[name].as_array().unwrap().clone();
    assert!(!rows.is_empty(), "{name}");
    rows
}

/// Those fields of a row that have another name in the answer.
fn fields(row: &Value, names: &[(&str, &str)]) -> Value {
    let found = names
        .iter()
        .filter(|(ours, _)| !row[*ours].is_null())
        .map(|(ours, theirs)| ((*theirs).to_owned(), row[*ours].clone()));
    Value::Object(found.collect())
}

fn expected(row: &Value, names: &[(&str, &str)]) -> Result<Value, Vec<String>> {
    if row["ok"] == true {
        return Ok(fields(row, names));
    }
    // "FORMAT_OR_CHECK", ["DATE", "CHECK"]: either is right.
    let errors = match &row["error"] {
        Value::Array(errors) => errors.clone(),
        one => vec![one.clone()],
    };
    let named = errors
        .iter()
        .flat_map(|one| one.as_str().unwrap().split("_OR_"));
    Err(named.map(str::to_lowercase).collect())
}

/// `moResidencePermit` as it travels: `mo_residence_permit`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            snake.push('_');
        }
        was_small = letter.is_lowercase();
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for row in vectors("idNumber") {
        let names = [
            ("birth", "birth"),
            ("sex", "sex"),
            ("region", "region"),
            ("upgraded", "upgraded"),
        ];
        let input = json!({ "text": row["n"], "today": TODAY });
        let mut expected = expected(&row, &names);
        if let Ok(value) = &mut expected {
            value["kind"] = snake(row["type"].as_str().unwrap_or("resident")).into();
        }
        examples.push(("check_id", input, expected));
    }
    for row in vectors("uscc") {
        let input = json!({ "text": row["n"] });
        let names = [("normalised", "normal")];
        examples.push(("check_credit_code", input, expected(&row, &names)));
    }
    for row in vectors("phone") {
        let input = json!({ "text": row["n"] });
        let names = [("kind", "kind"), ("e164", "e164"), ("normalised", "normal")];
        examples.push(("check_phone", input, expected(&row, &names)));
    }
    for row in vectors("address") {
        let input = json!({ "text": row["t"] });
        let expected = if row["ok"] == true {
            json!({ "building": row["building"], "unit": row["unit"], "room": row["room"] })
        } else {
            Value::Null
        };
        examples.push(("parse_address", input, Ok(expected)));
    }
    for row in vectors("addWorkdays") {
        let input = json!({ "from": row["start"], "days": row["n"] });
        examples.push((
            "count_working_days",
            input,
            Ok(json!({ "date": row["result"] })),
        ));
    }
    for row in vectors("dueDate") {
        let input = json!({ "item": row["item"], "accepted": row["accepted"], "pauses": [] });
        let value = json!({
            "promised": row["promisedDue"], "legal": row["legalDue"], "due": row["due"],
        });
        examples.push(("due_date", input, Ok(value)));
    }
    for (name, call, field) in [
        ("maskId", "check_id", "list"),
        ("maskPhone", "check_phone", "masked"),
    ] {
        for row in vectors(name) {
            let input = json!({ "text": row["n"] });
            examples.push((call, input, Ok(json!({ "masked": row[field] }))));
        }
    }
    examples.extend(of_the_clock());
    examples
}

/// An item of the catalogue whose promise is so many working days and which no law binds earlier.
fn promising(days: u64) -> &'static str {
    match days {
        0 => "SB013",
        1 => "MZ008",
        10 => "MZ007",
        20 => "MZ001",
        5 => "YL003",
        other => panic!("no item for {other} days"),
    }
}

fn of_the_clock() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for name in ["pause", "light"] {
        for row in vectors(name) {
            let mut input = json!({
                "item": promising(row["promised"].as_u64().unwrap()),
                "accepted": row["accepted"],
                "pauses": row["pauses"],
            });
            let mut value = json!({ "promised": row["due"] });
            if name == "light" {
                input["today"] = row["today"].clone();
                value["light"] = row["light"].clone();
            }
            examples.push(("due_date", input, Ok(value)));
        }
    }
    examples
}

fn is_as_expected(answer: &Value, expected: &Result<Value, Vec<String>>) -> bool {
    match expected {
        Err(allowed) => {
            let found = reason(answer).to_owned();
            allowed.contains(&found) && answer["refusal"]["field"] == "text"
        }
        Ok(Value::Object(fields)) => {
            let value = done(answer);
            fields
                .iter()
                .all(|(field, wanted)| value.get(field) == Some(wanted))
        }
        Ok(whole) => done(answer) == whole,
    }
}

#[test]
fn every_example_of_the_vectors_is_answered_as_it_says_in_one_process_without_a_password() {
    let examples = examples();
    let calls: Vec<(&str, Value)> = examples
        .iter()
        .map(|(call, input, _expected)| (*call, input.clone()))
        .collect();
    let said = feed(yichuang(&["call", "-"]), lines(&calls));
    assert_eq!((said.code, said.lines.len()), (0, examples.len()));
    for ((call, input, expected), answer) in examples.iter().zip(&said.lines) {
        assert!(
            is_as_expected(answer, expected),
            "{call} {input}: {answer}, not {expected:?}"
        );
    }
    let refused = said.lines.iter().filter(|one| one["status"] == "refused");
    let refused: BTreeSet<&str> = refused.map(reason).collect();
    let all = ["check", "date", "format", "future", "length", "region"];
    assert!(refused.into_iter().eq(all), "every reason is met");
}

#[test]
fn the_promised_fields_are_there_under_their_names() {
    let calls = [
        (
            "check_id",
            json!({ "text": "320583198103079911" }),
            &["number", "kind", "birth", "sex", "region", "warnings"][..],
        ),
        (
            "check_credit_code",
            json!({ "text": "91350100M000100Y43" }),
            &["normal"],
        ),
        ("check_phone", json!({ "text": "15400001234" }), &["normal"]),
        (
            "parse_address",
            json!({ "text": "12-3-502" }),
            &["building", "unit", "room"],
        ),
        (
            "count_working_days",
            json!({ "from": TODAY, "days": 5 }),
            &["date"],
        ),
        (
            "due_date",
            json!({ "item": "MZ001", "accepted": TODAY, "pauses": [["2026-11-26", "2026-11-30"]] }),
            &["promised", "legal", "due", "light", "because"],
        ),
    ];
    for (call, input, fields) in calls {
        let said = run(&["call", call, &input.to_string()]);
        for field in fields {
            assert!(said.value().get(field).is_some(), "{call}: {field}");
        }
    }
}

#[test]
fn the_explanation_of_a_due_day_goes_day_by_day_and_skips_the_pause() {
    let input = json!({
        "item": "MZ001", "accepted": "2026-03-02", "pauses": [["2026-03-10", "2026-03-17"]],
    });
    let said = run(&["call", "due_date", &input.to_string()]);
    let because = said.value()["because"].as_array().unwrap();
    assert_eq!(because.first().unwrap()["date"], "2026-03-02");
    assert_eq!(because.last().unwrap()["date"], said.value()["due"]);
    assert_eq!(said.value()["due"], "2026-04-07");
    let paused = because.iter().filter(|day| day["why"]["is"] == "paused");
    assert_eq!(paused.count(), 7);
}

#[test]
fn a_year_without_a_holiday_notice_is_answered_and_called_provisional() {
    let counted = run(&[
        "call",
        "count_working_days",
        r#"{"from":"2027-01-04","days":20}"#,
    ]);
    assert_eq!(counted.value()["provisional"], true);
    let due = run(&[
        "call",
        "due_date",
        r#"{"item":"MZ001","accepted":"2026-12-20"}"#,
    ]);
    assert_eq!(due.value()["provisional"], true);
    assert_eq!(due.value()["due"], "2027-01-18");
    let known = run(&[
        "call",
        "count_working_days",
        r#"{"from":"2026-11-24","days":5}"#,
    ]);
    assert_eq!(known.value()["provisional"], false);
}

#[test]
fn what_cannot_be_counted_is_refused_and_the_field_named() {
    for (call, input, wanted, field) in [
        (
            "due_date",
            json!({ "item": "XX999", "accepted": TODAY }),
            "unknown_item",
            Some("item"),
        ),
        (
            "due_date",
            json!({ "item": "MZ001", "accepted": TODAY, "pauses": [["2026-12-02", "2026-12-01"]] }),
            "wrong_day",
            Some("pauses"),
        ),
        (
            "due_date",
            json!({ "item": "MZ001", "accepted": TODAY, "pauses": [["2026-12-02"]] }),
            "bad_input",
            Some("pauses[0]"),
        ),
        (
            "due_date",
            json!({ "item": "MZ001", "accepted": "2026-02-30" }),
            "bad_input",
            Some("accepted"),
        ),
        (
            "count_working_days",
            json!({ "from": TODAY, "days": 60_000 }),
            "calendar_ends",
            None,
        ),
        (
            "count_working_days",
            json!({ "from": TODAY, "days": -1 }),
            "bad_input",
            Some("days"),
        ),
        (
            "count_working_days",
            json!({ "from": TODAY, "days": 1.5 }),
            "bad_input",
            Some("days"),
        ),
        (
            "count_working_days",
            json!({ "from": TODAY }),
            "bad_input",
            Some("days"),
        ),
        ("check_id", json!({ "text": 5 }), "bad_input", Some("text")),
        (
            "check_id",
            json!({ "text": "", "today": TODAY }),
            "length",
            Some("text"),
        ),
    ] {
        let said = run(&["call", call, &input.to_string()]);
        assert_eq!(said.reason(), wanted, "{call} {input}");
        let found = said.only()["refusal"]["field"].as_str();
        assert_eq!(found, field, "{call} {input}");
    }
}

#[test]
fn numbers_typed_full_width_or_with_look_alikes_are_read_or_refused_never_guessed() {
    for (text, wanted) in [
        (
            "３２０５８３１９８１０３０７９９１１",
            Ok("320583198103079911"),
        ),
        (" 320583 19810307 9911 ", Ok("320583198103079911")),
        ("32058320120602992x", Ok("32058320120602992X")),
        ("32058320120602992Х", Err(())), // a Cyrillic letter
        ("3205831981O3079911", Err(())),
        ("320583198103079912", Err(())),
        ("320583198113079911", Err(())),
        ("320583203003079911", Err(())),
    ] {
        let said = run(&[
            "call",
            "check_id",
            &json!({ "text": text, "today": TODAY }).to_string(),
        ]);
        match wanted {
            Ok(number) => assert_eq!(said.value()["number"], number, "{text}"),
            Err(()) => {
                let found = said.reason();
                let allowed = ["length", "format", "check", "date", "future", "region"];
                assert!(allowed.contains(&found), "{text}: {found}");
            }
        }
    }
}
