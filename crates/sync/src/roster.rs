//! Who and what may write: users and devices with their keys and roles, folded from the log itself.
//!
//! The hub judges a commit against the roster of all numbers before it, once. Desks obey.

use std::collections::{BTreeMap, BTreeSet};

use yichuang_domain::{
    office::{
        required::{Need, is_key_field, machine_may, required},
        staff::{Role, Staff, may},
    },
    record::{Change, Entry, Folded, Head as FieldHead, Header, Id, Kind, RecordKey, fold},
};

use crate::{
    effect::{Effects, adoption_of, origin_of},
    log::{Frame, Hash, Refused, Verdict},
    reading::Reading,
};

/// How long a commit made before a role ended may arrive after it, milliseconds.
const GRACE_MS: i64 = 14 * 24 * 60 * 60 * 1000;

const SIGNING: &str = "signing";

/// The field of a person that holds the key they sign with on this device.
pub fn signing_field(device: Id) -> String {
    format!("{SIGNING}@{device}")
}

/// At which device a key field holds: the one it names, else the one that wrote it.
fn desk_of(field: &str, writer: Id) -> Option<Id> {
    match field.split_once('@') {
        None => (field == SIGNING).then_some(writer),
        Some((SIGNING, desk)) => Id::parse(desk).ok(),
        Some(_other) => None,
    }
}

/// How a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// It writes.
    Good,
    /// Two machines posed as it.
    Frozen,
    /// It was taken out of service.
    Revoked,
    /// It was reported lost: nothing of it counts any more.
    Lost,
}

/// Users and devices as of a number.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    records: BTreeMap<RecordKey, Vec<Entry>>,
    effects: Effects,
    /// The keys to sign with, by actor and device. A device's own stand under itself twice.
    keys: BTreeMap<(Id, Id), Hash>,
    origins: BTreeSet<Id>,
    refused: BTreeMap<(Id, u64), Reading>,
}

impl Roster {
    /// Takes a frame into account. Frames come in order.
    pub fn apply(&mut self, frame: &Frame, reading: &Reading) {
        self.effects.learn(frame, &reading.changes);
        if !frame.verdict.has_effect() {
            self.refused
                .insert((frame.at.device, frame.at.seq), reading.clone());
            return;
        }
        self.take(frame, reading);
        let adopted: Vec<Reading> = reading
            .changes
            .iter()
            .flatten()
            .filter_map(adoption_of)
            .filter_map(|of| self.refused.remove(&(of.device, of.seq)))
            .collect();
        for one in adopted {
            self.take(frame, &one);
        }
    }

    fn take(&mut self, frame: &Frame, reading: &Reading) {
        let changes = reading.changes.iter().flatten();
        self.origins.extend(changes.filter_map(origin_of));
        for entry in self.effects.entries_at(reading, frame) {
            self.learn_keys(&entry);
            let record = entry.change.record();
            if record.kind == Kind::STAFF || record.kind == Kind::DEVICE {
                self.records.entry(record.clone()).or_default().push(entry);
            }
        }
    }

    /// The epoch the log is in.
    pub fn epoch(&self) -> u32 {
        self.effects.epoch()
    }

    /// How a device stands; nothing for one that was never enrolled.
    pub fn device(&self, id: Id) -> Option<DeviceState> {
        let device = self.folded(Kind::DEVICE, id)?;
        Some(if says(&device, "frozen") {
            DeviceState::Frozen
        } else if says(&device, "lost") {
            DeviceState::Lost
        } else if device.fields.contains_key("ended_from") {
            DeviceState::Revoked
        } else {
            DeviceState::Good
        })
    }

    /// Every device with its public key.
    pub fn devices(&self) -> Vec<(Id, Folded)> {
        self.of_kind(&Kind::DEVICE)
    }

    /// Everybody who works here.
    pub fn staff(&self) -> Vec<(Id, Folded)> {
        self.of_kind(&Kind::STAFF)
    }

    /// Whether this device is the hub.
    pub fn is_hub(&self, device: Id) -> bool {
        self.folded(Kind::DEVICE, device)
            .is_some_and(|device| says(&device, "hub"))
    }

    fn learn_keys(&mut self, entry: &Entry) {
        let Change::Set { record, fields } = &entry.change else {
            return;
        };
        for (field, value) in fields {
            let desk = match &record.kind {
                kind if *kind == Kind::STAFF => desk_of(field, entry.at.device),
                kind if *kind == Kind::DEVICE && field == SIGNING => Some(record.id),
                _ => None,
            };
            if let (Some(desk), Some(key)) = (desk, value.as_str().and_then(key_from)) {
                self.keys.insert((record.id, desk), key);
            }
        }
    }

    /// The key an actor signs with on a device: nobody's holds at another one, a device's neither.
    pub fn key_of(&self, actor: Id, device: Id) -> Option<Hash> {
        self.keys.get(&(actor, device)).copied()
    }

