//! Checking the whole chain: blocks, order, hashes, changes and signatures.

use std::collections::BTreeMap;

use yichuang_domain::record::{Entry, Id, Kind, fold};
use yichuang_journal::Position;

use crate::{
    commit::{Commit, Hash, from_cbor},
    error::StoreError,
    store::{COMMITS, Store},
};

/// What checking found. Sound when nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Commits checked.
    pub commits: u64,
    /// Blocks checked.
    pub blocks: u64,
    /// Bytes checked.
    pub bytes: u64,
    /// Blocks that cannot be read.
    pub damaged_blocks: u64,
    /// Commits whose place in the chain is wrong.
    pub broken_links: u64,
    /// Commits whose changes are not those that were signed.
    pub changed: u64,
    /// Commits whose signature does not hold.
    pub unsigned: u64,
}

impl Verified {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.damaged_blocks == 0
            && self.broken_links == 0
            && self.changed == 0
            && self.unsigned == 0
    }
}

impl Store {
    /// Checks the journal from the first byte to the last.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let report = truth.journal.verify()?;
        let mut found = Verified {
            blocks: report.blocks,
            bytes: report.bytes,
            damaged_blocks: u64::try_from(report.damage.len()).unwrap_or(u64::MAX),
            ..Verified::default()
        };
        if found.damaged_blocks > 0 {
            return Ok(found);
        }
        let mut keys: BTreeMap<Id, [u8; 32]> = BTreeMap::new();
        let mut chains: BTreeMap<Id, (u64, Hash)> = BTreeMap::new();
        truth.journal.read_all(Position::START, |block| {
            if block.kind == COMMITS {
                for commit in from_cbor::<Vec<Commit>>(block.body, "a block of commits")? {
                    found.check(&commit, &mut keys, &mut chains)?;
                }
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }
}

impl Verified {
    fn check(
        &mut self,
        commit: &Commit,
        keys: &mut BTreeMap<Id, [u8; 32]>,
        chains: &mut BTreeMap<Id, (u64, Hash)>,
    ) -> Result<(), StoreError> {
        self.commits += 1;
        let header = commit.header()?;
        let entries = commit.entries()?;
        if header.community.is_empty() {
            // The first commit brings the keys it is signed with: its hash is the community's id.
            learn_keys(&entries, keys);
        }
        let (expected_seq, expected_prev) = match chains.get(&header.device) {
            Some((seq, hash)) => (seq + 1, hash.to_vec()),
            None => (1, Vec::new()),
        };
        self.broken_links += u64::from(header.seq != expected_seq || header.prev != expected_prev);
        self.changed += u64::from(!commit.changes_hold()?);
        let is_signed = keys
            .get(&header.actor)
            .is_some_and(|key| commit.is_signed_by(key));
        self.unsigned += u64::from(!is_signed);
        learn_keys(&entries, keys);
        chains.insert(header.device, (header.seq, commit.hash()));
        Ok(())
    }
}

fn learn_keys(entries: &[Entry], keys: &mut BTreeMap<Id, [u8; 32]>) {
    for entry in entries {
        let record = entry.change.record();
        if record.kind != Kind::STAFF && record.kind != Kind::DEVICE {
            continue;
        }
        let text = fold(std::slice::from_ref(entry)).get::<String>("signing");
        if let Some(key) = text.as_deref().and_then(unhex) {
            keys.insert(record.id, key);
        }
    }
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .filter_map(|pair| Some(pair.first()? * 16 + pair.get(1)?))
        .collect();
    bytes.try_into().ok()
}
