//! `kill -9` of the real program at random moments: in mixed work, while it opens, while it recovers.
//! An oracle keeps every answer that was given, and asks for all of it afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use yichuang_domain::record::Id;
use yichuang_tests::Dice;

use crate::{
    Wish,
    figures::{Figures, ms},
    office::{self, Office, name, phone},
    program::{Heard, Program},
};

/// A new folder after so many kills.
const KILLS_A_FOLDER: u64 = 100;
const PATIENCE: Duration = Duration::from_secs(20);
const REOPEN: Duration = Duration::from_secs(2);
/// A kill comes after fewer answers than this, and within so many microseconds after the last.
const MOST_ANSWERS: u64 = 6;
const LONGEST_WAIT_US: u64 = 15_000;
const LONGEST_OPENING_US: u64 = 120_000;
/// Nobody's number; its last four are compared when a case is taken in.
const ID_NUMBER: &str = "320583198103079911";

pub(crate) fn run(wish: &Wish) -> Figures {
    let folders: Vec<u64> = (0..wish.rounds.div_ceil(KILLS_A_FOLDER)).collect();
    let mut figures = Figures::default();
    // Two at a time: a kill is mostly waiting.
    for pair in folders.chunks(2) {
        let parts: Vec<Figures> = thread::scope(|scope| {
            let running: Vec<_> = pair
                .iter()
                .map(|folder| scope.spawn(|| one_folder(wish, *folder)))
                .collect();
            running.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for part in parts {
            figures.take_in(part);
        }
    }
    figures
}

fn one_folder(wish: &Wish, folder: u64) -> Figures {
    let seed = wish.seed + folder;
    let kills = KILLS_A_FOLDER.min(wish.rounds - folder * KILLS_A_FOLDER);
    let mut siege = Siege {
        office: Office::new(),
        wish,
        dice: Dice::new(seed),
        oracle: Oracle::default(),
        figures: Figures::default(),
    };
    let result = (0..kills).try_for_each(|_| siege.round());
    if let Err(what) = result.and_then(|()| siege.check_in_process()) {
        let kept = siege.keep(seed);
        let alone =
            format!("cargo xtask crash --seed {seed} --rounds {kills} (folder kept: {kept})");
        siege.figures.fail(&what, &alone);
    }
    siege.figures
}

struct Siege<'a> {
    office: Office,
    wish: &'a Wish,
    dice: Dice,
    oracle: Oracle,
    figures: Figures,
}

/// What was answered, by call: what to ask, and what must come back.
#[derive(Default)]
struct Oracle {
    resident: Option<String>,
    people: BTreeMap<String, String>,
    enquiries: BTreeMap<String, String>,
    cases: BTreeMap<String, String>,
    draft: Option<Value>,
    numbers: BTreeSet<String>,
    /// What was asked last, and whether its answer came.
    pending: Option<(String, Value)>,
}

impl Siege<'_> {
    fn round(&mut self) -> Result<(), String> {
        match self.dice.roll(100) {
            0..6 => self.kill_in_opening("kills while opening"),
            6..9 => {
                self.harm_view();
                self.kill_in_opening("kills while recovering");
            }
            _ => return self.kill_in_work(),
        }
        Ok(())
    }

    fn start(&self) -> Program {
        let clerk = self.office.clerk.to_string();
        Program::start(&self.wish.program, &self.office.data(), &clerk)
    }

    /// What a start finds to recover from: no view, or a broken one.
    fn harm_view(&mut self) {
        let view = self.office.data().join("view");
        if self.dice.one_in(2) {
            drop(fs::remove_dir_all(view));
        } else {
            drop(fs::write(view.join("db"), self.dice.bytes(4_096)));
        }
    }

    fn kill_in_opening(&mut self, row: &str) {
        let mut program = self.start();
        program.ask("status", &json!({}));
        let delay = Duration::from_micros(self.dice.roll(LONGEST_OPENING_US));
        thread::sleep(delay.saturating_sub(program.age()));
        program.kill();
        self.figures.one(row);
        self.figures.one("kills");
    }

    fn kill_in_work(&mut self) -> Result<(), String> {
        let mut program = self.start();
        self.check(&mut program)?;
        let mut answers = self.dice.roll(MOST_ANSWERS);
        loop {
            let (call, input) = self.oracle.next(&mut self.dice);
            program.ask(&call, &input);
            self.oracle.pending = Some((call, input));
            let patience = if answers == 0 {
                Duration::from_micros(self.dice.roll(LONGEST_WAIT_US))
            } else {
                PATIENCE
            };
            match program.hear(Instant::now() + patience) {
                Heard::Answer(answer) => self.heard(&answer)?,
                Heard::Nothing if answers == 0 => break,
                Heard::Nothing => return Err("nothing was answered for 20 s".to_owned()),
                Heard::End => return Err("the program ended by itself".to_owned()),
            }
            answers = answers.saturating_sub(1);
        }
        // What it had said before it died was said.
        for answer in program.kill() {
            self.heard(&answer)?;
        }
        self.figures.one("kills in work");
        self.figures.one("kills");
        Ok(())
    }

    fn heard(&mut self, answer: &Value) -> Result<(), String> {
        let Some((call, input)) = self.oracle.pending.take() else {
            return Err(format!("an answer nobody asked for: {answer}"));
        };
        if answer["refusal"]["reason"] == "same_id_number" {
            // The call before was killed after it had become true.
            let known = answer["refusal"]["details"]["person"].as_str();
            self.oracle.resident = known.map(str::to_owned);
            self.figures.one("unanswered calls that had become true");
            return Ok(());
        }
        if answer["status"] != "done" {
            return Err(format!("{call} was not done: {answer}"));
        }
        self.figures.one("acknowledged answers");
        self.oracle.remember(&call, &input, &answer["value"])
    }

    /// Asks the new program for what the last ones had answered.
    fn check(&mut self, program: &mut Program) -> Result<(), String> {
        let questions = self.oracle.questions(&mut self.dice);
        for (call, input, _) in &questions {
            program.ask(call, input);
        }
        let mut is_first = true;
        for (call, input, expected) in questions {
            let answer = match program.hear(Instant::now() + PATIENCE) {
                Heard::Answer(answer) => answer,
                Heard::Nothing => return Err(format!("{call} was not answered")),
                Heard::End => return Err(format!("the program ended at {call}")),
            };
            if is_first {
                self.figures
                    .greatest("reopening, ms at most", ms(program.age()));
                self.figures.one("reopened");
                if program.age() > REOPEN {
                    self.figures.one("reopened later than 2 s");
                }
                is_first = false;
            }
            if answer["status"] != "done" {
                return Err(format!("{call} {input} was lost: {answer}"));
            }
            let (pointer, wanted) = expected;
            let found = answer["value"].pointer(pointer).unwrap_or(&Value::Null);
            if *found != wanted {
                return Err(format!(
                    "{call} {input} came back wrong: {found}, not {wanted}"
                ));
            }
            self.figures.one("answers compared");
        }
        // The call that was killed may have become true; what is asked for next must be current.
        self.oracle.pending = None;
        Ok(())
    }

    /// All of it once more, from the store itself.
    fn check_in_process(&mut self) -> Result<(), String> {
        let began = Instant::now();
        let (store, _) = self
            .office
            .open()
            .map_err(|error| format!("the store does not open: {error:?}"))?;
        self.figures
            .greatest("reopening in process, ms at most", ms(began.elapsed()));
        let verified = store
            .verify()
            .map_err(|error| format!("it cannot be verified: {error:?}"))?;
        if !verified.is_sound() {
            return Err(format!("the chain does not hold: {verified:?}"));
        }
        self.figures.one("chains verified");
        if let Some((_, input)) = self.oracle.pending.take() {
            // It was killed: the new name or the old one.
            self.oracle
                .people
                .remove(input["id"].as_str().unwrap_or_default());
        }
        for (id, name) in &self.oracle.people {
            let id = Id::parse(id).map_err(|_error| "an id of another form".to_owned())?;
            let record = store.person_record(id);
            let there = record.map_err(|error| format!("{error:?}"))?;
            if there.is_none_or(|(person, _)| person.name != *name) {
                return Err(format!("{id} is lost or has another name"));
            }
            self.figures.one("people compared in the store");
        }
        for number in &self.oracle.numbers {
            if store
                .by_number(number)
                .map_err(|error| format!("{error:?}"))?
                .is_none()
            {
                return Err(format!("{number} was given and is lost"));
            }
        }
        Ok(())
    }

    fn keep(&self, seed: u64) -> String {
        let kept = std::env::temp_dir().join(format!("yichuang-crash-{seed}"));
        drop(fs::remove_dir_all(&kept));
        office::copy(&self.office.data(), &kept);
        kept.display().to_string()
    }
}

