//! Where the words are looked for: files with their names, and the memory of a process.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{office::Done, search::Search};

const PIECE_BYTES: usize = 8 * 1024 * 1024;
const AROUND_BYTES: usize = 48;

/// A pattern that was found, and where.
pub(crate) struct Hit {
    pub(crate) place: String,
    pub(crate) pattern: usize,
    /// What stands around it: whoever mends it must know what it is. Nobody planted is real.
    pub(crate) around: String,
}

/// What was looked through.
#[derive(Default)]
pub(crate) struct Looked {
    pub(crate) files: usize,
    pub(crate) bytes: usize,
    pub(crate) hits: Vec<Hit>,
}

/// Looks through the contents of everything in these folders, and through the names.
pub(crate) fn folder(root: &Path, without: &Path, search: &Search<'_>) -> Done<Looked> {
    let mut looked = Looked::default();
    let mut open: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        let name = path.to_string_lossy().into_owned();
        looked.look("the name of a file", name.as_bytes(), search);
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else if path.is_file() && !path.starts_with(without) {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            looked.look(&inside.to_string_lossy(), &fs::read(&path)?, search);
            looked.files += 1;
        }
    }
    Ok(looked)
}

/// Looks through every file outside the office's folders that one of these processes has open for writing,
/// files without a name included; and through what lies in shared memory. Their names are told too.
pub(crate) fn open_files(
    processes: &[u32],
    root: &Path,
    search: &Search<'_>,
) -> Done<(Looked, BTreeSet<String>)> {
    let mut looked = Looked::default();
    let mut names = BTreeSet::new();
    for process in processes {
        let Ok(handles) = fs::read_dir(format!("/proc/{process}/fd")) else {
            continue; // It ended meanwhile.
        };
        for handle in handles {
            let handle = handle?.path();
            let Some(name) = written_outside(&handle, root) else {
                continue;
            };
            if let Ok(bytes) = fs::read(&handle) {
                looked.look(&name, &bytes, search);
                looked.files += 1;
                names.insert(name);
            }
        }
    }
    if let Ok(shared) = fs::read_dir("/dev/shm") {
        for file in shared {
            let file = file?.path();
            if let Ok(bytes) = fs::read(&file) {
                looked.look(&file.to_string_lossy(), &bytes, search);
                looked.files += 1;
            }
        }
    }
    Ok((looked, names))
}

/// The name of a file that is open for writing and lies elsewhere; sockets, pipes and devices are none.
fn written_outside(handle: &Path, root: &Path) -> Option<String> {
    const WRITES: u32 = 0o3;
    let target = fs::read_link(handle).ok()?;
    let facts = handle.to_string_lossy().replace("/fd/", "/fdinfo/");
    let facts = fs::read_to_string(facts).ok()?;
    let flags = facts.lines().find_map(|line| line.strip_prefix("flags:"))?;
    let writes = u32::from_str_radix(flags.trim(), 8).ok()? & WRITES != 0;
    let is_file = fs::metadata(handle).ok()?.is_file();
    (is_file && writes && !target.starts_with(root)).then(|| target.to_string_lossy().into_owned())
}

/// Looks through all memory of a process that can be read.
pub(crate) fn memory(process: u32, search: &Search<'_>) -> Done<Looked> {
    let mut looked = Looked::default();
    let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
    let memory = Memory::of(process)?;
    for line in maps.lines() {
        let Some(area) = Area::of(line) else {
            continue;
        };
        looked.look_through(&area, &memory, search)?;
        looked.files += 1;
    }
    Ok(looked)
}

/// The memory of a process, and which of its pages are there at all: a web view reserves far more than any
/// machine has.
struct Memory {
    bytes: File,
    pages: File,
    page_bytes: usize,
}

impl Memory {
    fn of(process: u32) -> Done<Self> {
        Ok(Self {
            bytes: File::open(format!("/proc/{process}/mem"))?,
            pages: File::open(format!("/proc/{process}/pagemap"))?,
            page_bytes: page_bytes()?,
        })
    }

    /// Whether any page of a piece was ever written to: it is in memory or swapped out.
    fn has_pages(&self, from: u64, end: u64) -> Done<bool> {
        const ENTRY_BYTES: usize = 8;
        /// The highest bits of an entry (`Documentation/admin-guide/mm/pagemap.rst`), in its last byte.
        const PRESENT_OR_SWAPPED: u8 = 0b1100_0000;
        let first = usize::try_from(from)? / self.page_bytes;
        let end = usize::try_from(end)?.div_ceil(self.page_bytes);
        let mut entries = vec![0; (end - first) * ENTRY_BYTES];
        self.pages
            .read_exact_at(&mut entries, (first * ENTRY_BYTES) as u64)?;
        let mut highest = entries.iter().skip(ENTRY_BYTES - 1).step_by(ENTRY_BYTES);
        Ok(highest.any(|bits| bits & PRESENT_OR_SWAPPED != 0))
    }
}

fn page_bytes() -> Done<usize> {
    let said = Command::new("getconf").arg("PAGESIZE").output()?.stdout;
    Ok(String::from_utf8(said)?.trim().parse()?)
}

struct Area {
    from: u64,
    to: u64,
    what: String,
}

impl Area {
    /// An area of the process's own data; the kernel's pages cannot be read, and what is mapped read-only
    /// stands in the program's file.
    fn of(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (from, to) = words.next()?.split_once('-')?;
        let rights = words.next()?;
        let what = words.nth(3).unwrap_or("anonymous").to_owned();
        let is_kernels =
            ["[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]"].contains(&what.as_str());
        (rights.starts_with("rw") && !is_kernels).then_some(Self {
            from: u64::from_str_radix(from, 16).ok()?,
            to: u64::from_str_radix(to, 16).ok()?,
            what,
        })
    }
}

impl Looked {
    fn look(&mut self, place: &str, bytes: &[u8], search: &Search<'_>) {
        self.bytes += bytes.len();
        search.each(bytes, |at, pattern| {
            let around = bytes.get(at.saturating_sub(AROUND_BYTES)..);
            let around = around.map(|rest| rest.get(..AROUND_BYTES * 3).unwrap_or(rest));
            self.hits.push(Hit {
                place: format!("{place} at {at:#x}"),
                pattern,
                around: readable(around.unwrap_or_default()),
            });
        });
    }

    fn look_through(&mut self, area: &Area, memory: &Memory, search: &Search<'_>) -> Done<()> {
        let overlap = search.longest() as u64 - 1;
        for start in (area.from..area.to).step_by(PIECE_BYTES) {
            let end = area.to.min(start + PIECE_BYTES as u64);
            if !memory.has_pages(start, end)? {
                continue;
            }
            let from = area.from.max(start.saturating_sub(overlap));
            let mut piece = vec![0; usize::try_from(end - from)?];
            // The process goes on meanwhile, and may give an area back.
            let Ok(()) = memory.bytes.read_exact_at(&mut piece, from) else {
                break;
            };
            self.look(&format!("{} {from:#x}", area.what), &piece, search);
        }
        Ok(())
    }
}

fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let shown = text
        .chars()
        .filter(|one| *one != char::REPLACEMENT_CHARACTER);
    shown
        .map(|one| if one.is_control() { '.' } else { one })
        .collect()
}
