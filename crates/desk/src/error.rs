//! What can break in a desk. Nothing personal stands in an error.

/// Something broke.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The store.
    #[error(transparent)]
    Store(#[from] yichuang_store::StoreError),
    /// The press.
    #[error(transparent)]
    Document(#[from] yichuang_documents::DocumentError),
    /// The printer.
    #[error(transparent)]
    Print(#[from] yichuang_documents::print::PrintError),
    /// The disk.
    #[error("the disk: {0}")]
    Disk(#[from] std::io::Error),
    /// The program that reads spreadsheets.
    #[error("the sheet worker cannot be started: {0}")]
    Worker(std::io::Error),
    /// A workbook could not be written.
    #[error(transparent)]
    Workbook(#[from] yichuang_sheets::WriteError),
    /// An answer could not be encoded.
    #[error("an answer could not be encoded")]
    Encode(#[from] serde_json::Error),
    /// An earlier call broke in the middle; the program must be started again.
    #[error("an earlier call broke; start the program again")]
    Poisoned,
}

impl DeskError {
    /// Whether another program works on the data folder.
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::Store(yichuang_store::StoreError::InUse))
    }

    /// Whether only the view broke, which is made anew from the journal.
    pub const fn is_of_view(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_of_view())
    }

    /// The part that broke, as a word.
    pub const fn part(&self) -> &'static str {
        match self {
            Self::Store(_) => "store",
            Self::Document(_) => "document",
            Self::Print(_) => "print",
            Self::Disk(_) => "disk",
            Self::Worker(_) => "sheet_worker",
            Self::Workbook(_) => "workbook",
            Self::Encode(_) => "encode",
            Self::Poisoned => "desk",
        }
    }
}
