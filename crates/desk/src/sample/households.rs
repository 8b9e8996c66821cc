//! Who lives behind which door: elders alone, couples, families of three generations, people from
//! elsewhere who share a flat; their numbers, telephones, residency and care groups.
//!
//! The red-line groups (mental disorder, corrections, drug rehabilitation, bereavement) are not here:
//! such facts are sealed to those entitled.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use yichuang_domain::register::{
    address::Address,
    care::CareTag,
    identity::{IdNumber, Sex, age_on},
    person::Person,
};

use super::{
    compound::Compound,
    names::{Origin, Rare, name, surname},
    numbers::{ELSEWHERE, NEARBY, Numbers, kunshan},
    seed::Chance,
    stories,
};

/// Codes of GB/T 4761, what people are to the head of the household.
mod kin {
    pub(super) const HEAD: &str = "02";
    pub(super) const HUSBAND: &str = "11";
    pub(super) const WIFE: &str = "12";
    pub(super) const SON: &str = "20";
    pub(super) const DAUGHTER: &str = "30";
    pub(super) const GRANDSON: &str = "41";
    pub(super) const GRANDDAUGHTER: &str = "42";
    pub(super) const FATHER: &str = "51";
    pub(super) const MOTHER: &str = "52";
    pub(super) const NO_KIN: &str = "99";
}

/// Goes through all of a thousand places before it comes back to the first.
const ORIGIN_STRIDE: u32 = 389;

/// All households, those of the stories first.
pub(super) struct Households {
    today: NaiveDate,
    chance: Chance,
    numbers: Numbers,
    rare: Rare,
    heads: u32,
    flats: Compound,
    known: std::vec::IntoIter<Vec<stories::Known>>,
    known_flats: BTreeSet<Address>,
    flats_left: u32,
    others_left: u32,
    last_building: u32,
}

/// A newcomer of a family.
#[derive(Clone, Copy, PartialEq)]
enum Member {
    Spouse,
    Child,
    Grandchild,
    Father,
    Mother,
    Flatmate,
}

struct Head {
    origin: Origin,
    surname: &'static str,
    sex: Sex,
    age: u32,
    region: &'static str,
    phone: Option<String>,
}

impl Households {
    pub(super) fn new(people: u32, households: u32, today: NaiveDate, chance: &mut Chance) -> Self {
        let known = stories::people();
        let mut numbers = Numbers::default();
        for one in &known {
            numbers.taken(one.id_number);
        }
        let known_flats: BTreeSet<Address> = known.iter().map(|one| one.address).collect();
        let of_known = u32::try_from(known.len()).unwrap_or(0);
        let flats_of_known = u32::try_from(known_flats.len()).unwrap_or(0);
        let by_flat: Vec<Vec<stories::Known>> = known
            .chunk_by(|one, other| one.address == other.address)
            .map(<[stories::Known]>::to_vec)
            .collect();
        let flats_left = households.saturating_sub(flats_of_known);
        Self {
            today,
            flats: Compound::new(households, Chance::new(chance.next())),
            chance: Chance::new(chance.next()),
            numbers,
            rare: Rare::default(),
            heads: 0,
            known: by_flat.into_iter(),
            known_flats,
            flats_left,
            others_left: people.saturating_sub(of_known).saturating_sub(flats_left),
            last_building: 0,
        }
    }

    fn known_household(&mut self, members: &[stories::Known]) -> Vec<Person> {
        let mut people = Vec::new();
        for (place, one) in members.iter().enumerate() {
            let mut person = Person {
                id: self.chance.id(),
                name: one.name.to_owned(),
                phones: vec![one.phone.to_owned()],
                address: Some(one.address),
                ..Person::default()
            };
            self.number_of(&mut person, one.id_number);
            let is_woman = person.sex.as_deref() == Some("2");
            let child = if is_woman { kin::DAUGHTER } else { kin::SON };
            person.relation = Some(if place == 0 { kin::HEAD } else { child }.to_owned());
            person.residency = Some(residency_of(one.id_number).to_owned());
            people.push(person);
        }
        self.tag(&mut people, Origin::Local);
        people
    }