    /// Whether a key is given that is not the writer's to give: to another person, which only a machine
    /// may, or at another desk, which only the hub may.
    fn gives_foreign_key(&self, change: &Change, header: &Header) -> bool {
        let Change::Set { record, fields } = change else {
            return false;
        };
        let is_by_machine = header.actor == header.device;
        let of_person = record.kind == Kind::STAFF && record.id != header.actor;
        let knows = || self.keys.keys().any(|(actor, _desk)| *actor == record.id);
        let elsewhere = |field: &String| {
            is_key_field(field)
                && field
                    .split_once('@')
                    .is_some_and(|(_name, desk)| Id::parse(desk) != Ok(header.device))
        };
        if record.kind == Kind::STAFF && fields.keys().any(elsewhere) {
            return true;
        }
        !is_by_machine && of_person && knows() && fields.keys().any(|field| is_key_field(field))
    }

    /// Whether every change of the commit is of a kind this version can judge.
    pub fn knows(reading: &Reading) -> bool {
        reading.is_known
            && reading
                .changes
                .iter()
                .flatten()
                .all(|change| required(change).is_some())
    }

    /// Says once and for all whether the commit has effect. `now` is the hub's clock.
    pub fn judge(&self, reading: &Reading, now: i64) -> Verdict {
        let header = &reading.header;
        if header.actor == header.device && self.is_hub(header.device) {
            return Verdict::Accepted;
        }
        match self.permitted(reading, now) {
            Ok(false) => Verdict::Accepted,
            Ok(true) => Verdict::Late,
            Err(refused) => Verdict::Refused(refused),
        }
    }

    /// Whether it is permitted, and late.
    fn permitted(&self, reading: &Reading, now: i64) -> Result<bool, Refused> {
        let header = &reading.header;
        let device_key = RecordKey::new(Kind::DEVICE, header.device);
        if self.device(header.device) == Some(DeviceState::Lost) {
            return Err(Refused::DeviceLost);
        }
        let device_is_late = self
            .is_late(&device_key, reading, now)
            .ok_or(Refused::DeviceRevoked)?;
        let foreign_key = |change| self.gives_foreign_key(change, header);
        if reading.changes.iter().flatten().any(foreign_key) {
            return Err(Refused::NotPermitted);
        }
        if header.actor == header.device {
            let is_machines = reading.changes.iter().flatten().all(machine_may);
            return is_machines
                .then_some(device_is_late)
                .ok_or(Refused::NotPermitted);
        }
        let staff_key = RecordKey::new(Kind::STAFF, header.actor);
        let role = self.role_of(header.actor).ok_or(Refused::NotPermitted)?;
        let actor = Staff {
            id: header.actor,
            name: String::new(),
            role,
            corner: None,
        };
        for change in reading.changes.iter().flatten() {
            match required(change) {
                Some(Need::AnyRole) => {}
                Some(Need::Action(action)) => {
                    may(&actor, action).map_err(|_refusal| Refused::NotPermitted)?;
                }
                Some(Need::Hub) | None => return Err(Refused::NotPermitted),
            }
            if origin_of(change).is_some_and(|origin| self.origins.contains(&origin)) {
                return Err(Refused::Repeated);
            }
        }
        let role_is_late = self
            .is_late(&staff_key, reading, now)
            .ok_or(Refused::RoleEnded)?;
        Ok(device_is_late || role_is_late)
    }

    /// Nothing when it had ended for this commit; otherwise whether the commit is late.
    fn is_late(&self, record: &RecordKey, reading: &Reading, now: i64) -> Option<bool> {
        let entries = self.records.get(record)?;
        let folded = fold(entries);
        let Some(ended) = folded.fields.get("ended_from") else {
            return Some(false);
        };
        let passes = |head: &FieldHead| {
            let end = entries.iter().find(|entry| entry.at == head.at);
            let is_before = head
                .value
                .as_i64()
                .is_some_and(|from| reading.header.time < from);
            let had_seen = end.and_then(|end| end.number).is_none_or(|number| {
                number <= self.effects.cap(reading.header.seen, u64::MAX).number
            });
            let is_in_time = end
                .and_then(|end| end.received_at)
                .is_some_and(|received| now <= received.saturating_add(GRACE_MS));
            is_before && !had_seen && is_in_time
        };
        ended.heads.iter().all(passes).then_some(true)
    }

    fn role_of(&self, actor: Id) -> Option<Role> {
        self.folded(Kind::STAFF, actor)?.get("role")
    }

    fn folded(&self, kind: Kind, id: Id) -> Option<Folded> {
        let entries = self.records.get(&RecordKey::new(kind, id))?;
        Some(fold(entries))
    }

    fn of_kind(&self, kind: &Kind) -> Vec<(Id, Folded)> {
        self.records
            .iter()
            .filter(|(key, _entries)| key.kind == *kind)
            .map(|(key, entries)| (key.id, fold(entries)))
            .collect()
    }
}

/// Whether any living value of a yes/no field says yes: nobody's "no" at another desk undoes it.
fn says(folded: &Folded, field: &str) -> bool {
    folded
        .fields
        .get(field)
        .is_some_and(|field| field.heads.iter().any(|head| head.value == true))
}

fn key_from(text: &str) -> Option<Hash> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let bytes: Vec<u8> = pairs
        .filter_map(|pair| Some(pair.first()? * 16 + pair.get(1)?))
        .collect();
    bytes.try_into().ok()
}
