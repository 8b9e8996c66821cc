//! A file of the rows that are not taken in, as they are, with the reason in a last column: to be
//! mended and taken in again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{office::staff::Action, refusal::Refusal, register::import::Cell};
use yichuang_sheets::{Sheet, write_workbook};

use super::{
    plan::{Plan, RowPlan, SheetPlan},
    view::text,
};
use crate::{
    answer::Stop,
    call::{Command, Draft},
    error::DeskError,
    register::list::{free_path, mark},
    see::{View, access},
};

/// Saves the rows that are not taken in.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct SaveRefusedRows {
    /// Where to; the export folder where absent.
    #[serde(default)]
    pub path: Option<String>,
}

/// Where they lie.
#[derive(Serialize, TS)]
pub(crate) struct SavedRows {
    /// The file.
    pub path: String,
    /// How many rows.
    pub rows: u32,
}

impl Command for SaveRefusedRows {
    const NAME: &'static str = "save_refused_rows";
    const ABOUT: &'static str =
        "Saves the rows that are not taken in, each with its reason, as a workbook; on record.";
    const ACTION: Action = Action::WriteRegister;
    type Output = SavedRows;

    fn decide(&self, view: &View<'_>) -> Result<Draft<SavedRows>, Stop> {
        let plan: &Plan = view.session.import.as_deref().ok_or(Refusal::NoImport)?;
        let reason = view.language().pick("原因", "Reason");
        let tables: Vec<Table> = plan
            .sheets
            .iter()
            .enumerate()
            .filter_map(|(place, sheet)| table(plan, place, sheet, reason, view))
            .collect();
        let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
        if rows == 0 {
            return Err(Refusal::NoImport.into());
        }
        let body = json!({ "import": plan.import, "rows": rows });
        let change = access("export", body)?;
        let mark = mark(reason, view);
        let path = match &self.path {
            Some(path) => PathBuf::from(path),
            None => free_path(&view.options.export, "import-refused")?,
        };
        let then = move |_view: &View<'_>| {
            let sheets: Vec<Sheet<'_>> = tables
                .iter()
                .map(|table| Sheet {
                    name: &table.name,
                    mark: &mark,
                    titles: &table.titles,
                    rows: &table.rows,
                })
                .collect();
            write_workbook(&path, &sheets).map_err(DeskError::from)?;
            Ok(SavedRows {
                path: path.display().to_string(),
                rows: u32::try_from(rows).unwrap_or(u32::MAX),
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}

struct Table {
    name: String,
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn table(
    plan: &Plan,
    place: usize,
    sheet: &SheetPlan,
    reason: &str,
    view: &View<'_>,
) -> Option<Table> {
    let rows: Vec<Vec<String>> = plan
        .rows
        .iter()
        .filter(|row| row.sheet == place)
        .filter_map(|row| cells(row, sheet, view))
        .collect();
    let mut titles: Vec<String> = sheet
        .columns
        .iter()
        .map(|column| column.title.clone())
        .collect();
    titles.push(reason.to_owned());
    (!rows.is_empty()).then(|| Table {
        name: sheet_name(place, &sheet.name),
        titles,
        rows,
    })
}

fn cells(row: &RowPlan, sheet: &SheetPlan, view: &View<'_>) -> Option<Vec<String>> {
    let as_it_is = row.as_it_is.as_ref()?;
    let cell = |column: u16| as_it_is.cell(column).map_or_else(String::new, Cell::text);
    let mut cells: Vec<String> = sheet
        .columns
        .iter()
        .map(|column| cell(column.column))
        .collect();
    cells.push(text(&row.verdict, view.language()));
    Some(cells)
}

/// Sheets of two files may have one name, and some characters no name has.
fn sheet_name(place: usize, name: &str) -> String {
    let clean: String = name
        .chars()
        .filter(|one| !matches!(one, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .take(24)
        .collect();
    format!("{}-{clean}", place + 1)
}
