//! Cases in words: states, lights, papers, who is waited for.

use chrono::NaiveDate;
use yichuang_domain::cases::{
    case::Case,
    clock::{DayType, Limit},
    event::{Outcome, Problem, Procedure, TerminationCause},
    item::{Form, Handling, Item, Role},
    light::Light,
    party::IdentityHow,
    rules::deemed_on,
    transition::State,
};

use super::Language;

/// A state in words.
pub(crate) fn state(state: State, role: Role, language: Language) -> &'static str {
    let collects = role == Role::Collects;
    let (zh, en) = match state {
        State::Received => ("已收件", "Received"),
        State::Supplement => ("待补正", "Awaiting documents"),
        State::Accepted if collects => ("已代收", "Collected"),
        State::Accepted => ("已受理", "Accepted"),
        State::Forwarded => ("已转办", "Forwarded"),
        State::Paused => ("已挂起", "Paused"),
        State::Decided => ("已办结", "Decided"),
        State::Delivered => ("已送达", "Delivered"),
        State::Archived => ("已归档", "Archived"),
        State::Refused => ("不予受理", "Refused"),
        State::Withdrawn => ("已撤回", "Withdrawn"),
        State::Returned => ("已退件", "Returned"),
    };
    language.pick(zh, en)
}

/// What stands beside a light: "剩 3 天", "今天", "超期 1 天".
pub(crate) fn light(light: Light, days_left: i64, language: Language) -> String {
    match (light, days_left) {
        (Light::Grey, _) => language.pick("不计时", "stopped").to_owned(),
        (Light::Red, left) => {
            let over = -left;
            language.pick(format!("{over} 天"), format!("{over} d"))
        }
        (_, 0) => language.pick("今天", "today").to_owned(),
        (_, left) => language.pick(format!("剩 {left} 天"), format!("{left} d left")),
    }
}

/// "10 个工作日", "15 个自然日", "即办".
pub(crate) fn promise(limit: Limit, language: Language) -> String {
    let days = limit.days;
    match (days, limit.day_type) {
        (0, _) => language.pick("即办", "at once").to_owned(),
        (_, DayType::Working) => {
            language.pick(format!("{days} 个工作日"), format!("{days} working days"))
        }
        (_, DayType::Calendar) => {
            language.pick(format!("{days} 个自然日"), format!("{days} calendar days"))
        }
    }
}

/// "原件 1".
pub(crate) fn material_form(form: Form, copies: u16, language: Language) -> String {
    let (zh, en) = match form {
        Form::Original => ("原件", "original"),
        Form::Copy => ("复印件", "copy"),
        Form::Form => ("表格", "form"),
        Form::Photo => ("照片", "photo"),
        Form::Electronic => ("电子", "electronic"),
    };
    format!("{} {copies}", language.pick(zh, en))
}

/// "验原件退还".
pub(crate) fn material_handling(handling: Handling, language: Language) -> &'static str {
    let (zh, en) = match handling {
        Handling::Show => ("验原件退还", "seen, given back"),
        Handling::Copy => ("收复印件", "copy kept"),
        Handling::Keep => ("收原件", "original kept"),
    };
    language.pick(zh, en)
}

/// What is wrong with a paper.
pub(crate) fn problem(problem: Problem, language: Language) -> &'static str {
    let (zh, en) = match problem {
        Problem::Missing => ("缺", "Missing"),
        Problem::Expired => ("失效", "Out of date"),
        Problem::Incomplete => ("填写不全", "Incomplete"),
        Problem::Illegible => ("不清晰", "Unreadable"),
        Problem::Inconsistent => ("不一致", "Contradicts"),
        Problem::WrongForm => ("形式不符", "Wrong form"),
    };
    language.pick(zh, en)
}

