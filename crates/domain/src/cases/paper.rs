//! The papers of a case: which step gives out which, and their numbers, given once and never again.

use serde::{Deserialize, Serialize};

use super::{
    case::Case,
    event::{Brought, CaseEvent, Listed},
    item::Role,
    number::PaperCode,
    transition::State,
};
use crate::record::ChangeRef;

/// A paper that was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its number: case number, code, serial.
    pub number: String,
    /// Which paper.
    pub code: PaperCode,
    /// The step that gave it out.
    pub of: ChangeRef,
    /// How many copies were printed so far.
    pub prints: u32,
    /// 作废: the step that gave it out has no effect.
    pub is_void: bool,
}

/// Adds the papers that this step gives out, before it is done; those of a step without effect are
/// void but keep their numbers.
pub(super) fn papers_of(case: &mut Case, event: &CaseEvent, of: ChangeRef, is_void: bool) {
    for code in codes_for(case, event) {
        let serial = 1 + case
            .papers
            .iter()
            .filter(|paper| paper.code == code)
            .count();
        let number = format!("{}-{}{serial:02}", case.receipt.number, code.code());
        case.papers.push(Paper {
            number,
            code,
            of,
            prints: 0,
            is_void,
        });
    }
}

/// Whether this was the last the department asked for, so that the papers go to it again.
fn goes_back(case: &Case, brought: &[Brought], others: &[String]) -> bool {
    let came = |line: &Listed| case.is_settled(line, brought, others);
    case.state == State::Supplement
        && case.supplement_is_departments
        && case.listed.iter().all(came)
}

/// Which papers a step gives out (the table of steps, last column), for the case before it.
pub fn codes_for(case: &Case, event: &CaseEvent) -> Vec<PaperCode> {
    let only_collects = case.item().role == Role::Collects;
    let acceptance = if only_collects {
        PaperCode::DS
    } else {
        PaperCode::SL
    };
    match event {
        CaseEvent::Receive(_) => vec![PaperCode::SJ],
        CaseEvent::Accept { .. }
        | CaseEvent::Deem { .. }
        | CaseEvent::Supply { term: Some(_), .. } => vec![acceptance],
        CaseEvent::AcceptDeferred { .. } if only_collects => vec![PaperCode::RC, PaperCode::DS],
        CaseEvent::AcceptDeferred { .. } => vec![PaperCode::RC, PaperCode::RT],
        CaseEvent::RequestSupplement { .. } => vec![PaperCode::BZ],
        CaseEvent::Supply {
            brought, others, ..
        } if goes_back(case, brought, others) => vec![PaperCode::ZB],
        CaseEvent::Lapse { .. } | CaseEvent::Terminate { .. } => vec![PaperCode::TJ],
        CaseEvent::Refuse { .. } => vec![PaperCode::BY],
        CaseEvent::Withdraw { .. } => vec![PaperCode::CH],
        CaseEvent::Forward { .. } => vec![PaperCode::ZB],
        CaseEvent::DepartmentSupplement { .. } => vec![PaperCode::ZG],
        CaseEvent::DepartmentRefuse { .. } | CaseEvent::Deliver { .. } => vec![PaperCode::SD],
        CaseEvent::Pause { .. } => vec![PaperCode::TX],
        CaseEvent::Extend { .. } => vec![PaperCode::YQ],
        CaseEvent::Decide { .. } | CaseEvent::DoAtOnce { .. } => vec![PaperCode::BJ],
        CaseEvent::Supply { .. }
        | CaseEvent::SendBack { .. }
        | CaseEvent::DepartmentAccept { .. }
        | CaseEvent::Resume { .. }
        | CaseEvent::Archive { .. }
        | CaseEvent::Correct { .. }
        | CaseEvent::Print { .. } => Vec::new(),
    }
}
