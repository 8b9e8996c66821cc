//! The world: time, network, people at screens, and what goes wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use yichuang_domain::record::{Change, ChangeRef, Header, Id, Kind, RecordKey, Seen};
use yichuang_sync::{
    ADOPT, Action, DeskLog, Event, GiveAnswer, Hash, Keep, Ledger, ORIGIN, Push, PushAnswer,
    Reader, signing_field,
};

use crate::{
    bugs::Bug,
    desk::{Block, DeskNode},
    dice::Dice,
    hub::{Crash, Fuse, HubNode},
    oracle::{self, Oracle},
    people::{CheapHubKeys, CheapReader, commit, forget_readings, hex, key_of},
};

const BEGIN_MS: i64 = 1_795_000_000_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const CLERKS: u8 = 3;
const SUPERVISORS: u8 = 2;

/// What parts histories in this world. One thing a world: together, a commit can be beyond anybody's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parting {
    Nothing,
    HubRolledBack,
    DeskCopied,
}

enum Message {
    ToHub(Action),
    ToDesk(Event),
}

struct InFlight {
    desk: usize,
    request: u64,
    message: Message,
}

/// What a person has in front of them.
#[derive(Clone)]
struct Screen {
    desk: usize,
    device: Id,
    record: RecordKey,
    seen: Seen,
    shown: BTreeSet<ChangeRef>,
}

pub(crate) struct World {
    dice: Dice,
    bug: Option<Bug>,
    parting: Parting,
    now: i64,
    hub: HubNode,
    hub_device: Id,
    community: Hash,
    desks: Vec<DeskNode>,
    net: Vec<InFlight>,
    screens: Vec<Screen>,
    records: Vec<RecordKey>,
    requests: u64,
    oracle: Oracle,
    copy_of_hub: Option<usize>,
    copy_of_desk: Option<(usize, Vec<Block>)>,
    clones: u32,
    was_rolled_back: bool,
}

pub(crate) fn clerk(number: u8) -> Id {
    Id::from_bytes([0x10 + number; 16])
}

pub(crate) fn supervisor(number: u8) -> Id {
    Id::from_bytes([0x20 + number; 16])
}

fn device_change(device: Id, is_hub: bool) -> Change {
    let mut fields = BTreeMap::from([("signing".to_owned(), json!(hex(&key_of(device))))]);
    if is_hub {
        fields.insert("hub".to_owned(), json!(true));
    }
    Change::Set {
        record: RecordKey::new(Kind::DEVICE, device),
        fields,
    }
}

fn everybody() -> impl Iterator<Item = Id> {
    let clerks = (0..CLERKS).map(clerk);
    clerks.chain((0..SUPERVISORS).map(supervisor))
}

fn role_change(person: Id, role: &str) -> Change {
    Change::Set {
        record: RecordKey::new(Kind::STAFF, person),
        fields: BTreeMap::from([("role".to_owned(), json!(role))]),
    }
}

/// Everybody works at every desk.
fn keys_change(person: Id, devices: &[Id]) -> Change {
    let keys = devices
        .iter()
        .map(|device| (signing_field(*device), json!(hex(&key_of(person)))));
    Change::Set {
        record: RecordKey::new(Kind::STAFF, person),
        fields: keys.collect(),
    }
}

impl World {
    pub(crate) fn new(seed: u64, bug: Option<Bug>) -> Self {
        forget_readings();
        let mut dice = Dice::new(seed);
        let desks = 2 + dice.below(3);
        let devices: Vec<Id> = (0..desks).map(|_one| Id::from_bytes(dice.id())).collect();
        let hub_device = Id::from_bytes(dice.id());
        let genesis = genesis(&devices, hub_device);
        let community = CheapReader.read(&genesis).unwrap().hash;
        let parting = match seed % 4 {
            0 => Parting::HubRolledBack,
            1 => Parting::DeskCopied,
            _ => Parting::Nothing,
        };
        let mut nodes = Vec::new();
        for device in devices {
            let clock = (dice.count(20) - 10) * DAY_MS;
            nodes.push(DeskNode::new(device, community, hub_device, clock, bug));
        }
        let first = nodes.first_mut().unwrap();
        first.append(&Block::Own(genesis.clone()), None);
        let mut world = Self {
            dice,
            bug,
            parting,
            now: BEGIN_MS,
            hub: HubNode::new(CheapHubKeys { device: hub_device }, bug),
            hub_device,
            community,
            desks: nodes,
            net: Vec::new(),
            screens: Vec::new(),
            records: Vec::new(),
            requests: 0,
            oracle: Oracle::default(),
            copy_of_hub: None,
            copy_of_desk: None,
            clones: 0,
            was_rolled_back: false,
        };
        // The founding desk brings the community to the hub before anything can go wrong.
        let push = Push {
            cursor: None,
            commits: vec![genesis.into()],
        };
        let keys = world.hub.keys;
        world
            .hub
            .hub
            .push(&CheapReader, &keys, &push, BEGIN_MS)
            .unwrap();
        world.hub.hub.ledger_mut().flush();
        world
    }

