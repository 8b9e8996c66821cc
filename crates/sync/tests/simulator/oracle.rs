//! What must be true. Knows what really happened, and folds from nothing, in its own simple way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use yichuang_domain::record::{Change, ChangeRef, CommitRef, Entry, Folded, Kind, RecordKey, fold};
use yichuang_sync::{Frame, Hash, Reader, Reading};

use crate::people::CheapReader;

/// What the oracle saw happen.
#[derive(Default)]
pub(crate) struct Oracle {
    /// Every commit a desk said was done, by its hash, with who wrote it.
    pub(crate) acknowledged: BTreeMap<Hash, CommitRef>,
    /// Those whose disk went away before anybody else had them.
    pub(crate) lost_with_disk: BTreeSet<Hash>,
    /// Every commit the hub said it took.
    pub(crate) taken: BTreeSet<Hash>,
    /// What the screen really showed when a commit was decided, by the commit's hash: clones write two
    /// commits in one place.
    pub(crate) shown: BTreeMap<Hash, BTreeSet<ChangeRef>>,
    /// Commits written again: the old one's hash, and the new one's.
    pub(crate) rewritten: BTreeMap<Hash, Hash>,
}

/// The entries of a log, from nothing.
fn entries_of(frames: &[Frame]) -> BTreeMap<RecordKey, Vec<Entry>> {
    let readings: Vec<Reading> = frames
        .iter()
        .map(|frame| CheapReader.read(&frame.commit).unwrap())
        .collect();
    let mut records: BTreeMap<RecordKey, Vec<Entry>> = BTreeMap::new();
    let mut refused: BTreeMap<CommitRef, Reading> = BTreeMap::new();
    let mut epochs: Vec<(u64, u64)> = Vec::new();
    for (frame, reading) in frames.iter().zip(&readings) {
        if !frame.verdict.has_effect() {
            refused.insert(frame.at, reading.clone());
            continue;
        }
        let mut all = vec![reading.clone()];
        for change in reading.changes.iter().flatten() {
            let Change::Event { record, body, .. } = change else {
                continue;
            };
            if record.kind == Kind::ADOPTION {
                let of = serde_json::from_value(body.clone()).unwrap();
                all.extend(refused.remove(&of));
            }
        }
        for one in all {
            for mut entry in one.entries() {
                entry.number = Some(frame.number);
                entry.received_at = Some(frame.received_at);
                for (epoch, from) in &epochs {
                    if u64::from(entry.seen.epoch) < *epoch {
                        entry.seen.number = entry.seen.number.min(from - 1);
                    }
                }
                let record = records.entry(entry.change.record().clone());
                record.or_default().push(entry);
            }
        }
        for change in reading.changes.iter().flatten() {
            if let Change::Event { record, body, .. } = change
                && record.kind == Kind::EPOCH
            {
                let field = |name: &str| body[name].as_u64().unwrap();
                epochs.push((field("epoch"), field("from")));
            }
        }
    }
    records
}

/// All records of a log, folded from nothing.
pub(crate) fn folded(frames: &[Frame]) -> BTreeMap<RecordKey, Folded> {
    let fold = |(key, entries): (RecordKey, Vec<Entry>)| (key, fold(&entries));
    entries_of(frames).into_iter().map(fold).collect()
}

/// Numbers are dense, unique and chained; no commit has two.
pub(crate) fn numbers(frames: &[Frame]) -> Result<(), String> {
    let mut commits = BTreeSet::new();
    for (number, frame) in (1..).zip(frames) {
        if frame.number != number {
            return Err(format!("number {} stands in place {number}", frame.number));
        }
        if !commits.insert(frame.at) {
            return Err(format!("{:?} has two numbers", frame.at));
        }
    }
    Ok(())
}

impl Oracle {
    /// Nothing a desk or the hub said was done is missing from the log.
    pub(crate) fn nothing_is_lost(&self, frames: &[Frame]) -> Result<(), String> {
        let there: BTreeSet<Hash> = frames.iter().map(|frame| frame.hash).collect();
        for (hash, at) in &self.acknowledged {
            let mut hash = *hash;
            // What was written again may have been written again.
            while let (false, Some(new)) = (there.contains(&hash), self.rewritten.get(&hash)) {
                hash = *new;
            }
            if !there.contains(&hash) && !self.lost_with_disk.contains(&hash) {
                return Err(format!("the acknowledged commit {at:?} is nowhere"));
            }
        }
        Ok(())
    }

    /// Nothing the hub took is missing from its disk.
    pub(crate) fn taken_is_there(&self, frames: &[Frame]) -> Result<(), String> {
        let there: BTreeSet<Hash> = frames.iter().map(|frame| frame.hash).collect();
        match self.taken.iter().find(|hash| !there.contains(*hash)) {
            Some(_hash) => Err("the hub lost a commit it had taken".to_owned()),
            None => Ok(()),
        }
    }

    /// The living values of every field are those of an observer who knows what every screen showed.
    /// Where numbers were counted anew or commits written again, there may be more of them, never fewer.
    pub(crate) fn conflicts(&self, frames: &[Frame], exactly: bool) -> Result<(), String> {
        let hashes = frames.iter().map(|frame| (frame.at, frame.hash)).collect();
        for (key, entries) in entries_of(frames) {
            let fold = fold(&entries);
            for (name, field) in &fold.fields {
                let alive: BTreeSet<String> = field
                    .heads
                    .iter()
                    .map(|head| head.value.to_string())
                    .collect();
                let observed = self.alive(&entries, name, &hashes);
                let holds = if exactly {
                    alive == observed
                } else {
                    alive.is_superset(&observed)
                };
                if !holds {
                    return Err(format!(
                        "{key:?} {name}: alive {alive:?}, but an observer has {observed:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    fn alive(
        &self,
        entries: &[Entry],
        name: &str,
        hashes: &BTreeMap<CommitRef, Hash>,
    ) -> BTreeSet<String> {
        let mut living: Vec<(ChangeRef, &Value)> = Vec::new();
        for entry in entries {
            let Change::Set { fields, .. } = &entry.change else {
                continue;
            };
            let Some(value) = fields.get(name) else {
                continue;
            };
            let commit = CommitRef {
                device: entry.at.device,
                seq: entry.at.seq,
            };
            let shown = hashes.get(&commit).and_then(|hash| self.shown.get(hash));
            living.retain(|(at, _value)| {
                let same_desk = at.device == entry.at.device && *at < entry.at;
                !same_desk && !shown.is_some_and(|shown| shown.contains(at))
            });
            living.push((entry.at, value));
        }
        living
            .into_iter()
            .map(|(_at, value)| value.to_string())
            .collect()
    }
}
