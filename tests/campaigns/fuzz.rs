//! Rubbish for every decoder, each for so many seconds: nothing panics, and memory stays bounded.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use peakmem_alloc::PeakMemAllocTrait;
use serde_json::{Value, json};
use yichuang_desk::{Clock, Desk, DeskOptions, Language, WindowKind, read_moment};
use yichuang_domain::{
    cases::number::CaseNumber,
    record::{Change, Header, Id, Kind, RecordKey, Seen},
};
use yichuang_journal::{Journal, Position};
use yichuang_store::{Commit, from_cbor, to_cbor};
use yichuang_tests::{Dice, SimDisk, ToySeal};
use yichuang_vault::{RecoveryCode, Rescue, Unlocked, Vault};

use crate::{
    MEMORY, Wish,
    figures::Figures,
    mutate,
    office::{Office, PASSWORD, Promised, quick_folder},
};

/// No decoder may take more than this for one input: the largest block is 64 MiB, held twice.
const MOST_BYTES: usize = 200 * 1024 * 1024;

/// A decoder with sound input of its own.
trait Decoder {
    fn name(&self) -> &'static str;
    /// Gives it one piece of rubbish.
    fn feed(&mut self, dice: &mut Dice);
}

pub(crate) fn run(wish: &Wish) -> Figures {
    let mut figures = Figures::default();
    let mut decoders: Vec<Box<dyn Decoder>> = vec![
        Box::new(JournalFiles::new()),
        Box::new(Commits::new()),
        Box::new(VaultFile::new()),
        Box::new(SealedBoxes::new()),
        Box::new(Numbers),
        Box::new(Checks::new()),
        Box::new(Calls::new()),
        Box::new(Drafts::new()),
        Box::new(LockScreen::new()),
    ];
    // What a decoder says while it panics is told once, below.
    std::panic::set_hook(Box::new(|_| ()));
    for decoder in &mut decoders {
        one_decoder(decoder.as_mut(), wish, &mut figures);
    }
    drop(std::panic::take_hook());
    figures
}

fn one_decoder(decoder: &mut dyn Decoder, wish: &Wish, figures: &mut Figures) {
    let until = Instant::now() + Duration::from_secs(wish.seconds);
    let name = decoder.name();
    let (mut seed, mut most, mut fed) = (wish.seed, 0, 0);
    while Instant::now() < until && fed < wish.rounds {
        let mut dice = Dice::new(seed);
        MEMORY.reset_peak_memory();
        let ended = catch_unwind(AssertUnwindSafe(|| decoder.feed(&mut dice)));
        most = MEMORY.get_peak_memory().max(most);
        fed += 1;
        let alone = format!("cargo xtask fuzz --seed {seed} --rounds 1");
        if let Err(panic) = ended {
            let text = (panic.downcast_ref::<String>().cloned())
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let text = text.unwrap_or_default();
            figures.fail(&format!("{name} panicked at seed {seed}: {text}"), &alone);
            break;
        }
        if most > MOST_BYTES {
            figures.fail(&format!("{name} took {most} bytes at seed {seed}"), &alone);
            break;
        }
        seed += 1;
    }
    figures.add(&format!("{name}: inputs"), fed);
    let row = format!("{name}: MB at most");
    figures.greatest(&row, most as u64 / 1_000_000);
}

fn clock() -> Clock {
    read_moment("2026-11-24T09:00").map_or(Clock::System, Clock::starting_at)
}

/// Headers, blocks and guards of a journal.
struct JournalFiles {
    disk: SimDisk,
    files: Vec<PathBuf>,
}

impl JournalFiles {
    fn new() -> Self {
        let disk = SimDisk::default();
        let data = PathBuf::from("/data");
        let seal = Arc::new(ToySeal(1));
        let mut journal = Journal::create(&data, Arc::new(disk.clone()), seal).unwrap();
        journal.set_segment_bytes(700);
        for number in 0..12 {
            journal.append(1, &[number; 100]).unwrap();
        }
        let names = [
            "journal/00000001.log",
            "journal/00000002.log",
            "guard.a",
            "guard.b",
        ];
        Self {
            disk,
            files: names.iter().map(|name| data.join(name)).collect(),
        }
    }
}

