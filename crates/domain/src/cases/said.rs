//! The words of a step: papers, problems, ways, grounds and outcomes, as they stand in events.
//!
//! Not here: the events themselves, which are `event`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The days a case is bound to, as they were told to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Term {
    /// Day 0: the clock starts the day after.
    pub accepted: NaiveDate,
    /// The day our promise ends.
    pub promised: NaiveDate,
    /// The day the law's limit ends, if it sets one.
    pub legal: Option<NaiveDate>,
    /// The earlier of both: the day that binds.
    pub due: NaiveDate,
    /// 暂定: a year without a holiday notice was touched.
    #[serde(default)]
    pub provisional: bool,
    /// 预计: the department has not accepted yet, its clock is a guess.
    #[serde(default)]
    pub expected: bool,
}

/// How a required paper stands wanting.
#[derive(
    Default, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// 缺: not brought.
    #[default]
    Missing,
    /// 失效: out of date.
    Expired,
    /// 填写不全: not filled in or not signed.
    Incomplete,
    /// 不清晰: cannot be read.
    Illegible,
    /// 不一致: contradicts another paper.
    Inconsistent,
    /// 形式不符: copy instead of original, or without stamp.
    WrongForm,
}

/// One line of a supplement notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Listed {
    /// The material's code in the item; absent for something the department added.
    #[serde(default)]
    #[ts(optional)]
    pub material: Option<String>,
    /// Its name, as printed; the item's own where it is left empty.
    #[serde(default)]
    pub name: String,
    /// What is wrong.
    #[serde(default)]
    pub problem: Problem,
    /// What is wrong in words, and how to get it.
    #[serde(default)]
    pub note: String,
}

/// A paper that may follow (容缺), and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owed {
    /// The material's code.
    pub material: String,
    /// The last day to bring it.
    pub due: NaiveDate,
}

/// A material that was on the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Brought {
    /// The material's code.
    pub material: String,
    /// How it came.
    #[serde(default)]
    pub how: BroughtAs,
    /// Pages counted.
    #[serde(default)]
    pub pages: u16,
}

/// How a material came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BroughtAs {
    /// On paper.
    #[default]
    Paper,
    /// 电子证照 or a data check stood in for it.
    ElectronicCertificate,
}

/// How the service was given (服务方式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 窗口
    #[default]
    Window,
    /// 延时
    ExtendedHours,
    /// 预约
    Appointment,
    /// 上门
    HomeService,
    /// 帮办代办
    Assist,
    /// 邮寄
    Post,
}

/// A special procedure: time outside the limit (特别程序).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// 公示
    Publicity,
    /// 听证
    Hearing,
    /// 现场核查
    SiteCheck,
    /// 评估鉴定
    Assessment,
    /// 专家评审
    ExpertReview,
    /// 函询核对
    LetterCheck,
}

/// How a matter ended (办理结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予
    Approved,
    /// 不予
    Denied,
    /// 终止
    Terminated,
}

/// Why a case was ended without an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TerminationCause {
    /// 容缺材料逾期未补
    OwedDatePassed,
    /// 申请人死亡
    ApplicantDied,
    /// 重复办件
    DuplicateCase,
    /// 事项取消
    ItemAbolished,
}

/// Why an application is refused (不予受理原因).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalGround {
    /// 不需要办理
    NotNeeded,
    /// 不属于本窗口职权
    NotOurs,
    /// 不符合条件
    ConditionsNotMet,
    /// 材料虚假
    FalseMaterials,
}

/// How a result reached its owner (送达方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMethod {
    /// 直接送达
    InPerson,
    /// 代办人领取
    Agent,
    /// 邮寄
    Post,
    /// 上门送达
    Home,
    /// 电子送达
    Electronic,
}

/// Who may receive a result or sign for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The applicant.
    Applicant,
    /// The agent, within the proxy.
    Agent,
}

/// A body to go to instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoTo {
    /// Its name.
    pub name: String,
    /// Where it is.
    #[serde(default)]
    pub address: String,
    /// Its telephone.
    #[serde(default)]
    pub phone: String,
}
