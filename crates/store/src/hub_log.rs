//! A community's log at the hub: frames in number order, in a journal of its own.
//!
//! ```text
//! hub/
//!   LOCK               one process at a time
//!   hub.key            0600: the seed of the hub's key and the key that seals, 32 bytes each
//!   communities/HASH/  journal/ and guards, as on a desk; block 10 = CBOR [ Frame ]
//! ```
//!
//! One block is one push, all or none. What is looked up stands in memory and is read from the journal
//! at the start.

use std::{
    collections::HashMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use yichuang_domain::record::{Change, CommitRef, Header, Id};
use yichuang_journal::{Journal, OsDisk, Position};
use yichuang_sync::{Frame, Hash, HubKeys, Known, Ledger, Mark, hub_device};
use yichuang_vault::{Key, Sealer, SigningKeys};

use crate::{
    commit::{Commit, from_cbor, to_cbor},
    error::StoreError,
    hex::{hex, unhex},
    lock::FolderLock,
    store::JournalSeal,
};

const FRAMES: u8 = 10;
const KEY_FILE: &str = "hub.key";
const SEAL_KEY_ID: u8 = 1;

/// The hub's own key.
#[derive(Debug)]
pub struct HubPen {
    keys: SigningKeys,
}

impl HubPen {
    /// The seed, for the hub's TLS. The only way out.
    pub fn seed(&self) -> [u8; 32] {
        *self.keys.seed()
    }
}

impl HubKeys for HubPen {
    fn public(&self) -> Hash {
        self.keys.public()
    }

    fn device(&self) -> Id {
        hub_device(&self.public())
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.keys.sign(message)
    }

    fn write(&self, header: Header, changes: &[Change]) -> Option<Vec<u8>> {
        let salts = changes
            .iter()
            .map(|_change| yichuang_vault::random::<16>().ok())
            .collect::<Option<Vec<_>>>()?;
        let commit = Commit::build(header, changes, &salts, |header| self.keys.sign(header));
        to_cbor(&commit.ok()?).ok()
    }
}

/// The hub's folder.
pub struct HubFolder {
    data: PathBuf,
    sealer: Sealer,
    _lock: FolderLock,
}

impl HubFolder {
    /// Makes a hub in an empty folder, and its key.
    ///
    /// # Errors
    ///
    /// [`StoreError::AlreadyFounded`] where there is one, and what the disk refuses.
    pub fn init(data: &Path) -> Result<HubPen, StoreError> {
        let _lock = FolderLock::take(data)?;
        if data.join(KEY_FILE).try_exists()? {
            return Err(StoreError::AlreadyFounded);
        }
        let keys = SigningKeys::random()?;
        let seal = yichuang_vault::random::<32>()?;
        let mut secret = keys.seed().to_vec();
        secret.extend(seal);
        write_secret(&data.join(KEY_FILE), &secret)?;
        Ok(HubPen { keys })
    }

    /// Opens the hub's folder.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFounded`] where there is none, [`StoreError::InUse`] while another program
    /// works on it.
    pub fn open(data: &Path) -> Result<(Self, HubPen), StoreError> {
        let path = data.join(KEY_FILE);
        if !path.try_exists()? {
            return Err(StoreError::NotFounded);
        }
        let lock = FolderLock::take(data)?;
        let secret = fs::read(path)?;
        let bad = || StoreError::form("hub.key");
        let (seed, seal) = secret.split_first_chunk::<32>().ok_or_else(bad)?;
        let seal = <[u8; 32]>::try_from(seal).map_err(|_length| bad())?;
        let folder = Self {
            data: data.to_owned(),
            sealer: Sealer::new(SEAL_KEY_ID, Key::from_bytes(seal)),
            _lock: lock,
        };
        let keys = SigningKeys::from_seed(seed);
        Ok((folder, HubPen { keys }))
    }

    /// The folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The communities of this hub.
    ///
    /// # Errors
    ///
    /// What the disk refuses.
    pub fn communities(&self) -> Result<Vec<Hash>, StoreError> {
        let entries = match fs::read_dir(self.data.join("communities")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut found = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            found.extend(unhex::<32>(&name.to_string_lossy()));
        }
        Ok(found)
    }

    /// The log of a community; an empty one where there is none yet.
    ///
    /// # Errors
    ///
    /// What the disk refuses, and damage.
    pub fn ledger(&self, community: &Hash) -> Result<HubLedger, StoreError> {
        let folder = self.data.join("communities").join(hex(community));
        fs::create_dir_all(&folder)?;
        let seal = Arc::new(JournalSeal(self.sealer.clone()));
        let journal = if folder.join("journal").try_exists()? {
            Journal::open(&folder, Arc::new(OsDisk), seal)?.0
        } else {
            Journal::create(&folder, Arc::new(OsDisk), seal)?
        };
        HubLedger::read(journal)
    }
}

/// Writes a secret that only the owner reads, for good when it returns.
fn write_secret(path: &Path, secret: &[u8]) -> Result<(), StoreError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(secret)?;
    Ok(file.sync_all()?)
}

