//! Comparing identity by machine: the clerk types what the card says, the desk answers same or not.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action, record::Id, refusal::Refusal, register::person::Person,
};

use crate::{answer::Stop, call::Query, see::View};

/// Compares the last four characters of an ID number.
#[derive(Deserialize, TS)]
pub(crate) struct CompareIdentity {
    /// Whose.
    pub person: Id,
    /// The last four, as the card says.
    pub last_four: String,
}

/// Same or not.
#[derive(Serialize, TS)]
pub(crate) struct ComparedIdentity {
    /// Whether they are the same.
    pub same: bool,
}

impl Query for CompareIdentity {
    const NAME: &'static str = "compare_identity";
    const ABOUT: &'static str =
        "Whether the last four characters on the card are those of the register.";
    const ACTION: Action = Action::ReadRegister;
    type Output = ComparedIdentity;

    fn answer(&self, view: &View<'_>) -> Result<ComparedIdentity, Stop> {
        let (person, _record) = view.person(self.person)?;
        Ok(ComparedIdentity {
            same: ends_with(&person, &self.last_four)?,
        })
    }
}

/// Whether a person's number ends so.
///
/// # Errors
///
/// Refuses when the register has no number, and fewer or more than four characters.
pub(crate) fn ends_with(person: &Person, last_four: &str) -> Result<bool, Refusal> {
    let number = person
        .id_number
        .as_deref()
        .ok_or(Refusal::IdentityUnknown)?;
    let typed = yichuang_domain::register::folding::fold_number(last_four);
    if typed.chars().count() != 4 {
        return Err(Refusal::Length);
    }
    Ok(number.ends_with(&typed))
}
