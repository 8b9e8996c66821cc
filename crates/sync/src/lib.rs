//! What desks and the hub say to each other, and both sides of it as state machines without I/O: no
//! socket, no file, no clock, no randomness of their own. What they need is handed in.
//!
//! One log of a community: the hub gives every commit one number and a verdict (a [`Frame`]); each
//! number's digest covers all before it. A desk keeps the frames and is done when its digest is the
//! hub's.
//!
//! Where does it go?
//! - what travels: `wire.rs`, with a version and a test that old bytes still read
//! - what a commit must be to be numbered, and what then gives it effect: `admit.rs`, `roster.rs`
//! - when a desk pulls, pushes, waits or gives up: `desk.rs`
//! - what frames do to records: `effect.rs`
//! - what goes on a stick: `stick.rs`

mod admit;
mod bounded;
mod desk;
mod effect;
pub mod enrol;
mod hub;
mod log;
mod part;
mod reading;
mod roster;
mod stick;
mod wire;

pub use admit::{Admitted, Judged};
pub use bounded::{Limits, TooMuch, check, pack, unpack};
pub use desk::{Action, Desk, DeskLog, Event, Keep, Trouble};
pub use effect::{ADOPT, EPOCH, Effects, ORIGIN, Turn, adoption_of};
pub use hub::{Hub, HubKeys, Known, Ledger, hub_device};
pub use log::{Frame, Hash, Head, Mark, Refused, Verdict};
pub use part::{common_mark, marks_before};
pub use reading::{Reader, Reading, Unreadable};
pub use roster::{DeviceState, Roster, signing_field};
pub use stick::{STICK_BYTES, Stick, StickAnswer};
pub use wire::{
    Carried, Give, GiveAnswer, LONE_COMMIT_BYTES, PAGE_BYTES, PUSH_BYTES, PUSH_COMMITS, Page, Pull,
    PullAnswer, Push, PushAnswer, Sent, VERSION, WireError, read, write,
};
