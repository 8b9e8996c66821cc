//! `backup`, `restore`, `recovery-sheet`. How far a long one is goes to standard error.

use std::path::{Path, PathBuf};

use serde_json::json;
use yichuang_desk::{Answer, Restore};

use crate::{
    answer::{Outcome, refused},
    password::{password, recovery_code},
    terminal::Terminal,
    upkeep::{tell, with_desk},
};

/// Nobody reads a line for every piece.
const BYTES_A_LINE: u64 = 64 * 1024 * 1024;

/// A backup now.
pub(crate) fn backup(terminal: &Terminal, to: Option<PathBuf>) -> Outcome {
    with_desk(terminal, |desk| {
        let mut lines = Lines::default();
        desk.back_up(terminal.language(), to, |done, total| {
            lines.tell(done, || format!("{done}/{total}"));
        })
    })
}

/// A backup into an empty folder.
pub(crate) fn restore(terminal: &Terminal, file: PathBuf, station: Option<char>) -> Outcome {
    restored(terminal, file, station)
        .unwrap_or_else(|refused| refused)
        .into()
}

fn restored(terminal: &Terminal, file: PathBuf, station: Option<char>) -> Result<Answer, Answer> {
    let language = terminal.language();
    let whose = language.pick("恢复后每个人的新密码", "everybody, new");
    let wanted = Restore {
        file,
        code: recovery_code(language)?,
        data: terminal.data()?,
        password: password(whose, language)?,
        station,
        clock: terminal.clock(),
    };
    let mut lines = Lines::default();
    Ok(yichuang_desk::restore(&wanted, language, |bytes| {
        lines.tell(bytes, || format!("{bytes}"));
    }))
}

/// A new recovery sheet.
pub(crate) fn recovery_sheet(terminal: &Terminal, to: Option<&Path>) -> Outcome {
    // Looked at first: the old code is gone once the new one is made.
    if to.is_some_and(Path::exists) {
        let text = terminal.language().pick(
            "这个文件已经有了，不覆盖。恢复码没有换。请换一个文件名。",
            "This file is there already and is not overwritten. The recovery code is still the old one. Choose another name.",
        );
        return refused("file_exists", text.to_owned(), Some("--to"), json!({})).into();
    }
    with_desk(terminal, |desk| {
        let Some(person) = terminal.person() else {
            return terminal.nobody();
        };
        match password(person, terminal.language()) {
            Ok(password) => desk.new_recovery_sheet(terminal.language(), password, to),
            Err(refused) => refused,
        }
    })
}

/// Tells now and then.
#[derive(Default)]
struct Lines {
    next: u64,
}

impl Lines {
    fn tell(&mut self, done: u64, line: impl FnOnce() -> String) {
        if done >= self.next {
            self.next = done.saturating_add(BYTES_A_LINE);
            tell(&line());
        }
    }
}
