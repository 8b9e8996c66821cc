//! A seal for tests that need no keys.

use yichuang_journal::{Seal, SealBroken};

/// A seal that notices everything and hides nothing.
pub struct ToySeal(pub u8);

impl ToySeal {
    fn tag(key_id: u8, associated: &[u8], plain: &[u8]) -> [u8; 16] {
        let mut hash = blake3::Hasher::new_keyed(&[key_id; 32]);
        hash.update(associated).update(plain);
        hash.finalize().as_bytes()[..16].try_into().unwrap()
    }
}

impl Seal for ToySeal {
    fn key_id(&self) -> u8 {
        self.0
    }

    fn seal(&self, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        Ok([&Self::tag(self.0, associated, plain), plain].concat())
    }

    fn open(&self, key_id: u8, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (tag, plain) = sealed.split_at_checked(16).ok_or(SealBroken)?;
        let holds = key_id == self.0 && tag == Self::tag(key_id, associated, plain);
        holds.then(|| plain.to_vec()).ok_or(SealBroken)
    }
}
