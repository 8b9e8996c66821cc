//! What can fail, and the vault's "no". Nothing here carries a secret or a person.

use std::io;

use crate::password::Strength;

/// A failure of the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no vault in this folder.
    #[error("there is no vault in this folder")]
    Absent,
    /// There is a vault already; it is never overwritten.
    #[error("there is a vault in this folder already")]
    AlreadyThere,
    /// The vault is of a newer program.
    #[error("the vault has the unknown format {format}")]
    UnknownFormat {
        /// Format it claims.
        format: u8,
    },
    /// The vault cannot be read as one.
    #[error("the vault is damaged: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
    },
    /// An id of a person is not lower-case hex.
    #[error("an id of a person is not lower-case hex")]
    BadPersonId,
    /// The disk refused.
    #[error("the disk refused")]
    Disk(#[from] io::Error),
    /// The system gives no randomness.
    #[error("the system gives no randomness")]
    Randomness(#[source] getrandom::Error),
    /// The password could not be stretched; most likely there is not enough memory.
    #[error("the password could not be stretched")]
    Kdf(#[source] argon2::Error),
    /// The device secret is gone from the key store. The printed code still opens the vault.
    #[error("the device secret is gone; the printed code still opens the vault")]
    DeviceSecretMissing,
    /// The key store refused.
    #[error("the key store refused")]
    SecretStore(#[source] io::Error),
    /// Something could not be sealed.
    #[error("something could not be sealed")]
    Seal(#[from] crate::seal::SealError),
}

/// Why a vault stays shut. All but the last are answers for a person.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The password is wrong.
    #[error("wrong password; {left_free} tries without waiting left, next try in {wait_s} s")]
    WrongPassword {
        /// Tries left before waiting begins.
        left_free: u8,
        /// Seconds until the next try is let through.
        wait_s: u64,
    },
    /// Too soon after a wrong password. This try was not counted and not looked at.
    #[error("wait {seconds} s")]
    Wait {
        /// Seconds until the next try is let through.
        seconds: u64,
    },
    /// Ten wrong passwords: only the printed code helps now.
    #[error("locked after ten wrong passwords")]
    LockedOut,
    /// This desk has no such person.
    #[error("this desk has no such person")]
    UnknownPerson,
    /// This desk has that person already.
    #[error("this desk has that person already")]
    PersonExists,
    /// The new password is too weak.
    #[error("the new password is too weak")]
    WeakPassword(Strength),
    /// The printed code or recovery key is mistyped or of another vault.
    #[error("the code does not open this vault")]
    WrongCode,
    /// Something broke.
    #[error(transparent)]
    Failed(#[from] VaultError),
}

impl From<io::Error> for UnlockError {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}
