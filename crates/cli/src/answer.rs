//! What the terminal says, and the code it ends with. Answers of the desk pass through as they are;
//! here are only the refusals that come before the desk is asked.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use serde_json::{Value, json};
use yichuang_desk::{Answer, DeskError, FailureView, Language, RefusalView};

/// The largest input that is read: no real one comes near it.
pub(crate) const MOST_BYTES: usize = 1024 * 1024;

/// How a command ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// With an answer, printed as one line of JSON.
    Answer(Answer),
    /// With a text that is no answer: help, bindings.
    Text(String),
    /// Everything was said on the way; whether something broke.
    Said { broke: bool },
}

impl Outcome {
    pub(crate) const fn done(value: Value) -> Self {
        Self::Answer(Answer::Done { value })
    }

    /// Prints what is left to print and gives the exit code.
    pub(crate) fn say(self) -> ExitCode {
        let code = match &self {
            Self::Answer(answer) => code_of(answer),
            Self::Text(_) | Self::Said { broke: false } => 0,
            Self::Said { broke: true } => 1,
        };
        let said = match self {
            Self::Answer(answer) => print(&answer),
            Self::Text(text) => io::stdout().write_all(text.as_bytes()),
            Self::Said { .. } => Ok(()),
        };
        ExitCode::from(if said.is_ok() { code } else { 1 })
    }
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

const fn code_of(answer: &Answer) -> u8 {
    match answer {
        Answer::Done { .. } => 0,
        Answer::Refused { .. } => 2,
        Answer::Failed { .. } => 1,
    }
}

/// Prints an answer as one line, at once: somebody may wait for it at the other end of a pipe.
pub(crate) fn print(answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_string(answer).map_err(io::Error::other)?;
    line.push('\n');
    let mut out = io::stdout().lock();
    out.write_all(line.as_bytes())?;
    out.flush()
}

/// A refusal of the terminal's own.
pub(crate) fn refused(reason: &str, text: String, field: Option<&str>, details: Value) -> Answer {
    let mut details = details;
    if let Some(details) = details.as_object_mut() {
        details.insert("reason".to_owned(), json!(reason));
    }
    let refusal = RefusalView {
        reason: reason.to_owned(),
        text,
        field: field.map(str::to_owned),
        details,
    };
    Answer::Refused { refusal }
}

/// An input larger than any real one.
pub(crate) fn too_large(language: Language) -> Answer {
    let refusal = yichuang_desk::Refusal::TooLarge {
        most_bytes: MOST_BYTES,
    };
    Answer::Refused {
        refusal: yichuang_desk::refusal_view(&refusal, None, language),
    }
}

/// An input that is no JSON.
pub(crate) fn not_json(error: &serde_json::Error, language: Language) -> Answer {
    // The parser's own words may quote what was typed; where it stopped is enough.
    let problem = format!("JSON, {}:{}", error.line(), error.column());
    let refusal = yichuang_desk::Refusal::BadInput { problem };
    Answer::Refused {
        refusal: yichuang_desk::refusal_view(&refusal, None, language),
    }
}

/// A line that is JSON, but names no call.
pub(crate) fn not_a_call(language: Language) -> Answer {
    let problem = r#"{"call": NAME, "input": {}}"#.to_owned();
    let refusal = yichuang_desk::Refusal::BadInput { problem };
    let field = Some("call".to_owned());
    Answer::Refused {
        refusal: yichuang_desk::refusal_view(&refusal, field, language),
    }
}

/// A desk that does not open or broke. Another program on the folder is no failure: it is told.
pub(crate) fn broke(error: &DeskError, language: Language) -> Answer {
    if error.is_in_use() {
        let text = language.pick(
            "另一个程序正在使用这个数据文件夹。数据都在，没有改动。请先关闭那个窗口或程序，再试一次。",
            "Another program works on this data folder. Nothing is lost or changed. Close that window or program and try again.",
        );
        return refused("in_use", text.to_owned(), Some("data"), json!({}));
    }
    Answer::Failed {
        failure: yichuang_desk::failure_view(error, language),
    }
}

/// A failure of the terminal's own.
pub(crate) fn failed(part: &str, cause: &dyn std::fmt::Display, language: Language) -> Answer {
    let text = language.pick(
        "出了故障。之前的记录都在。请再试一次；还不行，请告知技术人员。",
        "Something broke. All earlier records are safe. Try again, or tell the technician.",
    );
    let failure = FailureView {
        part: part.to_owned(),
        text: text.to_owned(),
        cause: cause.to_string(),
    };
    Answer::Failed { failure }
}
