//! Why a file is not read at all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum FileTrouble {
    /// It is not there, or may not be read.
    Missing,
    /// It is no spreadsheet.
    NotASpreadsheet,
    /// It holds something else than its ending says.
    WrongEnding {
        /// The ending it should have.
        holds: String,
    },
    /// It is locked with a password.
    Encrypted,
    /// It is damaged.
    Damaged,
    /// There is nothing in it.
    Empty,
    /// It is larger than any real one.
    TooLarge {
        /// In what.
        what: String,
        /// How much is allowed.
        #[ts(type = "number")]
        most: u64,
    },
    /// It is a text in an encoding that is not known.
    Encoding,
    /// Reading it took more memory or time than any real file, or broke the program that read it.
    Exhausting,
    /// No sheet has heads that name people or homes.
    NoHeads,
}
