//! Clocks (时限): from a day of acceptance to the day a limit ends, and why it is that day.
//!
//! Day 0 is the day of acceptance and never counts. A working-day limit counts working days; a
//! calendar limit counts every day, and one that ends on a rest day ends on the next working day
//! (Civil Code, arts. 201–203). Days of a special procedure never count.
//!
//! Which limits an item has and which of them binds is `due`; the colour is `light`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::office::bilingual::Bilingual;
use crate::office::calendar::{Calendar, CountRefused, DayKind, LONGEST_COUNT};

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayType {
    /// Working days (工作日).
    Working,
    /// Every day (自然日).
    Calendar,
}

/// A limit: so many days of one type. 0 days means the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Limit {
    /// How many days.
    pub days: u16,
    /// Which days count.
    pub day_type: DayType,
}

impl Limit {
    /// A limit of so many working days.
    pub const fn working(days: u16) -> Self {
        Self {
            days,
            day_type: DayType::Working,
        }
    }

    /// A limit of so many calendar days.
    pub const fn calendar(days: u16) -> Self {
        Self {
            days,
            day_type: DayType::Calendar,
        }
    }
}

/// A special procedure (特别程序): the clock stands from `from` until the day before `to`.
///
/// Written as an object or as the pair `[from, to]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pause {
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The day the clock goes on; it counts again. `None` while the procedure lasts.
    pub to: Option<NaiveDate>,
}

impl Pause {
    /// Whether the clock stands on `day`.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Why a due date cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum ClockRefused {
    /// The count would go on for more than [`LONGEST_COUNT`] days, or past the last date there is.
    TooFar {
        /// The day the count began.
        from: NaiveDate,
    },
    /// A pause ends before it starts.
    PauseBackwards {
        /// The pause's first day.
        from: NaiveDate,
    },
}

impl From<CountRefused> for ClockRefused {
    fn from(refused: CountRefused) -> Self {
        let CountRefused::TooFar { from } = refused;
        Self::TooFar { from }
    }
}

/// What one day did to the count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum DayWhy {
    /// Day 0: the day of acceptance.
    Acceptance,
    /// Counts, as the `n`-th day.
    Counted {
        /// Its number.
        n: u16,
    },
    /// Counts, as the `n`-th day, though it is a Saturday or Sunday (调休上班).
    WorkedRestDay {
        /// Its number.
        n: u16,
    },
    /// Does not count: Saturday or Sunday.
    Weekend,
    /// Does not count: a public holiday.
    Holiday {
        /// The holiday's name.
        name: Bilingual,
    },
    /// Does not count: the clock stands for a special procedure.
    Paused,
    /// A calendar limit had ended on a rest day; this is the next working day.
    RolledForward,
}

/// One day of the explanation (期限怎么算的).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DueDay")]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// What it did to the count.
    pub why: DayWhy,
    /// Its year's notice is not known, so that this may still change (暂定).
    pub provisional: bool,
}

/// The day a limit ends, valid to the end of office hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueDate {
    /// The last day.
    pub date: NaiveDate,
    /// Every day from acceptance to `date`, and what it did.
    pub because: Vec<Day>,
    /// The count touched a year whose notice is not known (暂定).
    pub provisional: bool,
}

/// A clock that was started on one day, with its pauses.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    /// Day 0.
    pub accepted: NaiveDate,
    /// The special procedures; they may overlap. One that lasts never lets the clock go on:
    /// see [`Clock::due_after`].
    pub pauses: &'a [Pause],
    /// The working calendar.
    pub calendar: &'a Calendar,
}

impl Clock<'_> {
    /// The day `limit` ends.
    ///
    /// # Errors
    ///
    /// [`ClockRefused::PauseBackwards`], and [`ClockRefused::TooFar`] when the limit does not end
    /// within [`LONGEST_COUNT`] days: so also for a pause without an end.
    pub fn due_after(&self, limit: Limit) -> Result<DueDate, ClockRefused> {
        let backwards = |pause: &&Pause| pause.to.is_some_and(|to| to < pause.from);
        if let Some(pause) = self.pauses.iter().find(backwards) {
            return Err(ClockRefused::PauseBackwards { from: pause.from });
        }
        let mut because = vec![self.day(self.accepted, DayWhy::Acceptance)];
        let mut counted = 0;
        let mut days = self
            .accepted
            .iter_days()
            .skip(1)
            .take(LONGEST_COUNT as usize);
        while !self.has_ended(limit, counted, &because) {
            let from = self.accepted;
            let date = days.next().ok_or(ClockRefused::TooFar { from })?;
            let why = self.why(date, limit, counted);
            if let DayWhy::Counted { n } | DayWhy::WorkedRestDay { n } = why {
                counted = n;
            }
            because.push(self.day(date, why));
        }
        Ok(DueDate {
            date: because.last().map_or(self.accepted, |day| day.date),
            // What acceptance day was is settled: it never counts.
            provisional: because.iter().skip(1).any(|day| day.provisional),
            because,
        })
    }

    /// Whether `day` counts toward a working-day limit.
    pub fn counts(&self, day: NaiveDate) -> bool {
        day > self.accepted && !self.stands(day) && self.calendar.is_working(day)
    }

    /// Whether the clock stands on `day`.
    pub fn stands(&self, day: NaiveDate) -> bool {
        self.pauses.iter().any(|pause| pause.holds(day))
    }

    fn has_ended(&self, limit: Limit, counted: u16, because: &[Day]) -> bool {
        if counted < limit.days {
            return false;
        }
        let last = because.last().map_or(self.accepted, |day| day.date);
        match limit.day_type {
            DayType::Working => true,
            DayType::Calendar => limit.days == 0 || self.counts(last),
        }
    }

    fn why(&self, date: NaiveDate, limit: Limit, counted: u16) -> DayWhy {
        if self.stands(date) {
            return DayWhy::Paused;
        }
        let n = counted.saturating_add(1);
        let limit_is_used_up = n > limit.days;
        match (limit.day_type, self.calendar.kind_of(date)) {
            (DayType::Calendar, _) if !limit_is_used_up => DayWhy::Counted { n },
            (DayType::Calendar, DayKind::Working | DayKind::WorkedRestDay) => DayWhy::RolledForward,
            (DayType::Working, DayKind::Working) => DayWhy::Counted { n },
            (DayType::Working, DayKind::WorkedRestDay) => DayWhy::WorkedRestDay { n },
            (_, DayKind::Weekend) => DayWhy::Weekend,
            (_, DayKind::Holiday { name }) => DayWhy::Holiday { name },
        }
    }

    fn day(&self, date: NaiveDate, why: DayWhy) -> Day {
        Day {
            date,
            why,
            provisional: self.calendar.is_provisional(date),
        }
    }
}
