//! Numbers of cases and papers (办件编号、文书编号), given without asking anybody.
//!
//! `XM261124A00073`: prefix, day, station letter, serial of the day at that station, check character
//! (ISO 7064 MOD 37,36). The station letter is fixed per machine, so that two machines apart never
//! give one number twice. Who hands out serials is the desk's business.

mod paper_code;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

pub use self::paper_code::PaperCode;

/// Letters and digits by their value in ISO 7064 MOD 37,36.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Why a text is no number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NumberError {
    /// Too short or too long.
    Length,
    /// A letter where a digit belongs, or the other way round.
    Format,
    /// The check character does not match: a slip in typing.
    Check,
    /// The day in it does not exist, or lies outside 2000–2099.
    Date,
    /// Serials run from 1 to 9999 a day, papers of one kind from 1 to 99 a case.
    Serial,
    /// There is no paper of this code.
    Paper,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "the number has the wrong length",
            Self::Format => "the number is not written like ours",
            Self::Check => "the check character does not match",
            Self::Date => "the day in the number does not exist",
            Self::Serial => "the serial is out of range",
            Self::Paper => "there is no paper of this code",
        })
    }
}

impl std::error::Error for NumberError {}

/// The letter of a machine (台), fixed when it joins. `A` is 1号台.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "char", into = "char")]
#[ts(type = "string")]
pub struct StationLetter(u8);

impl StationLetter {
    /// The letter, `A` to `Z`.
    ///
    /// # Errors
    ///
    /// [`NumberError::Format`] for anything else.
    pub fn new(letter: char) -> Result<Self, NumberError> {
        match u8::try_from(letter) {
            Ok(letter @ b'A'..=b'Z') => Ok(Self(letter)),
            Ok(_) | Err(_) => Err(NumberError::Format),
        }
    }

    /// The machine of this number, 1 to 26.
    ///
    /// # Errors
    ///
    /// [`NumberError::Format`] for anything else.
    pub fn of_station(number: u8) -> Result<Self, NumberError> {
        match number {
            1..=26 => Ok(Self(b'A' + number - 1)),
            _ => Err(NumberError::Format),
        }
    }

    /// The letter.
    pub fn letter(self) -> char {
        char::from(self.0)
    }

    /// The machine's number on screens, 1 to 26: the letter means other things there.
    pub fn station(self) -> u8 {
        self.0 - b'A' + 1
    }
}

impl TryFrom<char> for StationLetter {
    type Error = NumberError;

    fn try_from(letter: char) -> Result<Self, NumberError> {
        Self::new(letter)
    }
}

impl From<StationLetter> for char {
    fn from(letter: StationLetter) -> Self {
        letter.letter()
    }
}

/// The two letters every number of the office begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct CasePrefix([u8; 2]);

impl CasePrefix {
    /// `XM`, for Xinmao.
    pub const XINMAO: Self = Self(*b"XM");

    /// Two capital letters.
    ///
    /// # Errors
    ///
    /// [`NumberError::Format`] for anything else.
    pub fn new(letters: &str) -> Result<Self, NumberError> {
        match letters.as_bytes() {
            [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] => Ok(Self([*first, *second])),
            _ => Err(NumberError::Format),
        }
    }
}

impl TryFrom<String> for CasePrefix {
    type Error = NumberError;

    fn try_from(letters: String) -> Result<Self, NumberError> {
        Self::new(&letters)
    }
}

impl From<CasePrefix> for String {
    fn from(prefix: CasePrefix) -> Self {
        prefix.to_string()
    }
}

impl fmt::Display for CasePrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0.map(char::from);
        write!(f, "{first}{second}")
    }
}

/// The number of a case, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct CaseNumber {
    prefix: CasePrefix,
    day: NaiveDate,
    station: StationLetter,
    serial: u16,
}

impl CaseNumber {
    /// The number of the `serial`-th case received on `day` at `station`.
    ///
    /// # Errors
    ///
    /// [`NumberError::Date`] outside 2000–2099, [`NumberError::Serial`] outside 1–9999.
    pub fn new(
        prefix: CasePrefix,
        day: NaiveDate,
        station: StationLetter,
        serial: u16,
    ) -> Result<Self, NumberError> {
        if !(2000..=2099).contains(&day.year()) {
            return Err(NumberError::Date);
        }
        if !(1..=9999).contains(&serial) {
            return Err(NumberError::Serial);
        }
        Ok(Self {
            prefix,
            day,
            station,
            serial,
        })
    }

