//! A person changes their own password: after founding and after restoring, everybody has a first one
//! that somebody else may know.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{office::staff::tried_first, refusal::Refusal};

use super::session::{StatusView, status};
use crate::{
    answer::{AtField, Stop},
    call::Deed,
    inner::{Inner, unlock_stop},
};

/// Changes the password of whoever is here.
#[derive(Deserialize, TS)]
pub(crate) struct ChangePassword {
    /// The one until now. A wrong one counts as a wrong try.
    pub old: String,
    /// The new one.
    pub new: String,
}

impl Deed for ChangePassword {
    const NAME: &'static str = "change_password";
    const ABOUT: &'static str = "Changes the password of whoever is here.";
    const NEEDS_PERSON: bool = true;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        let session = desk.require_person()?;
        let actor = session.actor.id;
        let words = tried_first(&session.actor.name, &session.community);
        // Rated before the old one is tried, so that a weak new one costs no try.
        if !yichuang_store::rate(&self.new, &words).ok {
            return Err(Refusal::WeakPassword).at("new");
        }
        desk.store()?
            .change_password(actor, &self.old, &self.new, &words)
            .map_err(|error| match unlock_stop(error) {
                Stop::Refused(refusal, _field) => Stop::Refused(refusal, Some("old".to_owned())),
                broken @ Stop::Failed(_) => broken,
            })?;
        status(desk)
    }
}
