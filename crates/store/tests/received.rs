//! Two desks and the hub's log, on real disks: apart, conflicting, meeting, and one and the same again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use yichuang_domain::{
    office::staff::Role,
    record::{Change, ChangeRef, Id, Kind, RecordKey},
};
use yichuang_store::{
    Act, CommitReader, DeskKeys, Founding, HubFolder, HubLedger, HubPen, Joining, KdfParams,
    NewStaff, Newcomer, Scrub, Store,
    backup::{Restoring, restore},
    hex, prepare_desk, settle_desk,
};
use yichuang_sync::{
    Action, Desk, DeskLog, Event, Hub, HubKeys, Keep, Ledger, Push, PushAnswer, Sent, signing_field,
};

const PASSWORD: &str = "plum-river-47-lantern";
const NOW: i64 = 1_795_000_000_000;

fn set(kind: Kind, id: Id, field: &str, value: serde_json::Value) -> Change {
    Change::Set {
        record: RecordKey::new(kind, id),
        fields: [(field.to_owned(), value)].into(),
    }
}

fn person(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

/// A desk at work.
struct At {
    store: Store,
    actor: Id,
    talk: Desk,
}

impl At {
    fn open(data: &Path, actor: Id) -> Self {
        let mut store = Store::open(data).unwrap();
        store.unlock(actor, PASSWORD).unwrap();
        Self {
            store,
            actor,
            talk: Desk::new(7),
        }
    }

    fn write(&mut self, changes: Vec<Change>) {
        let seen = self.store.seen();
        self.store
            .commit(vec![Act {
                actor: self.actor,
                keys: None,
                on_behalf_of: None,
                command: "note",
                seen,
                time: NOW,
                changes,
            }])
            .unwrap();
    }

    fn name(&mut self, number: u8, name: &str) {
        self.write(vec![set(Kind::PERSON, person(number), "name", json!(name))]);
    }

    /// Talks with the hub until nothing is left to say.
    fn sync(&mut self, room: &mut Room) {
        self.talk = Desk::new(7);
        for _turn in 0..50 {
            let log = self.store.sync_log().unwrap();
            let event = match self.talk.poll(NOW, &log).unwrap() {
                Action::Pull(pull) => {
                    let device = log.device();
                    Event::Pulled(
                        room.hub
                            .pull(&CommitReader, &room.pen, device, &pull)
                            .unwrap(),
                    )
                }
                Action::Push(push) => {
                    Event::Pushed(room.hub.push(&CommitReader, &room.pen, &push, NOW).unwrap())
                }
                Action::Give(give) => {
                    Event::Given(room.hub.give(&CommitReader, &room.pen, &give, NOW).unwrap())
                }
                Action::Wait { .. } => return,
                Action::Stop(trouble) => panic!("{trouble:?}"),
            };
            let keep = self.talk.on(event, NOW, &log, &CommitReader).unwrap();
            if let Some(keep) = keep {
                self.store.receive(&keep).unwrap();
            }
        }
        panic!("no end");
    }
}

/// A hub, and the folders of two desks of one community.
struct Room {
    folders: [TempDir; 3],
    hub: Hub<HubLedger>,
    pen: HubPen,
}

fn opened(data: &Path, community: [u8; 32], restored: bool) -> (Hub<HubLedger>, HubPen) {
    let (folder, pen) = HubFolder::open(data).unwrap();
    let ledger = folder.ledger(&community).unwrap();
    (Hub::open(ledger, &CommitReader, restored).unwrap(), pen)
}

fn joining(pen: &HubPen, community: [u8; 32], device: Id) -> Joining {
    Joining {
        address: "127.0.0.1:1".to_owned(),
        key: pen.public(),
        community,
        device,
        token: "token".to_owned(),
    }
}

/// A founded desk that brings its community to a new hub, and a second desk that joins there.
fn room() -> (Room, At, At) {
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let staff = |name: &str, role| NewStaff {
        name: name.to_owned(),
        role,
        corner: None,
        password: PASSWORD.to_owned(),
    };
    let founded = Store::found(
        folders[0].path(),
        &Founding {
            community: "新茂社区".to_owned(),
            staff: vec![staff("王丽", Role::Clerk), staff("赵珊", Role::Supervisor)],
            station: 'A',
            time: NOW,
            kdf: KdfParams::cheap_for_tests(),
        },
    )
    .unwrap();
    let pen = HubFolder::init(folders[2].path()).unwrap();

    let mut one = At::open(folders[0].path(), founded.staff[1]);
    let genesis = one.store.community_id().unwrap();
    one.store
        .join(joining(&pen, genesis, founded.device))
        .unwrap();
    let hub_device = pen.device();
    one.write(vec![Change::Set {
        record: RecordKey::new(Kind::DEVICE, hub_device),
        fields: [
            ("signing".to_owned(), json!(hex(&pen.public()))),
            ("hub".to_owned(), json!(true)),
        ]
        .into(),
    }]);
    let (hub, pen) = opened(folders[2].path(), genesis, false);
    let mut room = Room { folders, hub, pen };
    one.sync(&mut room);

    let newcomer = Newcomer {
        person: founded.staff[0],
        password: PASSWORD.to_owned(),
        inputs: Vec::new(),
    };
    let data = room.folders[1].path().to_owned();
    let keys = prepare_desk(&data, &newcomer, KdfParams::cheap_for_tests()).unwrap();
    let device = Id::from_bytes([0xDD; 16]);
    enrol(&mut room, device, newcomer.person, &keys);
    settle_desk(&data, &newcomer, &joining(&room.pen, genesis, device)).unwrap();
    let mut two = At::open(&data, newcomer.person);
    two.sync(&mut room);
    (room, one, two)
}

fn enrol(room: &mut Room, device: Id, person: Id, keys: &DeskKeys) {
    let changes = [
        set(Kind::DEVICE, device, "signing", json!(hex(&keys.device()))),
        set(
            Kind::STAFF,
            person,
            &signing_field(device),
            json!(hex(&keys.signing)),
        ),
        set(
            Kind::STAFF,
            person,
            &format!("sealing@{device}"),
            json!(hex(&keys.sealing)),
        ),
    ];
    let written = room
        .hub
        .write(&CommitReader, &room.pen, "enrol", &changes, NOW)
        .unwrap();
    assert!(written.is_some());
}

/// The chain holds, and the view is what the journal says: as it stands and made from nothing.
fn assert_sound(at: &mut At) {
    let verified = at.store.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    assert!(verified.commits > 3);
    let scrubbed = loop {
        match at.store.scrub_step().unwrap() {
            Scrub::Going { .. } => {}
            done => break done,
        }
    };
    assert_eq!(scrubbed, Scrub::Sound);
    let digest = at.store.sync_digest().unwrap();
    at.store.rebuild(|_done| ()).unwrap();
    assert_eq!(at.store.sync_digest().unwrap(), digest, "from nothing");
}

fn value_of(at: &At, number: u8) -> (Option<String>, usize) {
    let key = RecordKey::new(Kind::PERSON, person(number));
    let record = at.store.record(&key).unwrap().unwrap();
    (record.folded.get("name"), record.folded.conflicts().len())
}

#[test]
fn two_desks_apart_agree_after_they_met() {
    let (mut room, mut one, mut two) = room();
    one.name(1, "张三");
    one.sync(&mut room);
    two.sync(&mut room);
    assert_eq!(value_of(&two, 1), (Some("张三".to_owned()), 0));

    // Both change the same name, and each writes somebody of its own.
    one.name(1, "张珊");
    one.name(2, "李四");
    two.name(1, "章三");
    two.name(3, "王五");
    assert_ne!(
        one.store.sync_digest().unwrap(),
        two.store.sync_digest().unwrap()
    );
    two.sync(&mut room);
    one.sync(&mut room);
    two.sync(&mut room);
    let agreed = one.store.sync_digest().unwrap();
    assert_eq!(agreed, two.store.sync_digest().unwrap());
    assert_eq!((agreed.pending, one.store.refused()), (0, 0));
    assert_eq!(value_of(&one, 1).1, 1, "two values nobody compared");

    // Whoever has seen both settles it.
    one.name(1, "张珊");
    one.sync(&mut room);
    two.sync(&mut room);
    assert_eq!(value_of(&two, 1), (Some("张珊".to_owned()), 0));

    // A fold from nothing and one after a restart say the same.
    let agreed = two.store.sync_digest().unwrap();
    assert_sound(&mut one);
    assert_sound(&mut two);
    let actor = two.actor;
    drop(two);
    let two = At::open(room.folders[1].path(), actor);
    assert_eq!(two.store.sync_digest().unwrap(), agreed);
}

#[test]
fn what_the_hub_refuses_has_no_effect_anywhere() {
    let (mut room, mut one, mut two) = room();
    two.write(vec![set(
        Kind::STAFF,
        two.actor,
        "role",
        json!("supervisor"),
    )]);
    two.sync(&mut room);
    one.sync(&mut room);
    two.sync(&mut room);
    assert_eq!(two.store.refused(), 1);
    let key = RecordKey::new(Kind::STAFF, two.actor);
    for at in [&one, &two] {
        let staff = at.store.record(&key).unwrap().unwrap();
        assert_eq!(staff.folded.get::<String>("role"), Some("clerk".to_owned()));
    }
    assert_eq!(
        one.store.sync_digest().unwrap(),
        two.store.sync_digest().unwrap()
    );
    let agreed = two.store.sync_digest().unwrap();
    two.store.rebuild(|_done| ()).unwrap();
    assert_eq!(two.store.sync_digest().unwrap(), agreed);
}

#[test]
fn a_hub_restored_from_an_old_copy_takes_back_what_it_lacks_and_nothing_is_lost() {
    for said in [false, true] {
        let (mut room, mut one, mut two) = room();
        one.name(1, "张三");
        one.sync(&mut room);
        let copy = tempfile::tempdir().unwrap();
        copy_folder(room.folders[2].path(), copy.path());
        two.sync(&mut room);
        two.name(1, "章三");
        two.name(2, "李四");
        two.sync(&mut room);
        one.name(3, "王五");
        // The hub goes on from the copy; the desk that has seen less comes first.
        let community = room.hub.community().unwrap();
        let (hub, pen) = opened(copy.path(), community, said);
        let before = hub.ledger().mark().number;
        (room.hub, room.pen) = (hub, pen);
        one.sync(&mut room);
        two.sync(&mut room);
        one.sync(&mut room);
        two.sync(&mut room);
        assert!(room.hub.ledger().mark().number > before + 3);
        for number in [2, 3] {
            assert_eq!(value_of(&one, number), value_of(&two, number));
        }
        let agreed = one.store.sync_digest().unwrap();
        assert_eq!(agreed, two.store.sync_digest().unwrap());
        assert_eq!(agreed.epoch, 1, "numbers were counted anew");
        assert_sound(&mut one);
        assert_sound(&mut two);
    }
}

#[test]
fn what_is_redacted_at_one_desk_is_gone_at_the_other_and_everything_holds() {
    let (mut room, mut one, mut two) = room();
    one.name(1, "张三");
    let of = ChangeRef {
        device: one.store.device().unwrap(),
        seq: one.store.seq(),
        index: 0,
    };
    one.name(1, "张珊");
    one.sync(&mut room);
    two.sync(&mut room);
    one.store.redact(of, "错录", NOW).unwrap();
    one.sync(&mut room);
    two.sync(&mut room);
    two.store.lock().unwrap();
    two.store.unlock(two.actor, PASSWORD).unwrap();
    two.sync(&mut room);
    one.sync(&mut room);
    for at in [&mut one, &mut two] {
        assert_sound(at);
        assert_eq!(at.store.verify().unwrap().redacted, 1);
        assert_eq!(value_of(at, 1), (Some("张珊".to_owned()), 0));
        assert_eq!(at.store.refused(), 0);
    }
    let agreed = one.store.sync_digest().unwrap();
    assert_eq!(agreed, two.store.sync_digest().unwrap());
}

#[test]
fn a_backup_of_a_desk_that_has_joined_brings_everything_back() {
    let (mut room, mut one, mut two) = room();
    two.name(1, "章三");
    two.sync(&mut room);
    one.sync(&mut room);
    one.name(2, "李四");
    let code = one
        .store
        .new_recovery_code(one.actor, PASSWORD)
        .unwrap()
        .to_string();
    let place = tempfile::tempdir().unwrap();
    let source = one.store.backup_source(NOW).unwrap();
    let written = source.write(place.path(), |_progress| ()).unwrap();
    let data = place.path().join("new");
    let restored = restore(
        &Restoring {
            file: &written.path,
            code: &code,
            data: &data,
            station: None,
            password: &|_person| Some(PASSWORD.to_owned()),
            time: NOW,
            kdf: KdfParams::cheap_for_tests(),
        },
        |_done| (),
    )
    .unwrap();
    let mut new = At::open(&data, one.actor);
    assert_eq!(new.store.device(), Some(restored.device));
    assert_eq!(value_of(&new, 1).0, Some("章三".to_owned()));
    assert_eq!(value_of(&new, 2).0, Some("李四".to_owned()));
    assert_sound(&mut new);
}

#[test]
fn a_desk_that_is_locked_keeps_what_comes_and_folds_it_at_unlock() {
    let (mut room, mut one, mut two) = room();
    one.name(1, "张三");
    one.sync(&mut room);
    two.store.lock().unwrap();
    two.sync(&mut room);
    two.store.unlock(two.actor, PASSWORD).unwrap();
    assert_eq!(value_of(&two, 1), (Some("张三".to_owned()), 0));
}

#[test]
fn the_hubs_log_is_the_same_after_a_restart() {
    let (mut room, mut one, _two) = room();
    one.name(1, "张三");
    one.sync(&mut room);
    let community = room.hub.community().unwrap();
    let mark = room.hub.ledger().mark();
    let frames = room.hub.ledger().frames(0, usize::MAX).unwrap();
    let push = Push {
        cursor: None,
        commits: frames.iter().map(|one| one.commit.clone().into()).collect(),
    };
    let Room {
        folders,
        hub,
        pen: _,
    } = room;
    drop(hub);
    let (mut hub, pen) = opened(folders[2].path(), community, false);
    assert_eq!(hub.ledger().mark(), mark);
    assert_eq!(hub.ledger().frames(0, usize::MAX).unwrap(), frames);
    // Everything a second time changes nothing.
    let answer = hub.push(&CommitReader, &pen, &push, NOW).unwrap();
    let taken = u32::try_from(frames.len()).unwrap();
    let number = mark.number;
    let sent = Sent::All;
    assert_eq!(
        answer,
        PushAnswer::Taken {
            taken,
            sent,
            number
        }
    );
    assert_eq!(hub.ledger().mark(), mark);
}

#[test]
fn a_block_kept_twice_is_refused_by_its_digest() {
    let (mut room, mut one, mut two) = room();
    one.name(1, "张三");
    one.sync(&mut room);
    let log = two.store.sync_log().unwrap();
    let Action::Pull(pull) = two.talk.poll(i64::MAX, &log).unwrap() else {
        panic!("no pull")
    };
    let page = room
        .hub
        .pull(&CommitReader, &room.pen, log.device(), &pull)
        .unwrap();
    let event = Event::Pulled(page);
    let keep = two
        .talk
        .on(event.clone(), NOW, &log, &CommitReader)
        .unwrap();
    two.store.receive(&keep.unwrap()).unwrap();
    let log = two.store.sync_log().unwrap();
    let again = two.talk.on(event, NOW, &log, &CommitReader).unwrap();
    assert_eq!(again, None::<Keep>);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
