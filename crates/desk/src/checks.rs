//! Checks that need no record and no password: numbers, addresses, days, passwords.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        clock::{ClockRefused, Day, Pause},
        due::due_date,
        item::Role,
        light::Light,
    },
    office::staff::tried_first,
    refusal::Refusal,
    register::{
        address::{Address, parse_address},
        credit_code::{CreditCode, CreditCodeError},
        identity::{IdError, IdKind, IdNumber, IdWarning, Sex, age_on},
        mask,
        phone::{Phone, PhoneError, PhoneKind, PhoneWarning},
    },
};

use crate::{
    answer::{AtField, Stop},
    call::Check,
    world::World,
};

/// Checks the number of an identity document.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct CheckId {
    /// The number, as typed.
    pub text: String,
    /// The day births are compared with; this desk's where absent.
    #[serde(default)]
    pub today: Option<NaiveDate>,
}

/// What an identity number says.
#[derive(Serialize, TS)]
pub(crate) struct CheckedId {
    /// In its normal form.
    pub number: String,
    /// Of which document.
    pub kind: IdKind,
    /// The birth it says.
    pub birth: Option<NaiveDate>,
    /// Code of GB/T 2261.1: "1" male, "2" female.
    pub sex: Option<String>,
    /// The six digits of the region, where it has them.
    pub region: Option<String>,
    /// The region's name, as it was called then.
    pub region_name: Option<String>,
    /// The age on the day.
    pub age: Option<u32>,
    /// The masked number.
    pub masked: String,
    /// The 18-digit form of an old number.
    pub upgraded: Option<String>,
    /// What is odd but no error.
    pub warnings: Vec<IdWarning>,
}

impl Check for CheckId {
    const NAME: &'static str = "check_id";
    const ABOUT: &'static str = "Checks the number of an identity document (GB 11643 and its kin).";
    type Output = CheckedId;

    fn check(&self, world: &World) -> Result<CheckedId, Stop> {
        let today = self.today.unwrap_or_else(|| world.today());
        let id = IdNumber::parse(&self.text, today)
            .map_err(id_refusal)
            .at("text")?;
        Ok(CheckedId {
            number: id.expose().to_owned(),
            kind: id.kind(),
            birth: id.birth(),
            sex: sex_code(id.sex()),
            region: id.region_code().map(str::to_owned),
            region_name: id.region().map(str::to_owned),
            age: id.birth().and_then(|birth| age_on(birth, today)),
            masked: mask::id_on_list(id.expose()),
            upgraded: id.upgraded().map(|long| long.expose().to_owned()),
            warnings: id.warnings().to_vec(),
        })
    }
}

/// The code of a sex in GB/T 2261.1, where the number tells it.
pub(crate) fn sex_code(sex: Sex) -> Option<String> {
    matches!(sex, Sex::Male | Sex::Female).then(|| sex.code().to_string())
}

/// An identity number's error as a refusal.
pub(crate) fn id_refusal(error: IdError) -> Refusal {
    match error {
        IdError::Length => Refusal::Length,
        IdError::Format => Refusal::Format,
        IdError::Check => Refusal::Check,
        IdError::Date => Refusal::Date,
        IdError::Future => Refusal::Future,
        IdError::Region => Refusal::Region,
    }
}

/// Checks a unified social credit code.
#[derive(Deserialize, TS)]
pub(crate) struct CheckCreditCode {
    /// The code, as typed.
    pub text: String,
}

/// What a credit code says.
#[derive(Serialize, TS)]
pub(crate) struct CheckedCreditCode {
    /// In its normal form.
    pub normal: String,
    /// The six digits of the region.
    pub region: String,
    /// The organisation code inside.
    pub organisation_code: String,
    /// Whether the organisation code's own check character is right.
    pub is_organisation_code_right: bool,
}

