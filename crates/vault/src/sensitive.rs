//! The key of sensitive facts: what only people entitled to them may read, not everybody who unlocks
//! this desk. It goes from person to person, sealed to each one's public key.
//!
//! ```text
//!  0  1  algorithm (3: synthetic nonce, XChaCha20-Poly1305)
//!  1 16  id of the key
//! 17 24  nonce: HMAC-SHA256 (nonce key, length of associated, 8 bytes ‖ associated ‖ padded), cut
//! 41 …   sealed: length of the fact, 4 bytes ‖ the fact ‖ zeros up to a multiple of 256 bytes
//! ```
//!
//! The nonce is made from what is sealed, so that two desks which write the same fact write the same
//! bytes, and the fold sees no conflict. What that shows is that a value of one field of one record is
//! the same as before, and no more: the place is part of the nonce. The padding hides how long it is.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use crate::{
    error::VaultError,
    keys::Key,
    purpose,
    random::random,
    seal::SealError,
    sealed_box::{open_with, seal_to},
    sign::PersonKeys,
};

const SYNTHETIC_XCHACHA20_POLY1305: u8 = 3;
const KEY_ID_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const PADDED_TO: usize = 256;
const LENGTH_BYTES: usize = 4;

/// Names a key of sensitive facts.
pub type SensitiveKeyId = [u8; KEY_ID_BYTES];

/// A key of sensitive facts. Wiped when dropped, never printed.
pub struct SensitiveKey {
    id: SensitiveKeyId,
    root: Key,
}

impl SensitiveKey {
    /// A new key.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness.
    pub fn random() -> Result<Self, VaultError> {
        Ok(Self {
            id: random()?,
            root: Key::random()?,
        })
    }

    /// Its name, which stands beside everything it sealed.
    pub fn id(&self) -> SensitiveKeyId {
        self.id
    }

    /// The name of the key that sealed these bytes.
    pub fn id_in(sealed: &[u8]) -> Option<SensitiveKeyId> {
        let (&SYNTHETIC_XCHACHA20_POLY1305, rest) = sealed.split_first()? else {
            return None;
        };
        rest.first_chunk().copied()
    }

    /// Seals a fact and binds it to its place. The same fact in the same place gives the same bytes.
    ///
    /// # Errors
    ///
    /// When the fact is longer than four bytes can say.
    pub fn seal(&self, place: &[u8], fact: &[u8]) -> Result<Vec<u8>, SealError> {
        let padded = Zeroizing::new(pad(fact)?);
        let associated = self.associated(place);
        let nonce = self.nonce(&associated, &padded);
        let payload = Payload {
            msg: &padded,
            aad: &associated,
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_too_long| SealError)?;
        let mut bytes = vec![SYNTHETIC_XCHACHA20_POLY1305];
        bytes.extend_from_slice(&self.id);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    /// Opens what [`SensitiveKey::seal`] made.
    ///
    /// # Errors
    ///
    /// When the bytes, the place or the key are others.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if Self::id_in(sealed) != Some(self.id) {
            return Err(SealError);
        }
        let body = sealed.get(1 + KEY_ID_BYTES..).ok_or(SealError)?;
        let (nonce, body) = body.split_first_chunk::<NONCE_BYTES>().ok_or(SealError)?;
        let associated = self.associated(place);
        let payload = Payload {
            msg: body,
            aad: &associated,
        };
        let padded = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_broken| SealError)?;
        unpad(&Zeroizing::new(padded))
    }

    /// Seals the key itself to somebody's public key.
    ///
    /// # Errors
    ///
    /// When that is no usable key, or the system gives no randomness.
    pub fn wrap_to(&self, public: &[u8; 32]) -> Result<Vec<u8>, SealError> {
        seal_to(public, &wrap_place(self.id, public), self.root.expose())
    }

    /// Takes the key out of the wrap that was made for this person.
    ///
    /// # Errors
    ///
    /// When it was made for somebody else, or for another key.
    pub fn unwrap(
        id: SensitiveKeyId,
        wrapped: &[u8],
        keys: &PersonKeys,
    ) -> Result<Self, SealError> {
        let place = wrap_place(id, &keys.public().sealing);
        Self::from_root(id, keys.open_sealed(&place, wrapped)?)
    }

    /// Takes the key out of the wrap that was made for the community's recovery key.
    ///
    /// # Errors
    ///
    /// When the secret is another one.
    pub fn recover(id: SensitiveKeyId, wrapped: &[u8], secret: &Key) -> Result<Self, SealError> {
        let secret = StaticSecret::from(*secret.expose());
        let public = x25519_dalek::PublicKey::from(&secret).to_bytes();
        Self::from_root(id, open_with(&secret, &wrap_place(id, &public), wrapped)?)
    }

    #[cfg(feature = "scan")]
    pub(crate) fn root(&self) -> &Key {
        &self.root
    }

    fn from_root(id: SensitiveKeyId, root: Vec<u8>) -> Result<Self, SealError> {
        let root = Key::from_slice(&Zeroizing::new(root)).ok_or(SealError)?;
        Ok(Self { id, root })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = Key::derive(&[self.root.expose()], &self.id, purpose::SENSITIVE);
        XChaCha20Poly1305::new(key.expose().into())
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    fn nonce(&self, associated: &[u8], padded: &[u8]) -> [u8; NONCE_BYTES] {
        let key = Key::derive(&[self.root.expose()], &self.id, purpose::SENSITIVE_NONCE);
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.expose()).expect("a key");
        mac.update(&(associated.len() as u64).to_be_bytes());
        mac.update(associated);
        mac.update(padded);
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        let mut nonce = [0; NONCE_BYTES];
        nonce.iter_mut().zip(full).for_each(|(to, from)| *to = from);
        nonce
    }

    fn associated(&self, place: &[u8]) -> Vec<u8> {
        let mut bytes = vec![SYNTHETIC_XCHACHA20_POLY1305];
        bytes.extend_from_slice(&self.id);
        bytes.extend_from_slice(place);
        bytes
    }
}

