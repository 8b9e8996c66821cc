//! Coming back from a backup: as a **new device** of the same community. Its chain begins anew with two
//! commits: one that the old device's key signs (the backup brings it, the code opens it) announces the
//! new device's key and its station letter; one that the new device signs announces the new keys of the
//! people, with what was sealed to the old ones. So every signature can still be checked from the first commit on. The letter was never used, so no number comes twice,
//! also when the machine that was thought lost goes on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::json;
use yichuang_domain::{
    cases::number::StationLetter,
    office::staff::{Corner, Staff, tried_first},
    record::{Change, CommitRef, Entry, Fields, Folded, Header, Id, Kind, RecordKey, Seen, fold},
};
use yichuang_journal::{Journal, JournalError, OsDisk, Position, Seal};
use yichuang_vault::{KdfParams, Key, NewPerson, Renewed, Rescue, SigningKeys, UnlockError, Vault};

use super::{BackupError, Manifest, read::Opened, write::sync_folder};
use crate::{
    commit::{Commit, to_cbor},
    error::StoreError,
    heads::Heads,
    hex::hex,
    lock::FolderLock,
    received::commits_in,
    sensitive::handed_back,
    store::{COMMITS, JournalSeal, Store, Truth, random_id},
    view::free_place,
};

/// Where a backup is unpacked, in the data folder it is for; what is found of it is half a restoring.
const UNFINISHED: &str = "restoring";
/// What may lie in a folder that is still nobody's.
const NOBODYS: [&str; 5] = [
    "LOCK",
    "preferences.json",
    "quarantine",
    "webview",
    UNFINISHED,
];
/// Moved into place last: where it is, there is a community.
const LAST: &str = "vault.toml";

/// What to restore, and as what.
pub struct Restoring<'a> {
    /// The backup.
    pub file: &'a Path,
    /// The code of the printed sheet, as typed.
    pub code: &'a str,
    /// The data folder: not there yet, or empty.
    pub data: &'a Path,
    /// The new device's station letter; the next that was never used, where absent.
    pub station: Option<char>,
    /// The new password of a person of the backup; nobody else can unlock the new device.
    pub password: &'a dyn Fn(&Staff) -> Option<String>,
    /// The clock, milliseconds.
    pub time: i64,
    /// How hard passwords are to try.
    pub kdf: KdfParams,
}

/// What came back.
#[derive(Debug)]
pub struct Restored {
    /// The community's name.
    pub community: String,
    /// When the backup was made, milliseconds.
    pub time: i64,
    /// How many commits it held.
    pub commits: u64,
    /// The digest of the journal in it.
    pub digest: String,
    /// The new device.
    pub device: Id,
    /// Its letter.
    pub station: char,
    /// Who can unlock it.
    pub staff: Vec<Staff>,
    /// The device secret lies in a file, not in the system's key store.
    pub weak_device_secret: bool,
}

/// Restores a backup into a bare folder. Nothing is left there when it fails.
///
/// # Errors
///
/// [`BackupError`], the vault's refusals of passwords, and what the disk refuses.
pub fn restore(
    restoring: &Restoring<'_>,
    mut told: impl FnMut(u64),
) -> Result<Restored, StoreError> {
    // Opened first: a wrong code must not make a folder.
    let backup = Opened::open(restoring.file, restoring.code)?;
    clear_cut_short(restoring.data)?;
    require_bare(restoring.data)?;
    let made_folder = !restoring.data.exists();
    let lock = FolderLock::take(restoring.data)?;
    let folder = restoring.data.join(UNFINISHED);
    let restored = sweep(&folder)
        .and_then(|()| work(restoring, backup, &folder, &mut told))
        .and_then(|restored| {
            move_into_place(&folder, restoring.data)?;
            Ok(restored)
        })
        .map_err(inside);
    drop(lock);
    if restored.is_err() {
        leave_nothing(restoring.data, made_folder);
    }
    let restored = restored?;
    note_letter(restoring.file, restored.station);
    Ok(restored)
}

