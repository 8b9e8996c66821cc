//! Numbers in one machine word, last character lowest, so that "ends in 9911" is one comparison.

/// Up to 21 digits or capital letters, six bits each; zero is no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    bits: u128,
    length: u32,
}

const WIDTH: u32 = 6;
const MOST: u32 = 128 / WIDTH;

impl Packed {
    /// The letters and digits of a text, the rest skipped; of a very long one the last 21.
    pub(super) fn of(text: &str) -> Self {
        Self::of_characters(text.chars())
    }

    /// The same, character by character.
    pub(super) fn of_characters(characters: impl Iterator<Item = char>) -> Self {
        let mut packed = Self::default();
        for value in characters.filter_map(|character| character.to_digit(36)) {
            packed.bits = (packed.bits << WIDTH) | u128::from(value + 1);
            packed.length = (packed.length + 1).min(MOST);
        }
        // What was pushed out at the top leaves two loose bits behind.
        packed.bits &= mask(MOST);
        packed
    }

    /// The bits, as they stand in a column.
    pub(super) const fn bits(self) -> u128 {
        self.bits
    }

    /// Whether the number in the column ends in this one.
    pub(super) const fn is_end_of(self, bits: u128) -> bool {
        (bits ^ self.bits) & mask(self.length) == 0
    }
}

const fn mask(characters: u32) -> u128 {
    (1 << (characters * WIDTH)) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_number_is_found_and_nothing_else() {
        let number = Packed::of("32058320120602992X").bits();
        for (asked, is_end) in [
            ("992x", true),
            ("992X", true),
            ("32058320120602992X", true),
            ("992", false),
            ("0992X", false),
        ] {
            assert_eq!(Packed::of(asked).is_end_of(number), is_end, "{asked}");
        }
        assert!(!Packed::of("0000").is_end_of(Packed::of("").bits()));
    }

    #[test]
    fn a_number_that_is_too_long_keeps_its_end() {
        let long = Packed::of("ABCDEFGHIJ0123456789ABCDEFGHIJ");
        assert!(Packed::of("EFGHIJ").is_end_of(long.bits()));
        assert!(!Packed::of("8EFGHIJ").is_end_of(long.bits()));
    }
}
