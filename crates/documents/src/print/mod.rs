//! The way to the printer: the machine's own spooler (CUPS), asked in IPP over its socket.
//!
//! Nothing personal leaves through here but the pages themselves: a job is called by its document
//! number and belongs to nobody. No call lasts longer than five seconds, whatever the spooler does.

mod error;
mod message;
mod post;

use std::{path::PathBuf, time::Duration};

use ipp::model::StatusCode;
use serde::Serialize;

pub use error::PrintError;
use post::Way;

use crate::pdf::Pdf;

/// How long any one call may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A printer of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Printer {
    /// Its name in the spooler.
    pub name: String,
    /// What people call it. May be empty.
    pub description: String,
    /// Whether it is the one to take when nobody chooses.
    pub is_default: bool,
    /// What it does.
    pub state: PrinterState,
    /// Whether it takes jobs.
    pub accepts_jobs: bool,
    /// What it says of itself, in the spooler's words. Usually empty.
    pub message: String,
}

/// What a printer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterState {
    /// It waits.
    Idle,
    /// It prints.
    Printing,
    /// Somebody has to look at it.
    Stopped,
}

/// A job that the spooler took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// The printer it is for.
    pub printer: String,
    /// Its number there.
    pub id: i32,
}

/// How far a job is. None of these says that paper came out: nobody knows but the clerk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum JobState {
    /// Others are before it.
    Waiting,
    /// Somebody holds it back.
    Held,
    /// The printer is at it. A dead printer stays so, with a message.
    Printing {
        /// In the spooler's words. May be empty.
        message: String,
    },
    /// The printer stopped at it.
    Stopped {
        /// In the spooler's words. May be empty.
        message: String,
    },
    /// Somebody took it back.
    Cancelled,
    /// The spooler gave up.
    Failed {
        /// In the spooler's words. May be empty.
        message: String,
    },
    /// The spooler is done with it.
    Spooled,
}

/// The spooler of a machine.
#[derive(Clone, Debug)]
pub struct Spooler {
    ways: Vec<Way>,
}

impl Spooler {
    /// The spooler of this machine: by its socket, or else by its port.
    pub fn local() -> Self {
        let port = Way::Port(([127, 0, 0, 1], 631).into());
        Self {
            ways: vec![Way::Socket(PathBuf::from("/run/cups/cups.sock")), port],
        }
    }

    /// A spooler that listens on this port.
    pub fn at(address: std::net::SocketAddr) -> Self {
        Self {
            ways: vec![Way::Port(address)],
        }
    }

    /// The printers there are; none is no failure.
    ///
    /// # Errors
    ///
    /// No spooler, no answer in time, or an answer that makes no sense.
    pub fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        let answer = self.ask("/", message::get_printers()?)?;
        if answer.header().status_code() == StatusCode::ClientErrorNotFound {
            return Ok(Vec::new());
        }
        message::check(&answer)?;
        let default = self.ask("/", message::get_default()?).ok();
        let default = default.as_ref().and_then(message::default_printer);
        Ok(message::printers(&answer, default.as_deref()))
    }

    /// Hands a PDF to a printer, one-sided: every copy is to begin on a sheet of its own.
    ///
    /// # Errors
    ///
    /// Refuses a title that is no document number; tells apart that there is no spooler, no such
    /// printer, and a printer that takes no jobs. After [`PrintError::NoAnswer`] the job may have
    /// been taken all the same.
    pub fn submit(&self, pdf: &Pdf, printer: &str, title: &str) -> Result<Job, PrintError> {
        if !is_document_number(title) {
            return Err(PrintError::TitleNotANumber);
        }
        let mut body = message::print_job(printer, title)?;
        body.extend_from_slice(pdf.bytes());
        let answer = self.ask(&message::path_of(printer), body)?;
        if answer.header().status_code() == StatusCode::ClientErrorNotFound {
            return Err(PrintError::NoPrinter);
        }
        message::check(&answer)?;
        let id = message::job_id(&answer).ok_or(PrintError::Garbled)?;
        Ok(Job {
            printer: printer.to_owned(),
            id,
        })
    }

    /// How far a job is.
    ///
    /// # Errors
    ///
    /// [`PrintError::NoJob`] when the spooler has forgotten it; otherwise as for
    /// [`Spooler::printers`].
    pub fn state(&self, job: &Job) -> Result<JobState, PrintError> {
        let body = message::get_job(&job.printer, job.id)?;
        let answer = self.ask(&message::path_of(&job.printer), body)?;
        if answer.header().status_code() == StatusCode::ClientErrorNotFound {
            return Err(PrintError::NoJob);
        }
        message::check(&answer)?;
        message::job_state(&answer).ok_or(PrintError::Garbled)
    }

    fn ask(&self, path: &str, body: Vec<u8>) -> Result<message::Answer, PrintError> {
        let answer = post::post(self.ways.clone(), path.to_owned(), body, PATIENCE)?;
        message::parse(answer)
    }
}

/// Job names are seen by everybody at the spooler, so a name must not slip in.
fn is_document_number(title: &str) -> bool {
    (1..=40).contains(&title.len())
        && title
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-'))
}
