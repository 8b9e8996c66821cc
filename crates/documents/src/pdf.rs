//! A finished PDF, and pictures of its pages. The preview is the page that prints: both come from
//! these bytes.

use std::sync::Arc;

use hayro::{
    RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax,
    vello_cpu::color::palette::css::WHITE,
};

use crate::error::DocumentError;

/// Points, the PDF's own measure, to the inch.
const POINTS_PER_INCH: f32 = 72.0;

/// A PDF as the press made it.
#[derive(Clone)]
pub struct Pdf {
    bytes: Arc<Vec<u8>>,
    pages: usize,
}

impl Pdf {
    pub(crate) fn new(bytes: Vec<u8>, pages: usize) -> Self {
        Self {
            bytes: Arc::new(bytes),
            pages,
        }
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many pages it has, all copies together.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// A page, counted from 0, as a grey PNG. 96 dots an inch fill a screen, 300 a printer.
    ///
    /// # Errors
    ///
    /// Refuses a page that is not there and a resolution outside 36 to 600.
    pub fn page_png(&self, page: usize, dots_per_inch: u16) -> Result<Vec<u8>, DocumentError> {
        if !(36..=600).contains(&dots_per_inch) {
            return Err(DocumentError::Resolution);
        }
        let Ok(pdf) = hayro_syntax::Pdf::new(Arc::clone(&self.bytes)) else {
            return Err(DocumentError::UnreadablePdf);
        };
        let page = pdf.pages().get(page).ok_or(DocumentError::NoPage(page))?;
        let scale = f32::from(dots_per_inch) / POINTS_PER_INCH;
        let settings = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..RenderSettings::default()
        };
        let picture = hayro::render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &settings,
        );
        // Papers are black on white, so that one of the four channels is the whole picture.
        let grey = picture
            .data_as_u8_slice()
            .iter()
            .step_by(4)
            .copied()
            .collect::<Vec<u8>>();
        png_of(&grey, picture.width().into(), picture.height().into())
    }
}

fn png_of(grey: &[u8], width: u32, height: u32) -> Result<Vec<u8>, DocumentError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(grey)?;
    writer.finish()?;
    Ok(file)
}
