//! Where the heads of a sheet stand: under titles and notes, in one row or in two of merged cells.

use std::collections::BTreeMap;

use super::{Cell, Field, Row, columns::field_of_title};

/// How far down heads are looked for.
const ROWS: usize = 30;

/// The heads of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The first of their rows.
    pub first_row: u32,
    /// The last of their rows.
    pub last_row: u32,
    /// What stands above each column.
    pub titles: BTreeMap<u16, String>,
}

/// The heads of a sheet, from its first rows; nothing when no row looks like heads.
pub fn find_header(rows: &[Row]) -> Option<Header> {
    let candidates = (0..rows.len().min(ROWS)).flat_map(|at| {
        let one = rows.get(at).map(alone);
        let two = rows
            .get(at)
            .zip(rows.get(at + 1))
            .and_then(|(upper, lower)| together(upper, lower));
        [one, two].into_iter().flatten()
    });
    // The first of the best: a head that is printed again further down is a repeat.
    let mut best: Option<(usize, Header)> = None;
    for candidate in candidates {
        let score = score(&candidate);
        if score >= 2 && best.as_ref().is_none_or(|(most, _header)| score > *most) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_score, header)| header)
}

fn alone(row: &Row) -> Header {
    Header {
        first_row: row.number,
        last_row: row.number,
        titles: row
            .cells
            .iter()
            .map(|(column, cell)| (*column, cell.text()))
            .collect(),
    }
}

/// Two rows of heads: 户主信息, merged over three columns, above 姓名, 身份证号 and 电话.
fn together(upper: &Row, lower: &Row) -> Option<Header> {
    let has_heads_below = lower.number == upper.number + 1
        && score(&alone(lower)) >= 2
        && !lower
            .cells
            .iter()
            .any(|(_column, cell)| looks_like_data(cell));
    if !has_heads_below || score(&alone(upper)) == 0 && upper.cells.len() < 2 {
        return None;
    }
    let mut titles: BTreeMap<u16, String> = BTreeMap::new();
    for (column, cell) in &upper.cells {
        titles.insert(*column, cell.text());
    }
    for (column, cell) in &lower.cells {
        // A merged cell holds its text at its left end only.
        let above = upper.cells.iter().rfind(|(at, _cell)| at <= column);
        let above = above.map_or_else(String::new, |(_at, cell)| cell.text());
        titles.insert(*column, format!("{above}{}", cell.text()));
    }
    Some(Header {
        first_row: upper.number,
        last_row: lower.number,
        titles,
    })
}

fn looks_like_data(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::Day(_) => true,
        Cell::Text(text) => text.bytes().filter(u8::is_ascii_digit).count() >= 4,
    }
}

/// How many different things these heads name. Long texts are titles and notes, not heads.
fn score(header: &Header) -> usize {
    let named = header
        .titles
        .values()
        .filter(|title| title.chars().count() <= 20);
    let fields: Vec<Field> = named.filter_map(|title| field_of_title(title).0).collect();
    let mut different = fields.clone();
    different.sort_unstable();
    different.dedup();
    let says_who_or_where = [
        Field::Name,
        Field::IdNumber,
        Field::Address,
        Field::Building,
    ]
    .iter()
    .any(|field| fields.contains(field));
    // Two members have the same fields twice: they count, but less than something new.
    if says_who_or_where {
        different.len() * 2 + fields.len()
    } else {
        0
    }
    .saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u16, &str)]) -> Row {
        Row {
            number,
            cells: cells
                .iter()
                .map(|(column, text)| (*column, Cell::Text((*text).to_owned())))
                .collect(),
        }
    }

    #[test]
    fn heads_are_found_under_a_title_and_a_note() {
        let rows = [
            row(1, &[(0, "新茂社区2026年户籍人口花名册")]),
            row(2, &[(0, "填表单位：新茂社区"), (4, "填表日期：2026年11月")]),
            row(
                4,
                &[
                    (0, "序号"),
                    (1, "姓名"),
                    (2, "性别"),
                    (3, "身份证号"),
                    (4, "联系电话"),
                ],
            ),
            row(
                5,
                &[(0, "1"), (1, "张三"), (2, "男"), (3, "320583198103079911")],
            ),
        ];
        let header = find_header(&rows).unwrap();
        assert_eq!((header.first_row, header.last_row), (4, 4));
        assert_eq!(header.titles[&3], "身份证号");
    }

    #[test]
    fn merged_heads_over_two_rows_are_read_together() {
        let rows = [
            row(1, &[(0, "房屋台账")]),
            row(
                2,
                &[(0, "序号"), (1, "房号"), (2, "户主信息"), (5, "配偶信息")],
            ),
            row(
                3,
                &[
                    (2, "姓名"),
                    (3, "身份证号"),
                    (4, "电话"),
                    (5, "姓名"),
                    (6, "身份证号"),
                ],
            ),
            row(
                4,
                &[
                    (0, "1"),
                    (1, "12-3-502"),
                    (2, "张三"),
                    (3, "320583198103079911"),
                ],
            ),
        ];
        let header = find_header(&rows).unwrap();
        assert_eq!((header.first_row, header.last_row), (2, 3));
        assert_eq!(header.titles[&1], "房号");
        assert_eq!(header.titles[&4], "户主信息电话");
        assert_eq!(header.titles[&6], "配偶信息身份证号");
    }

    #[test]
    fn a_sheet_without_heads_has_none() {
        let rows = [
            row(1, &[(0, "会议记录")]),
            row(2, &[(0, "今天"), (1, "讨论")]),
        ];
        assert_eq!(find_header(&rows), None);
    }
}
