//! What the screens and the terminal are shown of an import. Samples and rows are masked.

use serde::Serialize;
use ts_rs::TS;
use yichuang_domain::{
    record::Id,
    register::import::{Column, Fault, Field},
};

use super::plan::{Plan, RowPlan, SheetPlan, Verdict};
use crate::words::{Language, import as words};

/// What an import would do.
#[derive(Serialize, TS)]
pub(crate) struct ImportView {
    /// Its id.
    pub import: Id,
    /// The files.
    pub files: Vec<String>,
    /// The sheets.
    pub sheets: Vec<ImportSheetView>,
    /// Rows of data.
    pub rows: u32,
    /// Rows with somebody, or a home, that is not there yet.
    pub new: u32,
    /// Rows that are there already.
    pub same: u32,
    /// Rows that change something.
    pub changed: u32,
    /// Rows a person must look at.
    pub doubtful: u32,
    /// Rows that cannot be taken in.
    pub refused: u32,
    /// Records to write.
    pub to_write: u32,
    /// What a column can hold.
    pub choices: Vec<ChoiceView>,
}

/// A sheet.
#[derive(Serialize, TS)]
pub(crate) struct ImportSheetView {
    /// Its file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The row of its heads; nothing when the sheet is left out.
    pub heads_at: Option<u32>,
    /// Rows of data.
    pub rows: u32,
    /// Its columns.
    pub columns: Vec<ColumnView>,
}

/// A column.
#[derive(Serialize, TS)]
pub(crate) struct ColumnView {
    /// Its letters.
    pub letters: String,
    /// What stands above it.
    pub title: String,
    /// What it holds; nothing when it is left out.
    pub field: Option<Field>,
    /// Which of the row's people it speaks of, from 1.
    pub member: u8,
    /// How sure that is, 0–100.
    pub confidence: u8,
    /// A few values, masked.
    pub samples: Vec<String>,
}

/// Something a column can hold.
#[derive(Serialize, TS)]
pub(crate) struct ChoiceView {
    /// What.
    pub field: Field,
    /// In words.
    pub name: String,
}

/// A row with its verdict.
#[derive(Serialize, TS)]
pub(crate) struct ImportRowView {
    /// Its file.
    pub file: String,
    /// Its sheet.
    pub sheet: String,
    /// Its number in the sheet.
    pub row: u32,
    /// Whom it names.
    pub name: String,
    /// `new`, `same`, `changed`, `doubtful` or `refused`.
    pub verdict: String,
    /// The same in a word.
    pub verdict_text: String,
    /// What is wrong, doubtful or new.
    pub text: String,
    /// Each fault by itself.
    pub problems: Vec<ProblemView>,
}

/// A fault of a row.
#[derive(Serialize, TS)]
pub(crate) struct ProblemView {
    /// The column's letters.
    pub column: String,
    /// What stands above it.
    pub title: String,
    /// What is wrong, as a word.
    pub reason: String,
    /// The same as a sentence.
    pub text: String,
}

impl ImportView {
    pub(super) fn of(plan: &Plan, language: Language) -> Self {
        let counts = plan.counts();
        let choices = Field::ALL.into_iter().map(|field| ChoiceView {
            field,
            name: words::field(field, language).to_owned(),
        });
        Self {
            import: plan.import,
            files: plan
                .sources
                .iter()
                .map(|source| source.name.clone())
                .collect(),
            sheets: plan
                .sheets
                .iter()
                .map(|sheet| sheet_view(plan, sheet))
                .collect(),
            rows: counts.rows,
            new: counts.new,
            same: counts.same,
            changed: counts.changed,
            doubtful: counts.doubtful,
            refused: counts.refused,
            to_write: u32::try_from(plan.to_write()).unwrap_or(u32::MAX),
            choices: choices.collect(),
        }
    }
}

fn file_of(plan: &Plan, sheet: &SheetPlan) -> String {
    let source = plan.sources.get(sheet.source);
    source.map_or_else(String::new, |source| source.name.clone())
}

