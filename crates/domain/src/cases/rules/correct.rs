//! Taking a step back: the same day by who did it (更正), later by a supervisor (作废).

use chrono::NaiveDate;

use super::{Context, require_step, require_text};
use crate::{
    cases::{
        case::{Case, Effect, HistoryLine},
        event::CaseEvent,
        transition::Step,
    },
    office::staff::{Action, may},
    record::{Change, Kind, RecordKey},
    refusal::Refusal,
};

/// Takes back the last step, on the day it was made, by the clerk who made it. The paper it gave out
/// is void by its number.
///
/// # Errors
///
/// Refuses when nothing is there to take back, when somebody else did it, and on a later day.
pub fn correct(
    case: &Case,
    reason: &str,
    day_of: impl Fn(i64) -> NaiveDate,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Correct)?;
    let last = last_step(case).ok_or(Refusal::NothingToCorrect)?;
    if last.actor != context.actor.id || day_of(last.time) != context.today {
        return Err(Refusal::CorrectionTooLate);
    }
    Ok(CaseEvent::Correct {
        of: last.at,
        reason: require_text("reason", reason)?,
    })
}

fn last_step(case: &Case) -> Option<&HistoryLine> {
    case.history.iter().rev().find(|line| {
        let step = line.event.as_ref().and_then(CaseEvent::step);
        line.effect == Effect::Applied && step.is_some_and(|step| step != Step::Correct)
    })
}

/// Takes the effect from a whole case, for a supervisor's reason. A new case keeps the receipt date.
///
/// # Errors
///
/// Refuses anybody but a supervisor, and a case that is void already.
pub fn void_case(case: &Case, reason: &str, context: &Context<'_>) -> Result<Change, Refusal> {
    may(context.actor, Action::Void)?;
    let receipt = case
        .history
        .iter()
        .find(|line| line.name == Step::Receive.name() && line.effect == Effect::Applied)
        .ok_or(Refusal::NothingToCorrect)?;
    Ok(Change::Void {
        record: RecordKey::new(Kind::CASE, case.id),
        of: receipt.at,
        reason: require_text("reason", reason)?,
    })
}
