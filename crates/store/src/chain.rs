//! Which commit follows which, and whose keys sign: the one judge of `verify` and of proofs.
//!
//! Keys come from the journal alone. The first commit brings the keys it is signed with, and its hash
//! is the community's id, so that other keys make another community. A later key counts only when the
//! commit that brings it holds; a known person's key is changed by that person or by the machine only.
//!
//! A person has a key at each desk: the desk that wrote it, or, where the hub enrols one, the desk that
//! the field names. A device signs in its own chain; but the first commit of one that was restored is
//! vouched for by the device whose backup it came from.

use std::collections::BTreeMap;

use yichuang_domain::record::{Change, Entry, Header, Id, Kind};

use crate::{
    commit::{Commit, Hash, Leaf},
    hex::unhex,
};

/// The field that brings a key.
const SIGNING: &str = "signing";

/// A public key of a signature.
pub(crate) type PublicKey = [u8; 32];

/// Keys by who signs and at which desk; a device's own stands under itself twice.
pub(crate) type Keys = BTreeMap<(Id, Id), PublicKey>;

/// The key that must have signed a commit with this header.
fn key_in(keys: &Keys, header: &Header) -> Option<PublicKey> {
    let is_vouched_for = header.seq == 1 && !header.restored_from.is_empty();
    let of_voucher = || {
        keys.get(&(header.actor, header.actor))
            .filter(|_key| is_vouched_for)
    };
    let at_desk = keys.get(&(header.actor, header.device));
    at_desk.or_else(of_voucher).copied()
}

/// What is known of the chains so far.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// The hash of the first commit, once it was met.
    pub(crate) community: Option<Hash>,
    /// The keys announced so far.
    pub(crate) keys: Keys,
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
        if self.community.is_some() {
            return key_in(&self.keys, header);
        }
        let own = announced(entries).map(|one| ((one.holder, one.desk), one.key));
        key_in(&own.collect(), header)
    }

    /// Learns the keys a commit that holds brings.
    pub(crate) fn learn(&mut self, header: &Header, entries: &[Entry]) {
        for one in announced(entries) {
            let by_itself = header.actor == one.holder || header.actor == header.device;
            if by_itself || !self.knows(one.holder) {
                self.keys.insert((one.holder, one.desk), one.key);
            }
        }
    }

    fn knows(&self, holder: Id) -> bool {
        let all_desks = (holder, Id::from_bytes([0; 16]))..=(holder, Id::from_bytes([0xFF; 16]));
        self.keys.range(all_desks).next().is_some()
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

/// A key that a change brings.
struct Announced {
    holder: Id,
    desk: Id,
    key: PublicKey,
}

fn announced(entries: &[Entry]) -> impl Iterator<Item = Announced> {
    entries.iter().flat_map(|entry| {
        let record = entry.change.record();
        let fields = match &entry.change {
            Change::Set { fields, .. } if is_of_key_holder(&record.kind) => Some(fields),
            Change::Set { .. } | Change::Event { .. } | Change::Void { .. } => None,
        };
        let is_device = record.kind == Kind::DEVICE;
        let of_signing = fields
            .into_iter()
            .flatten()
            .filter_map(move |(field, value)| {
                let desk = match field.strip_prefix(SIGNING)? {
                    "" if is_device => record.id,
                    "" => entry.at.device,
                    named => Id::parse(named.strip_prefix('@')?).ok()?,
                };
                Some((desk, unhex(value.as_str()?)?))
            });
        of_signing.map(|(desk, key)| Announced {
            holder: record.id,
            desk,
            key,
        })
    })
}

/// A hash from its 64 hexadecimal digits.
pub fn hash_of(digits: &str) -> Option<Hash> {
    unhex(digits)
}
