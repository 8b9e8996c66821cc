//! What a command or query has in front of it: the records, who asks, and the world.

use chrono::NaiveDate;
use yichuang_documents::Press;
use yichuang_domain::{
    cases::{
        case::Case,
        item::Role,
        number::{CaseNumber, CasePrefix, DocumentNumber},
        rules::Context,
        transition::Step,
    },
    office::staff::Staff,
    record::{Change, Id, Kind, RecordKey, Seen},
    refusal::Refusal,
    register::person::Person,
};
use yichuang_store::{Record, Store, StoreError};

use crate::{
    answer::Stop,
    desk::DeskOptions,
    inner::Session,
    words::{self, Language},
    world::World,
};

/// The records and the world, as one call sees them.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The records.
    pub store: &'a Store,
    /// Who asks.
    pub session: &'a Session,
    /// The world.
    pub world: &'a World,
    /// The press.
    pub press: &'a Press,
    /// Where things lie.
    pub options: &'a DeskOptions,
}

impl<'a> View<'a> {
    /// What a rule is handed.
    pub(crate) fn context(&self) -> Context<'a> {
        Context {
            actor: &self.session.actor,
            today: self.today(),
            calendar: self.world.calendar,
            settings: &self.world.settings,
        }
    }

    /// The day.
    pub(crate) fn today(&self) -> NaiveDate {
        self.world.today()
    }

    /// The language of the screen.
    pub(crate) fn language(&self) -> Language {
        self.world.language
    }

    /// What this screen has seen by now.
    pub(crate) fn seen(&self) -> Seen {
        self.store.seen()
    }

    /// The letter of a desk's station.
    pub(crate) fn station_of(&self, device: Id) -> Option<String> {
        let station = self.session.stations.get(&device);
        station.map(|letter| letter.letter().to_string())
    }

    /// A colleague.
    pub(crate) fn staff(&self, id: Id) -> Option<&'a Staff> {
        self.session.staff.iter().find(|one| one.id == id)
    }

    /// A colleague's name.
    pub(crate) fn staff_name(&self, id: Id) -> String {
        self.staff(id)
            .map_or_else(String::new, |one| one.name.clone())
    }

    /// A person of the register.
    ///
    /// # Errors
    ///
    /// Refuses one that is not there.
    pub(crate) fn person(&self, id: Id) -> Result<(Person, Record), Stop> {
        let found = self.store.person_record(id)?;
        Ok(found.ok_or_else(|| Refusal::UnknownRecord {
            kind: "person".to_owned(),
        })?)
    }

    /// A case by its number, a paper's number, its bar code's digits or its id.
    ///
    /// # Errors
    ///
    /// Refuses one that is not there.
    pub(crate) fn case(&self, text: &str) -> Result<(Case, Record), Stop> {
        let id = self.case_id(text)?.ok_or(Refusal::UnknownCase)?;
        Ok(self.store.case_record(id)?.ok_or(Refusal::UnknownCase)?)
    }

    /// The case or enquiry a number or id names.
    ///
    /// # Errors
    ///
    /// When the view breaks.
    pub(crate) fn case_id(&self, text: &str) -> Result<Option<Id>, Stop> {
        if let Ok(id) = Id::parse(text.trim()) {
            return Ok(Some(id));
        }
        let number = CaseNumber::parse(text)
            .or_else(|_error| DocumentNumber::parse(text).map(DocumentNumber::case))
            .or_else(|_error| CaseNumber::from_digits(text));
        match number {
            Ok(number) => Ok(self.store.by_number(&number.to_string())?),
            Err(_error) => Ok(None),
        }
    }

    /// Refuses when somebody changed the record after the screen had shown it.
    ///
    /// # Errors
    ///
    /// [`Refusal::Stale`] with who and what.
    pub(crate) fn require_fresh(&self, record: &Record, seen: Option<Seen>) -> Result<(), Stop> {
        let Some(change) = seen.and_then(|seen| record.changed_after(seen)) else {
            return Ok(());
        };
        let language = self.language();
        let what = match &change.change {
            Change::Event { event, .. } => match Step::named(event) {
                Some(step) => words::step(step, Role::Decides, language).to_owned(),
                None => event.clone(),
            },
            Change::Set { .. } => language.pick("修改", "a change").to_owned(),
            Change::Void { .. } => language.pick("作废", "Void").to_owned(),
        };
        Err(Refusal::Stale {
            by: self.staff_name(change.actor),
            what,
        }
        .into())
    }

    /// The next case number of this station today: never used before, never again.
    ///
    /// # Errors
    ///
    /// When the day's numbers are used up, or the view breaks.
    pub(crate) fn next_number(&self) -> Result<CaseNumber, Stop> {
        let today = self.today();
        let station = self.session.station;
        let last = match self.session.serials.get(&today) {
            Some(last) => *last,
            None => self.last_serial(today)?,
        };
        CaseNumber::new(CasePrefix::XINMAO, today, station, last.saturating_add(1))
            .map_err(|_used_up| Refusal::CalendarEnds.into())
    }

    pub(crate) fn last_serial(&self, today: NaiveDate) -> Result<u16, Stop> {
        let mut last = 0;
        let mut note = |number: &str| {
            let number = CaseNumber::parse(number).ok();
            let ours = number.filter(|one| one.station() == self.session.station);
            last = last.max(ours.map_or(0, CaseNumber::serial));
        };
        for id in self.store.cases_received_on(today)? {
            if let Some((case, _record)) = self.store.case_record(id)? {
                note(&case.receipt.number);
            }
        }
        for id in self.store.enquiries_on(today)? {
            if let Some(enquiry) = self.store.enquiry(id)? {
                note(&enquiry.number);
            }
        }
        Ok(last)
    }
}

/// That somebody looked at somebody.
pub(crate) struct Trace {
    /// At whom. Looking again before the next lock is the same look.
    pub about: Id,
    /// The access, as it is written.
    pub access: Change,
}

/// 留痕: that somebody looked, printed or took something out, as a change of its own record.
///
/// # Errors
///
/// When the system has no randomness.
pub(crate) fn access(event: &str, body: serde_json::Value) -> Result<Change, Stop> {
    let id = Id::from_bytes(yichuang_store::random::<16>().map_err(StoreError::from)?);
    Ok(Change::Event {
        record: RecordKey::new(Kind::ACCESS, id),
        event: event.to_owned(),
        body,
    })
}
