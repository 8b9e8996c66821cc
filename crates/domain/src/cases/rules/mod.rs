//! The steps of a case as rules: pure functions from a case and what the clerk says to one event,
//! or a refusal in plain values.
//!
//! Every rule checks the state by the one table first, then its guard. Nothing here asks for the
//! time, the actor or the calendar: [`Context`] brings them.

mod accept;
mod correct;
mod decide;
mod department;
mod pause;
mod receive;
mod refuse;
mod supplement;

pub use accept::{AcceptDeferred, DoAtOnce, accept, accept_deferred, deem, deemed_on, do_at_once};
pub use correct::{correct, void_case};
pub use decide::{Archive, Decide, Deliver, archive, decide, deliver};
pub use department::{
    DepartmentAccept, DepartmentRefuse, DepartmentSupplement, Forward, SendBack, department_accept,
    department_refuse, department_supplement, forward, send_back,
};
pub use pause::{Extend, PauseFor, Resume, extend, pause, resume};
pub use receive::{Intake, is_referral, receive, with_identity_card};
pub use refuse::{Refuse, Terminate, Withdraw, refuse, terminate, withdraw};
pub use supplement::{
    Lapse, RequestSupplement, Supply, lapse, missing_now, request_supplement, supply,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    case::Case,
    clock::Pause,
    due::{Extension, due_date},
    event::{Brought, Term},
    item::{Item, Material},
    transition::Step,
};
use crate::{
    office::{calendar::Calendar, staff::Staff},
    refusal::Refusal,
};

/// The world, as it is handed to a rule.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Staff,
    /// The day, in Asia/Shanghai.
    pub today: NaiveDate,
    /// The working-day calendar.
    pub calendar: &'a Calendar,
    /// What the community has set.
    pub settings: &'a Settings,
}

/// Days the community may set for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Working days within which a notice must go out, or the case is deemed accepted.
    pub notice_days: u16,
    /// Working days an applicant has to supply what is missing.
    pub supplement_days: u16,
    /// Working days within which collected papers go to the department.
    pub forwarding_days: u16,
    /// Working days within which a result is handed over.
    pub delivery_days: u16,
    /// Working days an extension adds.
    pub extension_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            notice_days: 5,
            supplement_days: 15,
            forwarding_days: 1,
            delivery_days: 10,
            extension_days: 10,
        }
    }
}

fn require_step(case: &Case, step: Step) -> Result<(), Refusal> {
    let displaced = case.is_void;
    if !displaced && step.is_allowed_from(case.state) {
        return Ok(());
    }
    Err(Refusal::WrongState {
        is: case.state,
        step,
    })
}

fn require_text(field: &str, text: &str) -> Result<String, Refusal> {
    let text = remark(field, text)?;
    if text.is_empty() {
        return Err(Refusal::FieldMissing {
            field: field.to_owned(),
        });
    }
    Ok(text)
}

/// Characters a remark may have.
const LONGEST_REMARK: usize = 2_000;

/// A remark as people type it, without blanks around it.
///
/// # Errors
///
/// Refuses more than 2,000 characters, and control and direction characters other than line breaks:
/// they would make a paper say something else than the screen.
pub fn remark(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_REMARK {
        return Err(Refusal::TooLong {
            field: field.to_owned(),
            most: LONGEST_REMARK,
        });
    }
    let hidden = |one: char| {
        (one.is_control() && !matches!(one, '\n' | '\t'))
            || matches!(one, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}')
    };
    if text.chars().any(hidden) {
        return Err(Refusal::TextCharacter {
            field: field.to_owned(),
        });
    }
    Ok(text.to_owned())
}

/// A day that may be entered late, but neither in the future nor before what it follows.
fn require_day(
    day: Option<NaiveDate>,
    follows: Option<NaiveDate>,
    context: &Context<'_>,
) -> Result<NaiveDate, Refusal> {
    let day = day.unwrap_or(context.today);
    // What was accepted on a rest day counts from the next working day, which may lie ahead.
    let earliest = follows.unwrap_or(day).min(context.today);
    if day > context.today || day < earliest {
        return Err(Refusal::WrongDay);
    }
    Ok(day)
}

fn require_known(item: &Item, brought: &[Brought]) -> Result<(), Refusal> {
    match brought
        .iter()
        .find(|one| item.material(&one.material).is_none())
    {
        Some(stranger) => Err(Refusal::UnknownMaterial {
            code: stranger.material.clone(),
        }),
        None => Ok(()),
    }
}

/// What is lacking, as a clerk says it: of a group of which one is enough, all names.
pub fn names_of(case: &Case, lacking: &[&Material]) -> Vec<String> {
    let name = |one: &&Material| case.item().requirement(one, case.receipt.situation).zh;
    lacking.iter().map(name).collect()
}

fn counted(from: NaiveDate, days: u16, context: &Context<'_>) -> Result<NaiveDate, Refusal> {
    let counted = context.calendar.count_working_days(from, days);
    Ok(counted.map_err(|_refused| Refusal::CalendarEnds)?.date)
}

/// The days a case of this item is bound to when its clock starts on `accepted`.
fn term_from(
    item: &Item,
    accepted: NaiveDate,
    pauses: &[Pause],
    extension: Option<Extension>,
    expected: bool,
    context: &Context<'_>,
) -> Result<Term, Refusal> {
    let due = due_date(
        item,
        accepted,
        pauses,
        extension,
        Some(context.today),
        context.calendar,
    )
    .map_err(|_refused| Refusal::CalendarEnds)?;
    Ok(Term {
        accepted,
        promised: due.promised,
        legal: due.legal,
        due: due.due,
        provisional: due.provisional,
        expected,
    })
}

impl Case {
    /// The pauses as the clock reads them.
    pub fn clock_pauses(&self) -> Vec<Pause> {
        self.pauses
            .iter()
            .map(|pause| Pause {
                from: pause.from,
                to: pause.until,
            })
            .collect()
    }

    /// The extension as the clock reads it: more days in all, counted from acceptance.
    pub fn clock_extension(&self) -> Option<Extension> {
        Some(Extension::of(self.item(), self.extension?))
    }
}
