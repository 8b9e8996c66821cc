//! Words that stand on papers only, in Chinese. What the screen says too stands in `crate::words`.

use yichuang_domain::{
    cases::{
        event::{DeliveryMethod, RefusalGround, TerminationCause},
        item::{Form, Kind},
    },
    office::code_tables::{CodeTable, name_of},
};

/// Remedies against an act of public law (Administrative Reconsideration Law, art. 20;
/// Administrative Litigation Law, art. 46).
pub(super) const REMEDIES: &str = "对本决定不服的，可以自收到本通知书之日起六十日内依法申请行政复议，或者自收到本通知书之日起六个月内依法向人民法院提起行政诉讼。";

/// How owed or asked-for papers reach the window.
pub(super) const HOW_TO_BRING: &str = "由本人或者代办人送到本窗口，也可以邮寄到本窗口";

/// The form of a material.
pub(super) const fn form(form: Form) -> &'static str {
    match form {
        Form::Original => "原件",
        Form::Copy => "复印件",
        Form::Form => "表格",
        Form::Photo => "照片",
        Form::Electronic => "电子材料",
    }
}

/// 即办件, 承诺件.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Instant => "即办件",
        Kind::Promise => "承诺件",
    }
}

/// The code of a ground for refusing, and the ground in words.
pub(super) const fn ground(ground: RefusalGround) -> (&'static str, &'static str) {
    match ground {
        RefusalGround::NotNeeded => ("R01", "依法不需要办理"),
        RefusalGround::NotOurs => ("R02", "不属于本窗口的受理范围"),
        RefusalGround::ConditionsNotMet => ("R03", "不符合办理条件"),
        RefusalGround::FalseMaterials => ("R04", "提交的材料虚假"),
    }
}

/// How a result was handed over.
pub(super) const fn method(method: DeliveryMethod) -> &'static str {
    match method {
        DeliveryMethod::InPerson => "直接送达",
        DeliveryMethod::Agent => "代办人领取",
        DeliveryMethod::Post => "邮寄送达",
        DeliveryMethod::Home => "上门送达",
        DeliveryMethod::Electronic => "电子送达",
    }
}

/// Why a case was ended, as a sentence to the applicant, and whether applying again makes sense.
pub(super) const fn termination(cause: TerminationCause) -> (&'static str, bool) {
    match cause {
        TerminationCause::OwedDatePassed => ("容缺材料逾期未补交", true),
        TerminationCause::ApplicantDied => ("申请人已经去世", false),
        TerminationCause::DuplicateCase => ("同一事项已有办件正在办理", false),
        TerminationCause::ItemAbolished => ("该事项已经取消", false),
    }
}

/// An identity document by the name the register keeps.
pub(super) fn id_kind(kept: &str) -> String {
    let code = match kept {
        "hk_residence_permit" => "hkResidence",
        "mo_residence_permit" => "moResidence",
        "tw_residence_permit" => "twResidence",
        "foreign_pr2017" | "foreign_pr2023" => "foreignPR",
        "legacy15" => "resident",
        other => other,
    };
    name_of(CodeTable::IdType, code).map_or_else(|| "证件".to_owned(), |name| name.zh.clone())
}