    fn number_of(&self, person: &mut Person, number: &str) {
        let Ok(read) = IdNumber::parse(number, self.today) else {
            return;
        };
        let kind = serde_json::to_value(read.kind()).ok();
        person.id_kind = kind.and_then(|kind| kind.as_str().map(str::to_owned));
        person.birth = read.birth().or(person.birth);
        if read.sex() != Sex::Unknown {
            person.sex = Some(read.sex().code().to_string());
        }
        person.id_number = Some(read.expose().to_owned());
    }

    /// How many live here beside the head, so that in the end all do.
    fn others(&mut self) -> u32 {
        if self.flats_left == 1 {
            return self.others_left;
        }
        // A family has 1.68 others on average.
        let families = u64::from(self.others_left) * 1_000 / 1_680;
        let in_thousand = families * 1_000 / u64::from(self.flats_left.max(1));
        if !self
            .chance
            .happens(u32::try_from(in_thousand).unwrap_or(1_000))
        {
            return 0;
        }
        let sizes = [(1_u32, 55), (2, 27), (3, 13), (4, 5)];
        self.chance
            .weighted(&sizes)
            .copied()
            .unwrap_or(1)
            .min(self.others_left)
    }

    fn head(&mut self, others: u32) -> Head {
        self.heads += 1;
        // Dealt like cards, not thrown like dice: of any thousand heads just so many are of each origin.
        let origin = match self.heads * ORIGIN_STRIDE % 1_000 {
            0..=489 => Origin::Local,
            490..=966 => Origin::Elsewhere,
            967..=974 => Origin::Dotted,
            975..=979 => Origin::Undivided,
            980..=986 => Origin::Korean,
            _ => Origin::Latin,
        };
        let is_local = origin == Origin::Local;
        let age = match self.chance.below(100) {
            0..=44 if is_local => self.chance.between(60, 93),
            _ if is_local => self.chance.between(27, 59),
            _ if others > 1 => self.chance.between(26, 48),
            _ => self.chance.between(19, 55),
        };
        let sex = if self.chance.happens(540) {
            Sex::Male
        } else {
            Sex::Female
        };
        let region = match origin {
            Origin::Elsewhere if self.chance.happens(100) => self.chance.word(&NEARBY),
            Origin::Dotted => "653101",
            Origin::Korean => "222401",
            _ => self.chance.word(&ELSEWHERE),
        };
        let surname = surname(origin, &mut self.chance);
        Head {
            origin,
            surname,
            sex,
            age,
            region,
            phone: None,
        }
    }

    fn household(&mut self, flat: Address) -> Vec<Person> {
        let others = self.others();
        self.others_left -= others;
        self.flats_left -= 1;
        let mut head = self.head(others);
        let members = self.members(&head, others);
        let mut first = self.person(&head, head.sex, head.age, head.surname, flat);
        first.relation = Some(kin::HEAD.to_owned());
        head.phone = first.phones.first().cloned();
        let mut people = vec![first];
        for member in members {
            people.push(self.member(&head, member, flat));
        }
        self.tag(&mut people, head.origin);
        people
    }

    fn members(&mut self, head: &Head, others: u32) -> Vec<Member> {
        let is_old = head.age >= 62;
        let chain: &[Member] = match (head.origin, self.chance.below(100)) {
            (Origin::Local, 0..=59) if is_old => &[
                Member::Spouse,
                Member::Child,
                Member::Grandchild,
                Member::Grandchild,
            ],
            (Origin::Local, 0..=74) => &[
                Member::Spouse,
                Member::Child,
                Member::Mother,
                Member::Father,
            ],
            (Origin::Local, _) if head.age < 66 => {
                &[Member::Child, Member::Mother, Member::Spouse, Member::Child]
            }
            (_, 0..=64) => &[Member::Spouse, Member::Child, Member::Child, Member::Mother],
            (_, 65..=74) if head.age >= 24 => {
                &[Member::Child, Member::Spouse, Member::Child, Member::Mother]
            }
            _ => &[Member::Flatmate; 4],
        };
        let count = usize::try_from(others).unwrap_or(0);
        let more = std::iter::repeat(&Member::Flatmate);
        chain.iter().chain(more).take(count).copied().collect()
    }

