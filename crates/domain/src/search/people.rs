//! The search of people: everything in flat columns, looked at once per query.
//!
//! Holds names, numbers and phones in memory, sealed nowhere: it lives as long as the desk is
//! unlocked and is dropped with it. Nothing of it is printed.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    alphabet::{Alphabet, GlyphId},
    packed::Packed,
    question::{self, Digits, Wanted},
    spell::{Manner, Spell},
};
use crate::{
    record::Id,
    register::{
        address::Address,
        folding::fold_number,
        person::Person,
        reading::{is_read, readings},
    },
};

/// What is known of a person, for the search.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonEntry {
    /// The person's id.
    pub id: Id,
    /// The name as it is written.
    pub name: String,
    /// How it is read: [`readings`] of the name and the person's own choice.
    pub readings: Vec<Vec<String>>,
    /// The number of the identity document.
    pub id_number: Option<String>,
    /// Telephones, in normal form or as they are.
    pub phones: Vec<String>,
    /// Where the person lives.
    pub address: Option<Address>,
    /// The day of birth.
    pub birth: Option<NaiveDate>,
}

impl PersonEntry {
    /// What the search knows of a person.
    pub fn of(person: &Person) -> Self {
        Self {
            id: person.id,
            name: person.name.clone(),
            readings: readings(&person.name, person.reading.as_deref()),
            id_number: person.id_number.clone(),
            phones: person.phones.clone(),
            address: person.address,
            birth: person.birth,
        }
    }
}

/// Why somebody was found, best first: the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A whole field is exactly what was asked.
    Exact,
    /// The name begins so.
    NameStart,
    /// The name begins so when it is read.
    Reading,
    /// Inside the name, written or read.
    NameInside,
    /// By another reading of a character.
    OtherReading,
    /// The ID number ends so.
    IdEnd,
    /// A telephone ends so.
    PhoneEnd,
    /// Lives there.
    Place,
    /// Was born that day.
    BirthDate,
}

/// Somebody who was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hit {
    /// Who.
    pub id: Id,
    /// How good: 0 is best; of several words, their sum.
    pub rank: u16,
    /// Why; of several words, the weakest reason.
    pub why: Why,
}

type Row = u32;

/// A stretch of an arena.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    length: u32,
}

impl Span {
    fn of<T>(self, arena: &[T]) -> &[T] {
        let range = || -> Option<_> {
            let start = usize::try_from(self.start).ok()?;
            Some(start..start + usize::try_from(self.length).ok()?)
        };
        range()
            .and_then(|range| arena.get(range))
            .unwrap_or_default()
    }

    fn append<T: Clone>(arena: &mut Vec<T>, items: &[T]) -> Self {
        let start = u32::try_from(arena.len()).unwrap_or(u32::MAX);
        arena.extend_from_slice(items);
        Self {
            start,
            length: u32::try_from(items.len()).unwrap_or(0),
        }
    }
}

/// An address in a column; zero is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) building: u32,
    pub(super) unit: u32,
    pub(super) room: u32,
}

impl Place {
    fn of(address: Option<&Address>) -> Self {
        address.map_or_else(Self::default, |address| Self {
            building: address.building,
            unit: address.unit.unwrap_or(0),
            room: address.room.unwrap_or(0),
        })
    }

    /// People without an address come last.
    const fn order(self) -> (u32, u32, u32) {
        (self.building.wrapping_sub(1), self.unit, self.room)
    }

    const fn is_within(self, asked: Self) -> bool {
        self.building == asked.building
            && (asked.unit == 0 || asked.unit == self.unit)
            && (asked.room == 0 || asked.room == self.room)
    }
}

/// Everybody, ready to be searched.
#[derive(Clone, Default)]
pub struct SearchIndex {
    pub(super) alphabet: Alphabet,
    pub(super) rows: BTreeMap<Id, Row>,
    // Columns, one entry a row. A removed row is empty in all of them, so that nothing finds it.
    ids: Vec<Id>,
    names: Vec<Span>,
    id_numbers: Vec<u128>,
    phones: Vec<Span>,
    places: Vec<Place>,
    births: Vec<u32>,
    // What spans point into.
    glyphs: Vec<GlyphId>,
    phone_numbers: Vec<u128>,
}

/// Removed rows below this many are not worth a rebuild.
const FEW_REMOVED: usize = 1024;

