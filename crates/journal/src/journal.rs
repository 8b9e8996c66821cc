//! The journal as its owner sees it: made, opened, written. Reading stands in `read.rs`, what
//! happens after a crash in `recover.rs`.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::disk::{Disk, DiskFile, Open};
use crate::error::JournalError;
use crate::format::{BlockLabel, FILE_HEADER_BYTES, FIRST_GENERATION, FileHeader, Position};
use crate::guard::{Acknowledged, GuardPair};
use crate::pack::{MAX_SEALED_BYTES, NO_DICTIONARY, pack};
use crate::recover::{self, Recovery};
use crate::scan::Folder;
use crate::seal::Seal;

const SEGMENT_BYTES: u64 = 64 * 1024 * 1024;

/// An open journal: one writer, any number of readers by `&self`.
///
/// That only one process opens it is ensured by the lock of the data folder, which is not the
/// journal's.
pub struct Journal {
    pub(crate) folder: Folder,
    pub(crate) seal: Arc<dyn Seal>,
    pub(crate) tail: Tail,
    guards: GuardPair,
    segment_bytes: u64,
    poison: Option<Poison>,
    /// Opened for reading: where the sound part ends.
    pub(crate) read_only_end: Option<Position>,
}

/// Why nothing more may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Poison {
    /// A write was refused, before anything was to be confirmed: reading the tail again shows how
    /// far it came.
    Refused,
    /// The medium did not confirm. What the system now holds in memory and on the medium may differ.
    Unconfirmed,
}

/// A step of writing that failed.
struct Failed {
    error: io::Error,
    poison: Poison,
}

impl Failed {
    const fn refused(error: io::Error) -> Self {
        Self {
            error,
            poison: Poison::Refused,
        }
    }

    const fn unconfirmed(error: io::Error) -> Self {
        Self {
            error,
            poison: Poison::Unconfirmed,
        }
    }
}

/// The last file.
pub(crate) struct Tail {
    pub(crate) file: u32,
    pub(crate) blocks: u32,
    /// Where the next block goes. `None`: nothing more is written here, because the file is damaged.
    pub(crate) open: Option<OpenTail>,
}

pub(crate) struct OpenTail {
    pub(crate) handle: Box<dyn DiskFile>,
    pub(crate) generation: u32,
    pub(crate) offset: u64,
}

impl Journal {
    /// Makes an empty journal in the data folder `dir`.
    ///
    /// # Errors
    ///
    /// Refuses a folder that has one. A making that was cut short by a crash is taken up again.
    pub fn create(
        dir: &Path,
        disk: Arc<dyn Disk>,
        seal: Arc<dyn Seal>,
    ) -> Result<Self, JournalError> {
        let folder = Folder::new(disk, dir.join("journal"));
        if !recover::is_absent(dir, &folder)? {
            return Err(JournalError::AlreadyThere);
        }
        folder.disk().create_dir(folder.path())?;
        folder.disk().sync_dir(dir)?;
        let how = if folder.numbers()?.is_empty() {
            Open::CreateNew
        } else {
            Open::Write
        };
        let tail = OpenTail::begin(&folder, 1, 0, how)?;
        let mut guards = GuardPair::open(folder.disk(), dir)?;
        guards.write_and_sync(Acknowledged::NOTHING)?;
        guards.write_and_sync(Acknowledged::NOTHING)?;
        let tail = Tail {
            file: 1,
            blocks: 0,
            open: Some(tail),
        };
        Ok(Self::assemble(folder, seal, tail, guards))
    }

