//! The password of whoever acts: from the environment, or typed unseen. Never from an argument, never
//! printed.

use std::io::{self, IsTerminal};

use serde_json::json;
use yichuang_desk::{Answer, Language};

use crate::answer::refused;

const VARIABLE: &str = "YICHUANG_PASSWORD";
const CODE_VARIABLE: &str = "YICHUANG_RECOVERY_CODE";

/// The password, asked for as `whose`.
pub(crate) fn password(whose: &str, language: Language) -> Result<String, Answer> {
    if let Ok(given) = std::env::var(VARIABLE) {
        return Ok(given);
    }
    if !io::stdin().is_terminal() {
        return Err(missing(language));
    }
    let prompt = match language {
        Language::Zh => format!("{whose} 的密码: "),
        Language::En => format!("Password of {whose}: "),
    };
    rpassword::prompt_password(prompt).map_err(|_error| missing(language))
}

/// The code of the printed sheet.
pub(crate) fn recovery_code(language: Language) -> Result<String, Answer> {
    if let Ok(given) = std::env::var(CODE_VARIABLE) {
        return Ok(given);
    }
    let missing = || {
        let text = language.pick(
            "没有恢复码。请设置环境变量 YICHUANG_RECOVERY_CODE，或在终端里运行并照恢复单输入。恢复码不能写在命令行里。",
            "There is no recovery code. Set YICHUANG_RECOVERY_CODE, or run this in a terminal and type it from the sheet. It never stands in an argument.",
        );
        refused(
            "code_missing",
            text.to_owned(),
            Some(CODE_VARIABLE),
            json!({}),
        )
    };
    if !io::stdin().is_terminal() {
        return Err(missing());
    }
    let prompt = language.pick("恢复码: ", "Recovery code: ");
    rpassword::prompt_password(prompt).map_err(|_error| missing())
}

fn missing(language: Language) -> Answer {
    let text = language.pick(
        "没有密码。请设置环境变量 YICHUANG_PASSWORD，或在终端里运行并输入密码。密码不能写在命令行里。",
        "There is no password. Set YICHUANG_PASSWORD, or run this in a terminal and type it. A password never stands in an argument.",
    );
    refused(
        "password_missing",
        text.to_owned(),
        Some(VARIABLE),
        json!({}),
    )
}
