//! An open case as lists and the home page need it: without its history and what its item asks for, so
//! that all open cases can be held and kept at once.

use serde::{Deserialize, Serialize};

use super::case::Case;

/// A case without its history, its item without what is asked at the counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline(Case);

impl Outline {
    /// Of a case somebody still works on; nothing of the others.
    pub fn of(mut case: Case) -> Option<Self> {
        if case.is_void || !case.state.is_open() {
            return None;
        }
        case.history = Vec::new();
        case.brought.clear();
        case.cards = Vec::new();
        let receipt = &mut case.receipt;
        receipt.brought = Vec::new();
        receipt.problems = Vec::new();
        receipt.statement = String::new();
        receipt.agent = None;
        let item = &mut receipt.item;
        item.aliases = Vec::new();
        item.situations = Vec::new();
        item.materials = Vec::new();
        (item.basis, item.conditions) = (None, None);
        (item.place, item.phone) = (None, None);
        Some(Self(case))
    }

    /// The case. What was left out is empty in it.
    pub const fn case(&self) -> &Case {
        &self.0
    }
}
