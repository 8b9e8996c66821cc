//! A case (办件): what its events say it is now, and the history that says how it came to be.
//!
//! Not here: reading that history, which is `history`, and what each step does, which is `apply`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    event::{Brought, BroughtAs, CaseEvent, Listed, Outcome, Owed, Procedure, Receipt, Term},
    item::Item,
    paper::Paper,
    transition::{State, Step},
};
use crate::record::{ChangeRef, Id};

/// A case, folded. Its history travels nowhere: it is read from the changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "yes/no facts of a case, independent of each other and of its state"
)]
pub struct Case {
    /// Its id.
    pub id: Id,
    /// What was said when it was received.
    pub receipt: Receipt,
    /// Where it stands.
    pub state: State,
    /// Where it stood before the pause or the notice in force.
    pub state_before: State,
    /// The days it is bound to, once accepted.
    pub term: Option<Term>,
    /// Accepted because nobody answered in time (视为受理).
    pub deemed: bool,
    /// Materials that came, by code.
    pub brought: BTreeMap<String, BroughtOn>,
    /// What a deferral left owing (容缺).
    pub owed: Vec<Owed>,
    /// Whether it was accepted with something owing.
    pub deferred: bool,
    /// Open lines of the supplement notice in force.
    pub listed: Vec<Listed>,
    /// The last day of that notice.
    pub supplement_by: Option<NaiveDate>,
    /// Whether that notice is the department's.
    pub supplement_is_departments: bool,
    /// How many notices of our own went out.
    pub own_notices: u32,
    /// Pauses as half-open intervals; the last may be open.
    pub pauses: Vec<PausedFor>,
    /// Working days an extension added.
    pub extension: Option<u16>,
    /// The department's acceptance: its number.
    pub department_number: Option<String>,
    /// To whom it was forwarded, and when.
    pub forwarded: Option<(String, NaiveDate)>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The result's number.
    pub result_number: String,
    /// The last day to hand over the result.
    pub deliver_by: Option<NaiveDate>,
    /// Who took it in.
    pub accepted_by: Id,
    /// Every happening in order.
    #[serde(skip)]
    pub history: Vec<HistoryLine>,
    /// Papers given out.
    pub papers: Vec<Paper>,
    /// 作废: its receipt lost its effect, and with it everything.
    pub is_void: bool,
    /// Happenings that wait for a person: `history` lines without effect.
    pub cards: Vec<ChangeRef>,
}

/// A material that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtOn {
    /// The day.
    pub on: NaiveDate,
    /// How.
    pub how: BroughtAs,
    /// Pages counted.
    pub pages: u16,
}

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausedFor {
    /// Which procedure.
    pub procedure: Procedure,
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The first day that counts again.
    pub until: Option<NaiveDate>,
    /// How long it was expected to take.
    pub expected_days: u16,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// Which change.
    pub at: ChangeRef,
    /// The event's name as it travelled.
    pub name: String,
    /// What it says; nothing when this version does not know it.
    pub event: Option<CaseEvent>,
    /// Who did it.
    pub actor: Id,
    /// The writer's clock, milliseconds.
    pub time: i64,
    /// Whether the hub has numbered it.
    pub is_synced: bool,
    /// What became of it.
    pub effect: Effect,
    /// The state after it.
    pub state: State,
}

/// What a happening did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It moved the case.
    Applied,
    /// A correction or a supervisor's void took its effect, for this reason.
    Displaced(String),
    /// The state did not allow it: a card.
    NotAllowed,
    /// It said what had been said already.
    Repeated,
    /// This version does not know it.
    Unknown,
}

impl Case {
    /// The item as it stood at receipt.
    pub fn item(&self) -> &Item {
        &self.receipt.item
    }

    /// Whether a step of this case took effect.
    pub fn has(&self, step: Step) -> bool {
        self.history.iter().any(|line| {
            line.effect == Effect::Applied
                && line.event.as_ref().and_then(CaseEvent::step) == Some(step)
        })
    }

    /// The latest day that a step of this kind, which took effect, counted on.
    pub fn last_day(&self, is_meant: impl Fn(Step) -> bool) -> Option<NaiveDate> {
        let applied = self
            .history
            .iter()
            .filter(|line| line.effect == Effect::Applied);
        let events = applied.filter_map(|line| line.event.as_ref());
        let meant = events.filter(|event| event.step().is_some_and(&is_meant));
        meant.filter_map(CaseEvent::day).max()
    }

    /// The codes of all materials that are here.
    pub fn codes_brought(&self) -> BTreeSet<String> {
        self.brought.keys().cloned().collect()
    }

    /// Whether what came settles this line of the notice: by its code, as one of a group of which
    /// one is enough, or by its name for what the department added.
    pub fn is_settled(&self, line: &Listed, brought: &[Brought], others: &[String]) -> bool {
        match &line.material {
            Some(code) => self.is_met(code, brought),
            None => others.contains(&line.name),
        }
    }

    /// Whether what came meets this material: itself, or one of a group of which one is enough.
    pub fn is_met(&self, code: &str, brought: &[Brought]) -> bool {
        let group_of = |code| {
            self.item()
                .material(code)
                .and_then(|one| one.any_of.as_ref())
        };
        let group = group_of(code);
        brought.iter().any(|one| {
            one.material == code || (group.is_some() && group == group_of(&one.material))
        })
    }
}
