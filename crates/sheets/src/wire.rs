//! What the worker tells, one JSON value a line: sheets, rows, an end; or why the file is refused.

use serde::{Deserialize, Serialize};

/// What a file may hold. A real register comes nowhere near.
#[derive(Clone, Copy, Debug)]
pub struct Limits;

impl Limits {
    /// A file as it lies on the disk, bytes.
    pub const FILE_BYTES: u64 = 64 * 1024 * 1024;
    /// One part of a workbook, unpacked, bytes.
    pub const PART_BYTES: u64 = 64 * 1024 * 1024;
    /// Parts of a workbook.
    pub const PARTS: usize = 200;
    /// How many times larger a part may be than it is packed; a worksheet of equal rows comes to 100.
    pub const RATIO: u64 = 300;
    /// Elements inside one another; a worksheet has seven.
    pub const DEPTH: usize = 64;
    /// Rows with something in them.
    pub const ROWS: u32 = 200_000;
    /// Columns.
    pub const COLUMNS: u32 = 200;
    /// Cells with something in them.
    pub const CELLS: u32 = 2_000_000;
    /// Bytes of one cell.
    pub const CELL_BYTES: usize = 4 * 1024;
    /// Memory of the worker, bytes.
    pub const MEMORY_BYTES: u64 = 512 * 1024 * 1024;
    /// Seconds of work.
    pub const SECONDS: u64 = 30;
    /// Seconds of silence after which a worker is ended that waits instead of working.
    pub const PATIENCE_SECONDS: u64 = 60;
}

/// A form of spreadsheet, told by what the file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Workbooks of Excel 2007 and later, of WPS and LibreOffice.
    Xlsx,
    /// Workbooks of Excel 97.
    Xls,
    /// Text with separators.
    Csv,
}

impl Form {
    /// The form a file's ending promises.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "xls" => Some(Self::Xls),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The ending, without a dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Csv => "csv",
        }
    }
}

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// A text; of a formula, its last result.
    #[serde(rename = "t")]
    Text(String),
    /// A number.
    #[serde(rename = "n")]
    Number(f64),
    /// A day, YYYY-MM-DD, of a cell that is shown as one.
    #[serde(rename = "d")]
    Day(String),
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Trouble {
    /// It is no spreadsheet.
    NotASpreadsheet,
    /// It holds something else than its ending says.
    WrongEnding {
        /// What it holds.
        holds: Form,
    },
    /// It is locked with a password.
    Encrypted,
    /// It is damaged.
    Damaged,
    /// There is nothing in it.
    Empty,
    /// It is larger than any real one.
    TooLarge {
        /// In what: `bytes`, `parts`, `part_bytes`, `ratio`, `depth`, `rows`, `columns`, `cells`,
        /// `cell_bytes`.
        what: String,
        /// How much is allowed.
        most: u64,
    },
    /// It declares entities, as no program that writes spreadsheets does.
    Entities,
    /// A text file with NUL bytes: another encoding, or no text.
    NulBytes,
    /// A text file that is neither UTF-8 nor GBK.
    Encoding,
    /// Reading it took more memory or time than any real file.
    Exhausting,
}

/// One line of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A sheet begins.
    Sheet {
        /// Its name.
        name: String,
    },
    /// A row with something in it.
    Row {
        /// Its number, from 1, as the person sees it.
        row: u32,
        /// Columns from 0, with what stands there.
        cells: Vec<(u16, Cell)>,
    },
    /// All was read.
    End,
    /// The file is refused; what came before does not count.
    Refused {
        /// Why.
        trouble: Trouble,
    },
}
