//! What a backup says about itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yichuang_domain::record::{CommitRef, Id};

use super::BackupError;
use crate::{
    commit::Hash,
    heads::{self, Heads},
};

/// The end of one device's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last commit.
    pub commit: CommitRef,
    /// Its hash.
    #[serde(with = "serde_bytes")]
    pub hash: Vec<u8>,
}

/// What a backup says about itself. Read before anything else; nothing in it is believed: restoring
/// compares it with what the journal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program that wrote it.
    pub program: String,
    /// When it was begun, milliseconds since 1970 (UTC).
    pub time: i64,
    /// The community's id.
    #[serde(with = "serde_bytes")]
    pub community: Vec<u8>,
    /// The device that wrote it.
    pub device: Id,
    /// Where each device's chain ends.
    pub heads: Vec<Head>,
    /// Blocks of the journal.
    pub blocks: u64,
    /// Files it brings.
    pub files: u64,
    /// Their bytes altogether.
    pub bytes: u64,
}

impl Manifest {
    /// Commits, of all devices.
    pub fn commits(&self) -> u64 {
        self.heads.iter().map(|head| head.commit.seq).sum()
    }

    /// The digest of what the journal says: who, how far, and the last hash of every chain, which
    /// stands for all before. Two journals with one digest hold the same commits.
    pub fn digest(&self) -> String {
        digest_of(&self.community, &self.heads)
    }

    /// Whether the journal says the same.
    pub(super) fn require(&self, heads: &Heads) -> Result<(), BackupError> {
        if self.community == heads.community && self.heads == heads_of(&heads.ends) {
            Ok(())
        } else {
            Err(BackupError::damaged("the journal's ends"))
        }
    }
}

pub(super) fn heads_of(heads: &BTreeMap<Id, heads::Head>) -> Vec<Head> {
    let each = heads.iter();
    each.map(|(device, head)| Head {
        commit: CommitRef {
            device: *device,
            seq: head.seq,
        },
        hash: head.hash.to_vec(),
    })
    .collect()
}

fn digest_of(community: &[u8], heads: &[Head]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(community);
    for head in heads {
        hasher.update(&head.commit.device.bytes());
        hasher.update(&head.commit.seq.to_be_bytes());
        hasher.update(&head.hash);
    }
    let digest: Hash = *hasher.finalize().as_bytes();
    crate::hex::hex(&digest)
}
