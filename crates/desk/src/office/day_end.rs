//! The day's end on paper (日终单): what was done, and the head of the chain as a QR code. Whoever
//! changes the journal later, with every key, still has this sheet against them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_documents::paper::{CountLine, DayEnd, PaperBody};
use yichuang_domain::{
    cases::{item::Role, transition::Step},
    office::staff::Action,
    record::{Change, Entry, Kind},
    refusal::Refusal,
};

use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft},
    clock::{Clock, local},
    error::DeskError,
    papers::{frame, record, render, save},
    see::{View, access},
    words::{self, Language},
};

/// Saves the day-end sheet.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct DayEndSheet {
    /// Which day; today where absent.
    pub day: Option<NaiveDate>,
}

/// A sheet that was saved.
#[derive(Serialize, TS)]
pub(crate) struct DayEndView {
    /// The file.
    pub path: String,
    /// The day.
    pub day: NaiveDate,
    /// Commits of the day.
    #[ts(type = "number")]
    pub commits: u64,
    /// The place of the last one.
    #[ts(type = "number")]
    pub head_seq: u64,
    /// Its hash: `verify` takes it.
    pub head_hash: String,
    /// What was done, in a sentence.
    pub text: String,
}

impl Command for DayEndSheet {
    const NAME: &'static str = "day_end";
    const ABOUT: &'static str =
        "Saves the day-end sheet (日终单): the day's counts and the head of the chain.";
    const ACTION: Action = Action::HandleCases;
    type Output = DayEndView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<DayEndView>, Stop> {
        let day = self.day.unwrap_or_else(|| view.today());
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let chain = view.store.day_of_chain(midnight(day), midnight(next))?;
        let head = chain.head.ok_or(Refusal::UnknownRecord {
            kind: "day".to_owned(),
        });
        let head = head.at("day")?;
        let station = view.session.station.station();
        let number = format!("日终单-{day}-{station}");
        let body = PaperBody::DayEnd(DayEnd {
            day,
            station: format!("{station}号台"),
            counts: counts(&chain.entries),
            commits: chain.commits,
            head_seq: head.seq,
            head_hash: record::grouped(&head.hash),
            community_id: record::grouped(&view.store.community_id()?),
            countersigned_by: ["A角", "B角", "负责人", "日期"].map(str::to_owned).to_vec(),
        });
        let community = frame::community_of(view)?;
        let now = local(view.world.now());
        let actor = view.session.actor.id;
        let mut paper = frame::blank(&number, body, now, actor, &community, view);
        paper.qr = record::head_code("YC1H", &day.to_string(), head);
        paper.copies = 1;
        let pdf = render(&paper, view)?;
        let change = access("export", json!({ "document": number }))?;
        let folder = view.options.export.clone();
        let language = view.language();
        let commits = chain.commits;
        let then = move |_view: &View<'_>| {
            let path = save::write(&folder, &number, pdf.bytes()).map_err(DeskError::from)?;
            let path = path.display().to_string();
            let text = language.pick(
                format!("日终单已存为 {path}。请打印、核对、签名、存档。"),
                format!(
                    "The day-end sheet is saved as {path}. Print it, compare, sign and file it."
                ),
            );
            Ok(DayEndView {
                path,
                day,
                commits,
                head_seq: head.seq,
                head_hash: yichuang_store::hex(&head.hash),
                text,
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}

/// The first moment of a day, milliseconds.
fn midnight(day: NaiveDate) -> i64 {
    Clock::starting_at(day.and_time(NaiveTime::MIN)).now_ms()
}

/// What the changes of a day were, in the order of the words.
fn counts(entries: &[Entry]) -> Vec<CountLine> {
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for entry in entries {
        *counts.entry(label(&entry.change)).or_default() += 1;
    }
    let mut lines: Vec<CountLine> = counts
        .into_iter()
        .map(|(label, count)| CountLine {
            label: label.to_owned(),
            count,
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.count));
    lines
}

fn label(change: &Change) -> &'static str {
    let kind = &change.record().kind;
    match change {
        Change::Void { .. } => "作废",
        Change::Event { event, .. } if event == "print" => "打印文书",
        Change::Event { event, .. } if *kind == Kind::CASE => Step::named(event)
            .map_or("其他", |step| {
                words::step(step, Role::Decides, Language::Zh)
            }),
        Change::Event { event, .. } if *kind == Kind::ACCESS => match event.as_str() {
            "reveal" => "查看完整号码",
            "export" => "导出",
            _ => "其他留痕",
        },
        Change::Set { .. } if *kind == Kind::PERSON => "居民登记、变更",
        Change::Set { .. } if *kind == Kind::ENQUIRY => "咨询引导",
        Change::Set { .. } if *kind == Kind::DUTY => "在岗交接",
        Change::Set { .. } | Change::Event { .. } => "其他",
    }
}
