//! A QR code (ISO/IEC 18004) as SVG: one path, four modules of white around it.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::DocumentError;

/// Modules of white around the code.
const QUIET: usize = 4;

/// The picture of `text`.
pub(crate) fn svg(text: &str) -> Result<String, DocumentError> {
    if text.is_empty() || text.len() > 300 {
        return Err(DocumentError::QrCode);
    }
    // Medium correction: a fold or a stamp over a seventh of it does no harm.
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Err(DocumentError::QrCode);
    };
    let width = code.width();
    let modules = code.to_colors();
    let path: Vec<String> = modules
        .chunks(width)
        .enumerate()
        .flat_map(|(row, line)| dark_runs(line).map(move |run| (row + QUIET, run)))
        .map(|(row, (start, length))| {
            let from = start + QUIET;
            format!("M{from} {row}h{length}v1h-{length}z")
        })
        .collect();
    let path = path.concat();
    let side = width + 2 * QUIET;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

/// The runs of dark modules in a row: where each starts and how long it is.
fn dark_runs(line: &[Color]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = 0;
    line.chunk_by(PartialEq::eq).filter_map(move |run| {
        let at = start;
        start += run.len();
        (run.first() == Some(&Color::Dark)).then_some((at, run.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_where_the_dark_modules_are() {
        let line = [Color::Dark, Color::Dark, Color::Light, Color::Dark];
        assert_eq!(dark_runs(&line).collect::<Vec<_>>(), [(0, 2), (3, 1)]);
    }

    #[test]
    fn a_text_too_long_for_a_small_code_is_refused() {
        assert!(svg(&"1".repeat(300)).is_ok());
        assert!(matches!(svg(&"1".repeat(301)), Err(DocumentError::QrCode)));
        assert!(matches!(svg(""), Err(DocumentError::QrCode)));
    }
}
