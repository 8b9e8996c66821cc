//! Checking the whole chain: blocks, order, hashes, changes and signatures.
//!
//! One thread reads, unseals and follows the chains; the others hash the changes and check signatures,
//! which is most of the work.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use yichuang_domain::record::{CommitRef, Id};
use yichuang_journal::{Found, Position};
use yichuang_sync::{Keep, Mark, hub_device};

use crate::{
    chain::{Chain, PublicKey, may_bring_keys},
    commit::{Commit, Hash, Leaf, from_cbor},
    error::StoreError,
    received::{Log, RECEIVED, commits_in},
    store::Store,
};

/// How many commits are handed to a checking thread at a time.
const COMMITS_A_BATCH: usize = 256;

/// How many batches wait at most: memory stays flat however long the journal is.
const BATCHES_WAITING: usize = 16;

/// The last commit of a device: what the day-end sheet prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The device.
    pub device: Id,
    /// The commit's place in its chain.
    pub seq: u64,
    /// The commit's hash.
    pub hash: Hash,
}

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
    /// Commits of another community, and keys that are not those of this desk's vault.
    pub foreign: u64,
    /// Changes whose content was taken out. Lawful where an order to redact stands behind it; the
    /// chain holds all the same, so that they are counted and told.
    pub redacted: u64,
    /// The end of this device's chain.
    pub head: Option<Head>,
    /// The commit with the printed hash that was asked for, where the chain has it.
    pub printed: Option<Head>,
}

impl Verified {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.wrong() == 0
    }

    /// How many things are wrong.
    pub const fn wrong(&self) -> u64 {
        self.damaged_blocks + self.broken_links + self.changed + self.unsigned + self.foreign
    }
}

impl Store {
    /// Checks the journal from the first byte to the last.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        self.verify_for(None)
    }

    /// The same, looking for the commit whose hash stands on a printed day-end sheet. A chain that
    /// was cut short, or written anew by somebody with every key, holds in itself; it does not have
    /// the heads that were printed.
    ///
    /// # Errors
    ///
    /// When the store is locked or the disk refuses.
    pub fn verify_for(&self, printed: Option<Hash>) -> Result<Verified, StoreError> {
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
        let chain = self.follow_all(&mut found, printed)?;
        found.foreign += self.foreign_keys(&chain, truth.device);
        found.head = chain.heads.get(&truth.device).map(|(seq, hash)| Head {
            device: truth.device,
            seq: *seq,
            hash: *hash,
        });
        Ok(found)
    }

    /// Reads every commit in order and has its changes and its signature checked beside.
    fn follow_all(&self, found: &mut Verified, printed: Option<Hash>) -> Result<Chain, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let log = self.log()?;
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let (sender, receiver) = sync_channel(BATCHES_WAITING);
        let receiver = Mutex::new(receiver);
        thread::scope(|scope| {
            let checking: Vec<_> = (0..workers)
                .map(|_one| scope.spawn(|| check_batches(&receiver)))
                .collect();
            let mut reading = Reading {
                chain: Chain::default(),
                found: &mut *found,
                batch: Vec::new(),
                sender,
                printed,
                log: &log,
                met: BTreeSet::new(),
                mark: Mark::default(),
            };
            truth.journal.scan(Position::START, |piece| {
                let Found::Block(block) = piece else {
                    reading.found.damaged_blocks += 1;
                    return Ok::<(), StoreError>(());
                };
                match commits_in(block.kind, block.body) {
                    Ok(commits) => commits.into_iter().try_for_each(|one| reading.take(one))?,
                    Err(_unreadable) => reading.found.damaged_blocks += 1,
                }
                if block.kind == RECEIVED {
                    reading.follow(block.body)?;
                }
                Ok(())
            })?;
            reading.send()?;
            let chain = reading.chain;
            drop(reading.sender);
            for one in checking {
                let wrong = one.join().map_err(|_panic| StoreError::form("a check"))?;
                found.changed += wrong.changed;
                found.unsigned += wrong.unsigned;
            }
            Ok(chain)
        })
    }

    /// How many of the keys this desk's people and device sign with are not those of the journal.
    fn foreign_keys(&self, chain: &Chain, device: Id) -> u64 {
        let is_other =
            |id: Id, key: PublicKey| chain.keys.get(&(id, device)).is_some_and(|one| *one != key);
        let people = self.vault.people().into_iter().filter_map(|person| {
            let id = Id::parse(&person.id).ok()?;
            Some((id, person.public.signing))
        });
        let all = people.chain([(device, self.vault.device_public())]);
        all.map(|(id, key)| u64::from(is_other(id, key))).sum()
    }
}

