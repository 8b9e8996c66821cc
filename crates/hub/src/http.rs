//! The hub's routes: bytes in, bytes out, with limits. What is asked and answered stands in `sync`.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Serialize, de::DeserializeOwned};
use yichuang_store::StoreError;
use yichuang_sync::{
    Give, GiveAnswer, LONE_COMMIT_BYTES, PUSH_BYTES, PUSH_COMMITS, Pull, Push, PushAnswer, Sent,
    WireError, enrol, read, write,
};

use crate::service::{Bearer, Service};

/// What a body may weigh on the way, and unpacked.
const SMALL_BYTES: usize = 64 * 1024;
const PUSH_BODY_BYTES: usize = LONE_COMMIT_BYTES + SMALL_BYTES;
const GIVE_BODY_BYTES: usize = 32 * 1024 * 1024;
const BODY_SECONDS: u64 = 30;

#[derive(Clone)]
pub(crate) struct House {
    pub(crate) service: Arc<Mutex<Service>>,
}

/// What a desk gets that is no message.
#[derive(Debug)]
enum Refused {
    Status(StatusCode),
    Wire(WireError),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Status(status) => status,
            Self::Wire(WireError::Version { .. }) => StatusCode::UPGRADE_REQUIRED,
            Self::Wire(WireError::TooMuch(_)) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Wire(WireError::Form) => StatusCode::BAD_REQUEST,
            Self::Wire(WireError::Packing) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        status.into_response()
    }
}

pub(crate) fn router(house: House) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/v1/look", post(look))
        .route("/v1/enrol", post(enrol))
        .route("/v1/push", post(push))
        .route("/v1/pull", post(pull))
        .route("/v1/give", post(give))
        .with_state(house)
}

/// Whether the hub can answer: a call that broke in the middle of a write has not left it unusable.
async fn health(State(house): State<House>) -> Response {
    match blocking(move || Ok(house.service.is_poisoned())).await {
        Ok(false) => "ok\n".into_response(),
        Ok(true) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn look(State(house): State<House>, request: Request) -> Result<Response, Refused> {
    let look: enrol::Look = body(request.into_body(), SMALL_BYTES).await?;
    let looked = with(house, move |service| service.look(&look)).await?;
    match looked {
        Some(looked) => message(StatusCode::OK, &looked),
        None => Err(Refused::Status(StatusCode::FORBIDDEN)),
    }
}

async fn enrol(State(house): State<House>, request: Request) -> Result<Response, Refused> {
    let asked: enrol::Enrol = body(request.into_body(), PUSH_BODY_BYTES).await?;
    let enrolled = with(house, move |service| service.enrol(&asked)).await?;
    let status = match enrolled {
        enrol::Enrolled::Welcome { .. } => StatusCode::OK,
        enrol::Enrolled::Refused(_) => StatusCode::FORBIDDEN,
    };
    message(status, &enrolled)
}

async fn push(State(house): State<House>, request: Request) -> Result<Response, Refused> {
    let bearer = bearer(&house, request.headers()).await?;
    let push: Push = body(request.into_body(), PUSH_BODY_BYTES).await?;
    let bytes: usize = push.commits.iter().map(|commit| commit.len()).sum();
    let is_lone = push.commits.len() == 1;
    if push.commits.len() > PUSH_COMMITS || (bytes > PUSH_BYTES && !is_lone) {
        return Err(Refused::Status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let answer = with(house, move |service| service.push(bearer, &push)).await?;
    let status = match answer {
        PushAnswer::Taken { sent, .. } => status_of(sent),
        PushAnswer::PullFirst => StatusCode::CONFLICT,
    };
    message(status, &answer)
}

const fn status_of(sent: Sent) -> StatusCode {
    match sent {
        Sent::All => StatusCode::OK,
        Sent::Gap { .. } | Sent::Frozen => StatusCode::CONFLICT,
        Sent::UnknownDevice | Sent::Foreign | Sent::Unsigned => StatusCode::FORBIDDEN,
        Sent::Form => StatusCode::BAD_REQUEST,
        Sent::Upgrade => StatusCode::UPGRADE_REQUIRED,
    }
}

async fn pull(State(house): State<House>, request: Request) -> Result<Response, Refused> {
    let bearer = bearer(&house, request.headers()).await?;
    let pull: Pull = body(request.into_body(), SMALL_BYTES).await?;
    let answer = with(house, move |service| service.pull(bearer, &pull)).await?;
    message(StatusCode::OK, &answer)
}

async fn give(State(house): State<House>, request: Request) -> Result<Response, Refused> {
    let bearer = bearer(&house, request.headers()).await?;
    let give: Give = body(request.into_body(), GIVE_BODY_BYTES).await?;
    let answer = with(house, move |service| service.give(bearer, &give)).await?;
    let status = match answer {
        GiveAnswer::Thanks => StatusCode::OK,
        GiveAnswer::Wrong => StatusCode::CONFLICT,
    };
    message(status, &answer)
}

async fn bearer(house: &House, headers: &HeaderMap) -> Result<Bearer, Refused> {
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|shown| shown.to_str().ok())
        .and_then(|shown| shown.strip_prefix("Bearer "))
        .map(str::to_owned);
    let Some(token) = shown else {
        return Err(Refused::Status(StatusCode::UNAUTHORIZED));
    };
    let found = with(house.clone(), move |service| service.bearer(&token)).await?;
    found.ok_or(Refused::Status(StatusCode::UNAUTHORIZED))
}

/// A message of at most so many bytes, on the way and unpacked, that arrives in time.
async fn body<T: DeserializeOwned>(body: Body, most: usize) -> Result<T, Refused> {
    let patience = Duration::from_secs(BODY_SECONDS);
    let bytes = tokio::time::timeout(patience, to_bytes(body, most))
        .await
        .map_err(|_late| Refused::Status(StatusCode::REQUEST_TIMEOUT))?
        .map_err(|_large| Refused::Status(StatusCode::PAYLOAD_TOO_LARGE))?;
    read(&bytes, most).map_err(Refused::Wire)
}

fn message<T: Serialize>(status: StatusCode, message: &T) -> Result<Response, Refused> {
    let body = write(message).map_err(Refused::Wire)?;
    Ok((status, [(header::CONTENT_TYPE, "application/cbor")], body).into_response())
}

/// Works with the service on a thread that may wait for the disk.
async fn with<T: Send + 'static>(
    house: House,
    work: impl FnOnce(&mut Service) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Refused> {
    blocking(move || match house.service.lock() {
        Ok(mut service) => {
            let done = work(&mut service);
            if done.is_err() {
                service.let_go_of_refused();
            }
            done
        }
        Err(_poisoned) => Err(StoreError::Locked),
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Refused> {
    let unavailable = Refused::Status(StatusCode::SERVICE_UNAVAILABLE);
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(_) => Err(unavailable),
    }
}
