//! Founding, unlocking, shading, locking: who is at the desk.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::{Action, Corner, Role, Staff},
    record::Id,
    refusal::Refusal,
};
use yichuang_store::{
    FolderLock, Founding, KdfParams, NewStaff, PinAnswer, ShadePin, Store, StoreError,
};

use super::{
    backup::FreshSheet,
    duty::{DutyView, duty},
};
use crate::{
    answer::{AtField, Stop},
    call::Deed,
    clock::local,
    inner::{Inner, unlock_stop},
    window::view::StaffView,
    words,
};

/// How this desk stands.
#[derive(Deserialize, TS)]
pub(crate) struct Status {}

/// How a desk stands.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "yes/no facts of a desk, independent of each other"
)]
pub(crate) struct StatusView {
    /// Whether there is a community.
    pub founded: bool,
    /// Its name.
    pub community: Option<String>,
    /// This machine: 1 for 1号台.
    pub station: Option<u8>,
    /// Who may unlock. Names show only when the desk remembers them: see `names_known`.
    pub people: Vec<StaffView>,
    /// Whether somebody is here.
    pub unlocked: bool,
    /// Whether the screen is shaded.
    pub shaded: bool,
    /// Whether a PIN uncovers it.
    pub has_pin: bool,
    /// Who is here.
    pub actor: Option<StaffView>,
    /// Who holds the window today.
    pub duty: Option<DutyView>,
    /// 面客模式.
    pub facing: bool,
    /// The time of this desk, with its offset.
    pub now: String,
    /// The day of this desk.
    pub today: NaiveDate,
    /// The device secret lies in a file only.
    pub weak_device_secret: bool,
    /// The program's version.
    pub version: String,
}

impl Deed for Status {
    const NAME: &'static str = "status";
    const ABOUT: &'static str = "Whether there is a community, who is here, what time it is.";
    const NEEDS_PERSON: bool = false;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        status(desk)
    }
}

