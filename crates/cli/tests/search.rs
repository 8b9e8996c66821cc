//! The searches of the shared vectors, asked by call: everybody entered, everybody found, nobody else.

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

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use terminal::{Community, done};

#[test]
fn every_search_of_the_vectors_finds_whom_it_says() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../domain/tests/vectors.json")).unwrap();
    let rows = |name: &str| vectors[name].as_array().unwrap().clone();
    let (people, searches) = (rows("searchPersons"), rows("search"));
    let entered = people.iter().map(|one| {
        let input = json!({
            "name": one["name"], "id_number": one["idNo"],
            "phone": one["phone"], "address": one["addr"],
        });
        ("register_resident", input)
    });
    let asked = searches.iter().map(|one| {
        let input = json!({ "text": one["q"], "limit": 50, "kinds": ["resident"] });
        ("search", input)
    });
    let calls: Vec<(&str, Value)> = entered.chain(asked).collect();
    let community = Community::new();
    let answers = community.calls("王丽", &calls);
    let (entered, found) = answers.split_at(people.len());
    let known: BTreeMap<&str, &str> = entered
        .iter()
        .zip(&people)
        .map(|(answer, one)| (text(&done(answer)["id"]), text(&one["id"])))
        .collect();
    for (row, answer) in searches.iter().zip(found) {
        let hits = done(answer)["hits"].as_array().unwrap();
        let found: BTreeSet<&str> = hits.iter().map(|hit| known[text(&hit["id"])]).collect();
        let wanted: BTreeSet<&str> = row["match"].as_array().unwrap().iter().map(text).collect();
        assert_eq!(found, wanted, "{}", row["q"]);
        assert_eq!(hits.len(), wanted.len(), "{}: nobody twice", row["q"]);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
