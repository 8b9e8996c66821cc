//! What a change asks of whoever makes it. The hub asks this for every change it numbers; the command's
//! name is only information, so a change labelled as something else is judged as what it is.

use super::staff::Action;
use crate::record::{Change, Kind};

/// What a change asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A role that permits this.
    Action(Action),
    /// Anybody who works here: what leaves a trace of having looked.
    AnyRole,
    /// The hub itself.
    Hub,
}

/// What this change asks; nothing when its kind is not known to this version.
pub fn required(change: &Change) -> Option<Need> {
    if matches!(change, Change::Void { .. }) {
        return Some(Need::Action(Action::Void));
    }
    let kind = &change.record().kind;
    let needs = [
        (Kind::COMMUNITY, Need::Action(Action::Settings)),
        (Kind::DEVICE, Need::Action(Action::Settings)),
        (Kind::STAFF, Need::Action(Action::Settings)),
        (Kind::PERSON, Need::Action(Action::WriteRegister)),
        (Kind::HOUSEHOLD, Need::Action(Action::WriteRegister)),
        (Kind::CASE, Need::Action(Action::HandleCases)),
        (Kind::ENQUIRY, Need::Action(Action::HandleCases)),
        (Kind::DUTY, Need::Action(Action::SetDuty)),
        (Kind::ACCESS, Need::AnyRole),
        (Kind::ORIGIN, Need::AnyRole),
        (Kind::ADOPTION, Need::Action(Action::Void)),
        (Kind::EPOCH, Need::Hub),
    ];
    needs
        .into_iter()
        .find(|(known, _need)| known == kind)
        .map(|(_kind, need)| need)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::record::{Id, RecordKey};

    fn set(kind: Kind) -> Change {
        Change::Set {
            record: RecordKey::new(kind, Id::default()),
            fields: [("role".to_owned(), json!("administrator"))].into(),
        }
    }

    #[test]
    fn a_grant_is_a_grant_whatever_the_command_is_called() {
        assert_eq!(
            required(&set(Kind::STAFF)),
            Some(Need::Action(Action::Settings))
        );
    }

    #[test]
    fn a_kind_of_a_later_version_is_not_guessed() {
        assert_eq!(required(&set(Kind::named("drone"))), None);
    }
}
