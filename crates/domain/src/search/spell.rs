//! Whether letters or characters somebody typed spell a part of a name: 张三 is 张, 三, zs, zhangs,
//! zhsan, san.
//!
//! A typed word is a row of offsets. Each glyph leads from an offset to those behind its syllable,
//! its initial or itself; a name is found when the offsets run out inside it. Sets of offsets are the
//! bits of one word, so a name costs a few operations for each of its characters, however it is read.

use super::alphabet::{Alphabet, GlyphId};

/// Letters of a typed word that are looked at. Longer words name no more people than their beginning.
const MOST_LETTERS: usize = 63;
/// Letters of the longest syllable (zhuang).
const LONGEST: usize = 6;

/// Where one glyph leads.
#[derive(Clone, Copy, Debug, Default)]
struct Steps {
    /// Offsets from which the rest of the word is a beginning of this glyph: the end.
    ends: u64,
    /// Offsets from which it leads anywhere.
    leads: u64,
    /// Offsets from which it leads on by one letter, by two, …
    by: [u64; LONGEST],
}

impl Steps {
    fn join(&mut self, other: &Self) {
        self.ends |= other.ends;
        self.leads |= other.leads;
        for (own, others) in self.by.iter_mut().zip(other.by) {
            *own |= others;
        }
    }

    fn lead(&mut self, from: usize, by: usize) {
        if let Some(offsets) = by.checked_sub(1).and_then(|at| self.by.get_mut(at)) {
            *offsets |= 1 << from;
            self.leads |= 1 << from;
        }
    }

    const fn after(&self, offsets: u64) -> u64 {
        if offsets & self.leads == 0 {
            return 0;
        }
        let [one, two, three, four, five, six] = self.by;
        ((offsets & one) << 1)
            | ((offsets & two) << 2)
            | ((offsets & three) << 3)
            | ((offsets & four) << 4)
            | ((offsets & five) << 5)
            | ((offsets & six) << 6)
    }
}

/// How a word spells a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// Written in full.
    WholeText,
    /// Read in full, every syllable spelled out.
    WholeReading,
    /// Its written beginning.
    TextStart,
    /// Its beginning by the preferred readings.
    ReadingStart,
    /// Written inside it.
    TextInside,
    /// Inside it by the preferred readings.
    ReadingInside,
    /// By another reading of some character.
    OtherReading,
}

/// A typed word, ready to be compared with names of one alphabet.
#[derive(Clone, Debug)]
pub(super) struct Spell {
    word: Vec<char>,
    /// By glyph: written or read in any way.
    glyphs: Vec<Steps>,
    /// By syllable.
    syllables: Vec<Steps>,
}

impl Spell {
    pub(super) fn of(word: impl Iterator<Item = char>, alphabet: &Alphabet) -> Self {
        let word: Vec<char> = word.take(MOST_LETTERS).collect();
        let syllables: Vec<Steps> = alphabet
            .syllables()
            .iter()
            .map(|syllable| steps_of_syllable(&word, syllable))
            .collect();
        let glyphs = alphabet
            .glyphs()
            .iter()
            .map(|glyph| {
                let mut steps = steps_of_letter(&word, glyph.letter);
                for syllable in glyph.preferred.iter().chain(&glyph.others) {
                    if let Some(read) = syllables.get(usize::from(*syllable)) {
                        steps.join(read);
                    }
                }
                steps
            })
            .collect();
        Self {
            word,
            glyphs,
            syllables,
        }
    }

    /// Whether the word spells a part of the name, in any way.
    pub(super) fn finds(&self, name: &[GlyphId]) -> bool {
        let mut offsets = 0;
        for glyph in name {
            let at = usize::try_from(*glyph).unwrap_or(usize::MAX);
            let Some(steps) = self.glyphs.get(at) else {
                return false;
            };
            offsets |= 1;
            if offsets & steps.ends != 0 {
                return true;
            }
            offsets = steps.after(offsets);
        }
        false
    }

