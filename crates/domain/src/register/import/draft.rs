//! What a row says: a home and the people of it, or every reason why it cannot be taken in.
//!
//! A row with one fault is refused whole: half a person helps nobody.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{Cell, Field, Header, Mapping, Row, code::code_of, date, number};
use crate::{
    record::Fields,
    register::{
        address::{Address, parse_address},
        folding::is_invisible,
        identity::{IdKind, Sex},
        name::{NameError, PersonName},
        phone::Phone,
    },
};

/// The longest text of a cell that is kept.
const MOST_CHARACTERS: usize = 2_000;
/// Telephones of one person.
const MOST_PHONES: usize = 10;

/// Why a row is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultReason {
    /// Excel has turned the ID number into 3.20583E+17: its last digits are gone.
    IdScientific,
    /// The ID number ends in 000: its last digits were lost before it became text again.
    IdDigitsLost,
    /// The ID number has too many characters, or too few.
    IdLength,
    /// The ID number has a character it cannot have.
    IdFormat,
    /// The check character does not match.
    IdCheck,
    /// The date in the ID number does not exist.
    IdDate,
    /// The date in the ID number is after today.
    IdFuture,
    /// No province has the first two digits.
    IdRegion,
    /// There is no name.
    NameMissing,
    /// The name has a character no name has.
    NameCharacter,
    /// The name is too long.
    NameTooLong,
    /// The telephone number cannot be one.
    PhoneWrong,
    /// No address can be read from this.
    AddressUnclear,
    /// It is no whole day.
    DateUnclear,
    /// No calendar has this day.
    DateImpossible,
    /// The day is after today.
    DateFuture,
    /// The birth differs from the one in the ID number.
    BirthDiffers,
    /// The sex differs from the one in the ID number.
    SexDiffers,
    /// The sex is neither.
    SexUnclear,
    /// The text is too long.
    TextTooLong,
    /// The text has control or direction characters.
    TextCharacter,
}

/// A fault of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// In which column, where it is in one.
    pub column: Option<u16>,
    /// What is wrong.
    pub reason: FaultReason,
}

/// A home a row speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// Where.
    pub address: Address,
    /// What else is said of it.
    pub more: BTreeMap<&'static str, String>,
}

impl Home {
    /// Its fields, as a first set writes them.
    pub fn fields(&self) -> Fields {
        let mut fields: Fields = [
            ("kind".to_owned(), json!("room")),
            ("address".to_owned(), json!(self.address)),
        ]
        .into();
        for (name, value) in &self.more {
            fields.insert((*name).to_owned(), json!(value));
        }
        fields
    }
}

/// A person a row speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonDraft {
    /// Which of the row's people, from 0.
    pub member: u8,
    /// Their name.
    pub name: String,
    /// Code of GB/T 2261.1.
    pub sex: Option<String>,
    /// Their birth.
    pub birth: Option<NaiveDate>,
    /// The document's kind.
    pub id_kind: Option<IdKind>,
    /// The document's number, in its normal form.
    pub id_number: Option<String>,
    /// Telephones, in their normal form.
    pub phones: Vec<String>,
    /// Where they live.
    pub address: Option<Address>,
    /// Codes and texts of their own.
    pub more: BTreeMap<&'static str, String>,
}

impl PersonDraft {
    /// The fields that are said, as a set writes them.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        let mut put = |name: &str, value: serde_json::Value| {
            if !value.is_null() && value != json!([]) {
                fields.insert(name.to_owned(), value);
            }
        };
        put("name", json!(self.name));
        put("sex", json!(self.sex));
        put("birth", json!(self.birth));
        put("id_kind", json!(self.id_kind));
        put("id_number", json!(self.id_number));
        put("phones", json!(self.phones));
        put("address", json!(self.address));
        for (name, value) in &self.more {
            put(name, json!(value));
        }
        fields
    }

    /// The fields in which another row of the same file says something else of the same person.
    pub fn contradictions(&self, other: &Self) -> Vec<&'static str> {
        let mut found = Vec::new();
        let mut compare = |name, differs: bool| {
            if differs {
                found.push(name);
            }
        };
        compare("name", self.name != other.name);
        compare("sex", differ(self.sex.as_ref(), other.sex.as_ref()));
        compare("birth", differ(self.birth.as_ref(), other.birth.as_ref()));
        compare(
            "id_number",
            differ(self.id_number.as_ref(), other.id_number.as_ref()),
        );
        compare(
            "address",
            differ(self.address.as_ref(), other.address.as_ref()),
        );
        for (name, value) in &self.more {
            // Two remarks do not contradict each other: the first stays.
            compare(
                *name,
                *name != "note" && differ(Some(value), other.more.get(name)),
            );
        }
        found
    }

    /// Takes over what another row says of the same person, where this one says nothing.
    pub fn absorb(&mut self, other: &Self) {
        self.sex = self.sex.take().or_else(|| other.sex.clone());
        self.birth = self.birth.or(other.birth);
        if self.id_number.is_none() {
            self.id_number.clone_from(&other.id_number);
            self.id_kind = other.id_kind;
        }
        for phone in &other.phones {
            if !self.phones.contains(phone) {
                self.phones.push(phone.clone());
            }
        }
        self.address = self.address.or(other.address);
        for (name, value) in &other.more {
            self.more.entry(name).or_insert_with(|| value.clone());
        }
    }
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowDraft {
    /// The home, where one is named down to the room.
    pub home: Option<Home>,
    /// The people.
    pub people: Vec<PersonDraft>,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// No data: a note, a sum, a head printed again, something that holds a blank row's place.
    Aside,
    /// Data.
    Data(RowDraft),
    /// Data that cannot be taken in, with every reason.
    Faulty(Vec<Fault>),
}

