//! What each kind of paper says of its step (domain standard: documents and their fields).

use yichuang_documents::paper::{
    Acceptance, Collection, Completion, DayType, DeferralPromise, DeferredAcceptance,
    DepartmentSupplement, Extension, Forwarding, GoTo, Outcome, PaperBody, Pause, ProofOfDelivery,
    Receipt, Refusal as RefusalNotice, Return, Supplement, Term, Withdrawal,
};
use yichuang_domain::{
    cases::{
        case::Case,
        clock,
        due::forward_by,
        event::{self, CaseEvent, DeliveryMethod, Signer},
        item::{Mode, Role},
        number::PaperCode,
    },
    refusal::Refusal,
};

use super::{
    frame::{Community, relation},
    lists,
    told::Told,
    words,
};
use crate::{
    answer::Stop,
    see::View,
    words::{Language, procedure},
};

/// What the paper of this code says; nothing where the step gives out no such paper.
pub(super) fn body_of(
    code: PaperCode,
    told: &Told,
    community: &Community,
    view: &View<'_>,
) -> Result<Option<PaperBody>, Stop> {
    let Told { case, event, .. } = told;
    Ok(Some(match (code, event) {
        (PaperCode::SJ, CaseEvent::Receive(_)) => receipt(told),
        (PaperCode::SL, CaseEvent::Deem { term }) => acceptance(told, term, true, community),
        (
            PaperCode::SL,
            CaseEvent::Accept { term, .. }
            | CaseEvent::Supply {
                term: Some(term), ..
            },
        ) => acceptance(told, term, false, community),
        (
            PaperCode::DS,
            CaseEvent::Accept { term, .. }
            | CaseEvent::Deem { term }
            | CaseEvent::Supply {
                term: Some(term), ..
            },
        ) => collection(told, term, &[], community, view)?,
        (PaperCode::DS, CaseEvent::AcceptDeferred { term, owed, .. }) => {
            collection(told, term, owed, community, view)?
        }
        (PaperCode::RC, CaseEvent::AcceptDeferred { owed, .. }) => {
            PaperBody::DeferralPromise(DeferralPromise {
                owed: lists::owed(case, owed),
                department: if case.item().role == Role::Collects {
                    department(case, community)
                } else {
                    String::new()
                },
            })
        }
        (PaperCode::RT, CaseEvent::AcceptDeferred { term, owed, .. }) => {
            PaperBody::DeferredAcceptance(DeferredAcceptance {
                term: term_of(case, term),
                department: department(case, community),
                owed: lists::owed(case, owed),
                how_to_bring: words::HOW_TO_BRING.to_owned(),
            })
        }
        (
            PaperCode::BZ,
            CaseEvent::RequestSupplement {
                listed, last_day, ..
            },
        ) => PaperBody::Supplement(Supplement {
            received: case.receipt.on,
            lacks: lists::lacks(case, listed),
            last_day: *last_day,
        }),
        (
            PaperCode::ZG,
            CaseEvent::DepartmentSupplement {
                external_number,
                listed,
                last_day,
                ..
            },
        ) => PaperBody::DepartmentSupplement(DepartmentSupplement {
            department: department(case, community),
            department_number: external_number.clone(),
            lacks: lists::lacks(case, listed),
            last_day: *last_day,
            how_to_bring: format!("{}，由我们转交", words::HOW_TO_BRING),
        }),
        (
            PaperCode::BY,
            CaseEvent::Refuse {
                ground,
                text,
                basis,
                go_to,
                ..
            },
        ) => {
            let (reason_code, ground) = words::ground(*ground);
            PaperBody::Refusal(RefusalNotice {
                reason_code: reason_code.to_owned(),
                reason: format!("{ground}：{text}"),
                basis: basis.clone(),
                go_to: go_to_of(go_to),
                remedies: remedies(case),
            })
        }
        (PaperCode::ZB, CaseEvent::Forward { on, batch, .. }) => {
            let given = if *on == told.moment.date() {
                told.moment
            } else {
                // Entered late: the day is known, the hour is not.
                (*on).into()
            };
            forwarding(told, batch, lists::handed_on(case), given, community)
        }
        (
            PaperCode::ZB,
            CaseEvent::Supply {
                brought, others, ..
            },
        ) => {
            let materials = lists::handed_after(case, brought, others);
            forwarding(told, "", materials, told.moment, community)
        }
        (PaperCode::BJ, CaseEvent::Decide { .. } | CaseEvent::DoAtOnce { .. }) => {
            match completion(told, community) {
                Some(body) => body,
                None => return Ok(None),
            }
        }
        (PaperCode::CH, CaseEvent::Withdraw { reason, .. }) => PaperBody::Withdrawal(Withdrawal {
            reason: reason.clone(),
            returned: lists::given_back(case),
        }),
        (PaperCode::SD, CaseEvent::Deliver { .. } | CaseEvent::DepartmentRefuse { .. }) => {
            match proof_of_delivery(told, community) {
                Some(body) => body,
                None => return Ok(None),
            }
        }
        // What was said in the call to the resident is for the record, not for the paper.
        (PaperCode::TJ, CaseEvent::Lapse { .. }) => PaperBody::Return(Return {
            reason: lapsed(case),
            returned: lists::given_back(case),
            may_apply_again: true,
        }),
        (PaperCode::TJ, CaseEvent::Terminate { cause, note, .. }) => {
            let (cause, may_apply_again) = words::termination(*cause);
            let reason = match note.as_str() {
                "" => format!("{cause}。"),
                note => format!("{cause}。\n{note}"),
            };
            PaperBody::Return(Return {
                reason,
                returned: lists::given_back(case),
                may_apply_again,
            })
        }
        (
            PaperCode::TX,
            CaseEvent::Pause {
                on,
                procedure: which,
                expected_days,
            },
        ) => {
            let Some(term) = &case.term else {
                return Ok(None);
            };
            PaperBody::Pause(Pause {
                procedure: procedure(*which, Language::Zh).to_owned(),
                since: *on,
                expected_days: *expected_days,
                day_type: DayType::Calendar,
                due: term.due,
            })
        }
        (
            PaperCode::YQ,
            CaseEvent::Extend {
                approver_name,
                reason,
                term,
                ..
            },
        ) => {
            let before = told.before.as_ref().and_then(|case| case.term.as_ref());
            PaperBody::Extension(Extension {
                old_due: before.map_or(term.due, |term| term.due),
                new_due: term.due,
                reason: reason.clone(),
                approver: approver_name.clone(),
            })
        }
        _ => return Ok(None),
    }))
}

