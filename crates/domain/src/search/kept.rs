//! Everybody in the search as bytes, so that an unlock need not read and fold everybody. Whoever keeps
//! them seals them: they are names and numbers.
//!
//! ```text
//! "YCSEARC1"                                     to count up whenever names are read or folded otherwise
//! count(4)  { length(2) letters }                syllables
//! count(4)  { letter(4) preferred(2) readings(2) count(2) { other(2) } }                   glyphs
//! count(4)  { id(16) number(16) building(4) unit(4) room(4) birth(4)
//!             count(2) { phone(16) } count(2) { glyph(4) } }                               people, by id
//! ```
//! All numbers are big-endian; the preferred syllable 0xFFFF is none.

use super::{
    alphabet::{Alphabet, Glyph},
    people::{Columns, Place, SearchIndex},
};
use crate::record::Id;

const MAGIC: &[u8; 8] = b"YCSEARC1";
const UNREAD: u16 = u16::MAX;

impl SearchIndex {
    /// Everybody, to be [read](Self::decode) again.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        put_alphabet(&mut bytes, &self.alphabet);
        put_count(&mut bytes, self.len());
        for row in self.rows.values().filter_map(|row| self.row(*row)) {
            put_person(&mut bytes, &row);
        }
        bytes
    }

    /// What [`SearchIndex::encode`] made; nothing when it is something else.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(MAGIC)?);
        let mut index = Self::default();
        index.alphabet = bytes.alphabet()?;
        let people = bytes.count()?;
        let (mut phones, mut glyphs) = (Vec::new(), Vec::new());
        let mut rows = Vec::new();
        for row in 0..people {
            let id = Id::from_bytes(bytes.take()?);
            let id_number = bytes.u128()?;
            let place = Place {
                building: bytes.u32()?,
                unit: bytes.u32()?,
                room: bytes.u32()?,
            };
            let birth = bytes.u32()?;
            phones.clear();
            for _phone in 0..bytes.u16()? {
                phones.push(bytes.u128()?);
            }
            glyphs.clear();
            for _glyph in 0..bytes.u16()? {
                glyphs.push(bytes.u32()?);
            }
            index.append_columns(&Columns {
                id,
                glyphs: &glyphs,
                id_number,
                phones: &phones,
                place,
                birth,
            });
            rows.push((id, row));
        }
        index.rows = rows.into_iter().collect();
        bytes.0.is_empty().then_some(index)
    }
}

fn put_alphabet(bytes: &mut Vec<u8>, alphabet: &Alphabet) {
    put_count(bytes, alphabet.syllables().len());
    for syllable in alphabet.syllables() {
        put_short(bytes, syllable.len());
        bytes.extend_from_slice(syllable.as_bytes());
    }
    put_count(bytes, alphabet.glyphs().len());
    for glyph in alphabet.glyphs() {
        bytes.extend(u32::from(glyph.letter).to_be_bytes());
        bytes.extend(glyph.preferred.unwrap_or(UNREAD).to_be_bytes());
        put_short(bytes, glyph.readings);
        put_short(bytes, glyph.others.len());
        for other in &glyph.others {
            bytes.extend(other.to_be_bytes());
        }
    }
}

fn put_person(bytes: &mut Vec<u8>, row: &Columns<'_>) {
    bytes.extend(row.id.bytes());
    bytes.extend(row.id_number.to_be_bytes());
    for part in [
        row.place.building,
        row.place.unit,
        row.place.room,
        row.birth,
    ] {
        bytes.extend(part.to_be_bytes());
    }
    put_short(bytes, row.phones.len());
    for phone in row.phones {
        bytes.extend(phone.to_be_bytes());
    }
    put_short(bytes, row.glyphs.len());
    for glyph in row.glyphs {
        bytes.extend(glyph.to_be_bytes());
    }
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
}

