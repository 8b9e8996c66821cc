//! Where in the compound: building (幢), unit (单元), room (室), read from what people write.
//!
//! Garages, storerooms, shops and basements are places of another kind and are not read here; nor
//! are house numbers of streets.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use super::folding::{is_dash, is_invisible};

/// A place in the compound. What is not said is `None`: some buildings have no units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Address {
    /// 幢
    pub building: u32,
    /// 单元
    pub unit: Option<u32>,
    /// 室: 502 is floor 5, door 02.
    pub room: Option<u32>,
}

impl Address {
    /// As it is typed: 12-3-502, 12-502, 12-3; a building alone is 12幢, since 12 would be a number.
    pub fn short(&self) -> String {
        match (self.unit, self.room) {
            (Some(unit), Some(room)) => format!("{}-{unit}-{room}", self.building),
            (None, Some(number)) | (Some(number), None) => format!("{}-{number}", self.building),
            (None, None) => format!("{}幢", self.building),
        }
    }

    /// The floor of the room.
    pub fn floor(&self) -> Option<u32> {
        self.room.map(|room| room / 100)
    }

    /// Whether everything said here is true of `place`: 12-3 holds of 12-3-502.
    pub fn holds_of(&self, place: &Self) -> bool {
        self.building == place.building
            && (self.unit.is_none() || self.unit == place.unit)
            && (self.room.is_none() || self.room == place.room)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}幢", self.building)?;
        if let Some(unit) = self.unit {
            write!(formatter, "{unit}单元")?;
        }
        if let Some(room) = self.room {
            write!(formatter, "{room}室")?;
        }
        Ok(())
    }
}

/// The place a text names, whatever stands before it: 12幢3单元502室, 东苑12-3-502, 12#502, 十二幢.
/// `None` when it is not wholly an address; the text stays what it is.
pub fn parse_address(text: &str) -> Option<Address> {
    split_address(text).map(|(_, address)| address)
}

/// What stands before the place (street, compound), and the place.
pub fn split_address(text: &str) -> Option<(String, Address)> {
    let parts = parts_of(text);
    let lead_may_stand = |before: Option<&Part>| match before {
        None => true,
        Some(Part::Text(character)) => is_end_of_a_name(*character),
        Some(_) => false,
    };
    (0..parts.len()).find_map(|at| {
        let (lead, place) = parts.split_at_checked(at)?;
        if !lead_may_stand(lead.last()) {
            return None;
        }
        let address = Reader { rest: place }.address()?;
        let lead: String = lead.iter().map(Part::text).collect();
        (!NOT_ROOMS.iter().any(|word| lead.contains(word))).then_some((lead, address))
    })
}

/// Words before a number that say it counts something else than dwellings.
const NOT_ROOMS: [&str; 8] = [
    "车库", "储藏", "商铺", "店铺", "门面", "地下", "车位", "仓库",
];

/// A Latin letter before the number is part of it (S1-102 is a shop); a Chinese one ends a name.
const fn is_end_of_a_name(character: char) -> bool {
    character >= '\u{2E80}' || matches!(character, ')' | ',' | ':')
}

/// A word of an address.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A number, with how many digits it was written.
    Number {
        value: u32,
        digits: usize,
        written: String,
    },
    Building(&'static str),
    Unit,
    Room,
    /// Something that separates numbers.
    Gap(char),
    Text(char),
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Number { written, .. } => written.clone(),
            Self::Building(mark) => (*mark).to_owned(),
            Self::Unit => "单元".to_owned(),
            Self::Room => "室".to_owned(),
            Self::Gap(character) | Self::Text(character) => character.to_string(),
        }
    }
}

