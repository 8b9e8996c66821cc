//! Which column is what: told by the words above it and by what stands in it, with how sure that is,
//! and corrected by the clerk.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Cell, Field, Header, Row, code::code_of, date, number};
use crate::register::{
    address::parse_address, folding::fold_number, name::PersonName, phone::Phone,
};

/// Values of a column that are looked at.
const SAMPLES: usize = 50;
/// Values of a column that a person is shown.
const SHOWN: usize = 3;

/// A column of a sheet, as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its place, from 0.
    pub column: u16,
    /// What stands above it.
    pub title: String,
    /// What it holds; nothing when it is left out.
    pub field: Option<Field>,
    /// Which member of the row it speaks of, from 0.
    pub member: u8,
    /// How sure that is, 0–100.
    pub confidence: u8,
    /// A few of its values.
    pub samples: Vec<String>,
}

/// What the columns of a sheet hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// By column: what it holds, and of which member of the row.
    pub columns: BTreeMap<u16, (Field, u8)>,
    /// What a member is to the head, where the title says it (户主, 配偶).
    pub relations: BTreeMap<u8, String>,
}

/// Why columns cannot be read so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum MappingError {
    /// Two columns hold the same of the same person.
    Twice {
        /// What.
        field: Field,
    },
    /// No column says who or where.
    NothingToKeep,
}

impl Mapping {
    /// The mapping of these columns.
    ///
    /// # Errors
    ///
    /// Refuses a field mapped twice, and a sheet that names neither people nor homes.
    pub fn of(columns: &[Column]) -> Result<Self, MappingError> {
        let mut mapping = Self::default();
        for column in columns {
            let Some(field) = column.field else { continue };
            let is_taken = mapping.columns.values().any(|(other, member)| {
                *other == field && (field.is_of_home() || *member == column.member)
            });
            if is_taken {
                return Err(MappingError::Twice { field });
            }
            mapping
                .columns
                .insert(column.column, (field, column.member));
            if field == Field::Name
                && let Some(relation) = split_title(&column.title).relation
            {
                mapping.relations.insert(column.member, relation.to_owned());
            }
        }
        let has = |wanted: &[Field]| {
            let mut fields = mapping.columns.values();
            fields.any(|(field, _member)| wanted.contains(field))
        };
        if has(&[Field::Name, Field::Address, Field::Building]) {
            Ok(mapping)
        } else {
            Err(MappingError::NothingToKeep)
        }
    }

    /// The column of a field.
    pub fn column_of(&self, field: Field, member: u8) -> Option<u16> {
        let is_it =
            |(known, of): &(Field, u8)| *known == field && (field.is_of_home() || *of == member);
        let mut columns = self.columns.iter();
        columns
            .find(|(_column, held)| is_it(held))
            .map(|(column, _held)| *column)
    }

    /// How many members a row has at most.
    pub fn members(&self) -> u8 {
        let last = self
            .columns
            .values()
            .filter(|(field, _member)| *field == Field::Name);
        last.map(|(_field, member)| *member + 1).max().unwrap_or(0)
    }
}

/// Understands the columns under a header, from their titles and the first rows.
pub fn recognise(header: &Header, rows: &[Row], today: NaiveDate) -> Vec<Column> {
    let mut columns: Vec<Column> = header
        .titles
        .iter()
        .map(|(column, title)| {
            let values: Vec<&Cell> = rows
                .iter()
                .filter_map(|row| row.cell(*column))
                .take(SAMPLES)
                .collect();
            let (field, confidence) = understand(title, &values, today);
            Column {
                column: *column,
                title: title.clone(),
                field,
                member: 0,
                confidence,
                samples: values.iter().take(SHOWN).map(|cell| cell.text()).collect(),
            }
        })
        .collect();
    leave_out_names_of_reference(&mut columns);
    number_members(&mut columns);
    leave_out_repeats(&mut columns);
    columns
}

/// The columns as a person has corrected them: by title, what it holds, or nothing to leave it out.
pub fn corrected(
    mut columns: Vec<Column>,
    corrections: &BTreeMap<String, Option<Field>>,
) -> Vec<Column> {
    for column in &mut columns {
        if let Some(field) = corrections.get(&column.title) {
            (column.field, column.confidence) = (*field, 100);
        }
    }
    number_members(&mut columns);
    columns
}

fn understand(title: &str, values: &[&Cell], today: NaiveDate) -> (Option<Field>, u8) {
    let (by_title, sure) = field_of_title(title);
    let Some(field) = by_title else {
        // The title says nothing: only what can be nothing else is told by content.
        let told = [Field::IdNumber, Field::Phone, Field::Address]
            .into_iter()
            .find(|field| values.len() >= 3 && share(*field, values, today) >= 80);
        return (told, if told.is_some() { 60 } else { 0 });
    };
    if values.is_empty() {
        return (Some(field), sure.min(50));
    }
    // Damaged numbers are still numbers of that column, so content only lowers how sure it is.
    let share = share(field, values, today);
    (Some(field), if share >= 50 { sure } else { sure / 2 })
}

