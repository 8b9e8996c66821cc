//! What two people wrote differently, and steps that no longer fitted when desks met.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::case::Case,
    office::staff::Action,
    record::{Folded, Id, Kind},
};
use yichuang_store::Record;

use crate::{answer::Stop, call::Query, clock::local, see::View};

/// Fields whose values stay hidden until somebody opens the record: numbers are masked there, and sealed
/// facts are opened there.
const HIDDEN: [&str; 3] = ["id_number", "phones", "sealed_tags"];

/// Lists what waits for a person to compare it.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
pub(crate) struct Conflicts {}

/// What waits.
#[derive(Serialize, TS)]
pub(crate) struct ConflictsView {
    /// Fields with two values that nobody compared.
    pub fields: Vec<ConflictView>,
    /// Steps of cases that the state did not allow when they met.
    pub steps: Vec<StrandedStepView>,
}

/// A field with two values.
#[derive(Serialize, TS)]
pub(crate) struct ConflictView {
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub id: Id,
    /// The person's name or the case's number.
    pub label: String,
    /// The field.
    pub field: String,
    /// The values; the last is the one shown meanwhile.
    pub values: Vec<ConflictValueView>,
}

/// One of the values.
#[derive(Serialize, TS)]
pub(crate) struct ConflictValueView {
    /// The value, where the list may show it.
    #[ts(type = "unknown")]
    pub value: Option<serde_json::Value>,
    /// Who wrote it.
    pub by: String,
    /// The desk's letter.
    pub station: Option<String>,
    /// When, by that desk's clock.
    pub at: NaiveDateTime,
}

/// A step without effect.
#[derive(Serialize, TS)]
pub(crate) struct StrandedStepView {
    /// The case.
    pub case: Id,
    /// Its number.
    pub number: String,
    /// The step.
    pub step: String,
    /// Who did it.
    pub by: String,
    /// The desk's letter.
    pub station: Option<String>,
    /// When, by that desk's clock.
    pub at: NaiveDateTime,
}

impl Query for Conflicts {
    const NAME: &'static str = "conflicts";
    const ABOUT: &'static str = "What two desks wrote differently while apart.";
    const ACTION: Action = Action::ReadCases;
    type Output = ConflictsView;

    fn answer(&self, view: &View<'_>) -> Result<ConflictsView, Stop> {
        let mut found = ConflictsView {
            fields: Vec::new(),
            steps: Vec::new(),
        };
        for kind in [Kind::PERSON, Kind::HOUSEHOLD, Kind::CASE, Kind::ENQUIRY] {
            view.store.each_record(&kind, |record| {
                found.fields.extend(fields_of(view, &kind, &record));
                if kind == Kind::CASE {
                    found.steps.extend(steps_of(view, &record));
                }
            })?;
        }
        Ok(found)
    }
}

fn fields_of(view: &View<'_>, kind: &Kind, record: &Record) -> Vec<ConflictView> {
    let conflicts = record.folded.conflicts().into_iter();
    conflicts
        .map(|conflict| ConflictView {
            kind: kind.name().to_owned(),
            id: record.id,
            label: label_of(record.id, kind, &record.folded),
            values: conflict
                .heads
                .iter()
                .map(|head| ConflictValueView {
                    value: (!HIDDEN.contains(&conflict.field.as_str())).then(|| head.value.clone()),
                    by: view.staff_name(head.actor),
                    station: view.station_of(head.at.device),
                    at: local(head.time),
                })
                .collect(),
            field: conflict.field,
        })
        .collect()
}

fn label_of(id: Id, kind: &Kind, folded: &Folded) -> String {
    let label = if *kind == Kind::CASE {
        Case::of(id, folded).map(|case| case.receipt.number)
    } else {
        folded.get("name").or_else(|| folded.get("number"))
    };
    label.unwrap_or_default()
}

fn steps_of(view: &View<'_>, record: &Record) -> Vec<StrandedStepView> {
    let Some(case) = Case::of(record.id, &record.folded) else {
        return Vec::new();
    };
    let stranded = case
        .history
        .iter()
        .filter(|line| case.cards.contains(&line.at));
    stranded
        .map(|line| StrandedStepView {
            case: record.id,
            number: case.receipt.number.clone(),
            step: line.name.clone(),
            by: view.staff_name(line.actor),
            station: view.station_of(line.at.device),
            at: local(line.time),
        })
        .collect()
}
