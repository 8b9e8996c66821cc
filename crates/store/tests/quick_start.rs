//! A start may believe what an earlier life noted (the ends of the chains, everybody in the search, the
//! open cases) and must never answer otherwise than one that read everything.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde_json::json;
use tempfile::TempDir;
use yichuang_domain::{
    cases::{
        case::Case,
        catalogue::Catalogue,
        event::{CaseEvent, Mode, Receipt, Signer},
        party::{Concerning, Identity, IdentityHow, Party},
    },
    record::{Change, Id, Kind, RecordKey, Seen},
    search::Hit,
};
use yichuang_store::{Act, Gathered, Hash, JournalError, Note, Scrub, Store, StoreError};
use yichuang_tests::{Dice, PASSWORD, founding};

const NOTES: [&str; 3] = ["chains", "kept.people", "kept.cases"];
const NAMES: [&str; 6] = ["张三", "张珊", "单丹", "吕绿", "欧阳锋", "王小芳"];
const ASKED: [&str; 7] = ["z", "zhangs", "张", "lv", "ouyangf", "1540", "0007"];

struct Desk {
    folder: TempDir,
    clerk: Id,
    dice: Dice,
}

/// What a start answers.
#[derive(Debug, PartialEq)]
struct Answers {
    seq: u64,
    last_time: Option<i64>,
    community: Hash,
    head: Option<(u64, Hash)>,
    found: Vec<Vec<Hit>>,
    open: BTreeMap<Id, Case>,
}