    /// Opens the journal in the data folder `dir`, and says in what state it was found.
    ///
    /// A write that a crash tore is cut off. Damage is reported and left as it is; new blocks then
    /// go to a new file.
    ///
    /// # Errors
    ///
    /// When there is none, it is of a newer program, or the disk refuses.
    pub fn open(
        dir: &Path,
        disk: Arc<dyn Disk>,
        seal: Arc<dyn Seal>,
    ) -> Result<(Self, Recovery), JournalError> {
        let folder = Folder::new(disk, dir.join("journal"));
        if recover::is_absent(dir, &folder)? {
            return Err(JournalError::Absent);
        }
        let mut guards = GuardPair::open(folder.disk(), dir)?;
        let (tail, recovery) = recover::recover(&folder, seal.as_ref(), &mut guards)?;
        Ok((Self::assemble(folder, seal, tail, guards), recovery))
    }

    /// Opens the journal in the data folder `dir` without writing a byte: nothing is cut or mended,
    /// and appending is refused.
    ///
    /// # Errors
    ///
    /// When there is none, it is of a newer program, or it cannot be read.
    pub fn open_to_read(
        dir: &Path,
        disk: Arc<dyn Disk>,
        seal: Arc<dyn Seal>,
    ) -> Result<(Self, Recovery), JournalError> {
        let folder = Folder::new(disk, dir.join("journal"));
        if recover::is_absent(dir, &folder)? {
            return Err(JournalError::Absent);
        }
        let guards = GuardPair::look(folder.disk(), dir)?;
        let (tail, end, recovery) = recover::look(&folder, seal.as_ref(), &guards)?;
        let mut journal = Self::assemble(folder, seal, tail, guards);
        journal.read_only_end = Some(end);
        Ok((journal, recovery))
    }

    fn assemble(folder: Folder, seal: Arc<dyn Seal>, tail: Tail, guards: GuardPair) -> Self {
        Self {
            folder,
            seal,
            tail,
            guards,
            segment_bytes: SEGMENT_BYTES,
            poison: None,
            read_only_end: None,
        }
    }

    /// Files are ended at this size. For tests; 64 MiB otherwise.
    pub fn set_segment_bytes(&mut self, bytes: u64) {
        self.segment_bytes = bytes;
    }

    /// Whether a write failed, so that nothing more can be written until the program starts anew.
    pub const fn is_poisoned(&self) -> bool {
        self.poison.is_some()
    }

    /// Whether opening it once more, in the same program, is enough to go on: a write was refused
    /// (no space, no permission), but the medium never failed to confirm one.
    pub fn may_be_reopened(&self) -> bool {
        self.poison == Some(Poison::Refused)
    }

    /// The end: reading from here on yields only what is appended later.
    pub fn head(&self) -> Position {
        if let Some(end) = self.read_only_end {
            return end;
        }
        match &self.tail.open {
            Some(open) => Position {
                file: self.tail.file,
                offset: open.offset,
            },
            None => Position {
                file: self.tail.file.saturating_add(1),
                offset: FILE_HEADER_BYTES,
            },
        }
    }

    /// Appends a block and returns when it is on the medium.
    ///
    /// # Errors
    ///
    /// Refuses a body that is too large. After any error of the disk it is unknown whether the
    /// block will be found at the next start, and everything further is refused as
    /// [`JournalError::Poisoned`].
    pub fn append(&mut self, kind: u8, body: &[u8]) -> Result<Position, JournalError> {
        self.require_sound()?;
        let packed = pack(body)?;
        if self.tail.is_full(packed.len(), self.segment_bytes) {
            self.begin_next_file()?;
        }
        let Some(open) = &mut self.tail.open else {
            return Err(JournalError::Poisoned);
        };
        let label = BlockLabel {
            key_id: self.seal.key_id(),
            dictionary: NO_DICTIONARY,
            kind,
            file: self.tail.file,
            generation: open.generation,
            index: self.tail.blocks,
        };
        let sealed = self.seal.seal(&label.associated(), &packed)?;
        let block = label
            .encode(&sealed)
            .filter(|_| sealed.len() <= MAX_SEALED_BYTES as usize)
            .ok_or(JournalError::TooLarge {
                size_bytes: body.len(),
            })?;
        let at = Position {
            file: self.tail.file,
            offset: open.offset,
        };
        let written = open.write(&block);
        self.poison_on_error(written)?;
        let acknowledged = Acknowledged::of(at, self.tail.blocks, &block);
        self.tail.blocks += 1;
        // The block is on the medium, so this call has succeeded whatever the guard does.
        if self.guards.write(acknowledged).is_err() {
            self.poison = Some(Poison::Refused);
        }
        Ok(at)
    }

