//! What is asked and answered, in IPP (RFC 8011) and the few words CUPS adds to it.

use std::io::Cursor;

use ipp::{
    attribute::IppAttributeGroup,
    model::{DelimiterTag, IppVersion, Operation, StatusCode},
    operation::{IppOperation, builder::IppOperationBuilder},
    parser::{IppParseError, IppParser},
    payload::IppPayload,
    prelude::Uri,
    reader::IppReader,
    request::IppRequestResponse,
    value::IppValue,
};

use super::{JobState, PrintError, Printer, PrinterState};

pub(super) type Answer = IppRequestResponse;

/// Whose jobs they are at the spooler: the office's, not a person's.
const OWNER: &str = "yichuang";

pub(super) fn get_printers() -> Result<Vec<u8>, PrintError> {
    let request = IppRequestResponse::new(IppVersion::v1_1(), Operation::CupsGetPrinters, None);
    Ok(request.map_err(PrintError::Request)?.to_bytes().to_vec())
}

pub(super) fn get_default() -> Result<Vec<u8>, PrintError> {
    let request = IppRequestResponse::new(IppVersion::v1_1(), Operation::CupsGetDefault, None);
    Ok(request.map_err(PrintError::Request)?.to_bytes().to_vec())
}

pub(super) fn print_job(printer: &str, title: &str) -> Result<Vec<u8>, PrintError> {
    let keyword = |name: &str, word: &str| {
        let value = IppValue::new_keyword(word)?;
        ipp::attribute::IppAttribute::with_name(name, value)
    };
    let build = || -> Result<IppRequestResponse, IppParseError> {
        let request = IppOperationBuilder::print_job(uri_of(printer), IppPayload::empty())
            .user_name(OWNER)
            .job_title(title)
            .document_format("application/pdf")
            .attribute(keyword("media", "iso_a4_210x297mm")?)
            .attribute(keyword("sides", "one-sided")?)
            .attribute(keyword("print-scaling", "none")?)
            .build()?;
        Ok(request.into_ipp_request())
    };
    Ok(build().map_err(PrintError::Request)?.to_bytes().to_vec())
}

pub(super) fn get_job(printer: &str, id: i32) -> Result<Vec<u8>, PrintError> {
    let request = IppOperationBuilder::get_job_attributes(uri_of(printer), id).user_name(OWNER);
    let request = request.build().map_err(PrintError::Request)?;
    Ok(request.into_ipp_request().to_bytes().to_vec())
}

/// Where a printer lives at the spooler. What is neither letter nor digit is written as its bytes.
pub(super) fn path_of(printer: &str) -> String {
    let written = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    let name: Vec<String> = printer.bytes().map(written).collect();
    format!("/printers/{}", name.concat())
}

fn uri_of(printer: &str) -> Uri {
    // Cannot fail, as the path is plain ASCII; if it could, the spooler would know no such printer.
    format!("ipp://localhost{}", path_of(printer))
        .parse()
        .unwrap_or_default()
}

pub(super) fn parse(bytes: Vec<u8>) -> Result<Answer, PrintError> {
    let parser = IppParser::new(IppReader::new(Cursor::new(bytes)));
    parser.parse().or(Err(PrintError::Garbled))
}

pub(super) fn check(answer: &Answer) -> Result<(), PrintError> {
    match answer.header().status_code() {
        status if status.is_success() => Ok(()),
        StatusCode::ServerErrorNotAcceptingJobs => Err(PrintError::TakesNoJobs),
        other => Err(PrintError::Refused {
            status: other.to_string(),
        }),
    }
}

pub(super) fn printers(answer: &Answer, default: Option<&str>) -> Vec<Printer> {
    let groups = answer
        .attributes()
        .groups_of(DelimiterTag::PrinterAttributes);
    groups.filter_map(|group| printer(group, default)).collect()
}

fn printer(group: &IppAttributeGroup, default: Option<&str>) -> Option<Printer> {
    let name = text(group, "printer-name")?;
    Some(Printer {
        is_default: default == Some(name.as_str()),
        description: text(group, "printer-info").unwrap_or_default(),
        state: match number(group, "printer-state") {
            Some(3) => PrinterState::Idle,
            Some(4) => PrinterState::Printing,
            _ => PrinterState::Stopped,
        },
        accepts_jobs: text(group, "printer-is-accepting-jobs").as_deref() != Some("false"),
        message: text(group, "printer-state-message").unwrap_or_default(),
        name,
    })
}

pub(super) fn default_printer(answer: &Answer) -> Option<String> {
    text(
        answer
            .attributes()
            .first_of(DelimiterTag::PrinterAttributes)?,
        "printer-name",
    )
}

pub(super) fn job_id(answer: &Answer) -> Option<i32> {
    number(
        answer.attributes().first_of(DelimiterTag::JobAttributes)?,
        "job-id",
    )
}

pub(super) fn job_state(answer: &Answer) -> Option<JobState> {
    let job = answer.attributes().first_of(DelimiterTag::JobAttributes)?;
    let said = || text(job, "job-printer-state-message").filter(|said| !said.is_empty());
    let message = said()
        .or_else(|| text(job, "job-state-reasons"))
        .unwrap_or_default();
    // "job-printing" and "none" say no more than the state.
    let message = if matches!(message.as_str(), "none" | "job-printing") {
        String::new()
    } else {
        message
    };
    match number(job, "job-state")? {
        3 => Some(JobState::Waiting),
        4 => Some(JobState::Held),
        5 => Some(JobState::Printing { message }),
        6 => Some(JobState::Stopped { message }),
        7 => Some(JobState::Cancelled),
        8 => Some(JobState::Failed { message }),
        9 => Some(JobState::Spooled),
        _ => None,
    }
}

fn text(group: &IppAttributeGroup, name: &str) -> Option<String> {
    group
        .get(name)
        .map(|attribute| attribute.value().to_string())
}

fn number(group: &IppAttributeGroup, name: &str) -> Option<i32> {
    match group.get(name)?.value() {
        IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
        _ => None,
    }
}
