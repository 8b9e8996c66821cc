//! Lists (名册): people and homes with columns to choose, on the screen, in the terminal, and as a
//! workbook with a reason on record. Numbers are masked everywhere.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{
    cases::rules::remark,
    office::{
        code_tables::{CodeTable, name_of},
        staff::Action,
    },
    record::{Id, Kind, RecordKey},
    refusal::Refusal,
    register::{
        address::{Address, parse_address},
        import::Field,
        mask,
        person::Person,
    },
};
use yichuang_sheets::{Sheet, write_workbook};
use yichuang_store::Record;

use super::search::listed_name;
use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft, Query},
    clock::local,
    error::DeskError,
    see::{View, access},
    words::{Language, import as words},
};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegisterList {
    /// 居民
    People,
    /// 房屋
    Households,
}

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListColumn {
    /// 姓名; of a home, of its head.
    Name,
    /// 性别
    Sex,
    /// 年龄
    Age,
    /// 出生日期
    Birth,
    /// 证件号, masked
    IdNumber,
    /// 电话, masked
    Phone,
    /// 住址
    Address,
    /// 与户主关系
    Relation,
    /// 居住状态
    Residency,
    /// 民族
    Ethnic,
    /// 学历
    Education,
    /// 政治面貌
    Political,
    /// 婚姻状况
    Marital,
    /// 从业状况
    Employment,
    /// 工作单位
    Employer,
    /// 户籍地址
    RegisteredAddress,
    /// 人数 of a home
    People,
    /// 房屋用途
    HouseUse,
    /// 面积
    Area,
    /// 房屋性质
    PropertyType,
    /// 产权人
    Owner,
    /// 产权人电话, masked
    OwnerPhone,
}

impl ListColumn {
    const OF_PEOPLE: [Self; 6] = [
        Self::Name,
        Self::Sex,
        Self::Age,
        Self::IdNumber,
        Self::Phone,
        Self::Address,
    ];
    const OF_HOUSEHOLDS: [Self; 5] = [
        Self::Address,
        Self::Name,
        Self::People,
        Self::HouseUse,
        Self::Phone,
    ];

    /// The field of an import it is, whose words it shares.
    const fn field(self) -> Option<Field> {
        Some(match self {
            Self::Name => Field::Name,
            Self::Sex => Field::Sex,
            Self::Birth => Field::Birth,
            Self::IdNumber => Field::IdNumber,
            Self::Phone => Field::Phone,
            Self::Address => Field::Address,
            Self::Relation => Field::Relation,
            Self::Residency => Field::Residency,
            Self::Ethnic => Field::Ethnic,
            Self::Education => Field::Education,
            Self::Political => Field::Political,
            Self::Marital => Field::Marital,
            Self::Employment => Field::Employment,
            Self::Employer => Field::Employer,
            Self::RegisteredAddress => Field::RegisteredAddress,
            Self::HouseUse => Field::HouseUse,
            Self::Area => Field::Area,
            Self::PropertyType => Field::PropertyType,
            Self::Owner => Field::Owner,
            Self::OwnerPhone => Field::OwnerPhone,
            Self::Age | Self::People => return None,
        })
    }

    fn title(self, language: Language) -> String {
        match self.field() {
            Some(field) => words::field(field, language).to_owned(),
            None if self == Self::Age => language.pick("年龄", "Age").to_owned(),
            None => language.pick("人数", "People").to_owned(),
        }
    }
}

/// What is to be listed.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct Wanted {
    /// People or homes.
    pub list: RegisterList,
    /// Only these: whatever the one box finds; of homes, a building, unit or room.
    #[serde(default)]
    pub filter: Option<String>,
    /// The columns, in this order; the usual ones where absent.
    #[serde(default)]
    pub columns: Option<Vec<ListColumn>>,
}

/// A list for a screen.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct ListRegister {
    /// What.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// From which row on.
    #[serde(default)]
    pub offset: Option<u32>,
    /// How many at most; 200 where absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A list.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ListView {
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// Rows, in the order of doors and names.
    pub rows: Vec<ListRow>,
    /// How many there are in all.
    pub total: u32,
}

/// A row of a list.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct ListRow {
    /// The record.
    pub id: Id,
    /// A text for each column.
    pub cells: Vec<String>,
}

impl Query for ListRegister {
    const NAME: &'static str = "list_register";
    const ABOUT: &'static str = "Lists people or homes with columns to choose; numbers are masked.";
    const ACTION: Action = Action::ReadRegister;
    type Output = ListView;

    fn answer(&self, view: &View<'_>) -> Result<ListView, Stop> {
        let mut list = list(&self.wanted, view)?;
        let from = (self.offset.unwrap_or(0) as usize).min(list.rows.len());
        list.rows.drain(..from);
        list.rows
            .truncate(self.limit.unwrap_or(200).clamp(1, 5_000) as usize);
        Ok(list)
    }
}

/// Takes a list out as a workbook.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct ExportList {
    /// What.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// What for.
    pub reason: String,
    /// Where to; the export folder where absent.
    #[serde(default)]
    pub path: Option<String>,
}

