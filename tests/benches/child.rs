//! What a fresh program does with a data folder. It prints what it saw as JSON.

use std::{path::Path, time::Instant};

use serde_json::{Value, json};
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, WindowKind};

use crate::{machine::peak_mib, stats::Times};

pub(crate) const PASSWORD: &str = "plum-river-47-lantern";

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

fn opened(data: &Path) -> Desk {
    Desk::open(DeskOptions {
        data: data.to_owned(),
        export: data.join("export"),
        clock: Clock::System,
        fonts: None,
    })
    .unwrap()
}

fn done(desk: &Desk, call: &str, input: Value) -> Value {
    match desk.call(WindowKind::Clerk, call, input) {
        Answer::Done { value } => value,
        other => panic!("{call}: {other:?}"),
    }
}

fn let_in(desk: &Desk) {
    done(
        desk,
        "unlock",
        json!({ "person": "王丽", "password": PASSWORD }),
    );
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn unlock(data: &Path) -> Value {
    let whole = Instant::now();
    let began = Instant::now();
    let desk = opened(data);
    let open_ms = since(began);
    let began = Instant::now();
    let_in(&desk);
    let unlock_ms = since(began);
    let began = Instant::now();
    done(&desk, "home", json!({}));
    let home_ms = since(began);
    let began = Instant::now();
    done(&desk, "search", json!({ "text": "zhangs" }));
    let search_ms = since(began);
    json!({
        "total_ms": since(whole), "open_ms": open_ms, "unlock_ms": unlock_ms,
        "home_ms": home_ms, "search_ms": search_ms, "peak_mib": peak_mib(),
    })
}

fn work(data: &Path) -> Value {
    let desk = opened(data);
    let_in(&desk);
    let (mut commits, mut searches) = (Times::default(), Times::default());
    for round in 0..200 {
        let name = format!("张{}", char::from_u32(0x4E00 + round * 7).unwrap());
        let phone = format!("154{:08}", 10_000_000 + round);
        let input = json!({ "name": name, "phone": phone });
        commits.take(|| done(&desk, "register_resident", input));
    }
    for _round in 0..25 {
        for query in QUERIES {
            searches.take(|| done(&desk, "search", json!({ "text": query })));
        }
    }
    desk.flush().unwrap();
    json!({
        "commit_p50": commits.at(50), "commit_p95": commits.at(95),
        "search_p50": searches.at(50), "search_p95": searches.at(95),
    })
}

fn verify(data: &Path) -> Value {
    let desk = opened(data);
    let_in(&desk);
    let began = Instant::now();
    let found = done(&desk, "verify", json!({}));
    assert_eq!(found["sound"], true, "{found}");
    json!({ "ms": since(began), "commits": found["commits"], "peak_mib": peak_mib() })
}

fn rebuild(data: &Path) -> Value {
    let desk = opened(data);
    let_in(&desk);
    let began = Instant::now();
    let answer = desk.rebuild(|_done| ());
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
    desk.flush().unwrap();
    json!({ "ms": since(began), "peak_mib": peak_mib() })
}