    /// Lives for a while, heals, and asks the oracle.
    pub(crate) fn run(mut self) -> Result<(), String> {
        let steps = 60 + self.dice.below(120);
        for _step in 0..steps {
            self.step()?;
        }
        self.heal()?;
        self.ask_oracle()
    }

    fn step(&mut self) -> Result<(), String> {
        self.now += 1 + self.dice.count(4_000);
        let desk = self.dice.below(self.desks.len());
        match self.dice.below(100) {
            0..=14 => self.look(desk),
            15..=34 => self.decide(),
            35..=59 => self.talk(desk),
            60..=89 => self.deliver(true)?,
            90..=91 => self.desks[desk].restart(),
            92 => self.crash_hub()?,
            93..=94 => self.desks[desk].is_cut_off ^= true,
            95 => self.hub.hub.ledger_mut().flush(),
            96 => self.now += self.dice.count(172_800_000),
            97 => {
                let fuse = [Fuse::BeforeWriting, Fuse::AfterWriting][self.dice.below(2)];
                self.hub.disk.borrow_mut().fuse = fuse;
            }
            _ => self.part(),
        }
        Ok(())
    }

    /// A person opens a record.
    fn look(&mut self, desk: usize) {
        let is_new = self.records.is_empty() || self.dice.percent(25);
        if is_new {
            let kind = if self.dice.percent(60) {
                Kind::PERSON
            } else {
                Kind::CASE
            };
            let id = Id::from_bytes(self.dice.id());
            self.records.push(RecordKey::new(kind, id));
        }
        let record = self.records[self.dice.below(self.records.len())].clone();
        let state = &self.desks[desk].state;
        let seen = Seen {
            epoch: state.epoch(),
            number: state.mark().number,
            seq: state.own_seq(),
        };
        let shown = state.visible();
        let device = state.device;
        self.screens.push(Screen {
            desk,
            device,
            record,
            seen,
            shown,
        });
    }

    /// A person decides on what a screen shows.
    fn decide(&mut self) {
        if self.screens.is_empty() {
            return;
        }
        let place = self.dice.below(self.screens.len());
        let screen = self.screens.swap_remove(place);
        let state = &self.desks[screen.desk].state;
        // A desk that is another device now has other screens; and another window of this desk was quicker.
        if state.device != screen.device || state.last_own_seq(&screen.record) > screen.seen.seq {
            return;
        }
        let (actor, changes) = self.act(&screen);
        let state = &self.desks[screen.desk].state;
        let mut seen = screen.seen;
        if self.bug == Some(Bug::SeenOfTheDesk) {
            seen.number = state.mark().number;
        }
        let bytes = self.commit_of(screen.desk, actor, seen, &changes);
        self.write(screen.desk, bytes, &screen);
    }

    fn act(&mut self, screen: &Screen) -> (Id, Vec<Change>) {
        let number = self.dice.byte(CLERKS);
        let boss = supervisor(self.dice.byte(SUPERVISORS));
        match self.dice.below(100) {
            // A clerk tries what only a supervisor may.
            0..=6 => (
                clerk(number),
                vec![role_change(clerk(number), "administrator")],
            ),
            7..=12 => {
                let from = self.now + (self.dice.count(40) - 20) * DAY_MS / 10;
                let record = RecordKey::new(Kind::STAFF, clerk(number));
                let fields = BTreeMap::from([("ended_from".to_owned(), json!(from))]);
                (boss, vec![Change::Set { record, fields }])
            }
            13..=14 => {
                let device = self.desks[self.dice.below(self.desks.len())].state.device;
                let record = RecordKey::new(Kind::DEVICE, device);
                let fields = BTreeMap::from([("lost".to_owned(), json!(true))]);
                (boss, vec![Change::Set { record, fields }])
            }
            15..=24 => (boss, self.adoption(screen)),
            25..=31 => {
                let who = if self.dice.percent(50) {
                    boss
                } else {
                    clerk(number)
                };
                (who, self.void(screen))
            }
            _ => (clerk(number), self.ordinary(screen)),
        }
    }

