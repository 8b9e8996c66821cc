//! The record of a case that was really walked, its proof, and the day's end: read and checked as a
//! stranger would, with the file alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;

use std::{
    fs,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use yichuang_desk::{Answer, Language, check_proof};
use yichuang_domain::cases::item::{Item, Kind, Role};

use crate::office::{COMMUNITY, ID_NUMBER, Office, RESIDENT, STAFF, intake, item};

const MORNING: &str = "2026-11-24T10:42";

fn our_own() -> &'static Item {
    item(|one| one.role == Role::Decides && one.kind == Kind::Promise && one.situations.is_empty())
}

/// A case that was taken in, paused, resumed and decided, by two people, with looks at it.
fn walked() -> (Office, String) {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = office.done(
        "take_in",
        json!({ "intake": intake(our_own(), &person, &[]), "decision": { "decision": "accept" } }),
    );
    let case = case["number"].as_str().unwrap().to_owned();
    let of_case = |more: Value| {
        let mut input = more;
        input["case"] = json!(case);
        input
    };
    office.done(
        "pause_case",
        of_case(json!({ "procedure": "publicity", "expected_days": 5 })),
    );
    let reveal = json!({ "person": person, "field": "id_number", "reason": "核对原件" });
    office.done("reveal", reveal);
    // Other work between.
    office.done("set_duty", json!({ "holds": "both" }));
    office.open("2026-12-01T09:00", STAFF[1]);
    office.done("resume_case", of_case(json!({})));
    let papers = office.done("case", json!({ "number": case }));
    let notice = papers["papers"][0]["number"].as_str().unwrap().to_owned();
    office.done("save_paper", json!({ "paper": notice }));
    office.done("decide_case", of_case(json!({ "outcome": "approved" })));
    (office, case)
}

fn proved(office: &Office, case: &str) -> Vec<u8> {
    let saved = office.done("prove_case", json!({ "case": case }));
    fs::read(saved["path"].as_str().unwrap()).unwrap()
}

fn text_of(pdf: &[u8]) -> String {
    use std::io::Write;
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("pdftotext: {error}; install poppler-utils"));
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect()
}

#[test]
fn the_record_says_who_did_and_saw_what_and_holds_on_another_machine() {
    let (office, case) = walked();
    let pdf = proved(&office, &case);
    if let Ok(folder) = std::env::var("YICHUANG_KEEP_PAPERS") {
        fs::write(format!("{folder}/record.pdf"), &pdf).unwrap();
    }
    let text = text_of(&pdf);
    for said in [
        "全程记录",
        case.as_str(),
        COMMUNITY,
        RESIDENT,
        "320583********9911",
        "王丽，1号台",
        "李强，1号台",
        "查看完整证件号：核对原件",
        "公示",
        "11-2410:42",
        "总库：—",
        "停表",
        "2026年12月1日恢复",
        "社区编号",
        "王丽的公钥",
        "李强的公钥",
        "yichuangcheck-proof",
        "第1页/共1页",
    ] {
        assert!(text.contains(said), "lacks {said}: {text}");
    }
    assert!(!text.contains(ID_NUMBER), "shows a full number");

    // Nothing but the file from here on.
    drop(office);
    let Answer::Done { value } = check_proof(&pdf, Language::Zh) else {
        panic!("{:?}", check_proof(&pdf, Language::Zh))
    };
    assert_eq!(value["case"], json!(case));
    assert_eq!(value["gaps"], 0);
    assert_eq!(value["page_holds"], true);
    // Taken in with its decision, paused, looked at, resumed, saved, decided.
    assert_eq!(value["commits"], 6, "{value:#}");
    let wrong = ["broken_links", "changed", "unsigned", "foreign"];
    assert!(wrong.iter().all(|name| value[*name] == 0));
    assert!(value["text"].as_str().unwrap().starts_with("证明有效"));
    let record = value["record"].to_string();
    assert!(record.contains("查看完整证件号：核对原件"), "{record}");
}

