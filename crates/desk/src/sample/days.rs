//! The working days of the sample: eighteen months up to today, worked rest days among them.

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeDelta, Timelike};
use yichuang_domain::office::calendar::Calendar;

use crate::clock::local;

/// How far back the sample reaches.
const MONTHS: Months = Months::new(18);
/// The window opens.
const OPENS_MINUTE: u32 = 8 * 60 + 40;
/// The window closes.
const CLOSES_MINUTE: u32 = 17 * 60;
/// Asia/Shanghai.
const OFFSET_MS: i64 = 8 * 3_600_000;

/// The window's days.
#[derive(Debug)]
pub(super) struct OfficeDays {
    /// Working days in order; the last is the latest on which the window was open before now.
    pub(super) days: Vec<NaiveDate>,
    /// Today, worked or not.
    pub(super) today: NaiveDate,
    now_minute: u32,
}

impl OfficeDays {
    pub(super) fn until(now_ms: i64, calendar: &Calendar) -> Self {
        let now = local(now_ms);
        let today = now.date();
        let now_minute = now.hour() * 60 + now.minute();
        let first = today.checked_sub_months(MONTHS).unwrap_or(today);
        let is_open = |day: &NaiveDate| {
            calendar.is_working(*day) && (*day < today || now_minute > OPENS_MINUTE + 1)
        };
        let days = first
            .iter_days()
            .take_while(|day| *day <= today)
            .filter(is_open)
            .collect();
        Self {
            days,
            today,
            now_minute,
        }
    }

    /// The morning before the first day.
    pub(super) fn founding_ms(&self) -> i64 {
        let first = self.days.first().copied().unwrap_or(self.today);
        at(
            first.checked_sub_days(Days::new(1)).unwrap_or(first),
            OPENS_MINUTE * 60,
        )
    }

    /// The moment of the `place`-th of `all` things that happen on this day.
    pub(super) fn moment_ms(&self, day: NaiveDate, place: usize, all: usize) -> i64 {
        let closes = if day == self.today {
            self.now_minute
                .saturating_sub(1)
                .clamp(OPENS_MINUTE, CLOSES_MINUTE)
        } else {
            CLOSES_MINUTE
        };
        let seconds = u64::from(closes - OPENS_MINUTE) * 60;
        let place = u64::try_from(place).unwrap_or(0);
        let all = u64::try_from(all).unwrap_or(1).max(1);
        let passed = u32::try_from(seconds * place / all).unwrap_or(0);
        at(day, OPENS_MINUTE * 60 + passed)
    }
}

fn at(day: NaiveDate, second: u32) -> i64 {
    let moment = day.and_time(NaiveTime::MIN) + TimeDelta::seconds(i64::from(second));
    moment.and_utc().timestamp_millis() - OFFSET_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, day_of, read_moment};

    fn until(moment: &str) -> OfficeDays {
        let now = Clock::starting_at(read_moment(moment).unwrap()).now_ms();
        OfficeDays::until(now, Calendar::builtin())
    }

    #[test]
    fn worked_rest_days_are_among_them_and_holidays_are_not() {
        let days = until("2026-11-24T10:00").days;
        let has = |text: &str| days.contains(&text.parse().unwrap());
        assert!(has("2026-09-20") && has("2026-11-24") && has("2025-05-26"));
        assert!(!has("2026-10-01") && !has("2026-11-22"));
    }

    #[test]
    fn nothing_happens_before_the_window_opens_or_after_now() {
        assert_eq!(
            until("2026-11-24T08:00").days.last(),
            Some(&"2026-11-23".parse().unwrap())
        );
        let days = until("2026-11-24T10:00");
        let last = days.moment_ms(days.today, 99, 100);
        assert_eq!(day_of(last), days.today);
        assert!(local(last) < read_moment("2026-11-24T10:00").unwrap());
        assert_eq!(
            local(days.moment_ms(days.today, 0, 100)),
            read_moment("2026-11-24T08:40").unwrap()
        );
    }
}
