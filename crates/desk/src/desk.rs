//! The desk: every command and query, for shell, browser and terminal alike.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard,
        mpsc::{Receiver, channel},
    },
};

use serde_json::{Value, json};
use yichuang_domain::refusal::Refusal;
use yichuang_store::Scrub;

use crate::{
    answer::{Answer, FailureView, RefusalView, Stop},
    call::{CallEntry, Run, WindowKind},
    calls::{PUBLIC, all},
    clock::Clock,
    error::DeskError,
    inner::Inner,
    office::backup,
    rest::Rest,
    words::{self, Language},
    world::World,
};

/// Where a desk lies and what time it is.
#[derive(Clone, Debug)]
pub struct DeskOptions {
    /// The data folder.
    pub data: PathBuf,
    /// Where saved papers go.
    pub export: PathBuf,
    /// The time.
    pub clock: Clock,
    /// Printing fonts of the package; the system's where absent.
    pub fonts: Option<PathBuf>,
}

/// A desk.
pub struct Desk {
    inner: Mutex<Inner>,
    calls: Vec<CallEntry>,
}

impl Desk {
    /// Opens a desk. There may be no community yet: then it waits to be founded.
    ///
    /// # Errors
    ///
    /// When another program works on the folder, or the disk refuses.
    pub fn open(options: DeskOptions) -> Result<Self, DeskError> {
        Ok(Self {
            inner: Mutex::new(Inner::open(options)?),
            calls: all(),
        })
    }

    /// Answers a call. Blocks until it is done; what it says is done is on disk.
    pub fn call(&self, window: WindowKind, name: &str, input: Value) -> Answer {
        self.call_in(window, None, name, input)
    }

    /// The same, with sentences in a given language instead of the preferred one.
    pub fn call_in(
        &self,
        window: WindowKind,
        language: Option<Language>,
        name: &str,
        input: Value,
    ) -> Answer {
        let Ok(mut inner) = self.locked() else {
            return failed(&DeskError::Poisoned, language.unwrap_or_default());
        };
        let preferred = inner.world.language;
        if let Some(language) = language {
            inner.world.language = language;
        }
        let answer = self.answered(&mut inner, window, name, input);
        if language.is_some() {
            inner.world.language = preferred;
        }
        drop(inner);
        yichuang_store::wipe_stack();
        answer
    }

    fn answered(&self, inner: &mut Inner, window: WindowKind, name: &str, input: Value) -> Answer {
        let language = inner.world.language;
        let entry = self.calls.iter().find(|call| call.name == name);
        let result = match entry {
            Some(entry) if window == WindowKind::Clerk || PUBLIC.contains(&name) => match entry.run
            {
                Run::Check(run) => run(&inner.world, input),
                Run::Desk(run) => run(inner, input),
            },
            Some(_) | None => Err(unknown(name, &self.calls)),
        };
        if let Err(Stop::Failed(error)) = &result
            && error.is_of_view()
            && inner.mend_view()
        {
            inner.tell();
        }
        answer(result, language)
    }

    /// Throws the view away and folds every commit again, telling how many are done.
    pub fn rebuild(&self, told: impl FnMut(u64)) -> Answer {
        let Ok(mut inner) = self.locked() else {
            return failed(&DeskError::Poisoned, Language::Zh);
        };
        let language = inner.world.language;
        let rebuilt = inner
            .rebuild(told)
            .map(|commits| json!({ "commits": commits }));
        answer(rebuilt, language)
    }

    /// Uses a moment in which nobody asks: compares a little more of the view with the journal.
    ///
    /// # Errors
    ///
    /// What the comparison says; nothing is lost by it.
    pub(crate) fn rest(&self) -> Result<Rest, DeskError> {
        let Ok(mut inner) = self.inner.try_lock() else {
            return Ok(Rest::Busy);
        };
        let Some(store) = inner
            .store
            .as_mut()
            .filter(|store| store.person().is_some())
        else {
            return Ok(Rest::Busy);
        };
        let scrubbed = store.scrub_step();
        if let Ok(Scrub::Going { .. }) = scrubbed {
            return Ok(Rest::Going);
        }
        if let Ok(Scrub::Mended) = scrubbed {
            inner.gather_anew()?;
        }
        // What was mended, or found damaged in the journal.
        if !matches!(scrubbed, Ok(Scrub::Sound)) {
            inner.tell();
        }
        scrubbed?;
        Ok(Rest::Done)
    }

    /// Keeps what was gathered, in a moment in which nobody asks.
    pub(crate) fn keep_gathered(&self) {
        if let Ok(mut inner) = self.inner.try_lock() {
            inner.keep_gathered();
        }
    }

    /// A receiver that hears whenever records changed.
    pub fn listen(&self) -> Receiver<()> {
        let (sender, receiver) = channel();
        if let Ok(mut inner) = self.locked() {
            inner.listeners.push(sender);
        }
        receiver
    }

