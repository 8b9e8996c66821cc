//! What the hub numbers, what it refuses with a number, and what it does not take at all.

use std::collections::BTreeMap;

use serde_json::json;
use yichuang_domain::record::{Change, Header, Id, Kind, RecordKey, Seen};
use yichuang_sync::{
    ADOPT, Ledger, Push, PushAnswer, Reader, Refused, Sent, Verdict, read, signing_field, write,
};

use crate::{
    hub::{Fuse, HubNode},
    people::{CheapHubKeys, CheapReader, commit, key_of},
    world::{clerk, genesis, supervisor},
};

const NOW: i64 = 1_795_000_000_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A hub with its community, and the chains of two devices.
struct Room {
    hub: HubNode,
    community: Vec<u8>,
    ends: BTreeMap<Id, (u64, Vec<u8>)>,
}

const ONE: Id = Id::from_bytes([1; 16]);
const TWO: Id = Id::from_bytes([2; 16]);
const HUB: Id = Id::from_bytes([9; 16]);

impl Room {
    fn new() -> Self {
        let genesis = genesis(&[ONE, TWO], HUB);
        let hash = CheapReader.read(&genesis).unwrap().hash.to_vec();
        let mut room = Self {
            hub: HubNode::new(CheapHubKeys { device: HUB }, None),
            community: hash.clone(),
            ends: BTreeMap::from([(ONE, (1, hash))]),
        };
        assert_eq!(room.push(&[genesis], NOW), (1, Sent::All));
        room
    }

    fn header(&self, device: Id, actor: Id) -> Header {
        let (seq, prev) = self.ends.get(&device).cloned().unwrap_or_default();
        Header {
            v: 1,
            community: self.community.clone(),
            device,
            seq: seq + 1,
            prev,
            time: NOW,
            seen: Seen {
                number: 1,
                ..Seen::default()
            },
            actor,
            on_behalf_of: None,
            command: "note".to_owned(),
            changes_root: Vec::new(),
            restored_from: Vec::new(),
        }
    }

    /// The device's next commit.
    fn next(&mut self, device: Id, actor: Id, change: Change) -> Vec<u8> {
        self.next_at(NOW, device, actor, change)
    }

    fn next_at(&mut self, time: i64, device: Id, actor: Id, change: Change) -> Vec<u8> {
        let mut header = self.header(device, actor);
        header.time = time;
        let seq = header.seq;
        let bytes = commit(header, &[change], &key_of(actor));
        let hash = CheapReader.read(&bytes).unwrap().hash.to_vec();
        self.ends.insert(device, (seq, hash));
        bytes
    }

    fn push(&mut self, commits: &[Vec<u8>], now: i64) -> (u32, Sent) {
        let push = Push {
            cursor: None,
            commits: commits.iter().cloned().map(Into::into).collect(),
        };
        let keys = self.hub.keys;
        match self.hub.hub.push(&CheapReader, &keys, &push, now).unwrap() {
            PushAnswer::Taken { taken, sent, .. } => (taken, sent),
            PushAnswer::PullFirst => panic!("pull first"),
        }
    }

    fn verdict(&self, number: u64) -> Verdict {
        self.hub.hub.ledger().frames(number - 1, 1).unwrap()[0].verdict
    }

    fn last(&self) -> u64 {
        self.hub.hub.ledger().mark().number
    }

    /// Pushes one commit and says its verdict.
    fn judge(&mut self, commit: Vec<u8>, now: i64) -> Verdict {
        assert_eq!(self.push(&[commit], now), (1, Sent::All));
        self.verdict(self.last())
    }
}

fn set(kind: Kind, id: Id, field: &str, value: serde_json::Value) -> Change {
    Change::Set {
        record: RecordKey::new(kind, id),
        fields: BTreeMap::from([(field.to_owned(), value)]),
    }
}

fn note(text: &str) -> Change {
    set(Kind::PERSON, Id::from_bytes([7; 16]), "note", json!(text))
}

#[test]
fn the_same_commit_twice_has_one_number() {
    let mut room = Room::new();
    let one = room.next(ONE, clerk(0), note("a"));
    let two = room.next(ONE, clerk(0), note("b"));
    let all = [one.clone(), one.clone(), two.clone(), two];
    assert_eq!(room.push(&all, NOW), (4, Sent::All));
    assert_eq!(room.push(&all, NOW), (4, Sent::All));
    assert_eq!(room.last(), 3);
}

