//! Which commit follows which, and whose keys sign: the one judge of `verify` and of proofs.
//!
//! Keys come from the journal alone. The first commit brings the keys it is signed with, and its hash
//! is the community's id, so that other keys make another community. A later key counts only when the
//! commit that brings it holds; a known person's key is changed by that person or by the machine only.

use std::collections::BTreeMap;

use yichuang_domain::record::{Entry, Header, Id, Kind, fold};

use crate::{
    commit::{Commit, Hash, Leaf},
    hex::unhex,
};

/// The field that brings a key.
const SIGNING: &str = "signing";

/// A public key of a signature.
pub(crate) type PublicKey = [u8; 32];

/// What is known of the chains so far.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// The hash of the first commit, once it was met.
    pub(crate) community: Option<Hash>,
    /// The keys announced so far.
    pub(crate) keys: BTreeMap<Id, PublicKey>,
    /// The last commit of each device.
    pub(crate) heads: BTreeMap<Id, (u64, Hash)>,
}

impl Chain {
    /// Whether a commit with this header belongs to the community: the first founds it, all others
    /// name it.
    pub(crate) fn is_of_community(&self, header: &Header) -> bool {
        match &self.community {
            None => header.community.is_empty() && header.seq == 1,
            Some(community) => header.community == community,
        }
    }

    /// Whether it is the next of its device.
    pub(crate) fn follows(&self, header: &Header) -> bool {
        match self.heads.get(&header.device) {
            Some((seq, hash)) => seq.checked_add(1) == Some(header.seq) && header.prev == hash,
            None => header.seq == 1 && header.prev.is_empty(),
        }
    }

    /// Takes the commit as the last of its device.
    pub(crate) fn go_on(&mut self, header: &Header, hash: Hash) {
        self.community.get_or_insert(hash);
        self.heads.insert(header.device, (header.seq, hash));
    }

    /// The key that must have signed a commit with this header. The first commit brings its own.
    pub(crate) fn key_of(&self, header: &Header, entries: &[Entry]) -> Option<PublicKey> {
        let known = self.keys.get(&header.actor).copied();
        if self.community.is_some() {
            return known;
        }
        announced(entries)
            .find(|(id, _key)| *id == header.actor)
            .map(|(_id, key)| key)
    }

    /// Learns the keys a commit that holds brings.
    pub(crate) fn learn(&mut self, header: &Header, entries: &[Entry]) {
        for (id, key) in announced(entries) {
            let by_itself = header.actor == id || header.actor == header.device;
            if by_itself || !self.keys.contains_key(&id) {
                self.keys.insert(id, key);
            }
        }
    }
}

/// Whether a commit may bring keys. Cheap, and never wrong in saying no: a change that brings one has
/// the field's name in it.
pub(crate) fn may_bring_keys(commit: &Commit) -> bool {
    commit.leaves.iter().any(|leaf| match leaf {
        Leaf::Whole { change, .. } => holds(change, SIGNING.as_bytes()),
        Leaf::Redacted { .. } => false,
    })
}

/// Whether these bytes have that word in them.
pub(crate) fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Whether a record of this kind may bring a key.
pub(crate) fn is_of_key_holder(kind: &Kind) -> bool {
    *kind == Kind::STAFF || *kind == Kind::DEVICE
}

fn announced(entries: &[Entry]) -> impl Iterator<Item = (Id, PublicKey)> {
    let of_holders = entries
        .iter()
        .filter(|entry| is_of_key_holder(&entry.change.record().kind));
    of_holders.filter_map(|entry| {
        let text = fold(std::slice::from_ref(entry)).get::<String>(SIGNING)?;
        Some((entry.change.record().id, unhex(&text)?))
    })
}

/// A hash from its 64 hexadecimal digits.
pub fn hash_of(digits: &str) -> Option<Hash> {
    unhex(digits)
}
