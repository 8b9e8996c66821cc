//! What this desk remembers of its backups. Beside the data, never a commit, nothing personal.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use yichuang_domain::refusal::BackupProblem;

use crate::{clock::local, words::Language};

const FILE: &str = "backup.json";
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// When it was begun, milliseconds.
    pub(crate) time: i64,
    /// The file.
    pub(crate) file: PathBuf,
    /// How long it is.
    pub(crate) bytes: u64,
    /// How many commits it holds.
    pub(crate) commits: u64,
    /// The digest of the journal in it.
    pub(crate) digest: String,
}

/// One that was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NotMade {
    /// When it was begun, milliseconds.
    pub(crate) time: i64,
    /// Why.
    pub(crate) problem: BackupProblem,
}

/// What this desk remembers of its backups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Book {
    /// Where they go.
    pub(crate) folder: Option<PathBuf>,
    /// The last one.
    pub(crate) last: Option<Made>,
    /// What went wrong since then.
    pub(crate) failure: Option<NotMade>,
    /// Somebody said "not yet" at set-up.
    pub(crate) put_off: bool,
}

impl Book {
    /// Reads it; one that cannot be read counts as none: then there is a warning, and the next backup
    /// writes it anew.
    pub(crate) fn read(data: &Path) -> Self {
        let bytes = fs::read(data.join(FILE)).ok();
        let book = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        book.unwrap_or_default()
    }

    pub(crate) fn write(&self, data: &Path) -> std::io::Result<()> {
        let new = data.join("backup.json.new");
        fs::write(&new, serde_json::to_vec_pretty(self)?)?;
        fs::rename(new, data.join(FILE))
    }

    /// Whether the one of noon is still to be made: it is noon or later, and none was tried since; one
    /// that went wrong is tried again every half hour. Nothing is due while nothing has changed.
    pub(crate) fn is_due(&self, now: i64, digest: &str) -> bool {
        const AGAIN_MS: i64 = 30 * 60 * 1_000;
        if self.folder.is_none() || !self.is_behind(digest) {
            return false;
        }
        if let Some(failure) = &self.failure {
            return now - failure.time >= AGAIN_MS;
        }
        let noon = local(now).date().and_hms_opt(12, 0, 0);
        let last = self.last.as_ref().map(|last| local(last.time));
        noon.is_some_and(|noon| local(now) >= noon && last.is_none_or(|last| last < noon))
    }

    /// Whether there is anything the last one does not hold.
    pub(crate) fn is_behind(&self, digest: &str) -> bool {
        self.last.as_ref().is_none_or(|last| last.digest != digest)
    }
}

/// What is to be said on the home page; nothing while all is well.
pub(crate) fn overdue(book: &Book, now: i64, digest: &str, language: Language) -> Option<String> {
    let where_to = language.pick(
        "请到“设置 · 备份”备份一次。",
        "Make one in Office · Backup.",
    );
    let Some(last) = &book.last else {
        let text = language.pick(
            "还没有备份，本机一坏，记录就没了。",
            "There is no backup yet: if this PC breaks, all records are lost. ",
        );
        return Some(format!("{text}{where_to}"));
    };
    let is_old = now - last.time > DAY_MS && book.is_behind(digest);
    is_old.then(|| {
        let at = local(last.time);
        let text = language.pick(
            format!("上次备份是 {}，已超过一天。", at.format("%-m月%-d日 %H:%M")),
            format!(
                "The last backup is of {}, more than a day ago. ",
                at.format("%-d %b, %H:%M")
            ),
        );
        format!("{text}{where_to}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, read_moment};

    fn at(moment: &str) -> i64 {
        Clock::starting_at(read_moment(moment).unwrap()).now_ms()
    }

    fn book(last: Option<&str>, failure: Option<&str>) -> Book {
        Book {
            folder: Some("/media/stick".into()),
            last: last.map(|moment| Made {
                time: at(moment),
                file: "/media/stick/a.age".into(),
                bytes: 1,
                commits: 1,
                digest: "old".to_owned(),
            }),
            failure: failure.map(|moment| NotMade {
                time: at(moment),
                problem: BackupProblem::FolderGone,
            }),
            put_off: false,
        }
    }

    #[test]
    fn one_is_due_from_noon_on_when_something_changed_and_a_failed_one_each_half_hour() {
        let due = |book: &Book, moment: &str| book.is_due(at(moment), "new");
        let yesterday = book(Some("2026-11-23T17:30"), None);
        assert!(!due(&yesterday, "2026-11-24T11:59"));
        assert!(due(&yesterday, "2026-11-24T12:00"));
        assert!(due(&yesterday, "2026-11-24T16:40"), "started late");
        assert!(
            !yesterday.is_due(at("2026-11-24T12:00"), "old"),
            "nothing new"
        );
        assert!(!due(
            &book(Some("2026-11-24T12:00"), None),
            "2026-11-24T17:00"
        ));
        let failed = book(Some("2026-11-23T17:30"), Some("2026-11-24T12:00"));
        assert!(!due(&failed, "2026-11-24T12:29"));
        assert!(due(&failed, "2026-11-24T12:30"));
        assert!(!due(&Book::default(), "2026-11-24T12:00"), "nowhere to");
    }

    #[test]
    fn the_home_page_warns_without_one_and_after_a_day_with_news() {
        let said =
            |book: &Book, digest: &str| overdue(book, at("2026-11-24T12:00"), digest, Language::Zh);
        assert!(
            said(&Book::default(), "new")
                .unwrap()
                .contains("还没有备份")
        );
        let two_days = book(Some("2026-11-22T17:30"), None);
        assert!(said(&two_days, "new").unwrap().contains("11月22日 17:30"));
        assert_eq!(said(&two_days, "old"), None);
        assert_eq!(said(&book(Some("2026-11-23T17:30"), None), "new"), None);
    }
}