impl Check for CheckCreditCode {
    const NAME: &'static str = "check_credit_code";
    const ABOUT: &'static str = "Checks a unified social credit code (GB 32100).";
    type Output = CheckedCreditCode;

    fn check(&self, _world: &World) -> Result<CheckedCreditCode, Stop> {
        let code = CreditCode::parse(&self.text)
            .map_err(|error| match error {
                CreditCodeError::Length => Refusal::Length,
                CreditCodeError::Format => Refusal::Format,
                CreditCodeError::Check => Refusal::Check,
            })
            .at("text")?;
        Ok(CheckedCreditCode {
            normal: code.as_str().to_owned(),
            region: code.region().to_owned(),
            organisation_code: code.organisation_code().to_owned(),
            is_organisation_code_right: code.is_organisation_code_right(),
        })
    }
}

/// Checks a telephone number.
#[derive(Deserialize, TS)]
pub(crate) struct CheckPhone {
    /// The number, as typed.
    pub text: String,
}

/// What a telephone number says.
#[derive(Serialize, TS)]
pub(crate) struct CheckedPhone {
    /// In its normal form.
    pub normal: String,
    /// Mobile, landline or foreign.
    pub kind: PhoneKind,
    /// With its country code.
    pub e164: String,
    /// The masked number.
    pub masked: String,
    /// What is odd but no error.
    pub warnings: Vec<PhoneWarning>,
}

impl Check for CheckPhone {
    const NAME: &'static str = "check_phone";
    const ABOUT: &'static str = "Checks a telephone number.";
    type Output = CheckedPhone;

    fn check(&self, _world: &World) -> Result<CheckedPhone, Stop> {
        let phone = Phone::parse(&self.text).map_err(phone_refusal).at("text")?;
        Ok(CheckedPhone {
            normal: phone.normal().to_owned(),
            kind: phone.kind(),
            e164: phone.e164(),
            masked: mask::phone_on_list(phone.normal()),
            warnings: phone.warnings().to_vec(),
        })
    }
}

/// A telephone's error as a refusal.
pub(crate) fn phone_refusal(error: PhoneError) -> Refusal {
    match error {
        PhoneError::Length => Refusal::Length,
        PhoneError::Format => Refusal::Format,
    }
}

/// Reads an address as people write it.
#[derive(Deserialize, TS)]
pub(crate) struct ParseAddress {
    /// The address, as typed.
    pub text: String,
}

/// What an address says.
#[derive(Serialize, TS)]
pub(crate) struct ParsedAddress {
    /// 幢
    pub building: u32,
    /// 单元
    pub unit: Option<u32>,
    /// 室
    pub room: Option<u32>,
    /// 12幢3单元502室
    pub text: String,
}

impl Check for ParseAddress {
    const NAME: &'static str = "parse_address";
    const ABOUT: &'static str = "Reads building, unit and room; null when the text is no address.";
    type Output = Option<ParsedAddress>;

    fn check(&self, _world: &World) -> Result<Self::Output, Stop> {
        Ok(
            parse_address(&self.text).map(|address: Address| ParsedAddress {
                building: address.building,
                unit: address.unit,
                room: address.room,
                text: address.to_string(),
            }),
        )
    }
}

/// Counts working days from the day after a day on.
#[derive(Deserialize, TS)]
pub(crate) struct CountWorkingDays {
    /// Day 0, which does not count.
    pub from: NaiveDate,
    /// How many.
    pub days: u16,
}

/// Where the count ended.
#[derive(Serialize, TS)]
pub(crate) struct CountedDays {
    /// The last of the days.
    pub date: NaiveDate,
    /// 暂定.
    pub provisional: bool,
}

impl Check for CountWorkingDays {
    const NAME: &'static str = "count_working_days";
    const ABOUT: &'static str =
        "Counts working days: holidays off, worked rest days on, day 0 excluded.";
    type Output = CountedDays;