impl fmt::Debug for SensitiveKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SensitiveKey(…)")
    }
}

fn wrap_place(id: SensitiveKeyId, public: &[u8; 32]) -> Vec<u8> {
    [purpose::SENSITIVE_WRAP, &id, public].concat()
}

fn pad(fact: &[u8]) -> Result<Vec<u8>, SealError> {
    let length = u32::try_from(fact.len()).map_err(|_too_long| SealError)?;
    let size = (LENGTH_BYTES + fact.len()).next_multiple_of(PADDED_TO);
    let mut padded = Vec::with_capacity(size);
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(fact);
    padded.resize(size, 0);
    Ok(padded)
}

fn unpad(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (length, rest) = padded.split_first_chunk().ok_or(SealError)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_too_long| SealError)?;
    let fact = rest.get(..length).ok_or(SealError)?;
    Ok(Zeroizing::new(fact.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SensitiveKey {
        SensitiveKey {
            id: [7; 16],
            root: Key::from_bytes([9; 32]),
        }
    }

    #[test]
    fn the_same_fact_in_the_same_place_is_the_same_bytes_and_elsewhere_other_ones() {
        let seal = |place: &[u8]| key().seal(place, b"a fact").unwrap();
        assert_eq!(seal(b"person 1"), seal(b"person 1"));
        let (one, other) = (seal(b"person 1"), seal(b"person 2"));
        assert_ne!(one[17..41], other[17..41]);
        assert_ne!(
            key().seal(b"person 1", b"another").unwrap()[17..],
            one[17..]
        );
    }

    #[test]
    fn a_fact_opens_in_its_place_only_and_its_length_does_not_show() {
        let sealed = key().seal(b"here", b"a fact").unwrap();
        assert_eq!(key().open(b"here", &sealed).unwrap().as_slice(), b"a fact");
        assert!(key().open(b"there", &sealed).is_err());
        let longer = key().seal(b"here", &[b'x'; 200]).unwrap();
        assert_eq!(sealed.len(), longer.len());
        let other = SensitiveKey {
            id: [8; 16],
            root: Key::from_bytes([9; 32]),
        };
        assert!(other.open(b"here", &sealed).is_err());
    }

    #[test]
    fn one_flipped_bit_or_a_missing_byte_is_noticed() {
        let sealed = key().seal(b"here", b"a fact").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key().open(b"here", &changed).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(key().open(b"here", &sealed[..length]).is_err());
        }
    }

    #[test]
    fn a_key_goes_to_the_person_it_was_wrapped_to_and_to_recovery() {
        let (one, other) = (
            PersonKeys::from_seeds(&[1; 32], &[2; 32]),
            PersonKeys::from_seeds(&[3; 32], &[4; 32]),
        );
        let wrapped = key().wrap_to(&one.public().sealing).unwrap();
        let opened = SensitiveKey::unwrap([7; 16], &wrapped, &one).unwrap();
        let sealed = key().seal(b"here", b"a fact").unwrap();
        assert_eq!(opened.open(b"here", &sealed).unwrap().as_slice(), b"a fact");
        assert!(SensitiveKey::unwrap([7; 16], &wrapped, &other).is_err());
        assert!(SensitiveKey::unwrap([6; 16], &wrapped, &one).is_err());

        let secret = Key::from_bytes([5; 32]);
        let public = x25519_dalek::PublicKey::from(&StaticSecret::from([5; 32])).to_bytes();
        let wrapped = key().wrap_to(&public).unwrap();
        let recovered = SensitiveKey::recover([7; 16], &wrapped, &secret).unwrap();
        assert!(recovered.open(b"here", &sealed).is_ok());
        assert!(SensitiveKey::recover([7; 16], &wrapped, &Key::from_bytes([6; 32])).is_err());
    }

    #[test]
    fn the_bytes_are_what_the_page_says() {
        let sealed = key().seal(b"here", b"a fact").unwrap();
        assert_eq!((sealed[0], &sealed[1..17]), (3, [7; 16].as_slice()));
        assert_eq!(sealed.len(), 1 + 16 + 24 + 256 + 16);
        assert_eq!(SensitiveKey::id_in(&sealed), Some([7; 16]));
        assert_eq!(format!("{:?}", key()), "SensitiveKey(…)");
    }
}
