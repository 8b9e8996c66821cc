//! How long a look at a large workbook takes, how long taking it in, and how much memory.
//!
//! `import_speed make FILE [HOMES]` writes a workbook, `import_speed run FILE` measures with it in a
//! folder of its own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    unreachable_pub,
    dead_code,
    reason = "a measurement, not part of the program"
)]

#[path = "../tests/workbook/mod.rs"]
mod workbook;

use std::{path::Path, time::Instant};

use serde_json::{Value, json};
use workbook::Size;
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, WindowKind};
use yichuang_domain::office::staff::Role;
use yichuang_store::{Founding, KdfParams, NewStaff, Store};

const PASSWORD: &str = "plum-river-47-lantern";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", file] => make(file, 65_000),
        ["make", file, homes] => make(file, homes.parse().unwrap()),
        ["run", file] => measure(file),
        _ => println!("import_speed make FILE [HOMES] | run FILE"),
    }
}

fn make(file: &str, homes: u32) {
    let size = Size {
        households: 0,
        registered: homes,
        migrant: 0,
        faults_percent: 5,
    };
    let made = workbook::make(Path::new(file), 1, size);
    println!("{} rows, {} people without a fault", made.rows, made.people);
}

fn measure(file: &str) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let founding = Founding {
        community: "新茂社区".to_owned(),
        staff: vec![NewStaff {
            name: "王丽".to_owned(),
            role: Role::Supervisor,
            corner: None,
            password: PASSWORD.to_owned(),
        }],
        station: 'A',
        time: Clock::System.now_ms(),
        kdf: KdfParams::cheap_for_tests(),
    };
    let person = Store::found(&data, &founding).unwrap().staff[0];
    let options = DeskOptions {
        export: data.join("export"),
        data,
        clock: Clock::System,
        fonts: None,
    };
    let desk = Desk::open(options).unwrap();
    let unlock = json!({ "person": person, "password": PASSWORD });
    timed("unlock, empty", &desk, "unlock", &unlock);
    let look = json!({ "paths": [file] });
    let seen = timed("dry run, empty register", &desk, "import_preview", &look);
    println!("  {}", counts(&seen));
    let start = Instant::now();
    while done(&desk, "run_import", &json!({}))["finished"] != true {}
    say("import", start);
    let seen = timed("dry run, again", &desk, "import_preview", &look);
    println!("  {}", counts(&seen));
    done(&desk, "lock", &json!({}));
    timed("unlock, full", &desk, "unlock", &unlock);
    timed(
        "list of all, first page",
        &desk,
        "list_register",
        &json!({ "list": "people" }),
    );
    let start = Instant::now();
    for text in ["张伟", "zhangw", "12-3-502", "wjg"] {
        done(&desk, "search", &json!({ "text": text }));
    }
    say("four searches", start);
}

fn counts(seen: &Value) -> String {
    let names = [
        "rows", "new", "same", "changed", "doubtful", "refused", "to_write",
    ];
    names
        .map(|name| format!("{name} {}", seen[name]))
        .join(", ")
}

fn timed(what: &str, desk: &Desk, call: &str, input: &Value) -> Value {
    let start = Instant::now();
    let value = done(desk, call, input);
    say(what, start);
    value
}

fn done(desk: &Desk, call: &str, input: &Value) -> Value {
    match desk.call(WindowKind::Clerk, call, input.clone()) {
        Answer::Done { value } => value,
        other => panic!("{call}: {other:?}"),
    }
}

fn say(what: &str, start: Instant) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    let peak = peak
        .and_then(|line| line.split_whitespace().nth(1))
        .unwrap_or("?");
    println!(
        "{what}: {:.2} s, of processor so far {:.2} s, peak {peak} kB",
        start.elapsed().as_secs_f64(),
        processor_seconds()
    );
}

/// Seconds of work of this process and of the workers that have ended: what a quiet machine takes.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_name, rest)| rest);
    let ticks: f64 = fields
        .split_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}