    fn ordinary(&mut self, screen: &Screen) -> Vec<Change> {
        let count = 1 + self.dice.below(2);
        let mut changes = Vec::new();
        for _one in 0..count {
            let record = screen.record.clone();
            changes.push(if record.kind == Kind::CASE && self.dice.percent(50) {
                Change::Event {
                    record,
                    event: format!("step {}", self.dice.below(3)),
                    body: json!({}),
                }
            } else {
                let field = ["name", "phones", "note"][self.dice.below(3)];
                let fields = BTreeMap::from([(field.to_owned(), json!(self.dice.below(4)))]);
                Change::Set { record, fields }
            });
        }
        changes
    }

    fn adoption(&mut self, screen: &Screen) -> Vec<Change> {
        let refused = self.desks[screen.desk].state.refused();
        if refused.is_empty() {
            return self.ordinary(screen);
        }
        let of = refused[self.dice.below(refused.len())];
        vec![Change::Event {
            record: RecordKey::new(Kind::ADOPTION, Id::from_bytes(self.dice.id())),
            event: ADOPT.to_owned(),
            body: serde_json::to_value(of).unwrap(),
        }]
    }

    fn void(&mut self, screen: &Screen) -> Vec<Change> {
        let events = self.desks[screen.desk].state.events();
        if events.is_empty() {
            return self.ordinary(screen);
        }
        let (record, of) = events[self.dice.below(events.len())].clone();
        vec![Change::Void {
            record,
            of,
            reason: "错录".to_owned(),
        }]
    }

    fn commit_of(&self, desk: usize, actor: Id, seen: Seen, changes: &[Change]) -> Vec<u8> {
        let node = &self.desks[desk];
        let (seq, prev) = node.state.end_of_chain();
        let header = Header {
            v: 1,
            community: self.community.to_vec(),
            device: node.state.device,
            seq: seq + 1,
            prev,
            time: self.now + node.clock,
            seen,
            actor,
            on_behalf_of: None,
            command: "note".to_owned(),
            changes_root: Vec::new(),
            restored_from: Vec::new(),
        };
        commit(header, changes, &key_of(actor))
    }

    fn write(&mut self, desk: usize, bytes: Vec<u8>, screen: &Screen) {
        let reading = CheapReader.read(&bytes).unwrap();
        self.oracle.shown.insert(reading.hash, screen.shown.clone());
        let crash = self.crash(3);
        let is_up = self.desks[desk].append(&Block::Own(bytes), crash);
        // A crash after the write leaves a commit nobody was told of: it may be kept.
        if is_up || crash == Some(true) {
            self.oracle.acknowledged.insert(reading.hash, reading.at());
        }
        if is_up {
            self.tell(desk, Event::Nudged).unwrap();
        }
    }

    fn crash(&mut self, percent: u64) -> Option<bool> {
        self.dice.percent(percent).then(|| self.dice.percent(50))
    }

    /// A desk says the next thing to the hub.
    fn talk(&mut self, desk: usize) {
        let now = self.now;
        let node = &mut self.desks[desk];
        let action = node.machine.poll(now, &node.state).unwrap();
        match action {
            Action::Pull(_) | Action::Push(_) | Action::Give(_) => {
                self.requests += 1;
                node.waits_for = Some(self.requests);
                self.net.push(InFlight {
                    desk,
                    request: self.requests,
                    message: Message::ToHub(action),
                });
            }
            Action::Wait { .. } => {}
            Action::Stop(trouble) => {
                if trouble.asks_for_new_device() {
                    self.become_new_device(desk);
                }
            }
        }
    }

