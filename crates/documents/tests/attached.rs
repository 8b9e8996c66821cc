//! A file inside a page: others' tools find it, it lies there as it is, and only such a page is a PDF/A-3.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod sample;
mod tools;

use std::{fs, process::Command, sync::LazyLock};

use yichuang_documents::{
    Attachment, FontFolders, Press,
    paper::{CaseRecord, PaperBody, PauseLine, RecordLine, SignerLine},
};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(FontFolders::of_system()));

fn record(lines: u64) -> PaperBody {
    let line = |seq| RecordLine {
        seq,
        desk_time: "11-24 10:42:07".into(),
        hub_time: String::new(),
        who: "王丽，1号台".into(),
        what: "受理 到 12月8日 周二".into(),
        hash: "0123456789abcdef".into(),
        signature: "fedcba9876543210".into(),
    };
    PaperBody::CaseRecord(Box::new(CaseRecord {
        state: "办理中".into(),
        due: "11月24日 受理 → 12月8日（承诺 10 个工作日）".into(),
        pauses: vec![PauseLine {
            procedure: "公示".into(),
            from: sample::day(2026, 11, 25),
            until: None,
            days: 5,
        }],
        lines: (1..=lines).map(line).collect(),
        signers: vec![SignerLine {
            name: "王丽".into(),
            key: ["01234567"; 8].join(" "),
        }],
        community_id: ["89abcdef"; 8].join(" "),
        head_seq: lines,
        head_hash: ["01234567"; 8].join(" "),
        proof: "本页内附证明。".into(),
    }))
}

#[test]
fn a_file_inside_a_page_lies_there_as_it_is_with_the_line_for_its_seal() {
    let mut paper = sample::paper("QC", record(9));
    paper.copies = 1;
    // Packed already, as proofs are: a frame that is skipped, and an empty one.
    let file =
        b"\x5A\x2A\x4D\x18\x05\0\0\0YCZM1\x28\xB5\x2F\xFD\x24\x00\x01\x00\x00\x99\xe9\xd8\x51";
    let line = "yczm-seal:0000";
    let attached = Attachment { file, line };
    let pdf = PRESS.render_with(&paper, &attached).unwrap();
    let holds = |word: &[u8]| pdf.bytes().windows(word.len()).any(|part| part == word);
    assert!(holds(file), "the file lies in it as it is");
    assert!(holds(line.as_bytes()), "the line lies in it as it is");
    assert!(holds(b"<pdfaid:part>3</pdfaid:part>"));
    assert_eq!(pdf.pages(), 1, "a usual case takes one page");

    let folder = std::env::temp_dir().join(format!("yichuang-attached-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (page, taken_out) = (folder.join("page.pdf"), folder.join("proof.yczm"));
    fs::write(&page, pdf.bytes()).unwrap();
    let done = Command::new("pdfdetach")
        .args(["-save", "1", "-o"])
        .args([&taken_out, &page])
        .status()
        .unwrap_or_else(|error| panic!("pdfdetach: {error}; install poppler-utils"));
    assert!(done.success());
    assert_eq!(fs::read(&taken_out).unwrap(), file);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_page_without_a_file_stays_what_it_was() {
    let mut paper = sample::paper("QC", record(2));
    paper.copies = 1;
    let pdf = PRESS.render(&paper).unwrap();
    let part = b"<pdfaid:part>2</pdfaid:part>";
    assert!(pdf.bytes().windows(part.len()).any(|one| one == part));
    let text: String = tools::text(pdf.bytes()).split_whitespace().collect();
    for said in ["全程记录", "尚未恢复，共5个工作日不计入", "王丽的公钥"] {
        assert!(text.contains(said), "lacks {said}: {text}");
    }
}

#[test]
fn a_long_record_goes_on_with_its_head_repeated() {
    let mut paper = sample::paper("QC", record(60));
    paper.copies = 1;
    let pdf = PRESS.render(&paper).unwrap();
    let text: String = tools::text(pdf.bytes()).split_whitespace().collect();
    assert!(pdf.pages() > 1);
    assert!(text.matches("哈希/签名").count() > 1, "{text}");
}
