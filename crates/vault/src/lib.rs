//! The vault: passwords, keys, sealing, the blind index, signatures.
//!
//! It knows people by the hex of their id and nothing else about them, and keeps no records. What
//! is sealed with its keys is the business of `store`; who may do what is decided in `domain`.
//! We claim no certified module: algorithms carry a one-byte id so that others can take their place.
//!
//! ```text
//! password ── Argon2id ──┐
//! device secret ─────────┴─ HKDF ─> KEK of a person ─┬─ opens the data key
//!                                                    └─ opens the person's signing and sealing keys
//! printed code ─ HKDF ─┐
//! recovery key ─ X25519 ┴─> opens the data key (no device secret: a reset key store loses nothing)
//! printed code ─ HKDF ─┬─> opens the secret half of the recovery key, which lies nowhere else
//!                      └─> X25519: opens backups, which are sealed to its public half
//!
//! data key ── HKDF ─┬─ journal, device     stay until exit, so that syncing goes on
//!                   └─ view, index, files, drafts     leave with the person
//! a person's sealing key ──> keys of sensitive facts  open only while a fact is read or written
//! ```
//!
//! Where does it go?
//!
//! | You want to … | You touch |
//! | --- | --- |
//! | seal something new | a purpose in `purpose.rs`, a field in `keys.rs` |
//! | change what a password must be | `password.rs` |
//! | change how wrong passwords are slowed | `attempts.rs` |
//! | keep the device secret elsewhere | an implementation of [`DeviceSecretStore`] |
//! | change what the printed code opens | `code.rs`, `recovery.rs` |
//! | change `vault.toml` | `file.rs`, with a test that an old one still opens |

pub mod age;
mod attempts;
mod code;
mod device_secret;
mod error;
mod file;
mod hex;
mod index;
mod kdf;
mod keys;
mod memory;
mod password;
mod purpose;
mod random;
mod recovery;
mod replace;
#[cfg(feature = "scan")]
mod scan;
mod seal;
mod sealed_box;
mod sensitive;
mod shade;
mod sign;
mod vault;

pub use code::RecoveryCode;
pub use device_secret::{DeviceSecretStore, FileSecretStore};
pub use error::{UnlockError, VaultError};
pub use hex::{decode as from_hex, encode as to_hex};
pub use index::BlindIndex;
pub use kdf::KdfParams;
pub use keys::{ContentKeys, JournalKeys, Key, PersonSession, Rescued, Unlocked};
pub use memory::{
    WIPING_ALLOCATOR, WipingAllocator, forbid_core_dumps, wipe_stack, wipe_what_c_frees,
};
pub use password::{PasswordProblem, Strength, rate};
pub use random::random;
pub use recovery::{BackupKeys, Renewed};
#[cfg(feature = "scan")]
pub use scan::BareKey;
pub use seal::{SealError, Sealer};
pub use sealed_box::seal_to;
pub use sensitive::{SensitiveKey, SensitiveKeyId};
pub use shade::{PinAnswer, PinRefused, ShadePin};
pub use sign::{PersonKeys, PersonPublic, SigningKeys, verify};
pub use vault::{FoundOptions, Founded, Host, NewPerson, PersonEntry, Rescue, Vault};