fn work(
    restoring: &Restoring<'_>,
    backup: Opened,
    folder: &Path,
    told: &mut dyn FnMut(u64),
) -> Result<Restored, StoreError> {
    fs::create_dir(folder)?;
    let manifest = backup.unpack(folder, told)?;
    let before = Vault::open(folder).map_err(|_error| BackupError::damaged("the vault"))?;
    let recovery_secret = before.recovery_secret(restoring.code)?;
    let old = before.rescue(Rescue::Code(restoring.code))?.journal;
    let seal: Arc<dyn Seal> = Arc::new(JournalSeal(old.journal));
    let mut journal = sound_journal(folder, &manifest, &seal)?;
    let heads = Heads::read(&journal)?.ok_or(BackupError::damaged("the journal"))?;
    manifest.require(&heads)?;
    let from = heads.device_of(&old.device.public());
    let from = from.ok_or(BackupError::damaged("the device's keys"))?;
    let roll = Roll::read(&journal)?;

    let station = roll.letter(restoring)?;
    let (renewed, staff) = roll.renew(restoring, folder)?;
    let device = random_id()?;
    let enrolment = Enrolment {
        from,
        device,
        station,
        renewed: &renewed,
        handed_back: roll.handed_back(recovery_secret.as_ref(), &renewed)?,
        heads: &heads,
        time: restoring.time,
    };
    let vault = Vault::open(folder)?;
    let keys = vault.rescue(Rescue::Code(restoring.code))?.journal;
    let commits = enrolment.commits(&old.device, &keys.device)?;
    journal.append(COMMITS, &to_cbor(&commits)?)?;
    journal.checkpoint()?;
    let weak_device_secret = vault.has_weak_device_secret();
    let store = Store::to_check(folder, vault, Truth::read(journal, keys.device, seal)?);
    if !store.verify()?.is_sound() {
        return Err(BackupError::damaged("the chain").into());
    }
    Ok(Restored {
        community: roll.community(),
        time: manifest.time,
        commits: manifest.commits(),
        digest: manifest.digest(),
        device,
        station: station.letter(),
        staff,
        weak_device_secret,
    })
}

/// What does not fit inside a backup is damage of the backup, whoever made it.
fn inside(error: StoreError) -> StoreError {
    match error {
        StoreError::Journal(JournalError::Disk(error)) => error.into(),
        StoreError::Journal(_) | StoreError::Foreign => BackupError::damaged("the journal").into(),
        StoreError::Form { what } => BackupError::damaged(what).into(),
        StoreError::Unlock(UnlockError::WrongCode) | StoreError::Seal(_) => {
            BackupError::damaged("the vault").into()
        }
        other => other,
    }
}

/// Opens the journal and checks every byte of it.
fn sound_journal(
    folder: &Path,
    manifest: &Manifest,
    seal: &Arc<dyn Seal>,
) -> Result<Journal, StoreError> {
    let damaged = || BackupError::damaged("the journal");
    let (journal, recovery) = Journal::open(folder, Arc::new(OsDisk), Arc::clone(seal))?;
    let report = journal.verify()?;
    let is_whole = recovery.is_sound()
        && recovery.cut.is_none()
        && report.is_sound()
        && report.blocks == manifest.blocks;
    if is_whole {
        Ok(journal)
    } else {
        Err(damaged().into())
    }
}

/// The people, the devices, the community and the keys of sensitive facts, as the journal tells of them.
struct Roll {
    records: BTreeMap<RecordKey, Folded>,
}

impl Roll {
    fn read(journal: &Journal) -> Result<Self, StoreError> {
        let mut entries: BTreeMap<RecordKey, Vec<Entry>> = BTreeMap::new();
        let wanted = [
            Kind::COMMUNITY,
            Kind::DEVICE,
            Kind::STAFF,
            Kind::SENSITIVE_KEY,
        ];
        journal.read_all(Position::START, |block| {
            for commit in commits_in(block.kind, block.body)? {
                for entry in commit.entries()? {
                    let record = entry.change.record().clone();
                    if wanted.contains(&record.kind) {
                        entries.entry(record).or_default().push(entry);
                    }
                }
            }
            Ok::<(), StoreError>(())
        })?;
        let records = entries
            .into_iter()
            .map(|(record, entries)| (record, fold(&entries)))
            .collect();
        Ok(Self { records })
    }

    fn of(&self, kind: &Kind) -> impl Iterator<Item = (Id, &Folded)> {
        let wanted = kind.clone();
        self.records
            .iter()
            .filter(move |(record, _folded)| record.kind == wanted)
            .map(|(record, folded)| (record.id, folded))
    }

