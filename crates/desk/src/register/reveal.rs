//! Showing one field in full for thirty seconds, with a reason, on record.

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{cases::rules::remark, office::staff::Action, record::Id, refusal::Refusal};

use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft},
    see::{View, access},
};

/// How long what is shown in full stays.
pub(crate) const SECONDS: u32 = 30;

/// A field that can be shown in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RevealField {
    /// 证件号
    IdNumber,
    /// 电话
    Phone,
}

/// Shows one field in full.
#[derive(Deserialize, TS)]
pub(crate) struct Reveal {
    /// Whose.
    pub person: Id,
    /// Which.
    pub field: RevealField,
    /// Why.
    pub reason: String,
}

/// The full value, to be hidden again.
#[derive(Serialize, TS)]
pub(crate) struct RevealedView {
    /// The value.
    pub value: String,
    /// After how many seconds the screen hides it.
    pub seconds: u32,
}

impl Command for Reveal {
    const NAME: &'static str = "reveal";
    const ABOUT: &'static str = "Shows one field in full for 30 seconds, with a reason, on record.";
    const ACTION: Action = Action::Reveal;
    type Output = RevealedView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<RevealedView>, Stop> {
        let reason = remark("reason", &self.reason).at("reason")?;
        if reason.is_empty() {
            return Err(Stop::Refused(
                Refusal::ReasonMissing,
                Some("reason".to_owned()),
            ));
        }
        let (person, _record) = view.person(self.person)?;
        let value = match self.field {
            RevealField::IdNumber => person.id_number,
            RevealField::Phone => person.phones.first().cloned(),
        };
        let value = value.ok_or_else(|| Refusal::UnknownRecord {
            kind: "field".to_owned(),
        })?;
        let body = json!({ "person": self.person, "field": self.field, "reason": reason });
        let change = access("reveal", body)?;
        let then = move |_view: &View<'_>| {
            Ok(RevealedView {
                value,
                seconds: SECONDS,
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}
