//! Names of people as they are written: what a name may hold, and the one way its dot is written.
//!
//! Kept in NFC, never in a compatibility form, which would change some characters.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{folding::is_invisible, mask, reading::INTERPUNCT};

/// Characters a name may have; the law asks for 25 Chinese ones at least.
pub const MOST_CHARACTERS: usize = 64;
/// Marks one letter may carry; no script needs more.
pub const MOST_MARKS: usize = 8;

/// Why a text is no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NameError {
    /// There is no letter in it.
    Empty,
    /// It is longer than any name.
    TooLong {
        /// How many characters a name may have.
        most: usize,
    },
    /// A character nobody sees: a control, or a mark that turns the direction of writing.
    Invisible {
        /// Its code point, as U+202E.
        code: String,
    },
    /// A character no name has.
    Character {
        /// The character.
        character: char,
    },
    /// More marks on one letter than any script has.
    TooManyMarks,
}

/// A name that passed. `Debug` prints its mask.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name: NFC, the dot between its parts written `·` without spaces, no spaces between
    /// Chinese characters, single ones elsewhere.
    ///
    /// # Errors
    ///
    /// The first of [`NameError`] that applies.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        // Ten thousand characters are refused before anything is done with them.
        if text
            .chars()
            .nth(MOST_CHARACTERS * (MOST_MARKS + 1))
            .is_some()
        {
            return Err(NameError::TooLong {
                most: MOST_CHARACTERS,
            });
        }
        let composed: Vec<char> = text.trim().nfc().collect();
        check_characters(&composed)?;
        let written = with_one_dot(&spaced(&composed))?;
        if written.chars().count() > MOST_CHARACTERS {
            return Err(NameError::TooLong {
                most: MOST_CHARACTERS,
            });
        }
        Ok(Self(written))
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a character comes from an old system's private area: nobody else can show it.
    pub fn has_private_use(&self) -> bool {
        self.0.chars().any(is_private_use)
    }

    /// The name without what tells the person: 张*.
    pub fn masked(&self) -> String {
        mask::name(&self.0)
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PersonName({})", self.masked())
    }
}

/// Whether the character belongs to a private area.
pub const fn is_private_use(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn check_characters(name: &[char]) -> Result<(), NameError> {
    let (mut marks, mut has_letter) = (0, false);
    for &character in name {
        if is_invisible(character) {
            return Err(NameError::Invisible {
                code: format!("U+{:04X}", u32::from(character)),
            });
        }
        if is_combining_mark(character) {
            marks += 1;
            if !has_letter {
                return Err(NameError::Character { character });
            }
            if marks > MOST_MARKS {
                return Err(NameError::TooManyMarks);
            }
            continue;
        }
        marks = 0;
        if is_letter(character) {
            has_letter = true;
        } else if !is_joint(character) {
            return Err(NameError::Character { character });
        }
    }
    if has_letter {
        Ok(())
    } else {
        Err(NameError::Empty)
    }
}

/// Letters of any script, rare ones in private areas, and descriptions of rare ones (⿰钅弘).
const fn is_described(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FDF}' | '\u{2FF0}'..='\u{2FFF}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || is_described(character) || is_private_use(character)
}

/// What stands between the letters of a name.
fn is_joint(character: char) -> bool {
    character.is_whitespace() || is_dot(character) || matches!(character, '-' | '\'' | '’')
}

const fn is_dot(character: char) -> bool {
    matches!(
        character,
        INTERPUNCT | '•' | '‧' | '・' | '･' | '．' | '.' | '∙' | '⋅'
    )
}

const fn is_chinese(character: char) -> bool {
    character >= '\u{2E80}'
}

/// Spaces that only stretch a short name (张　三) or stand beside a dot go; others become one.
fn spaced(name: &[char]) -> Vec<char> {
    let keeps_space =
        |beside: char| beside != ' ' && (beside == '.' || !is_dot(beside)) && !is_chinese(beside);
    let mut kept: Vec<char> = Vec::with_capacity(name.len());
    for (at, &character) in name.iter().enumerate() {
        if !character.is_whitespace() {
            kept.push(character);
            continue;
        }
        let next = name.iter().skip(at).find(|next| !next.is_whitespace());
        if kept.last().is_some_and(|&last| keeps_space(last))
            && next.is_some_and(|&next| keeps_space(next))
        {
            kept.push(' ');
        }
    }
    kept
}