pub(crate) fn status(desk: &mut Inner) -> Result<StatusView, Stop> {
    let language = desk.world.language;
    let now = local(desk.world.now());
    let view_of = |one: &Staff| StaffView {
        id: one.id,
        name: one.name.clone(),
        role: serde_json::to_value(one.role)
            .ok()
            .and_then(|role| role.as_str().map(str::to_owned))
            .unwrap_or_default(),
        role_text: words::role(one.role, language).to_owned(),
        corner: one.corner.map(|corner| format!("{corner:?}")),
    };
    let is_shaded = desk
        .session
        .as_ref()
        .is_some_and(|session| session.is_shaded);
    let today_duty = match (&desk.session, is_shaded) {
        (Some(session), false) if session.actor.role == Role::Clerk => {
            duty(&desk.view(Action::SetDuty)?)?
        }
        _ => None,
    };
    let people = match (&desk.session, &desk.store) {
        (Some(session), _) => session.staff.iter().map(view_of).collect(),
        (None, Some(store)) => names::read(store, &desk.options.data, language),
        (None, None) => Vec::new(),
    };
    let session = desk.session.as_ref();
    let community = match (session, &desk.store) {
        (Some(session), _) => Some(session.community.clone()),
        (None, Some(_)) => names::community(&desk.options.data),
        (None, None) => None,
    };
    Ok(StatusView {
        founded: desk.store.is_some(),
        community,
        station: session.map(|session| session.station.station()),
        people,
        unlocked: session.is_some(),
        shaded: is_shaded,
        has_pin: session.is_some_and(|session| session.pin.is_some()),
        actor: session.map(|session| view_of(&session.actor)),
        duty: today_duty,
        facing: session.is_some_and(|session| session.is_facing),
        now: format!("{}+08:00", now.format("%Y-%m-%dT%H:%M:%S%.3f")),
        today: now.date(),
        weak_device_secret: desk
            .store
            .as_ref()
            .is_some_and(Store::has_weak_device_secret),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The names on the lock screen. The community's and its staff's hang on the wall of the window anyway
/// (服务墙), so they stand in a file in clear; the records do not.
pub(crate) mod names {
    use std::{fs, path::Path};

    use serde::{Deserialize, Serialize};
    use yichuang_domain::office::staff::{Role, Staff};
    use yichuang_store::Store;

    use crate::{
        window::view::StaffView,
        words::{self, Language},
    };

    const FILE: &str = "lock-screen.json";

    #[derive(Serialize, Deserialize)]
    struct Shown {
        #[serde(default)]
        community: String,
        staff: Vec<Staff>,
    }

    pub(crate) fn write(data: &Path, community: &str, staff: &[Staff]) -> std::io::Result<()> {
        let shown = Shown {
            community: community.to_owned(),
            staff: staff.to_vec(),
        };
        let new = data.join("lock-screen.json.new");
        fs::write(&new, serde_json::to_vec_pretty(&shown)?)?;
        fs::rename(new, data.join(FILE))
    }

    fn shown(data: &Path) -> Option<Shown> {
        serde_json::from_slice(&fs::read(data.join(FILE)).ok()?).ok()
    }

    pub(crate) fn staff(data: &Path) -> Vec<Staff> {
        shown(data).map_or_else(Vec::new, |shown| shown.staff)
    }

    /// The community's name, when the file knows it.
    pub(crate) fn community(data: &Path) -> Option<String> {
        let name = shown(data)?.community;
        (!name.is_empty()).then_some(name)
    }

    pub(crate) fn read(store: &Store, data: &Path, language: Language) -> Vec<StaffView> {
        let known = staff(data);
        store
            .people()
            .into_iter()
            .map(|id| {
                let one = known.iter().find(|one| one.id == id);
                let role = one.map_or(Role::Clerk, |one| one.role);
                StaffView {
                    id,
                    name: one.map_or_else(|| id.to_string(), |one| one.name.clone()),
                    role: serde_json::to_value(role)
                        .ok()
                        .and_then(|role| role.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    role_text: words::role(role, language).to_owned(),
                    corner: one
                        .and_then(|one| one.corner)
                        .map(|corner| format!("{corner:?}")),
                }
            })
            .collect()
    }
}

/// A person to found a community with.
#[derive(Deserialize, TS)]
pub(crate) struct NewPerson {
    /// Their name.
    pub name: String,
    /// Their first password.
    pub password: String,
}

/// Founds a community on this desk.
#[derive(Deserialize, TS)]
pub(crate) struct Found {
    /// Its name.
    pub community: String,
    /// The clerks: the first is A角, the second B角.
    pub clerks: Vec<NewPerson>,
    /// The supervisor.
    pub supervisor: NewPerson,
}

/// What founding gives out, once.
#[derive(Serialize, TS)]
pub(crate) struct FoundedView {
    /// The code of the sealed envelope (密码信封). It is shown once.
    pub recovery_code: String,
    /// The device secret lies in a file only.
    pub weak_device_secret: bool,
}

impl Deed for Found {
    const NAME: &'static str = "found";
    const ABOUT: &'static str = "Founds a community on this desk: names, people, passwords.";
    const NEEDS_PERSON: bool = false;
    type Output = FoundedView;

    fn perform(self, desk: &mut Inner) -> Result<FoundedView, Stop> {
        if desk.store.is_some() {
            return Err(Refusal::AlreadyFounded.into());
        }
        let community = yichuang_domain::cases::rules::remark("community", &self.community)?;
        if community.is_empty() {
            return Err(Refusal::FieldMissing {
                field: "community".to_owned(),
            }
            .into());
        }
        let staff = new_staff(&self)?;
        let founding = Founding {
            community,
            staff,
            station: 'A',
            time: desk.world.now(),
            kdf: KdfParams::default(),
        };
        let data = desk.data();
        // The store takes the folder itself.
        desk.waiting = None;
        let founded = Store::found(&data, &founding).map_err(|error| {
            desk.waiting = FolderLock::take(&data).ok();
            match error {
                StoreError::AlreadyFounded => Stop::Refused(Refusal::AlreadyFounded, None),
                other => unlock_stop(other),
            }
        })?;
        let shown: Vec<Staff> = founding
            .staff
            .iter()
            .zip(&founded.staff)
            .map(|(one, id)| Staff {
                id: *id,
                name: one.name.clone(),
                role: one.role,
                corner: one.corner,
            })
            .collect();
        names::write(&data, &founding.community, &shown)?;
        let mut store = Store::open(&data)?;
        // Opens the journal, so that set-up can end with a first backup; then nobody is here again.
        if let (Some(first), Some(id)) = (founding.staff.first(), founded.staff.first()) {
            store.unlock(*id, &first.password)?;
            store.lock()?;
        }
        desk.store = Some(store);
        let recovery_code = founded.recovery_code.to_string();
        desk.fresh_sheet = Some(FreshSheet::new(
            founded.recovery_code,
            founding.community,
            1,
            desk.world.now(),
        ));
        Ok(FoundedView {
            recovery_code,
            weak_device_secret: founded.weak_device_secret,
        })
    }
}

fn new_staff(found: &Found) -> Result<Vec<NewStaff>, Stop> {
    if found.clerks.is_empty() {
        return Err(Refusal::FieldMissing {
            field: "clerks".to_owned(),
        }
        .into());
    }
    let corners = [Some(Corner::A), Some(Corner::B)];
    let clerks = found
        .clerks
        .iter()
        .enumerate()
        .map(|(place, person)| (person, Role::Clerk, corners.get(place).copied().flatten()));
    let all = clerks.chain([(&found.supervisor, Role::Supervisor, None)]);
    let mut staff: Vec<NewStaff> = Vec::new();
    for (person, role, corner) in all {
        let name = crate::register::name(&person.name).at("name")?;
        if staff.iter().any(|one| one.name == name) {
            return Err(Refusal::SameStaffName.into());
        }
        staff.push(NewStaff {
            name,
            role,
            corner,
            password: person.password.clone(),
        });
    }
    Ok(staff)
}

/// Lets a person in.
#[derive(Deserialize, TS)]
pub(crate) struct Unlock {
    /// Their id or their name.
    pub person: String,
    /// Their password.
    pub password: String,
}

impl Deed for Unlock {
    const NAME: &'static str = "unlock";
    const ABOUT: &'static str = "Lets a person in with their password.";
    const NEEDS_PERSON: bool = false;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        if desk.store.is_none() {
            return Err(Refusal::NotFounded.into());
        }
        let (person, _name) = known_person(desk, &self.person).at("person")?;
        desk.unlock(person, &self.password)?;
        desk.fresh_sheet = None;
        if let Some(session) = &desk.session {
            // Who cannot write may still read: the lock screen then shows the names it had.
            drop(names::write(
                &desk.options.data,
                &session.community,
                &session.staff,
            ));
        }
        desk.tell();
        status(desk)
    }
}

/// The person whose id or name this is, with their name.
pub(crate) fn known_person(desk: &Inner, text: &str) -> Result<(Id, String), Refusal> {
    let text = text.trim();
    let id = Id::parse(text).ok();
    let known = names::staff(&desk.data());
    let shown = known
        .into_iter()
        .find(|one| one.name == text || Some(one.id) == id)
        .map(|one| (one.id, one.name));
    shown
        .or_else(|| Some((id?, String::new())))
        .ok_or(Refusal::UnknownStaff)
}

/// Locks: the person's keys are gone, their drafts stay.
#[derive(Deserialize, TS)]
pub(crate) struct Lock {}

impl Deed for Lock {
    const NAME: &'static str = "lock";
    const ABOUT: &'static str = "Locks the desk; drafts stay.";
    const NEEDS_PERSON: bool = false;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        desk.keep_gathered();
        desk.session = None;
        desk.press.forget();
        desk.fresh_sheet = None;
        desk.world.language = desk.preferences.of_machine().language;
        if let Some(store) = &mut desk.store {
            store.lock()?;
        }
        desk.tell();
        status(desk)
    }
}

/// Covers the screen; keys stay.
#[derive(Deserialize, TS)]
pub(crate) struct Shade {}

impl Deed for Shade {
    const NAME: &'static str = "shade";
    const ABOUT: &'static str = "Covers the screen; a PIN or the password uncovers it.";
    const NEEDS_PERSON: bool = true;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        desk.session_mut()?.is_shaded = true;
        status(desk)
    }
}

/// Uncovers the screen, by PIN or by password.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct Unshade {
    /// The PIN.
    pub pin: Option<String>,
    /// The password, where there is no PIN or it is spent.
    pub password: Option<String>,
}

