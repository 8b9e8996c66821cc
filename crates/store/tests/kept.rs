//! What is accepted is kept, whatever happens to the folder; and whoever works in it is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;
use yichuang_domain::record::{Change, Id, Kind, RecordKey, Seen};
use yichuang_store::{Act, JournalError, Note, ReadOnly, Store, StoreError, VaultError};
use yichuang_tests::{Fault, FaultDisk, Hits, PASSWORD, founding};

const ENOSPC: i32 = 28;
const EACCES: i32 = 13;
const EROFS: i32 = 30;
const EIO: i32 = 5;

struct Office {
    folder: TempDir,
    clerk: Id,
    disk: FaultDisk,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let founded = Store::found(&folder.path().join("data"), &founding()).unwrap();
        Self {
            clerk: founded.staff[0],
            folder,
            disk: FaultDisk::default(),
        }
    }

    /// One with five people in it, left in order.
    fn with_people() -> Self {
        let office = Self::new();
        let mut store = office.open().unwrap();
        (0..5).for_each(|number| register(&mut store, office.clerk, number).unwrap());
        store.close().unwrap();
        office
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn open(&self) -> Result<Store, StoreError> {
        self.open_at(&self.data())
    }

    fn open_at(&self, data: &Path) -> Result<Store, StoreError> {
        let mut store = Store::open_on(data, Arc::new(self.disk.clone()))?;
        store.unlock(self.clerk, PASSWORD)?;
        Ok(store)
    }

    fn fail(&self, errno: i32, hits: Hits, is_lasting: bool) {
        self.disk.plan_fault(Some(Fault {
            at: 0,
            is_lasting,
            hits,
            errno,
        }));
    }
}

fn register(store: &mut Store, actor: Id, number: u8) -> Result<(), StoreError> {
    let record = RecordKey::new(Kind::PERSON, Id::from_bytes([number; 16]));
    let fields = [("name".to_owned(), json!("张三"))].into();
    let act = Act {
        actor,
        keys: None,
        on_behalf_of: None,
        command: "register_resident",
        seen: Seen::default(),
        time: 1_795_000_001_000,
        changes: vec![Change::Set { record, fields }],
    };
    store.commit(vec![act]).map(drop)
}

