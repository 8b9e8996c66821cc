//! Papers (文书): from a number to the page, the printer and the file.
//!
//! A paper is built from the event that gave it out, read over the case as it stood right after that
//! step. A reprint therefore says what was said that day, whatever has happened since; only which
//! printing it is, when it prints and 作废 differ. Papers are Chinese whatever the screen speaks.
//!
//! Nothing is judged here and nothing laid out: `domain` did the one, `documents` does the other.

mod body;
pub(crate) mod draft;
pub(crate) mod frame;
mod lists;
pub(crate) mod preview;
pub(crate) mod print;
pub(crate) mod record;
pub(crate) mod save;
mod slip;
mod told;
mod words;

use yichuang_documents::{DocumentError, Paper, Pdf};
use yichuang_domain::{
    cases::{
        event::CaseEvent,
        number::{DocumentNumber, PaperCode},
    },
    record::{Change, Id, Kind, RecordKey},
    refusal::Refusal,
};

use self::told::Told;
use crate::{
    answer::{AtField, Stop},
    see::{View, access},
};

/// A paper that was given out.
pub(crate) struct FoundPaper {
    /// What it says.
    pub(crate) paper: Paper,
    /// Its number, and nothing else: what files and jobs are called.
    pub(crate) number: String,
    /// Which paper.
    pub(crate) code: PaperCode,
    /// 作废: its step lost its effect.
    pub(crate) is_void: bool,
    printed_on: PrintedOn,
}

/// Whose record tells of a printing.
enum PrintedOn {
    Case(Id),
    Enquiry(Id),
    /// A void case takes no events any more; that somebody printed its paper is an access.
    Nothing,
}

/// The paper of this number, as its step gave it out.
pub(crate) fn paper_of(number: &str, view: &View<'_>) -> Result<FoundPaper, Stop> {
    let asked = DocumentNumber::parse(number)
        .map_err(|_no_number| Refusal::UnknownPaper)
        .at("paper")?;
    let id = view
        .store
        .by_number(&asked.case().to_string())?
        .ok_or(Refusal::UnknownPaper)
        .at("paper")?;
    let found = if asked.paper() == PaperCode::YD {
        slip::slip_of(id, asked, view)?
    } else {
        paper_of_case(id, asked, view)?
    };
    found.ok_or(Refusal::UnknownPaper).at("paper")
}

fn paper_of_case(
    id: Id,
    asked: DocumentNumber,
    view: &View<'_>,
) -> Result<Option<FoundPaper>, Stop> {
    let Some((case, record)) = view.store.case_record(id)? else {
        return Ok(None);
    };
    let number = asked.to_string();
    let Some(given) = case.papers.iter().find(|paper| paper.number == number) else {
        return Ok(None);
    };
    let Some(told) = Told::by(given.of, id, &record.folded) else {
        return Ok(None);
    };
    let community = frame::community_of(view)?;
    let Some(body) = body::body_of(given.code, &told, &community, view)? else {
        return Ok(None);
    };
    let printed = case.history.iter().filter(|line| {
        matches!(&line.event, Some(CaseEvent::Print { document, .. }) if *document == number)
    });
    let printings = printed.count();
    let mut paper = frame::paper(&told, &number, body, &community, view);
    paper.case_number = Some(case.receipt.number.clone());
    paper.barcode = asked.case().digits_only();
    paper.qr = frame::qr(&number, given.of);
    paper.print_count = frame::next_printing(printings);
    paper.is_void = given.is_void;
    Ok(Some(FoundPaper {
        paper,
        number,
        code: given.code,
        is_void: given.is_void,
        printed_on: if case.is_void {
            PrintedOn::Nothing
        } else {
            PrintedOn::Case(id)
        },
    }))
}

impl FoundPaper {
    /// The change that says it was printed.
    fn printed(&self, copies: u8) -> Result<Change, Stop> {
        let document = self.number.clone();
        let of_case = |id| CaseEvent::Print { document, copies }.change(id);
        let body = serde_json::json!({ "document": self.number, "copies": copies });
        match self.printed_on {
            PrintedOn::Case(id) => of_case(id).ok_or_else(|| Refusal::UnknownPaper.into()),
            PrintedOn::Enquiry(id) => Ok(Change::Event {
                record: RecordKey::new(Kind::ENQUIRY, id),
                event: "print".to_owned(),
                body,
            }),
            PrintedOn::Nothing => access("print", body),
        }
    }
}

/// Lays a paper out. What a person can mend is a refusal: the case is valid without its paper.
pub(crate) fn render(paper: &Paper, view: &View<'_>) -> Result<Pdf, Stop> {
    view.press.render(paper).map_err(unprintable)
}

/// Why a paper cannot be laid out.
fn unprintable(error: DocumentError) -> Stop {
    match error {
        DocumentError::NoGlyph(character) => Refusal::NoGlyph {
            character: character.to_string(),
        }
        .into(),
        DocumentError::FontMissing { package, .. } => Refusal::FontsMissing {
            package: package.to_owned(),
        }
        .into(),
        broken => broken.into(),
    }
}
