//! What a fresh program does with a data folder. It prints what it saw as JSON.
//!
//! Unlocking does what the desk does until a clerk can work: password, journal, view, and gathering everybody
//! for the search and the open cases for the home page. Leaving does what the desk does when it is locked.

use std::{path::Path, time::Instant};

use serde_json::{Value, json};
use yichuang_store::Store;

use crate::{
    commit::commit,
    community::PASSWORD,
    machine::{cpu_ms, peak_mib},
    people::{Dice, person},
    stats::Times,
};

const QUERIES: [&str; 8] = [
    "z", "zs", "zhangs", "wang", "张", "9911", "12-3-502", "1540",
];

pub(crate) fn run(task: &str, data: &Path) {
    let seen = match task {
        "unlock" => unlock(data),
        "work" => work(data),
        "verify" => verify(data),
        "rebuild" => rebuild(data),
        other => panic!("no task {other}"),
    };
    println!("{seen}");
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn opened(data: &Path) -> Store {
    let mut store = Store::open(data).unwrap();
    let person = store.people()[0];
    store.unlock(person, PASSWORD).unwrap();
    store
}

fn unlock(data: &Path) -> Value {
    let whole = Instant::now();
    let mut store = opened(data);
    let unlock_ms = since(whole);
    let began = Instant::now();
    let mut gathered = store.gather().unwrap();
    let gather_ms = since(began);
    let (total_ms, cpu_ms, peak_mib) = (since(whole), cpu_ms(), peak_mib());
    let began = Instant::now();
    store.keep_gathered(&mut gathered).unwrap();
    let keep_ms = since(began);
    store.close().unwrap();
    json!({
        "total_ms": total_ms, "cpu_ms": cpu_ms, "unlock_ms": unlock_ms, "gather_ms": gather_ms, "keep_ms": keep_ms,
        "open": gathered.open_cases().count(), "people": gathered.people().len(), "peak_mib": peak_mib,
    })
}

fn work(data: &Path) -> Value {
    let mut store = opened(data);
    let gathered = store.gather().unwrap();
    let index = gathered.people();
    let clerk = store.people()[0];
    let (mut commits, mut searches) = (Times::default(), Times::default());
    let mut dice = Dice::new(4);
    for number in 0..300 {
        let one = person(900_000_000 + number, &mut dice);
        commits.take(|| commit(&mut store, clerk, &[one]));
    }
    for _round in 0..25 {
        for query in QUERIES {
            searches.take(|| std::hint::black_box(index.find(query, 20)));
        }
    }
    store.flush().unwrap();
    json!({
        "commit_p50": commits.at(50), "commit_p95": commits.at(95),
        "search_p50": searches.at(50), "search_p95": searches.at(95),
    })
}

fn verify(data: &Path) -> Value {
    let store = opened(data);
    let (began, cpu) = (Instant::now(), cpu_ms());
    let found = store.verify().unwrap();
    assert!(found.is_sound(), "{found:?}");
    json!({ "ms": since(began), "cpu_ms": cpu_ms() - cpu, "commits": found.commits, "peak_mib": peak_mib() })
}

fn rebuild(data: &Path) -> Value {
    let mut store = opened(data);
    let (began, cpu) = (Instant::now(), cpu_ms());
    store.rebuild(|_done| ()).unwrap();
    store.flush().unwrap();
    json!({ "ms": since(began), "cpu_ms": cpu_ms() - cpu, "peak_mib": peak_mib() })
}
