//! Sensitive facts (敏感信息): fields of a record that only people entitled to them can open.
//!
//! ```text
//! record sensitive_key/ID   version       1, 2 …: the highest one seals
//!                           to:STAFF      { public, wrap }, hexadecimal digits
//!                           to:recovery   the same
//! a sealed field            what `SensitiveKey::seal` made, bound to kind, id and field, hexadecimal digits
//! ```
//!
//! The journal carries the keys, sealed to each person entitled and to the community's recovery key;
//! never to a machine. The first person who writes such a fact makes the first key, so a folder from
//! before opens as it is. Who becomes entitled is given all keys by the next act of a colleague who has
//! them, or by the printed code when their own keys are new (`rescue.rs`, `backup/restore.rs`); once somebody is no longer entitled, the next fact is sealed with a new key. A key is open
//! only while a call reads or writes with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use yichuang_domain::record::{Change, Fields, Folded, Id, Kind, RecordKey};
use yichuang_vault::{Key, SensitiveKey, SensitiveKeyId};

use crate::{
    error::StoreError,
    hex::{from_hex, hex, unhex},
    store::Store,
};

const VERSION: &str = "version";
const TO: &str = "to:";
const RECOVERY: &str = "recovery";

/// Where a sensitive fact stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// In which record.
    pub record: &'a RecordKey,
    /// In which field.
    pub field: &'a str,
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        let kind = self.record.kind.name().as_bytes();
        let id = self.record.id.bytes();
        [b"fact/1/", kind, b"/", &id, b"/", self.field.as_bytes()].concat()
    }
}

/// A fact that was opened, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// What it says.
    Open(Vec<u8>),
    /// Nobody has handed this person the key yet.
    NotShared,
}

/// How a fact is to be written.
pub struct Sealing {
    key: SensitiveKey,
    /// What must be in the same commit: a new key, or wraps that were missing.
    pub changes: Vec<Change>,
}

impl Sealing {
    /// The value of the field.
    ///
    /// # Errors
    ///
    /// When the fact is larger than any real one.
    pub fn seal(&self, place: Place<'_>, fact: &[u8]) -> Result<String, StoreError> {
        Ok(hex(&self.key.seal(&place.bytes(), fact)?))
    }
}

/// The keys of sensitive facts that one person holds.
pub struct KeyRing {
    rows: Vec<Row>,
    held: BTreeMap<SensitiveKeyId, SensitiveKey>,
}

/// A key as the journal carries it.
struct Row {
    id: SensitiveKeyId,
    version: u64,
    wraps: BTreeMap<String, Wrap>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wrap {
    public: String,
    wrap: String,
}

impl KeyRing {
    /// Opens the value of a sealed field.
    ///
    /// # Errors
    ///
    /// When it is no such value, or was taken from another place.
    pub fn open(&self, place: Place<'_>, value: &str) -> Result<Fact, StoreError> {
        let sealed = from_hex(value).ok_or(StoreError::form("a sensitive fact"))?;
        let id = SensitiveKey::id_in(&sealed).ok_or(StoreError::form("a sensitive fact"))?;
        let Some(key) = self.held.get(&id) else {
            return Ok(Fact::NotShared);
        };
        Ok(Fact::Open(key.open(&place.bytes(), &sealed)?.to_vec()))
    }

    #[cfg(feature = "scan")]
    pub(crate) fn held(&self) -> impl Iterator<Item = &SensitiveKey> {
        self.held.values()
    }

    /// Whether this person holds every key there is.
    pub fn is_whole(&self) -> bool {
        self.rows.iter().all(|row| self.held.contains_key(&row.id))
    }

    fn current(&self) -> Option<&Row> {
        self.rows.iter().max_by_key(|row| (row.version, row.id))
    }
}

impl Store {
    /// The keys of sensitive facts that whoever unlocked the store holds.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn key_ring(&self) -> Result<KeyRing, StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let mut rows = Vec::new();
        let mut held = BTreeMap::new();
        for record in self.records(&Kind::SENSITIVE_KEY)? {
            let row = row_of(record.id, &record.folded);
            let own = row.wraps.get(&session.person);
            let opened = own
                .and_then(|wrap| from_hex(&wrap.wrap))
                .and_then(|wrap| SensitiveKey::unwrap(row.id, &wrap, &session.keys).ok());
            held.extend(opened.map(|key| (row.id, key)));
            rows.push(row);
        }
        Ok(KeyRing { rows, held })
    }

    /// The wraps that people entitled lack: whoever has the keys hands them on with their next act.
    ///
    /// # Errors
    ///
    /// When the store is locked, the view breaks, or the system gives no randomness.
    pub fn hand_on(&self, ring: &KeyRing, entitled: &[Id]) -> Result<Vec<Change>, StoreError> {
        let wanted = self.recipients(entitled)?;
        let mut changes = Vec::new();
        for row in &ring.rows {
            if let Some(key) = ring.held.get(&row.id) {
                changes.extend(missing_wraps(row, key, &wanted)?);
            }
        }
        Ok(changes)
    }

