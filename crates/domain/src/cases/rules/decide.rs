//! The end of a case: its outcome, its handing over, its place in the archive.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Context, counted, require_day, require_step, require_text};
use crate::{
    cases::{
        case::Case,
        event::{CaseEvent, DeliveryMethod, Outcome, Signer},
        party::AgentKind,
        transition::Step,
    },
    refusal::Refusal,
};

/// Deciding a case (办结).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Decide {
    /// 准予 or 不予.
    pub outcome: Outcome,
    /// The result's number, the department's where it decided.
    #[serde(default)]
    pub external_number: String,
    /// Why it was denied.
    #[serde(default)]
    pub reason: String,
    /// The day of the decision, when entered late.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// Decides a case.
///
/// # Errors
///
/// Refuses to approve while something is owed, to deny without a reason, and to call an ending a
/// decision.
pub fn decide(case: &Case, input: &Decide, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Decide)?;
    match input.outcome {
        Outcome::Approved if !case.owed.is_empty() => {
            let owed = case
                .owed
                .iter()
                .filter_map(|owed| case.item().material(&owed.material));
            let materials = owed.map(|one| one.name.zh.clone()).collect();
            return Err(Refusal::StillOwed { materials });
        }
        Outcome::Approved => {}
        Outcome::Denied => drop(require_text("reason", &input.reason)?),
        Outcome::Terminated => {
            return Err(Refusal::WrongState {
                is: case.state,
                step: Step::Terminate,
            });
        }
    }
    let on = require_day(input.on, case.last_day(|_any| true), context)?;
    Ok(CaseEvent::Decide {
        on,
        outcome: input.outcome,
        external_number: input.external_number.trim().to_owned(),
        reason: input.reason.trim().to_owned(),
        deliver_by: counted(on, context.settings.delivery_days, context)?,
    })
}

/// Handing over the result (送达).
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct Deliver {
    /// How.
    pub method: DeliveryMethod,
    /// To whom.
    pub recipient: Signer,
    /// 签收 noted, or the tracking number.
    pub proof: String,
}

/// Hands the result over, against a signature or a tracking number.
///
/// # Errors
///
/// Refuses anybody who is neither the applicant nor an agent with a valid proxy.
pub fn deliver(case: &Case, input: &Deliver, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Deliver)?;
    let name = require_entitled(case, input.recipient, context)?;
    Ok(CaseEvent::Deliver {
        on: context.today,
        method: input.method,
        recipient: input.recipient,
        name,
        proof: require_text("proof", &input.proof)?,
    })
}

/// The name of whoever signs, if they may.
pub(super) fn require_entitled(
    case: &Case,
    signer: Signer,
    context: &Context<'_>,
) -> Result<String, Refusal> {
    if signer == Signer::Applicant {
        return Ok(case.receipt.applicant.name.clone());
    }
    let agent = case.receipt.agent.as_ref().ok_or(Refusal::NotEntitled)?;
    match (agent.kind, agent.proxy_until) {
        (AgentKind::Proxy, Some(until)) if until < context.today => {
            Err(Refusal::ProxyExpired { until })
        }
        (AgentKind::Proxy | AgentKind::Kin, _) => Ok(agent.name.clone()),
    }
}

/// Filing a case away (归档).
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
pub struct Archive {}

/// Files a delivered case away.
///
/// # Errors
///
/// Refuses a case that is not delivered.
pub fn archive(case: &Case, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Archive)?;
    Ok(CaseEvent::Archive { on: context.today })
}
