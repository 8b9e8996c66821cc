//! Taking a case in (收件): item chosen, identity checked, something on the counter.

use super::{Context, require_known};
use crate::{
    cases::{
        event::{Brought, BroughtAs, CaseEvent, Listed, Mode, Receipt},
        item::Item,
        number::CaseNumber,
        party::{Agent, AgentKind, Concerning, ConcerningKind, Identity, IdentityHow, Party},
    },
    refusal::Refusal,
};

/// What is on the counter.
#[derive(Clone, Debug)]
pub struct Intake<'a> {
    /// The number this case gets.
    pub number: CaseNumber,
    /// The item, as it stands today.
    pub item: &'a Item,
    /// The catalogue's version.
    pub catalogue_version: &'a str,
    /// 办理对象.
    pub concerning: Concerning,
    /// 申请人.
    pub applicant: Party,
    /// 代办人.
    pub agent: Option<Agent>,
    /// How the identity was checked.
    pub identity: Option<Identity>,
    /// The situation (情形).
    pub situation: Option<u8>,
    /// Papers on the counter.
    pub brought: Vec<Brought>,
    /// Papers that will not do.
    pub problems: Vec<Listed>,
    /// What the applicant stated.
    pub statement: String,
    /// How the service is given.
    pub mode: Mode,
    /// 待录入.
    pub to_enter: bool,
    /// What the resident shows to pick up the result.
    pub pick_up_code: String,
}

/// The code of the applicant's identity card in every item that asks for it.
const IDENTITY_CARD: &str = "ID";

/// What is on the counter once the identity was checked by a document: the identity card has been
/// seen, nobody ticks it again.
pub fn with_identity_card(
    item: &Item,
    mut brought: Vec<Brought>,
    identity: Option<&Identity>,
) -> Vec<Brought> {
    let how = match identity.map(|identity| identity.how) {
        Some(IdentityHow::Card | IdentityHow::LastFour) => BroughtAs::Paper,
        Some(IdentityHow::ElectronicCertificate) => BroughtAs::ElectronicCertificate,
        Some(IdentityHow::KnownOrNone) | None => return brought,
    };
    let is_here = brought.iter().any(|one| one.material == IDENTITY_CARD);
    if !is_here && item.material(IDENTITY_CARD).is_some() {
        brought.push(Brought {
            material: IDENTITY_CARD.to_owned(),
            how,
            pages: 0,
        });
    }
    brought
}

/// Whether this item stands for the certificates a community must not issue: an enquiry with a
/// referral slip, never a case.
pub fn is_referral(item: &Item) -> bool {
    item.code.as_str() == REFERRAL_ITEM
}

const REFERRAL_ITEM: &str = "ZM006";

/// Takes a case in. The notice clock (5 working days) starts.
///
/// # Errors
///
/// Refuses without a checked identity or a reason for its absence, with nothing on the counter and
/// nothing stated, with an agent the item bars or whose proxy has run out, and the certificates a
/// community must not issue.
pub fn receive(intake: Intake<'_>, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    if is_referral(intake.item) {
        return Err(Refusal::BannedCertificate {
            name: intake.item.name.zh.clone(),
            department: intake.item.handler.name.zh.clone(),
        });
    }
    let identity = require_identity(intake.identity)?;
    require_agent(intake.item, intake.agent.as_ref(), context)?;
    require_known(intake.item, &intake.brought)?;
    let brought = with_identity_card(intake.item, intake.brought, Some(&identity));
    if brought.is_empty() && intake.statement.trim().is_empty() {
        return Err(Refusal::NothingReceived);
    }
    let deadline = context
        .calendar
        .notice_deadline(context.today, context.settings.notice_days)
        .map_err(|_refused| Refusal::CalendarEnds)?;
    Ok(CaseEvent::Receive(Box::new(Receipt {
        number: intake.number.to_string(),
        item: Box::new(intake.item.clone()),
        catalogue_version: intake.catalogue_version.to_owned(),
        concerning: concerning_of(intake.concerning, &intake.applicant),
        applicant: intake.applicant,
        agent: intake.agent,
        identity,
        situation: intake.situation,
        brought,
        problems: intake.problems,
        statement: intake.statement,
        mode: intake.mode,
        on: context.today,
        counted_from: deadline.counted_from,
        notice_by: deadline.last_day,
        to_enter: intake.to_enter,
        pick_up_code: intake.pick_up_code,
    })))
}

fn concerning_of(concerning: Concerning, applicant: &Party) -> Concerning {
    if concerning.kind == ConcerningKind::Applicant {
        return Concerning {
            kind: ConcerningKind::Applicant,
            name: applicant.name.clone(),
            person: applicant.person,
        };
    }
    concerning
}

fn require_identity(identity: Option<Identity>) -> Result<Identity, Refusal> {
    let identity = identity.ok_or(Refusal::IdentityMissing)?;
    if identity.how == IdentityHow::KnownOrNone && identity.reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(identity)
}

fn require_agent(item: &Item, agent: Option<&Agent>, context: &Context<'_>) -> Result<(), Refusal> {
    let Some(agent) = agent else { return Ok(()) };
    if !item.agent_allowed {
        return Err(Refusal::AgentNotAllowed);
    }
    if agent.name.trim().is_empty() {
        return Err(Refusal::FieldMissing {
            field: "agent_name".to_owned(),
        });
    }
    match (agent.kind, agent.proxy_until) {
        (AgentKind::Proxy, Some(until)) if until < context.today => {
            Err(Refusal::ProxyExpired { until })
        }
        (AgentKind::Proxy, None) => Err(Refusal::FieldMissing {
            field: "proxy_until".to_owned(),
        }),
        (AgentKind::Kin, _) if agent.relation.trim().is_empty() => Err(Refusal::FieldMissing {
            field: "relation".to_owned(),
        }),
        (AgentKind::Proxy | AgentKind::Kin, _) => Ok(()),
    }
}
