//! Damage at rest: flipped bits, cuts, zeroed pages, left-over and swapped files. Everything is there
//! afterwards, or the program says that it is not; it never answers wrongly in silence.

use std::sync::Arc;

use yichuang_journal::OsDisk;
use yichuang_store::Note;
use yichuang_tests::Dice;

use crate::{
    Wish,
    figures::Figures,
    harm::{Folders, Kind, Part, harm},
    office::{self, Office, Promised, Wrong, copy, has_sentence, quick_folder},
};

/// Of 1,400: 1,000 flips, 200 cuts, 100 zeroed pages, 50 left-over and 50 swapped files.
const KINDS: [(Kind, u64); 5] = [
    (Kind::Flip, 1_000),
    (Kind::Cut, 200),
    (Kind::Zeroed, 100),
    (Kind::LeftOver, 50),
    (Kind::Swapped, 50),
];
const ALL: u64 = 1_400;
const PARTS: [Part; 3] = [Part::Journal, Part::Guards, Part::View];

/// A folder in order, with what is in it, an older state of it, and another community's folder.
struct Sample {
    office: Office,
    older: Office,
    foreign: Office,
    promised: Promised,
}

pub(crate) fn run(wish: &Wish) -> Figures {
    let mut figures = Figures::default();
    let sample = sample(&mut Dice::new(1));
    for (number, kind) in kinds(wish.rounds).enumerate() {
        let seed = wish.seed + number as u64;
        let part = PARTS[number % PARTS.len()];
        if let Err(what) = one(&sample, kind, part, seed, &mut figures) {
            let alone = "the rounds come in one order: run the same --seed and --rounds";
            figures.fail(&format!("{part:?}, {what}"), alone);
        }
    }
    figures
}

fn kinds(rounds: u64) -> impl Iterator<Item = Kind> {
    KINDS.into_iter().flat_map(move |(kind, count)| {
        let count = (count * rounds).div_ceil(ALL);
        (0..count).map(move |_| kind)
    })
}

fn sample(dice: &mut Dice) -> Sample {
    let office = Office::new();
    let mut promised = Promised::default();
    fill(&office, &mut promised, dice);
    let older = Office::new();
    std::fs::remove_dir_all(older.data()).unwrap();
    copy(&office.data(), &older.data());
    fill(&office, &mut promised, dice);
    let foreign = Office::new();
    fill(&foreign, &mut Promised::default(), dice);
    Sample {
        office,
        older,
        foreign,
        promised,
    }
}

fn fill(office: &Office, promised: &mut Promised, dice: &mut Dice) {
    let (mut store, _) = office.open().unwrap();
    store.end_journal_files_at(12_000);
    for _ in 0..30 {
        promised.write(&mut store, office.clerk, dice).unwrap();
    }
    store.close().unwrap();
}

fn one(
    sample: &Sample,
    kind: Kind,
    part: Part,
    seed: u64,
    figures: &mut Figures,
) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let folder = quick_folder();
    let here = folder.path().join("data");
    copy(&sample.office.data(), &here);
    // The original is still there, so that this copy could only be read.
    drop(std::fs::remove_file(here.join("place")));
    let (older, foreign) = (sample.older.data(), sample.foreign.data());
    let folders = Folders {
        here: &here,
        older: &older,
        foreign: &foreign,
    };
    let (what, is_changed) = harm(kind, part, &folders, &mut dice);
    figures.one(kind.row());
    if !is_changed {
        figures.one("harms that changed no byte");
    }
    let mut promised = sample.promised.clone();
    let outcome = look(&here, sample, &mut promised, &mut dice);
    match outcome {
        Ok(outcome) => {
            figures.one(outcome);
            if part == Part::View && outcome != MENDED {
                return Err(format!("{what}: a view was not mended"));
            }
            Ok(())
        }
        Err(silent) => {
            figures.one("silent loss or wrong value");
            Err(format!("{what}: {silent}"))
        }
    }
}

const MENDED: &str = "everything there, and work goes on";
const TOLD: &str = "told, and refused";
const READ_ONLY: &str = "told, and open for reading only";

fn look(
    here: &std::path::Path,
    sample: &Sample,
    promised: &mut Promised,
    dice: &mut Dice,
) -> Result<&'static str, String> {
    let clerk = sample.office.clerk;
    let opened = office::open(here, Arc::new(OsDisk), clerk);
    let mut store = match opened {
        Ok((store, _)) => store,
        Err(error) => {
            let cause = format!("{error:?}");
            return if has_sentence(error) {
                Ok(TOLD)
            } else {
                Err(format!("no sentence for {cause}"))
            };
        }
    };
    if store.read_only().is_some() {
        return Ok(READ_ONLY);
    }
    match promised.check(&store) {
        Ok(()) => {}
        Err(Wrong::Told(_)) => return Ok(TOLD),
        Err(Wrong::Values(_)) if store.notes().any(|note| note == Note::JournalDamaged) => {
            return Ok(TOLD);
        }
        Err(Wrong::Values(what)) => return Err(what),
    }
    match promised.write(&mut store, clerk, dice) {
        Ok(()) => {}
        Err(error) => return Err(format!("open, and the next commit fails: {error:?}")),
    }
    drop(store);
    let (store, _) = office::open(here, Arc::new(OsDisk), clerk)
        .map_err(|error| format!("does not open a second time: {error:?}"))?;
    match promised.check(&store) {
        Ok(()) => Ok(MENDED),
        Err(wrong) => Err(format!("wrong after the next commit: {wrong:?}")),
    }
}
