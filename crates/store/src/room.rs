//! How much room the disk has: told early, and work that begins something new stops before the disk
//! is really full, so that what was begun can be finished and printed.

use yichuang_journal::JournalError;

use crate::{error::StoreError, store::Store};

const MEGABYTE: u64 = 1_000_000;
const LOW_MB: u64 = 500;
const FULL_MB: u64 = 100;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Enough, or nobody can tell.
    Enough,
    /// Below 500 MB: to be told.
    Low {
        /// What is left.
        free_mb: u64,
    },
    /// Below 100 MB: nothing new is begun.
    Full {
        /// What is left.
        free_mb: u64,
    },
}

impl Room {
    /// Where the borders lie.
    pub const fn of(free_bytes: u64) -> Self {
        let free_mb = free_bytes / MEGABYTE;
        if free_mb < FULL_MB {
            Self::Full { free_mb }
        } else if free_mb < LOW_MB {
            Self::Low { free_mb }
        } else {
            Self::Enough
        }
    }
}

impl Store {
    /// How much room the data folder's disk has now.
    pub fn room(&self) -> Room {
        let free = self.disk.free_bytes(&self.data);
        free.ok().flatten().map_or(Room::Enough, Room::of)
    }
}

impl StoreError {
    /// Whether the disk had no room for it.
    pub fn is_full(&self) -> bool {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        self.disk_kind()
            .is_some_and(|kind| matches!(kind, StorageFull | QuotaExceeded))
    }

    /// Whether the folder may not be written to.
    pub fn is_unwritable(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        self.disk_kind()
            .is_some_and(|kind| matches!(kind, PermissionDenied | ReadOnlyFilesystem))
    }

    fn disk_kind(&self) -> Option<std::io::ErrorKind> {
        use yichuang_vault::{UnlockError, VaultError};
        match self {
            Self::Disk(error)
            | Self::View(sled::Error::Io(error))
            | Self::Journal(JournalError::Disk(error))
            | Self::Vault(VaultError::Disk(error) | VaultError::SecretStore(error))
            | Self::Unlock(UnlockError::Failed(
                VaultError::Disk(error) | VaultError::SecretStore(error),
            )) => Some(error.kind()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_are_500_and_100_megabytes() {
        assert_eq!(Room::of(500 * MEGABYTE), Room::Enough);
        assert_eq!(Room::of(500 * MEGABYTE - 1), Room::Low { free_mb: 499 });
        assert_eq!(Room::of(100 * MEGABYTE), Room::Low { free_mb: 100 });
        assert_eq!(Room::of(100 * MEGABYTE - 1), Room::Full { free_mb: 99 });
    }
}
