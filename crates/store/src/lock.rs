//! One program at a time works on a data folder.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::Path,
};

use crate::error::StoreError;

/// Held as long as the program works on the folder; the system lets go of it when the program ends,
/// however it ends.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held, not read")] File);

impl FolderLock {
    /// Takes the folder, making it where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] when another program works on it, and what the disk refuses.
    pub fn take(data: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(data)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(data.join("LOCK"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::Disk(error)),
        }
    }
}
