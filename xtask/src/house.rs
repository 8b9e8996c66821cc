//! Where things lie: the clone, what is built, and what we remember about it.

use std::path::{Path, PathBuf};

use crate::trouble::{Result, Trouble, While};

/// The folders of this clone.
pub(crate) struct House {
    /// The clone.
    pub(crate) root: PathBuf,
    /// Cargo's folder of built things, which may lie outside the clone.
    pub(crate) target: PathBuf,
}

impl House {
    /// Finds the clone from where this program was compiled, and the built things from where it lies.
    pub(crate) fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .filter(|root| root.join("Cargo.lock").exists());
        let program = std::env::current_exe().doing("looking for this program")?;
        let target = program.ancestors().nth(2);
        match (root, target) {
            (Some(root), Some(target)) => Ok(Self {
                root: root.into(),
                target: target.into(),
            }),
            _ => Err(Trouble::new(
                "The clone has moved since this was built: run `cargo clean -p xtask`.",
            )),
        }
    }

    /// The folder of the UI.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where we keep stamps, pictures and logs. Always in the clone, beside what they speak of.
    pub(crate) fn notes(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// A program we built, by cargo's profile folder (`debug`, `release`).
    pub(crate) fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION)
    }
}
