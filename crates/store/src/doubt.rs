//! Whether the view can be believed when it is opened. sled loses records without a word when a bit
//! of its log is flipped, and its flush promises nothing across a power cut (both measured). So a
//! note beside it says how it was left:
//!
//! - `closed HASH BOOT STAMP`: the program ended in order. Within the same start of the system it is
//!   enough that nobody touched the view's files since: the stamp is of their names, lengths and times, of
//!   which no program sets the time of change. Otherwise the hash of all their bytes must still hold;
//! - `open BOOT`: the program did not end in order. Within the same start of the system nothing can
//!   have been lost on the way to the disk; after another start the view is doubtful.
//!
//! A doubtful view is compared with the journal before anybody sees it (`scrub.rs`).

use std::{
    fs,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use yichuang_journal::{Disk, Open};

use crate::hex::hex;

const FILE: &str = "view.state";
const LONGEST: usize = 200;
/// What one thread hashes at a time.
const PIECE_BYTES: u64 = 8 * 1024 * 1024;

/// How the view was left.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Left {
    Closed {
        hash: String,
        /// Which start of the system, and the stamp of the files; empty where there was none to be had.
        untouched: String,
    },
    Open(String),
    Unknown,
}

/// The hash of a view that was touched or left in an earlier start of the system, under way on threads of
/// its own: a password is being typed meanwhile.
pub(crate) struct Looking(thread::JoinHandle<Looked>);

struct Looked {
    /// Of the files that were read.
    stamp: String,
    hash: Option<String>,
}

/// Begins to look at the view, if that takes long.
pub(crate) fn begin(disk: &dyn Disk, data: &Path) -> Option<Looking> {
    let view = data.join("view");
    let Left::Closed { untouched, .. } = read(disk, data) else {
        return None;
    };
    let stamp = stamp_of(&view);
    if stamp.is_empty() || stamp == untouched {
        return None;
    }
    let look = move || Looked {
        hash: hash_of(&view).ok(),
        stamp,
    };
    thread::Builder::new().spawn(look).ok().map(Looking)
}

impl Looking {
    /// The hash, unless somebody touched the view since.
    fn hash(self, view: &Path) -> Option<String> {
        let looked = self.0.join().ok()?;
        looked.hash.filter(|_hash| looked.stamp == stamp_of(view))
    }
}

/// Whether the view in `data` must be compared with the journal before it is used.
pub(crate) fn is_doubtful(disk: &dyn Disk, data: &Path, looking: Option<Looking>) -> bool {
    match read(disk, data) {
        Left::Closed { hash, untouched } => {
            let view = data.join("view");
            let is_untouched = !untouched.is_empty() && untouched == stamp_of(&view);
            let looked = looking.and_then(|looking| looking.hash(&view));
            !is_untouched && looked.or_else(|| hash_of(&view).ok()) != Some(hash)
        }
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
    let view = data.join("view");
    let hash = hash_of(&view)?;
    let stamp = stamp_of(&view);
    write(disk, data, &format!("closed {hash} {stamp}\n"))
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
        Some(("closed", rest)) => {
            let (hash, untouched) = rest.split_once(' ').unwrap_or((rest, ""));
            Left::Closed {
                hash: hash.to_owned(),
                untouched: untouched.to_owned(),
            }
        }
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

/// Which start of the system this is, and one hash over names, lengths and times of all files of a
/// folder; empty where the system does not say so much, and where a file was changed so lately that
/// another change might bear the same time.
#[cfg(unix)]
fn stamp_of(folder: &Path) -> String {
    use std::{
        os::unix::fs::MetadataExt,
        time::{Duration, SystemTime, UNIX_EPOCH},
    };
    const TOO_LATE: Duration = Duration::from_millis(100);
    let of = || -> Option<String> {
        let boot = boot_id()?;
        let border = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let border = border.checked_sub(TOO_LATE)?;
        let mut all = blake3::Hasher::new();
        for path in files_of(folder).ok()? {
            let about = fs::metadata(&path).ok()?;
            let changed = Duration::new(
                u64::try_from(about.ctime()).ok()?,
                u32::try_from(about.ctime_nsec()).ok()?,
            );
            if changed > border {
                return None;
            }
            all.update(name_in(folder, &path).as_bytes());
            for part in [about.dev(), about.ino(), about.len()] {
                all.update(&part.to_be_bytes());
            }
            for part in [about.mtime(), about.mtime_nsec()] {
                all.update(&part.to_be_bytes());
            }
            all.update(&changed.as_nanos().to_be_bytes());
        }
        Some(format!("{boot} {}", hex(all.finalize().as_bytes())))
    };
    of().unwrap_or_default()
}

#[cfg(not(unix))]
fn stamp_of(_folder: &Path) -> String {
    String::new()
}

/// One hash over all files of a folder, their names and lengths: piece by piece, on all cores.
fn hash_of(folder: &Path) -> io::Result<String> {
    let mut pieces = Vec::new();
    let mut all = blake3::Hasher::new();
    for path in files_of(folder)? {
        let length = fs::metadata(&path)?.len();
        all.update(name_in(folder, &path).as_bytes());
        all.update(&length.to_be_bytes());
        let starts = (0..length.div_ceil(PIECE_BYTES)).map(|number| number * PIECE_BYTES);
        pieces.extend(starts.map(|start| (path.clone(), start)));
    }
    for hash in hashes_of(&pieces)? {
        all.update(hash.as_bytes());
    }
    Ok(hex(all.finalize().as_bytes()))
}

/// The hash of each piece, in order.
fn hashes_of(pieces: &[(PathBuf, u64)]) -> io::Result<Vec<blake3::Hash>> {
    let next = AtomicUsize::new(0);
    let take = || -> io::Result<Vec<(usize, blake3::Hash)>> {
        let mut hashes = Vec::new();
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, start)) = pieces.get(number) else {
                return Ok(hashes);
            };
            hashes.push((number, hash_of_piece(path, *start, &mut buffer)?));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut found = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(pieces.len()))
            .map(|_one| scope.spawn(take))
            .collect();
        let mut found = take()?;
        for helper in helpers {
            let of_helper = helper.join().unwrap_or_else(|_panic| Err(gone()));
            found.extend(of_helper?);
        }
        Ok::<_, io::Error>(found)
    })?;
    found.sort_unstable_by_key(|(number, _hash)| *number);
    Ok(found.into_iter().map(|(_number, hash)| hash).collect())
}

fn gone() -> io::Error {
    io::ErrorKind::Other.into()
}

fn hash_of_piece(path: &Path, start: u64, buffer: &mut [u8]) -> io::Result<blake3::Hash> {
    let mut file = fs::File::open(path)?;
    file.seek(io::SeekFrom::Start(start))?;
    let mut file = file.take(PIECE_BYTES);
    let mut piece = blake3::Hasher::new();
    loop {
        let count = file.read(buffer)?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else {
            return Ok(piece.finalize());
        };
        piece.update(read);
    }
}

fn name_in(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path);
    name.to_string_lossy().into_owned()
}

/// All files of a folder and of those in it, in order.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    gather(folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
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
