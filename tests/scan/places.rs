//! Where the words are looked for: files with their names, and the memory of a process.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
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

/// Looks through all memory of a process that can be read.
pub(crate) fn memory(process: u32, search: &Search<'_>) -> Done<Looked> {
    let mut looked = Looked::default();
    let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
    let mut memory = File::open(format!("/proc/{process}/mem"))?;
    for line in maps.lines() {
        let Some(area) = Area::of(line) else {
            continue;
        };
        looked.look_through(&area, &mut memory, search)?;
        looked.files += 1;
    }
    Ok(looked)
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

    fn look_through(&mut self, area: &Area, memory: &mut File, search: &Search<'_>) -> Done<()> {
        let overlap = search.longest() as u64 - 1;
        let mut from = area.from;
        while from < area.to {
            let size = usize::try_from(area.to - from)?.min(PIECE_BYTES);
            let mut piece = vec![0; size];
            memory.seek(SeekFrom::Start(from))?;
            // The process goes on meanwhile, and may give an area back.
            let Ok(()) = memory.read_exact(&mut piece) else {
                break;
            };
            self.look(&format!("{} {from:#x}", area.what), &piece, search);
            from += size as u64;
            if from < area.to {
                from -= overlap;
            }
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
