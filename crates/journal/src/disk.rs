//! The seam to the disk: everything the journal asks of a file system, and nothing more. The real
//! one is [`OsDisk`]; tests put a simulated one here that loses, reorders and tears what was not
//! synced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// For reading only; it must be there.
    Read,
    /// For reading and writing; it must be there.
    Write,
    /// For reading and writing; it must not be there.
    CreateNew,
}

/// A file system.
///
/// A file that was created or renamed is certain to be found again only after [`Disk::sync_dir`] of its folder.
pub trait Disk: Send + Sync {
    /// Makes a folder and its parents; nothing happens when it is there.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn create_dir(&self, dir: &Path) -> io::Result<()>;

    /// The names in a folder, in no particular order; none when the folder is not there.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;

    /// Opens a file.
    ///
    /// # Errors
    ///
    /// The disk's; `NotFound` and `AlreadyExists` as [`Open`] says.
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>>;

    /// Gives a file another name, replacing a file of that name.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes sure that the names in a folder survive a power cut.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// How many bytes can still be written in a folder; `None` where nobody can tell.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn free_bytes(&self, dir: &Path) -> io::Result<Option<u64>>;
}

/// An open file.
pub trait DiskFile: Send {
    /// How long it is now.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn length(&mut self) -> io::Result<u64>;

    /// Reads from `offset` until `buffer` is full or the file ends; says how much it read.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// Writes all of `bytes` at `offset`.
    ///
    /// # Errors
    ///
    /// The disk's; any part may have been written then.
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file off at `length`.
    ///
    /// # Errors
    ///
    /// The disk's.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Returns when contents and length are on the medium (`fdatasync`).
    ///
    /// # Errors
    ///
    /// The disk's. What was written since the last success is then in doubt for good.
    fn sync(&mut self) -> io::Result<()>;
}

/// The operating system's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsDisk;

impl Disk for OsDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        entries
            .filter_map(|entry| match entry {
                // A name that is not UTF-8 is not one of ours.
                Ok(entry) => entry.file_name().into_string().ok().map(Ok),
                Err(error) => Some(Err(error)),
            })
            .collect()
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.read(true).write(how != Open::Read);
        if how == Open::CreateNew {
            options.create_new(true);
        }
        Ok(Box::new(OsFile(options.open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }

    // Windows keeps the names of a folder in its own log and opens no folder for syncing.
    #[cfg(not(unix))]
    fn sync_dir(&self, _dir: &Path) -> io::Result<()> {
        Ok(())
    }

    fn free_bytes(&self, dir: &Path) -> io::Result<Option<u64>> {
        fs4::available_space(dir).map(Some)
    }
}

struct OsFile(File);

impl DiskFile for OsFile {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.0.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(offset))?;
        self.0.write_all(bytes)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}
