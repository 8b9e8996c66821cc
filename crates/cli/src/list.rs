//! `list`: people or homes as JSON, or as a workbook with a reason on record.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{answer::Outcome, terminal::Terminal};

/// What is to be listed.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) kind: String,
    pub(crate) filter: Option<String>,
    pub(crate) columns: Option<String>,
    pub(crate) xlsx: Option<PathBuf>,
    pub(crate) reason: Option<String>,
}

/// More rows than any community has.
const MOST_ROWS: u32 = 5_000;

/// Lists, or takes a list out.
pub(crate) fn list(terminal: &Terminal, list: &List) -> Outcome {
    if terminal.person().is_none() {
        return terminal.nobody().into();
    }
    let mut input = json!({ "list": list.kind });
    let mut put = |name: &str, value: Option<Value>| {
        if let (Some(fields), Some(value)) = (input.as_object_mut(), value) {
            fields.insert(name.to_owned(), value);
        }
    };
    put("filter", list.filter.as_ref().map(|filter| json!(filter)));
    let columns = list.columns.as_ref();
    put(
        "columns",
        columns.map(|columns| columns.split(',').map(str::trim).collect()),
    );
    let call = if let Some(path) = &list.xlsx {
        put("path", Some(json!(path)));
        put(
            "reason",
            Some(json!(list.reason.as_deref().unwrap_or_default())),
        );
        "export_list"
    } else {
        put("limit", Some(json!(MOST_ROWS)));
        "list_register"
    };
    let answer = terminal
        .unlocked_desk()
        .map(|desk| terminal.ask(&desk, call, input));
    answer.unwrap_or_else(|refused| refused).into()
}
