//! A notice from the call to the PDF: laid out, its saving on record and on disk, the file on disk.

use std::fs;

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

use crate::{
    Depth,
    machine::resident_mib,
    report::Report,
    stats::{Times, ms},
};

const PASSWORD: &str = "plum-river-47-lantern";

pub(crate) fn measure(depth: Depth, report: &mut Report) {
    let rounds = depth.pick(100, 1_000);
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
    let notice = accepted(&desk);
    let mut first = Times::default();
    let mut times = Times::default();
    let mut early = 0;
    for round in 0..rounds {
        let into = if round == 0 { &mut first } else { &mut times };
        let saved = into.take(|| done(&desk, "save_paper", json!({ "paper": notice })));
        fs::remove_file(saved["path"].as_str().unwrap()).unwrap();
        if round == rounds / 10 {
            early = resident_mib();
        }
    }
    report.row(
        &format!("notice, from call to PDF on disk, p50 / p95 of {rounds}"),
        &format!("{} / {}", ms(times.at(50)), ms(times.at(95))),
        "",
        "p95 ≤ 50 ms",
    );
    report.row("the first notice of a program", &ms(first.at(50)), "", "");
    report.row(
        &format!("memory after {} and after {rounds} notices", rounds / 10),
        &format!("{early} MiB, {} MiB", resident_mib()),
        "",
        "flat",
    );
}

/// The number of the acceptance notice of a case.
fn accepted(desk: &Desk) -> String {
    let resident = done(
        desk,
        "register_resident",
        json!({ "name": "王𬭎", "id_number": "320583198103079911" }),
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
        "identity": { "how": "last_four", "last_four": "9911" },
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

fn done(desk: &Desk, call: &str, input: Value) -> Value {
    match desk.call(WindowKind::Clerk, call, input) {
        Answer::Done { value } => value,
        other => panic!("{call}: {other:?}"),
    }
}
