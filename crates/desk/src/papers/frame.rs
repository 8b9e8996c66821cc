//! What all papers say: who gives them out, about what, for whom, and by which number.

use chrono::NaiveDateTime;
use yichuang_documents::paper::{Agent, Applicant, Clerk, Corner, ItemName, Paper, PaperBody};
use yichuang_domain::{
    cases::party,
    office::staff,
    record::{ChangeRef, Id, Kind, RecordKey},
};

use super::{told::Told, words};
use crate::{answer::Stop, clock::local, see::View};

/// Copies of a paper: one to hand over, one to keep.
pub(super) const COPIES: u8 = 2;

/// Where residents complain about any office in the country.
const COMPLAINT_PHONE: &str = "12345";

/// The community as papers name it.
pub(crate) struct Community {
    /// Its full name.
    pub(super) name: String,
    /// Where to ask; empty while nobody has told us.
    pub(super) enquiry_phone: String,
    complaint_phone: String,
}

/// The community, with the telephones it has set.
pub(crate) fn community_of(view: &View<'_>) -> Result<Community, Stop> {
    let key = RecordKey::new(Kind::COMMUNITY, Id::default());
    let record = view.store.record(&key)?;
    let set = |field: &str| -> Option<String> { record.as_ref()?.folded.get(field) };
    Ok(Community {
        name: view.session.community.clone(),
        enquiry_phone: set("enquiry_phone").unwrap_or_default(),
        complaint_phone: set("complaint_phone").unwrap_or_else(|| COMPLAINT_PHONE.to_owned()),
    })
}

/// A paper that a step of a case gives out; number, codes and printing are filled in by whoever
/// knows them.
pub(super) fn paper(
    told: &Told,
    number: &str,
    body: PaperBody,
    community: &Community,
    view: &View<'_>,
) -> Paper {
    let item = told.case.item();
    let receipt = &told.case.receipt;
    Paper {
        // The papers go to those the matter is about: they read its real name.
        item: Some(ItemName {
            code: item.code.as_str().to_owned(),
            name: item.name.zh.clone(),
        }),
        applicant: Applicant {
            name: receipt.applicant.name.clone(),
            id_kind: if receipt.applicant.id_masked.is_empty() {
                String::new()
            } else {
                words::id_kind(&receipt.applicant.id_kind)
            },
            id_masked: receipt.applicant.id_masked.clone(),
        },
        agent: receipt.agent.as_ref().map(agent),
        ..blank(number, body, told.moment, told.actor, community, view)
    }
}

/// A paper without a case behind it.
pub(crate) fn blank(
    number: &str,
    body: PaperBody,
    issued: NaiveDateTime,
    clerk_id: Id,
    community: &Community,
    view: &View<'_>,
) -> Paper {
    Paper {
        number: number.to_owned(),
        case_number: None,
        qr: String::new(),
        barcode: String::new(),
        community: community.name.clone(),
        item: None,
        applicant: Applicant {
            name: String::new(),
            id_kind: String::new(),
            id_masked: String::new(),
        },
        agent: None,
        issued,
        clerk: clerk(clerk_id, view),
        enquiry_phone: community.enquiry_phone.clone(),
        complaint_phone: community.complaint_phone.clone(),
        copies: COPIES,
        print_count: 1,
        printed: local(view.world.now()),
        large_type: false,
        is_void: false,
        body,
    }
}

/// What the QR code says: the paper's number and, in short, the change that gave it out: the
/// beginning of the device's id, the commit's place in its chain, the change's place in the commit.
/// Whoever holds the journal finds by it the signed commit behind the page; it says nothing about
/// anybody.
pub(super) fn qr(number: &str, of: ChangeRef) -> String {
    let device: String = of.device.to_string().chars().take(8).collect();
    format!("YC1:{number}:{device}.{}.{}", of.seq, of.index)
}

/// Which printing comes next.
pub(super) fn next_printing(printings: usize) -> u32 {
    u32::try_from(printings).map_or(u32::MAX, |count| count.saturating_add(1))
}

/// Whoever did the step. A person without a corner stood in for both.
fn clerk(id: Id, view: &View<'_>) -> Clerk {
    let corner = match view.staff(id).and_then(|one| one.corner) {
        Some(staff::Corner::A) => Corner::A,
        Some(staff::Corner::B) => Corner::B,
        None => Corner::StandIn,
    };
    Clerk {
        name: view.staff_name(id),
        corner,
    }
}

fn agent(agent: &party::Agent) -> Agent {
    Agent {
        name: agent.name.clone(),
        id_masked: agent.id_masked.clone(),
        relation: relation(agent),
    }
}

/// What an agent is to the applicant.
pub(super) fn relation(agent: &party::Agent) -> String {
    match (agent.relation.as_str(), agent.kind) {
        ("", party::AgentKind::Proxy) => "受托人".to_owned(),
        ("", party::AgentKind::Kin) => "亲属".to_owned(),
        (relation, _) => relation.to_owned(),
    }
}
