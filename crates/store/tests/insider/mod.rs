//! A clerk who means ill and knows everything but the other's password: the keys of the journal, of the
//! device and their own.

use std::{fs, path::Path, sync::Arc};

use serde_json::json;
use tempfile::TempDir;
use yichuang_domain::{
    office::staff::{Corner, Role},
    record::{Change, Header, Id, Kind, RecordKey, Seen},
};
use yichuang_journal::{Journal, OsDisk, Position, Seal, SealBroken};
use yichuang_store::{
    Act, Commit, Founding, KdfParams, Leaf, NewStaff, Store, from_cbor, hex, to_cbor,
};
use yichuang_vault::{Sealer, Unlocked, Vault};

use crate::seeded::Seeded;

pub const PASSWORD: &str = "plum-river-47-lantern";
pub const CASE: Id = Id::from_bytes([0xCA; 16]);
pub const NUMBER: &str = "XM261124A00073";

struct JournalSeal(Sealer);

impl Seal for JournalSeal {
    fn key_id(&self) -> u8 {
        self.0.key_id()
    }
    fn seal(&self, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        self.0.seal(associated, plain).map_err(|_error| SealBroken)
    }
    fn open(&self, _key_id: u8, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        self.0.open(associated, sealed).map_err(|_error| SealBroken)
    }
}

/// The insider is the first of the people.
pub struct Insider {
    folder: TempDir,
    pub people: Vec<Id>,
    device: Id,
    pub commits: Vec<Commit>,
    keys: Unlocked,
}

fn founding() -> Founding {
    let person = |name: &str, corner| NewStaff {
        name: name.to_owned(),
        role: Role::Clerk,
        corner,
        password: PASSWORD.to_owned(),
    };
    Founding {
        community: "新茂社区".to_owned(),
        staff: vec![
            person("王丽", Some(Corner::A)),
            person("李强", Some(Corner::B)),
        ],
        station: 'A',
        time: 1_795_000_000_000,
        kdf: KdfParams::cheap_for_tests(),
    }
}

impl Insider {
    /// A desk where both clerks did some work, the insider last.
    pub fn at_work() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let founded = Store::found(folder.path(), &founding()).unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        store.unlock(founded.staff[0], PASSWORD).unwrap();
        let other = store.keys_of(founded.staff[1], PASSWORD).unwrap();
        for number in 0..40_u8 {
            let is_other = number % 3 == 1;
            let act = Act {
                actor: founded.staff[usize::from(is_other)],
                keys: is_other.then_some(&other),
                on_behalf_of: None,
                command: "work",
                seen: Seen::default(),
                time: 1_795_000_001_000 + i64::from(number) * 60_000,
                changes: changes(number),
            };
            store.commit(vec![act]).unwrap();
        }
        drop(store);
        let mut vault = Vault::open(folder.path()).unwrap();
        let keys = vault
            .unlock(&founded.staff[0].to_string(), PASSWORD)
            .unwrap();
        let mut insider = Self {
            folder,
            people: founded.staff,
            device: founded.device,
            commits: Vec::new(),
            keys,
        };
        insider.commits = insider.read();
        assert_eq!(insider.commits.len(), 41);
        insider
    }

    fn seal(&self) -> Arc<JournalSeal> {
        let mut vault = Vault::open(self.folder.path()).unwrap();
        let keys = vault.unlock(&self.people[0].to_string(), PASSWORD).unwrap();
        Arc::new(JournalSeal(keys.journal.journal))
    }

    fn read(&self) -> Vec<Commit> {
        let (journal, _) =
            Journal::open(self.folder.path(), Arc::new(OsDisk), self.seal()).unwrap();
        let mut all = Vec::new();
        journal
            .read_all(Position::START, |block| {
                all.extend(from_cbor::<Vec<Commit>>(block.body, "commits").unwrap());
                Ok::<(), yichuang_journal::JournalError>(())
            })
            .unwrap();
        all
    }

    /// A data folder with these commits in blocks that are sealed and guarded as they should be.
    pub fn folder_with(&self, commits: &[Commit]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        let mut journal = Journal::create(folder.path(), Arc::new(OsDisk), self.seal()).unwrap();
        for block in commits.chunks(12) {
            journal
                .append(1, &to_cbor(&block.to_vec()).unwrap())
                .unwrap();
        }
        journal.checkpoint().unwrap();
        folder
    }

    pub fn is_by(&self, place: usize, person: usize) -> bool {
        self.commits[place].header().unwrap().actor == self.people[person]
    }

    /// A commit of this person.
    pub fn place_of(&self, person: Id, random: &mut Seeded) -> usize {
        let places: Vec<usize> = (0..self.commits.len())
            .filter(|at| self.commits[*at].header().unwrap().actor == person)
            .collect();
        places[random.below(places.len())]
    }

    /// Makes the header fit the changes and signs it: the machine's commits with its key, all others
    /// with the insider's own.
    pub fn sign_anew(&self, commit: &mut Commit, edit: impl FnOnce(&mut Header)) {
        let mut header = commit.header().unwrap();
        edit(&mut header);
        header.changes_root = root(&commit.leaves);
        commit.header = to_cbor(&header).unwrap();
        commit.signature = if header.actor == self.device {
            self.keys.journal.device.sign(&commit.header).to_vec()
        } else {
            self.keys.session.keys.sign(&commit.header).to_vec()
        };
    }

    /// Chains everything from `from` on anew.
    pub fn chain_anew(&self, all: &mut [Commit], from: usize) {
        for place in from..all.len() {
            let before = all[place - 1].hash().to_vec();
            self.sign_anew(&mut all[place], |header| header.prev = before);
        }
    }

    /// A new commit in the name of `actor`.
    pub fn next_of(&self, all: &[Commit], actor: Id) -> Commit {
        self.next_with(all, actor, &changes(77))
    }

    fn next_with(&self, all: &[Commit], actor: Id, changes: &[Change]) -> Commit {
        let last = all.last().unwrap();
        let header = Header {
            seq: last.header().unwrap().seq + 1,
            prev: last.hash().to_vec(),
            actor,
            ..last.header().unwrap()
        };
        let salts = vec![[3; 16]; changes.len()];
        Commit::build(header, changes, &salts, |header| {
            self.keys.session.keys.sign(header)
        })
        .unwrap()
    }

    /// Gives the other a key of the insider's, under the insider's own name, and acts with it.
    pub fn take_over(&self, all: &mut Vec<Commit>) {
        let key = hex(&self.keys.session.keys.public().signing);
        let change = Change::Set {
            record: RecordKey::new(Kind::STAFF, self.people[1]),
            fields: [("signing".to_owned(), json!(key))].into(),
        };
        let announced = self.next_with(all, self.people[0], &[change]);
        all.push(announced);
        let forged = self.next_of(all, self.people[1]);
        all.push(forged);
    }

    /// The first commit gives the other the insider's key; everything is chained and signed anew.
    pub fn other_keys_at_the_beginning(&self, all: &mut [Commit]) {
        self.other_keys_at_the_beginning_of(&mut all[0]);
        self.chain_anew(all, 1);
    }

    pub fn other_keys_at_the_beginning_of(&self, first: &mut Commit) {
        let key = hex(&self.keys.session.keys.public().signing);
        for leaf in &mut first.leaves {
            let Leaf::Whole { change, .. } = leaf else {
                continue;
            };
            let mut read: Change = from_cbor(change, "a change").unwrap();
            if let Change::Set { record, fields } = &mut read
                && record.id == self.people[1]
            {
                fields.insert("signing".to_owned(), json!(key));
            }
            *change = to_cbor(&read).unwrap();
        }
        self.sign_anew(first, |_header| ());
    }

    /// The whole history under a new first commit: another community that only looks the same.
    pub fn everything_anew(&self) -> Vec<Commit> {
        let mut all = self.commits.clone();
        self.other_keys_at_the_beginning_of(&mut all[0]);
        let community = all[0].hash().to_vec();
        for place in 1..all.len() {
            let before = all[place - 1].hash().to_vec();
            self.sign_anew(&mut all[place], |header| {
                header.prev = before;
                header.community.clone_from(&community);
            });
        }
        all
    }

    /// The insider's signature under the body of a proof.
    pub fn sign_body(&self, body: &[u8]) -> Vec<u8> {
        let message = [b"yichuang/proof/1", body].concat();
        self.keys.session.keys.sign(&message).to_vec()
    }
}

