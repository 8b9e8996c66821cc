//! Signatures (Ed25519, RFC 8032) and the key pairs of people and devices. A person's pairs belong
//! to one desk: the same person has others at another one.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::random::random;
use crate::seal::SealError;
use crate::sealed_box;

/// A signing key pair.
pub struct SigningKeys(SigningKey);

impl SigningKeys {
    /// A new pair.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn random() -> Result<Self, VaultError> {
        Ok(Self::from_seed(&Zeroizing::new(random()?)))
    }

    /// The pair of this seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The secret it is made from. The only way out.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKeys(…)")
    }
}

/// Whether `signature` of `message` is by the holder of `public`. Strict: no second signature of
/// the same message can be made from a given one, and keys of small order are refused.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public).is_ok_and(|key| {
        key.verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    })
}

/// The two key pairs of a person at this desk.
pub struct PersonKeys {
    signing: SigningKeys,
    sealing: StaticSecret,
}

/// The public halves of a person's keys. They stand in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonPublic {
    /// Ed25519: what the person signs verifies with it.
    pub signing: [u8; 32],
    /// X25519: what is sealed to it only the person opens.
    pub sealing: [u8; 32],
}

impl PersonKeys {
    pub(crate) fn random() -> Result<Self, VaultError> {
        Ok(Self {
            signing: SigningKeys::random()?,
            sealing: StaticSecret::from(*Zeroizing::new(random()?)),
        })
    }

    pub(crate) fn from_seeds(signing: &[u8; 32], sealing: &[u8; 32]) -> Self {
        Self {
            signing: SigningKeys::from_seed(signing),
            sealing: StaticSecret::from(*sealing),
        }
    }

    pub(crate) fn signing_seed(&self) -> Zeroizing<[u8; 32]> {
        self.signing.seed()
    }

    pub(crate) fn sealing_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.sealing.to_bytes())
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message)
    }

    /// Opens what [`crate::seal_to`] sealed to this person.
    ///
    /// # Errors
    ///
    /// When it was sealed to somebody else, or it or `associated` was changed.
    pub fn open_sealed(&self, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        sealed_box::open_with(&self.sealing, associated, sealed)
    }

    /// The public halves.
    pub fn public(&self) -> PersonPublic {
        PersonPublic {
            signing: self.signing.public(),
            sealing: PublicKey::from(&self.sealing).to_bytes(),
        }
    }
}

impl fmt::Debug for PersonKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonKeys(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_and_its_signer_only() {
        let keys = SigningKeys::from_seed(&[1; 32]);
        let signature = keys.sign(b"commit");
        assert!(verify(&keys.public(), b"commit", &signature));
        assert!(!verify(&keys.public(), b"commit!", &signature));
        let other = SigningKeys::from_seed(&[2; 32]);
        assert!(!verify(&other.public(), b"commit", &signature));
        let mut changed = signature;
        changed[0] ^= 1;
        assert!(!verify(&keys.public(), b"commit", &changed));
    }

    #[test]
    fn a_key_of_small_order_verifies_nothing() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert!(!verify(&identity, b"commit", &signature));
    }
}
