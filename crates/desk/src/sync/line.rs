//! One connection to the hub: TLS 1.3, where the hub is known by its public key alone. No proxy, no
//! redirects; the dates of a certificate do not count, because a desk may wake up in 1970.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
    version::TLS13,
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{net::TcpStream, runtime::Runtime, time::timeout};
use tokio_rustls::TlsConnector;
use yichuang_sync::{Hash, WireError, read, write};

const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_mins(1);
const MOST_ANSWER_BYTES: usize = 32 * 1024 * 1024;
/// What stands before an Ed25519 key in a certificate (RFC 8410).
const SPKI_HEAD: [u8; 12] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Why nothing usable came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineError {
    /// Nobody answered, or not in time.
    Away,
    /// Whoever answered does not have the hub's key.
    Stranger,
    /// The hub does not know the token: the device was taken out of service.
    TurnedAway,
    /// The hub refused what was shown, a code for instance.
    Forbidden,
    /// One of the two must be upgraded.
    OtherVersion,
    /// What came cannot be read.
    Garbled,
}

/// A connection.
pub(crate) struct Line {
    runtime: Runtime,
    address: String,
    key: Hash,
    token: Option<String>,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl Line {
    /// A line to the hub of this address and key; it is opened when something is said.
    pub(crate) fn new(address: &str, key: Hash, token: Option<String>) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            runtime,
            address: address.to_owned(),
            key,
            token,
            open: None,
        })
    }

    /// Says something and waits for the answer. Blocks.
    pub(crate) fn ask<Q: Serialize, A: DeserializeOwned>(
        &mut self,
        path: &str,
        question: &Q,
    ) -> Result<A, LineError> {
        let body = write(question).map_err(|_error| LineError::Garbled)?;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::CONTENT_TYPE, "application/cbor");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request
            .body(Full::new(Bytes::from(body)))
            .map_err(|_error| LineError::Garbled)?;
        // The hub may have hung up since: whatever is asked may be asked twice.
        let (status, body) = match self.open.take() {
            Some(open) => self
                .exchange(Some(open), request.clone())
                .or_else(|_closed| self.exchange(None, request))?,
            None => self.exchange(None, request)?,
        };
        understood(status, &body)
    }

    fn exchange(
        &mut self,
        open: Option<SendRequest<Full<Bytes>>>,
        request: Request<Full<Bytes>>,
    ) -> Result<(u16, Bytes), LineError> {
        let (address, key) = (&self.address, self.key);
        let (sender, answer) = self.runtime.block_on(async {
            let mut sender = match open {
                Some(sender) => sender,
                None => timeout(CONNECT, connect(address, key))
                    .await
                    .map_err(|_late| LineError::Away)??,
            };
            let answer = timeout(ANSWER, exchange(&mut sender, request));
            let answer = answer.await.map_err(|_late| LineError::Away)??;
            Ok((sender, answer))
        })?;
        self.open = Some(sender);
        Ok(answer)
    }
}

fn understood<A: DeserializeOwned>(status: u16, body: &[u8]) -> Result<A, LineError> {
    if status == 401 {
        return Err(LineError::TurnedAway);
    }
    match read(body, MOST_ANSWER_BYTES) {
        Ok(answer) => Ok(answer),
        Err(WireError::Version { .. }) => Err(LineError::OtherVersion),
        Err(_unreadable) => Err(match status {
            403 => LineError::Forbidden,
            426 => LineError::OtherVersion,
            _ => LineError::Garbled,
        }),
    }
}

async fn exchange(
    sender: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
) -> Result<(u16, Bytes), LineError> {
    let away = |_error| LineError::Away;
    sender.ready().await.map_err(away)?;
    let answer = sender.send_request(request).await.map_err(away)?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), MOST_ANSWER_BYTES);
    let body = body.collect().await.map_err(|_error| LineError::Away)?;
    Ok((status, body.to_bytes()))
}

async fn connect(address: &str, key: Hash) -> Result<SendRequest<Full<Bytes>>, LineError> {
    let stream = TcpStream::connect(address)
        .await
        .map_err(|_error| LineError::Away)?;
    drop(stream.set_nodelay(true));
    let config = config(key).map_err(|_error| LineError::Stranger)?;
    let name = ServerName::try_from("yichuang-hub").map_err(|_error| LineError::Stranger)?;
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(|error| {
            let is_tls = error
                .get_ref()
                .is_some_and(<dyn std::error::Error + Send + Sync>::is::<TlsError>);
            if is_tls {
                LineError::Stranger
            } else {
                LineError::Away
            }
        })?;
    let (sender, connection) = handshake(TokioIo::new(stream))
        .await
        .map_err(|_error| LineError::Away)?;
    // Ends with the connection; whoever asks next sees that it is closed.
    tokio::spawn(connection);
    Ok(sender)
}

fn config(key: Hash) -> Result<ClientConfig, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let pin = Pin {
        key,
        provider: Arc::clone(&provider),
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(pin))
        .with_no_client_auth())
}

/// Believes whoever has one key, and nobody else.
#[derive(Debug)]
struct Pin {
    key: Hash,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let shown = ParsedCertificate::try_from(certificate)?.subject_public_key_info();
        if shown.as_ref() == [SPKI_HEAD.as_slice(), &self.key].concat() {
            return Ok(ServerCertVerified::assertion());
        }
        Err(TlsError::InvalidCertificate(
            CertificateError::ApplicationVerificationFailure,
        ))
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(TlsError::General("TLS 1.3 only".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}
