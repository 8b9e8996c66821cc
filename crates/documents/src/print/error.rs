//! Why a paper did not reach a printer.

/// What stands between a paper and the printer.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// No spooler listens on this machine.
    #[error("no print spooler is running")]
    NoSpooler,
    /// The spooler knows no printer of this name.
    #[error("there is no such printer")]
    NoPrinter,
    /// The spooler did not answer in five seconds.
    #[error("the print spooler does not answer")]
    NoAnswer,
    /// The spooler has forgotten the job.
    #[error("the print spooler does not know the job")]
    NoJob,
    /// The printer takes no jobs just now.
    #[error("the printer takes no jobs")]
    TakesNoJobs,
    /// A job is called by its document number and nothing else.
    #[error("a print job is called by its document number only")]
    TitleNotANumber,
    /// The spooler said no.
    #[error("the print spooler refused: {status}")]
    Refused {
        /// Its reason, as IPP calls it.
        status: String,
    },
    /// The answer is no IPP.
    #[error("the print spooler's answer makes no sense")]
    Garbled,
    /// The request cannot be put in IPP: the printer's name is too long.
    #[error("the request cannot be written down")]
    Request(#[source] ipp::parser::IppParseError),
    /// The wire broke.
    #[error("the connection to the print spooler broke")]
    Wire(#[source] std::io::Error),
}
