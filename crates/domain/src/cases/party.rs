//! The people of a case: whom it concerns, who applies, who comes for them, how they were known.
//!
//! These may be three different people. A case keeps names and *masked* numbers; the full number
//! stands in the register alone.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record::Id;

/// What the matter is about (办理对象).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Concerning {
    /// Which kind of object.
    #[serde(default)]
    pub kind: ConcerningKind,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The person in the register, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<Id>,
}

/// Kinds of 办理对象.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConcerningKind {
    /// The applicant.
    #[default]
    Applicant,
    /// Another person.
    Person,
    /// A child, perhaps without a number yet.
    Child,
    /// Someone who has died.
    Deceased,
    /// A household.
    Household,
    /// An organisation.
    Organisation,
}

/// Who applies (申请人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Party {
    /// The person in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<Id>,
    /// The name, as printed.
    pub name: String,
    /// Which document, by its name in the code table of identity documents.
    #[serde(default)]
    pub id_kind: String,
    /// Its masked number, as printed.
    #[serde(default)]
    pub id_masked: String,
}

/// Who comes for the applicant (代办人). Nobody is the usual case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Agent {
    /// 亲属 or 委托.
    pub kind: AgentKind,
    /// Their name.
    pub name: String,
    /// Their masked number, as printed.
    #[serde(default)]
    pub id_masked: String,
    /// What they are to the applicant.
    #[serde(default)]
    pub relation: String,
    /// How to reach them.
    #[serde(default)]
    pub phone: String,
    /// The last day of the proxy (委托书); kin need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proxy_until: Option<NaiveDate>,
}

/// On what ground an agent acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// 亲属: identity card and relation are enough.
    Kin,
    /// 委托: with a power of attorney.
    Proxy,
}

/// How the applicant's identity was checked (核对身份).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Identity {
    /// How.
    pub how: IdentityHow,
    /// Why no document was needed or none was there.
    #[serde(default)]
    pub reason: String,
}

/// The ways to check an identity, in the order of the screen's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdentityHow {
    /// 刷证
    Card,
    /// 核对末四位
    LastFour,
    /// 电子证照
    ElectronicCertificate,
    /// 熟识或无证件: with a reason.
    KnownOrNone,
}
