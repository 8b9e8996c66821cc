//! The store of one desk: opened by one program, unlocked by one person at a time.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::sync_channel,
    },
};

use yichuang_domain::record::{Change, CommitRef, Entry, Header, Id, RecordKey, Seen};
use yichuang_journal::{
    Block, DamageKind, Disk, Journal, JournalError, Mark, Open, OsDisk, Position, Recovery, Seal,
    SealBroken,
};
use yichuang_sync::Turn;
use yichuang_vault::{
    ContentKeys, Key, NewPerson, PersonKeys, PersonSession, RecoveryCode, Sealer, SigningKeys,
    Vault,
};

use crate::{
    commit::{Commit, Hash, from_cbor, to_cbor},
    doubt::{self, Looking},
    error::{ReadOnly, StoreError},
    found::{FoundedStore, Founding, found, is_cut_short},
    heads::{Head, Heads},
    joined::{self, Joining},
    lock::FolderLock,
    place, recall,
    received::{Line, Log, RECEIVED},
    scrub::Comparison,
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
    /// Whether an order of redaction could not be carried out yet.
    pub redaction_waits: bool,
}

/// What somebody should be told about this folder, as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The view did not agree with the journal; it lies in quarantine and was made anew.
    ViewRenewed,
    /// Both guards were lost: what was acknowledged last cannot be checked this once.
    GuardsLost,
    /// A place of the journal is damaged.
    JournalDamaged,
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
    /// What the backup ended with that this device was restored from.
    pub(crate) restored_from: Vec<CommitRef>,
    /// The ends of all chains; this device's own as it was when the journal was opened.
    pub(crate) heads: BTreeMap<Id, Head>,
    /// Whether anything in the journal came from a hub.
    pub(crate) has_received: bool,
    /// The clock of the last commit, milliseconds.
    pub(crate) time: i64,
    /// Where the last block ends. New ones may go behind it to another file, so this is not the
    /// journal's head.
    pub(crate) end: Position,
    /// The devices by their public keys, in hexadecimal digits.
    pub(crate) keys: BTreeMap<String, Id>,
    /// The journal's mark when the ends were noted last (`recall.rs`).
    pub(crate) noted: Option<Mark>,
    pub(crate) seal: Arc<dyn Seal>,
}

/// The store of one desk.
pub struct Store {
    pub(crate) data: PathBuf,
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) vault: Vault,
    pub(crate) truth: Option<Truth>,
    pub(crate) view: Option<View>,
    /// In a box of its own, so that no copy of the keys stays behind where the store is moved.
    pub(crate) session: Option<Box<PersonSession>>,
    pub(crate) comparison: Comparison,
    /// The view is being looked at, until the first unlock.
    looking: Option<Looking>,
    /// How often the view was made anew or lost a change: what was gathered from it before is old.
    pub(crate) view_changes: u64,
    /// Who got a new password by the printed code, and the recovery key's secret half, until their next unlock.
    pub(crate) recovering: Option<(Id, Key)>,
    /// What is known of the hub, from the first unlock until the program ends.
    pub(crate) line: Option<Line>,
    read_only: Option<ReadOnly>,
    notes: BTreeSet<Note>,
    _lock: Option<FolderLock>,
}

impl Store {
    /// Founds a community in this folder.
    ///
    /// # Errors
    ///
    /// Refuses a folder in use or with a community, and weak passwords.
    pub fn found(data: &Path, founding: &Founding) -> Result<FoundedStore, StoreError> {
        Self::found_on(data, Arc::new(OsDisk), founding)
    }

    /// The same on a given disk.
    ///
    /// # Errors
    ///
    /// As [`Store::found`].
    pub fn found_on(
        data: &Path,
        disk: Arc<dyn Disk>,
        founding: &Founding,
    ) -> Result<FoundedStore, StoreError> {
        std::fs::create_dir_all(data)?;
        let _lock = FolderLock::take(data)?;
        found(data, disk, founding)
    }

