//! Between the window and the department (转办): what goes out, and what the department says.
//!
//! What a department says is entered with its own number. Our own network says nothing about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Context, require_day, require_step, require_text, term_from};
use crate::{
    cases::{
        case::Case,
        event::{CaseEvent, Listed, Problem},
        item::{Mode, Role},
        transition::Step,
    },
    refusal::Refusal,
};

/// Handing the papers to the department.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Forward {
    /// The signed list's or the batch's number.
    pub batch: String,
    /// The day it went, when entered late.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// Hands the papers to the department.
///
/// # Errors
///
/// Refuses items that the community decides itself, and a handing-over without a signed list.
pub fn forward(case: &Case, input: &Forward, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Forward)?;
    if case.item().handler.mode == Mode::Decides {
        return Err(Refusal::NotForwarded);
    }
    Ok(CaseEvent::Forward {
        on: require_day(input.on, case.last_day(|_any| true), context)?,
        department: case.item().handler.name.zh.clone(),
        batch: require_text("batch", &input.batch)?,
    })
}

/// The department sends a case back (退回).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct SendBack {
    /// Its reason.
    pub reason: String,
}

/// Notes that the department sent the case back: our mistake to mend.
///
/// # Errors
///
/// Refuses without the department's reason.
pub fn send_back(
    case: &Case,
    input: &SendBack,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::SendBack)?;
    let reason = require_text("reason", &input.reason)?;
    Ok(CaseEvent::SendBack {
        on: context.today,
        reason,
    })
}

/// The department accepts (部门受理): its clock starts.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct DepartmentAccept {
    /// The day it accepted.
    pub on: NaiveDate,
    /// Its number.
    pub external_number: String,
}

/// Notes the department's acceptance, from which its days count.
///
/// # Errors
///
/// Only where we collect; refuses a second acceptance, a day before it had the papers or to come,
/// and one without the department's number.
pub fn department_accept(
    case: &Case,
    input: &DepartmentAccept,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::DepartmentAccept)?;
    if case.item().role != Role::Collects {
        return Err(Refusal::WrongState {
            is: case.state,
            step: Step::DepartmentAccept,
        });
    }
    if case.department_number.is_some() {
        return Err(Refusal::DepartmentAcceptedAlready);
    }
    let sent = case.forwarded.as_ref().map(|(_department, sent)| *sent);
    let on = require_day(Some(input.on), sent, context)?;
    Ok(CaseEvent::DepartmentAccept {
        external_number: require_text("external_number", &input.external_number)?,
        term: term_from(
            case.item(),
            on,
            &case.clock_pauses(),
            case.clock_extension(),
            false,
            context,
        )?,
    })
}

/// The department's own supplement notice (部门要求补正).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct DepartmentSupplement {
    /// Its document number.
    pub external_number: String,
    /// Its full list.
    pub listed: Vec<Listed>,
    /// Its last day.
    pub last_day: NaiveDate,
}

/// Passes the department's notice on. It does not use up our own; it counts against us (告知不全)
/// when our checklist had what the department now misses.
///
/// # Errors
///
/// Refuses an empty list, a last day in the past, and one without the department's number.
pub fn department_supplement(
    case: &Case,
    input: DepartmentSupplement,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::DepartmentSupplement)?;
    if input.listed.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    if input.last_day < context.today {
        return Err(Refusal::WrongDay);
    }
    let ours = |line: &Listed| {
        let in_item = |code: &String| case.item().material(code).is_some();
        line.problem == Problem::Missing && line.material.as_ref().is_some_and(in_item)
    };
    let told_in_full = !input.listed.iter().any(ours);
    let mut listed = input.listed;
    for line in &mut listed {
        line.name = require_text("name", &line.name)?;
    }
    Ok(CaseEvent::DepartmentSupplement {
        on: context.today,
        external_number: require_text("external_number", &input.external_number)?,
        listed,
        last_day: input.last_day,
        told_in_full,
    })
}

/// The department refuses (部门不予受理).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct DepartmentRefuse {
    /// Its document number.
    pub external_number: String,
    /// Its reason.
    pub reason: String,
}

/// Notes the department's refusal; its notice is handed over with a proof of delivery.
///
/// # Errors
///
/// Refuses without the department's number and reason.
pub fn department_refuse(
    case: &Case,
    input: &DepartmentRefuse,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::DepartmentRefuse)?;
    Ok(CaseEvent::DepartmentRefuse {
        on: context.today,
        external_number: require_text("external_number", &input.external_number)?,
        reason: require_text("reason", &input.reason)?,
    })
}
