//! Papers as PDF, their pictures, and the way to the printer.
//!
//! A [`Paper`] is plain data; [`Press::render`] lays it out as PDF/A-2a with a template of the same
//! name and answers with a [`Pdf`], whose pages can be looked at ([`Pdf::page_png`]) and printed
//! ([`Spooler::submit`]). The picture is made from the very bytes that print. Nothing here knows a
//! rule, a clock or a record: `domain` judges, the desk fills in.
//!
//! Where does it go?
//! - a field of a paper: its struct in `paper/body.rs`, its template
//! - a kind of paper: a variant in `paper/body.rs`, a template in `templates/`, a line in `templates.rs`
//! - what all papers share on the page: `templates/frame.typ`
//! - another way to a printer: `print/`

mod code128;
mod error;
mod fonts;
pub mod paper;
mod pdf;
mod press;
pub mod print;
mod qr;
mod sheet;
mod templates;
mod text;

pub use error::DocumentError;
pub use fonts::FontFolders;
pub use paper::Paper;
pub use pdf::Pdf;
pub use press::{Attachment, Press};
pub use print::Spooler;
pub use sheet::RecoverySheet;