impl Desk {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let founded = Store::found(&folder.path().join("data"), &founding()).unwrap();
        Self {
            folder,
            clerk: founded.staff[0],
            dice: Dice::new(seed),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn open(&self) -> Store {
        opened(&self.data(), self.clerk).unwrap()
    }

    /// Works a little, as the desk does: gathers, follows each commit, keeps at the end.
    fn work(&mut self, commits: usize) {
        let mut store = self.open();
        store.end_journal_files_at(6_000);
        let mut gathered = store.gather().unwrap();
        for _commit in 0..commits {
            self.write(&mut store, &mut gathered);
        }
        store.keep_gathered(&mut gathered).unwrap();
        store.close().unwrap();
    }

    fn write(&mut self, store: &mut Store, gathered: &mut Gathered) {
        let number: u8 = self.dice.place(40).try_into().unwrap();
        let change = match self.dice.roll(4) {
            0 => received(number),
            1 => withdrawn(number),
            _ => person(number, self.dice.one_of::<&str>(&NAMES)),
        };
        let act = Act {
            actor: self.clerk,
            keys: None,
            on_behalf_of: None,
            command: "test",
            seen: Seen::default(),
            time: 1_795_000_001_000 + i64::from(number),
            changes: vec![change],
        };
        let committed = store.commit(vec![act]).unwrap();
        store
            .gather_again(gathered, committed.records.iter())
            .unwrap();
    }

    /// What a start answers that has nothing to believe.
    fn answers_without_notes(&self) -> Answers {
        let there = self.folder.path().join("without");
        drop(fs::remove_dir_all(&there));
        copy(&self.data(), &there);
        for note in NOTES {
            fs::remove_file(there.join(note)).unwrap();
        }
        let answers = answers_in(&there, self.clerk);
        fs::remove_dir_all(there).unwrap();
        answers
    }
}

fn opened(data: &Path, clerk: Id) -> Result<Store, StoreError> {
    let mut store = Store::open(data)?;
    store.unlock(clerk, PASSWORD)?;
    Ok(store)
}

fn answers_in(data: &Path, clerk: Id) -> Answers {
    // A copy beside its original could only be read.
    drop(fs::remove_file(data.join("place")));
    answers(&opened(data, clerk).unwrap())
}

fn answers(store: &Store) -> Answers {
    let gathered = store.gather().unwrap();
    let verified = store.verify().unwrap();
    assert!(verified.is_sound(), "{verified:?}");
    Answers {
        seq: store.seq(),
        last_time: store.last_time(),
        community: store.community_id().unwrap(),
        head: verified.head.map(|head| (head.seq, head.hash)),
        found: ASKED
            .iter()
            .map(|asked| gathered.people().find(asked, 9))
            .collect(),
        open: gathered
            .open_cases()
            .map(|case| (case.id, case.clone()))
            .collect(),
    }
}

fn person(number: u8, name: &str) -> Change {
    Change::Set {
        record: RecordKey::new(Kind::PERSON, Id::from_bytes([number; 16])),
        fields: [
            ("name".to_owned(), json!(name)),
            ("phones".to_owned(), json!([format!("15400000{number:03}")])),
        ]
        .into(),
    }
}

fn case_id(number: u8) -> Id {
    Id::from_bytes([0xC0 + number % 20; 16])
}

fn received(number: u8) -> Change {
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let item = Catalogue::builtin().items().first().unwrap();
    let receipt = Receipt {
        number: format!("XM261124A{:05}", number % 20),
        item: Box::new(item.clone()),
        catalogue_version: "test".to_owned(),
        concerning: Concerning::default(),
        applicant: Party {
            person: None,
            name: String::new(),
            id_kind: "resident".to_owned(),
            id_masked: String::new(),
        },
        agent: None,
        identity: Identity {
            how: IdentityHow::LastFour,
            reason: String::new(),
        },
        situation: None,
        brought: Vec::new(),
        problems: Vec::new(),
        statement: String::new(),
        mode: Mode::default(),
        on,
        counted_from: on,
        notice_by: on,
        to_enter: false,
        pick_up_code: "0000".to_owned(),
    };
    let event = CaseEvent::Receive(Box::new(receipt));
    event.change(case_id(number)).unwrap()
}

/// A step that ends a case, if it is there.
fn withdrawn(number: u8) -> Change {
    let on = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let event = CaseEvent::Withdraw {
        on,
        signed_by: Signer::Applicant,
        reason: "不办了".to_owned(),
    };
    event.change(case_id(number)).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_was_noted_is_what_everything_says() {
    for seed in 1..=4 {
        let mut desk = Desk::new(seed);
        for _life in 0..3 {
            desk.work(25);
            let quick = answers(&desk.open());
            assert!(!quick.open.is_empty() && !quick.found[0].is_empty());
            assert_eq!(quick, desk.answers_without_notes(), "seed {seed}");
        }
    }
}

#[test]
fn what_came_after_the_note_counts_too() {
    let mut desk = Desk::new(5);
    desk.work(40);
    // A life that ends without keeping anything.
    let mut store = desk.open();
    let mut gathered = store.gather().unwrap();
    for _commit in 0..15 {
        desk.write(&mut store, &mut gathered);
    }
    let old = NOTES.map(|note| fs::read(desk.data().join(note)).unwrap());
    drop(store);
    for (note, bytes) in NOTES.iter().zip(&old) {
        fs::write(desk.data().join(note), bytes).unwrap();
    }
    assert_eq!(answers(&desk.open()), desk.answers_without_notes());
}

#[test]
fn a_note_that_is_damaged_old_or_of_another_desk_changes_no_answer() {
    let mut desk = Desk::new(6);
    desk.work(30);
    let older = desk.folder.path().join("older");
    copy(&desk.data(), &older);
    desk.work(30);
    let mut other = Desk::new(7);
    other.work(30);
    let wanted = desk.answers_without_notes();
    for note in NOTES {
        let place = desk.data().join(note);
        let sound = fs::read(&place).unwrap();
        let mut harmed: Vec<(String, Vec<u8>)> = vec![
            ("older".to_owned(), fs::read(older.join(note)).unwrap()),
            (
                "another desk's".to_owned(),
                fs::read(other.data().join(note)).unwrap(),
            ),
            ("nothing".to_owned(), Vec::new()),
            ("longer".to_owned(), [sound.clone(), vec![0]].concat()),
        ];
        for _time in 0..6 {
            let at = desk.dice.place(sound.len());
            let mut flipped = sound.clone();
            flipped[at] ^= 1 << desk.dice.roll(8);
            harmed.push((format!("flipped at {at}"), flipped));
            harmed.push((format!("cut at {at}"), sound[..at].to_vec()));
        }
        let swapped = NOTES.iter().find(|one| **one != note).unwrap();
        let swapped = fs::read(desk.data().join(swapped)).unwrap();
        harmed.push(("the other note".to_owned(), swapped));
        for (what, bytes) in harmed {
            fs::write(&place, bytes).unwrap();
            assert_eq!(answers(&desk.open()), wanted, "{note}: {what}");
        }
        fs::write(place, sound).unwrap();
    }
}

#[test]
fn a_journal_put_back_or_harmed_is_not_taken_for_the_noted_one() {
    let mut desk = Desk::new(8);
    desk.work(60);
    let journal = desk.data().join("journal");
    let first = journal.join("00000001.log");
    let sound = fs::read(&first).unwrap();
    assert!(journal.join("00000003.log").exists());
    // The end of a finished file is lost: the note would not notice by the last block alone.
    fs::write(&first, &sound[..sound.len() - 40]).unwrap();
    assert!(matches!(
        opened(&desk.data(), desk.clerk),
        Err(StoreError::Journal(JournalError::Damaged(_)))
    ));
    fs::remove_file(&first).unwrap();
    assert!(opened(&desk.data(), desk.clerk).is_err());
    fs::write(&first, &sound).unwrap();
    assert_eq!(answers(&desk.open()), desk.answers_without_notes());
}

#[test]
fn damage_inside_a_finished_file_is_met_by_the_comparison_and_told() {
    let mut desk = Desk::new(9);
    desk.work(60);
    let first = desk.data().join("journal/00000001.log");
    let mut bytes = fs::read(&first).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(&first, bytes).unwrap();
    let mut store = desk.open();
    let told = loop {
        match store.scrub_step() {
            Ok(Scrub::Going { .. }) => {}
            told => break told,
        }
    };
    assert!(matches!(
        told,
        Err(StoreError::Journal(JournalError::Damaged(_)))
    ));
    assert!(store.notes().any(|note| note == Note::JournalDamaged));
    // Whoever reads everything is told as well.
    assert!(!store.verify().unwrap().is_sound());
    drop(store);
    for note in NOTES {
        fs::remove_file(desk.data().join(note)).unwrap();
    }
    assert!(opened(&desk.data(), desk.clerk).is_err());
}

#[test]
fn nothing_kept_stands_in_clear_and_a_redacted_name_does_not_come_back() {
    let mut desk = Desk::new(10);
    desk.work(30);
    for note in NOTES {
        let bytes = fs::read(desk.data().join(note)).unwrap();
        for secret in ["15400000", "XM261124A", "zhang", "居民", "signing"] {
            let holds = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!holds, "{secret} in {note}");
        }
    }
    let mut store = desk.open();
    let gathered = store.gather().unwrap();
    let one = gathered.people().find("z", 1)[0].id;
    let of = store
        .person_record(one)
        .unwrap()
        .unwrap()
        .1
        .last
        .unwrap()
        .at;
    store.redact(of, "依法涂除", 1_795_000_009_000).unwrap();
    // What was gathered before may hold it still, and is not kept.
    let mut gathered = gathered;
    store.keep_gathered(&mut gathered).unwrap();
    drop(store);
    assert_eq!(answers(&desk.open()), desk.answers_without_notes());
    // Nor does the next commit make it true.
    let mut store = desk.open();
    let mut gathered = store.gather().unwrap();
    let other = gathered.people().find("z", 1)[0].id;
    let of = store
        .person_record(other)
        .unwrap()
        .unwrap()
        .1
        .last
        .unwrap()
        .at;
    store.redact(of, "依法涂除", 1_795_000_009_000).unwrap();
    desk.write(&mut store, &mut gathered);
    store.keep_gathered(&mut gathered).unwrap();
    drop(store);
    assert_eq!(answers(&desk.open()), desk.answers_without_notes());
}
