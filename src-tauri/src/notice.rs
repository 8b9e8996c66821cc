//! What is said when there is no window to say it in: another program has the folder, or it cannot be read.

use std::io::Write;

use yichuang_desk::{DeskError, Language};

use crate::options::{BadOptions, USAGE};

/// Why the window does not open.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A start with arguments that mean nothing.
    Options(BadOptions),
    /// The desk does not open.
    Desk(DeskError),
    /// The web view's folder cannot be emptied.
    Profile(std::io::Error),
    /// The window cannot be made.
    Window(tauri::Error),
}

impl From<BadOptions> for Trouble {
    fn from(bad: BadOptions) -> Self {
        Self::Options(bad)
    }
}
impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}
impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Profile(error)
    }
}
impl From<tauri::Error> for Trouble {
    fn from(error: tauri::Error) -> Self {
        Self::Window(error)
    }
}

/// Shows the trouble in a box of the system, and says it on the terminal too.
pub(crate) fn show(trouble: &Trouble) {
    let text = text(trouble);
    // Nobody may be listening there.
    drop(writeln!(std::io::stderr(), "{text}"));
    if has_display() {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Warning)
            .set_title("一窗")
            .set_description(text)
            .show();
    }
}

fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some())
}

/// What happened, what is safe, what next; in both languages, because nobody has signed in yet.
fn text(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Desk(error) if error.is_in_use() => "一窗已经打开，或者另一个程序正在使用同一个数据文件夹。\n\
             数据都在，没有改动。请回到已打开的窗口；找不到窗口时，重新登录系统后再打开一窗。\n\n\
             Yichuang is already open, or another program is using the same data folder.\n\
             Nothing is lost or changed. Go back to the open window; if there is none, sign in to the system \
             again and start Yichuang."
            .to_owned(),
        Trouble::Desk(error) => format!(
            "数据文件夹打不开。{}\n\nThe data folder does not open. {}\n\n{error}",
            yichuang_desk::failure_view(error, Language::Zh).text,
            yichuang_desk::failure_view(error, Language::En).text,
        ),
        Trouble::Profile(error) => format!(
            "窗口的临时文件夹清不空。数据没有改动。请关闭一窗的其他窗口后再试。\n\n\
             The window's temporary folder cannot be emptied. Nothing was changed. Close other windows of \
             Yichuang and try again.\n\n{error}"
        ),
        Trouble::Window(error) => format!(
            "窗口打不开。数据没有改动。请重新启动计算机后再试，再不行请联系管理员。\n\n\
             The window does not open. Nothing was changed. Restart the computer and try again, or call the \
             administrator.\n\n{error}"
        ),
        Trouble::Options(BadOptions::NoHome) => "不知道数据放在哪里。请用 --data 指定文件夹。\n\n\
             It is not known where the data is. Name the folder with --data."
            .to_owned(),
        Trouble::Options(BadOptions::Usage) => format!("用法 / Usage: {USAGE}"),
    }
}
