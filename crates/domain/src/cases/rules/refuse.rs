//! Refusing, withdrawing and ending a case without an outcome.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Context, counted, require_step, require_text};
use crate::{
    cases::{
        case::Case,
        event::{CaseEvent, GoTo, RefusalGround, Signer, TerminationCause},
        item::Role,
        transition::Step,
    },
    refusal::Refusal,
};

/// Refusing an application (不予受理).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Refuse {
    /// The ground.
    pub ground: RefusalGround,
    /// In words, as printed.
    pub text: String,
    /// The law.
    #[serde(default)]
    pub basis: String,
    /// Where to go instead.
    pub go_to: GoTo,
}

/// Refuses an application, in writing, naming the right body.
///
/// # Errors
///
/// Refuses where only the department may refuse (give a referral slip), and without words or a body
/// to go to (Administrative Licensing Law, art. 32).
pub fn refuse(case: &Case, input: Refuse, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Refuse)?;
    if case.item().role == Role::Collects {
        return Err(Refusal::OnlyCollected);
    }
    Ok(CaseEvent::Refuse {
        on: context.today,
        ground: input.ground,
        text: require_text("text", &input.text)?,
        basis: input.basis.trim().to_owned(),
        go_to: GoTo {
            name: require_text("go_to", &input.go_to.name)?,
            ..input.go_to
        },
    })
}

/// Withdrawing an application (撤回).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Withdraw {
    /// Who signed the paper.
    pub signed_by: Signer,
    /// Why.
    pub reason: String,
}

/// Takes an application back for its applicant or an entitled agent, who signs.
///
/// # Errors
///
/// Refuses an agent without a valid proxy, and a withdrawal without a reason.
pub fn withdraw(
    case: &Case,
    input: &Withdraw,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Withdraw)?;
    super::decide::require_entitled(case, input.signed_by, context)?;
    Ok(CaseEvent::Withdraw {
        on: context.today,
        signed_by: input.signed_by,
        reason: require_text("reason", &input.reason)?,
    })
}

/// Ending a case without an outcome (终止).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Terminate {
    /// Why.
    pub cause: TerminationCause,
    /// In words.
    #[serde(default)]
    pub note: String,
}

/// Ends a case without an outcome.
///
/// # Errors
///
/// Refuses to blame a debt that is not overdue.
pub fn terminate(
    case: &Case,
    input: &Terminate,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Terminate)?;
    if input.cause == TerminationCause::OwedDatePassed {
        let last = case.owed.iter().map(|owed| owed.due).min();
        match last {
            None => return Err(Refusal::NothingMissing),
            Some(last) if context.today <= last => return Err(Refusal::NotYet { last }),
            Some(_) => {}
        }
    }
    Ok(CaseEvent::Terminate {
        on: context.today,
        cause: input.cause,
        note: input.note.trim().to_owned(),
        deliver_by: counted(context.today, context.settings.delivery_days, context)?,
    })
}