/// Where it lies.
#[derive(Serialize, TS)]
pub(crate) struct ExportedList {
    /// The file.
    pub path: String,
    /// How many rows.
    pub rows: u32,
}

impl Command for ExportList {
    const NAME: &'static str = "export_list";
    const ABOUT: &'static str = "Saves a list of people or homes as a workbook of text cells, masked, with a mark; on record.";
    const ACTION: Action = Action::ReadRegister;
    type Output = ExportedList;

    /// The record is written first, then the file: a file that nobody knows of would be worse than a
    /// record of one that was not made.
    fn decide(&self, view: &View<'_>) -> Result<Draft<ExportedList>, Stop> {
        let reason = remark("reason", &self.reason).at("reason")?;
        if reason.is_empty() {
            return Err(Stop::Refused(
                Refusal::ReasonMissing,
                Some("reason".to_owned()),
            ));
        }
        let list = list(&self.wanted, view)?;
        let body = json!({
            "list": self.wanted.list,
            "columns": list.titles,
            "rows": list.rows.len(),
            "reason": reason,
        });
        let change = access("export", body)?;
        let mark = mark(&reason, view);
        let (name, kind) = match self.wanted.list {
            RegisterList::People => (view.language().pick("居民", "People"), "people"),
            RegisterList::Households => (view.language().pick("房屋", "Homes"), "households"),
        };
        let path = match &self.path {
            Some(path) => PathBuf::from(path),
            None => free_path(&view.options.export, kind)?,
        };
        let then = move |_view: &View<'_>| {
            let rows: Vec<Vec<String>> = list.rows.into_iter().map(|row| row.cells).collect();
            let sheet = Sheet {
                name,
                mark: &mark,
                titles: &list.titles,
                rows: &rows,
            };
            write_workbook(&path, &[sheet]).map_err(DeskError::from)?;
            Ok(ExportedList {
                path: path.display().to_string(),
                rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            })
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(then),
        })
    }
}

/// Whose list it is, who took it out, when and what for.
pub(crate) fn mark(reason: &str, view: &View<'_>) -> String {
    let session = view.session;
    let moment = local(view.world.now()).format("%Y-%m-%d %H:%M");
    format!(
        "{} · {} · {moment} · {reason}",
        session.community, session.actor.name
    )
}

/// A name in a folder that no file has yet, never after a person.
pub(crate) fn free_path(folder: &Path, name: &str) -> Result<PathBuf, Stop> {
    const MOST: u32 = 1_000;
    std::fs::create_dir_all(folder)?;
    let free = (1..=MOST)
        .map(|turn| folder.join(format!("{name}-{turn}.xlsx")))
        .find(|path| !path.exists());
    Ok(free.ok_or(std::io::Error::from(std::io::ErrorKind::AlreadyExists))?)
}

fn list(wanted: &Wanted, view: &View<'_>) -> Result<ListView, Stop> {
    let columns = match (&wanted.columns, wanted.list) {
        (Some(columns), _) if !columns.is_empty() => columns.clone(),
        (_, RegisterList::People) => ListColumn::OF_PEOPLE.to_vec(),
        (_, RegisterList::Households) => ListColumn::OF_HOUSEHOLDS.to_vec(),
    };
    let mut rows = match wanted.list {
        RegisterList::People => people(wanted, &columns, view)?,
        RegisterList::Households => households(wanted, &columns, view)?,
    };
    rows.sort_by(|one, other| one.order.cmp(&other.order));
    Ok(ListView {
        titles: columns
            .iter()
            .map(|column| column.title(view.language()))
            .collect(),
        total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        rows: rows.into_iter().map(|row| row.row).collect(),
    })
}

/// A row with its place in the list: by door, those without one last, then by name.
struct Placed {
    order: (bool, Option<Address>, String),
    row: ListRow,
}

fn placed(id: Id, address: Option<Address>, name: &str, cells: Vec<String>) -> Placed {
    Placed {
        order: (address.is_none(), address, name.to_owned()),
        row: ListRow { id, cells },
    }
}