/// A special procedure.
pub(crate) fn procedure(procedure: Procedure, language: Language) -> &'static str {
    let (zh, en) = match procedure {
        Procedure::Publicity => ("公示", "Publicity"),
        Procedure::Hearing => ("听证", "Hearing"),
        Procedure::SiteCheck => ("现场核查", "Site check"),
        Procedure::Assessment => ("评估鉴定", "Assessment"),
        Procedure::ExpertReview => ("专家评审", "Expert review"),
        Procedure::LetterCheck => ("函询核对", "Check by letter"),
    };
    language.pick(zh, en)
}

/// How a matter ended.
pub(crate) fn outcome(outcome: Outcome, language: Language) -> &'static str {
    let (zh, en) = match outcome {
        Outcome::Approved => ("准予", "Approved"),
        Outcome::Denied => ("不予", "Denied"),
        Outcome::Terminated => ("终止", "Ended"),
    };
    language.pick(zh, en)
}

/// Why a case was ended.
pub(crate) fn termination(cause: TerminationCause, language: Language) -> &'static str {
    let (zh, en) = match cause {
        TerminationCause::OwedDatePassed => ("容缺材料逾期未补", "Owed papers never came"),
        TerminationCause::ApplicantDied => ("申请人死亡", "Applicant died"),
        TerminationCause::DuplicateCase => ("重复办件", "Duplicate case"),
        TerminationCause::ItemAbolished => ("事项取消", "Item abolished"),
    };
    language.pick(zh, en)
}

/// How identity was checked.
pub(crate) fn identity(how: IdentityHow, language: Language) -> &'static str {
    let (zh, en) = match how {
        IdentityHow::Card => ("刷证", "Card read"),
        IdentityHow::LastFour => ("核对末四位", "Last four compared"),
        IdentityHow::ElectronicCertificate => ("电子证照", "Electronic certificate"),
        IdentityHow::KnownOrNone => ("熟识或无证件", "Known, or no document"),
    };
    language.pick(zh, en)
}

/// 等谁: who has to move next.
pub(crate) fn waiting(case: &Case, today: NaiveDate, language: Language) -> String {
    let item: &Item = case.item();
    let window = language.pick("本窗口", "this window");
    match case.state {
        State::Received if deemed_on(case, today).is_some() => language
            .pick("视为受理，本窗口", "deemed accepted, this window")
            .to_owned(),
        State::Received if case.receipt.to_enter => {
            language.pick("待录入", "to be entered").to_owned()
        }
        State::Received | State::Delivered | State::Accepted if case.owed.is_empty() => {
            window.to_owned()
        }
        State::Supplement => {
            let count = case.listed.len();
            language.pick(
                format!("居民，缺 {count} 份"),
                format!("resident, {count} missing"),
            )
        }
        State::Received | State::Delivered | State::Accepted => {
            let count = case.owed.len();
            language.pick(
                format!("居民，欠 {count} 份"),
                format!("resident, {count} owing"),
            )
        }
        State::Forwarded => case.forwarded.as_ref().map_or_else(
            || language.of(&item.handler.name),
            |(named, _on)| department(item, named, language),
        ),
        State::Paused => case.pauses.last().map_or_else(String::new, |pause| {
            procedure(pause.procedure, language).to_owned()
        }),
        State::Decided => language.pick("居民领取", "resident, to pick up").to_owned(),
        State::Archived | State::Refused | State::Withdrawn | State::Returned => String::new(),
    }
}

/// A department of a record: papers and records name it in Chinese, and the item knows its English name.
pub(crate) fn department(item: &Item, named: &str, language: Language) -> String {
    if named == item.handler.name.zh {
        language.of(&item.handler.name)
    } else {
        named.to_owned()
    }
}

/// Why a step was taken back by one key: kept in Chinese, as everything written for good.
pub(crate) const UNDONE: &str = "撤销";

/// A reason of the record. People's own stay as they were written.
pub(crate) fn reason(written: &str, language: Language) -> String {
    match written {
        UNDONE => language.pick(UNDONE, "Undone").to_owned(),
        theirs => theirs.to_owned(),
    }
}