#[test]
fn any_byte_of_a_record_changed_and_it_does_not_hold() {
    let (office, case) = walked();
    let pdf = proved(&office, &case);
    let mut step = 0;
    let count: usize =
        std::env::var("YICHUANG_TAMPERINGS").map_or(200, |text| text.parse().unwrap());
    for number in 0..count {
        // A prime apart, so that every part of the file has its turn.
        step = (step + 7_919 + number) % pdf.len();
        let mut changed = pdf.clone();
        match number % 4 {
            0 => changed[step] ^= 1 << (number / 4 % 8),
            1 => changed.truncate(step),
            2 => drop(changed.remove(step)),
            _ => changed.insert(step, b'0'),
        }
        let answer = check_proof(&changed, Language::Zh);
        assert!(
            matches!(answer, Answer::Refused { .. }),
            "{number} at {step}: {answer:?}"
        );
    }
}

#[test]
fn a_page_with_anothers_proof_inside_does_not_hold() {
    let (office, case) = walked();
    let page = proved(&office, &case);
    let (elsewhere, other) = walked();
    let foreign = proved(&elsewhere, &other);
    let proof = |pdf: &[u8]| {
        let at = pdf
            .windows(5)
            .position(|window| window == b"YCZM1")
            .unwrap()
            - 8;
        let end = pdf[at..]
            .windows(9)
            .position(|window| window == b"endstream")
            .unwrap();
        (at, at + end)
    };
    let ((from, to), (from_other, to_other)) = (proof(&page), proof(&foreign));
    let mixed = [&page[..from], &foreign[from_other..to_other], &page[to..]].concat();
    assert!(matches!(
        check_proof(&mixed, Language::Zh),
        Answer::Refused { .. }
    ));
    // The proof alone holds, without a page.
    let alone = check_proof(&page[from..to], Language::Zh);
    let Answer::Done { value } = alone else {
        panic!("{alone:?}")
    };
    assert_eq!(value["page_holds"], Value::Null);
}

#[test]
fn a_file_without_a_proof_is_refused_with_what_to_do() {
    for file in [&b""[..], b"%PDF-1.7 nothing in it", &[0; 4096]] {
        let Answer::Refused { refusal } = check_proof(file, Language::En) else {
            panic!("accepted")
        };
        assert_eq!(refusal.reason, "proof_does_not_hold");
        assert!(refusal.text.contains("no proof"), "{}", refusal.text);
    }
}

#[test]
fn the_days_end_prints_a_head_that_verify_finds_again() {
    let (office, _case) = walked();
    let sheet = office.done("day_end", json!({}));
    let pdf = fs::read(sheet["path"].as_str().unwrap()).unwrap();
    if let Ok(folder) = std::env::var("YICHUANG_KEEP_PAPERS") {
        fs::write(format!("{folder}/day_end.pdf"), &pdf).unwrap();
    }
    let text = text_of(&pdf);
    for said in [
        "日终单",
        "2026年12月1日",
        "1号台",
        "当日链尾",
        "办结",
        "A角：",
        "B角：",
        "负责人：",
        "yichuangverify--head",
    ] {
        assert!(text.contains(said), "lacks {said}: {text}");
    }
    let hash = sheet["head_hash"].as_str().unwrap();
    assert!(text.contains(hash), "the whole hash stands on it");
    // Work goes on, and the printed head is still there.
    office.done("set_duty", json!({ "holds": "me" }));
    let found = office.done("verify", json!({ "head": hash }));
    assert_eq!(found["sound"], true, "{found}");
    assert_eq!(found["printed_seq"], sheet["head_seq"]);
    let scanned = format!("YC1H:2026-12-01:0123abcd.9:{hash}");
    assert_eq!(
        office.done("verify", json!({ "head": scanned }))["sound"],
        true
    );
    let other = office.done("verify", json!({ "head": "0".repeat(64) }));
    assert_eq!(other["sound"], false);
    assert_eq!(
        office
            .refused("verify", json!({ "head": "12" }))
            .field
            .as_deref(),
        Some("head")
    );
    // An earlier day has its own head.
    let first = office.done("day_end", json!({ "day": "2026-11-24" }));
    assert!(first["head_seq"].as_u64() < sheet["head_seq"].as_u64());
    assert_eq!(
        office
            .refused("day_end", json!({ "day": "2026-11-20" }))
            .field
            .as_deref(),
        Some("day")
    );
}
