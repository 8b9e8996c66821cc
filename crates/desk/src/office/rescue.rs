//! The way back with the printed code (密码信封): after the tenth wrong password, and after a key store
//! that forgot this machine.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{office::staff::tried_first, record::Id, refusal::Refusal};

use super::session::{StatusView, known_person, names, status};
use crate::{
    answer::{AtField, Stop},
    call::Deed,
    inner::{Inner, unlock_stop},
};

/// Gives a person a new password by the printed code.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct RescuePassword {
    /// Their id or their name.
    pub person: String,
    /// The code of the sealed envelope, as typed.
    pub code: String,
    /// The new password.
    pub password: String,
    /// A colleague who stands by. Not asked for when the key store has forgotten this machine: then
    /// nobody could.
    #[serde(default)]
    pub colleague: Option<String>,
    /// The colleague's password.
    #[serde(default)]
    pub colleague_password: Option<String>,
}

impl Deed for RescuePassword {
    const NAME: &'static str = "rescue_password";
    const ABOUT: &'static str =
        "Gives a person a new password by the printed code, with a colleague standing by.";
    const NEEDS_PERSON: bool = false;
    type Output = StatusView;

    fn perform(self, desk: &mut Inner) -> Result<StatusView, Stop> {
        if desk.store.is_none() {
            return Err(Refusal::NotFounded.into());
        }
        let (person, name) = known_person(desk, &self.person).at("person")?;
        if !desk.store()?.needs_code(person) {
            self.require_colleague(person, desk)?;
        }
        let words = tried_first(&name, &names::community(&desk.data()).unwrap_or_default());
        desk.store()?
            .set_password_by_code(person, &self.code, &self.password, &words)
            .map_err(unlock_stop)?;
        desk.unlock(person, &self.password)?;
        desk.tell();
        status(desk)
    }
}

impl RescuePassword {
    fn require_colleague(&self, person: Id, desk: &mut Inner) -> Result<(), Stop> {
        let (Some(colleague), Some(password)) = (&self.colleague, &self.colleague_password) else {
            return Err(Refusal::ColleagueMissing).at("colleague");
        };
        let (colleague, _name) = known_person(desk, colleague).at("colleague")?;
        if colleague == person {
            return Err(Refusal::ColleagueMissing).at("colleague");
        }
        let keys = desk.store()?.keys_of(colleague, password);
        keys.map_err(|error| match unlock_stop(error) {
            Stop::Refused(refusal, _field) => {
                Stop::Refused(refusal, Some("colleague_password".to_owned()))
            }
            broken @ Stop::Failed(_) => broken,
        })?;
        Ok(())
    }
}
