//! Comparing the view with the journal, in small steps while nobody waits. sled's own counts prove
//! nothing; the journal does.
//!
//! First every entry of the journal must stand in its record; then every row of the view is read,
//! its index rows must be there, and the sums must agree, so that there is nothing besides.

use std::collections::BTreeMap;

use yichuang_domain::record::{Entry, RecordKey};
use yichuang_journal::{JournalError, Position};
use yichuang_vault::ContentKeys;

use crate::{
    error::StoreError,
    store::{Note, Store},
    view::{Row, View, index_rows},
};

const BLOCKS_A_STEP: u64 = 200;
/// A block of an import has a thousand changes and more: a step ends with the block that goes beyond this.
const ENTRIES_A_STEP: u64 = 400;
const ROWS_A_STEP: usize = 400;

/// How far comparing got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrub {
    /// It goes on with the next step.
    Going {
        /// Blocks compared so far.
        blocks: u64,
    },
    /// Everything agrees; the next step begins anew.
    Sound,
    /// The view was wrong. It lies in quarantine, and a new one was made.
    Mended,
    /// The new view is wrong as well: somebody must look at this machine.
    Wrong,
}

/// What the comparison remembers between two steps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comparison {
    /// Up to where the journal was read; `None` before the beginning.
    at: Option<Position>,
    blocks: u64,
    /// The journal's end when it began: only if it is still the end, sums must agree.
    began_at: Option<Position>,
    entries: u64,
    /// The last row of the view that was read, once the journal is through.
    row: Option<Vec<u8>>,
    in_view: Sums,
    has_mended: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    entries: u64,
    index_rows: u64,
    index_rows_expected: u64,
}

enum Pause {
    Enough,
    Broke(StoreError),
}

impl From<JournalError> for Pause {
    fn from(error: JournalError) -> Self {
        Self::Broke(error.into())
    }
}

impl From<StoreError> for Pause {
    fn from(error: StoreError) -> Self {
        Self::Broke(error)
    }
}

impl Store {
    /// Compares a little more of the view with the journal: some milliseconds of work. What is wrong
    /// is mended, which takes as long as [`Store::rebuild`].
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses.
    pub fn scrub_step(&mut self) -> Result<Scrub, StoreError> {
        let mut comparison = std::mem::take(&mut self.comparison);
        let (has_mended, blocks) = (comparison.has_mended, comparison.blocks);
        match self.compare_step(&mut comparison) {
            Ok(Some(true)) => {
                self.comparison.has_mended = has_mended;
                Ok(Scrub::Sound)
            }
            Ok(None) => {
                let blocks = comparison.blocks.max(blocks);
                self.comparison = comparison;
                Ok(Scrub::Going { blocks })
            }
            Ok(Some(false)) if has_mended => {
                self.comparison.has_mended = true;
                Ok(Scrub::Wrong)
            }
            Ok(Some(false)) => {
                self.renew_view(&mut |_done| ())?;
                self.comparison.has_mended = true;
                Ok(Scrub::Mended)
            }
            Err(error) => {
                // A start does not read finished files again: this is where their damage is met.
                if matches!(error, StoreError::Journal(JournalError::Damaged(_))) {
                    self.note(Note::JournalDamaged);
                }
                Err(error)
            }
        }
    }

    /// Compares all of it at once: whether the view agrees with the journal.
    pub(crate) fn view_agrees(&self) -> Result<bool, StoreError> {
        let mut comparison = Comparison::default();
        loop {
            if let Some(agrees) = self.compare_step(&mut comparison)? {
                return Ok(agrees);
            }
        }
    }

    /// `None`: not through yet.
    fn compare_step(&self, comparison: &mut Comparison) -> Result<Option<bool>, StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let Some(view) = self.view.as_ref() else {
            return Ok(Some(false));
        };
        let head = truth.journal.head();
        let compared = if comparison.row.is_none() && comparison.at != Some(head) {
            comparison.began_at.get_or_insert(head);
            self.compare_blocks(comparison, view, &session.content, head)
        } else {
            let is_unchanged = comparison.began_at == Some(head);
            comparison.rows(view, &session.content, is_unchanged)
        };
        match compared {
            // The view itself is what cannot be read.
            Err(
                StoreError::View(_)
                | StoreError::ViewBroken
                | StoreError::Seal(_)
                | StoreError::Form { .. },
            ) => Ok(Some(false)),
            compared => compared,
        }
    }

    fn compare_blocks(
        &self,
        comparison: &mut Comparison,
        view: &View,
        content: &ContentKeys,
        head: Position,
    ) -> Result<Option<bool>, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let from = comparison.at.unwrap_or(Position::START);
        let mut by_record: BTreeMap<RecordKey, Vec<Entry>> = BTreeMap::new();
        let (mut blocks, entries_before) = (0, comparison.entries);
        let log = self.log()?;
        let read = truth.journal.read_all(from, |block| {
            for entry in Self::standing(&log, &block)? {
                comparison.entries += 1;
                let record = entry.change.record().clone();
                by_record.entry(record).or_default().push(entry);
            }
            comparison.at = Some(block.next);
            comparison.blocks += 1;
            blocks += 1;
            let entries = comparison.entries - entries_before;
            if blocks < BLOCKS_A_STEP && entries < ENTRIES_A_STEP {
                Ok(())
            } else {
                Err(Pause::Enough)
            }
        });
        match read {
            Ok(()) => comparison.at = Some(head),
            Err(Pause::Enough) => {}
            Err(Pause::Broke(error)) => return Err(error),
        }
        for (record, wanted) in by_record {
            let there: BTreeMap<_, _> = view
                .entries(content, &record)?
                .into_iter()
                .map(|entry| (entry.at, entry))
                .collect();
            let has = |wanted: &Entry| there.get(&wanted.at).is_some_and(|is| is_same(is, wanted));
            if !wanted.iter().all(has) {
                return Ok(Some(false));
            }
        }
        Ok(None)
    }
}

