//! The desk as an application: every command and query, once, for shell, browser and terminal alike.
//!
//! It loads what a rule needs, asks the rule in `domain`, lets `store` make it true, and says what
//! came of it in the language of the screen. It decides nothing about the business.
//!
//! Where does it go?
//! - something the clerk can do: a command or query in `<room>/`, one line in `calls.rs`
//! - a sentence: `words/`
//! - what a screen shows: the room's `view.rs`

mod answer;
mod bindings;
mod call;
mod calls;
mod cases;
mod checks;
mod clock;
mod desk;
mod error;
mod inner;
mod office;
mod papers;
mod register;
mod rest;
mod sample;
mod see;
mod sync;
mod window;
mod words;
mod world;

pub use answer::{Answer, FailureView, RefusalView, Stop};
pub use bindings::bindings;
pub use call::WindowKind;
pub use clock::{Clock, day_of, local, read_moment};
pub use desk::{Desk, DeskOptions, check, failure_view, list_of_calls, refusal_view};
pub use error::DeskError;
pub use inner::Inner;
pub use office::backup::restore::{Restore, restore};
pub use papers::record::check_proof;
pub use sample::{Sample, sample};
pub use sync::JoinAsk;
pub use words::Language;
pub use yichuang_domain::refusal::Refusal;
pub use yichuang_store::{WIPING_ALLOCATOR, WipingAllocator, forbid_core_dumps, wipe_what_c_frees};