    fn community(&self) -> String {
        let mut communities = self.of(&Kind::COMMUNITY);
        let name = communities.find_map(|(_id, folded)| folded.get("name"));
        name.unwrap_or_default()
    }

    fn staff(&self) -> Vec<Staff> {
        let each = self.of(&Kind::STAFF);
        let all = each.filter_map(|(id, folded)| {
            Some(Staff {
                id,
                name: folded.get("name")?,
                role: folded.get("role")?,
                corner: folded.get("corner"),
            })
        });
        // As on the wall: A before B, clerks before the others.
        let mut all: Vec<Staff> = all.collect();
        all.sort_by_key(|one| {
            (
                one.role,
                one.corner != Some(Corner::A),
                one.corner.is_none(),
            )
        });
        all
    }

    /// What people held of the keys of sensitive facts, sealed to their new keys.
    fn handed_back(
        &self,
        secret: Option<&Key>,
        renewed: &Renewed,
    ) -> Result<Vec<Change>, StoreError> {
        // Where another desk keeps the secret, a colleague there hands the keys on.
        let Some(secret) = secret else {
            return Ok(Vec::new());
        };
        let people = renewed.people.iter();
        let people = people
            .map(|one| (one.id.clone(), one.public.sealing))
            .collect();
        handed_back(self.of(&Kind::SENSITIVE_KEY), secret, &people)
    }

    /// A letter that no device had, neither in the journal nor in another restoring of this file.
    fn letter(&self, restoring: &Restoring<'_>) -> Result<StationLetter, StoreError> {
        let devices = self.of(&Kind::DEVICE);
        let mut used: BTreeSet<char> = devices
            .filter_map(|(_id, folded)| folded.get("station"))
            .collect();
        used.extend(noted_letters(restoring.file));
        let letter = match restoring.station {
            Some(wanted) => Some(wanted).filter(|wanted| !used.contains(wanted)),
            None => ('A'..='Z').find(|letter| !used.contains(letter)),
        };
        let letter = letter.and_then(|letter| StationLetter::new(letter).ok());
        Ok(letter.ok_or(BackupError::StationTaken)?)
    }

    /// The vault of the new device, and who can unlock it.
    fn renew(
        &self,
        restoring: &Restoring<'_>,
        folder: &Path,
    ) -> Result<(Renewed, Vec<Staff>), StoreError> {
        let community = self.community();
        let given: Vec<(Staff, String, String)> = self
            .staff()
            .into_iter()
            .filter_map(|one| {
                let password = (restoring.password)(&one)?;
                let id = one.id.to_string();
                Some((one, id, password))
            })
            .collect();
        if given.is_empty() {
            return Err(BackupError::Nobody.into());
        }
        let words: Vec<Vec<String>> = given
            .iter()
            .map(|(one, ..)| tried_first(&one.name, &community))
            .collect();
        let people: Vec<NewPerson<'_>> = given
            .iter()
            .zip(&words)
            .map(|((_one, id, password), inputs)| NewPerson {
                id,
                password,
                inputs,
            })
            .collect();
        let (_vault, renewed) = Vault::renew(folder, restoring.code, &people, restoring.kdf)?;
        Ok((renewed, given.into_iter().map(|(one, ..)| one).collect()))
    }
}

/// The first two commits of the new device.
struct Enrolment<'a> {
    from: Id,
    device: Id,
    station: StationLetter,
    renewed: &'a Renewed,
    /// The keys of sensitive facts, for the people's new keys.
    handed_back: Vec<Change>,
    heads: &'a Heads,
    time: i64,
}

