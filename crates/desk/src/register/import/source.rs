//! A file to take in: opened once, known by its content, read by the worker.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use yichuang_domain::{
    refusal::Refusal,
    register::import::{Cell, FileTrouble, Row},
};
use yichuang_sheets::{Form, Message, Trouble, WORKER, WorkerError};

use crate::{answer::Stop, error::DeskError};

/// A file to take in.
#[derive(Debug)]
pub(super) struct Source {
    file: File,
    form: Form,
    /// Its name, without the folders before it.
    pub(super) name: String,
    /// BLAKE3 of its content: what the ids of its rows are made from.
    pub(super) digest: [u8; 32],
}

/// What a file holds, in order.
pub(super) enum Told {
    /// A sheet begins.
    Sheet(String),
    /// A row of it.
    Row(Row),
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// Refuses one that is not there, and an ending that is no spreadsheet's.
    pub(super) fn open(path: &Path) -> Result<Self, Stop> {
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let refused = |trouble| {
            Stop::from(Refusal::FileRefused {
                file: name.clone(),
                trouble,
            })
        };
        let ending = path.extension().map(|ending| ending.to_string_lossy());
        let form = ending
            .and_then(|ending| Form::of_ending(&ending))
            .ok_or_else(|| refused(FileTrouble::NotASpreadsheet))?;
        let file = File::open(path)
            .and_then(|file| {
                file.metadata()?
                    .is_file()
                    .then_some(file)
                    .ok_or_else(|| std::io::ErrorKind::InvalidInput.into())
            })
            .map_err(|_unreadable| refused(FileTrouble::Missing))?;
        let digest =
            yichuang_store::digest(&file).map_err(|_unreadable| refused(FileTrouble::Missing))?;
        Ok(Self {
            file,
            form,
            name,
            digest,
        })
    }

    /// Tells what it holds; `told` stops the reading with `false`.
    ///
    /// # Errors
    ///
    /// Refuses what the worker refuses.
    pub(super) fn read(&self, mut told: impl FnMut(Told) -> bool) -> Result<(), Stop> {
        let file = self.file.try_clone()?;
        let read = yichuang_sheets::read(&worker(), file, self.form, |message| match message {
            Message::Sheet { name } => told(Told::Sheet(name)),
            Message::Row { row, cells } => told(Told::Row(Row {
                number: row,
                cells: cells.into_iter().filter_map(cell).collect(),
            })),
            Message::End | Message::Refused { .. } => true,
        });
        match read {
            Ok(()) => Ok(()),
            Err(WorkerError::Refused(trouble)) => Err(self.refused(trouble_of(trouble))),
            Err(WorkerError::Disk(error)) => Err(DeskError::Worker(error).into()),
        }
    }

    /// That this file is refused.
    pub(super) fn refused(&self, trouble: FileTrouble) -> Stop {
        let file = self.name.clone();
        Refusal::FileRefused { file, trouble }.into()
    }
}

fn cell((column, cell): (u16, yichuang_sheets::Cell)) -> Option<(u16, Cell)> {
    let cell = match cell {
        yichuang_sheets::Cell::Text(text) => Cell::Text(text),
        yichuang_sheets::Cell::Number(number) => Cell::Number(number),
        yichuang_sheets::Cell::Day(day) => Cell::Day(day.parse().ok()?),
    };
    Some((column, cell))
}

fn trouble_of(trouble: Trouble) -> FileTrouble {
    match trouble {
        Trouble::NotASpreadsheet => FileTrouble::NotASpreadsheet,
        Trouble::WrongEnding { holds } => FileTrouble::WrongEnding {
            holds: holds.ending().to_owned(),
        },
        Trouble::Encrypted => FileTrouble::Encrypted,
        Trouble::Damaged | Trouble::Entities => FileTrouble::Damaged,
        Trouble::Empty => FileTrouble::Empty,
        Trouble::TooLarge { what, most } => FileTrouble::TooLarge { what, most },
        Trouble::NulBytes | Trouble::Encoding => FileTrouble::Encoding,
        Trouble::Exhausting => FileTrouble::Exhausting,
    }
}

/// The worker stands beside this program; the programs of tests and examples stand one folder below.
fn worker() -> PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    let folder = here.parent().unwrap_or(Path::new("."));
    let folder = if folder.ends_with("deps") || folder.ends_with("examples") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    folder.join(WORKER)
}
