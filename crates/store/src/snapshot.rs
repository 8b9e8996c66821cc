//! What was worked out from the records for a session (who is in the search), kept sealed, so that the
//! next unlock need not read and fold everybody. Lies in files named `kept.*`; each may be lost, torn, old,
//! of another desk or wrong at any time, and is then made anew.
//!
//! ```text
//! sealed with the view's key, bound to its name: length of the mark(4) ‖ mark ‖ the bytes
//! ```
//!
//! It is true for the place of the journal its mark stands at; what changed behind that is told with it.
//! None is believed that was made of a view that turned out to be wrong.

use std::collections::BTreeSet;

use yichuang_domain::record::RecordKey;
use yichuang_journal::Mark;

use crate::{
    beside,
    error::StoreError,
    store::{Store, turns_of},
};

/// Reading more changes than this takes longer than making it anew.
const MOST_CHANGES: usize = 20_000;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Summary {
    /// Everybody in the search.
    People,
    /// The open cases, as lists show them.
    OpenCases,
}

impl Summary {
    const ALL: [Self; 2] = [Self::People, Self::OpenCases];

    const fn file(self) -> &'static str {
        match self {
            Self::People => "kept.people",
            Self::OpenCases => "kept.cases",
        }
    }

    fn label(self) -> Vec<u8> {
        // A fold of another version may be another one.
        format!("yichuang {} {}", env!("CARGO_PKG_VERSION"), self.file()).into_bytes()
    }
}

/// What was kept, and the records that changed since. Nothing of it is printed.
pub(crate) struct Kept {
    /// As it was given to [`Store::keep`].
    pub(crate) bytes: Vec<u8>,
    /// Whose part in it is old.
    pub(crate) changed: BTreeSet<RecordKey>,
}

impl Store {
    /// Keeps something worked out from all records as they are now. Nothing is lost where it cannot be
    /// written: it is made anew then.
    pub(crate) fn keep(&self, what: Summary, bytes: &[u8]) -> Result<(), StoreError> {
        let (_view, content) = self.parts()?;
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let mark = truth.journal.mark()?;
        let Some(mark) = mark.filter(|_mark| self.read_only().is_none()) else {
            return Ok(());
        };
        let mark = mark.encode();
        let length = u32::try_from(mark.len()).unwrap_or(u32::MAX).to_be_bytes();
        let plain = [&length, mark.as_slice(), bytes].concat();
        let sealed = content.view.seal(&what.label(), &plain)?;
        let place = self.data.join(what.file());
        Ok(beside::write(self.disk.as_ref(), &place, &sealed)?)
    }

    /// What was kept, if it can be believed.
    pub(crate) fn kept(&self, what: Summary) -> Option<Kept> {
        let (_view, content) = self.parts().ok()?;
        let sealed = beside::read(self.disk.as_ref(), &self.data.join(what.file()))?;
        let mut plain = content.view.open(&what.label(), &sealed).ok()?;
        let length = u32::from_be_bytes(*plain.first_chunk()?);
        let length = usize::try_from(length).ok()?.checked_add(4)?;
        let mark = Mark::decode(plain.get(4..length)?)?;
        plain.drain(..length);
        Some(Kept {
            changed: self.changed_since(&mark)?,
            bytes: plain,
        })
    }

    /// Nothing when this journal never was at this mark, or went on far since.
    fn changed_since(&self, mark: &Mark) -> Option<BTreeSet<RecordKey>> {
        let truth = self.truth.as_ref()?;
        if !truth.journal.holds(mark) {
            return None;
        }
        let log = self.log().ok()?;
        let mut changed = BTreeSet::new();
        let read = truth.journal.read_all(mark.end(), |block| {
            let (turns, _commits) = turns_of(&truth.journal, &log, &block)?;
            changed.extend(
                turns
                    .iter()
                    .map(|turn| turn.entry().change.record().clone()),
            );
            if changed.len() > MOST_CHANGES {
                return Err(StoreError::form("what was kept long ago"));
            }
            Ok(())
        });
        read.is_ok().then_some(changed)
    }

    /// Nothing that was kept is believed any more: the view it was made of was wrong, or lost a change.
    pub(crate) fn forget_kept(&mut self) {
        self.view_changes += 1;
        if self.read_only().is_some() {
            return;
        }
        for what in Summary::ALL {
            let place = self.data.join(what.file());
            if place.exists() {
                drop(beside::write(self.disk.as_ref(), &place, &[]));
            }
        }
    }
}
