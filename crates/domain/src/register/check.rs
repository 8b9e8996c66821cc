//! The check characters of identity numbers, and the dates inside them.

use chrono::{Datelike, NaiveDate};

/// The 18th character of an ID number from its first 17 digits (ISO 7064 MOD 11-2).
///
/// Catches every wrong digit and every swap of neighbours. `None` unless there are 17 digits.
pub(super) fn mod_11_2(digits: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if digits.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (character, weight) in digits.chars().zip(WEIGHTS) {
        sum += character.to_digit(10)? * weight;
    }
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}

/// The ICAO 9303 check digit (weights 7 3 1, letters from A = 10) of a machine-readable field.
pub(super) fn icao(text: &str) -> Option<char> {
    let mut sum = 0;
    for (character, weight) in text.chars().zip([7, 3, 1].into_iter().cycle()) {
        sum += character.to_digit(36)? * weight;
    }
    char::from_digit(sum % 10, 10)
}

/// The day YYYYMMDD, if the calendar has it and somebody with a number can be born on it.
pub(super) fn day(digits: &str) -> Option<NaiveDate> {
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    NaiveDate::parse_from_str(digits, "%Y%m%d")
        .ok()
        .filter(|day| day.year() >= 1800)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_printed_in_the_standard_ends_in_x() {
        assert_eq!(mod_11_2("11010519491231002"), Some('X'));
        assert_eq!(mod_11_2("1101051949123100"), None);
    }

    #[test]
    fn the_published_card_ends_in_five() {
        assert_eq!(icao("KAZ11009012310"), Some('5'));
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for (digits, is_day) in [
            ("20000229", true),
            ("19000229", false),
            ("19890631", false),
            ("00000101", false),
            ("2000 101", false),
        ] {
            assert_eq!(day(digits).is_some(), is_day, "{digits}");
        }
    }
}
