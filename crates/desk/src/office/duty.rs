//! Who holds the window (在岗).

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action,
    record::{Change, Id, Kind, RecordKey},
};

use crate::{
    answer::Stop,
    call::{Command, Draft},
    see::View,
    window::view::Holds,
};

/// Notes who holds the window from now on.
#[derive(Deserialize, TS)]
pub(crate) struct SetDuty {
    /// Who.
    pub holds: Holds,
}

/// Who holds the window.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct DutyView {
    /// Seen from whoever set it.
    pub holds: Holds,
    /// Who set it.
    pub by: String,
    /// "A角 王丽 在岗".
    pub text: String,
}

const ON_DUTY: Id = Id::from_bytes(*b"on-duty-window--");

impl Command for SetDuty {
    const NAME: &'static str = "set_duty";
    const ABOUT: &'static str = "Notes who holds the window: me, pair or both.";
    const ACTION: Action = Action::SetDuty;
    type Output = Option<DutyView>;

    fn decide(&self, view: &View<'_>) -> Result<Draft<Self::Output>, Stop> {
        let fields = [
            ("holds".to_owned(), json!(self.holds)),
            ("by".to_owned(), json!(view.session.actor.id)),
            ("on".to_owned(), json!(view.today())),
        ]
        .into();
        let change = Change::Set {
            record: RecordKey::new(Kind::DUTY, ON_DUTY),
            fields,
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(duty),
        })
    }
}

/// Who holds the window today, if anybody said so.
pub(crate) fn duty(view: &View<'_>) -> Result<Option<DutyView>, Stop> {
    let Some(record) = view.store.record(&RecordKey::new(Kind::DUTY, ON_DUTY))? else {
        return Ok(None);
    };
    let is_today = record.folded.get::<chrono::NaiveDate>("on") == Some(view.today());
    let (Some(holds), Some(by), true) = (
        record.folded.get("holds"),
        record.folded.get::<Id>("by"),
        is_today,
    ) else {
        return Ok(None);
    };
    let at_window: Vec<String> = view
        .session
        .staff
        .iter()
        .filter(|one| one.corner.is_some())
        .filter(|one| match holds {
            Holds::Me => one.id == by,
            Holds::Pair => one.id != by,
            Holds::Both => true,
        })
        .map(|one| match one.corner {
            Some(corner) => format!("{corner:?}{} {}", view.language().pick("角", ""), one.name),
            None => one.name.clone(),
        })
        .collect();
    let at_window = view.language().list(&at_window);
    let text = view
        .language()
        .pick(format!("{at_window} 在岗"), format!("{at_window} on duty"));
    Ok(Some(DutyView {
        holds,
        by: view.staff_name(by),
        text,
    }))
}
