//! An acknowledged change beside SQLite: signed, on disk, in the view with its three index rows; against
//! a row with three indexes, WAL, synchronous=FULL. They take turns, so that both meet the same disk.

use std::path::Path;

use rusqlite::{Connection, params};
use yichuang_domain::{
    office::staff::{Corner, Role},
    record::{Change, Id, Kind, RecordKey, Seen},
    register::person::Person,
};
use yichuang_store::{Act, Founding, KdfParams, NewStaff, Store};

use crate::{
    Depth,
    people::{Dice, person},
    report::Report,
    stats::{Times, ms},
};

const PASSWORD: &str = "plum-river-47-lantern";
const TURN: u32 = 50;

pub(crate) fn measure(depth: Depth, report: &mut Report) {
    let rounds = depth.pick(500, 5_000);
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clerk) = founded(&folder.path().join("ours"));
    let sqlite = database(&folder.path().join("rival.db"));
    let mut dice = Dice::new(1);
    let (mut ours, mut rival) = (Times::default(), Times::default());
    for turn in 0..rounds / TURN {
        let people: Vec<Person> = (0..TURN)
            .map(|one| person(turn * TURN + one, &mut dice))
            .collect();
        for one in &people {
            ours.take(|| commit(&mut store, clerk, std::slice::from_ref(one)));
        }
        for one in &people {
            rival.take(|| insert(&sqlite, one));
        }
    }
    for share in [50, 95] {
        report.row(
            &format!("acknowledged commit p{share}, {rounds} of them"),
            &ms(ours.at(share)),
            &format!(
                "{} ({:.2} ×)",
                ms(rival.at(share)),
                ours.at(share) / rival.at(share)
            ),
            if share == 50 { "≤ SQLite" } else { "" },
        );
    }
}

/// A community with one clerk, in.
pub(crate) fn founded(data: &Path) -> (Store, Id) {
    let founding = Founding {
        community: "新茂社区".to_owned(),
        staff: vec![NewStaff {
            name: "王丽".to_owned(),
            role: Role::Clerk,
            corner: Some(Corner::A),
            password: PASSWORD.to_owned(),
        }],
        station: 'A',
        time: 1_795_000_000_000,
        kdf: KdfParams::cheap_for_tests(),
    };
    let founded = Store::found(data, &founding).unwrap();
    let mut store = Store::open(data).unwrap();
    store.unlock(founded.staff[0], PASSWORD).unwrap();
    (store, founded.staff[0])
}

/// One act a person, all in one block.
pub(crate) fn commit(store: &mut Store, clerk: Id, people: &[Person]) {
    let acts = people.iter().map(|one| Act {
        actor: clerk,
        keys: None,
        on_behalf_of: None,
        command: "register_resident",
        seen: Seen::default(),
        time: 1_795_000_001_000,
        changes: vec![Change::Set {
            record: RecordKey::new(Kind::PERSON, one.id),
            fields: one.fields(),
        }],
    });
    store.commit(acts.collect()).unwrap();
}

/// The same row: its fields, and columns for the three indexes.
pub(crate) fn database(path: &Path) -> Connection {
    let sqlite = Connection::open(path).unwrap();
    sqlite
        .execute_batch(
            "pragma journal_mode = wal;
             pragma synchronous = full;
             create table person (id blob primary key, body text, id_number text, phone text, other text);
             create index by_id_number on person (id_number);
             create index by_phone on person (phone);
             create index by_other on person (other);",
        )
        .unwrap();
    sqlite
}

pub(crate) fn insert(sqlite: &Connection, one: &Person) {
    let body = serde_json::to_string(&one.fields()).unwrap();
    sqlite
        .prepare_cached("insert into person values (?1, ?2, ?3, ?4, ?5)")
        .unwrap()
        .execute(params![
            one.id.bytes().as_slice(),
            body,
            one.id_number,
            one.phones[0],
            one.phones[1]
        ])
        .unwrap();
}
