//! What can go wrong between a paper and its page. Names no person and quotes no field.

/// A paper that cannot be made, or a page that cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font file is nowhere in the folders.
    #[error("the font file {file} is missing: install the package {package}")]
    FontMissing {
        /// The file's name.
        file: &'static str,
        /// The Debian package it comes with.
        package: &'static str,
    },
    /// A font file is there but cannot be read.
    #[error("the font file {file} cannot be read: {source}")]
    FontUnreadable {
        /// The file's name.
        file: &'static str,
        /// What the disk said.
        source: std::io::Error,
    },
    /// A font file holds something else than its name says.
    #[error(
        "the font file {file} does not hold the font {family}: reinstall the package {package}"
    )]
    FontDamaged {
        /// The file's name.
        file: &'static str,
        /// The face that should be in it.
        family: &'static str,
        /// The Debian package it comes with.
        package: &'static str,
    },
    /// No font has this character. A paper with a hole in a name is no paper.
    #[error("no font can print the character {0} (U+{code:04X})", code = u32::from(*.0))]
    NoGlyph(char),
    /// A control or direction character: it would print as nothing and change what one reads.
    #[error("the invisible character U+{code:04X} cannot stand on a paper", code = u32::from(*.0))]
    Invisible(char),
    /// The number of an identity document is not masked.
    #[error("a paper carries masked numbers only")]
    NotMasked,
    /// The bar code's text is not digits only, or too long.
    #[error("the bar code takes up to 40 digits")]
    BarCode,
    /// The QR code's text is empty or too long.
    #[error("the QR code takes 1 to 300 bytes")]
    QrCode,
    /// The paper could not be written down for its template.
    #[error("the paper cannot be handed to its template")]
    Data(#[from] serde_json::Error),
    /// The template and the paper do not fit: a mistake of ours.
    #[error("the template `{template}` does not fit the paper: {message}")]
    Template {
        /// Which template.
        template: &'static str,
        /// What the typesetter said.
        message: String,
    },
    /// The PDF has no such page.
    #[error("there is no page {0}")]
    NoPage(usize),
    /// These bytes are no PDF that can be shown.
    #[error("the PDF cannot be read")]
    UnreadablePdf,
    /// The picture cannot be that large or small.
    #[error("a picture takes 36 to 600 dots an inch")]
    Resolution,
    /// The picture could not be encoded.
    #[error("the picture cannot be encoded")]
    Picture(#[from] png::EncodingError),
}
