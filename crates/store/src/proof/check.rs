//! Checking a proof, with nothing at hand but itself.

use std::{collections::BTreeMap, io::Read};

use yichuang_domain::record::{Change, Entry, Header, Id, Kind, RecordKey};

use super::{BODY_PURPOSE, Envelope, LABEL, MOST_BETWEEN, MOST_BYTES, Proof, ProofError, VERSION};
use crate::{
    chain::{Chain, PublicKey},
    commit::{Commit, Hash, from_cbor},
    verify::Head,
};

/// The event every case begins with (收件).
const BEGINNING: &str = "receive";

/// What checking a proof found. It holds when nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The community: the hash of its first commit.
    pub community: Hash,
    /// Commits with changes of the case or looks at it.
    pub commits: u64,
    /// Headers, of commits and between them.
    pub headers: u64,
    /// Links between headers that stand next to each other in the chain, and hold.
    pub links: u64,
    /// Places where headers were left out because there are too many.
    pub gaps: u64,
    /// Links that do not hold, headers twice, headers that nothing proves.
    pub broken_links: u64,
    /// Commits whose changes are not those that were signed.
    pub changed: u64,
    /// Commits whose signature does not hold, by a key that was announced.
    pub unsigned: u64,
    /// Commits of another community.
    pub foreign: u64,
    /// Whether whoever made the proof signed it as it is.
    pub is_sealed: bool,
    /// Who made it.
    pub by: Id,
    /// When.
    pub time: i64,
    /// The device's last commit when it was made: a day-end sheet may have it.
    pub head: Option<Head>,
    /// The changes, in order: the case's, the looks, the people and devices.
    pub entries: Vec<Entry>,
    /// Each commit of the case or a look at it, in order.
    pub proven: Vec<Proven>,
    /// The keys announced, by who signs and at which desk.
    pub keys: BTreeMap<(Id, Id), PublicKey>,
}

/// A commit as a page prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Where it stands and its hash.
    pub head: Head,
    /// Its signature.
    pub signature: Vec<u8>,
    /// Who signed.
    pub actor: Id,
}

impl Checked {
    /// The keys this person signs with, at any desk.
    pub(crate) fn keys_of(&self, person: Id) -> impl Iterator<Item = &PublicKey> {
        let theirs = self.keys.iter().filter(move |(at, _key)| at.0 == person);
        theirs.map(|(_at, key)| key)
    }

    /// Whether everything holds.
    pub const fn holds(&self) -> bool {
        self.is_sealed && self.wrong() == 0 && self.commits > 0
    }

    /// How many things are wrong.
    pub const fn wrong(&self) -> u64 {
        self.broken_links + self.changed + self.unsigned + self.foreign
    }

    /// The changes of a record.
    pub fn entries_of(&self, key: &RecordKey) -> Vec<Entry> {
        let of = |entry: &&Entry| entry.change.record() == key;
        self.entries.iter().filter(of).cloned().collect()
    }
}

impl Proof {
    /// Reads a proof's file and checks it.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be read.
    pub fn check_file(file: &[u8]) -> Result<(Self, Checked), ProofError> {
        let packed = frame_of(file)?;
        let mut plain = Vec::new();
        zstd::stream::Decoder::new(packed)
            .and_then(|unpacking| {
                unpacking
                    .single_frame()
                    .take(MOST_BYTES)
                    .read_to_end(&mut plain)
            })
            .map_err(|_error| ProofError::Broken)?;
        let envelope: Envelope = read(&plain)?;
        let proof: Self = read(&envelope.body)?;
        if proof.v != VERSION {
            return Err(ProofError::Newer);
        }
        let mut checked = proof.check()?;
        let is_sealed = checked
            .keys_of(proof.by)
            .any(|key| is_signed(key, BODY_PURPOSE, &envelope.body, &envelope.signature));
        checked.is_sealed = is_sealed;
        Ok((proof, checked))
    }

    /// Checks everything but the maker's signature.
    ///
    /// # Errors
    ///
    /// When a commit in it cannot be read.
    pub fn check(&self) -> Result<Checked, ProofError> {
        let mut chain = Chain::default();
        let mut checked = Checked {
            by: self.by,
            time: self.time,
            ..Checked::default()
        };
        let mut headers = Headers::default();
        for commit in &self.commits {
            let header = commit.header().map_err(|_error| ProofError::Broken)?;
            let entries = commit.entries().map_err(|_error| ProofError::Broken)?;
            checked.take(commit, &header, &entries, &mut chain, &self.record);
            if entries
                .iter()
                .any(|entry| *entry.change.record() == self.record)
            {
                headers.begun.entry(header.device).or_insert(header.seq);
            }
            headers.add(header, commit.hash(), true);
        }
        for bytes in &self.bridge {
            let header: Header = read(bytes)?;
            checked.foreign += u64::from(!chain.is_of_community(&header));
            headers.add(header, *blake3::hash(bytes).as_bytes(), false);
        }
        checked.require_beginning(&self.record);
        checked.community = chain.community.unwrap_or_default();
        checked.keys = chain.keys;
        headers.judge(&mut checked);
        Ok(checked)
    }
}

