//! Unified social credit codes of organisations (统一社会信用代码, GB 32100-2015). Public, not masked.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::folding::fold_number;

/// The 31 characters of a code, in the order of their values: no I, O, S, V and Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Why a text is no credit code: the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CreditCodeError {
    /// Not 18 characters.
    Length,
    /// A character that cannot stand there, like I, O, S, V or Z.
    Format,
    /// The check character does not match.
    Check,
}

/// A credit code whose last character checks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads a code.
    ///
    /// # Errors
    ///
    /// The first of [`CreditCodeError`] that applies.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let code = fold_number(text);
        if code.chars().count() != 18 {
            return Err(CreditCodeError::Length);
        }
        let region = code.get(2..8).ok_or(CreditCodeError::Format)?;
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !code.chars().all(|character| ALPHABET.contains(character)) || !is_digits(region) {
            return Err(CreditCodeError::Format);
        }
        if check_character(&code) != code.chars().last() {
            return Err(CreditCodeError::Check);
        }
        Ok(Self(code))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The six digits of the place of registration.
    pub fn region(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// The nine characters of the organisation code inside (GB 11714).
    pub fn organisation_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// Whether the organisation code inside checks too. Not every code in use does: worth a second
    /// look, no reason to refuse.
    pub fn is_organisation_code_right(&self) -> bool {
        let (body, last) = self
            .organisation_code()
            .split_at_checked(8)
            .unwrap_or_default();
        organisation_check(body) == last.chars().next()
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// (31 − sum mod 31) mod 31 over the first 17 characters, weights 3^i mod 31.
fn check_character(code: &str) -> Option<char> {
    let (mut sum, mut weight) = (0, 1);
    for character in code.chars().take(17) {
        sum += ALPHABET.find(character)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// 11 − sum mod 11, ten written X and eleven 0; letters count from A = 10.
fn organisation_check(body: &str) -> Option<char> {
    let mut sum = 0;
    for (character, weight) in body.chars().zip([3, 7, 9, 10, 5, 8, 4, 2]) {
        sum += character.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_by_length_form_and_check() {
        for (code, error) in [
            ("91110000600037341L", None),
            (" 91110000 600037341l ", None),
            ("91350100M000100Y43", None),
            ("54320583MF99000128", Some(CreditCodeError::Check)), // two digits swapped
            ("91110000600037341M", Some(CreditCodeError::Check)),
            ("9111000060003734IL", Some(CreditCodeError::Format)),
            ("91A1000060003734AL", Some(CreditCodeError::Format)),
            ("91110000600037341", Some(CreditCodeError::Length)),
            ("", Some(CreditCodeError::Length)),
        ] {
            assert_eq!(CreditCode::parse(code).err(), error, "{code}");
        }
    }

    #[test]
    fn the_organisation_inside_is_checked_too() {
        let code = CreditCode::parse("91350100M000100Y43").unwrap();
        assert_eq!(code.organisation_code(), "M000100Y4");
        assert_eq!(code.region(), "350100");
        assert!(code.is_organisation_code_right());
    }
}
