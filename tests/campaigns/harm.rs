//! Ways to harm a closed data folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use yichuang_tests::Dice;

use crate::office::copy;

/// What a harm is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Journal,
    Guards,
    View,
}

/// A kind of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Flip,
    Cut,
    Zeroed,
    LeftOver,
    Swapped,
}

impl Kind {
    pub(crate) const fn row(self) -> &'static str {
        match self {
            Self::Flip => "bit flips",
            Self::Cut => "cuts",
            Self::Zeroed => "zeroed pages",
            Self::LeftOver => "left-over files",
            Self::Swapped => "swapped files",
        }
    }
}

/// The folder to harm, an older state of it, and another community's.
pub(crate) struct Folders<'a> {
    pub(crate) here: &'a Path,
    pub(crate) older: &'a Path,
    pub(crate) foreign: &'a Path,
}

/// Does it. Says what was done, and whether the bytes are really others than before.
pub(crate) fn harm(
    kind: Kind,
    part: Part,
    folders: &Folders<'_>,
    dice: &mut Dice,
) -> (String, bool) {
    match kind {
        Kind::Flip | Kind::Cut | Kind::Zeroed => spoil(kind, part, folders.here, dice),
        Kind::LeftOver => (leave(part, folders, dice), true),
        Kind::Swapped => swap(part, folders, dice),
    }
}

fn spoil(kind: Kind, part: Part, here: &Path, dice: &mut Dice) -> (String, bool) {
    let files = files_of(part, here);
    let path = dice.one_of(&files);
    let before = fs::read(path).unwrap();
    let mut bytes = before.clone();
    let place = dice.place(bytes.len());
    match kind {
        Kind::Flip if !bytes.is_empty() => bytes[place] ^= 1 << dice.roll(8),
        Kind::Cut => bytes.truncate(place),
        _ => {
            let page = place / 4_096 * 4_096;
            bytes
                .iter_mut()
                .skip(page)
                .take(4_096)
                .for_each(|byte| *byte = 0);
        }
    }
    fs::write(path, &bytes).unwrap();
    let name = path.strip_prefix(here).unwrap().display();
    (format!("{kind:?} of {name} at {place}"), bytes != before)
}

fn files_of(part: Part, here: &Path) -> Vec<PathBuf> {
    let in_folder = |folder: &str| {
        let mut files: Vec<PathBuf> = fs::read_dir(here.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file() && fs::metadata(path).unwrap().len() > 0)
            .collect();
        files.sort();
        files
    };
    match part {
        Part::Journal => in_folder("journal"),
        Part::Guards => vec![here.join("guard.a"), here.join("guard.b")],
        Part::View => in_folder("view"),
    }
}

/// Files that a crash, a person or another program left.
fn leave(part: Part, folders: &Folders<'_>, dice: &mut Dice) -> String {
    let rubbish = dice.bytes(3_000);
    let names: &[&str] = match part {
        Part::Journal => &[
            "journal/00000001.log.new",
            "journal/00000001 (1).log",
            "journal/desktop.ini",
            "journal/1.log",
        ],
        Part::Guards => &[
            "guard.c",
            "guard.a.new",
            "vault.toml.new",
            "attempts.toml.new",
        ],
        Part::View => &[
            "view/snap.00000000000F.generating",
            "view/snap.000000000001",
            "view/rubbish",
            "view/db.tmp",
        ],
    };
    let name = dice.one_of(names);
    fs::write(folders.here.join(name), rubbish).unwrap();
    format!("{name} was left over")
}

/// Files in each other's place, or of another time or community.
fn swap(part: Part, folders: &Folders<'_>, dice: &mut Dice) -> (String, bool) {
    let from = if dice.one_in(2) {
        folders.older
    } else {
        folders.foreign
    };
    let origin = if from == folders.older {
        "an older state"
    } else {
        "another community"
    };
    let bring = |name: &str| {
        let before = fs::read(folders.here.join(name)).ok();
        let brought = fs::read(from.join(name)).ok();
        if let Some(bytes) = &brought {
            fs::write(folders.here.join(name), bytes).unwrap();
        }
        (
            format!("{name} of {origin}"),
            brought.is_some() && before != brought,
        )
    };
    match part {
        Part::Guards if dice.one_in(3) => {
            let [a, b] = ["guard.a", "guard.b"].map(|name| folders.here.join(name));
            let bytes = fs::read(&a).unwrap();
            fs::copy(&b, &a).unwrap();
            fs::write(b, bytes).unwrap();
            ("the guards in each other's place".to_owned(), true)
        }
        Part::Guards => bring(["guard.a", "guard.b"][dice.place(2)]),
        Part::Journal => {
            let files = files_of(Part::Journal, folders.here);
            let name = |path: &PathBuf| {
                path.strip_prefix(folders.here)
                    .unwrap()
                    .display()
                    .to_string()
            };
            if files.len() > 1 && dice.one_in(3) {
                let (one, other) = (&files[0], &files[1]);
                let bytes = fs::read(one).unwrap();
                fs::copy(other, one).unwrap();
                fs::write(other, bytes).unwrap();
                return ("two journal files in each other's place".to_owned(), true);
            }
            bring(&name(dice.one_of(&files)))
        }
        Part::View => {
            let view = folders.here.join("view");
            fs::remove_dir_all(&view).unwrap();
            copy(&from.join("view"), &view);
            (format!("the view of {origin}"), true)
        }
    }
}