fn sheet_view(plan: &Plan, sheet: &SheetPlan) -> ImportSheetView {
    ImportSheetView {
        file: file_of(plan, sheet),
        name: sheet.name.clone(),
        heads_at: sheet.heads_at,
        rows: sheet.rows,
        columns: sheet.columns.iter().map(column_view).collect(),
    }
}

fn column_view(column: &Column) -> ColumnView {
    ColumnView {
        letters: letters(column.column),
        title: column.title.clone(),
        field: column.field,
        member: column.member + 1,
        confidence: column.confidence,
        samples: column
            .samples
            .iter()
            .map(|sample| without_digits(sample))
            .collect(),
    }
}

/// A row as it is listed.
pub(super) fn row_view(
    plan: &Plan,
    row: &RowPlan,
    name: String,
    language: Language,
) -> ImportRowView {
    let sheet = plan.sheets.get(row.sheet);
    let verdict = row.verdict.name();
    let problems: Vec<ProblemView> = match (&row.verdict, sheet) {
        (Verdict::Refused(faults), Some(sheet)) => faults
            .iter()
            .map(|fault| problem(sheet, *fault, language))
            .collect(),
        _ => Vec::new(),
    };
    ImportRowView {
        file: sheet.map_or_else(String::new, |sheet| file_of(plan, sheet)),
        sheet: sheet.map_or_else(String::new, |sheet| sheet.name.clone()),
        row: row.number,
        name,
        verdict: verdict.to_owned(),
        verdict_text: words::verdict(verdict, language).to_owned(),
        text: text(&row.verdict, language),
        problems,
    }
}

/// What is wrong, doubtful or new in a row.
pub(super) fn text(verdict: &Verdict, language: Language) -> String {
    match verdict {
        Verdict::New | Verdict::Same => String::new(),
        Verdict::Changed(fields) => {
            let names: Vec<String> = fields
                .iter()
                .map(|name| words::kept(name, language))
                .collect();
            language.list(&names)
        }
        Verdict::Doubtful(doubt) => words::doubt(doubt, language),
        Verdict::Refused(faults) => {
            let mut texts: Vec<&str> = faults
                .iter()
                .map(|fault| words::fault(fault.reason, language))
                .collect();
            texts.dedup();
            texts.join(language.pick("；", "; "))
        }
    }
}

fn problem(sheet: &SheetPlan, fault: Fault, language: Language) -> ProblemView {
    let reason = serde_json::to_value(fault.reason).unwrap_or_default();
    ProblemView {
        column: fault.column.map(letters).unwrap_or_default(),
        title: fault
            .column
            .map_or_else(String::new, |column| sheet.title(column).to_owned()),
        reason: reason.as_str().unwrap_or_default().to_owned(),
        text: words::fault(fault.reason, language).to_owned(),
    }
}

/// A column's letters: A, B, …, Z, AA.
pub(super) fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters
            .extend(char::from_digit(rest % 26 + 10, 36).map(|letter| letter.to_ascii_uppercase()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Long numbers keep their first three and last two digits: no sample shows a whole one.
fn without_digits(text: &str) -> String {
    let characters: Vec<char> = text.chars().take(40).collect();
    let is_digit = |place: usize| {
        characters
            .get(place)
            .is_some_and(|one| one.is_ascii_digit() || matches!(one, 'X' | 'x'))
    };
    let run = |place: usize| {
        let start = (0..=place)
            .rev()
            .take_while(|at| is_digit(*at))
            .last()
            .unwrap_or(place);
        let end = (place..characters.len())
            .take_while(|at| is_digit(*at))
            .last()
            .unwrap_or(place);
        (start, end)
    };
    let shown = characters.iter().enumerate().map(|(place, one)| {
        let (start, end) = run(place);
        let is_hidden =
            is_digit(place) && end - start >= 6 && place >= start + 3 && place + 2 <= end;
        if is_hidden { '*' } else { *one }
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_the_sheet() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn no_sample_shows_a_whole_number() {
        for (text, shown) in [
            ("320583198103079911", "320*************11"),
            ("15400001234", "154******34"),
            ("12-3-502", "12-3-502"),
            ("1981-03-07", "1981-03-07"),
            ("张三", "张三"),
        ] {
            assert_eq!(without_digits(text), shown);
        }
    }
}
