//! The record of a case (全程记录): one page that says what was done and seen, with the proof inside.
//!
//! The page is made from the proof and from nothing else, so that it cannot say more than the proof
//! holds. Proof in a PDF and not beside it: two files are parted by the first e-mail. Not as QR codes: a
//! case's proof is some kilobytes, a page of codes each holds three.

mod check;
mod story;

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_documents::{
    Attachment,
    paper::{CaseRecord, ItemName, Paper, PaperBody, PauseLine, SignerLine},
};
use yichuang_domain::{cases::case::Case, office::staff::Action, record::Id, refusal::Refusal};
use yichuang_store::{Checked, FileSeal, Head, StoreError, hex};

pub use check::check_proof;

use self::story::Story;
use super::{frame, save, unprintable, words as paper_words};
use crate::{
    answer::Stop,
    call::{Command, Draft},
    cases::look,
    error::DeskError,
    see::{View, access},
    words::{self, Language},
};

/// Saves the record of a case with its proof.
#[derive(Deserialize, TS)]
pub(crate) struct ProveCase {
    /// The case's number or id.
    pub case: String,
}

/// A record that was saved.
#[derive(Serialize, TS)]
pub(crate) struct ProvedCase {
    /// The file.
    pub path: String,
    /// Commits of the case, and looks at it.
    #[ts(type = "number")]
    pub commits: u64,
    /// The place of this desk's last commit.
    #[ts(type = "number")]
    pub head_seq: u64,
    /// Its hash.
    pub head_hash: String,
    /// What was done and how to check it, in a sentence.
    pub text: String,
}

impl Command for ProveCase {
    const NAME: &'static str = "prove_case";
    const ABOUT: &'static str =
        "Saves the record of a case (全程记录) as PDF with its proof inside, on record.";
    const ACTION: Action = Action::HandleCases;
    type Output = ProvedCase;

