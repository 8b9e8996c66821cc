//! Days as sheets have them: 1981-03-07, 1981/3/7, 1981.3.7, 19810307, 1981年3月7日, and Excel's own count of
//! days.

use chrono::{Days, NaiveDate};

use super::Cell;
use crate::register::folding::fold_number;

/// Why there is no day in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateError {
    /// It is not a whole day: the month alone, or the year last.
    Unclear,
    /// No calendar has it.
    Impossible,
}

/// The day in a cell.
pub(super) fn day(cell: &Cell) -> Result<NaiveDate, DateError> {
    match cell {
        Cell::Day(day) => Ok(*day),
        Cell::Number(number) => day_of_number(*number),
        Cell::Text(text) => day_of_text(text),
    }
}

/// 19810307 is a day as it stands; a smaller number counts days from 1900, as Excel does.
fn day_of_number(number: f64) -> Result<NaiveDate, DateError> {
    if number.fract() != 0.0 {
        return Err(DateError::Unclear);
    }
    if (18_000_101.0..=99_991_231.0).contains(&number) {
        return day_of_text(&format!("{number:.0}"));
    }
    if (1.0..=80_000.0).contains(&number) {
        // Excel's year 1900 has a 29 February: its day 0 is 1899-12-30 for every day after it.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and between 1 and 80000"
        )]
        let count = number as u64;
        let start = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(DateError::Impossible)?;
        return start
            .checked_add_days(Days::new(count))
            .ok_or(DateError::Impossible);
    }
    Err(DateError::Unclear)
}

fn day_of_text(text: &str) -> Result<NaiveDate, DateError> {
    // A moment's hours say nothing about the day.
    let text = text.trim();
    let text = match text.split_once([' ', 'T']) {
        Some((day, hours)) if hours.contains(':') => day,
        _ => text,
    };
    let folded = fold_number(text);
    let digits = folded.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if digits && folded.len() == 8 {
        [folded.get(..4), folded.get(4..6), folded.get(6..)]
            .into_iter()
            .flatten()
            .collect()
    } else {
        folded
            .trim_end_matches(['日', '号'])
            .split(['-', '/', '.', '年', '月'])
            .collect()
    };
    let [year, month, day] = parts.as_slice() else {
        return Err(DateError::Unclear);
    };
    let number = |part: &str| part.parse::<u32>().map_err(|_error| DateError::Unclear);
    if year.len() != 4 {
        return Err(DateError::Unclear);
    }
    let year = i32::try_from(number(year)?).map_err(|_error| DateError::Unclear)?;
    if year < 1800 {
        return Err(DateError::Impossible);
    }
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?).ok_or(DateError::Impossible)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Result<NaiveDate, DateError> {
        day(&Cell::Text(text.to_owned()))
    }

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    #[test]
    fn six_forms_are_one_day() {
        for form in [
            "1981-03-07",
            "1981/3/7",
            "1981.3.7",
            "1981.03.07",
            "19810307",
            "1981年3月7日",
            "１９８１年０３月０７日",
            "1981-03-07 00:00:00",
            " 1981-3-7 ",
        ] {
            assert_eq!(text(form), Ok(on("1981-03-07")), "{form}");
        }
        assert_eq!(day(&Cell::Number(29_652.0)), Ok(on("1981-03-07")));
        assert_eq!(day(&Cell::Number(19_810_307.0)), Ok(on("1981-03-07")));
    }

    #[test]
    fn what_is_no_whole_day_is_not_guessed() {
        for form in ["1981-03", "198103", "7/3/1981", "81.3.7", "三月", "1981"] {
            assert_eq!(text(form), Err(DateError::Unclear), "{form}");
        }
        for form in ["1981-02-30", "19810230", "1981-13-01", "0001-01-01"] {
            assert_eq!(text(form), Err(DateError::Impossible), "{form}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_in_every_form(count in 1_u64..80_000) {
            let start = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            let expected = start + Days::new(count);
            for form in ["%Y-%m-%d", "%Y/%-m/%-d", "%Y.%m.%d", "%Y%m%d", "%Y年%-m月%-d日"] {
                prop_assert_eq!(text(&expected.format(form).to_string()), Ok(expected));
            }
            #[expect(clippy::cast_precision_loss, reason = "below 80000")]
            let number = count as f64;
            prop_assert_eq!(day(&Cell::Number(number)), Ok(expected));
        }
    }
}