fn receipt(told: &Told) -> PaperBody {
    let receipt = &told.case.receipt;
    PaperBody::Receipt(Receipt {
        received: told.moment,
        counted_from: receipt.counted_from,
        materials: lists::came(&told.case),
        pickup_code: receipt.pick_up_code.clone(),
    })
}

fn acceptance(told: &Told, term: &event::Term, deemed: bool, community: &Community) -> PaperBody {
    let Told { case, .. } = told;
    let by_post = case.receipt.mode == event::Mode::Post;
    let at_window = "到本窗口出示本通知书，或者报办件编号";
    let progress = if community.enquiry_phone.is_empty() {
        at_window.to_owned()
    } else {
        format!("拨打咨询电话报办件编号，或者{at_window}")
    };
    PaperBody::Acceptance(Acceptance {
        deemed,
        term: term_of(case, term),
        department: department(case, community),
        result: case.item().result.zh.clone(),
        delivery: if by_post { "邮寄" } else { "窗口领取" }.to_owned(),
        progress,
        pickup_code: case.receipt.pick_up_code.clone(),
    })
}

fn collection(
    told: &Told,
    term: &event::Term,
    owed: &[event::Owed],
    community: &Community,
    view: &View<'_>,
) -> Result<PaperBody, Stop> {
    let Told { case, .. } = told;
    let days = view.world.settings.forwarding_days;
    let by = forward_by(term.accepted, days, view.world.calendar)
        .map_err(|_too_far| Refusal::CalendarEnds)?;
    Ok(PaperBody::Collection(Collection {
        collected: told.moment,
        department: department(case, community),
        materials: lists::came(case),
        owed: lists::owed(case, owed),
        forward_by: by.date,
        expected: term.due,
        result: case.item().result.zh.clone(),
        pickup_code: case.receipt.pick_up_code.clone(),
    }))
}

fn forwarding(
    told: &Told,
    batch: &str,
    materials: Vec<yichuang_documents::paper::Material>,
    given: chrono::NaiveDateTime,
    community: &Community,
) -> PaperBody {
    let running = told.case.term.as_ref().filter(|term| !term.expected);
    PaperBody::Forwarding(Forwarding {
        batch: batch.to_owned(),
        from: community.name.clone(),
        to: department(&told.case, community),
        materials,
        given,
        due: running.map(|term| term.due),
    })
}

fn completion(told: &Told, community: &Community) -> Option<PaperBody> {
    let Told { case, event, .. } = told;
    let item = case.item();
    let place = item.place.as_ref();
    let window = place.map_or_else(|| "本社区服务窗口".to_owned(), |place| place.zh.clone());
    let completion = match event {
        CaseEvent::Decide {
            on,
            outcome: event::Outcome::Approved,
            external_number,
            ..
        } => Completion {
            outcome: Outcome::Approved,
            decided: *on,
            department: department(case, community),
            result: item.result.zh.clone(),
            result_number: external_number.clone(),
            reason: String::new(),
            remedies: String::new(),
            pickup_place: window,
            pickup_time: String::new(),
            pickup_code: case.receipt.pick_up_code.clone(),
        },
        CaseEvent::Decide {
            on,
            outcome,
            external_number,
            reason,
            ..
        } => Completion {
            outcome: match outcome {
                event::Outcome::Terminated => Outcome::Terminated,
                event::Outcome::Approved | event::Outcome::Denied => Outcome::Denied,
            },
            decided: *on,
            department: department(case, community),
            result: String::new(),
            result_number: external_number.clone(),
            reason: reason.clone(),
            remedies: remedies(case),
            pickup_place: String::new(),
            pickup_time: String::new(),
            pickup_code: String::new(),
        },
        CaseEvent::DoAtOnce {
            term,
            external_number,
            result,
            ..
        } => Completion {
            outcome: Outcome::Approved,
            decided: term.accepted,
            department: department(case, community),
            result: if result.is_empty() {
                item.result.zh.clone()
            } else {
                result.clone()
            },
            result_number: external_number.clone(),
            reason: String::new(),
            remedies: String::new(),
            // Handed over on the spot.
            pickup_place: String::new(),
            pickup_time: String::new(),
            pickup_code: String::new(),
        },
        _ => return None,
    };
    Some(PaperBody::Completion(completion))
}

