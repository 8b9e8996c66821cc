//! A stick between a desk and its hub: sealed, because it may be lost on the way.
//!
//! ```text
//!  0 16  "yichuang stick 1"
//! 16  1  1: to the hub, 2: to the desk
//! 17 16  the device
//! 33 …   sealed with a key of the device's token, bound to all before it: a body of `sync`
//! ```

use yichuang_domain::record::Id;
use yichuang_sync::Hash;
use yichuang_vault::{Key, Sealer};

use crate::error::StoreError;

const LABEL: &[u8; 16] = b"yichuang stick 1";
const KEY_CONTEXT: &str = "yichuang stick 1 key";
const KEY_ID: u8 = 1;
const HEAD_BYTES: usize = 33;

/// Which way a stick goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From a desk.
    ToHub,
    /// From the hub.
    ToDesk,
}

/// What desk and hub share, and nobody else.
pub struct StickKey(Sealer);

impl StickKey {
    /// From the desk's token.
    pub fn of_token(token: &str) -> Self {
        Self::of_hash(blake3::hash(token.as_bytes()).as_bytes())
    }

    /// From the token's hash: the hub has no more.
    pub fn of_hash(hash: &Hash) -> Self {
        let key = blake3::derive_key(KEY_CONTEXT, hash);
        Self(Sealer::new(KEY_ID, Key::from_bytes(key)))
    }

    /// A body as the file it travels in.
    ///
    /// # Errors
    ///
    /// When the system has no randomness.
    pub fn seal(&self, way: Way, device: Id, body: &[u8]) -> Result<Vec<u8>, StoreError> {
        let head = head(way, device);
        let sealed = self.0.seal(&head, body)?;
        Ok([head, sealed].concat())
    }

    /// The body of a file.
    ///
    /// # Errors
    ///
    /// When it is of another device, goes the other way, or was changed.
    pub fn open(&self, way: Way, device: Id, file: &[u8]) -> Result<Vec<u8>, StoreError> {
        let expected = head(way, device);
        match file.split_at_checked(HEAD_BYTES) {
            Some((head, sealed)) if head == expected => Ok(self.0.open(&expected, sealed)?),
            Some(_) | None => Err(StoreError::form("a stick")),
        }
    }
}

/// The device a stick is of; nothing when it is none.
pub fn device_of_stick(file: &[u8]) -> Option<Id> {
    let rest = file.strip_prefix(LABEL)?;
    let device = rest.get(1..)?.first_chunk::<16>()?;
    Some(Id::from_bytes(*device))
}

fn head(way: Way, device: Id) -> Vec<u8> {
    let way = match way {
        Way::ToHub => 1,
        Way::ToDesk => 2,
    };
    [LABEL.as_slice(), &[way], &device.bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_opens_for_its_device_and_its_way_only() {
        let (device, other) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let key = StickKey::of_token("token");
        let file = key.seal(Way::ToHub, device, b"body").unwrap();
        assert_eq!(&file[..17], b"yichuang stick 1\x01");
        assert_eq!(device_of_stick(&file), Some(device));
        assert_eq!(key.open(Way::ToHub, device, &file).unwrap(), b"body");
        assert!(key.open(Way::ToDesk, device, &file).is_err());
        assert!(key.open(Way::ToHub, other, &file).is_err());
        let stranger = StickKey::of_token("another");
        assert!(stranger.open(Way::ToHub, device, &file).is_err());
        for cut in 0..file.len() {
            assert!(key.open(Way::ToHub, device, &file[..cut]).is_err());
        }
    }
}