#[test]
fn what_is_not_in_its_place_has_no_number() {
    let mut room = Room::new();
    let one = room.next(ONE, clerk(0), note("a"));
    let two = room.next(ONE, clerk(0), note("b"));
    assert_eq!(room.push(&[two], NOW), (0, Sent::Gap { expected: 2 }));

    let mut foreign = room.header(TWO, clerk(0));
    foreign.community = vec![3; 32];
    let foreign = commit(foreign, &[note("c")], &key_of(clerk(0)));
    assert_eq!(room.push(&[foreign], NOW), (0, Sent::Foreign));

    let forged = commit(room.header(TWO, clerk(0)), &[note("c")], &key_of(clerk(1)));
    assert_eq!(room.push(&[forged], NOW), (0, Sent::Unsigned));

    let stranger = Id::from_bytes([5; 16]);
    let unknown = commit(
        room.header(stranger, clerk(0)),
        &[note("c")],
        &key_of(clerk(0)),
    );
    assert_eq!(room.push(&[unknown], NOW), (0, Sent::UnknownDevice));

    let mut changed = one.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    assert_eq!(room.push(&[changed], NOW), (0, Sent::Form));
    assert_eq!(room.push(&[b"rubbish".to_vec()], NOW), (0, Sent::Form));
    assert_eq!(room.last(), 1);
    assert_eq!(room.push(&[one], NOW), (1, Sent::All));
}

#[test]
fn two_commits_in_one_place_freeze_the_device_and_nothing_of_it_is_taken_any_more() {
    let mut room = Room::new();
    let other = commit(
        room.header(ONE, clerk(1)),
        &[note("other")],
        &key_of(clerk(1)),
    );
    let one = room.next(ONE, clerk(0), note("a"));
    assert_eq!(room.push(std::slice::from_ref(&one), NOW), (1, Sent::All));
    assert_eq!(room.push(&[other], NOW), (0, Sent::Frozen));
    let next = room.next(ONE, clerk(0), note("b"));
    assert_eq!(room.push(&[next], NOW), (0, Sent::Frozen));
    assert_eq!(
        room.push(&[one], NOW),
        (1, Sent::All),
        "what has a number keeps it"
    );
}

#[test]
fn a_grant_labelled_as_a_note_is_judged_as_a_grant() {
    let mut room = Room::new();
    let grant = set(Kind::STAFF, clerk(0), "role", json!("administrator"));
    let commit = room.next(ONE, clerk(0), grant.clone());
    assert_eq!(
        room.judge(commit, NOW),
        Verdict::Refused(Refused::NotPermitted)
    );
    let commit = room.next(ONE, supervisor(0), grant);
    assert_eq!(room.judge(commit, NOW), Verdict::Accepted);
}

#[test]
fn only_the_hub_begins_an_epoch_and_a_kind_of_a_later_version_waits() {
    let mut room = Room::new();
    let epoch = Change::Event {
        record: RecordKey::new(Kind::EPOCH, Id::default()),
        event: "begin".to_owned(),
        body: json!({ "epoch": 9, "from": 1 }),
    };
    let commit = room.next(ONE, supervisor(0), epoch);
    assert_eq!(
        room.judge(commit, NOW),
        Verdict::Refused(Refused::NotPermitted)
    );
    let later = room.next(ONE, clerk(0), set(Kind::named("drone"), ONE, "x", json!(1)));
    assert_eq!(room.push(&[later], NOW), (0, Sent::Upgrade));
}

#[test]
fn what_was_done_before_a_role_ended_passes_for_fourteen_days() {
    for (written, arrives, verdict) in [
        (NOW - DAY_MS, NOW + DAY_MS, Verdict::Late),
        (i64::MIN, NOW + DAY_MS, Verdict::Late),
        (NOW + 1, NOW + DAY_MS, Verdict::Refused(Refused::RoleEnded)),
        (
            NOW + 3_650 * DAY_MS,
            NOW + DAY_MS,
            Verdict::Refused(Refused::RoleEnded),
        ),
        (
            NOW - DAY_MS,
            NOW + 15 * DAY_MS,
            Verdict::Refused(Refused::RoleEnded),
        ),
    ] {
        let mut room = Room::new();
        let end = set(Kind::STAFF, clerk(0), "ended_from", json!(NOW));
        let end = room.next(ONE, supervisor(0), end);
        assert_eq!(room.judge(end, NOW), Verdict::Accepted);
        let late = room.next_at(written, TWO, clerk(0), note("a"));
        assert_eq!(room.judge(late, arrives), verdict, "{written} {arrives}");
    }
}

