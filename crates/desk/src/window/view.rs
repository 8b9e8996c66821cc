//! What the desk home shows.

use serde::Serialize;
use ts_rs::TS;
use yichuang_domain::record::Id;

use crate::cases::view::CaseBrief;

/// The desk home, in one answer.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct HomeView {
    /// 超期.
    pub overdue: u32,
    /// Due today.
    pub due_today: u32,
    /// Due within three days.
    pub due_soon: u32,
    /// The due list's first rows, most urgent first.
    pub due: Vec<CaseBrief>,
    /// The trays above the key line.
    pub trays: Vec<TrayView>,
    /// Half-typed forms of this person, latest first.
    pub drafts: Vec<DraftBrief>,
    /// Cases taken in today.
    pub taken_today: u32,
    /// Questions answered today.
    pub enquiries_today: u32,
    /// What a person should know: an unknown year, a weak key store …
    pub notes: Vec<String>,
}

/// A tray (托盘).
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct TrayView {
    /// `to_forward`, `to_enter`, `supplement`, `to_pick_up`, `to_print`.
    pub tray: String,
    /// 待转办 …
    pub label: String,
    /// How many.
    pub count: u32,
}

/// A half-typed form.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct DraftBrief {
    /// Its key.
    pub key: String,
    /// What it is about.
    pub title: String,
    /// Where it goes on.
    pub route: String,
    /// "10:31" or "11-23 16:20".
    pub saved: String,
}

/// Whoever holds the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Holds {
    /// 我在窗口.
    Me,
    /// 我外勤，对方在窗口.
    Pair,
    /// 两人都在.
    Both,
}

/// A person to choose at the lock screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct StaffView {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their role, as it travels.
    pub role: String,
    /// Their role in words.
    pub role_text: String,
    /// A or B.
    pub corner: Option<String>,
}
