//! What a paper (文书) says: plain data, every word of it already decided.
//!
//! Nothing here looks anything up, counts days or asks for the time: `domain` judged, the desk
//! filled this in, the templates only lay it out. Words are Chinese, because papers are, and stand
//! exactly as they shall be printed. Numbers of identity documents are *masked* ones.

mod body;
mod record;

pub use body::{
    Acceptance, Collection, Completion, DayType, DeferralPromise, DeferredAcceptance,
    DepartmentSupplement, Extension, Forwarding, GoTo, Lack, Material, Outcome, Owed, PaperBody,
    Pause, ProofOfDelivery, Receipt, Referral, Refusal, Return, Supplement, Term, Withdrawal,
};
pub use record::{CaseRecord, CountLine, DayEnd, PauseLine, RecordLine, SignerLine};

use std::fmt;

use chrono::NaiveDateTime;
use serde::Serialize;

/// A paper, complete. `Debug` shows its number only: the rest is about people.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// 文书编号, as `XM261124A00073-BZ01`.
    pub number: String,
    /// 办件编号. A referral slip has no case.
    pub case_number: Option<String>,
    /// What the QR code says: up to 300 bytes. Empty: no codes, for a paper made before its step.
    pub qr: String,
    /// What the bar under it says: digits only (the case number, letters as 10–35). Empty: no bar.
    pub barcode: String,
    /// Who gives it out, in full: 昆山市周市镇新茂东苑社区居民委员会.
    pub community: String,
    /// The item. A referral slip may have none.
    pub item: Option<ItemName>,
    /// Who applies.
    pub applicant: Applicant,
    /// Who came for them.
    pub agent: Option<Agent>,
    /// The day and time of the step it tells of, at the counter.
    pub issued: NaiveDateTime,
    /// Who answers for it.
    pub clerk: Clerk,
    /// Where to ask. May be empty.
    pub enquiry_phone: String,
    /// Where to complain: 12345.
    pub complaint_phone: String,
    /// How many copies the PDF holds, each counting its own pages: the first to hand over, the
    /// others to keep. Two is usual; none is taken as one.
    pub copies: u8,
    /// Which printing this is, from 1.
    pub print_count: u32,
    /// The day and time of this printing, at the counter.
    pub printed: NaiveDateTime,
    /// 大字: body 18 pt instead of 14 pt.
    pub large_type: bool,
    /// 作废: the step it tells of lost its effect.
    pub is_void: bool,
    /// What only this kind of paper says.
    pub body: PaperBody,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Paper").field(&self.number).finish()
    }
}

/// The item a case is about.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ItemName {
    /// `HJ002`.
    pub code: String,
    /// 居住证申领.
    pub name: String,
}

/// Who applies (申请人).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// The name.
    pub name: String,
    /// Which identity document: 居民身份证. Empty where none was shown.
    pub id_kind: String,
    /// Its number, masked. Empty where none was shown.
    pub id_masked: String,
}

/// Who came for the applicant (代办人).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Agent {
    /// The name.
    pub name: String,
    /// The number of their identity document, masked, or empty.
    pub id_masked: String,
    /// What they are to the applicant: 配偶, 受托人.
    pub relation: String,
}

/// The clerk on the paper.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Clerk {
    /// The name.
    pub name: String,
    /// As what they stood at the window.
    pub corner: Corner,
}

/// The two corners of a post, and who stands in for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    /// A角
    A,
    /// B角
    B,
    /// 临时顶岗
    StandIn,
}
