//! Text with separators: UTF-8, or GBK as Excel writes it here. The separator is told by the first
//! lines.

use std::{fs::File, io::Read};

use csv::ReaderBuilder;
use encoding_rs::GB18030;
use yichuang_sheets::{Cell, Trouble};

use crate::out::Out;

pub(crate) fn read(mut file: File, out: &mut Out<'_>) -> Result<(), Trouble> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)
        .map_err(|_error| Trouble::Damaged)?;
    let text = text_of(bytes)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    out.sheet("");
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|_error| Trouble::Damaged)?
    {
        let line = record.position().map_or(1, csv::Position::line);
        let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX - 1);
        for (column, text) in (0_u32..).zip(&record) {
            out.cell(row, column, Cell::Text(text.to_owned()))?;
        }
    }
    Ok(())
}

fn text_of(bytes: Vec<u8>) -> Result<String, Trouble> {
    if bytes.contains(&0) {
        return Err(Trouble::NulBytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{FEFF}').to_owned()),
        Err(other) => {
            let bytes = other.into_bytes();
            let (text, has_errors) = GB18030.decode_without_bom_handling(&bytes);
            if has_errors {
                return Err(Trouble::Encoding);
            }
            Ok(text.into_owned())
        }
    }
}

/// The separator that the first lines have most of.
fn separator(text: &str) -> u8 {
    let count = |one: u8| {
        let lines = text.lines().take(20);
        lines
            .flat_map(str::bytes)
            .filter(|byte| *byte == one)
            .count()
    };
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|one| count(*one))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read_and_a_third_is_refused() {
        let gbk = b"\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0".to_vec();
        assert_eq!(text_of(gbk), Ok("姓名,电话".to_owned()));
        assert_eq!(text_of("\u{FEFF}姓名".into()), Ok("姓名".to_owned()));
        assert_eq!(text_of(b"\xFF\xFF\xFF".to_vec()), Err(Trouble::Encoding));
        assert_eq!(text_of(b"a\0b".to_vec()), Err(Trouble::NulBytes));
    }

    #[test]
    fn the_separator_is_the_one_there_is_most_of() {
        for (text, expected) in [
            ("a,b\n1,2", b','),
            ("a\tb", b'\t'),
            ("a;b;c\n1,5;2;3", b';'),
            ("a", b','),
        ] {
            assert_eq!(separator(text), expected, "{text}");
        }
    }
}
