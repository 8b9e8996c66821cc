//! Taking in what was looked at, a block at a time: each block is one commit, true when it is answered.
//! Between two blocks the screen shows how far it is, and the clerk may stop: then all of it is taken
//! back.

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action,
    record::{Change, Fields, Id},
    refusal::Refusal,
    register::import::differences,
};

use super::{
    build::shown_fields,
    plan::Plan,
    record::{self, Touched},
    undo::{TakenBack, take_back},
};
use crate::{answer::Stop, call::Deed, inner::Inner};

/// Records that become true together.
const RECORDS_A_BLOCK: usize = 500;
/// What the view has in memory goes to disk after so many blocks.
const BLOCKS_A_FLUSH: u32 = 40;

/// Takes in the next block.
#[derive(Deserialize, TS)]
pub(crate) struct RunImport {}

/// How far it is.
#[derive(Serialize, TS)]
pub(crate) struct ImportProgress {
    /// Which import: the id that takes it back.
    pub import: Id,
    /// Records looked at.
    pub done: u32,
    /// Records in all.
    pub total: u32,
    /// Records written.
    pub written: u32,
    /// Whether all is in.
    pub finished: bool,
}

impl Deed for RunImport {
    const NAME: &'static str = "run_import";
    const ABOUT: &'static str = "Takes in the next block of the import that was looked at; call again until it is finished.";
    const NEEDS_PERSON: bool = true;
    type Output = ImportProgress;

    fn perform(self, desk: &mut Inner) -> Result<ImportProgress, Stop> {
        desk.view(Action::WriteRegister)?;
        desk.require_room()?;
        let mut plan = taken(desk)?;
        match next_block(desk, &mut plan) {
            Ok(progress) => {
                // What is finished is no longer there to be run again.
                if !progress.finished {
                    desk.session_mut()?.import = Some(plan);
                }
                Ok(progress)
            }
            Err(stop) => {
                desk.session_mut()?.import = Some(plan);
                Err(stop)
            }
        }
    }
}

fn taken(desk: &mut Inner) -> Result<Box<Plan>, Stop> {
    let plan = desk.session_mut()?.import.take();
    Ok(plan.ok_or(Refusal::NoImport)?)
}

fn next_block(desk: &mut Inner, plan: &mut Plan) -> Result<ImportProgress, Stop> {
    let mut changes: Vec<Change> = Vec::with_capacity(RECORDS_A_BLOCK + 2);
    let mut touched: Vec<Touched> = Vec::with_capacity(RECORDS_A_BLOCK);
    let mut done = plan.done;
    let view = desk.view(Action::WriteRegister)?;
    for item in plan.items.iter().skip(plan.done) {
        if touched.len() == RECORDS_A_BLOCK {
            break;
        }
        done += 1;
        if !item.writes {
            continue;
        }
        let key = item.key();
        let said = item.said.fields();
        let (fields, before) = if item.is_new {
            (said, None)
        } else {
            let shown = shown_fields(view.store, &key)?;
            let fields = differences(&said, |name| shown.get(name).cloned());
            let before: Fields = fields
                .keys()
                .map(|name| (name.clone(), shown.get(name).cloned().unwrap_or_default()))
                .collect();
            (fields, Some(before))
        };
        if !fields.is_empty() {
            changes.push(Change::Set {
                record: key.clone(),
                fields,
            });
            touched.push(Touched { key, before });
        }
    }
    let finished = done >= plan.items.len();
    if !touched.is_empty() {
        let key = record::block_key(view.store, plan.import, plan.blocks)?;
        changes.push(record::block(key, plan.import, plan.blocks, &touched));
        if plan.blocks == 0 {
            changes.push(record::begun(plan, view.world.now()));
        }
    }
    let written = plan.written + u32::try_from(touched.len()).unwrap_or(u32::MAX);
    if finished && written > 0 {
        let state = [
            ("state".to_owned(), json!("done")),
            ("written".to_owned(), json!(written)),
        ];
        changes.push(record::set(plan.import, state.into()));
    }
    desk.commit(RunImport::NAME, changes)?;
    if !touched.is_empty() {
        plan.blocks += 1;
    }
    (plan.done, plan.written) = (done, written);
    if plan.blocks.is_multiple_of(BLOCKS_A_FLUSH) || finished {
        desk.store()?.flush()?;
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(ImportProgress {
        import: plan.import,
        done: count(done),
        total: count(plan.items.len()),
        written,
        finished,
    })
}

/// Stops the import that is under way and takes back what it has written.
#[derive(Deserialize, TS)]
pub(crate) struct CancelImport {}

impl Deed for CancelImport {
    const NAME: &'static str = "cancel_import";
    const ABOUT: &'static str = "Stops the import and takes back what it has written so far.";
    const NEEDS_PERSON: bool = true;
    type Output = TakenBack;

    fn perform(self, desk: &mut Inner) -> Result<TakenBack, Stop> {
        desk.view(Action::WriteRegister)?;
        let plan = taken(desk)?;
        if plan.written == 0 {
            return Ok(TakenBack::nothing(plan.import));
        }
        take_back(desk, plan.import)
    }
}
