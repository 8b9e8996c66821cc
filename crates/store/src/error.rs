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
    /// The chain of this device is broken.
    #[error("the chain is broken at commit {seq}")]
    Chain {
        /// The first commit that does not fit.
        seq: u64,
    },
}

impl StoreError {
    pub(crate) const fn form(what: &'static str) -> Self {
        Self::Form { what }
    }
}