/// Reads the rows of one sheet in their order.
#[derive(Debug)]
pub struct Reader {
    mapping: Mapping,
    header: Header,
    today: NaiveDate,
    /// Where the last row lives: members of a household often leave the cell of the address empty.
    last_address: Option<Address>,
}

impl Reader {
    /// A reader of the rows under this header.
    pub const fn new(mapping: Mapping, header: Header, today: NaiveDate) -> Self {
        Self {
            mapping,
            header,
            today,
            last_address: None,
        }
    }

    /// What the next row is.
    pub fn read(&mut self, row: &Row) -> RowKind {
        if row.number <= self.header.last_row || self.is_aside(row) {
            return RowKind::Aside;
        }
        let mut faults = Vec::new();
        let address = self.address(row, &mut faults);
        // Also of a row that is refused: those below must not move in with the household before.
        self.last_address = address;
        let mut draft = RowDraft::default();
        for member in 0..self.mapping.members() {
            draft
                .people
                .extend(self.person(row, member, address, &mut faults));
        }
        if let Some(address) = address.filter(|address| address.room.is_some()) {
            let more = self.texts(row, |field, _member| field.is_of_home(), &mut faults);
            draft.home = Some(Home { address, more });
        }
        if !faults.is_empty() {
            faults.sort_unstable();
            faults.dedup();
            return RowKind::Faulty(faults);
        }
        if draft.people.is_empty() && draft.home.is_none() {
            return RowKind::Aside;
        }
        RowKind::Data(draft)
    }

    fn is_aside(&self, row: &Row) -> bool {
        const SUMS: [&str; 9] = [
            "合计", "小计", "总计", "备注", "注:", "注：", "说明", "填表", "审核",
        ];
        const NOTES: [&str; 9] = [
            "必填", "选填", "格式", "填写", "示例", "例如", "下拉", "yyyy", "数字",
        ];
        let known: Vec<&Cell> = self
            .mapping
            .columns
            .keys()
            .filter_map(|column| row.cell(*column))
            .collect();
        let first = row
            .cells
            .first()
            .map_or_else(String::new, |(_at, cell)| cell.text());
        let is_head = |(column, cell): &(u16, Cell)| {
            self.header
                .titles
                .get(column)
                .is_some_and(|title| title.ends_with(&cell.text()))
        };
        let has_number = known.iter().any(|cell| {
            !matches!(cell, Cell::Text(_))
                || cell.text().bytes().filter(u8::is_ascii_digit).count() >= 7
        });
        let is_note = known.iter().any(|cell| {
            let text = cell.text().to_lowercase();
            NOTES.iter().any(|note| text.contains(note))
        });
        known.is_empty()
            || SUMS.iter().any(|sum| first.starts_with(sum))
            || (!has_number && is_note)
            || (known.len() > 1 && row.cells.iter().all(is_head))
            || self.names_nobody(row)
    }

    /// A row that has neither a name, a number nor a place, and little else.
    fn names_nobody(&self, row: &Row) -> bool {
        let columns = self.mapping.columns.iter();
        let filled: Vec<Field> = columns
            .filter(|(column, _held)| row.cell(**column).is_some())
            .map(|(_column, (field, _member))| *field)
            .collect();
        let says_who_or_where = filled.iter().any(|field| {
            matches!(
                field,
                Field::Name
                    | Field::IdNumber
                    | Field::Phone
                    | Field::Address
                    | Field::Building
                    | Field::Room
            )
        });
        !says_who_or_where && filled.len() < 2
    }

