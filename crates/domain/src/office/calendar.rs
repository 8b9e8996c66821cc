//! The working calendar (工作日历): which days count.
//!
//! Facts come from a data file of the State Council's yearly notices (`data/holidays.json`), never
//! from a lunar algorithm: the platform's own is wrong for 2027. A year without a notice is
//! *unknown*, not "without holidays": Monday to Friday less the statutory days, marked provisional.
//!
//! Not here: office hours and duty; and due dates, which are `cases::clock`.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::read::CalendarError;
use super::bilingual::Bilingual;

/// The furthest day a count may reach, in days from its start: a wrong number ends in a refusal.
pub const LONGEST_COUNT: u32 = 4_000;

/// What kind of day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday, nothing special.
    Working,
    /// A Saturday or Sunday on which people work (调休上班): a working day like any other.
    WorkedRestDay,
    /// Saturday or Sunday.
    Weekend,
    /// A day of a public holiday, its weekends included.
    Holiday {
        /// The holiday's name.
        name: Bilingual,
    },
}

impl DayKind {
    /// Whether the day counts as a working day.
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::WorkedRestDay)
    }
}

/// A counted date, and whether the count leaned on a year whose notice is not known (暂定).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counted {
    /// The day reached.
    pub date: NaiveDate,
    /// A later notice may still change it.
    pub provisional: bool,
}

/// The five working days in which a receipt must be answered (Administrative Licensing Law, art. 32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoticeDeadline {
    /// The day the papers count as received; also the acceptance date if nobody answers.
    pub counted_from: NaiveDate,
    /// The last day to answer. With its close the application counts as accepted.
    pub last_day: NaiveDate,
    /// A later notice may still change it.
    pub provisional: bool,
}

/// What is known of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct YearKnown {
    /// The year.
    pub year: i32,
    /// Only its statutory days are known; the notice is still to come.
    pub provisional: bool,
    /// The notice's title.
    pub notice: Option<String>,
    /// Where the notice stands.
    pub url: Option<String>,
    /// The version of this year's record; 1 unless the file says otherwise.
    pub version: u32,
}

/// Why a calendar cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CountRefused {
    /// The count would go on for more than [`LONGEST_COUNT`] days, or past the last date there is.
    TooFar {
        /// The day the count began.
        from: NaiveDate,
    },
}

/// The working calendar of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    off: BTreeMap<NaiveDate, Bilingual>,
    worked: BTreeSet<NaiveDate>,
    every_year: BTreeMap<(u32, u32), Bilingual>,
    years: BTreeMap<i32, YearKnown>,
}

static BUILTIN: LazyLock<Calendar> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the file is part of the program; a test reads it"
    )]
    Calendar::from_json(include_str!("../../data/holidays.json")).expect("holidays.json is whole")
});

impl Calendar {
    /// The calendar this version came with.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// What kind of day `day` is, as far as is known.
    pub fn kind_of(&self, day: NaiveDate) -> DayKind {
        if self.worked.contains(&day) {
            return DayKind::WorkedRestDay;
        }
        if let Some(name) = self.off.get(&day).or_else(|| self.statutory(day)) {
            return DayKind::Holiday { name: name.clone() };
        }
        match day.weekday() {
            Weekday::Sat | Weekday::Sun => DayKind::Weekend,
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => {
                DayKind::Working
            }
        }
    }

    /// Whether `day` is a working day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.kind_of(day).is_working()
    }

    /// Whether the notice for the year of `day` is not known, so that its kind may still change.
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        self.years
            .get(&day.year())
            .is_none_or(|year| year.provisional)
    }

    /// The `n`-th working day after `from`, which itself never counts. `n` = 0 is `from`.
    ///
    /// # Errors
    ///
    /// [`CountRefused::TooFar`] when the count does not end within [`LONGEST_COUNT`] days.
    pub fn count_working_days(&self, from: NaiveDate, n: u16) -> Result<Counted, CountRefused> {
        let mut reached = Counted {
            date: from,
            provisional: false,
        };
        let mut left = n;
        let mut days = from.iter_days().skip(1).take(LONGEST_COUNT as usize);
        while left > 0 {
            let date = days.next().ok_or(CountRefused::TooFar { from })?;
            reached.date = date;
            reached.provisional |= self.is_provisional(date);
            left -= u16::from(self.is_working(date));
        }
        Ok(reached)
    }

    /// The day papers handed in on `day` count as received: a rest day counts as the next working
    /// day. After hours on a working day counts that day.
    ///
    /// # Errors
    ///
    /// [`CountRefused::TooFar`] at the end of all dates.
    pub fn effective_receipt(&self, day: NaiveDate) -> Result<Counted, CountRefused> {
        if self.is_working(day) {
            return Ok(Counted {
                date: day,
                provisional: self.is_provisional(day),
            });
        }
        self.count_working_days(day, 1)
    }

    /// By when papers handed in on `received` must be answered, within `days` working days (the law
    /// says 5).
    ///
    /// # Errors
    ///
    /// [`CountRefused::TooFar`] at the end of all dates.
    pub fn notice_deadline(
        &self,
        received: NaiveDate,
        days: u16,
    ) -> Result<NoticeDeadline, CountRefused> {
        let counted_from = self.effective_receipt(received)?;
        let last = self.count_working_days(counted_from.date, days)?;
        Ok(NoticeDeadline {
            counted_from: counted_from.date,
            last_day: last.date,
            provisional: counted_from.provisional || last.provisional,
        })
    }

    /// The years known, in order.
    pub fn years(&self) -> impl Iterator<Item = &YearKnown> {
        self.years.values()
    }

    /// Days that fall on the same date each year stand in for a notice that is not there.
    fn statutory(&self, day: NaiveDate) -> Option<&Bilingual> {
        if self.is_provisional(day) {
            self.every_year.get(&(day.month(), day.day()))
        } else {
            None
        }
    }
}
