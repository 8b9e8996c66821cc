//! Telephone numbers: Chinese mobiles and landlines in one form, foreign ones as they are.
//!
//! Segments of operators are not checked: they grow every few years. One number may belong to
//! several people, and one person may have several.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use super::{
    folding::{fold_number, is_dash, is_invisible},
    mask,
};

/// The area code of Suzhou, Kunshan included: a bare eight-digit number is meant to be here.
const HOME_AREA: &str = "0512";

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// 手机
    Mobile,
    /// 座机
    Landline,
    /// Outside the mainland, with its country code.
    Foreign,
}

/// Why a text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneError {
    /// Too many digits, or too few.
    Length,
    /// Something that is no digit, or a digit where none such can stand.
    Format,
}

/// What to tell about a number that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneWarning {
    /// The area code 0512 was put before it.
    AreaAdded,
}

/// A telephone number in its normal form. `Debug` and `Display` print the mask for lists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    normal: String,
    kind: PhoneKind,
    is_area_added: bool,
}

impl Phone {
    /// Reads a number as people write it, with spaces, hyphens, brackets and any prefix of China.
    ///
    /// # Errors
    ///
    /// The first of [`PhoneError`] that applies.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let bare: String = fold_number(text)
            .chars()
            .filter(|&character| !is_dash(character) && !matches!(character, '(' | ')' | '.'))
            .collect();
        if let Some(international) = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
            return match international.strip_prefix("86") {
                Some(national) => Self::parse_national(national),
                None => Self::parse_foreign(international, text),
            };
        }
        match bare.strip_prefix("86") {
            // Only so long a number has a country before it: 8612 3456 is one of this town.
            Some(national) if bare.len() >= 12 => Self::parse_national(national),
            _ => Self::parse_national(&bare),
        }
    }

    /// The number in the form it is kept and compared in: 15400001234, 0512-57712345,
    /// +852 5123 4567.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The number as the world dials it: +8615400001234.
    pub fn e164(&self) -> String {
        let digits = self.digits();
        match self.kind {
            PhoneKind::Mobile => format!("+86{digits}"),
            PhoneKind::Landline => format!("+86{}", digits.trim_start_matches('0')),
            PhoneKind::Foreign => format!("+{digits}"),
        }
    }

    /// What kind of number it is.
    pub const fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// What to tell about it.
    pub const fn warnings(&self) -> &'static [PhoneWarning] {
        if self.is_area_added {
            &[PhoneWarning::AreaAdded]
        } else {
            &[]
        }
    }

    fn digits(&self) -> String {
        self.normal.chars().filter(char::is_ascii_digit).collect()
    }

    /// A number of the mainland: 1… is a mobile, 0… has an area code, the rest is of this town.
    fn parse_national(digits: &str) -> Result<Self, PhoneError> {
        match digits.as_bytes().first() {
            Some(b'0') => Self::parse_landline(digits, false),
            Some(b'2'..=b'9') if digits.len() == 8 => {
                Self::parse_landline(&format!("{HOME_AREA}{digits}"), true)
            }
            _ if digits.chars().count() != 11 => Err(PhoneError::Length),
            Some(b'1')
                if is_digits(digits) && matches!(digits.as_bytes(), [_, b'3'..=b'9', ..]) =>
            {
                let normal = digits.to_owned();
                Ok(Self {
                    normal,
                    kind: PhoneKind::Mobile,
                    is_area_added: false,
                })
            }
            _ => Err(PhoneError::Format),
        }
    }

    fn parse_landline(digits: &str, is_area_added: bool) -> Result<Self, PhoneError> {
        // Area codes 010 and 02x have three digits, the others four.
        let area_length = if digits.starts_with("01") || digits.starts_with("02") {
            3
        } else {
            4
        };
        let (area, local) = digits
            .split_at_checked(area_length)
            .ok_or(PhoneError::Length)?;
        let is_right_length = match local.chars().count() {
            8 => true,
            7 => area_length == 4 && area != HOME_AREA,
            _ => false,
        };
        if !is_right_length {
            return Err(PhoneError::Length);
        }
        if !is_digits(area) || !is_digits(local) || !local.starts_with(|first| first >= '2') {
            return Err(PhoneError::Format);
        }
        Ok(Self {
            normal: format!("{area}-{local}"),
            kind: PhoneKind::Landline,
            is_area_added,
        })
    }

    /// Kept as it was entered, since every country groups its digits differently.
    fn parse_foreign(digits: &str, entered: &str) -> Result<Self, PhoneError> {
        if !(6..=15).contains(&digits.chars().count()) {
            return Err(PhoneError::Length);
        }
        if !is_digits(digits) || digits.starts_with('0') {
            return Err(PhoneError::Format);
        }
        let visible: String = entered
            .nfkc()
            .filter(|&character| !is_invisible(character))
            .collect();
        let spaced = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        let normal = match spaced.strip_prefix("00") {
            Some(rest) => format!("+{}", rest.trim_start()),
            None => spaced,
        };
        Ok(Self {
            normal,
            kind: PhoneKind::Foreign,
            is_area_added: false,
        })
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Phone({self})")
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&mask::phone_on_list(&self.normal))
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_brought_into_one_form() {
        for (written, normal, kind) in [
            ("154 0000 1234", "15400001234", PhoneKind::Mobile),
            ("0512-57712345", "0512-57712345", PhoneKind::Landline),
            ("(0512)5771 2345", "0512-57712345", PhoneKind::Landline),
            ("+86 512 5771 2345", "", PhoneKind::Landline), // the zero is missing: ask
            ("57712345", "0512-57712345", PhoneKind::Landline),
            ("86123456", "0512-86123456", PhoneKind::Landline),
            ("010-62345678", "010-62345678", PhoneKind::Landline),
            ("0563-6023456", "0563-6023456", PhoneKind::Landline),
            ("00852 5123 4567", "+852 5123 4567", PhoneKind::Foreign),
            ("＋852　5123 4567", "+852 5123 4567", PhoneKind::Foreign),
        ] {
            let read = Phone::parse(written).ok();
            let found = read.as_ref().map(|phone| (phone.normal(), phone.kind()));
            assert_eq!(
                found,
                (!normal.is_empty()).then_some((normal, kind)),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_refused_for_its_reason() {
        for (written, error) in [
            ("", PhoneError::Length),
            ("1540000123l", PhoneError::Format),
            ("12000001234", PhoneError::Format),
            ("0512-5771234", PhoneError::Length),
            ("0512-577123456", PhoneError::Length),
            ("0512-5771234O", PhoneError::Format),
            ("+852 51", PhoneError::Length),
            ("+852 5123 ABCD", PhoneError::Format),
            ("没有", PhoneError::Length),
        ] {
            assert_eq!(Phone::parse(written), Err(error), "{written}");
        }
    }

    #[test]
    fn the_area_code_that_was_added_is_told() {
        assert_eq!(
            Phone::parse("57712345").unwrap().warnings(),
            [PhoneWarning::AreaAdded]
        );
        assert!(Phone::parse("0512-57712345").unwrap().warnings().is_empty());
        assert_eq!(Phone::parse("57712345").unwrap().e164(), "+8651257712345");
    }

    #[test]
    fn nothing_prints_the_whole_number() {
        let phone = Phone::parse("15400001234").unwrap();
        assert_eq!(
            format!("{phone:?} {phone}"),
            "Phone(154****1234) 154****1234"
        );
    }
}