    fn cell<'r>(&self, row: &'r Row, field: Field, member: u8) -> Option<(u16, &'r Cell)> {
        let column = self.mapping.column_of(field, member)?;
        row.cell(column).map(|cell| (column, cell))
    }

    fn address(&self, row: &Row, faults: &mut Vec<Fault>) -> Option<Address> {
        let mut unclear = |column| {
            faults.push(Fault {
                column: Some(column),
                reason: FaultReason::AddressUnclear,
            });
            None
        };
        if let Some((column, cell)) = self.cell(row, Field::Address, 0) {
            let text = cell.text();
            // In a sheet of rooms a cell may hold the room alone, its building beside it.
            return parse_address(&text)
                .or_else(|| parse_address(&self.joined(row, Some(&text))))
                .or_else(|| unclear(column));
        }
        if let Some((column, _cell)) = self.cell(row, Field::Building, 0) {
            return parse_address(&self.joined(row, None)).or_else(|| unclear(column));
        }
        if let Some((column, _cell)) = self.cell(row, Field::Room, 0) {
            return unclear(column);
        }
        self.is_member_below_head(row)
            .then_some(self.last_address)
            .flatten()
    }

    /// 12, 3 and 502 of three columns as 12幢3单元502室.
    fn joined(&self, row: &Row, room: Option<&str>) -> String {
        let part = |field: Field, end: &str| {
            let text = self.cell(row, field, 0).map(|(_column, cell)| cell.text());
            let text = text.unwrap_or_default();
            let bare = text.trim_end_matches(['幢', '栋', '#', '室', '元', '单', '号', '楼']);
            if bare.is_empty() {
                String::new()
            } else {
                format!("{bare}{end}")
            }
        };
        let room = room.map_or_else(|| part(Field::Room, "室"), str::to_owned);
        format!(
            "{}{}{room}",
            part(Field::Building, "幢"),
            part(Field::Unit, "单元")
        )
    }

    fn is_member_below_head(&self, row: &Row) -> bool {
        let relation = self.cell(row, Field::Relation, 0);
        let code = relation.and_then(|(_column, cell)| {
            Field::Relation
                .table()
                .and_then(|table| code_of(table, &cell.text()))
        });
        relation.is_some() && !matches!(code.as_deref(), Some("01" | "02"))
    }

    fn person(
        &self,
        row: &Row,
        member: u8,
        address: Option<Address>,
        faults: &mut Vec<Fault>,
    ) -> Option<PersonDraft> {
        let mut draft = PersonDraft {
            member,
            address,
            ..PersonDraft::default()
        };
        let more = self.texts(row, |field, of| !field.is_of_home() && of == member, faults);
        let is_said = |field| self.cell(row, field, member).is_some();
        match self.cell(row, Field::Name, member) {
            Some((column, cell)) => match PersonName::parse(&cell.text()) {
                Ok(name) => name.as_str().clone_into(&mut draft.name),
                Err(error) => faults.push(Fault {
                    column: Some(column),
                    reason: name_fault(&error),
                }),
            },
            // A household nobody is named of is a home; a number without a name is a fault.
            None if is_said(Field::IdNumber)
                || is_said(Field::Birth)
                || !more.is_empty() && member == 0 && self.mapping.members() == 1 =>
            {
                faults.push(Fault {
                    column: self.mapping.column_of(Field::Name, member),
                    reason: FaultReason::NameMissing,
                });
            }
            None => return None,
        }
        draft.more = more;
        if let Some(relation) = self.mapping.relations.get(&member) {
            draft
                .more
                .entry("relation")
                .or_insert_with(|| relation.clone());
        }
        self.numbers(row, member, &mut draft, faults);
        self.phones(row, member, &mut draft, faults);
        Some(draft)
    }

    /// ID number, birth and sex, which must agree.
    fn numbers(&self, row: &Row, member: u8, draft: &mut PersonDraft, faults: &mut Vec<Fault>) {
        let kind = self
            .cell(row, Field::IdKind, member)
            .and_then(|(_column, cell)| kind_of(&cell.text()));
        if let Some((column, cell)) = self.cell(row, Field::IdNumber, member) {
            match number::id_number(cell, kind, self.today) {
                Ok(number) => {
                    draft.id_number = Some(number.expose().to_owned());
                    draft.id_kind = Some(number.kind());
                    draft.birth = number.birth();
                    draft.sex = matches!(number.sex(), Sex::Male | Sex::Female)
                        .then(|| number.sex().code().to_string());
                }
                Err(reason) => faults.push(Fault {
                    column: Some(column),
                    reason,
                }),
            }
        }
        if let Some((column, cell)) = self.cell(row, Field::Birth, member)
            && let Err(reason) = self.birth(cell, draft)
        {
            faults.push(Fault {
                column: Some(column),
                reason,
            });
        }
        if let Some((column, cell)) = self.cell(row, Field::Sex, member) {
            let said = Field::Sex
                .table()
                .and_then(|table| code_of(table, &cell.text()));
            let reason = match (&said, &draft.sex) {
                (None, _) => Some(FaultReason::SexUnclear),
                (Some(said), Some(known))
                    if said != known && matches!(said.as_str(), "1" | "2") =>
                {
                    Some(FaultReason::SexDiffers)
                }
                (Some(_), _) => None,
            };
            match reason {
                Some(reason) => faults.push(Fault {
                    column: Some(column),
                    reason,
                }),
                None => draft.sex = draft.sex.take().or(said),
            }
        }
    }

    fn birth(&self, cell: &Cell, draft: &mut PersonDraft) -> Result<(), FaultReason> {
        match date::day(cell) {
            Ok(day) if day > self.today => Err(FaultReason::DateFuture),
            Ok(day) => match draft.birth {
                Some(known) if known != day => Err(FaultReason::BirthDiffers),
                Some(_) | None => {
                    draft.birth = Some(day);
                    Ok(())
                }
            },
            // The month alone says nothing that the number has not said.
            Err(date::DateError::Unclear) if draft.birth.is_some() => Ok(()),
            Err(date::DateError::Unclear) => Err(FaultReason::DateUnclear),
            Err(date::DateError::Impossible) => Err(FaultReason::DateImpossible),
        }
    }

    fn phones(&self, row: &Row, member: u8, draft: &mut PersonDraft, faults: &mut Vec<Fault>) {
        let Some((column, cell)) = self.cell(row, Field::Phone, member) else {
            return;
        };
        let text = cell.text();
        let bare = without_brackets(&text);
        let phones = bare
            .split(['、', ',', '，', ';', '；', '/', '\n'])
            .map(str::trim)
            .filter(|one| !one.is_empty());
        for phone in phones.take(MOST_PHONES) {
            match Phone::parse(phone) {
                Ok(phone) if !draft.phones.iter().any(|known| known == phone.normal()) => {
                    draft.phones.push(phone.normal().to_owned());
                }
                Ok(_) => {}
                Err(_error) => faults.push(Fault {
                    column: Some(column),
                    reason: FaultReason::PhoneWrong,
                }),
            }
        }
    }

    /// Codes and texts that are kept as they are.
    fn texts(
        &self,
        row: &Row,
        is_wanted: impl Fn(Field, u8) -> bool,
        faults: &mut Vec<Fault>,
    ) -> BTreeMap<&'static str, String> {
        let mut texts = BTreeMap::new();
        for (column, (field, member)) in &self.mapping.columns {
            let Some(name) = field.kept_as().filter(|_name| is_wanted(*field, *member)) else {
                continue;
            };
            let Some(cell) = row.cell(*column) else {
                continue;
            };
            match kept_text(*field, cell) {
                Ok(text) => drop(texts.insert(name, text)),
                Err(reason) => faults.push(Fault {
                    column: Some(*column),
                    reason,
                }),
            }
        }
        texts
    }
}

