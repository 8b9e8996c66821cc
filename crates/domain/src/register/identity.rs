//! Identity numbers (GB 11643 and what stands in for it), read from what somebody typed.
//!
//! Not a key: numbers may be wrong, missing or given twice. A person has an id of our own.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{check, folding::fold_number, mask, region};

/// Sex (GB/T 2261.1).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 未知
    #[default]
    Unknown,
    /// 男
    Male,
    /// 女
    Female,
    /// 未说明
    NotStated,
}

impl Sex {
    /// The digit of the standard.
    pub const fn code(self) -> char {
        match self {
            Self::Unknown => '0',
            Self::Male => '1',
            Self::Female => '2',
            Self::NotStated => '9',
        }
    }

    /// The sex a digit of the standard stands for.
    pub const fn from_code(code: char) -> Option<Self> {
        Some(match code {
            '0' => Self::Unknown,
            '1' => Self::Male,
            '2' => Self::Female,
            '9' => Self::NotStated,
            _ => return None,
        })
    }
}

/// What kind of number it is, told by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdKind {
    /// 公民身份号码
    Resident,
    /// 香港居民居住证
    HkResidencePermit,
    /// 澳门居民居住证
    MoResidencePermit,
    /// 台湾居民居住证
    TwResidencePermit,
    /// 外国人永久居留身份证, cards of 2017
    ForeignPr2017,
    /// 外国人永久居留身份证, cards from December 2023
    ForeignPr2023,
    /// 15-digit number: no longer a credential, only something to search by
    Legacy15,
    /// 港澳居民来往内地通行证
    HkmoTravelPermit,
    /// 台湾居民来往大陆通行证
    TwTravelPermit,
    /// 护照
    Passport,
}

impl IdKind {
    /// Whether only the form can be looked at, because the number has no check character.
    pub const fn is_form_only(self) -> bool {
        matches!(
            self,
            Self::HkmoTravelPermit | Self::TwTravelPermit | Self::Passport
        )
    }
}

/// Why a text is no identity number: the first that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdError {
    /// No number has so many characters.
    Length,
    /// A character that cannot stand there, like the letter O for a zero.
    Format,
    /// The check character does not match: a digit is wrong, or two are swapped.
    Check,
    /// The date of birth is not in the calendar.
    Date,
    /// The date of birth is after today.
    Future,
    /// The first two digits are no province.
    Region,
}

/// What to look at twice in a number that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdWarning {
    /// No list since 1980 has the six digits of the region.
    UnknownRegion,
    /// 71: kept for Taiwan, never given to residents.
    ReservedRegion,
    /// 15 digits: no longer a valid credential.
    Legacy,
    /// A 15-digit number kept for people born in the 18xxs (996–999): ask for the year of birth.
    Centenarian,
    /// The card has no check we know of: compare it with the paper.
    FormOnly,
    /// The form is not the usual one of this document.
    UnusualForm,
    /// The card has two digits for the year: the century is our reading of it.
    CenturyAssumed,
}

/// An identity number that passed its checks. `Debug` and `Display` print the mask for lists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber {
    text: String,
    kind: IdKind,
    birth: Option<NaiveDate>,
    sex: Sex,
    warnings: Vec<IdWarning>,
}

