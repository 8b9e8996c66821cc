//! The one command of the page: `call(name, input)`. It hands over and hands back, and knows no call by name.

use std::sync::Arc;

use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};
use yichuang_desk::{Answer, Desk, Language, WindowKind};

use crate::window;

/// The desk, shared by the windows.
pub(crate) struct Shared(pub(crate) Arc<Desk>);

/// Asks the desk for what the page wants, in the language the page speaks. It may be refused; it fails only when the
/// desk broke down.
#[tauri::command]
pub(crate) async fn call(
    name: String,
    input: Value,
    language: Option<Language>,
    window: WebviewWindow,
) -> Result<Answer, &'static str> {
    let kind = kind_of(window.label()).ok_or("no window of ours")?;
    let desk = Arc::clone(&window.state::<Shared>().0);
    // The desk waits for the disk; the window must not.
    tauri::async_runtime::spawn_blocking(move || desk.call_in(kind, language, &name, input))
        .await
        .map_err(|_broken| "the desk broke down")
}

/// What a window may ask follows from what it is, and a page cannot change its label.
fn kind_of(label: &str) -> Option<WindowKind> {
    (label == window::DESK).then_some(WindowKind::Clerk)
}

/// Tells every window whenever something changed, so that it asks again.
pub(crate) fn tell_of_changes(desk: &Desk, app: AppHandle) {
    let changes = desk.listen();
    std::thread::spawn(move || {
        for () in changes {
            // A window that is just closing does not need to know.
            drop(app.emit("changed", ()));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_is_not_ours_may_ask_nothing() {
        assert!(kind_of("desk").is_some());
        for label in ["", "Desk", "desk2", "popup"] {
            assert!(kind_of(label).is_none(), "{label}");
        }
    }
}