fn put_short(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u16::try_from(count).unwrap_or(u16::MAX).to_be_bytes());
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn text(&mut self, length: u16) -> Option<&'a str> {
        let (text, rest) = self.0.split_at_checked(usize::from(length))?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    fn u128(&mut self) -> Option<u128> {
        self.take().map(u128::from_be_bytes)
    }

    fn count(&mut self) -> Option<u32> {
        self.u32()
    }

    fn alphabet(&mut self) -> Option<Alphabet> {
        let mut syllables = Vec::new();
        for _syllable in 0..self.count()? {
            let length = self.u16()?;
            syllables.push(self.text(length)?.to_owned());
        }
        let mut glyphs = Vec::new();
        for _glyph in 0..self.count()? {
            let letter = char::from_u32(self.u32()?)?;
            let preferred = Some(self.u16()?).filter(|syllable| *syllable != UNREAD);
            let readings = usize::from(self.u16()?);
            let others = self.u16()?;
            let others = (0..others)
                .map(|_other| self.u16())
                .collect::<Option<_>>()?;
            glyphs.push(Glyph {
                letter,
                preferred,
                others,
                readings,
            });
        }
        Some(Alphabet::of(glyphs, syllables))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        register::{address::Address, reading::readings},
        search::PersonEntry,
    };

    fn person(number: u8, name: &str) -> PersonEntry {
        PersonEntry {
            id: Id::from_bytes([number; 16]),
            name: name.to_owned(),
            readings: readings(name, None),
            id_number: (number % 3 > 0).then(|| format!("32058319900101{number:04}")),
            phones: (0..number % 3)
                .map(|one| format!("1540000{number:03}{one}"))
                .collect(),
            address: (number % 4 > 0).then(|| Address {
                building: u32::from(number % 5) + 1,
                unit: Some(1),
                room: (number % 2 > 0).then_some(502),
            }),
            birth: chrono::NaiveDate::from_ymd_opt(1990, 1, u32::from(number % 28) + 1),
        }
    }

    const NAMES: [&str; 7] = [
        "张三",
        "单丹",
        "吕绿",
        "张珊",
        "SMITH JOHN",
        "欧阳锋",
        "李 四",
    ];
    const ASKED: [&str; 12] = [
        "z", "zs", "zhangs", "张", "lv", "lu", "smith", "0001", "1540", "2-1-502", "19900103",
        "ouyangf",
    ];

    fn answers(index: &SearchIndex) -> Vec<Vec<super::super::Hit>> {
        let ask = |asked: &&str| index.find(asked, 5);
        ASKED.iter().map(ask).collect()
    }

    proptest! {
        #[test]
        fn a_kept_index_that_follows_answers_as_one_made_anew(
            before in prop::collection::vec((any::<u8>(), 0..NAMES.len(), any::<bool>()), 0..40),
            after in prop::collection::vec((any::<u8>(), 0..NAMES.len(), any::<bool>()), 0..20),
        ) {
            let mut everybody = std::collections::BTreeMap::new();
            let mut index = SearchIndex::default();
            let mut change = |index: &mut SearchIndex, (number, name, stays): (u8, usize, bool)| {
                let one = person(number, NAMES[name]);
                index.remove(one.id);
                everybody.remove(&one.id);
                if stays {
                    index.insert(&one);
                    everybody.insert(one.id, one);
                }
            };
            before.into_iter().for_each(|one| change(&mut index, one));
            let mut kept = SearchIndex::decode(&index.encode()).unwrap();
            after.into_iter().for_each(|one| change(&mut kept, one));
            let mut anew = SearchIndex::default();
            everybody.values().for_each(|one| anew.insert(one));
            prop_assert_eq!(kept.len(), anew.len());
            prop_assert_eq!(answers(&kept), answers(&anew));
        }
    }

    #[test]
    fn bytes_that_are_cut_or_longer_are_no_index() {
        let mut index = SearchIndex::default();
        index.insert(&person(1, "张三"));
        let bytes = index.encode();
        for length in 0..bytes.len() {
            assert!(SearchIndex::decode(&bytes[..length]).is_none(), "{length}");
        }
        assert!(SearchIndex::decode(&[bytes, vec![0]].concat()).is_none());
    }
}
