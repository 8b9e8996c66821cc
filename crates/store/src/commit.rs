//! Commits as bytes: encoded once, hashed, signed, and passed on verbatim.
//!
//! ```text
//! commit  = CBOR { header: bytes, signature: bytes(64), leaves: [ leaf ] }
//! leaf    = CBOR { salt: bytes(16), change: bytes }  |  { hash: bytes(32) } once redacted
//! hash of a leaf   = BLAKE3(salt ‖ change)
//! changes_root     = BLAKE3(all leaf hashes in order)
//! hash of a commit = BLAKE3(header)
//! ```

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use yichuang_domain::record::{Change, CommitRef, Entry, Header};

use crate::error::StoreError;

/// The hash of a header: what the next commit of the device points to.
pub type Hash = [u8; 32];

/// Length of a salt.
const SALT_BYTES: usize = 16;

/// One leaf of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Leaf {
    /// With its content.
    Whole {
        /// 16 random bytes, so that a redacted change cannot be guessed from its hash.
        #[serde(with = "serde_bytes")]
        salt: Vec<u8>,
        /// The change, CBOR.
        #[serde(with = "serde_bytes")]
        change: Vec<u8>,
    },
    /// Redacted: only its hash is left, and the chain still holds.
    Redacted {
        /// BLAKE3(salt ‖ change).
        #[serde(with = "serde_bytes")]
        hash: Vec<u8>,
    },
}

/// A commit as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The header's bytes.
    #[serde(with = "serde_bytes")]
    pub header: Vec<u8>,
    /// Ed25519 of the header's bytes.
    #[serde(with = "serde_bytes")]
    pub signature: Vec<u8>,
    /// The changes.
    pub leaves: Vec<Leaf>,
}

impl Commit {
    /// Builds a commit: `header` without its root, the changes with their salts, and who signs.
    ///
    /// # Errors
    ///
    /// When the values cannot be encoded.
    pub fn build(
        mut header: Header,
        changes: &[Change],
        salts: &[[u8; 16]],
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<Self, StoreError> {
        let mut leaves = Vec::with_capacity(changes.len());
        for (change, salt) in changes.iter().zip(salts) {
            leaves.push(Leaf::Whole {
                salt: salt.to_vec(),
                change: to_cbor(change)?,
            });
        }
        header.changes_root = root_of(&leaves)?.to_vec();
        let header = to_cbor(&header)?;
        let signature = sign(&header).to_vec();
        Ok(Self {
            header,
            signature,
            leaves,
        })
    }

    /// The header, read.
    ///
    /// # Errors
    ///
    /// When the bytes are not a header.
    pub fn header(&self) -> Result<Header, StoreError> {
        from_cbor(&self.header, "a commit's header")
    }

    /// Whose commit it is, and which.
    pub(crate) fn at(&self) -> Result<CommitRef, StoreError> {
        let header = self.header()?;
        Ok(CommitRef {
            device: header.device,
            seq: header.seq,
        })
    }

    /// The hash the next commit of the device points to.
    pub fn hash(&self) -> Hash {
        *blake3::hash(&self.header).as_bytes()
    }

    /// Whether the changes are those the header was signed over.
    ///
    /// # Errors
    ///
    /// When the bytes are not a header.
    pub fn changes_hold(&self) -> Result<bool, StoreError> {
        Ok(self.header()?.changes_root == self.root()?)
    }

    /// The root of the changes as they stand here.
    pub(crate) fn root(&self) -> Result<Hash, StoreError> {
        root_of(&self.leaves)
    }

    /// Whether `public` signed the header.
    pub fn is_signed_by(&self, public: &[u8; 32]) -> bool {
        let Ok(signature) = <[u8; 64]>::try_from(self.signature.as_slice()) else {
            return false;
        };
        yichuang_vault::verify(public, &self.header, &signature)
    }

    /// The changes as the fold meets them. A change of a form this version does not know stays in
    /// the journal and is folded after the upgrade that knows it.
    ///
    /// # Errors
    ///
    /// When the bytes are not a header.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let header = self.header()?;
        let whole = (0_u32..).zip(&self.leaves);
        let known = whole.filter_map(|(index, leaf)| match leaf {
            Leaf::Whole { change, .. } => Some((index, from_cbor(change, "a change").ok()?)),
            Leaf::Redacted { .. } => None,
        });
        Ok(known
            .map(|(index, change)| Entry::of(&header, index, change))
            .collect())
    }
}

