//! One item (事项) of the catalogue, and the materials (材料) it asks for.
//!
//! A case keeps the whole [`Item`] as it was at receipt, with its catalogue's version: replacing the
//! catalogue never changes a case. Reading and checking a catalogue is `catalogue`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::clock::Limit;
use super::codes::{DepartmentCode, ItemCode};
use super::event::Procedure;
use crate::office::bilingual::Bilingual;

/// Whose acceptance it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ItemRole")]
pub enum Role {
    /// The committee decides itself.
    Decides,
    /// The committee accepts for a department, by written delegation.
    Accepts,
    /// The committee collects papers (代收); the department accepts.
    Collects,
}

/// How long an item may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ItemKind")]
pub enum Kind {
    /// 即办件: checked and finished at the counter.
    Instant,
    /// 承诺件: due within the promised days.
    Promise,
}

/// What the community does with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "HandlerMode")]
pub enum Mode {
    /// Decides it itself.
    Decides,
    /// Enters it in the department's own system and hands over the result.
    Enters,
    /// Receives, checks and forwards it to the department, which decides.
    Forwards,
}

/// Where the handler stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "HandlerLevel")]
pub enum Level {
    /// The community itself.
    Community,
    /// The town.
    Town,
    /// The city.
    City,
}

/// Who handles an item (承办).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Handler {
    /// Where the handler stands.
    pub level: Level,
    /// What the community does with a case.
    pub mode: Mode,
    /// The department.
    pub department: DepartmentCode,
    /// The department's name.
    pub name: Bilingual,
}

/// The form in which a material comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MaterialForm")]
pub enum Form {
    /// The original.
    Original,
    /// A copy.
    Copy,
    /// A form that is filled in.
    Form,
    /// A photograph.
    Photo,
    /// An electronic record.
    Electronic,
}

/// What happens to a paper at the counter. Identity cards are never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// 验原件退还: looked at and given back.
    Show,
    /// 收复印件: a copy is kept.
    Copy,
    /// 收原件: the paper itself is kept.
    Keep,
}

/// A paper, form or record an item asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Material {
    /// The material's code, the same in every item that asks for it.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The form in which it comes.
    pub form: Form,
    /// How many of it.
    pub copies: u16,
    /// Whether the item cannot do without it.
    pub required: bool,
    /// Whether it may follow later (容缺).
    pub deferrable: bool,
    /// Whether an electronic licence or a data check may stand in for the paper.
    pub e_cert: bool,
    /// The name of a group of which one material is enough.
    pub any_of: Option<String>,
    /// The situations (情形) in which it is asked for; none named means in all.
    pub when: Vec<u8>,
    /// What happens to the paper at the counter.
    pub handling: Handling,
    /// Its usual number of pages.
    pub pages: Option<u16>,
    /// For how many days one that was handed in may be used again; 0 is never.
    pub reusable_days: u16,
}

/// A situation (情形) of an item, chosen with one digit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Situation {
    /// The digit, 1–9.
    pub digit: u8,
    /// What it is called.
    pub name: Bilingual,
}

/// An item of the catalogue, and what a case keeps of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the yes/no columns of the catalogue, independent of each other"
)]
pub struct Item {
    /// The item's code.
    pub code: ItemCode,
    /// The catalogue this was read from.
    pub catalogue_version: String,
    /// Its name.
    pub name: Bilingual,
    /// What residents' screens, calls and posted lists say: nothing telling, for sensitive items.
    pub public_name: Bilingual,
    /// Everyday words for it.
    pub aliases: Vec<String>,
    /// The group it stands in.
    pub group: String,
    /// Whose acceptance it is.
    pub role: Role,
    /// The number of the written delegation, for [`Role::Accepts`].
    pub delegation: Option<String>,
    /// How long it may take.
    pub kind: Kind,
    /// The promise of its guide; 0 days for an instant item.
    pub promised: Limit,
    /// The law's limit, where there is one.
    pub legal: Option<Limit>,
    /// Who handles it.
    pub handler: Handler,
    /// The situations to choose from; empty for most items.
    pub situations: Vec<Situation>,
    /// What it asks for.
    pub materials: Vec<Material>,
    /// Whether somebody visits.
    pub site_visit: bool,
    /// How long its result is published before it holds (公示), if it is.
    pub publicity: Option<Limit>,
    /// The special procedure it usually needs.
    pub special_procedure: Option<Procedure>,
    /// Whether it can be finished only in a department's own system.
    pub needs_network: bool,
    /// Whether an agent may come.
    pub agent_allowed: bool,
    /// Whether staff come to the resident's home.
    pub home_service: bool,
    /// Whether its cases hold sensitive information (PIPL art. 28).
    pub sensitive: bool,
    /// Whether its very name tells something sensitive: people not entitled read 受限事项.
    pub sensitive_title: bool,
    /// The fee, in fen.
    pub fee_fen: u32,
    /// What the applicant gets.
    pub result: Bilingual,
    /// The rule behind it.
    pub basis: Option<String>,
    /// Who can have it.
    pub conditions: Option<Bilingual>,
    /// Where it is done, when not at this window.
    pub place: Option<Bilingual>,
    /// Who answers questions, when not this window.
    pub phone: Option<String>,
}

