//! The people who are planted: nobody is real. And every form in which one of their words might lie about.

/// Characters of names and remarks with their GBK bytes; GBK is what old tools of these offices write.
const GBK: &[(char, u16)] = &[
    ('顾', 0xB9CB),
    ('沈', 0xC9F2),
    ('钱', 0xC7AE),
    ('陆', 0xC2BD),
    ('许', 0xD0ED),
    ('蒋', 0xBDAF),
    ('曹', 0xB2DC),
    ('严', 0xD1CF),
    ('魏', 0xCEBA),
    ('陶', 0xCCD5),
    ('伟', 0xCEB0),
    ('芳', 0xB7BC),
    ('娜', 0xC4C8),
    ('敏', 0xC3F4),
    ('静', 0xBEB2),
    ('磊', 0xC0DA),
    ('洋', 0xD1F3),
    ('艳', 0xD1DE),
    ('勇', 0xD3C2),
    ('杰', 0xBDDC),
    ('涛', 0xCCCE),
    ('超', 0xB3AC),
    ('霞', 0xCFBC),
    ('平', 0xC6BD),
    ('刚', 0xB8D5),
    ('桂', 0xB9F0),
    ('英', 0xD3A2),
    ('华', 0xBBAA),
    ('玉', 0xD3F1),
    ('梅', 0xC3B7),
    ('兰', 0xC0BC),
    ('竹', 0xD6F1),
    ('云', 0xD4C6),
    ('峰', 0xB7E5),
    ('雪', 0xD1A9),
    ('松', 0xCBC9),
    ('晨', 0xB3BF),
    ('阳', 0xD1F4),
    ('幢', 0xB4B1),
    ('单', 0xB5A5),
    ('元', 0xD4AA),
    ('室', 0xCAD2),
    ('询', 0xD1AF),
    ('问', 0xCECA),
];
const SURNAMES: usize = 10;
const GIVEN: std::ops::Range<usize> = 10..38;

/// A person who is planted.
pub(crate) struct Planted {
    pub(crate) name: String,
    pub(crate) id_number: String,
    pub(crate) phone: String,
    /// As a clerk types it.
    pub(crate) address_typed: String,
    /// As the program shows it.
    pub(crate) address: String,
    /// Stands in every text about them: questions, reasons, sources, half-typed forms.
    pub(crate) word: String,
}

/// What a word of a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Name,
    IdNumber,
    Phone,
    Address,
    Word,
}

