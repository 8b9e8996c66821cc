//! Who is in the world, with keys that cost nothing: a key is its own public half, a signature a hash.

use std::{cell::RefCell, collections::HashMap};

use yichuang_domain::record::{Change, Header, Id};
use yichuang_store::{Commit, CommitReader, from_cbor, to_cbor};
use yichuang_sync::{Hash, HubKeys, Reader, Reading, Unreadable};

thread_local! {
    static READ: RefCell<HashMap<Hash, Reading>> = RefCell::new(HashMap::new());
}

/// Another world begins.
pub(crate) fn forget_readings() {
    READ.with_borrow_mut(HashMap::clear);
}

/// Reads commits as they ship; checks the world's cheap signatures.
#[derive(Clone, Copy)]
pub(crate) struct CheapReader;

impl Reader for CheapReader {
    fn read(&self, commit: &[u8]) -> Result<Reading, Unreadable> {
        // Everybody in the world reads the same commits again and again.
        let hash = *blake3::hash(commit).as_bytes();
        READ.with_borrow_mut(|read| match read.get(&hash) {
            Some(reading) => Ok(reading.clone()),
            None => {
                let reading = CommitReader.read(commit)?;
                read.insert(hash, reading.clone());
                Ok(reading)
            }
        })
    }

    fn is_signed_by(&self, commit: &[u8], public: &Hash) -> bool {
        from_cbor::<Commit>(commit, "a commit")
            .is_ok_and(|commit| commit.signature == cheap_signature(public, &commit.header))
    }

    fn is_signature(&self, message: &[u8], signature: &[u8; 64], public: &Hash) -> bool {
        *signature == cheap_signature(public, message)
    }
}

pub(crate) fn cheap_signature(key: &Hash, message: &[u8]) -> [u8; 64] {
    let hash = blake3::keyed_hash(key, message);
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(hash.as_bytes());
    signature
}

pub(crate) fn key_of(id: Id) -> Hash {
    *blake3::hash(&id.bytes()).as_bytes()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    yichuang_store::hex(bytes)
}

/// A commit as a desk writes it.
pub(crate) fn commit(header: Header, changes: &[Change], key: &Hash) -> Vec<u8> {
    let salts = vec![[header.seq.to_le_bytes()[0]; 16]; changes.len()];
    let commit = Commit::build(header, changes, &salts, |bytes| cheap_signature(key, bytes));
    to_cbor(&commit.unwrap()).unwrap()
}

/// The hub's key.
#[derive(Clone, Copy)]
pub(crate) struct CheapHubKeys {
    pub(crate) device: Id,
}

impl HubKeys for CheapHubKeys {
    fn public(&self) -> Hash {
        key_of(self.device)
    }
    fn device(&self) -> Id {
        self.device
    }
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        cheap_signature(&self.public(), message)
    }
    fn write(&self, header: Header, changes: &[Change]) -> Option<Vec<u8>> {
        Some(commit(header, changes, &self.public()))
    }
}
