//! Backups: one sealed file each, written while work goes on, read back before it counts, and enough to
//! come back on a bare machine together with the printed sheet.
//!
//! A backup is sealed in the age format to two public keys: the community's recovery key and a key that
//! the printed code makes. No passphrase: the machine that writes at noon has nothing but public keys,
//! and 128 random bits need no slow hash. Inside:
//!
//! ```text
//!  0  8  "YCBACKUP"
//!  8  1  format (1)
//!  9  4  length of the manifest, big-endian
//! 13  …  the manifest, CBOR (`manifest.rs`)
//!        then each file:
//!     2  length of its path, big-endian; zero: no more files
//!     …  its path in the data folder, with `/`
//!     8  its length, big-endian
//!     …  its bytes
//!        at the end:
//!    32  BLAKE3 of everything before
//! ```
//!
//! The files are `vault.toml` (the wraps of the data key: the code opens one of them), both guards, the
//! journal as it stood, and `files/`. All of them are sealed already. **Not** in it: the device secret
//! (so that old passwords open nothing on another machine), the view, drafts, preferences.
//!
//! Whoever knows the public keys can make a file that opens; what is inside then does not open with the
//! code, or its seals, chain and signatures do not hold. Restoring checks all of them.

mod error;
mod hashing;
mod manifest;
mod read;
mod restore;
mod write;

pub use error::BackupError;
pub use manifest::{Head, Manifest};
pub use read::look;
pub use restore::{Restored, Restoring, restore};
pub use write::{BackupSource, Progress, Written};

/// How a file's name ends: any program that reads the format may open it.
pub const EXTENSION: &str = "age";

const MAGIC: &[u8; 8] = b"YCBACKUP";
const FORMAT: u8 = 1;
/// A larger manifest is none of ours.
const MOST_MANIFEST_BYTES: u32 = 1024 * 1024;
const MOST_PATH_BYTES: u16 = 256;

/// Whether a path in a backup is one that we write: nothing else is ever made of it.
fn is_ours(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.')
            && !part.starts_with('.')
            && !part.contains("..")
    };
    let parts: Vec<&str> = path.split('/').collect();
    parts.iter().all(|part| plain(part))
        && match *parts.as_slice() {
            ["vault.toml" | "guard.a" | "guard.b"] => true,
            ["journal", file] => file.strip_suffix(".log").is_some(),
            ["files", ..] => parts.len() > 1,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_nowhere_but_where_a_backup_belongs() {
        for ours in [
            "vault.toml",
            "guard.a",
            "journal/00000001.log",
            "files/ab/cd01",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in [
            "",
            "/etc/passwd",
            "../vault.toml",
            "journal/../vault.toml",
            "journal/..log",
            "journal\\1.log",
            "files",
            "files//x",
            "files/.hidden",
            "view/db",
            "vault.toml/x",
            "C:/x",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
