//! The catalogue (事项清单): every item the window takes, read and checked as a whole.
//!
//! Two files: the list (`service_catalogue.json`, to be replaced by the community's own) and what we
//! add to it by code (`catalogue_additions.json`: everyday words, situations, handling of papers).
//! Where both speak, the list holds. What an item *is* stands in `item`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::clock::{DayType, Limit};
use super::codes::{DepartmentCode, ItemCode, MaterialCode};
use super::event::Procedure;
use super::item::{Form, Handler, Handling, Item, Kind, Level, Material, Mode, Role, Situation};
use crate::office::bilingual::Bilingual;

/// More days than any promise or law gives: a slip of the pen.
const MOST_DAYS: u16 = 730;

/// A department or the community itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// Its code.
    pub code: DepartmentCode,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub level: Level,
    /// Its number, once somebody has entered it.
    pub phone: Option<String>,
    /// Its address, once somebody has entered it.
    pub address: Option<String>,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Group {
    /// The first two letters of its items' codes.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}

/// What is wrong with a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum CatalogueProblem {
    /// Not a file of this form.
    Unreadable {
        /// Which of the two files, or the item's code.
        part: String,
        /// The line on which reading stopped; 0 inside an item.
        line: usize,
    },
    /// The number of items is not the number the file announces.
    Count {
        /// Announced.
        announced: usize,
        /// Found.
        found: usize,
    },
    /// The item's code is no code.
    WrongCode {
        /// As written.
        code: String,
    },
    /// Two items have one code.
    DuplicateCode {
        /// The code.
        code: String,
    },
    /// Two items have one name.
    DuplicateName {
        /// The name.
        name: String,
    },
    /// The item's first two letters are not its group, or the group is not listed.
    WrongGroup {
        /// The item.
        code: String,
    },
    /// The item's department is not listed.
    UnknownDepartment {
        /// The item.
        code: String,
    },
    /// An item or material has no name in one of the languages.
    Unnamed {
        /// The item.
        code: String,
    },
    /// The item asks for nothing, or twice for one material.
    WrongMaterials {
        /// The item.
        code: String,
    },
    /// An instant item with days, a promise without, or more days than anybody may take.
    WrongDays {
        /// The item.
        code: String,
    },
    /// A situation is no digit from 1 to 9, stands twice, or a material names one that is not there.
    WrongSituation {
        /// The item.
        code: String,
    },
    /// A group of alternatives with one member, or with members of which some are not required.
    WrongAlternatives {
        /// The item.
        code: String,
    },
    /// An identity card would be kept.
    KeepsIdentityCard {
        /// The item.
        code: String,
    },
    /// The committee accepts without a written delegation, or has one and does not accept.
    WrongDelegation {
        /// The item.
        code: String,
    },
    /// Something is added to an item that is not in the list.
    UnknownAddition {
        /// The item.
        code: String,
    },
    /// One everyday word stands twice.
    DuplicateAlias {
        /// The item.
        code: String,
    },
}

/// Why a catalogue was not taken: everything that is wrong, at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogueError {
    /// What is wrong, at least one.
    pub problems: Vec<CatalogueProblem>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the catalogue is not whole: {:?}", self.problems)
    }
}

impl std::error::Error for CatalogueError {}

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    version: String,
    official: bool,
    groups: Vec<Group>,
    departments: Vec<Department>,
    agent_materials: Vec<Material>,
    items: Vec<Item>,
    by_code: BTreeMap<ItemCode, usize>,
}

static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program; a test reads them"
    )]
    Catalogue::from_json(
        include_str!("../../data/service_catalogue.json"),
        include_str!("../../data/catalogue_additions.json"),
    )
    .expect("the catalogue is whole")
});

