//! Making a key of a password, slowly: Argon2id (RFC 9106), so that each guess costs memory and
//! time. The parameters stand in `vault.toml` beside each wrap and may grow.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keys::Key;
use crate::purpose;

/// More than this is not asked for by us; in a file it would only be an attempt to stop the desk.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 16;

/// How slow a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfParams {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes, one after the other.
    pub lanes: u32,
}

impl Default for KdfParams {
    /// The least we use for people: 64 MiB, three passes.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
        }
    }
}

impl KdfParams {
    /// As cheap as can be: for tests, where passwords protect nothing.
    pub fn cheap_for_tests() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        }
    }

    /// The default, with more passes where this machine does them within `target`.
    ///
    /// # Errors
    ///
    /// When there is not enough memory.
    pub fn calibrated(target: Duration) -> Result<Self, VaultError> {
        let least = Self::default();
        let began = Instant::now();
        least.stretch("calibration", &[0; 16])?;
        let a_pass = began.elapsed() / least.passes;
        Ok(least.with_passes_within(target, a_pass))
    }

    fn with_passes_within(self, target: Duration, a_pass: Duration) -> Self {
        let affordable = target.as_micros() / a_pass.as_micros().max(1);
        Self {
            passes: u32::try_from(affordable)
                .unwrap_or(MOST_PASSES)
                .clamp(self.passes, MOST_PASSES),
            ..self
        }
    }

    fn stretch(self, password: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        if self.memory_kib > MOST_MEMORY_KIB || self.passes > MOST_PASSES || self.lanes > MOST_LANES
        {
            return Err(VaultError::Damaged { what: "kdf" });
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(VaultError::Kdf)?;
        let mut stretched = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt, stretched.as_mut())
            .map_err(VaultError::Kdf)?;
        Ok(stretched)
    }

    /// The key-encrypting key of a person: their password *and* the secret of this device.
    pub(crate) fn person_kek(
        self,
        folded_password: &str,
        salt: &[u8; 16],
        device_secret: &Key,
    ) -> Result<Key, VaultError> {
        let stretched = self.stretch(folded_password, salt)?;
        Ok(Key::derive(
            &[stretched.as_slice(), device_secret.expose()],
            salt,
            purpose::PERSON_KEK,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_would_stop_the_desk_are_refused() {
        let greedy = KdfParams {
            memory_kib: u32::MAX,
            ..KdfParams::default()
        };
        let refused = greedy.stretch("password", &[0; 16]);
        assert!(matches!(refused, Err(VaultError::Damaged { what: "kdf" })));
    }

    #[test]
    fn a_fast_machine_gets_more_passes_and_a_slow_one_never_fewer() {
        let passes = |a_pass_ms| {
            let target = Duration::from_millis(500);
            KdfParams::default()
                .with_passes_within(target, Duration::from_millis(a_pass_ms))
                .passes
        };
        assert_eq!([0, 1, 50, 100, 400].map(passes), [64, 64, 10, 5, 3]);
    }

    #[test]
    fn another_password_salt_or_device_makes_another_key() {
        let kek = |password: &str, salt: u8, device: u8| {
            let device = Key::from_bytes([device; 32]);
            let kek = KdfParams::cheap_for_tests().person_kek(password, &[salt; 16], &device);
            *kek.unwrap().expose()
        };
        let first = kek("password", 1, 1);
        assert_eq!(first, kek("password", 1, 1));
        assert_ne!(first, kek("Password", 1, 1));
        assert_ne!(first, kek("password", 2, 1));
        assert_ne!(first, kek("password", 1, 2));
    }
}
