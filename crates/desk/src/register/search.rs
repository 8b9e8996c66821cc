//! The one search box: people, households, items, cases, by anything one knows of them.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        case::Case,
        number::{CaseNumber, CasePrefix},
    },
    office::staff::Action,
    register::{address::parse_address, folding::fold_number, mask},
    search::Why,
};

use super::view::{HitKind, HitView, SearchView};
use crate::{
    answer::Stop,
    call::Query,
    cases::look,
    see::{Trace, View, access},
    words::Language,
    world::Offered,
};

/// Longer questions find nothing that shorter ones do not.
const LONGEST: usize = 64;
const ITEMS: usize = 8;
/// How many cases an end of a number names, and how far back: two years, the latest first.
const CASES: usize = 5;
const DAYS_BACK: usize = 731;
/// A passport has nine characters, every other document's number more.
const SHORTEST_NUMBER: usize = 8;

/// Finds people, items and cases.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct Search {
    /// What was typed.
    pub text: String,
    /// How many hits at most; 20 where absent.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Which kinds; all where absent.
    #[serde(default)]
    pub kinds: Option<Vec<HitKind>>,
}

impl Query for Search {
    const NAME: &'static str = "search";
    const ABOUT: &'static str = "Finds people by name, reading, ID number's end, telephone or door; items by name or reading; cases by number or its end.";
    const ACTION: Action = Action::ReadRegister;
    type Output = SearchView;

    fn answer(&self, view: &View<'_>) -> Result<SearchView, Stop> {
        let text = self.text();
        let limit = self.limit.unwrap_or(20).clamp(1, 200) as usize;
        let wants = |kind| self.wants(kind);
        let mut hits = Vec::new();
        if text.is_empty() {
            return Ok(SearchView { hits, total: 0 });
        }
        if wants(HitKind::Case) {
            hits.extend(case_hit(view, text)?);
        }
        let mut people = Vec::new();
        if wants(HitKind::Resident) {
            for hit in view.session.gathered.people().find(text, limit) {
                let Some((person, _record)) = view.store.person_record(hit.id)? else {
                    continue;
                };
                let born = person
                    .birth
                    .map_or_else(String::new, |birth| birth.format("%Y").to_string());
                let door = person
                    .address
                    .map_or_else(String::new, |address| address.short());
                people.push(HitView {
                    kind: HitKind::Resident,
                    id: person.id.to_string(),
                    title: person.name.clone(),
                    detail: [born, door]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" · "),
                    why: why(hit.why, view.language()).to_owned(),
                });
            }
        }
        let items = if parse_address(text).is_some() {
            Vec::new()
        } else {
            item_hits(view, text, wants)
        };
        // A word that names an item and nobody is about the item.
        hits.extend(people);
        // Four digits are the end of a document or telephone before they are the end of a case.
        if wants(HitKind::Case) && hits.iter().all(|hit| hit.kind != HitKind::Case) {
            hits.extend(cases_by_end(view, text)?);
        }
        hits.extend(items);
        let total = u32::try_from(hits.len()).unwrap_or(u32::MAX);
        hits.truncate(limit);
        Ok(SearchView { hits, total })
    }

    /// Looking somebody up by the full number of a document is an access to their data.
    fn traces(&self, view: &View<'_>) -> Result<Vec<Trace>, Stop> {
        let number = fold_number(self.text());
        if number.chars().count() < SHORTEST_NUMBER || !self.wants(HitKind::Resident) {
            return Ok(Vec::new());
        }
        let mut traces = Vec::new();
        for hit in view.session.gathered.people().find(&number, 2) {
            let found = view.store.person_record(hit.id)?;
            let is_theirs = found.is_some_and(|(person, _record)| {
                person.id_number.as_deref() == Some(number.as_str())
            });
            if is_theirs {
                traces.push(Trace {
                    about: hit.id,
                    access: access("search", json!({ "person": hit.id, "by": "id_number" }))?,
                });
            }
        }
        Ok(traces)
    }
}