fn people(store: &Store) -> usize {
    store.records(&Kind::PERSON).unwrap().len()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_view_full_of_rubbish_goes_to_quarantine_and_nothing_is_lost() {
    let office = Office::with_people();
    let view = office.data().join("view");
    for name in [
        "db",
        "conf",
        "snap.0000000000000001",
        "snap.0000000000000002.generating",
    ] {
        fs::write(view.join(name), b"rubbish").unwrap();
    }
    let store = office.open().unwrap();
    assert_eq!(people(&store), 5);
    assert_eq!(store.notes().collect::<Vec<_>>(), [Note::ViewRenewed]);
    let kept = office.data().join("quarantine/view-1/db");
    assert_eq!(fs::read(kept).unwrap(), b"rubbish");
}

#[test]
fn one_flipped_bit_anywhere_in_a_view_left_in_order_is_noticed() {
    let office = Office::with_people();
    let db = office.data().join("view/db");
    let sound = fs::read(&db).unwrap();
    for part in 0..6 {
        let mut bytes = sound.clone();
        bytes[part * sound.len() / 6 + 40] ^= 1;
        fs::write(&db, bytes).unwrap();
        let mut store = office.open().unwrap();
        assert_eq!(people(&store), 5, "part {part}");
        store.close().unwrap();
        fs::write(&db, &sound).unwrap();
    }
}

#[test]
fn a_view_that_breaks_while_it_is_used_does_not_undo_what_was_acknowledged() {
    let office = Office::with_people();
    let mut store = office.open().unwrap();
    fs::remove_dir_all(office.data().join("view")).unwrap();
    register(&mut store, office.clerk, 9).unwrap();
    store.close().ok();
    drop(store);
    assert_eq!(people(&office.open().unwrap()), 6);
}

#[test]
fn after_a_medium_that_did_not_confirm_nothing_is_written_until_a_restart() {
    let office = Office::with_people();
    let mut store = office.open().unwrap();
    office.fail(EIO, Hits::Syncs, false);
    let refused = register(&mut store, office.clerk, 5).unwrap_err();
    assert!(matches!(
        refused,
        StoreError::Journal(JournalError::Unconfirmed(_))
    ));
    let refused = register(&mut store, office.clerk, 6).unwrap_err();
    assert!(matches!(
        refused,
        StoreError::Journal(JournalError::Poisoned)
    ));
    assert_eq!(people(&store), 5, "reading goes on");
    drop(store);

    let mut store = office.open().unwrap();
    let found = people(&store);
    assert!((5..=6).contains(&found), "the tail was read again");
    register(&mut store, office.clerk, 7).unwrap();
    assert_eq!(people(&store), found + 1);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_full_disk_or_a_taken_permission_is_told_and_work_goes_on_by_itself() {
    for errno in [ENOSPC, EACCES, EROFS] {
        let office = Office::with_people();
        let mut store = office.open().unwrap();
        office.fail(errno, Hits::Changes, true);
        for _ in 0..3 {
            let refused = register(&mut store, office.clerk, 5).unwrap_err();
            assert!(refused.is_full() || refused.is_unwritable(), "{refused:?}");
            assert_eq!(people(&store), 5);
        }
        office.disk.plan_fault(None);
        register(&mut store, office.clerk, 5).unwrap();
        register(&mut store, office.clerk, 6).unwrap();
        assert_eq!(people(&store), 7);
        assert!(store.verify().unwrap().is_sound());
        drop(store);
        assert_eq!(people(&office.open().unwrap()), 7);
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_open_for_reading() {
    let office = Office::with_people();
    office.fail(EROFS, Hits::Changes, true);
    let before = fs::read(office.data().join("view/db")).unwrap();
    let mut store = office.open().unwrap();
    assert_eq!(store.read_only(), Some(ReadOnly::Folder));
    assert_eq!(people(&store), 5);
    assert!(store.verify().unwrap().is_sound());
    let refused = register(&mut store, office.clerk, 5).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly(ReadOnly::Folder)));
    drop(store);
    assert_eq!(fs::read(office.data().join("view/db")).unwrap(), before);
    office.disk.plan_fault(None);
    assert_eq!(office.open().unwrap().read_only(), None);
}

#[test]
fn a_copy_beside_its_original_is_for_reading_and_a_moved_folder_is_not_a_copy() {
    let office = Office::with_people();
    let copied = office.folder.path().join("copy");
    copy(&office.data(), &copied);
    let mut store = office.open_at(&copied).unwrap();
    assert_eq!(store.read_only(), Some(ReadOnly::Copy));
    assert_eq!(people(&store), 5);
    assert!(register(&mut store, office.clerk, 5).is_err());
    drop(store);
    assert_eq!(office.open().unwrap().read_only(), None);

    let moved = office.folder.path().join("moved");
    fs::rename(office.data(), &moved).unwrap();
    assert_eq!(office.open_at(&moved).unwrap().read_only(), None);
}

#[test]
fn an_older_journal_put_back_gives_no_number_twice() {
    let office = Office::with_people();
    let older = office.folder.path().join("older");
    copy(&office.data().join("journal"), &older);
    let mut store = office.open().unwrap();
    register(&mut store, office.clerk, 8).unwrap();
    drop(store);
    let journal = office.data().join("journal");
    let with = |loses_guards: bool| {
        fs::remove_dir_all(&journal).unwrap();
        copy(&older, &journal);
        if loses_guards {
            // Only the view remembers then.
            for guard in ["guard.a", "guard.b"] {
                fs::remove_file(office.data().join(guard)).unwrap();
            }
        }
        let mut store = office.open().unwrap();
        assert_eq!(store.read_only(), Some(ReadOnly::EndMissing));
        assert_eq!(people(&store), 5);
        assert!(register(&mut store, office.clerk, 9).is_err());
    };
    with(false);
    with(true);
}

#[test]
fn the_journal_of_another_community_and_a_newer_folder_are_refused() {
    let office = Office::with_people();
    let other = Office::with_people();
    fs::remove_dir_all(office.data().join("journal")).unwrap();
    copy(
        &other.data().join("journal"),
        &office.data().join("journal"),
    );
    assert!(matches!(office.open(), Err(StoreError::Foreign)));

    let vault = other.data().join("vault.toml");
    let text = fs::read_to_string(&vault).unwrap();
    fs::write(&vault, text.replacen("format = 2", "format = 3", 1)).unwrap();
    let refused = other.open().err().unwrap();
    let newer = VaultError::UnknownFormat { format: 3 };
    assert_eq!(refused.to_string(), StoreError::Vault(newer).to_string());
}

#[test]
fn a_journal_of_zeros_is_told_soon() {
    let office = Office::with_people();
    let log = office.data().join("journal/00000001.log");
    fs::File::create(&log)
        .unwrap()
        .set_len(256 * 1024 * 1024)
        .unwrap();
    let began = Instant::now();
    let refused = office.open().err().unwrap();
    assert!(
        matches!(refused, StoreError::Journal(JournalError::Damaged(_))),
        "{refused:?}"
    );
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(
        fs::metadata(log).unwrap().len(),
        256 * 1024 * 1024,
        "nothing was cut"
    );
}

#[test]
fn a_founding_that_was_cut_short_is_begun_anew() {
    let office = Office::with_people();
    let data = office.data();
    fs::write(data.join("founding"), b"").unwrap();
    assert!(matches!(Store::open(&data), Err(StoreError::NotFounded)));
    Store::found(&data, &founding()).unwrap();
    assert!(data.join("quarantine/founding-1/journal").is_dir());
    assert!(Store::open(&data).is_ok());
}
