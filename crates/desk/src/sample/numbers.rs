//! Numbers of invented people: ID numbers whose sequence (990–995) no register gives out, and
//! telephones of a prefix (154) that no one answers. All of them are right by their check characters.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use yichuang_domain::register::identity::Sex;

use super::seed::Chance;

/// Numbers, each given once.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    ids: BTreeSet<String>,
    phones: BTreeSet<u32>,
}

impl Numbers {
    /// Keeps a number from being given again.
    pub(super) fn taken(&mut self, number: &str) {
        self.ids.insert(number.to_owned());
    }

    /// An 18-digit number; nothing when all of this day and place are given.
    pub(super) fn id_number(
        &mut self,
        region: &str,
        birth: NaiveDate,
        sex: Sex,
        chance: &mut Chance,
    ) -> Option<String> {
        let mut sequences = match sex {
            Sex::Male => [991, 993, 995],
            Sex::Female | Sex::Unknown | Sex::NotStated => [990, 992, 994],
        };
        chance.shuffle(&mut sequences);
        let date = birth.format("%Y%m%d");
        sequences.into_iter().find_map(|sequence| {
            let number = with_check(&format!("{region}{date}{sequence}"))?;
            self.ids.insert(number.clone()).then_some(number)
        })
    }

    /// A foreigner's card of 2023.
    pub(super) fn foreign_card(
        &mut self,
        nationality: &str,
        birth: NaiveDate,
        sex: Sex,
        chance: &mut Chance,
    ) -> Option<String> {
        self.id_number(&format!("932{nationality}"), birth, sex, chance)
            .filter(|number| number.len() == 18)
    }

    /// A travel permit or passport: letters and a number of its own.
    pub(super) fn of_form(&mut self, letters: &str, digits: usize) -> String {
        let next = self.ids.len();
        let number = format!("{letters}9{next:0width$}", width = digits.saturating_sub(1));
        self.ids.insert(number.clone());
        number
    }

    /// A mobile number.
    pub(super) fn phone(&mut self, chance: &mut Chance) -> String {
        loop {
            // 1540000… belongs to the people of the stories.
            let last = chance.between(10_000_000, 99_999_999);
            if self.phones.insert(last) {
                return format!("154{last}");
            }
        }
    }
}

/// The check character of ISO 7064 MOD 11-2 behind 17 digits.
fn with_check(digits: &str) -> Option<String> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    let check = "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)?;
    (digits.len() == WEIGHTS.len()).then(|| format!("{digits}{check}"))
}

/// Kunshan's own code at the time the number was given: the old ones are many elders'.
pub(super) fn kunshan(birth: NaiveDate, chance: &mut Chance) -> &'static str {
    match birth.year() {
        ..=1988 if chance.happens(780) => "320523",
        ..=1988 if chance.happens(200) => "322726",
        1989..=1994 if chance.happens(850) => "329012",
        _ => "320583",
    }
}

/// Counties people come from to work here; each stood on a list since 1980.
pub(super) const ELSEWHERE: [&str; 36] = [
    "342622", "341226", "340321", "342221", "341281", "411381", "410102", "412724", "320322",
    "320382", "320830", "321324", "320925", "320723", "321023", "370623", "371521", "510722",
    "511303", "420621", "421081", "360421", "432524", "522121", "610722", "620522", "452702",
    "222401", "532128", "440105", "330421", "310112", "350521", "530121", "500231", "140202",
];

/// Other districts of Suzhou.
pub(super) const NEARBY: [&str; 2] = ["320582", "320503"];

#[cfg(test)]
mod tests {
    use yichuang_domain::register::{
        identity::{IdKind, IdNumber},
        phone::Phone,
    };

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_number_passes_the_checks_of_real_ones_and_is_given_once() {
        let mut numbers = Numbers::default();
        let mut chance = Chance::new(3);
        let today = day("2026-11-24");
        let mut given = Vec::new();
        for (place, region) in (0_u8..).zip(ELSEWHERE.iter().chain(&NEARBY)) {
            let sex = if place % 2 == 0 {
                Sex::Male
            } else {
                Sex::Female
            };
            let number = numbers
                .id_number(region, day("1985-06-07"), sex, &mut chance)
                .unwrap();
            let read = IdNumber::parse(&number, today).unwrap();
            assert_eq!(
                (read.kind(), read.sex()),
                (IdKind::Resident, sex),
                "{number}"
            );
            assert!(
                read.warnings().is_empty(),
                "{region}: {:?}",
                read.warnings()
            );
            given.push(number);
        }
        let card = numbers
            .foreign_card("840", day("1985-06-07"), Sex::Male, &mut chance)
            .unwrap();
        assert_eq!(
            IdNumber::parse(&card, today).unwrap().kind(),
            IdKind::ForeignPr2023
        );
        given.push(card);
        given.sort();
        given.dedup();
        assert_eq!(given.len(), ELSEWHERE.len() + NEARBY.len() + 1);
    }

    #[test]
    fn the_old_codes_of_kunshan_are_read_without_a_warning() {
        let mut numbers = Numbers::default();
        let mut chance = Chance::new(3);
        for year in 1930..2026 {
            let birth = NaiveDate::from_ymd_opt(year, 5, 4).unwrap();
            let region = kunshan(birth, &mut chance);
            let number = numbers
                .id_number(region, birth, Sex::Male, &mut chance)
                .unwrap();
            let read = IdNumber::parse(&number, day("2026-11-24")).unwrap();
            assert!(read.warnings().is_empty(), "{number}");
        }
    }

    #[test]
    fn no_day_and_place_gives_more_numbers_than_it_has() {
        let mut numbers = Numbers::default();
        let mut chance = Chance::new(3);
        let given = (0..5).filter(|_| {
            numbers
                .id_number("320583", day("2001-01-01"), Sex::Male, &mut chance)
                .is_some()
        });
        assert_eq!(given.count(), 3);
    }

    #[test]
    fn permits_and_telephones_have_their_form() {
        let mut numbers = Numbers::default();
        let mut chance = Chance::new(3);
        let today = day("2026-11-24");
        let permit = numbers.of_form("H", 8);
        assert_eq!(
            IdNumber::parse(&permit, today).unwrap().kind(),
            IdKind::HkmoTravelPermit
        );
        let passport = numbers.of_form("EA", 7);
        assert_eq!(
            IdNumber::parse(&passport, today).unwrap().kind(),
            IdKind::Passport
        );
        for _ in 0..100 {
            let phone = numbers.phone(&mut chance);
            assert_eq!(Phone::parse(&phone).unwrap().normal(), phone);
            assert!(phone.starts_with("154"));
        }
    }
}