/// A form of a word that is looked for.
pub(crate) struct Pattern {
    pub(crate) kind: Kind,
    pub(crate) form: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The people of this seed: the same ones each time.
pub(crate) fn people(count: u32) -> Vec<Planted> {
    (0..count).map(one).collect()
}

fn one(number: u32) -> Planted {
    let place = usize::try_from(number).unwrap_or_default();
    let given = GIVEN.len();
    let letters = [
        place % SURNAMES,
        GIVEN.start + place / SURNAMES % given,
        GIVEN.start + (place / (SURNAMES * given) * 7 + place * 11 + 3) % given,
    ];
    let name = letters
        .iter()
        .filter_map(|letter| GBK.get(*letter))
        .map(|(letter, _bytes)| letter)
        .collect();
    let (year, month, day) = (
        1940 + number % 60,
        1 + number / 60 % 12,
        1 + number / 7 % 28,
    );
    let sequence = 990 + number % 6;
    let (building, unit, floor) = (31 + number % 60, 1 + number % 3, 11 + number / 60 % 20);
    let room = floor * 100 + 1 + number % 4;
    Planted {
        name,
        id_number: with_check(&format!("320583{year}{month:02}{day:02}{sequence}")),
        phone: format!("154{:08}", 20_000_000 + number * 7_919),
        address_typed: format!("{building}-{unit}-{room}"),
        address: format!("{building}幢{unit}单元{room}室"),
        word: format!("询问{:08x}问询", number.wrapping_mul(2_654_435_761)),
    }
}

/// GB 11643, its last character.
fn with_check(digits: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let sum: u32 = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = CHECKS.iter().cycle().nth(sum as usize % 11);
    let check = check.copied().map_or('?', char::from);
    format!("{digits}{check}")
}

impl Planted {
    /// Every form of every word of this person.
    pub(crate) fn patterns(&self) -> Vec<Pattern> {
        let words = [
            (Kind::Name, &self.name),
            (Kind::IdNumber, &self.id_number),
            (Kind::Phone, &self.phone),
            (Kind::Address, &self.address),
            (Kind::Word, &self.word),
        ];
        let mut patterns = Vec::new();
        for (kind, word) in words {
            for (form, bytes) in forms(word) {
                let is_new = |known: &Pattern| known.bytes != bytes;
                if patterns.iter().all(is_new) {
                    patterns.push(Pattern { kind, form, bytes });
                }
            }
        }
        patterns
    }
}

/// A word in every form, plain ones first.
fn forms(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf8 = word.as_bytes().to_vec();
    let units: Vec<u16> = word.encode_utf16().collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| units.iter().flat_map(|unit| bytes(*unit)).collect();
    let mut forms = vec![
        ("UTF-8", utf8.clone()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("hex", hex(&utf8, false)),
        ("HEX", hex(&utf8, true)),
        ("JSON escapes", escaped(&units, false)),
        ("JSON ESCAPES", escaped(&units, true)),
    ];
    forms.extend((0..3).map(|shift| ("base64", base64_inside(&utf8, shift))));
    forms.extend(gbk(word).map(|bytes| ("GBK", bytes)));
    forms
}

fn gbk(word: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for letter in word.chars() {
        if letter.is_ascii() {
            bytes.extend(u8::try_from(letter));
        } else {
            let (_letter, code) = GBK.iter().find(|(known, _code)| *known == letter)?;
            bytes.extend(code.to_be_bytes());
        }
    }
    Some(bytes)
}

fn hex(bytes: &[u8], upper: bool) -> Vec<u8> {
    let digits = bytes.iter().map(|byte| {
        if upper {
            format!("{byte:02X}")
        } else {
            format!("{byte:02x}")
        }
    });
    digits.collect::<String>().into_bytes()
}

fn escaped(units: &[u16], upper: bool) -> Vec<u8> {
    let letters = units.iter().map(|unit| match (u8::try_from(*unit), upper) {
        (Ok(byte), _) if byte.is_ascii() => char::from(byte).to_string(),
        (_, true) => format!("\\u{unit:04X}"),
        (_, false) => format!("\\u{unit:04x}"),
    });
    letters.collect::<String>().into_bytes()
}

/// The characters of base64 that depend on the word alone, when so many bytes of something else stand
/// before it.
fn base64_inside(bytes: &[u8], shift: usize) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .skip((6 - shift * 8 % 6) % 6)
        .collect();
    bits.chunks_exact(6)
        .filter_map(|six| {
            let place = six
                .iter()
                .fold(0, |place, bit| place * 2 + usize::from(*bit));
            DIGITS.get(place).copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_thousand_people_differ_in_every_word() {
        let people = people(1_000);
        let count =
            |word: fn(&Planted) -> &String| people.iter().map(word).collect::<BTreeSet<_>>();
        assert_eq!(count(|one| &one.id_number).len(), 1_000);
        assert_eq!(count(|one| &one.phone).len(), 1_000);
        assert_eq!(count(|one| &one.name).len(), 1_000);
        assert_eq!(count(|one| &one.word).len(), 1_000);
    }

    #[test]
    fn the_forms_are_those_other_programs_write() {
        let found: Vec<_> = forms("顾1")
            .into_iter()
            .map(|(_form, bytes)| bytes)
            .collect();
        for expected in [
            &b"\xE9\xA1\xBE1"[..],
            b"\x7E\x98\x31\x00",
            b"\x98\x7E\x00\x31",
            b"e9a1be31",
            b"\\u987e1",
            b"\xB9\xCB1",
            // base64 of the word behind no, one and two bytes, without what its neighbours decide.
            b"6aG+M",
            b"mhvj",
            b"pob4x",
        ] {
            assert!(found.iter().any(|form| form == expected), "{expected:?}");
        }
        assert_eq!(with_check("32058319810307991"), "320583198103079911");
    }
}
