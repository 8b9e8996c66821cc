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
        // Keys travel with the facts they seal; who may open one is a matter of whom it is sealed to.
        (Kind::SENSITIVE_KEY, Need::Action(Action::WriteRegister)),
        (Kind::REDACTION, Need::Action(Action::Void)),
        (Kind::ADOPTION, Need::Action(Action::Void)),
        (Kind::EPOCH, Need::Hub),
    ];
    needs
        .into_iter()
        .find(|(known, _need)| known == kind)
        .map(|(_kind, need)| need)
}

/// Whether a desk may do this by itself, with nobody's role behind it: announce keys of the people who
/// work at it, and note that an order was carried out.
pub fn machine_may(change: &Change) -> bool {
    let kind = &change.record().kind;
    match change {
        Change::Set { fields, .. } if *kind == Kind::STAFF => {
            fields.keys().all(|field| is_key_field(field))
        }
        Change::Set { .. } => *kind == Kind::SENSITIVE_KEY,
        Change::Event { event, .. } => *kind == Kind::REDACTION && event == "redacted",
        Change::Void { .. } => false,
    }
}

/// Whether a field of a person holds a public key of theirs, at one desk or wherever they work.
pub fn is_key_field(field: &str) -> bool {
    let (name, _desk) = field.split_once('@').unwrap_or((field, ""));
    name == "signing" || name == "sealing"
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
    fn a_machine_announces_keys_and_grants_nothing() {
        let staff = |field: &str| Change::Set {
            record: RecordKey::new(Kind::STAFF, Id::default()),
            fields: [(field.to_owned(), json!("00"))].into(),
        };
        assert!(machine_may(&staff("signing")));
        assert!(machine_may(&staff("sealing@7")));
        assert!(!machine_may(&staff("role")));
        assert!(!machine_may(&staff("signingrole")));
        assert!(!machine_may(&set(Kind::DEVICE)));
    }

    #[test]
    fn a_kind_of_a_later_version_is_not_guessed() {
        assert_eq!(required(&set(Kind::named("drone"))), None);
    }
}
