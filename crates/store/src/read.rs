//! Questions to the view. Every answer is folded from entries; nothing is remembered beside them.

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{case::Case, enquiry::Enquiry},
    record::{Change, Entry, Folded, Id, Kind, RecordKey, Seen, fold, in_order},
    register::person::Person,
};

use crate::{
    error::StoreError,
    index::{ID_NUMBER, NUMBER, PHONE},
    keys::{self, Space},
    store::Store,
};

/// A record with what is known about its last change.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its id.
    pub id: Id,
    /// Its fold.
    pub folded: Folded,
    /// Its last change.
    pub last: Option<Entry>,
    /// The device that reads it.
    device: Option<Id>,
}

impl Record {
    pub(crate) fn of(id: Id, entries: &[Entry], device: Option<Id>) -> Option<Self> {
        if entries.is_empty() {
            return None;
        }
        // Printing changes nothing that a screen had shown.
        let is_print =
            |change: &Change| matches!(change, Change::Event { event, .. } if event == "print");
        let last = in_order(entries)
            .into_iter()
            .rfind(|entry| !is_print(&entry.change))
            .cloned();
        Some(Self {
            id,
            folded: fold(entries),
            last,
            device,
        })
    }

    /// The change a screen had not shown, if the record has one after what it had `seen`. An own change
    /// was shown before the hub gave it a number; what another device wrote and has no number came
    /// before any screen of this one, or lost its number since.
    pub fn changed_after(&self, seen: Seen) -> Option<&Entry> {
        self.last.as_ref().filter(|last| {
            if Some(last.at.device) == self.device {
                last.at.seq > seen.seq
            } else {
                last.number.is_some_and(|number| number > seen.number)
            }
        })
    }
}

impl Store {
    /// A record; nothing when it is not here.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn record(&self, key: &RecordKey) -> Result<Option<Record>, StoreError> {
        let (view, content) = self.parts()?;
        Ok(Record::of(
            key.id,
            &view.entries(content, key)?,
            self.device(),
        ))
    }

    /// All records of a kind.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn records(&self, kind: &Kind) -> Result<Vec<Record>, StoreError> {
        let (view, content) = self.parts()?;
        let mut records = Vec::new();
        for row in view.records_of(content, kind) {
            let (id, entries) = row?;
            records.extend(Record::of(id, &entries, self.device()));
        }
        Ok(records)
    }

    /// A person of the register.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn person_record(&self, id: Id) -> Result<Option<(Person, Record)>, StoreError> {
        let record = self.record(&RecordKey::new(Kind::PERSON, id))?;
        Ok(record.and_then(|record| Some((Person::of(id, &record.folded)?, record))))
    }

    /// A case with its record.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn case_record(&self, id: Id) -> Result<Option<(Case, Record)>, StoreError> {
        let record = self.record(&RecordKey::new(Kind::CASE, id))?;
        Ok(record.and_then(|record| Some((Case::of(id, &record.folded)?, record))))
    }

    /// An enquiry.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn enquiry(&self, id: Id) -> Result<Option<Enquiry>, StoreError> {
        let record = self.record(&RecordKey::new(Kind::ENQUIRY, id))?;
        Ok(record.and_then(|record| Enquiry::of(id, &record.folded)))
    }

    /// The people with this ID number, in its normal form.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn people_with_id_number(&self, normal: &str) -> Result<Vec<Id>, StoreError> {
        self.by_token(Space::PersonByToken, ID_NUMBER, normal)
    }

    /// The people with this telephone, in its normal form.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn people_with_phone(&self, normal: &str) -> Result<Vec<Id>, StoreError> {
        self.by_token(Space::PersonByToken, PHONE, normal)
    }

    /// The case or enquiry of this number.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn by_number(&self, number: &str) -> Result<Option<Id>, StoreError> {
        Ok(self
            .by_token(Space::CaseByNumber, NUMBER, number)?
            .into_iter()
            .next())
    }

    /// The cases that concern this person or that they applied for.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn cases_of(&self, person: Id) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids(&keys::token_prefix(Space::CaseOfPerson, person.bytes()))
            .collect()
    }

    /// What this person asked without a case.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn enquiries_of(&self, person: Id) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids(&keys::token_prefix(Space::EnquiryOfPerson, person.bytes()))
            .collect()
    }

    /// The open cases, the day that binds first.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn open_cases(&self) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids_in(Space::OpenCaseByDay).collect()
    }

    /// All cases, the latest receipt first, from the `offset`-th on.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn cases_by_receipt(&self, offset: usize, limit: usize) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids_in(Space::CaseByReceipt)
            .rev()
            .skip(offset)
            .take(limit)
            .collect()
    }

    /// How many cases there are.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn count_cases(&self) -> Result<usize, StoreError> {
        let (view, _content) = self.parts()?;
        Ok(view.ids_in(Space::CaseByReceipt).count())
    }

    /// The cases received on this day.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn cases_received_on(&self, day: NaiveDate) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids(&keys::day_prefix(Space::CaseByReceipt, day))
            .collect()
    }

    /// The enquiries of this day.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn enquiries_on(&self, day: NaiveDate) -> Result<Vec<Id>, StoreError> {
        let (view, _content) = self.parts()?;
        view.ids(&keys::day_prefix(Space::EnquiryByDay, day))
            .collect()
    }

    fn by_token(&self, space: Space, name: &str, normal: &str) -> Result<Vec<Id>, StoreError> {
        let (view, content) = self.parts()?;
        view.ids(&keys::token_prefix(
            space,
            content.index.token(name, normal),
        ))
        .collect()
    }
}
