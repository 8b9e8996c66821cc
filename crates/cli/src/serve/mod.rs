//! `serve`: the same pages and the same calls for a browser on this machine.
//!
//! Listens on loopback only. Whoever asks must name us as host, must not come from a foreign page, and
//! for calls must hold the token that was made for this start and printed once, behind the `#` of the
//! address, where no server and no log sees it.

mod events;
mod guard;
mod pages;

use std::{net::Ipv4Addr, sync::Arc};

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::StreamExt;
use serde_json::json;
use tokio::{net::TcpListener, sync::watch};
use yichuang_desk::{Answer, Desk, Language, WindowKind};

use self::guard::Gate;
use crate::{
    answer::{MOST_BYTES, Outcome, failed, not_json, print, too_large},
    terminal::Terminal,
};

/// Past this a body is no longer read to its end before it is refused.
const PATIENCE_BYTES: usize = 64 * MOST_BYTES;

#[derive(Clone)]
struct House {
    desk: Arc<Desk>,
    gate: Arc<Gate>,
    changes: watch::Sender<u64>,
}

/// Serves until it is told to end; then everything is on disk.
pub(crate) fn serve(terminal: &Terminal, port: u16) -> Outcome {
    let desk = match terminal.unlocked_desk() {
        Ok(desk) => Arc::new(desk),
        Err(refused) => return refused.into(),
    };
    desk.use_idle_moments();
    desk.keep_in_touch();
    let served = run(&desk, port, terminal.language());
    if let Err(error) = desk.close() {
        return crate::answer::broke(&error, terminal.language()).into();
    }
    match served {
        Ok(()) => Outcome::Said { broke: false },
        Err(error) => failed("serve", &error, terminal.language()).into(),
    }
}

fn run(desk: &Arc<Desk>, port: u16, language: Language) -> std::io::Result<()> {
    // One thread carries the bytes; calls wait for the disk on threads of their own. Dropped at the
    // end, the runtime waits for those that are still under way.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let gate = Gate::new(port)?;
        let value = json!({ "address": gate.address(), "port": port });
        let house = House {
            desk: Arc::clone(desk),
            gate: Arc::new(gate),
            changes: events::of(desk),
        };
        print(&Answer::Done { value })?;
        if pages::is_empty() {
            crate::upkeep::tell(pages::absent(language));
        }
        tokio::select! {
            ended = axum::serve(listener, router(house)) => ended,
            told = told_to_end() => told,
        }
    })
}

fn router(house: House) -> Router {
    let gate = Arc::clone(&house.gate);
    Router::new()
        .route("/call/{name}", post(call))
        .route("/events", get(events::events))
        .fallback(get(pages::page))
        .layer(middleware::from_fn_with_state(gate, guard::guard))
        .with_state(house)
}

async fn call(State(house): State<House>, Path(name): Path<String>, request: Request) -> Response {
    if !house.gate.is_token_in(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let language = language_of(request.headers());
    let answer = match input(request.into_body(), language).await {
        Ok(input) => {
            let desk = Arc::clone(&house.desk);
            let asked =
                tokio::task::spawn_blocking(move || desk.call(WindowKind::Clerk, &name, input));
            asked
                .await
                .unwrap_or_else(|error| failed("desk", &error, language))
        }
        Err(refused) => refused,
    };
    match serde_json::to_vec(&answer) {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_error) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What was sent. Refusals are answers like any other: the page shows their sentence.
async fn input(body: Body, language: Language) -> Result<serde_json::Value, Answer> {
    let (mut text, mut length) = (Vec::new(), 0);
    if body.size_hint().lower() > u64::try_from(PATIENCE_BYTES).unwrap_or(u64::MAX) {
        return Err(too_large(language));
    }
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| failed("serve", &error, language))?;
        length += part.len();
        if length <= MOST_BYTES {
            text.extend_from_slice(&part);
        } else if length > PATIENCE_BYTES {
            break;
        }
    }
    if length > MOST_BYTES {
        return Err(too_large(language));
    }
    if text.trim_ascii().is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&text).map_err(|error| not_json(&error, language))
}

fn language_of(headers: &HeaderMap) -> Language {
    let said = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|said| said.to_str().ok());
    if said.is_some_and(|said| said.starts_with("en")) {
        Language::En
    } else {
        Language::Zh
    }
}

#[cfg(unix)]
async fn told_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _signal = ended.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
