//! Taking a whole import back: what it entered goes, what it changed is as before. What somebody has
//! worked on since stays, and is counted.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action,
    record::{Change, Entry, Fields, Id, Kind, RecordKey},
    refusal::Refusal,
};

use super::record::{self, Touched};
use crate::{
    answer::Stop,
    call::{Deed, Query},
    inner::Inner,
    see::View,
};

/// Takes an import back.
#[derive(Deserialize, TS)]
pub(crate) struct UndoImport {
    /// Which.
    pub import: Id,
}

/// What was taken back.
#[derive(Serialize, TS)]
pub(crate) struct TakenBack {
    /// Which import.
    pub import: Id,
    /// Records that are as they were before.
    pub undone: u32,
    /// Records that stay, because somebody has worked on them since.
    pub kept: u32,
}

impl TakenBack {
    /// That nothing had been written.
    pub(super) const fn nothing(import: Id) -> Self {
        Self {
            import,
            undone: 0,
            kept: 0,
        }
    }
}

impl Deed for UndoImport {
    const NAME: &'static str = "undo_import";
    const ABOUT: &'static str =
        "Takes a whole import back; what somebody has worked on since stays.";
    const NEEDS_PERSON: bool = true;
    type Output = TakenBack;

    fn perform(self, desk: &mut Inner) -> Result<TakenBack, Stop> {
        desk.view(Action::WriteRegister)?;
        take_back(desk, self.import)
    }
}

/// Takes an import back, block by block, the last first. Interrupted, it can be asked again.
pub(super) fn take_back(desk: &mut Inner, import: Id) -> Result<TakenBack, Stop> {
    let view = desk.view(Action::WriteRegister)?;
    let kept = view
        .store
        .record(&RecordKey::new(record::import_kind(), import))?;
    let state = kept.ok_or(Refusal::NoImport)?.folded.get::<String>("state");
    if state.as_deref() == Some("undone") {
        return Err(Refusal::NoImport.into());
    }
    let blocks = count_blocks(&view, import)?;
    let mut taken = TakenBack::nothing(import);
    for number in (0..blocks).rev() {
        let changes = block_back(
            &desk.view(Action::WriteRegister)?,
            import,
            number,
            &mut taken,
        )?;
        desk.commit(UndoImport::NAME, changes)?;
    }
    let undone = [("state".to_owned(), json!("undone"))];
    desk.commit(UndoImport::NAME, vec![record::set(import, undone.into())])?;
    Ok(taken)
}

fn count_blocks(view: &View<'_>, import: Id) -> Result<u32, Stop> {
    let mut blocks = 0;
    while view
        .store
        .record(&record::block_key(view.store, import, blocks)?)?
        .is_some()
    {
        blocks += 1;
    }
    Ok(blocks)
}

fn block_back(
    view: &View<'_>,
    import: Id,
    number: u32,
    taken: &mut TakenBack,
) -> Result<Vec<Change>, Stop> {
    let key = record::block_key(view.store, import, number)?;
    let Some(block) = view.store.record(&key)? else {
        return Ok(Vec::new());
    };
    let mut changes = Vec::new();
    for touched in record::touched(&block) {
        match record_back(view, touched, block.last.as_ref())? {
            Some(change) => {
                changes.push(change);
                taken.undone += 1;
            }
            None => taken.kept += 1,
        }
    }
    changes.push(Change::Set {
        record: key,
        fields: [("undone".to_owned(), json!(true))].into(),
    });
    Ok(changes)
}

/// The change that takes a record back, unless it was worked on after its block.
fn record_back(
    view: &View<'_>,
    touched: Touched,
    block: Option<&Entry>,
) -> Result<Option<Change>, Stop> {
    let Some(now) = view.store.record(&touched.key)? else {
        return Ok(None);
    };
    let commit = |entry: &Entry| (entry.at.device, entry.at.seq);
    let is_untouched = now.last.as_ref().map(commit) == block.map(commit);
    let has_cases = touched.key.kind == Kind::PERSON
        && (!view.store.cases_of(touched.key.id)?.is_empty()
            || !view.store.enquiries_of(touched.key.id)?.is_empty());
    if !is_untouched || (has_cases && touched.before.is_none()) {
        return Ok(None);
    }
    let fields: Fields = touched.before.unwrap_or_else(|| {
        // It came to be: all it has is emptied, and nothing finds it any more.
        let names = now.folded.fields.keys();
        names.map(|name| (name.clone(), Value::Null)).collect()
    });
    Ok(Some(Change::Set {
        record: touched.key,
        fields,
    }))
}

/// The imports there were.
#[derive(Deserialize, TS)]
pub(crate) struct Imports {}

/// An import there was.
#[derive(Serialize, TS)]
pub(crate) struct ImportBrief {
    /// Its id.
    pub import: Id,
    /// The files.
    pub files: Vec<String>,
    /// When, milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub on: i64,
    /// By whom.
    pub by: String,
    /// `running` (it was interrupted), `done` or `undone`.
    pub state: String,
    /// Records written.
    pub written: u32,
}

impl Query for Imports {
    const NAME: &'static str = "imports";
    const ABOUT: &'static str = "The imports there were, the latest first.";
    const ACTION: Action = Action::ReadRegister;
    type Output = Vec<ImportBrief>;

    fn answer(&self, view: &View<'_>) -> Result<Vec<ImportBrief>, Stop> {
        let mut briefs = Vec::new();
        view.store.each_record(&record::import_kind(), |import| {
            let by = import
                .last
                .as_ref()
                .map(|entry| view.staff_name(entry.actor));
            briefs.push(ImportBrief {
                import: import.id,
                files: import.folded.get("files").unwrap_or_default(),
                on: import.folded.get("on").unwrap_or_default(),
                by: by.unwrap_or_default(),
                state: import.folded.get("state").unwrap_or_default(),
                written: import.folded.get("written").unwrap_or_default(),
            });
        })?;
        briefs.sort_by_key(|brief| std::cmp::Reverse(brief.on));
        Ok(briefs)
    }
}
