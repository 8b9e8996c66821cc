//! One program at a time works on a data folder.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
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
        Self::of(file)
    }

    /// Takes a folder nothing can be written to; nothing when it has no file to hold.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] when another program works on it, and what the disk refuses.
    pub(crate) fn take_to_read(data: &Path) -> Result<Option<Self>, StoreError> {
        match File::open(data.join("LOCK")) {
            Ok(file) => Self::of(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn of(file: File) -> Result<Self, StoreError> {
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::Disk(error)),
        }
    }
}