/// A question, and where its answer must say what.
type Question = (&'static str, Value, (&'static str, Value));

impl Oracle {
    /// The next piece of mixed work.
    fn next(&self, dice: &mut Dice) -> (String, Value) {
        let call = |call: &str, input| (call.to_owned(), input);
        let Some(resident) = &self.resident else {
            let input = json!({ "name": "王梅", "id_number": ID_NUMBER });
            return call("register_resident", input);
        };
        match dice.roll(10) {
            3..5 if self.people.is_empty() => self.next(dice),
            0..3 => call(
                "register_resident",
                json!({ "name": name(dice), "phone": phone(dice) }),
            ),
            3..5 => {
                let place = dice.place(self.people.len());
                let id = self.people.keys().nth(place);
                call("update_resident", json!({ "id": id, "name": name(dice) }))
            }
            5..7 => call(
                "record_enquiry",
                json!({ "question": format!("问{}", dice.roll(1_000_000)), "answer": "已答复" }),
            ),
            7..9 => call(
                "receive_case",
                json!({
                    "item": "ZM002",
                    "person": resident,
                    "identity": { "how": "last_four", "last_four": "9911" },
                    "brought": [{ "material": "APP", "how": "paper", "pages": 1 }],
                }),
            ),
            _ => call(
                "save_draft",
                json!({ "key": "k", "title": "t", "route": "/", "body": dice.roll(1_000_000) }),
            ),
        }
    }