impl Decoder for JournalFiles {
    fn name(&self) -> &'static str {
        "journal"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let disk = self.disk.after_restart();
        let file = dice.one_of(&self.files);
        disk.tamper(file, |held| {
            *held = mutate::bytes(held, dice);
            // A header that claims much and whose checksum is right.
            if dice.one_in(2) {
                let at = dice.place(held.len().saturating_sub(32));
                if let Some(head) = held.get_mut(at..at + 32) {
                    let crc = crc32c(&head[..28]).to_be_bytes();
                    head[28..].copy_from_slice(&crc);
                }
            }
        });
        let data = PathBuf::from("/data");
        let opened = if dice.one_in(2) {
            Journal::open(&data, Arc::new(disk), Arc::new(ToySeal(1)))
        } else {
            Journal::open_to_read(&data, Arc::new(disk), Arc::new(ToySeal(1)))
        };
        if let Ok((mut journal, _)) = opened {
            drop(journal.verify());
            drop(journal.read(Position {
                file: 1,
                offset: dice.roll(2_000),
            }));
            drop(journal.append(1, b"more"));
        }
    }
}

/// As the journal's own, bit by bit: rubbish needs no speed.
fn crc32c(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ (0x82F6_3B78 & (crc & 1).wrapping_neg());
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc))
    })
}

/// Commits in CBOR.
struct Commits(Vec<u8>);

impl Commits {
    fn new() -> Self {
        let header = Header {
            v: 1,
            community: vec![7; 32],
            device: Id::from_bytes([1; 16]),
            seq: 2,
            prev: vec![9; 32],
            time: 1_795_000_000_000,
            seen: Seen::default(),
            actor: Id::from_bytes([2; 16]),
            on_behalf_of: None,
            command: "register_resident".to_owned(),
            changes_root: Vec::new(),
            restored_from: Vec::new(),
        };
        let change = Change::Set {
            record: RecordKey::new(Kind::PERSON, Id::from_bytes([3; 16])),
            fields: [("name".to_owned(), json!("张三"))].into(),
        };
        let commit = Commit::build(header, &[change], &[[4; 16]], |_| [6; 64]).unwrap();
        Self(to_cbor(&vec![commit.clone(), commit]).unwrap())
    }
}

impl Decoder for Commits {
    fn name(&self) -> &'static str {
        "commits"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let bytes = mutate::bytes(&self.0, dice);
        let Ok(commits) = from_cbor::<Vec<Commit>>(&bytes, "rubbish") else {
            return;
        };
        for commit in commits {
            drop(commit.header());
            drop(commit.changes_hold());
            commit.is_signed_by(&[1; 32]);
            for entry in commit.entries().unwrap_or_default() {
                drop(yichuang_domain::record::fold(&[entry]));
            }
        }
    }
}

/// `vault.toml`.
struct VaultFile {
    folder: tempfile::TempDir,
    sound: Vec<u8>,
}

impl VaultFile {
    fn new() -> Self {
        let office = Office::new();
        let folder = quick_folder();
        crate::office::copy(&office.data(), folder.path());
        let sound = fs::read(folder.path().join("vault.toml")).unwrap();
        Self { folder, sound }
    }
}

impl Decoder for VaultFile {
    fn name(&self) -> &'static str {
        "vault.toml"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let bytes = mutate::bytes(&self.sound, dice);
        fs::write(self.folder.path().join("vault.toml"), bytes).unwrap();
        if let Ok(mut vault) = Vault::open(self.folder.path()) {
            let person = vault.people().first().map(|person| person.id.clone());
            // Stretching costs time, and with rubbish for parameters more of it.
            if let Some(person) = person.filter(|_| dice.one_in(50)) {
                drop(vault.unlock(&person, PASSWORD));
            }
        }
    }
}