impl Comparison {
    fn rows(
        &mut self,
        view: &View,
        content: &ContentKeys,
        is_unchanged: bool,
    ) -> Result<Option<bool>, StoreError> {
        let rows = view.rows_after(content, self.row.as_deref(), ROWS_A_STEP)?;
        let is_end = rows.len() < ROWS_A_STEP;
        for (key, row) in rows {
            match row {
                Row::Record(entries) => {
                    let expected = index_rows(content, &entries);
                    if !view.has_all(&expected)? {
                        return Ok(Some(false));
                    }
                    self.in_view.entries += entries.len() as u64;
                    self.in_view.index_rows_expected += expected.len() as u64;
                }
                Row::Index => self.in_view.index_rows += 1,
                Row::Other => {}
            }
            self.row = Some(key);
        }
        if !is_end {
            return Ok(None);
        }
        let agrees = self.in_view.entries == self.entries
            && self.in_view.index_rows == self.in_view.index_rows_expected;
        Ok(Some(agrees || !is_unchanged))
    }
}

/// The same change by the same person at the same time; what the hub says of it may be newer.
fn is_same(one: &Entry, other: &Entry) -> bool {
    one.at == other.at
        && one.time == other.time
        && one.actor == other.actor
        && one.on_behalf_of == other.on_behalf_of
        && one.change == other.change
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;
    use yichuang_domain::{
        office::staff::Role,
        record::{Change, Id, Kind, RecordKey, Seen},
    };

    use super::*;
    use crate::{Act, Founding, KdfParams, NewStaff, keys};

    const PASSWORD: &str = "plum-river-47-lantern";

    /// A store with so many people in it.
    fn with_people(data: &Path, count: u8) -> Store {
        let founding = Founding {
            community: "新茂社区".to_owned(),
            staff: vec![NewStaff {
                name: "王丽".to_owned(),
                role: Role::Clerk,
                corner: None,
                password: PASSWORD.to_owned(),
            }],
            station: 'A',
            time: 1,
            kdf: KdfParams::cheap_for_tests(),
        };
        let actor = Store::found(data, &founding).unwrap().staff[0];
        let mut store = Store::open(data).unwrap();
        store.unlock(actor, PASSWORD).unwrap();
        for number in 0..count {
            let phone = format!("154000012{number:02}");
            let change = Change::Set {
                record: person(number),
                fields: [
                    ("name".to_owned(), json!("张三")),
                    ("phones".to_owned(), json!([phone])),
                ]
                .into(),
            };
            let act = Act {
                actor,
                keys: None,
                on_behalf_of: None,
                command: "register_resident",
                seen: Seen::default(),
                time: 2,
                changes: vec![change],
            };
            store.commit(vec![act]).unwrap();
        }
        store
    }

    fn person(number: u8) -> RecordKey {
        RecordKey::new(Kind::PERSON, Id::from_bytes([number; 16]))
    }

    fn scrub(store: &mut Store) -> Scrub {
        loop {
            match store.scrub_step().unwrap() {
                Scrub::Going { .. } => {}
                done => return done,
            }
        }
    }

    #[test]
    fn a_view_that_agrees_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = with_people(folder.path(), 9);
        assert_eq!(scrub(&mut store), Scrub::Sound);
        assert!(!folder.path().join("quarantine").exists());
    }

    #[test]
    fn a_lost_record_and_a_lost_index_row_are_found_and_mended() {
        for loses_index in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let mut store = with_people(folder.path(), 9);
            let index = store.token("phone", "15400001204").unwrap();
            let key = if loses_index {
                keys::by_token(keys::Space::PersonByToken, index, person(4).id)
            } else {
                keys::record(&person(4))
            };
            store.view.as_ref().unwrap().lose(&key);
            assert_eq!(scrub(&mut store), Scrub::Mended);
            assert_eq!(store.records(&Kind::PERSON).unwrap().len(), 9);
            assert_eq!(
                store.people_with_phone("15400001204").unwrap(),
                [person(4).id]
            );
            assert!(folder.path().join("quarantine/view-1").is_dir());
            assert_eq!(scrub(&mut store), Scrub::Sound);
        }
    }

    #[test]
    fn a_second_wrong_view_is_told_and_not_made_anew_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = with_people(folder.path(), 3);
        for expected in [Scrub::Mended, Scrub::Wrong, Scrub::Wrong] {
            store.view.as_ref().unwrap().lose(&keys::record(&person(1)));
            assert_eq!(scrub(&mut store), expected);
        }
        assert!(!folder.path().join("quarantine/view-2").exists());
    }
}