    /// The best the word can do with a name, told without spelling it.
    pub(super) fn at_best(&self, name: &[GlyphId], alphabet: &Alphabet) -> Manner {
        if self.word.len() >= name.len() {
            return Manner::WholeText;
        }
        // Every glyph takes a letter at least, so it is not the whole name.
        let starts_with_latin = name
            .first()
            .and_then(|glyph| alphabet.get(*glyph))
            .is_some_and(|glyph| glyph.letter.is_ascii());
        if self.word.first().is_some_and(char::is_ascii) && !starts_with_latin {
            Manner::ReadingStart
        } else {
            Manner::TextStart
        }
    }

    /// How the word spells a name that it [finds](Self::finds).
    pub(super) fn manner(&self, name: &[GlyphId], alphabet: &Alphabet) -> Manner {
        let written_at = self.written_at(name, alphabet);
        if written_at == Some(0) && name.len() == self.word.len() {
            Manner::WholeText
        } else if self.is_read_in_full(name, alphabet) {
            Manner::WholeReading
        } else if written_at == Some(0) {
            Manner::TextStart
        } else if self.is_read(name, alphabet, true) {
            Manner::ReadingStart
        } else if written_at.is_some() {
            Manner::TextInside
        } else if self.is_read(name, alphabet, false) {
            Manner::ReadingInside
        } else {
            Manner::OtherReading
        }
    }

    fn written_at(&self, name: &[GlyphId], alphabet: &Alphabet) -> Option<usize> {
        let is_letter = |glyph: &GlyphId, letter| {
            alphabet
                .get(*glyph)
                .is_some_and(|glyph| glyph.letter == letter)
        };
        name.windows(self.word.len().max(1)).position(|part| {
            part.iter()
                .zip(&self.word)
                .all(|(glyph, letter)| is_letter(glyph, *letter))
        })
    }

    fn is_read_in_full(&self, name: &[GlyphId], alphabet: &Alphabet) -> bool {
        let mut rest = self.word.as_slice();
        for glyph in name {
            let (syllable, letter) = alphabet.spelling(*glyph);
            let spelled = if syllable.is_empty() {
                rest.split_first()
                    .filter(|(first, _)| **first == letter)
                    .map(|(_, rest)| rest)
            } else {
                without_prefix(rest, syllable)
            };
            match spelled {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        rest.is_empty()
    }

    fn is_read(&self, name: &[GlyphId], alphabet: &Alphabet, from_start: bool) -> bool {
        let mut offsets = 1;
        for glyph in name.iter().filter_map(|id| alphabet.get(*id)) {
            let mut steps = steps_of_letter(&self.word, glyph.letter);
            if let Some(read) = glyph
                .preferred
                .and_then(|id| self.syllables.get(usize::from(id)))
            {
                steps.join(read);
            }
            if offsets & steps.ends != 0 {
                return true;
            }
            offsets = steps.after(offsets) | u64::from(!from_start);
            if offsets == 0 {
                return false;
            }
        }
        false
    }
}

fn steps_of_letter(word: &[char], letter: char) -> Steps {
    let mut steps = Steps::default();
    for (from, _) in word
        .iter()
        .enumerate()
        .filter(|(_, typed)| **typed == letter)
    {
        steps.lead(from, 1);
        if from + 1 == word.len() {
            steps.ends |= 1 << from;
        }
    }
    steps
}

fn steps_of_syllable(word: &[char], syllable: &str) -> Steps {
    let mut steps = Steps::default();
    for from in 0..word.len() {
        let rest = word.get(from..).unwrap_or_default();
        if syllable.chars().next() != rest.first().copied() {
            continue;
        }
        steps.lead(from, 1);
        let is_two_letter_initial = matches!(syllable.get(..2), Some("zh" | "ch" | "sh"));
        if is_two_letter_initial && rest.get(1) == Some(&'h') {
            steps.lead(from, 2);
        }
        if without_prefix(rest, syllable).is_some() {
            steps.lead(from, syllable.len());
        }
        let is_beginning = rest.len() <= syllable.len()
            && rest
                .iter()
                .zip(syllable.chars())
                .all(|(typed, letter)| *typed == letter);
        if is_beginning {
            steps.ends |= 1 << from;
        }
    }
    steps
}

fn without_prefix<'a>(word: &'a [char], syllable: &str) -> Option<&'a [char]> {
    let mut rest = word;
    for letter in syllable.chars() {
        match rest.split_first() {
            Some((first, behind)) if *first == letter => rest = behind,
            _ => return None,
        }
    }
    Some(rest)
}
