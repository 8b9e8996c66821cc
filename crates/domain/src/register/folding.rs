//! What a keyboard, a spreadsheet or a card reader wraps around a number, taken off before it is read.
//!
//! For numbers and queries only. Names are kept as they are written (NFC): folding compatibility
//! characters would change some of them.

use unicode_normalization::UnicodeNormalization;

/// The text in compatibility form, without any white space, control or invisible character, ASCII
/// letters in upper case: `３２０５ 83…x` becomes `320583…X`.
pub fn fold_number(text: &str) -> String {
    if text.is_ascii() {
        return fold_characters(text.chars());
    }
    fold_characters(text.nfkc())
}

fn fold_characters(characters: impl Iterator<Item = char>) -> String {
    characters
        .filter(|&character| !character.is_whitespace() && !is_invisible(character))
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

/// Whether nothing of this character is seen: controls, format and direction marks, fillers.
///
/// White space is not meant, except the controls among it (tab, line feed).
pub const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}'
        | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether the character joins like a hyphen: every dash a keyboard or a phone may put there.
pub const fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_spaces_and_invisible_marks_are_folded_away() {
        for (typed, folded) in [
            ("３２０５８３", "320583"),
            ("3205 8319\u{3000}8103 0799 11", "320583198103079911"),
            ("\u{FEFF}12\u{200B}3\u{202A}x\u{202C}\t\n", "123X"),
            ("Ⅹ", "X"), // the Roman numeral an input method offers
            ("ｘ", "X"),
        ] {
            assert_eq!(fold_number(typed), folded);
        }
    }

    #[test]
    fn letters_that_only_look_like_digits_stay_what_they_are() {
        assert_eq!(fold_number("Ol"), "OL");
        assert_eq!(fold_number("\u{41E}"), "\u{41E}"); // Cyrillic O
    }
}