    fn member(&mut self, head: &Head, member: Member, flat: Address) -> Person {
        let sex = match member {
            Member::Spouse if head.sex == Sex::Male => Sex::Female,
            Member::Spouse | Member::Father => Sex::Male,
            Member::Mother => Sex::Female,
            Member::Child | Member::Grandchild | Member::Flatmate => {
                if self.chance.happens(510) {
                    Sex::Male
                } else {
                    Sex::Female
                }
            }
        };
        let age = match member {
            Member::Spouse => (head.age + self.chance.between(0, 6))
                .saturating_sub(3)
                .max(20),
            Member::Child => head.age.saturating_sub(self.chance.between(22, 32)),
            Member::Grandchild => head.age.saturating_sub(self.chance.between(50, 60)),
            Member::Father | Member::Mother => (head.age + self.chance.between(21, 30)).min(99),
            Member::Flatmate => self.chance.between(18, 46),
        };
        let keeps_surname = match member {
            Member::Child | Member::Grandchild => head.sex == Sex::Male || self.chance.happens(200),
            Member::Father => true,
            Member::Spouse | Member::Mother | Member::Flatmate => false,
        };
        let own = surname(head.origin, &mut self.chance);
        let surname = if keeps_surname { head.surname } else { own };
        let mut person = self.person(head, sex, age, surname, flat);
        let is_man = sex == Sex::Male;
        let relation = match member {
            Member::Spouse if is_man => kin::HUSBAND,
            Member::Spouse => kin::WIFE,
            Member::Child if is_man => kin::SON,
            Member::Child => kin::DAUGHTER,
            Member::Grandchild if is_man => kin::GRANDSON,
            Member::Grandchild => kin::GRANDDAUGHTER,
            Member::Father => kin::FATHER,
            Member::Mother => kin::MOTHER,
            Member::Flatmate => kin::NO_KIN,
        };
        person.relation = Some(relation.to_owned());
        let shares = age < 14 || (age >= 80 && self.chance.happens(400));
        if shares {
            person.phones = head.phone.iter().cloned().collect();
        }
        person
    }

    fn person(&mut self, head: &Head, sex: Sex, age: u32, surname: &str, flat: Address) -> Person {
        let mut person = Person {
            id: self.chance.id(),
            address: Some(flat),
            ..Person::default()
        };
        // A day and place have few numbers to give: then it was another day.
        for _ in 0..1_000 {
            let birth = self.birth(age);
            let year = birth.year();
            let Some((number, residency)) = self.identity(head, birth, sex) else {
                continue;
            };
            person.name = name(
                head.origin,
                surname,
                sex,
                year,
                &mut self.rare,
                &mut self.chance,
            );
            person.sex = Some(sex.code().to_string());
            person.birth = Some(birth);
            person.residency = Some(residency.to_owned());
            self.number_of(&mut person, &number);
            break;
        }
        let own_reading = [("覃", "tan"), ("乐", "le"), ("纪", "ji"), ("华", "hua")];
        let reading = own_reading
            .iter()
            .find(|(written, _)| person.name.starts_with(written));
        if let Some((_, read)) = reading.filter(|_| self.chance.happens(300)) {
            person.reading = Some((*read).to_owned());
        }
        if !self.chance.happens(20) {
            person.phones.push(self.numbers.phone(&mut self.chance));
        }
        if self.chance.happens(30) {
            person.phones.push(self.numbers.phone(&mut self.chance));
        }
        person
    }

    fn birth(&mut self, age: u32) -> NaiveDate {
        let days = u64::from(age) * 36_525 / 100 + u64::from(self.chance.below(365));
        self.today
            .checked_sub_days(Days::new(days))
            .unwrap_or(self.today)
    }

