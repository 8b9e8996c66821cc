//! The font of the screen, cut into slices: `ui/public/fonts/*.woff2`, and `ui/src/kit/fonts.css` that names them.
//!
//! The cutting is done by Debian's fonttools (`fonts.py`); this knows when, and writes the style sheet. The style
//! sheet is committed, the slices are not.

use std::fs;
use std::path::Path;

use crate::console::complain;
use crate::house::House;
use crate::process::{ask, command};
use crate::stamp;
use crate::trouble::{Result, Trouble, While};

/// No slice may weigh more: the first page waits for one.
const LIMIT_BYTES: u64 = 2_000_000;

const HEAD: &str = "\
/* Noto Sans CJK SC in slices. Written by `cargo xtask fonts`; do not edit. */
/* \"Yichuang Sans\" is GB 2312 in two weights. All else the font has is in \"Yichuang Sans Rare\", loaded when a */
/* name needs it, and made bold by the web view. Name both: font-family: \"Yichuang Sans\", \"Yichuang Sans Rare\", … */
";

/// Cuts the slices, when the font or the way of cutting changed.
pub(crate) fn ensure(house: &House) -> Result<()> {
    let script = house.root.join("xtask/src/fonts.py");
    let fonts = Path::new("/usr/share/fonts/opentype/noto");
    let inputs = [
        script.clone(),
        house.root.join("xtask/src/fonts.rs"),
        fonts.join("NotoSansCJK-Regular.ttc"),
        fonts.join("NotoSansCJK-Bold.ttc"),
    ];
    let out = house.ui().join("public/fonts");
    let product = out.join("base-700.woff2");
    stamp::unless_done(
        house,
        "cutting the fonts (a minute)",
        &inputs,
        &product,
        || cut(house, &script, &out),
    )
}

fn cut(house: &House, script: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out).doing("removing old slices")?;
    }
    fs::create_dir_all(out).doing("making ui/public/fonts")?;
    // Debian's own Python, because fonttools is Debian's.
    let made =
        ask(command("/usr/bin/python3", out, &[]).arg(script).arg(out)).ok_or_else(|| {
            Trouble::new(format!(
                "The fonts cannot be cut: run `/usr/bin/python3 {} {}`.",
                script.display(),
                out.display()
            ))
        })?;
    let slices: Vec<Slice> = made.lines().filter_map(Slice::parse).collect();
    if slices.iter().filter(|slice| slice.is_base()).count() != 2 {
        return Err(Trouble::new("The font has no base slice in two weights."));
    }
    if let Some(heavy) = slices.iter().find(|slice| slice.bytes > LIMIT_BYTES) {
        return Err(Trouble::new(format!(
            "{} weighs {} bytes; the limit is {LIMIT_BYTES}.",
            heavy.file, heavy.bytes
        )));
    }
    let css = house.ui().join("src/kit/fonts.css");
    let sheet = sheet(&slices);
    if fs::read_to_string(&css).is_ok_and(|old| old == sheet) {
        return Ok(());
    }
    complain("ui/src/kit/fonts.css changed: commit it with what changed it.");
    fs::write(css, sheet).doing("writing ui/src/kit/fonts.css")
}

/// One file of the font.
struct Slice {
    weight: String,
    file: String,
    first: String,
    last: String,
    bytes: u64,
}

impl Slice {
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ').map(str::to_owned);
        Some(Self {
            weight: words.next()?,
            file: words.next()?,
            first: words.next()?,
            last: words.next()?,
            bytes: words.next()?.parse().ok()?,
        })
    }

    fn is_base(&self) -> bool {
        self.file.starts_with("base-")
    }
}

fn sheet(slices: &[Slice]) -> String {
    let faces: Vec<String> = slices.iter().map(face).collect();
    HEAD.to_owned() + &faces.concat()
}

/// Ranges are wide and simple: a web view that misses a glyph in one slice looks in the next family by itself.
fn face(slice: &Slice) -> String {
    let (family, weight) = match (slice.is_base(), slice.weight.as_str()) {
        (true, "400") => ("Yichuang Sans", "100 500"),
        (true, _) => ("Yichuang Sans", "600 900"),
        (false, _) => ("Yichuang Sans Rare", "400"),
    };
    let Slice {
        file, first, last, ..
    } = slice;
    format!(
        "@font-face {{\n  font-family: \"{family}\";\n  src: url(\"/fonts/{file}\") format(\"woff2\");\n  \
         font-weight: {weight};\n  font-display: swap;\n  unicode-range: U+{first}-{last};\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_character_has_its_own_slice_and_no_second_weight() {
        let slices: Vec<Slice> = [
            "700 base-700.woff2 20 FFEE 900",
            "400 rest-09.woff2 23CFE 3106C 300",
        ]
        .iter()
        .filter_map(|line| Slice::parse(line))
        .collect();
        let sheet = sheet(&slices);
        assert_eq!(sheet.matches("@font-face").count(), 2);
        assert!(sheet.contains(
            "font-family: \"Yichuang Sans Rare\";\n  src: url(\"/fonts/rest-09.woff2\")"
        ));
        assert!(sheet.contains("unicode-range: U+23CFE-3106C;"));
    }
}
