//! What a proof tells, in words: the case folded from the proof's own changes, and a line for
//! everything that was done or seen.

use std::collections::BTreeMap;

use yichuang_documents::paper::RecordLine;
use yichuang_domain::{
    cases::{
        case::{Case, Effect, HistoryLine},
        number::StationLetter,
    },
    record::{Change, Entry, Id, Kind, RecordKey, fold},
};
use yichuang_store::{Checked, hex};

use crate::{
    clock::local,
    words::{self, Language},
};

/// Digits of a hash or a signature on a page: enough to tell two apart.
const DIGITS: usize = 16;

/// What a proof tells.
pub(super) struct Story {
    pub(super) case: Case,
    pub(super) community: String,
    pub(super) lines: Vec<RecordLine>,
    names: BTreeMap<Id, String>,
    stations: BTreeMap<Id, StationLetter>,
}

impl Story {
    /// Nothing where the proof has no case in it.
    pub(super) fn of(record: &RecordKey, checked: &Checked) -> Option<Self> {
        let entries = checked.entries_of(record);
        let case = Case::of(record.id, &fold(&entries))?;
        let field = |entry: &Entry, name: &str| -> Option<String> {
            fold(std::slice::from_ref(entry)).get(name)
        };
        let mut story = Self {
            case,
            community: String::new(),
            lines: Vec::new(),
            names: BTreeMap::new(),
            stations: BTreeMap::new(),
        };
        for entry in &checked.entries {
            let of = entry.change.record();
            if of.kind == Kind::STAFF {
                story
                    .names
                    .extend(field(entry, "name").map(|name| (of.id, name)));
            } else if of.kind == Kind::DEVICE {
                let letter = field(entry, "station").and_then(|text| text.chars().next());
                let letter = letter.and_then(|one| StationLetter::new(one).ok());
                story.stations.extend(letter.map(|one| (of.id, one)));
            } else if of.kind == Kind::COMMUNITY {
                story.community = field(entry, "name").unwrap_or_default();
            }
        }
        let about = |entry: &&Entry| {
            let of = entry.change.record();
            of == record || of.kind == Kind::ACCESS
        };
        story.lines = checked
            .entries
            .iter()
            .filter(about)
            .map(|entry| story.line(entry, checked))
            .collect();
        Some(story)
    }

    /// A person's name, or that the machine did it.
    pub(super) fn name(&self, id: Id) -> String {
        let known = self.names.get(&id).cloned();
        known.unwrap_or_else(|| "本机".to_owned())
    }

    fn line(&self, entry: &Entry, checked: &Checked) -> RecordLine {
        let proven = checked
            .proven
            .iter()
            .find(|one| (one.head.device, one.head.seq) == (entry.at.device, entry.at.seq));
        let begin = |bytes: &[u8]| hex(bytes).chars().take(DIGITS).collect();
        let station = self.stations.get(&entry.at.device);
        let station =
            station.map_or_else(String::new, |letter| format!("，{}号台", letter.station()));
        RecordLine {
            seq: entry.at.seq,
            desk_time: clock(entry.time),
            hub_time: entry.received_at.map_or_else(String::new, clock),
            who: format!("{}{station}", self.name(entry.actor)),
            what: self.what(entry),
            hash: proven.map_or_else(String::new, |one| begin(&one.head.hash)),
            signature: proven.map_or_else(String::new, |one| begin(&one.signature)),
        }
    }

    fn what(&self, entry: &Entry) -> String {
        match &entry.change {
            Change::Event {
                record,
                event,
                body,
            } if record.kind == Kind::ACCESS => seen(event, body),
            Change::Void { reason, .. } => format!("作废前一步：{reason}"),
            Change::Set { .. } => "修改".to_owned(),
            Change::Event { event, .. } => {
                let line = self.case.history.iter().find(|line| line.at == entry.at);
                line.map_or_else(|| event.clone(), |line| happened(&self.case, line))
            }
        }
    }
}

fn happened(case: &Case, line: &HistoryLine) -> String {
    let text = match &line.event {
        Some(event) => words::happening(case, event, Language::Zh),
        None => line.name.clone(),
    };
    match &line.effect {
        Effect::Applied => text,
        Effect::Displaced(reason) => format!("{text}（已更正或作废：{reason}）"),
        Effect::NotAllowed => format!("{text}（当时状态不允许，没有生效）"),
        Effect::Repeated => format!("{text}（重复）"),
        Effect::Unknown => format!("{text}（本版本不认识）"),
    }
}

/// A look, as 留痕 keeps it.
fn seen(event: &str, body: &serde_json::Value) -> String {
    let word = |name: &str| {
        body.get(name)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
    };
    match event {
        "reveal" => {
            let field = match word("field") {
                "phone" => "电话",
                _ => "证件号",
            };
            format!("查看完整{field}：{}", word("reason"))
        }
        "export" => format!("导出 {}", word("document")),
        "print" => format!("打印 {}", word("document")),
        other => other.to_owned(),
    }
}

fn clock(ms: i64) -> String {
    local(ms).format("%m-%d %H:%M:%S").to_string()
}
