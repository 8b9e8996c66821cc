//! A disk of 12 MB that fills up while people work, and is enlarged. Needs a medium of its own, which
//! only root may make; elsewhere it says so.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use yichuang_domain::record::Id;
use yichuang_store::Store;
use yichuang_tests::{Dice, FaultDisk};

use crate::{
    figures::Figures,
    office::{self, Promised, founding, has_sentence},
};

const TRIES: u32 = 3_000;

pub(crate) fn run(seed: u64, figures: &mut Figures) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    if !mount(
        &["-t", "tmpfs", "-o", "size=12m", "yichuang"],
        folder.path(),
    ) {
        figures.one("full disks not tried: no right to make one");
        return Ok(());
    }
    let result = fill(&folder.path().join("data"), folder.path(), seed, figures);
    if !run_quietly("umount", &[], folder.path()) {
        return Err("the small disk could not be taken away".to_owned());
    }
    result
}

fn fill(data: &Path, disk: &Path, seed: u64, figures: &mut Figures) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let clerk = Store::found(data, &founding())
        .map_err(|error| format!("{error:?}"))?
        .staff[0];
    let (mut store, _) = open(data, clerk)?;
    let mut promised = Promised::default();
    let mut refused = 0;
    let filler = disk.join("filler");
    for number in 0..TRIES {
        if number == 20 {
            // Somebody else's film.
            drop(std::fs::write(&filler, vec![1; 12 * 1024 * 1024]));
        }
        match promised.write(&mut store, clerk, &mut dice) {
            Ok(()) => figures.one("commits on the small disk"),
            Err(error) if error.is_full() => {
                refused += 1;
                promised.unanswered.clear();
                if !has_sentence(error) {
                    return Err("a full disk without a sentence".to_owned());
                }
            }
            Err(error) => return Err(format!("a full disk: {error:?}")),
        }
        if refused == 20 {
            break;
        }
    }
    if refused == 0 {
        return Err("the disk never filled up".to_owned());
    }
    figures.add("commits refused while it was full", refused);
    promised
        .check(&store)
        .map_err(|wrong| format!("while full: {wrong:?}"))?;
    figures.one("read everything while it was full");
    drop(store);
    // Somebody comes in the morning.
    let (mut store, _) = open(data, clerk)?;
    promised
        .check(&store)
        .map_err(|wrong| format!("unlocked while full: {wrong:?}"))?;
    figures.one("unlocked and read everything while it was full");

    if !mount(&["-o", "remount,size=64m"], disk) {
        return Err("the disk could not be enlarged".to_owned());
    }
    for _ in 0..20 {
        promised
            .write(&mut store, clerk, &mut dice)
            .map_err(|error| format!("after it was enlarged: {error:?}"))?;
        figures.one("commits after it was enlarged, in the same program");
    }
    drop(store);
    let (store, _) = open(data, clerk)?;
    promised
        .check(&store)
        .map_err(|wrong| format!("after all: {wrong:?}"))?;
    let verified = store.verify().map_err(|error| format!("{error:?}"))?;
    verified
        .is_sound()
        .then_some(())
        .ok_or_else(|| format!("{verified:?}"))
}

/// On a disk that does not say how much room it has, so that it is met and not avoided.
fn open(data: &Path, clerk: Id) -> Result<(Store, yichuang_store::Unlocking), String> {
    office::open(data, Arc::new(FaultDisk::default()), clerk).map_err(|error| format!("{error:?}"))
}

fn mount(arguments: &[&str], at: &Path) -> bool {
    run_quietly("mount", arguments, at)
}

fn run_quietly(program: &str, arguments: &[&str], at: &Path) -> bool {
    Command::new(program)
        .args(arguments)
        .arg(at)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
