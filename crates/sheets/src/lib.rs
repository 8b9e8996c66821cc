//! Spreadsheets in and out. In: a small program of its own reads files from strangers, with limits of
//! memory and time, and hands on rows; whatever a file does to it, the desk only hears "refused".
//! Out: workbooks of text cells that nothing takes for a formula.
//!
//! Knows rows and cells, not what they mean; imports nothing of this workspace. The worker is not a
//! hidden mode of the other programs, because the window's program maps more memory before its first
//! line than a worker may have at all.
//!
//! Where does it go?
//! - a limit, or a reason to refuse a file: `wire.rs`
//! - a form of file: a reader in `worker/`
//! - how the worker is started and ended: `client.rs`
//! - what is written: `write.rs`

mod client;
mod wire;
mod write;

pub use client::{WORKER, WorkerError, read};
pub use wire::{Cell, Form, Limits, Message, Trouble};
pub use write::{Sheet, WriteError, write_workbook};