fn filter_of(wanted: &Wanted) -> Option<&str> {
    wanted
        .filter
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn people(wanted: &Wanted, columns: &[ListColumn], view: &View<'_>) -> Result<Vec<Placed>, Stop> {
    let mut rows = Vec::new();
    let mut take = |record: Record| {
        if let Some(person) = Person::of(record.id, &record.folded) {
            let cell = |column: &ListColumn| person_cell(*column, &person, &record, view);
            let cells = columns.iter().map(cell).collect();
            rows.push(placed(person.id, person.address, &person.name, cells));
        }
    };
    match filter_of(wanted) {
        None => view.store.each_record(&Kind::PERSON, take)?,
        Some(text) => {
            for hit in view.session.gathered.people().find(text, usize::MAX) {
                if let Some(record) = view.store.record(&RecordKey::new(Kind::PERSON, hit.id))? {
                    take(record);
                }
            }
        }
    }
    Ok(rows)
}

fn person_cell(column: ListColumn, person: &Person, record: &Record, view: &View<'_>) -> String {
    match column {
        ListColumn::Name => listed_name(&person.name, view),
        ListColumn::Age => person
            .age_on(view.today())
            .map_or_else(String::new, |age| age.to_string()),
        ListColumn::Birth => person
            .birth
            .map_or_else(String::new, |birth| birth.to_string()),
        ListColumn::IdNumber => person
            .id_number
            .as_deref()
            .map_or_else(String::new, mask::id_on_list),
        ListColumn::Phone => phones(&person.phones),
        ListColumn::Address => person
            .address
            .map_or_else(String::new, |address| address.to_string()),
        ListColumn::Sex
        | ListColumn::Relation
        | ListColumn::Residency
        | ListColumn::Ethnic
        | ListColumn::Education
        | ListColumn::Political
        | ListColumn::Marital
        | ListColumn::Employment
        | ListColumn::Employer
        | ListColumn::RegisteredAddress => kept(column, record, view.language()),
        ListColumn::People
        | ListColumn::HouseUse
        | ListColumn::Area
        | ListColumn::PropertyType
        | ListColumn::Owner
        | ListColumn::OwnerPhone => String::new(),
    }
}

fn phones(phones: &[String]) -> String {
    let masked: Vec<String> = phones
        .iter()
        .map(|phone| mask::phone_on_list(phone))
        .collect();
    masked.join("、")
}

/// A code or text of a record, in words.
fn kept(column: ListColumn, record: &Record, language: Language) -> String {
    let Some(field) = column.field() else {
        return String::new();
    };
    let name = if column == ListColumn::Sex {
        Some("sex")
    } else {
        field.kept_as()
    };
    let text: String = name
        .and_then(|name| record.folded.get(name))
        .unwrap_or_default();
    let known = field
        .table()
        .and_then(|table: CodeTable| name_of(table, &text));
    known.map_or(text, |name| language.of(name))
}

/// Who lives behind a door.
#[derive(Default)]
struct Members {
    count: u32,
    head: Option<Person>,
}

fn households(
    wanted: &Wanted,
    columns: &[ListColumn],
    view: &View<'_>,
) -> Result<Vec<Placed>, Stop> {
    let mut members: BTreeMap<Address, Members> = BTreeMap::new();
    view.store.each_record(&Kind::PERSON, |record| {
        let Some(person) = Person::of(record.id, &record.folded) else {
            return;
        };
        if let Some(address) = person.address {
            let behind = members.entry(address).or_default();
            behind.count += 1;
            let is_head = matches!(person.relation.as_deref(), Some("01" | "02"));
            if behind.head.is_none() || is_head {
                behind.head = Some(person);
            }
        }
    })?;
    let filter = filter_of(wanted).map(|text| (text, parse_address(text)));
    let mut rows = Vec::new();
    view.store.each_record(&Kind::HOUSEHOLD, |record| {
        let Some(address) = record.folded.get::<Address>("address") else {
            return;
        };
        let is_wanted = match &filter {
            None => true,
            Some((_text, Some(place))) => place.holds_of(&address),
            Some((text, None)) => address.short().starts_with(text),
        };
        if is_wanted {
            let behind = members.get(&address);
            let cell = |column: &ListColumn| home_cell(*column, address, behind, &record, view);
            let cells = columns.iter().map(cell).collect();
            rows.push(placed(record.id, Some(address), "", cells));
        }
    })?;
    Ok(rows)
}

fn home_cell(
    column: ListColumn,
    address: Address,
    behind: Option<&Members>,
    record: &Record,
    view: &View<'_>,
) -> String {
    let head = behind.and_then(|behind| behind.head.as_ref());
    match column {
        ListColumn::Address => address.to_string(),
        ListColumn::People => behind.map_or(0, |behind| behind.count).to_string(),
        ListColumn::Name => head.map_or_else(String::new, |head| listed_name(&head.name, view)),
        ListColumn::Phone => head.map_or_else(String::new, |head| phones(&head.phones)),
        ListColumn::OwnerPhone => {
            let phone: Option<String> = record.folded.get("owner_phone");
            phone.map_or_else(String::new, |phone| mask::phone_on_list(&phone))
        }
        ListColumn::Owner => {
            let owner: Option<String> = record.folded.get("owner");
            owner.map_or_else(String::new, |owner| listed_name(&owner, view))
        }
        ListColumn::HouseUse | ListColumn::Area | ListColumn::PropertyType => {
            kept(column, record, view.language())
        }
        ListColumn::Sex
        | ListColumn::Age
        | ListColumn::Birth
        | ListColumn::IdNumber
        | ListColumn::Relation
        | ListColumn::Residency
        | ListColumn::Ethnic
        | ListColumn::Education
        | ListColumn::Political
        | ListColumn::Marital
        | ListColumn::Employment
        | ListColumn::Employer
        | ListColumn::RegisteredAddress => String::new(),
    }
}