/// How many of a hundred values could be this.
fn share(field: Field, values: &[&Cell], today: NaiveDate) -> usize {
    let fits = |cell: &Cell| match field {
        Field::IdNumber => {
            number::id_number(cell, None, today).is_ok()
                || matches!(cell, Cell::Number(number) if *number > 1e13)
                || matches!(fold_number(&cell.text()).len(), 15 | 18)
        }
        Field::Phone | Field::OwnerPhone => {
            let text = cell.text();
            let first = text.split(['、', '/', ',', '，', ';', '；', ' ']).next();
            first.is_some_and(|first| Phone::parse(first).is_ok())
        }
        Field::Address => parse_address(&cell.text()).is_some(),
        Field::Birth => date::day(cell).is_ok(),
        Field::Name => PersonName::parse(&cell.text()).is_ok(),
        Field::Sex => field
            .table()
            .is_some_and(|table| code_of(table, &cell.text()).is_some()),
        Field::IdKind
        | Field::Building
        | Field::Unit
        | Field::Room
        | Field::Relation
        | Field::Residency
        | Field::Ethnic
        | Field::Education
        | Field::Political
        | Field::Marital
        | Field::Employment
        | Field::Employer
        | Field::RegisteredAddress
        | Field::FormerName
        | Field::Note
        | Field::HouseUse
        | Field::Area
        | Field::PropertyType
        | Field::Owner => true,
    };
    values.iter().filter(|cell| fits(cell)).count() * 100 / values.len().max(1)
}

/// A title, without the member it speaks of.
struct Title {
    /// What that member is to the head.
    relation: Option<&'static str>,
    /// Whether it speaks of a certain member at all.
    is_of_member: bool,
    rest: String,
}

fn split_title(title: &str) -> Title {
    const MEMBERS: [(&str, Option<&str>); 8] = [
        ("户主", Some("02")),
        ("配偶", Some("10")),
        ("家庭成员", None),
        ("共同居住人", None),
        ("成员", None),
        ("承租人", Some("99")),
        ("租客", Some("99")),
        ("租户", Some("99")),
    ];
    let folded: String = fold_number(title)
        .to_lowercase()
        .split(['(', '（', '['])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|one| !matches!(one, '*' | ':' | '/' | '、' | '-' | '_' | '.'))
        .collect();
    // 户主关系 is what somebody is to the head, not the head's.
    let member = MEMBERS
        .into_iter()
        .find(|(word, _relation)| folded.starts_with(word) && !folded.starts_with("户主关系"));
    let Some((word, relation)) = member else {
        return Title {
            relation: None,
            is_of_member: false,
            rest: folded,
        };
    };
    let rest = folded
        .strip_prefix(word)
        .unwrap_or_default()
        .trim_start_matches(|one: char| one.is_ascii_digit() || "一二三四五六".contains(one));
    let rest = ["信息", "情况", "资料"]
        .into_iter()
        .find_map(|filler| rest.strip_prefix(filler))
        .unwrap_or(rest);
    // 户主 alone is the head's name.
    let rest = if rest.is_empty() { "姓名" } else { rest };
    Title {
        relation,
        is_of_member: true,
        rest: rest.to_owned(),
    }
}

/// What a title says, and how sure it is.
pub(super) fn field_of_title(title: &str) -> (Option<Field>, u8) {
    let rest = split_title(title).rest;
    let exact = Field::ALL
        .into_iter()
        .find(|field| field.words().contains(&rest.as_str()));
    if exact.is_some() {
        return (exact, 95);
    }
    if rest.chars().count() > 16 {
        return (None, 0);
    }
    // The longest word inside: 房东联系电话 is the owner's, not anybody's.
    let words = Field::ALL
        .into_iter()
        .flat_map(|field| field.words().iter().map(move |word| (field, *word)));
    let longest = words
        .filter(|(_field, word)| word.chars().count() >= 2 && rest.contains(word))
        .max_by_key(|(_field, word)| word.chars().count());
    longest.map_or((None, 0), |(field, _word)| (Some(field), 75))
}

/// 户主姓名 beside 姓名 in a sheet of one row a person only says whose household it is.
fn leave_out_names_of_reference(columns: &mut [Column]) {
    let has_relation = columns
        .iter()
        .any(|column| column.field == Some(Field::Relation));
    let names = |column: &Column| column.field == Some(Field::Name);
    if !has_relation || columns.iter().filter(|column| names(column)).count() != 2 {
        return;
    }
    for column in columns.iter_mut() {
        if names(column) && split_title(&column.title).is_of_member {
            (column.field, column.confidence) = (None, 0);
        }
    }
}

