//! The two files as they are written, and the items made of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{CatalogueError, CatalogueProblem, Department, Group};
use crate::cases::clock::{DayType, Limit};
use crate::cases::codes::{DepartmentCode, ItemCode, MaterialCode};
use crate::cases::event::Procedure;
use crate::cases::item::{
    Form, Handler, Handling, Item, Kind, Level, Material, Mode, Role, Situation,
};
use crate::office::bilingual::Bilingual;

pub(super) fn read<'a, T: Deserialize<'a>>(part: &str, text: &'a str) -> Result<T, CatalogueError> {
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
pub(super) struct CatalogueFile {
    pub(super) version: String,
    #[serde(default)]
    pub(super) official: bool,
    pub(super) item_count: usize,
    groups: Vec<GroupFile>,
    departments: Vec<DepartmentFile>,
    pub(super) agent_materials: Vec<Value>,
    pub(super) items: Vec<Value>,
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
pub(super) struct Additions {
    /// Sensitive by their title, beside those the list marks (domain.md 7.3).
    #[serde(default)]
    sensitive_titles: BTreeSet<ItemCode>,
    /// What a sensitive item is called in public.
    #[serde(default = "sensitive_public_name")]
    sensitive_public_name: Bilingual,
    /// Fields of a material, the same in every item.
    #[serde(default)]
    materials: BTreeMap<String, Value>,
    /// Fields of an item. Its `materials` are fields by code, its `moreMaterials` whole ones.
    #[serde(default)]
    items: BTreeMap<String, ItemAdditions>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemAdditions {
    #[serde(default)]
    materials: BTreeMap<String, Value>,
    #[serde(default)]
    more_materials: Vec<Value>,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the yes/no columns of the catalogue, independent of each other"
)]
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
    pub(super) fn groups(&self) -> Vec<Group> {
        let groups = self.groups.iter();
        groups
            .map(|group| Group {
                code: group.code.clone(),
                name: group.name.clone(),
            })
            .collect()
    }

    pub(super) fn departments(&self) -> Vec<Department> {
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

fn sensitive_public_name() -> Bilingual {
    Bilingual::new("您办理的业务", "Your matter")
}

/// An item from its line in the list and what is added to it.
pub(super) fn item_from(
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

pub(super) fn materials_from(
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
fn completed(listed: &Value, added: &Map<String, Value>) -> Value {
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
