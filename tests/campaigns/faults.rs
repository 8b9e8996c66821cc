//! Every n-th call to the disk fails, once or from then on, through eight flows. Nothing acknowledged is
//! lost, nothing panics, and each error has its sentence.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use tempfile::TempDir;
use yichuang_domain::record::Id;
use yichuang_journal::OsDisk;
use yichuang_store::{Store, StoreError};
use yichuang_tests::{Dice, Fault, FaultDisk, Hits};

use crate::{
    Wish,
    figures::Figures,
    full,
    office::{self, Office, Promised, copy, has_sentence, quick_folder},
};

/// Numbers of Linux; the store looks at their meaning.
const ERRORS: [(&str, i32, Hits); 5] = [
    ("EIO", 5, Hits::All),
    ("ENOSPC", 28, Hits::Changes),
    ("EROFS", 30, Hits::Changes),
    ("EACCES", 13, Hits::Changes),
    ("fsync EIO", 5, Hits::Syncs),
];

/// What is done while the fault is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Found,
    Open,
    Recover,
    Commit,
    Rotate,
    FlushAndClose,
    Rebuild,
    VerifyAndScrub,
}

const FLOWS: [Flow; 8] = [
    Flow::Found,
    Flow::Open,
    Flow::Recover,
    Flow::Commit,
    Flow::Rotate,
    Flow::FlushAndClose,
    Flow::Rebuild,
    Flow::VerifyAndScrub,
];

/// A folder in order, and one whose last write was torn.
struct Sample {
    office: Office,
    promised: Promised,
}

pub(crate) fn run(wish: &Wish) -> Figures {
    let mut figures = Figures::default();
    let sample = sample(wish.seed);
    let mut all = Vec::new();
    for flow in FLOWS {
        for error in ERRORS {
            let calls = count(&sample, flow, error.2);
            for at in 0..calls {
                all.extend([false, true].map(|is_lasting| (flow, error, at, is_lasting)));
            }
        }
    }
    figures.add("faults there are", all.len() as u64);
    let mut dice = Dice::new(wish.seed);
    while all.len() as u64 > wish.rounds {
        all.swap_remove(dice.place(all.len()));
    }
    for (flow, (name, errno, hits), at, is_lasting) in all {
        let fault = Fault {
            at,
            is_lasting,
            hits,
            errno,
        };
        if let Err(what) = one(&sample, flow, fault, &mut figures) {
            let how = if is_lasting { "from then on" } else { "once" };
            let alone = format!("cargo xtask faults --seed {}", wish.seed);
            figures.fail(
                &format!("{flow:?}, {name} at call {at} {how}: {what}"),
                &alone,
            );
        }
    }
    if let Err(what) = full::run(wish.seed, &mut figures) {
        let alone = format!("cargo xtask faults --rounds 0 --seed {}", wish.seed);
        figures.fail(&format!("a disk of 12 MB: {what}"), &alone);
    }
    figures
}

fn sample(seed: u64) -> Sample {
    let office = Office::new();
    let mut promised = Promised::default();
    let (mut store, _) = office.open().unwrap();
    store.end_journal_files_at(4_000);
    let mut dice = Dice::new(seed);
    for _ in 0..12 {
        promised.write(&mut store, office.clerk, &mut dice).unwrap();
    }
    store.close().unwrap();
    Sample { office, promised }
}

/// One try: a folder, the disk it lies on, and what was promised in it.
struct Try {
    _folder: TempDir,
    data: std::path::PathBuf,
    disk: FaultDisk,
    clerk: Id,
    promised: Promised,
}

impl Try {
    fn new(sample: &Sample, flow: Flow) -> Self {
        let folder = quick_folder();
        let data = folder.path().join("data");
        if flow != Flow::Found {
            copy(&sample.office.data(), &data);
            drop(std::fs::remove_file(data.join("place")));
        }
        if flow == Flow::Recover {
            tear(&data);
        }
        Self {
            _folder: folder,
            data,
            disk: FaultDisk::default(),
            clerk: sample.office.clerk,
            promised: match flow {
                Flow::Found => Promised::default(),
                _ => sample.promised.clone(),
            },
        }
    }

    fn open(&self) -> Result<Store, StoreError> {
        let disk = Arc::new(self.disk.clone());
        office::open(&self.data, disk, self.clerk).map(|(store, _)| store)
    }

