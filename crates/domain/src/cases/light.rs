//! The light of a running case (临期、超期): how near its due day is.
//!
//! Colour is never the only sign: the screen adds the word. A case is yellow, not red, on its due
//! day, which is valid to the end of office hours.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::clock::Clock;

/// The colours, calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// The clock stands for a special procedure (挂起).
    Grey,
    /// In time (正常).
    Green,
    /// Due soon (临期).
    Yellow,
    /// Overdue (超期).
    Red,
}

/// A light, and the days behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Remaining {
    /// The colour.
    pub light: Light,
    /// The working days that still count after today, up to and with the due day.
    pub days: u16,
}

/// The light on `today` of a clock whose limit of `promised_days` ends on `due`.
pub fn light(clock: &Clock<'_>, due: NaiveDate, promised_days: u16, today: NaiveDate) -> Remaining {
    let days = days_left(clock, due, today);
    let light = if clock.stands(today) {
        Light::Grey
    } else if today > due {
        Light::Red
    } else if days <= near(promised_days) {
        Light::Yellow
    } else {
        Light::Green
    };
    Remaining { light, days }
}

/// The countable working days d with today < d ≤ due.
fn days_left(clock: &Clock<'_>, due: NaiveDate, today: NaiveDate) -> u16 {
    let days = today
        .max(clock.accepted)
        .iter_days()
        .skip(1)
        .take_while(|day| *day <= due)
        .take(usize::from(u16::MAX))
        .filter(|day| clock.counts(*day))
        .count();
    u16::try_from(days).unwrap_or(u16::MAX)
}

/// A fifth of what was promised, rounded up, and at least one day.
fn near(promised_days: u16) -> u16 {
    promised_days.div_ceil(5).max(1)
}
