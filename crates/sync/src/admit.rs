//! Whether a commit gets a number, and with which verdict. Everything that must be right about a commit
//! before it is numbered is asked here, once.

use yichuang_domain::record::CommitRef;

use crate::{
    log::{Hash, Verdict},
    reading::{Reader, Reading},
    roster::{DeviceState, Roster},
};

/// A commit that gets a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What it says.
    pub reading: Reading,
    /// What the hub says.
    pub verdict: Verdict,
}

/// What becomes of a commit that was pushed.
#[derive(Clone, Debug, PartialEq)]
pub enum Admitted {
    /// It has a number already.
    Known,
    /// It gets the next number.
    New(Box<Judged>),
    /// An earlier commit of its device is missing.
    Gap {
        /// The one that is expected.
        expected: u64,
    },
    /// The hub has another commit in its place: two machines pose as one device.
    Fork,
    /// The device was frozen for that.
    Frozen,
    /// The device was never enrolled.
    UnknownDevice,
    /// It belongs to another community.
    Foreign,
    /// Nobody who may sign for it did.
    Unsigned,
    /// It is no commit, or not what was signed.
    Form,
    /// It is of a later version than this hub.
    Upgrade,
}

/// What the log knows of a device's chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The hash of the commit the log has in this very place.
    pub(crate) taken: Option<Hash>,
    /// The end of the device's chain.
    pub(crate) end: Option<(u64, Hash)>,
}

/// The newest form of commits this version writes and judges.
const COMMIT_VERSION: u8 = 1;

/// Decides about one commit. `place` is asked for what the log has of its device.
pub(crate) fn admit<E>(
    reader: &impl Reader,
    roster: &Roster,
    community: Option<&Hash>,
    commit: &[u8],
    now: i64,
    place: impl FnOnce(CommitRef) -> Result<Place, E>,
) -> Result<Admitted, E> {
    let Ok(reading) = reader.read(commit) else {
        return Ok(Admitted::Form);
    };
    let header = &reading.header;
    let Some(community) = community else {
        return Ok(found(reader, reading, commit));
    };
    if header.community.is_empty() && reading.hash != *community
        || !header.community.is_empty() && header.community != community
    {
        return Ok(Admitted::Foreign);
    }
    let place = place(reading.at())?;
    if place.taken == Some(reading.hash) {
        return Ok(Admitted::Known);
    }
    match roster.device(header.device) {
        None => return Ok(Admitted::UnknownDevice),
        Some(DeviceState::Frozen) => return Ok(Admitted::Frozen),
        Some(DeviceState::Good | DeviceState::Revoked | DeviceState::Lost) => {}
    }
    if header.v > COMMIT_VERSION || !Roster::knows(&reading) {
        return Ok(Admitted::Upgrade);
    }
    if !reading.holds {
        return Ok(Admitted::Form);
    }
    let key = roster.key_of(header.actor, header.device);
    if !key.is_some_and(|key| reader.is_signed_by(commit, &key)) {
        return Ok(Admitted::Unsigned);
    }
    // From here on the device itself speaks, and what does not fit is its own contradiction.
    if place.taken.is_some() {
        return Ok(Admitted::Fork);
    }
    let (last, prev) = place
        .end
        .map_or((0, Vec::new()), |(seq, hash)| (seq, hash.to_vec()));
    let expected = last.saturating_add(1);
    if header.seq != expected {
        return Ok(Admitted::Gap { expected });
    }
    if header.prev != prev {
        return Ok(Admitted::Fork);
    }
    let verdict = roster.judge(&reading, now);
    Ok(Admitted::New(Box::new(Judged { reading, verdict })))
}

/// The first commit of all: it brings the keys it is signed with, and its hash is the community.
fn found(reader: &impl Reader, reading: Reading, commit: &[u8]) -> Admitted {
    let header = &reading.header;
    let is_first = header.community.is_empty() && header.seq == 1 && header.prev.is_empty();
    if !is_first {
        return Admitted::Foreign;
    }
    if header.v > COMMIT_VERSION || !Roster::knows(&reading) {
        return Admitted::Upgrade;
    }
    if !reading.holds {
        return Admitted::Form;
    }
    let mut own = Roster::default();
    own.apply(&crate::hub::first_frame(&reading, commit, 0), &reading);
    let key = own.key_of(header.actor, header.device);
    if !key.is_some_and(|key| reader.is_signed_by(commit, &key)) {
        return Admitted::Unsigned;
    }
    Admitted::New(Box::new(Judged {
        reading,
        verdict: Verdict::Accepted,
    }))
}