    /// Opens the folder, locked: nothing can be read yet.
    ///
    /// # Errors
    ///
    /// Refuses a folder another program works on, and one without a community.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        Self::open_on(data, Arc::new(OsDisk))
    }

    /// The same on a given disk: journal, guards and the view's note go through it.
    ///
    /// A folder that cannot be written to, and a copy beside its original, are opened for reading
    /// only: see [`Store::read_only`].
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open_on(data: &Path, disk: Arc<dyn Disk>) -> Result<Self, StoreError> {
        if !data.join("vault.toml").try_exists()? || is_cut_short(data) {
            return Err(StoreError::NotFounded);
        }
        let (lock, mut read_only) = match FolderLock::take(data) {
            Ok(lock) => (Some(lock), None),
            Err(error) if error.is_unwritable() => {
                (FolderLock::take_to_read(data)?, Some(ReadOnly::Folder))
            }
            Err(error) => return Err(error),
        };
        // The lock may lie there writable while the journal is not.
        let guard = disk.open(&data.join("guard.a"), Open::Write);
        if guard.is_err_and(|error| StoreError::Disk(error).is_unwritable()) {
            read_only = Some(ReadOnly::Folder);
        }
        if place::is_copy(data) {
            read_only = Some(ReadOnly::Copy);
        }
        if read_only.is_none() {
            place::note(data);
        }
        let vault = Vault::open(data)?;
        let looking = match read_only {
            None => doubt::begin(disk.as_ref(), data),
            Some(_) => None,
        };
        Ok(Self {
            data: data.to_owned(),
            disk,
            looking,
            vault,
            truth: None,
            view: None,
            session: None,
            comparison: Comparison::default(),
            view_changes: 0,
            read_only,
            recovering: None,
            notes: BTreeSet::new(),
            line: None,
            _lock: lock,
        })
    }

    /// A store of what is being restored, to check it: the lock is held by who restores.
    pub(crate) fn to_check(data: &Path, vault: Vault, truth: Truth) -> Self {
        Self {
            data: data.to_owned(),
            disk: Arc::new(OsDisk),
            looking: None,
            vault,
            truth: Some(truth),
            view: None,
            session: None,
            comparison: Comparison::default(),
            line: None,
            view_changes: 0,
            read_only: Some(ReadOnly::Copy),
            recovering: None,
            notes: BTreeSet::new(),
            _lock: None,
        }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Why nothing can be written, if so.
    pub const fn read_only(&self) -> Option<ReadOnly> {
        self.read_only
    }

    /// What somebody should be told about this folder.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        self.notes.iter().copied()
    }

    pub(crate) fn note(&mut self, note: Note) {
        self.notes.insert(note);
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
        self.unlock_telling(person, password, |_done| ())
    }

    /// The same, telling how many commits the view has caught up with.
    ///
    /// # Errors
    ///
    /// As [`Store::unlock`].
    pub fn unlock_telling(
        &mut self,
        person: Id,
        password: &str,
        mut told: impl FnMut(u64),
    ) -> Result<Unlocking, StoreError> {
        let unlocked = self.vault.unlock(&person.to_string(), password)?;
        let recovery = if self.truth.is_none() {
            let sealer = unlocked.journal.journal;
            let seal: Arc<dyn Seal> = Arc::new(JournalSeal(sealer.clone()));
            let (journal, recovery) = self.open_journal(&seal)?;
            let joining = joined::read(&self.data, &sealer)?;
            let heads = self.heads(&journal, seal.as_ref(), &recovery)?;
            let device = unlocked.journal.device;
            let truth = Truth::of_joined(heads, journal, device, seal, joining.as_ref())?;
            self.line = Some(Line::read(&truth, sealer, joining)?);
            self.truth = Some(truth);
            self.heed(&recovery);
            self.note_ends();
            Some(recovery)
        } else {
            None
        };
        self.session = Some(Box::new(unlocked.session));
        let come_in = self.come_in(&mut told);
        if come_in.is_err() {
            // Whoever is not let in leaves no keys.
            self.session = None;
        }
        let (caught_up, view_rebuilt, redaction_waits) = come_in?;
        Ok(Unlocking {
            recovery,
            caught_up,
            view_rebuilt,
            redaction_waits,
        })
    }

    /// Opens the view and does what waits. Says how far the view had to catch up, whether it was made
    /// anew, and whether a redaction still waits.
    fn come_in(&mut self, told: &mut dyn FnMut(u64)) -> Result<(u64, bool, bool), StoreError> {
        let (caught_up, view_rebuilt) = self.open_view(told)?;
        let redaction_waits = self.read_only.is_none() && self.finish_what_waits()?;
        Ok((caught_up, view_rebuilt, redaction_waits))
    }

    /// Does what an earlier life left undone. Says whether a redaction still waits: nobody is kept out
    /// because a file cannot be written anew, the order stands.
    fn finish_what_waits(&mut self) -> Result<bool, StoreError> {
        self.announce_keys()?;
        Ok(self.finish_redactions().is_err())
    }

    fn open_journal(&self, seal: &Arc<dyn Seal>) -> Result<(Journal, Recovery), StoreError> {
        let (disk, seal) = (Arc::clone(&self.disk), Arc::clone(seal));
        Ok(if self.read_only.is_some() {
            Journal::open_to_read(&self.data, disk, seal)?
        } else {
            Journal::open(&self.data, disk, seal)?
        })
    }

    fn heads(
        &self,
        journal: &Journal,
        seal: &dyn Seal,
        recovery: &Recovery,
    ) -> Result<Option<Heads>, StoreError> {
        recall::heads(self.disk.as_ref(), &self.data, journal, seal, recovery)
    }

    /// What was found at the end of the journal decides whether this desk may go on writing.
    fn heed(&mut self, recovery: &Recovery) {
        for damage in &recovery.damage {
            match damage.kind {
                DamageKind::GuardsLost => drop(self.notes.insert(Note::GuardsLost)),
                DamageKind::EndMissing
                | DamageKind::EndExchanged
                | DamageKind::FileMissing
                | DamageKind::BlocksMissing { .. } => {
                    self.read_only.get_or_insert(ReadOnly::EndMissing);
                }
                _ => drop(self.notes.insert(Note::JournalDamaged)),
            }
        }
    }

    /// Opens the view and brings it up to the journal. Says how far it had to catch up, and whether
    /// it was made anew.
    fn open_view(&mut self, told: &mut dyn FnMut(u64)) -> Result<(u64, bool), StoreError> {
        if self.view.as_ref().is_some_and(View::is_broken) {
            return Ok((self.renew_view(told)?, true));
        }
        if self.view.is_some() {
            return Ok((self.catch_up(told)?, false));
        }
        if self.read_only.is_some() {
            return Ok((self.pass_view(told)?, false));
        }
        let looking = self.looking.take();
        let is_doubtful = doubt::is_doubtful(self.disk.as_ref(), &self.data, looking);
        let (view, is_new) = match View::open(&self.data) {
            Err(error) if error.is_full() => return Ok((self.pass_view(told)?, false)),
            opened => opened?,
        };
        if let Some(truth) = &self.truth
            && view.applied().ok().flatten() > Some(truth.end)
        {
            let session = self.session.as_ref().ok_or(StoreError::Locked)?;
            let is_ours = view.is_of(&session.content);
            drop(view);
            if !is_ours {
                return Ok((self.renew_view(told)?, true));
            }
            // Rows are made of what was acknowledged, so the journal has lost its end.
            self.read_only = Some(ReadOnly::EndMissing);
            return Ok((self.pass_view(told)?, false));
        }
        self.view = Some(view);
        self.note_open();
        let caught_up = self.catch_up(told);
        let is_sound = match &caught_up {
            Ok(_) if is_doubtful && !is_new => self.view_agrees()?,
            Ok(_) => true,
            // A view of elsewhere may name a place where no block begins.
            Err(error) if is_doubtful || error.is_of_view() => false,
            Err(_) => return caught_up.map(|caught_up| (caught_up, is_new)),
        };
        if is_new {
            self.forget_kept();
            self.notes.insert(Note::ViewRenewed);
        }
        if is_sound {
            return Ok((caught_up?, is_new));
        }
        Ok((self.renew_view(told)?, true))
    }

    /// Where it cannot be noted, what the note says no longer holds, and the next start compares.
    fn note_open(&self) {
        drop(doubt::note_open(self.disk.as_ref(), &self.data));
    }

    /// A view for as long as the program runs: the folder's own is not to be touched.
    fn pass_view(&mut self, told: &mut dyn FnMut(u64)) -> Result<u64, StoreError> {
        self.view = Some(View::passing()?);
        self.catch_up(told)
    }

    /// Moves the view to quarantine and makes it anew from the journal.
    pub(crate) fn renew_view(&mut self, told: &mut dyn FnMut(u64)) -> Result<u64, StoreError> {
        self.view = None;
        self.comparison = Comparison::default();
        self.forget_kept();
        if self.read_only.is_some() {
            return self.pass_view(told);
        }
        self.notes.insert(Note::ViewRenewed);
        match self.renew_view_on_disk(told) {
            // A full disk is no reason not to read: the journal has everything.
            Err(error) if error.is_of_view() || error.is_full() => self.pass_view(told),
            renewed => renewed,
        }
        .inspect_err(|_half_made| self.view = None)
    }

    fn renew_view_on_disk(&mut self, told: &mut dyn FnMut(u64)) -> Result<u64, StoreError> {
        self.view = Some(View::renew(&self.data)?);
        self.note_open();
        self.catch_up(told)
    }

    /// Makes a view anew that broke while it was used. Says whether there was anything to do.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses.
    pub fn mend_view(&mut self) -> Result<bool, StoreError> {
        self.session.as_ref().ok_or(StoreError::Locked)?;
        if self.view.as_ref().is_some_and(|view| !view.is_broken()) {
            return Ok(false);
        }
        self.renew_view(&mut |_done| ())?;
        Ok(true)
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

    /// A new printed code in place of the old one, by a person's password. Backups from now on open
    /// with the new one only.
    ///
    /// # Errors
    ///
    /// The vault's refusals.
    pub fn new_recovery_code(
        &mut self,
        person: Id,
        password: &str,
    ) -> Result<RecoveryCode, StoreError> {
        // What cannot be put on record must not take the old code's place.
        self.require_writable()?;
        Ok(self.vault.new_code(&person.to_string(), password)?)
    }

    /// A person's new password, by the one until now. Their keys stay.
    ///
    /// # Errors
    ///
    /// The vault's refusals.
    pub fn change_password(
        &mut self,
        person: Id,
        old: &str,
        new: &str,
        inputs: &[String],
    ) -> Result<(), StoreError> {
        self.require_writable()?;
        let id = person.to_string();
        let person = NewPerson {
            id: &id,
            password: new,
            inputs,
        };
        Ok(self.vault.change_password(old, &person)?)
    }

    /// Whether a printed code is in use that opens backups.
    pub fn has_backup_code(&self) -> bool {
        self.vault.backup_keys().is_some()
    }

    /// Forgets the person's keys and the view's; the journal stays open.
    ///
    /// # Errors
    ///
    /// When what is in memory cannot be written; the keys are gone all the same.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        self.session = None;
        self.recovering = None;
        self.flush()
    }

    /// Writes guard and view to disk: at idle, lock and close.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if self.read_only.is_none()
            && let Some(truth) = &mut self.truth
        {
            truth.journal.checkpoint()?;
            self.note_ends();
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
    /// When the store is locked or the disk refuses. What was not returned as done is not true,
    /// but for [`JournalError::Unconfirmed`]: the next start shows whether it is.
    pub fn commit(&mut self, acts: Vec<Act<'_>>) -> Result<Committed, StoreError> {
        self.require_writable()?;
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        let mut commits = Vec::with_capacity(acts.len());
        let mut turns = Vec::new();
        let (mut seq, mut prev, mut time) = (truth.seq, truth.last, truth.time);
        for act in acts {
            seq += 1;
            time = act.time;
            let keys = act.keys.unwrap_or(&session.keys);
            let commit = truth.build(&act, seq, prev, keys)?;
            prev = commit.hash();
            let header = commit.header()?;
            let changes = (0..).zip(act.changes);
            turns.extend(
                changes.map(|(index, change)| Turn::Put(Entry::of(&header, index, change))),
            );
            commits.push(commit);
        }
        let before = truth.journal.head();
        let at = truth.journal.append(COMMITS, &to_cbor(&commits)?)?;
        // From here on it is true, whatever becomes of the view.
        (truth.seq, truth.last, truth.time) = (seq, prev, time);
        let applied = truth.journal.head();
        truth.end = applied;
        if let Some(log) = self.line.as_mut().and_then(|line| line.log.as_mut())
            && log.take_commits(at, &commits).is_err()
        {
            self.renew_log();
        }
        let records = (turns.iter())
            .map(|turn| turn.entry().change.record().clone())
            .collect();
        self.follow(turns, before, applied);
        Ok(Committed { seq, records })
    }

    /// The view follows what is true by now: the turns between `before` and `applied`, or, where it stands
    /// elsewhere because an earlier following broke off, everything it lacks. Where it cannot, it is
    /// mended, or that is tried again at the next look. Locked, it follows at the next unlock.
    pub(crate) fn follow(&mut self, turns: Vec<Turn>, before: Position, applied: Position) {
        let Some(session) = &self.session else {
            return;
        };
        let Some(view) = &self.view else {
            drop(self.mend_view());
            return;
        };
        let followed = match view.applied() {
            Ok(stands) if stands == Some(before) => {
                view.apply(&session.content, turns, applied).map(drop)
            }
            Ok(_elsewhere) => match self.catch_up(&mut |_done| ()) {
                // The journal refuses: making the view anew would meet the same.
                Err(error) if !error.is_of_view() => return,
                caught_up => caught_up.map(drop),
            },
            Err(error) => Err(error),
        };
        if followed.is_err() {
            self.view = None;
            drop(self.mend_view());
        }
    }

    /// Writing may go on: the folder can be written to, and a journal that was refused a write is
    /// read again from the tail.
    pub(crate) fn require_writable(&mut self) -> Result<(), StoreError> {
        self.session.as_ref().ok_or(StoreError::Locked)?;
        if let Some(why) = self.read_only {
            return Err(why.into());
        }
        self.mend_view()?;
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        if !truth.journal.is_poisoned() {
            return Ok(());
        }
        if !truth.journal.may_be_reopened() {
            return Err(JournalError::Poisoned.into());
        }
        let seal = Arc::clone(&truth.seal);
        let (journal, recovery) = self.open_journal(&seal)?;
        let heads = self.heads(&journal, seal.as_ref(), &recovery)?;
        if let Some(truth) = &mut self.truth {
            truth.take_up(heads, journal);
        }
        self.read_log_again()?;
        self.heed(&recovery);
        match self.read_only {
            Some(why) => Err(why.into()),
            None => {
                let caught_up = self.catch_up(&mut |_done| ())?;
                // What was gathered knows nothing of these.
                self.view_changes += u64::from(caught_up > 0);
                Ok(())
            }
        }
    }

    /// Ends files of the journal at this size, once unlocked. For tests; 64 MiB otherwise.
    pub fn end_journal_files_at(&mut self, bytes: u64) {
        if let Some(truth) = &mut self.truth {
            truth.journal.set_segment_bytes(bytes);
        }
    }

    /// Moves the view to quarantine and folds everything again, telling how many commits are done.
    ///
    /// # Errors
    ///
    /// When the store is locked, or the journal is damaged.
    pub fn rebuild(&mut self, mut told: impl FnMut(u64)) -> Result<u64, StoreError> {
        self.session.as_ref().ok_or(StoreError::Locked)?;
        self.renew_view(&mut told)
    }

    /// Writes everything to disk and lets go of the view, noting that it was left in order.
    ///
    /// # Errors
    ///
    /// When the disk refuses; the next start then compares the view with the journal.
    pub fn close(&mut self) -> Result<(), StoreError> {
        self.session = None;
        let flushed = self.flush();
        let view = self.view.take();
        let was_sound = view.is_some_and(|view| view.lasts() && !view.is_broken());
        flushed?;
        if was_sound && self.read_only.is_none() {
            doubt::note_closed(self.disk.as_ref(), &self.data)?;
        }
        Ok(())
    }

    /// Applies what the view does not have yet, in steps of about a thousand commits. Steps are read
    /// while those before them are applied.
    fn catch_up(&mut self, told: &mut dyn FnMut(u64)) -> Result<u64, StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let view = self.view.as_ref().ok_or(StoreError::ViewBroken)?;
        let from = view.applied()?.unwrap_or(Position::START);
        let log = self.log()?;
        let done = AtomicU64::new(0);
        let (steps, ready) = sync_channel::<Step>(1);
        std::thread::scope(|scope| {
            let applying = scope.spawn(|| {
                wiped(|| {
                    ready.into_iter().try_for_each(|step| {
                        view.apply(&session.content, step.turns, step.next)?;
                        done.fetch_add(step.commits, Ordering::Relaxed);
                        Ok(())
                    })
                })
            });
            let read = read_steps(&truth.journal, &log, from, |step| {
                told(done.load(Ordering::Relaxed));
                // It has ended: why, it says itself.
                steps.send(step).map_err(|_gone| StoreError::ViewBroken)
            });
            drop(steps);
            applying.join().unwrap_or(Err(StoreError::ViewBroken))?;
            read
        })?;
        let done = done.into_inner();
        told(done);
        Ok(done)
    }

    pub(crate) fn parts(&self) -> Result<(&View, &ContentKeys), StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let view = self.view.as_ref().ok_or(StoreError::ViewBroken)?;
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

