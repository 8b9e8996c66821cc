//! The view: sled, rows sealed, rebuilt from the journal whenever in doubt. It proves nothing; the
//! journal does.
//!
//! Each record stands as the list of its entries (sealed CBOR); reading is folding. An apply writes
//! in batches of at most 400 rows, the mark of how far it got last: repeated, it changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use sled::{Batch, Db, Mode};
use yichuang_domain::record::{Entry, Id, Kind, RecordKey};
use yichuang_journal::Position;
use yichuang_vault::ContentKeys;

use crate::{
    commit::{from_cbor, to_cbor},
    error::StoreError,
    index,
    keys::{self, Space},
};

/// Larger batches cost memory and are no faster: measured.
const ROWS_A_BATCH: usize = 400;
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

pub(crate) struct View {
    db: Db,
    path: PathBuf,
}

impl View {
    /// Opens the view, or moves a broken one to quarantine and starts an empty one.
    pub(crate) fn open(data: &Path) -> Result<(Self, bool), StoreError> {
        let path = data.join("view");
        match Self::try_open(&path) {
            Ok(view) => Ok((view, false)),
            Err(_broken) => {
                quarantine(data, &path)?;
                Self::try_open(&path).map(|view| (view, true))
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, StoreError> {
        remove_unfinished_snapshots(path)?;
        let config = sled::Config::new()
            .path(path)
            .flush_every_ms(None)
            .mode(Mode::LowSpace)
            .cache_capacity(CACHE_BYTES);
        // sled may panic on damage.
        let opened = catch_unwind(AssertUnwindSafe(|| config.open()));
        let db = opened.map_err(|_panic| StoreError::ViewBroken)??;
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }

    /// Throws all rows away.
    pub(crate) fn clear(&self) -> Result<(), StoreError> {
        Ok(self.db.clear()?)
    }

    /// Where the journal goes on for this view.
    pub(crate) fn applied(&self) -> Result<Option<Position>, StoreError> {
        let Some(bytes) = self.db.get(keys::APPLIED)? else {
            return Ok(None);
        };
        let (file, offset) = from_cbor(&bytes, "the view's mark")?;
        Ok(Some(Position { file, offset }))
    }

    /// Adds entries to their records and moves the mark.
    pub(crate) fn apply(
        &self,
        content: &ContentKeys,
        entries: Vec<Entry>,
        applied: Position,
    ) -> Result<BTreeSet<RecordKey>, StoreError> {
        let mut by_record: BTreeMap<RecordKey, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            by_record
                .entry(entry.change.record().clone())
                .or_default()
                .push(entry);
        }
        let changed = by_record.keys().cloned().collect();
        let mut batch = Batch::default();
        let mut rows = 0;
        for (key, new) in by_record {
            rows += self.add(content, &key, new, &mut batch)?;
            if rows >= ROWS_A_BATCH {
                self.db.apply_batch(std::mem::take(&mut batch))?;
                rows = 0;
            }
        }
        batch.insert(
            keys::APPLIED.as_slice(),
            to_cbor(&(applied.file, applied.offset))?,
        );
        self.db.apply_batch(batch)?;
        Ok(changed)
    }

    fn add(
        &self,
        content: &ContentKeys,
        key: &RecordKey,
        new: Vec<Entry>,
        batch: &mut Batch,
    ) -> Result<usize, StoreError> {
        let old = self.entries(content, key)?;
        let known: BTreeSet<_> = old.iter().map(|entry| entry.at).collect();
        let mut all = old.clone();
        all.extend(new.into_iter().filter(|entry| !known.contains(&entry.at)));
        let before = if old.is_empty() {
            BTreeSet::new()
        } else {
            index::rows(key, &old, &content.index)
        };
        let after = index::rows(key, &all, &content.index);
        let row = keys::record(key);
        let sealed = content.view.seal(&row, &to_cbor(&all)?)?;
        batch.insert(row, sealed);
        for gone in before.difference(&after) {
            batch.remove(gone.as_slice());
        }
        for fresh in after.difference(&before) {
            batch.insert(fresh.as_slice(), &[]);
        }
        Ok(1 + before.symmetric_difference(&after).count())
    }

    /// The entries of a record; none for one that is not here.
    pub(crate) fn entries(
        &self,
        content: &ContentKeys,
        key: &RecordKey,
    ) -> Result<Vec<Entry>, StoreError> {
        let row = keys::record(key);
        let Some(sealed) = self.db.get(&row)? else {
            return Ok(Vec::new());
        };
        from_cbor(&content.view.open(&row, &sealed)?, "a record")
    }

    /// All records of a kind with their entries.
    pub(crate) fn records_of<'a>(
        &'a self,
        content: &'a ContentKeys,
        kind: &Kind,
    ) -> impl Iterator<Item = Result<(Id, Vec<Entry>), StoreError>> + 'a {
        self.db.scan_prefix(keys::records_of(kind)).map(|row| {
            let (key, sealed) = row?;
            let id = keys::id_of(&key).ok_or(StoreError::form("a key"))?;
            let entries = from_cbor(&content.view.open(&key, &sealed)?, "a record")?;
            Ok((id, entries))
        })
    }

    /// The ids that stand behind a prefix, in the order of the keys.
    pub(crate) fn ids(
        &self,
        prefix: &[u8],
    ) -> impl DoubleEndedIterator<Item = Result<Id, StoreError>> + use<> {
        self.db
            .scan_prefix(prefix)
            .keys()
            .map(|key| keys::id_of(&key?).ok_or(StoreError::form("a key")))
    }

    /// The ids of a whole space, in the order of the keys.
    pub(crate) fn ids_in(
        &self,
        space: Space,
    ) -> impl DoubleEndedIterator<Item = Result<Id, StoreError>> + use<> {
        let prefix = [space as u8];
        self.ids(&prefix)
    }

    /// Writes what is in memory to disk; the journal has it anyway.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        self.db.flush()?;
        // sled's own flush is no promise of the disk on Linux.
        let file = self.path.join("db");
        if file.exists() {
            fs::File::open(file)?.sync_data()?;
        }
        Ok(())
    }
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
    let folder = data.join("quarantine");
    fs::create_dir_all(&folder)?;
    let free = (1_u32..100_000)
        .map(|number| folder.join(format!("view-{number}")))
        .find(|path| !path.exists());
    match free {
        Some(free) => Ok(fs::rename(view, free)?),
        None => Err(StoreError::ViewBroken),
    }
}
