//! The journal as it stands at a moment, for readers on threads of their own: it only grows, and its files
//! are held open, so what stood there stays there while the owner goes on writing or writes a file anew.

use std::io::{self, Read};
use std::sync::Arc;

use crate::disk::{DiskFile, Open};
use crate::error::JournalError;
use crate::format::{Position, file_name};
use crate::guard::{Acknowledged, EndCheck};
use crate::journal::Journal;
use crate::read::{Report, open};
use crate::scan::{Folder, Piece};
use crate::seal::Seal;

/// The journal as it stands at a moment.
pub struct Snapshot {
    folder: Folder,
    seal: Arc<dyn Seal>,
    files: u32,
    written: Position,
    acknowledged: Option<Acknowledged>,
}

/// A file of the journal, as long as it was at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFile {
    /// Its name in the folder `journal/`.
    pub name: String,
    /// Which one it is, counted from one.
    pub number: u32,
    /// How much of it belongs to the moment.
    pub bytes: u64,
}

impl Journal {
    /// The journal as it stands now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            folder: self.folder.held(self.tail.file),
            seal: Arc::clone(&self.seal),
            files: self.tail.file,
            written: self.written(),
            acknowledged: self.acknowledged(),
        }
    }
}

impl Snapshot {
    /// Checks every byte: headers, order, seals, and that the last acknowledged block is there.
    ///
    /// # Errors
    ///
    /// Failures of the disk only; damage stands in the report.
    pub fn verify(&self) -> Result<Report, JournalError> {
        let mut report = Report {
            files: self.files,
            ..Report::default()
        };
        let mut end = EndCheck::new(self.acknowledged);
        self.folder.walk(Position::START, self.written, |piece| {
            match piece {
                Piece::Damage(damage) => report.damage.push(damage),
                Piece::Block(raw) => {
                    end.see(raw.at, &raw.bytes);
                    match open(self.seal.as_ref(), &raw) {
                        Ok(body) => {
                            report.blocks += 1;
                            report.bytes += body.len() as u64;
                        }
                        Err(damage) => report.damage.push(damage),
                    }
                }
            }
            Ok::<(), JournalError>(())
        })?;
        report.damage.extend(end.damage());
        Ok(report)
    }

    /// The files, in order.
    ///
    /// # Errors
    ///
    /// Failures of the disk.
    pub fn files(&self) -> Result<Vec<SnapshotFile>, JournalError> {
        let mut files = Vec::new();
        for file in 1..=self.files {
            let length = self.folder.open(file, Open::Read)?.length()?;
            let bytes = if file == self.written.file {
                length.min(self.written.offset)
            } else {
                length
            };
            files.push(SnapshotFile {
                name: file_name(file),
                number: file,
                bytes,
            });
        }
        Ok(files)
    }

    /// The bytes of a file, as many as belong to the moment.
    ///
    /// # Errors
    ///
    /// Failures of the disk.
    pub fn read(&self, file: &SnapshotFile) -> Result<impl Read + use<>, JournalError> {
        let reader = Reader {
            file: self.folder.open(file.number, Open::Read)?,
            at: 0,
        };
        Ok(reader.take(file.bytes))
    }
}

struct Reader {
    file: Box<dyn DiskFile>,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}
