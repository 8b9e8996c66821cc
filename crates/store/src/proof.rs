//! A proof of one case: everything needed to check its record on a machine that has nothing but the
//! program. Whoever makes it signs it, so that it is whole; what stands in it was signed when it
//! happened, so that not even they could have written it otherwise.
//!
//! ```text
//! file     = zstd skippable frame { "YCZM1" ‖ length(4) of what follows ‖ BLAKE3 of it }  ‖  zstd( CBOR envelope )
//! envelope = { body: bytes, signature: bytes(64) }     signature of "yichuang/proof/1" ‖ body
//! body     = CBOR { v, record, by, time, commits: [commit], bridge: [header bytes] }
//! ```
//!
//! `commits` are the community's first one, those that brought keys, those of the case and the device's
//! last, in order. Changes of other records are only their hashes (as once redacted), which is enough
//! for `changes_root`. `bridge` are headers between the case's first commit and the device's last: each
//! is proven by the `prev` of the next, so they need no signature. A gap of more than
//! [`MOST_BETWEEN`] commits is left open and said to be one.
//!
//! What it cannot show: that its maker withheld a step whose header they put among the others of the
//! bridge. The journal does, and so does every later step that builds on the withheld one.
//!
//! It is not the page: see [`SealedFile`] for what binds page and proof together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use yichuang_domain::record::{Entry, Header, Id, Kind, RecordKey};
use yichuang_journal::{Block, Position};

use crate::{
    chain::{holds, is_of_key_holder, may_bring_keys},
    commit::{Commit, Hash, Leaf, to_cbor},
    error::StoreError,
    store::Store,
};

mod check;
mod file;

pub use check::{Checked, Proven};
pub use file::{FileSeal, SealedFile};

/// The form of proofs this version writes and reads.
const VERSION: u8 = 1;

/// Most headers between two commits of a case: a busy fortnight, 100 kB.
const MOST_BETWEEN: usize = 1_000;

/// What is signed over a proof's body begins with this, so that no commit can be taken for one.
const BODY_PURPOSE: &[u8] = b"yichuang/proof/1";

/// Largest proof, unpacked: a thousand times a usual one.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The beginning of a proof's file: a frame that every reader of zstd skips.
const LABEL: &[u8; 13] = b"\x5A\x2A\x4D\x18\x29\x00\x00\x00YCZM1";

/// Why a file is no proof that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is none in the file.
    #[error("there is no proof in this file")]
    None,
    /// It is of a newer program.
    #[error("the proof is of a newer version")]
    Newer,
    /// It is cut or changed, so that it cannot even be read.
    #[error("the proof cannot be read")]
    Broken,
}

/// A proof of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    v: u8,
    /// The case.
    pub record: RecordKey,
    /// Who made it.
    pub by: Id,
    /// When, by the clock of the machine; milliseconds.
    pub time: i64,
    /// The commits, in order.
    pub commits: Vec<Commit>,
    /// Headers between them.
    pub bridge: Vec<ByteBuf>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(with = "serde_bytes")]
    body: Vec<u8>,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

impl Store {
    /// Makes the proof of a case as it stands now.
    ///
    /// `number` is the case's, by which looks at it and its papers are found; `people` are those it is
    /// about, of whom somebody may have looked at a number.
    ///
    /// # Errors
    ///
    /// When the store is locked or the journal is damaged.
    pub fn prove(
        &self,
        case: Id,
        number: &str,
        people: &[Id],
        time: i64,
    ) -> Result<Proof, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let by = self.person().ok_or(StoreError::Locked)?;
        let mut gathered = Gathered {
            wanted: Wanted::new(case, number, people),
            commits: Vec::new(),
            bridge: Vec::new(),
            between: BTreeMap::new(),
        };
        let mut last = None;
        let log = self.log()?;
        truth
            .journal
            .read_all(Position::START, |block: Block<'_>| {
                for commit in Self::commits_with_effect(&log, &block)? {
                    gathered.see(&commit)?;
                    last = Some(commit);
                }
                Ok::<(), StoreError>(())
            })?;
        if let Some(last) = last {
            gathered.end(last)?;
        }
        Ok(Proof {
            v: VERSION,
            record: RecordKey::new(Kind::CASE, case),
            by,
            time,
            commits: gathered.commits,
            bridge: gathered.bridge,
        })
    }

    /// The proof as a file, signed by whoever is here.
    ///
    /// # Errors
    ///
    /// When the store is locked.
    pub fn seal_proof(&self, proof: &Proof) -> Result<Vec<u8>, StoreError> {
        let body = to_cbor(proof)?;
        let signature = self.sign_as_person(BODY_PURPOSE, &body)?.to_vec();
        let packed = to_cbor(&Envelope { body, signature })?;
        let mut frame = Vec::new();
        zstd::stream::copy_encode(
            packed.as_slice(),
            &mut frame,
            zstd::DEFAULT_COMPRESSION_LEVEL,
        )?;
        // Some bits of a frame change nothing that is unpacked: its hash makes them count too.
        let length = u32::try_from(frame.len()).map_err(|_size| StoreError::form("a proof"))?;
        let length = length.to_be_bytes();
        let hash = blake3::hash(&frame);
        Ok([LABEL, &length[..], hash.as_bytes(), &frame].concat())
    }

    /// Signs for whoever is here. `purpose` begins what is signed, so that a signature given for one
    /// thing is none for another.
    pub(crate) fn sign_as_person(
        &self,
        purpose: &[u8],
        message: &[u8],
    ) -> Result<[u8; 64], StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        Ok(session.keys.sign(&[purpose, message].concat()))
    }
}

