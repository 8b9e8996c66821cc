//! Counting wrong passwords: three are free, then each next try waits longer, and the tenth wrong
//! one locks until the printed code helps.
//!
//! - The count is on the medium **before** a password is looked at, so that switching off in the
//!   middle is a wrong try too. A right password sets it to nothing.
//! - **No clock is believed.** Waiting is measured in monotonic time while the program runs, and a
//!   start begins the wait anew: setting the clock forward or starting again shortens nothing. The
//!   price: a person who restarts the program waits again, at most an hour.
//! - It is kept twice, beside the vault and in the device's secret store, and the greater count
//!   holds. Putting an old file back therefore gives no new tries, and losing one loses nothing; when
//!   both are lost everybody is locked out.
//! - Stated limit: who restores *both* from a copy, or copies the data folder with a weak device
//!   secret, tries as often as they like. Against them stand Argon2id and the password itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::device_secret::DeviceSecretStore;
use crate::error::{UnlockError, VaultError};
use crate::replace::replace_file;

const FREE: u8 = 3;
const LOCKED_AT: u8 = 10;
const FILE_NAME: &str = "attempts.toml";

/// Time that only moves on, from any beginning.
pub(crate) type Ticks = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The counts of this desk's people.
pub(crate) struct AttemptBook {
    path: PathBuf,
    copy_name: String,
    secrets: Arc<dyn DeviceSecretStore>,
    ticks: Ticks,
    opened: Duration,
    last_wrong: BTreeMap<String, Duration>,
    /// `None`: both copies are lost.
    counts: Option<Counts>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    /// Wrong tries since the last right one, by person.
    wrong: BTreeMap<String, u8>,
}

impl AttemptBook {
    /// The book of a new vault.
    pub(crate) fn begin(
        dir: &Path,
        vault: &str,
        secrets: Arc<dyn DeviceSecretStore>,
        ticks: Ticks,
    ) -> Result<Self, VaultError> {
        let mut book = Self::closed(dir, vault, secrets, ticks);
        book.keep(Counts::default())?;
        Ok(book)
    }

    /// The book as it was left.
    pub(crate) fn open(
        dir: &Path,
        vault: &str,
        secrets: Arc<dyn DeviceSecretStore>,
        ticks: Ticks,
    ) -> Self {
        let mut book = Self::closed(dir, vault, secrets, ticks);
        // A copy that cannot be read counts as lost; the other one holds.
        let here = fs::read(&book.path).ok().and_then(|bytes| parse(&bytes));
        let there = book.secrets.get(&book.copy_name).ok().flatten();
        book.counts = greater(here, there.and_then(|bytes| parse(&bytes)));
        book
    }

    fn closed(dir: &Path, vault: &str, secrets: Arc<dyn DeviceSecretStore>, ticks: Ticks) -> Self {
        Self {
            path: dir.join(FILE_NAME),
            copy_name: format!("{vault}.attempts"),
            opened: ticks(),
            secrets,
            ticks,
            last_wrong: BTreeMap::new(),
            counts: None,
        }
    }

    /// Lets a try through and counts it as wrong until [`AttemptBook::right`] says otherwise.
    pub(crate) fn begin_try(&mut self, person: &str) -> Result<(), UnlockError> {
        let Some(counts) = &self.counts else {
            return Err(UnlockError::LockedOut);
        };
        let wrong = counts.of(person);
        if wrong >= LOCKED_AT {
            return Err(UnlockError::LockedOut);
        }
        let since = self.last_wrong.get(person).copied().unwrap_or(self.opened);
        let waited = (self.ticks)().saturating_sub(since);
        let left = Duration::from_secs(wait_s(wrong)).saturating_sub(waited);
        if !left.is_zero() {
            return Err(UnlockError::Wait {
                seconds: left
                    .as_millis()
                    .div_ceil(1000)
                    .try_into()
                    .unwrap_or(u64::MAX),
            });
        }
        self.set(person, wrong.saturating_add(1))?;
        Ok(())
    }

    /// The try was right.
    pub(crate) fn right(&mut self, person: &str) -> Result<(), VaultError> {
        self.last_wrong.remove(person);
        self.set(person, 0)
    }

    /// The try was wrong: what to tell the person.
    pub(crate) fn wrong(&mut self, person: &str) -> UnlockError {
        self.last_wrong.insert(person.to_owned(), (self.ticks)());
        let wrong = self
            .counts
            .as_ref()
            .map_or(LOCKED_AT, |counts| counts.of(person));
        if wrong >= LOCKED_AT {
            return UnlockError::LockedOut;
        }
        UnlockError::WrongPassword {
            left_free: FREE.saturating_sub(wrong),
            wait_s: wait_s(wrong),
        }
    }

    /// Gives a person all tries back. When the counts were lost, everybody else stays locked out.
    pub(crate) fn forgive(&mut self, person: &str, everybody: &[&str]) -> Result<(), VaultError> {
        if self.counts.is_none() {
            let locked = everybody.iter().map(|id| ((*id).to_owned(), LOCKED_AT));
            self.counts = Some(Counts {
                wrong: locked.collect(),
            });
        }
        self.right(person)
    }

    fn set(&mut self, person: &str, wrong: u8) -> Result<(), VaultError> {
        let mut counts = self.counts.clone().unwrap_or_default();
        if wrong == 0 {
            counts.wrong.remove(person);
        } else {
            counts.wrong.insert(person.to_owned(), wrong);
        }
        self.keep(counts)
    }

    fn keep(&mut self, counts: Counts) -> Result<(), VaultError> {
        let text = toml::to_string(&counts)
            .map_err(|_unwritable| VaultError::Damaged { what: FILE_NAME })?;
        // A folder that cannot be written to, and one on a full disk, are open for reading; whoever
        // could make it so could as well copy it, and tries are then counted as long as the program
        // runs.
        let written = replace_file(&self.path, text.as_bytes());
        let is_fixed = written.as_ref().is_err_and(cannot_be_written);
        if !is_fixed {
            written?;
        }
        match self.secrets.set(&self.copy_name, text.as_bytes()) {
            Err(error) if is_fixed && cannot_be_written(&error) => {}
            kept => kept.map_err(VaultError::SecretStore)?,
        }
        self.counts = Some(counts);
        Ok(())
    }
}

impl Counts {
    fn of(&self, person: &str) -> u8 {
        self.wrong.get(person).copied().unwrap_or(0)
    }
}

fn cannot_be_written(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(
        error.kind(),
        PermissionDenied | ReadOnlyFilesystem | StorageFull | QuotaExceeded
    )
}

/// Seconds to wait before the next try, after so many wrong ones.
fn wait_s(wrong: u8) -> u64 {
    match wrong {
        0..FREE => 0,
        3 => 30,
        4 => 5 * 60,
        5 => 15 * 60,
        6 => 30 * 60,
        _ => 60 * 60,
    }
}

fn parse(bytes: &[u8]) -> Option<Counts> {
    toml::from_str(str::from_utf8(bytes).ok()?).ok()
}

fn greater(here: Option<Counts>, there: Option<Counts>) -> Option<Counts> {
    let (Some(mut all), Some(there)) = (here.clone(), there.clone()) else {
        return here.or(there);
    };
    for (person, wrong) in there.wrong {
        let count = all.wrong.entry(person).or_default();
        *count = wrong.max(*count);
    }
    Some(all)
}
