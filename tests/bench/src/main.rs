//! `cargo xtask bench`: how fast, how large, and beside what. Writes a table; asserts nothing.
//!
//! Notices are measured by the desk's own bench, `notices`, which adds its rows: so that this one needs no
//! typesetter. Rivals run in the same process, on the same disk, over the same rows. What needs a fresh program
//! (unlock, rebuild, peak memory) runs in a child of this one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement prints what it saw and stops where it cannot go on"
)]

mod child;
mod commit;
mod community;
mod import;
mod machine;
mod people;
mod report;
mod scale;
mod search;
mod stats;

use std::path::PathBuf;

use report::Report;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Quick,
    Full,
}

impl Depth {
    /// One of two sizes.
    pub(crate) fn pick<T>(self, quick: T, full: T) -> T {
        match self {
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

/// Measures something and writes it down.
type Part = fn(Depth, &mut Report);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--child", task, data] => child::run(task, data.as_ref()),
        words => measure(words),
    }
}

fn measure(words: &[&str]) {
    let depth = if words.contains(&"--quick") {
        Depth::Quick
    } else {
        Depth::Full
    };
    let out = words.iter().position(|word| *word == "--out");
    let out = out.and_then(|at| words.get(at + 1)).map(PathBuf::from);
    let only = words.iter().position(|word| *word == "--only");
    let only = only.and_then(|at| words.get(at + 1)).copied();
    let parts: [(&str, Part); 4] = [
        ("commit", commit::measure),
        ("import", import::measure),
        ("search", search::measure),
        ("scale", scale::measure),
    ];
    let mut report = Report::new(depth);
    for (name, part) in parts {
        if only.is_none_or(|only| only == name) {
            eprintln!("== {name}");
            part(depth, &mut report);
        }
    }
    let text = report.text();
    println!("{text}");
    if let Some(out) = out {
        std::fs::write(out, text).expect("the report");
    }
}