impl Search {
    fn text(&self) -> &str {
        let end = self.text.char_indices().nth(LONGEST);
        let text = end.and_then(|(end, _character)| self.text.get(..end));
        text.unwrap_or(&self.text).trim()
    }

    fn wants(&self, kind: HitKind) -> bool {
        self.kinds
            .as_ref()
            .is_none_or(|kinds| kinds.contains(&kind))
    }
}

fn item_hits(view: &View<'_>, text: &str, wants: impl Fn(HitKind) -> bool) -> Vec<HitView> {
    let language = view.language();
    view.world
        .find_items(text, ITEMS)
        .into_iter()
        .filter_map(|offered| match offered {
            Offered::Item(item) if wants(HitKind::Item) => Some(HitView {
                kind: HitKind::Item,
                id: item.code.as_str().to_owned(),
                title: language.of(&item.name),
                detail: format!(
                    "{} · {}",
                    item.code.as_str(),
                    language.of(&item.handler.name)
                ),
                why: language.pick("事项", "item").to_owned(),
            }),
            Offered::Banned(banned) if wants(HitKind::Banned) => Some(HitView {
                kind: HitKind::Banned,
                id: banned.no.to_string(),
                title: language.of(&banned.name),
                detail: language.of(&banned.department),
                why: language.pick("不由社区出具", "not issued here").to_owned(),
            }),
            Offered::Item(_) | Offered::Banned(_) => None,
        })
        .collect()
}

fn case_hit(view: &View<'_>, text: &str) -> Result<Option<HitView>, Stop> {
    // A case number holds a date and a serial: shorter words cannot be one.
    if text.chars().count() < 10 || text.len() == 32 {
        return Ok(None);
    }
    let Some(id) = view.case_id(text)? else {
        return Ok(None);
    };
    let found = view.store.case_record(id)?;
    Ok(found.map(|(case, _record)| shown_case(&case, view)))
}

/// The latest cases whose number ends with this. Numbers are made and looked up, because they are kept blind.
fn cases_by_end(view: &View<'_>, text: &str) -> Result<Vec<HitView>, Stop> {
    let stations: BTreeSet<_> = view.session.stations.values().copied().collect();
    let stations: Vec<_> = stations.into_iter().collect();
    let days = view.today().iter_days().rev().take(DAYS_BACK);
    let mut hits = Vec::new();
    for number in CaseNumber::ending_with(text, CasePrefix::XINMAO, days, &stations) {
        let Some(id) = view.store.by_number(&number.to_string())? else {
            continue;
        };
        let found = view.store.case_record(id)?;
        hits.extend(found.map(|(case, _record)| shown_case(&case, view)));
        if hits.len() == CASES {
            break;
        }
    }
    Ok(hits)
}

fn shown_case(case: &Case, view: &View<'_>) -> HitView {
    let brief = look::brief(case, view);
    HitView {
        kind: HitKind::Case,
        id: case.receipt.number.clone(),
        title: brief.title,
        detail: format!(
            "{} · {} · {}",
            case.receipt.number, brief.name, brief.state_text
        ),
        why: view.language().pick("办件号", "case number").to_owned(),
    }
}

fn why(why: Why, language: Language) -> &'static str {
    let (zh, en) = match why {
        Why::Exact => ("完全一致", "exact"),
        Why::NameStart | Why::NameInside => ("姓名", "name"),
        Why::Reading => ("拼音", "reading"),
        Why::OtherReading => ("另一读音", "other reading"),
        Why::IdEnd => ("证件尾号", "ID number's end"),
        Why::PhoneEnd => ("电话尾号", "telephone's end"),
        Why::Place => ("门牌", "door"),
        Why::BirthDate => ("出生日期", "birth"),
    };
    language.pick(zh, en)
}

/// A name as a list shows it: masked while a resident is being served.
pub(crate) fn listed_name(name: &str, view: &View<'_>) -> String {
    if view.session.is_facing {
        mask::name(name)
    } else {
        name.to_owned()
    }
}
