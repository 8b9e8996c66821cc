//! Founding a community: the first commit, whose hash is the community's id for ever.

use std::{fs, path::Path, sync::Arc};

use serde_json::json;
use yichuang_domain::{
    office::staff::{Corner, Role, tried_first},
    record::{Change, Fields, Header, Id, Kind, RecordKey, Seen},
};
use yichuang_journal::{Disk, Journal};
use yichuang_vault::{FoundOptions, KdfParams, NewPerson, RecoveryCode, Vault};

use crate::{
    commit::{Commit, to_cbor},
    error::StoreError,
    hex::hex,
    store::{COMMITS, JournalSeal, random_id},
    view::free_place,
};

/// A person who will work here.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Their half of the pair.
    pub corner: Option<Corner>,
    /// Their first password.
    pub password: String,
}

/// What a community is founded with.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Its name.
    pub community: String,
    /// Who works here.
    pub staff: Vec<NewStaff>,
    /// This desk's station letter.
    pub station: char,
    /// The clock, milliseconds.
    pub time: i64,
    /// How hard passwords are to try.
    pub kdf: KdfParams,
}

/// What founding gives out, once.
#[derive(Debug)]
pub struct FoundedStore {
    /// The printed code of the sealed envelope (密码信封).
    pub recovery_code: RecoveryCode,
    /// The device secret lies in a file, not in the system's key store.
    pub weak_device_secret: bool,
    /// The people, in the order given.
    pub staff: Vec<Id>,
    /// This device.
    pub device: Id,
}

/// There while a community is being founded: what lies beside it was promised to nobody.
pub(crate) const UNDER_WAY: &str = "founding";
/// What founding makes, in the order it is put out of the way.
const MADE: [&str; 5] = [
    "vault.toml",
    "attempts.toml",
    "journal",
    "guard.a",
    "guard.b",
];

/// Whether founding was cut short here.
pub(crate) fn is_cut_short(data: &Path) -> bool {
    data.join(UNDER_WAY).exists()
}

/// Moves what a founding left that was cut short to quarantine.
pub(crate) fn clear_cut_short(data: &Path) -> Result<(), StoreError> {
    if !is_cut_short(data) {
        return Ok(());
    }
    let place = free_place(data, "founding")?;
    fs::create_dir_all(&place)?;
    for name in MADE {
        if data.join(name).exists() {
            fs::rename(data.join(name), place.join(name))?;
        }
    }
    Ok(())
}

/// Founds a community in an empty folder.
///
/// # Errors
///
/// Refuses a folder that has one, and passwords that are easy to guess.
pub(crate) fn found(
    data: &Path,
    disk: Arc<dyn Disk>,
    founding: &Founding,
) -> Result<FoundedStore, StoreError> {
    clear_cut_short(data)?;
    if data.join("vault.toml").exists() || data.join("journal").exists() {
        return Err(StoreError::AlreadyFounded);
    }
    fs::create_dir_all(data)?;
    fs::write(data.join(UNDER_WAY), b"")?;
    let device = random_id()?;
    let ids = founding
        .staff
        .iter()
        .map(|_one| random_id())
        .collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let words: Vec<Vec<String>> = founding
        .staff
        .iter()
        .map(|one| tried_first(&one.name, &founding.community))
        .collect();
    let people: Vec<NewPerson<'_>> = founding
        .staff
        .iter()
        .zip(&names)
        .zip(&words)
        .map(|((one, id), inputs)| NewPerson {
            id,
            password: &one.password,
            inputs,
        })
        .collect();
    let options = FoundOptions {
        kdf: founding.kdf,
        ..FoundOptions::default()
    };
    let (mut vault, founded) = Vault::found(data, &people, options)?;

    let (Some(first), Some(one)) = (names.first(), founding.staff.first()) else {
        return Err(StoreError::form("a founding without people"));
    };
    let keys = vault.unlock(first, &one.password)?.journal;
    let genesis = genesis(founding, &ids, device, &founded)?;
    let salts = (0..genesis.len())
        .map(|_one| Ok(yichuang_vault::random::<16>()?))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let header = Header {
        v: 1,
        community: Vec::new(),
        device,
        seq: 1,
        prev: Vec::new(),
        time: founding.time,
        seen: Seen::default(),
        actor: device,
        on_behalf_of: None,
        command: "found".to_owned(),
        changes_root: Vec::new(),
        restored_from: Vec::new(),
    };
    let commit = Commit::build(header, &genesis, &salts, |header| keys.device.sign(header))?;
    let seal = Arc::new(JournalSeal(keys.journal));
    let mut journal = Journal::create(data, disk, seal)?;
    journal.append(COMMITS, &to_cbor(&vec![commit])?)?;
    journal.checkpoint()?;
    fs::remove_file(data.join(UNDER_WAY))?;
    Ok(FoundedStore {
        recovery_code: founded.code,
        weak_device_secret: founded.has_weak_device_secret,
        staff: ids,
        device,
    })
}

fn genesis(
    founding: &Founding,
    ids: &[Id],
    device: Id,
    founded: &yichuang_vault::Founded,
) -> Result<Vec<Change>, StoreError> {
    let set = |kind: Kind, id: Id, fields: Fields| Change::Set {
        record: RecordKey::new(kind, id),
        fields,
    };
    let mut changes = vec![
        set(
            Kind::COMMUNITY,
            Id::default(),
            [("name".to_owned(), json!(founding.community))].into(),
        ),
        set(
            Kind::DEVICE,
            device,
            [
                ("station".to_owned(), json!(founding.station)),
                ("signing".to_owned(), json!(hex(&founded.device_public))),
            ]
            .into(),
        ),
    ];
    for (one, id) in founding.staff.iter().zip(ids) {
        let id_text = id.to_string();
        let public = founded
            .people
            .iter()
            .find(|person| person.id == id_text)
            .ok_or(StoreError::form("a person's keys"))?
            .public;
        let mut fields: Fields = [
            ("name".to_owned(), json!(one.name)),
            ("role".to_owned(), json!(one.role)),
            ("signing".to_owned(), json!(hex(&public.signing))),
            ("sealing".to_owned(), json!(hex(&public.sealing))),
        ]
        .into();
        if let Some(corner) = one.corner {
            fields.insert("corner".to_owned(), json!(corner));
        }
        changes.push(set(Kind::STAFF, *id, fields));
    }
    Ok(changes)
}