impl Checked {
    /// A case begins with its receipt: without it, its beginning was left out.
    fn require_beginning(&mut self, record: &RecordKey) {
        let first = self
            .entries
            .iter()
            .find(|entry| entry.change.record() == record);
        let begins = first.is_some_and(
            |entry| matches!(&entry.change, Change::Event { event, .. } if event == BEGINNING),
        );
        self.broken_links += u64::from(!begins);
    }

    fn take(
        &mut self,
        commit: &Commit,
        header: &Header,
        entries: &[Entry],
        chain: &mut Chain,
        record: &RecordKey,
    ) {
        let key = chain.key_of(header, entries);
        let holds = commit.root().is_ok_and(|root| header.changes_root == root);
        let is_signed = key.is_some_and(|key| commit.is_signed_by(&key));
        self.foreign += u64::from(!chain.is_of_community(header));
        self.changed += u64::from(!holds);
        self.unsigned += u64::from(!is_signed);
        if holds && is_signed {
            chain.learn(header, entries);
        }
        let head = Head {
            device: header.device,
            seq: header.seq,
            hash: commit.hash(),
        };
        chain.go_on(header, head.hash);
        self.head = Some(head);
        let is_about = |entry: &Entry| {
            let of = entry.change.record();
            of == record || of.kind == Kind::ACCESS
        };
        if entries.iter().any(is_about) {
            self.commits += 1;
            self.proven.push(Proven {
                head,
                signature: commit.signature.clone(),
                actor: header.actor,
            });
        }
        self.entries.extend(entries.iter().cloned());
    }
}

/// All headers of a proof, by their place.
#[derive(Default)]
struct Headers {
    by_place: BTreeMap<(Id, u64), Placed>,
    /// Where the case begins on a device: from there on headers are left out only where there are too
    /// many.
    begun: BTreeMap<Id, u64>,
    twice: u64,
}

/// A header as the chain needs it.
struct Placed {
    prev: Vec<u8>,
    hash: Hash,
    is_signed: bool,
}

impl Headers {
    fn add(&mut self, header: Header, hash: Hash, is_signed: bool) {
        let place = (header.device, header.seq);
        let placed = Placed {
            prev: header.prev,
            hash,
            is_signed,
        };
        let old = self.by_place.insert(place, placed);
        self.twice += u64::from(old.is_some());
    }

    fn judge(&self, checked: &mut Checked) {
        checked.headers = u64::try_from(self.by_place.len()).unwrap_or(u64::MAX);
        checked.broken_links += self.twice;
        for ((_device, seq), header) in &self.by_place {
            checked.broken_links += u64::from(header.prev.is_empty() != (*seq == 1));
        }
        let later = self.by_place.iter().skip(1).map(Some).chain([None]);
        for (earlier, later) in self.by_place.iter().zip(later) {
            self.judge_link(earlier, later, checked);
        }
    }

    /// Whether the header behind this one follows it, and if not, whether it may.
    fn judge_link(
        &self,
        ((device, seq), header): (&(Id, u64), &Placed),
        later: Option<(&(Id, u64), &Placed)>,
        checked: &mut Checked,
    ) {
        let on_device = later.filter(|((other, _seq), _header)| other == device);
        match on_device {
            Some(((_device, next), later)) if seq.checked_add(1) == Some(*next) => {
                let is_whole = later.prev == header.hash;
                checked.links += u64::from(is_whole);
                checked.broken_links += u64::from(!is_whole);
            }
            Some(((_device, next), _later)) => {
                // A header that nothing follows must be signed itself.
                checked.broken_links += u64::from(!header.is_signed);
                if self.begun.get(device).is_some_and(|begun| begun <= seq) {
                    checked.gaps += 1;
                    let left_out = next.saturating_sub(*seq).saturating_sub(1);
                    checked.broken_links += u64::from(left_out <= MOST_BETWEEN as u64);
                }
            }
            None => checked.broken_links += u64::from(!header.is_signed),
        }
    }
}

/// The packed part of a proof that begins here; what lies behind it is not the proof's.
fn frame_of(file: &[u8]) -> Result<&[u8], ProofError> {
    let rest = file.strip_prefix(LABEL).ok_or(ProofError::None)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(ProofError::Broken)?;
    let (hash, rest) = rest.split_first_chunk::<32>().ok_or(ProofError::Broken)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let frame = rest.get(..length).ok_or(ProofError::Broken)?;
    if blake3::hash(frame) == *hash {
        Ok(frame)
    } else {
        Err(ProofError::Broken)
    }
}

/// Whether `key` signed this for this purpose.
pub(super) fn is_signed(key: &PublicKey, purpose: &[u8], message: &[u8], signature: &[u8]) -> bool {
    <[u8; 64]>::try_from(signature).is_ok_and(|signature| {
        yichuang_vault::verify(key, &[purpose, message].concat(), &signature)
    })
}

fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, ProofError> {
    from_cbor(bytes, "a proof").map_err(|_error| ProofError::Broken)
}
