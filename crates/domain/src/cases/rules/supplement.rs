//! The one-time notice (一次性补正告知) and what comes of it: all that is missing, told once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Context, counted, decide::require_entitled, names_of, remark, require_day, require_known,
    require_step, require_text, term_from,
};
use crate::{
    cases::{
        case::Case,
        event::{Brought, CaseEvent, Listed, Signer},
        item::{Material, Role},
        transition::{State, Step},
    },
    office::staff::{Action, may},
    refusal::Refusal,
};

/// The requirements not met, with what is on the counter now counted as here.
pub fn missing_now<'a>(case: &'a Case, brought: &[Brought]) -> Vec<&'a Material> {
    let mut here = case.codes_brought();
    here.extend(brought.iter().map(|one| one.material.clone()));
    case.item().required_missing(&here, case.receipt.situation)
}

/// The notice: what is wrong with each paper.
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
#[serde(default)]
pub struct RequestSupplement {
    /// All that is missing or wrong.
    pub listed: Vec<Listed>,
    /// Why a second notice must go out (supervisors only).
    pub override_reason: String,
}

/// Gives the one-time notice.
///
/// # Errors
///
/// Refuses a notice with nothing on it, one that leaves something out, and a second one unless a
/// supervisor gives a reason (Administrative Licensing Law, art. 32).
pub fn request_supplement(
    case: &Case,
    input: RequestSupplement,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    let override_reason = override_of(case, &input.override_reason, context)?;
    let missing = missing_now(case, &[]);
    if input.listed.is_empty() && missing.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    let named: BTreeSet<&String> = input
        .listed
        .iter()
        .filter_map(|line| line.material.as_ref())
        .collect();
    if let Some(stranger) = named
        .iter()
        .find(|code| case.item().material(code).is_none())
    {
        return Err(Refusal::UnknownMaterial {
            code: (*stranger).clone(),
        });
    }
    // A group of which one is enough is named when any of its members is.
    let is_named = |lacking: &&Material| {
        let enough = case.item().alternatives(lacking, case.receipt.situation);
        enough.iter().any(|one| named.contains(&one.code))
    };
    let unnamed: Vec<&Material> = missing
        .into_iter()
        .filter(|lacking| !is_named(lacking))
        .collect();
    if !unnamed.is_empty() {
        return Err(Refusal::NoticeIncomplete {
            missing: names_of(case, &unnamed),
        });
    }
    let mut listed = input.listed;
    for line in &mut listed {
        let asked = line
            .material
            .as_deref()
            .filter(|_code| line.name.is_empty());
        if let Some(material) = asked.and_then(|code| case.item().material(code)) {
            line.name = case.item().requirement(material, case.receipt.situation).zh;
        }
        line.name = require_text("name", &line.name)?;
    }
    Ok(CaseEvent::RequestSupplement {
        on: context.today,
        listed,
        last_day: counted(context.today, context.settings.supplement_days, context)?,
        override_reason,
    })
}

/// One notice a case: while it is in force, only a supervisor gives another, with a reason. The
/// department's own notice is not ours to replace.
fn override_of(
    case: &Case,
    reason: &str,
    context: &Context<'_>,
) -> Result<Option<String>, Refusal> {
    require_step(case, Step::RequestSupplement)?;
    if case.state == State::Received {
        return Ok(None);
    }
    if case.supplement_is_departments {
        return Err(Refusal::WrongState {
            is: case.state,
            step: Step::RequestSupplement,
        });
    }
    may(context.actor, Action::OverrideNotice).map_err(|_not_permitted| Refusal::SecondNotice)?;
    let reason = remark("override_reason", reason)?;
    if reason.is_empty() {
        return Err(Refusal::SecondNotice);
    }
    Ok(Some(reason))
}

/// What the applicant brought after the notice, or of what a deferral left owing.
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
#[serde(default)]
pub struct Supply {
    /// What came.
    pub brought: Vec<Brought>,
    /// What came of the department's own lines, by their names.
    pub others: Vec<String>,
    /// The day it came, when entered late.
    pub on: Option<NaiveDate>,
    /// Who brings it; an agent needs a proxy that still holds.
    #[ts(optional)]
    pub by: Option<Signer>,
}

/// Takes what the applicant brings. The last listed paper accepts the case, on the day it came.
///
/// # Errors
///
/// Refuses an empty hand, papers that nobody asked for, and an agent whose proxy has run out.
pub fn supply(case: &Case, input: Supply, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Supply)?;
    if case.state != State::Supplement && case.owed.is_empty() {
        return Err(Refusal::WrongState {
            is: case.state,
            step: Step::Supply,
        });
    }
    if input.brought.is_empty() && input.others.is_empty() {
        return Err(Refusal::NothingReceived);
    }
    if let Some(signer) = input.by {
        require_entitled(case, signer, context)?;
    }
    let asked = |step| {
        matches!(
            step,
            Step::RequestSupplement
                | Step::DepartmentSupplement
                | Step::AcceptDeferred
                | Step::Receive
        )
    };
    let on = require_day(input.on, case.last_day(asked), context)?;
    require_known(case.item(), &input.brought)?;
    require_listed(case, &input.others)?;
    let came = |line: &Listed| case.is_settled(line, &input.brought, &input.others);
    let is_last = case.state == State::Supplement && case.listed.iter().all(came);
    let term = if is_last && !case.supplement_is_departments {
        let expected = case.item().role == Role::Collects;
        Some(term_from(
            case.item(),
            on.max(case.receipt.counted_from),
            &[],
            None,
            expected,
            context,
        )?)
    } else {
        None
    };
    Ok(CaseEvent::Supply {
        on,
        brought: input.brought,
        others: input.others,
        term,
    })
}

/// Names stand for the lines the department added; a name that is on no line would be lost.
fn require_listed(case: &Case, others: &[String]) -> Result<(), Refusal> {
    let is_line = |name: &&String| case.listed.iter().any(|line| line.name == **name);
    match others.iter().find(|name| !is_line(name)) {
        Some(stranger) => Err(Refusal::UnknownMaterial {
            code: stranger.clone(),
        }),
        None => Ok(()),
    }
}

/// Ending a case whose supplement never came (逾期退件).
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
#[serde(default)]
pub struct Lapse {
    /// The call to the resident: when, who answered, what was said.
    pub call: String,
}

/// Returns a case whose last day passed.
///
/// # Errors
///
/// Refuses before the last day has passed, and without a call on record.
pub fn lapse(case: &Case, input: &Lapse, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Lapse)?;
    if let Some(last) = case.supplement_by.filter(|last| context.today <= *last) {
        return Err(Refusal::NotYet { last });
    }
    let call = require_text("call", &input.call).map_err(|refusal| match refusal {
        Refusal::FieldMissing { .. } => Refusal::CallMissing,
        other => other,
    })?;
    Ok(CaseEvent::Lapse {
        on: context.today,
        call,
    })
}
