//! What every record is made of: its key, the changes that made it, and the fold that reads them.

mod change;
mod fold;
mod id;

pub use change::{Change, ChangeRef, CommitRef, Entry, Fields, Header, Kind, RecordKey, Seen};
pub use fold::{Field, FieldConflict, Folded, Happening, Head, fold, in_order};
pub use id::{Id, IdError};
