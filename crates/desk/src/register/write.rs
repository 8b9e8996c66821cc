//! Entering and changing people of the register.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    office::staff::Action,
    record::{Change, Id, Kind, RecordKey, Seen},
    refusal::Refusal,
    register::{
        address::{Address, parse_address},
        identity::{IdKind, IdNumber},
        person::Person,
        phone::Phone,
    },
};

use super::{name, resident::page, view::ResidentView};
use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft},
    checks::{id_refusal, phone_refusal, sex_code},
    see::View,
};

/// Enters a person.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct RegisterResident {
    /// Their name, as on the document.
    pub name: String,
    /// The document's number. Some have none.
    #[serde(default)]
    pub id_number: Option<String>,
    /// The document's kind, where the number does not tell.
    #[serde(default)]
    pub id_kind: Option<IdKind>,
    /// A telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// Where they live, as people write it.
    #[serde(default)]
    pub address: Option<String>,
    /// Code of GB/T 2261.1, where the number does not tell.
    #[serde(default)]
    pub sex: Option<String>,
    /// The birth, where the number does not tell.
    #[serde(default)]
    pub birth: Option<NaiveDate>,
    /// Their own reading of the name, syllables with blanks between.
    #[serde(default)]
    pub reading: Option<String>,
}

/// Who was entered.
#[derive(Serialize, TS)]
pub(crate) struct RegisteredView {
    /// Their id.
    pub id: Id,
}

impl Command for RegisterResident {
    const NAME: &'static str = "register_resident";
    const ABOUT: &'static str = "Enters a person in the register.";
    const ACTION: Action = Action::WriteRegister;
    const BEGINS: bool = true;
    type Output = RegisteredView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<RegisteredView>, Stop> {
        let id = Id::from_bytes(
            yichuang_store::random::<16>().map_err(yichuang_store::StoreError::from)?,
        );
        let mut person = Person {
            id,
            name: name(&self.name).at("name")?,
            ..Person::default()
        };
        if let Some(text) = given(self.id_number.as_ref()) {
            let number = match self.id_kind {
                Some(kind) => IdNumber::parse_as(kind, text, view.today()),
                None => IdNumber::parse(text, view.today()),
            };
            let number = number.map_err(id_refusal).at("id_number")?;
            if let Some(other) = view.store.people_with_id_number(number.expose())?.first() {
                let refusal = Refusal::SameIdNumber {
                    person: other.to_string(),
                };
                return Err(Stop::Refused(refusal, Some("id_number".to_owned())));
            }
            person.birth = number.birth();
            person.sex = sex_code(number.sex());
            person.id_kind = Some(kind_name(number.kind()));
            person.id_number = Some(number.expose().to_owned());
        }
        if let Some(text) = given(self.phone.as_ref()) {
            person.phones = vec![phone(text).at("phone")?];
        }
        if let Some(text) = given(self.address.as_ref()) {
            person.address = Some(address(text).at("address")?);
        }
        if let Some(birth) = self.birth {
            if birth > view.today() {
                return Err(Stop::Refused(Refusal::Future, Some("birth".to_owned())));
            }
            person.birth = Some(birth);
        }
        if let Some(sex) = given(self.sex.as_ref()) {
            person.sex = Some(sex.to_owned());
        }
        person.reading = reading(self.reading.as_ref())?;
        let change = Change::Set {
            record: RecordKey::new(Kind::PERSON, id),
            fields: person.fields(),
        };
        Ok(Draft {
            changes: vec![change],
            then: Box::new(move |_view| Ok(RegisteredView { id })),
        })
    }
}

/// Changes a person. Fields that are absent stay; empty ones are emptied.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct UpdateResident {
    /// Whom.
    pub id: Id,
    /// What the screen had seen.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// Where they live.
    #[serde(default)]
    pub address: Option<String>,
    /// Their own reading of the name.
    #[serde(default)]
    pub reading: Option<String>,
    /// The document's number, where the register has none.
    #[serde(default)]
    pub id_number: Option<String>,
}

impl Command for UpdateResident {
    const NAME: &'static str = "update_resident";
    const ABOUT: &'static str =
        "Changes name, telephone, address or reading of a person; only what differs is written.";
    const ACTION: Action = Action::WriteRegister;
    type Output = ResidentView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<ResidentView>, Stop> {
        let (before, record) = view.person(self.id)?;
        view.require_fresh(&record, self.seen)?;
        let mut after = before.clone();
        if let Some(text) = &self.name {
            after.name = name(text).at("name")?;
        }
        if let Some(text) = &self.phone {
            after.phones = match text.trim() {
                "" => Vec::new(),
                text => vec![phone(text).at("phone")?],
            };
        }
        if let Some(text) = &self.address {
            after.address = match text.trim() {
                "" => None,
                text => Some(address(text).at("address")?),
            };
        }
        if self.reading.is_some() {
            after.reading = reading(self.reading.as_ref())?;
        }
        if let Some(text) = given(self.id_number.as_ref()) {
            let number = IdNumber::parse(text, view.today())
                .map_err(id_refusal)
                .at("id_number")?;
            let others = view.store.people_with_id_number(number.expose())?;
            if let Some(other) = others.iter().find(|other| **other != self.id) {
                let refusal = Refusal::SameIdNumber {
                    person: other.to_string(),
                };
                return Err(Stop::Refused(refusal, Some("id_number".to_owned())));
            }
            after.birth = number.birth().or(after.birth);
            after.sex = sex_code(number.sex()).or(after.sex);
            after.id_kind = Some(kind_name(number.kind()));
            after.id_number = Some(number.expose().to_owned());
        }
        let fields = after.fields_changed_since(&before);
        let id = self.id;
        let changes = if fields.is_empty() {
            Vec::new()
        } else {
            vec![Change::Set {
                record: RecordKey::new(Kind::PERSON, id),
                fields,
            }]
        };
        Ok(Draft {
            changes,
            then: Box::new(move |view| page(id, view)),
        })
    }
}

fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn phone(text: &str) -> Result<String, Refusal> {
    Ok(Phone::parse(text)
        .map_err(phone_refusal)?
        .normal()
        .to_owned())
}

fn address(text: &str) -> Result<Address, Refusal> {
    parse_address(text).ok_or(Refusal::AddressUnclear)
}

/// A reading is Latin syllables; anything else would never be found.
fn reading(text: Option<&String>) -> Result<Option<String>, Stop> {
    let Some(text) = given(text) else {
        return Ok(None);
    };
    let is_reading = text
        .chars()
        .all(|one| one.is_ascii_alphabetic() || one == ' ' || one == 'ü');
    if !is_reading || text.chars().count() > 64 {
        return Err(Stop::Refused(Refusal::Format, Some("reading".to_owned())));
    }
    Ok(Some(text.to_lowercase()))
}

fn kind_name(kind: IdKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}