/// Every dot between two letters is written `·`; elsewhere only the full stop of `J. SMITH` stays.
fn with_one_dot(name: &[char]) -> Result<String, NameError> {
    let mut written = String::with_capacity(name.len() * 3);
    let mut last = None;
    let mut rest = name;
    while let Some((&character, after)) = rest.split_first() {
        rest = after;
        let is_after_letter = last.is_some_and(|last| is_letter(last) || is_combining_mark(last));
        let is_before_letter = after.first().is_some_and(|&next| is_letter(next));
        last = Some(character);
        if is_dot(character) && is_after_letter && is_before_letter {
            written.push(INTERPUNCT);
        } else if is_dot(character) && character != '.' {
            return Err(NameError::Character { character });
        } else {
            written.push(character);
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_as_written_with_one_kind_of_dot() {
        for (typed, kept) in [
            ("张三", "张三"),
            (" 张　三 ", "张三"),
            ("王𬭎", "王𬭎"),
            ("李䶮", "李䶮"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("阿依古丽．买买提", "阿依古丽·买买提"),
            ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
            ("阿依古丽.买买提", "阿依古丽·买买提"),
            ("SMITH   JOHN", "SMITH JOHN"),
            ("J. SMITH", "J. SMITH"),
            ("O'NEIL-JONES", "O'NEIL-JONES"),
            ("Jose\u{301}", "Jos\u{e9}"),
            ("王⿰钅弘", "王⿰钅弘"),
            ("王\u{E000}", "王\u{E000}"),
            ("王\u{F900}", "王\u{8C48}"), // canonical, so NFC itself changes it
        ] {
            assert_eq!(
                PersonName::parse(typed).unwrap().as_str(),
                kept,
                "{typed:?}"
            );
        }
    }

    #[test]
    fn what_is_no_name_is_refused_for_its_reason() {
        let invisible = |code: &str| NameError::Invisible {
            code: code.to_owned(),
        };
        let character = |character| NameError::Character { character };
        let too_long = NameError::TooLong {
            most: MOST_CHARACTERS,
        };
        for (typed, error) in [
            (String::new(), NameError::Empty),
            (" 　".to_owned(), NameError::Empty),
            ("·".to_owned(), NameError::Empty),
            ("\u{202E}三张".to_owned(), invisible("U+202E")),
            ("张\u{200B}三".to_owned(), invisible("U+200B")),
            ("张\u{0}三".to_owned(), invisible("U+0000")),
            ("<img onerror>".to_owned(), character('<')),
            ("=1+1".to_owned(), character('=')),
            ("张三2".to_owned(), character('2')),
            ("王?".to_owned(), character('?')),
            ("王\u{FFFD}".to_owned(), character('\u{FFFD}')),
            ("张三😀".to_owned(), character('😀')),
            ("张三·".to_owned(), character('·')),
            ("\u{301}a".to_owned(), character('\u{301}')),
            (
                format!("a{}", "\u{301}".repeat(500)),
                NameError::TooManyMarks,
            ),
            ("张".repeat(10_000), too_long.clone()),
            ("张".repeat(65), too_long),
        ] {
            assert_eq!(PersonName::parse(&typed), Err(error), "{typed:?}");
        }
    }

    #[test]
    fn the_longest_name_is_accepted() {
        assert!(PersonName::parse(&"张".repeat(64)).is_ok());
    }

    #[test]
    fn private_characters_are_flagged_and_nothing_prints_the_name() {
        let name = PersonName::parse("王\u{E000}").unwrap();
        assert!(name.has_private_use());
        assert!(!PersonName::parse("王𬭎").unwrap().has_private_use());
        assert_eq!(format!("{name:?}"), "PersonName(王*)");
    }
}
