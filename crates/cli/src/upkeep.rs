//! `verify` and `rebuild`: is the journal whole, and the view made anew from it.

use std::io::Write;

use crate::{answer::Outcome, terminal::Terminal};
use yichuang_desk::{Answer, Desk, FailureView};

/// Checks the whole chain, and that it has the head a day-end sheet prints. A chain that does not hold is
/// a failure: a script must notice.
pub(crate) fn verify(terminal: &Terminal, head: Option<&str>) -> Outcome {
    with_desk(terminal, |desk| {
        let input = serde_json::json!({ "head": head });
        sound_or_failed(terminal.ask(desk, "verify", input))
    })
}

fn sound_or_failed(answer: Answer) -> Answer {
    match &answer {
        Answer::Done { value } if value["sound"] == false => {
            let failure = FailureView {
                part: "journal".to_owned(),
                text: value["text"].as_str().unwrap_or_default().to_owned(),
                cause: value.to_string(),
            };
            Answer::Failed { failure }
        }
        _ => answer,
    }
}

/// Makes the view anew; how far it got goes to standard error.
pub(crate) fn rebuild(terminal: &Terminal) -> Outcome {
    with_desk(terminal, |desk| {
        desk.rebuild(|done| tell(&format!("{done}")))
    })
}

pub(crate) fn with_desk(terminal: &Terminal, work: impl FnOnce(&Desk) -> Answer) -> Outcome {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_chain_that_does_not_hold_is_a_failure_with_its_sentence() {
        let found = |sound: bool| Answer::Done {
            value: json!({ "sound": sound, "commits": 3, "text": "…" }),
        };
        assert!(matches!(sound_or_failed(found(true)), Answer::Done { .. }));
        let Answer::Failed { failure } = sound_or_failed(found(false)) else {
            panic!("passed");
        };
        assert_eq!(
            (failure.part.as_str(), failure.text.as_str()),
            ("journal", "…")
        );
    }
}
