//! The real window, driven by `window.mjs` beside this file: it works with planted people and stands still
//! while folders, open files and memory are looked through.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    office::{Done, Office, PASSWORD},
    planted::Planted,
};

/// The window and the hands at its keyboard.
pub(crate) struct Window {
    hands: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What was told of a step.
pub(crate) struct Standing {
    /// Everything that was told.
    pub(crate) told: Value,
    /// The process that holds the desk.
    pub(crate) core: u32,
    /// It and the web view's processes.
    pub(crate) family: Vec<u32>,
}

impl Window {
    /// Gives the hands an office and people to work with. The window is not open yet.
    pub(crate) fn beside(office: &Office, program: &Path, people: &[Planted]) -> Done<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scan/window.mjs");
        let mut hands = office
            .at_home(&mut Command::new("node"))
            .arg(script)
            .env("YICHUANG_DESKTOP_BIN", program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("node, which drives the window: {error}"))?;
        let mut window = Self {
            orders: hands.stdin.take().ok_or("no input")?,
            answers: BufReader::new(hands.stdout.take().ok_or("no output")?),
            hands,
        };
        let people: Vec<Value> = people
            .iter()
            .map(|one| {
                json!({
                    "name": one.name, "id_number": one.id_number, "phone": one.phone,
                    "address_typed": one.address_typed, "word": one.word,
                })
            })
            .collect();
        let given = json!({
            "data": office.data(), "root": office.root, "password": PASSWORD, "people": people,
        });
        writeln!(window.orders, "{given}")?;
        Ok(window)
    }

    /// Has a step done and waits for its end.
    pub(crate) fn step(&mut self, name: &str) -> Done<Standing> {
        writeln!(self.orders, "{name}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line)
            .map_err(|_nothing| format!("the window did not come to its step `{name}`"))?;
        let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
        let family = told.get("family").and_then(Value::as_array);
        Ok(Standing {
            core: told.get("core").and_then(number).unwrap_or_default(),
            family: family.into_iter().flatten().filter_map(number).collect(),
            told,
        })
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It ends what it started when it is asked to; it may have ended already.
        let process = self.hands.id().to_string();
        drop(Command::new("kill").args(["-TERM", &process]).status());
        drop(self.hands.wait());
    }
}
