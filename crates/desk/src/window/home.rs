//! The desk home: what is due, what waits, what is half-typed.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{cases::case::Case, office::staff::Action};

use super::{
    drafts,
    view::{HomeView, TrayView},
};
use crate::{
    answer::Stop,
    call::Query,
    cases::{list, look},
    office::backup::{Book, calls::failure, overdue},
    see::View,
    words,
};

/// Rows of the due list on the home page.
const ROWS: usize = 30;

/// The desk home.
#[derive(Deserialize, TS)]
pub(crate) struct Home {}

impl Query for Home {
    const NAME: &'static str = "home";
    const ABOUT: &'static str = "The desk home: due list, trays, what is worth knowing.";
    const ACTION: Action = Action::ReadCases;
    type Output = HomeView;

    fn answer(&self, view: &View<'_>) -> Result<HomeView, Stop> {
        let today = view.today();
        let open: Vec<&Case> = view.session.gathered.open_cases().collect();
        // Most urgent first; only the rows that are shown are put into words.
        let mut due: Vec<_> = open
            .iter()
            .map(|case| (list::urgency(case, view), *case))
            .collect();
        due.sort_by(|(one, _), (other, _)| one.cmp(other));
        let count = |wanted: &dyn Fn(i64) -> bool| {
            let running = due.iter().filter(|((is_stopped, _, _), _)| !is_stopped);
            let counted = running.filter(|((_, day, _), _)| wanted((*day - today).num_days()));
            u32::try_from(counted.count()).unwrap_or(u32::MAX)
        };
        let (overdue, due_today, due_soon) = (
            count(&|days| days < 0),
            count(&|days| days == 0),
            count(&|days| (1..=3).contains(&days)),
        );
        let trays = list::TRAYS
            .iter()
            .map(|tray| TrayView {
                tray: tray.name().to_owned(),
                label: tray.label(view.language()).to_owned(),
                count: u32::try_from(open.iter().filter(|case| tray.holds(case)).count())
                    .unwrap_or(u32::MAX),
            })
            .collect();
        Ok(HomeView {
            overdue,
            due_today,
            due_soon,
            due: due
                .into_iter()
                .take(ROWS)
                .map(|(_, case)| look::brief(case, view))
                .collect(),
            trays,
            drafts: drafts::list(view.store, &view.options.data, view.session.actor.id, today),
            taken_today: u32::try_from(view.store.cases_received_on(today)?.len())
                .unwrap_or(u32::MAX),
            enquiries_today: u32::try_from(view.store.enquiries_on(today)?.len())
                .unwrap_or(u32::MAX),
            notes: notes(view),
        })
    }
}

fn notes(view: &View<'_>) -> Vec<String> {
    use chrono::Datelike;
    let mut notes = Vec::new();
    let today = view.today();
    let next = today.year() + 1;
    let is_known = view
        .world
        .calendar
        .years()
        .any(|year| year.year == next && !year.provisional);
    if !is_known && today.month() >= 11 {
        notes.push(view.language().pick(
            format!("{next} 年放假通知还没有导入，跨年的到期日标“暂定”。"),
            format!("The {next} holiday notice is not here yet: due dates beyond the year are provisional."),
        ));
    }
    notes.extend(backup_note(view));
    if view.store.has_weak_device_secret() {
        notes.push(view.language().pick(
            "本机没有系统密钥库，密钥保护较弱。".to_owned(),
            "This PC has no key store: its keys are less protected.".to_owned(),
        ));
    }
    notes.extend(words::folder_notes(view.store, view.language()));
    notes
}

/// What went wrong with the last backup, or that there is none, or none for a day.
fn backup_note(view: &View<'_>) -> Option<String> {
    let book = Book::read(&view.options.data);
    let digest = view.store.digest().unwrap_or_default();
    let now = view.world.now();
    failure(&book, view.language()).or_else(|| overdue(&book, now, &digest, view.language()))
}
