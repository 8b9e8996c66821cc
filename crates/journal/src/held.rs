//! A disk on which some files stay what they were when they were opened, whatever takes their place meanwhile.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, DiskFile, Open};

type Handle = Arc<Mutex<Box<dyn DiskFile>>>;

/// Holds files open for reading. What it could not open is asked of the disk beneath, as is all else.
pub(crate) struct HeldDisk {
    beneath: Arc<dyn Disk>,
    files: HashMap<PathBuf, Handle>,
}

impl HeldDisk {
    pub(crate) fn of(beneath: Arc<dyn Disk>, paths: impl Iterator<Item = PathBuf>) -> Self {
        let hold = |path: PathBuf| {
            let file = beneath.open(&path, Open::Read).ok()?;
            Some((path, Arc::new(Mutex::new(file))))
        };
        let files = paths.filter_map(hold).collect();
        Self { beneath, files }
    }
}

impl Disk for HeldDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.beneath.create_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.beneath.list(dir)
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        match self.files.get(path) {
            Some(file) if how == Open::Read => Ok(Box::new(HeldFile(Arc::clone(file)))),
            _ => self.beneath.open(path, how),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.beneath.rename(from, to)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.beneath.sync_dir(dir)
    }

    fn free_bytes(&self, dir: &Path) -> io::Result<Option<u64>> {
        self.beneath.free_bytes(dir)
    }
}

struct HeldFile(Handle);

impl HeldFile {
    fn file(&self) -> MutexGuard<'_, Box<dyn DiskFile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// It was opened for reading.
fn only_read<T>() -> io::Result<T> {
    Err(ErrorKind::PermissionDenied.into())
}

impl DiskFile for HeldFile {
    fn length(&mut self) -> io::Result<u64> {
        self.file().length()
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.file().read_at(offset, buffer)
    }

    fn write_at(&mut self, _offset: u64, _bytes: &[u8]) -> io::Result<()> {
        only_read()
    }

    fn truncate(&mut self, _length: u64) -> io::Result<()> {
        only_read()
    }

    fn sync(&mut self) -> io::Result<()> {
        only_read()
    }
}
