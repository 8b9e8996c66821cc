//! Workbooks of Excel 97, which offices still keep: read whole, under the worker's limits.

use std::{fs::File, io::BufReader};

use calamine::{Data, Reader, Xls, XlsError};
use yichuang_sheets::{Cell, Trouble};

use crate::{out::Out, xlsx::day};

pub(crate) fn read(file: File, out: &mut Out<'_>) -> Result<(), Trouble> {
    let mut book = Xls::new(BufReader::new(file)).map_err(|error| match error {
        XlsError::Password => Trouble::Encrypted,
        _ => Trouble::Damaged,
    })?;
    for (name, range) in book.worksheets() {
        out.sheet(&name);
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let at = |first: u32, place: usize| {
                first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX))
            };
            if let Some(value) = value(data) {
                out.cell(at(first_row, row), at(first_column, column), value)?;
            }
        }
    }
    Ok(())
}

fn value(data: &Data) -> Option<Cell> {
    Some(match data {
        #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Cell::Text(text.clone())
        }
        Data::Bool(yes) => Cell::Text(if *yes { "是" } else { "否" }.to_owned()),
        Data::DateTime(moment) => day(*moment),
        Data::Error(error) => Cell::Text(error.to_string()),
        Data::Empty => return None,
    })
}