#[test]
fn a_lost_device_has_no_effect_at_once_and_a_supervisor_may_adopt_what_it_did() {
    let mut room = Room::new();
    let lost = room.next(
        ONE,
        supervisor(0),
        set(Kind::DEVICE, TWO, "lost", json!(true)),
    );
    assert_eq!(room.judge(lost, NOW), Verdict::Accepted);
    let grant = set(Kind::STAFF, clerk(1), "role", json!("supervisor"));
    let refused = room.next_at(NOW - DAY_MS, TWO, supervisor(0), grant);
    assert_eq!(
        room.judge(refused, NOW),
        Verdict::Refused(Refused::DeviceLost)
    );
    let settings = set(Kind::COMMUNITY, Id::default(), "name", json!("新"));
    let try_it = room.next(ONE, clerk(1), settings.clone());
    assert_eq!(
        room.judge(try_it, NOW),
        Verdict::Refused(Refused::NotPermitted)
    );

    let adoption = |id| Change::Event {
        record: RecordKey::new(Kind::ADOPTION, Id::from_bytes([id; 16])),
        event: ADOPT.to_owned(),
        body: json!({ "device": TWO, "seq": 1 }),
    };
    let by_clerk = room.next(ONE, clerk(0), adoption(1));
    assert_eq!(
        room.judge(by_clerk, NOW),
        Verdict::Refused(Refused::NotPermitted)
    );
    let by_supervisor = room.next(ONE, supervisor(0), adoption(2));
    assert_eq!(room.judge(by_supervisor, NOW), Verdict::Accepted);
    let again = room.next(ONE, clerk(1), settings);
    assert_eq!(
        room.judge(again, NOW),
        Verdict::Accepted,
        "the role counts now"
    );
}

#[test]
fn what_the_disk_did_not_take_was_not_taken() {
    let mut room = Room::new();
    let one = room.next(ONE, clerk(0), note("a"));
    room.hub.disk.borrow_mut().fuse = Fuse::BeforeWriting;
    let push = Push {
        cursor: None,
        commits: vec![one.clone().into()],
    };
    let keys = room.hub.keys;
    assert!(room.hub.hub.push(&CheapReader, &keys, &push, NOW).is_err());
    assert_eq!(room.last(), 1);
    assert_eq!(room.push(&[one], NOW), (1, Sent::All));
    assert_eq!(room.last(), 2);
}

#[test]
fn a_push_travels_as_it_is() {
    let mut room = Room::new();
    let push = Push {
        cursor: Some(room.hub.hub.head(&room.hub.keys)),
        commits: vec![room.next(ONE, clerk(0), note("a")).into()],
    };
    assert_eq!(read::<Push>(&write(&push).unwrap(), 100_000), Ok(push));
}

#[test]
fn nobody_gives_another_person_a_key_and_a_machine_only_at_its_own_desk() {
    let mut room = Room::new();
    let key = |person, desk, of| {
        let digits = json!(yichuang_store::hex(&key_of(of)));
        set(Kind::STAFF, person, &signing_field(desk), digits)
    };
    let refused = Verdict::Refused(Refused::NotPermitted);
    let by_colleague = room.next(ONE, supervisor(0), key(clerk(0), ONE, supervisor(0)));
    assert_eq!(room.judge(by_colleague, NOW), refused);
    let elsewhere = room.next(TWO, TWO, key(clerk(0), ONE, TWO));
    assert_eq!(room.judge(elsewhere, NOW), refused);
    let grant = room.next(
        TWO,
        TWO,
        set(Kind::STAFF, clerk(0), "role", json!("supervisor")),
    );
    assert_eq!(room.judge(grant, NOW), refused);

    let own = room.next(TWO, TWO, key(clerk(0), TWO, clerk(1)));
    assert_eq!(room.judge(own, NOW), Verdict::Accepted);
    let change = set(Kind::PERSON, Id::from_bytes([7; 16]), "name", json!("张三"));
    let old_key = room.header(TWO, clerk(0));
    let old_key = commit(old_key, std::slice::from_ref(&change), &key_of(clerk(0)));
    assert_eq!(room.push(&[old_key], NOW), (0, Sent::Unsigned));
    let new_key = room.header(TWO, clerk(0));
    let new_key = commit(new_key, &[change], &key_of(clerk(1)));
    assert_eq!(room.push(&[new_key], NOW), (1, Sent::All));
}

#[test]
fn a_device_writes_in_no_chain_but_its_own() {
    let mut room = Room::new();
    let grant = set(Kind::STAFF, clerk(0), "role", json!("supervisor"));
    let as_hub = commit(room.header(HUB, ONE), &[grant], &key_of(ONE));
    assert_eq!(room.push(&[as_hub], NOW), (0, Sent::Unsigned));
    let as_other = commit(room.header(TWO, ONE), &[note("a")], &key_of(ONE));
    assert_eq!(room.push(&[as_other], NOW), (0, Sent::Unsigned));
    let own = room.next(TWO, clerk(0), note("b"));
    assert_eq!(room.judge(own, NOW), Verdict::Accepted, "and TWO goes on");
}

#[test]
fn nobody_names_a_key_of_their_own_at_another_desk_or_at_the_hub() {
    let mut room = Room::new();
    for desk in [TWO, HUB] {
        let digits = json!(yichuang_store::hex(&key_of(supervisor(0))));
        let change = set(Kind::STAFF, supervisor(0), &signing_field(desk), digits);
        let commit = room.next(ONE, supervisor(0), change);
        assert_eq!(
            room.judge(commit, NOW),
            Verdict::Refused(Refused::NotPermitted)
        );
    }
}
