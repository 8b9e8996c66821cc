//! `join`, `sync`, `outbox`, `digest`, `conflicts`: this desk and the hub.

use std::path::Path;

use serde_json::json;
use yichuang_desk::{Desk, JoinAsk};

use crate::{answer::Outcome, password::password, terminal::Terminal, upkeep::with_desk};

/// Joins a hub as whoever `--as` names.
pub(crate) fn join(terminal: &Terminal, hub: String, code: String, key: String) -> Outcome {
    let Some(person) = terminal.person() else {
        return terminal.nobody().into();
    };
    let joined = password(person, terminal.language()).and_then(|password| {
        let ask = JoinAsk {
            address: hub,
            code,
            key,
            person: person.to_owned(),
            password,
        };
        Ok(Desk::join(terminal.options()?, &ask, terminal.language()))
    });
    joined.unwrap_or_else(|refused| refused).into()
}

/// Talks with the hub once.
pub(crate) fn once(terminal: &Terminal) -> Outcome {
    with_desk(terminal, Desk::sync_once)
}

/// On a stick what the hub does not have.
pub(crate) fn export(terminal: &Terminal, to: &Path) -> Outcome {
    with_desk(terminal, |desk| desk.export_outbox(to))
}

/// Takes in the hub's answer file.
pub(crate) fn import(terminal: &Terminal, from: &Path) -> Outcome {
    with_desk(terminal, |desk| desk.import_outbox(from))
}

/// How this desk stands.
pub(crate) fn digest(terminal: &Terminal) -> Outcome {
    with_desk(terminal, Desk::digest)
}

/// What waits for a person to compare it.
pub(crate) fn conflicts(terminal: &Terminal) -> Outcome {
    with_desk(terminal, |desk| terminal.ask(desk, "conflicts", json!({})))
}
