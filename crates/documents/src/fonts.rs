//! The fonts of papers: 宋 for the body, 黑 for titles, and the rare characters behind both.
//!
//! Loaded by path from known folders, never by scanning the system, so that a paper looks the same
//! everywhere. A file is read when the first paper needs it; the two files of rare characters
//! (53 MB) only for a paper that has one. Read, not mapped: mapping a file is `unsafe`.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::error::DocumentError;

/// The environment variable that names a folder to look in first.
const OVERRIDE: &str = "YICHUANG_FONTS";

/// Where Debian, openEuler and Arch put them.
const SYSTEM_FOLDERS: [&str; 5] = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/hanazono",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/hanazono",
];

/// One font file, the face in it, and the package it comes with.
struct FontFile {
    file: &'static str,
    family: &'static str,
    package: &'static str,
}

/// The fonts of every paper.
const COMMON: [FontFile; 2] = [
    FontFile {
        file: "NotoSerifCJK-Regular.ttc",
        family: "Noto Serif CJK SC",
        package: "fonts-noto-cjk",
    },
    FontFile {
        file: "NotoSansCJK-Bold.ttc",
        family: "Noto Sans CJK SC",
        package: "fonts-noto-cjk",
    },
];

/// The fonts of rare characters; the templates name them after the common ones, in this order.
const RARE: [FontFile; 2] = [
    FontFile {
        file: "HanaMinB.ttf",
        family: "HanaMinB",
        package: "fonts-hanazono",
    },
    FontFile {
        file: "HanaMinA.ttf",
        family: "HanaMinA",
        package: "fonts-hanazono",
    },
];

/// The folders the font files are looked for in, first one first.
#[derive(Clone, Debug)]
pub struct FontFolders(Vec<PathBuf>);

impl FontFolders {
    /// The folder named by `YICHUANG_FONTS`, if it is set, then the usual ones of the system.
    pub fn of_system() -> Self {
        let named = std::env::var_os(OVERRIDE).map(PathBuf::from);
        Self(
            named
                .into_iter()
                .chain(SYSTEM_FOLDERS.map(PathBuf::from))
                .collect(),
        )
    }

    /// The same, with the resource folder of the installed program before the system's.
    pub fn with_resources(resources: PathBuf) -> Self {
        let mut folders = Self::of_system();
        let system = folders.0.len() - SYSTEM_FOLDERS.len();
        folders.0.insert(system, resources);
        folders
    }

    /// These folders only.
    pub fn only(folders: Vec<PathBuf>) -> Self {
        Self(folders)
    }

    fn load(&self, wanted: &FontFile) -> Result<Font, DocumentError> {
        let FontFile {
            file,
            family,
            package,
        } = *wanted;
        let path = self
            .0
            .iter()
            .map(|folder| folder.join(file))
            .find(|path| path.is_file());
        let path = path.ok_or(DocumentError::FontMissing { file, package })?;
        let bytes =
            std::fs::read(path).map_err(|source| DocumentError::FontUnreadable { file, source })?;
        // A collection holds a face for each region; the shapes differ, so only SC will do.
        Font::iter(Bytes::new(bytes))
            .find(|font| font.info().family == family)
            .ok_or(DocumentError::FontDamaged {
                file,
                family,
                package,
            })
    }
}

/// Some fonts and the book the typesetter looks them up in.
#[derive(Clone)]
pub(crate) struct FontSet {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

impl FontSet {
    fn of(fonts: Vec<Font>) -> Self {
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    /// The first of these characters that no text font has. The title font does not count: it
    /// prints our words only.
    fn lacks(&self, characters: &[char]) -> Option<char> {
        let text_fonts = || {
            self.fonts
                .iter()
                .filter(|font| font.info().family != COMMON[1].family)
        };
        characters.iter().copied().find(|character| {
            *character != '\n'
                && !text_fonts().any(|font| font.info().coverage.contains(u32::from(*character)))
        })
    }
}

/// The fonts that were needed so far.
pub(crate) struct FontShelf {
    folders: FontFolders,
    loaded: Mutex<Vec<Font>>,
}

impl FontShelf {
    pub(crate) fn new(folders: FontFolders) -> Self {
        Self {
            folders,
            loaded: Mutex::new(Vec::new()),
        }
    }

    /// The fonts that print all these characters.
    ///
    /// # Errors
    ///
    /// Names the font file that is missing or damaged, or the character that no font has.
    pub(crate) fn fonts_for(&self, characters: &[char]) -> Result<FontSet, DocumentError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        for wanted in COMMON.iter().skip(loaded.len()) {
            loaded.push(self.folders.load(wanted)?);
        }
        let common = FontSet::of(loaded.iter().take(COMMON.len()).cloned().collect());
        if common.lacks(characters).is_none() {
            return Ok(common);
        }
        for wanted in RARE.iter().skip(loaded.len() - COMMON.len()) {
            loaded.push(self.folders.load(wanted)?);
        }
        let all = FontSet::of(loaded.clone());
        match all.lacks(characters) {
            Some(character) => Err(DocumentError::NoGlyph(character)),
            None => Ok(all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_font_says_which_package_to_install() {
        let shelf = FontShelf::new(FontFolders::only(vec![PathBuf::from("/nowhere")]));
        let error = shelf
            .fonts_for(&['甲'])
            .err()
            .map(|error| error.to_string());
        assert_eq!(
            error.as_deref(),
            Some(
                "the font file NotoSerifCJK-Regular.ttc is missing: install the package fonts-noto-cjk"
            )
        );
    }

    #[test]
    fn a_common_paper_does_not_load_the_rare_fonts() {
        let shelf = FontShelf::new(FontFolders::of_system());
        assert_eq!(
            shelf
                .fonts_for(&['刘', '·', 'A', '\n'])
                .unwrap()
                .fonts
                .len(),
            2
        );
        assert_eq!(
            shelf.fonts_for(&['𬭎', '\u{2A6D6}']).unwrap().fonts.len(),
            4
        );
    }

    #[test]
    fn a_character_that_no_font_has_is_named() {
        let shelf = FontShelf::new(FontFolders::of_system());
        let error = shelf.fonts_for(&['甲', '\u{32000}']).err();
        assert!(matches!(error, Some(DocumentError::NoGlyph('\u{32000}'))));
    }
}
