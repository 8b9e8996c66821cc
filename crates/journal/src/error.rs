//! What can fail, and what can be found damaged. Nothing here carries contents.

use std::io;

use crate::format::Position;
use crate::seal::SealBroken;

/// A failure of the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// There is no journal in this folder.
    #[error("there is no journal in this folder")]
    Absent,
    /// There is a journal already; it is never overwritten.
    #[error("there is a journal in this folder already")]
    AlreadyThere,
    /// An earlier write failed. The program must be started anew, so that the tail is read again.
    #[error("an earlier write to the journal failed; start the program again")]
    Poisoned,
    /// The disk refused.
    #[error("the disk refused")]
    Disk(#[from] io::Error),
    /// The medium did not confirm a write. The program must be started anew, so that the tail is
    /// read again; trying once more would prove nothing.
    #[error("the medium did not confirm a write; start the program again")]
    Unconfirmed(#[source] io::Error),
    /// The journal was opened for reading only.
    #[error("the journal was opened for reading only")]
    ReadOnly,
    /// A block is larger than a block may be.
    #[error("a block of {size_bytes} bytes is too large")]
    TooLarge {
        /// Its size before packing.
        size_bytes: usize,
    },
    /// A block could not be packed.
    #[error("the block could not be packed")]
    Packing(#[source] io::Error),
    /// No seal could be made for a new block.
    #[error("the block could not be sealed")]
    Seal(#[from] SealBroken),
    /// A file of a newer program.
    #[error("file {file} has the unknown format {format}")]
    UnknownFormat {
        /// Number of the file.
        file: u32,
        /// Format it claims.
        format: u8,
    },
    /// The file is still being written, or a guard may name a block of it.
    #[error("file {file} has not ended")]
    NotEnded {
        /// Number of the file.
        file: u32,
    },
    /// Every number of a file is used up.
    #[error("the journal has no file numbers left")]
    Full,
    /// The reader met damage.
    #[error("damaged: {0}")]
    Damaged(Damage),
}

/// A place where the journal is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {} of file {} ({bytes} bytes)", at.offset, at.file)]
pub struct Damage {
    /// Where it begins.
    pub at: Position,
    /// How many bytes of the file are concerned (0 where bytes are missing).
    pub bytes: u64,
    /// What is wrong.
    pub kind: DamageKind,
}

/// What is wrong at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DamageKind {
    /// A whole file is not there.
    #[error("a missing file")]
    FileMissing,
    /// The header of a file does not verify.
    #[error("a damaged file header")]
    FileHeader,
    /// Bytes that are no block.
    #[error("a damaged block")]
    Block,
    /// Blocks are missing between two sound ones, or at the end of a file.
    #[error("{blocks} missing blocks")]
    BlocksMissing {
        /// How many.
        blocks: u32,
    },
    /// The checksum holds, the seal does not: changed on purpose, moved, or the wrong key.
    #[error("a broken seal")]
    Seal,
    /// The seal holds but the body cannot be unpacked.
    #[error("a body that does not unpack")]
    Packing,
    /// The last acknowledged block is not there.
    #[error("a missing acknowledged end")]
    EndMissing,
    /// Another block stands where the last acknowledged one was.
    #[error("an exchanged acknowledged end")]
    EndExchanged,
    /// Neither guard can be read, so nobody knows what was acknowledged last.
    #[error("two unreadable guards")]
    GuardsLost,
}
