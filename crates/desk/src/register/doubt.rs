//! What of the register a clerk should look at twice: a door nobody knows, a residency that cannot be so. It is said and
//! refuses nothing, because the register may be the one that is wrong.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action,
    register::{
        address::{Address, parse_address},
        person::Person,
    },
};
use yichuang_store::Record;

use crate::{answer::Stop, call::Query, see::View, words};

/// Asks whether the register knows a door.
#[derive(Deserialize, TS)]
pub(crate) struct KnownDoor {
    /// The door, as people write it.
    pub text: String,
}

/// What is odd about a door.
#[derive(Serialize, TS)]
pub(crate) struct KnownDoorView {
    /// A sentence; nothing when the register knows the door, or when it is none.
    pub doubt: Option<String>,
}

impl Query for KnownDoor {
    const NAME: &'static str = "known_door";
    const ABOUT: &'static str =
        "Says what is odd about a door: a building or a unit in which the register knows nobody.";
    const ACTION: Action = Action::ReadRegister;
    type Output = KnownDoorView;

    fn answer(&self, view: &View<'_>) -> Result<KnownDoorView, Stop> {
        let doubt = parse_address(&self.text).and_then(|door| {
            let unknown = unknown_part(door, view)?;
            Some(words::unknown_door(unknown, view.language()))
        });
        Ok(KnownDoorView { doubt })
    }
}

/// The building, or the unit of a known building, in which nobody is known to live.
fn unknown_part(door: Address, view: &View<'_>) -> Option<Address> {
    let building = Address {
        unit: None,
        room: None,
        ..door
    };
    let unit = Address { room: None, ..door };
    [building, unit].into_iter().find(|part| {
        view.session
            .gathered
            .people()
            .find(&part.to_string(), 1)
            .is_empty()
    })
}

/// What is odd about where a person is registered.
pub(crate) fn of_residency(person: &Person, record: &Record, view: &View<'_>) -> Option<String> {
    let registered: Option<String> = record.folded.get("registered_address");
    person
        .is_residency_doubtful(registered.as_deref())
        .then(|| words::doubtful_residency(registered.as_deref(), view.language()))
}