/// A commit to be checked, with the key that must have signed it.
struct Job {
    commit: Commit,
    root: Vec<u8>,
    key: Option<PublicKey>,
}

#[derive(Clone, Copy, Default)]
struct Wrong {
    changed: u64,
    unsigned: u64,
}

impl Job {
    fn check(&self) -> Wrong {
        let holds = self.commit.root().is_ok_and(|root| self.root == root);
        let is_signed = self.key.is_some_and(|key| self.commit.is_signed_by(&key));
        Wrong {
            changed: u64::from(!holds),
            unsigned: u64::from(!is_signed),
        }
    }
}

fn check_batches(receiver: &Mutex<Receiver<Vec<Job>>>) -> Wrong {
    let mut sum = Wrong::default();
    loop {
        let batch = receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(batch) = batch else {
            return sum;
        };
        for job in batch {
            let wrong = job.check();
            sum.changed += wrong.changed;
            sum.unsigned += wrong.unsigned;
        }
    }
}

/// The thread that reads.
struct Reading<'a> {
    chain: Chain,
    found: &'a mut Verified,
    batch: Vec<Job>,
    sender: SyncSender<Vec<Job>>,
    printed: Option<Hash>,
    log: &'a Log,
    /// The commits met so far, where some came twice because they had lost their numbers in between.
    met: BTreeSet<Hash>,
    /// How far the hub's log goes by what was read.
    mark: Mark,
}

impl Reading<'_> {
    /// Follows the hub's log: its digests, and its signature under them.
    fn follow(&mut self, body: &[u8]) -> Result<(), StoreError> {
        match from_cbor(body, "a block received")? {
            Keep::Frames { frames, end } => {
                for frame in &frames {
                    self.mark = frame.mark_after(&self.mark);
                }
                let is_next = self.mark == end.mark;
                self.found.broken_links += u64::from(!is_next);
                let community = self.chain.community.unwrap_or_default();
                let message = yichuang_sync::Head::message(&community, end.epoch, &end.mark);
                let is_hubs = |(at, key): (&(Id, Id), &PublicKey)| {
                    at.0 == hub_device(key) && yichuang_vault::verify(key, &message, &end.signature)
                };
                let is_signed = self.chain.keys.iter().any(is_hubs);
                self.found.unsigned += u64::from(!is_signed);
            }
            Keep::ComeBack { to } => self.mark = to,
        }
        Ok(())
    }

    fn take(&mut self, commit: Commit) -> Result<(), StoreError> {
        self.found.commits += 1;
        let Ok(header) = commit.header() else {
            self.found.changed += 1;
            return Ok(());
        };
        let hash = commit.hash();
        if self.log.has_come_back() && !self.met.insert(hash) {
            self.found.commits -= 1;
            return Ok(());
        }
        let redacted = commit
            .leaves
            .iter()
            .filter(|leaf| matches!(leaf, Leaf::Redacted { .. }));
        self.found.redacted += u64::try_from(redacted.count()).unwrap_or(u64::MAX);
        self.found.foreign += u64::from(!self.chain.is_of_community(&header));
        self.found.broken_links += u64::from(!self.chain.follows(&header));
        if self.printed == Some(hash) {
            self.found.printed = Some(Head {
                device: header.device,
                seq: header.seq,
                hash,
            });
        }
        // Keys count only from a commit that holds, so one that may bring some is checked at once.
        if self.chain.community.is_none() || may_bring_keys(&commit) {
            let entries = commit.entries()?;
            let key = self.chain.key_of(&header, &entries);
            let job = Job {
                root: header.changes_root.clone(),
                commit,
                key,
            };
            let wrong = job.check();
            self.found.changed += wrong.changed;
            self.found.unsigned += wrong.unsigned;
            let at = CommitRef {
                device: header.device,
                seq: header.seq,
            };
            if wrong.changed + wrong.unsigned == 0 && self.log.has_effect(at) {
                self.chain.learn(&header, &entries);
            }
            self.chain.go_on(&header, hash);
            return Ok(());
        }
        let key = self.chain.key_of(&header, &[]);
        self.chain.go_on(&header, hash);
        self.batch.push(Job {
            commit,
            root: header.changes_root,
            key,
        });
        if self.batch.len() >= COMMITS_A_BATCH {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.batch);
        self.sender
            .send(batch)
            .map_err(|_gone| StoreError::form("a check"))
    }
}
