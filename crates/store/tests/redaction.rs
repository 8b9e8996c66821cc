//! Redaction: what is taken away is gone from the journal and the view, and everything that was signed
//! still verifies.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::Path;

use serde_json::json;
use yichuang_domain::record::{Change, ChangeRef, Id, Kind, RecordKey, Seen};
use yichuang_store::{Act, Store, StoreError};
use yichuang_tests::{PASSWORD, founding};

const TIME: i64 = 1_795_000_001_000;
const PHONE: &str = "15400001234";

fn opened(data: &Path) -> Store {
    let founded = Store::found(data, &founding()).unwrap();
    let mut store = Store::open(data).unwrap();
    store.unlock(founded.staff[0], PASSWORD).unwrap();
    store
}

fn resident(id: u8) -> RecordKey {
    RecordKey::new(Kind::PERSON, Id::from_bytes([id; 16]))
}

/// Two changes of one commit: a name, and a telephone that should not have been written.
fn write(store: &mut Store, id: u8) -> ChangeRef {
    let set = |field: &str, value| Change::Set {
        record: resident(id),
        fields: [(field.to_owned(), value)].into(),
    };
    let changes = vec![set("name", json!("张三")), set("phones", json!([PHONE]))];
    let actor = store.person().unwrap();
    let committed = store
        .commit(vec![Act {
            actor,
            keys: None,
            on_behalf_of: None,
            command: "register_resident",
            seen: Seen::default(),
            time: TIME,
            changes,
        }])
        .unwrap();
    ChangeRef {
        device: store.device().unwrap(),
        seq: committed.seq,
        index: 1,
    }
}

fn name(store: &Store, id: u8) -> Option<String> {
    let record = store.record(&resident(id)).unwrap()?;
    record.folded.get("name")
}

fn phones(store: &Store, id: u8) -> Option<Vec<String>> {
    let record = store.record(&resident(id)).unwrap()?;
    record.folded.get("phones")
}

#[test]
fn the_content_is_gone_and_chain_roots_and_signatures_verify() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let of = write(&mut store, 1);
    write(&mut store, 2);
    store.redact(of, "错录他人电话", TIME).unwrap();

    assert_eq!(phones(&store, 1), None);
    assert_eq!(
        name(&store, 1).as_deref(),
        Some("张三"),
        "the rest of the commit stays"
    );
    assert_eq!(phones(&store, 2).unwrap(), [PHONE]);
    let found = store.people_with_phone(PHONE).unwrap();
    assert_eq!(found, [Id::from_bytes([2; 16])], "nor can it be looked up");
    let verified = store.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert_eq!((verified.redacted, verified.commits), (1, 5));

    store.rebuild(|_done| ()).unwrap();
    assert_eq!(
        (phones(&store, 1), phones(&store, 2).unwrap()),
        (None, vec![PHONE.to_owned()])
    );
    write(&mut store, 3);
    let person = store.person().unwrap();
    drop(store);
    let mut store = Store::open(folder.path()).unwrap();
    let unlocking = store.unlock(person, PASSWORD).unwrap();
    assert_eq!((unlocking.caught_up, unlocking.view_rebuilt), (0, false));
    assert_eq!(phones(&store, 1), None);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_second_redaction_in_another_commit_of_the_same_file_holds_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let (one, other) = (write(&mut store, 1), write(&mut store, 2));
    store.redact(one, "错录", TIME).unwrap();
    store.redact(other, "错录", TIME).unwrap();
    assert_eq!((phones(&store, 1), phones(&store, 2)), (None, None));
    let verified = store.verify().unwrap();
    assert!(verified.is_sound());
    assert_eq!(verified.redacted, 2);
}

#[test]
fn a_record_of_which_everything_was_taken_away_is_no_longer_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let of = write(&mut store, 1);
    store.redact(of, "错录", TIME).unwrap();
    store
        .redact(ChangeRef { index: 0, ..of }, "错录", TIME)
        .unwrap();
    assert!(store.record(&resident(1)).unwrap().is_none());
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn what_the_chain_rests_on_is_not_redacted_nor_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let of = write(&mut store, 1);
    let device = of.device;
    for (seq, index) in [(1, 0), (1, 1), (1, 2), (of.seq, 7), (99, 0)] {
        let refused = store.redact(ChangeRef { device, seq, index }, "错录", TIME);
        assert!(
            matches!(refused, Err(StoreError::NotRedactable)),
            "{seq} {index}"
        );
    }
    store.redact(of, "错录", TIME).unwrap();
    assert!(matches!(
        store.redact(of, "错录", TIME),
        Err(StoreError::NotRedactable)
    ));
    store.lock().unwrap();
    assert!(matches!(
        store.redact(of, "错录", TIME),
        Err(StoreError::Locked)
    ));
}

#[test]
fn an_order_that_a_crash_left_undone_is_carried_out_at_the_next_unlock() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let of = write(&mut store, 1);
    // A folder where the new file should go lets the order through and the rewriting fail.
    let obstacle = folder.path().join("journal/00000001.log.new");
    std::fs::create_dir(&obstacle).unwrap();
    assert!(store.redact(of, "错录", TIME).is_err());
    let person = store.person().unwrap();
    drop(store);
    std::fs::remove_dir(&obstacle).unwrap();

    let mut store = Store::open(folder.path()).unwrap();
    store.unlock(person, PASSWORD).unwrap();
    assert_eq!(phones(&store, 1), None);
    let verified = store.verify().unwrap();
    assert!(verified.is_sound());
    assert_eq!(verified.redacted, 1);
}
