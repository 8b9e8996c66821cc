//! The desk behind its lock: the store, who is here, and the world the rules are handed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, mpsc::Sender},
};

use chrono::NaiveDate;
use yichuang_documents::{FontFolders, Press};
use yichuang_domain::{
    cases::number::{CaseNumber, StationLetter},
    office::staff::{Action, Staff, may},
    record::{Change, Id, Kind, RecordKey, Seen},
    refusal::Refusal,
};
use yichuang_store::{
    Act, FolderLock, Gathered, Room, ShadePin, Store, StoreError, UnlockError, VaultError,
};

use crate::{
    answer::Stop,
    clock::day_of,
    desk::DeskOptions,
    office::{
        backup::{FreshSheet, Runner},
        preferences::Preferences,
        staff_of,
    },
    register::import::Plan,
    see::{Trace, View},
    sync::state::Contact,
    world::World,
};

/// Who is at the desk, and what they have in memory. Dropped at lock.
pub(crate) struct Session {
    /// Who.
    pub actor: Staff,
    /// Everybody who works here.
    pub staff: Vec<Staff>,
    /// The community's name.
    pub community: String,
    /// Letters of this desk's station.
    pub station: StationLetter,
    /// Stations by device.
    pub stations: BTreeMap<Id, StationLetter>,
    /// Everybody in the one box, and the open cases.
    pub gathered: Gathered,
    /// 面客模式.
    pub is_facing: bool,
    /// 遮屏.
    pub is_shaded: bool,
    /// What uncovers a shaded screen.
    pub pin: Option<ShadePin>,
    /// The last serial given, by day.
    pub serials: BTreeMap<NaiveDate, u16>,
    /// Cases this person moved, the latest last: what Ctrl+Z takes back.
    pub moved: Vec<Id>,
    /// Whom this person looked up by full number since unlocking: that is on record already.
    pub looked_up: BTreeSet<Id>,
    /// The day a person confirmed, when the clock was in doubt.
    pub confirmed_day: Option<NaiveDate>,
    /// The import that was looked at, or is under way.
    pub import: Option<Box<Plan>>,
}

impl Session {
    /// Remembers the last serial of a day that was asked for before: a day nobody asked for is read
    /// from the records, so that no number is given twice.
    fn note_serial(&mut self, number: Option<String>) {
        let number = number.and_then(|number| CaseNumber::parse(&number).ok());
        let Some(number) = number.filter(|number| number.station() == self.station) else {
            return;
        };
        if let Some(last) = self.serials.get_mut(&number.day()) {
            *last = (*last).max(number.serial());
        }
    }
}

/// The desk behind its lock.
pub struct Inner {
    pub(crate) options: DeskOptions,
    pub(crate) store: Option<Store>,
    /// The folder, while it waits for its community.
    pub(crate) waiting: Option<FolderLock>,
    pub(crate) session: Option<Session>,
    pub(crate) world: World,
    pub(crate) press: Arc<Press>,
    pub(crate) preferences: Preferences,
    pub(crate) listeners: Vec<Sender<()>>,
    pub(crate) backups: Runner,
    /// When the hub was last heard.
    pub(crate) contact: Contact,
    /// The recovery sheet that was made just now, until somebody unlocks or locks.
    pub(crate) fresh_sheet: Option<FreshSheet>,
}

impl Inner {
    pub(crate) fn open(options: DeskOptions) -> Result<Self, StoreError> {
        let (store, waiting) = match Store::open(&options.data) {
            Ok(store) => (Some(store), None),
            Err(StoreError::NotFounded) => (None, Some(FolderLock::take(&options.data)?)),
            Err(error) => return Err(error),
        };
        let preferences = Preferences::read(&options.data);
        let world = World::new(options.clock, preferences.of_machine().language);
        let fonts = options
            .fonts
            .clone()
            .map_or_else(FontFolders::of_system, FontFolders::with_resources);
        let backups = Runner::new(options.data.clone());
        Ok(Self {
            options,
            backups,
            contact: Contact::default(),
            fresh_sheet: None,
            store,
            waiting,
            session: None,
            world,
            press: Arc::new(Press::new(fonts)),
            preferences,
            listeners: Vec::new(),
        })
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.options.data.clone()
    }

    /// The store, once there is a community.
    pub(crate) fn store(&mut self) -> Result<&mut Store, Stop> {
        self.store
            .as_mut()
            .ok_or(Stop::Refused(Refusal::NotFounded, None))
    }

    /// Whoever is here, with the screen uncovered.
    pub(crate) fn require_person(&self) -> Result<&Session, Stop> {
        if self.store.is_none() {
            return Err(Refusal::NotFounded.into());
        }
        let session = self.session.as_ref().ok_or(Refusal::Locked)?;
        if session.is_shaded {
            return Err(Refusal::Shaded.into());
        }
        Ok(session)
    }

