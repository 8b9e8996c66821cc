//! Keys of the view: one sled tree, a space byte first, big-endian parts, an id of 16 bytes last.
//!
//! ```text
//! 01                                meta: how far the journal is applied
//! 10  kind(4)  id(16)               record: its entries, sealed CBOR
//! 20  token(16)  id(16)             person by ID number or telephone (blind tokens)
//! 30  token(16)  id(16)             case or enquiry by number
//! 31  person(16)  id(16)            cases of a person
//! 32  day(4)  id(16)                open cases by the day that binds
//! 33  day(4)  id(16)                cases by the day of receipt
//! 34  person(16)  id(16)            enquiries of a person
//! 35  day(4)  id(16)                enquiries by day
//! ```
//!
//! `kind` is the first four bytes of BLAKE3 of the kind's name; `day` counts days since
//! 0001-01-01, big-endian. Nothing personal stands in a key: names, readings and addresses have no
//! index on disk, ID numbers and telephones only tokens made with a key that never leaves the machine.

use chrono::{Datelike, NaiveDate};
use yichuang_domain::record::{Id, Kind, RecordKey};

pub(crate) const APPLIED: [u8; 1] = [0x01];
pub(crate) const RECORD: u8 = 0x10;

/// A space of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Space {
    PersonByToken = 0x20,
    CaseByNumber = 0x30,
    CaseOfPerson = 0x31,
    OpenCaseByDay = 0x32,
    CaseByReceipt = 0x33,
    EnquiryOfPerson = 0x34,
    EnquiryByDay = 0x35,
}

/// What kind of row a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shelf {
    Record,
    Index,
    Other,
}

pub(crate) fn shelf(key: &[u8]) -> Shelf {
    const FIRST: u8 = Space::PersonByToken as u8;
    const LAST: u8 = Space::EnquiryByDay as u8;
    match key.first() {
        Some(&RECORD) => Shelf::Record,
        Some(FIRST..=LAST) => Shelf::Index,
        Some(_) | None => Shelf::Other,
    }
}

pub(crate) fn records_of(kind: &Kind) -> Vec<u8> {
    let hash = blake3::hash(kind.name().as_bytes());
    let mut key = vec![RECORD];
    key.extend(hash.as_bytes().iter().take(4));
    key
}

pub(crate) fn record(key: &RecordKey) -> Vec<u8> {
    let mut bytes = records_of(&key.kind);
    bytes.extend(key.id.bytes());
    bytes
}

pub(crate) fn by_token(space: Space, token: [u8; 16], id: Id) -> Vec<u8> {
    let mut key = token_prefix(space, token);
    key.extend(id.bytes());
    key
}

pub(crate) fn token_prefix(space: Space, token: [u8; 16]) -> Vec<u8> {
    let mut key = vec![space as u8];
    key.extend(token);
    key
}

pub(crate) fn by_day(space: Space, day: NaiveDate, id: Id) -> Vec<u8> {
    let mut key = day_prefix(space, day);
    key.extend(id.bytes());
    key
}

pub(crate) fn day_prefix(space: Space, day: NaiveDate) -> Vec<u8> {
    let mut key = vec![space as u8];
    key.extend(day.num_days_from_ce().to_be_bytes());
    key
}

/// The id at the end of a key.
pub(crate) fn id_of(key: &[u8]) -> Option<Id> {
    key.last_chunk::<16>().map(|bytes| Id::from_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_what_the_page_says() {
        let id = Id::from_bytes([0xAB; 16]);
        let key = record(&RecordKey::new(Kind::PERSON, id));
        assert_eq!((key.len(), key[0]), (21, 0x10));
        assert_eq!(id_of(&key), Some(id));
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let key = by_day(Space::OpenCaseByDay, day, id);
        assert_eq!(key[..5], [0x32, 0x00, 0x0B, 0x4A, 0x68]);
    }

    #[test]
    fn days_sort_as_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let earlier = day_prefix(Space::OpenCaseByDay, day("2026-12-31"));
        assert!(earlier < day_prefix(Space::OpenCaseByDay, day("2027-01-01")));
    }
}
