//! Sticks and disks that are plugged in, and whether a folder is on a disk of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where this system shows what is plugged in.
const MOUNTS: [&str; 3] = ["/media", "/run/media", "/mnt"];
const MOST: usize = 9;

/// Folders of sticks and other disks that could take a backup.
pub(crate) fn plugged_in() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = MOUNTS
        .iter()
        .flat_map(|mounts| folders(Path::new(mounts)))
        .flat_map(|folder| {
            // `/media/USER/STICK` as well as `/mnt/STICK`.
            let inner = folders(&folder);
            std::iter::once(folder).chain(inner)
        })
        .filter(|folder| is_mount(folder))
        .collect();
    found.sort();
    found.truncate(MOST);
    found
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| entry.path()).collect()
}

fn is_mount(folder: &Path) -> bool {
    folder
        .parent()
        .is_some_and(|parent| shares_disk(folder, parent) == Some(false))
}

/// Whether two folders lie on one disk; unknown where the system does not say.
#[cfg(unix)]
pub(crate) fn shares_disk(one: &Path, other: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::metadata(path).ok().map(|about| about.dev());
    Some(disk(one)? == disk(other)?)
}

/// Whether two folders lie on one disk; unknown where the system does not say.
#[cfg(not(unix))]
pub(crate) fn shares_disk(_one: &Path, _other: &Path) -> Option<bool> {
    None
}