impl Catalogue {
    /// The sample catalogue this version came with.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a list and what is added to it, and checks the whole.
    ///
    /// # Errors
    ///
    /// Everything that is wrong; nothing is taken from a list that is not whole.
    pub fn from_json(base: &str, additions: &str) -> Result<Self, CatalogueError> {
        let file: CatalogueFile = read("list", base)?;
        let additions: Additions = read("additions", additions)?;
        let mut problems = Vec::new();
        let mut items = Vec::new();
        for code in additions.items_not_in(&file) {
            problems.push(CatalogueProblem::UnknownAddition { code });
        }
        for value in &file.items {
            match item_from(value, &additions, &file.version) {
                Ok(item) => items.push(item),
                Err(problem) => problems.push(problem),
            }
        }
        let agent_materials = materials_from("agent", &file.agent_materials, &additions, None)
            .unwrap_or_else(|problem| {
                problems.push(problem);
                Vec::new()
            });
        let announced = file.item_count;
        if file.items.len() != announced {
            let found = file.items.len();
            problems.push(CatalogueProblem::Count { announced, found });
        }
        let catalogue = Self {
            by_code: items
                .iter()
                .enumerate()
                .map(|(at, item)| (item.code.clone(), at))
                .collect(),
            departments: file.departments(),
            groups: file.groups(),
            agent_materials,
            version: file.version,
            official: file.official,
            items,
        };
        catalogue.find_problems(&mut problems);
        if problems.is_empty() {
            Ok(catalogue)
        } else {
            Err(CatalogueError { problems })
        }
    }

    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.by_code.get(code).and_then(|at| self.items.get(*at))
    }

    /// All items, in the list's order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The groups, in the list's order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The departments, in the list's order.
    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// The department with this code.
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments
            .iter()
            .find(|department| department.code.as_str() == code)
    }

    /// What an agent brings on top: the power of attorney and the agent's own identity card. Kin
    /// need only the card.
    pub fn agent_materials(&self) -> &[Material] {
        &self.agent_materials
    }

    /// The list's version, which every case keeps.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether this is the community's own list and not a sample.
    pub fn is_official(&self) -> bool {
        self.official
    }

    fn find_problems(&self, problems: &mut Vec<CatalogueProblem>) {
        let mut codes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for item in &self.items {
            let code = item.code.to_string();
            if !codes.insert(&item.code) {
                problems.push(CatalogueProblem::DuplicateCode { code });
            }
            for name in [&item.name.zh, &item.name.en] {
                if !names.insert(name) {
                    let name = name.clone();
                    problems.push(CatalogueProblem::DuplicateName { name });
                }
            }
            self.find_problems_of(item, problems);
        }
    }

    fn find_problems_of(&self, item: &Item, problems: &mut Vec<CatalogueProblem>) {
        let group_is_listed = self.groups.iter().any(|group| group.code == item.group);
        let code = || item.code.to_string();
        let checks = [
            (
                item.code.group() == item.group && group_is_listed,
                CatalogueProblem::WrongGroup { code: code() },
            ),
            (
                self.department(item.handler.department.as_str()).is_some(),
                CatalogueProblem::UnknownDepartment { code: code() },
            ),
            (is_named(item), CatalogueProblem::Unnamed { code: code() }),
            (
                asks_once_for_each(item),
                CatalogueProblem::WrongMaterials { code: code() },
            ),
            (
                has_sensible_days(item),
                CatalogueProblem::WrongDays { code: code() },
            ),
            (
                has_sensible_situations(item),
                CatalogueProblem::WrongSituation { code: code() },
            ),
            (
                has_real_alternatives(item),
                CatalogueProblem::WrongAlternatives { code: code() },
            ),
            (
                !item.materials.iter().any(keeps_identity_card),
                CatalogueProblem::KeepsIdentityCard { code: code() },
            ),
            (
                (item.role == Role::Accepts) == item.delegation.is_some(),
                CatalogueProblem::WrongDelegation { code: code() },
            ),
            (
                item.aliases.iter().collect::<BTreeSet<_>>().len() == item.aliases.len(),
                CatalogueProblem::DuplicateAlias { code: code() },
            ),
        ];
        problems.extend(
            checks
                .into_iter()
                .filter(|(is_fine, _)| !is_fine)
                .map(|(_, problem)| problem),
        );
    }
}

fn is_named(item: &Item) -> bool {
    let names = item.materials.iter().map(|material| &material.name);
    names
        .chain([&item.name, &item.public_name, &item.result])
        .all(|name| !name.zh.trim().is_empty() && !name.en.trim().is_empty())
}

fn asks_once_for_each(item: &Item) -> bool {
    let codes: BTreeSet<_> = item
        .materials
        .iter()
        .map(|material| &material.code)
        .collect();
    !item.materials.is_empty() && codes.len() == item.materials.len()
}

fn has_sensible_days(item: &Item) -> bool {
    let is_instant = item.kind == Kind::Instant;
    let limits = [Some(item.promised), item.legal, item.publicity];
    is_instant == (item.promised.days == 0)
        && limits
            .into_iter()
            .flatten()
            .all(|limit| limit.days <= MOST_DAYS)
        && item.legal.is_none_or(|limit| limit.days > 0)
}

fn has_sensible_situations(item: &Item) -> bool {
    let digits: BTreeSet<u8> = item.situations.iter().map(|one| one.digit).collect();
    digits.len() == item.situations.len()
        && digits.iter().all(|digit| (1..=9).contains(digit))
        && item
            .materials
            .iter()
            .flat_map(|material| &material.when)
            .all(|digit| digits.contains(digit))
}

