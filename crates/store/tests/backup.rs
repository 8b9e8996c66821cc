//! Backups: whole or refused, and whoever comes back from one is a new device that repeats nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use serde_json::json;
use yichuang_domain::{
    office::staff::{Corner, Role},
    record::{Change, ChangeRef, Folded, Id, Kind, RecordKey, Seen},
};
use yichuang_store::{
    Act, Founding, KdfParams, NewStaff, RecoveryCode, Store, StoreError,
    backup::{BackupError, Restored, Restoring, Written, look, restore},
};
use yichuang_vault::age::{AgeReader, AgeWriter};

const PASSWORD: &str = "plum-river-47-lantern";
const NEW_PASSWORD: &str = "seven Copper lanterns drift";
const TIME: i64 = 1_795_000_000_000;

/// A community of its own, with its folder and a stick.
struct Desk {
    folder: tempfile::TempDir,
    store: Store,
    clerk: Id,
    code: String,
}

impl Desk {
    fn new(community: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let person = |name: &str, corner| NewStaff {
            name: name.to_owned(),
            role: Role::Clerk,
            corner: Some(corner),
            password: PASSWORD.to_owned(),
        };
        let founding = Founding {
            community: community.to_owned(),
            staff: vec![person("王丽", Corner::A), person("李强", Corner::B)],
            station: 'A',
            time: TIME,
            kdf: KdfParams::cheap_for_tests(),
        };
        let founded = Store::found(&data, &founding).unwrap();
        let mut store = Store::open(&data).unwrap();
        store.unlock(founded.staff[0], PASSWORD).unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        Self {
            store,
            clerk: founded.staff[0],
            code: founded.recovery_code.to_string(),
            folder,
        }
    }

    fn stick(&self) -> PathBuf {
        self.folder.path().join("stick")
    }

    fn bare(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn back_up(&self) -> Written {
        let source = self.store.backup_source(TIME + 5_000).unwrap();
        source.write(&self.stick(), |_progress| ()).unwrap()
    }
}

fn register(store: &mut Store, actor: Id, id: u16, name: &str) {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&id.to_be_bytes());
    let record = RecordKey::new(Kind::PERSON, Id::from_bytes(bytes));
    let fields = [("name".to_owned(), json!(name))].into();
    let seen = Seen {
        seq: store.seq(),
        ..Seen::default()
    };
    store
        .commit(vec![Act {
            actor,
            keys: None,
            on_behalf_of: None,
            command: "register_resident",
            seen,
            time: TIME + 1_000,
            changes: vec![Change::Set { record, fields }],
        }])
        .unwrap();
}

fn people(store: &Store) -> Vec<(Id, Folded)> {
    let records = store.records(&Kind::PERSON).unwrap();
    records
        .into_iter()
        .map(|one| (one.id, one.folded))
        .collect()
}

fn restoring<'a>(file: &'a Path, code: &'a str, data: &'a Path) -> Restoring<'a> {
    Restoring {
        file,
        code,
        data,
        station: None,
        password: &|_person| Some(NEW_PASSWORD.to_owned()),
        time: TIME + 9_000,
        kdf: KdfParams::cheap_for_tests(),
    }
}

fn brought_back(file: &Path, code: &str, data: &Path) -> Result<Restored, StoreError> {
    restore(&restoring(file, code, data), |_bytes| ())
}