fn parts_of(text: &str) -> Vec<Part> {
    let folded: String = text
        .nfkc()
        .filter(|&character| !is_invisible(character))
        .collect();
    let mut parts = Vec::new();
    let mut rest = folded.trim();
    while let Some(first) = rest.chars().next() {
        let (part, length) = if let Some(number) = number_at(rest) {
            number
        } else if let Some(mark) = ["号楼", "幢", "栋", "#"]
            .into_iter()
            .find(|mark| rest.starts_with(mark))
        {
            (Part::Building(mark), mark.len())
        } else if rest.starts_with("单元") {
            (Part::Unit, "单元".len())
        } else if first == '室' {
            (Part::Room, first.len_utf8())
        } else if is_dash(first) || matches!(first, '/' | '.') || first.is_whitespace() {
            let gap = if first.is_whitespace() { ' ' } else { '-' };
            (Part::Gap(gap), first.len_utf8())
        } else {
            (Part::Text(first), first.len_utf8())
        };
        parts.push(part);
        rest = rest.get(length..).unwrap_or_default();
    }
    without_loose_spaces(&parts)
}

/// Spaces separate numbers; beside anything else they only look nice.
fn without_loose_spaces(parts: &[Part]) -> Vec<Part> {
    let is_number = |part: Option<&Part>| matches!(part, Some(Part::Number { .. }));
    let mut kept: Vec<Part> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let is_loose =
            *part == Part::Gap(' ') && !(is_number(kept.last()) && is_number(parts.get(at + 1)));
        if !is_loose {
            kept.push(part.clone());
        }
    }
    kept
}

/// A number at the start of a text, in ASCII digits or Chinese numerals, and its length in bytes.
fn number_at(text: &str) -> Option<(Part, usize)> {
    let run = |is_part: fn(char) -> bool| -> String {
        text.chars()
            .take_while(|&character| is_part(character))
            .collect()
    };
    let written = run(|character| character.is_ascii_digit());
    if !written.is_empty() {
        // A longer number than any place has: it must not wrap round to a small one.
        let value = written.parse().unwrap_or(u32::MAX);
        let (digits, length) = (written.len(), written.len());
        return Some((
            Part::Number {
                value,
                digits,
                written,
            },
            length,
        ));
    }
    let written = run(|character| "〇零一二三四五六七八九十百".contains(character));
    let value = chinese_number(&written)?;
    let length = written.len();
    Some((
        Part::Number {
            value,
            digits: value.to_string().len(),
            written,
        },
        length,
    ))
}

/// 五〇二 digit by digit, 十二 and 一百零二 by place.
fn chinese_number(numeral: &str) -> Option<u32> {
    let digit = |character: char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|known| known == character || (known == '〇' && character == '零'))
    };
    if !numeral.contains(['十', '百']) {
        let mut value: u32 = 0;
        for character in numeral.chars() {
            value = value
                .checked_mul(10)?
                .checked_add(u32::try_from(digit(character)?).ok()?)?;
        }
        return (!numeral.is_empty()).then_some(value);
    }
    let (mut value, mut pending, mut last_place) = (0, None, u32::MAX);
    for character in numeral.chars() {
        let place = match character {
            '百' => 100,
            '十' => 10,
            '〇' | '零' => continue,
            _ if pending.is_none() => {
                pending = Some(u32::try_from(digit(character)?).ok()?);
                continue;
            }
            _ => return None,
        };
        if place >= last_place {
            return None;
        }
        last_place = place;
        value += pending.take().unwrap_or(1) * place;
    }
    Some(value + pending.unwrap_or(0))
}

/// Reads building, unit and room from the front; everything must be used up.
struct Reader<'a> {
    rest: &'a [Part],
}

