//! A notice from the call to the PDF: laid out, its saving on record and on disk, the file on disk. Its
//! rows go to the end of the table that the store's bench wrote.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement prints what it saw and stops where it cannot go on"
)]

use std::{fs, io::Write, time::Instant};

use serde_json::{Value, json};
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, WindowKind, read_moment};
use yichuang_domain::{
    cases::{
        catalogue::Catalogue,
        item::{Kind, Role},
    },
    office::staff::{Corner, Role as StaffRole},
};
use yichuang_store::{Founding, KdfParams, NewStaff, Store};

const PASSWORD: &str = "plum-river-47-lantern";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|one| one == word);
    // Cargo adds it when it measures; running all tests does not wait for this.
    if !has("--bench") {
        return;
    }
    let rows = measure(if has("--quick") { 100 } else { 1_000 });
    print!("{rows}");
    let out = arguments.iter().position(|word| word == "--out");
    if let Some(out) = out.and_then(|at| arguments.get(at + 1)) {
        let mut table = fs::OpenOptions::new().append(true).open(out).unwrap();
        table.write_all(rows.as_bytes()).unwrap();
    }
}

fn measure(rounds: usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    let founding = Founding {
        community: "昆山市周市镇新茂东苑社区居民委员会".to_owned(),
        staff: vec![NewStaff {
            name: "王丽".to_owned(),
            role: StaffRole::Clerk,
            corner: Some(Corner::A),
            password: PASSWORD.to_owned(),
        }],
        station: 'A',
        time: Clock::starting_at(read_moment("2026-11-24T08:00").unwrap()).now_ms(),
        kdf: KdfParams::cheap_for_tests(),
    };
    let data = folder.path().join("data");
    let founded = Store::found(&data, &founding).unwrap();
    let desk = Desk::open(DeskOptions {
        data,
        export: folder.path().join("export"),
        clock: Clock::starting_at(read_moment("2026-11-24T10:42").unwrap()),
        fonts: None,
    })
    .unwrap();
    let person = founded.staff[0].to_string();
    done(
        &desk,
        "unlock",
        json!({ "person": person, "password": PASSWORD }),
    );
    // Of a different person each: the typesetter remembers what it set last.
    let notices: Vec<String> = (0..rounds).map(|place| accepted(&desk, place)).collect();
    let mut times = Vec::new();
    let mut early = 0;
    for (round, notice) in notices.iter().enumerate() {
        let began = Instant::now();
        let saved = done(&desk, "save_paper", json!({ "paper": notice }));
        times.push(began.elapsed().as_secs_f64() * 1e3);
        fs::remove_file(saved["path"].as_str().unwrap()).unwrap();
        if round == rounds / 10 {
            early = resident_mib();
        }
    }
    let first = times.remove(0);
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[times.len() * share / 100];
    format!(
        "\n| Notices | Ours | Wanted |\n| --- | --- | --- |\n\
         | from call to PDF on disk, p50 / p95 of {rounds} people's | {:.0} ms / {:.0} ms | p95 ≤ 50 ms |\n\
         | the first of a program | {first:.0} ms | |\n\
         | memory after {} and after {rounds} | {early} MiB, {} MiB | flat |\n",
        at(50),
        at(95),
        rounds / 10,
        resident_mib()
    )
}

/// The memory this program has resident, MiB.
fn resident_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    let kib = line.unwrap().split_whitespace().nth(1);
    kib.unwrap().parse::<u64>().unwrap() / 1024
}

/// The number of the acceptance notice of a case of a new resident.
fn accepted(desk: &Desk, place: usize) -> String {
    let number = id_number(place);
    let resident = done(
        desk,
        "register_resident",
        json!({ "name": name(place), "id_number": number }),
    );
    let item = Catalogue::builtin().items().iter().find(|one| {
        one.role == Role::Decides && one.kind == Kind::Promise && one.situations.is_empty()
    });
    let item = item.unwrap();
    let brought: Vec<Value> = item
        .asked_for(None)
        .filter(|one| one.required)
        .map(|one| json!({ "material": one.code, "pages": one.pages.unwrap_or(0) }))
        .collect();
    let intake = json!({
        "item": item.code.as_str(),
        "person": resident["id"],
        "identity": { "how": "last_four", "last_four": number.get(14..) },
        "brought": brought,
    });
    let case = done(
        desk,
        "take_in",
        json!({ "intake": intake, "decision": { "decision": "accept" } }),
    );
    let papers = case["papers"].as_array().unwrap();
    let notice = papers.iter().find(|paper| paper["code"] == "SL").unwrap();
    notice["number"].as_str().unwrap().to_owned()
}

/// Names of two and three characters, and now and then one that most fonts lack.
fn name(place: usize) -> String {
    const FAMILY: [&str; 8] = ["王", "李", "张", "顾", "欧阳", "陶", "𬭎", "许"];
    const GIVEN: [char; 11] = [
        '伟', '芳', '娜', '敏', '静', '磊', '洋', '艳', '𬭎', '杰', '涛',
    ];
    let given = |step: usize| GIVEN[place / step % GIVEN.len()];
    format!("{}{}{}", FAMILY[place % FAMILY.len()], given(1), given(11))
}

/// A number that was never given out: sequence 990 to 995.
fn id_number(place: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (year, month, day) = (1940 + place % 60, 1 + place / 60 % 12, 1 + place / 7 % 28);
    let digits = format!("320583{year}{month:02}{day:02}{}", 990 + place % 6);
    let weighed = digits.bytes().zip(WEIGHTS);
    let sum: usize = weighed
        .map(|(digit, weight)| usize::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", char::from(b"10X98765432"[sum % 11]))
}

fn done(desk: &Desk, call: &str, input: Value) -> Value {
    match desk.call(WindowKind::Clerk, call, input) {
        Answer::Done { value } => value,
        other => panic!("{call}: {other:?}"),
    }
}