    fn check(&self, world: &World) -> Result<CountedDays, Stop> {
        let counted = world
            .calendar
            .count_working_days(self.from, self.days)
            .map_err(|_refused| Refusal::CalendarEnds)?;
        Ok(CountedDays {
            date: counted.date,
            provisional: counted.provisional,
        })
    }
}

/// When a case of an item is due, and why.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct DueDate {
    /// The item's code.
    pub item: String,
    /// The day of acceptance.
    pub accepted: NaiveDate,
    /// Pauses as `[from, to]`; the day `to` counts again.
    #[serde(default)]
    pub pauses: Option<Vec<Pause>>,
    /// The day the light is for; this desk's where absent.
    #[serde(default)]
    pub today: Option<NaiveDate>,
}

/// When, and why.
#[derive(Serialize, TS)]
pub(crate) struct DueView {
    /// The last day of the promise.
    pub promised: NaiveDate,
    /// The last day of the law's limit.
    pub legal: Option<NaiveDate>,
    /// The day that binds.
    pub due: NaiveDate,
    /// The light on the day.
    pub light: Option<Light>,
    /// The counting days left.
    pub remaining: Option<u16>,
    /// 暂定.
    pub provisional: bool,
    /// 预计: the item is only collected, the department's clock starts with its acceptance.
    pub expected: bool,
    /// Day by day.
    pub because: Vec<Day>,
}

impl Check for DueDate {
    const NAME: &'static str = "due_date";
    const ABOUT: &'static str = "When a case of an item is due: promise, law, the earlier of both, and every day on the way.";
    type Output = DueView;

    fn check(&self, world: &World) -> Result<DueView, Stop> {
        let item = world
            .catalogue
            .item(&self.item)
            .ok_or_else(|| Refusal::UnknownItem {
                code: self.item.chars().take(12).collect(),
            })
            .at("item")?;
        let pauses = self.pauses.clone().unwrap_or_default();
        let today = self.today.unwrap_or_else(|| world.today());
        let due = due_date(
            item,
            self.accepted,
            &pauses,
            None,
            Some(today),
            world.calendar,
        )
        .map_err(clock_refusal)?;
        Ok(DueView {
            promised: due.promised,
            legal: due.legal,
            due: due.due,
            light: due.light,
            remaining: due.remaining,
            provisional: due.provisional,
            expected: item.role == Role::Collects,
            because: due.because,
        })
    }
}

fn clock_refusal(refused: ClockRefused) -> Stop {
    match refused {
        ClockRefused::TooFar { .. } => Refusal::CalendarEnds.into(),
        ClockRefused::PauseBackwards { .. } => {
            Stop::Refused(Refusal::WrongDay, Some("pauses".to_owned()))
        }
    }
}

/// Says how good a password is.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct CheckPassword {
    /// The password.
    pub password: String,
    /// Whose it will be: a name makes no password.
    #[serde(default)]
    pub name: Option<String>,
    /// Of which community: its name makes none either.
    #[serde(default)]
    pub community: Option<String>,
}

/// How good a password is.
#[derive(Serialize, TS)]
pub(crate) struct CheckedPassword {
    /// 0 to 4.
    pub score: u8,
    /// Whether it will do.
    pub ok: bool,
    /// What to do better, as a sentence.
    pub problem: Option<String>,
}

impl Check for CheckPassword {
    const NAME: &'static str = "check_password";
    const ABOUT: &'static str = "Says how good a password is.";
    type Output = CheckedPassword;

    fn check(&self, world: &World) -> Result<CheckedPassword, Stop> {
        let words = tried_first(
            self.name.as_deref().unwrap_or_default(),
            self.community.as_deref().unwrap_or_default(),
        );
        let strength = yichuang_store::rate(&self.password, &words);
        let problem = crate::words::refusal(&Refusal::WeakPassword, world.language);
        Ok(CheckedPassword {
            score: strength.score,
            ok: strength.ok,
            problem: (!strength.ok).then_some(problem),
        })
    }
}
