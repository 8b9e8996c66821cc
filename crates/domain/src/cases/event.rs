//! What each step of a case says. Judged once, when it was decided; the fold never judges again.
//!
//! Dates, days and the item are written into the event, so that a later calendar or catalogue
//! changes nothing that was told to a resident.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::said::{
    Brought, BroughtAs, DeliveryMethod, GoTo, Listed, Mode, Outcome, Owed, Problem, Procedure,
    RefusalGround, Signer, Term, TerminationCause,
};
use super::{
    item::Item,
    party::{Agent, Concerning, Identity, Party},
    transition::Step,
};
use crate::record::{Change, ChangeRef, Id, Kind, RecordKey};

/// What was said at 收件.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The case number, given for ever.
    pub number: String,
    /// The item as it stood that day.
    pub item: Box<Item>,
    /// The catalogue's version it came from.
    pub catalogue_version: String,
    /// 办理对象.
    pub concerning: Concerning,
    /// 申请人.
    pub applicant: Party,
    /// 代办人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
    /// How the applicant's identity was checked.
    pub identity: Identity,
    /// The situation (情形) the applicant is in, where the item asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<u8>,
    /// Papers on the counter.
    pub brought: Vec<Brought>,
    /// Papers on the counter that will not do.
    #[serde(default)]
    pub problems: Vec<Listed>,
    /// What the applicant stated, where there is no paper.
    #[serde(default)]
    pub statement: String,
    /// How the service was given.
    #[serde(default)]
    pub mode: Mode,
    /// The day of receipt.
    pub on: NaiveDate,
    /// The working day it counts from.
    pub counted_from: NaiveDate,
    /// The last day for notice, acceptance or refusal.
    pub notice_by: NaiveDate,
    /// 待录入: to be entered in the department's own system later.
    #[serde(default)]
    pub to_enter: bool,
    /// What the resident shows to pick up the result.
    pub pick_up_code: String,
}

/// A step of a case with what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CaseEvent {
    /// 收件
    Receive(Box<Receipt>),
    /// 受理 / 代收
    Accept {
        /// The days it is bound to.
        term: Term,
        /// What had come since receipt.
        #[serde(default)]
        brought: Vec<Brought>,
    },
    /// 容缺受理
    AcceptDeferred {
        /// The days it is bound to.
        term: Term,
        /// What had come since receipt.
        #[serde(default)]
        brought: Vec<Brought>,
        /// What may follow, and until when.
        owed: Vec<Owed>,
    },
    /// 一次性补正告知
    RequestSupplement {
        /// The day of the notice.
        on: NaiveDate,
        /// All that is missing, told once.
        listed: Vec<Listed>,
        /// The last day to supply.
        last_day: NaiveDate,
        /// Why a supervisor let a second notice pass.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        override_reason: Option<String>,
    },
    /// 补件
    Supply {
        /// The day it came.
        on: NaiveDate,
        /// What came.
        brought: Vec<Brought>,
        /// What came of the department's own lines, by their names.
        #[serde(default)]
        others: Vec<String>,
        /// Set when this was the last: the case is accepted with these days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        term: Option<Term>,
    },
    /// 逾期退件
    Lapse {
        /// The day.
        on: NaiveDate,
        /// The call to the resident that is on record.
        call: String,
    },
    /// 不予受理
    Refuse {
        /// The day.
        on: NaiveDate,
        /// The ground.
        ground: RefusalGround,
        /// In words.
        text: String,
        /// The law.
        #[serde(default)]
        basis: String,
        /// Where to go instead.
        go_to: GoTo,
    },
    /// 撤回
    Withdraw {
        /// The day.
        on: NaiveDate,
        /// Who signed.
        signed_by: Signer,
        /// Why.
        reason: String,
    },
    /// 转办
    Forward {
        /// The day.
        on: NaiveDate,
        /// To whom.
        department: String,
        /// The signed list's or the batch's number.
        batch: String,
    },
    /// 退回
    SendBack {
        /// The day.
        on: NaiveDate,
        /// The department's reason.
        reason: String,
    },
    /// 部门要求补正
    DepartmentSupplement {
        /// The day.
        on: NaiveDate,
        /// The department's document number.
        external_number: String,
        /// The department's full list.
        listed: Vec<Listed>,
        /// The department's last day.
        last_day: NaiveDate,
        /// 告知不全: our own checklist had it and we did not ask.
        told_in_full: bool,
    },
    /// 部门不予受理
    DepartmentRefuse {
        /// The day.
        on: NaiveDate,
        /// The department's number.
        external_number: String,
        /// Its reason.
        reason: String,
    },
    /// 部门受理
    DepartmentAccept {
        /// The department's number.
        external_number: String,
        /// Its days.
        term: Term,
    },
    /// 特别程序
    Pause {
        /// From this day on no day counts.
        on: NaiveDate,
        /// Which procedure.
        procedure: Procedure,
        /// How long it is expected to take, days.
        expected_days: u16,
    },
    /// 恢复
    Resume {
        /// From this day on days count again.
        on: NaiveDate,
        /// The days as they are now.
        term: Term,
    },
    /// 延期
    Extend {
        /// The day.
        on: NaiveDate,
        /// Who approved.
        approver: Id,
        /// Their name, as printed.
        approver_name: String,
        /// Why.
        reason: String,
        /// Working days added.
        days: u16,
        /// The days as they are now.
        term: Term,
    },
    /// 办结
    Decide {
        /// The day.
        on: NaiveDate,
        /// How it ended.
        outcome: Outcome,
        /// The result's number, the department's where it decided.
        #[serde(default)]
        external_number: String,
        /// Why it was denied.
        #[serde(default)]
        reason: String,
        /// The last day to hand it over.
        deliver_by: NaiveDate,
    },
    /// 终止
    Terminate {
        /// The day.
        on: NaiveDate,
        /// Why.
        cause: TerminationCause,
        /// In words.
        #[serde(default)]
        note: String,
        /// The last day to hand over the notice.
        deliver_by: NaiveDate,
    },
    /// 送达
    Deliver {
        /// The day.
        on: NaiveDate,
        /// How.
        method: DeliveryMethod,
        /// To whom.
        recipient: Signer,
        /// The recipient's name.
        name: String,
        /// Signature noted, or the tracking number.
        proof: String,
    },
    /// 归档
    Archive {
        /// The day.
        on: NaiveDate,
    },
    /// 视为受理
    Deem {
        /// The days, counted from the day of receipt.
        term: Term,
    },
    /// 当场办结
    DoAtOnce {
        /// The days: today.
        term: Term,
        /// What had come since receipt.
        #[serde(default)]
        brought: Vec<Brought>,
        /// The department's own serial number (部门流水号).
        #[serde(default)]
        external_number: String,
        /// What was handed over.
        #[serde(default)]
        result: String,
        /// The last day to hand it over.
        deliver_by: NaiveDate,
    },
    /// 更正
    Correct {
        /// The step that loses its effect.
        of: ChangeRef,
        /// Why.
        reason: String,
    },
    /// A paper was printed. It changes no state.
    Print {
        /// The document's number.
        document: String,
        /// How many copies.
        copies: u8,
    },
}

