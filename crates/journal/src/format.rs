//! The bytes on the disk, format 1. Written once here; `golden` below pins them.
//!
//! All numbers are big-endian. A journal is the folder `journal/` of files `00000001.log`,
//! `00000002.log` …, beside it `guard.a` and `guard.b` (`guard.rs`).
//!
//! ```text
//! file header, 32 bytes                   block header, 32 bytes
//!  0  8  "YCJOURNL"                         0  4  "YCBK"
//!  8  1  format (1)                         4  1  format (1)
//!  9  3  zero                               5  1  key id
//! 12  4  number of the file                 6  1  dictionary id (0: packed without one)
//! 16  4  generation (1; +1 a redaction)     7  1  kind (the store's)
//! 20  4  blocks in the file before          8  4  number of the file
//! 24  4  zero                              12  4  generation of the file
//! 28  4  crc32c of bytes 0..28             16  4  index: 0, 1, 2 … within the file
//!                                          20  4  length of the sealed body
//! then the blocks                          24  4  crc32c of the sealed body
//!                                          28  4  crc32c of bytes 0..28
//!                                          then the sealed body
//! ```
//!
//! Body = sealed (zstd (bytes)), with the bytes 0..20 of its header as associated data: a block
//! cannot be moved, swapped or given another kind. The checksums need no key, so that a torn or
//! rotten block can be told from an exchanged one, and by anybody.
//!
//! `blocks in the file before` shows that the end of a finished file was lost; a count, because
//! redaction changes the length of a file but not its number of blocks.

/// The format this program writes and reads.
pub(crate) const FORMAT: u8 = 1;
/// Generation of a file that was never redacted.
pub(crate) const FIRST_GENERATION: u32 = 1;
/// Length of the header of a file.
pub const FILE_HEADER_BYTES: u64 = 32;
pub(crate) const BLOCK_HEADER_BYTES: usize = 32;
pub(crate) const BLOCK_MAGIC: &[u8; 4] = b"YCBK";
const FILE_MAGIC: &[u8; 8] = b"YCJOURNL";
const ASSOCIATED_BYTES: usize = 20;

/// Where a block begins. Positions are ordered as the blocks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Number of the file, from 1.
    pub file: u32,
    /// Byte in the file.
    pub offset: u64,
}

impl Position {
    /// Before every block.
    pub const START: Self = Self { file: 0, offset: 0 };
}

/// The name of a file of the journal.
pub(crate) fn file_name(file: u32) -> String {
    format!("{file:08}.log")
}

/// The number in the name of a file of the journal; other files are not ours.
pub(crate) fn file_number(name: &str) -> Option<u32> {
    let number: u32 = name.strip_suffix(".log")?.parse().ok()?;
    (number > 0 && file_name(number) == name).then_some(number)
}

/// The header of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileHeader {
    pub(crate) file: u32,
    pub(crate) generation: u32,
    pub(crate) blocks_before: u32,
}

/// Why bytes are no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoHeader {
    /// They do not verify.
    Damaged,
    /// They verify and name a format of a newer program.
    Format(u8),
}

impl FileHeader {
    pub(crate) fn encode(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(32);
        bytes.extend_from_slice(FILE_MAGIC);
        bytes.extend_from_slice(&[FORMAT, 0, 0, 0]);
        bytes.extend_from_slice(&self.file.to_be_bytes());
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.blocks_before.to_be_bytes());
        bytes.extend_from_slice(&[0; 4]);
        close_with_crc(bytes)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, NoHeader> {
        let fields = Fields::checked(bytes, FILE_MAGIC).ok_or(NoHeader::Damaged)?;
        let format = fields.byte(8).ok_or(NoHeader::Damaged)?;
        if format != FORMAT {
            return Err(NoHeader::Format(format));
        }
        let number = |at| fields.number(at).ok_or(NoHeader::Damaged);
        Ok(Self {
            file: number(12)?,
            generation: number(16)?,
            blocks_before: number(20)?,
        })
    }
}

/// What a block says about itself, and what its seal is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockLabel {
    pub(crate) key_id: u8,
    pub(crate) dictionary: u8,
    pub(crate) kind: u8,
    pub(crate) file: u32,
    pub(crate) generation: u32,
    pub(crate) index: u32,
}

