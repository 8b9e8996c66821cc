//! The store of one desk: opened by one program, unlocked by one person at a time.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use yichuang_domain::record::{Change, Entry, Header, Id, Kind, RecordKey, Seen, fold};
use yichuang_journal::{Journal, OsDisk, Position, Recovery, Seal, SealBroken};
use yichuang_vault::{ContentKeys, PersonKeys, PersonSession, Sealer, SigningKeys, Vault};

use crate::{
    commit::{Commit, Hash, from_cbor, to_cbor},
    error::StoreError,
    found::{FoundedStore, Founding, found},
    lock::FolderLock,
    view::View,
};

/// Kind of the journal's blocks that hold own commits, as a CBOR list.
pub(crate) const COMMITS: u8 = 1;

/// One act of a person, to become one commit.
#[derive(Debug)]
pub struct Act<'a> {
    /// Who acts.
    pub actor: Id,
    /// Their keys, when they are not the person who unlocked the store.
    pub keys: Option<&'a PersonKeys>,
    /// Whose post they hold.
    pub on_behalf_of: Option<Id>,
    /// The command's name.
    pub command: &'a str,
    /// What they had seen.
    pub seen: Seen,
    /// The clock, milliseconds.
    pub time: i64,
    /// What changes.
    pub changes: Vec<Change>,
}

/// What a commit did. It is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The last of the new commits.
    pub seq: u64,
    /// The records that changed.
    pub records: BTreeSet<RecordKey>,
}

/// What unlocking found and mended.
#[derive(Debug)]
pub struct Unlocking {
    /// What the journal's opening found; nothing when it was open already.
    pub recovery: Option<Recovery>,
    /// How many commits the view had to catch up with.
    pub caught_up: u64,
    /// Whether the view was broken and was made anew.
    pub view_rebuilt: bool,
}

pub(crate) struct JournalSeal(pub(crate) Sealer);

impl Seal for JournalSeal {
    fn key_id(&self) -> u8 {
        self.0.key_id()
    }
    fn seal(&self, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        self.0.seal(associated, plain).map_err(|_error| SealBroken)
    }
    fn open(&self, _key_id: u8, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        self.0.open(associated, sealed).map_err(|_error| SealBroken)
    }
}

/// The journal and the chain of this device: open from the first unlock until the program ends.
pub(crate) struct Truth {
    pub(crate) journal: Journal,
    pub(crate) device_keys: SigningKeys,
    pub(crate) community: Vec<u8>,
    pub(crate) device: Id,
    pub(crate) seq: u64,
    pub(crate) last: Hash,
    /// The clock of the last commit, milliseconds.
    pub(crate) time: i64,
}

/// The store of one desk.
pub struct Store {
    pub(crate) data: PathBuf,
    pub(crate) vault: Vault,
    pub(crate) truth: Option<Truth>,
    pub(crate) view: Option<View>,
    pub(crate) session: Option<PersonSession>,
    _lock: FolderLock,
}

impl Store {
    /// Founds a community in this folder.
    ///
    /// # Errors
    ///
    /// Refuses a folder in use or with a community, and weak passwords.
    pub fn found(data: &Path, founding: &Founding) -> Result<FoundedStore, StoreError> {
        std::fs::create_dir_all(data)?;
        let _lock = FolderLock::take(data)?;
        found(data, founding)
    }

