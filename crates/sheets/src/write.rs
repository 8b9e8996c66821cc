//! Workbooks out: text cells only, so that a number keeps its zeros and nothing runs as a formula.

use std::{io::Write, path::Path};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A sheet to write: a line above, titles, rows.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whose list it is, who took it out, when and what for: above the table and at every page's foot.
    pub mark: &'a str,
    /// Column titles.
    pub titles: &'a [String],
    /// Rows.
    pub rows: &'a [Vec<String>],
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The workbook could not be made.
    #[error("the workbook: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk refused.
    #[error("the disk: {0}")]
    Disk(#[from] std::io::Error),
}

/// Writes a workbook of these sheets beside `path` and then puts it in its place.
///
/// # Errors
///
/// When it cannot be made, or the disk refuses.
pub fn write_workbook(path: &Path, sheets: &[Sheet<'_>]) -> Result<(), WriteError> {
    let mut book = Workbook::new();
    let text = Format::new().set_num_format("@");
    let bold = Format::new().set_num_format("@").set_bold();
    for sheet in sheets {
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet.name)?;
        page.set_footer(footer(sheet.mark));
        page.write_string_with_format(0, 0, harmless(sheet.mark), &bold)?;
        for (column, title) in (0_u16..).zip(sheet.titles) {
            page.set_column_width(column, 18)?;
            page.write_string_with_format(1, column, harmless(title), &bold)?;
        }
        for (row, cells) in (2_u32..).zip(sheet.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                page.write_string_with_format(row, column, harmless(cell), &text)?;
            }
        }
    }
    let bytes = book.save_to_buffer()?;
    let beside = path.with_extension("part");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    Ok(())
}

/// A text that no program takes for a formula, even when it was saved as CSV in between.
fn harmless(text: &str) -> String {
    const STARTS: [char; 12] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹣',
    ];
    let clean: String = text
        .chars()
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\r' | '\n'))
        .collect();
    if clean.starts_with(STARTS) {
        format!("'{clean}")
    } else {
        clean
    }
}

/// `&` has a meaning in a foot line, and a foot line an end.
fn footer(mark: &str) -> String {
    let short: String = mark.chars().take(80).collect();
    format!("&C{}", short.replace('&', "&&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_starts_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "＋1", "－1", "＠1"] {
            assert!(harmless(text).starts_with('\''), "{text}");
        }
        assert_eq!(harmless("12-3-502"), "12-3-502");
    }
}
