//! The system's disk, with a call that fails.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use yichuang_journal::{Disk, DiskFile, Open, OsDisk};

/// What fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The calls before it succeed.
    pub at: u64,
    /// Whether every later call of the kind fails as well.
    pub is_lasting: bool,
    /// Which calls are meant.
    pub hits: Hits,
    /// The system's number of the error.
    pub errno: i32,
}

/// Which calls a fault is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hits {
    /// All.
    All,
    /// Those that change something.
    Changes,
    /// Those that wait for the medium.
    Syncs,
}

/// The system's disk, counting its calls and failing those it is told to fail.
#[derive(Clone, Default)]
pub struct FaultDisk(Arc<Mutex<Plan>>);

#[derive(Default)]
struct Plan {
    fault: Option<Fault>,
    calls: u64,
    failed: u64,
}

impl FaultDisk {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap()
    }

    /// Plans a fault, or none, and counts anew.
    pub fn plan_fault(&self, fault: Option<Fault>) {
        let mut plan = self.plan();
        plan.fault = fault;
        plan.calls = 0;
        plan.failed = 0;
    }

    /// How many calls of a kind there were: all, when no fault is planned.
    pub fn calls(&self) -> u64 {
        self.plan().calls
    }

    /// How many calls failed.
    pub fn failed(&self) -> u64 {
        self.plan().failed
    }

    fn meet(&self, hits: Hits) -> io::Result<()> {
        let mut plan = self.plan();
        let fault = plan.fault;
        let is_meant = fault.is_none_or(|fault| match fault.hits {
            Hits::All => true,
            Hits::Changes => hits != Hits::All,
            Hits::Syncs => hits == Hits::Syncs,
        });
        if !is_meant {
            return Ok(());
        }
        let call = plan.calls;
        plan.calls += 1;
        match fault {
            Some(fault) if call == fault.at || (fault.is_lasting && call > fault.at) => {
                plan.failed += 1;
                Err(io::Error::from_raw_os_error(fault.errno))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Disk for FaultDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.meet(Hits::Changes)?;
        OsDisk.create_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.meet(Hits::All)?;
        OsDisk.list(dir)
    }

    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        self.meet(match how {
            Open::Read => Hits::All,
            Open::Write | Open::CreateNew => Hits::Changes,
        })?;
        let file = OsDisk.open(path, how)?;
        Ok(Box::new(FaultFile {
            disk: self.clone(),
            file,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.meet(Hits::Changes)?;
        OsDisk.rename(from, to)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.meet(Hits::Syncs)?;
        OsDisk.sync_dir(dir)
    }

    fn free_bytes(&self, _dir: &Path) -> io::Result<Option<u64>> {
        Ok(None)
    }
}

struct FaultFile {
    disk: FaultDisk,
    file: Box<dyn DiskFile>,
}

impl DiskFile for FaultFile {
    fn length(&mut self) -> io::Result<u64> {
        self.disk.meet(Hits::All)?;
        self.file.length()
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.disk.meet(Hits::All)?;
        self.file.read_at(offset, buffer)
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.disk.meet(Hits::Changes) {
            // A write that fails may have come half the way.
            let half = bytes.len() / 2;
            self.file.write_at(offset, &bytes[..half])?;
            return Err(error);
        }
        self.file.write_at(offset, bytes)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.disk.meet(Hits::Changes)?;
        self.file.truncate(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.meet(Hits::Syncs)?;
        self.file.sync()
    }
}