impl Drop for Store {
    fn drop(&mut self) {
        // Where it fails, the next start finds the view doubtful and compares it.
        drop(self.close());
    }
}

/// A part of the journal on its way into the view.
struct Step {
    turns: Vec<Turn>,
    commits: u64,
    /// Where the next one begins.
    next: Position,
}

/// Hands out the journal behind `from` in steps of about a thousand commits.
fn read_steps(
    journal: &Journal,
    log: &Log,
    from: Position,
    mut take: impl FnMut(Step) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const COMMITS_A_STEP: u64 = 1_000;
    let empty = |next| Step {
        turns: Vec::new(),
        commits: 0,
        next,
    };
    let mut step = empty(from);
    journal.read_all(from, |block| {
        step.next = block.next;
        let (turns, commits) = turns_of(journal, log, &block)?;
        step.turns.extend(turns);
        step.commits += commits;
        if step.commits >= COMMITS_A_STEP {
            take(std::mem::replace(&mut step, empty(block.next)))?;
        }
        Ok::<(), StoreError>(())
    })?;
    if step.commits > 0 {
        take(step)?;
    }
    Ok(())
}

/// What a block does to records, and how many commits it counts for.
pub(crate) fn turns_of(
    journal: &Journal,
    log: &Log,
    block: &Block<'_>,
) -> Result<(Vec<Turn>, u64), StoreError> {
    match block.kind {
        COMMITS => {
            let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
            let mut turns = Vec::new();
            for commit in &commits {
                turns.extend(commit.entries()?.into_iter().map(Turn::Put));
            }
            Ok((turns, u64::try_from(commits.len()).unwrap_or(u64::MAX)))
        }
        RECEIVED => {
            let keep = from_cbor(block.body, "a block received")?;
            Ok((log.turns(journal, block.at, &keep)?, 1))
        }
        _ => Ok((Vec::new(), 0)),
    }
}