    /// Reads a number as people type it: any case, spaces and full-width characters do not matter.
    ///
    /// # Errors
    ///
    /// The first of length, characters, check character, day and serial that is wrong.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        Self::of_plain(&plain(text))
    }

    /// The digits-only form on papers (Code 128), for scanners that type: letters as 10–35.
    pub fn digits_only(self) -> String {
        self.to_string()
            .bytes()
            .map(|character| value_of(character).to_string())
            .collect()
    }

    /// Reads the digits-only form.
    ///
    /// # Errors
    ///
    /// As [`CaseNumber::parse`].
    pub fn from_digits(text: &str) -> Result<Self, NumberError> {
        let digits = plain(text);
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(NumberError::Format);
        }
        // Two letters, six digits, a letter and four digits before the check character, which is
        // one digit or a letter.
        let (widths, check): (&[usize], usize) = match digits.len() {
            17 => (&[2, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1], 1),
            18 => (&[2, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1], 2),
            _ => return Err(NumberError::Length),
        };
        let mut rest = digits.as_slice();
        let mut characters = Vec::with_capacity(14);
        for width in widths.iter().copied().chain([check]) {
            let (number, after) = rest.split_at_checked(width).ok_or(NumberError::Length)?;
            rest = after;
            let value = number
                .iter()
                .fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
            // A letter is never written like a digit, so that each number has one form.
            if width == 2 && value < 10 {
                return Err(NumberError::Format);
            }
            characters.push(*ALPHABET.get(value).ok_or(NumberError::Format)?);
        }
        Self::of_plain(&characters)
    }

    /// The number of the `serial`-th paper of this kind of the case.
    ///
    /// # Errors
    ///
    /// [`NumberError::Serial`] outside 1–99.
    pub fn document_number(
        self,
        paper: PaperCode,
        serial: u8,
    ) -> Result<DocumentNumber, NumberError> {
        if !(1..=99).contains(&serial) {
            return Err(NumberError::Serial);
        }
        Ok(DocumentNumber {
            case: self,
            paper,
            serial,
        })
    }

    /// The numbers of `stations` that end with what was typed, the latest day first: the end is what people remember
    /// and read out. Nothing for an end too short to tell anything, or one no number has.
    ///
    /// Of four characters, the last is the check character and the serial's first digit is not among them; a
    /// community does not take in a thousand cases a day, so it is 0.
    pub fn ending_with(
        end: &str,
        prefix: CasePrefix,
        days: impl Iterator<Item = NaiveDate>,
        stations: &[StationLetter],
    ) -> impl Iterator<Item = Self> {
        let end = plain(end);
        let serial = serial_before_check(&end);
        let days = days.map_while(move |day| Some((day, serial?)));
        let of_day = move |(day, serial)| {
            let each = stations.iter();
            each.filter_map(move |station| Self::new(prefix, day, *station, serial).ok())
        };
        days.flat_map(of_day)
            .filter(move |number| number.to_string().as_bytes().ends_with(&end))
    }

    /// The day of receipt.
    pub fn day(self) -> NaiveDate {
        self.day
    }

    /// The machine that gave the number.
    pub fn station(self) -> StationLetter {
        self.station
    }

    /// The serial of the day at that machine.
    pub fn serial(self) -> u16 {
        self.serial
    }

    fn of_plain(text: &[u8]) -> Result<Self, NumberError> {
        let (prefix, year, month, day, station, serial, check) = match text {
            [
                p1,
                p2,
                y1,
                y2,
                m1,
                m2,
                d1,
                d2,
                station,
                s1,
                s2,
                s3,
                s4,
                check,
            ] => (
                [*p1, *p2],
                [*y1, *y2],
                [*m1, *m2],
                [*d1, *d2],
                *station,
                [*s1, *s2, *s3, *s4],
                *check,
            ),
            _ => return Err(NumberError::Length),
        };
        let is_known =
            |character: &u8| character.is_ascii_digit() || character.is_ascii_uppercase();
        let letters = prefix.into_iter().chain([station]);
        let year = number(&year)?;
        let month = number(&month)?;
        let day = number(&day)?;
        let serial = number(&serial)?;
        if !letters
            .into_iter()
            .all(|letter| letter.is_ascii_uppercase())
            || !is_known(&check)
        {
            return Err(NumberError::Format);
        }
        let body = text.split_last().map(|(_, body)| body).unwrap_or_default();
        if check_character(body) != check {
            return Err(NumberError::Check);
        }
        let day = NaiveDate::from_ymd_opt(2000 + i32::from(year), month.into(), day.into());
        Self::new(
            CasePrefix(prefix),
            day.ok_or(NumberError::Date)?,
            StationLetter(station),
            serial,
        )
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = format!(
            "{}{}{}{:04}",
            self.prefix,
            self.day.format("%y%m%d"),
            self.station.letter(),
            self.serial
        );
        write!(f, "{body}{}", char::from(check_character(body.as_bytes())))
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        Self::parse(&text)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

/// The number of a paper, such as `XM261124A00073-BZ01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct DocumentNumber {
    /// The case it belongs to.
    case: CaseNumber,
    /// Which paper it is.
    paper: PaperCode,
    /// Its serial among the papers of that code.
    serial: u8,
}

