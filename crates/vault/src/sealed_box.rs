//! Sealing to somebody's public key (X25519): anyone can put something in, only the holder of the
//! secret half takes it out. It does not say who put it in.
//!
//! ```text
//!  0  1  algorithm (2: X25519, HKDF-SHA256, XChaCha20-Poly1305)
//!  1 32  public half of a key pair made for this once
//! 33 …   what `seal` made under HKDF(shared secret; salt = both public halves)
//! ```

use x25519_dalek::{PublicKey, SharedSecret, StaticSecret};
use zeroize::Zeroizing;

use crate::keys::Key;
use crate::purpose;
use crate::random::random;
use crate::seal::{SealError, open, seal};

const X25519_BOX: u8 = 2;

/// Seals `plain` to the holder of `public`, bound to `associated`.
///
/// # Errors
///
/// When `public` is no usable key, or the system gives no randomness.
pub fn seal_to(public: &[u8; 32], associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let seed = Zeroizing::new(random().map_err(|_none| SealError)?);
    let once = StaticSecret::from(*seed);
    let once_public = PublicKey::from(&once).to_bytes();
    let shared = once.diffie_hellman(&PublicKey::from(*public));
    let key = box_key(&shared, &once_public, public)?;
    let mut bytes = vec![X25519_BOX];
    bytes.extend_from_slice(&once_public);
    bytes.extend_from_slice(&seal(&key, associated, plain)?);
    Ok(bytes)
}

/// Opens what [`seal_to`] made.
pub(crate) fn open_with(
    secret: &StaticSecret,
    associated: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, SealError> {
    let Some((&X25519_BOX, rest)) = sealed.split_first() else {
        return Err(SealError);
    };
    let (once_public, body) = rest.split_first_chunk::<32>().ok_or(SealError)?;
    let shared = secret.diffie_hellman(&PublicKey::from(*once_public));
    let own_public = PublicKey::from(secret).to_bytes();
    let key = box_key(&shared, once_public, &own_public)?;
    open(&key, associated, body)
}

fn box_key(shared: &SharedSecret, once: &[u8; 32], to: &[u8; 32]) -> Result<Key, SealError> {
    // A public key of small order would make a shared secret that everybody knows.
    if !shared.was_contributory() {
        return Err(SealError);
    }
    let salt = [once.as_slice(), to.as_slice()].concat();
    Ok(Key::derive(
        &[shared.as_bytes()],
        &salt,
        purpose::SEALED_BOX,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(seed: u8) -> (StaticSecret, [u8; 32]) {
        let secret = StaticSecret::from([seed; 32]);
        let public = PublicKey::from(&secret).to_bytes();
        (secret, public)
    }

    #[test]
    fn only_the_holder_opens_a_box_and_only_in_its_place() {
        let (secret, public) = pair(1);
        let (other, _) = pair(2);
        let sealed = seal_to(&public, b"here", b"a fact").unwrap();
        assert_eq!(open_with(&secret, b"here", &sealed).unwrap(), b"a fact");
        assert!(open_with(&other, b"here", &sealed).is_err());
        assert!(open_with(&secret, b"there", &sealed).is_err());
    }

    #[test]
    fn nothing_is_sealed_to_a_key_of_small_order() {
        assert_eq!(seal_to(&[0; 32], b"", b"a fact"), Err(SealError));
    }
}
