//! Stopping and stretching the clock: special procedures (特别程序) and the one extension (延期).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Context, require_step, require_text, term_from};
use crate::{
    cases::{
        case::Case,
        clock::Pause,
        event::{CaseEvent, Procedure, Term},
        transition::Step,
    },
    office::staff::{Action, Staff, may},
    refusal::Refusal,
};

/// Stopping the clock. The reason is one of a list, never free text.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct PauseFor {
    /// Which procedure.
    pub procedure: Procedure,
    /// How long it is expected to take: the applicant must be told.
    pub expected_days: u16,
}

/// Stops the clock for a special procedure.
///
/// # Errors
///
/// Refuses when the expected length is not given.
pub fn pause(case: &Case, input: &PauseFor, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Pause)?;
    if input.expected_days == 0 {
        return Err(Refusal::FieldMissing {
            field: "expected_days".to_owned(),
        });
    }
    Ok(CaseEvent::Pause {
        on: context.today,
        procedure: input.procedure,
        expected_days: input.expected_days,
    })
}

/// Letting the clock run on.
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
pub struct Resume {}

/// Lets the clock run on; today counts again.
///
/// # Errors
///
/// Refuses a case that is not paused.
pub fn resume(case: &Case, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Resume)?;
    let mut pauses = case.clock_pauses();
    if let Some(last) = pauses.last_mut() {
        last.to = Some(context.today.max(last.from));
    }
    let term = term_again(case, &pauses, case.clock_extension(), context)?;
    Ok(CaseEvent::Resume {
        on: context.today,
        term,
    })
}

/// Stretching the limit, once.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Extend {
    /// Why.
    pub reason: String,
    /// Who approved it: their name, or their id.
    pub approver: String,
    /// Working days added; the community's setting where absent.
    #[serde(default)]
    pub days: Option<u16>,
}

/// Stretches the limit once, with somebody else's approval, before the due day.
///
/// # Errors
///
/// Refuses a second time, after the due day, and an approver who is the clerk or no supervisor.
pub fn extend(
    case: &Case,
    input: &Extend,
    approver: &Staff,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Extend)?;
    if case.extension.is_some() {
        return Err(Refusal::AlreadyExtended);
    }
    if let Some(due) = case
        .term
        .as_ref()
        .map(|term| term.due)
        .filter(|due| context.today >= *due)
    {
        return Err(Refusal::PastDue { due });
    }
    if approver.id == context.actor.id || may(approver, Action::ApproveExtension).is_err() {
        return Err(Refusal::ApproverNotEntitled);
    }
    let days = input.days.unwrap_or(context.settings.extension_days);
    if days == 0 {
        return Err(Refusal::FieldMissing {
            field: "days".to_owned(),
        });
    }
    let mut extended = case.clone();
    extended.extension = Some(days);
    Ok(CaseEvent::Extend {
        on: context.today,
        approver: approver.id,
        approver_name: approver.name.clone(),
        reason: require_text("reason", &input.reason)?,
        days,
        term: term_again(
            case,
            &case.clock_pauses(),
            extended.clock_extension(),
            context,
        )?,
    })
}

fn term_again(
    case: &Case,
    pauses: &[Pause],
    extension: Option<super::Extension>,
    context: &Context<'_>,
) -> Result<Term, Refusal> {
    let (accepted, expected): (NaiveDate, bool) = match &case.term {
        Some(term) => (term.accepted, term.expected),
        None => (case.receipt.counted_from, true),
    };
    term_from(case.item(), accepted, pauses, extension, expected, context)
}
