//! Where the secret of this device is kept, apart from the data: whoever carries off the data
//! folder alone cannot even begin to try passwords.
//!
//! The place to be is the key store of the operating system; until one is wired in behind
//! [`DeviceSecretStore`], and wherever there is none, it is a file that only the owner reads. That
//! one is *weak*: it is carried off together with the disk. The screen says so.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::replace::replace_file;

/// A small store of secrets by name. Names are lower-case letters, digits, `-` and `.`.
pub trait DeviceSecretStore: Send + Sync {
    /// The secret of that name, if there is one.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn get(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>>;

    /// Keeps a secret, for good when it returns.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    fn set(&self, name: &str, secret: &[u8]) -> io::Result<()>;

    /// Whether a thief of the disk gets the secrets too.
    fn is_weak(&self) -> bool;
}

/// Secrets as files in a folder, readable by the owner only (0600).
#[derive(Clone, Debug)]
pub struct FileSecretStore {
    dir: PathBuf,
}

impl FileSecretStore {
    /// Keeps secrets in `dir`, which is made when needed. Best a folder that backups of the data
    /// do not reach.
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_path_buf(),
        }
    }
}

impl DeviceSecretStore for FileSecretStore {
    fn get(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        match fs::read(self.dir.join(name)) {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        replace_file(&self.dir.join(name), secret)
    }

    fn is_weak(&self) -> bool {
        true
    }
}
