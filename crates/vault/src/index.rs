//! The blind index: looking up a number without keeping it. ID numbers and phones stand in the
//! index as keyed tokens; names and addresses are not here, they have no index on disk at all.
//!
//! token = the first 16 bytes of HMAC-SHA256 (index key, length of kind, 1 byte ‖ kind ‖ normalised)
//!
//! The key never leaves the machine. Without it, tokens of all 18-digit numbers cannot be tried
//! out. Equal numbers of one kind have equal tokens: that is what an index is, and what it shows.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::keys::Key;

/// Makes tokens.
#[derive(Clone)]
pub struct BlindIndex(Key);

impl BlindIndex {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    #[cfg(feature = "scan")]
    pub(crate) fn bare(&self) -> &Key {
        &self.0
    }

    /// The token of a value. `normalised` is the form in which equal values are equal bytes; of
    /// `kind` (a word of ours such as `citizen_id`) the first 255 bytes count.
    pub fn token(&self, kind: &str, normalised: &str) -> [u8; 16] {
        let kind = kind.as_bytes();
        let length = u8::try_from(kind.len()).unwrap_or(u8::MAX);
        let kind = kind.get(..usize::from(length)).unwrap_or(kind);
        let full = self.hmac(&[&[length], kind, normalised.as_bytes()]);
        let mut token = [0; 16];
        token.iter_mut().zip(full).for_each(|(to, from)| *to = from);
        token
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    fn hmac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.expose()).expect("a key");
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for BlindIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BlindIndex(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(key: u8) -> BlindIndex {
        BlindIndex::new(Key::from_bytes([key; 32]))
    }

    #[test]
    fn equal_values_of_one_kind_have_equal_tokens_and_nothing_else_has() {
        let token = index(1).token("phone", "13800138000");
        assert_eq!(token, index(1).token("phone", "13800138000"));
        assert_ne!(token, index(1).token("phone", "13800138001"));
        assert_ne!(token, index(1).token("phone1", "3800138000"));
        assert_ne!(token, index(2).token("phone", "13800138000"));
    }

    /// A change here makes every index on every disk useless.
    #[test]
    fn golden() {
        assert_eq!(
            crate::hex::encode(&index(1).token("phone", "13800138000")),
            "3dfce198e861b0f4dc6228fcf1f803d8"
        );
    }
}