    /// A number and a residency.
    fn identity(
        &mut self,
        head: &Head,
        birth: NaiveDate,
        sex: Sex,
    ) -> Option<(String, &'static str)> {
        let (numbers, chance) = (&mut self.numbers, &mut self.chance);
        Some(match head.origin {
            Origin::Latin => {
                let number = match chance.below(10) {
                    0..=5 => {
                        let nationality = chance.word(&["840", "380", "276", "392", "410", "250"]);
                        numbers.foreign_card(nationality, birth, sex, chance)?
                    }
                    _ => numbers.of_form("EA", 7),
                };
                (number, "OV")
            }
            Origin::Elsewhere if chance.happens(12) => {
                let number = match chance.below(8) {
                    0 => numbers.of_form("H", 8),
                    1 => numbers.id_number("820000", birth, sex, chance)?,
                    2..=3 => numbers.id_number("810000", birth, sex, chance)?,
                    _ => numbers.id_number("830000", birth, sex, chance)?,
                };
                (number, "OV")
            }
            Origin::Local => {
                let number = numbers.id_number(kunshan(birth, chance), birth, sex, chance)?;
                let residency = [("RH", 93), ("RO", 5), ("UN", 2)];
                (number, *chance.weighted(&residency)?)
            }
            Origin::Elsewhere | Origin::Dotted | Origin::Undivided | Origin::Korean => {
                let number = numbers.id_number(head.region, birth, sex, chance)?;
                let is_near = NEARBY.contains(&head.region);
                let residency = [
                    (if is_near { "RI" } else { "MG" }, 92),
                    ("RH", 6),
                    ("UN", 2),
                ];
                (number, *chance.weighted(&residency)?)
            }
        })
    }

    /// Care groups. They follow from the household where they can, else from chance.
    fn tag(&mut self, people: &mut [Person], origin: Origin) {
        let today = self.today;
        let age_of = |person: &Person| person.birth.and_then(|birth| age_on(birth, today));
        let ages: Vec<u32> = people.iter().filter_map(age_of).collect();
        let is_alone = people.len() == 1;
        let all_old = people.len() > 1 && ages.iter().all(|age| *age >= 60);
        let is_local = origin == Origin::Local;
        for person in people {
            let age = age_of(person).unwrap_or(40);
            let is_man = person.sex.as_deref() == Some("1");
            let mut codes: Vec<&str> = Vec::new();
            let mut maybe = |code: &'static str, fits: bool, in_thousand: u32| {
                if fits && self.chance.happens(in_thousand) {
                    codes.push(code);
                }
            };
            maybe("E1", is_alone && age >= 65, 800);
            maybe("E2", all_old && age >= 60, 900);
            maybe("E3", age >= 80, 1_000);
            maybe("E4", age >= 75, 60);
            maybe("D1", age >= 6, 18);
            maybe("D2", age >= 6, 4);
            maybe("A1", is_local, 9);
            maybe("A2", is_local, 7);
            maybe("A3", is_local && is_alone && age >= 60, 6);
            maybe("A4", age >= 18, 3);
            maybe("V1", is_man && (22..=88).contains(&age), 45);
            maybe("V2", is_man && age >= 60, 8);
            maybe("V3", age >= 40, 3);
            maybe("F2", is_local && (50..=75).contains(&age), 8);
            maybe("C3", age < 18, 12);
            maybe("C4", age < 16, 8);
            maybe("M2", age >= 30, 8);
            maybe("P1", age >= 24, 80);
            maybe("P2", !is_local && age >= 24, 10);
            maybe("P3", (24..=59).contains(&age), 25);
            maybe("W2", (18..=75).contains(&age), 30);
            let building = person.address.map_or(0, |address| address.building);
            if is_local && (50..=74).contains(&age) && building > self.last_building {
                self.last_building = building;
                codes.push("W1");
            }
            for code in codes {
                let ago = u64::from(self.chance.between(30, 2_000));
                let from = today.checked_sub_days(Days::new(ago)).unwrap_or(today);
                let from = person.birth.map_or(from, |birth| from.max(birth));
                person.tags.push(CareTag {
                    code: code.to_owned(),
                    from,
                    to: None,
                    source: String::new(),
                });
            }
        }
    }
}

fn residency_of(number: &str) -> &'static str {
    match number.get(..2) {
        Some("32") if number.starts_with("3205") => "RH",
        Some("81" | "82" | "83" | "91" | "92" | "93") => "OV",
        _ => "MG",
    }
}

impl Iterator for Households {
    type Item = Vec<Person>;

    fn next(&mut self) -> Option<Vec<Person>> {
        if let Some(members) = self.known.next() {
            return Some(self.known_household(&members));
        }
        if self.flats_left == 0 {
            return None;
        }
        loop {
            let flat = self.flats.next()?;
            if !self.known_flats.contains(&flat) {
                return Some(self.household(flat));
            }
        }
    }
}