impl Truth {
    /// Of a desk that may have joined a hub: then it may have nothing of its community yet.
    fn of_joined(
        heads: Option<Heads>,
        journal: Journal,
        device_keys: SigningKeys,
        seal: Arc<dyn Seal>,
        joining: Option<&Joining>,
    ) -> Result<Self, StoreError> {
        let Some(joining) = joining else {
            return Self::of(heads, journal, device_keys, seal);
        };
        let heads = heads.unwrap_or_else(|| Heads::none(joining.community.to_vec()));
        Ok(Self::new(journal, device_keys, seal, heads, joining.device))
    }

    /// Reads the journal once for the community, this device and the end of its chain.
    pub(crate) fn read(
        journal: Journal,
        device_keys: SigningKeys,
        seal: Arc<dyn Seal>,
    ) -> Result<Self, StoreError> {
        let heads = Heads::read(&journal)?;
        Self::of(heads, journal, device_keys, seal)
    }

    /// The same, where the ends of the chains are known.
    fn of(
        heads: Option<Heads>,
        journal: Journal,
        device_keys: SigningKeys,
        seal: Arc<dyn Seal>,
    ) -> Result<Self, StoreError> {
        let heads = heads.ok_or(StoreError::form("the first commit"))?;
        let device = heads
            .device_of(&device_keys.public())
            .ok_or(StoreError::form("this device's keys"))?;
        Ok(Self::new(journal, device_keys, seal, heads, device))
    }

