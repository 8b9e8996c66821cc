//! Import (导入): a look at what a file would do (dry run), the doing in blocks that can be stopped, and
//! taking a whole import back.
//!
//! What a row means is decided in `domain::register::import`; what a file may do to this program, in
//! the worker of `sheets`. Here both meet the register.
//!
//! Every person and home that an import writes has an id computed from the community, the file's
//! content and the row, places from their address: the same file again, or at another desk, is the
//! same set of records.

mod build;
mod plan;
mod preview;
mod record;
mod refused;
mod roll;
mod run;
mod source;
mod undo;
mod view;

pub(crate) use plan::Plan;
pub(crate) use preview::{ImportPreview, ImportRows};
pub(crate) use refused::SaveRefusedRows;
pub(crate) use run::{CancelImport, RunImport};
pub(crate) use undo::{Imports, UndoImport};