    /// Puts the guard on the medium: at idle, at lock, before the end.
    ///
    /// # Errors
    ///
    /// The disk's; the journal is poisoned then.
    pub fn checkpoint(&mut self) -> Result<(), JournalError> {
        self.require_sound()?;
        // Both guards are lost and nothing was written since: do not claim to know an end.
        let Some(last) = self.guards.last() else {
            return Ok(());
        };
        let synced = self.guards.write_and_sync(last);
        self.poison_on_error(synced.map_err(Failed::unconfirmed))
    }

    /// Begins the next file now.
    pub(crate) fn begin_next_file(&mut self) -> Result<(), JournalError> {
        let rotated = self.rotate();
        self.poison_on_error(rotated)
    }

    /// Ends the last file and begins the next one.
    fn rotate(&mut self) -> Result<(), Failed> {
        if let Some(last) = self.guards.last() {
            self.guards
                .write_and_sync(last)
                .map_err(Failed::unconfirmed)?;
        }
        let next = self
            .tail
            .file
            .checked_add(1)
            .ok_or_else(|| Failed::refused(io::ErrorKind::FileTooLarge.into()))?;
        // A file that was begun and not finished holds nothing yet, whatever its medium says.
        let open = OpenTail::begin(&self.folder, next, self.tail.blocks, Open::CreateNew)
            .map_err(Failed::refused)?;
        self.tail = Tail {
            file: next,
            blocks: 0,
            open: Some(open),
        };
        Ok(())
    }

    pub(crate) fn acknowledged(&self) -> Option<Acknowledged> {
        self.guards.last()
    }

    pub(crate) fn require_sound(&self) -> Result<(), JournalError> {
        if self.read_only_end.is_some() {
            return Err(JournalError::ReadOnly);
        }
        if self.poison.is_some() {
            return Err(JournalError::Poisoned);
        }
        Ok(())
    }

    fn poison_on_error(&mut self, result: Result<(), Failed>) -> Result<(), JournalError> {
        result.map_err(|failed| {
            self.poison = Some(failed.poison);
            match failed.poison {
                Poison::Refused => JournalError::Disk(failed.error),
                Poison::Unconfirmed => JournalError::Unconfirmed(failed.error),
            }
        })
    }
}

impl Tail {
    fn is_full(&self, packed_bytes: usize, segment_bytes: u64) -> bool {
        self.open.as_ref().is_none_or(|open| {
            self.blocks > 0 && open.offset.saturating_add(packed_bytes as u64) > segment_bytes
        })
    }
}

impl OpenTail {
    /// Begins a file: a new one, or with [`Open::Write`] once more one that has no block yet,
    /// because a crash cut its beginning short.
    pub(crate) fn begin(
        folder: &Folder,
        file: u32,
        blocks_before: u32,
        how: Open,
    ) -> io::Result<Self> {
        let mut handle = folder.open(file, how)?;
        handle.truncate(0)?;
        let header = FileHeader {
            file,
            generation: FIRST_GENERATION,
            blocks_before,
        };
        handle.write_at(0, &header.encode())?;
        handle.sync()?;
        folder.disk().sync_dir(folder.path())?;
        Ok(Self {
            handle,
            generation: FIRST_GENERATION,
            offset: FILE_HEADER_BYTES,
        })
    }

    fn write(&mut self, block: &[u8]) -> Result<(), Failed> {
        self.handle
            .write_at(self.offset, block)
            .map_err(Failed::refused)?;
        self.handle.sync().map_err(Failed::unconfirmed)?;
        self.offset += block.len() as u64;
        Ok(())
    }
}
