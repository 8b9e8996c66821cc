//! Backups of this desk: where they go, how the last one went, when the next is due; the recovery sheet;
//! and coming back.
//!
//! A backup is no commit: it changes no record. What is remembered of it stands beside the data
//! (`book.rs`). The copying runs on a thread of its own (`run.rs`); the store is held only while it is
//! noted what belongs to it.

mod book;
pub(crate) mod calls;
pub(crate) mod places;
pub(crate) mod restore;
pub(crate) mod run;
pub(crate) mod sheet;

pub(crate) use book::{Book, overdue};
pub(crate) use run::Runner;
pub(crate) use sheet::FreshSheet;

use yichuang_domain::refusal::{BackupProblem, Refusal};
use yichuang_store::{StoreError, backup::BackupError};

use crate::{answer::Stop, inner::unlock_stop};

/// A failure of the store as the problem that is told.
pub(crate) fn problem_of(error: &StoreError) -> BackupProblem {
    match error {
        StoreError::Locked => BackupProblem::NotOpen,
        StoreError::Backup(error) => match error {
            BackupError::NoSheet => BackupProblem::NoSheet,
            BackupError::Folder(_) => BackupProblem::FolderGone,
            BackupError::InsideData => BackupProblem::InsideData,
            BackupError::Full => BackupProblem::Full,
            BackupError::SourceDamaged { .. } => BackupProblem::RecordsDamaged,
            BackupError::ReadBack => BackupProblem::ReadBack,
            BackupError::WrongCode => BackupProblem::WrongCode,
            BackupError::NotABackup => BackupProblem::NotABackup,
            BackupError::Newer => BackupProblem::Newer,
            BackupError::Damaged { .. } => BackupProblem::Damaged,
            BackupError::NotEmpty => BackupProblem::NotEmpty,
            BackupError::StationTaken => BackupProblem::StationTaken,
            BackupError::Nobody => BackupProblem::Broke,
        },
        _ => BackupProblem::Broke,
    }
}

/// The same as the rules' "no", with the field where one is meant.
pub(crate) fn stop_of(error: StoreError) -> Stop {
    let problem = match &error {
        StoreError::Unlock(_) => return unlock_stop(error),
        StoreError::Backup(_) | StoreError::Locked => problem_of(&error),
        _ => return error.into(),
    };
    let field = match problem {
        BackupProblem::FolderGone | BackupProblem::InsideData | BackupProblem::NoFolder => {
            Some("folder")
        }
        BackupProblem::WrongCode => Some("code"),
        BackupProblem::NotABackup | BackupProblem::Newer | BackupProblem::Damaged => Some("file"),
        BackupProblem::NotEmpty => Some("data"),
        BackupProblem::StationTaken => Some("station"),
        _ => None,
    };
    Stop::Refused(Refusal::Backup { problem }, field.map(str::to_owned))
}