fn kept_text(field: Field, cell: &Cell) -> Result<String, FaultReason> {
    let text = cell.text();
    if text.chars().count() > MOST_CHARACTERS {
        return Err(FaultReason::TextTooLong);
    }
    if text
        .chars()
        .any(|one| is_invisible(one) && !matches!(one, '\n' | '\t' | '\r'))
    {
        return Err(FaultReason::TextCharacter);
    }
    let code = field.table().and_then(|table| code_of(table, &text));
    Ok(code.unwrap_or(text))
}

fn name_fault(error: &NameError) -> FaultReason {
    match error {
        NameError::Empty => FaultReason::NameMissing,
        NameError::TooLong { .. } => FaultReason::NameTooLong,
        NameError::Invisible { .. } | NameError::Character { .. } | NameError::TooManyMarks => {
            FaultReason::NameCharacter
        }
    }
}

/// The kinds whose numbers do not tell what they are.
fn kind_of(text: &str) -> Option<IdKind> {
    if text.contains("护照") {
        Some(IdKind::Passport)
    } else if text.contains("台湾居民来往") {
        Some(IdKind::TwTravelPermit)
    } else if text.contains("港澳居民来往") {
        Some(IdKind::HkmoTravelPermit)
    } else {
        None
    }
}

/// 15400001234（女儿） is a telephone.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|one| match one {
            '(' | '（' => {
                depth += 1;
                false
            }
            ')' | '）' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests;
