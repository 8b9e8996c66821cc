//! The one door to the system's randomness.

use crate::error::VaultError;

/// `N` random bytes.
///
/// # Errors
///
/// When the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(VaultError::Randomness)?;
    Ok(bytes)
}
