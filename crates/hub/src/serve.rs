//! Serving: connections, TLS, and the end.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use serde_json::json;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_rustls::TlsAcceptor;
use yichuang_store::hex;

use crate::{
    error::HubError,
    http::{House, router},
    say,
    service::Service,
    tls,
};

/// More desks than any hub has talk at once.
const MOST_CONNECTIONS: usize = 1_024;
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEADERS: Duration = Duration::from_secs(10);
/// How long requests under way may take when the hub is told to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until told to end.
pub(crate) fn serve(data: &Path, listen: SocketAddr) -> Result<(), HubError> {
    let mut service = Service::open(data)?;
    service.carry_out_orders()?;
    let config = tls::config(&service.pen.seed())?;
    let key = hex(&service.hub_key());
    let house = House {
        service: Arc::new(Mutex::new(service)),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        say(&json!({
            "status": "done",
            "value": { "address": address.to_string(), "key": key },
        }));
        tokio::select! {
            () = accept(listener, TlsAcceptor::from(Arc::new(config)), house) => Ok(()),
            told = told_to_end() => told,
        }
    })?;
    runtime.shutdown_timeout(FAREWELL);
    Ok(())
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, house: House) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let router = router(house);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, _from)) = listener.accept().await else {
            // Out of file handles, most likely: they come back.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (tls, router) = (tls.clone(), router.clone());
        tokio::spawn(async move {
            converse(stream, tls, router).await;
            drop(place);
        });
    }
}

async fn converse(stream: TcpStream, tls: TlsAcceptor, router: axum::Router) {
    drop(stream.set_nodelay(true));
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await else {
        return;
    };
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // Whoever hangs up asks again.
    drop(connection.await);
}

#[cfg(unix)]
async fn told_to_end() -> Result<(), HubError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        _signal = ended.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> Result<(), HubError> {
    Ok(tokio::signal::ctrl_c().await?)
}