impl SearchIndex {
    /// How many people there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a person, or replaces what was known of them.
    pub fn insert(&mut self, person: &PersonEntry) {
        self.remove(person.id);
        let read = person
            .name
            .chars()
            .filter(|&character| is_read(character))
            .count();
        let glyphs = if person.readings.len() == read {
            self.alphabet.glyphs_of(&person.name, &person.readings)
        } else {
            self.alphabet
                .glyphs_of(&person.name, &readings(&person.name, None))
        };
        let phones: Vec<u128> = person
            .phones
            .iter()
            .map(|phone| Packed::of_characters(phone.chars().filter(char::is_ascii_digit)))
            .map(Packed::bits)
            .collect();
        let id_number = person
            .id_number
            .as_deref()
            .map(fold_number)
            .unwrap_or_default();
        let row = Columns {
            id: person.id,
            glyphs: &glyphs,
            id_number: Packed::of(&id_number).bits(),
            phones: &phones,
            place: Place::of(person.address.as_ref()),
            birth: person.birth.map_or(0, year_month_day),
        };
        self.append(&row);
    }

    /// Forgets a person.
    pub fn remove(&mut self, id: Id) {
        let Some(row) = self.rows.remove(&id) else {
            return;
        };
        let at = usize::try_from(row).unwrap_or(usize::MAX);
        clear(&mut self.names, at);
        clear(&mut self.id_numbers, at);
        clear(&mut self.phones, at);
        clear(&mut self.places, at);
        clear(&mut self.births, at);
        if self.ids.len() - self.rows.len() > self.rows.len().max(FEW_REMOVED) {
            self.compact();
        }
    }

    /// The best `limit` people for what was typed, best first; ties by address, then name.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        let wanted = question::read(text);
        let mut tests: Vec<Test> = wanted
            .iter()
            .map(|wanted| Test::of(wanted, &self.alphabet))
            .collect();
        if tests.is_empty() || limit == 0 {
            return Vec::new();
        }
        // Numbers rule people out at less cost than names.
        tests.sort_by_key(|test| matches!(test, Test::Name(_)));
        let whole_name = whole_name(&wanted, &self.alphabet);

        let mut best = Best {
            limit,
            kept: Vec::new(),
            worst: None,
        };
        for (row, seen) in self.every_row() {
            // Most of a long list is ruled out by where it would stand, unread.
            let at_best = || match whole_name {
                Some(_) => 0,
                None => tests
                    .iter()
                    .map(|test| test.at_best(&seen, &self.alphabet) as u16)
                    .sum(),
            };
            if best.is_past(at_best, seen.place) {
                continue;
            }
            let Some((mut rank, mut why)) = judge(&tests, &seen, &self.alphabet) else {
                continue;
            };
            if whole_name
                .as_ref()
                .is_some_and(|name| is_whole(name, &seen, &self.alphabet))
            {
                (rank, why) = (0, Why::Exact);
            }
            best.offer(
                Found {
                    rank,
                    place: seen.place.order(),
                    why,
                    row,
                },
                self,
            );
        }
        best.into_order(self)
            .iter()
            .filter_map(|found| {
                let id = *self.ids.get(usize::try_from(found.row).ok()?)?;
                Some(Hit {
                    id,
                    rank: found.rank,
                    why: found.why,
                })
            })
            .collect()
    }

    fn every_row(&self) -> impl Iterator<Item = (Row, Columns<'_>)> {
        let people = self.ids.iter().zip(&self.names).zip(&self.id_numbers);
        let lives = self.phones.iter().zip(&self.places).zip(&self.births);
        (0..).zip(people.zip(lives)).map(
            |(row, (((id, name), id_number), ((phones, place), birth)))| {
                let columns = Columns {
                    id: *id,
                    glyphs: name.of(&self.glyphs),
                    id_number: *id_number,
                    phones: phones.of(&self.phone_numbers),
                    place: *place,
                    birth: *birth,
                };
                (row, columns)
            },
        )
    }

    pub(super) fn row(&self, row: Row) -> Option<Columns<'_>> {
        let at = usize::try_from(row).ok()?;
        Some(Columns {
            id: *self.ids.get(at)?,
            glyphs: self.names.get(at)?.of(&self.glyphs),
            id_number: *self.id_numbers.get(at)?,
            phones: self.phones.get(at)?.of(&self.phone_numbers),
            place: *self.places.get(at)?,
            birth: *self.births.get(at)?,
        })
    }

    fn append(&mut self, row: &Columns<'_>) {
        self.rows
            .insert(row.id, Row::try_from(self.ids.len()).unwrap_or(Row::MAX));
        self.append_columns(row);
    }

    /// The same, where `rows` is seen to otherwise.
    pub(super) fn append_columns(&mut self, row: &Columns<'_>) {
        self.ids.push(row.id);
        self.names.push(Span::append(&mut self.glyphs, row.glyphs));
        self.id_numbers.push(row.id_number);
        self.phones
            .push(Span::append(&mut self.phone_numbers, row.phones));
        self.places.push(row.place);
        self.births.push(row.birth);
    }

    /// Writes the columns anew without the removed rows.
    fn compact(&mut self) {
        let old = std::mem::take(self);
        self.alphabet = old.alphabet.clone();
        for row in old.rows.values().filter_map(|&row| old.row(row)) {
            self.append(&row);
        }
    }

    fn id(&self, row: Row) -> Option<Id> {
        self.ids.get(usize::try_from(row).ok()?).copied()
    }

    /// Orders two rows by how their names are read, then written.
    fn by_name(&self, one: Row, other: Row) -> Ordering {
        let spelled = |row: Row| {
            let glyphs = self.row(row).map_or(&[][..], |row| row.glyphs);
            glyphs.iter().map(|glyph| self.alphabet.spelling(*glyph))
        };
        spelled(one).cmp(spelled(other))
    }
}