    /// Writes everything to disk: at idle and before the program ends.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn flush(&self) -> Result<(), DeskError> {
        let mut inner = self.locked()?;
        if let Some(store) = &mut inner.store {
            store.flush()?;
        }
        Ok(())
    }

    /// What a desk does by itself: called every minute while it idles. Begins the backup of noon.
    pub fn tend(&self) {
        if let Ok(mut inner) = self.locked() {
            inner.back_up_when_due();
        }
    }

    /// Ends the day: the last backup, then everything to disk, and lets go of it, before the program
    /// ends.
    ///
    /// # Errors
    ///
    /// When the disk refuses; the next start then takes a little longer. That a backup was not made is
    /// told then too.
    pub fn close(&self) -> Result<(), DeskError> {
        let job = self.locked()?.last_backup_job();
        if let Some(job) = job {
            drop(job.make(|_progress| ()));
        }
        let mut inner = self.locked()?;
        inner.keep_gathered();
        inner.session = None;
        if let Some(store) = &mut inner.store {
            store.close()?;
        }
        Ok(())
    }

    /// Makes a backup and waits for it, telling bytes done and to do. Into the folder that is set, when
    /// none is given.
    pub fn back_up(
        &self,
        language: Language,
        folder: Option<PathBuf>,
        told: impl FnMut(u64, u64),
    ) -> Answer {
        backup::run::made_now(self, language, folder, told)
    }

    /// Makes a new recovery sheet as whoever is here; its PDF goes to a new file where one is named.
    pub fn new_recovery_sheet(
        &self,
        language: Language,
        password: String,
        to: Option<&Path>,
    ) -> Answer {
        let made = match self.locked() {
            Ok(mut inner) => {
                inner.world.language = language;
                backup::sheet::made_in_terminal(&mut inner, password, to)
            }
            Err(error) => Err(error.into()),
        };
        answer(made, language)
    }

    /// Works with the store itself, as whoever is unlocked: for set-up, samples and checks.
    ///
    /// # Errors
    ///
    /// What the work says.
    pub fn with_inner<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> Result<T, DeskError> {
        Ok(work(&mut *self.locked()?))
    }

    pub(crate) fn locked(&self) -> Result<MutexGuard<'_, Inner>, DeskError> {
        self.inner.lock().map_err(|_poisoned| DeskError::Poisoned)
    }
}

/// There is no call of this name: those that look like it.
fn unknown(name: &str, calls: &[CallEntry]) -> Stop {
    let words: Vec<&str> = name.split('_').filter(|word| word.len() > 2).collect();
    let similar = calls
        .iter()
        .map(|call| call.name)
        .filter(|call| words.iter().any(|word| call.contains(word)))
        .take(5)
        .map(str::to_owned)
        .collect();
    Refusal::UnknownCall { similar }.into()
}

/// Answers what needs neither record nor password, nor a data folder: checks, and names no call has.
pub fn check(name: &str, input: Value, clock: Clock, language: Language) -> Option<Answer> {
    let calls = all();
    let result = match calls
        .iter()
        .find(|call| call.name == name)
        .map(|call| &call.run)
    {
        Some(Run::Check(run)) => run(&World::new(clock, language), input),
        Some(Run::Desk(_)) => return None,
        None => Err(unknown(name, &calls)),
    };
    Some(answer(result, language))
}

/// A refusal as it is answered.
pub fn refusal_view(refusal: &Refusal, field: Option<String>, language: Language) -> RefusalView {
    let details = serde_json::to_value(refusal).unwrap_or(Value::Null);
    let reason = details
        .get("reason")
        .and_then(Value::as_str)
        .unwrap_or("refused")
        .to_owned();
    let in_details = details
        .get("field")
        .and_then(Value::as_str)
        .map(str::to_owned);
    RefusalView {
        reason,
        text: words::refusal(refusal, language),
        field: field.or(in_details),
        details,
    }
}

pub(crate) fn answer(result: Result<Value, Stop>, language: Language) -> Answer {
    match result {
        Ok(value) => Answer::Done { value },
        Err(Stop::Refused(refusal, field)) => Answer::Refused {
            refusal: refusal_view(&refusal, field, language),
        },
        Err(Stop::Failed(error)) => failed(&error, language),
    }
}

fn failed(error: &DeskError, language: Language) -> Answer {
    Answer::Failed {
        failure: failure_view(error, language),
    }
}

/// What broke, as it is answered: with a sentence for people.
pub fn failure_view(error: &DeskError, language: Language) -> FailureView {
    FailureView {
        part: error.part().to_owned(),
        text: words::trouble(error, language),
        cause: error.to_string(),
    }
}

/// The list of calls with their inputs, for people and programs.
pub fn list_of_calls() -> Value {
    let config = crate::bindings::config();
    let rows = all().into_iter().map(|call| {
        json!({
            "call": call.name,
            "about": call.about,
            "needs": call.needs,
            "commits": call.commits,
            "input": crate::bindings::on_one_line(&(call.input)(&config)),
            "value": (call.output)(&config),
        })
    });
    Value::Array(rows.collect())
}
