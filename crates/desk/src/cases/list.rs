//! Lists of cases: open, overdue, the trays, all.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::{case::Case, item::Mode, light::Light, transition::State},
    office::staff::Action,
};

use super::{look, view::CaseBrief};
use crate::{answer::Stop, call::Query, see::View, words::Language};

/// A tray (托盘).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tray {
    /// 待转办
    ToForward,
    /// 待录入
    ToEnter,
    /// 待补正
    Supplement,
    /// 待领取
    ToPickUp,
    /// 待补打
    ToPrint,
}

/// The trays in the order of the home page.
pub(crate) const TRAYS: [Tray; 5] = [
    Tray::ToForward,
    Tray::ToEnter,
    Tray::Supplement,
    Tray::ToPickUp,
    Tray::ToPrint,
];

impl Tray {
    /// Its name as it travels.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ToForward => "to_forward",
            Self::ToEnter => "to_enter",
            Self::Supplement => "supplement",
            Self::ToPickUp => "to_pick_up",
            Self::ToPrint => "to_print",
        }
    }

    /// What stands on it.
    pub(crate) fn label(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::ToForward => ("待转办", "To forward"),
            Self::ToEnter => ("待录入", "To be entered"),
            Self::Supplement => ("待补正", "Awaiting documents"),
            Self::ToPickUp => ("待领取", "To pick up"),
            Self::ToPrint => ("待补打", "To print"),
        };
        language.pick(zh, en)
    }

    /// Whether a case lies in it.
    pub(crate) fn holds(self, case: &Case) -> bool {
        match self {
            Self::ToForward => {
                case.state == State::Accepted && case.item().handler.mode != Mode::Decides
            }
            Self::ToEnter => case.state == State::Received && case.receipt.to_enter,
            Self::Supplement => case.state == State::Supplement,
            Self::ToPickUp => case.state == State::Decided,
            // The latest paper is what the resident waits for.
            Self::ToPrint => case
                .papers
                .iter()
                .rev()
                .find(|paper| !paper.is_void)
                .is_some_and(|paper| paper.prints == 0),
        }
    }
}

/// Which cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseFilter {
    /// Somebody still works on them.
    #[default]
    Open,
    /// All, latest first.
    All,
    /// Those with a day that binds, most urgent first.
    Due,
    /// Overdue.
    Overdue,
    /// 待转办
    ToForward,
    /// 待录入
    ToEnter,
    /// 待补正
    Supplement,
    /// 待领取
    ToPickUp,
    /// 待补打
    ToPrint,
}

/// Lists cases.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct Cases {
    /// Which.
    pub filter: Option<CaseFilter>,
    /// Only those whose number, item or name holds this.
    pub text: Option<String>,
    /// How many at most; 100 where absent.
    pub limit: Option<u32>,
    /// From which on.
    pub offset: Option<u32>,
}

/// A list of cases.
#[derive(Serialize, TS)]
pub(crate) struct CasesView {
    /// The rows.
    pub cases: Vec<CaseBrief>,
    /// How many there are in all.
    pub total: u32,
}

impl Query for Cases {
    const NAME: &'static str = "cases";
    const ABOUT: &'static str = "Lists cases: open, overdue, due, a tray, or all.";
    const ACTION: Action = Action::ReadCases;
    type Output = CasesView;

    fn answer(&self, view: &View<'_>) -> Result<CasesView, Stop> {
        let filter = self.filter.unwrap_or_default();
        let limit = self.limit.unwrap_or(100).clamp(1, 500) as usize;
        let offset = self.offset.unwrap_or(0) as usize;
        let text = self
            .text
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        if filter == CaseFilter::All && text.is_empty() {
            let ids = view.store.cases_by_receipt(offset, limit)?;
            let mut cases = Vec::with_capacity(ids.len());
            for id in ids {
                cases.extend(
                    view.store
                        .case_record(id)?
                        .map(|(case, _record)| look::brief(&case, view)),
                );
            }
            return Ok(CasesView {
                cases,
                total: count(view.store.count_cases()?),
            });
        }
        let mut rows = Vec::new();
        let mut take = |case: &Case| {
            if !filter.holds(case, view) {
                return;
            }
            let brief = look::brief(case, view);
            if matches(&brief, &text) {
                rows.push((urgency(case, view), brief));
            }
        };
        if filter == CaseFilter::All {
            for id in view.store.cases_by_receipt(0, usize::MAX)? {
                if let Some((case, _record)) = view.store.case_record(id)? {
                    take(&case);
                }
            }
        } else {
            view.session.gathered.open_cases().for_each(take);
        }
        if filter != CaseFilter::All {
            rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        let total = count(rows.len());
        let cases = rows
            .into_iter()
            .map(|(_, brief)| brief)
            .skip(offset)
            .take(limit)
            .collect();
        Ok(CasesView { cases, total })
    }
}

impl CaseFilter {
    fn holds(self, case: &Case, view: &View<'_>) -> bool {
        match self {
            Self::Open | Self::All => true,
            Self::Due => look::light_of(case, view).is_some(),
            Self::Overdue => {
                look::light_of(case, view).is_some_and(|light| light.light == Light::Red)
            }
            Self::ToForward => Tray::ToForward.holds(case),
            Self::ToEnter => Tray::ToEnter.holds(case),
            Self::Supplement => Tray::Supplement.holds(case),
            Self::ToPickUp => Tray::ToPickUp.holds(case),
            Self::ToPrint => Tray::ToPrint.holds(case),
        }
    }
}

fn matches(brief: &CaseBrief, text: &str) -> bool {
    text.is_empty()
        || [&brief.number, &brief.title, &brief.name, &brief.waiting_for]
            .iter()
            .any(|part| part.to_lowercase().contains(text))
}

/// How urgent a case is: stopped clocks last, then by day, then by number.
pub(crate) fn urgency(case: &Case, view: &View<'_>) -> (bool, NaiveDate, String) {
    let is_stopped = look::light_of(case, view).is_none_or(|light| light.light == Light::Grey);
    let due = look::binding_day(case).unwrap_or(NaiveDate::MAX);
    (is_stopped, due, case.receipt.number.clone())
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
