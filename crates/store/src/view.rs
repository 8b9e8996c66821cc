//! The view: sled, rows sealed, rebuilt from the journal whenever in doubt. It proves nothing; the
//! journal does.
//!
//! Each record stands as the list of its entries (`row.rs`); reading is folding. An apply writes
//! row by row, the mark of how far it got last: repeated, it changes nothing.
//!
//! sled may panic on damage, at any call: every call is caught, and answers
//! [`StoreError::ViewBroken`] from then on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use sled::{Db, Mode};
use yichuang_domain::record::{ChangeRef, Entry, Id, Kind, RecordKey};
use yichuang_journal::Position;
use yichuang_sync::Turn;
use yichuang_vault::ContentKeys;

use crate::{
    commit::{from_cbor, to_cbor},
    error::StoreError,
    index,
    keys::{self, Shelf, Space},
    row,
    store::wiped,
};

/// From here on, a second thread costs less than it saves.
const RECORDS_WORTH_SHARING: usize = 64;
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

pub(crate) struct View {
    db: Db,
    /// Where it lies; nowhere that lasts when the data folder cannot be written to.
    path: Option<PathBuf>,
    is_broken: AtomicBool,
}

/// A row, as the comparison with the journal reads it.
pub(crate) enum Row {
    Record(Vec<Entry>),
    Index,
    Other,
}

impl View {
    /// Opens the view, or moves a broken one to quarantine and starts an empty one.
    pub(crate) fn open(data: &Path) -> Result<(Self, bool), StoreError> {
        let path = data.join("view");
        match Self::try_open(&path) {
            Ok(view) => Ok((view, false)),
            Err(error) if error.is_full() => Err(error),
            Err(_broken) => Self::renew(data).map(|view| (view, true)),
        }
    }

    /// Moves the view to quarantine and starts an empty one. Nothing may have it open.
    pub(crate) fn renew(data: &Path) -> Result<Self, StoreError> {
        let path = data.join("view");
        quarantine(data, &path)?;
        Self::try_open(&path)
    }

    /// An empty view that vanishes with the program, for a folder that cannot be written to.
    pub(crate) fn passing() -> Result<Self, StoreError> {
        let config = sled::Config::new()
            .temporary(true)
            .flush_every_ms(None)
            .cache_capacity(CACHE_BYTES);
        Self::start(&config, None)
    }

    fn try_open(path: &Path) -> Result<Self, StoreError> {
        remove_unfinished_snapshots(path)?;
        let config = sled::Config::new()
            .path(path)
            .flush_every_ms(None)
            .mode(Mode::LowSpace)
            .cache_capacity(CACHE_BYTES);
        Self::start(&config, Some(path.to_owned()))
    }

    fn start(config: &sled::Config, path: Option<PathBuf>) -> Result<Self, StoreError> {
        let opened = catch_unwind(AssertUnwindSafe(|| config.open()));
        let db = opened.map_err(|_panic| StoreError::ViewBroken)??;
        Ok(Self {
            db,
            path,
            is_broken: AtomicBool::new(false),
        })
    }

    /// Whether it lies in the data folder.
    pub(crate) const fn lasts(&self) -> bool {
        self.path.is_some()
    }

