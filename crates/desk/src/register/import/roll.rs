//! Who is known, by number and by name: the register's people and those of the file itself.

use std::collections::HashMap;

use yichuang_domain::{
    record::{Id, Kind},
    register::{
        import::{Known, PersonDraft},
        person::Person,
    },
};
use yichuang_store::{Store, StoreError};

/// Everybody who may be meant.
#[derive(Debug, Default)]
pub(super) struct Roll {
    people: Vec<(Id, Known)>,
    places: HashMap<Id, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_number: HashMap<String, Vec<usize>>,
}

impl Roll {
    /// The people of the register.
    pub(super) fn of(store: &Store) -> Result<Self, StoreError> {
        let mut roll = Self::default();
        store.each_record(&Kind::PERSON, |record| {
            if let Some(person) = Person::of(record.id, &record.folded) {
                roll.note(person.id, Known::from(&person));
            }
        })?;
        Ok(roll)
    }

    /// Whether somebody has this id.
    pub(super) fn has(&self, id: Id) -> bool {
        self.places.contains_key(&id)
    }

    /// Somebody is known, or known better.
    pub(super) fn note(&mut self, id: Id, known: Known) {
        let place = *self.places.entry(id).or_insert(self.people.len());
        let before = self.people.get(place).map(|(_id, known)| known);
        if before.is_none_or(|before| before.name != known.name) {
            self.by_name
                .entry(known.name.clone())
                .or_default()
                .push(place);
        }
        if let Some(number) = &known.id_number
            && before.is_none_or(|before| before.id_number.as_ref() != Some(number))
        {
            self.by_number
                .entry(number.clone())
                .or_default()
                .push(place);
        }
        match self.people.get_mut(place) {
            Some(there) => there.1 = known,
            None => self.people.push((id, known)),
        }
    }

    /// Those with the number or the name of somebody.
    pub(super) fn candidates(&self, draft: &PersonDraft) -> Vec<(Id, &Known)> {
        let by_number = draft
            .id_number
            .as_ref()
            .and_then(|number| self.by_number.get(number));
        let by_name = self.by_name.get(&draft.name);
        [by_number, by_name]
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|place| self.people.get(*place))
            .map(|(id, known)| (*id, known))
            .collect()
    }
}
