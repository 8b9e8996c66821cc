//! Tells the page that records changed, so that it asks again. What changed is not said here.

use std::{convert::Infallible, thread};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::sync::watch;
use yichuang_desk::Desk;

use super::House;

/// Counts the desk's changes.
pub(super) fn of(desk: &Desk) -> watch::Sender<u64> {
    let changes = desk.listen();
    let count = watch::Sender::new(0);
    let counting = count.clone();
    // It ends when the desk is dropped.
    thread::spawn(move || {
        while changes.recv().is_ok() {
            counting.send_modify(|count| *count += 1);
        }
    });
    count
}

/// The stream of a page.
pub(super) async fn events(State(house): State<House>, request: Request) -> Response {
    if !house.gate.is_token_in_query(request.uri().query()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let events = stream::unfold(house.changes.subscribe(), |mut changes| async move {
        changes.changed().await.ok()?;
        let event = Event::default().event("changed").data("{}");
        Some((Ok::<_, Infallible>(event), changes))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}
