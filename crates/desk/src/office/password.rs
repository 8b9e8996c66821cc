//! A person changes their own password: after founding and after restoring, everybody has a first one
//! that somebody else may know.

use serde::Deserialize;
use ts_rs::TS;

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
        let (actor, name) = (session.actor.id, session.actor.name.clone());
        let inputs = [name.as_str(), session.community.as_str()];
        // Rated before the old one is tried, so that a weak new one costs no try.
        if !yichuang_store::rate(&self.new, &inputs).ok {
            return Err(yichuang_domain::refusal::Refusal::WeakPassword).at("new");
        }
        let community = session.community.clone();
        let inputs = [name.as_str(), community.as_str()];
        desk.store()?
            .change_password(actor, &self.old, &self.new, &inputs)
            .map_err(|error| match unlock_stop(error) {
                Stop::Refused(refusal, _field) => Stop::Refused(refusal, Some("old".to_owned())),
                broken @ Stop::Failed(_) => broken,
            })?;
        status(desk)
    }
}