    fn remember(&mut self, call: &str, input: &Value, value: &Value) -> Result<(), String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match call {
            "register_resident" => {
                let id = text(&value["id"]);
                if input.get("id_number").is_some() {
                    self.resident = Some(id.clone());
                }
                self.people.insert(id, text(&input["name"]));
            }
            "update_resident" => {
                self.people.insert(text(&input["id"]), text(&input["name"]));
            }
            "record_enquiry" => {
                self.enquiries
                    .insert(text(&value["id"]), text(&input["question"]));
                return self.give(&text(&value["number"]));
            }
            "receive_case" => {
                let number = text(&value["number"]);
                self.cases.insert(number.clone(), "received".to_owned());
                return self.give(&number);
            }
            _ => self.draft = Some(input["body"].clone()),
        }
        Ok(())
    }

    /// A number is given once.
    fn give(&mut self, number: &str) -> Result<(), String> {
        if number.is_empty() || !self.numbers.insert(number.to_owned()) {
            return Err(format!("the number {number} was given twice"));
        }
        Ok(())
    }

    /// What was touched last is always asked for, of the rest some.
    fn questions(&mut self, dice: &mut Dice) -> Vec<Question> {
        let mut all: Vec<Question> = vec![("verify", json!({}), ("/sound", json!(true)))];
        // An update that was killed may be true or not: ask for the others.
        let doubtful = self.pending.take().map(|(_, input)| input);
        let in_doubt = |id: &str| doubtful.as_ref().is_some_and(|input| input["id"] == id);
        let mut people: Vec<_> = self.people.iter().filter(|(id, _)| !in_doubt(id)).collect();
        while people.len() > 12 {
            people.swap_remove(dice.place(people.len()));
        }
        for (id, name) in people {
            all.push(("resident", json!({ "id": id }), ("/card/name", json!(name))));
        }
        for (id, question) in self.enquiries.iter().rev().take(4) {
            let wanted = ("/question", json!(question));
            all.push(("enquiry", json!({ "id": id }), wanted));
        }
        for number in self.cases.keys().rev().take(4) {
            let wanted = ("/number", json!(number));
            all.push(("case", json!({ "number": number }), wanted));
        }
        let is_draft = doubtful
            .as_ref()
            .is_some_and(|input| input.get("body").is_some());
        if let (Some(body), false) = (&self.draft, is_draft) {
            all.push(("draft", json!({ "key": "k" }), ("/body", body.clone())));
        }
        if let Some(id) = doubtful.as_ref().and_then(|input| input["id"].as_str()) {
            // Whatever became of it is what holds from now on; the store is asked at the end.
            self.people.remove(id);
        }
        if is_draft {
            self.draft = None;
        }
        all
    }
}
