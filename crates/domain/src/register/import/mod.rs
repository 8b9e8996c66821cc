//! Import (导入): the community's own spreadsheets, as they really are, become people and homes.
//!
//! Pure rules over rows that somebody else has read: where the heads stand, which column is what, what
//! a row says, and what it means for whoever is in the register already. No file, no id is made here.
//!
//! Where does it go?
//! - a column people keep: `field.rs`, its words there, its reading in `draft.rs`
//! - a word for a code: `code.rs`
//! - a reason to refuse a row: [`FaultReason`], its sentence in `desk`

mod cell;
mod code;
mod columns;
mod date;
mod draft;
mod field;
mod header;
mod judge;
mod number;
mod trouble;

pub use cell::{Cell, Row};
pub use columns::{Column, Mapping, MappingError, corrected, recognise};
pub use draft::{Fault, FaultReason, Home, PersonDraft, Reader, RowDraft, RowKind};
pub use field::Field;
pub use header::{Header, find_header};
pub use judge::{Doubt, Found, Known, differences, find_person, with_phones_of};
pub use trouble::FileTrouble;
