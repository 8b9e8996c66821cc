//! A look at a paper: a picture of the very page that prints.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_documents::{DocumentError, Paper};
use yichuang_domain::{cases::number::PaperCode, office::staff::Action, refusal::Refusal};

use super::{paper_of, render};
use crate::{
    answer::{AtField, Stop},
    call::Query,
    see::View,
};

/// Dots an inch that fill a screen.
const USUAL_DPI: u16 = 110;

/// Shows a page of a paper.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PreviewPaper {
    /// The paper's number.
    pub paper: String,
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

/// A page of a paper.
#[derive(Serialize, TS)]
pub(crate) struct PreviewView {
    /// How many pages one copy has.
    pub pages: u32,
    /// The page, as base64 of a PNG.
    pub png: String,
    /// Its width in dots.
    pub width: u32,
    /// Its height in dots.
    pub height: u32,
    /// The paper's name in the screen's language.
    pub name: String,
    /// Its number; in words where it has none yet.
    pub number: String,
    /// 作废.
    pub is_void: bool,
}

impl Query for PreviewPaper {
    const NAME: &'static str = "preview_paper";
    const ABOUT: &'static str = "A picture of a page of a paper, as it will print.";
    const ACTION: Action = Action::ReadCases;
    type Output = PreviewView;

    fn answer(&self, view: &View<'_>) -> Result<PreviewView, Stop> {
        let found = paper_of(&self.paper, view)?;
        let look = Look {
            page: self.page,
            dpi: self.dpi,
            large: self.large,
        };
        let mut shown = look.at(found.paper, found.code, view)?;
        shown.number = found.number;
        shown.is_void = found.is_void;
        Ok(shown)
    }
}

/// How a paper is looked at.
pub(super) struct Look {
    pub(super) page: Option<u32>,
    pub(super) dpi: Option<u16>,
    pub(super) large: Option<bool>,
}

impl Look {
    /// The page, of one copy: the others look the same.
    pub(super) fn at(
        &self,
        mut paper: Paper,
        code: PaperCode,
        view: &View<'_>,
    ) -> Result<PreviewView, Stop> {
        let dpi = self.dpi.unwrap_or(USUAL_DPI);
        if !(36..=300).contains(&dpi) {
            return Err(bad("dpi is 36 to 300")).at("dpi");
        }
        let page = self.page.unwrap_or(1);
        let place = usize::try_from(page)
            .ok()
            .and_then(|page| page.checked_sub(1));
        let place = place.ok_or_else(|| bad("page counts from 1")).at("page")?;
        paper.copies = 1;
        paper.large_type = self.large.unwrap_or(false);
        let pdf = render(&paper, view)?;
        let png = match pdf.page_png(place, dpi) {
            Err(DocumentError::NoPage(_)) => return Err(bad("there is no such page")).at("page"),
            other => other?,
        };
        let (width, height) = size_of(&png);
        Ok(PreviewView {
            pages: u32::try_from(pdf.pages()).unwrap_or(u32::MAX),
            png: STANDARD.encode(&png),
            width,
            height,
            name: view.language().of(&code.title()),
            number: paper.number,
            is_void: false,
        })
    }
}

fn bad(problem: &str) -> Refusal {
    Refusal::BadInput {
        problem: problem.to_owned(),
    }
}

/// Width and height of a PNG: they stand big-endian behind signature, length and name of its first
/// chunk.
fn size_of(png: &[u8]) -> (u32, u32) {
    let number = |from: usize| {
        let bytes: Option<[u8; 4]> = png
            .get(from..from + 4)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    (number(16), number(20))
}
