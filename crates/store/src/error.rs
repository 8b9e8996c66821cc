//! What can break between the rules and the disk. Nothing personal stands in an error.

/// Something broke.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program works on this data folder.
    #[error("another program works on this data folder")]
    InUse,
    /// There is no community in this folder.
    #[error("there is no community in this folder")]
    NotFounded,
    /// There is one already.
    #[error("there is a community in this folder already")]
    AlreadyFounded,
    /// Nothing can be written here.
    #[error("the data folder is open for reading only: {0}")]
    ReadOnly(#[from] ReadOnly),
    /// The journal was written by another desk.
    #[error("the journal is not of this desk")]
    Foreign,
    /// Nobody has unlocked it.
    #[error("the store is locked")]
    Locked,
    /// The journal refused.
    #[error("the journal: {0}")]
    Journal(#[from] yichuang_journal::JournalError),
    /// The vault refused.
    #[error("the vault: {0}")]
    Vault(#[from] yichuang_vault::VaultError),
    /// The password, or a rule about it.
    #[error("the password: {0}")]
    Unlock(#[from] yichuang_vault::UnlockError),
    /// A seal does not hold.
    #[error("a seal does not hold")]
    Seal(#[from] yichuang_vault::SealError),
    /// The view refused.
    #[error("the view: {0}")]
    View(#[from] sled::Error),
    /// The view broke while it was opened.
    #[error("the view broke while it was opened")]
    ViewBroken,
    /// The disk refused.
    #[error("the disk: {0}")]
    Disk(#[from] std::io::Error),
    /// Bytes are not what they should be.
    #[error("{what} cannot be read")]
    Form {
        /// Which bytes.
        what: &'static str,
    },
    /// The content of this change cannot be taken away.
    #[error("the content of this change cannot be taken away")]
    NotRedactable,
    /// A backup was not made, or not taken back.
    #[error("the backup: {0}")]
    Backup(#[from] crate::backup::BackupError),
    /// The chain of this device is broken.
    #[error("the chain is broken at commit {seq}")]
    Chain {
        /// The first commit that does not fit.
        seq: u64,
    },
}

/// Why a data folder is open for reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// The folder or its disk may not be written to.
    #[error("it may not be written to")]
    Folder,
    /// It is a copy, and the folder it was copied from is still there.
    #[error("it is a copy beside its original")]
    Copy,
    /// The journal lacks what was acknowledged last: going on would give numbers twice.
    #[error("the end of its journal is missing")]
    EndMissing,
}

impl StoreError {
    /// Whether only the view is concerned, which is made anew from the journal: nothing is lost.
    pub const fn is_of_view(&self) -> bool {
        matches!(self, Self::View(_) | Self::ViewBroken | Self::Seal(_))
    }

    pub(crate) const fn form(what: &'static str) -> Self {
        Self::Form { what }
    }
}
