//! The two guards, `guard.a` and `guard.b` in the data folder: which block was acknowledged last.
//! Without them a damaged end could not be told from a write that a power cut tore, and an
//! acknowledged block might be cut off.
//!
//! They are written in turn, so that one is always whole. After each acknowledgement that happens
//! without fsync (a crash of the program loses nothing; a power cut may leave an older guard, and
//! then only the blocks after it are judged by what follows them); at idle, rotation, lock and
//! close it happens with fsync.
//!
//! ```text
//!  0  8  "YCGUARD1"
//!  8  8  sequence: the greater one is the newer guard
//! 16  4  file of the block           20  4  its index in the file
//! 24  8  byte where it begins        32  4  its length, header and all (0: nothing acknowledged yet)
//! 36 32  its BLAKE3, header and all
//! 68  4  crc32c of bytes 0..68
//! ```

use std::io;
use std::path::Path;

use crate::disk::{Disk, DiskFile, Open};
use crate::error::{Damage, DamageKind};
use crate::format::{FILE_HEADER_BYTES, Fields, Position, close_with_crc};

const MAGIC: &[u8; 8] = b"YCGUARD1";
const GUARD_BYTES: usize = 72;
const NAMES: [&str; 2] = ["guard.a", "guard.b"];

/// How many guards could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guards {
    /// Both.
    Both,
    /// One; the other one is made anew.
    One,
    /// None: it is not known what was acknowledged last.
    Lost,
}

/// The last acknowledged block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    pub(crate) at: Position,
    pub(crate) index: u32,
    pub(crate) length: u32,
    pub(crate) hash: [u8; 32],
}

impl Acknowledged {
    /// A new journal: nothing yet.
    pub(crate) const NOTHING: Self = Self {
        at: Position {
            file: 1,
            offset: FILE_HEADER_BYTES,
        },
        index: 0,
        length: 0,
        hash: [0; 32],
    };

