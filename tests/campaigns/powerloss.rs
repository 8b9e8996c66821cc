//! Power cuts: what was not synced is dropped, reordered or torn at 512 bytes. Journal, guards and the
//! view's note lie on a simulated disk; sled lies on a real one and is harmed by hand.

use std::{fs, path::Path, sync::Arc};

use yichuang_journal::Disk;
use yichuang_store::StoreError;
use yichuang_tests::{Dice, SimDisk};

use crate::{
    Wish,
    figures::Figures,
    office::{self, Office, Promised, Wrong, copy, quick_folder},
};

/// A new folder after so many cuts: a long journal makes every start slow.
const CUTS_A_FOLDER: u64 = 50;

pub(crate) fn run(wish: &Wish) -> Figures {
    let mut figures = Figures::default();
    let mut done = 0;
    while done < wish.rounds {
        let cuts = CUTS_A_FOLDER.min(wish.rounds - done);
        // The first folder's seed is the wish's own, so that any can be run alone.
        let seed = wish.seed + done / CUTS_A_FOLDER;
        if let Err(what) = one_folder(seed, cuts, &mut figures) {
            let alone = format!("cargo xtask powerloss --seed {seed} --rounds {cuts}");
            figures.fail(&what, &alone);
        }
        done += cuts;
    }
    figures
}

fn one_folder(seed: u64, cuts: u64, figures: &mut Figures) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let mut disk = SimDisk::default();
    let office = Office::on(Arc::new(disk.clone()));
    let older = quick_folder();
    let mut promised = Promised::default();
    for _ in 0..cuts {
        // The first cuts of a life fall into its recovery.
        disk.lose_power_after(dice.roll(60));
        live(&office, &disk, &mut promised, &mut dice, figures)?;
        disk = disk.after_power_cut(&mut dice);
        figures.one("power cuts");
        forget_the_boot(&disk, &office.data());
        harm_view(&office.data(), older.path(), &mut dice, figures);
    }
    let (mut store, _) =
        office::open(&office.data(), Arc::new(disk), office.clerk).map_err(|error| told(&error))?;
    promised.check(&store).map_err(wrong)?;
    let verified = store.verify().map_err(|error| told(&error))?;
    figures.add("acknowledged changes checked", promised.people.len() as u64);
    figures.one("chains verified");
    store.close().map_err(|error| told(&error))?;
    if verified.is_sound() {
        Ok(())
    } else {
        Err(format!("the chain does not hold: {verified:?}"))
    }
}

/// One life of the program, until the power goes.
fn live(
    office: &Office,
    disk: &SimDisk,
    promised: &mut Promised,
    dice: &mut Dice,
    figures: &mut Figures,
) -> Result<(), String> {
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let mut store = match office::open(&office.data(), shared, office.clerk) {
        Ok((store, unlocking)) => {
            if unlocking.view_rebuilt {
                figures.one("views made anew");
            }
            if let Some(recovery) = &unlocking.recovery {
                figures.add("torn tails cut", u64::from(recovery.cut.is_some()));
            }
            store
        }
        Err(error) => return must_be_power(&error, disk, figures),
    };
    match promised.check(&store) {
        Ok(()) => {}
        Err(Wrong::Told(error)) => return must_be_power(&error, disk, figures),
        Err(wrong_values) => return Err(wrong(wrong_values)),
    }
    if let Some(why) = store.read_only() {
        return Err(format!("opened for reading only: {why}"));
    }
    store.end_journal_files_at(8_000);
    for _ in 0..200 {
        let done = if dice.one_in(6) {
            store.flush()
        } else {
            promised.write(&mut store, office.clerk, dice)
        };
        match done {
            Ok(()) => figures.one("acknowledged commits and flushes"),
            Err(error) => return must_be_power(&error, disk, figures),
        }
    }
    Ok(())
}

/// While the power is off every call fails, and nothing else may be the reason.
fn must_be_power(error: &StoreError, disk: &SimDisk, figures: &mut Figures) -> Result<(), String> {
    let cause = format!("{error:?}");
    if disk.is_off() {
        figures.one("lives ended by a cut");
        return Ok(());
    }
    Err(format!("refused without a reason: {cause}"))
}

/// After a cut the system has started anew, which this process has not.
fn forget_the_boot(disk: &SimDisk, data: &Path) {
    let note = data.join("view.state");
    if disk.has(&note) {
        disk.tamper(&note, |text| {
            if text.starts_with(b"open") {
                *text = b"open before-the-cut\n".to_vec();
            }
        });
    }
}

/// What a cut may do to files nobody synced: gone, cut off, overwritten, or an older state.
fn harm_view(data: &Path, older: &Path, dice: &mut Dice, figures: &mut Figures) {
    let (view, kept) = (data.join("view"), older.join("view"));
    if !view.exists() {
        return;
    }
    let db = view.join("db");
    match dice.roll(8) {
        0 => fs::remove_dir_all(&view).unwrap(),
        1 => {
            let length = fs::metadata(&db).map_or(0, |about| about.len());
            let file = fs::File::options().write(true).open(&db);
            if let Ok(file) = file {
                file.set_len(dice.roll(length.max(1))).unwrap();
            }
        }
        2 => {
            if let Ok(mut bytes) = fs::read(&db) {
                let from = dice.place(bytes.len()) / 512 * 512;
                bytes
                    .iter_mut()
                    .skip(from)
                    .take(512)
                    .for_each(|byte| *byte = 0);
                fs::write(&db, bytes).unwrap();
            }
        }
        3 if kept.exists() => {
            fs::remove_dir_all(&view).unwrap();
            copy(&kept, &view);
        }
        4 => {
            if kept.exists() {
                fs::remove_dir_all(&kept).unwrap();
            }
            copy(&view, &kept);
            return;
        }
        _ => return,
    }
    figures.one("views harmed by a cut");
}

fn told(error: &StoreError) -> String {
    format!("refused after the last cut: {error:?}")
}

fn wrong(wrong: Wrong) -> String {
    match wrong {
        Wrong::Told(error) => told(&error),
        Wrong::Values(what) => what,
    }
}
