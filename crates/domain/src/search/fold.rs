//! One form for what is typed and what is kept, so that they can be compared letter by letter.

use unicode_normalization::UnicodeNormalization;

use crate::register::folding::{is_dash, is_invisible};

/// A query in compatibility form and lower case, `v` for ü, nothing invisible in it.
pub(super) fn fold_query(text: &str) -> String {
    text.nfkc()
        .filter(|&character| !is_invisible(character))
        .flat_map(char::to_lowercase)
        .map(|character| if character == 'ü' { 'v' } else { character })
        .collect()
}

/// A letter of a kept text as a query would have it: é becomes e, full width becomes half.
///
/// `None` for what stands between letters and is not searched for: dots, dashes, spaces, brackets.
pub(super) fn fold_letter(letter: char) -> Option<char> {
    match letter {
        // Nearly all of what is kept: each is its own form already.
        '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | '0'..='9' => Some(letter),
        'A'..='Z' => Some(letter.to_ascii_lowercase()),
        _ => fold_any(letter),
    }
}

fn fold_any(letter: char) -> Option<char> {
    let composed = one_of(letter.nfkc()).unwrap_or(letter);
    let base = if composed < '\u{2E80}' {
        composed.nfd().next()?
    } else {
        composed
    };
    let folded = one_of(base.to_lowercase()).unwrap_or(base);
    let is_letter = folded.is_alphanumeric() || (folded >= '\u{2E80}' && !is_between_words(folded));
    is_letter.then_some(folded)
}

/// Private and newly encoded characters are letters; punctuation of the same blocks is not.
const fn is_between_words(character: char) -> bool {
    is_dash(character)
        || matches!(character, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30FB}'
            | '\u{FE10}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
            | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

fn one_of(mut characters: impl Iterator<Item = char>) -> Option<char> {
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_and_what_is_kept_meet_in_one_form() {
        assert_eq!(fold_query("ＺＨＡＮＧ Lü\u{200B}"), "zhang lv");
        for (kept, folded) in [
            ('É', Some('e')),
            ('Ａ', Some('a')),
            ('张', Some('张')),
            ('𬭎', Some('𬭎')),
            ('⼀', Some('一')), // a radical that only looks like the character
            ('·', None),
            ('-', None),
            ('（', None),
        ] {
            assert_eq!(fold_letter(kept), folded, "{kept}");
        }
    }

    #[test]
    fn the_short_way_folds_as_the_long_one() {
        for letter in ('\u{4E00}'..='\u{9FFF}').chain('\0'..='\u{7F}') {
            assert_eq!(fold_letter(letter), fold_any(letter), "{letter}");
        }
    }
}
