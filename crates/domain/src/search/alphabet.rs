//! Every character that occurs, with its readings, once: names are lists of its numbers.
//!
//! The same character read in another way (a surname, a person's own reading) is another glyph.

use std::collections::BTreeMap;

use super::fold::fold_letter;
use crate::register::reading::is_read;

/// A number of a glyph in its [`Alphabet`].
pub(super) type GlyphId = u32;
/// A number of a syllable in its [`Alphabet`].
pub(super) type SyllableId = u16;

/// A character as it is written and read.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// The character, folded.
    pub(super) letter: char,
    /// How it is read first, if it is read at all.
    pub(super) preferred: Option<SyllableId>,
    /// Other readings, and ways to type ü.
    pub(super) others: Vec<SyllableId>,
    /// How many of the others are readings and not ways to type.
    pub(super) readings: usize,
}

/// The glyphs and syllables in use.
#[derive(Clone, Debug, Default)]
pub(super) struct Alphabet {
    glyphs: Vec<Glyph>,
    by_letter: BTreeMap<char, Vec<GlyphId>>,
    syllables: Vec<String>,
    by_syllable: BTreeMap<String, SyllableId>,
}

impl Alphabet {
    /// Of glyphs and syllables in the order of their numbers.
    pub(super) fn of(glyphs: Vec<Glyph>, syllables: Vec<String>) -> Self {
        let mut by_letter: BTreeMap<char, Vec<GlyphId>> = BTreeMap::new();
        for (id, glyph) in (0..).zip(&glyphs) {
            by_letter.entry(glyph.letter).or_default().push(id);
        }
        Self {
            by_syllable: syllables.iter().cloned().zip(0..).collect(),
            glyphs,
            by_letter,
            syllables,
        }
    }

    /// The glyphs of a text. `readings` has one entry for each character that is read, in order.
    pub(super) fn glyphs_of(&mut self, text: &str, readings: &[Vec<String>]) -> Vec<GlyphId> {
        let umlaut = [String::from('v')];
        let mut readings = readings.iter();
        text.chars()
            .filter_map(|character| {
                let own = match character {
                    _ if is_read(character) => readings.next().map_or(&[][..], Vec::as_slice),
                    // A query's ü is a v, because it may be one of lü.
                    'ü' | 'Ü' => &umlaut,
                    _ => &[],
                };
                fold_letter(character).map(|letter| self.glyph(letter, own))
            })
            .collect()
    }

    pub(super) fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    pub(super) fn get(&self, id: GlyphId) -> Option<&Glyph> {
        self.glyphs.get(usize::try_from(id).ok()?)
    }

    pub(super) fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// The preferred reading of a glyph; itself where it is not read.
    pub(super) fn spelling(&self, id: GlyphId) -> (&str, char) {
        let glyph = self.get(id);
        let syllable = glyph
            .and_then(|glyph| glyph.preferred)
            .and_then(|id| self.syllables.get(usize::from(id)))
            .map_or("", String::as_str);
        (syllable, glyph.map_or(' ', |glyph| glyph.letter))
    }

    fn glyph(&mut self, letter: char, readings: &[String]) -> GlyphId {
        let known = self.by_letter.get(&letter).map_or(&[][..], Vec::as_slice);
        if let Some(&id) = known.iter().find(|&&id| self.is_read_as(id, readings)) {
            return id;
        }
        let mut ids: Vec<SyllableId> = readings
            .iter()
            .map(|syllable| self.syllable(syllable))
            .collect();
        let preferred = (!ids.is_empty()).then(|| ids.remove(0));
        let read = ids.len();
        // lv is typed lu by who knows no better, and printed lyu in passports.
        for typed in readings.iter().filter(|syllable| syllable.contains('v')) {
            for way in ["u", "yu"] {
                let id = self.syllable(&typed.replace('v', way));
                ids.push(id);
            }
        }
        let id = GlyphId::try_from(self.glyphs.len()).unwrap_or(GlyphId::MAX);
        self.glyphs.push(Glyph {
            letter,
            preferred,
            others: ids,
            readings: read,
        });
        self.by_letter.entry(letter).or_default().push(id);
        id
    }

    fn is_read_as(&self, id: GlyphId, readings: &[String]) -> bool {
        let Some(glyph) = self.get(id) else {
            return false;
        };
        let own = glyph
            .preferred
            .iter()
            .chain(glyph.others.iter().take(glyph.readings));
        own.map(|id| self.syllables.get(usize::from(*id)))
            .eq(readings.iter().map(Some))
    }

    /// There are some 400 syllables, and a person's own ones; far fewer than 65,536.
    fn syllable(&mut self, text: &str) -> SyllableId {
        if let Some(&id) = self.by_syllable.get(text) {
            return id;
        }
        let id = SyllableId::try_from(self.syllables.len()).unwrap_or(SyllableId::MAX);
        self.syllables.push(text.to_owned());
        self.by_syllable.insert(text.to_owned(), id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::reading::readings;

    #[test]
    fn a_character_is_kept_once_for_each_way_it_is_read() {
        let mut alphabet = Alphabet::default();
        let surname = alphabet.glyphs_of("单丹", &readings("单丹", None));
        let given = alphabet.glyphs_of("丹单", &readings("丹单", None));
        let again = alphabet.glyphs_of("单·丹", &readings("单丹", None));
        assert_eq!(surname, again);
        assert_eq!(surname.get(1), given.first());
        assert_ne!(surname.first(), given.get(1));
        assert_eq!(alphabet.spelling(*surname.first().unwrap()), ("shan", '单'));
    }
}
