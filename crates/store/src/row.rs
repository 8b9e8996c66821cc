//! A record's row of the view: its entries as CBOR, packed, sealed.
//!
//! ```text
//! 01  length of the CBOR (4, little-endian)  LZ4 block      packed
//! CBOR                                                      as it is: short rows, and those of earlier versions
//! ```
//!
//! A case carries a copy of its item, thousands of bytes that pack well. sled writes a whole page for each
//! change, so that long rows cost at every commit, and a view that was not packed outgrew its cache.

use yichuang_domain::record::Entry;
use yichuang_vault::ContentKeys;

use crate::{
    commit::{from_cbor, to_cbor},
    error::StoreError,
};

/// No CBOR list begins with it.
const PACKED: u8 = 0x01;
/// Shorter rows gain nothing.
const WORTH_PACKING: usize = 256;
/// What one record may be: its changes come from blocks of the journal, which are no larger.
const MOST: usize = 64 * 1024 * 1024;

pub(crate) fn seal(
    content: &ContentKeys,
    key: &[u8],
    entries: &[Entry],
) -> Result<Vec<u8>, StoreError> {
    Ok(content.view.seal(key, &pack(to_cbor(&entries)?))?)
}

pub(crate) fn open(
    content: &ContentKeys,
    key: &[u8],
    sealed: &[u8],
) -> Result<Vec<Entry>, StoreError> {
    let plain = content.view.open(key, sealed)?;
    match plain.split_first() {
        Some((&PACKED, packed)) => from_cbor(&unpack(packed)?, "a record"),
        _ => from_cbor(&plain, "a record"),
    }
}

fn pack(cbor: Vec<u8>) -> Vec<u8> {
    if cbor.len() < WORTH_PACKING {
        return cbor;
    }
    let mut packed = vec![PACKED];
    packed.extend(lz4_flex::compress_prepend_size(&cbor));
    packed
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let form = || StoreError::form("a record");
    let length = packed.first_chunk::<4>().ok_or_else(form)?;
    if u32::from_le_bytes(*length) as usize > MOST {
        return Err(form());
    }
    lz4_flex::decompress_size_prepended(packed).map_err(|_broken| form())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(cbor in prop::collection::vec(0x80_u8..0xa0, 1..2_000)) {
            let packed = pack(cbor.clone());
            let back = match packed.split_first() {
                Some((&PACKED, packed)) => unpack(packed).unwrap(),
                _ => packed,
            };
            prop_assert_eq!(back, cbor);
        }

        #[test]
        fn bytes_of_anywhere_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _either_way = unpack(&bytes);
        }
    }

    #[test]
    fn a_length_that_no_record_has_is_refused_before_room_is_made() {
        assert!(unpack(&[0xff; 40]).is_err());
    }
}
