//! What each kind of paper says beyond what all papers say (domain.md 1.4).
//!
//! A new kind of paper is a variant here, its struct, and a template of the same name.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::record::{CaseRecord, DayEnd};

/// Which paper it is, with what only it says.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PaperBody {
    /// SJ 收件回执
    Receipt(Receipt),
    /// SL 受理通知书
    Acceptance(Acceptance),
    /// DS 代收回执
    Collection(Collection),
    /// RC 容缺受理承诺书
    DeferralPromise(DeferralPromise),
    /// RT 容缺受理通知书
    DeferredAcceptance(DeferredAcceptance),
    /// BZ 一次性补正告知书
    Supplement(Supplement),
    /// ZG 部门补正转告单
    DepartmentSupplement(DepartmentSupplement),
    /// BY 不予受理通知书
    Refusal(Refusal),
    /// YD 引导告知单
    Referral(Referral),
    /// ZB 转办单
    Forwarding(Forwarding),
    /// BJ 办结通知书
    Completion(Completion),
    /// CH 撤回申请书
    Withdrawal(Withdrawal),
    /// SD 送达回证
    ProofOfDelivery(ProofOfDelivery),
    /// TJ 退件(终止)通知书
    Return(Return),
    /// TX 特别程序告知书
    Pause(Pause),
    /// YQ 延期告知书
    Extension(Extension),
    /// 全程记录
    CaseRecord(Box<CaseRecord>),
    /// 日终单
    DayEnd(DayEnd),
}

/// A material that lies on the table or goes back.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Material {
    /// 居民身份证.
    pub name: String,
    /// 原件, 复印件, 电子证照 …
    pub form: String,
    /// How many (份).
    pub copies: u16,
    /// How many pages, where counted.
    pub pages: Option<u16>,
    /// What happens to it, or any remark: 验原件退还. May be empty.
    pub note: String,
}

/// A material that is missing or not in order.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// 合法稳定居住材料.
    pub name: String,
    /// What is wrong: 缺, 失效 …, in a sentence where needed.
    pub problem: String,
    /// How to get it or put it right.
    pub how: String,
    /// 原件, 复印件 …
    pub form: String,
}

/// A material that may follow (容缺).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// 近期免冠照片.
    pub name: String,
    /// 原件, 复印件 …
    pub form: String,
    /// The last day to bring it.
    pub due: NaiveDate,
}

/// A body to go to.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct GoTo {
    /// Its name.
    pub name: String,
    /// Where it is. May be empty.
    pub address: String,
    /// Its telephone. May be empty.
    pub phone: String,
}

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayType {
    /// 工作日
    Working,
    /// 自然日
    Calendar,
}

/// The days a case is bound to, as judged at acceptance.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// 即办件 or 承诺件.
    pub kind: String,
    /// Day 0.
    pub accepted: NaiveDate,
    /// The promised length.
    pub promised_days: u16,
    /// What it counts.
    pub day_type: DayType,
    /// The day that binds: the earlier of promise and law.
    pub due: NaiveDate,
    /// The day the law's limit ends, where it sets one.
    pub legal_due: Option<NaiveDate>,
    /// 暂定: a year without a holiday notice was touched.
    pub provisional: bool,
}

/// SJ 收件回执: the papers lie here, nothing is accepted yet.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// When they came.
    pub received: NaiveDateTime,
    /// The day the notice clock counts from.
    pub counted_from: NaiveDate,
    /// What came.
    pub materials: Vec<Material>,
    /// 取件码. May be empty.
    pub pickup_code: String,
}

/// SL 受理通知书: accepted, the clock runs.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// 视为受理: by lapse of the five days; the acceptance date is the day of receipt.
    pub deemed: bool,
    /// The days.
    pub term: Term,
    /// Who handles it.
    pub department: String,
    /// What comes out: 居住证.
    pub result: String,
    /// How it reaches the applicant: 窗口领取.
    pub delivery: String,
    /// How to ask how far it is.
    pub progress: String,
    /// 取件码. May be empty.
    pub pickup_code: String,
}

/// DS 代收回执: papers taken for a department, which accepts them itself.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Collection {
    /// When they were taken.
    pub collected: NaiveDateTime,
    /// For whom.
    pub department: String,
    /// What was taken.
    pub materials: Vec<Material>,
    /// What may follow. Empty: nothing is owed.
    pub owed: Vec<Owed>,
    /// The last day we hand them on.
    pub forward_by: NaiveDate,
    /// 预计: when it may be finished, by our own count.
    pub expected: NaiveDate,
    /// What comes out.
    pub result: String,
    /// 取件码. May be empty.
    pub pickup_code: String,
}