impl Enrolment<'_> {
    /// First the device, signed by the old one, whose key is known to whoever checks; then the people,
    /// signed by the new one: only a machine itself may give a person of its desk another key.
    fn commits(&self, old: &SigningKeys, new: &SigningKeys) -> Result<Vec<Commit>, StoreError> {
        let device = self.commit(1, Vec::new(), self.from, &[self.device_key()], old)?;
        let prev = device.hash().to_vec();
        let mut keys = self.people_keys()?;
        keys.extend(self.handed_back.iter().cloned());
        let people = self.commit(2, prev, self.device, &keys, new)?;
        Ok(vec![device, people])
    }

    fn commit(
        &self,
        seq: u64,
        prev: Vec<u8>,
        actor: Id,
        changes: &[Change],
        by: &SigningKeys,
    ) -> Result<Commit, StoreError> {
        let salts = (0..changes.len())
            .map(|_one| Ok(yichuang_vault::random::<16>()?))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let restored_from: Vec<CommitRef> = self.heads.refs();
        let header = Header {
            v: 1,
            community: self.heads.community.clone(),
            device: self.device,
            seq,
            prev,
            time: self.time,
            seen: Seen::default(),
            actor,
            on_behalf_of: None,
            command: "restore".to_owned(),
            changes_root: Vec::new(),
            restored_from,
        };
        Commit::build(header, changes, &salts, |header| by.sign(header))
    }

    fn device_key(&self) -> Change {
        let fields = [
            ("station".to_owned(), json!(self.station)),
            (
                "signing".to_owned(),
                json!(hex(&self.renewed.device_public)),
            ),
            ("restored_from".to_owned(), json!(self.from)),
        ];
        set(Kind::DEVICE, self.device, fields.into())
    }

    fn people_keys(&self) -> Result<Vec<Change>, StoreError> {
        let each = self.renewed.people.iter().map(|person| {
            let id = Id::parse(&person.id).map_err(|_error| StoreError::form("a person's id"))?;
            let keys = [
                ("signing".to_owned(), json!(hex(&person.public.signing))),
                ("sealing".to_owned(), json!(hex(&person.public.sealing))),
            ];
            Ok(set(Kind::STAFF, id, keys.into()))
        });
        each.collect()
    }
}

fn set(kind: Kind, id: Id, fields: Fields) -> Change {
    Change::Set {
        record: RecordKey::new(kind, id),
        fields,
    }
}

/// Refuses a folder that has anything in it but what a program leaves that waits for a community.
fn require_bare(data: &Path) -> Result<(), StoreError> {
    if !data.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(data)? {
        let name = entry?.file_name();
        if !NOBODYS.iter().any(|nobodys| name == *nobodys) {
            return Err(BackupError::NotEmpty.into());
        }
    }
    Ok(())
}

/// What a restoring that was cut short moved into place goes to quarantine: while half of it is still in
/// its own folder and there is no vault, nothing of it is anybody's.
fn clear_cut_short(data: &Path) -> Result<(), StoreError> {
    if !data.join(UNFINISHED).exists() || data.join(LAST).exists() {
        return Ok(());
    }
    let mut moved = Vec::new();
    for entry in fs::read_dir(data)? {
        let name = entry?.file_name();
        if !NOBODYS.iter().any(|nobodys| name == *nobodys) {
            moved.push(name);
        }
    }
    if moved.is_empty() {
        return Ok(());
    }
    let place = free_place(data, UNFINISHED)?;
    fs::create_dir_all(&place)?;
    for name in moved {
        fs::rename(data.join(&name), place.join(&name))?;
    }
    Ok(())
}

/// As well as it can be done: what is told is why the restoring failed, not what could not be cleared; the
/// next one clears the rest.
fn leave_nothing(data: &Path, made_folder: bool) {
    if made_folder {
        drop(fs::remove_dir_all(data));
    } else {
        drop(clear_cut_short(data).and_then(|()| sweep(&data.join(UNFINISHED))));
    }
}

fn sweep(unfinished: &Path) -> Result<(), StoreError> {
    if unfinished.exists() {
        fs::remove_dir_all(unfinished)?;
    }
    Ok(())
}

/// Until the vault is there too, the folder is nobody's; so it comes last.
fn move_into_place(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(from)? {
        names.push(entry?.file_name());
    }
    names.sort_by_key(|name| name == LAST);
    for name in names {
        if name == LAST {
            sync_folder(to)?;
        }
        fs::rename(from.join(&name), to.join(&name))?;
    }
    fs::remove_dir(from)?;
    Ok(sync_folder(to)?)
}

/// Beside a backup stands which letters it was restored under: the same stick may serve twice.
fn notes_of(backup: &Path) -> PathBuf {
    backup.with_added_extension("restored")
}

fn noted_letters(backup: &Path) -> Vec<char> {
    let noted = fs::read_to_string(notes_of(backup)).unwrap_or_default();
    noted.chars().filter(char::is_ascii_uppercase).collect()
}

/// Best effort: a medium that takes no files is no reason to fail.
fn note_letter(backup: &Path, letter: char) {
    let noted: String = noted_letters(backup).into_iter().chain([letter]).collect();
    drop(fs::write(notes_of(backup), noted));
}
