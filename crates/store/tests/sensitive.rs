//! Sensitive facts: open for people entitled, bytes for everybody else, and the key goes from hand to hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use serde_json::json;
use yichuang_domain::{
    office::staff::Role,
    record::{Change, Id, Kind, RecordKey, Seen},
};
use yichuang_store::{Act, Fact, Founding, KdfParams, NewStaff, Place, Store};

const PASSWORD: &str = "plum-river-47-lantern";
const FACT: &[u8] = "严重精神障碍".as_bytes();
const FIELD: &str = "sealed_tags";

struct Office {
    folder: tempfile::TempDir,
    /// A supervisor, a specialist, a clerk.
    staff: Vec<Id>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let person = |name: &str, role| NewStaff {
            name: name.to_owned(),
            role,
            corner: None,
            password: PASSWORD.to_owned(),
        };
        let founding = Founding {
            community: "新茂社区".to_owned(),
            staff: vec![
                person("赵珊", Role::Supervisor),
                person("钱敏", Role::Specialist),
                person("王丽", Role::Clerk),
            ],
            station: 'A',
            time: 1_795_000_000_000,
            kdf: KdfParams::cheap_for_tests(),
        };
        let staff = Store::found(folder.path(), &founding).unwrap().staff;
        Self { folder, staff }
    }

    fn open(&self, place: usize) -> Store {
        let mut store = Store::open(self.folder.path()).unwrap();
        store.unlock(self.staff[place], PASSWORD).unwrap();
        store
    }
}

fn resident() -> RecordKey {
    RecordKey::new(Kind::PERSON, Id::from_bytes([7; 16]))
}

fn write(store: &mut Store, entitled: &[Id]) -> bool {
    let record = resident();
    let place = Place {
        record: &record,
        field: FIELD,
    };
    let ring = store.key_ring().unwrap();
    let Some(sealing) = store.sealing(ring, entitled).unwrap() else {
        return false;
    };
    let fields = [(FIELD.to_owned(), json!(sealing.seal(place, FACT).unwrap()))].into();
    let mut changes = sealing.changes;
    changes.push(Change::Set { record, fields });
    commit(store, changes);
    true
}

fn commit(store: &mut Store, changes: Vec<Change>) {
    let actor = store.person().unwrap();
    store
        .commit(vec![Act {
            actor,
            keys: None,
            on_behalf_of: None,
            command: "add_care_tag",
            seen: Seen::default(),
            time: 1_795_000_001_000,
            changes,
        }])
        .unwrap();
}

fn value(store: &Store) -> String {
    let record = store.record(&resident()).unwrap().unwrap();
    record.folded.get(FIELD).unwrap()
}

fn read(store: &Store) -> Fact {
    let record = resident();
    let place = Place {
        record: &record,
        field: FIELD,
    };
    let ring = store.key_ring().unwrap();
    ring.open(place, &value(store)).unwrap()
}

#[test]
fn whoever_is_entitled_reads_it_and_whoever_is_not_has_bytes() {
    let office = Office::new();
    let entitled = &office.staff[..2];
    assert!(write(&mut office.open(0), entitled));
    assert_eq!(read(&office.open(0)), Fact::Open(FACT.to_vec()));
    assert_eq!(read(&office.open(1)), Fact::Open(FACT.to_vec()));
    assert_eq!(read(&office.open(2)), Fact::NotShared);
    assert!(
        !write(&mut office.open(2), entitled),
        "nor can they overwrite it"
    );
    let store = office.open(2);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_value_taken_to_another_record_or_field_does_not_open() {
    let office = Office::new();
    let mut store = office.open(0);
    write(&mut store, &office.staff[..2]);
    let ring = store.key_ring().unwrap();
    let other = RecordKey::new(Kind::PERSON, Id::from_bytes([8; 16]));
    for (record, field) in [(&other, FIELD), (&resident(), "health")] {
        let place = Place { record, field };
        assert!(ring.open(place, &value(&store)).is_err());
    }
}

#[test]
fn the_same_fact_written_again_is_the_same_bytes() {
    let office = Office::new();
    write(&mut office.open(0), &office.staff[..2]);
    let before = value(&office.open(2));
    write(&mut office.open(1), &office.staff[..2]);
    let store = office.open(2);
    assert_eq!(value(&store), before);
    assert_eq!(store.records(&Kind::SENSITIVE_KEY).unwrap().len(), 1);
}

#[test]
fn who_becomes_entitled_is_handed_the_key_by_a_colleague_and_reads_what_was_before() {
    let office = Office::new();
    let (few, more) = (&office.staff[..1], &office.staff[..2]);
    write(&mut office.open(0), few);
    let mut newcomer = office.open(1);
    assert_eq!(read(&newcomer), Fact::NotShared);
    assert!(!write(&mut newcomer, more), "nobody lets themselves in");
    drop(newcomer);

    let mut store = office.open(0);
    let ring = store.key_ring().unwrap();
    let handed = store.hand_on(&ring, more).unwrap();
    assert_eq!(handed.len(), 1);
    commit(&mut store, handed);
    let ring = store.key_ring().unwrap();
    assert!(store.hand_on(&ring, more).unwrap().is_empty());
    drop((ring, store));
    assert_eq!(read(&office.open(1)), Fact::Open(FACT.to_vec()));
}

#[test]
fn who_is_no_longer_entitled_opens_no_later_fact() {
    let office = Office::new();
    write(&mut office.open(0), &office.staff[..2]);
    assert_eq!(read(&office.open(1)), Fact::Open(FACT.to_vec()));
    write(&mut office.open(0), &office.staff[..1]);
    assert_eq!(read(&office.open(0)), Fact::Open(FACT.to_vec()));
    assert_eq!(read(&office.open(1)), Fact::NotShared);
    let store = office.open(2);
    assert_eq!(store.records(&Kind::SENSITIVE_KEY).unwrap().len(), 2);
}

#[test]
fn a_rebuilt_view_has_the_same_facts_and_keys() {
    let office = Office::new();
    let mut store = office.open(0);
    write(&mut store, &office.staff[..2]);
    store.rebuild(|_done| ()).unwrap();
    assert_eq!(read(&store), Fact::Open(FACT.to_vec()));
}