/// RC 容缺受理承诺书: what the applicant promises to bring, signed before acceptance.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeferralPromise {
    /// What, and until when each.
    pub owed: Vec<Owed>,
    /// The department, where we only collect: its acceptance is meant then. Empty where we accept.
    pub department: String,
}

/// RT 容缺受理通知书: accepted although something is owed.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeferredAcceptance {
    /// The days; deferral does not stop the clock.
    pub term: Term,
    /// Who handles it.
    pub department: String,
    /// What is owed.
    pub owed: Vec<Owed>,
    /// How it may be brought: 本窗口、邮寄.
    pub how_to_bring: String,
}

/// BZ 一次性补正告知书: everything that is missing, told once.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Supplement {
    /// The day the application came.
    pub received: NaiveDate,
    /// The complete list.
    pub lacks: Vec<Lack>,
    /// The last day to bring it all.
    pub last_day: NaiveDate,
}

/// ZG 部门补正转告单: what a department asks for, passed on.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentSupplement {
    /// Which department.
    pub department: String,
    /// The number of its paper.
    pub department_number: String,
    /// Its list.
    pub lacks: Vec<Lack>,
    /// Its last day.
    pub last_day: NaiveDate,
    /// How to bring it.
    pub how_to_bring: String,
}

/// BY 不予受理通知书: not accepted, why, and where to go instead.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The code of the reason.
    pub reason_code: String,
    /// The reason in words.
    pub reason: String,
    /// The law it rests on.
    pub basis: String,
    /// Where to go instead.
    pub go_to: Option<GoTo>,
    /// Reconsideration and suit, in full sentences; empty where the act is none of public law.
    pub remedies: String,
}

/// YD 引导告知单: what was asked, and who can help.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// What was asked.
    pub asked: String,
    /// The answer in a sentence or two, with its basis. May be empty.
    pub answer: String,
    /// Who can help.
    pub go_to: GoTo,
    /// What to take there.
    pub bring: Vec<String>,
}

/// ZB 转办单: papers go to a department, counted.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Forwarding {
    /// The number of the batch. May be empty.
    pub batch: String,
    /// Who sends.
    pub from: String,
    /// Who gets.
    pub to: String,
    /// What goes, with page counts.
    pub materials: Vec<Material>,
    /// When it left.
    pub given: NaiveDateTime,
    /// The day our promise ends, where one is running.
    pub due: Option<NaiveDate>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予
    Approved,
    /// 不予
    Denied,
    /// 终止
    Terminated,
}

/// BJ 办结通知书: done.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// How.
    pub outcome: Outcome,
    /// When.
    pub decided: NaiveDate,
    /// Who decided.
    pub department: String,
    /// What came out: 居住证. May be empty.
    pub result: String,
    /// The number of the result or the department's serial number. May be empty.
    pub result_number: String,
    /// Why, where it was denied or ended. Empty otherwise.
    pub reason: String,
    /// Reconsideration and suit, in full sentences. May be empty.
    pub remedies: String,
    /// Where to fetch it. May be empty.
    pub pickup_place: String,
    /// When to fetch it. May be empty.
    pub pickup_time: String,
    /// 取件码. May be empty.
    pub pickup_code: String,
}

/// CH 撤回申请书: the applicant takes the application back.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// Why, in the applicant's words. May be empty.
    pub reason: String,
    /// What goes back.
    pub returned: Vec<Material>,
}

/// SD 送达回证: what was handed over, to whom, how.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ProofOfDelivery {
    /// The documents, each with its number.
    pub documents: Vec<String>,
    /// 直接送达, 邮寄 …
    pub method: String,
    /// Who took it.
    pub recipient: String,
    /// What they are to the applicant: 本人, 代办人.
    pub relation: String,
    /// When; absent until it is signed.
    pub delivered: Option<NaiveDateTime>,
    /// The number of the parcel. May be empty.
    pub tracking_number: String,
    /// Why nobody signed. May be empty.
    pub refusal: String,
    /// Who saw it. May be empty.
    pub witness: String,
}

/// TJ 退件(终止)通知书: the case ends and the papers go back.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Return {
    /// Why.
    pub reason: String,
    /// What goes back.
    pub returned: Vec<Material>,
    /// Whether the applicant may apply again.
    pub may_apply_again: bool,
}

/// TX 特别程序告知书: the clock stands still.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// 公示, 听证, 现场核查 …
    pub procedure: String,
    /// The first day that does not count.
    pub since: NaiveDate,
    /// How long it should take.
    pub expected_days: u16,
    /// What that counts.
    pub day_type: DayType,
    /// The day the case was due until now.
    pub due: NaiveDate,
}

/// YQ 延期告知书: it takes longer, once.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// The day it was due.
    pub old_due: NaiveDate,
    /// The day it is due now.
    pub new_due: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}
