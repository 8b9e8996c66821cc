//! Reading: blocks in order, one block, and the check of everything.

use crate::error::{Damage, DamageKind, JournalError};
use crate::format::Position;
use crate::journal::Journal;
use crate::pack::unpack;
use crate::scan::{Piece, Raw};
use crate::seal::Seal;

/// A block as it is handed to a reader.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// Where it begins.
    pub at: Position,
    /// Where it ends: reading from here on begins with the block after it.
    pub next: Position,
    /// Its kind, as it was given to [`Journal::append`].
    pub kind: u8,
    /// Its bytes, as they were given to [`Journal::append`].
    pub body: &'a [u8],
}

/// What a scan meets.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A sound block.
    Block(Block<'a>),
    /// A place that is not sound. The scan goes on behind it.
    Damage(Damage),
}

/// What [`Journal::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files up to the last one.
    pub files: u32,
    /// Sound blocks.
    pub blocks: u64,
    /// Bytes of their bodies, unpacked.
    pub bytes: u64,
    /// Everything that is not sound.
    pub damage: Vec<Damage>,
}

impl Report {
    /// Whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty()
    }
}

impl Journal {
    /// Hands every block from `from` on to `each`, in order, and damage too: the reader must say
    /// what it does about it.
    ///
    /// `from` is [`Position::START`], a [`Block::next`] or an earlier [`Journal::head`].
    ///
    /// # Errors
    ///
    /// What `each` returns, and failures of the disk.
    pub fn scan<E: From<JournalError>>(
        &self,
        from: Position,
        mut each: impl FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.folder.walk(from, self.written(), |piece| match piece {
            Piece::Damage(damage) => each(Found::Damage(damage)),
            Piece::Block(raw) => match open(self.seal.as_ref(), &raw) {
                Ok(body) => each(Found::Block(Block {
                    at: raw.at,
                    next: raw.end(),
                    kind: raw.header.label.kind,
                    body: &body,
                })),
                Err(damage) => each(Found::Damage(damage)),
            },
        })
    }

    /// Hands every block from `from` on to `each`, in order, and stops at the first damage.
    ///
    /// # Errors
    ///
    /// [`JournalError::Damaged`], failures of the disk, and what `each` returns.
    pub fn read_all<E: From<JournalError>>(
        &self,
        from: Position,
        mut each: impl FnMut(Block<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.scan(from, |found| match found {
            Found::Block(block) => each(block),
            Found::Damage(damage) => Err(JournalError::Damaged(damage).into()),
        })
    }

    /// Reads the one block that begins at `at`: its kind and its bytes.
    ///
    /// # Errors
    ///
    /// [`JournalError::Damaged`] when there is no sound block, and failures of the disk.
    pub fn read(&self, at: Position) -> Result<(u8, Vec<u8>), JournalError> {
        let raw = self.folder.block_at(at, self.written())?;
        let body = open(self.seal.as_ref(), &raw).map_err(JournalError::Damaged)?;
        Ok((raw.header.label.kind, body))
    }

    /// Checks every byte: headers, order, seals, and that the last acknowledged block is there.
    ///
    /// # Errors
    ///
    /// Failures of the disk only; damage stands in the report.
    pub fn verify(&self) -> Result<Report, JournalError> {
        self.snapshot().verify()
    }

    /// How far a reader may look. Behind the head there may be the rest of a write that failed.
    pub(crate) fn written(&self) -> Position {
        if let Some(end) = self.read_only_end {
            return end;
        }
        Position {
            file: self.tail.file,
            offset: self.tail.open.as_ref().map_or(u64::MAX, |open| open.offset),
        }
    }
}

/// Opens and unpacks the body of a block.
pub(crate) fn open(seal: &dyn Seal, raw: &Raw) -> Result<Vec<u8>, Damage> {
    let label = raw.header.label;
    let packed = seal
        .open(label.key_id, &label.associated(), raw.sealed())
        .map_err(|_broken| raw.damage(DamageKind::Seal))?;
    unpack(label.dictionary, &packed).map_err(|_refused| raw.damage(DamageKind::Packing))
}
