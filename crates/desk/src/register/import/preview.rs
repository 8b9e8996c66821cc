//! The dry run: reading files, understanding their columns, a verdict for every row. Nothing is
//! written.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action, record::Id, refusal::Refusal, register::import::Field,
};
use yichuang_store::StoreError;

use super::{
    build::build,
    plan::Plan,
    record::{self, Corrections},
    source::Source,
    view::{ImportRowView, ImportView, row_view},
};
use crate::{
    answer::Stop,
    call::{Deed, Query},
    inner::Inner,
    register::search::listed_name,
    see::View,
};

/// Files of one import.
const MOST_FILES: usize = 20;

/// Looks at files, or at the same ones again with other columns.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct ImportPreview {
    /// Where they lie; those of the last look where absent.
    #[serde(default)]
    pub paths: Option<Vec<String>>,
    /// What a person says about titles: what the column holds, or nothing to leave it out.
    #[serde(default)]
    #[ts(
        as = "Option<std::collections::BTreeMap<String, Option<Field>>>",
        optional
    )]
    pub map: Option<Corrections>,
}

impl Deed for ImportPreview {
    const NAME: &'static str = "import_preview";
    const ABOUT: &'static str =
        "Reads spreadsheets and says what each row would do; nothing is written.";
    const NEEDS_PERSON: bool = true;
    type Output = ImportView;

    fn perform(self, desk: &mut Inner) -> Result<ImportView, Stop> {
        let before = desk.session_mut()?.import.take();
        let view = desk.view(Action::WriteRegister)?;
        // Of an import that has begun, only the rest would be seen.
        let before = before.filter(|plan| plan.written == 0);
        let mut corrections = match &before {
            Some(before) if self.paths.is_none() => before.corrections.clone(),
            Some(_) | None => record::remembered(view.store)?,
        };
        corrections.extend(self.map.unwrap_or_default());
        let sources = match (self.paths, before) {
            (Some(paths), _) => open_all(&paths)?,
            (None, Some(before)) => before.sources,
            (None, None) => return Err(Refusal::NoImport.into()),
        };
        let import = Id::from_bytes(yichuang_store::random::<16>().map_err(StoreError::from)?);
        let plan = build(view.store, import, sources, corrections, view.today())?;
        let shown = ImportView::of(&plan, view.language());
        desk.session_mut()?.import = Some(Box::new(plan));
        Ok(shown)
    }
}

fn open_all(paths: &[String]) -> Result<Vec<Source>, Stop> {
    if paths.is_empty() || paths.len() > MOST_FILES {
        let field = "paths".to_owned();
        return Err(Refusal::FieldMissing { field }.into());
    }
    paths
        .iter()
        .map(|path| Source::open(Path::new(path)))
        .collect()
}

/// The rows of the look, by verdict.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct ImportRows {
    /// Only these verdicts; all where absent.
    #[serde(default)]
    pub verdicts: Option<Vec<String>>,
    /// From which on.
    #[serde(default)]
    pub offset: Option<u32>,
    /// How many at most; 100 where absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Rows of the look.
#[derive(Serialize, TS)]
pub(crate) struct ImportRowsView {
    /// The rows.
    pub rows: Vec<ImportRowView>,
    /// How many there are in all.
    pub total: u32,
}

impl Query for ImportRows {
    const NAME: &'static str = "import_rows";
    const ABOUT: &'static str = "The rows of the files that were looked at, each with its verdict.";
    const ACTION: Action = Action::WriteRegister;
    type Output = ImportRowsView;

    fn answer(&self, view: &View<'_>) -> Result<ImportRowsView, Stop> {
        let plan: &Plan = view.session.import.as_deref().ok_or(Refusal::NoImport)?;
        let is_wanted = |name: &str| {
            let wanted = self.verdicts.as_ref();
            wanted.is_none_or(|wanted| wanted.iter().any(|one| one == name))
        };
        let wanted = || plan.rows.iter().filter(|row| is_wanted(row.verdict.name()));
        let rows = wanted()
            .skip(self.offset.unwrap_or(0) as usize)
            .take(self.limit.unwrap_or(100).clamp(1, 1_000) as usize)
            .map(|row| row_view(plan, row, listed_name(&row.name, view), view.language()));
        Ok(ImportRowsView {
            rows: rows.collect(),
            total: u32::try_from(wanted().count()).unwrap_or(u32::MAX),
        })
    }
}