    /// Whether a call has failed: it is to be made anew.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed)
    }

    fn caught<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.is_broken() {
            return Err(StoreError::ViewBroken);
        }
        let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(StoreError::ViewBroken));
        if let Err(StoreError::View(_) | StoreError::ViewBroken) = done {
            self.is_broken.store(true, Ordering::Relaxed);
        }
        done
    }

    fn row(&self, key: &[u8]) -> Result<Option<sled::IVec>, StoreError> {
        self.caught(|| Ok(self.db.get(key)?))
    }

    fn scan(&self, prefix: &[u8]) -> Caught<'_> {
        Caught {
            rows: self.db.scan_prefix(prefix),
            view: self,
        }
    }

    /// Where the journal goes on for this view.
    pub(crate) fn applied(&self) -> Result<Option<Position>, StoreError> {
        let Some(bytes) = self.row(&keys::APPLIED)? else {
            return Ok(None);
        };
        let (file, offset) = from_cbor(&bytes, "the view's mark")?;
        Ok(Some(Position { file, offset }))
    }

    /// Turns entries in their records and moves the mark.
    pub(crate) fn apply(
        &self,
        content: &ContentKeys,
        turns: Vec<Turn>,
        applied: Position,
    ) -> Result<BTreeSet<RecordKey>, StoreError> {
        let by_record = by_record(turns);
        self.add_all(content, &by_record)?;
        let mark = to_cbor(&(applied.file, applied.offset))?;
        self.caught(|| Ok(self.db.insert(keys::APPLIED.as_slice(), mark).map(drop)?))?;
        Ok(by_record.into_iter().map(|(key, _new)| key).collect())
    }

    /// Records do not know of each other: many are shared out among the processor's cores.
    fn add_all(
        &self,
        content: &ContentKeys,
        records: &[(RecordKey, Vec<Turn>)],
    ) -> Result<(), StoreError> {
        let share = share_of(records.len());
        let add = |some: &[(RecordKey, Vec<Turn>)]| {
            some.iter()
                .try_for_each(|(key, new)| self.add(content, key, new))
        };
        std::thread::scope(|scope| {
            let (own, others) = records.split_at(share.min(records.len()));
            let helpers: Vec<_> = others
                .chunks(share.max(1))
                .map(|some| scope.spawn(move || wiped(|| add(some))))
                .collect();
            let done = add(own);
            helpers.into_iter().fold(done, |done, helper| {
                done.and(helper.join().unwrap_or(Err(StoreError::ViewBroken)))
            })
        })
    }

    fn add(&self, content: &ContentKeys, key: &RecordKey, new: &[Turn]) -> Result<(), StoreError> {
        let old = self.entries(content, key)?;
        self.replace(content, key, &old, &turned(&old, new))
    }

    /// Writes the difference of a record's index rows, and after that the record: cut short in between,
    /// the same adding makes the same difference once more.
    ///
    /// Row by row: sled makes a batch wait for its log, which takes longer than all the rest (measured).
    fn replace(
        &self,
        content: &ContentKeys,
        key: &RecordKey,
        old: &[Entry],
        all: &[Entry],
    ) -> Result<(), StoreError> {
        let before = index_rows(content, old);
        let after = index_rows(content, all);
        let row = keys::record(key);
        let sealed = if all.is_empty() {
            None
        } else {
            Some(row::seal(content, &row, all)?)
        };
        self.caught(|| {
            for fresh in after.difference(&before) {
                self.db.insert(fresh.as_slice(), &[])?;
            }
            for gone in before.difference(&after) {
                self.db.remove(gone.as_slice())?;
            }
            match sealed {
                Some(sealed) => self.db.insert(row, sealed)?,
                None => self.db.remove(row)?,
            };
            Ok(())
        })
    }

    /// Folds a record without one of its changes.
    pub(crate) fn forget(
        &self,
        content: &ContentKeys,
        key: &RecordKey,
        of: ChangeRef,
    ) -> Result<(), StoreError> {
        let old = self.entries(content, key)?;
        let mut left = old.clone();
        left.retain(|entry| entry.at != of);
        self.replace(content, key, &old, &left)
    }

    /// Whether its rows were sealed with these keys; an empty one belongs to anybody.
    pub(crate) fn is_of(&self, content: &ContentKeys) -> bool {
        let first = self.scan(&[keys::RECORD]).next();
        first.is_none_or(|row| {
            row.is_ok_and(|(key, sealed)| content.view.open(&key, &sealed).is_ok())
        })
    }

    /// The entries of a record; none for one that is not here.
    pub(crate) fn entries(
        &self,
        content: &ContentKeys,
        key: &RecordKey,
    ) -> Result<Vec<Entry>, StoreError> {
        let row = keys::record(key);
        let Some(sealed) = self.row(&row)? else {
            return Ok(Vec::new());
        };
        row::open(content, &row, &sealed)
    }

    /// All records of a kind with their entries.
    pub(crate) fn records_of<'a>(
        &'a self,
        content: &'a ContentKeys,
        kind: &Kind,
    ) -> impl Iterator<Item = Result<(Id, Vec<Entry>), StoreError>> + 'a {
        self.scan(&keys::records_of(kind)).map(|row| {
            let (key, sealed) = row?;
            let id = keys::id_of(&key).ok_or(StoreError::form("a key"))?;
            let entries = row::open(content, &key, &sealed)?;
            Ok((id, entries))
        })
    }

    /// Every record's key, as it stands in the view, with its entries.
    pub(crate) fn all_records<'a>(
        &'a self,
        content: &'a ContentKeys,
    ) -> impl Iterator<Item = Result<(Vec<u8>, Vec<Entry>), StoreError>> + 'a {
        self.scan(&[keys::RECORD]).map(|row| {
            let (key, sealed) = row?;
            let entries = row::open(content, &key, &sealed)?;
            Ok((key.to_vec(), entries))
        })
    }

    /// The ids that stand behind a prefix, in the order of the keys.
    pub(crate) fn ids(
        &self,
        prefix: &[u8],
    ) -> impl DoubleEndedIterator<Item = Result<Id, StoreError>> + use<'_> {
        self.scan(prefix)
            .map(|row| keys::id_of(&row?.0).ok_or(StoreError::form("a key")))
    }

    /// The ids of a whole space, in the order of the keys.
    pub(crate) fn ids_in(
        &self,
        space: Space,
    ) -> impl DoubleEndedIterator<Item = Result<Id, StoreError>> + use<'_> {
        let prefix = [space as u8];
        self.ids(&prefix)
    }

    /// The next rows behind `key`, in the order of the keys, opened.
    pub(crate) fn rows_after(
        &self,
        content: &ContentKeys,
        key: Option<&[u8]>,
        most: usize,
    ) -> Result<Vec<(Vec<u8>, Row)>, StoreError> {
        let from = key.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = Caught {
            rows: self.caught(|| Ok(self.db.range::<&[u8], _>((from, Bound::Unbounded))))?,
            view: self,
        };
        rows.take(most)
            .map(|row| {
                let (key, value) = row?;
                let row = match keys::shelf(&key) {
                    Shelf::Record => Row::Record(row::open(content, &key, &value)?),
                    Shelf::Index => Row::Index,
                    Shelf::Other => Row::Other,
                };
                Ok((key.to_vec(), row))
            })
            .collect()
    }

    /// Loses rows, as sled does after a flipped bit.
    #[cfg(test)]
    pub(crate) fn lose(&self, key: &[u8]) {
        self.db.remove(key).unwrap();
    }

    /// Whether all these rows are there.
    pub(crate) fn has_all(&self, keys: &BTreeSet<Vec<u8>>) -> Result<bool, StoreError> {
        for key in keys {
            if self.row(key)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes what is in memory to disk; the journal has it anyway.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        self.caught(|| Ok(self.db.flush()?))?;
        // sled's own flush is no promise of the disk on Linux.
        let file = path.join("db");
        if file.exists() {
            fs::File::open(file)?.sync_data()?;
        }
        Ok(())
    }
}

