//! A small office for tests: a founded desk in a folder of its own, a clock that can be moved on, and
//! a resident who does not exist.

use std::{
    cell::RefCell,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, RefusalView, WindowKind, read_moment};
use yichuang_domain::{
    cases::{catalogue::Catalogue, item::Item},
    office::staff::{Corner, Role},
    record::Kind,
};
use yichuang_store::{Founding, KdfParams, NewStaff, Store, StoreError};

pub const COMMUNITY: &str = "昆山市周市镇新茂东苑社区居民委员会";
/// The second character of the name is rare (U+2CB4E), the number nobody's.
pub const RESIDENT: &str = "王𬭎";
pub const ID_NUMBER: &str = "320583198103079911";
/// A角, B角, the supervisor.
pub const STAFF: [&str; 3] = ["王丽", "李强", "赵珊"];
const PASSWORD: &str = "柚子 灯塔 算盘 蓝鲸";

pub struct Office {
    desk: RefCell<Option<Desk>>,
    folder: TempDir,
    people: Vec<String>,
}

impl Office {
    /// An office at this moment, with two clerks and a supervisor; the first clerk is in.
    pub fn at(moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let person = |place: usize, role, corner| NewStaff {
            name: STAFF[place].to_owned(),
            role,
            corner,
            password: PASSWORD.to_owned(),
        };
        let founding = Founding {
            community: COMMUNITY.to_owned(),
            staff: vec![
                person(0, Role::Clerk, Some(Corner::A)),
                person(1, Role::Clerk, Some(Corner::B)),
                person(2, Role::Supervisor, None),
            ],
            station: 'A',
            time: clock(moment).now_ms(),
            kdf: KdfParams::cheap_for_tests(),
        };
        let founded = Store::found(&folder.path().join("data"), &founding).unwrap();
        let office = Self {
            desk: RefCell::new(None),
            folder,
            people: founded.staff.iter().map(ToString::to_string).collect(),
        };
        office.open(moment, STAFF[0]);
        office
    }

    /// The same office at a later moment, with this person at the desk.
    pub fn open(&self, moment: &str, person: &str) {
        // The folder belongs to one desk at a time.
        drop(self.desk.borrow_mut().take());
        let options = DeskOptions {
            data: self.folder.path().join("data"),
            export: self.export(),
            clock: clock(moment),
            fonts: None,
        };
        self.desk.replace(Some(opened(&options)));
        let place = STAFF.iter().position(|name| *name == person).unwrap();
        let person = &self.people[place];
        self.done("unlock", json!({ "person": person, "password": PASSWORD }));
    }

    pub fn export(&self) -> PathBuf {
        self.folder.path().join("export")
    }

    pub fn answer(&self, call: &str, input: Value) -> Answer {
        let desk = self.desk.borrow();
        desk.as_ref().unwrap().call(WindowKind::Clerk, call, input)
    }

    /// What a call answers, when it is done.
    pub fn done(&self, call: &str, input: Value) -> Value {
        match self.answer(call, input) {
            Answer::Done { value } => value,
            other => panic!("{call}: {other:?}"),
        }
    }

    /// Why a call is not done.
    pub fn refused(&self, call: &str, input: Value) -> RefusalView {
        match self.answer(call, input) {
            Answer::Refused { refusal } => refusal,
            other => panic!("{call}: {other:?}"),
        }
    }

    /// The resident, entered in the register.
    pub fn resident(&self) -> String {
        let entered = self.done(
            "register_resident",
            json!({ "name": RESIDENT, "id_number": ID_NUMBER }),
        );
        entered["id"].as_str().unwrap().to_owned()
    }

    /// How many accesses of this name stand on record. Closes the desk to read them.
    pub fn access_events(&self, name: &str) -> usize {
        drop(self.desk.borrow_mut().take());
        let mut store = self.store();
        let person = store.people()[0];
        store.unlock(person, PASSWORD).unwrap();
        let records = store.records(&Kind::ACCESS).unwrap();
        let events = records.iter().flat_map(|record| &record.folded.events);
        events.filter(|event| event.event == name).count()
    }

    /// The store of the closed desk. A test beside this one may just be starting a program, whose first
    /// moment still holds the files of this one.
    fn store(&self) -> Store {
        let data = self.folder.path().join("data");
        for _turn in 0..200 {
            match Store::open(&data) {
                Err(StoreError::InUse) => std::thread::sleep(Duration::from_millis(10)),
                opened => return opened.unwrap(),
            }
        }
        panic!("the folder stays in use")
    }

    /// The text of the paper of this number, without blanks, as others' tools read it
    /// (`pdftotext` of poppler-utils).
    pub fn text_of(&self, number: &str) -> String {
        let saved = self.done("save_paper", json!({ "paper": number }));
        let path = saved["path"].as_str().unwrap();
        let read = Command::new("pdftotext")
            .args(["-raw", path, "-"])
            .stderr(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("pdftotext: {error}; install poppler-utils"));
        let text = String::from_utf8(read.stdout).unwrap();
        text.split_whitespace().collect()
    }
}

/// Opens the desk. A process that another test is just starting has this one's files, the lock among
/// them, until it becomes the program it shall be: that passes.
fn opened(options: &DeskOptions) -> Desk {
    for _turn in 0..200 {
        match Desk::open(options.clone()) {
            Err(error) if error.is_in_use() => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            other => return other.unwrap(),
        }
    }
    panic!("the folder stays in use")
}

fn clock(moment: &str) -> Clock {
    Clock::starting_at(read_moment(moment).unwrap())
}

/// The first item of the catalogue that is so.
pub fn item(is_so: impl Fn(&Item) -> bool) -> &'static Item {
    let mut items = Catalogue::builtin().items().iter();
    items.find(|item| is_so(item)).unwrap()
}

/// What lies on the counter: everything the item asks for but these, the identity checked.
pub fn intake(item: &Item, person: &str, without: &[&str]) -> Value {
    let brought: Vec<Value> = item
        .asked_for(None)
        .filter(|one| one.required && !without.contains(&one.code.as_str()))
        .map(|one| json!({ "material": one.code, "pages": one.pages.unwrap_or(0) }))
        .collect();
    json!({
        "item": item.code.as_str(),
        "person": person,
        "identity": { "how": "last_four", "last_four": "9911" },
        "brought": brought,
    })
}