fn proof_of_delivery(told: &Told, community: &Community) -> Option<PaperBody> {
    let Told { case, event, .. } = told;
    let proof = match event {
        CaseEvent::Deliver {
            method,
            recipient,
            name,
            proof,
            ..
        } => ProofOfDelivery {
            documents: handed_over(case),
            method: words::method(*method).to_owned(),
            recipient: name.clone(),
            relation: relation_of(*recipient, case),
            delivered: Some(told.moment),
            tracking_number: if *method == DeliveryMethod::Post {
                proof.clone()
            } else {
                String::new()
            },
            refusal: String::new(),
            witness: String::new(),
        },
        CaseEvent::DepartmentRefuse {
            external_number, ..
        } => ProofOfDelivery {
            documents: vec![format!(
                "{}不予受理文书 {external_number}",
                department(case, community)
            )],
            method: words::method(DeliveryMethod::InPerson).to_owned(),
            recipient: case.receipt.applicant.name.clone(),
            relation: relation_of(Signer::Applicant, case),
            // It is handed over with this paper: the hour is written when it is signed.
            delivered: None,
            tracking_number: String::new(),
            refusal: String::new(),
            witness: String::new(),
        },
        _ => return None,
    };
    Some(PaperBody::ProofOfDelivery(proof))
}

/// What is handed over: the notice that ended the case, and the result.
fn handed_over(case: &Case) -> Vec<String> {
    let ending = case
        .papers
        .iter()
        .rev()
        .find(|paper| !paper.is_void && matches!(paper.code, PaperCode::BJ | PaperCode::TJ));
    let mut documents: Vec<String> = ending
        .map(|paper| format!("{} {}", paper.code.title().zh, paper.number))
        .into_iter()
        .collect();
    if case.outcome == Some(event::Outcome::Approved) {
        let result = format!("{} {}", case.item().result.zh, case.result_number);
        documents.push(result.trim_end().to_owned());
    }
    documents
}

fn relation_of(signer: Signer, case: &Case) -> String {
    match (signer, &case.receipt.agent) {
        (Signer::Agent, Some(agent)) => format!("代办人（{}）", relation(agent)),
        (Signer::Agent, None) => "代办人".to_owned(),
        (Signer::Applicant, _) => "本人".to_owned(),
    }
}

fn lapsed(case: &Case) -> String {
    let names: Vec<&str> = case.listed.iter().map(|line| line.name.as_str()).collect();
    if names.is_empty() {
        "需要补正的材料逾期未补齐。".to_owned()
    } else {
        format!("需要补正的材料逾期未补齐，仍缺：{}。", names.join("、"))
    }
}

/// Reconsideration and suit lie against acts of public law only: ours, and those we do by delegation.
/// Where we merely collect, the department's own paper says what can be done against it.
fn remedies(case: &Case) -> String {
    match case.item().role {
        Role::Decides | Role::Accepts => words::REMEDIES.to_owned(),
        Role::Collects => String::new(),
    }
}

/// Who handles the case: the department it went to, or ourselves.
fn department(case: &Case, community: &Community) -> String {
    let handler = &case.item().handler;
    match (&case.forwarded, handler.mode) {
        (Some((department, _on)), _) => department.clone(),
        (None, Mode::Decides) => community.name.clone(),
        (None, Mode::Enters | Mode::Forwards) => handler.name.zh.clone(),
    }
}

fn term_of(case: &Case, term: &event::Term) -> Term {
    let item = case.item();
    Term {
        kind: words::kind(item.kind).to_owned(),
        accepted: term.accepted,
        promised_days: item.promised.days,
        day_type: match item.promised.day_type {
            clock::DayType::Working => DayType::Working,
            clock::DayType::Calendar => DayType::Calendar,
        },
        due: term.due,
        legal_due: term.legal,
        provisional: term.provisional,
    }
}

fn go_to_of(go_to: &event::GoTo) -> Option<GoTo> {
    (!go_to.name.is_empty()).then(|| GoTo {
        name: go_to.name.clone(),
        address: go_to.address.clone(),
        phone: go_to.phone.clone(),
    })
}
