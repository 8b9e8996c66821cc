//! Printing: a paper goes to the machine's spooler, and the record says so.
//!
//! The page goes out first, then the record is written. If the record then fails, a paper is out
//! that counts as not printed: it stays in the tray 待补打 and at worst prints twice, which its
//! reader sees. The other way round the tray would forget a paper that nobody ever held.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_documents::{
    Pdf, Spooler,
    print::{Job, JobState, PrintError},
};
use yichuang_domain::{office::staff::Action, refusal::Refusal};

use super::{paper_of, render};
use crate::{
    answer::{AtField, Stop},
    call::{Deed, Query},
    inner::Inner,
    see::View,
    words::Language,
};

/// Prints a paper.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PrintPaper {
    /// The paper's number.
    pub paper: String,
    /// How many copies, 1 to 9; where absent what the paper usually has: one to hand over, one to
    /// keep.
    #[serde(default)]
    pub copies: Option<u8>,
    /// 大字.
    #[serde(default)]
    pub large: Option<bool>,
    /// Which printer; the usual one where absent.
    #[serde(default)]
    pub printer: Option<String>,
}

/// A paper on its way.
#[derive(Serialize, TS)]
pub(crate) struct PrintView {
    /// The job at the spooler.
    pub job: Option<JobView>,
    /// The file, where it was saved instead.
    pub saved: Option<String>,
    /// What happened, as a sentence.
    pub text: String,
}

/// A job at the spooler.
#[derive(Serialize, TS)]
pub(crate) struct JobView {
    /// Which printer.
    pub printer: String,
    /// Its number there.
    pub id: i32,
    /// `waiting`, `held`, `printing`, `stopped`, `cancelled`, `failed`, `spooled`, `unknown`.
    pub state: String,
    /// In words.
    pub text: String,
}

impl Deed for PrintPaper {
    const NAME: &'static str = "print_paper";
    const ABOUT: &'static str = "Prints a paper, on record.";
    const NEEDS_PERSON: bool = true;
    type Output = PrintView;

    fn perform(self, desk: &mut Inner) -> Result<PrintView, Stop> {
        print_paper(&self, desk, &Spooler::local())
    }
}

fn print_paper(asked: &PrintPaper, desk: &mut Inner, spooler: &Spooler) -> Result<PrintView, Stop> {
    let view = desk.view(Action::HandleCases)?;
    let mut found = paper_of(&asked.paper, &view)?;
    found.paper.copies = copies(asked.copies, found.paper.copies)?;
    found.paper.large_type = asked.large.unwrap_or(false);
    let printed = found.printed(found.paper.copies)?;
    let pdf = render(&found.paper, &view)?;
    // What cannot be recorded must not come out of the printer.
    desk.require_sure_day()?;
    let job = submit(&pdf, &found.number, asked.printer.as_deref(), spooler)?;
    desk.commit(PrintPaper::NAME, vec![printed])?;
    Ok(on_its_way(job, spooler, desk.world.language))
}

/// How many copies are wanted.
pub(super) fn copies(asked: Option<u8>, usual: u8) -> Result<u8, Stop> {
    let copies = asked.unwrap_or(usual);
    if (1..=9).contains(&copies) {
        return Ok(copies);
    }
    let problem = "copies is 1 to 9".to_owned();
    Err(Refusal::BadInput { problem }).at("copies")
}

/// Hands the pages to a printer. Jobs are called by number only: everybody at the spooler reads them.
pub(crate) fn submit(
    pdf: &Pdf,
    title: &str,
    printer: Option<&str>,
    spooler: &Spooler,
) -> Result<Job, Stop> {
    let printer = match printer {
        Some(printer) => printer.to_owned(),
        None => usual_printer(spooler)?,
    };
    spooler.submit(pdf, &printer, title).map_err(no_printer)
}

fn usual_printer(spooler: &Spooler) -> Result<String, Stop> {
    let printers = spooler.printers().map_err(no_printer)?;
    let usual = printers.iter().find(|one| one.is_default);
    let takes_jobs = || printers.iter().find(|one| one.accepts_jobs);
    let chosen = usual.or_else(takes_jobs).ok_or(Refusal::NoPrinter)?;
    Ok(chosen.name.clone())
}

/// A spooler or printer that is not there, or takes nothing, is a "no" the clerk can act on.
fn no_printer(error: PrintError) -> Stop {
    match error {
        PrintError::NoSpooler | PrintError::NoPrinter | PrintError::TakesNoJobs => {
            Refusal::NoPrinter.into()
        }
        broken => broken.into(),
    }
}

/// What the clerk is told once the spooler has it.
pub(crate) fn on_its_way(job: Job, spooler: &Spooler, language: Language) -> PrintView {
    // The paper is out and on record: that nobody can say how far it is must not look like a failure.
    let (state, text) = match spooler.state(&job) {
        Ok(state) => said(&state, language),
        Err(_silent) => ("unknown", unknown(language)),
    };
    let sent = language.pick("已送打印机", "Sent to printer");
    PrintView {
        text: format!("{sent} {}", job.printer),
        job: Some(JobView {
            printer: job.printer,
            id: job.id,
            state: state.to_owned(),
            text,
        }),
        saved: None,
    }
}

/// How far a job is.
#[derive(Deserialize, TS)]
pub(crate) struct PrintState {
    /// The printer it is for.
    pub printer: String,
    /// Its number there.
    pub id: i32,
}

/// How far a job is.
#[derive(Serialize, TS)]
pub(crate) struct PrintStateView {
    /// As in [`JobView`].
    pub state: String,
    /// In words.
    pub text: String,
}

impl Query for PrintState {
    const NAME: &'static str = "print_state";
    const ABOUT: &'static str = "How far a print job is, as the spooler says.";
    const ACTION: Action = Action::ReadCases;
    type Output = PrintStateView;

    fn answer(&self, view: &View<'_>) -> Result<PrintStateView, Stop> {
        let job = Job {
            printer: self.printer.clone(),
            id: self.id,
        };
        let (state, text) = match Spooler::local().state(&job) {
            Ok(state) => said(&state, view.language()),
            // Spoolers forget jobs that are done.
            Err(PrintError::NoJob) => ("unknown", unknown(view.language())),
            Err(error) => return Err(no_printer(error)),
        };
        Ok(PrintStateView {
            state: state.to_owned(),
            text,
        })
    }
}

fn unknown(language: Language) -> String {
    language
        .pick(
            "打印机没有说明进度，请看一眼打印机。",
            "The printer does not say how far it is: have a look at it.",
        )
        .to_owned()
}

fn said(state: &JobState, language: Language) -> (&'static str, String) {
    let (name, zh, en, message) = match state {
        JobState::Waiting => ("waiting", "排队中", "Waiting", ""),
        JobState::Held => ("held", "已暂停，等人放行", "Held back", ""),
        JobState::Printing { message } => ("printing", "正在打印", "Printing", message.as_str()),
        JobState::Stopped { message } => (
            "stopped",
            "打印机停了，请查看",
            "The printer stopped",
            message.as_str(),
        ),
        JobState::Cancelled => ("cancelled", "已取消", "Cancelled", ""),
        JobState::Failed { message } => (
            "failed",
            "没有打成，请补打",
            "Failed: print it again",
            message.as_str(),
        ),
        JobState::Spooled => (
            "spooled",
            "已全部送到打印机，请取纸",
            "All sent to the printer: take the paper",
            "",
        ),
    };
    let words = language.pick(zh, en);
    let text = if message.is_empty() {
        words.to_owned()
    } else {
        format!("{words}（{message}）")
    };
    (name, text)
}

#[cfg(test)]
mod tests;