fn has_real_alternatives(item: &Item) -> bool {
    item.materials
        .iter()
        .filter(|material| material.any_of.is_some())
        .all(|material| {
            let others = item
                .materials
                .iter()
                .filter(|other| other.any_of == material.any_of);
            material.required && others.count() > 1
        })
}

fn keeps_identity_card(material: &Material) -> bool {
    material.handling == Handling::Keep && material.name.zh.contains("身份证")
}

fn read<'a, T: Deserialize<'a>>(part: &str, text: &'a str) -> Result<T, CatalogueError> {
    serde_json::from_str(text).map_err(|error| CatalogueError {
        problems: vec![CatalogueProblem::Unreadable {
            part: part.to_owned(),
            line: error.line(),
        }],
    })
}

/// The list as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CatalogueFile {
    version: String,
    #[serde(default)]
    official: bool,
    item_count: usize,
    groups: Vec<GroupFile>,
    departments: Vec<DepartmentFile>,
    agent_materials: Vec<Value>,
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct GroupFile {
    code: String,
    #[serde(flatten)]
    name: Bilingual,
}

#[derive(Deserialize)]
struct DepartmentFile {
    code: DepartmentCode,
    #[serde(flatten)]
    name: Bilingual,
    level: Level,
    phone: Option<String>,
    address: Option<String>,
}

