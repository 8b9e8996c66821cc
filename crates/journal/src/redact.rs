//! Writing a file anew (redaction, 涂除): the one exception to "append only". The same blocks in the same
//! order, some with another body, sealed again under the next generation; then one rename. Whatever
//! happens on the way, the old file is there or the new one, both whole.
//!
//! Only a file that has ended is written anew, and only once both guards stand in a later one: the guards
//! say where the acknowledged end is and what it looks like, so the block they name must stay as it is.

use std::io;
use std::path::PathBuf;

use crate::disk::{DiskFile, Open};
use crate::error::{Damage, DamageKind, JournalError};
use crate::format::{BlockLabel, FILE_HEADER_BYTES, FileHeader, Position, file_name};
use crate::journal::Journal;
use crate::pack::{MAX_SEALED_BYTES, NO_DICTIONARY, pack};
use crate::read::open;
use crate::scan::{Piece, Raw};

impl Journal {
    /// Ends the last file, so that the next block begins a new one and this one can be written anew.
    ///
    /// # Errors
    ///
    /// The disk's; the journal is poisoned then.
    pub fn end_file(&mut self) -> Result<(), JournalError> {
        self.require_sound()?;
        if self.tail.blocks == 0 {
            return Ok(());
        }
        self.begin_next_file()
    }

    /// Writes a file anew. `edit` is handed every block, its kind and its bytes, and gives the bytes
    /// that are to stand there instead, or nothing to leave them. Positions in this file lose their
    /// meaning.
    ///
    /// # Errors
    ///
    /// [`JournalError::NotEnded`] while a guard may still name a block of this file, damage that was met,
    /// what `edit` says, and the disk's. The file is then the old one, or the new one when only the
    /// folder could not be synced.
    pub fn rewrite_file<E: From<JournalError>>(
        &mut self,
        file: u32,
        mut edit: impl FnMut(u8, &[u8]) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<(), E> {
        self.require_guards_after(file)?;
        let mut fresh = Fresh::begin(self, file)?;
        let whole = |offset| Position { file, offset };
        let written = self.folder.walk(whole(0), whole(u64::MAX), |piece| {
            let raw = match piece {
                Piece::Damage(damage) => return Err(JournalError::Damaged(damage).into()),
                Piece::Block(raw) => raw,
            };
            let body = open(self.seal.as_ref(), &raw).map_err(JournalError::Damaged)?;
            let body = edit(raw.header.label.kind, &body)?.unwrap_or(body);
            Ok::<(), E>(fresh.append(self, &raw, &body)?)
        });
        written?;
        Ok(fresh.take_place(self)?)
    }

    fn require_guards_after(&mut self, file: u32) -> Result<(), JournalError> {
        self.require_sound()?;
        let is_later = (self.acknowledged()).is_some_and(|last| last.at.file > file);
        if !is_later || self.tail.file <= file {
            return Err(JournalError::NotEnded { file });
        }
        // They are written in turn: after two of them neither names an older block.
        self.checkpoint()?;
        self.checkpoint()
    }
}

/// The file that is being written.
struct Fresh {
    file: u32,
    generation: u32,
    path: PathBuf,
    handle: Box<dyn DiskFile>,
    offset: u64,
}

impl Fresh {
    fn begin(journal: &Journal, file: u32) -> Result<Self, JournalError> {
        let old = header_of(journal, file)?;
        let generation = old.generation.checked_add(1).ok_or(JournalError::Full)?;
        // No name of a journal's file: whoever looks for those does not see it.
        let path = (journal.folder.path()).join(format!("{}.new", file_name(file)));
        let mut handle = journal.folder.disk().open(&path, Open::CreateNew);
        if matches!(&handle, Err(error) if error.kind() == io::ErrorKind::AlreadyExists) {
            // A crash left it behind.
            handle = journal.folder.disk().open(&path, Open::Write);
        }
        let mut handle = handle?;
        handle.truncate(0)?;
        let header = FileHeader { generation, ..old };
        handle.write_at(0, &header.encode())?;
        Ok(Self {
            file,
            generation,
            path,
            handle,
            offset: FILE_HEADER_BYTES,
        })
    }

    fn append(&mut self, journal: &Journal, old: &Raw, body: &[u8]) -> Result<(), JournalError> {
        let label = BlockLabel {
            key_id: journal.seal.key_id(),
            dictionary: NO_DICTIONARY,
            generation: self.generation,
            ..old.header.label
        };
        let sealed = journal.seal.seal(&label.associated(), &pack(body)?)?;
        let block = label
            .encode(&sealed)
            .filter(|_| sealed.len() <= MAX_SEALED_BYTES as usize)
            .ok_or(JournalError::TooLarge {
                size_bytes: body.len(),
            })?;
        self.handle.write_at(self.offset, &block)?;
        self.offset += block.len() as u64;
        Ok(())
    }

    fn take_place(mut self, journal: &Journal) -> Result<(), JournalError> {
        self.handle.sync()?;
        let folder = journal.folder.path();
        let disk = journal.folder.disk();
        disk.rename(&self.path, &folder.join(file_name(self.file)))?;
        Ok(disk.sync_dir(folder)?)
    }
}

fn header_of(journal: &Journal, file: u32) -> Result<FileHeader, JournalError> {
    let mut bytes = [0; 32];
    journal
        .folder
        .open(file, Open::Read)?
        .read_at(0, &mut bytes)?;
    FileHeader::decode(&bytes).map_err(|_damaged| {
        JournalError::Damaged(Damage {
            at: Position { file, offset: 0 },
            bytes: FILE_HEADER_BYTES,
            kind: DamageKind::FileHeader,
        })
    })
}
