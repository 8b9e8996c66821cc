//! The border to the keys: who seals the blocks. The journal never sees a key.

/// A seal does not hold, cannot be made, or asks for a key that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not hold")]
pub struct SealBroken;

/// Seals and opens the bodies of blocks.
pub trait Seal: Send + Sync {
    /// The key that [`Seal::seal`] uses now; it is written in the header of each block.
    fn key_id(&self) -> u8;

    /// Seals `plain` and binds it to `associated`.
    ///
    /// # Errors
    ///
    /// When no seal can be made, for instance without randomness.
    fn seal(&self, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealBroken>;

    /// Opens what [`Seal::seal`] made under the key `key_id`.
    ///
    /// # Errors
    ///
    /// When the bytes or `associated` were changed, or the key is not known.
    fn open(&self, key_id: u8, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealBroken>;
}