    pub(crate) fn of(at: Position, index: u32, block: &[u8]) -> Self {
        Self {
            at,
            index,
            length: u32::try_from(block.len()).unwrap_or(u32::MAX),
            hash: *blake3::hash(block).as_bytes(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.length == 0
    }

    /// Whether it ends at `at` or before: only from there on may anything be cut.
    pub(crate) fn is_before(&self, at: Position) -> bool {
        let end = Position {
            file: self.at.file,
            offset: self.at.offset.saturating_add(u64::from(self.length)),
        };
        end <= at
    }

    /// How many blocks its file had at least.
    pub(crate) fn blocks(&self) -> u32 {
        if self.is_nothing() {
            0
        } else {
            self.index.saturating_add(1)
        }
    }

    fn encode(&self, sequence: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(GUARD_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&sequence.to_be_bytes());
        bytes.extend_from_slice(&self.at.file.to_be_bytes());
        bytes.extend_from_slice(&self.index.to_be_bytes());
        bytes.extend_from_slice(&self.at.offset.to_be_bytes());
        bytes.extend_from_slice(&self.length.to_be_bytes());
        bytes.extend_from_slice(&self.hash);
        close_with_crc(bytes)
    }

    fn decode(bytes: &[u8]) -> Option<(u64, Self)> {
        let fields = Fields::checked(bytes, MAGIC)?;
        let acknowledged = Self {
            at: Position {
                file: fields.number(16)?,
                offset: u64::from_be_bytes(fields.array(24)?),
            },
            index: fields.number(20)?,
            length: fields.number(32)?,
            hash: fields.array(36)?,
        };
        Some((u64::from_be_bytes(fields.array(8)?), acknowledged))
    }
}

/// Checks, while blocks go by, that the last acknowledged one is among them.
pub(crate) struct EndCheck {
    guard: Option<Acknowledged>,
    is_the_same: Option<bool>,
}

impl EndCheck {
    pub(crate) fn new(guard: Option<Acknowledged>) -> Self {
        Self {
            guard: guard.filter(|guard| !guard.is_nothing()),
            is_the_same: None,
        }
    }

    pub(crate) fn see(&mut self, at: Position, block: &[u8]) {
        if let Some(guard) = self.guard.filter(|guard| guard.at == at) {
            self.is_the_same = Some(blake3::hash(block) == guard.hash);
        }
    }

    pub(crate) fn damage(&self) -> Option<Damage> {
        let guard = self.guard?;
        let kind = match self.is_the_same {
            Some(true) => return None,
            Some(false) => DamageKind::EndExchanged,
            None => DamageKind::EndMissing,
        };
        Some(Damage {
            at: guard.at,
            bytes: u64::from(guard.length),
            kind,
        })
    }
}

/// The two files.
pub(crate) struct GuardPair {
    /// `None`: looked at only.
    files: Option<[Box<dyn DiskFile>; 2]>,
    /// The file the newest guard is *not* in.
    second_is_next: bool,
    sequence: u64,
    last: Option<Acknowledged>,
    found: Guards,
}

impl GuardPair {
    /// Reads the guards, and makes the files that are not there.
    pub(crate) fn open(disk: &dyn Disk, dir: &Path) -> io::Result<Self> {
        let [(first, a), (second, b)] = [read(disk, dir, NAMES[0])?, read(disk, dir, NAMES[1])?];
        let found = match (&a, &b) {
            (Some(_), Some(_)) => Guards::Both,
            (None, None) => Guards::Lost,
            _ => Guards::One,
        };
        let sequence_of = |guard: &Option<(u64, Acknowledged)>| guard.map(|(sequence, _)| sequence);
        let first_is_newer = sequence_of(&a) > sequence_of(&b);
        let newest = if first_is_newer { a } else { b };
        Ok(Self {
            files: Some([first, second]),
            second_is_next: first_is_newer,
            sequence: newest.map_or(0, |(sequence, _)| sequence),
            last: newest.map(|(_, last)| last),
            found,
        })
    }

    /// Reads the guards and makes nothing: what is written to this pair goes nowhere.
    pub(crate) fn look(disk: &dyn Disk, dir: &Path) -> io::Result<Self> {
        let [a, b] = [peek(disk, dir, NAMES[0])?, peek(disk, dir, NAMES[1])?];
        let found = match (&a, &b) {
            (Some(_), Some(_)) => Guards::Both,
            (None, None) => Guards::Lost,
            _ => Guards::One,
        };
        let newest = a.into_iter().chain(b).max_by_key(|(sequence, _)| *sequence);
        Ok(Self {
            files: None,
            second_is_next: false,
            sequence: newest.map_or(0, |(sequence, _)| sequence),
            last: newest.map(|(_, last)| last),
            found,
        })
    }

    /// Whether this folder has a guard, without making one.
    pub(crate) fn any(disk: &dyn Disk, dir: &Path) -> io::Result<bool> {
        for name in NAMES {
            if peek(disk, dir, name)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(crate) fn found(&self) -> Guards {
        self.found
    }

    pub(crate) fn last(&self) -> Option<Acknowledged> {
        self.last
    }

    /// Writes the next guard, without waiting for the medium.
    pub(crate) fn write(&mut self, last: Acknowledged) -> io::Result<()> {
        self.sequence += 1;
        let bytes = last.encode(self.sequence);
        if let Some(file) = self.next() {
            file.write_at(0, &bytes)?;
        }
        self.second_is_next = !self.second_is_next;
        self.last = Some(last);
        Ok(())
    }

    /// Writes the next guard and waits until it is on the medium.
    pub(crate) fn write_and_sync(&mut self, last: Acknowledged) -> io::Result<()> {
        self.write(last)?;
        self.second_is_next = !self.second_is_next;
        let synced = self.next().map_or(Ok(()), DiskFile::sync);
        self.second_is_next = !self.second_is_next;
        synced
    }

    fn next(&mut self) -> Option<&mut dyn DiskFile> {
        let [first, second] = self.files.as_mut()?;
        Some(if self.second_is_next {
            second.as_mut()
        } else {
            first.as_mut()
        })
    }
}

/// The guard of that name, when it is there and whole.
fn peek(disk: &dyn Disk, dir: &Path, name: &str) -> io::Result<Option<(u64, Acknowledged)>> {
    match disk.open(&dir.join(name), Open::Read) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => Ok(Acknowledged::decode(&contents(opened?.as_mut())?)),
    }
}

type Read = (Box<dyn DiskFile>, Option<(u64, Acknowledged)>);

fn read(disk: &dyn Disk, dir: &Path, name: &str) -> io::Result<Read> {
    let path = dir.join(name);
    let mut file = match disk.open(&path, Open::Write) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let file = disk.open(&path, Open::CreateNew)?;
            disk.sync_dir(dir)?;
            file
        }
        opened => opened?,
    };
    let guard = Acknowledged::decode(&contents(file.as_mut())?);
    Ok((file, guard))
}

fn contents(file: &mut dyn DiskFile) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; GUARD_BYTES];
    let count = file.read_at(0, &mut bytes)?;
    bytes.truncate(count);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden() {
        let guard = Acknowledged {
            at: Position {
                file: 2,
                offset: 32,
            },
            index: 1,
            length: 5,
            hash: [0xab; 32],
        };
        let bytes = guard.encode(9);
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        let hex = digits.collect::<Vec<_>>().concat();
        assert_eq!(
            hex,
            format!(
                "5943475541524431{}0000000200000001{}00000005{}77540645",
                "0000000000000009",
                "0000000000000020",
                "ab".repeat(32)
            )
        );
        assert_eq!(Acknowledged::decode(&bytes), Some((9, guard)));
    }
}
