//! What the backup page asks for and tells.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::refusal::{BackupProblem, Refusal};

use super::{
    book::{Book, overdue},
    places,
};
use crate::{
    answer::{AtField, Stop},
    call::Deed,
    clock::local,
    inner::Inner,
    words::{self, Language},
};

/// How backups stand.
#[derive(Deserialize, TS)]
pub(crate) struct BackupState {}

/// How backups stand.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct BackupView {
    /// Where they go.
    pub folder: Option<String>,
    /// The folder lies on the disk of the records: one broken disk takes both.
    pub same_disk: bool,
    /// Sticks and disks that are plugged in.
    pub places: Vec<String>,
    /// How far the one is that is being made.
    pub running: Option<BackupProgress>,
    /// The last one.
    pub last: Option<BackupMade>,
    /// What went wrong since then, and what to do.
    pub failure: Option<String>,
    /// That there is none, or none for a day; as the home page says it.
    pub warning: Option<String>,
    /// Somebody said "not yet" at set-up.
    pub put_off: bool,
    /// A printed sheet is in use that opens backups.
    pub has_sheet: bool,
}

/// How far a backup is: each byte is written once and read back once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct BackupProgress {
    /// Bytes done.
    #[ts(type = "number")]
    pub done: u64,
    /// Bytes to do.
    #[ts(type = "number")]
    pub total: u64,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct BackupMade {
    /// "2026-11-24 12:00".
    pub at: String,
    /// The file.
    pub file: String,
    /// How long it is.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many commits it holds.
    #[ts(type = "number")]
    pub commits: u64,
}

/// Somebody must be here, or the desk is being set up.
pub(super) fn require_here(desk: &Inner) -> Result<(), Stop> {
    if desk.fresh_sheet.is_some() && desk.session.is_none() {
        return Ok(());
    }
    desk.require_person().map(drop)
}

fn view(desk: &Inner) -> BackupView {
    let language = desk.world.language;
    let book = desk.backups.book();
    let store = desk.store.as_ref();
    let digest = store.and_then(|store| store.digest().ok());
    let folder = book.folder.as_deref();
    let shares = |folder| places::shares_disk(folder, &desk.options.data);
    BackupView {
        folder: folder.map(|folder| folder.display().to_string()),
        same_disk: folder.and_then(shares).unwrap_or(false),
        places: places::plugged_in()
            .iter()
            .map(|place| place.display().to_string())
            .collect(),
        running: desk.backups.running().map(|progress| BackupProgress {
            done: progress.done,
            total: progress.total,
        }),
        last: made(&book),
        failure: failure(&book, language),
        warning: overdue(
            &book,
            desk.world.now(),
            &digest.unwrap_or_default(),
            language,
        ),
        put_off: book.put_off,
        has_sheet: store.is_some_and(yichuang_store::Store::has_backup_code),
    }
}

fn made(book: &Book) -> Option<BackupMade> {
    let last = book.last.as_ref()?;
    Some(BackupMade {
        at: local(last.time).format("%Y-%m-%d %H:%M").to_string(),
        file: last.file.display().to_string(),
        bytes: last.bytes,
        commits: last.commits,
    })
}

/// The sentence of what went wrong last.
pub(crate) fn failure(book: &Book, language: Language) -> Option<String> {
    let failure = book.failure?;
    let (zh, en) = words::backup::problem(failure.problem);
    Some(language.pick(zh, en).to_owned())
}

impl Deed for BackupState {
    const NAME: &'static str = "backup_state";
    const ABOUT: &'static str = "Where backups go, how the last one went, how far the next one is.";
    const NEEDS_PERSON: bool = false;
    type Output = BackupView;

    fn perform(self, desk: &mut Inner) -> Result<BackupView, Stop> {
        require_here(desk)?;
        Ok(view(desk))
    }
}

/// Sets where backups go.
#[derive(Deserialize, TS)]
pub(crate) struct SetBackupFolder {
    /// The folder: it must be there.
    pub folder: String,
}

impl Deed for SetBackupFolder {
    const NAME: &'static str = "set_backup_folder";
    const ABOUT: &'static str = "Sets the folder or stick that backups go to.";
    const NEEDS_PERSON: bool = false;
    type Output = BackupView;

    fn perform(self, desk: &mut Inner) -> Result<BackupView, Stop> {
        require_here(desk)?;
        let folder = PathBuf::from(self.folder.trim());
        let problem = |problem| Refusal::Backup { problem };
        if folder.as_os_str().is_empty() {
            return Err(problem(BackupProblem::NoFolder)).at("folder");
        }
        let gone = |_error| problem(BackupProblem::FolderGone);
        let folder = folder.canonicalize().map_err(gone).at("folder")?;
        if !folder.is_dir() {
            return Err(problem(BackupProblem::FolderGone)).at("folder");
        }
        if folder.starts_with(desk.options.data.canonicalize()?) {
            return Err(problem(BackupProblem::InsideData)).at("folder");
        }
        desk.backups.note(|book| {
            book.folder = Some(folder);
            book.failure = None;
        })?;
        Ok(view(desk))
    }
}

/// Makes a backup now.
#[derive(Deserialize, TS)]
pub(crate) struct BackUp {}

impl Deed for BackUp {
    const NAME: &'static str = "back_up";
    const ABOUT: &'static str = "Begins a backup; backup_state tells how far it is.";
    const NEEDS_PERSON: bool = false;
    type Output = BackupView;

    fn perform(self, desk: &mut Inner) -> Result<BackupView, Stop> {
        require_here(desk)?;
        // A second press while one is being made is no mistake.
        if desk.backups.running().is_none() {
            let job = desk.backup_job(None)?;
            desk.backups.start(job);
        }
        Ok(view(desk))
    }
}

/// Says "not yet" at set-up. The home page goes on saying that there is none.
#[derive(Deserialize, TS)]
pub(crate) struct PutOffBackup {}

impl Deed for PutOffBackup {
    const NAME: &'static str = "put_off_backup";
    const ABOUT: &'static str = "Says \"not yet\" to the first backup; home goes on saying so.";
    const NEEDS_PERSON: bool = false;
    type Output = BackupView;

    fn perform(self, desk: &mut Inner) -> Result<BackupView, Stop> {
        require_here(desk)?;
        desk.backups.note(|book| book.put_off = true)?;
        Ok(view(desk))
    }
}