    /// One message arrives, is lost, arrives twice, or overtakes another.
    fn deliver(&mut self, with_faults: bool) -> Result<(), String> {
        if self.net.is_empty() {
            return Ok(());
        }
        let place = self.dice.below(self.net.len());
        let InFlight {
            desk,
            request,
            message,
        } = self.net.swap_remove(place);
        if with_faults && (self.desks[desk].is_cut_off || self.dice.percent(8)) {
            // The desk hears nothing and gives up at last.
            return self.answer(desk, request, Event::Failed);
        }
        match message {
            Message::ToHub(action) => {
                if with_faults && self.dice.percent(6) {
                    self.ask_hub(desk, &action)?;
                }
                let event = self.ask_hub(desk, &action)?;
                self.net.push(InFlight {
                    desk,
                    request,
                    message: Message::ToDesk(event),
                });
                Ok(())
            }
            Message::ToDesk(event) => self.answer(desk, request, event),
        }
    }

    fn answer(&mut self, desk: usize, request: u64, event: Event) -> Result<(), String> {
        if self.desks[desk].waits_for != Some(request) {
            return Ok(());
        }
        self.desks[desk].waits_for = None;
        self.tell(desk, event)
    }

    fn tell(&mut self, desk: usize, event: Event) -> Result<(), String> {
        let now = self.now;
        let node = &mut self.desks[desk];
        let keep = node.machine.on(event, now, &node.state, &CheapReader);
        let Some(keep) = keep.unwrap() else {
            return Ok(());
        };
        let crash = self.crash(3);
        let is_frames = matches!(keep, Keep::Frames { .. });
        let is_up = self.desks[desk].append(&Block::Kept(keep), crash);
        if is_up && is_frames && self.dice.percent(30) {
            self.compare_with_hub(desk)?;
        }
        Ok(())
    }

    /// The hub answers; what it does not survive is a failure for whoever asked.
    fn ask_hub(&mut self, desk: usize, action: &Action) -> Result<Event, String> {
        let keys = self.hub.keys;
        let device = self.desks[desk].state.device;
        let now = self.now;
        let hub = &mut self.hub.hub;
        let answer: Result<Event, Crash> = match action {
            Action::Pull(pull) => hub
                .pull(&CheapReader, &keys, device, pull)
                .map(Event::Pulled),
            Action::Push(push) => hub.push(&CheapReader, &keys, push, now).map(Event::Pushed),
            Action::Give(give) => hub.give(&CheapReader, &keys, give, now).map(Event::Given),
            Action::Wait { .. } | Action::Stop(_) => Ok(Event::Failed),
        };
        match answer {
            Ok(event) => {
                if let (Event::Pushed(PushAnswer::Taken { taken, .. }), Action::Push(push)) =
                    (&event, action)
                {
                    for commit in push.commits.iter().take(*taken as usize) {
                        let hash = CheapReader.read(commit).unwrap().hash;
                        self.oracle.taken.insert(hash);
                    }
                }
                if event == Event::Given(GiveAnswer::Wrong) {
                    return Err("what a desk gave back was refused".to_owned());
                }
                Ok(event)
            }
            Err(Crash) => {
                self.crash_hub()?;
                Ok(Event::Failed)
            }
        }
    }

    fn crash_hub(&mut self) -> Result<(), String> {
        self.hub.restart();
        if self.was_rolled_back {
            return Ok(());
        }
        self.oracle.taken_is_there(&self.hub.disk.borrow().frames)
    }

    /// What parts histories in this world happens.
    fn part(&mut self) {
        match self.parting {
            Parting::Nothing => {}
            Parting::HubRolledBack => self.roll_hub_back(),
            Parting::DeskCopied => self.copy_desk(),
        }
    }

    /// Once a world: a hub that goes back twice, the first time without a word, may have numbered one
    /// place in one epoch twice before any desk came by, and then a card can be missing.
    fn roll_hub_back(&mut self) {
        if self.was_rolled_back {
            return;
        }
        let length = self.hub.disk.borrow().frames.len();
        match self.copy_of_hub.take() {
            None => self.copy_of_hub = Some(length),
            Some(frames) => {
                let said = self.dice.percent(50);
                self.hub.restore(frames, said);
                self.was_rolled_back = true;
            }
        }
    }

