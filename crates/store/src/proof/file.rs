//! A page with its proof inside, sealed as a whole.
//!
//! The page is a PDF, the proof an attachment that lies in it as it is. A line in the PDF's metadata,
//! `yczm-seal:` and 128 digits, is the signature of whoever made the file over all its bytes, taken
//! with zeros in the place of the digits. One byte of the page changed, and it does not hold. No part of
//! the PDF is parsed to check it: a file from a stranger is only searched for two marks.

use super::{Checked, LABEL, Proof, ProofError, check::is_signed};
use crate::{
    error::StoreError,
    hex::{hex, unhex},
    store::Store,
};

const SEAL: &str = "yczm-seal:";
const DIGITS: usize = 128;
const FILE_PURPOSE: &[u8] = b"yichuang/proof-file/1";

/// The place for a seal in a file.
#[derive(Clone, Copy, Debug)]
pub struct FileSeal;

impl FileSeal {
    /// The line that must stand in the file before it is sealed.
    pub fn empty() -> String {
        format!("{SEAL}{}", "0".repeat(DIGITS))
    }
}

/// A file with a proof in it.
#[derive(Clone, Debug)]
pub struct SealedFile {
    /// The proof.
    pub proof: Proof,
    /// What checking it found.
    pub checked: Checked,
    /// Whether the page around it is as it was made; nothing for a proof without a page.
    pub page_holds: Option<bool>,
}

impl SealedFile {
    /// Reads a page with its proof, or a proof alone, and checks everything.
    ///
    /// # Errors
    ///
    /// When there is no proof, or it cannot be read.
    pub fn check(bytes: &[u8]) -> Result<Self, ProofError> {
        if bytes.starts_with(LABEL) {
            let (proof, checked) = Proof::check_file(bytes)?;
            return Ok(Self {
                proof,
                checked,
                page_holds: None,
            });
        }
        let from = find(bytes, LABEL).ok_or(ProofError::None)?;
        let (proof, checked) = Proof::check_file(bytes.get(from..).unwrap_or_default())?;
        let page_holds = blanked(bytes).is_some_and(|(digest, signature)| {
            checked
                .keys_of(proof.by)
                .any(|key| is_signed(key, FILE_PURPOSE, &digest, &signature))
        });
        Ok(Self {
            proof,
            checked,
            page_holds: Some(page_holds),
        })
    }

    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.checked.holds() && self.page_holds != Some(false)
    }
}

impl Store {
    /// Seals a file that has [`FileSeal::empty`] in it, once or more, for whoever is here.
    ///
    /// # Errors
    ///
    /// When the store is locked, or the line is not in the file.
    pub fn seal_file(&self, mut file: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        let (digest, _zeros) = blanked(&file).ok_or(StoreError::form("a file without its line"))?;
        let digits = hex(&self.sign_as_person(FILE_PURPOSE, &digest)?);
        for place in places(&file) {
            if let Some(old) = file.get_mut(place..place + DIGITS) {
                old.copy_from_slice(digits.as_bytes());
            }
        }
        Ok(file)
    }
}

/// BLAKE3 of the file with its seal taken out, and the seal. All its occurrences must be the same.
fn blanked(file: &[u8]) -> Option<([u8; 32], [u8; DIGITS / 2])> {
    let places = places(file);
    let digits_at = |place: usize| file.get(place..place + DIGITS);
    let digits = digits_at(*places.first()?)?;
    let text = std::str::from_utf8(digits).ok()?;
    let is_plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if !digits.iter().copied().all(is_plain) {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    let mut from = 0;
    for place in places {
        if digits_at(place)? != digits {
            return None;
        }
        hasher.update(file.get(from..place)?);
        hasher.update(&[b'0'; DIGITS]);
        from = place + DIGITS;
    }
    hasher.update(file.get(from..)?);
    Some((*hasher.finalize().as_bytes(), unhex(text)?))
}

/// Where the digits of the seals begin.
fn places(file: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = file.get(from..) {
        let Some(at) = find(rest, SEAL.as_bytes()) else {
            break;
        };
        let place = from + at + SEAL.len();
        found.push(place);
        from = place + DIGITS;
    }
    found
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