impl Deed for Unshade {
    const NAME: &'static str = "unshade";
    const ABOUT: &'static str = "Uncovers the screen, by PIN or by password.";
    const NEEDS_PERSON: bool = false;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        let session = desk.session.as_mut().ok_or(Refusal::Locked)?;
        match (&self.pin, &self.password, &mut session.pin) {
            (Some(typed), _, Some(pin)) => match pin.try_pin(typed) {
                PinAnswer::Uncovered => {}
                PinAnswer::Wrong { left } => {
                    return Err(Stop::Refused(
                        Refusal::WrongPin {
                            tries_left: u32::from(left),
                        },
                        Some("pin".to_owned()),
                    ));
                }
                PinAnswer::Spent => {
                    session.pin = None;
                    return Err(Stop::Refused(
                        Refusal::WrongPin { tries_left: 0 },
                        Some("pin".to_owned()),
                    ));
                }
            },
            (_, Some(password), _) => {
                let person = session.actor.id;
                desk.store()?
                    .keys_of(person, password)
                    .map_err(unlock_stop)?;
            }
            (Some(_), None, None) | (None, None, _) => {
                return Err(Refusal::FieldMissing {
                    field: "password".to_owned(),
                }
                .into());
            }
        }
        if let Some(session) = &mut desk.session {
            session.is_shaded = false;
        }
        status(desk)
    }
}