#[derive(Clone, Copy, Debug)]
struct Place {
    block: Position,
    index: usize,
}

/// The log of one community.
pub struct HubLedger {
    journal: Journal,
    marks: Vec<(Hash, Place)>,
    received_at: i64,
    ends: HashMap<Id, (u64, Hash)>,
    known: HashMap<CommitRef, Known>,
}

impl HubLedger {
    /// Whether the disk refused a write, so that the log is to be read again before the next one.
    pub fn was_refused(&self) -> bool {
        self.journal.may_be_reopened()
    }

    fn read(journal: Journal) -> Result<Self, StoreError> {
        let mut blocks: Vec<(Position, Vec<Frame>)> = Vec::new();
        let mut ledger = Self {
            journal,
            marks: Vec::new(),
            received_at: i64::MIN,
            ends: HashMap::new(),
            known: HashMap::new(),
        };
        ledger.journal.read_all(Position::START, |block| {
            if block.kind == FRAMES {
                let mut frames: Vec<Frame> = from_cbor(block.body, "a block of frames")?;
                // What is looked up does not need the bytes.
                for frame in &mut frames {
                    frame.commit.clear();
                }
                blocks.push((block.at, frames));
            }
            Ok::<(), StoreError>(())
        })?;
        for (block, frames) in blocks {
            ledger.remember(block, &frames);
        }
        Ok(ledger)
    }

    fn remember(&mut self, block: Position, frames: &[Frame]) {
        for (index, frame) in frames.iter().enumerate() {
            let mark = frame.mark_after(&self.mark());
            self.marks.push((mark.digest, Place { block, index }));
            self.received_at = frame.received_at;
            self.ends
                .insert(frame.at.device, (frame.at.seq, frame.hash));
            let known = Known {
                number: frame.number,
                hash: frame.hash,
            };
            self.known.insert(frame.at, known);
        }
    }
}

impl Ledger for HubLedger {
    type Error = StoreError;

    fn mark(&self) -> Mark {
        Mark {
            number: self.marks.len() as u64,
            digest: self
                .marks
                .last()
                .map_or([0; 32], |(digest, _place)| *digest),
        }
    }

    fn received_at(&self) -> i64 {
        self.received_at
    }

    fn digest_at(&self, number: u64) -> Option<Hash> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.marks.get(place).map(|(digest, _place)| *digest)
    }

    fn known(&self, at: CommitRef) -> Result<Option<Known>, StoreError> {
        Ok(self.known.get(&at).copied())
    }

    fn chain_end(&self, device: Id) -> Result<Option<(u64, Hash)>, StoreError> {
        Ok(self.ends.get(&device).copied())
    }

    fn frames(&self, after: u64, most_bytes: usize) -> Result<Vec<Frame>, StoreError> {
        let mut found = Vec::new();
        let mut left = most_bytes;
        let mut next = usize::try_from(after).unwrap_or(usize::MAX);
        while let Some((_digest, place)) = self.marks.get(next) {
            let (_kind, body) = self.journal.read(place.block)?;
            let frames: Vec<Frame> = from_cbor(&body, "a block of frames")?;
            for frame in frames.into_iter().skip(place.index) {
                if !found.is_empty() && frame.commit.len() > left {
                    return Ok(found);
                }
                left = left.saturating_sub(frame.commit.len());
                found.push(frame);
                next += 1;
            }
        }
        Ok(found)
    }

    fn append(&mut self, frames: &[Frame]) -> Result<(), StoreError> {
        let block = self.journal.append(FRAMES, &to_cbor(&frames)?)?;
        self.remember(block, frames);
        Ok(())
    }
}
