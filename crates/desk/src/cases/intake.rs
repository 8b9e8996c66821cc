//! From what lies on the counter to the events it would make. The same road for the question and for
//! the deed, so that the screen never promises what the command refuses.

use yichuang_domain::{
    cases::{
        case::Case,
        event::CaseEvent,
        item::Item,
        party::{Agent, Identity, IdentityHow, Party},
        rules,
    },
    record::Id,
    refusal::Refusal,
    register::{identity::IdNumber, mask, person::Person, phone::Phone},
};

use super::{
    ask::find,
    view::{AgentInput, Decision, IdentityInput, Intake},
};
use crate::{
    answer::{AtField, Stop},
    checks::{id_refusal, phone_refusal},
    register::{compare::ends_with, name},
    see::View,
};

/// The events that taking this in and deciding so would make.
pub(crate) fn plan(
    intake: &Intake,
    decision: &Decision,
    id: Id,
    pick_up_code: &str,
    view: &View<'_>,
) -> Result<Vec<CaseEvent>, Stop> {
    let context = view.context();
    let item = find(&intake.item, view.world).at("item")?;
    if rules::is_referral(item) {
        return Err(banned_refusal(view).into());
    }
    let received = rules::receive(resolve(intake, item, pick_up_code, view)?, &context)?;
    let mut events = vec![received];
    let case = Case::if_done(id, &events, view.session.actor.id).ok_or(Refusal::UnknownCase)?;
    let second = match decision.clone() {
        Decision::Receive => None,
        Decision::Accept => Some(rules::accept(&case, Vec::new(), &context)?),
        Decision::RequestSupplement { listed } => {
            let input = rules::RequestSupplement {
                listed,
                ..Default::default()
            };
            Some(rules::request_supplement(&case, input, &context)?)
        }
        Decision::AcceptDeferred {
            owed,
            promise_signed,
        } => {
            let input = rules::AcceptDeferred {
                brought: Vec::new(),
                owed,
                promise_signed,
            };
            Some(rules::accept_deferred(&case, input, &context)?)
        }
        Decision::Refuse {
            ground,
            text,
            basis,
            go_to,
        } => Some(rules::refuse(
            &case,
            rules::Refuse {
                ground,
                text,
                basis,
                go_to,
            },
            &context,
        )?),
        Decision::DoAtOnce {
            external_number,
            result,
        } => {
            let input = rules::DoAtOnce {
                brought: Vec::new(),
                external_number,
                result,
            };
            Some(rules::do_at_once(&case, input, &context)?)
        }
    };
    events.extend(second);
    Ok(events)
}

fn banned_refusal(view: &View<'_>) -> Refusal {
    let language = view.language();
    Refusal::BannedCertificate {
        name: language.pick("此类证明", "This certificate").to_owned(),
        department: language
            .pick("对应部门", "the department for it")
            .to_owned(),
    }
}

fn resolve<'a>(
    intake: &Intake,
    item: &'a Item,
    pick_up_code: &str,
    view: &View<'a>,
) -> Result<rules::Intake<'a>, Stop> {
    let id = intake
        .person
        .ok_or_else(|| Refusal::FieldMissing {
            field: "person".to_owned(),
        })
        .at("person")?;
    let (person, _record) = view.person(id)?;
    let situation = intake.situation;
    if situation.is_some() && !item.has_situation(situation) {
        let problem = "situation is not one of the item's".to_owned();
        return Err(Refusal::BadInput { problem }).at("situation");
    }
    let identity = match &intake.identity {
        Some(input) => Some(checked_identity(input, &person, view).at("identity")?),
        None => None,
    };
    Ok(rules::Intake {
        number: view.next_number()?,
        item,
        catalogue_version: view.world.catalogue.version(),
        concerning: intake.concerning.clone().unwrap_or_default(),
        applicant: party(&person),
        agent: intake
            .agent
            .as_ref()
            .map(|agent| agent_of(agent, view))
            .transpose()?,
        identity,
        situation,
        brought: intake.brought.clone().unwrap_or_default(),
        problems: intake.problems.clone().unwrap_or_default(),
        statement: rules::remark("statement", intake.statement.as_deref().unwrap_or_default())
            .at("statement")?,
        mode: intake.mode.unwrap_or_default(),
        to_enter: intake.to_enter.unwrap_or(false),
        pick_up_code: pick_up_code.to_owned(),
    })
}

/// A person of the register as a party of a case: the number masked.
fn party(person: &Person) -> Party {
    Party {
        person: Some(person.id),
        name: person.name.clone(),
        id_kind: person.id_kind.clone().unwrap_or_default(),
        id_masked: person
            .id_number
            .as_deref()
            .map_or_else(String::new, mask::id_on_list),
    }
}

/// The identity as it was checked: the machine compares, the clerk does not.
pub(crate) fn checked_identity(
    input: &IdentityInput,
    person: &Person,
    view: &View<'_>,
) -> Result<Identity, Refusal> {
    match input.how {
        IdentityHow::LastFour => {
            let typed = input.last_four.as_deref().ok_or(Refusal::IdentityMissing)?;
            if !ends_with(person, typed)? {
                return Err(Refusal::IdentityDiffers);
            }
        }
        IdentityHow::Card => {
            if let Some(text) = &input.id_number {
                let read = IdNumber::parse(text, view.today()).map_err(id_refusal)?;
                let known = person
                    .id_number
                    .as_deref()
                    .ok_or(Refusal::IdentityUnknown)?;
                if read.expose() != known {
                    return Err(Refusal::IdentityDiffers);
                }
            }
        }
        IdentityHow::ElectronicCertificate | IdentityHow::KnownOrNone => {}
    }
    let reason = rules::remark("reason", input.reason.as_deref().unwrap_or_default())?;
    if input.how == IdentityHow::KnownOrNone && reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(Identity {
        how: input.how,
        reason,
    })
}

fn agent_of(input: &AgentInput, view: &View<'_>) -> Result<Agent, Stop> {
    let id_masked = match input
        .id_number
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        Some(text) => {
            let number = IdNumber::parse(text, view.today())
                .map_err(id_refusal)
                .at("agent")?;
            mask::id_on_list(number.expose())
        }
        None => String::new(),
    };
    let phone = match input
        .phone
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        Some(text) => Phone::parse(text)
            .map_err(phone_refusal)
            .at("agent")?
            .normal()
            .to_owned(),
        None => String::new(),
    };
    Ok(Agent {
        kind: input.kind,
        name: name(&input.name).at("agent")?,
        id_masked,
        relation: rules::remark("relation", input.relation.as_deref().unwrap_or_default())
            .at("agent")?,
        phone,
        proxy_until: input.proxy_until,
    })
}