    /// The same, to change.
    pub(crate) fn session_mut(&mut self) -> Result<&mut Session, Stop> {
        self.require_person()?;
        self.session
            .as_mut()
            .ok_or(Stop::Refused(Refusal::Locked, None))
    }

    /// The records and the world, for somebody who may do this.
    pub(crate) fn view(&self, action: Action) -> Result<View<'_>, Stop> {
        let session = self.require_person()?;
        may(&session.actor, action)?;
        let store = self.store.as_ref().ok_or(Refusal::NotFounded)?;
        Ok(View {
            store,
            session,
            world: &self.world,
            press: &self.press,
            options: &self.options,
        })
    }

    /// Lets a person in: keys, staff, search.
    pub(crate) fn unlock(&mut self, person: Id, password: &str) -> Result<(), Stop> {
        let store = self.store()?;
        store.unlock(person, password).map_err(unlock_stop)?;
        let staff = staff_of(store)?;
        let actor = staff
            .iter()
            .find(|one| one.id == person)
            .cloned()
            .ok_or(Refusal::UnknownStaff)?;
        let community = store
            .record(&RecordKey::new(Kind::COMMUNITY, Id::default()))?
            .and_then(|record| record.folded.get("name"))
            .unwrap_or_default();
        let stations = stations_of(store)?;
        let station = store
            .device()
            .and_then(|device| stations.get(&device).copied())
            .ok_or(StoreError::Form {
                what: "this desk's station",
            })?;
        let gathered = store.gather()?;
        let facing = self.preferences.of(Some(person)).facing;
        self.world.language = self.preferences.of(Some(person)).language;
        self.session = Some(Session {
            actor,
            staff,
            community,
            station,
            stations,
            gathered,
            is_facing: facing,
            is_shaded: false,
            pin: None,
            serials: BTreeMap::new(),
            moved: Vec::new(),
            looked_up: BTreeSet::new(),
            confirmed_day: None,
            import: None,
        });
        let today = self.world.today();
        if let Ok(view) = self.view(Action::ReadCases) {
            let last = view.last_serial(today)?;
            if let Some(session) = &mut self.session {
                session.serials.insert(today, last);
            }
        }
        Ok(())
    }

    /// Makes the view anew from the journal.
    pub(crate) fn rebuild(&mut self, told: impl FnMut(u64)) -> Result<u64, Stop> {
        self.require_person()?;
        let commits = self.store()?.rebuild(told)?;
        self.gather_anew()?;
        self.tell();
        Ok(commits)
    }

    /// Keeps for the next unlock what was gathered: at idle, lock and close. Where it cannot be kept, the
    /// next unlock takes longer.
    pub(crate) fn keep_gathered(&mut self) {
        if let (Some(store), Some(session)) = (&self.store, &mut self.session) {
            drop(store.keep_gathered(&mut session.gathered));
        }
    }

    /// Gathers anew, after the view was.
    pub(crate) fn gather_anew(&mut self) -> Result<(), StoreError> {
        if let (Some(store), Some(session)) = (&self.store, &mut self.session) {
            session.gathered = store.gather()?;
        }
        Ok(())
    }

    /// Makes changes true, as the person who is here, on what the desk shows by now.
    pub(crate) fn commit(&mut self, command: &str, changes: Vec<Change>) -> Result<(), Stop> {
        self.commit_on(command, changes, None)
    }

    /// The same on what a screen had shown: only that was seen by whoever decided.
    pub(crate) fn commit_on(
        &mut self,
        command: &str,
        changes: Vec<Change>,
        seen: Option<Seen>,
    ) -> Result<(), Stop> {
        if changes.is_empty() {
            return Ok(());
        }
        let actor = self.require_person()?.actor.id;
        let time = self.world.now();
        self.require_sure_day()?;
        let moved = moved_case(&changes);
        let is_another_matter = changes.iter().any(|change| {
            let kind = &change.record().kind;
            *kind == Kind::PERSON || *kind == Kind::ENQUIRY
        });
        let store = self.store()?;
        let seen = seen.unwrap_or_else(|| store.seen());
        let act = Act {
            actor,
            keys: None,
            on_behalf_of: None,
            command,
            seen,
            time,
            changes,
        };
        let committed = store.commit(vec![act])?;
        self.follow(committed.records.iter())?;
        if let Some(session) = self.session.as_mut().filter(|_session| is_another_matter) {
            // Ctrl+Z takes back the last thing that was done, never one before it.
            session.moved.clear();
        }
        if let (Some(case), Some(session)) = (moved, &mut self.session) {
            session.moved.retain(|moved| *moved != case);
            session.moved.push(case);
        }
        self.tell();
        Ok(())
    }

    /// Puts on record what somebody is about to see.
    pub(crate) fn leave(&mut self, query: &str, traces: Vec<Trace>) -> Result<(), Stop> {
        for trace in traces {
            if self.session_mut()?.looked_up.contains(&trace.about) {
                continue;
            }
            self.commit(query, vec![trace.access])?;
            self.session_mut()?.looked_up.insert(trace.about);
        }
        Ok(())
    }

    /// Something new is begun only while there is room to finish it.
    pub(crate) fn require_room(&self) -> Result<(), Stop> {
        match self.store.as_ref().map(Store::room) {
            Some(Room::Full { free_mb }) => Err(Refusal::DiskNearlyFull { free_mb }.into()),
            Some(Room::Enough | Room::Low { .. }) | None => Ok(()),
        }
    }

    /// Makes a view anew that broke while it was asked. Says whether there was one.
    pub(crate) fn mend_view(&mut self) -> bool {
        let mended = self.store.as_mut().map(Store::mend_view);
        matches!(mended, Some(Ok(true))) && self.gather_anew().is_ok()
    }

    /// The day a rule counts from must not run behind what is written already, unless a person has
    /// confirmed it.
    pub(crate) fn require_sure_day(&self) -> Result<(), Stop> {
        let today = self.world.today();
        let last = self.store.as_ref().and_then(Store::last_time).map(day_of);
        let confirmed = self
            .session
            .as_ref()
            .and_then(|session| session.confirmed_day);
        match last {
            Some(last) if today < last && confirmed != Some(today) => {
                Err(Refusal::DayUnsure { clock: today, last }.into())
            }
            _ => Ok(()),
        }
    }

    /// The people who work here, and the letters of the desks, may be others by now.
    pub(crate) fn follow_staff(&mut self, records: &BTreeSet<RecordKey>) -> Result<(), Stop> {
        let is_office = |key: &RecordKey| key.kind == Kind::STAFF || key.kind == Kind::DEVICE;
        if !records.iter().any(is_office) {
            return Ok(());
        }
        let (Some(store), Some(session)) = (self.store.as_ref(), self.session.as_mut()) else {
            return Ok(());
        };
        session.staff = staff_of(store)?;
        session.stations = stations_of(store)?;
        let actor = session.staff.iter().find(|one| one.id == session.actor.id);
        if let Some(actor) = actor.cloned() {
            session.actor = actor;
        }
        Ok(())
    }

    pub(crate) fn follow<'a>(
        &mut self,
        records: impl Iterator<Item = &'a RecordKey> + Clone,
    ) -> Result<(), Stop> {
        let Some(store) = self.store.as_ref() else {
            return Ok(());
        };
        let Some(session) = self.session.as_mut() else {
            return Ok(());
        };
        store.gather_again(&mut session.gathered, records.clone())?;
        for key in records {
            if key.kind == Kind::CASE {
                session.note_serial(
                    store
                        .case_record(key.id)?
                        .map(|(case, _record)| case.receipt.number),
                );
            } else if key.kind == Kind::ENQUIRY {
                session.note_serial(store.enquiry(key.id)?.map(|enquiry| enquiry.number));
            }
        }
        Ok(())
    }

    /// Tells every listener that something changed.
    pub(crate) fn tell(&mut self) {
        self.listeners.retain(|listener| listener.send(()).is_ok());
    }
}

