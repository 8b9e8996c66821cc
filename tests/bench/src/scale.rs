//! A whole community: how commit, search, unlock and disk grow, how long the view takes to be made anew
//! and the journal to be checked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use serde_json::Value;

use crate::{Depth, community, report::Report, stats::ms};

struct Size {
    people: u32,
    cases: u32,
}

pub(crate) fn measure(depth: Depth, report: &mut Report) {
    let small = Size {
        people: 4_000,
        cases: 16_000,
    };
    let sizes = match depth {
        Depth::Quick => vec![
            Size {
                people: 1_000,
                cases: 4_000,
            },
            small,
        ],
        Depth::Full => vec![
            small,
            Size {
                people: 100_000,
                cases: 400_000,
            },
        ],
    };
    for size in sizes {
        of(&size, report);
    }
}

fn of(size: &Size, report: &mut Report) {
    let passing = tempfile::tempdir().unwrap();
    let folder = kept_folder().unwrap_or_else(|| passing.path().to_owned());
    let data = folder.join(format!("{}-{}", size.people, size.cases));
    let what = format!("{} people, {} cases", size.people, size.cases);
    let is_large = size.people >= 100_000;
    let wanted = |text: &'static str| if is_large { text } else { "" };
    if !data.exists() {
        let began = Instant::now();
        let commits = community::make(&data, size.people, size.cases);
        let took = began.elapsed().as_secs_f64();
        let written = format!("{commits} commits in {took:.0} s");
        report.row(&format!("{what}: written"), &written, "", "");
    }
    let mib = |part: &str| bytes_in(&data.join(part)) / 1024 / 1024;
    report.row(
        &format!("{what}: disk"),
        &format!("journal {} MiB, view {} MiB", mib("journal"), mib("view")),
        "",
        "",
    );
    let unlocked = child("unlock", &data);
    report.row(
        &format!("{what}: unlock to usable"),
        &format!(
            "{}, processor {} (password, journal and view {}, {} people and {} open cases {}), {} MiB",
            ms(number(&unlocked, "total_ms")),
            ms(number(&unlocked, "cpu_ms")),
            ms(number(&unlocked, "unlock_ms")),
            number(&unlocked, "people"),
            number(&unlocked, "open"),
            ms(number(&unlocked, "gather_ms")),
            number(&unlocked, "peak_mib"),
        ),
        "",
        wanted("≤ 1.5 s"),
    );
    let worked = child("work", &data);
    report.row(
        &format!("{what}: registering somebody, p50 / p95"),
        &format!(
            "{} / {}",
            ms(number(&worked, "commit_p50")),
            ms(number(&worked, "commit_p95"))
        ),
        "",
        "",
    );
    report.row(
        &format!("{what}: a search, p50 / p95"),
        &format!(
            "{} / {}",
            ms(number(&worked, "search_p50")),
            ms(number(&worked, "search_p95"))
        ),
        "",
        "",
    );
    let verified = child("verify", &data);
    let (took, commits) = (number(&verified, "ms"), number(&verified, "commits"));
    let cpu = number(&verified, "cpu_ms");
    report.row(
        &format!("{what}: verify of {commits} commits"),
        &format!(
            "{}, processor {}; a million: {}, processor {}; {} MiB",
            ms(took),
            ms(cpu),
            ms(took / commits * 1e6),
            ms(cpu / commits * 1e6),
            number(&verified, "peak_mib")
        ),
        "",
        "a million ≤ 90 s",
    );
    let rebuilt = child("rebuild", &data);
    report.row(
        &format!("{what}: the view made anew"),
        &format!(
            "{}, processor {}, peak {} MiB",
            ms(number(&rebuilt, "ms")),
            ms(number(&rebuilt, "cpu_ms")),
            number(&rebuilt, "peak_mib")
        ),
        "",
        wanted("≤ 45 s, ≤ 400 MiB"),
    );
}

/// Where communities stay from one measurement to the next, so that not each has to be written.
fn kept_folder() -> Option<PathBuf> {
    std::env::var_os("YICHUANG_BENCH_DATA").map(PathBuf::from)
}

fn child(task: &str, data: &Path) -> Value {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("--child")
        .arg(task)
        .arg(data)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{task}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap_or(f64::NAN)
}

fn bytes_in(folder: &Path) -> u64 {
    let mut sum = 0;
    for one in fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        sum += if path.is_dir() {
            bytes_in(&path)
        } else {
            fs::metadata(&path).unwrap().len()
        };
    }
    sum
}
