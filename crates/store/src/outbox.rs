//! What has no number yet, read from the chain itself, and where the desk stands with its hub.

use std::{collections::BTreeSet, iter::Peekable};

use serde::Serialize;
use serde_bytes::ByteBuf;
use yichuang_domain::record::{Id, Seen, fold};
use yichuang_journal::{Journal, Position};
use yichuang_sync::{DeskLog, Frame, Hash, Head, PUSH_BYTES, PUSH_COMMITS};

use crate::{
    commit::{Commit, from_cbor, to_cbor},
    error::StoreError,
    hex::hex,
    joined::{self, DeviceProof, Joining},
    received::{Blocks, Log, Place},
    store::{COMMITS, Store},
};

/// This desk's side of the conversation with its hub, as it stands on disk.
pub struct StoreLog<'a> {
    journal: &'a Journal,
    log: &'a Log,
    joining: &'a Joining,
}

/// How a desk stands: equal in two places when they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SyncDigest {
    /// The epoch of the hub's numbers.
    pub epoch: u32,
    /// The last number.
    pub number: u64,
    /// How many own commits have none.
    pub pending: usize,
    /// The digest of the hub's log up to that number.
    pub log: String,
    /// The sum of all records' digests.
    pub state: String,
}

impl Store {
    /// This device signs what the hub asked to be signed.
    ///
    /// # Errors
    ///
    /// When nobody has unlocked the store yet.
    pub fn device_proof(&self, message: &[u8]) -> Result<DeviceProof, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        Ok(DeviceProof {
            public: truth.device_keys.public(),
            signature: truth.device_keys.sign(message),
        })
    }

    /// The first commit of the community, where this desk founded it.
    ///
    /// # Errors
    ///
    /// When it came from elsewhere, or the journal is damaged.
    pub fn genesis(&self) -> Result<Vec<u8>, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let mut genesis = None;
        truth.journal.read_all(Position::START, |block| {
            if genesis.is_none() && block.kind == COMMITS {
                let commits: Vec<Commit> = from_cbor(block.body, "a block of commits")?;
                let first = commits
                    .first()
                    .filter(|one| one.hash().as_slice() == truth.community.as_slice());
                genesis = Some(first.map(to_cbor).transpose()?);
            }
            Ok::<(), StoreError>(())
        })?;
        genesis
            .flatten()
            .ok_or(StoreError::form("the first commit"))
    }

    /// Which hub this desk has joined.
    pub fn joining(&self) -> Option<&Joining> {
        self.line.as_ref()?.joining.as_ref()
    }

    /// Joins a hub, for good when it returns.
    ///
    /// # Errors
    ///
    /// When nobody has unlocked the store yet, or the disk refuses.
    pub fn join(&mut self, joining: Joining) -> Result<(), StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let line = self.line.as_mut().ok_or(StoreError::Locked)?;
        joined::write(&self.data, &line.sealer, &joining)?;
        if line.log.is_none() {
            line.log = Some(Log::read(&truth.journal, truth.device)?);
        }
        line.joining = Some(joining);
        Ok(())
    }

    /// Where the desk stands with its hub; nothing while it has joined none.
    pub fn sync_log(&self) -> Option<StoreLog<'_>> {
        let line = self.line.as_ref()?;
        Some(StoreLog {
            journal: &self.truth.as_ref()?.journal,
            log: line.log.as_ref()?,
            joining: line.joining.as_ref()?,
        })
    }

    /// What this desk shows by now.
    pub fn seen(&self) -> Seen {
        let log = self.line.as_ref().and_then(|line| line.log.as_ref());
        let cursor = log.and_then(Log::cursor);
        Seen {
            epoch: cursor.map_or(0, |head| head.epoch),
            number: cursor.map_or(0, |head| head.mark.number),
            seq: self.seq(),
        }
    }

    /// How many own commits the hub has not acknowledged; none where no hub was joined.
    pub fn pending(&self) -> usize {
        let log = self.line.as_ref().and_then(|line| line.log.as_ref());
        log.map_or(0, Log::pending)
    }

    /// How many own commits the hub refused and nobody adopted.
    pub fn refused(&self) -> usize {
        let log = self.line.as_ref().and_then(|line| line.log.as_ref());
        log.map_or(0, Log::refused_own)
    }

    /// How this desk stands.
    ///
    /// # Errors
    ///
    /// When the store is locked or the view breaks.
    pub fn sync_digest(&self) -> Result<SyncDigest, StoreError> {
        let (view, content) = self.parts()?;
        let mut state = [0_u64; 4];
        for row in view.all_records(content) {
            let (key, entries) = row?;
            let mut hasher = blake3::Hasher::new();
            hasher.update(&key);
            hasher.update(&to_cbor(&fold(&entries))?);
            add(&mut state, hasher.finalize().as_bytes());
        }
        let log = self.line.as_ref().and_then(|line| line.log.as_ref());
        let seen = self.seen();
        Ok(SyncDigest {
            epoch: seen.epoch,
            number: seen.number,
            pending: log.map_or_else(
                || usize::try_from(self.seq()).unwrap_or(usize::MAX),
                Log::pending,
            ),
            log: hex(&log.map(|log| log.mark().digest).unwrap_or_default()),
            state: hex(state.map(u64::to_be_bytes).as_flattened()),
        })
    }
}

