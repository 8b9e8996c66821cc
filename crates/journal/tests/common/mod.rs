//! What the tests of the journal share: where things lie, and every block read.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::allow_attributes,
    reason = "each test file uses its part of these helpers"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use yichuang_journal::{Journal, JournalError, Position, Seal};

pub use yichuang_tests::{Dice, SimDisk, ToySeal};

pub const DATA: &str = "/data";

pub fn data() -> &'static Path {
    Path::new(DATA)
}

pub fn log(file: u32) -> PathBuf {
    data().join(format!("journal/{file:08}.log"))
}

pub fn seal() -> Arc<dyn Seal> {
    Arc::new(ToySeal(1))
}

/// Every block: its kind and its bytes.
pub fn blocks(journal: &Journal) -> Result<Vec<(u8, Vec<u8>)>, JournalError> {
    let mut found = Vec::new();
    journal.read_all(Position::START, |block| {
        found.push((block.kind, block.body.to_vec()));
        Ok::<(), JournalError>(())
    })?;
    Ok(found)
}