/// Rows, where reading one may panic.
struct Caught<'a> {
    rows: sled::Iter,
    view: &'a View,
}

type FoundRow = Result<(sled::IVec, sled::IVec), StoreError>;

impl Caught<'_> {
    fn take_one(
        &mut self,
        one: impl FnOnce(&mut sled::Iter) -> Option<sled::Result<(sled::IVec, sled::IVec)>>,
    ) -> Option<FoundRow> {
        let rows = &mut self.rows;
        let taken = self.view.caught(|| Ok(one(rows).transpose()?));
        taken.transpose()
    }
}

impl Iterator for Caught<'_> {
    type Item = FoundRow;

    fn next(&mut self) -> Option<FoundRow> {
        self.take_one(Iterator::next)
    }
}

impl DoubleEndedIterator for Caught<'_> {
    fn next_back(&mut self) -> Option<FoundRow> {
        self.take_one(DoubleEndedIterator::next_back)
    }
}

/// The index rows the record of these entries must have.
pub(crate) fn index_rows(content: &ContentKeys, entries: &[Entry]) -> BTreeSet<Vec<u8>> {
    entries.first().map_or_else(BTreeSet::new, |first| {
        index::rows(first.change.record(), entries, &content.index)
    })
}

/// The turns of each record, in the order of the journal.
fn by_record(turns: Vec<Turn>) -> Vec<(RecordKey, Vec<Turn>)> {
    let mut by_record: BTreeMap<RecordKey, Vec<Turn>> = BTreeMap::new();
    for turn in turns {
        by_record
            .entry(turn.entry().change.record().clone())
            .or_default()
            .push(turn);
    }
    by_record.into_iter().collect()
}

/// How many of so many records one core takes: all, where handing them over would cost more.
fn share_of(records: usize) -> usize {
    if records < RECORDS_WORTH_SHARING {
        return records;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    records.div_ceil(cores)
}

/// The entries behind some turns: each change stands once, in the form it took last.
fn turned(old: &[Entry], turns: &[Turn]) -> Vec<Entry> {
    let mut entries = old.to_vec();
    let mut places: BTreeMap<ChangeRef, usize> =
        (entries.iter().map(|entry| entry.at)).zip(0..).collect();
    let mut gone = BTreeSet::new();
    for turn in turns {
        let at = turn.entry().at;
        let place = *places.entry(at).or_insert(entries.len());
        match turn {
            Turn::Put(entry) => {
                gone.remove(&at);
                match entries.get_mut(place) {
                    Some(standing) => *standing = entry.clone(),
                    None => entries.push(entry.clone()),
                }
            }
            Turn::Take(entry) => {
                gone.insert(at);
                if place == entries.len() {
                    entries.push(entry.clone());
                }
            }
        }
    }
    entries.retain(|entry| !gone.contains(&entry.at));
    entries
}

fn remove_unfinished_snapshots(path: &Path) -> Result<(), StoreError> {
    let Ok(files) = fs::read_dir(path) else {
        return Ok(());
    };
    for file in files {
        let file = file?;
        if file.file_name().to_string_lossy().ends_with(".generating") {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Moves a damaged view out of the way; the program never deletes one.
pub(crate) fn quarantine(data: &Path, view: &Path) -> Result<(), StoreError> {
    if !view.exists() {
        return Ok(());
    }
    Ok(fs::rename(view, free_place(data, "view")?)?)
}

/// A name in quarantine that nothing has.
pub(crate) fn free_place(data: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let folder = data.join("quarantine");
    fs::create_dir_all(&folder)?;
    (1_u32..100_000)
        .map(|number| folder.join(format!("{name}-{number}")))
        .find(|path| !path.exists())
        .ok_or(StoreError::ViewBroken)
}
