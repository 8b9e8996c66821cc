//! The rules of one window in one community: records, workflow, clocks, permissions and the fold.
//!
//! Pure: no I/O, no clock, no randomness. Actor, time, calendar and new ids are handed in, so every
//! rule can be tested in a line. Imports nothing else of this workspace.
//!
//! Where does it go?
//! - a field of a record: the record's file in its room (`register/person.rs`)
//! - a rule: the pure function in its room, its tests beside it
//! - a kind of record: `<room>/<kind>.rs` and one line in [`record`]

pub mod cases;
pub mod office;
pub mod record;
pub mod refusal;
pub mod register;
pub mod search;