/// Sets the PIN that uncovers a shaded screen. It opens nothing else and is forgotten at lock.
#[derive(Deserialize, TS)]
pub(crate) struct SetPin {
    /// Six digits.
    pub pin: String,
}

impl Deed for SetPin {
    const NAME: &'static str = "set_pin";
    const ABOUT: &'static str = "Sets the six digits that uncover a shaded screen, until lock.";
    const NEEDS_PERSON: bool = true;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        let problem = "the PIN is six digits that are not easy to guess".to_owned();
        let pin = ShadePin::new(&self.pin)
            .map_err(|_refused| Refusal::BadInput { problem })
            .at("pin")?;
        desk.session_mut()?.pin = Some(pin);
        status(desk)
    }
}

/// Switches facing mode (面客): names on lists are masked while a resident is being served.
#[derive(Deserialize, TS)]
pub(crate) struct SetFacing {
    /// On or off.
    pub on: bool,
}

impl Deed for SetFacing {
    const NAME: &'static str = "set_facing";
    const ABOUT: &'static str = "Switches facing mode: names on lists are masked.";
    const NEEDS_PERSON: bool = true;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        desk.session_mut()?.is_facing = self.on;
        desk.tell();
        status(desk)
    }
}

/// Confirms this machine's day, when it runs behind what is written already.
#[derive(Deserialize, TS)]
pub(crate) struct ConfirmDay {
    /// The day the person confirms: it must be the clock's.
    pub today: NaiveDate,
}

impl Deed for ConfirmDay {
    const NAME: &'static str = "confirm_day";
    const ABOUT: &'static str = "Confirms this machine's day when it runs behind the last record.";
    const NEEDS_PERSON: bool = true;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        if self.today != desk.world.today() {
            return Err(Refusal::WrongDay.into());
        }
        desk.session_mut()?.confirmed_day = Some(self.today);
        status(desk)
    }
}
