//! A founded folder of invented people, what was acknowledged in it, and whether it is still there.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::json;
use tempfile::TempDir;
use yichuang_desk::{DeskError, Language, failure_view};
use yichuang_domain::{
    office::staff::{Corner, Role},
    record::{Change, Id, Kind, RecordKey, Seen},
};
use yichuang_journal::{Disk, OsDisk};
use yichuang_store::{
    Act, Founding, JournalError, KdfParams, NewStaff, Store, StoreError, Unlocking,
};
use yichuang_tests::Dice;

/// Of everybody who works here.
pub(crate) const PASSWORD: &str = "plum-river-47-lantern";

const SURNAMES: [&str; 8] = ["王", "李", "张", "陈", "沈", "顾", "陆", "单"];
const GIVEN: [&str; 8] = ["梅", "兰", "志强", "小芳", "建国", "玉珍", "海", "雨桐"];

/// A folder with a community.
pub(crate) struct Office {
    folder: TempDir,
    /// The clerk who works in it.
    pub(crate) clerk: Id,
}

impl Office {
    /// Founds one on the system's disk.
    pub(crate) fn new() -> Self {
        Self::on(Arc::new(OsDisk))
    }

    /// Founds one on this disk.
    pub(crate) fn on(disk: Arc<dyn Disk>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a community");
        let founded = Store::found_on(&folder.path().join("data"), disk, &founding());
        Self {
            folder,
            clerk: founded.expect("founding").staff[0],
        }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Opens and unlocks it.
    pub(crate) fn open(&self) -> Result<(Store, Unlocking), StoreError> {
        open(&self.data(), Arc::new(OsDisk), self.clerk)
    }
}

/// Opens and unlocks a folder.
pub(crate) fn open(
    data: &Path,
    disk: Arc<dyn Disk>,
    clerk: Id,
) -> Result<(Store, Unlocking), StoreError> {
    let mut store = Store::open_on(data, disk)?;
    let unlocking = store.unlock(clerk, PASSWORD)?;
    Ok((store, unlocking))
}

/// Two clerks; passwords are stretched as little as in other tests.
pub(crate) fn founding() -> Founding {
    let person = |name: &str, corner| NewStaff {
        name: name.to_owned(),
        role: Role::Clerk,
        corner: Some(corner),
        password: PASSWORD.to_owned(),
    };
    Founding {
        community: "样例社区".to_owned(),
        staff: vec![person("王丽", Corner::A), person("李强", Corner::B)],
        station: 'A',
        time: 1_795_000_000_000,
        kdf: KdfParams::cheap_for_tests(),
    }
}

/// A name that nobody has to have.
pub(crate) fn name(dice: &mut Dice) -> String {
    format!("{}{}", dice.one_of(&SURNAMES), dice.one_of(&GIVEN))
}

/// A mobile number nobody has.
pub(crate) fn phone(dice: &mut Dice) -> String {
    format!("1540000{:04}", dice.roll(10_000))
}

/// A person who is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) phone: String,
}

/// What was acknowledged, and what was asked for last without an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Promised {
    pub(crate) people: BTreeMap<Id, Written>,
    pub(crate) unanswered: BTreeMap<Id, Written>,
}

impl Promised {
    /// Writes some people down in one commit: new ones, or known ones changed.
    pub(crate) fn write(
        &mut self,
        store: &mut Store,
        clerk: Id,
        dice: &mut Dice,
    ) -> Result<(), StoreError> {
        let count = if dice.one_in(8) { 40 } else { 1 };
        let mut writing = BTreeMap::new();
        for _ in 0..count {
            let known = dice.place(self.people.len().max(1));
            let id = match self.people.keys().nth(known) {
                Some(id) if dice.one_in(3) => *id,
                _ => Id::from_bytes(dice.bytes(16).try_into().unwrap()),
            };
            let written = Written {
                name: name(dice),
                phone: phone(dice),
            };
            writing.insert(id, written);
        }
        let in_doubt = std::mem::replace(&mut self.unanswered, writing.clone());
        let done = store.commit(vec![act(store, clerk, &writing)]);
        if let Err(StoreError::Journal(JournalError::Poisoned)) = done {
            // Refused untried: in doubt is still what came before.
            self.unanswered = in_doubt;
        }
        done?;
        self.unanswered.clear();
        self.people.extend(writing);
        Ok(())
    }

    /// Whether all that was acknowledged is there, and nothing else but perhaps the unanswered.
    pub(crate) fn check(&mut self, store: &Store) -> Result<(), Wrong> {
        let mut found = BTreeMap::new();
        for record in store.records(&Kind::PERSON)? {
            let text = |field| record.folded.get::<String>(field).unwrap_or_default();
            let phones: Vec<String> = record.folded.get("phones").unwrap_or_default();
            let written = Written {
                name: text("name"),
                phone: phones.into_iter().next().unwrap_or_default(),
            };
            found.insert(record.id, written);
        }
        let mut with_unanswered = self.people.clone();
        with_unanswered.extend(self.unanswered.clone());
        if found == with_unanswered {
            self.people = with_unanswered;
        } else if found != self.people {
            return Err(Wrong::Values(self.differences(&found)));
        }
        self.unanswered.clear();
        for (id, written) in self.people.iter().take(50) {
            if !store.people_with_phone(&written.phone)?.contains(id) {
                return Err(Wrong::Values(format!("{id} is not found by telephone")));
            }
        }
        Ok(())
    }

    fn differences(&self, found: &BTreeMap<Id, Written>) -> String {
        let lost = self.people.keys().filter(|id| !found.contains_key(id));
        let changed = self
            .people
            .iter()
            .filter(|(id, is)| found.get(id).is_some_and(|found| found != *is));
        format!(
            "of {} people {} are lost, {} differ, {} are there",
            self.people.len(),
            lost.count(),
            changed.count(),
            found.len()
        )
    }
}

/// Why a check did not pass.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// The store says so itself.
    Told(StoreError),
    /// The store said nothing, and is wrong.
    Values(String),
}

impl From<StoreError> for Wrong {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

fn act<'a>(store: &Store, clerk: Id, people: &BTreeMap<Id, Written>) -> Act<'a> {
    let changes = people.iter().map(|(id, written)| Change::Set {
        record: RecordKey::new(Kind::PERSON, *id),
        fields: [
            ("name".to_owned(), json!(written.name)),
            ("phones".to_owned(), json!([written.phone])),
        ]
        .into(),
    });
    Act {
        actor: clerk,
        keys: None,
        on_behalf_of: None,
        command: "update_resident",
        seen: Seen {
            seq: store.seq(),
            ..Seen::default()
        },
        time: 1_795_000_001_000,
        changes: changes.collect(),
    }
}

/// The sentence a person would read, when there is one.
pub(crate) fn has_sentence(error: StoreError) -> bool {
    let error = DeskError::Store(error);
    [Language::Zh, Language::En]
        .iter()
        .all(|language| failure_view(&error, *language).text.len() > 20)
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder in memory where the system has one: campaigns that only compare need no real medium.
pub(crate) fn quick_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_none| tempfile::tempdir())
        .unwrap()
}
