//! The log of a community: one dense number per commit, a verdict, and a digest over all of it.
//!
//! ```text
//! digest(0) = 32 zero bytes
//! digest(N) = BLAKE3(digest(N−1) ‖ N ‖ received_at ‖ verdict(1) ‖ commit hash)     numbers big-endian, 8 bytes
//! head      = { epoch, N, digest(N) } signed by the hub over
//!             "yichuang head 1" ‖ community(32) ‖ epoch(4) ‖ N(8) ‖ digest(32)
//! ```

use serde::{Deserialize, Serialize};
use yichuang_domain::record::CommitRef;

/// BLAKE3, 32 bytes.
pub type Hash = [u8; 32];

/// What the hub said of a commit, once and for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It has effect.
    Accepted,
    /// It has effect though the role had ended: it was made before, by somebody who had not heard of it.
    Late,
    /// It has no effect. It travels, so that everybody knows who tried what.
    Refused(Refused),
}

/// Why a commit has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// The actor's role may not do it.
    NotPermitted,
    /// The actor's role had ended.
    RoleEnded,
    /// The device was taken out of service.
    DeviceRevoked,
    /// The device was reported lost.
    DeviceLost,
    /// The same work of the same device was written down already.
    Repeated,
}

impl Verdict {
    /// Whether the commit has effect.
    pub const fn has_effect(self) -> bool {
        matches!(self, Self::Accepted | Self::Late)
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Late => 1,
            Self::Refused(Refused::NotPermitted) => 2,
            Self::Refused(Refused::RoleEnded) => 3,
            Self::Refused(Refused::DeviceRevoked) => 4,
            Self::Refused(Refused::DeviceLost) => 5,
            Self::Refused(Refused::Repeated) => 6,
        }
    }
}

/// A place in the log, with the digest of everything up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number.
    pub number: u64,
    /// The digest up to it.
    #[serde(with = "serde_bytes")]
    pub digest: Hash,
}

/// The end of the log, as the hub says and signs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Counted up each time histories parted.
    pub epoch: u32,
    /// The last number and its digest.
    pub mark: Mark,
    /// By the hub's key.
    #[serde(with = "serde_bytes")]
    pub signature: [u8; 64],
}

impl Head {
    /// The bytes a head is signed over.
    pub fn message(community: &Hash, epoch: u32, mark: &Mark) -> Vec<u8> {
        let mut message = b"yichuang head 1".to_vec();
        message.extend(community);
        message.extend(epoch.to_be_bytes());
        message.extend(mark.number.to_be_bytes());
        message.extend(mark.digest);
        message
    }
}

/// A commit with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// 1, 2, 3 … no gap.
    pub number: u64,
    /// The hub's clock, milliseconds, never decreasing.
    pub received_at: i64,
    /// What the hub said.
    pub verdict: Verdict,
    /// Whose commit it is, and which.
    pub at: CommitRef,
    /// The commit's hash.
    #[serde(with = "serde_bytes")]
    pub hash: Hash,
    /// The commit, verbatim.
    #[serde(with = "serde_bytes")]
    pub commit: Vec<u8>,
}

impl Frame {
    /// The mark behind this frame, from the one before it.
    pub fn mark_after(&self, before: &Mark) -> Mark {
        next_mark(before, self.received_at, self.verdict, &self.hash)
    }
}

/// The mark behind one more commit.
pub(crate) fn next_mark(before: &Mark, received_at: i64, verdict: Verdict, hash: &Hash) -> Mark {
    let number = before.number + 1;
    let mut hasher = blake3::Hasher::new();
    hasher.update(&before.digest);
    hasher.update(&number.to_be_bytes());
    hasher.update(&received_at.to_be_bytes());
    hasher.update(&[verdict.byte()]);
    hasher.update(hash);
    Mark {
        number,
        digest: *hasher.finalize().as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_what_the_page_says() {
        let before = Mark {
            number: 6,
            digest: [9; 32],
        };
        let after = next_mark(&before, -2, Verdict::Late, &[7; 32]);
        let mut page = vec![9; 32];
        page.extend([0, 0, 0, 0, 0, 0, 0, 7]);
        page.extend([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 1]);
        page.extend([7; 32]);
        assert_eq!(after.number, 7);
        assert_eq!(after.digest, *blake3::hash(&page).as_bytes());
    }
}
