//! The PIN that uncovers the shaded screen. It opens nothing else, lives in memory only and is gone
//! with the program: six digits protect against a glance and a passing hand, not against a thief.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::error::VaultError;
use crate::index::BlindIndex;
use crate::keys::Key;

const TRIES: u8 = 5;
const DIGITS: usize = 6;

/// A PIN, kept as a keyed hash with a key of its own.
pub struct ShadePin {
    hash: BlindIndex,
    token: [u8; 16],
    left: u8,
}

/// Why a PIN cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PinRefused {
    /// It is not six digits.
    #[error("a PIN is six digits")]
    NotSixDigits,
    /// One digit six times, or a run such as 123456.
    #[error("this PIN is the first one anybody would try")]
    TooEasy,
    /// Something broke.
    #[error(transparent)]
    Failed(#[from] VaultError),
}

/// The answer to a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinAnswer {
    /// Right; the count begins anew.
    Uncovered,
    /// Wrong.
    Wrong {
        /// Tries left.
        left: u8,
    },
    /// No tries left: now only the password helps.
    Spent,
}

impl ShadePin {
    /// Takes a PIN.
    ///
    /// # Errors
    ///
    /// Refuses what is not six digits, and the easiest ones.
    pub fn new(pin: &str) -> Result<Self, PinRefused> {
        let pin: String = pin.nfkc().collect();
        let digits: Vec<u32> = pin.chars().filter_map(|c| c.to_digit(10)).collect();
        if digits.len() != DIGITS || pin.chars().count() != DIGITS {
            return Err(PinRefused::NotSixDigits);
        }
        if is_run(&digits) {
            return Err(PinRefused::TooEasy);
        }
        let hash = BlindIndex::new(Key::random()?);
        let token = hash.token("pin", &pin);
        Ok(Self {
            hash,
            token,
            left: TRIES,
        })
    }

    /// Tries a PIN. Five wrong ones in a row and none is looked at any more.
    pub fn try_pin(&mut self, pin: &str) -> PinAnswer {
        if self.left == 0 {
            return PinAnswer::Spent;
        }
        let pin: String = pin.nfkc().collect();
        // Tokens of a key nobody has may be compared plainly: a prefix that fits tells nothing.
        if self.hash.token("pin", &pin) == self.token {
            self.left = TRIES;
            return PinAnswer::Uncovered;
        }
        self.left -= 1;
        match self.left {
            0 => PinAnswer::Spent,
            left => PinAnswer::Wrong { left },
        }
    }
}

impl fmt::Debug for ShadePin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ShadePin(…)")
    }
}

/// Whether every step from digit to digit is the same one: 0, up or down.
fn is_run(digits: &[u32]) -> bool {
    [-1, 0, 1].into_iter().any(|step| {
        digits
            .array_windows()
            .all(|[one, next]| one.checked_add_signed(step) == Some(*next))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_pin_uncovers_also_when_typed_full_width() {
        let mut pin = ShadePin::new("280471").unwrap();
        assert_eq!(pin.try_pin("280471"), PinAnswer::Uncovered);
        assert_eq!(pin.try_pin("２８０４７１"), PinAnswer::Uncovered);
    }

    #[test]
    fn after_five_wrong_pins_the_right_one_does_not_help() {
        let mut pin = ShadePin::new("280471").unwrap();
        for left in [4, 3, 2, 1] {
            assert_eq!(pin.try_pin("280472"), PinAnswer::Wrong { left });
        }
        assert_eq!(pin.try_pin("280472"), PinAnswer::Spent);
        assert_eq!(pin.try_pin("280471"), PinAnswer::Spent);
    }

    #[test]
    fn a_right_pin_gives_all_tries_back() {
        let mut pin = ShadePin::new("280471").unwrap();
        pin.try_pin("1");
        pin.try_pin("280471");
        assert_eq!(pin.try_pin("1"), PinAnswer::Wrong { left: 4 });
    }

    #[test]
    fn easy_pins_and_other_lengths_are_refused() {
        for easy in ["000000", "123456", "987654"] {
            assert!(matches!(ShadePin::new(easy), Err(PinRefused::TooEasy)));
        }
        for wrong in ["12345", "1234567", "12a456", "", "12345a6"] {
            assert!(matches!(
                ShadePin::new(wrong),
                Err(PinRefused::NotSixDigits)
            ));
        }
    }
}