/// What is sealed, and the printed code.
struct SealedBoxes {
    _office: Office,
    vault: Vault,
    keys: Unlocked,
    sealed: Vec<u8>,
}

impl SealedBoxes {
    fn new() -> Self {
        let office = Office::new();
        let mut vault = Vault::open(&office.data()).unwrap();
        let keys = vault.unlock(&office.clerk.to_string(), PASSWORD).unwrap();
        let sealed = keys
            .session
            .content
            .drafts
            .seal(b"draft", &[7; 300])
            .unwrap();
        Self {
            _office: office,
            vault,
            keys,
            sealed,
        }
    }
}

impl Decoder for SealedBoxes {
    fn name(&self) -> &'static str {
        "sealed boxes and codes"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let bytes = mutate::bytes(&self.sealed, dice);
        let opened = self.keys.session.content.drafts.open(b"draft", &bytes);
        assert!(
            opened.is_err() || bytes == self.sealed,
            "rubbish was opened"
        );
        let code = mutate::text(dice);
        drop(RecoveryCode::parse(&code));
        assert!(self.vault.rescue(Rescue::Code(&code)).is_err());
    }
}

/// Numbers and what a QR says.
struct Numbers;

impl Decoder for Numbers {
    fn name(&self) -> &'static str {
        "numbers"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let sound = *dice.one_of(&["XM261124A0001", "XM261124A0001-SJ01", "320583198103079911"]);
        let bytes = mutate::bytes(sound.as_bytes(), dice);
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(number) = CaseNumber::parse(&text) {
            let again = CaseNumber::parse(&number.to_string());
            assert_eq!(again.ok(), Some(number), "a number that is not itself");
        }
        if let Ok(number) = CaseNumber::from_digits(&text) {
            assert_eq!(CaseNumber::parse(&number.to_string()).ok(), Some(number));
        }
        if let Ok(id) = Id::parse(&text) {
            assert_eq!(Id::parse(&id.to_string()).ok(), Some(id));
        }
    }
}

/// Calls that need no folder.
struct Checks(Vec<String>);

impl Checks {
    fn new() -> Self {
        Self(names("nothing"))
    }
}

/// The calls that need this much.
fn names(needs: &str) -> Vec<String> {
    let calls = yichuang_desk::list_of_calls();
    let rows = calls.as_array().unwrap().iter();
    rows.filter(|row| row["needs"] == needs)
        .map(|row| row["call"].as_str().unwrap().to_owned())
        .collect()
}

/// Names of fields that calls have.
const FIELDS: [&str; 24] = [
    "text",
    "number",
    "name",
    "phone",
    "id_number",
    "from",
    "days",
    "on",
    "year",
    "item",
    "person",
    "identity",
    "brought",
    "case",
    "key",
    "body",
    "title",
    "route",
    "question",
    "answer",
    "query",
    "intake",
    "decision",
    "password",
];

fn input(dice: &mut Dice) -> Value {
    if dice.one_in(10) {
        return mutate::value(3, dice);
    }
    let fields = (0..dice.roll(7)).map(|_| {
        let field = (*dice.one_of(&FIELDS)).to_owned();
        (field, mutate::value(2, dice))
    });
    Value::Object(fields.collect())
}

impl Decoder for Checks {
    fn name(&self) -> &'static str {
        "checks"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let name = dice.one_of(&self.0).clone();
        let input = input(dice);
        drop(yichuang_desk::check(&name, input, clock(), Language::Zh));
    }
}

/// A desk with somebody at it.
struct OpenDesk {
    desk: Option<Desk>,
    office: Office,
}

impl OpenDesk {
    fn new() -> Self {
        let office = Office::new();
        let (mut store, _) = office.open().unwrap();
        let mut promised = Promised::default();
        for _ in 0..5 {
            promised
                .write(&mut store, office.clerk, &mut Dice::new(3))
                .unwrap();
        }
        drop(store);
        let mut open = Self { desk: None, office };
        open.open();
        open
    }