impl Reader<'_> {
    fn address(mut self) -> Option<Address> {
        let building = self.number(|value, digits| (1..=999).contains(&value) && digits <= 3)?;
        let has_mark = self.take(|part| matches!(part, Part::Building(_)));
        if self.rest.is_empty() {
            return has_mark.then_some(Address {
                building,
                unit: None,
                room: None,
            });
        }
        let has_gap = self.gap();
        if !has_mark && !has_gap {
            return None;
        }
        let unit = self.unit();
        let room = match unit {
            Some(_) if self.rest.is_empty() => None,
            _ => Some(self.room()?),
        };
        self.rest.is_empty().then_some(Address {
            building,
            unit,
            room,
        })
    }

    /// `3单元`, or a number under 100 with a gap behind it or nothing: a room has three digits.
    fn unit(&mut self) -> Option<u32> {
        let before = self.rest;
        let unit = self.number(|value, digits| (1..=99).contains(&value) && digits <= 2);
        let has_mark = self.take(|part| *part == Part::Unit);
        let is_closed = self.rest.is_empty() || self.gap() || has_mark;
        if unit.is_some() && is_closed {
            return unit;
        }
        self.rest = before;
        None
    }

    fn room(&mut self) -> Option<u32> {
        let room = self.number(|value, digits| (100..=9999).contains(&value) && digits <= 4)?;
        self.take(|part| *part == Part::Room);
        Some(room)
    }

    fn number(&mut self, fits: fn(u32, usize) -> bool) -> Option<u32> {
        match self.rest.split_first() {
            Some((Part::Number { value, digits, .. }, rest)) if fits(*value, *digits) => {
                self.rest = rest;
                Some(*value)
            }
            _ => None,
        }
    }

    fn gap(&mut self) -> bool {
        self.take(|part| matches!(part, Part::Gap(_)))
    }

    fn take(&mut self, is_wanted: fn(&Part) -> bool) -> bool {
        match self.rest.split_first() {
            Some((part, rest)) if is_wanted(part) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(building: u32, unit: u32, room: u32) -> Address {
        let said = |number| (number > 0).then_some(number);
        Address {
            building,
            unit: said(unit),
            room: said(room),
        }
    }

    #[test]
    fn every_way_people_write_an_address_is_read() {
        for (written, address) in [
            ("12栋3单元502", place(12, 3, 502)),
            ("12号楼3单元502", place(12, 3, 502)),
            ("12/3/502", place(12, 3, 502)),
            ("12—3—502室", place(12, 3, 502)),
            ("12 - 3 - 502", place(12, 3, 502)),
            ("12 3 502", place(12, 3, 502)),
            ("12幢 3单元 502室", place(12, 3, 502)),
            ("02幢03单元0502室", place(2, 3, 502)),
            ("十二幢三单元五〇二室", place(12, 3, 502)),
            ("新茂东苑二十幢一单元一千", place(0, 0, 0)),
            ("一百零二幢十单元一二〇三室", place(102, 10, 1203)),
            ("12-502", place(12, 0, 502)),
            ("12.502", place(12, 0, 502)),
            ("12幢502室", place(12, 0, 502)),
            ("新茂东苑12幢3单元", place(12, 3, 0)),
            ("新茂东苑 12幢", place(12, 0, 0)),
            ("1-1-1203", place(1, 1, 1203)),
            (
                "江苏省苏州市昆山市周市镇新茂路88号新茂东苑12幢3单元502室",
                place(12, 3, 502),
            ),
            ("新茂东苑（北区）12-3-502", place(12, 3, 502)),
        ] {
            let expected = (address.building > 0).then_some(address);
            assert_eq!(parse_address(written), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_room_of_ours_stays_text() {
        for text in [
            "",
            "12",
            "502",
            "三",
            "3单元502",
            "12-3-502-1",
            "0512",
            "12-3-05A",
            "12-3-5",
            "12-0-502",
            "2026-11-24",
            "0512-57712345",
            "12-3-502车库",
            "12幢车库3",
            "车库12-3-502",
            "商铺S1-102",
            "S1-102",
            "12幢储藏室5",
            "12幢3单元室",
            "12幢幢",
            "12--3",
            "1203幢",
            "12-3-50200",
            "99999999999-3-502",
            "张三",
            "新茂路88号",
            "12幢3室",
        ] {
            assert_eq!(parse_address(text), None, "{text}");
        }
    }

    #[test]
    fn what_stands_before_the_place_is_kept() {
        let (lead, _) = split_address("新茂路88号 新茂东苑12-3-502").unwrap();
        assert_eq!(lead, "新茂路88号新茂东苑");
    }

    #[test]
    fn a_building_holds_of_its_rooms_and_a_room_not_of_its_building() {
        assert!(place(12, 3, 0).holds_of(&place(12, 3, 502)));
        assert!(place(12, 0, 502).holds_of(&place(12, 3, 502)));
        assert!(!place(12, 3, 502).holds_of(&place(12, 3, 0)));
        assert!(!place(12, 9, 0).holds_of(&place(12, 3, 502)));
    }
}
