//! A Code 128 bar (ISO/IEC 15417) as SVG, for digits only: pairs in code set C, an odd last digit in
//! code set B. Letters are no business of this bar: scanners that type would depend on the keyboard.

use crate::error::DocumentError;

/// Widths of bar, space, bar … of the symbols 0 to 105, in modules.
const SYMBOLS: [&[u8; 6]; 106] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232",
];
const STOP: &[u8; 7] = b"2331112";
const START_B: u8 = 104;
const START_C: u8 = 105;
const TO_B: u8 = 100;
/// The symbol of the digit 0 in code set B.
const ZERO_IN_B: u8 = 16;
/// Modules of white on either side.
const QUIET: u32 = 10;

/// The picture of these digits, `height` modules high, and its width in modules.
pub(crate) fn svg(digits: &str, height: u32) -> Result<(String, u32), DocumentError> {
    let widths = widths(digits)?;
    let mut x = QUIET;
    let mut bars = Vec::new();
    for (index, width) in widths.iter().enumerate() {
        if index % 2 == 0 {
            bars.push(format!("M{x} 0h{width}v{height}h-{width}z"));
        }
        x += width;
    }
    let path = bars.concat();
    let side = x + QUIET;
    let picture = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {height}" shape-rendering="crispEdges"><rect width="{side}" height="{height}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    );
    Ok((picture, side))
}

/// Bars and spaces in turn, from the first bar to the last.
fn widths(digits: &str) -> Result<Vec<u32>, DocumentError> {
    let symbols = symbols(digits)?;
    let mut widths = Vec::new();
    for symbol in symbols {
        let pattern = SYMBOLS
            .get(usize::from(symbol))
            .ok_or(DocumentError::BarCode)?;
        widths.extend(pattern.iter().map(|width| u32::from(width - b'0')));
    }
    widths.extend(STOP.iter().map(|width| u32::from(width - b'0')));
    Ok(widths)
}

/// Start, digits and check symbol.
fn symbols(digits: &str) -> Result<Vec<u8>, DocumentError> {
    let digits = digits.as_bytes();
    let fits = (1..=40).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if !fits {
        return Err(DocumentError::BarCode);
    }
    let (pairs, odd) = digits.as_chunks::<2>();
    let mut symbols = vec![if pairs.is_empty() { START_B } else { START_C }];
    symbols.extend(
        pairs
            .iter()
            .map(|[tens, ones]| (tens - b'0') * 10 + (ones - b'0')),
    );
    if let [last] = odd {
        if !pairs.is_empty() {
            symbols.push(TO_B);
        }
        symbols.push(last - b'0' + ZERO_IN_B);
    }
    symbols.push(check(&symbols));
    Ok(symbols)
}

/// The start symbol counts once, the others by their place, modulo 103.
fn check(symbols: &[u8]) -> u8 {
    let sum: u32 = symbols
        .iter()
        .zip(0_u32..)
        .map(|(symbol, place)| u32::from(*symbol) * place.max(1))
        .sum();
    u8::try_from(sum % 103).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        io::Write,
        process::{Command, Stdio},
    };

    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_wide_with_an_even_count_of_black() {
        for pattern in SYMBOLS {
            let widths = pattern.map(|width| width - b'0');
            assert_eq!(widths.iter().sum::<u8>(), 11);
            assert_eq!(widths.iter().step_by(2).sum::<u8>() % 2, 0);
        }
        assert_eq!(SYMBOLS.iter().collect::<BTreeSet<_>>().len(), SYMBOLS.len());
    }

    #[test]
    fn pairs_are_one_symbol_and_an_odd_last_digit_changes_the_code_set() {
        // 105 + 1·12 + 2·34 = 185 = 82 mod 103
        assert_eq!(symbols("1234").unwrap(), [105, 12, 34, 82]);
        // 105 + 1·12 + 2·100 + 3·19 = 374 = 65 mod 103
        assert_eq!(symbols("123").unwrap(), [105, 12, 100, 19, 65]);
        // 104 + 1·23 = 127 = 24 mod 103
        assert_eq!(symbols("7").unwrap(), [104, 23, 24]);
    }

    /// Drawn two dots a module, as a portable grey map, and read by `zbarimg`.
    fn scan(digits: &str) -> String {
        let mut row = vec![255_u8; 40];
        for (index, width) in widths(digits).unwrap().into_iter().enumerate() {
            let dot = if index % 2 == 0 { 0 } else { 255 };
            row.extend((0..width * 2).map(|_| dot));
        }
        row.extend([255; 40]);
        let mut picture = format!("P5 {} 60 255\n", row.len()).into_bytes();
        picture.extend(row.repeat(60));
        let mut child = Command::new("zbarimg")
            .args(["--quiet", "--raw", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("zbar-tools is installed");
        child.stdin.take().unwrap().write_all(&picture).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }

    #[test]
    fn every_pair_of_digits_scans_as_itself() {
        let pairs: Vec<String> = (0..100).map(|pair| format!("{pair:02}")).collect();
        let even = pairs.chunks(20).map(<[String]>::concat);
        for digits in even.chain(["123".to_owned(), "4567890".to_owned()]) {
            assert_eq!(scan(&digits).trim_end(), digits);
        }
    }

    #[test]
    fn letters_and_full_width_digits_are_refused() {
        for text in ["", "12a4", "１２", &"1".repeat(41)] {
            assert!(
                matches!(svg(text, 30), Err(DocumentError::BarCode)),
                "{text}"
            );
        }
    }
}
