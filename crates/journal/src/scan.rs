//! Walking over the files block by block, checking everything that needs no key. Behind damage it
//! looks for the next sound block, so that one rotten sector does not hide the rest.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::{Disk, DiskFile, Open};
use crate::error::{Damage, DamageKind, JournalError};
use crate::format::{
    BLOCK_HEADER_BYTES, BLOCK_MAGIC, BlockHeader, FILE_HEADER_BYTES, FileHeader, NoHeader,
    Position, file_name, file_number,
};
use crate::held::HeldDisk;
use crate::pack::MAX_SEALED_BYTES;

const WINDOW_BYTES: usize = 1024 * 1024;

/// The folder of the journal's files.
#[derive(Clone)]
pub(crate) struct Folder {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

/// What stands at a place.
pub(crate) enum Piece {
    Block(Raw),
    Damage(Damage),
}

/// A block whose checksums hold; its seal is not opened yet.
pub(crate) struct Raw {
    pub(crate) at: Position,
    pub(crate) header: BlockHeader,
    /// Header and sealed body.
    pub(crate) bytes: Vec<u8>,
}

impl Raw {
    pub(crate) fn sealed(&self) -> &[u8] {
        self.bytes.get(BLOCK_HEADER_BYTES..).unwrap_or_default()
    }

    pub(crate) fn end(&self) -> Position {
        Position {
            file: self.at.file,
            offset: self.at.offset + self.header.whole_bytes(),
        }
    }

    pub(crate) fn damage(&self, kind: DamageKind) -> Damage {
        Damage {
            at: self.at,
            bytes: self.header.whole_bytes(),
            kind,
        }
    }
}

impl Folder {
    pub(crate) fn new(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path }
    }

    pub(crate) fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The same folder, its files up to this one held open.
    pub(crate) fn held(&self, last: u32) -> Self {
        let paths = (1..=last).map(|file| self.path.join(file_name(file)));
        Self {
            disk: Arc::new(HeldDisk::of(Arc::clone(&self.disk), paths)),
            path: self.path.clone(),
        }
    }

    pub(crate) fn open(&self, file: u32, how: Open) -> io::Result<Box<dyn DiskFile>> {
        self.disk.open(&self.path.join(file_name(file)), how)
    }

