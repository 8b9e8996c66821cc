//! Whether the view can be believed when it is opened. sled loses records without a word when a bit
//! of its log is flipped, and its flush promises nothing across a power cut (both measured). So a
//! note beside it says how it was left:
//!
//! - `closed HASH`: the program ended in order; the hash of the view's files must still hold;
//! - `open BOOT`: the program did not end in order. Within the same start of the system nothing can
//!   have been lost on the way to the disk; after another start the view is doubtful.
//!
//! A doubtful view is compared with the journal before anybody sees it (`scrub.rs`).

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use yichuang_journal::{Disk, Open};

use crate::hex::hex;

const FILE: &str = "view.state";
const LONGEST: usize = 200;

/// How the view was left.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Left {
    Closed(String),
    Open(String),
    Unknown,
}

/// Whether the view in `data` must be compared with the journal before it is used.
pub(crate) fn is_doubtful(disk: &dyn Disk, data: &Path) -> bool {
    match read(disk, data) {
        Left::Closed(hash) => hash_of(&data.join("view")).ok().as_ref() != Some(&hash),
        Left::Open(boot) => boot_id().as_ref() != Some(&boot),
        Left::Unknown => data.join("view").exists(),
    }
}

/// Notes that the view is being written to.
pub(crate) fn note_open(disk: &dyn Disk, data: &Path) -> io::Result<()> {
    write(
        disk,
        data,
        &format!("open {}\n", boot_id().unwrap_or_default()),
    )
}

/// Notes that the view was left in order. Nothing may have it open.
pub(crate) fn note_closed(disk: &dyn Disk, data: &Path) -> io::Result<()> {
    let hash = hash_of(&data.join("view"))?;
    write(disk, data, &format!("closed {hash}\n"))
}

fn read(disk: &dyn Disk, data: &Path) -> Left {
    let Ok(mut file) = disk.open(&data.join(FILE), Open::Read) else {
        return Left::Unknown;
    };
    let mut bytes = vec![0; LONGEST];
    let count = file.read_at(0, &mut bytes).unwrap_or(0);
    bytes.truncate(count);
    let text = String::from_utf8(bytes).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    match line.split_once(' ') {
        Some(("closed", hash)) => Left::Closed(hash.to_owned()),
        Some(("open", boot)) if !boot.is_empty() => Left::Open(boot.to_owned()),
        _ => Left::Unknown,
    }
}

fn write(disk: &dyn Disk, data: &Path, text: &str) -> io::Result<()> {
    let path = data.join(FILE);
    let mut file = match disk.open(&path, Open::Write) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk.open(&path, Open::CreateNew)?
        }
        opened => opened?,
    };
    file.truncate(0)?;
    file.write_at(0, text.as_bytes())?;
    file.sync()
}

/// Which start of the system this is, where the system says so.
fn boot_id() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

/// One hash over all files of a folder, their names and lengths.
fn hash_of(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    gather(folder, &mut files)?;
    files.sort();
    let mut all = blake3::Hasher::new();
    let mut part = vec![0; 256 * 1024];
    for path in files {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        all.update(name.to_string_lossy().as_bytes());
        let mut file = fs::File::open(&path)?;
        all.update(&file.metadata()?.len().to_be_bytes());
        loop {
            let count = file.read(&mut part)?;
            let Some(read) = part.get(..count).filter(|read| !read.is_empty()) else {
                break;
            };
            all.update(read);
        }
    }
    Ok(hex(all.finalize().as_bytes()))
}

fn gather(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