impl IdNumber {
    /// Reads a number whose document nobody named: the form tells the kind. A Taiwan travel permit
    /// (eight digits) is not recognised here, because every half-typed number looks like one.
    ///
    /// # Errors
    ///
    /// The first of [`IdError`] that applies.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, IdError> {
        let text = fold_number(text);
        match text.chars().count() {
            18 => Self::parse_18(text, today),
            15 if text.bytes().all(|byte| byte.is_ascii_digit()) => Self::parse_legacy(text, today),
            15 => Self::parse_foreign_2017(text, today),
            9 | 11 if is_hkmo(&text) => Ok(Self::of_form(text, IdKind::HkmoTravelPermit, true)),
            9 if is_passport(&text) => Ok(Self::of_form(text, IdKind::Passport, true)),
            _ => Err(IdError::Length),
        }
    }

    /// Reads a number of a document the clerk named. Travel permits and passports are never blocked
    /// for their form, only warned about.
    ///
    /// # Errors
    ///
    /// As [`IdNumber::parse`]; [`IdError::Length`] also for 15 digits where 18 are needed,
    /// [`IdError::Format`] for a right number of another kind.
    pub fn parse_as(kind: IdKind, text: &str, today: NaiveDate) -> Result<Self, IdError> {
        if !kind.is_form_only() {
            let id = Self::parse(text, today)?;
            return match id.kind {
                same if same == kind => Ok(id),
                IdKind::Legacy15 => Err(IdError::Length),
                _ => Err(IdError::Format),
            };
        }
        let text = fold_number(text);
        if !(4..=20).contains(&text.chars().count()) {
            return Err(IdError::Length);
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(IdError::Format);
        }
        let is_usual = match kind {
            IdKind::HkmoTravelPermit => is_hkmo(&text),
            IdKind::TwTravelPermit => text.len() == 8 && is_digits(&text),
            _ => is_passport(&text),
        };
        Ok(Self::of_form(text, kind, is_usual))
    }

    /// The full number, for the printed form and the sealed record. The only way out.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// What kind of number it is.
    pub const fn kind(&self) -> IdKind {
        self.kind
    }

    /// The day of birth in the number. Documents may say otherwise, and then they are right.
    pub const fn birth(&self) -> Option<NaiveDate> {
        self.birth
    }

    /// The sex in the number: odd is male. Unknown where the number does not tell.
    pub const fn sex(&self) -> Sex {
        self.sex
    }

    /// The six digits of the place of first registration, where the number has one.
    pub fn region_code(&self) -> Option<&str> {
        match self.kind {
            IdKind::Resident
            | IdKind::HkResidencePermit
            | IdKind::MoResidencePermit
            | IdKind::TwResidencePermit
            | IdKind::Legacy15 => self.text.get(..6),
            IdKind::ForeignPr2017
            | IdKind::ForeignPr2023
            | IdKind::HkmoTravelPermit
            | IdKind::TwTravelPermit
            | IdKind::Passport => None,
        }
    }

    /// The county of first registration, by the name it had when this person was born or first
    /// after; `None` for a code no list has.
    pub fn region(&self) -> Option<&'static str> {
        let birth = self.birth?;
        let year_month = u32::try_from(birth.year()).ok()? * 100 + birth.month();
        region::name_of(self.region_code()?, year_month)
    }

    /// The province of first registration, or the one that gave a foreigner's card of 2023.
    pub fn province(&self) -> Option<&'static str> {
        match self.kind {
            IdKind::ForeignPr2023 => region::province_of(self.text.get(1..)?),
            _ => region::province_of(self.region_code()?),
        }
    }

    /// What to look at twice.
    pub fn warnings(&self) -> &[IdWarning] {
        &self.warnings
    }

    /// The 18-digit number of a 15-digit one. `None` for other kinds, and for the sequences 996–999
    /// that were kept for people born in the 18xxs: there somebody must ask.
    pub fn upgraded(&self) -> Option<Self> {
        if self.kind != IdKind::Legacy15 || self.warnings.contains(&IdWarning::Centenarian) {
            return None;
        }
        let text = upgrade(&self.text)?;
        let mut warnings = self.warnings.clone();
        warnings.retain(|warning| *warning != IdWarning::Legacy);
        Some(Self {
            text,
            kind: IdKind::Resident,
            warnings,
            ..*self
        })
    }

    /// Whether these are the last four characters: how an identity is compared at the counter,
    /// where the machine answers and the number stays hidden.
    pub fn has_last_four(&self, typed: &str) -> bool {
        let typed = fold_number(typed);
        typed.chars().count() == 4 && self.text.ends_with(&typed)
    }

    fn parse_18(text: String, today: NaiveDate) -> Result<Self, IdError> {
        let (digits, last) = text.split_at_checked(17).ok_or(IdError::Format)?;
        if !is_digits(digits) || !(last == "X" || is_digits(last)) {
            return Err(IdError::Format);
        }
        if check::mod_11_2(digits) != last.chars().next() {
            return Err(IdError::Check);
        }
        let (code, birth) = (part(&text, 0, 6)?, part(&text, 6, 8)?);
        let birth = check::day(birth).ok_or(IdError::Date)?;
        if birth > today {
            return Err(IdError::Future);
        }
        let kind = kind_of_18(code).ok_or(IdError::Region)?;
        let warnings = match kind {
            IdKind::ForeignPr2023 => Vec::new(),
            _ => region_warnings(code),
        };
        let sex = sex_of(part(&text, 16, 1)?);
        Ok(Self {
            kind,
            birth: Some(birth),
            sex,
            warnings,
            text,
        })
    }

    fn parse_legacy(text: String, today: NaiveDate) -> Result<Self, IdError> {
        let (code, two_digit_birth) = (part(&text, 0, 6)?, part(&text, 6, 6)?);
        let sequence = part(&text, 12, 3)?;
        let is_centenarian = matches!(sequence, "996" | "997" | "998" | "999");
        let in_century = |century| check::day(&format!("{century}{two_digit_birth}"));
        let birth = match (in_century("19"), is_centenarian) {
            (Some(birth), false) => Some(birth),
            (None, false) => return Err(IdError::Date),
            (None, true) if in_century("18").is_none() => return Err(IdError::Date),
            (_, true) => None,
        };
        if birth.is_some_and(|birth| birth > today) {
            return Err(IdError::Future);
        }
        if region::province_of(code).is_none() {
            return Err(IdError::Region);
        }
        let mut warnings = region_warnings(code);
        warnings.push(IdWarning::Legacy);
        if is_centenarian {
            warnings.push(IdWarning::Centenarian);
        }
        let sex = sex_of(part(&text, 14, 1)?);
        Ok(Self {
            kind: IdKind::Legacy15,
            birth,
            sex,
            warnings,
            text,
        })
    }

    /// Three letters of nationality, four digits of place, YYMMDD, one, check digit.
    fn parse_foreign_2017(text: String, today: NaiveDate) -> Result<Self, IdError> {
        let (nationality, digits) = text.split_at_checked(3).ok_or(IdError::Format)?;
        if !nationality.bytes().all(|byte| byte.is_ascii_uppercase()) || !is_digits(digits) {
            return Err(IdError::Format);
        }
        if check::icao(part(&text, 0, 14)?) != text.chars().last() {
            return Err(IdError::Check);
        }
        let two_digit_birth = part(&text, 7, 6)?;
        // The latest century that is not in the future: nobody of the last one got such a card as
        // a centenarian that we know of, and children do get them.
        let birth = ["20", "19"]
            .into_iter()
            .filter_map(|century| check::day(&format!("{century}{two_digit_birth}")))
            .find(|birth| *birth <= today)
            .ok_or(IdError::Date)?;
        Ok(Self {
            kind: IdKind::ForeignPr2017,
            birth: Some(birth),
            sex: Sex::Unknown,
            warnings: vec![IdWarning::CenturyAssumed],
            text,
        })
    }

    fn of_form(text: String, kind: IdKind, is_usual: bool) -> Self {
        let mut warnings = vec![IdWarning::FormOnly];
        if !is_usual {
            warnings.push(IdWarning::UnusualForm);
        }
        Self {
            text,
            kind,
            birth: None,
            sex: Sex::Unknown,
            warnings,
        }
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "IdNumber({self})")
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&mask::id_on_list(&self.text))
    }
}

