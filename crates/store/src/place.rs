//! Where the data folder lies. A copy of a folder that is opened beside its original would give the
//! same numbers a second time, so it can only be read.
//!
//! `place` holds the folder's own path. A folder that was moved or renamed leaves no original
//! behind, and just notes its new path. Stated limit: a copy on another machine is noticed by the
//! hub only.

use std::{
    fs,
    path::{Path, PathBuf},
};

const FILE: &str = "place";
const VAULT: &str = "vault.toml";

/// Whether this folder was copied from one that is still there.
pub(crate) fn is_copy(data: &Path) -> bool {
    let Ok(noted) = fs::read_to_string(data.join(FILE)) else {
        return false;
    };
    let original = PathBuf::from(noted.trim_end_matches('\n'));
    let same_folder = match (original.canonicalize(), data.canonicalize()) {
        (Ok(original), Ok(here)) => original == here || is_one_file(&original, &here),
        _ => return false,
    };
    let vaults = [&original, data].map(|folder| fs::read(folder.join(VAULT)).ok());
    // One founded anew in the old place, or restored as a new device, is another desk.
    let [there, here] = vaults;
    !same_folder && there.is_some() && there == here
}

/// One folder may be reached by two ways: a mount, a share.
#[cfg(unix)]
fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |folder: &Path| {
        let about = fs::metadata(folder.join(VAULT)).ok()?;
        Some((about.dev(), about.ino()))
    };
    identity(one).is_some() && identity(one) == identity(other)
}

#[cfg(not(unix))]
fn is_one_file(_one: &Path, _other: &Path) -> bool {
    false
}

/// Notes where this folder lies. Where that cannot be written, a later copy is not noticed.
pub(crate) fn note(data: &Path) {
    let Ok(here) = data.canonicalize() else {
        return;
    };
    let Some(text) = here.to_str() else { return };
    let text = format!("{text}\n");
    if fs::read_to_string(data.join(FILE)).is_ok_and(|noted| noted == text) {
        return;
    }
    drop(fs::write(data.join(FILE), text));
}
