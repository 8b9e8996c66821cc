//! The day and the time of this desk: Asia/Shanghai, a fixed +08:00.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// Where the desk takes its time from.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Starts at a given moment and runs on from there: for demonstrations and tests.
    From {
        /// Milliseconds since 1970 (UTC) when it was started.
        start: i64,
        /// When it was started.
        since: Instant,
    },
}

const SHANGHAI_OFFSET_S: i32 = 8 * 3_600;

impl Clock {
    /// A clock that starts at this moment of Asia/Shanghai.
    pub fn starting_at(moment: NaiveDateTime) -> Self {
        let start = moment.and_utc().timestamp_millis() - i64::from(SHANGHAI_OFFSET_S) * 1_000;
        Self::From {
            start,
            since: Instant::now(),
        }
    }

    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::System => match SystemTime::now().duration_since(UNIX_EPOCH) {
                Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
                Err(before) => {
                    i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms)
                }
            },
            Self::From { start, since } => {
                start.saturating_add(i64::try_from(since.elapsed().as_millis()).unwrap_or(0))
            }
        }
    }
}

/// The wall time of Asia/Shanghai at this moment.
pub fn local(ms: i64) -> NaiveDateTime {
    let zone = FixedOffset::east_opt(SHANGHAI_OFFSET_S);
    let utc = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    zone.map_or_else(
        || utc.naive_utc(),
        |zone| utc.with_timezone(&zone).naive_local(),
    )
}

/// The day of Asia/Shanghai at this moment.
pub fn day_of(ms: i64) -> NaiveDate {
    local(ms).date()
}

/// "2026-11-24T10:42" or "2026-11-24": a moment of Asia/Shanghai.
pub fn read_moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            Some(
                text.parse::<NaiveDate>()
                    .ok()?
                    .and_time(NaiveTime::from_hms_opt(9, 0, 0)?),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_shanghai() {
        let clock = Clock::starting_at(read_moment("2026-11-24T00:30").unwrap());
        assert_eq!(day_of(clock.now_ms()), "2026-11-24".parse().unwrap());
        assert_eq!(day_of(i64::MAX), NaiveDate::default());
    }
}
