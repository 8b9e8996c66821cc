//! Papers before their step: the promise (容缺受理承诺书) has to be printed and signed before the case
//! is accepted, and the notice (补正告知书) is looked at while it is written.
//!
//! They are made by the same rule and the same mapping as the papers of a case. They have no number
//! yet and say so, carry no case number and no bar code, and leave no case behind.

use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;
use yichuang_documents::{Paper, Spooler};
use yichuang_domain::{
    cases::{
        event::{Listed, Owed},
        number::PaperCode,
    },
    office::staff::Action,
    record::Id,
    refusal::Refusal,
};

use super::{
    body, frame,
    preview::{Look, PreviewView},
    print::{PrintView, copies, on_its_way, submit},
    render,
    told::Told,
};
use crate::{
    answer::Stop,
    call::{Deed, Query},
    cases::{
        intake::plan,
        view::{Decision, Intake},
    },
    inner::Inner,
    see::{View, access},
};

/// Shows the promise that would be signed.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PreviewPromise {
    /// What lies on the counter.
    pub intake: Intake,
    /// What may follow, and until when; everything that is missing where absent.
    #[serde(default)]
    pub owed: Option<Vec<Owed>>,
    /// Which page, from 1.
    #[serde(default)]
    pub page: Option<u32>,
    /// Dots an inch, 36 to 300; 110 where absent.
    #[serde(default)]
    pub dpi: Option<u16>,
    /// 大字.
    #[serde(default)]
    pub large: Option<bool>,
}

impl Query for PreviewPromise {
    const NAME: &'static str = "preview_promise";
    const ABOUT: &'static str =
        "A picture of the promise to sign before a case is accepted with papers to follow.";
    const ACTION: Action = Action::HandleCases;
    type Output = PreviewView;

    fn answer(&self, view: &View<'_>) -> Result<PreviewView, Stop> {
        let paper = promise(&self.intake, self.owed.as_deref(), view)?;
        let look = Look {
            page: self.page,
            dpi: self.dpi,
            large: self.large,
        };
        look.at(paper, PaperCode::RC, view)
    }
}

/// Prints the promise to be signed.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PrintPromise {
    /// What lies on the counter.
    pub intake: Intake,
    /// What may follow, and until when; everything that is missing where absent.
    #[serde(default)]
    pub owed: Option<Vec<Owed>>,
    /// How many copies, 1 to 9; 2 where absent.
    #[serde(default)]
    pub copies: Option<u8>,
    /// 大字.
    #[serde(default)]
    pub large: Option<bool>,
    /// Which printer; the usual one where absent.
    #[serde(default)]
    pub printer: Option<String>,
}

impl Deed for PrintPromise {
    const NAME: &'static str = "print_promise";
    const ABOUT: &'static str =
        "Prints the promise to sign before a case is accepted with papers to follow.";
    const NEEDS_PERSON: bool = true;
    type Output = PrintView;

    fn perform(self, desk: &mut Inner) -> Result<PrintView, Stop> {
        print_promise(&self, desk, &Spooler::local())
    }
}

pub(super) fn print_promise(
    asked: &PrintPromise,
    desk: &mut Inner,
    spooler: &Spooler,
) -> Result<PrintView, Stop> {
    let view = desk.view(Action::HandleCases)?;
    let mut paper = promise(&asked.intake, asked.owed.as_deref(), &view)?;
    paper.copies = copies(asked.copies, paper.copies)?;
    paper.large_type = asked.large.unwrap_or(false);
    let pdf = render(&paper, &view)?;
    // There is no case to write it on, but a person's paper is out.
    let code = PaperCode::RC.code();
    let body = json!({ "document": code, "copies": paper.copies, "person": asked.intake.person });
    let printed = access("print", body)?;
    desk.require_sure_day()?;
    let job = submit(&pdf, code, asked.printer.as_deref(), spooler)?;
    desk.commit(PrintPromise::NAME, vec![printed])?;
    Ok(on_its_way(job, spooler, desk.world.language))
}

/// Shows the notice that would go out.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PreviewNotice {
    /// What lies on the counter.
    pub intake: Intake,
    /// The lines of the notice.
    pub listed: Vec<Listed>,
    /// Which page, from 1.
    #[serde(default)]
    pub page: Option<u32>,
    /// Dots an inch, 36 to 300; 110 where absent.
    #[serde(default)]
    pub dpi: Option<u16>,
    /// 大字.
    #[serde(default)]
    pub large: Option<bool>,
}

impl Query for PreviewNotice {
    const NAME: &'static str = "preview_notice";
    const ABOUT: &'static str = "A picture of the one-time notice as it would go out.";
    const ACTION: Action = Action::HandleCases;
    type Output = PreviewView;

    fn answer(&self, view: &View<'_>) -> Result<PreviewView, Stop> {
        let decision = Decision::RequestSupplement {
            listed: self.listed.clone(),
        };
        let number = "（出具后编号）";
        let paper = drafted(&self.intake, &decision, PaperCode::BZ, number, view)?;
        let look = Look {
            page: self.page,
            dpi: self.dpi,
            large: self.large,
        };
        look.at(paper, PaperCode::BZ, view)
    }
}

fn promise(intake: &Intake, owed: Option<&[Owed]>, view: &View<'_>) -> Result<Paper, Stop> {
    let decision = Decision::AcceptDeferred {
        owed: owed.unwrap_or_default().to_vec(),
        // It is to be signed: that is what the paper is for.
        promise_signed: true,
    };
    drafted(intake, &decision, PaperCode::RC, "（受理后编号）", view)
}

/// The paper that this decision would give out.
fn drafted(
    intake: &Intake,
    decision: &Decision,
    code: PaperCode,
    number: &str,
    view: &View<'_>,
) -> Result<Paper, Stop> {
    let events = plan(intake, decision, Id::default(), "", view)?;
    let told = Told::if_done(&events, view).ok_or(Refusal::UnknownPaper)?;
    let community = frame::community_of(view)?;
    let body = body::body_of(code, &told, &community, view)?.ok_or(Refusal::UnknownPaper)?;
    Ok(frame::paper(&told, number, body, &community, view))
}
