//! ID numbers that went through a spreadsheet: as text, with an apostrophe before them, as a number
//! that lost its last digits, as 3.20583E+17.

use chrono::NaiveDate;

use super::{Cell, FaultReason};
use crate::register::{
    folding::fold_number,
    identity::{IdError, IdKind, IdNumber},
};

/// Excel keeps fifteen digits of a number; those behind are zeros.
const DIGITS_KEPT: f64 = 1e15;

/// The identity number in a cell.
pub(super) fn id_number(
    cell: &Cell,
    kind: Option<IdKind>,
    today: NaiveDate,
) -> Result<IdNumber, FaultReason> {
    let text = match cell {
        Cell::Number(number) if number.abs() >= DIGITS_KEPT => {
            return Err(FaultReason::IdScientific);
        }
        Cell::Number(_) | Cell::Day(_) => cell.text(),
        Cell::Text(text) => bare(text),
    };
    if is_scientific(&text) {
        return Err(FaultReason::IdScientific);
    }
    let read = match kind {
        Some(kind) => IdNumber::parse_as(kind, &text, today),
        None => IdNumber::parse(&text, today),
    };
    read.map_err(|error| reason(error, &text))
}

/// Without what keeps Excel from taking it for a number: an apostrophe, quotes, a formula around it.
fn bare(text: &str) -> String {
    let folded = fold_number(text);
    let inside = folded
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(&folded);
    inside
        .trim_matches(['\'', '‘', '’', '`', '"', '“', '”'])
        .to_owned()
}

fn is_scientific(text: &str) -> bool {
    text.split_once('E').is_some_and(|(start, exponent)| {
        let is_number = |part: &str| {
            part.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        start.contains('.')
            && is_number(start)
            && exponent
                .trim_start_matches('+')
                .parse::<u32>()
                .is_ok_and(|power| power >= 14)
    })
}

fn reason(error: IdError, text: &str) -> FaultReason {
    match error {
        // Fifteen digits and three zeros: a number that was turned back into text.
        IdError::Check | IdError::Date if text.len() == 18 && text.ends_with("000") => {
            FaultReason::IdDigitsLost
        }
        IdError::Length => FaultReason::IdLength,
        IdError::Format => FaultReason::IdFormat,
        IdError::Check => FaultReason::IdCheck,
        IdError::Date => FaultReason::IdDate,
        IdError::Future => FaultReason::IdFuture,
        IdError::Region => FaultReason::IdRegion,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &Cell) -> Result<String, FaultReason> {
        let today = "2026-11-24".parse().unwrap();
        id_number(cell, None, today).map(|number| number.expose().to_owned())
    }

    fn text(text: &str) -> Result<String, FaultReason> {
        read(&Cell::Text(text.to_owned()))
    }

    #[test]
    fn a_number_kept_as_text_is_read_whatever_keeps_it() {
        for kept in [
            "320583198103079911",
            "'320583198103079911",
            "’320583198103079911",
            "=\"320583198103079911\"",
            " ３２０５８３ 19810307 9911 ",
        ] {
            assert_eq!(text(kept).as_deref(), Ok("320583198103079911"), "{kept}");
        }
    }

    #[test]
    fn a_number_that_excel_has_damaged_is_told_as_that() {
        assert_eq!(
            read(&Cell::Number(320_583_198_103_079_911.0)),
            Err(FaultReason::IdScientific)
        );
        assert_eq!(text("3.20583E+17"), Err(FaultReason::IdScientific));
        assert_eq!(text("3.20583198103079E17"), Err(FaultReason::IdScientific));
        assert_eq!(text("320583198103079000"), Err(FaultReason::IdDigitsLost));
    }

    #[test]
    fn other_faults_keep_their_own_names() {
        assert_eq!(text("320583198103079912"), Err(FaultReason::IdCheck));
        assert_eq!(text("32058319810307991"), Err(FaultReason::IdLength));
        assert_eq!(text("32O583198103079911"), Err(FaultReason::IdFormat));
    }
}