/// What we add, by code.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Additions {
    /// Sensitive by their title, beside those the list marks (domain.md 7.3).
    sensitive_titles: BTreeSet<ItemCode>,
    /// What a sensitive item is called in public.
    sensitive_public_name: Bilingual,
    /// Fields of a material, the same in every item.
    materials: BTreeMap<String, Value>,
    /// Fields of an item. Its `materials` are fields by code, its `moreMaterials` whole ones.
    items: BTreeMap<String, ItemAdditions>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemAdditions {
    #[serde(default)]
    materials: BTreeMap<String, Value>,
    #[serde(default)]
    more_materials: Vec<Value>,
    #[serde(flatten)]
    fields: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemFile {
    code: ItemCode,
    #[serde(flatten)]
    name: Bilingual,
    group: String,
    kind: Kind,
    promised_days: u16,
    day_type: DayType,
    legal_days: Option<u16>,
    legal_day_type: Option<DayType>,
    handler: HandlerFile,
    site_visit: bool,
    #[serde(default)]
    publicity_days: u16,
    publicity_day_type: Option<DayType>,
    special_procedure: Option<Procedure>,
    needs_network: bool,
    agent_allowed: bool,
    home_service: bool,
    sensitive: bool,
    #[serde(default)]
    fee: u32,
    result: Bilingual,
    basis: Option<String>,
    role: Option<Role>,
    delegation: Option<String>,
    public_name: Option<Bilingual>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    situations: Vec<Situation>,
    conditions: Option<Bilingual>,
    place: Option<Bilingual>,
    phone: Option<String>,
}

#[derive(Deserialize)]
struct HandlerFile {
    level: Level,
    mode: Mode,
    dept: DepartmentCode,
    #[serde(flatten)]
    name: Bilingual,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MaterialFile {
    m: MaterialCode,
    #[serde(flatten)]
    name: Bilingual,
    form: Form,
    copies: u16,
    required: bool,
    deferrable: bool,
    e_cert: bool,
    any_of: Option<String>,
    #[serde(default)]
    when: Vec<u8>,
    handling: Option<Handling>,
    pages: Option<u16>,
    #[serde(default)]
    reusable_days: u16,
}

impl CatalogueFile {
    fn groups(&self) -> Vec<Group> {
        let groups = self.groups.iter();
        groups
            .map(|group| Group {
                code: group.code.clone(),
                name: group.name.clone(),
            })
            .collect()
    }

    fn departments(&self) -> Vec<Department> {
        let departments = self.departments.iter();
        departments
            .map(|department| Department {
                code: department.code.clone(),
                name: department.name.clone(),
                level: department.level,
                phone: department.phone.clone(),
                address: department.address.clone(),
            })
            .collect()
    }
}

impl Additions {
    fn items_not_in(&self, file: &CatalogueFile) -> Vec<String> {
        let listed: BTreeSet<&str> = file
            .items
            .iter()
            .map(|item| text_at(item, "code"))
            .collect();
        let named = self.items.keys().map(String::as_str);
        let named = named.chain(self.sensitive_titles.iter().map(ItemCode::as_str));
        named
            .filter(|code| !listed.contains(code))
            .map(str::to_owned)
            .collect()
    }
}

/// An item from its line in the list and what is added to it.
fn item_from(
    listed: &Value,
    additions: &Additions,
    version: &str,
) -> Result<Item, CatalogueProblem> {
    let code = text_at(listed, "code");
    if ItemCode::parse(code).is_err() {
        let code = code.to_owned();
        return Err(CatalogueProblem::WrongCode { code });
    }
    let nothing = ItemAdditions::default();
    let added = additions.items.get(code).unwrap_or(&nothing);

    let listed_materials = listed.get("materials").and_then(Value::as_array);
    let listed_materials = listed_materials.map(Vec::as_slice).unwrap_or_default();
    let materials = materials_from(code, listed_materials, additions, Some(added))?;
    let file: ItemFile = value_as(code, completed(listed, &added.fields))?;

    let sensitive_title = file.sensitive || additions.sensitive_titles.contains(&file.code);
    let public_name = file.public_name.unwrap_or_else(|| {
        let name = if sensitive_title {
            &additions.sensitive_public_name
        } else {
            &file.name
        };
        name.clone()
    });
    Ok(Item {
        code: file.code,
        catalogue_version: version.to_owned(),
        public_name,
        name: file.name,
        aliases: file.aliases,
        group: file.group,
        role: file.role.unwrap_or(match file.handler.mode {
            Mode::Decides => Role::Decides,
            Mode::Enters | Mode::Forwards => Role::Collects,
        }),
        delegation: file.delegation,
        kind: file.kind,
        promised: Limit {
            days: file.promised_days,
            day_type: file.day_type,
        },
        legal: file.legal_days.map(|days| Limit {
            days,
            day_type: file.legal_day_type.unwrap_or(DayType::Working),
        }),
        handler: Handler {
            level: file.handler.level,
            mode: file.handler.mode,
            department: file.handler.dept,
            name: file.handler.name,
        },
        situations: file.situations,
        materials,
        site_visit: file.site_visit,
        publicity: (file.publicity_days > 0).then(|| Limit {
            days: file.publicity_days,
            day_type: file.publicity_day_type.unwrap_or(DayType::Calendar),
        }),
        special_procedure: file.special_procedure,
        needs_network: file.needs_network,
        agent_allowed: file.agent_allowed,
        home_service: file.home_service,
        sensitive: file.sensitive,
        sensitive_title,
        fee_fen: file.fee,
        result: file.result,
        basis: file.basis,
        conditions: file.conditions,
        place: file.place,
        phone: file.phone,
    })
}

fn materials_from(
    part: &str,
    listed: &[Value],
    additions: &Additions,
    added: Option<&ItemAdditions>,
) -> Result<Vec<Material>, CatalogueProblem> {
    let more = added
        .map(|added| added.more_materials.as_slice())
        .unwrap_or_default();
    listed
        .iter()
        .chain(more)
        .map(|value| {
            let code = text_at(value, "m");
            let here = added
                .and_then(|added| added.materials.get(code))
                .and_then(Value::as_object);
            let anywhere = additions.materials.get(code).and_then(Value::as_object);
            let mut value = value.clone();
            for fields in [here, anywhere].into_iter().flatten() {
                value = completed(&value, fields);
            }
            value_as(part, value).map(material_from)
        })
        .collect()
}

fn material_from(file: MaterialFile) -> Material {
    Material {
        code: file.m.into(),
        name: file.name,
        form: file.form,
        copies: file.copies,
        required: file.required,
        deferrable: file.deferrable,
        e_cert: file.e_cert,
        any_of: file.any_of,
        when: file.when,
        handling: file.handling.unwrap_or(match file.form {
            Form::Original | Form::Electronic => Handling::Show,
            Form::Copy => Handling::Copy,
            Form::Form | Form::Photo => Handling::Keep,
        }),
        pages: file.pages,
        reusable_days: file.reusable_days,
    }
}

/// The listed fields, and of the added ones those that are not listed.
fn completed(listed: &Value, added: &serde_json::Map<String, Value>) -> Value {
    let mut fields = added.clone();
    if let Value::Object(listed) = listed {
        fields.extend(listed.clone());
    }
    Value::Object(fields)
}

fn value_as<T: for<'a> Deserialize<'a>>(part: &str, value: Value) -> Result<T, CatalogueProblem> {
    serde_json::from_value(value).map_err(|error| CatalogueProblem::Unreadable {
        part: part.to_owned(),
        line: error.line(),
    })
}

fn text_at<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