/// Some work: people of the register, and every fourth time the case.
fn changes(number: u8) -> Vec<Change> {
    if number.is_multiple_of(4) {
        return vec![Change::Event {
            record: RecordKey::new(Kind::CASE, CASE),
            event: if number == 0 { "receive" } else { "step" }.to_owned(),
            body: json!({ "number": NUMBER, "step": 1_000 + u32::from(number) }),
        }];
    }
    let person = |half: u8| Change::Set {
        record: RecordKey::new(
            Kind::PERSON,
            Id::from_bytes([number, half, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ),
        fields: [
            ("name".to_owned(), json!("张三")),
            (
                "phones".to_owned(),
                json!([format!("1540000{number:02}{half:02}")]),
            ),
        ]
        .into(),
    };
    (0..=number % 2).map(person).collect()
}

/// One byte of a text in a change becomes another, so that the change can still be read.
pub fn edit_change(commit: &mut Commit, random: &mut Seeded) {
    let leaf = random.below(commit.leaves.len());
    if let Leaf::Whole { change, .. } = &mut commit.leaves[leaf] {
        let digits: Vec<usize> = (0..change.len())
            .filter(|at| change[*at].is_ascii_digit())
            .collect();
        let at = digits[random.below(digits.len())];
        change[at] = if change[at] == b'9' { b'8' } else { b'9' };
    }
}

/// A number the environment gives to a campaign.
pub fn setting(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(usual, |text| text.parse().unwrap())
}

pub fn leaf_hash(salt: &[u8], change: &[u8]) -> Vec<u8> {
    blake3::hash(&[salt, change].concat()).as_bytes().to_vec()
}

fn root(leaves: &[Leaf]) -> Vec<u8> {
    let hashes: Vec<Vec<u8>> = leaves
        .iter()
        .map(|leaf| match leaf {
            Leaf::Whole { salt, change } => leaf_hash(salt, change),
            Leaf::Redacted { hash } => hash.clone(),
        })
        .collect();
    blake3::hash(&hashes.concat()).as_bytes().to_vec()
}

/// Everything but journal, guards and view.
fn copy(from: &Path, to: &Path) {
    for one in fs::read_dir(from).unwrap() {
        let one = one.unwrap();
        let name = one.file_name();
        let is_journal = ["journal", "view", "guard.a", "guard.b", "LOCK"]
            .iter()
            .any(|known| name.to_string_lossy() == **known);
        if is_journal {
            continue;
        }
        let target = to.join(&name);
        if one.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&one.path(), &target);
        } else {
            fs::copy(one.path(), target).unwrap();
        }
    }
}
