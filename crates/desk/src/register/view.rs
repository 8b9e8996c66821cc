//! What the screens of the register show: masked in Rust, so that no full number reaches a screen.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use yichuang_domain::{
    record::{Id, Seen},
    register::care::VisitHint,
};

use crate::cases::view::CaseBrief;

/// A person in short.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct PersonCard {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// 男 or 女, or nothing.
    pub sex: String,
    /// Their age in years today.
    pub age: Option<u32>,
    /// Their birth.
    pub birth: Option<NaiveDate>,
    /// The document's kind, in words.
    pub id_kind: String,
    /// The masked number; its end stays hidden until the identity is checked.
    pub id_masked: String,
    /// Whether there is a number to compare with.
    pub has_id: bool,
    /// Masked telephone.
    pub phone: String,
    /// Where they live, in words.
    pub address: String,
}

/// A tag of a care group that everybody on duty may see.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct TagView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A member of the same household.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct MemberView {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// What they are to the head.
    pub relation: String,
    /// Their age.
    pub age: Option<u32>,
}

/// A paper that was handed in for another case and may serve again.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct HeldView {
    /// The material's name.
    pub name: String,
    /// The day it was handed in.
    pub on: NaiveDate,
    /// For which case.
    pub number: String,
}

/// What somebody asked without a case.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct EnquiryBrief {
    /// Its id.
    pub id: Id,
    /// The day.
    pub on: NaiveDate,
    /// What was asked.
    pub question: String,
    /// Where they were sent.
    pub referred_to: String,
}

/// A resident's page.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct ResidentView {
    /// What the screen has seen.
    pub seen: Seen,
    /// The person in short.
    pub card: PersonCard,
    /// Registered and living here, migrant …
    pub residency: String,
    /// What is odd about that.
    pub residency_doubt: Option<String>,
    /// Tags that may be shown.
    pub tags: Vec<TagView>,
    /// 另有受限信息.
    pub has_restricted: bool,
    /// What whoever visits must know of what is restricted.
    pub visit_hint: Option<VisitHint>,
    /// Open cases.
    pub open_cases: Vec<CaseBrief>,
    /// Earlier cases, latest first.
    pub past_cases: Vec<CaseBrief>,
    /// Questions asked.
    pub enquiries: Vec<EnquiryBrief>,
    /// The household.
    pub household: Vec<MemberView>,
    /// Papers that may serve again.
    pub held: Vec<HeldView>,
    /// Fields with two values nobody has compared, in words.
    pub conflicts: Vec<String>,
    /// The reading of the name, as it is searched.
    pub reading: String,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct SearchView {
    /// Best first.
    pub hits: Vec<HitView>,
    /// How many there are in all.
    pub total: u32,
}

/// Kinds of things the one box finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HitKind {
    /// 人
    Resident,
    /// 户
    Household,
    /// 事项
    Item,
    /// 不得出具的证明
    Banned,
    /// 办件
    Case,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct HitView {
    /// What it is.
    pub kind: HitKind,
    /// The record's id, the item's code, or the certificate's number.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Birth year and door; the department; the state.
    pub detail: String,
    /// Why it was found: name, reading, ID number's end …
    pub why: String,
}
