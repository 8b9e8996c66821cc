//! What is known of the years.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::office::calendar::YearKnown;

use crate::{answer::Stop, call::Check, world::World};

/// The years of the working-day calendar.
#[derive(Deserialize, TS)]
pub(crate) struct CalendarYears {}

/// The years.
#[derive(Serialize, TS)]
pub(crate) struct CalendarView {
    /// Those with a notice, or with what the law fixes.
    pub years: Vec<YearKnown>,
}

impl Check for CalendarYears {
    const NAME: &'static str = "calendar_years";
    const ABOUT: &'static str = "The years of the working-day calendar, with their notices.";
    type Output = CalendarView;

    fn check(&self, world: &World) -> Result<CalendarView, Stop> {
        Ok(CalendarView {
            years: world.calendar.years().cloned().collect(),
        })
    }
}
