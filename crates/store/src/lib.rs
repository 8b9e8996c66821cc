//! What a desk keeps: the journal that is the truth, the view that makes it quick, the keys to both.
//!
//! A commit is signed, appended and synced to disk first; only then is it true. The view follows, and
//! may be thrown away at any time. Knows the domain's fold; decides nothing about the business.
//!
//! Where does it go?
//! - what is on disk: `commit.rs`, `keys.rs`, with a test that an old data folder still opens
//! - a new index: a space in `keys.rs`, its rows in `index.rs`, its question in `read.rs`

pub mod backup;
mod beside;
mod bulk;
mod chain;
mod commit;
mod day;
mod doubt;
mod error;
mod found;
mod gathered;
mod heads;
mod hex;
mod hub_log;
mod index;
mod joined;
mod keys;
mod lock;
mod outbox;
mod place;
mod proof;
mod read;
mod reading;
mod recall;
mod received;
mod redact;
mod rescue;
mod room;
mod row;
#[cfg(feature = "scan")]
mod scan;
mod scrub;
mod sensitive;
mod snapshot;
mod stick;
mod store;
mod verify;
mod view;

pub use bulk::digest;
pub use chain::hash_of;
pub use commit::{Commit, Hash, Leaf, from_cbor, to_cbor};
pub use day::DayOfChain;
pub use error::{ReadOnly, StoreError};
pub use found::{FoundedStore, Founding, NewStaff};
pub use gathered::Gathered;
pub use hex::hex;
pub use hub_log::{HubFolder, HubLedger, HubPen};
pub use joined::{DeskKeys, DeviceProof, Joining, Newcomer, prepare_desk, settle_desk};
pub use lock::FolderLock;
pub use outbox::{StoreLog, SyncDigest};
pub use proof::{Checked, FileSeal, Proof, ProofError, Proven, SealedFile};
pub use read::Record;
pub use reading::CommitReader;
pub use room::Room;
pub use scrub::Scrub;
pub use sensitive::{Fact, KeyRing, Place, Sealing};
pub use stick::{StickKey, Way, device_of_stick};
pub use store::{Act, Committed, Note, Store, Unlocking};
pub use verify::{Head, Verified};
pub use yichuang_journal::{Damage, JournalError};
pub use yichuang_vault::{
    KdfParams, PasswordProblem, PersonKeys, PinAnswer, PinRefused, RecoveryCode, ShadePin,
    Strength, UnlockError, VaultError, WIPING_ALLOCATOR, WipingAllocator, forbid_core_dumps,
    random, rate, wipe_stack, wipe_what_c_frees,
};
