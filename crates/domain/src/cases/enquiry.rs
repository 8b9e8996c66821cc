//! A question without a case (咨询): the first person asked owns it until it is answered or referred.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::GoTo;
use crate::record::{Fields, Folded, Id};

/// A question, and where the resident was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Enquiry {
    /// Its id.
    pub id: Id,
    /// The number its slip carries.
    pub number: String,
    /// The day.
    pub on: NaiveDate,
    /// Who asked, if they are in the register.
    pub person: Option<Id>,
    /// Who asked, as printed.
    pub name: String,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Where to go, if not here.
    pub referral: Option<Referral>,
    /// Who answered.
    pub clerk: Id,
    /// How often the slip was printed.
    pub prints: u32,
}

/// A referral (引导).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// What it is about.
    pub subject: String,
    /// The body to go to.
    pub go_to: GoTo,
    /// What to take along.
    pub take: Vec<String>,
}

impl Enquiry {
    /// The enquiry these changes make.
    pub fn of(id: Id, folded: &Folded) -> Option<Self> {
        Some(Self {
            id,
            number: folded.get("number")?,
            on: folded.get("on")?,
            person: folded.get("person"),
            name: folded.get("name").unwrap_or_default(),
            question: folded.get("question")?,
            answer: folded.get("answer").unwrap_or_default(),
            referral: folded.get("referral"),
            clerk: folded.get("clerk")?,
            prints: u32::try_from(
                folded
                    .events
                    .iter()
                    .filter(|one| one.event == "print")
                    .count(),
            )
            .unwrap_or(u32::MAX),
        })
    }

    /// All fields, as its one set writes them.
    pub fn fields(&self) -> Fields {
        [
            ("number", json!(self.number)),
            ("on", json!(self.on)),
            ("person", json!(self.person)),
            ("name", json!(self.name)),
            ("question", json!(self.question)),
            ("answer", json!(self.answer)),
            ("referral", json!(self.referral)),
            ("clerk", json!(self.clerk)),
        ]
        .into_iter()
        .filter(|(_name, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }
}
