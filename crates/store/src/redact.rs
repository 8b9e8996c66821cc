//! Redaction (涂除): the content of a change is taken away for good; its hash stays, so that the chain,
//! the roots and the signatures still verify.
//!
//! ```text
//! record redaction/ID   event redact     { of, record, reason }: the order, signed by who gave it
//!                       event redacted   { }: signed by this machine, once its journal was written anew
//! ```
//!
//! The order is a commit like any other. Then the files that hold the changes are written anew
//! (`journal/src/redact.rs`) and the record is folded without them. A crash in between loses nothing: an
//! order that is not carried out is carried out at the next unlock. Who may give one, and when, is for
//! the office's rules; what a medium keeps of a replaced file is sealed, and beyond us.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use yichuang_domain::record::{
    Change, ChangeRef, Folded, Happening, Header, Id, Kind, RecordKey, Seen,
};
use yichuang_journal::Position;
use yichuang_sync::Keep;

use crate::{
    commit::{Commit, Leaf, from_cbor, to_cbor},
    error::StoreError,
    received::{RECEIVED, commits_in},
    scrub::Comparison,
    store::{Act, COMMITS, Store, random_id},
};

const REDACT: &str = "redact";
const REDACTED: &str = "redacted";

/// An order, as the journal carries it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Order {
    of: ChangeRef,
    record: RecordKey,
    reason: String,
}

impl Store {
    /// Takes the content of a change away for good, as whoever unlocked the store.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotRedactable`] for a change that is not there, was redacted before, or that the
    /// chain itself rests on (people and their keys, devices, the community, orders); when the store is
    /// locked; and what the disk says. After an error the order may stand: it is then carried out at the
    /// next unlock.
    pub fn redact(&mut self, of: ChangeRef, reason: &str, time: i64) -> Result<(), StoreError> {
        let actor = self.person().ok_or(StoreError::Locked)?;
        self.require_writable()?;
        let record = self.redactable(of)?;
        // The order goes to a file of its own, so that the one with the change has ended.
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        truth.journal.end_file()?;
        let id = random_id()?;
        let order = Order {
            of,
            record,
            reason: reason.to_owned(),
        };
        self.commit(vec![event(actor, time, id, REDACT, json!(order))])?;
        self.carry_out(id, &order, time)
    }

