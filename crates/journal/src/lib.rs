//! The journal: append-only files of sealed blocks. It is the truth; everything else on the disk
//! can be rebuilt from it.
//!
//! It knows bytes, not meaning: what a block holds is the business of `store`. It keeps no keys
//! either, they come in through [`Seal`].
//!
//! Three promises: a block whose [`Journal::append`] returned survives any crash; damage is
//! reported and never skipped in silence; nothing that was acknowledged is ever cut off.
//!
//! Where does it go?
//!
//! | You want to … | You touch |
//! | --- | --- |
//! | change a byte on the disk | `format.rs` (and its golden test), never without a new format number |
//! | change what happens after a crash | `recover.rs` |
//! | change how a file is written anew | `redact.rs` |
//! | run it on another disk | an implementation of [`Disk`] |

mod disk;
mod error;
mod format;
mod guard;
mod held;
mod journal;
mod mark;
mod pack;
mod read;
mod recover;
mod redact;
mod scan;
mod seal;
mod snapshot;

pub use disk::{Disk, DiskFile, Open, OsDisk};
pub use error::{Damage, DamageKind, JournalError};
pub use format::{FILE_HEADER_BYTES, Position};
pub use guard::Guards;
pub use journal::Journal;
pub use mark::Mark;
pub use pack::MAX_BODY_BYTES;
pub use read::{Block, Found, Report};
pub use recover::{Cut, Recovery};
pub use seal::{Seal, SealBroken};
pub use snapshot::{Snapshot, SnapshotFile};