fn why(result: Result<Restored, StoreError>) -> BackupError {
    match result {
        Err(StoreError::Backup(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bare_folder_gets_everything_back_and_is_another_device() {
    let mut desk = Desk::new("新茂社区");
    for number in 0..300 {
        register(&mut desk.store, desk.clerk, number, "张三");
    }
    let mut steps = Vec::new();
    let source = desk.store.backup_source(TIME + 5_000).unwrap();
    let written = source
        .write(&desk.stick(), |progress| steps.push(progress))
        .unwrap();
    let (before, digest) = (people(&desk.store), desk.store.digest().unwrap());
    assert_eq!(written.digest, digest);
    assert_eq!(written.commits, 301);
    let last = steps.last().unwrap();
    assert!(last.done == last.total && steps.is_sorted_by_key(|step| step.done));
    assert_eq!(look(&written.path, &desk.code).unwrap().digest(), digest);

    let data = desk.bare("new");
    let restored = brought_back(&written.path, &desk.code, &data).unwrap();
    assert_eq!(restored.digest, digest, "before its own commits");
    assert_eq!(restored.commits, 301);
    assert_eq!(restored.community, "新茂社区");
    assert_eq!(restored.station, 'B');
    assert_ne!(Some(restored.device), desk.store.device());
    let names: BTreeSet<_> = restored.staff.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["李强", "王丽"].into());

    let mut store = Store::open(&data).unwrap();
    assert!(store.unlock(desk.clerk, PASSWORD).is_err(), "old password");
    store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
    assert_eq!(people(&store), before);
    assert_eq!(store.device(), Some(restored.device));
    assert_eq!(store.seq(), 2, "its chain begins anew");
    let verified = store.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert_eq!(verified.commits, 303);
    assert!(!data.join("restoring").exists());
}

#[test]
fn the_new_device_goes_on_where_the_backup_ended() {
    let mut desk = Desk::new("新茂社区");
    register(&mut desk.store, desk.clerk, 1, "张三");
    for number in 2..40 {
        register(&mut desk.store, desk.clerk, number, "李四");
    }
    let written = desk.back_up();
    let data = desk.bare("new");
    brought_back(&written.path, &desk.code, &data).unwrap();

    let mut store = Store::open(&data).unwrap();
    store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
    let record = |store: &Store| {
        let id = people(store)[0].0;
        store
            .record(&RecordKey::new(Kind::PERSON, id))
            .unwrap()
            .unwrap()
    };
    let shown = Seen {
        seq: store.seq(),
        ..Seen::default()
    };
    assert!(
        record(&store).changed_after(shown).is_none(),
        "what the backup brought is not news"
    );
    register(&mut store, desk.clerk, 1, "张三丰");
    assert_eq!(
        record(&store).folded.get::<String>("name").unwrap(),
        "张三丰"
    );
    assert!(record(&store).folded.conflicts().is_empty());
    assert!(record(&store).changed_after(shown).is_some());

    drop(store);
    let mut store = Store::open(&data).unwrap();
    store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
    assert_eq!(store.seq(), 3);
    store.rebuild(|_done| ()).unwrap();
    assert_eq!(
        record(&store).folded.get::<String>("name").unwrap(),
        "张三丰"
    );
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_restored_desk_is_backed_up_and_restored_again_with_the_same_sheet() {
    let mut desk = Desk::new("新茂社区");
    register(&mut desk.store, desk.clerk, 1, "张三");
    let mut written = desk.back_up();
    let mut devices = BTreeSet::from([desk.store.device().unwrap()]);
    for (turn, letter) in ['B', 'C', 'D'].into_iter().enumerate() {
        let data = desk.bare(&format!("turn-{turn}"));
        let restored = brought_back(&written.path, &desk.code, &data).unwrap();
        assert_eq!(restored.station, letter);
        assert!(devices.insert(restored.device));
        let mut store = Store::open(&data).unwrap();
        store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
        register(&mut store, desk.clerk, 1, &format!("张三{letter}"));
        let person = &people(&store)[0].1;
        assert_eq!(
            person.get::<String>("name").unwrap(),
            format!("张三{letter}")
        );
        assert!(person.conflicts().is_empty());
        assert!(store.verify().unwrap().is_sound());
        let source = store.backup_source(TIME + 60_000).unwrap();
        written = source.write(&desk.stick(), |_progress| ()).unwrap();
    }
}

#[test]
fn one_backup_restored_twice_gives_two_letters_and_a_taken_one_is_refused() {
    let desk = Desk::new("新茂社区");
    let written = desk.back_up();
    let first = brought_back(&written.path, &desk.code, &desk.bare("one")).unwrap();
    let second = brought_back(&written.path, &desk.code, &desk.bare("two")).unwrap();
    assert_eq!((first.station, second.station), ('B', 'C'));
    for taken in ['A', 'B', 'C', 'b', '台'] {
        let data = desk.bare("three");
        let mut wanted = restoring(&written.path, &desk.code, &data);
        wanted.station = Some(taken);
        let refused = why(restore(&wanted, |_bytes| ()));
        assert!(matches!(refused, BackupError::StationTaken), "{taken}");
        assert!(!data.exists(), "{taken}");
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let desk = Desk::new("新茂社区");
    let written = desk.back_up();
    let before = fs::read(desk.store.data().join("vault.toml")).unwrap();
    let own = why(brought_back(&written.path, &desk.code, desk.store.data()));
    assert!(matches!(own, BackupError::NotEmpty));
    assert_eq!(
        fs::read(desk.store.data().join("vault.toml")).unwrap(),
        before
    );

    let data = desk.bare("used");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("letter.txt"), "mine").unwrap();
    let used = why(brought_back(&written.path, &desk.code, &data));
    assert!(matches!(used, BackupError::NotEmpty));
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);

    let again = desk.back_up();
    assert_ne!(again.path, written.path, "a second one beside the first");
    let inside = desk.store.data().join("files");
    fs::create_dir(&inside).unwrap();
    let source = desk.store.backup_source(TIME).unwrap();
    for folder in [desk.store.data(), &inside] {
        let refused = source.write(folder, |_progress| ());
        assert!(matches!(
            refused,
            Err(StoreError::Backup(BackupError::InsideData))
        ));
    }
}

#[test]
fn what_a_cut_restoring_left_is_cleared_by_the_next() {
    let desk = Desk::new("新茂社区");
    let written = desk.back_up();
    let data = desk.bare("new");
    fs::create_dir_all(data.join("restoring/journal")).unwrap();
    fs::write(data.join("restoring/vault.toml"), "half").unwrap();
    fs::write(data.join("LOCK"), "").unwrap();
    brought_back(&written.path, &desk.code, &data).unwrap();
    let mut store = Store::open(&data).unwrap();
    store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
}

#[test]
fn what_a_restoring_moved_before_it_was_cut_is_put_aside_by_the_next() {
    let desk = Desk::new("新茂社区");
    let written = desk.back_up();
    let data = desk.bare("new");
    fs::create_dir_all(data.join("restoring")).unwrap();
    fs::write(data.join("restoring/vault.toml"), "whole").unwrap();
    fs::create_dir_all(data.join("journal")).unwrap();
    fs::write(data.join("journal/00000001.log"), "moved").unwrap();
    fs::write(data.join("guard.a"), "moved").unwrap();
    brought_back(&written.path, &desk.code, &data).unwrap();
    let mut store = Store::open(&data).unwrap();
    store.unlock(desk.clerk, NEW_PASSWORD).unwrap();
    assert!(store.verify().unwrap().is_sound());
    let aside: Vec<_> = fs::read_dir(data.join("quarantine")).unwrap().collect();
    assert_eq!(aside.len(), 1, "nothing was deleted");
}

#[test]
fn unfinished_backups_of_this_device_are_swept_and_others_are_not() {
    let desk = Desk::new("新茂社区");
    let first = desk.back_up();
    let name = first.path.file_name().unwrap().to_str().unwrap().to_owned();
    let folder = first.path.parent().unwrap();
    let second = name.replace(".age", "-2.age.part");
    let theirs = "yichuang-20261124-1042-00000000.age.part";
    fs::write(folder.join(&second), "half").unwrap();
    fs::write(folder.join(theirs), "half").unwrap();
    desk.back_up();
    assert!(!folder.join(&second).exists());
    assert!(folder.join(theirs).exists());
}

#[test]
fn attachments_come_along_and_neither_secret_nor_view_do() {
    let mut desk = Desk::new("新茂社区");
    register(&mut desk.store, desk.clerk, 1, "张三");
    let attachment = desk.store.data().join("files/ab/cd01");
    fs::create_dir_all(attachment.parent().unwrap()).unwrap();
    fs::write(&attachment, vec![9; 200_000]).unwrap();
    let written = desk.back_up();
    let code = RecoveryCode::parse(&desk.code).unwrap();
    let file = fs::File::open(&written.path).unwrap();
    let mut inside = Vec::new();
    AgeReader::open(file, &code.backup_secret())
        .unwrap()
        .read_to_end(&mut inside)
        .unwrap();
    let has = |text: &str| {
        inside
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(has("journal/00000001.log") && has("files/ab/cd01"));
    for absent in ["device/", ".secret", "view/", "attempts", "张三", "王丽"] {
        assert!(!has(absent), "{absent}");
    }
    let name = written.path.file_name().unwrap().to_str().unwrap();
    assert!(name.is_ascii() && name.starts_with("yichuang-"), "{name}");

    let data = desk.bare("new");
    brought_back(&written.path, &desk.code, &data).unwrap();
    assert_eq!(
        fs::read(data.join("files/ab/cd01")).unwrap(),
        vec![9; 200_000]
    );
}

#[test]
fn a_damaged_journal_is_told_and_not_backed_up() {
    let mut desk = Desk::new("新茂社区");
    for number in 0..20 {
        register(&mut desk.store, desk.clerk, number, "张三");
    }
    let journal = desk.store.data().join("journal/00000001.log");
    let mut bytes = fs::read(&journal).unwrap();
    bytes[900] ^= 1;
    fs::write(&journal, bytes).unwrap();
    let refused = desk
        .store
        .backup_source(TIME)
        .unwrap()
        .write(&desk.stick(), |_progress| ());
    assert!(matches!(
        refused,
        Err(StoreError::Backup(BackupError::SourceDamaged { places: 1 }))
    ));
    assert_eq!(fs::read_dir(desk.stick()).unwrap().count(), 0);
}

#[test]
fn work_goes_on_while_a_backup_is_written() {
    let mut desk = Desk::new("新茂社区");
    for number in 0..50 {
        register(&mut desk.store, desk.clerk, number, "张三");
    }
    let source = desk.store.backup_source(TIME).unwrap();
    for number in 50..60 {
        register(&mut desk.store, desk.clerk, number, "李四");
    }
    let written = source.write(&desk.stick(), |_progress| ()).unwrap();
    assert_eq!(written.commits, 51, "as it stood when it was begun");
    let data = desk.bare("new");
    assert_eq!(
        brought_back(&written.path, &desk.code, &data)
            .unwrap()
            .commits,
        51
    );
}

#[test]
fn a_redaction_while_a_backup_is_written_cuts_nothing_off() {
    let mut desk = Desk::new("新茂社区");
    for number in 0..20 {
        register(&mut desk.store, desk.clerk, number, "张三");
    }
    let digest = desk.store.digest().unwrap();
    let source = desk.store.backup_source(TIME).unwrap();
    let of = ChangeRef {
        device: desk.store.device().unwrap(),
        seq: 5,
        index: 0,
    };
    desk.store.redact(of, "错录", TIME).unwrap();

    let written = source.write(&desk.stick(), |_progress| ()).unwrap();
    assert_eq!(written.digest, digest, "as it stood when it was begun");
    let data = desk.bare("new");
    let restored = brought_back(&written.path, &desk.code, &data).unwrap();
    assert_eq!(restored.commits, 21);
    // The next one is the journal as it is now.
    let written = desk.back_up();
    brought_back(&written.path, &desk.code, &desk.bare("next")).unwrap();
}

#[test]
fn a_new_sheet_replaces_the_old_one_from_then_on() {
    let mut desk = Desk::new("新茂社区");
    let before = desk.back_up();
    assert!(desk.store.new_recovery_code(desk.clerk, "wrong").is_err());
    let code = desk.store.new_recovery_code(desk.clerk, PASSWORD).unwrap();
    let code = code.to_string();
    let after = desk.back_up();
    let refused = why(brought_back(&after.path, &desk.code, &desk.bare("x")));
    assert!(matches!(refused, BackupError::WrongCode));
    brought_back(&after.path, &code, &desk.bare("after")).unwrap();
    brought_back(&before.path, &desk.code, &desk.bare("before")).unwrap();
}

#[test]
fn ten_flips_ten_cuts_and_eleven_foreign_files_are_refused_and_leave_nothing() {
    let mut desk = Desk::new("新茂社区");
    for number in 0..400 {
        register(&mut desk.store, desk.clerk, number, "张三");
    }
    let written = desk.back_up();
    let bytes = fs::read(&written.path).unwrap();
    let refused = |what: &str, bytes: &[u8], code: &str| {
        let file = desk.bare("tried.age");
        fs::write(&file, bytes).unwrap();
        let data = desk.bare("never");
        let error = why(brought_back(&file, code, &data));
        assert!(!data.exists(), "{what}: {error}");
        error
    };
    for turn in 0..10 {
        // From the head's first line over the recipients to the last piece.
        let place = (bytes.len() - 1) * turn / 9;
        let mut changed = bytes.clone();
        changed[place] ^= 0x20;
        refused(&format!("byte {place}"), &changed, &desk.code);
        let length = bytes.len() * turn / 10;
        refused(&format!("{length} bytes"), &bytes[..length], &desk.code);
    }
    for (what, bytes, code) in foreign(&desk, &written) {
        let error = refused(what, &bytes, &code);
        let is_newer = matches!(error, BackupError::Newer);
        assert_eq!(is_newer, what.contains("newer"), "{what}: {error}");
    }
}

fn foreign(desk: &Desk, written: &Written) -> Vec<(&'static str, Vec<u8>, String)> {
    let other = Desk::new("别的社区");
    let theirs = other.back_up();
    let ours = fs::read(&written.path).unwrap();
    let code = || desk.code.clone();
    let inside = opened(&ours, &desk.code);
    let their_inside = opened(&fs::read(&theirs.path).unwrap(), &other.code);
    let mut newer = inside.clone();
    newer[8] = 2;
    let sealed = |plain: &[u8]| sealed_to(plain, &desk.code);
    let mut mistyped = desk.code.clone();
    mistyped.replace_range(..1, if mistyped.starts_with('7') { "8" } else { "7" });
    let newer_outside = String::from_utf8_lossy(&ours[..22])
        .replace("v1", "v2")
        .into_bytes();
    let longer = [inside.as_slice(), b"more"].concat();
    vec![
        (
            "another community's",
            fs::read(&theirs.path).unwrap(),
            code(),
        ),
        ("ours with their code", ours.clone(), other.code.clone()),
        ("a mistyped code", ours.clone(), mistyped),
        ("no code", ours.clone(), String::new()),
        ("theirs, sealed to us", sealed(&their_inside), code()),
        (
            "their journal in ours",
            sealed(&mixed(&inside, &their_inside)),
            code(),
        ),
        ("a newer inside", sealed(&newer), code()),
        (
            "a newer outside",
            [newer_outside.as_slice(), &ours[22..]].concat(),
            code(),
        ),
        ("something else, sealed to us", sealed(b"hello"), code()),
        ("more than it says", sealed(&longer), code()),
        ("a spreadsheet", b"PK\x03\x04 not a backup".to_vec(), code()),
    ]
}

fn opened(file: &[u8], code: &str) -> Vec<u8> {
    let code = RecoveryCode::parse(code).unwrap();
    let mut plain = Vec::new();
    AgeReader::open(file, &code.backup_secret())
        .unwrap()
        .read_to_end(&mut plain)
        .unwrap();
    plain
}

fn sealed_to(plain: &[u8], code: &str) -> Vec<u8> {
    let code = RecoveryCode::parse(code).unwrap();
    let mut writer = AgeWriter::begin(Vec::new(), &[code.backup_secret().public()]).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap().0
}

/// Our vault and manifest with the journal of another community, and a hash that fits.
fn mixed(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let journal = |inside: &[u8]| {
        let name = b"\x00\x14journal/00000001.log";
        let at = inside.windows(name.len()).position(|part| part == name);
        at.unwrap()
    };
    let mut mixed = ours[..journal(ours)].to_vec();
    mixed.extend(&theirs[journal(theirs)..theirs.len() - 32]);
    let hash = blake3::hash(&mixed);
    mixed.extend(hash.as_bytes());
    mixed
}