impl CaseEvent {
    /// The step it is; printing is none.
    pub const fn step(&self) -> Option<Step> {
        Some(match self {
            Self::Receive(_) => Step::Receive,
            Self::Accept { .. } => Step::Accept,
            Self::AcceptDeferred { .. } => Step::AcceptDeferred,
            Self::RequestSupplement { .. } => Step::RequestSupplement,
            Self::Supply { .. } => Step::Supply,
            Self::Lapse { .. } => Step::Lapse,
            Self::Refuse { .. } => Step::Refuse,
            Self::Withdraw { .. } => Step::Withdraw,
            Self::Forward { .. } => Step::Forward,
            Self::SendBack { .. } => Step::SendBack,
            Self::DepartmentSupplement { .. } => Step::DepartmentSupplement,
            Self::DepartmentRefuse { .. } => Step::DepartmentRefuse,
            Self::DepartmentAccept { .. } => Step::DepartmentAccept,
            Self::Pause { .. } => Step::Pause,
            Self::Resume { .. } => Step::Resume,
            Self::Extend { .. } => Step::Extend,
            Self::Decide { .. } => Step::Decide,
            Self::Terminate { .. } => Step::Terminate,
            Self::Deliver { .. } => Step::Deliver,
            Self::Archive { .. } => Step::Archive,
            Self::Deem { .. } => Step::Deem,
            Self::DoAtOnce { .. } => Step::DoAtOnce,
            Self::Correct { .. } => Step::Correct,
            Self::Print { .. } => return None,
        })
    }

    /// The day it counts on, where it says one.
    pub const fn day(&self) -> Option<NaiveDate> {
        Some(match self {
            Self::Receive(receipt) => receipt.on,
            Self::Accept { term, .. }
            | Self::AcceptDeferred { term, .. }
            | Self::DepartmentAccept { term, .. }
            | Self::Deem { term }
            | Self::DoAtOnce { term, .. } => term.accepted,
            Self::RequestSupplement { on, .. }
            | Self::Supply { on, .. }
            | Self::Lapse { on, .. }
            | Self::Refuse { on, .. }
            | Self::Withdraw { on, .. }
            | Self::Forward { on, .. }
            | Self::SendBack { on, .. }
            | Self::DepartmentSupplement { on, .. }
            | Self::DepartmentRefuse { on, .. }
            | Self::Pause { on, .. }
            | Self::Resume { on, .. }
            | Self::Extend { on, .. }
            | Self::Decide { on, .. }
            | Self::Terminate { on, .. }
            | Self::Deliver { on, .. }
            | Self::Archive { on } => *on,
            Self::Correct { .. } | Self::Print { .. } => return None,
        })
    }

    /// The change that brings it to a case.
    pub fn change(&self, case: Id) -> Option<Change> {
        let mut body = serde_json::to_value(self).ok()?;
        body.as_object_mut()?.remove("event");
        let record = RecordKey::new(Kind::CASE, case);
        Some(Change::Event {
            record,
            event: self.name().to_owned(),
            body,
        })
    }

    /// The event's name as it travels.
    pub fn name(&self) -> &'static str {
        self.step().map_or("print", Step::name)
    }
}
