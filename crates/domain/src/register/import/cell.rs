//! A cell and a row of a sheet, as they were read.

use chrono::NaiveDate;

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number: what Excel makes of everything that looks like one.
    Number(f64),
    /// A day.
    Day(NaiveDate),
}

impl Cell {
    /// What a person sees in it. A number that is whole has no point.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                format!("{number:.0}")
            }
            Self::Number(number) if number.abs() >= 1e15 => format!("{number:.5E}"),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// Whether people write it for "nothing": a dash, a stroke, 无.
    pub fn says_nothing(&self) -> bool {
        let Self::Text(text) = self else {
            return false;
        };
        matches!(
            text.trim(),
            "" | "-" | "--" | "—" | "——" | "/" | "\\" | "无" | "暂无" | "空" | "不详" | "未知"
        )
    }
}

/// A row of a sheet: only the cells with something in them, columns counted from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number as the person sees it, from 1.
    pub number: u32,
    /// Its cells, by column.
    pub cells: Vec<(u16, Cell)>,
}

impl Row {
    /// What stands in a column; nothing where people wrote a dash.
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|(at, _cell)| *at == column)
            .map(|(_at, cell)| cell)
            .filter(|cell| !cell.says_nothing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_excel_shows_it() {
        for (number, text) in [
            (12.0, "12"),
            (15_400_001_234.0, "15400001234"),
            (3.205_831_981_030_799e17, "3.20583E17"),
            (86.5, "86.5"),
        ] {
            assert_eq!(Cell::Number(number).text(), text);
        }
    }
}
