//! Whole-system tests: what their campaigns and the journal's own tests share.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "helpers of tests, where a panic is the finding"
)]

mod dice;
mod fault_disk;
mod founding;
mod sim_disk;
mod toy_seal;

pub use dice::Dice;
pub use fault_disk::{Fault, FaultDisk, Hits};
pub use founding::{PASSWORD, founding};
pub use sim_disk::SimDisk;
pub use toy_seal::ToySeal;
