//! How the desk stands with its hub, for the light in the corner: only what the hub acknowledged counts.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{answer::Stop, call::Deed, clock::local, inner::Inner, words};

/// When the hub was last heard, and why not since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contact {
    /// When it last answered, milliseconds.
    pub(crate) last: Option<i64>,
    /// Why nothing usable came after that.
    pub(crate) trouble: Option<Arc<Stop>>,
}

/// How the desk stands with its hub.
#[derive(Deserialize, TS)]
pub(crate) struct SyncState {}

/// How the desk stands with its hub.
#[derive(Serialize, TS)]
pub(crate) struct SyncView {
    /// Whether a hub was joined.
    pub joined: bool,
    /// How many own changes the hub has not acknowledged yet.
    #[ts(type = "number")]
    pub pending: usize,
    /// How many it refused.
    #[ts(type = "number")]
    pub refused: usize,
    /// The last number of the hub that is here.
    #[ts(type = "number")]
    pub number: u64,
    /// When the hub last answered, "10:42".
    pub last: Option<String>,
    /// Why nothing usable came since, in a sentence.
    pub trouble: Option<String>,
}

impl Deed for SyncState {
    const NAME: &'static str = "sync_state";
    const ABOUT: &'static str = "What the hub has acknowledged, and when it last answered.";
    const NEEDS_PERSON: bool = false;
    type Output = SyncView;

    fn perform(self, desk: &mut Inner) -> Result<SyncView, Stop> {
        let language = desk.world.language;
        let contact = desk.contact.clone();
        let store = desk.store()?;
        Ok(SyncView {
            joined: store.joining().is_some(),
            pending: store.pending(),
            refused: store.refused(),
            number: store.seen().number,
            last: contact
                .last
                .map(|last| local(last).format("%H:%M").to_string()),
            trouble: contact.trouble.map(|stop| match stop.as_ref() {
                Stop::Refused(refusal, _field) => words::refusal(refusal, language),
                Stop::Failed(error) => words::trouble(error, language),
            }),
        })
    }
}