    /// The numbers of the files that are there, in order.
    pub(crate) fn numbers(&self) -> io::Result<Vec<u32>> {
        let names = self.disk.list(&self.path)?;
        let mut numbers: Vec<u32> = names.iter().filter_map(|name| file_number(name)).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The block that begins at `at`.
    pub(crate) fn block_at(&self, at: Position, end: Position) -> Result<Raw, JournalError> {
        let limit = if at.file == end.file {
            end.offset
        } else {
            u64::MAX
        };
        let scan = FileScan::open(self, at.file, at.offset, limit)?;
        let sound = match scan {
            Some(mut scan) => scan.sound_at(at.offset)?,
            None => None,
        };
        sound.ok_or(JournalError::Damaged(Damage {
            at,
            bytes: 0,
            kind: DamageKind::Block,
        }))
    }

    /// Hands every piece from `from` up to `end` to `each`, in order.
    ///
    /// `end.file` is the last file there should be; of that file bytes from `end.offset` on are
    /// not looked at.
    pub(crate) fn walk<E: From<JournalError>>(
        &self,
        from: Position,
        end: Position,
        mut each: impl FnMut(Piece) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut before: Option<FileEnd> = None;
        for file in from.file.max(1)..=end.file {
            let limit = if file == end.file {
                end.offset
            } else {
                u64::MAX
            };
            let start = if file == from.file { from.offset } else { 0 };
            let Some(mut scan) = FileScan::open(self, file, start, limit)? else {
                each(Piece::Damage(Damage {
                    at: Position { file, offset: 0 },
                    bytes: 0,
                    kind: DamageKind::FileMissing,
                }))?;
                before = None;
                continue;
            };
            if let Some(damage) = scan.lost_before(before) {
                each(Piece::Damage(damage))?;
            }
            if let Some(damage) = scan.header_damage() {
                each(Piece::Damage(damage))?;
            }
            while let Some(piece) = scan.next()? {
                each(piece)?;
            }
            before = scan.end();
        }
        Ok(())
    }
}

/// Where a file ends and how many blocks it had.
#[derive(Clone, Copy)]
struct FileEnd {
    at: Position,
    blocks: u32,
}

/// One file, from a place on.
struct FileScan {
    window: Window,
    file: u32,
    header: Option<FileHeader>,
    /// Whether this scan begins at the first block (and so answers for the header).
    from_first: bool,
    offset: u64,
    /// `None` until the first block, when the scan does not begin with it.
    next_index: Option<u32>,
}

impl FileScan {
    fn open(
        folder: &Folder,
        file: u32,
        start: u64,
        limit: u64,
    ) -> Result<Option<Self>, JournalError> {
        let handle = match folder.open(file, Open::Read) {
            Ok(handle) => handle,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut window = Window::new(handle, limit)?;
        let header = match window.get(0, FILE_HEADER_BYTES)?.map(FileHeader::decode) {
            Some(Ok(header)) if header.file == file => Some(header),
            Some(Err(NoHeader::Format(format))) => {
                return Err(JournalError::UnknownFormat { file, format });
            }
            _ => None,
        };
        let from_first = start <= FILE_HEADER_BYTES;
        Ok(Some(Self {
            window,
            file,
            header,
            from_first,
            offset: start.max(FILE_HEADER_BYTES),
            next_index: from_first.then_some(0),
        }))
    }

    fn header_damage(&self) -> Option<Damage> {
        (self.header.is_none() && self.from_first).then(|| Damage {
            at: self.at(0),
            bytes: self.window.length.min(FILE_HEADER_BYTES),
            kind: DamageKind::FileHeader,
        })
    }

    /// Whether the file before ended too early.
    fn lost_before(&self, before: Option<FileEnd>) -> Option<Damage> {
        let (before, header) = (before?, self.header?);
        let blocks = header.blocks_before.checked_sub(before.blocks)?;
        (blocks > 0).then_some(Damage {
            at: before.at,
            bytes: 0,
            kind: DamageKind::BlocksMissing { blocks },
        })
    }

    fn end(&self) -> Option<FileEnd> {
        Some(FileEnd {
            at: self.at(self.offset),
            blocks: self.next_index?,
        })
    }

    fn at(&self, offset: u64) -> Position {
        Position {
            file: self.file,
            offset,
        }
    }

    fn next(&mut self) -> Result<Option<Piece>, JournalError> {
        if self.offset >= self.window.length {
            return Ok(None);
        }
        let Some(raw) = self.sound_at(self.offset)? else {
            return self.skip_to_sound().map(Some);
        };
        let expected = self.next_index.unwrap_or(raw.header.label.index);
        match raw.header.label.index.checked_sub(expected) {
            Some(0) => {
                self.offset = raw.end().offset;
                self.next_index = Some(expected.saturating_add(1));
                Ok(Some(Piece::Block(raw)))
            }
            Some(blocks) => {
                self.next_index = Some(raw.header.label.index);
                Ok(Some(Piece::Damage(Damage {
                    at: raw.at,
                    bytes: 0,
                    kind: DamageKind::BlocksMissing { blocks },
                })))
            }
            // An older block a second time.
            None => self.skip_to_sound().map(Some),
        }
    }

    /// The block at `offset`, when its header and body verify and it belongs to this file.
    fn sound_at(&mut self, offset: u64) -> Result<Option<Raw>, JournalError> {
        let file = self.file;
        let generation = self.header.map(|header| header.generation);
        let header = match self
            .window
            .get(offset, BLOCK_HEADER_BYTES as u64)?
            .map(BlockHeader::decode)
        {
            Some(Ok(header)) => header,
            Some(Err(NoHeader::Format(format))) => {
                return Err(JournalError::UnknownFormat { file, format });
            }
            Some(Err(NoHeader::Damaged)) | None => return Ok(None),
        };
        let belongs = header.label.file == file
            && generation.is_none_or(|generation| generation == header.label.generation)
            && header.length <= MAX_SEALED_BYTES;
        if !belongs {
            return Ok(None);
        }
        let Some(bytes) = self.window.get(offset, header.whole_bytes())? else {
            return Ok(None);
        };
        let raw = Raw {
            at: Position { file, offset },
            header,
            bytes: bytes.to_vec(),
        };
        Ok((crc32c::crc32c(raw.sealed()) == header.body_crc).then_some(raw))
    }

    /// Goes on to the next sound block (or the end) and tells what lies between.
    fn skip_to_sound(&mut self) -> Result<Piece, JournalError> {
        let began = self.offset;
        let expected = self.next_index.unwrap_or(0);
        let mut candidate = began + 1;
        self.offset = loop {
            let Some(found) = self.window.find(BLOCK_MAGIC, candidate)? else {
                break self.window.length;
            };
            match self.sound_at(found)? {
                Some(raw) if raw.header.label.index >= expected => {
                    self.next_index = Some(raw.header.label.index);
                    break found;
                }
                _ => candidate = found + 1,
            }
        };
        Ok(Piece::Damage(Damage {
            at: self.at(began),
            bytes: self.offset - began,
            kind: DamageKind::Block,
        }))
    }
}

/// A file read through a buffer that moves on.
struct Window {
    file: Box<dyn DiskFile>,
    length: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn new(mut file: Box<dyn DiskFile>, limit: u64) -> io::Result<Self> {
        let length = file.length()?.min(limit);
        Ok(Self {
            file,
            length,
            start: 0,
            bytes: Vec::new(),
        })
    }

    /// The bytes there, or `None` when the file ends before.
    fn get(&mut self, offset: u64, count: u64) -> io::Result<Option<&[u8]>> {
        let Some(end) = offset.checked_add(count).filter(|end| *end <= self.length) else {
            return Ok(None);
        };
        if offset < self.start || end > self.start + self.bytes.len() as u64 {
            self.load(offset, count)?;
        }
        let from = usize::try_from(offset - self.start).map_err(too_far)?;
        let count = usize::try_from(count).map_err(too_far)?;
        Ok(self.bytes.get(from..).and_then(|rest| rest.get(..count)))
    }

    fn load(&mut self, offset: u64, at_least: u64) -> io::Result<()> {
        let count = at_least.max(WINDOW_BYTES as u64).min(self.length - offset);
        self.bytes
            .resize(usize::try_from(count).map_err(too_far)?, 0);
        let read = self.file.read_at(offset, &mut self.bytes)?;
        self.bytes.truncate(read);
        self.start = offset;
        Ok(())
    }

    /// Where `needle` comes next, at `from` or behind.
    fn find(&mut self, needle: &[u8], from: u64) -> io::Result<Option<u64>> {
        let overlap = needle.len() as u64;
        let mut from = from;
        while from + overlap <= self.length {
            let count = (self.length - from).min(WINDOW_BYTES as u64);
            let Some(bytes) = self.get(from, count)? else {
                return Ok(None);
            };
            if let Some(place) = memchr::memmem::find(bytes, needle) {
                return Ok(Some(from + place as u64));
            }
            from += (count + 1).saturating_sub(overlap).max(1);
        }
        Ok(None)
    }
}

fn too_far(_: std::num::TryFromIntError) -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}
