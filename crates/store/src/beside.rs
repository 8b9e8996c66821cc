//! Files beside the journal that say again what it says, so that a start need not work it out. Each is
//! sealed, names the place of the journal it is true for, and may be lost, torn, old or another desk's at
//! any time: whoever reads one checks it, and does without.

use std::{
    io,
    path::{Path, PathBuf},
};

use yichuang_journal::{Disk, Open};

/// Longer ones are not ours.
const LONGEST: u64 = 256 * 1024 * 1024;

/// What lies there; nothing when it cannot be read.
pub(crate) fn read(disk: &dyn Disk, path: &Path) -> Option<Vec<u8>> {
    let mut file = disk.open(path, Open::Read).ok()?;
    let length = file.length().ok().filter(|length| *length <= LONGEST)?;
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    let count = file.read_at(0, &mut bytes).ok()?;
    bytes.truncate(count);
    Some(bytes)
}

/// Puts it there whole, in place of an older one. Nothing is synced: one that a power cut tore opens for
/// nobody.
pub(crate) fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = fresh(path);
    let mut file = match disk.open(&fresh, Open::Write) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk.open(&fresh, Open::CreateNew)?
        }
        opened => opened?,
    };
    file.truncate(0)?;
    file.write_at(0, bytes)?;
    drop(file);
    disk.rename(&fresh, path)
}

fn fresh(path: &Path) -> PathBuf {
    path.with_extension("new")
}