/// The case these changes move a step: printing moves none.
fn moved_case(changes: &[Change]) -> Option<Id> {
    changes.iter().find_map(|change| match change {
        Change::Event { record, event, .. } if record.kind == Kind::CASE && event != "print" => {
            Some(record.id)
        }
        Change::Event { .. } | Change::Set { .. } | Change::Void { .. } => None,
    })
}

fn stations_of(store: &Store) -> Result<BTreeMap<Id, StationLetter>, Stop> {
    let mut stations = BTreeMap::new();
    for record in store.records(&Kind::DEVICE)? {
        let letter = record
            .folded
            .get::<char>("station")
            .and_then(|one| StationLetter::new(one).ok());
        if let Some(letter) = letter {
            stations.insert(record.id, letter);
        }
    }
    Ok(stations)
}

/// A vault's answer as the rules' "no", where it is one.
pub(crate) fn unlock_stop(error: StoreError) -> Stop {
    let StoreError::Unlock(refused) = error else {
        return error.into();
    };
    let refusal = match refused {
        UnlockError::WrongPassword { left_free, wait_s } => Refusal::WrongPassword {
            tries_left: u32::from(left_free),
            wait_s,
        },
        UnlockError::Wait { seconds } => Refusal::Wait { wait_s: seconds },
        UnlockError::LockedOut => Refusal::LockedOut,
        UnlockError::UnknownPerson => Refusal::UnknownStaff,
        UnlockError::WeakPassword(_) => Refusal::WeakPassword,
        UnlockError::WrongCode => {
            return Stop::Refused(Refusal::WrongCode, Some("code".to_owned()));
        }
        UnlockError::Failed(VaultError::DeviceSecretMissing) => Refusal::KeyStoreForgot,
        other => return StoreError::Unlock(other).into(),
    };
    Stop::Refused(refusal, Some("password".to_owned()))
}