    /// Carries out the orders that a crash left undone.
    pub(crate) fn finish_redactions(&mut self) -> Result<(), StoreError> {
        let device = self.device().ok_or(StoreError::Locked)?;
        for record in self.records(&Kind::REDACTION)? {
            if let Some(order) = waiting(&record.folded, device) {
                let time = self.last_time().unwrap_or_default();
                self.carry_out(record.id, &order, time)?;
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, id: Id, order: &Order, time: i64) -> Result<(), StoreError> {
        let of = order.of;
        let files = self
            .truth
            .as_ref()
            .ok_or(StoreError::Locked)?
            .files_with(of)?;
        self.leave_files(&files)?;
        // The view must not have to read on from a place in a file that is about to change.
        self.flush()?;
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        for file in files {
            truth.journal.rewrite_file(file, |kind, body| match kind {
                COMMITS => without(body, of),
                RECEIVED => received_without(body, of),
                _ => Ok(None),
            })?;
        }
        // They hold places in a file that is another one now.
        self.comparison = Comparison::default();
        self.read_log_again()?;
        let (view, content) = self.parts()?;
        view.forget(content, &order.record, of)?;
        self.forget_kept();
        let device = self.device().ok_or(StoreError::Locked)?;
        self.commit(vec![event(device, time, id, REDACTED, json!({}))])?;
        Ok(())
    }

    /// Goes on in another file where one of these is being written: what came from the hub may stand in
    /// it. The guards must name a block behind it, so the cursor is kept once more.
    fn leave_files(&mut self, files: &BTreeSet<u32>) -> Result<(), StoreError> {
        let truth = self.truth.as_mut().ok_or(StoreError::Locked)?;
        if !files.contains(&truth.journal.head().file) {
            return Ok(());
        }
        truth.journal.end_file()?;
        if let Some(end) = self.log()?.cursor() {
            let frames = Vec::new();
            self.receive(&Keep::Frames { frames, end })?;
        }
        Ok(())
    }

    /// The record of a change, when its content may be taken away.
    fn redactable(&self, of: ChangeRef) -> Result<RecordKey, StoreError> {
        const NEEDED: [Kind; 5] = [
            Kind::STAFF,
            Kind::DEVICE,
            Kind::COMMUNITY,
            Kind::SENSITIVE_KEY,
            Kind::REDACTION,
        ];
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let mut found = None;
        truth.each_commit(|_file, header, commit| {
            if holds(header, of) {
                let entry = commit.entries()?.into_iter().find(|entry| entry.at == of);
                found = entry.map(|entry| entry.change.record().clone());
            }
            Ok(())
        })?;
        found
            .filter(|record| !NEEDED.contains(&record.kind))
            .ok_or(StoreError::NotRedactable)
    }
}

impl crate::store::Truth {
    /// The files in which the content of the change stands.
    fn files_with(&self, of: ChangeRef) -> Result<BTreeSet<u32>, StoreError> {
        let mut files = BTreeSet::new();
        self.each_commit(|file, header, commit| {
            if holds(header, of) && leaf_of(&commit.leaves, of).is_some() {
                files.insert(file);
            }
            Ok(())
        })?;
        Ok(files)
    }

    fn each_commit(
        &self,
        mut each: impl FnMut(u32, &Header, &Commit) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.journal.read_all(Position::START, |block| {
            for commit in commits_in(block.kind, block.body)? {
                each(block.at.file, &commit.header()?, &commit)?;
            }
            Ok(())
        })
    }
}

fn holds(header: &Header, of: ChangeRef) -> bool {
    (header.device, header.seq) == (of.device, of.seq)
}

/// The leaf of the change, while it has its content.
fn leaf_of(leaves: &[Leaf], of: ChangeRef) -> Option<(usize, Vec<u8>)> {
    let place = usize::try_from(of.index).ok()?;
    match leaves.get(place)? {
        Leaf::Whole { .. } => Some((place, leaves.get(place)?.hash().ok()?.to_vec())),
        Leaf::Redacted { .. } => None,
    }
}

/// A block of commits without the content of the change; nothing when it is not in there.
fn without(body: &[u8], of: ChangeRef) -> Result<Option<Vec<u8>>, StoreError> {
    let mut commits: Vec<Commit> = from_cbor(body, "a block of commits")?;
    let mut is_changed = false;
    for commit in &mut commits {
        is_changed |= strike(commit, of)?;
    }
    is_changed.then(|| to_cbor(&commits)).transpose()
}

/// The same of a received block. The digest of the hub's log is over hashes: it stays.
fn received_without(body: &[u8], of: ChangeRef) -> Result<Option<Vec<u8>>, StoreError> {
    let Keep::Frames { mut frames, end } = from_cbor(body, "a block received")? else {
        return Ok(None);
    };
    let mut is_changed = false;
    for frame in &mut frames {
        let is_it = (frame.at.device, frame.at.seq) == (of.device, of.seq);
        if !is_it || frame.commit.is_empty() {
            continue;
        }
        let mut commit: Commit = from_cbor(&frame.commit, "a commit received")?;
        if strike(&mut commit, of)? {
            frame.commit = to_cbor(&commit)?;
            is_changed = true;
        }
    }
    let keep = Keep::Frames { frames, end };
    is_changed.then(|| to_cbor(&keep)).transpose()
}

/// Takes the content of the change out of a commit; says whether it was in there.
fn strike(commit: &mut Commit, of: ChangeRef) -> Result<bool, StoreError> {
    if !holds(&commit.header()?, of) {
        return Ok(false);
    }
    let Some((place, hash)) = leaf_of(&commit.leaves, of) else {
        return Ok(false);
    };
    let leaf = commit.leaves.get_mut(place);
    Ok(leaf.map(|leaf| *leaf = Leaf::Redacted { hash }).is_some())
}

/// The order that still waits to be carried out on this machine: each writes its own journal anew.
fn waiting(folded: &Folded, device: Id) -> Option<Order> {
    let is_done = |event: &Happening| event.event == REDACTED && event.at.device == device;
    if folded.events.iter().any(is_done) {
        return None;
    }
    let events: BTreeMap<&str, &serde_json::Value> = folded
        .events
        .iter()
        .map(|event| (event.event.as_str(), &event.body))
        .collect();
    serde_json::from_value((*events.get(REDACT)?).clone()).ok()
}

fn event(actor: Id, time: i64, id: Id, name: &str, body: serde_json::Value) -> Act<'_> {
    Act {
        actor,
        keys: None,
        on_behalf_of: None,
        command: name,
        seen: Seen::default(),
        time,
        changes: vec![Change::Event {
            record: RecordKey::new(Kind::REDACTION, id),
            event: name.to_owned(),
            body,
        }],
    }
}
