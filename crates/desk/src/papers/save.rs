//! Saving a paper as a PDF, for a desk without a printer and for those who want it sent.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::office::staff::Action;

use super::{paper_of, render};
use crate::{
    answer::Stop,
    call::{Command, Draft},
    error::DeskError,
    see::{View, access},
};

/// Saves a paper.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct SavePaper {
    /// The paper's number.
    pub paper: String,
    /// 大字.
    #[serde(default)]
    pub large: Option<bool>,
}

/// Where it lies.
#[derive(Serialize, TS)]
pub(crate) struct SavedPaper {
    /// The file.
    pub path: String,
}

impl Command for SavePaper {
    const NAME: &'static str = "save_paper";
    const ABOUT: &'static str = "Saves a paper as PDF in the export folder, on record.";
    const ACTION: Action = Action::HandleCases;
    type Output = SavedPaper;

    /// The record is written first, then the file. If the disk then refuses the file, the record
    /// tells of an export that was not; a file that nobody knows of would be worse.
    fn decide(&self, view: &View<'_>) -> Result<Draft<SavedPaper>, Stop> {
        let mut found = paper_of(&self.paper, view)?;
        found.paper.large_type = self.large.unwrap_or(false);
        let pdf = render(&found.paper, view)?;
        let change = access("export", json!({ "document": found.number }))?;
        let folder = view.options.export.clone();
        let then = move |_view: &View<'_>| {
            let path = write(&folder, &found.number, pdf.bytes()).map_err(DeskError::from)?;
            Ok(SavedPaper {
                path: path.display().to_string(),
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}

/// Most files of one paper; beyond, something is wrong with the folder.
const MOST_OF_A_NAME: u32 = 1_000;

/// Writes a new file named after the document, never over another one and never after a person.
pub(crate) fn write(folder: &Path, number: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for turn in 1..=MOST_OF_A_NAME {
        let name = match turn {
            1 => format!("{number}.pdf"),
            turn => format!("{number} ({turn}).pdf"),
        };
        let path = folder.join(name);
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        // Half a paper must not lie about.
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            drop(file);
            fs::remove_file(&path)?;
            return Err(error);
        }
        return Ok(path);
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_one_paper_stands_beside_the_first() {
        let folder = std::env::temp_dir().join(format!("yichuang-save-{}", std::process::id()));
        let names: Vec<_> = ["one", "two", "three"]
            .iter()
            .map(|text| write(&folder, "XM261124A00073-BZ01", text.as_bytes()).unwrap())
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        let first = fs::read(folder.join("XM261124A00073-BZ01.pdf")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            names,
            [
                "XM261124A00073-BZ01.pdf",
                "XM261124A00073-BZ01 (2).pdf",
                "XM261124A00073-BZ01 (3).pdf"
            ]
        );
        assert_eq!(first, b"one");
    }
}
