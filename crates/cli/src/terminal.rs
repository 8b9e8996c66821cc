//! The desk as the terminal opens it: which folder, which clock, who acts.

use std::{path::PathBuf, thread, time::Duration};

use serde_json::json;
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, Language, WindowKind};

use crate::{
    answer::{broke, refused},
    arguments::Common,
    password::password,
    upkeep::tell,
};

/// What the commands share.
#[derive(Debug)]
pub(crate) struct Terminal {
    common: Common,
    clock: Clock,
}

impl Terminal {
    pub(crate) fn new(common: Common) -> Self {
        let clock = common.now.map_or(Clock::System, Clock::starting_at);
        Self { common, clock }
    }

    /// The language of sentences.
    pub(crate) const fn language(&self) -> Language {
        self.common.language
    }

    /// The clock.
    pub(crate) const fn clock(&self) -> Clock {
        self.clock
    }

    /// Who acts, if somebody was named.
    pub(crate) fn person(&self) -> Option<&str> {
        self.common.person.as_deref()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> Result<PathBuf, Answer> {
        let usual = || Some(dirs::data_dir()?.join("yichuang"));
        self.common.data.clone().or_else(usual).ok_or_else(|| {
            let text = self.language().pick(
                "不知道数据放在哪里。请用 --data 指定文件夹。",
                "It is not known where the data is. Name the folder with --data.",
            );
            refused("usage", text.to_owned(), Some("--data"), json!({}))
        })
    }

    /// Where the desk lies, and its clock.
    pub(crate) fn options(&self) -> Result<DeskOptions, Answer> {
        let data = self.data()?;
        let documents = dirs::document_dir().filter(|_folder| self.common.data.is_none());
        let export = documents.map_or_else(|| data.join("export"), |folder| folder.join("一窗"));
        Ok(DeskOptions {
            data,
            export,
            clock: self.clock,
            fonts: None,
        })
    }

    /// The desk, with nobody at it.
    pub(crate) fn desk(&self) -> Result<Desk, Answer> {
        Desk::open(self.options()?).map_err(|error| broke(&error, self.language()))
    }

    /// The desk, unlocked by whoever `--as` names; by nobody when it names none.
    pub(crate) fn unlocked_desk(&self) -> Result<Desk, Answer> {
        let desk = self.desk()?;
        self.unlock(&desk)?;
        Ok(desk)
    }

    /// Lets in whoever `--as` names.
    pub(crate) fn unlock(&self, desk: &Desk) -> Result<(), Answer> {
        let Some(person) = self.person() else {
            return Ok(());
        };
        let password = password(person, self.language())?;
        let input = json!({ "person": person, "password": password });
        let mut answer = self.ask(desk, "unlock", input.clone());
        if let Some(seconds) = pause_of(&answer) {
            // The pause begins anew with every start: who ends at once would never get through it.
            if !self.common.wait {
                return Err(self.must_wait(seconds));
            }
            tell(&self.waiting(seconds));
            thread::sleep(Duration::from_secs(seconds));
            answer = self.ask(desk, "unlock", input);
        }
        match answer {
            Answer::Done { .. } => Ok(()),
            other => Err(other),
        }
    }

    fn waiting(&self, seconds: u64) -> String {
        self.language().pick(
            format!("等待 {seconds} 秒"),
            format!("waiting {seconds} seconds"),
        )
    }

    fn must_wait(&self, seconds: u64) -> Answer {
        let text = self.language().pick(
            format!("密码错误次数多，要等 {seconds} 秒，每次启动重新计时。请加上 --wait，等够时间后自动再试；或在窗口里等候。记录都在。"),
            format!("Too many wrong passwords: {seconds} seconds to wait, counted anew at every start. Add --wait to wait and try then, or wait in the window. Nothing is lost."),
        );
        refused("wait", text, Some("--wait"), json!({ "wait_s": seconds }))
    }

    /// Asks the desk.
    pub(crate) fn ask(&self, desk: &Desk, name: &str, input: serde_json::Value) -> Answer {
        desk.call_in(WindowKind::Clerk, Some(self.language()), name, input)
    }

    /// A call for which somebody must act, and nobody was named.
    pub(crate) fn nobody(&self) -> Answer {
        let text = self.language().pick(
            "这一步要写明由谁办理。请加上 --as 姓名，密码放在环境变量 YICHUANG_PASSWORD 里。",
            "Somebody must act here. Add --as NAME, with the password in YICHUANG_PASSWORD.",
        );
        refused("locked", text.to_owned(), Some("--as"), json!({}))
    }
}

/// The seconds to wait, where the answer is that.
fn pause_of(answer: &Answer) -> Option<u64> {
    match answer {
        Answer::Refused { refusal } if refusal.reason == "wait" => {
            refusal.details.get("wait_s")?.as_u64()
        }
        _ => None,
    }
}
