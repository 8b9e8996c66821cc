//! Making a backup: at noon, at the end, on demand. One at a time; work goes on meanwhile.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

use serde_json::json;
use yichuang_domain::refusal::{BackupProblem, Refusal};
use yichuang_store::{
    StoreError,
    backup::{BackupSource, Progress, Written},
};

use super::{
    book::{Book, Made, NotMade},
    problem_of, stop_of,
};
use crate::{
    answer::{Answer, Stop},
    desk::{Desk, answer},
    inner::Inner,
    words::Language,
};

/// What goes on, and what is remembered.
#[derive(Debug)]
struct Live {
    book: Book,
    running: Option<Progress>,
}

/// The backups of a desk. What was begun is finished before the desk is gone.
#[derive(Debug)]
pub(crate) struct Runner {
    data: PathBuf,
    live: Arc<Mutex<Live>>,
    thread: Option<JoinHandle<()>>,
}

/// One backup about to be made.
pub(crate) struct Job {
    data: PathBuf,
    folder: PathBuf,
    time: i64,
    source: BackupSource,
    live: Arc<Mutex<Live>>,
}

impl Runner {
    pub(crate) fn new(data: PathBuf) -> Self {
        let live = Live {
            book: Book::read(&data),
            running: None,
        };
        Self {
            data,
            live: Arc::new(Mutex::new(live)),
            thread: None,
        }
    }

    /// What is remembered.
    pub(crate) fn book(&self) -> Book {
        locked(&self.live).book.clone()
    }

    /// How far the one is that is being made.
    pub(crate) fn running(&self) -> Option<Progress> {
        locked(&self.live).running
    }

    /// Changes what is remembered.
    pub(crate) fn note(&self, change: impl FnOnce(&mut Book)) -> std::io::Result<()> {
        let mut live = locked(&self.live);
        change(&mut live.book);
        live.book.write(&self.data)
    }

    /// Makes it on a thread of its own.
    pub(crate) fn start(&mut self, job: Job) {
        self.finish();
        // How it went is told by the book.
        self.thread = Some(thread::spawn(move || drop(job.make(|_progress| ()))));
    }

    /// Waits for the one that is being made.
    pub(crate) fn finish(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that broke off leaves an unfinished file, and no backup is claimed.
            drop(thread.join());
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Inner {
    /// Notes what belongs to a backup made now.
    ///
    /// # Errors
    ///
    /// Refuses when it is not known where to, when none can be made, and while one is being made.
    pub(crate) fn backup_job(&mut self, folder: Option<PathBuf>) -> Result<Job, Stop> {
        let time = self.world.now();
        let book = self.backups.book();
        let folder = folder.or(book.folder).ok_or(Refusal::Backup {
            problem: BackupProblem::NoFolder,
        })?;
        let source = self.store()?.backup_source(time);
        let source = source.map_err(|error| {
            self.backups.fail(time, &error);
            stop_of(error)
        })?;
        let mut live = locked(&self.backups.live);
        if live.running.is_some() {
            return Err(Refusal::Backup {
                problem: BackupProblem::Running,
            }
            .into());
        }
        live.running = Some(Progress::default());
        Ok(Job {
            data: self.backups.data.clone(),
            folder,
            time,
            source,
            live: Arc::clone(&self.backups.live),
        })
    }

    /// Begins the one of noon, when it is due.
    pub(crate) fn back_up_when_due(&mut self) {
        let now = self.world.now();
        let digest = self.store.as_ref().and_then(|store| store.digest().ok());
        let is_due = digest.is_some_and(|digest| self.backups.book().is_due(now, &digest));
        if is_due
            && self.backups.running().is_none()
            && let Ok(job) = self.backup_job(None)
        {
            self.backups.start(job);
        }
    }

    /// The one of the end: nothing when it is not known where to, or nothing is new.
    pub(crate) fn last_backup_job(&mut self) -> Option<Job> {
        self.backups.finish();
        let book = self.backups.book();
        book.folder.as_ref()?;
        let digest = self.store.as_ref()?.digest().ok()?;
        if book.is_behind(&digest) {
            self.backup_job(None).ok()
        } else {
            None
        }
    }
}

impl Runner {
    fn fail(&self, time: i64, error: &StoreError) {
        let problem = problem_of(error);
        let failure = Some(NotMade { time, problem });
        // That it failed is shown now; that it cannot be remembered too is not worse.
        drop(self.note(|book| book.failure = failure));
    }
}

impl Job {
    /// Makes it, and remembers how it went.
    ///
    /// # Errors
    ///
    /// Why it was not made.
    pub(crate) fn make(self, mut told: impl FnMut(Progress)) -> Result<Written, StoreError> {
        let made = self.source.write(&self.folder, |progress| {
            locked(&self.live).running = Some(progress);
            told(progress);
        });
        let mut live = locked(&self.live);
        live.running = None;
        match &made {
            Ok(written) => {
                live.book.last = Some(Made {
                    time: self.time,
                    file: written.path.clone(),
                    bytes: written.bytes,
                    commits: written.commits,
                    digest: written.digest.clone(),
                });
                live.book.failure = None;
                live.book.put_off = false;
            }
            Err(error) => {
                live.book.failure = Some(NotMade {
                    time: self.time,
                    problem: problem_of(error),
                });
            }
        }
        live.book.write(&self.data)?;
        made
    }
}

/// A backup made now, with somebody waiting for it.
pub(crate) fn made_now(
    desk: &Desk,
    language: Language,
    folder: Option<PathBuf>,
    mut told: impl FnMut(u64, u64),
) -> Answer {
    let job = desk.locked().map(|mut inner| {
        inner.require_person()?;
        inner.backup_job(folder)
    });
    let made = match job {
        Ok(job) => job.and_then(|job| {
            job.make(|progress| told(progress.done, progress.total))
                .map_err(stop_of)
        }),
        Err(error) => Err(error.into()),
    };
    let value = made.map(|written| {
        json!({
            "file": written.path.display().to_string(),
            "bytes": written.bytes,
            "commits": written.commits,
            "digest": written.digest,
        })
    });
    answer(value, language)
}

/// A job that is not made after all is not running.
impl Drop for Job {
    fn drop(&mut self) {
        locked(&self.live).running = None;
    }
}

/// Nothing is half-changed under this lock, so one that was left in a panic still holds.
fn locked(live: &Mutex<Live>) -> MutexGuard<'_, Live> {
    live.lock().unwrap_or_else(PoisonError::into_inner)
}