    /// How a fact is written, so that the people entitled, and nobody else, open it. Nothing when there
    /// is a key and this person has not been handed it.
    ///
    /// # Errors
    ///
    /// When the store is locked, the view breaks, or the system gives no randomness.
    pub fn sealing(
        &self,
        mut ring: KeyRing,
        entitled: &[Id],
    ) -> Result<Option<Sealing>, StoreError> {
        let changes = self.hand_on(&ring, entitled)?;
        let wanted = self.recipients(entitled)?;
        let Some(current) = ring.current() else {
            return next_key(1, &wanted, changes).map(Some);
        };
        let (id, next) = (current.id, current.version.saturating_add(1));
        let has_lost_somebody = current.wraps.keys().any(|name| !wanted.contains_key(name));
        let Some(key) = ring.held.remove(&id) else {
            return Ok(None);
        };
        if has_lost_somebody {
            return next_key(next, &wanted, changes).map(Some);
        }
        Ok(Some(Sealing { key, changes }))
    }

    /// Whom the keys are sealed to: the public halves, by name.
    fn recipients(&self, entitled: &[Id]) -> Result<BTreeMap<String, [u8; 32]>, StoreError> {
        let mut wanted = BTreeMap::from([(RECOVERY.to_owned(), self.vault.recovery_public())]);
        for id in entitled {
            let record = self.record(&RecordKey::new(Kind::STAFF, *id))?;
            let public = record.and_then(|record| record.folded.get::<String>("sealing"));
            let public = public.as_deref().and_then(unhex);
            wanted.extend(public.map(|public| (id.to_string(), public)));
        }
        Ok(wanted)
    }
}

/// The keys handed back to people who had them and have other keys of their own now, by the secret half
/// of the recovery key. `records` are those of the sensitive keys.
pub(crate) fn handed_back<'a>(
    records: impl Iterator<Item = (Id, &'a Folded)>,
    secret: &Key,
    people: &BTreeMap<String, [u8; 32]>,
) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    for (id, folded) in records {
        let row = row_of(id, folded);
        let recovery = row.wraps.get(RECOVERY);
        let key = recovery
            .and_then(|wrap| from_hex(&wrap.wrap))
            .and_then(|wrap| SensitiveKey::recover(row.id, &wrap, secret).ok());
        // A wrap of a recovery key from before opens with the sheet of then only.
        let Some(key) = key else { continue };
        let mut theirs = people.clone();
        theirs.retain(|name, _public| row.wraps.contains_key(name));
        changes.extend(missing_wraps(&row, &key, &theirs)?);
    }
    Ok(changes)
}

fn row_of(id: Id, folded: &Folded) -> Row {
    let wraps = folded.fields.keys().filter_map(|field| {
        let name = field.strip_prefix(TO)?;
        Some((name.to_owned(), folded.get::<Wrap>(field)?))
    });
    Row {
        id: id.bytes(),
        version: folded.get(VERSION).unwrap_or_default(),
        wraps: wraps.collect(),
    }
}

fn next_key(
    version: u64,
    wanted: &BTreeMap<String, [u8; 32]>,
    mut changes: Vec<Change>,
) -> Result<Sealing, StoreError> {
    let key = SensitiveKey::random()?;
    let mut fields = wraps_of(&key, wanted.iter())?;
    fields.insert(VERSION.to_owned(), json!(version));
    changes.push(set(key.id(), fields));
    Ok(Sealing { key, changes })
}

/// The wraps of people who are entitled and have none, or one for keys they no longer have.
fn missing_wraps(
    row: &Row,
    key: &SensitiveKey,
    wanted: &BTreeMap<String, [u8; 32]>,
) -> Result<Option<Change>, StoreError> {
    let is_missing = |name: &str, public: &[u8; 32]| {
        row.wraps
            .get(name)
            .is_none_or(|wrap| wrap.public != hex(public))
    };
    let missing = wanted
        .iter()
        .filter(|(name, public)| is_missing(name, public));
    let fields = wraps_of(key, missing)?;
    Ok((!fields.is_empty()).then(|| set(row.id, fields)))
}

fn wraps_of<'a>(
    key: &SensitiveKey,
    people: impl Iterator<Item = (&'a String, &'a [u8; 32])>,
) -> Result<Fields, StoreError> {
    let mut fields = Fields::new();
    for (name, public) in people {
        let wrap = Wrap {
            public: hex(public),
            wrap: hex(&key.wrap_to(public)?),
        };
        fields.insert(format!("{TO}{name}"), json!(wrap));
    }
    Ok(fields)
}

fn set(id: SensitiveKeyId, fields: Fields) -> Change {
    Change::Set {
        record: RecordKey::new(Kind::SENSITIVE_KEY, Id::from_bytes(id)),
        fields,
    }
}
