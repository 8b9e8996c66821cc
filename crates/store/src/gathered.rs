//! What a session holds in memory of all records: everybody in the search, and the open cases as lists
//! show them. Gathered at unlock from what was kept (`snapshot.rs`) and what changed since, or from every
//! record; it follows each commit, and is dropped at lock.

use std::{collections::BTreeMap, thread};

use yichuang_domain::{
    cases::{case::Case, outline::Outline},
    record::{Id, Kind, RecordKey},
    register::person::Person,
    search::{PersonEntry, SearchIndex},
};
use yichuang_journal::Position;

use crate::{
    commit::{from_cbor, to_cbor},
    error::StoreError,
    snapshot::{Kept, Summary},
    store::{Store, wiped},
};

/// Everybody in the search, and the open cases.
#[derive(Default)]
pub struct Gathered {
    people: SearchIndex,
    open: BTreeMap<Id, Outline>,
    /// Which records it is true for.
    of: Of,
    kept: Option<Of>,
}

/// A state of all records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Of {
    head: Option<Position>,
    /// How often the view was made anew or lost a change.
    view: u64,
}

impl Gathered {
    /// The search of people.
    pub const fn people(&self) -> &SearchIndex {
        &self.people
    }

    /// The open cases, in no order that means anything.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        self.open.values().map(Outline::case)
    }
}

impl Store {
    /// Gathers it: quickly from what was kept, if it can be believed.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn gather(&self) -> Result<Gathered, StoreError> {
        let (people, open) = (self.kept(Summary::People), self.kept(Summary::OpenCases));
        let (people, open) = thread::scope(|scope| {
            let people = scope.spawn(|| wiped(|| people.and_then(people_of)));
            let open = open.and_then(open_of);
            (people.join().ok().flatten(), open)
        });
        let is_kept = people.is_some() && open.is_some();
        let mut gathered = Gathered::default();
        let mut changed = Vec::new();
        match people {
            Some((people, since)) => {
                gathered.people = people;
                changed.extend(since);
            }
            None => gathered.people = self.everybody()?,
        }
        match open {
            Some((open, since)) => {
                gathered.open = open;
                changed.extend(since);
            }
            None => gathered.open = self.all_open()?,
        }
        let is_as_kept = is_kept && changed.is_empty();
        self.bring_up(&mut gathered, changed.iter())?;
        gathered.kept = is_as_kept.then_some(gathered.of);
        Ok(gathered)
    }

    /// Follows a commit that changed these records. What is not true of the records before them, because
    /// the view was made anew or a following broke off, is gathered anew.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks. It is then not true any more, and never kept.
    pub fn gather_again<'a>(
        &self,
        gathered: &mut Gathered,
        records: impl Iterator<Item = &'a RecordKey>,
    ) -> Result<(), StoreError> {
        if gathered.of.head.is_none() || gathered.of.view != self.view_changes {
            *gathered = self.gather()?;
            return Ok(());
        }
        self.bring_up(gathered, records)
    }

    fn bring_up<'a>(
        &self,
        gathered: &mut Gathered,
        records: impl Iterator<Item = &'a RecordKey>,
    ) -> Result<(), StoreError> {
        gathered.of.head = None;
        for key in records {
            if key.kind == Kind::PERSON {
                gathered.people.remove(key.id);
                if let Some((person, _record)) = self.person_record(key.id)? {
                    gathered.people.insert(&PersonEntry::of(&person));
                }
            } else if key.kind == Kind::CASE {
                gathered.open.remove(&key.id);
                gathered.open.extend(self.outline(key.id)?);
            }
        }
        gathered.of = self.of()?;
        Ok(())
    }

    /// Keeps it for the next unlock, if it changed since it was kept: at idle, lock and close.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses; nothing is lost by it.
    pub fn keep_gathered(&self, gathered: &mut Gathered) -> Result<(), StoreError> {
        let now = self.of()?;
        if gathered.of != now || gathered.kept == Some(now) {
            return Ok(());
        }
        self.keep(Summary::People, &gathered.people.encode())?;
        let open: Vec<&Outline> = gathered.open.values().collect();
        self.keep(Summary::OpenCases, &to_cbor(&open)?)?;
        gathered.kept = Some(now);
        Ok(())
    }

    fn of(&self) -> Result<Of, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        Ok(Of {
            head: Some(truth.journal.head()),
            view: self.view_changes,
        })
    }

    fn everybody(&self) -> Result<SearchIndex, StoreError> {
        let mut people = SearchIndex::default();
        self.each_record(&Kind::PERSON, |record| {
            if let Some(person) = Person::of(record.id, &record.folded) {
                people.insert(&PersonEntry::of(&person));
            }
        })?;
        Ok(people)
    }

    fn all_open(&self) -> Result<BTreeMap<Id, Outline>, StoreError> {
        let mut open = BTreeMap::new();
        for id in self.open_cases()? {
            open.extend(self.outline(id)?);
        }
        Ok(open)
    }

    fn outline(&self, id: Id) -> Result<Option<(Id, Outline)>, StoreError> {
        let case = self.case_record(id)?;
        let outline = case.and_then(|(case, _record)| Outline::of(case));
        Ok(outline.map(|outline| (id, outline)))
    }
}

type Since = std::collections::BTreeSet<RecordKey>;

fn people_of(kept: Kept) -> Option<(SearchIndex, Since)> {
    Some((SearchIndex::decode(&kept.bytes)?, kept.changed))
}

fn open_of(kept: Kept) -> Option<(BTreeMap<Id, Outline>, Since)> {
    let open: Vec<Outline> = from_cbor(&kept.bytes, "the open cases").ok()?;
    let open = open.into_iter().map(|one| (one.case().id, one));
    Some((open.collect(), kept.changed))
}
