//! TLS 1.3 with the hub's own key. Desks pin the key, so the certificate around it says nothing and is
//! made anew at each start.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, PKCS_ED25519};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    version::TLS13,
};

use crate::error::HubError;

/// What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410).
const PKCS8_HEAD: [u8; 16] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The server's side of TLS for the key of this seed.
pub(crate) fn config(seed: &[u8; 32]) -> Result<ServerConfig, HubError> {
    let told = |error: &dyn std::fmt::Display| HubError::Tls(error.to_string());
    let der = PrivatePkcs8KeyDer::from([PKCS8_HEAD.as_slice(), seed].concat());
    let key =
        KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_ED25519).map_err(|error| told(&error))?;
    let certificate = CertificateParams::new(vec!["yichuang-hub".to_owned()])
        .and_then(|params| params.self_signed(&key))
        .map_err(|error| told(&error))?;
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .map_err(|error| told(&error))?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(der))
        .map_err(|error| told(&error))
}
