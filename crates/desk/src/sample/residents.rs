//! Who comes to the window: what a case says of a resident, and who comes for what.

use chrono::NaiveDate;
use yichuang_domain::{
    cases::party::Party,
    record::Id,
    register::{identity::age_on, mask, person::Person},
};

use super::seed::Chance;

/// A resident, as a case names them.
#[derive(Clone, Debug)]
pub(super) struct Resident {
    id: Id,
    name: String,
    id_kind: String,
    id_masked: String,
    /// The household: people of one stand next to each other.
    household: u32,
}

impl Resident {
    /// As an applicant.
    pub(super) fn party(&self) -> Party {
        Party {
            person: Some(self.id),
            name: self.name.clone(),
            id_kind: self.id_kind.clone(),
            id_masked: self.id_masked.clone(),
        }
    }

    pub(super) const fn id(&self) -> Id {
        self.id
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn id_masked(&self) -> &str {
        &self.id_masked
    }
}

/// Everybody, and who comes for which kind of matter.
#[derive(Default)]
pub(super) struct Residents {
    all: Vec<Resident>,
    adults: Vec<u32>,
    elders: Vec<u32>,
    veterans: Vec<u32>,
    members: Vec<u32>,
    disabled: Vec<u32>,
    children: Vec<u32>,
}

impl Residents {
    /// Adds a household. People of the stories may come to the window, but only once their matters
    /// are long closed: see `of_stories`.
    pub(super) fn add(&mut self, people: &[Person], household: u32, today: NaiveDate) {
        for person in people {
            let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            let number = person.id_number.as_deref();
            self.all.push(Resident {
                id: person.id,
                name: person.name.clone(),
                id_kind: person.id_kind.clone().unwrap_or_default(),
                id_masked: number.map_or_else(String::new, mask::id_on_list),
                household,
            });
            let age = person
                .birth
                .and_then(|birth| age_on(birth, today))
                .unwrap_or(0);
            let has = |codes: &[&str]| person.tags.iter().any(|tag| codes.contains(&&*tag.code));
            if age < 16 {
                self.children.push(place);
                continue;
            }
            for (list, belongs) in [
                (&mut self.adults, age >= 18),
                (&mut self.elders, age >= 60),
                (&mut self.veterans, has(&["V1", "V2", "V3"])),
                (&mut self.members, has(&["P1", "P2", "P3"])),
                (&mut self.disabled, has(&["D1", "D2", "E4"])),
            ] {
                if belongs {
                    list.push(place);
                }
            }
        }
    }

    fn one_of(&self, places: &[u32], chance: &mut Chance) -> Option<&Resident> {
        let place = usize::try_from(*chance.pick(places)?).ok()?;
        self.all.get(place)
    }

    /// Somebody who comes for an item of this group.
    pub(super) fn for_group(&self, group: &str, chance: &mut Chance) -> Option<&Resident> {
        let usual = match group {
            "YL" => &self.elders,
            "TY" => &self.veterans,
            "DQ" => &self.members,
            "CL" => &self.disabled,
            _ => &self.adults,
        };
        let places = if usual.is_empty() || chance.happens(100) {
            &self.adults
        } else {
            usual
        };
        self.one_of(places, chance)
    }

    /// A child, for matters that concern one.
    pub(super) fn child(&self, chance: &mut Chance) -> Option<&Resident> {
        self.one_of(&self.children, chance)
    }

    /// Somebody who may come for this resident: of the household, or else a neighbour.
    pub(super) fn companion(
        &self,
        of: &Resident,
        chance: &mut Chance,
    ) -> Option<(&Resident, bool)> {
        let adults = self
            .adults
            .iter()
            .filter_map(|place| self.all.get(usize::try_from(*place).ok()?));
        let from = self.adults.partition_point(|place| {
            let one = usize::try_from(*place)
                .ok()
                .and_then(|place| self.all.get(place));
            one.is_some_and(|one| one.household < of.household)
        });
        let kin = adults
            .skip(from)
            .take(8)
            .find(|one| one.household == of.household && one.id != of.id);
        match kin {
            Some(kin) => Some((kin, true)),
            None => self
                .one_of(&self.adults, chance)
                .filter(|one| one.id != of.id)
                .map(|one| (one, false)),
        }
    }
}
