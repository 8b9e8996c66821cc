//! A simulated disk that can lose power.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use yichuang_journal::{Disk, DiskFile, Open};

use crate::Dice;

const SECTOR_BYTES: usize = 512;

/// A disk in memory. What was not synced is lost, torn at 512 bytes or reordered when the power
/// goes; a name is certain only after its folder was synced.
#[derive(Clone, Default)]
pub struct SimDisk(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    files: BTreeMap<u64, SimFile>,
    names: BTreeMap<PathBuf, u64>,
    certain_names: BTreeMap<PathBuf, u64>,
    /// How many more changes happen before the power goes.
    changes_left: Option<u64>,
    changes: u64,
    off: bool,
    syncs_fail: bool,
}

#[derive(Clone, Default)]
struct SimFile {
    on_medium: Vec<u8>,
    seen: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate(usize),
}

impl SimDisk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The power goes after so many changes (writes, syncs, names).
    pub fn lose_power_after(&self, changes: u64) {
        self.state().changes_left = Some(changes);
    }

    /// Lets every sync fail, or no longer.
    pub fn fail_syncs(&self, fail: bool) {
        self.state().syncs_fail = fail;
    }

    /// What is on the disk after the power came back.
    pub fn after_power_cut(&self, dice: &mut Dice) -> Self {
        let before = self.state().clone();
        let mut names = before.certain_names.clone();
        for (name, file) in &before.names {
            if !names.contains_key(name) && dice.roll(2) == 0 {
                names.insert(name.clone(), *file);
            }
        }
        // Sometimes nothing unsynced arrives, sometimes all of it, mostly some.
        let kept_of_8 = dice.roll(9);
        let files = before
            .files
            .into_iter()
            .map(|(id, mut file)| {
                file.arrive(|| dice.roll(8) < kept_of_8);
                file.seen.clone_from(&file.on_medium);
                (id, file)
            })
            .collect();
        Self(Arc::new(Mutex::new(State {
            files,
            certain_names: names.clone(),
            names,
            ..State::default()
        })))
    }

    /// The same disk, as another process finds it: nothing is lost.
    pub fn after_restart(&self) -> Self {
        let mut state = self.state().clone();
        state.changes_left = None;
        state.off = false;
        state.syncs_fail = false;
        Self(Arc::new(Mutex::new(state)))
    }

    /// What a file holds, as the programs see it.
    pub fn contents(&self, path: &Path) -> Vec<u8> {
        let state = self.state();
        state.files[&state.names[path]].seen.clone()
    }

    /// Changes a file behind everybody's back.
    pub fn tamper(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.state();
        let id = state.names[path];
        let file = state.files.get_mut(&id).unwrap();
        change(&mut file.seen);
        file.on_medium = file.seen.clone();
        file.pending.clear();
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &Path) -> bool {
        self.state().names.contains_key(path)
    }

    /// Whether the power is gone.
    pub fn is_off(&self) -> bool {
        self.state().off
    }

    /// How many changes were made so far.
    pub fn changes(&self) -> u64 {
        self.state().changes
    }

    /// Takes a file away behind everybody's back.
    pub fn remove(&self, path: &Path) {
        let mut state = self.state();
        state.names.remove(path);
        state.certain_names.remove(path);
    }
}

impl State {
    fn spend(&mut self) -> io::Result<()> {
        self.changes += 1;
        match &mut self.changes_left {
            None => Ok(()),
            Some(0) => {
                self.off = true;
                self.is_on()
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }

    fn is_on(&self) -> io::Result<()> {
        if self.off {
            return Err(io::Error::other("the power is off"));
        }
        Ok(())
    }
}

impl SimFile {
    /// Brings what is pending to the medium, as far as each sector `is_kept`. Clean pages are not
    /// written again.
    fn arrive(&mut self, mut is_kept: impl FnMut() -> bool) {
        let bytes = &mut self.on_medium;
        for change in self.pending.drain(..) {
            match change {
                Change::Truncate(length) => {
                    if is_kept() {
                        bytes.truncate(length);
                    }
                }
                Change::Write { offset, bytes: new } => {
                    let mut at = offset;
                    let end = offset + new.len();
                    while at < end {
                        let stop = end.min((at / SECTOR_BYTES + 1) * SECTOR_BYTES);
                        if is_kept() {
                            write(bytes, at, &new[at - offset..stop - offset]);
                        }
                        at = stop;
                    }
                }
            }
        }
    }
}

fn write(bytes: &mut Vec<u8>, offset: usize, new: &[u8]) {
    let end = offset + new.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[offset..end].copy_from_slice(new);
}

impl Disk for SimDisk {
    fn create_dir(&self, _dir: &Path) -> io::Result<()> {
        self.state().spend()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        state.is_on()?;
        let here = state.names.keys().filter(|name| name.parent() == Some(dir));
        Ok(here
            .map(|name| name.file_name().unwrap().to_str().unwrap().to_owned())
            .collect())
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.is_on()?;
        let there = state.names.get(path).copied();
        let id = match (there, how) {
            (Some(_), Open::CreateNew) => return Err(io::ErrorKind::AlreadyExists.into()),
            (Some(id), _) => id,
            (None, Open::CreateNew) => {
                state.spend()?;
                let id = state.files.len() as u64;
                state.files.insert(id, SimFile::default());
                state.names.insert(path.to_owned(), id);
                id
            }
            (None, _) => return Err(io::ErrorKind::NotFound.into()),
        };
        Ok(Box::new(SimHandle {
            disk: self.clone(),
            id,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.spend()?;
        let id = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), id);
        Ok(())
    }

    fn free_bytes(&self, _dir: &Path) -> io::Result<Option<u64>> {
        Ok(None)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.spend()?;
        let state = &mut *state;
        state
            .certain_names
            .retain(|name, _| name.parent() != Some(dir));
        let here = state
            .names
            .iter()
            .filter(|(name, _)| name.parent() == Some(dir));
        state
            .certain_names
            .extend(here.map(|(name, id)| (name.clone(), *id)));
        Ok(())
    }
}

struct SimHandle {
    disk: SimDisk,
    id: u64,
}

impl SimHandle {
    fn with<T>(&self, act: impl FnOnce(&mut SimFile) -> T) -> T {
        act(self.disk.state().files.get_mut(&self.id).unwrap())
    }
}

impl DiskFile for SimHandle {
    fn length(&mut self) -> io::Result<u64> {
        self.disk.state().is_on()?;
        Ok(self.with(|file| file.seen.len() as u64))
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.disk.state().is_on()?;
        Ok(self.with(|file| {
            let rest = file
                .seen
                .get(usize::try_from(offset).unwrap()..)
                .unwrap_or_default();
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            count
        }))
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let offset = usize::try_from(offset).unwrap();
        // When the power goes during a write, parts of it may have arrived.
        let alive = self.disk.state().spend();
        self.with(|file| {
            write(&mut file.seen, offset, bytes);
            file.pending.push(Change::Write {
                offset,
                bytes: bytes.to_vec(),
            });
        });
        alive
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let length = usize::try_from(length).unwrap();
        let alive = self.disk.state().spend();
        self.with(|file| {
            file.seen.truncate(length);
            file.pending.push(Change::Truncate(length));
        });
        alive
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.state().spend()?;
        if self.disk.state().syncs_fail {
            // As Linux does: the error is told once, and the pages then count as clean.
            self.with(|file| file.pending.clear());
            return Err(io::Error::other("the medium refused"));
        }
        self.with(|file| file.arrive(|| true));
        Ok(())
    }
}