    /// The flow, with the fault planned after what comes before it.
    fn flow(&mut self, flow: Flow, fault: Option<Fault>) -> Vec<StoreError> {
        let mut dice = Dice::new(7);
        let mut errors = Vec::new();
        let result = match flow {
            Flow::Found => {
                self.disk.plan_fault(fault);
                let disk = Arc::new(self.disk.clone());
                Store::found_on(&self.data, disk, &office::founding()).map(drop)
            }
            Flow::Open | Flow::Recover => {
                self.disk.plan_fault(fault);
                self.open().and_then(|store| self.check(&store))
            }
            _ => self.open().and_then(|mut store| {
                if flow == Flow::Rotate {
                    store.end_journal_files_at(100);
                }
                self.disk.plan_fault(fault);
                let done = self.work(flow, &mut store, &mut dice, &mut errors);
                // The program goes on for a while, whatever happened.
                errors.extend(self.promised.write(&mut store, self.clerk, &mut dice).err());
                errors.extend(self.check(&store).err());
                done
            }),
        };
        errors.extend(result.err());
        errors
    }

    fn work(
        &mut self,
        flow: Flow,
        store: &mut Store,
        dice: &mut Dice,
        errors: &mut Vec<StoreError>,
    ) -> Result<(), StoreError> {
        match flow {
            Flow::Commit | Flow::Rotate => {
                for _ in 0..2 {
                    errors.extend(self.promised.write(store, self.clerk, dice).err());
                }
                Ok(())
            }
            Flow::FlushAndClose => {
                store.flush()?;
                store.close()?;
                store.unlock(self.clerk, office::PASSWORD).map(drop)
            }
            Flow::Rebuild => store.rebuild(|_done| ()).map(drop),
            _ => {
                store.verify()?;
                store.scrub_step().map(drop)
            }
        }
    }

    /// What can be read must be right, with the fault still there.
    fn check(&self, store: &Store) -> Result<(), StoreError> {
        match self.promised.clone().check(store) {
            Ok(()) => Ok(()),
            Err(office::Wrong::Told(error)) => Err(error),
            Err(office::Wrong::Values(what)) => panic!("wrong in silence: {what}"),
        }
    }
}

/// A last write that came half the way, beyond the guard.
fn tear(data: &Path) {
    let mut logs: Vec<_> = std::fs::read_dir(data.join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    logs.sort();
    let last = logs.last().unwrap();
    let mut bytes = std::fs::read(last).unwrap();
    bytes.extend_from_slice(b"YCBK and then the light went out");
    std::fs::write(last, bytes).unwrap();
}

/// How many calls of that kind the flow makes when nothing fails.
fn count(sample: &Sample, flow: Flow, hits: Hits) -> u64 {
    let never = Fault {
        at: u64::MAX,
        is_lasting: false,
        hits,
        errno: 5,
    };
    let mut one = Try::new(sample, flow);
    let errors = one.flow(flow, Some(never));
    assert!(errors.is_empty(), "{flow:?} without a fault: {errors:?}");
    one.disk.calls()
}

fn one(sample: &Sample, flow: Flow, fault: Fault, figures: &mut Figures) -> Result<(), String> {
    let mut one = Try::new(sample, flow);
    let run = catch_unwind(AssertUnwindSafe(|| one.flow(flow, Some(fault))));
    let errors = run.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        format!("panic: {}", text.unwrap_or_default())
    })?;
    figures.one("faults tried");
    figures.add("calls that failed", one.disk.failed());
    figures.add("errors told", errors.len() as u64);
    let failed = !errors.is_empty();
    for error in errors {
        let cause = format!("{error:?}");
        if !has_sentence(error) {
            return Err(format!("no sentence for {cause}"));
        }
    }
    // The fault is gone, and the program is started again.
    if flow == Flow::Found {
        return found_again(&one, failed, figures);
    }
    let opened = office::open(&one.data, Arc::new(OsDisk), one.clerk);
    let (mut store, _) = opened.map_err(|error| format!("does not open again: {error:?}"))?;
    let mut promised = one.promised.clone();
    promised
        .check(&store)
        .map_err(|wrong| format!("acknowledged is lost: {wrong:?}"))?;
    figures.one("acknowledged all there after a restart");
    promised
        .write(&mut store, one.clerk, &mut Dice::new(9))
        .map_err(|error| format!("does not write again: {error:?}"))?;
    let verified = store.verify().map_err(|error| format!("{error:?}"))?;
    if !verified.is_sound() {
        return Err(format!("the chain does not hold: {verified:?}"));
    }
    figures.one("work goes on after a restart");
    Ok(())
}

/// A founding that failed leaves a folder that can be founded.
fn found_again(one: &Try, failed: bool, figures: &mut Figures) -> Result<(), String> {
    match Store::found(&one.data, &office::founding()) {
        Ok(_) => figures.one("founded at the second try"),
        Err(StoreError::AlreadyFounded) if !failed => {}
        Err(error) => return Err(format!("cannot be founded again: {error:?}")),
    }
    Ok(())
}
