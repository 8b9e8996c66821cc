//! Workbooks of Excel 2007 and later, cell by cell. Never by range: a file of 1.5 KB can ask for one
//! of 512 GB.

use std::{fs::File, io::BufReader};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use yichuang_sheets::{Cell, Trouble};

use crate::{out::Out, parts};

pub(crate) fn read(mut file: File, out: &mut Out<'_>) -> Result<(), Trouble> {
    parts::measure(&mut file)?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| trouble(&error))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    for name in sheets {
        out.sheet(&name);
        let mut cells = book
            .worksheet_cells_reader(&name)
            .map_err(|error| trouble(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| trouble(&error))? {
            let (row, column) = cell.get_position();
            if let Some(value) = value(cell.get_value()) {
                out.cell(row, column, value)?;
            }
        }
    }
    Ok(())
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
    Some(match data {
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Text(if *yes { "是" } else { "否" }.to_owned()),
        DataRef::DateTime(moment) => day(*moment),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::Text(text.clone())
        }
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => return None,
    })
}

/// The day of a moment; hours stay a number.
pub(crate) fn day(moment: ExcelDateTime) -> Cell {
    if !moment.is_datetime() || moment.as_f64() < 1.0 {
        return Cell::Number(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
}

fn trouble(error: &XlsxError) -> Trouble {
    match error {
        XlsxError::Password => Trouble::Encrypted,
        _ => Trouble::Damaged,
    }
}
