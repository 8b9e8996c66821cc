//! The calendar file (`holidays.json`) as it is written: read and checked whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Calendar, YearKnown};
use crate::office::bilingual::Bilingual;

/// Why a calendar file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CalendarError {
    /// Not a file of this form.
    Unreadable {
        /// The line on which reading stopped.
        line: usize,
    },
    /// A year's key is no year between 1949 and 2999.
    WrongYear {
        /// The key.
        key: String,
    },
    /// A date is no date, or lies outside its year (a notice may reach into the year before).
    WrongDate {
        /// The year's key.
        key: String,
        /// The date as written.
        date: String,
    },
    /// A day is both off and worked.
    Contradiction {
        /// The day.
        date: NaiveDate,
    },
    /// A worked day is no weekend day: then nothing needs saying, and it is probably a slip.
    NotARestDay {
        /// The day.
        date: NaiveDate,
    },
    /// The file holds no year.
    Empty,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { line } => write!(f, "the calendar is not readable at line {line}"),
            Self::WrongYear { key } => write!(f, "`{key}` is not a year"),
            Self::WrongDate { key, date } => write!(f, "`{date}` is not a date of {key}"),
            Self::Contradiction { date } => write!(f, "{date} is both off and worked"),
            Self::NotARestDay { date } => write!(f, "{date} is worked anyway"),
            Self::Empty => write!(f, "the calendar holds no year"),
        }
    }
}

impl std::error::Error for CalendarError {}

impl Calendar {
    /// Reads and checks a whole calendar file. A year's notice may set the last days of the year
    /// before; where two years speak of one day, the later one holds.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong; nothing is taken from a file that is not whole.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        let file: CalendarFile = serde_json::from_str(text)
            .map_err(|error| CalendarError::Unreadable { line: error.line() })?;
        let mut calendar = Self {
            off: BTreeMap::new(),
            worked: BTreeSet::new(),
            every_year: file.every_year()?,
            years: BTreeMap::new(),
        };
        for (key, year) in &file.provisional {
            calendar.take_provisional(key, year)?;
        }
        for (key, year) in &file.years {
            calendar.take_year(key, year, &file.names)?;
        }
        if calendar.years.is_empty() {
            return Err(CalendarError::Empty);
        }
        Ok(calendar)
    }

    fn take_provisional(&mut self, key: &str, file: &ProvisionalFile) -> Result<(), CalendarError> {
        let year = year_of(key)?;
        for text in &file.statutory {
            let date = date_of(key, text, year..=year)?;
            let name = self.every_year.get(&(date.month(), date.day()));
            let name = name.cloned().unwrap_or_else(statutory_day);
            self.off.insert(date, name);
        }
        self.years.insert(
            year,
            YearKnown {
                year,
                provisional: true,
                notice: None,
                url: None,
                version: file.version.unwrap_or(1),
            },
        );
        Ok(())
    }

    fn take_year(
        &mut self,
        key: &str,
        file: &YearFile,
        names: &BTreeMap<String, String>,
    ) -> Result<(), CalendarError> {
        let year = year_of(key)?;
        // A notice replaces what was only guessed for its year.
        self.off
            .retain(|date, _| date.year() != year || !self.years.contains_key(&year));
        let mut off = BTreeSet::new();
        for holiday in &file.off {
            let en = names.get(&holiday.name).unwrap_or(&holiday.name);
            for text in &holiday.days {
                let date = date_of(key, text, year - 1..=year)?;
                off.insert(date);
                self.worked.remove(&date);
                self.off.insert(date, Bilingual::new(&holiday.name, en));
            }
        }
        for text in &file.work {
            let date = date_of(key, text, year - 1..=year)?;
            if off.contains(&date) {
                return Err(CalendarError::Contradiction { date });
            }
            if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                return Err(CalendarError::NotARestDay { date });
            }
            self.off.remove(&date);
            self.worked.insert(date);
        }
        self.years.insert(
            year,
            YearKnown {
                year,
                provisional: false,
                notice: file.notice.clone(),
                url: file.url.clone(),
                version: file.version.unwrap_or(1),
            },
        );
        Ok(())
    }
}

fn statutory_day() -> Bilingual {
    Bilingual::new("法定节假日", "Statutory holiday")
}

fn year_of(key: &str) -> Result<i32, CalendarError> {
    key.parse()
        .ok()
        .filter(|year| (1949..=2999).contains(year))
        .ok_or_else(|| CalendarError::WrongYear {
            key: key.to_owned(),
        })
}

fn date_of(key: &str, text: &str, years: RangeInclusive<i32>) -> Result<NaiveDate, CalendarError> {
    text.parse::<NaiveDate>()
        .ok()
        .filter(|date| years.contains(&date.year()))
        .ok_or_else(|| CalendarError::WrongDate {
            key: key.to_owned(),
            date: text.to_owned(),
        })
}

#[derive(Deserialize)]
struct CalendarFile {
    #[serde(default)]
    years: BTreeMap<String, YearFile>,
    #[serde(default)]
    provisional: BTreeMap<String, ProvisionalFile>,
    /// Statutory days with a fixed date, as `MM-DD`.
    #[serde(default, rename = "everyYear")]
    every_year: Vec<HolidayFile>,
    /// English names of holidays.
    #[serde(default)]
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct YearFile {
    notice: Option<String>,
    url: Option<String>,
    version: Option<u32>,
    off: Vec<HolidayFile>,
    work: Vec<String>,
}

#[derive(Deserialize)]
struct HolidayFile {
    name: String,
    days: Vec<String>,
}

#[derive(Deserialize)]
struct ProvisionalFile {
    version: Option<u32>,
    statutory: Vec<String>,
}

impl CalendarFile {
    fn every_year(&self) -> Result<BTreeMap<(u32, u32), Bilingual>, CalendarError> {
        let mut days = BTreeMap::new();
        for holiday in &self.every_year {
            let en = self.names.get(&holiday.name).unwrap_or(&holiday.name);
            for text in &holiday.days {
                // Any leap year will do to read a month and a day.
                let date = format!("2000-{text}");
                let date = date_of("everyYear", &date, 2000..=2000)?;
                days.insert(
                    (date.month(), date.day()),
                    Bilingual::new(&holiday.name, en),
                );
            }
        }
        Ok(days)
    }
}