/// Each name begins a member; what stands before the first belongs to the first.
fn number_members(columns: &mut [Column]) {
    let mut names: u8 = 0;
    for column in columns {
        if column.field == Some(Field::Name) {
            names = names.saturating_add(1);
        }
        column.member = names.saturating_sub(1);
    }
}

/// Of two columns that say the same, the surer one stays.
fn leave_out_repeats(columns: &mut [Column]) {
    let mut best: BTreeMap<(Field, u8), (u8, u16)> = BTreeMap::new();
    let key = |column: &Column| {
        column
            .field
            .map(|field| (field, if field.is_of_home() { 0 } else { column.member }))
    };
    for column in columns.iter() {
        if let Some(key) = key(column) {
            let known = best
                .entry(key)
                .or_insert((column.confidence, column.column));
            if column.confidence > known.0 {
                *known = (column.confidence, column.column);
            }
        }
    }
    for column in columns {
        let is_best = key(column)
            .and_then(|key| best.get(&key))
            .is_none_or(|(_sure, place)| *place == column.column);
        if !is_best {
            (column.field, column.confidence) = (None, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(titles: &[&str]) -> Header {
        Header {
            first_row: 1,
            last_row: 1,
            titles: (0..)
                .zip(titles.iter().map(|title| (*title).to_owned()))
                .collect(),
        }
    }

    fn fields(titles: &[&str]) -> Vec<Option<(Field, u8)>> {
        let today = "2026-11-24".parse().unwrap();
        recognise(&header(titles), &[], today)
            .into_iter()
            .map(|column| column.field.map(|field| (field, column.member)))
            .collect()
    }

    #[test]
    fn titles_are_understood_as_people_write_them() {
        for (title, field) in [
            ("姓 名", Field::Name),
            ("*姓名（必填）", Field::Name),
            ("身份证号码", Field::IdNumber),
            ("公民身份号码", Field::IdNumber),
            ("联系电话(手机)", Field::Phone),
            ("房东联系电话", Field::OwnerPhone),
            ("与户主关系", Field::Relation),
            ("户主关系", Field::Relation),
            ("户籍地详细地址", Field::RegisteredAddress),
            ("现居住地址", Field::Address),
            ("幢号", Field::Building),
            ("出生年月", Field::Birth),
        ] {
            assert_eq!(field_of_title(title).0, Some(field), "{title}");
        }
        assert_eq!(field_of_title("序号").0, None);
        assert_eq!(field_of_title("人数").0, None);
    }

    #[test]
    fn one_row_a_household_has_a_member_at_each_name() {
        assert_eq!(
            fields(&[
                "房号",
                "户主",
                "户主身份证号",
                "户主电话",
                "配偶姓名",
                "配偶身份证号"
            ]),
            [
                Some((Field::Address, 0)),
                Some((Field::Name, 0)),
                Some((Field::IdNumber, 0)),
                Some((Field::Phone, 0)),
                Some((Field::Name, 1)),
                Some((Field::IdNumber, 1)),
            ]
        );
    }

    #[test]
    fn one_row_a_person_may_repeat_the_heads_name() {
        assert_eq!(
            fields(&["户主姓名", "姓名", "与户主关系", "身份证号"]),
            [
                None,
                Some((Field::Name, 0)),
                Some((Field::Relation, 0)),
                Some((Field::IdNumber, 0)),
            ]
        );
    }

    #[test]
    fn a_column_without_a_title_is_told_by_what_stands_in_it() {
        let today = "2026-11-24".parse().unwrap();
        let rows: Vec<Row> = (2..6)
            .map(|number| Row {
                number,
                cells: vec![(1, Cell::Text("15400001234".to_owned()))],
            })
            .collect();
        let columns = recognise(&header(&["姓名", "某列"]), &rows, today);
        assert_eq!(columns[1].field, Some(Field::Phone));
        assert_eq!(columns[1].samples.len(), 3);
    }

    #[test]
    fn a_field_mapped_twice_is_refused() {
        let today = "2026-11-24".parse().unwrap();
        let mut columns = recognise(&header(&["姓名", "甲", "乙"]), &[], today);
        columns[1].field = Some(Field::Phone);
        columns[2].field = Some(Field::Phone);
        assert_eq!(
            Mapping::of(&columns),
            Err(MappingError::Twice {
                field: Field::Phone
            })
        );
        for column in &mut columns {
            column.field = None;
        }
        assert_eq!(Mapping::of(&columns), Err(MappingError::NothingToKeep));
    }
}
