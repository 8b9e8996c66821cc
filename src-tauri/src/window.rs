//! The clerk's window, and what its web view may show: our own pages, and nothing else on earth.

use std::path::PathBuf;

use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder};

/// The label of the clerk's window; `capabilities/desk.json` names it too.
pub(crate) const DESK: &str = "desk";

/// Opens the clerk's window. The web view keeps its own files in `profile`.
pub(crate) fn open(app: &App, profile: PathBuf) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, DESK, WebviewUrl::App("index.html".into()))
        .title("一窗")
        .inner_size(1366.0, 696.0)
        .min_inner_size(1024.0, 600.0)
        .maximized(true)
        .data_directory(profile)
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    Ok(())
}

/// Whether an address is one of our own pages. Windows has no schemes of one's own, but a host of its own.
fn is_ours(url: &Url) -> bool {
    let inside = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    inside && url.port().is_none() && url.username().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_our_own_pages_and_no_others() {
        for (address, shown) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/cases", true),
            ("tauri://localhost.example.com/", false),
            ("tauri://someone@localhost/", false),
            ("tauri://localhost:8080/", false),
            ("http://tauri.localhost/", cfg!(windows)),
            ("http://localhost/", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
            ("about:blank", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(is_ours(&url), shown, "{address}");
        }
    }
}
