//! What travels: CBOR, packed. Commits pass verbatim.
//!
//! ```text
//! body = zstd( CBOR [ version, message ] )
//! POST /v1/push  Push → PushAnswer      at most 1,000 commits and 1 MiB unpacked, or one larger commit of at most 8 MiB
//! POST /v1/pull  Pull → PullAnswer
//! POST /v1/give  Give → GiveAnswer      only when the hub was restored and asks for it
//! ```

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

use crate::{
    bounded::{Limits, TooMuch, check, pack, unpack},
    log::{Frame, Hash, Head, Mark, Verdict},
};

/// The version both sides write. The one before is read too, once there is one.
pub const VERSION: u8 = 1;
/// Bytes of the frames of one answer to a pull: what a desk asks for, and the most it gets.
pub const PAGE_BYTES: u32 = 4 * 1024 * 1024;
/// Commits of one push.
pub const PUSH_COMMITS: usize = 1_000;
/// Bytes of one push, unpacked, unless it is one commit alone.
pub const PUSH_BYTES: usize = 1024 * 1024;
/// Bytes of a commit that is pushed alone.
pub const LONE_COMMIT_BYTES: usize = 8 * 1024 * 1024;

/// A desk hands in commits, each device's in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Push {
    /// Up to where the desk has the log, as the hub once signed it.
    pub cursor: Option<Head>,
    /// Commits, verbatim.
    pub commits: Vec<ByteBuf>,
}

/// Why the hub stopped at a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// All were taken.
    All,
    /// An earlier one of its device is missing.
    Gap {
        /// The one that is expected.
        expected: u64,
    },
    /// Two machines pose as its device; it is frozen.
    Frozen,
    /// Its device was never enrolled.
    UnknownDevice,
    /// It is of another community.
    Foreign,
    /// Nobody who may sign for it did.
    Unsigned,
    /// It is no commit, or not what was signed.
    Form,
    /// It is of a later version; the hub must be upgraded first.
    Upgrade,
}

/// What the hub says to a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushAnswer {
    /// The first `taken` have their numbers, on disk.
    Taken {
        /// How many.
        taken: u32,
        /// Why not the rest.
        sent: Sent,
        /// The hub's last number now.
        number: u64,
    },
    /// The hub is not sure of its own history: pull first.
    PullFirst,
}

/// A desk asks for what comes after its cursor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pull {
    /// Up to where the desk has the log, as the hub once signed it.
    pub cursor: Option<Head>,
    /// The last commit of the desk's own chain: those up to it come back without their bytes.
    pub own_seq: u64,
    /// At most about so many bytes.
    pub most_bytes: u32,
}

/// A commit on its way to a desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carried {
    /// With its bytes.
    Whole(ByteBuf),
    /// The desk has the bytes itself.
    Own {
        /// The commit's place in the desk's chain.
        seq: u64,
        /// Its hash.
        #[serde(with = "serde_bytes")]
        hash: Hash,
    },
}

/// A part of the log. The first frame is the one behind the cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// When the hub received it, its verdict, the commit.
    pub frames: Vec<(i64, Verdict, Carried)>,
    /// The mark behind the last of them, signed.
    pub end: Head,
    /// The hub's last number.
    pub number: u64,
    /// The end of the desk's own chain, as the hub has it.
    pub own: Option<(u64, ByteBuf)>,
}

/// What the hub says to a pull.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PullAnswer {
    /// Here it is.
    Page(Page),
    /// The histories part: here are marks of the hub's, and where it stands.
    Parted {
        /// To find the last common one by.
        marks: Vec<Mark>,
        /// The hub's head.
        head: Head,
    },
    /// The desk knows more than the hub, which signed it: the hub was restored. It asks for what is missing.
    Lacking {
        /// To find the last common one by.
        marks: Vec<Mark>,
    },
}

/// A desk gives a restored hub back what it lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Give {
    /// Up to where the desk has the log, as the hub once signed it.
    pub cursor: Head,
    /// The last mark both had.
    pub common: Mark,
    /// Everything after it, up to the cursor, with all bytes.
    pub frames: Vec<Frame>,
}

/// What the hub says to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiveAnswer {
    /// The hub goes on in a new epoch: pull.
    Thanks,
    /// It is not what the hub once signed.
    Wrong,
}

/// A body that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Larger or deeper than any real one, or not well formed.
    #[error("{0}")]
    TooMuch(#[from] TooMuch),
    /// Well formed, but not what was expected.
    #[error("not the expected message")]
    Form,
    /// Of a version this program does not know.
    #[error("version {version} is not known here")]
    Version {
        /// Which.
        version: u8,
    },
    /// It cannot be packed.
    #[error("it cannot be packed")]
    Packing,
}

/// A message as a body.
///
/// # Errors
///
/// When it cannot be encoded or packed.
pub fn write<T: Serialize>(message: &T) -> Result<Vec<u8>, WireError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(&(VERSION, message), &mut bytes).map_err(|_error| WireError::Form)?;
    pack(&bytes).map_err(|_error| WireError::Packing)
}

/// A message from its body, which may unpack to at most `most_bytes`.
///
/// # Errors
///
/// Refuses what is too much, of another version, or something else.
pub fn read<T: DeserializeOwned>(body: &[u8], most_bytes: usize) -> Result<T, WireError> {
    let bytes = unpack(body, most_bytes)?;
    check(
        &bytes,
        Limits {
            bytes: most_bytes,
            ..Limits::BODY
        },
    )?;
    let (version, message): (u8, ciborium::Value) =
        ciborium::from_reader(bytes.as_slice()).map_err(|_error| WireError::Form)?;
    if version != VERSION {
        return Err(WireError::Version { version });
    }
    message.deserialized().map_err(|_error| WireError::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_back_and_a_later_version_is_told() {
        let push = Push {
            cursor: None,
            commits: vec![ByteBuf::from(vec![1, 2, 3])],
        };
        let body = write(&push).unwrap();
        assert_eq!(read::<Push>(&body, PUSH_BYTES), Ok(push));

        let mut later = Vec::new();
        ciborium::into_writer(&(VERSION + 1, "news"), &mut later).unwrap();
        let version = WireError::Version {
            version: VERSION + 1,
        };
        assert_eq!(
            read::<Push>(&pack(&later).unwrap(), PUSH_BYTES),
            Err(version)
        );
        assert_eq!(
            read::<Pull>(&body, PUSH_BYTES),
            Err(WireError::Form),
            "a push is no pull"
        );
    }

    #[test]
    fn bytes_of_the_first_version_read_for_ever() {
        // [1, {"cursor": null, "own_seq": 3, "most_bytes": 1000}]
        let old = b"\x82\x01\xA3\x66cursor\xF6\x67own_seq\x03\x6Amost_bytes\x19\x03\xE8";
        let pull = Pull {
            cursor: None,
            own_seq: 3,
            most_bytes: 1_000,
        };
        assert_eq!(read::<Pull>(&pack(old).unwrap(), 1_000), Ok(pull));
    }
}