impl BlockLabel {
    /// The data the seal is bound to: the first 20 bytes of the header.
    pub(crate) fn associated(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BLOCK_HEADER_BYTES);
        bytes.extend_from_slice(BLOCK_MAGIC);
        bytes.extend_from_slice(&[FORMAT, self.key_id, self.dictionary, self.kind]);
        bytes.extend_from_slice(&self.file.to_be_bytes());
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.index.to_be_bytes());
        debug_assert_eq!(bytes.len(), ASSOCIATED_BYTES);
        bytes
    }

    /// The whole block. `None` when the body is too long for its length field.
    pub(crate) fn encode(self, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut head = self.associated();
        head.extend_from_slice(&u32::try_from(sealed.len()).ok()?.to_be_bytes());
        head.extend_from_slice(&crc32c::crc32c(sealed).to_be_bytes());
        let mut block = close_with_crc(head);
        block.extend_from_slice(sealed);
        Some(block)
    }
}

/// The header of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockHeader {
    pub(crate) label: BlockLabel,
    pub(crate) length: u32,
    pub(crate) body_crc: u32,
}

impl BlockHeader {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, NoHeader> {
        let fields = Fields::checked(bytes, BLOCK_MAGIC).ok_or(NoHeader::Damaged)?;
        let byte = |at| fields.byte(at).ok_or(NoHeader::Damaged);
        let number = |at| fields.number(at).ok_or(NoHeader::Damaged);
        let format = byte(4)?;
        if format != FORMAT {
            return Err(NoHeader::Format(format));
        }
        Ok(Self {
            label: BlockLabel {
                key_id: byte(5)?,
                dictionary: byte(6)?,
                kind: byte(7)?,
                file: number(8)?,
                generation: number(12)?,
                index: number(16)?,
            },
            length: number(20)?,
            body_crc: number(24)?,
        })
    }

    /// Header and body together.
    pub(crate) fn whole_bytes(self) -> u64 {
        BLOCK_HEADER_BYTES as u64 + u64::from(self.length)
    }
}

/// Appends the crc32c of what stands before it.
pub(crate) fn close_with_crc(mut bytes: Vec<u8>) -> Vec<u8> {
    let crc = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&crc.to_be_bytes());
    bytes
}

/// Bytes whose magic and closing crc32c were checked, read by offset.
pub(crate) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn checked(bytes: &'a [u8], magic: &[u8]) -> Option<Self> {
        let (content, crc) = bytes.split_last_chunk::<4>()?;
        let sound = bytes.starts_with(magic) && crc32c::crc32c(content) == u32::from_be_bytes(*crc);
        sound.then_some(Self(content))
    }

    pub(crate) fn byte(&self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(crate) fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileHeader = FileHeader {
        file: 2,
        generation: 1,
        blocks_before: 0x0102_0304,
    };
    const LABEL: BlockLabel = BlockLabel {
        key_id: 7,
        dictionary: 0,
        kind: 9,
        file: 2,
        generation: 1,
        index: 5,
    };

    fn hex(bytes: &[u8]) -> String {
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<Vec<_>>().concat()
    }

    #[test]
    fn golden() {
        assert_eq!(
            hex(&FILE.encode()),
            "59434a4f55524e4c0100000000000002000000010102030400000000e70cd1ba"
        );
        assert_eq!(
            hex(&LABEL.encode(b"body").unwrap()),
            "5943424b0107000900000002000000010000000500000004263fc9501733e425626f6479"
        );
    }

    #[test]
    fn a_header_comes_back_as_it_was_written() {
        assert_eq!(FileHeader::decode(&FILE.encode()), Ok(FILE));
        let block = LABEL.encode(b"body").unwrap();
        let header = BlockHeader::decode(&block[..BLOCK_HEADER_BYTES]).unwrap();
        assert_eq!(header.label, LABEL);
        assert_eq!(header.length, 4);
        assert_eq!(header.whole_bytes(), block.len() as u64);
    }

    #[test]
    fn one_flipped_bit_anywhere_in_a_header_is_noticed() {
        let block = LABEL.encode(b"body").unwrap();
        for bit in 0..BLOCK_HEADER_BYTES * 8 {
            let mut head = block[..BLOCK_HEADER_BYTES].to_vec();
            head[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(BlockHeader::decode(&head), Err(NoHeader::Damaged));
        }
    }

    #[test]
    fn a_format_of_a_newer_program_is_not_taken_for_damage() {
        let mut bytes = FILE.encode();
        bytes[8] = 2;
        bytes.truncate(28);
        assert_eq!(
            FileHeader::decode(&close_with_crc(bytes)),
            Err(NoHeader::Format(2))
        );
    }

    #[test]
    fn only_names_we_would_write_are_files_of_the_journal() {
        assert_eq!(file_number("00000012.log"), Some(12));
        for other in ["12.log", "00000000.log", "00000012.tmp", "+0000012.log"] {
            assert_eq!(file_number(other), None, "{other}");
        }
    }
}