/// Which commits belong into the proof.
struct Wanted {
    record: RecordKey,
    id: String,
    names: Vec<String>,
}

impl Wanted {
    fn new(case: Id, number: &str, people: &[Id]) -> Self {
        let people = people.iter().map(ToString::to_string);
        Self {
            record: RecordKey::new(Kind::CASE, case),
            id: case.to_string(),
            names: std::iter::once(number.to_owned()).chain(people).collect(),
        }
    }

    /// Whether this is a change of the case.
    fn is_of_case(&self, change: &[u8], entry: &Entry) -> bool {
        holds(change, self.id.as_bytes()) && *entry.change.record() == self.record
    }

    /// Whether this is a look at the case, its papers or its people.
    fn is_look(&self, change: &[u8], entry: &Entry) -> bool {
        entry.change.record().kind == Kind::ACCESS
            && self.names.iter().any(|name| holds(change, name.as_bytes()))
    }
}

struct Gathered {
    wanted: Wanted,
    commits: Vec<Commit>,
    bridge: Vec<ByteBuf>,
    /// Headers since the last commit taken, by device, once the case began there. Nothing: too many.
    between: BTreeMap<Id, Option<Vec<ByteBuf>>>,
}

impl Gathered {
    fn see(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let is_first = self.commits.is_empty();
        let brings_keys = is_first || may_bring_keys(commit);
        let has_begun = !self.between.is_empty();
        let mentions = commit.leaves.iter().any(|leaf| match leaf {
            Leaf::Whole { change, .. } => {
                holds(change, self.wanted.id.as_bytes())
                    || (has_begun
                        && self
                            .wanted
                            .names
                            .iter()
                            .any(|name| holds(change, name.as_bytes())))
            }
            Leaf::Redacted { .. } => false,
        });
        let header = commit.header()?;
        if brings_keys || mentions {
            let (kept, of_case) = self.keep(commit, is_first)?;
            if let Some(kept) = kept {
                self.take(kept, &header);
                if of_case {
                    self.between
                        .entry(header.device)
                        .or_insert_with(|| Some(Vec::new()));
                }
                return Ok(());
            }
        }
        if let Some(Some(between)) = self.between.get_mut(&header.device) {
            between.push(ByteBuf::from(commit.header.clone()));
            if between.len() > MOST_BETWEEN {
                self.between.insert(header.device, None);
            }
        }
        Ok(())
    }

    /// The commit with only those changes that belong here, if there are any; and whether one of them
    /// is the case's own.
    fn keep(&self, commit: &Commit, is_first: bool) -> Result<(Option<Commit>, bool), StoreError> {
        let has_begun = !self.between.is_empty();
        let entries = commit.entries()?;
        let mut kept = commit.clone();
        let (mut some, mut of_case) = (is_first, false);
        for (index, leaf) in (0_u32..).zip(&mut kept.leaves) {
            let Leaf::Whole { change, .. } = &*leaf else {
                continue;
            };
            let entry = entries.iter().find(|entry| entry.at.index == index);
            let stays = entry.is_some_and(|entry| {
                let own = self.wanted.is_of_case(change, entry);
                of_case |= own;
                let kind = &entry.change.record().kind;
                own || (has_begun && self.wanted.is_look(change, entry))
                    || (is_of_key_holder(kind) && holds(change, b"signing"))
                    || (is_first && *kind == Kind::COMMUNITY)
            });
            if stays {
                some = true;
            } else {
                *leaf = redacted(leaf)?;
            }
        }
        Ok((some.then_some(kept), of_case))
    }

    fn take(&mut self, commit: Commit, header: &Header) {
        if let Some(between) = self.between.get_mut(&header.device)
            && let Some(between) = between.replace(Vec::new())
        {
            self.bridge.extend(between);
        }
        self.commits.push(commit);
    }

    /// The device's last commit ties the rest to the head a day-end sheet prints.
    fn end(&mut self, mut last: Commit) -> Result<(), StoreError> {
        if self
            .commits
            .last()
            .is_some_and(|one| one.header == last.header)
        {
            return Ok(());
        }
        let header = last.header()?;
        // It stands in the bridge's end, if there is one.
        if let Some(Some(between)) = self.between.get_mut(&header.device) {
            between.pop();
        }
        for leaf in &mut last.leaves {
            *leaf = redacted(leaf)?;
        }
        self.take(last, &header);
        Ok(())
    }
}

fn redacted(leaf: &Leaf) -> Result<Leaf, StoreError> {
    let hash: Hash = leaf.hash()?;
    Ok(Leaf::Redacted {
        hash: hash.to_vec(),
    })
}
