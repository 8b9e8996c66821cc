//! Why a backup was not made, or not taken back. Nothing personal stands in an error.

/// Why a backup was not made, or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The code in use was printed before there were backups: a new sheet is needed first.
    #[error("no printed sheet opens backups yet")]
    NoSheet,
    /// The folder is not there or takes no files.
    #[error("the folder takes no files")]
    Folder(#[source] std::io::Error),
    /// The folder lies inside the data folder.
    #[error("the folder lies inside the data folder")]
    InsideData,
    /// There is no room.
    #[error("there is no room for a backup")]
    Full,
    /// The journal itself is damaged: a backup of it would be no backup.
    #[error("the journal is damaged at {places} places")]
    SourceDamaged {
        /// How many.
        places: usize,
    },
    /// What was read back is not what was written.
    #[error("what was read back is not what was written")]
    ReadBack,
    /// The code does not open it: another code, another community's, or its head is damaged.
    #[error("the code does not open this backup")]
    WrongCode,
    /// It is no backup of this program.
    #[error("this is no backup")]
    NotABackup,
    /// It was made by a newer program.
    #[error("the backup has a newer format")]
    Newer,
    /// It is damaged: bytes are missing or changed.
    #[error("the backup is damaged: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
    },
    /// There is something in the folder already; nothing is ever overwritten.
    #[error("the folder is not empty")]
    NotEmpty,
    /// A device of the community has this station letter already, or none is left.
    #[error("the station letter is taken")]
    StationTaken,
    /// Nobody got a password.
    #[error("nobody got a password")]
    Nobody,
}

impl BackupError {
    pub(super) const fn damaged(what: &'static str) -> Self {
        Self::Damaged { what }
    }
}
