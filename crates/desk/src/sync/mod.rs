//! 同步: this desk and the hub (总库). `sync` decides, `store` keeps, here bytes are carried.

pub(crate) mod conflicts;
pub(crate) mod join;
mod line;
pub(crate) mod talk;

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
        let digest = self.with_inner(digest);
        answer(
            digest.map_err(Stop::from).and_then(|digest| digest),
            self.language(),
        )
    }

    /// Joins a hub, and fetches or brings everything there is.
    pub fn join(options: DeskOptions, ask: &JoinAsk, language: Language) -> Answer {
        answer(join::join(options, ask), language)
    }

    fn language(&self) -> Language {
        self.with_inner(|inner| inner.world.language)
            .unwrap_or_default()
    }
}
