//! The body of a sealed file: pieces of 64 KiB, each sealed under the file's key with its number and
//! whether it is the last one, so that none can be changed, moved, left out or cut off.

use std::io::{self, BufRead, BufReader, Read, Write};

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

use super::header::{self, Opening};
use super::{AgeError, AgeSecret, FileKey};
use crate::error::VaultError;
use crate::keys::Key;
use crate::random::random;

const PIECE_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 16;

/// Seals what is written to it.
pub struct AgeWriter<W: Write> {
    out: W,
    pieces: Pieces,
    waiting: Zeroizing<Vec<u8>>,
    file_key: FileKey,
}

impl<W: Write> AgeWriter<W> {
    /// Begins a file that the holders of these keys can open.
    ///
    /// # Errors
    ///
    /// When a key is unusable, the system gives no randomness, or the disk refuses.
    pub fn begin(mut out: W, recipients: &[[u8; 32]]) -> Result<Self, VaultError> {
        let file_key = FileKey(Zeroizing::new(random()?));
        let nonce: [u8; NONCE_BYTES] = random()?;
        out.write_all(&header::make(&file_key, recipients)?)?;
        out.write_all(&nonce)?;
        Ok(Self {
            out,
            pieces: Pieces::of(&file_key, &nonce),
            waiting: Zeroizing::new(Vec::with_capacity(PIECE_BYTES)),
            file_key,
        })
    }

    /// Writes the last piece. A file without it is a cut one.
    ///
    /// # Errors
    ///
    /// The disk's.
    pub fn finish(mut self) -> io::Result<(W, FileKey)> {
        let last = self.pieces.seal(&self.waiting, true)?;
        self.out.write_all(&last)?;
        self.out.flush()?;
        Ok((self.out, self.file_key))
    }
}

impl<W: Write> Write for AgeWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits until more comes: only then is it known not to be the last.
        if self.waiting.len() == PIECE_BYTES && !bytes.is_empty() {
            let sealed = self.pieces.seal(&self.waiting, false)?;
            self.out.write_all(&sealed)?;
            self.waiting.clear();
        }
        let (taken, _rest) = bytes.split_at(bytes.len().min(PIECE_BYTES - self.waiting.len()));
        self.waiting.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Opens a sealed file piece by piece. What it hands out is what was written; that nothing is missing
/// at the end is certain only when it has read to the end.
pub struct AgeReader<R: Read> {
    input: BufReader<R>,
    pieces: Pieces,
    opened: Zeroizing<Vec<u8>>,
    at: usize,
    is_done: bool,
}

impl<R: Read> AgeReader<R> {
    /// Opens a file with a recipient's secret.
    ///
    /// # Errors
    ///
    /// Says whether it is none, is sealed to others, is damaged or newer.
    pub fn open(input: R, secret: &AgeSecret) -> Result<Self, AgeError> {
        Self::begin(input, &Opening::Secret(secret))
    }

    /// Opens the file that was just written, to read it back.
    ///
    /// # Errors
    ///
    /// As [`AgeReader::open`].
    pub fn read_back(input: R, key: &FileKey) -> Result<Self, AgeError> {
        Self::begin(input, &Opening::FileKey(key))
    }

    fn begin(input: R, opening: &Opening<'_>) -> Result<Self, AgeError> {
        let mut input = BufReader::with_capacity(PIECE_BYTES + TAG_BYTES, input);
        let file_key = header::read(&mut input, opening)?;
        let mut nonce = [0; NONCE_BYTES];
        input.read_exact(&mut nonce).map_err(|error| match error {
            cut if cut.kind() == io::ErrorKind::UnexpectedEof => AgeError::Damaged,
            other => AgeError::Disk(other),
        })?;
        Ok(Self {
            input,
            pieces: Pieces::of(&file_key, &nonce),
            opened: Zeroizing::new(Vec::new()),
            at: 0,
            is_done: false,
        })
    }

    fn next_piece(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(PIECE_BYTES + TAG_BYTES);
        (&mut self.input)
            .take((PIECE_BYTES + TAG_BYTES) as u64)
            .read_to_end(&mut sealed)?;
        let is_last = self.input.fill_buf()?.is_empty();
        let is_first = self.pieces.number == 0;
        self.opened = Zeroizing::new(self.pieces.open(&sealed, is_last)?);
        // Only a file of nothing has an empty last piece.
        if self.opened.is_empty() && !is_first {
            return Err(damaged());
        }
        self.at = 0;
        self.is_done = is_last;
        Ok(())
    }
}

impl<R: Read> Read for AgeReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.opened.len() && !self.is_done {
            self.next_piece()?;
        }
        let mut rest = self.opened.get(self.at..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

/// Seals and opens pieces in their order.
struct Pieces {
    key: ChaCha20Poly1305,
    number: u64,
}

impl Pieces {
    fn of(file_key: &FileKey, nonce: &[u8; NONCE_BYTES]) -> Self {
        let key = Key::derive(&[file_key.0.as_slice()], nonce, "payload");
        Self {
            key: ChaCha20Poly1305::new(key.expose().into()),
            number: 0,
        }
    }

    fn seal(&mut self, piece: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next_nonce(is_last);
        self.key.encrypt(&nonce, piece).map_err(|_error| damaged())
    }

    fn open(&mut self, piece: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.next_nonce(is_last);
        self.key.decrypt(&nonce, piece).map_err(|_error| damaged())
    }

    /// Eleven bytes of number, big-endian, and one that says whether it is the last.
    fn next_nonce(&mut self, is_last: bool) -> Nonce {
        let mut nonce = [0; 12];
        let number = self.number.to_be_bytes();
        for (place, byte) in nonce.iter_mut().skip(3).zip(number) {
            *place = byte;
        }
        if let Some(end) = nonce.last_mut() {
            *end = u8::from(is_last);
        }
        self.number = self.number.saturating_add(1);
        Nonce::from(nonce)
    }
}

/// Told through `Read`, which knows errors of the disk only.
fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the sealed file is damaged")
}
