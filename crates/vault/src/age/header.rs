//! The head of a sealed file: for each recipient the file's key, sealed to them.
//!
//! ```text
//! age-encryption.org/v1
//! -> X25519 <public half of a key made for this once>
//! <the file's key, sealed>
//! --- <HMAC-SHA256 of everything before, under the file's key>
//! ```
//!
//! All in base64 without padding, lines end with LF.

use std::io::{BufRead, Read};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use x25519_dalek::{PublicKey, SharedSecret, StaticSecret};
use zeroize::Zeroizing;

use super::{AgeError, AgeSecret, FileKey};
use crate::error::VaultError;
use crate::keys::Key;
use crate::random::random;
use crate::seal::SealError;

const VERSION: &str = "age-encryption.org/v1";
const ANY_VERSION: &str = "age-encryption.org/";
const X25519: &str = "X25519";
const X25519_LABEL: &str = "age-encryption.org/v1/X25519";
/// Longer heads than this are none of ours.
const MOST_BYTES: u64 = 64 * 1024;
const SEALED_KEY_BYTES: usize = 32;

/// The head of a new file for these recipients.
pub(super) fn make(file_key: &FileKey, recipients: &[[u8; 32]]) -> Result<Vec<u8>, VaultError> {
    let mut text = format!("{VERSION}\n");
    for recipient in recipients {
        let once = StaticSecret::from(*Zeroizing::new(random()?));
        let share = PublicKey::from(&once).to_bytes();
        let shared = once.diffie_hellman(&PublicKey::from(*recipient));
        let sealed = wrapping(&shared, &share, recipient)?
            .encrypt(&Nonce::default(), file_key.0.as_slice())
            .map_err(|_too_long| SealError)?;
        let line = |bytes: &[u8]| STANDARD_NO_PAD.encode(bytes);
        text.extend([
            "-> ",
            X25519,
            " ",
            &line(&share),
            "\n",
            &line(&sealed),
            "\n",
        ]);
    }
    text += "---";
    let mac = STANDARD_NO_PAD.encode(mac(file_key, text.as_bytes()).finalize().into_bytes());
    text.extend([" ", &mac, "\n"]);
    Ok(text.into_bytes())
}

/// What opens a file.
pub(super) enum Opening<'a> {
    /// A recipient's secret.
    Secret(&'a AgeSecret),
    /// The key the file was just written with.
    FileKey(&'a FileKey),
}

/// Reads a head and finds the file's key.
pub(super) fn read(input: &mut impl BufRead, opening: &Opening<'_>) -> Result<FileKey, AgeError> {
    let mut lines = Lines::new(input);
    match lines.next()?.as_str() {
        VERSION => {}
        other if other.starts_with(ANY_VERSION) => return Err(AgeError::Newer),
        _ => return Err(AgeError::NotSealed),
    }
    let mut found = match opening {
        Opening::FileKey(key) => Some((*key).clone()),
        Opening::Secret(_) => None,
    };
    loop {
        let line = lines.next()?;
        if let Some(end) = line.strip_prefix("--- ") {
            let file_key = found.ok_or(AgeError::WrongSecret)?;
            let said = decoded(end).ok_or(AgeError::Damaged)?;
            return mac(&file_key, &lines.up_to_end_mark())
                .verify_slice(&said)
                .map(|()| file_key)
                .map_err(|_other| AgeError::Damaged);
        }
        let arguments = line.strip_prefix("-> ").ok_or(AgeError::Damaged)?;
        let body = lines.body()?;
        if let (None, Opening::Secret(secret)) = (&found, opening) {
            found = opened(arguments, &body, secret);
        }
    }
}

/// The file's key, when this stanza is sealed to the secret.
fn opened(arguments: &str, body: &[u8], secret: &AgeSecret) -> Option<FileKey> {
    let share = arguments.strip_prefix(X25519)?.strip_prefix(' ')?;
    let share: [u8; 32] = decoded(share)?.try_into().ok()?;
    if body.len() != SEALED_KEY_BYTES {
        return None;
    }
    let shared = secret.0.diffie_hellman(&PublicKey::from(share));
    let key = wrapping(&shared, &share, &secret.public())
        .ok()?
        .decrypt(&Nonce::default(), body)
        .ok()?;
    let key = Zeroizing::new(key);
    Some(FileKey(Zeroizing::new(key.as_slice().try_into().ok()?)))
}

fn wrapping(
    shared: &SharedSecret,
    share: &[u8; 32],
    recipient: &[u8; 32],
) -> Result<ChaCha20Poly1305, SealError> {
    // A public key of small order would make a shared secret that everybody knows.
    if !shared.was_contributory() {
        return Err(SealError);
    }
    let salt = [share.as_slice(), recipient.as_slice()].concat();
    let key = Key::derive(&[shared.as_bytes()], &salt, X25519_LABEL);
    Ok(ChaCha20Poly1305::new(key.expose().into()))
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn mac(file_key: &FileKey, text: &[u8]) -> Hmac<Sha256> {
    let key = Key::derive(&[file_key.0.as_slice()], b"", "header");
    let mut mac =
        <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key.expose()).expect("any length");
    mac.update(text);
    mac
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text).ok()
}

/// The lines of a head, with everything read so far.
struct Lines<'a, R: BufRead> {
    input: std::io::Take<&'a mut R>,
    read: Vec<u8>,
    last: usize,
}

impl<'a, R: BufRead> Lines<'a, R> {
    fn new(input: &'a mut R) -> Self {
        Self {
            input: input.take(MOST_BYTES),
            read: Vec::new(),
            last: 0,
        }
    }

    fn next(&mut self) -> Result<String, AgeError> {
        self.last = self.read.len();
        self.input.read_until(b'\n', &mut self.read)?;
        let line = self.read.get(self.last..).unwrap_or_default();
        // The first line tells what it is; behind it, what does not fit is damage.
        let wrong = || {
            if self.last == 0 {
                AgeError::NotSealed
            } else {
                AgeError::Damaged
            }
        };
        let line = line.strip_suffix(b"\n").ok_or_else(wrong)?;
        String::from_utf8(line.to_vec()).map_err(|_bytes| wrong())
    }

    /// The body of a stanza: full lines of 64 characters, then a shorter one, perhaps empty.
    fn body(&mut self) -> Result<Vec<u8>, AgeError> {
        const FULL: usize = 64;
        let mut body = Vec::new();
        loop {
            let line = self.next()?;
            if line.len() > FULL {
                return Err(AgeError::Damaged);
            }
            body.extend(decoded(&line).ok_or(AgeError::Damaged)?);
            if line.len() < FULL {
                return Ok(body);
            }
        }
    }

    /// What the last line's code is over: everything up to its `---`.
    fn up_to_end_mark(&self) -> Vec<u8> {
        self.read
            .get(..self.last + "---".len())
            .unwrap_or_default()
            .to_vec()
    }
}
