//! The folder in which the web view keeps what it likes to keep: ours, and empty at every start and end.
//!
//! Not a private ("incognito") web view: that one still writes a skeleton elsewhere, and cannot be tested.

use std::io;
use std::path::{Path, PathBuf};

/// The web view's folder inside the data folder. Emptied again when dropped.
pub(crate) struct Profile(PathBuf);

impl Profile {
    /// Empties the folder under `data`. Only for who holds the lock of `data`.
    pub(crate) fn emptied(data: &Path) -> io::Result<Self> {
        let dir = data.join("webview");
        empty(&dir)?;
        Ok(Self(dir))
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // The web view's own processes end after us and may leave a folder with a salt in it, no content (measured).
        // It goes at the next start.
        drop(empty(&self.0));
    }
}

fn empty(dir: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_the_web_view_kept_outlives_a_start_or_an_end() {
        let data = std::env::temp_dir().join(format!("yichuang-profile-{}", std::process::id()));
        let left = data.join("webview/cookies");
        std::fs::create_dir_all(&left).unwrap();

        let profile = Profile::emptied(&data).unwrap();
        assert!(!left.exists());

        std::fs::create_dir_all(profile.dir().join("cache")).unwrap();
        drop(profile);
        assert!(!data.join("webview").exists());
        std::fs::remove_dir_all(&data).unwrap();
    }
}