    fn copy_desk(&mut self) {
        let Some((desk, copy)) = self.copy_of_desk.take() else {
            let desk = self.dice.below(self.desks.len());
            if self.desks[desk].machine.trouble().is_none() {
                self.copy_of_desk = Some((desk, self.desks[desk].disk.clone()));
            }
            return;
        };
        if self.desks[desk].disk.len() < copy.len() || self.clones > 1 {
            return;
        }
        self.clones += 1;
        if self.dice.percent(50) {
            // Two machines go on with one and the same disk.
            let mut clone = self.desks[desk].clone();
            clone.disk = copy;
            clone.clock += DAY_MS;
            clone.restart();
            self.desks.push(clone);
        } else {
            // The machine goes on from an older copy; what nobody else had is gone.
            let there: BTreeSet<Hash> = self
                .hub
                .disk
                .borrow()
                .frames
                .iter()
                .map(|frame| frame.hash)
                .collect();
            let own = self.desks[desk].state.own_commits(true);
            let gone = own.into_iter().map(|(_bytes, reading)| reading.hash);
            let gone: Vec<Hash> = gone.filter(|hash| !there.contains(hash)).collect();
            self.desks[desk].disk = copy;
            self.desks[desk].restart();
            let kept = self.desks[desk].state.own_commits(true);
            let kept: BTreeSet<Hash> = kept.into_iter().map(|(_, one)| one.hash).collect();
            let gone = gone.into_iter().filter(|hash| !kept.contains(hash));
            self.oracle.lost_with_disk.extend(gone);
        }
    }

    /// The desk is enrolled anew; what the old device had not got into the log is written again.
    fn become_new_device(&mut self, desk: usize) {
        let device = Id::from_bytes(self.dice.id());
        let keys = self.hub.keys;
        let mut changes = vec![device_change(device, false)];
        changes.extend(everybody().map(|person| keys_change(person, &[device])));
        let enrolled = self
            .hub
            .hub
            .write(&CheapReader, &keys, "enrol", &changes, self.now);
        if !matches!(enrolled, Ok(Some(_))) {
            self.hub.restart();
            return;
        }
        let old = &self.desks[desk];
        let mut legacy = old.legacy.clone();
        legacy.extend(
            old.state
                .own_commits(true)
                .into_iter()
                .map(|(bytes, _)| bytes),
        );
        let clock = old.clock;
        let mut node = DeskNode::new(device, self.community, self.hub_device, clock, self.bug);
        node.legacy = legacy;
        self.desks[desk] = node;
    }

    /// Writes again, each once, what the old device had not got into the log.
    fn write_legacy(&mut self, desk: usize) {
        for old in std::mem::take(&mut self.desks[desk].legacy) {
            let reading = CheapReader.read(&old).unwrap();
            if self.desks[desk].state.has_frame_of(&reading.hash) {
                continue;
            }
            let mut changes: Vec<Change> = reading.changes.iter().flatten().cloned().collect();
            let origin = blake3::hash(&reading.hash);
            let id: [u8; 16] = origin.as_bytes()[..16].try_into().unwrap();
            changes.push(Change::Event {
                record: RecordKey::new(Kind::ORIGIN, Id::from_bytes(id)),
                event: ORIGIN.to_owned(),
                body: json!(reading.at()),
            });
            let header = &reading.header;
            let bytes = self.commit_of(desk, header.actor, header.seen, &changes);
            let new = CheapReader.read(&bytes).unwrap();
            let shown = self.oracle.shown.get(&reading.hash).cloned();
            self.oracle
                .shown
                .insert(new.hash, shown.unwrap_or_default());
            self.oracle.rewritten.insert(reading.hash, new.hash);
            self.oracle.acknowledged.insert(new.hash, new.at());
            self.desks[desk].append(&Block::Own(bytes), None);
        }
    }

