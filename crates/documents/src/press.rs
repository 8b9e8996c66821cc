//! The press: a paper in, a PDF out. The typesetter sees one template, the frame, and one paper's
//! data; no file, no network, no clock.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use serde_json::{Value, json};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{
    code128,
    error::DocumentError,
    fonts::{FontFolders, FontSet, FontShelf},
    paper::Paper,
    pdf::Pdf,
    qr,
    sheet::RecoverySheet,
    templates::{RECOVERY_SHEET, TEMPLATES, template_of},
    text,
};

/// How many papers a result of the typesetter's is remembered for; without forgetting, its memory
/// grows without end.
const PAPERS_REMEMBERED: usize = 5;

/// How high the bar is, in modules.
const BAR_HEIGHT: u32 = 28;

static SOURCES: LazyLock<HashMap<FileId, Source>> = LazyLock::new(|| {
    let source = |(name, text): &(&str, &str)| {
        let id = file_id(name)?;
        Some((id, Source::new(id, (*text).to_owned())))
    };
    TEMPLATES.iter().filter_map(source).collect()
});
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What the file inside a page is called.
const ATTACHED: &str = "proof.yczm";

/// A file that lies inside a page.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    /// Its bytes. They lie in the PDF as they are when they are packed with zstd already.
    pub file: &'a [u8],
    /// A line for the PDF's metadata, found there as it is: the place for a seal.
    pub line: &'a str,
}

/// Makes PDFs of papers. One for the whole program: it keeps the fonts.
pub struct Press {
    shelf: FontShelf,
    /// One paper at a time: the typesetter uses all cores for one already.
    turn: Mutex<()>,
}

impl Press {
    /// A press with the fonts in these folders. Cheap: nothing is read before the first paper.
    pub fn new(folders: FontFolders) -> Self {
        Self {
            shelf: FontShelf::new(folders),
            turn: Mutex::new(()),
        }
    }

    /// Forgets what is remembered of papers, so that nobody's name stays in memory.
    pub fn forget(&self) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        comemo::evict(0);
    }

    /// Lays out a paper as PDF/A-2a and PDF/UA-1, all its copies in one file.
    ///
    /// # Errors
    ///
    /// Names the character that no font has or that has no shape, the font that is missing, or says
    /// that a number is not masked.
    pub fn render(&self, paper: &Paper) -> Result<Pdf, DocumentError> {
        self.make(paper, None)
    }

    /// The same with a file inside the page, as PDF/A-3a, which allows that, and PDF/UA-1.
    ///
    /// # Errors
    ///
    /// As [`Self::render`].
    pub fn render_with(
        &self,
        paper: &Paper,
        attached: &Attachment<'_>,
    ) -> Result<Pdf, DocumentError> {
        self.make(paper, Some(attached))
    }

    fn make(&self, paper: &Paper, attached: Option<&Attachment<'_>>) -> Result<Pdf, DocumentError> {
        check_masks(paper)?;
        let mut data = serde_json::to_value(paper)?;
        if let Value::Object(fields) = &mut data {
            let line = attached.map(|attached| attached.line);
            fields.insert("seal_line".to_owned(), json!(line));
        }
        let fonts = self.fonts_for(&data)?;
        add_codes(&mut data, paper)?;
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let file = attached.map(|attached| Bytes::new(attached.file.to_vec()));
        let pdf = typeset(template_of(&paper.body), &data, fonts, file);
        comemo::evict(PAPERS_REMEMBERED);
        pdf
    }

    /// Lays out a recovery sheet. Nothing of it is remembered.
    ///
    /// # Errors
    ///
    /// As [`Press::render`].
    pub fn render_sheet(&self, sheet: &RecoverySheet) -> Result<Pdf, DocumentError> {
        let data = serde_json::to_value(sheet)?;
        let fonts = self.fonts_for(&data)?;
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let pdf = typeset(RECOVERY_SHEET, &data, fonts, None);
        comemo::evict(0);
        pdf
    }

    fn fonts_for(&self, data: &Value) -> Result<FontSet, DocumentError> {
        let characters = text::characters(data);
        if let Some(invisible) = characters.iter().find(|one| text::is_invisible(**one)) {
            return Err(DocumentError::Invisible(*invisible));
        }
        self.shelf.fonts_for(&characters)
    }
}

/// A full number must not reach a paper by mistake.
fn check_masks(paper: &Paper) -> Result<(), DocumentError> {
    let agent = paper.agent.as_ref().map(|agent| agent.id_masked.as_str());
    let numbers = [Some(paper.applicant.id_masked.as_str()), agent];
    let masked = |number: &str| number.is_empty() || number.contains('*');
    if numbers.into_iter().flatten().all(masked) {
        Ok(())
    } else {
        Err(DocumentError::NotMasked)
    }
}

fn add_codes(data: &mut Value, paper: &Paper) -> Result<(), DocumentError> {
    let bar = match paper.barcode.as_str() {
        "" => Value::Null,
        digits => {
            let (svg, width) = code128::svg(digits, BAR_HEIGHT)?;
            json!({ "svg": svg, "modules": width })
        }
    };
    let qr = match paper.qr.as_str() {
        "" => Value::Null,
        text => Value::String(qr::svg(text)?),
    };
    if let Value::Object(fields) = data {
        fields.insert("bar_code".to_owned(), bar);
        fields.insert("qr_code".to_owned(), qr);
    }
    Ok(())
}

fn typeset(
    template: &'static str,
    data: &Value,
    fonts: FontSet,
    attached: Option<Bytes>,
) -> Result<Pdf, DocumentError> {
    let failed = |message: String| DocumentError::Template { template, message };
    let file = |name| file_id(name).ok_or_else(|| failed(format!("no file {name}")));
    // Files may lie in a PDF/A-3 only; without one the stricter part will do.
    let archival = if attached.is_some() {
        PdfStandard::A_3a
    } else {
        PdfStandard::A_2a
    };
    let desk = Desk {
        fonts,
        main: file(template)?,
        data_file: file("data.json")?,
        data: Bytes::new(serde_json::to_vec(data)?),
        attached_file: file(ATTACHED)?,
        attached,
    };
    let document: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|errors| failed(messages(&errors)))?;
    let standards = PdfStandards::new(&[archival, PdfStandard::Ua_1])
        .map_err(|error| failed(format!("{error:?}")))?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| failed(messages(&errors)))?;
    Ok(Pdf::new(bytes, document.pages().len()))
}

/// What the typesetter said, without the places: it quotes our template, never the data.
fn messages(errors: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}

/// What the typesetter may see while it lays out one paper.
struct Desk {
    fonts: FontSet,
    main: FileId,
    data_file: FileId,
    data: Bytes,
    attached_file: FileId,
    attached: Option<Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_file {
            Ok(self.data.clone())
        } else if id == self.attached_file {
            self.attached.clone().ok_or(FileError::AccessDenied)
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