    /// Opens the folder, locked: nothing can be read yet.
    ///
    /// # Errors
    ///
    /// Refuses a folder another program works on, and one without a community.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        if !data.join("vault.toml").exists() {
            return Err(StoreError::NotFounded);
        }
        let lock = FolderLock::take(data)?;
        let vault = Vault::open(data)?;
        Ok(Self {
            data: data.to_owned(),
            vault,
            truth: None,
            view: None,
            session: None,
            _lock: lock,
        })
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The people who can unlock this desk, by id.
    pub fn people(&self) -> Vec<Id> {
        self.vault
            .people()
            .iter()
            .filter_map(|person| Id::parse(&person.id).ok())
            .collect()
    }

    /// Whether the device secret lies in a file only.
    pub fn has_weak_device_secret(&self) -> bool {
        self.vault.has_weak_device_secret()
    }

    /// Lets a person in: opens the journal, and brings the view up to it.
    ///
    /// # Errors
    ///
    /// The vault's refusals, and what breaks on the way.
    pub fn unlock(&mut self, person: Id, password: &str) -> Result<Unlocking, StoreError> {
        let unlocked = self.vault.unlock(&person.to_string(), password)?;
        let recovery = if self.truth.is_none() {
            let seal = Arc::new(JournalSeal(unlocked.journal.journal));
            let (journal, recovery) = Journal::open(&self.data, Arc::new(OsDisk), seal)?;
            self.truth = Some(Truth::read(journal, unlocked.journal.device)?);
            Some(recovery)
        } else {
            None
        };
        let mut view_rebuilt = false;
        if self.view.is_none() {
            let (view, is_new) = View::open(&self.data)?;
            view_rebuilt = is_new;
            self.view = Some(view);
        }
        self.session = Some(unlocked.session);
        let caught_up = self.catch_up(|_done| ())?;
        Ok(Unlocking {
            recovery,
            caught_up,
            view_rebuilt,
        })
    }

    /// A colleague's keys, for an act of two people.
    ///
    /// # Errors
    ///
    /// The vault's refusals.
    pub fn keys_of(&mut self, person: Id, password: &str) -> Result<PersonKeys, StoreError> {
        Ok(self
            .vault
            .unlock(&person.to_string(), password)?
            .session
            .keys)
    }

    /// Forgets the person's keys and the view's; the journal stays open.
    ///
    /// # Errors
    ///
    /// When what is in memory cannot be written; the keys are gone all the same.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        self.session = None;
        self.flush()
    }

    /// Writes guard and view to disk: at idle, lock and close.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if let Some(truth) = &mut self.truth {
            truth.journal.checkpoint()?;
        }
        if let Some(view) = &self.view {
            view.flush()?;
        }
        Ok(())
    }

    /// Who unlocked the store.
    pub fn person(&self) -> Option<Id> {
        self.session
            .as_ref()
            .and_then(|session| Id::parse(&session.person).ok())
    }

    /// This device.
    pub fn device(&self) -> Option<Id> {
        self.truth.as_ref().map(|truth| truth.device)
    }

    /// The number of this device's last commit.
    pub fn seq(&self) -> u64 {
        self.truth.as_ref().map_or(0, |truth| truth.seq)
    }

    /// The clock of this device's last commit, milliseconds.
    pub fn last_time(&self) -> Option<i64> {
        self.truth.as_ref().map(|truth| truth.time)
    }

    /// Makes acts true: signed, appended in one block, on disk; then the view follows.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses. What was not returned as done is not true.
    pub fn commit(&mut self, acts: Vec<Act<'_>>) -> Result<Committed, StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        let view = self.view.as_ref().ok_or(StoreError::Locked)?;
        let mut commits = Vec::with_capacity(acts.len());
        let (mut seq, mut prev, mut time) = (truth.seq, truth.last, truth.time);
        for act in acts {
            seq += 1;
            time = act.time;
            let keys = act.keys.unwrap_or(&session.keys);
            let commit = truth.build(&act, seq, prev, keys)?;
            prev = commit.hash();
            commits.push(commit);
        }
        truth.journal.append(COMMITS, &to_cbor(&commits)?)?;
        // From here on it is true.
        (truth.seq, truth.last, truth.time) = (seq, prev, time);
        let applied = truth.journal.head();
        let mut entries = Vec::new();
        for commit in &commits {
            entries.extend(commit.entries()?);
        }
        let records = view.apply(&session.content, entries, applied)?;
        Ok(Committed { seq, records })
    }

    /// Throws the view away and folds everything again, telling how many commits are done.
    ///
    /// # Errors
    ///
    /// When the store is locked, or the journal is damaged.
    pub fn rebuild(&mut self, told: impl FnMut(u64)) -> Result<u64, StoreError> {
        self.view.as_ref().ok_or(StoreError::Locked)?.clear()?;
        self.catch_up(told)
    }

    /// Applies what the view does not have yet, in steps of about a thousand commits.
    fn catch_up(&mut self, mut told: impl FnMut(u64)) -> Result<u64, StoreError> {
        const COMMITS_A_STEP: usize = 1_000;
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let view = self.view.as_ref().ok_or(StoreError::Locked)?;
        let from = view.applied()?.unwrap_or(Position::START);
        let mut step = Step {
            view,
            content: &session.content,
            entries: Vec::new(),
            commits: 0,
            done: 0,
        };
        truth.journal.read_all(from, |block| {
            if block.kind == COMMITS {
                let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
                for commit in commits {
                    step.entries.extend(commit.entries()?);
                    step.commits += 1;
                }
            }
            if step.commits >= COMMITS_A_STEP {
                step.take(block.next)?;
                told(step.done);
            }
            Ok::<(), StoreError>(())
        })?;
        step.take(truth.journal.head())?;
        told(step.done);
        Ok(step.done)
    }

    pub(crate) fn parts(&self) -> Result<(&View, &ContentKeys), StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let view = self.view.as_ref().ok_or(StoreError::Locked)?;
        Ok((view, &session.content))
    }

    /// A blind token of a word: the same word, the same token, on this machine only.
    ///
    /// # Errors
    ///
    /// When the store is locked.
    pub fn token(&self, kind: &str, word: &str) -> Result<[u8; 16], StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        Ok(session.content.index.token(kind, word))
    }

    /// The keys that seal half-typed forms.
    ///
    /// # Errors
    ///
    /// When the store is locked.
    pub fn draft_sealer(&self) -> Result<&Sealer, StoreError> {
        Ok(&self
            .session
            .as_ref()
            .ok_or(StoreError::Locked)?
            .content
            .drafts)
    }
}

