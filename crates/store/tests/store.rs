//! What a desk keeps: true once it is said, the same after a restart, and nobody's but the clerk's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::Path;

use serde_json::json;
use yichuang_domain::{
    office::staff::{Corner, Role},
    record::{Change, Id, Kind, RecordKey, Seen},
};
use yichuang_store::{Act, Founding, KdfParams, NewStaff, Store, StoreError, UnlockError};

const PASSWORD: &str = "plum-river-47-lantern";

fn founding() -> Founding {
    let person = |name: &str, role, corner| NewStaff {
        name: name.to_owned(),
        role,
        corner,
        password: PASSWORD.to_owned(),
    };
    Founding {
        community: "新茂社区".to_owned(),
        staff: vec![
            person("王丽", Role::Clerk, Some(Corner::A)),
            person("李强", Role::Clerk, Some(Corner::B)),
        ],
        station: 'A',
        time: 1_795_000_000_000,
        kdf: KdfParams::cheap_for_tests(),
    }
}

fn opened(data: &Path) -> (Store, Id) {
    let founded = Store::found(data, &founding()).unwrap();
    let mut store = Store::open(data).unwrap();
    store.unlock(founded.staff[0], PASSWORD).unwrap();
    (store, founded.staff[0])
}

fn register(store: &mut Store, actor: Id, id: u8, name: &str, phone: &str) {
    let record = RecordKey::new(Kind::PERSON, Id::from_bytes([id; 16]));
    let fields = [
        ("name".to_owned(), json!(name)),
        ("phones".to_owned(), json!([phone])),
    ]
    .into();
    store
        .commit(vec![Act {
            actor,
            keys: None,
            on_behalf_of: None,
            command: "register_resident",
            seen: Seen::default(),
            time: 1_795_000_001_000,
            changes: vec![Change::Set { record, fields }],
        }])
        .unwrap();
}

#[test]
fn what_was_committed_is_there_after_a_restart_and_after_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    for number in 1..=20 {
        register(
            &mut store,
            clerk,
            number,
            "张三",
            &format!("154000012{number:02}"),
        );
    }
    let before: Vec<_> = store
        .records(&Kind::PERSON)
        .unwrap()
        .into_iter()
        .map(|one| one.folded)
        .collect();
    drop(store);

    let mut store = Store::open(folder.path()).unwrap();
    let unlocking = store.unlock(clerk, PASSWORD).unwrap();
    assert_eq!(unlocking.caught_up, 0, "the view was up to date");
    let after = |store: &Store| -> Vec<_> {
        store
            .records(&Kind::PERSON)
            .unwrap()
            .into_iter()
            .map(|one| one.folded)
            .collect()
    };
    assert_eq!(after(&store), before);
    assert_eq!(
        store.people_with_phone("15400001207").unwrap(),
        [Id::from_bytes([7; 16])]
    );

    assert_eq!(
        store.rebuild(|_done| ()).unwrap(),
        21,
        "the first commit and twenty people"
    );
    assert_eq!(after(&store), before);
    assert!(store.verify().unwrap().is_sound());
    assert_eq!(store.verify().unwrap().commits, 21);
}

#[test]
fn a_view_that_is_gone_or_rubbish_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    register(&mut store, clerk, 1, "张三", "15400001234");
    drop(store);
    let view = folder.path().join("view");
    std::fs::remove_dir_all(&view).unwrap();
    std::fs::create_dir(&view).unwrap();
    std::fs::write(view.join("conf"), b"rubbish").unwrap();
    std::fs::write(view.join("db"), b"more rubbish").unwrap();

    let mut store = Store::open(folder.path()).unwrap();
    let unlocking = store.unlock(clerk, PASSWORD).unwrap();
    assert_eq!(unlocking.caught_up, 2);
    assert_eq!(store.records(&Kind::PERSON).unwrap().len(), 1);
}

#[test]
fn a_second_program_on_the_same_folder_is_refused_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    assert!(matches!(Store::open(folder.path()), Err(StoreError::InUse)));
    register(&mut store, clerk, 1, "张三", "15400001234");
    drop(store);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn nothing_is_readable_before_unlock_or_after_lock() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    register(&mut store, clerk, 1, "张三", "15400001234");
    store.lock().unwrap();
    assert!(matches!(
        store.records(&Kind::PERSON),
        Err(StoreError::Locked)
    ));
    assert!(matches!(store.commit(Vec::new()), Err(StoreError::Locked)));
    let wrong = store.unlock(clerk, "not the password");
    assert!(matches!(
        wrong,
        Err(StoreError::Unlock(UnlockError::WrongPassword { .. }))
    ));
    store.unlock(clerk, PASSWORD).unwrap();
    assert_eq!(store.records(&Kind::PERSON).unwrap().len(), 1);
}

#[test]
fn nothing_personal_stands_in_clear_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    register(&mut store, clerk, 1, "阿依古丽·买买提", "15400003017");
    store.flush().unwrap();
    drop(store);
    let mut files = vec![folder.path().to_owned()];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|one| one.unwrap().path()),
            );
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        read += bytes.len();
        for secret in ["阿依古丽", "15400003017", "王丽", PASSWORD] {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
    assert!(read > 1_000);
}

#[test]
fn a_flipped_bit_in_the_journal_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = opened(folder.path());
    register(&mut store, clerk, 1, "张三", "15400001234");
    register(&mut store, clerk, 2, "张珊", "15400001235");
    drop(store);
    let log = folder.path().join("journal/00000001.log");
    let mut bytes = std::fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    std::fs::write(&log, bytes).unwrap();

    let mut store = Store::open(folder.path()).unwrap();
    let told = match store.unlock(clerk, PASSWORD) {
        Err(StoreError::Journal(_)) => true,
        Ok(_) => !store.verify().unwrap().is_sound(),
        Err(other) => panic!("{other}"),
    };
    assert!(told);
}
