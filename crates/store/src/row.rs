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
/// No record is that long; a length beyond it is no length.
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
    from_cbor(&unpacked(content.view.open(key, sealed)?)?, "a record")
}

fn unpacked(plain: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    match plain.split_first() {
        Some((&PACKED, packed)) => unpack(packed),
        _ => Ok(plain),
    }
}

fn pack(cbor: Vec<u8>) -> Vec<u8> {
    if cbor.len() < WORTH_PACKING || cbor.len() > MOST {
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
            prop_assert_eq!(unpacked(pack(cbor.clone())).unwrap(), cbor);
        }

        #[test]
        fn bytes_of_anywhere_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _either_way = unpack(&bytes);
        }
    }

    #[test]
    fn a_long_row_that_was_not_packed_is_read_as_it_stands() {
        let cbor = to_cbor(&vec!["居住证申领"; 100]).unwrap();
        assert!(cbor.len() > WORTH_PACKING && cbor.first() != Some(&PACKED));
        assert_eq!(unpacked(cbor.clone()).unwrap(), cbor);
        assert_eq!(pack(cbor.clone()).first(), Some(&PACKED));
    }

    #[test]
    fn golden() {
        let written: [u8; 18] = [
            0x01, 0x2c, 0x01, 0, 0, 0x1f, 0x80, 0x01, 0, 0xff, 0x13, 0x60, 0x80, 0x80, 0x80, 0x80,
            0x80, 0x80,
        ];
        assert_eq!(unpacked(written.to_vec()).unwrap(), [0x80; 300]);
    }

    #[test]
    fn a_length_that_no_record_has_is_refused_before_room_is_made() {
        assert!(unpack(&[0xff; 40]).is_err());
    }
}