    fn open(&mut self) -> Value {
        self.desk = None;
        let options = DeskOptions {
            data: self.office.data(),
            export: self.office.data().join("export"),
            clock: clock(),
            fonts: None,
        };
        self.desk = Some(Desk::open(options).unwrap());
        let clerk = self.office.clerk.to_string();
        self.ask("unlock", json!({ "person": clerk, "password": PASSWORD }))
    }

    fn ask(&self, call: &str, input: Value) -> Value {
        let desk = self.desk.as_ref().unwrap();
        let answer = desk.call(WindowKind::Clerk, call, input);
        serde_json::to_value(answer).unwrap()
    }
}

/// Every call of the unlocked desk but those that print, wait or lock out.
struct Calls {
    open: OpenDesk,
    names: Vec<String>,
}

impl Calls {
    fn new() -> Self {
        let names = names("person").into_iter();
        let left_out = |name: &String| name.starts_with("print_") || name == "verify";
        Self {
            open: OpenDesk::new(),
            names: names.filter(|name| !left_out(name)).collect(),
        }
    }
}

impl Decoder for Calls {
    fn name(&self) -> &'static str {
        "calls"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let name = dice.one_of(&self.names).clone();
        let answer = self.open.ask(&name, input(dice));
        assert_ne!(answer["failure"]["part"], "desk", "{name} broke the desk");
        if answer["refusal"]["reason"] == "locked" {
            self.open.open();
        } else if answer["refusal"]["reason"] == "shaded" {
            self.open.ask("lock", json!({}));
        }
    }
}

/// Drafts of other bytes than were sealed.
struct Drafts {
    open: OpenDesk,
    file: PathBuf,
    sound: Vec<u8>,
}

impl Drafts {
    fn new() -> Self {
        let open = OpenDesk::new();
        let draft = json!({ "key": "k", "title": "t", "route": "/", "body": { "a": [1, 2, 3] } });
        open.ask("save_draft", draft);
        let folder = open.office.data().join("drafts");
        let file = fs::read_dir(folder)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let sound = fs::read(&file).unwrap();
        Self { open, file, sound }
    }
}

impl Decoder for Drafts {
    fn name(&self) -> &'static str {
        "drafts"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let bytes = mutate::bytes(&self.sound, dice);
        let is_sound = bytes == self.sound;
        fs::write(&self.file, bytes).unwrap();
        let answer = self.open.ask("draft", json!({ "key": "k" }));
        assert_eq!(answer["status"], "done");
        assert!(
            is_sound || answer["value"]["body"].is_null(),
            "rubbish was a draft"
        );
        self.open.ask("drafts", json!({}));
    }
}

/// `lock-screen.json` and `preferences.json`, which lie there in clear.
struct LockScreen {
    open: OpenDesk,
    sound: [Vec<u8>; 2],
}

const IN_CLEAR: [&str; 2] = ["lock-screen.json", "preferences.json"];

impl LockScreen {
    fn new() -> Self {
        let open = OpenDesk::new();
        let id = open.office.clerk.to_string();
        let staff =
            json!({ "staff": [{ "id": id, "name": "王丽", "role": "clerk", "corner": "A" }] });
        let machine = json!({ "machine": { "language": "zh", "theme": "light" }, "people": {} });
        let sound = [staff, machine].map(|value| serde_json::to_vec(&value).unwrap());
        Self { open, sound }
    }
}

impl Decoder for LockScreen {
    fn name(&self) -> &'static str {
        "lock-screen.json, preferences.json"
    }

    fn feed(&mut self, dice: &mut Dice) {
        let which = dice.place(2);
        let bytes = mutate::bytes(&self.sound[which], dice);
        fs::write(self.open.office.data().join(IN_CLEAR[which]), bytes).unwrap();
        if dice.one_in(20) {
            let answer = self.open.open();
            assert_eq!(answer["status"], "done", "not opened: {answer}");
        } else {
            self.open.ask("lock", json!({}));
            self.open.ask("status", json!({}));
        }
    }
}
