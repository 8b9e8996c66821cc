//! What a stick carries where no cable goes: the same messages as the line, in one body each way.
//!
//! Each message is a body of its own, so that none is larger than on the line.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{log::Head, wire::Sent};

/// Bytes of a stick's body, unpacked.
pub const STICK_BYTES: usize = 512 * 1024 * 1024;

/// From a desk to its hub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stick {
    /// Up to where the desk has the log, as the hub once signed it.
    pub cursor: Option<Head>,
    /// The last commit of the desk's own chain.
    pub own_seq: u64,
    /// Bodies of pushes, in order.
    pub pushes: Vec<ByteBuf>,
}

/// From the hub back to the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StickAnswer {
    /// Whether the hub took everything, and why not.
    pub sent: Sent,
    /// Bodies of answers to pulls, in order, up to the hub's head.
    pub pages: Vec<ByteBuf>,
}