/// A row across the columns.
pub(super) struct Columns<'a> {
    pub(super) id: Id,
    pub(super) glyphs: &'a [GlyphId],
    pub(super) id_number: u128,
    pub(super) phones: &'a [u128],
    pub(super) place: Place,
    pub(super) birth: u32,
}

/// A wish, compiled against the alphabet.
enum Test {
    Name(Spell),
    Place(Place),
    Digits(Digits),
    NumberEnd(Packed),
}

impl Test {
    fn of(wanted: &Wanted, alphabet: &Alphabet) -> Self {
        match wanted {
            Wanted::Word(word) => Self::Name(Spell::of(word.chars(), alphabet)),
            Wanted::Place(address) => Self::Place(Place::of(Some(address))),
            Wanted::Digits(digits) => Self::Digits(digits.clone()),
            Wanted::NumberEnd(end) => Self::NumberEnd(*end),
        }
    }

    /// The best reason this test can give for a row.
    fn at_best(&self, row: &Columns<'_>, alphabet: &Alphabet) -> Why {
        match self {
            Self::Name(spell) => why_named(spell.at_best(row.glyphs, alphabet)),
            Self::Place(asked) if asked.room == 0 => Why::Place,
            Self::Digits(digits) if digits.end.is_none() => Why::Place,
            Self::Place(_) | Self::Digits(_) | Self::NumberEnd(_) => Why::Exact,
        }
    }

    fn judge(&self, row: &Columns<'_>, alphabet: &Alphabet) -> Option<Why> {
        match self {
            Self::Name(spell) => spell
                .finds(row.glyphs)
                .then(|| why_named(spell.manner(row.glyphs, alphabet))),
            Self::Place(asked) if *asked == row.place && asked.room != 0 => Some(Why::Exact),
            Self::Place(asked) => row.place.is_within(*asked).then_some(Why::Place),
            Self::Digits(digits) => why_digits(digits, row),
            Self::NumberEnd(end) => why_id(*end, row),
        }
    }
}

const fn why_named(manner: Manner) -> Why {
    match manner {
        Manner::WholeText | Manner::WholeReading => Why::Exact,
        Manner::TextStart => Why::NameStart,
        Manner::ReadingStart => Why::Reading,
        Manner::TextInside | Manner::ReadingInside => Why::NameInside,
        Manner::OtherReading => Why::OtherReading,
    }
}

fn why_id(asked: Packed, row: &Columns<'_>) -> Option<Why> {
    if asked.bits() == row.id_number {
        return Some(Why::Exact);
    }
    asked.is_end_of(row.id_number).then_some(Why::IdEnd)
}