impl Leaf {
    /// Its hash: what the root is made of, and all that is left once it is redacted.
    pub(crate) fn hash(&self) -> Result<Hash, StoreError> {
        match self {
            // Of another length, bytes could move between the two and the hash would still hold.
            Self::Whole { salt, .. } if salt.len() != SALT_BYTES => Err(StoreError::form("a salt")),
            Self::Whole { salt, change } => {
                let mut hasher = blake3::Hasher::new();
                hasher.update(salt);
                hasher.update(change);
                Ok(*hasher.finalize().as_bytes())
            }
            Self::Redacted { hash } => hash
                .as_slice()
                .try_into()
                .map_err(|_length| StoreError::form("a redacted leaf")),
        }
    }
}

fn root_of(leaves: &[Leaf]) -> Result<Hash, StoreError> {
    let mut root = blake3::Hasher::new();
    for leaf in leaves {
        root.update(&leaf.hash()?);
    }
    Ok(*root.finalize().as_bytes())
}

/// CBOR of a value.
///
/// # Errors
///
/// When it cannot be encoded.
pub fn to_cbor<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|_error| StoreError::form("a value"))?;
    Ok(bytes)
}

/// A value from its CBOR.
///
/// # Errors
///
/// When the bytes are something else; `what` names them.
pub fn from_cbor<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, StoreError> {
    ciborium::from_reader(bytes).map_err(|_error| StoreError::Form { what })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use yichuang_domain::record::{Id, Kind, RecordKey, Seen};

    use super::*;

    fn a_commit() -> Commit {
        let header = Header {
            v: 1,
            community: vec![7; 32],
            device: Id::from_bytes([1; 16]),
            seq: 2,
            prev: vec![9; 32],
            time: 1_795_000_000_000,
            seen: Seen::default(),
            actor: Id::from_bytes([2; 16]),
            on_behalf_of: None,
            command: "register_resident".to_owned(),
            changes_root: Vec::new(),
            restored_from: Vec::new(),
        };
        let change = Change::Set {
            record: RecordKey::new(Kind::PERSON, Id::from_bytes([3; 16])),
            fields: [("name".to_owned(), json!("张三"))].into(),
        };
        Commit::build(
            header,
            &[change.clone(), change],
            &[[4; 16], [5; 16]],
            |_header| [6; 64],
        )
        .unwrap()
    }

    #[test]
    fn a_commit_reads_back_what_was_written() {
        let commit = a_commit();
        let again: Commit = from_cbor(&to_cbor(&commit).unwrap(), "a commit").unwrap();
        assert_eq!(again, commit);
        assert!(again.changes_hold().unwrap());
        assert_eq!(again.entries().unwrap().len(), 2);
    }

    #[test]
    fn a_changed_change_does_not_hold_and_a_redacted_one_does() {
        let mut changed = a_commit();
        if let Leaf::Whole { change, .. } = &mut changed.leaves[0] {
            change[10] ^= 1;
        }
        assert!(!changed.changes_hold().unwrap());

        let mut redacted = a_commit();
        let Leaf::Whole { salt, change } = redacted.leaves[0].clone() else {
            panic!("redacted")
        };
        let hash = blake3::hash(&[salt, change].concat()).as_bytes().to_vec();
        redacted.leaves[0] = Leaf::Redacted { hash };
        assert!(redacted.changes_hold().unwrap());
        assert_eq!(redacted.entries().unwrap().len(), 1);
        assert_eq!(redacted.entries().unwrap()[0].at.index, 1);
    }
}