/// Full years of age on a day. Who was born on 29 February turns on 1 March in common years.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> Option<u32> {
    day.years_since(birth)
}

/// The 18 characters of a 15-digit number whose century is the 20th.
pub(crate) fn upgrade(fifteen: &str) -> Option<String> {
    let (region, rest) = fifteen.split_at_checked(6)?;
    with_check(&format!("{region}19{rest}"))
}

/// Seventeen digits with their check character.
pub(crate) fn with_check(digits: &str) -> Option<String> {
    let check = check::mod_11_2(digits)?;
    Some(format!("{digits}{check}"))
}

fn kind_of_18(code: &str) -> Option<IdKind> {
    if code.starts_with('9') {
        return region::province_of(code.get(1..)?).map(|_| IdKind::ForeignPr2023);
    }
    region::province_of(code)?;
    Some(match code.get(..2)? {
        "81" => IdKind::HkResidencePermit,
        "82" => IdKind::MoResidencePermit,
        "83" => IdKind::TwResidencePermit,
        _ => IdKind::Resident,
    })
}

fn region_warnings(code: &str) -> Vec<IdWarning> {
    if code.starts_with("71") {
        vec![IdWarning::ReservedRegion]
    } else if region::is_known(code) || code == "830000" {
        Vec::new()
    } else {
        vec![IdWarning::UnknownRegion]
    }
}

fn sex_of(digit: &str) -> Sex {
    if matches!(digit, "1" | "3" | "5" | "7" | "9") {
        Sex::Male
    } else {
        Sex::Female
    }
}

fn part(text: &str, from: usize, length: usize) -> Result<&str, IdError> {
    text.get(from..from + length).ok_or(IdError::Format)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hkmo(text: &str) -> bool {
    let rest = text.strip_prefix(['H', 'M']).unwrap_or_default();
    matches!(rest.len(), 8 | 10) && is_digits(rest)
}

fn is_passport(text: &str) -> bool {
    let rest = text.strip_prefix('E').unwrap_or_default();
    let (second, digits) = rest.split_at_checked(1).unwrap_or_default();
    second.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && digits.len() == 7
        && is_digits(digits)
}
