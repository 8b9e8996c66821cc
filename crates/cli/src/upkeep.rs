//! `verify` and `rebuild`: is the journal whole, and the view made anew from it.

use std::io::Write;

use crate::{answer::Outcome, terminal::Terminal};
use yichuang_desk::{Answer, Desk};

/// Checks the whole chain.
pub(crate) fn verify(terminal: &Terminal) -> Outcome {
    with_desk(terminal, |desk| {
        terminal.ask(desk, "verify", serde_json::json!({}))
    })
}

/// Makes the view anew; how far it got goes to standard error.
pub(crate) fn rebuild(terminal: &Terminal) -> Outcome {
    with_desk(terminal, |desk| {
        desk.rebuild(|done| tell(&format!("{done}")))
    })
}

fn with_desk(terminal: &Terminal, work: impl FnOnce(&Desk) -> Answer) -> Outcome {
    if terminal.person().is_none() {
        return terminal.nobody().into();
    }
    let answer = terminal.unlocked_desk().map(|desk| work(&desk));
    answer.unwrap_or_else(|refused| refused).into()
}

/// Tells how far it got. Nobody may be listening there.
pub(crate) fn tell(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
