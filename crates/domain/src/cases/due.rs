//! When a case is due (到期): the promise of the item's guide, the limit of the law, and the earlier
//! of the two, which binds.
//!
//! For an item we only collect (代收) this is the *department's* clock, and a guess until the
//! department's acceptance date is entered; [`forward_by`] is ours.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::clock::{Clock, ClockRefused, Day, DayType, DueDate, Limit, Pause};
use super::item::Item;
use super::light::{Light, Remaining, light};
use crate::office::calendar::Calendar;

/// Working days in which collected papers go to the department, unless the office says otherwise.
pub const FORWARD_WITHIN_DAYS: u16 = 1;

/// An extension (延期): the due day is counted anew from acceptance, with more days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Extension {
    /// The new promise, in all, in the item's day type. Fewer days than promised change nothing.
    pub promised_days: u16,
    /// The new legal limit, in all, where the law itself allows more (Administrative Licensing Law,
    /// art. 42: 10 days more with the head's approval).
    pub legal_days: Option<u16>,
}

impl Extension {
    /// `added` days more for `item`. A legal limit in calendar days stays: its law knows no such
    /// extension.
    pub fn of(item: &Item, added: u16) -> Self {
        let law = item
            .legal
            .filter(|limit| limit.day_type == DayType::Working);
        Self {
            promised_days: item.promised.days.saturating_add(added),
            legal_days: law.map(|limit| limit.days.saturating_add(added)),
        }
    }
}

/// Which of the two limits ends first. On the same day it is the promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The promise of the item's guide.
    Promised,
    /// The law's limit.
    Legal,
}

/// When a case is due, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Due {
    /// The last day of the promise.
    pub promised: NaiveDate,
    /// The last day of the legal limit, if there is one.
    pub legal: Option<NaiveDate>,
    /// The day that binds: the earlier of the two.
    pub due: NaiveDate,
    /// Which of the two binds.
    pub binding: Binding,
    /// The count behind `due` touched a year whose holiday notice is not known (暂定).
    pub provisional: bool,
    /// The light on the day asked about.
    pub light: Option<Light>,
    /// The counting days left after the day asked about.
    pub remaining: Option<u16>,
    /// Every day from acceptance to `due`, and what it did.
    pub because: Vec<Day>,
}

/// When `item`, accepted on `accepted`, is due.
///
/// A pause that still lasts is taken to end today, so that the answer is the earliest day it can
/// be; the light is grey meanwhile.
///
/// # Errors
///
/// [`ClockRefused`]: a pause that ends before it starts, one that lasts while no `today` is given,
/// or a count without an end in sight.
pub fn due_date(
    item: &Item,
    accepted: NaiveDate,
    pauses: &[Pause],
    extension: Option<Extension>,
    today: Option<NaiveDate>,
    calendar: &Calendar,
) -> Result<Due, ClockRefused> {
    let promise = extended(item.promised, extension.map(|more| more.promised_days));
    let law = item.legal.map(|limit| {
        let more = extension.and_then(|more| more.legal_days);
        extended(limit, more)
    });

    let as_if_resumed: Vec<Pause> = pauses.iter().map(|pause| ended(*pause, today)).collect();
    let clock = Clock {
        accepted,
        pauses: &as_if_resumed,
        calendar,
    };
    let promised = clock.due_after(promise)?;
    let legal = law.map(|limit| clock.due_after(limit)).transpose()?;

    let promised_on = promised.date;
    let legal_on = legal.as_ref().map(|legal| legal.date);
    let (binding, first) = earlier(promised, legal);
    let remaining = today.map(|today| {
        let found = light(&clock, first.date, promise.days, today);
        let stands = pauses.iter().any(|pause| pause.holds(today));
        Remaining {
            light: if stands { Light::Grey } else { found.light },
            ..found
        }
    });
    Ok(Due {
        promised: promised_on,
        legal: legal_on,
        due: first.date,
        binding,
        provisional: first.provisional,
        light: remaining.map(|remaining| remaining.light),
        remaining: remaining.map(|remaining| remaining.days),
        because: first.because,
    })
}

/// By when papers collected on `collected` must be on their way to the department.
///
/// # Errors
///
/// [`ClockRefused::TooFar`] at the end of all dates.
pub fn forward_by(
    collected: NaiveDate,
    within_days: u16,
    calendar: &Calendar,
) -> Result<DueDate, ClockRefused> {
    let clock = Clock {
        accepted: collected,
        pauses: &[],
        calendar,
    };
    clock.due_after(Limit::working(within_days))
}

fn extended(limit: Limit, days: Option<u16>) -> Limit {
    Limit {
        days: days.unwrap_or(0).max(limit.days),
        ..limit
    }
}

fn ended(pause: Pause, today: Option<NaiveDate>) -> Pause {
    Pause {
        from: pause.from,
        to: pause.to.or(today.map(|today| today.max(pause.from))),
    }
}

fn earlier(promised: DueDate, legal: Option<DueDate>) -> (Binding, DueDate) {
    match legal {
        Some(legal) if legal.date < promised.date => (Binding::Legal, legal),
        Some(_) | None => (Binding::Promised, promised),
    }
}
