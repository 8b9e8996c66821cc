//! What lists and public screens show instead of the full value (domain.md 7.3). Counts code points.
//!
//! A mask is for the eye. It is made here, before the value leaves the machine's inside; whoever
//! may see the full value asks for it by name, and that is logged.

use super::{
    address::Address,
    reading::{INTERPUNCT, is_compound_surname},
};

/// A number of identity on lists: 320583********9911, E1*****78.
pub fn id_on_list(number: &str) -> String {
    match number.chars().count() {
        15.. => keep_ends(number, 6, 4),
        _ => id_in_public(number),
    }
}

/// A number of identity on public screens and posted notices: 3****************1.
pub fn id_in_public(number: &str) -> String {
    match number.chars().count() {
        15.. => keep_ends(number, 1, 1),
        8.. => keep_ends(number, 2, 2),
        5.. => keep_ends(number, 1, 1),
        _ => keep_ends(number, 0, 0),
    }
}

/// A name: 张*, 欧阳**, 阿***·***, S*** J***. One character alone becomes a star.
///
/// A Latin word is always shown with three stars, whatever its length.
pub fn name(name: &str) -> String {
    let comes_before_chinese = |character: char| character < '\u{2E80}';
    if name.chars().all(comes_before_chinese) && !name.contains(INTERPUNCT) {
        return name
            .split_whitespace()
            .map(latin_word)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let shown = match name.chars().count() {
        0 | 1 => 0,
        2 => 1,
        _ if is_compound_surname(&name.chars().take(2).collect::<String>()) => 2,
        _ => 1,
    };
    name.chars()
        .enumerate()
        .map(|(at, character)| {
            if at < shown || character == INTERPUNCT || character == ' ' {
                character
            } else {
                '*'
            }
        })
        .collect()
}

fn latin_word(word: &str) -> String {
    match word.chars().next() {
        Some(first) if word.chars().count() > 1 => format!("{first}***"),
        _ => "*".to_owned(),
    }
}

/// A phone on lists: 154****1234, 0512-****2345. Public screens show none.
pub fn phone_on_list(phone: &str) -> String {
    if let Some((area, local)) = phone.split_once('-') {
        return format!("{area}-{}", keep_ends(local, 0, 4));
    }
    if phone.starts_with('+') {
        // The country stays: it is no secret, and it says why the number looks as it does.
        let (country, local) = phone.split_once(' ').unwrap_or(("", phone));
        let gap = if country.is_empty() { "" } else { " " };
        return format!("{country}{gap}{}", keep_ends(local, 0, 4));
    }
    match phone.chars().count() {
        9.. => keep_ends(phone, 3, 4),
        _ => keep_ends(phone, 0, 0),
    }
}

/// An address on posted notices: the room is hidden. Lists show addresses in full.
pub fn address_in_public(address: &Address) -> String {
    let Address {
        building,
        unit,
        room,
    } = *address;
    let unit = unit.map(|unit| format!("{unit}单元")).unwrap_or_default();
    let room = if room.is_some() { "***室" } else { "" };
    format!("{building}幢{unit}{room}")
}

/// A bank card on lists: 6228 **** **** 0018.
pub fn bank_card(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    match (digits.first_chunk::<4>(), digits.last_chunk::<4>()) {
        (Some(first), Some(last)) if digits.len() >= 12 => {
            let (first, last) = (String::from_iter(first), String::from_iter(last));
            format!("{first} **** **** {last}")
        }
        _ => "****".to_owned(),
    }
}

/// The first and last characters, the rest as stars; all stars when that would leave no middle.
fn keep_ends(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    let is_hidden = first + last >= length;
    text.chars()
        .enumerate()
        .map(|(at, character)| {
            if !is_hidden && (at < first || at + last >= length) {
                character
            } else {
                '*'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_the_surname_only() {
        for (full, masked) in [
            ("张三", "张*"),
            ("单晓芳", "单**"),
            ("欧阳海", "欧阳*"),
            ("欧阳", "欧*"), // nobody is named by a surname alone
            ("王𬭎", "王*"),
            ("阿依古丽·买买提", "阿***·***"),
            ("SMITH JOHN", "S*** J***"),
            ("Li X", "L*** *"),
            ("丹", "*"),
            ("", ""),
        ] {
            assert_eq!(name(full), masked);
        }
    }

    #[test]
    fn old_short_and_foreign_numbers_have_masks_of_their_own() {
        assert_eq!(id_on_list("320523530818993"), "320523*****8993");
        assert_eq!(id_in_public("320523530818993"), "3*************3");
        assert_eq!(id_on_list("1234"), "****");
        assert_eq!(phone_on_list("0512-57712345"), "0512-****2345");
        assert_eq!(phone_on_list("+852 5123 4567"), "+852 *****4567");
        assert_eq!(phone_on_list("12345"), "*****");
        assert_eq!(bank_card("6228480018420018"), "6228 **** **** 0018");
        assert_eq!(bank_card("6228 4800 1842 0010 018"), "6228 **** **** 0018");
        assert_eq!(bank_card("1234"), "****");
    }

    #[test]
    fn posted_addresses_hide_the_room() {
        let home = Address {
            building: 12,
            unit: Some(3),
            room: Some(502),
        };
        assert_eq!(address_in_public(&home), "12幢3单元***室");
        let without_unit = Address { unit: None, ..home };
        assert_eq!(address_in_public(&without_unit), "12幢***室");
    }
}