struct Step<'a> {
    view: &'a View,
    content: &'a ContentKeys,
    entries: Vec<Entry>,
    commits: usize,
    done: u64,
}

impl Step<'_> {
    fn take(&mut self, next: Position) -> Result<(), StoreError> {
        if self.commits == 0 {
            return Ok(());
        }
        self.view
            .apply(self.content, std::mem::take(&mut self.entries), next)?;
        self.done += u64::try_from(self.commits).unwrap_or(u64::MAX);
        self.commits = 0;
        Ok(())
    }
}

impl Truth {
    /// Reads the journal once for the community, this device and the end of its chain.
    fn read(journal: Journal, device_keys: SigningKeys) -> Result<Self, StoreError> {
        let public = crate::found::hex(&device_keys.public());
        let mut genesis: Option<(Vec<u8>, Id)> = None;
        let mut end: Option<(u64, Hash, i64)> = None;
        journal.read_all(Position::START, |block| {
            if block.kind != COMMITS {
                return Ok(());
            }
            let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
            for commit in &commits {
                if genesis.is_none() {
                    genesis = Some((commit.hash().to_vec(), own_device(commit, &public)?));
                }
            }
            if let Some(last) = commits.last() {
                let header = last.header()?;
                end = Some((header.seq, last.hash(), header.time));
            }
            Ok::<(), StoreError>(())
        })?;
        let (community, device) = genesis.ok_or(StoreError::form("the first commit"))?;
        let (seq, last, time) = end.ok_or(StoreError::form("the last commit"))?;
        Ok(Self {
            journal,
            device_keys,
            community,
            device,
            seq,
            last,
            time,
        })
    }

    fn build(
        &self,
        act: &Act<'_>,
        seq: u64,
        prev: Hash,
        keys: &PersonKeys,
    ) -> Result<Commit, StoreError> {
        let salts = act
            .changes
            .iter()
            .map(|_change| Ok(yichuang_vault::random::<16>()?))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let header = Header {
            v: 1,
            community: self.community.clone(),
            device: self.device,
            seq,
            prev: prev.to_vec(),
            time: act.time,
            seen: act.seen,
            actor: act.actor,
            on_behalf_of: act.on_behalf_of,
            command: act.command.to_owned(),
            changes_root: Vec::new(),
        };
        let by_machine = act.actor == self.device;
        Commit::build(header, &act.changes, &salts, |header| {
            if by_machine {
                self.device_keys.sign(header)
            } else {
                keys.sign(header)
            }
        })
    }
}

/// The device of the first commit whose public key is ours.
fn own_device(genesis: &Commit, public: &str) -> Result<Id, StoreError> {
    for entry in genesis.entries()? {
        let record = entry.change.record().clone();
        if record.kind == Kind::DEVICE
            && fold(std::slice::from_ref(&entry))
                .get::<String>("signing")
                .as_deref()
                == Some(public)
        {
            return Ok(record.id);
        }
    }
    Err(StoreError::form("this device's keys"))
}

/// 128 random bits.
pub(crate) fn random_id() -> Result<Id, StoreError> {
    Ok(Id::from_bytes(yichuang_vault::random::<16>()?))
}
