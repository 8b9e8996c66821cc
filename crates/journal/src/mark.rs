//! A mark of how far the journal has come, to be kept elsewhere and held against it later. Whatever was
//! worked out from the journal up to a mark it still holds need not be worked out again.
//!
//! ```text
//!  0  8  "YCMARK01"
//!  8  4  file of the last acknowledged block     12  8  byte where it begins
//! 20  4  its length, header and all              24 32  its BLAKE3, header and all
//! 56  …  for each file from 1 to that one: 4 generation, 8 length (of the last one: 0)
//!  …  4  crc32c of all before
//! ```
//!
//! Every block is sealed with a random nonce, so a block of these very bytes is that block; the
//! generations tell that no file was written anew since (`redact.rs`), the lengths that no finished file
//! lost its end. What lies inside finished files is not read: that is for `scan` and `verify`.

use crate::disk::Open;
use crate::error::JournalError;
use crate::format::{Fields, FileHeader, Position, close_with_crc};
use crate::journal::Journal;

const MAGIC: &[u8; 8] = b"YCMARK01";
const FIXED_BYTES: usize = 56;
const A_FILE_BYTES: usize = 12;

/// How far the journal has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    at: Position,
    length: u32,
    hash: [u8; 32],
    /// Generation and length of every file up to the one it stands in.
    files: Vec<(u32, u64)>,
}

impl Mark {
    /// Where reading goes on behind it.
    pub const fn end(&self) -> Position {
        Position {
            file: self.at.file,
            offset: self.at.offset.saturating_add(self.length as u64),
        }
    }

    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FIXED_BYTES + A_FILE_BYTES * self.files.len() + 4);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.at.file.to_be_bytes());
        bytes.extend_from_slice(&self.at.offset.to_be_bytes());
        bytes.extend_from_slice(&self.length.to_be_bytes());
        bytes.extend_from_slice(&self.hash);
        for (generation, length) in &self.files {
            bytes.extend_from_slice(&generation.to_be_bytes());
            bytes.extend_from_slice(&length.to_be_bytes());
        }
        close_with_crc(bytes)
    }

    /// From its bytes; nothing when they are no mark.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let fields = Fields::checked(bytes, MAGIC)?;
        let at = Position {
            file: fields.number(8)?,
            offset: u64::from_be_bytes(fields.array(12)?),
        };
        let files = bytes.len().checked_sub(FIXED_BYTES + 4)? / A_FILE_BYTES;
        let file_at = |number: usize| {
            let at = FIXED_BYTES + A_FILE_BYTES * number;
            Some((
                fields.number(at)?,
                u64::from_be_bytes(fields.array(at + 4)?),
            ))
        };
        Some(Self {
            at,
            length: fields.number(20)?,
            hash: fields.array(24)?,
            files: (0..files).map(file_at).collect::<Option<_>>()?,
        })
    }
}

impl Journal {
    /// A mark behind the last acknowledged block; nothing while there is none, or none is known.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn mark(&self) -> Result<Option<Mark>, JournalError> {
        let Some(last) = self.acknowledged().filter(|last| last.length > 0) else {
            return Ok(None);
        };
        Ok(self.files_up_to(last.at.file)?.map(|files| Mark {
            at: last.at,
            length: last.length,
            hash: last.hash,
            files,
        }))
    }

    /// Whether this journal has the block the mark stands behind, and the same files before it. What
    /// cannot be read is not held.
    pub fn holds(&self, mark: &Mark) -> bool {
        let has_block = self
            .folder
            .block_at(mark.at, self.written())
            .is_ok_and(|raw| {
                raw.end() == mark.end() && *blake3::hash(&raw.bytes).as_bytes() == mark.hash
            });
        let files = self.files_up_to(mark.at.file);
        has_block && files.is_ok_and(|files| files.as_ref() == Some(&mark.files))
    }

    /// Nothing when one of them has no sound header.
    fn files_up_to(&self, last: u32) -> Result<Option<Vec<(u32, u64)>>, JournalError> {
        let mut files = Vec::new();
        for file in 1..=last {
            let mut handle = self.folder.open(file, Open::Read)?;
            let mut head = [0; 32];
            handle.read_at(0, &mut head)?;
            let Some(header) = FileHeader::decode(&head)
                .ok()
                .filter(|header| header.file == file)
            else {
                return Ok(None);
            };
            let length = if file == last { 0 } else { handle.length()? };
            files.push((header.generation, length));
        }
        Ok(Some(files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_back_as_it_was_written_and_a_flipped_bit_is_noticed() {
        let mark = Mark {
            at: Position {
                file: 2,
                offset: 99,
            },
            length: 77,
            hash: [0xAB; 32],
            files: vec![(1, 4_000), (3, 0)],
        };
        let bytes = mark.encode();
        assert_eq!(Mark::decode(&bytes), Some(mark));
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Mark::decode(&changed), None, "bit {bit}");
        }
    }
}
