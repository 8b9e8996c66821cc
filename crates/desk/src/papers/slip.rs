//! The referral slip (引导告知单) of a question without a case.

use yichuang_documents::paper::{Applicant, GoTo, PaperBody, Referral};
use yichuang_domain::{
    cases::{
        enquiry::Enquiry,
        number::{DocumentNumber, PaperCode},
    },
    record::{Id, Kind, RecordKey},
};

use super::{FoundPaper, PrintedOn, frame};
use crate::{answer::Stop, clock::local, see::View, window::enquiry::slip_number};

/// The slip of this number; nothing where the question was answered without one.
pub(super) fn slip_of(
    id: Id,
    asked: DocumentNumber,
    view: &View<'_>,
) -> Result<Option<FoundPaper>, Stop> {
    let Some(record) = view.store.record(&RecordKey::new(Kind::ENQUIRY, id))? else {
        return Ok(None);
    };
    let Some(enquiry) = Enquiry::of(id, &record.folded) else {
        return Ok(None);
    };
    let number = asked.to_string();
    let given = record.folded.fields.get("number").and_then(|f| f.shown());
    let (Some(referral), Some(given)) = (&enquiry.referral, given) else {
        return Ok(None);
    };
    if slip_number(&enquiry) != number {
        return Ok(None);
    }
    let body = PaperBody::Referral(Referral {
        asked: enquiry.question.clone(),
        answer: enquiry.answer.clone(),
        go_to: GoTo {
            name: referral.go_to.name.clone(),
            address: referral.go_to.address.clone(),
            phone: referral.go_to.phone.clone(),
        },
        bring: referral.take.clone(),
    });
    let community = frame::community_of(view)?;
    let issued = local(given.time);
    let mut paper = frame::blank(&number, body, issued, enquiry.clerk, &community, view);
    paper.applicant = Applicant {
        name: enquiry.name.clone(),
        id_kind: String::new(),
        id_masked: String::new(),
    };
    paper.qr = frame::qr(&number, given.at);
    paper.copies = 1;
    paper.print_count = enquiry.prints.saturating_add(1);
    Ok(Some(FoundPaper {
        paper,
        number,
        code: PaperCode::YD,
        is_void: false,
        printed_on: PrintedOn::Enquiry(id),
    }))
}