impl DocumentNumber {
    /// Reads a paper's number as people type it.
    ///
    /// # Errors
    ///
    /// As [`CaseNumber::parse`]; [`NumberError::Paper`] for a code there is not.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = plain(text);
        let (case, code, serial) = match text.as_slice() {
            [case @ .., b'-', c1, c2, s1, s2] => (case, [*c1, *c2], [*s1, *s2]),
            _ => return Err(NumberError::Length),
        };
        let case = CaseNumber::of_plain(case)?;
        let is_asked_for = |paper: &PaperCode| paper.code().as_bytes() == code;
        let paper = PaperCode::ALL
            .into_iter()
            .find(is_asked_for)
            .ok_or(NumberError::Paper)?;
        let serial = u8::try_from(number(&serial)?).map_err(|_too_large| NumberError::Serial)?;
        case.document_number(paper, serial)
    }

    /// The case it belongs to.
    pub fn case(self) -> CaseNumber {
        self.case
    }

    /// Which paper it is.
    pub fn paper(self) -> PaperCode {
        self.paper
    }

    /// Its serial among the papers of that code.
    pub fn serial(self) -> u8 {
        self.serial
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}{:02}", self.case, self.paper.code(), self.serial)
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        Self::parse(&text)
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.to_string()
    }
}

/// Without white space, full-width forms and case. Other characters become a `?`.
fn plain(text: &str) -> Vec<u8> {
    text.nfkc()
        .filter(|character| !character.is_whitespace())
        // Longer texts are no numbers; there is no need to hold them.
        .take(64)
        .map(|character| u8::try_from(character.to_ascii_uppercase()).unwrap_or(b'?'))
        .collect()
}

fn number(digits: &[u8]) -> Result<u16, NumberError> {
    digits.iter().try_fold(0, |sum, digit| match digit {
        b'0'..=b'9' => Ok(sum * 10 + u16::from(digit - b'0')),
        _ => Err(NumberError::Format),
    })
}

/// The serial in the last four to thirteen characters of a number; nothing when they cannot be those.
fn serial_before_check(end: &[u8]) -> Option<u16> {
    if !(4..14).contains(&end.len()) {
        return None;
    }
    let (_check, before) = end.split_last()?;
    let digits = before.get(before.len().saturating_sub(4)..)?;
    number(digits).ok()
}

/// The value of a letter or digit in ISO 7064.
fn value_of(character: u8) -> u8 {
    match character {
        b'A'..=b'Z' => character - b'A' + 10,
        b'0'..=b'9' => character - b'0',
        _ => 0,
    }
}

/// The check character of ISO 7064 MOD 37,36, the hybrid system for letters and digits.
fn check_character(body: &[u8]) -> u8 {
    let product = body.iter().fold(36_u8, |product, character| {
        let sum = (product + value_of(*character)) % 36;
        let sum = if sum == 0 { 36 } else { sum };
        sum * 2 % 37
    });
    let check = (37 - product) % 36;
    ALPHABET.get(usize::from(check)).copied().unwrap_or(b'0')
}

#[cfg(test)]
mod tests;
