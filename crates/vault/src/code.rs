//! The printed code (密码信封): 128 random bits that open the vault when every password is
//! forgotten or the key store is lost.
//!
//! Printed as 28 characters of Crockford's base 32 in seven groups: the 128 bits and 12 bits of
//! check, so that of 4,096 typing mistakes about one goes unnoticed (and then simply does not
//! open). Read back kindly: any case, `O` for `0`, `I` and `L` for `1`, full-width, any spaces and
//! hyphens. There is no limit on tries: nobody guesses 128 bits.

use std::fmt;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::age::AgeSecret;
use crate::error::VaultError;
use crate::keys::Key;
use crate::purpose;
use crate::random::random;

const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const CHARACTERS: u32 = 28;
const GROUP: usize = 4;
const CHECK_BITS: u32 = 12;

/// A printed code. `Display` is for the printed sheet only; `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode(u128);

impl RecoveryCode {
    pub(crate) fn random() -> Result<Self, VaultError> {
        random().map(u128::from_be_bytes).map(Self)
    }

    /// Reads a typed code; `None` when it is mistyped.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut digits = Vec::with_capacity(CHARACTERS as usize);
        for character in typed.nfkc().filter(|c| !is_separator(*c)) {
            digits.push(value_of(character)?);
        }
        if digits.len() != CHARACTERS as usize {
            return None;
        }
        // The first 116 bits, then the last 24: 12 of the code, 12 of the check.
        let (front, back) = digits.split_at_checked(23)?;
        let number = |digits: &[u8]| {
            let shifted = |sum: u128, digit: &u8| (sum << 5) | u128::from(*digit);
            digits.iter().fold(0, shifted)
        };
        let (front, back) = (number(front), number(back));
        let code = Self((front << 13) | (back >> CHECK_BITS));
        (code.check() == back & 0xfff).then_some(code)
    }

    pub(crate) fn kek(&self, vault: &[u8; 16]) -> Key {
        Key::derive(&[&self.0.to_be_bytes()], vault, purpose::CODE_KEK)
    }

    /// What opens the backups that were sealed to this code. X25519 from 128 random bits: a file is
    /// sealed by a machine that has only the public half and never sees the code again.
    pub fn backup_secret(&self) -> AgeSecret {
        AgeSecret::new(&Key::derive(
            &[&self.0.to_be_bytes()],
            b"",
            purpose::CODE_BACKUP,
        ))
    }

    fn check(&self) -> u128 {
        let mut hash = Sha256::new();
        hash.update(purpose::CODE_CHECK);
        hash.update(self.0.to_be_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        let [first, second, ..] = hash;
        u128::from(u16::from_be_bytes([first, second])) & 0xfff
    }

    fn digits(&self) -> impl Iterator<Item = char> {
        let (code, check) = (self.0, self.check());
        (0..CHARACTERS).rev().filter_map(move |place| {
            // 140 bits: `code ‖ check`, five from this place on.
            let low = place * 5;
            let five = if low >= CHECK_BITS {
                code >> (low - CHECK_BITS)
            } else {
                (code << (CHECK_BITS - low)) | (check >> low)
            };
            ALPHABET.get(usize::try_from(five & 31).ok()?).copied()
        })
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.digits().enumerate() {
            let hyphen = if place > 0 && place % GROUP == 0 {
                "-"
            } else {
                ""
            };
            write!(formatter, "{hyphen}{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(…)")
    }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '‐' | '‑' | '–' | '—' | '−' | '_')
}

fn value_of(character: char) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|is| *is == character)?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: RecoveryCode = RecoveryCode(0x0123_4567_89ab_cdef_0011_2233_4455_6677);

    /// A change here makes every printed sheet useless.
    #[test]
    fn golden() {
        assert_eq!(CODE.to_string(), "04HM-ASW9-NF6Y-Y00H-48SM-8NB6-EWHZ");
        assert_eq!(
            crate::hex::encode(&CODE.backup_secret().public()),
            "2eeae213f20112a3b8e09e3bb9181e21aa77cf0dc5489bd2440fc945ee44577b"
        );
    }

    #[test]
    fn every_code_is_read_back() {
        for _ in 0..1_000 {
            let code = RecoveryCode::random().unwrap();
            assert!(RecoveryCode::parse(&code.to_string()) == Some(code));
        }
        for code in [RecoveryCode(0), RecoveryCode(u128::MAX), CODE] {
            assert!(RecoveryCode::parse(&code.to_string()) == Some(code));
        }
    }

    #[test]
    fn a_code_is_read_kindly() {
        let printed = CODE.to_string();
        let kind = printed.to_lowercase().replace('0', "o").replace('1', "l");
        assert!(RecoveryCode::parse(&kind.replace('-', "  ")) == Some(CODE));
        let wide: String = printed
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
            .collect();
        assert!(RecoveryCode::parse(&wide) == Some(CODE));
    }

    #[test]
    fn nearly_every_typing_mistake_is_noticed() {
        let printed: Vec<char> = CODE.to_string().replace('-', "").chars().collect();
        let mut unnoticed = 0;
        for place in 0..printed.len() {
            for other in ALPHABET {
                let mut typed = printed.clone();
                typed[place] = other;
                let typed: String = typed.into_iter().collect();
                let noticed = RecoveryCode::parse(&typed).is_none_or(|code| code == CODE);
                unnoticed += u32::from(!noticed);
            }
        }
        assert!(unnoticed <= 3, "{unnoticed} of 868");
        let short: String = printed[1..].iter().collect();
        assert!(RecoveryCode::parse(&short).is_none());
    }
}