    /// The record is written first, then the file, as with every paper that is saved.
    fn decide(&self, view: &View<'_>) -> Result<Draft<ProvedCase>, Stop> {
        let (case, _record) = view.case(&self.case).map_err(|stop| match stop {
            Stop::Refused(refusal, None) => Stop::Refused(refusal, Some("case".to_owned())),
            other => other,
        })?;
        let made = make(&case, view)?;
        let number = format!("{}-全程记录", case.receipt.number);
        let change = access("export", json!({ "document": number }))?;
        let folder = view.options.export.clone();
        let language = view.language();
        let then = move |_view: &View<'_>| {
            let path = save::write(&folder, &number, &made.file).map_err(DeskError::from)?;
            let path = path.display().to_string();
            let text = language.pick(
                format!("全程记录已存为 {path}，证明在文件里面。在任何一台电脑上运行 yichuang check-proof 即可核验。"),
                format!("The record is saved as {path} with its proof inside. Check it on any PC with yichuang check-proof."),
            );
            Ok(ProvedCase {
                path,
                commits: made.commits,
                head_seq: made.head.seq,
                head_hash: hex(&made.head.hash),
                text,
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}

/// A record as it is written to a file.
struct Made {
    file: Vec<u8>,
    commits: u64,
    head: Head,
}

fn make(case: &Case, view: &View<'_>) -> Result<Made, Stop> {
    let parties = [
        case.receipt.applicant.person,
        case.receipt.concerning.person,
    ];
    let people: Vec<Id> = parties.into_iter().flatten().collect();
    let number = &case.receipt.number;
    let now = view.world.now();
    let proof = view.store.prove(case.id, number, &people, now)?;
    let checked = proof.check().map_err(|_broken| broken())?;
    // A record that does not hold must not be given out: the journal is to be looked at first.
    let head = checked.head.filter(|_head| checked.wrong() == 0);
    let head = head.ok_or(Refusal::UnknownRecord {
        kind: "proof".to_owned(),
    })?;
    let attached = view.store.seal_proof(&proof)?;
    let story = Story::of(&proof.record, &checked).ok_or_else(broken)?;
    let paper = page(&story, &checked, head, view)?;
    let attachment = Attachment {
        file: &attached,
        line: &FileSeal::empty(),
    };
    let pdf = view
        .press
        .render_with(&paper, &attachment)
        .map_err(unprintable)?;
    Ok(Made {
        file: view.store.seal_file(pdf.bytes().to_vec())?,
        commits: checked.commits,
        head,
    })
}

fn broken() -> Stop {
    Stop::from(StoreError::Form { what: "the proof" })
}

fn page(story: &Story, checked: &Checked, head: Head, view: &View<'_>) -> Result<Paper, Stop> {
    let community = frame::community_of(view)?;
    let receipt = &story.case.receipt;
    let body = PaperBody::CaseRecord(Box::new(CaseRecord {
        state: look::state_text(&story.case, Language::Zh),
        due: look::due_text(&story.case, Language::Zh),
        pauses: pauses(&story.case, view),
        lines: story.lines.clone(),
        signers: signers(story, checked),
        community_id: grouped(&checked.community),
        head_seq: head.seq,
        head_hash: grouped(&head.hash),
        proof: proof_text(checked),
    }));
    let now = crate::clock::local(view.world.now());
    let actor = view.session.actor.id;
    let number = receipt.number.clone();
    let mut paper = frame::blank(&number, body, now, actor, &community, view);
    paper.case_number = Some(number.clone());
    paper.item = Some(ItemName {
        code: receipt.item.code.as_str().to_owned(),
        name: receipt.item.name.zh.clone(),
    });
    paper.applicant.name.clone_from(&receipt.applicant.name);
    if !receipt.applicant.id_masked.is_empty() {
        paper.applicant.id_kind = paper_words::id_kind(&receipt.applicant.id_kind);
        let masked = &receipt.applicant.id_masked;
        paper.applicant.id_masked.clone_from(masked);
    }
    paper.qr = head_code("YC1R", &number, head);
    paper.copies = 1;
    Ok(paper)
}

/// What a QR code of a head says: which paper, the beginning of the device's id, the commit's place and
/// its whole hash. `yichuang verify --head` takes it as it is.
pub(crate) fn head_code(what: &str, of: &str, head: Head) -> String {
    let device: String = head.device.to_string().chars().take(8).collect();
    format!("{what}:{of}:{device}.{}:{}", head.seq, hex(&head.hash))
}

fn pauses(case: &Case, view: &View<'_>) -> Vec<PauseLine> {
    let today = view.today();
    let line = |pause: &yichuang_domain::cases::case::PausedFor| {
        let until = pause.until.unwrap_or(today);
        let days = pause.from.iter_days().take_while(|day| *day < until);
        let working = days.filter(|day| view.world.calendar.is_working(*day));
        PauseLine {
            procedure: words::procedure(pause.procedure, Language::Zh).to_owned(),
            from: pause.from,
            until: pause.until,
            days: u32::try_from(working.count()).unwrap_or(u32::MAX),
        }
    };
    case.pauses.iter().map(line).collect()
}

fn signers(story: &Story, checked: &Checked) -> Vec<SignerLine> {
    let by_desk = checked
        .proven
        .iter()
        .map(|one| (one.actor, one.head.device));
    let mut by_desk: Vec<(Id, Id)> = by_desk.collect();
    by_desk.sort_unstable();
    by_desk.dedup();
    let line = |at: (Id, Id)| {
        let (id, _desk) = at;
        let key = checked
            .keys
            .get(&at)
            .or_else(|| checked.keys.get(&(id, id)))?;
        Some(SignerLine {
            name: story.name(id),
            key: grouped(key),
        })
    };
    by_desk.into_iter().filter_map(line).collect()
}

fn proof_text(checked: &Checked) -> String {
    let gaps = match checked.gaps {
        0 => "中间没有缺口".to_owned(),
        gaps => format!("其中 {gaps} 处间隔太长，没有附上中间的链头"),
    };
    format!(
        "本页内附证明：{} 条记录的原文、签名和链头，{} 处链条相接，{gaps}。",
        checked.commits, checked.links
    )
}

/// Hexadecimal digits in groups of eight, so that eyes can compare them.
pub(crate) fn grouped(bytes: &[u8]) -> String {
    let groups: Vec<String> = bytes.chunks(4).map(hex).collect();
    groups.join(" ")
}