fn why_digits(digits: &Digits, row: &Columns<'_>) -> Option<Why> {
    if let Some(end) = digits.end {
        let is_phone_end = row.phones.iter().any(|phone| end.is_end_of(*phone));
        let is_same_id = digits.same_id.iter().any(|id| id.bits() == row.id_number);
        let is_whole_phone = is_phone_end && row.phones.contains(&end.bits());
        match why_id(end, row) {
            Some(Why::Exact) => return Some(Why::Exact),
            _ if is_same_id || is_whole_phone => return Some(Why::Exact),
            Some(why) => return Some(why),
            None if is_phone_end => return Some(Why::PhoneEnd),
            None => {}
        }
    }
    let lives_there = digits
        .building
        .is_some_and(|building| building == row.place.building)
        || digits.room.is_some_and(|room| room == row.place.room);
    if lives_there {
        return Some(Why::Place);
    }
    digits
        .birth
        .is_some_and(|birth| birth == row.birth)
        .then_some(Why::BirthDate)
}

/// All tests must hold.
fn judge(tests: &[Test], row: &Columns<'_>, alphabet: &Alphabet) -> Option<(u16, Why)> {
    let (mut rank, mut weakest) = (0, Why::Exact);
    for test in tests {
        let why = test.judge(row, alphabet)?;
        rank += why as u16;
        weakest = weakest.max(why);
    }
    Some((rank, weakest))
}

/// `smith john` and `zhang san` are whole names, although each word is only a part.
fn whole_name(wanted: &[Wanted], alphabet: &Alphabet) -> Option<Spell> {
    let mut word = String::new();
    for wanted in wanted {
        match wanted {
            Wanted::Word(part) => word.push_str(part),
            Wanted::Place(_) | Wanted::Digits(_) | Wanted::NumberEnd(_) => return None,
        }
    }
    (wanted.len() > 1).then(|| Spell::of(word.chars(), alphabet))
}

fn is_whole(name: &Spell, row: &Columns<'_>, alphabet: &Alphabet) -> bool {
    name.finds(row.glyphs) && why_named(name.manner(row.glyphs, alphabet)) == Why::Exact
}

/// A row that was found, with what decides its place in the list.
#[derive(Clone, Copy)]
struct Found {
    rank: u16,
    place: (u32, u32, u32),
    why: Why,
    row: Row,
}

impl Found {
    const fn key(&self) -> (u16, (u32, u32, u32)) {
        (self.rank, self.place)
    }

    fn order(&self, other: &Self, index: &SearchIndex) -> Ordering {
        self.key()
            .cmp(&other.key())
            .then_with(|| index.by_name(self.row, other.row))
            .then_with(|| index.id(self.row).cmp(&index.id(other.row)))
    }
}

/// The best so far: a letter may find half of the town, of which twenty are shown.
struct Best {
    limit: usize,
    kept: Vec<Found>,
    worst: Option<(u16, (u32, u32, u32))>,
}

impl Best {
    /// Whether there are enough already that come before anything of this rank and place.
    fn is_past(&self, rank: impl FnOnce() -> u16, place: Place) -> bool {
        self.worst
            .is_some_and(|worst| (rank(), place.order()) > worst)
    }

    fn offer(&mut self, found: Found, index: &SearchIndex) {
        if self.worst.is_some_and(|worst| found.key() > worst) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= self.limit.saturating_mul(2).max(64) {
            self.cut(index);
        }
    }

    fn cut(&mut self, index: &SearchIndex) {
        if let Some(last) = self.limit.checked_sub(1)
            && last < self.kept.len()
        {
            let (_, worst, _) = self
                .kept
                .select_nth_unstable_by(last, |one, other| one.order(other, index));
            self.worst = Some(worst.key());
            self.kept.truncate(self.limit);
        }
    }

    fn into_order(mut self, index: &SearchIndex) -> Vec<Found> {
        self.cut(index);
        self.kept
            .sort_unstable_by(|one, other| one.order(other, index));
        self.kept
    }
}

fn clear<T: Default>(column: &mut [T], at: usize) {
    if let Some(value) = column.get_mut(at) {
        *value = T::default();
    }
}

fn year_month_day(day: NaiveDate) -> u32 {
    u32::try_from(day.year()).unwrap_or(0) * 10_000 + day.month() * 100 + day.day()
}
