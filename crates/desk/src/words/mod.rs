//! Sentences for people, made at the edge from the rules' values: what happened, what is safe, what
//! to do next. Chinese is the source, English its second language; both stand side by side, so that
//! neither can be forgotten.

pub(crate) mod backup;
mod case;
mod doubt;
pub(crate) mod import;
mod refusal;
mod step;
mod trouble;

pub(crate) use case::{
    UNDONE, department, identity, light, material_form, material_handling, outcome, problem,
    procedure, promise, reason, state, termination, waiting,
};
pub(crate) use doubt::{doubtful_residency, unknown_door};
pub(crate) use refusal::{field, refusal};
pub(crate) use step::{decision, happening, step};
pub(crate) use trouble::{folder_notes, trouble};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::office::{bilingual::Bilingual, staff::Role};

/// The language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Language {
    /// The one of two that the screen speaks.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The text of the screen's language.
    pub fn of(self, both: &Bilingual) -> String {
        self.pick(&both.zh, &both.en).clone()
    }

    /// Several names in a row.
    pub fn list(self, names: &[String]) -> String {
        names.join(self.pick("、", ", "))
    }
}

/// A role in words.
pub(crate) fn role(role: Role, language: Language) -> &'static str {
    let (zh, en) = match role {
        Role::Clerk => ("全科社工", "Clerk"),
        Role::Specialist => ("条线专干", "Specialist"),
        Role::GridWorker => ("网格员", "Grid worker"),
        Role::Supervisor => ("主管", "Supervisor"),
        Role::Administrator => ("系统管理员", "Administrator"),
        Role::Auditor => ("审计员", "Auditor"),
    };
    language.pick(zh, en)
}

/// "11月24日 周二", "24 Nov, Tue".
pub(crate) fn day(day: chrono::NaiveDate, language: Language) -> String {
    use chrono::Datelike;
    let weekday = day.weekday().num_days_from_monday() as usize;
    let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    match language {
        Language::Zh => format!(
            "{}月{}日 {}",
            day.month(),
            day.day(),
            zh.get(weekday).copied().unwrap_or_default()
        ),
        Language::En => day.format("%-d %b, %a").to_string(),
    }
}
