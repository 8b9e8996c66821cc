//! `call`: one call from the command line, or many from standard input, an answer a line each.
//!
//! What needs no record is answered without folder and password. Nobody is asked for a password twice:
//! a wrong one is told for every later line, and not tried again.

use std::{
    collections::BTreeMap,
    io::{self, BufReader},
    sync::LazyLock,
};

use serde::Deserialize;
use serde_json::{Value, json};
use yichuang_desk::{Answer, Desk};

use crate::{
    answer::{MOST_BYTES, Outcome, failed, not_a_call, not_json, print, too_large},
    arguments::CallInput,
    input::{self, Piece},
    terminal::Terminal,
};

/// Calls somebody must act for, by name.
static NEEDS_PERSON: LazyLock<BTreeMap<String, bool>> = LazyLock::new(|| {
    let calls = yichuang_desk::list_of_calls();
    let rows = calls.as_array().into_iter().flatten();
    rows.filter_map(|row| {
        let name = row.get("call")?.as_str()?.to_owned();
        Some((
            name,
            row.get("needs").and_then(Value::as_str) == Some("person"),
        ))
    })
    .collect()
});

/// One call.
pub(crate) fn one(terminal: &Terminal, name: &str, input: CallInput) -> Outcome {
    let text = match input {
        CallInput::Text(text) => Piece::Text(text.into_bytes()),
        CallInput::Stdin => match input::whole(io::stdin().lock()) {
            Ok(piece) => piece,
            Err(error) => return failed("input", &error, terminal.language()).into(),
        },
    };
    let input = match text {
        Piece::Text(text) if text.len() > MOST_BYTES => {
            return too_large(terminal.language()).into();
        }
        Piece::TooLarge => return too_large(terminal.language()).into(),
        Piece::Text(text) if text.trim_ascii().is_empty() => json!({}),
        Piece::Text(text) => match serde_json::from_slice(&text) {
            Ok(input) => input,
            Err(error) => return not_json(&error, terminal.language()).into(),
        },
    };
    Caller::new(terminal).answer(name, input).into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    call: String,
    #[serde(default)]
    input: Value,
}

/// Many calls, an answer to every line, even to an empty one: whoever sends them counts. Ends with code 0 when every line was answered and none of them failed: whether a line
/// was refused stands in its answer.
pub(crate) fn many(terminal: &Terminal) -> Outcome {
    let mut caller = Caller::new(terminal);
    let mut input = BufReader::new(io::stdin().lock());
    let mut broke = false;
    loop {
        let answer = match input::line(&mut input) {
            Ok(None) => return Outcome::Said { broke },
            Ok(Some(Piece::TooLarge)) => too_large(terminal.language()),
            Ok(Some(Piece::Text(text))) => match serde_json::from_slice::<Line>(&text) {
                Ok(line) => caller.answer(&line.call, line.input),
                Err(error) if error.is_data() => not_a_call(terminal.language()),
                Err(error) => not_json(&error, terminal.language()),
            },
            Err(error) => return failed("input", &error, terminal.language()).into(),
        };
        broke |= matches!(answer, Answer::Failed { .. });
        if print(&answer).is_err() {
            return Outcome::Said { broke: true };
        }
    }
}

/// Whoever calls, with the desk once it was needed.
struct Caller<'a> {
    terminal: &'a Terminal,
    desk: Option<Desk>,
    turned_away: Option<Answer>,
}

impl<'a> Caller<'a> {
    const fn new(terminal: &'a Terminal) -> Self {
        Self {
            terminal,
            desk: None,
            turned_away: None,
        }
    }

    fn answer(&mut self, name: &str, input: Value) -> Answer {
        let (clock, language) = (self.terminal.clock(), self.terminal.language());
        if let Some(answer) = yichuang_desk::check(name, input.clone(), clock, language) {
            return answer;
        }
        self.answer_at_desk(name, input)
            .unwrap_or_else(|refused| refused)
    }

    fn answer_at_desk(&mut self, name: &str, input: Value) -> Result<Answer, Answer> {
        if let Some(turned_away) = &self.turned_away {
            return Err(turned_away.clone());
        }
        let needs_person = NEEDS_PERSON.get(name) == Some(&true);
        let desk = match &self.desk {
            Some(desk) => desk,
            None => {
                let desk = self.terminal.desk()?;
                if let Err(refused) = self.terminal.unlock(&desk) {
                    self.turned_away = Some(refused.clone());
                    return Err(refused);
                }
                self.desk.insert(desk)
            }
        };
        let answer = self.terminal.ask(desk, name, input);
        if needs_person && self.terminal.person().is_none() && is_locked(&answer) {
            return Err(self.terminal.nobody());
        }
        Ok(answer)
    }
}

fn is_locked(answer: &Answer) -> bool {
    matches!(answer, Answer::Refused { refusal } if refusal.reason == "locked")
}