/// Adds a hash to a sum; the order of the records does not matter.
fn add(sum: &mut [u64; 4], hash: &Hash) {
    let (parts, _rest) = hash.as_chunks::<8>();
    for (sum, part) in sum.iter_mut().zip(parts) {
        *sum = sum.wrapping_add(u64::from_be_bytes(*part));
    }
}

impl StoreLog<'_> {
    /// Everything without a number, as the commits of one push after the other.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    pub fn pushes(&self) -> Result<Vec<Vec<ByteBuf>>, StoreError> {
        let blocks = Blocks::of(self.journal);
        let aside = BTreeSet::new();
        let mut places = self.log.outbox(&aside).peekable();
        let mut pushes = Vec::new();
        while places.peek().is_some() {
            pushes.push(Self::next_push(&blocks, &mut places)?);
        }
        Ok(pushes)
    }

    /// As many of these commits as go into one push. One that is larger than a whole push goes alone.
    fn next_push(
        blocks: &Blocks<'_>,
        places: &mut Peekable<impl Iterator<Item = Place>>,
    ) -> Result<Vec<ByteBuf>, StoreError> {
        let mut left = PUSH_BYTES;
        let mut commits = Vec::new();
        while let Some(place) = places.peek()
            && commits.len() < PUSH_COMMITS
        {
            let commit = blocks.commit_bytes(*place)?;
            if commit.len() > left && !commits.is_empty() {
                break;
            }
            left = left.saturating_sub(commit.len());
            commits.push(ByteBuf::from(commit));
            places.next();
        }
        Ok(commits)
    }
}

impl DeskLog for StoreLog<'_> {
    type Error = StoreError;

    fn community(&self) -> Hash {
        self.joining.community
    }
    fn hub(&self) -> Hash {
        self.joining.key
    }
    fn device(&self) -> Id {
        self.joining.device
    }
    fn cursor(&self) -> Option<Head> {
        self.log.cursor()
    }
    fn own_seq(&self) -> u64 {
        self.log.own_seq()
    }
    fn digest_at(&self, number: u64) -> Result<Option<Hash>, StoreError> {
        Ok(self.log.digest_at(number))
    }
    fn own_hash(&self, seq: u64) -> Result<Option<Hash>, StoreError> {
        Ok(self.log.own_hash(seq))
    }

    fn outbox(&self, aside: &BTreeSet<Id>) -> Result<Vec<ByteBuf>, StoreError> {
        let blocks = Blocks::of(self.journal);
        let mut places = self.log.outbox(aside).peekable();
        Self::next_push(&blocks, &mut places)
    }

    fn frames_after(&self, number: u64) -> Result<Vec<Frame>, StoreError> {
        let blocks = Blocks::of(self.journal);
        self.log
            .places_after(number)
            .map(|place| self.log.whole_frame(&blocks, place))
            .collect()
    }
}
