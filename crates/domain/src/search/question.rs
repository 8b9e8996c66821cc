//! What a line in the search box asks of people: words, places and numbers, all of which must be so.

use chrono::NaiveDate;

use super::{
    fold::{fold_letter, fold_query},
    packed::Packed,
};
use crate::register::{
    address::{Address, parse_address},
    identity::{upgrade, with_check},
    phone::Phone,
};

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// Characters or letters of a name.
    Word(String),
    /// 12-3-502, or a part of it.
    Place(Address),
    /// Digits, and everything they may be.
    Digits(Digits),
    /// The end of a number with letters in it.
    NumberEnd(Packed),
}

/// What a row of digits may be; its length tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Digits {
    /// 1–2 digits.
    pub(super) building: Option<u32>,
    /// 3–4 digits.
    pub(super) room: Option<u32>,
    /// 4 digits and more: the end of an ID number or of a phone.
    pub(super) end: Option<Packed>,
    /// 8 digits that are a date, as YYYYMMDD.
    pub(super) birth: Option<u32>,
    /// 15 or 18 digits: the same ID number in its other length.
    pub(super) same_id: Vec<Packed>,
}

/// Splits and reads a query: spaces mean "and".
pub(super) fn read(text: &str) -> Vec<Wanted> {
    fold_query(text)
        .split_whitespace()
        .filter_map(wanted)
        .collect()
}

fn wanted(token: &str) -> Option<Wanted> {
    if let Some(address) = parse_address(token) {
        return Some(Wanted::Place(address));
    }
    let is_digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // +86 154…, 154-0000-…, 0512-…: a phone as people write it.
    if (!is_plain || (is_digits && token.len() > 11))
        && let Ok(phone) = Phone::parse(token)
    {
        return Some(Wanted::Digits(digits(phone.normal())));
    }
    if is_digits {
        return Some(Wanted::Digits(digits(token)));
    }
    if is_plain && token.len() >= 4 && token.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(Wanted::NumberEnd(Packed::of(token)));
    }
    // 12-3-502-1 is no address and stays text, which no name has: so it finds nobody.
    let word: String = token.chars().filter_map(fold_letter).collect();
    (!word.is_empty()).then_some(Wanted::Word(word))
}

fn digits(token: &str) -> Digits {
    let digits: String = token.chars().filter(char::is_ascii_digit).collect();
    let number = || digits.parse::<u32>().ok().filter(|number| *number > 0);
    let has_leading_zero = digits.starts_with('0');
    let length = digits.len();
    let same_id = match length {
        15 => [upgrade(&digits), in_the_century_before(&digits)]
            .into_iter()
            .flatten()
            .collect(),
        18 => legacy(&digits).into_iter().collect(),
        _ => Vec::new(),
    };
    Digits {
        building: number().filter(|_| length <= 2),
        room: number().filter(|_| matches!(length, 3 | 4) && !has_leading_zero),
        end: (length >= 4).then(|| Packed::of(&digits)),
        birth: number()
            .filter(|_| length == 8 && NaiveDate::parse_from_str(&digits, "%Y%m%d").is_ok()),
        same_id: same_id.iter().map(|id| Packed::of(id)).collect(),
    }
}

/// The 15 digits an 18-digit number had before 1999.
fn legacy(eighteen: &str) -> Option<String> {
    let (region, rest) = eighteen.split_at_checked(6)?;
    let rest = rest.strip_prefix("19")?.get(..9)?;
    Some(format!("{region}{rest}"))
}

/// The 18 digits of a number kept for somebody born in the 18xxs.
fn in_the_century_before(fifteen: &str) -> Option<String> {
    let (region, rest) = fifteen.split_at_checked(6)?;
    with_check(&format!("{region}18{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_word_tells_what_is_wanted() {
        let word = |text: &str| vec![Wanted::Word(text.to_owned())];
        for (asked, wanted) in [
            ("ZhangS", word("zhangs")),
            ("LÜ", word("lv")),
            ("josé", word("jose")),
            ("xi'an", word("xian")),
            ("阿依古丽·买买提", word("阿依古丽买买提")),
            ("三", word("三")),
            ("12-3-502-1", word("1235021")),
            ("·", vec![]),
            ("  ", vec![]),
        ] {
            assert_eq!(read(asked), wanted, "{asked}");
        }
        let place = Address {
            building: 12,
            unit: Some(3),
            room: Some(502),
        };
        assert_eq!(read("１２－３－５０２"), [Wanted::Place(place)]);
        assert_eq!(read("张 12幢").len(), 2);
        assert_eq!(
            read("E12345678"),
            [Wanted::NumberEnd(Packed::of("E12345678"))]
        );
    }

    #[test]
    fn the_number_of_digits_tells_what_they_may_be() {
        let known = |asked: &str| match read(asked).pop() {
            Some(Wanted::Digits(digits)) => (
                digits.building.is_some(),
                digits.room.is_some(),
                digits.end.is_some(),
                digits.birth.is_some(),
                digits.same_id.len(),
            ),
            other => panic!("{asked} is {other:?}"),
        };
        for (asked, may_be) in [
            ("5", (true, false, false, false, 0)),
            ("12", (true, false, false, false, 0)),
            ("0", (false, false, false, false, 0)),
            ("502", (false, true, false, false, 0)),
            ("1203", (false, true, true, false, 0)),
            ("0512", (false, false, true, false, 0)),
            ("19810307", (false, false, true, true, 0)),
            ("19811307", (false, false, true, false, 0)),
            ("15400001234", (false, false, true, false, 0)),
            ("320523530818993", (false, false, true, false, 2)),
            ("320523195308189938", (false, false, true, false, 1)),
        ] {
            assert_eq!(known(asked), may_be, "{asked}");
        }
    }

    #[test]
    fn a_phone_is_asked_for_in_any_form() {
        for written in ["+86-154-0000-1234", "8615400001234", "154-0000-1234"] {
            assert_eq!(read(written), read("15400001234"), "{written}");
        }
    }
}
