//! `proof`, `check-proof` and `day-end`: what was done, on paper, and whether such a paper holds.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use chrono::NaiveDate;
use serde_json::{Value, json};
use yichuang_desk::{Answer, check_proof};

use crate::{
    answer::{Outcome, failed, refused},
    terminal::Terminal,
    upkeep::with_desk,
};

/// The largest record that is read: a hundred times a usual one.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Saves the record of a case with its proof, and puts it where it is wanted.
pub(crate) fn proof(terminal: &Terminal, case: &str, to: Option<&Path>) -> Outcome {
    let at = to.map(Path::to_owned);
    // Told before anything is done: a file is never written over.
    if to.is_some_and(Path::exists) {
        return there_already(terminal).into();
    }
    with_desk(terminal, |desk| {
        let answer = terminal.ask(desk, "prove_case", json!({ "case": case }));
        match (answer, at) {
            (Answer::Done { value }, Some(to)) => moved(terminal, value, &to),
            (answer, _) => answer,
        }
    })
}

fn moved(terminal: &Terminal, mut value: Value, to: &Path) -> Answer {
    let from = value
        .get("path")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let moved = fs::read(from).and_then(|bytes| {
        let mut file = File::create_new(to)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::remove_file(from)
    });
    match moved {
        Ok(()) => {
            if let Some(fields) = value.as_object_mut() {
                fields.insert("path".to_owned(), json!(to.display().to_string()));
                fields.remove("text");
            }
            Answer::Done { value }
        }
        Err(error) => failed("disk", &error, terminal.language()),
    }
}

fn there_already(terminal: &Terminal) -> Answer {
    let text = terminal.language().pick(
        "这个文件已经有了，什么都没有做。请换一个文件名。",
        "That file is there already; nothing was done. Choose another name.",
    );
    refused("usage", text.to_owned(), Some("--to"), json!({}))
}

/// Checks a record. It asks for no password and opens no data folder.
pub(crate) fn check(terminal: &Terminal, file: &Path) -> Outcome {
    let language = terminal.language();
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    match read {
        Ok(_length) => check_proof(&bytes, language).into(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = language.pick(
                "没有这个文件。请检查文件名。",
                "There is no such file. Check its name.",
            );
            refused("usage", text.to_owned(), Some("FILE"), json!({})).into()
        }
        Err(error) => failed("disk", &error, language).into(),
    }
}

/// Saves the day-end sheet.
pub(crate) fn day_end(terminal: &Terminal, day: Option<NaiveDate>) -> Outcome {
    with_desk(terminal, |desk| {
        terminal.ask(desk, "day_end", json!({ "day": day }))
    })
}
