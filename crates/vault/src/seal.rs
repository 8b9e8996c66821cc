//! Sealing bytes: nobody without the key reads them or changes them unnoticed.
//!
//! ```text
//! 0  1  algorithm (1: XChaCha20-Poly1305)
//! 1 24  nonce, random; 192 bits, so that nobody has to count
//! 25 …  the sealed bytes and the 16-byte tag
//! ```
//!
//! The associated data is not in there: it is what the reader knows (which block, whose key), and
//! another one does not open.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::keys::Key;
use crate::random::random;

const XCHACHA20_POLY1305: u8 = 1;
const NONCE_BYTES: usize = 24;

/// A seal does not hold, is of an unknown algorithm, or could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not hold")]
pub struct SealError;

/// Seals `plain` under `key`, bound to `associated`.
pub(crate) fn seal(key: &Key, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE_BYTES] = random().map_err(|_none| SealError)?;
    let payload = Payload {
        msg: plain,
        aad: associated,
    };
    let sealed = XChaCha20Poly1305::new(key.expose().into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_too_long| SealError)?;
    let mut bytes = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
    bytes.push(XCHACHA20_POLY1305);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// Opens what [`seal`] made.
pub(crate) fn open(key: &Key, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let Some((&XCHACHA20_POLY1305, rest)) = sealed.split_first() else {
        return Err(SealError);
    };
    let (nonce, body) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SealError)?;
    let payload = Payload {
        msg: body,
        aad: associated,
    };
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_broken| SealError)
}

/// Seals and opens with one key of one purpose.
#[derive(Clone)]
pub struct Sealer {
    key_id: u8,
    key: Key,
}

impl Sealer {
    /// Seals with a key whose id stands beside what it sealed.
    pub fn new(key_id: u8, key: Key) -> Self {
        Self { key_id, key }
    }

    #[cfg(feature = "scan")]
    pub(crate) fn bare(&self) -> &Key {
        &self.key
    }

    /// Which key this is, for what stands beside the sealed bytes.
    pub fn key_id(&self) -> u8 {
        self.key_id
    }

    /// Seals `plain` and binds it to `associated`.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness.
    pub fn seal(&self, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal(&self.key, associated, plain)
    }

    /// Opens what [`Sealer::seal`] made.
    ///
    /// # Errors
    ///
    /// When the bytes, `associated` or the key are others.
    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        open(&self.key, associated, sealed)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sealer(key {})", self.key_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer() -> Sealer {
        Sealer::new(1, Key::from_bytes([7; 32]))
    }

    #[test]
    fn what_was_sealed_opens_again() {
        let sealed = sealer().seal(b"block 5", b"a record").unwrap();
        assert_eq!(sealer().open(b"block 5", &sealed).unwrap(), b"a record");
    }

    #[test]
    fn the_same_bytes_never_look_the_same_twice() {
        let seal = || sealer().seal(b"", b"a record").unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn sealed_bytes_do_not_open_in_another_place_or_with_another_key() {
        let sealed = sealer().seal(b"block 5", b"a record").unwrap();
        assert_eq!(sealer().open(b"block 6", &sealed), Err(SealError));
        let other = Sealer::new(1, Key::from_bytes([8; 32]));
        assert_eq!(other.open(b"block 5", &sealed), Err(SealError));
    }

    #[test]
    fn one_flipped_bit_or_a_missing_byte_is_noticed() {
        let sealed = sealer().seal(b"", b"a record").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(sealer().open(b"", &changed), Err(SealError), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(sealer().open(b"", &sealed[..length]), Err(SealError));
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", sealer()), "Sealer(key 1)");
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(…)");
    }
}