    /// Everything works again, and everybody talks until nobody has anything to say.
    fn heal(&mut self) -> Result<(), String> {
        self.hub.disk.borrow_mut().fuse = Fuse::Holds;
        self.hub.hub.ledger_mut().flush();
        for node in &mut self.desks {
            node.is_cut_off = false;
        }
        let mut quiet = 0;
        for _round in 0..60 {
            self.now += 10 * 60 * 1_000;
            let before = self.hub.disk.borrow().frames.len();
            for desk in 0..self.desks.len() {
                self.talk_to_the_end(desk)?;
                self.hub.hub.ledger_mut().flush();
            }
            for desk in 0..self.desks.len() {
                let node = &self.desks[desk];
                if !node.legacy.is_empty() && node.machine.is_at_rest() {
                    self.write_legacy(desk);
                }
            }
            let is_at_rest = self.desks.iter().all(|node| {
                node.legacy.is_empty()
                    && node.machine.is_at_rest()
                    && node.state.mark() == self.hub.hub.ledger().mark()
            });
            let is_same = before == self.hub.disk.borrow().frames.len();
            quiet = if is_at_rest && is_same { quiet + 1 } else { 0 };
            if quiet > 2 {
                return Ok(());
            }
        }
        let stuck: Vec<String> = self
            .desks
            .iter()
            .map(|node| {
                format!(
                    "{:?} at {} with {} to send, trouble {:?}",
                    node.state.device,
                    node.state.mark().number,
                    node.state.outbox(&BTreeSet::new()).unwrap().len(),
                    node.machine.trouble()
                )
            })
            .collect();
        Err(format!(
            "no rest: hub at {}, desks {stuck:#?}",
            self.hub.hub.ledger().mark().number
        ))
    }

    fn talk_to_the_end(&mut self, desk: usize) -> Result<(), String> {
        for _turn in 0..20 {
            self.talk(desk);
            if self.net.is_empty() {
                return Ok(());
            }
            while !self.net.is_empty() {
                self.deliver(false)?;
            }
        }
        Ok(())
    }

    /// A desk's records, up to its cursor, are those of the hub's log folded from nothing.
    fn compare_with_hub(&mut self, desk: usize) -> Result<(), String> {
        let node = &self.desks[desk];
        let mark = node.state.mark();
        if self.hub.hub.ledger().digest_at(mark.number) != Some(mark.digest) {
            return Ok(());
        }
        let pulled = self.hub.hub.ledger().frames(0, usize::MAX).unwrap();
        let frames = &pulled[..usize::try_from(mark.number).unwrap()];
        let numbered = node.state.folded(true);
        let expected = oracle::folded(frames);
        if numbered != expected {
            return Err(format!(
                "desk {desk} at {} differs from a fold from nothing in {}",
                mark.number,
                first_difference(&numbered, &expected)
            ));
        }
        Ok(())
    }

    fn ask_oracle(&mut self) -> Result<(), String> {
        let frames = self.hub.disk.borrow().frames.clone();
        oracle::numbers(&frames)?;
        if !self.was_rolled_back {
            self.oracle.taken_is_there(&frames)?;
        }
        self.oracle.nothing_is_lost(&frames)?;
        let exactly = self.parting == Parting::Nothing;
        self.oracle.conflicts(&frames, exactly)?;
        let expected = oracle::folded(&frames);
        for (place, node) in self.desks.iter().enumerate() {
            let found = node.state.folded(false);
            if found != expected {
                return Err(format!(
                    "desk {place} and a fold from nothing differ in {}",
                    first_difference(&found, &expected)
                ));
            }
        }
        Ok(())
    }
}

fn first_difference<V: PartialEq>(
    one: &BTreeMap<RecordKey, V>,
    two: &BTreeMap<RecordKey, V>,
) -> String {
    let keys: BTreeSet<&RecordKey> = one.keys().chain(two.keys()).collect();
    let differs = keys.into_iter().find(|key| one.get(key) != two.get(key));
    differs.map_or_else(String::new, |key| format!("{key:?}"))
}

pub(crate) fn genesis(devices: &[Id], hub: Id) -> Vec<u8> {
    let mut changes: Vec<Change> = devices
        .iter()
        .map(|device| device_change(*device, false))
        .collect();
    changes.push(device_change(hub, true));
    changes.extend((0..CLERKS).map(|number| role_change(clerk(number), "clerk")));
    changes.extend((0..SUPERVISORS).map(|number| role_change(supervisor(number), "supervisor")));
    changes.extend(everybody().map(|person| keys_change(person, devices)));
    let device = devices[0];
    let header = Header {
        v: 1,
        community: Vec::new(),
        device,
        seq: 1,
        prev: Vec::new(),
        time: BEGIN_MS,
        seen: Seen::default(),
        actor: device,
        on_behalf_of: None,
        command: "found".to_owned(),
        changes_root: Vec::new(),
        restored_from: Vec::new(),
    };
    commit(header, &changes, &key_of(device))
}
