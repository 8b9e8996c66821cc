//! What an import would do: a verdict for every row, and what there is to write.

use yichuang_domain::{
    record::{Fields, Id, Kind, RecordKey},
    register::import::{Column, Doubt, Fault, Home, PersonDraft, Row},
};

use super::source::Source;

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Somebody, or a home, that was not there.
    New,
    /// All of it is there already.
    Same,
    /// These fields of a record change.
    Changed(Vec<String>),
    /// A person must look.
    Doubtful(Doubt),
    /// It cannot be taken in.
    Refused(Vec<Fault>),
}

impl Verdict {
    /// Its name, for programs.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Changed(_) => "changed",
            Self::Doubtful(_) => "doubtful",
            Self::Refused(_) => "refused",
        }
    }
}

/// A sheet of a file.
#[derive(Debug)]
pub(super) struct SheetPlan {
    /// Which file.
    pub(super) source: usize,
    /// Its name.
    pub(super) name: String,
    /// The row of its heads; nothing when the sheet is left out.
    pub(super) heads_at: Option<u32>,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Rows of data.
    pub(super) rows: u32,
}

impl SheetPlan {
    /// What stands above a column.
    pub(super) fn title(&self, column: u16) -> &str {
        let found = self.columns.iter().find(|known| known.column == column);
        found.map_or("", |column| column.title.as_str())
    }
}

/// A row of data.
#[derive(Debug)]
pub(super) struct RowPlan {
    /// Which sheet.
    pub(super) sheet: usize,
    /// Its number in the sheet.
    pub(super) number: u32,
    /// Whom it names first.
    pub(super) name: String,
    /// What becomes of it.
    pub(super) verdict: Verdict,
    /// Itself, where it is not taken in.
    pub(super) as_it_is: Option<Row>,
}

/// What is said of a record.
#[derive(Debug)]
pub(super) enum Said {
    Person(PersonDraft),
    Home(Home),
}

impl Said {
    pub(super) fn fields(&self) -> Fields {
        match self {
            Self::Person(draft) => draft.fields(),
            Self::Home(home) => home.fields(),
        }
    }
}

/// A record that the file speaks of.
#[derive(Debug)]
pub(super) struct Item {
    /// Its id.
    pub(super) id: Id,
    /// Whether it comes to be.
    pub(super) is_new: bool,
    /// Whether anything is to be written.
    pub(super) writes: bool,
    /// The first row that speaks of it.
    pub(super) row: u32,
    /// All that the file says of it.
    pub(super) said: Said,
}

impl Item {
    pub(super) fn key(&self) -> RecordKey {
        let kind = match self.said {
            Said::Person(_) => Kind::PERSON,
            Said::Home(_) => Kind::HOUSEHOLD,
        };
        RecordKey::new(kind, self.id)
    }
}

/// How many rows of which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) rows: u32,
    pub(super) new: u32,
    pub(super) same: u32,
    pub(super) changed: u32,
    pub(super) doubtful: u32,
    pub(super) refused: u32,
}

/// What an import would do.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) import: Id,
    pub(super) sources: Vec<Source>,
    pub(super) sheets: Vec<SheetPlan>,
    pub(super) rows: Vec<RowPlan>,
    pub(super) items: Vec<Item>,
    /// Titles a person has corrected.
    pub(super) corrections: super::record::Corrections,
    /// Items that were looked at by the run.
    pub(super) done: usize,
    /// Records that were written.
    pub(super) written: u32,
    /// Blocks that were written.
    pub(super) blocks: u32,
}

impl Plan {
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            counts.rows += 1;
            match row.verdict {
                Verdict::New => counts.new += 1,
                Verdict::Same => counts.same += 1,
                Verdict::Changed(_) => counts.changed += 1,
                Verdict::Doubtful(_) => counts.doubtful += 1,
                Verdict::Refused(_) => counts.refused += 1,
            }
        }
        counts
    }

    /// Records that are to be written.
    pub(super) fn to_write(&self) -> usize {
        self.items.iter().filter(|item| item.writes).count()
    }
}
