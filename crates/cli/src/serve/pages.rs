//! The pages, which lie inside the program. They hold nothing of anybody, so they need no token.

use axum::{
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use yichuang_desk::Language;

static PAGES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Whether the program was built without pages.
pub(super) const fn is_empty() -> bool {
    PAGES.is_empty()
}

/// What to do where there are none.
pub(super) fn absent(language: Language) -> &'static str {
    language.pick(
        "这个程序里没有页面。请先运行 npm --prefix ui run build，再重新编译。",
        "This program was built without pages. Run npm --prefix ui run build and build it again.",
    )
}

/// A page or a file of it.
pub(super) async fn page(uri: Uri) -> Response {
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    let Some((name, body)) = PAGES.iter().find(|(name, _body)| *name == path) else {
        if is_empty() {
            let text = format!("{}\n{}\n", absent(Language::Zh), absent(Language::En));
            let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            return (StatusCode::NOT_FOUND, kind, text).into_response();
        }
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(header::CONTENT_TYPE, kind_of(name))], *body).into_response()
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_name, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
