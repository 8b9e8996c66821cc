//! What the search box asks: people by anything one knows of them, items by name or initials.
//!
//! Everything is in memory and looked at once per query (stack.md): no postings, so a change is an
//! append, and every way to ask costs the same. Case numbers are looked up where cases are.

mod alphabet;
mod fold;
mod kept;
mod packed;
pub mod people;
mod question;
mod spell;
pub mod words;

pub use people::{Hit, PersonEntry, SearchIndex, Why};
pub use words::{Word, WordHit, WordIndex, WordRank};
