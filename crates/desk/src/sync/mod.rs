//! 同步: this desk and the hub (总库). `sync` decides, `store` keeps, here bytes are carried.

pub(crate) mod conflicts;
pub(crate) mod join;
mod line;
pub(crate) mod state;
mod stick;
pub(crate) mod talk;
mod worker;

use std::{fs::File, io::Write, path::Path};

use serde_json::Value;

pub use join::JoinAsk;

use crate::{
    answer::{Answer, Stop},
    desk::{Desk, DeskOptions, answer},
    inner::Inner,
    words::Language,
};

impl Desk {
    /// Talks with the hub until everything is said.
    pub fn sync_once(&self) -> Answer {
        answer(talk::sync_once(self), self.language())
    }

    /// How this desk stands: equal at two desks that agree.
    pub fn digest(&self) -> Answer {
        let digest = |inner: &mut Inner| -> Result<Value, Stop> {
            inner.require_person()?;
            Ok(serde_json::to_value(inner.store()?.sync_digest()?)?)
        };
        self.answer_with(digest)
    }

    /// Writes everything that has no number to a new file, sealed for the hub.
    pub fn export_outbox(&self, to: &Path) -> Answer {
        let export = |inner: &mut Inner| -> Result<Value, Stop> {
            let (file, told) = inner.export_outbox()?;
            let mut new = File::create_new(to)?;
            new.write_all(&file)?;
            new.sync_all()?;
            Ok(told)
        };
        self.answer_with(export)
    }

    /// Takes in the file the hub gave back.
    pub fn import_outbox(&self, from: &Path) -> Answer {
        self.answer_with(|inner| inner.import_outbox(&std::fs::read(from)?))
    }

    /// Joins a hub, and fetches or brings everything there is.
    pub fn join(options: DeskOptions, ask: &JoinAsk, language: Language) -> Answer {
        answer(join::join(options, ask), language)
    }

    fn answer_with(&self, work: impl FnOnce(&mut Inner) -> Result<Value, Stop>) -> Answer {
        let done = self.with_inner(work).map_err(Stop::from);
        answer(done.and_then(|done| done), self.language())
    }

    fn language(&self) -> Language {
        self.with_inner(|inner| inner.world.language)
            .unwrap_or_default()
    }
}
