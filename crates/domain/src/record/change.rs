//! Changes: the only way a record comes to be or becomes different.
//!
//! What travels is named fields and named events; what this version does not know is kept as it is.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::Id;

/// The kind of a record. Kinds this version does not know are kept and passed on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(Cow<'static, str>);

impl Kind {
    /// 社区: the community itself, its name and settings. One record.
    pub const COMMUNITY: Self = Self(Cow::Borrowed("community"));
    /// 台: a device that writes, with its public key and station letter.
    pub const DEVICE: Self = Self(Cow::Borrowed("device"));
    /// 工作人员: a person who works here, with role and corner.
    pub const STAFF: Self = Self(Cow::Borrowed("staff"));
    /// 居民: a person in the register.
    pub const PERSON: Self = Self(Cow::Borrowed("person"));
    /// 房屋: a flat, garage or shop.
    pub const HOUSEHOLD: Self = Self(Cow::Borrowed("household"));
    /// 办件: one matter of one person.
    pub const CASE: Self = Self(Cow::Borrowed("case"));
    /// 咨询: a question answered or referred without a case.
    pub const ENQUIRY: Self = Self(Cow::Borrowed("enquiry"));
    /// 在岗: who holds the window.
    pub const DUTY: Self = Self(Cow::Borrowed("duty"));
    /// 敏感信息的密钥: a key of sensitive facts, sealed to the people entitled to it.
    pub const SENSITIVE_KEY: Self = Self(Cow::Borrowed("sensitive_key"));
    /// 涂除: that the content of a change is to be taken away, and that it was.
    pub const REDACTION: Self = Self(Cow::Borrowed("redaction"));
    /// 留痕: somebody looked (reveal, print, export).
    pub const ACCESS: Self = Self(Cow::Borrowed("access"));
    /// 纪元: the hub's numbers were counted anew from somewhere. Written by the hub.
    pub const EPOCH: Self = Self(Cow::Borrowed("epoch"));
    /// 追认: a supervisor gives a refused commit its effect.
    pub const ADOPTION: Self = Self(Cow::Borrowed("adoption"));
    /// 重写: a commit of a device that is gone was written again by another, once.
    pub const ORIGIN: Self = Self(Cow::Borrowed("origin"));

    /// The name as it travels.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// A kind by its name, known or not.
    pub fn named(name: &str) -> Self {
        Self(Cow::Owned(name.to_owned()))
    }
}

/// Which record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKey {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
}

impl RecordKey {
    /// The key of the record of this kind and id.
    pub const fn new(kind: Kind, id: Id) -> Self {
        Self { kind, id }
    }
}

/// The named fields of a record.
pub type Fields = BTreeMap<String, Value>;

/// What a person had in front of them when they decided: the hub's number and this desk's own last commit.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
pub struct Seen {
    /// The epoch of the hub's numbers.
    #[serde(default)]
    pub epoch: u32,
    /// The last number of the hub that the screen had shown.
    #[serde(default)]
    #[ts(type = "number")]
    pub number: u64,
    /// The last own commit of this desk that the screen had shown.
    #[serde(default)]
    #[ts(type = "number")]
    pub seq: u64,
}

/// One commit of one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommitRef {
    /// The device that wrote it.
    pub device: Id,
    /// Its place in that device's chain, from 1.
    pub seq: u64,
}

/// One change of one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChangeRef {
    /// The device that wrote it.
    pub device: Id,
    /// The commit's place in that device's chain.
    pub seq: u64,
    /// The change's place in the commit, from 0.
    pub index: u32,
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Fields get new values; those not named stay.
    Set {
        /// Of which record.
        record: RecordKey,
        /// Only the fields that changed.
        fields: Fields,
    },
    /// A step in the history of a record.
    Event {
        /// Of which record.
        record: RecordKey,
        /// The event's name.
        event: String,
        /// What it says.
        body: Value,
    },
    /// A supervisor takes the effect from an earlier change. It names the record too, so that the
    /// fold of a record never looks outside it.
    Void {
        /// The record the voided change belongs to.
        record: RecordKey,
        /// The change that loses its effect.
        of: ChangeRef,
        /// Why.
        reason: String,
    },
}

impl Change {
    /// The record it belongs to.
    pub const fn record(&self) -> &RecordKey {
        match self {
            Self::Set { record, .. } | Self::Event { record, .. } | Self::Void { record, .. } => {
                record
            }
        }
    }
}

/// The signed head of a commit. Its bytes are made once and passed on verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the form of commits.
    pub v: u8,
    /// The hash of the community's first commit; empty in that first one.
    #[serde(with = "serde_bytes")]
    pub community: Vec<u8>,
    /// The device that writes.
    pub device: Id,
    /// 1, 2, 3 … with no gap.
    pub seq: u64,
    /// The hash of this device's previous header; empty in its first.
    #[serde(with = "serde_bytes")]
    pub prev: Vec<u8>,
    /// The device's wall clock, milliseconds since 1970 (UTC). Information, never an order.
    pub time: i64,
    /// What the person had seen.
    pub seen: Seen,
    /// Who did it; the device itself for what a machine does alone.
    pub actor: Id,
    /// The colleague whose post the actor holds (AB角).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Id>,
    /// The command's name: information, the changes say what happened.
    pub command: String,
    /// BLAKE3 of all leaves in order.
    #[serde(with = "serde_bytes")]
    pub changes_root: Vec<u8>,
    /// The last commits that were in the backup this device was restored from. Empty for a device that
    /// began with nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored_from: Vec<CommitRef>,
}

/// A change as the fold meets it: with what is known about its commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Which change.
    pub at: ChangeRef,
    /// The hub's number, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// When the hub received it, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<i64>,
    /// The writer's clock, milliseconds.
    pub time: i64,
    /// What the writer had seen.
    pub seen: Seen,
    /// The last commits of the backup the writer's device was restored from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored_from: Vec<CommitRef>,
    /// Who did it.
    pub actor: Id,
    /// Whose post they held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Id>,
    /// What changed.
    pub change: Change,
}

impl Entry {
    /// The change at this place of a commit, before the hub has numbered it.
    pub fn of(header: &Header, index: u32, change: Change) -> Self {
        Self {
            at: ChangeRef {
                device: header.device,
                seq: header.seq,
                index,
            },
            number: None,
            received_at: None,
            time: header.time,
            seen: header.seen,
            restored_from: header.restored_from.clone(),
            actor: header.actor,
            on_behalf_of: header.on_behalf_of,
            change,
        }
    }

    /// Whether this entry's writer had `earlier` in front of them.
    pub fn has_seen(&self, earlier: &Self) -> bool {
        let same_device = self.at.device == earlier.at.device && earlier.at < self.at;
        let was_restored =
            |head: &CommitRef| head.device == earlier.at.device && earlier.at.seq <= head.seq;
        same_device
            || self.restored_from.iter().any(was_restored)
            || earlier
                .number
                .is_some_and(|number| number <= self.seen.number)
    }
}