impl Item {
    /// The material with this code.
    pub fn material(&self, code: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.code == code)
    }

    /// Whether `situation` can be chosen. Not choosing is always possible: then everything is asked
    /// for.
    pub fn has_situation(&self, situation: Option<u8>) -> bool {
        situation.is_none_or(|digit| self.situations.iter().any(|known| known.digit == digit))
    }

    /// The materials asked for in `situation`, in the catalogue's order. Until the situation is
    /// chosen that is all of them: nothing may be left out by not choosing.
    pub fn asked_for(&self, situation: Option<u8>) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(move |material| {
            material.when.is_empty() || situation.is_none_or(|digit| material.when.contains(&digit))
        })
    }

    /// The materials any one of which meets the requirement `material` stands for: itself, or its
    /// group.
    pub fn alternatives(&self, material: &Material, situation: Option<u8>) -> Vec<&Material> {
        self.asked_for(situation)
            .filter(|other| match &material.any_of {
                Some(_) => other.any_of == material.any_of,
                None => other.code == material.code,
            })
            .collect()
    }

    /// What a notice calls the requirement `material` stands for: its name, or all names of its
    /// group.
    pub fn requirement(&self, material: &Material, situation: Option<u8>) -> Bilingual {
        let one_of = self.alternatives(material, situation);
        if one_of.len() < 2 {
            return material.name.clone();
        }
        let zh: Vec<&str> = one_of.iter().map(|one| one.name.zh.as_str()).collect();
        let en: Vec<&str> = one_of.iter().map(|one| one.name.en.as_str()).collect();
        Bilingual {
            zh: format!("{}(任一即可)", zh.join("、")),
            en: format!("{} (any one)", en.join(" / ")),
        }
    }

    /// Every requirement not met by the `ticked` materials, in the catalogue's order. Of a group of
    /// which one is enough stands one member, the strictest: a group may follow later only when
    /// each of its members may.
    pub fn required_missing(
        &self,
        ticked: &BTreeSet<String>,
        situation: Option<u8>,
    ) -> Vec<&Material> {
        let mut groups = BTreeSet::new();
        let mut missing = Vec::new();
        for material in self.asked_for(situation).filter(|asked| asked.required) {
            if material
                .any_of
                .as_ref()
                .is_some_and(|group| !groups.insert(group))
            {
                continue;
            }
            let one_of = self.alternatives(material, situation);
            if !one_of.iter().any(|one| ticked.contains(&one.code)) {
                let strictest = one_of.into_iter().find(|one| !one.deferrable);
                missing.push(strictest.unwrap_or(material));
            }
        }
        missing
    }

    /// What may follow later (容缺), when everything else that is required was ticked; `None` when
    /// nothing is missing or something that may not follow is.
    pub fn deferrable(
        &self,
        ticked: &BTreeSet<String>,
        situation: Option<u8>,
    ) -> Option<Vec<&Material>> {
        let missing = self.required_missing(ticked, situation);
        let all_may_follow = missing.iter().all(|material| material.deferrable);
        (!missing.is_empty() && all_may_follow).then_some(missing)
    }
}