    fn new(
        journal: Journal,
        device_keys: SigningKeys,
        seal: Arc<dyn Seal>,
        heads: Heads,
        device: Id,
    ) -> Self {
        let own = heads.ends.get(&device).cloned().unwrap_or_default();
        Self {
            journal,
            device_keys,
            community: heads.community,
            device,
            seq: own.seq,
            last: own.hash,
            restored_from: own.restored_from,
            heads: heads.ends,
            has_received: heads.has_received,
            time: heads.time,
            end: heads.end,
            keys: heads.keys,
            noted: None,
            seal,
        }
    }

    /// Goes on with the same journal, opened once more.
    fn take_up(&mut self, heads: Option<Heads>, journal: Journal) {
        let heads = heads.unwrap_or_else(|| Heads::none(self.community.clone()));
        let own = heads.ends.get(&self.device).cloned().unwrap_or_default();
        (self.seq, self.last) = (own.seq, own.hash);
        (self.time, self.end) = (heads.time, heads.end);
        self.heads = heads.ends;
        self.journal = journal;
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
            prev: if seq == 1 { Vec::new() } else { prev.to_vec() },
            time: act.time,
            seen: act.seen,
            actor: act.actor,
            on_behalf_of: act.on_behalf_of,
            command: act.command.to_owned(),
            changes_root: Vec::new(),
            restored_from: self.restored_from.clone(),
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

/// Work of a thread of its own on what people wrote: the system may keep the stack of a thread that ended.
pub(crate) fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let done = work();
    yichuang_vault::wipe_stack();
    done
}

/// 128 random bits.
pub(crate) fn random_id() -> Result<Id, StoreError> {
    Ok(Id::from_bytes(yichuang_vault::random::<16>()?))
}
