//! `import` and `undo`: spreadsheets taken in without a question, for scripts. How far it got goes to
//! standard error; the answer names every row that was not taken in.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use yichuang_desk::{Answer, Desk};

use crate::{
    answer::{Outcome, not_json, refused},
    terminal::Terminal,
    upkeep::tell,
};

/// What is to be taken in.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) dry_run: bool,
    pub(crate) map: Option<PathBuf>,
}

/// Rows that are asked for at once.
const ROWS_AT_ONCE: u64 = 1_000;
/// Nobody reads a line for every block.
const BLOCKS_A_LINE: u64 = 20;

/// Looks at files, and takes them in unless it is a dry run.
pub(crate) fn import(terminal: &Terminal, import: &Import) -> Outcome {
    if terminal.person().is_none() {
        return terminal.nobody().into();
    }
    take_in(terminal, import)
        .unwrap_or_else(|refused| refused)
        .into()
}

/// Takes an import back.
pub(crate) fn undo(terminal: &Terminal, import: &str) -> Outcome {
    if terminal.person().is_none() {
        return terminal.nobody().into();
    }
    let undone = terminal
        .unlocked_desk()
        .and_then(|desk| done(terminal, &desk, "undo_import", json!({ "import": import })));
    undone
        .map_or_else(|refused| refused, |value| Answer::Done { value })
        .into()
}

fn take_in(terminal: &Terminal, import: &Import) -> Result<Answer, Answer> {
    let map = import
        .map
        .as_deref()
        .map(|path| map_of(terminal, path))
        .transpose()?;
    let desk = terminal.unlocked_desk()?;
    let paths: Vec<String> = import
        .files
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut look = json!({ "paths": paths });
    if let (Some(map), Some(fields)) = (map, look.as_object_mut()) {
        fields.insert("map".to_owned(), map);
    }
    let seen = done(terminal, &desk, "import_preview", look)?;
    let faults = rows(terminal, &desk, "refused")?;
    let doubts = rows(terminal, &desk, "doubtful")?;
    let written = if import.dry_run {
        0
    } else {
        run(terminal, &desk)?
    };
    let count = |name: &str| seen.get(name).cloned().unwrap_or_default();
    let id = if written > 0 {
        count("import")
    } else {
        Value::Null
    };
    let value = json!({
        "rows": count("rows"),
        "new": count("new"),
        "same": count("same"),
        "changed": count("changed"),
        "doubtful": count("doubtful"),
        "refused": count("refused"),
        "faults": faults.iter().flat_map(faults_of).collect::<Vec<_>>(),
        "doubts": doubts.iter().map(doubt_of).collect::<Vec<_>>(),
        "written": written,
        "import": id,
        "dry_run": import.dry_run,
    });
    Ok(Answer::Done { value })
}

/// Block by block, until all is in.
fn run(terminal: &Terminal, desk: &Desk) -> Result<u64, Answer> {
    for block in 0_u64.. {
        let progress = done(terminal, desk, "run_import", json!({}))?;
        let number = |name: &str| {
            progress
                .get(name)
                .and_then(Value::as_u64)
                .unwrap_or_default()
        };
        if block.is_multiple_of(BLOCKS_A_LINE) {
            tell(&format!("{}/{}", number("done"), number("total")));
        }
        if progress.get("finished").and_then(Value::as_bool) == Some(true) {
            return Ok(number("written"));
        }
    }
    Ok(0)
}

fn rows(terminal: &Terminal, desk: &Desk, verdict: &str) -> Result<Vec<Value>, Answer> {
    let mut rows = Vec::new();
    loop {
        let wanted = json!({ "verdicts": [verdict], "offset": rows.len(), "limit": ROWS_AT_ONCE });
        let mut found = done(terminal, desk, "import_rows", wanted)?;
        match found.get_mut("rows").map(Value::take) {
            Some(Value::Array(more)) if !more.is_empty() => rows.extend(more),
            _ => return Ok(rows),
        }
    }
}

/// Every fault of a row, by itself.
fn faults_of(row: &Value) -> Vec<Value> {
    let of_row = |name: &str| row.get(name).cloned().unwrap_or_default();
    let problems = row.get("problems").and_then(Value::as_array);
    let fault = |problem: &Value| {
        let of_problem = |name: &str| problem.get(name).cloned().unwrap_or_default();
        json!({
            "file": of_row("file"),
            "sheet": of_row("sheet"),
            "row": of_row("row"),
            "column": of_problem("column"),
            "title": of_problem("title"),
            "reason": of_problem("reason"),
            "text": of_problem("text"),
        })
    };
    problems.into_iter().flatten().map(fault).collect()
}

fn doubt_of(row: &Value) -> Value {
    let of_row = |name: &str| row.get(name).cloned().unwrap_or_default();
    json!({ "file": of_row("file"), "sheet": of_row("sheet"), "row": of_row("row"), "text": of_row("text") })
}

/// `{"title": "field", "another": null}`: what columns hold, or that they are left out.
fn map_of(terminal: &Terminal, path: &Path) -> Result<Value, Answer> {
    let language = terminal.language();
    let text = std::fs::read_to_string(path).map_err(|_unreadable| {
        let text = language.pick(
            "对列文件读不了，什么都没有做。请核对 --map 的位置。",
            "The map cannot be read; nothing was done. Check where --map points.",
        );
        refused("usage", text.to_owned(), Some("--map"), json!({}))
    })?;
    serde_json::from_str(&text).map_err(|error| not_json(&error, language))
}

fn done(terminal: &Terminal, desk: &Desk, call: &str, input: Value) -> Result<Value, Answer> {
    match terminal.ask(desk, call, input) {
        Answer::Done { value } => Ok(value),
        other => Err(other),
    }
}
