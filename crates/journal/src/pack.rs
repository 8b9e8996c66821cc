//! Packing a body before it is sealed: zstd, level 3. Dictionary 0 is "none"; the number stands in
//! every block so that a trained dictionary can come without a new format.

use std::io;

use crate::error::JournalError;

/// The largest body of a block, before packing and after unpacking.
pub const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;
/// The largest sealed body: packing and sealing add a little to what cannot be packed.
pub(crate) const MAX_SEALED_BYTES: u32 = 65 * 1024 * 1024;
/// Packed without a dictionary.
pub(crate) const NO_DICTIONARY: u8 = 0;
const LEVEL: i32 = 3;

pub(crate) fn pack(body: &[u8]) -> Result<Vec<u8>, JournalError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(JournalError::TooLarge {
            size_bytes: body.len(),
        });
    }
    zstd::bulk::compress(body, LEVEL).map_err(JournalError::Packing)
}

/// Unpacks; never takes more memory than [`MAX_BODY_BYTES`], whatever the bytes claim.
pub(crate) fn unpack(dictionary: u8, packed: &[u8]) -> io::Result<Vec<u8>> {
    if dictionary != NO_DICTIONARY {
        return Err(io::ErrorKind::Unsupported.into());
    }
    zstd::bulk::decompress(packed, MAX_BODY_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_refused_without_being_unpacked() {
        let bomb = zstd::bulk::compress(&vec![0; MAX_BODY_BYTES + 1], LEVEL).unwrap();
        assert!(bomb.len() < 16 * 1024, "{}", bomb.len());
        assert!(unpack(NO_DICTIONARY, &bomb).is_err());
    }

    #[test]
    fn a_body_over_the_limit_is_refused_before_it_is_written() {
        let refused = pack(&vec![0; MAX_BODY_BYTES + 1]);
        assert!(matches!(refused, Err(JournalError::TooLarge { .. })));
    }
}
