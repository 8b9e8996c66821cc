//! The recovery sheet (恢复单, 密码信封): shown once, printed once, made anew when it is lost.

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;
use yichuang_documents::{DocumentError, Pdf, RecoverySheet, Spooler};
use yichuang_domain::refusal::Refusal;
use yichuang_store::RecoveryCode;

use super::calls::require_here;
use crate::{
    answer::{AtField, Stop},
    call::Deed,
    clock::local,
    inner::{Inner, unlock_stop},
    papers::print::{PrintView, on_its_way, submit},
    register::care::entitled,
    see::access,
    words,
};

/// Dots an inch that fill a screen.
const USUAL_DPI: u16 = 80;

/// The sheet that was made just now. It is nowhere on the disk, and is forgotten when somebody unlocks
/// or locks; its code is wiped then.
pub(crate) struct FreshSheet {
    code: RecoveryCode,
    community: String,
    station: u8,
    made: i64,
}

impl FreshSheet {
    pub(crate) fn new(code: RecoveryCode, community: String, station: u8, made: i64) -> Self {
        Self {
            code,
            community,
            station,
            made,
        }
    }

    fn sheet(&self) -> RecoverySheet {
        let made = local(self.made);
        RecoverySheet {
            community: self.community.clone(),
            station: self.station,
            made,
            number: number(self.station, made),
            code: self
                .code
                .to_string()
                .split('-')
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// `HF-1-20261124-1042`: tells one sheet from an older one.
fn number(station: u8, made: chrono::NaiveDateTime) -> String {
    format!("HF-{station}-{}", made.format("%Y%m%d-%H%M"))
}

/// Makes a new recovery sheet in place of the old one.
#[derive(Deserialize, TS)]
pub(crate) struct NewRecoverySheet {
    /// The password of whoever is here.
    pub password: String,
}

/// A recovery sheet, shown once.
#[derive(Serialize, TS)]
pub(crate) struct SheetView {
    /// The code.
    pub code: String,
    /// What tells it from an older one.
    pub number: String,
    /// A picture of the sheet, as base64 of a PNG; absent where it cannot be laid out.
    pub png: Option<String>,
}

impl Deed for NewRecoverySheet {
    const NAME: &'static str = "new_recovery_sheet";
    const ABOUT: &'static str =
        "Makes a new recovery code and sheet, on record; the old ones open no later backup.";
    const NEEDS_PERSON: bool = true;
    type Output = SheetView;

    fn perform(self, desk: &mut Inner) -> Result<SheetView, Stop> {
        let session = desk.require_person()?;
        let (actor, community) = (session.actor.id, session.community.clone());
        let station = session.station.station();
        let entitled = entitled(&session.staff);
        // What cannot be recorded must not come out.
        desk.require_sure_day()?;
        let ring = desk.store()?.key_ring()?;
        if !ring.is_whole() {
            return Err(Refusal::SheetNeedsKeyHolder.into());
        }
        let made = desk.world.now();
        let code = desk.store()?.new_recovery_code(actor, &self.password);
        let code = code.map_err(unlock_stop)?;
        let sheet = FreshSheet::new(code, community, station, made);
        let number = number(station, local(made));
        // The new sheet must open what the old one did: the keys of restricted facts go to its key, too.
        let mut changes = desk.store()?.hand_on(&ring, &entitled)?;
        changes.push(access("recovery_sheet", json!({ "sheet": number }))?);
        desk.commit(Self::NAME, changes)?;
        let pdf = laid_out(&sheet, desk);
        let view = SheetView {
            code: sheet.code.to_string(),
            number,
            png: pdf.ok().and_then(|pdf| picture(&pdf)),
        };
        desk.fresh_sheet = Some(sheet);
        Ok(view)
    }
}

/// Prints the recovery sheet that was made just now.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct PrintRecoverySheet {
    /// Which printer; the usual one where absent.
    #[serde(default)]
    pub printer: Option<String>,
}

impl Deed for PrintRecoverySheet {
    const NAME: &'static str = "print_recovery_sheet";
    const ABOUT: &'static str = "Prints the recovery sheet that was made just now, once.";
    const NEEDS_PERSON: bool = false;
    type Output = PrintView;

    fn perform(self, desk: &mut Inner) -> Result<PrintView, Stop> {
        require_here(desk)?;
        let sheet = desk.fresh_sheet.as_ref();
        let sheet = sheet.ok_or(Refusal::UnknownPaper).at("paper")?;
        let number = sheet.sheet().number;
        let pdf = laid_out(sheet, desk)?;
        let spooler = Spooler::local();
        let job = submit(&pdf, &number, self.printer.as_deref(), &spooler);
        let job = job.map_err(|stop| match stop {
            Stop::Refused(Refusal::NoPrinter, field) => {
                Stop::Refused(Refusal::NoPrinterForSheet, field)
            }
            other => other,
        })?;
        Ok(on_its_way(job, &spooler, desk.world.language))
    }
}

/// A new sheet for a terminal: the code, and the PDF where one is wanted. The old code is gone by then,
/// so a PDF that cannot be made does not keep the new one back.
pub(crate) fn made_in_terminal(
    desk: &mut Inner,
    password: String,
    to: Option<&Path>,
) -> Result<Value, Stop> {
    desk.require_person()?;
    let made = NewRecoverySheet { password }.perform(desk)?;
    let saved = to.map(|to| (to, save(desk, to)));
    desk.fresh_sheet = None;
    let mut value = json!({ "code": made.code, "sheet": made.number });
    if let (Some((to, saved)), Some(fields)) = (saved, value.as_object_mut()) {
        let (field, text) = match saved {
            Ok(()) => ("file", to.display().to_string()),
            Err(Stop::Refused(refusal, _field)) => {
                ("problem", words::refusal(&refusal, desk.world.language))
            }
            Err(Stop::Failed(error)) => ("problem", error.to_string()),
        };
        fields.insert(field.to_owned(), json!(text));
    }
    Ok(value)
}

/// The sheet that was made just now, as a PDF only its owner reads, for a machine without a printer.
///
/// # Errors
///
/// Refuses without one, and what the disk refuses.
fn save(desk: &Inner, to: &Path) -> Result<(), Stop> {
    let sheet = desk.fresh_sheet.as_ref();
    let sheet = sheet.ok_or(Refusal::UnknownPaper).at("paper")?;
    let pdf = laid_out(sheet, desk)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(to)?;
    std::io::Write::write_all(&mut file, pdf.bytes())?;
    file.sync_all()?;
    Ok(())
}

fn laid_out(sheet: &FreshSheet, desk: &Inner) -> Result<Pdf, Stop> {
    let pdf = desk.press.render_sheet(&sheet.sheet());
    pdf.map_err(|error| match error {
        DocumentError::FontMissing { package, .. } => Refusal::FontsMissing {
            package: package.to_owned(),
        }
        .into(),
        DocumentError::NoGlyph(character) => Refusal::NoGlyph {
            character: character.to_string(),
        }
        .into(),
        broken => broken.into(),
    })
}

fn picture(pdf: &Pdf) -> Option<String> {
    let png = pdf.page_png(0, USUAL_DPI).ok()?;
    Some(STANDARD.encode(png))
}
