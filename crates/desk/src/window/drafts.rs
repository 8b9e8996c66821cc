//! Half-typed forms (草稿): sealed, one small file each, of one person; local, never a commit.
//!
//! `drafts/<token>`: the name is a blind token of person and key, so that a file name tells nothing.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use yichuang_domain::{record::Id, refusal::Refusal};
use yichuang_store::{Store, StoreError};

use super::view::DraftBrief;
use crate::{
    answer::Stop,
    call::Deed,
    clock::{day_of, local},
    inner::Inner,
};

const LARGEST_BYTES: usize = 256 * 1024;

#[derive(Serialize, Deserialize)]
struct Kept {
    person: Id,
    key: String,
    title: String,
    route: String,
    saved: i64,
    body: Value,
}

/// Keeps a half-typed form.
#[derive(Deserialize, TS)]
pub(crate) struct SaveDraft {
    /// Which form: one file each.
    pub key: String,
    /// What it is about, for the list.
    pub title: String,
    /// Where it goes on.
    pub route: String,
    /// The form itself.
    #[ts(type = "unknown")]
    pub body: Value,
}

/// When it was kept.
#[derive(Serialize, TS)]
pub(crate) struct KeptView {
    /// "10:42:07".
    pub saved: String,
}

impl Deed for SaveDraft {
    const NAME: &'static str = "save_draft";
    const ABOUT: &'static str = "Keeps a half-typed form, sealed, for this person.";
    const NEEDS_PERSON: bool = true;
    type Output = KeptView;

    fn perform(self, desk: &mut Inner) -> Result<KeptView, Stop> {
        let now = desk.world.now();
        let person = desk.require_person()?.actor.id;
        let data = desk.data();
        let path = path_of(desk.store()?, &data, person, &self.key)?;
        let kept = Kept {
            person,
            key: self.key,
            title: self.title,
            route: self.route,
            saved: now,
            body: self.body,
        };
        let plain = serde_json::to_vec(&kept)?;
        if plain.len() > LARGEST_BYTES {
            return Err(Refusal::TooLarge {
                most_bytes: LARGEST_BYTES,
            }
            .into());
        }
        let sealed = desk
            .store()?
            .draft_sealer()?
            .seal(b"draft", &plain)
            .map_err(StoreError::from)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = path.with_extension("new");
        fs::write(&new, sealed)?;
        fs::rename(new, path)?;
        Ok(KeptView {
            saved: local(now).format("%H:%M:%S").to_string(),
        })
    }
}

/// Opens a half-typed form.
#[derive(Deserialize, TS)]
pub(crate) struct OpenDraft {
    /// Which.
    pub key: String,
}

/// A half-typed form.
#[derive(Serialize, TS)]
pub(crate) struct DraftView {
    /// The form; null when there is none.
    #[ts(type = "unknown")]
    pub body: Value,
}

impl Deed for OpenDraft {
    const NAME: &'static str = "draft";
    const ABOUT: &'static str = "Opens a half-typed form; null when there is none.";
    const NEEDS_PERSON: bool = true;
    type Output = DraftView;

    fn perform(self, desk: &mut Inner) -> Result<DraftView, Stop> {
        let person = desk.require_person()?.actor.id;
        let data = desk.data();
        let path = path_of(desk.store()?, &data, person, &self.key)?;
        let kept = read(desk.store()?, &path).filter(|kept| kept.person == person);
        Ok(DraftView {
            body: kept.map_or(Value::Null, |kept| kept.body),
        })
    }
}

/// Lists this person's half-typed forms.
#[derive(Deserialize, TS)]
pub(crate) struct Drafts {}

/// The half-typed forms of a person.
#[derive(Serialize, TS)]
pub(crate) struct DraftsView {
    /// Latest first.
    pub drafts: Vec<DraftBrief>,
}

impl Deed for Drafts {
    const NAME: &'static str = "drafts";
    const ABOUT: &'static str = "Lists this person's half-typed forms, latest first.";
    const NEEDS_PERSON: bool = true;
    type Output = DraftsView;

    fn perform(self, desk: &mut Inner) -> Result<DraftsView, Stop> {
        let today = desk.world.today();
        let data = desk.data();
        let person = desk.require_person()?.actor.id;
        Ok(DraftsView {
            drafts: list(desk.store()?, &data, person, today),
        })
    }
}

/// Throws a half-typed form away.
#[derive(Deserialize, TS)]
pub(crate) struct DiscardDraft {
    /// Which.
    pub key: String,
}

impl Deed for DiscardDraft {
    const NAME: &'static str = "discard_draft";
    const ABOUT: &'static str = "Throws a half-typed form away.";
    const NEEDS_PERSON: bool = true;
    type Output = DraftView;

    fn perform(self, desk: &mut Inner) -> Result<DraftView, Stop> {
        let person = desk.require_person()?.actor.id;
        let data = desk.data();
        discard(desk.store()?, &data, person, &self.key)?;
        Ok(DraftView { body: Value::Null })
    }
}

/// Throws a half-typed form away; one that is not there is gone already.
pub(crate) fn discard(store: &Store, data: &Path, person: Id, key: &str) -> Result<(), Stop> {
    match fs::remove_file(path_of(store, data, person, key)?) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A person's half-typed forms, latest first.
pub(crate) fn list(store: &Store, data: &Path, person: Id, today: NaiveDate) -> Vec<DraftBrief> {
    let mut kept = Vec::new();
    if let Ok(files) = fs::read_dir(data.join("drafts")) {
        for file in files.flatten() {
            kept.extend(read(store, &file.path()).filter(|one| one.person == person));
        }
    }
    kept.sort_by_key(|one| std::cmp::Reverse(one.saved));
    let brief = |one: Kept| {
        let form = if day_of(one.saved) == today {
            "%H:%M"
        } else {
            "%m-%d %H:%M"
        };
        DraftBrief {
            key: one.key,
            title: one.title,
            route: one.route,
            saved: local(one.saved).format(form).to_string(),
        }
    };
    kept.into_iter().map(brief).collect()
}

fn path_of(store: &Store, data: &Path, person: Id, key: &str) -> Result<PathBuf, Stop> {
    if key.is_empty() || key.len() > 200 {
        return Err(Refusal::BadInput {
            problem: "key is 1 to 200 bytes".to_owned(),
        }
        .into());
    }
    let token = store.token("draft", &format!("{person} {key}"))?;
    Ok(data.join("drafts").join(Id::from_bytes(token).to_string()))
}

/// A draft that cannot be read (of another person, or damaged) is no draft.
fn read(store: &Store, path: &Path) -> Option<Kept> {
    let sealed = fs::read(path).ok()?;
    let plain = store.draft_sealer().ok()?.open(b"draft", &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}
