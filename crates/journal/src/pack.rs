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
///
/// Takes no more than the frame says it needs: 64 MiB for every small block would be given back, and
/// wiped, for every small block (a start took 30 s: measured).
pub(crate) fn unpack(dictionary: u8, packed: &[u8]) -> io::Result<Vec<u8>> {
    if dictionary != NO_DICTIONARY {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let refused = || io::Error::from(io::ErrorKind::InvalidData);
    let claimed = zstd::zstd_safe::get_frame_content_size(packed)
        .map_err(|_no_frame| refused())?
        .and_then(|bytes| usize::try_from(bytes).ok())
        .filter(|bytes| *bytes <= MAX_BODY_BYTES)
        .ok_or_else(refused)?;
    zstd::bulk::decompress(packed, claimed)
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
    fn a_frame_that_claims_less_or_nothing_is_refused() {
        let body = vec![7; 1000];
        let packed = pack(&body).unwrap();
        assert_eq!(unpack(NO_DICTIONARY, &packed).unwrap(), body);
        let streamed = zstd::stream::encode_all(body.as_slice(), LEVEL).unwrap();
        assert!(unpack(NO_DICTIONARY, &streamed).is_err());
        assert!(unpack(NO_DICTIONARY, b"no frame").is_err());
    }

    #[test]
    fn a_body_over_the_limit_is_refused_before_it_is_written() {
        let refused = pack(&vec![0; MAX_BODY_BYTES + 1]);
        assert!(matches!(refused, Err(JournalError::TooLarge { .. })));
    }
}
