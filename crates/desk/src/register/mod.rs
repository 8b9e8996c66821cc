//! The register from the desk: finding people, their page, entering and changing them.

pub(crate) mod care;
pub(crate) mod compare;
pub(crate) mod doubt;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod resident;
pub(crate) mod reveal;
pub(crate) mod search;
pub(crate) mod view;
pub(crate) mod write;

use chrono::NaiveDate;
use view::PersonCard;
use yichuang_domain::{
    office::code_tables::{CodeTable, name_of},
    refusal::Refusal,
    register::{
        mask,
        name::{NameError, PersonName},
        person::Person,
    },
};

use crate::words::Language;

/// A name as people type it, or why it is none.
pub(crate) fn name(text: &str) -> Result<String, Refusal> {
    Ok(PersonName::parse(text)
        .map_err(name_refusal)?
        .as_str()
        .to_owned())
}

fn name_refusal(error: NameError) -> Refusal {
    match error {
        NameError::Empty => Refusal::NameEmpty,
        NameError::TooLong { most, .. } => Refusal::NameTooLong { most },
        NameError::TooManyMarks => Refusal::NameMarks,
        NameError::Invisible { code } => Refusal::NameCharacter { character: code },
        NameError::Character { character } => Refusal::NameCharacter {
            character: character.to_string(),
        },
    }
}

/// Whether the end of an ID number may show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Not before the identity is checked: its last four are what is asked.
    UntilChecked,
    /// As on lists.
    AsListed,
}

/// A person in short.
pub(crate) fn card(
    person: &Person,
    today: NaiveDate,
    shown: Shown,
    language: Language,
) -> PersonCard {
    let code_name = |table, code: &Option<String>| {
        let found = code.as_deref().and_then(|code| name_of(table, code));
        found.map_or_else(String::new, |name| language.of(name))
    };
    let id_masked = person
        .id_number
        .as_deref()
        .map_or_else(String::new, |number| {
            let listed = mask::id_on_list(number);
            match shown {
                Shown::AsListed => listed,
                Shown::UntilChecked => hide_end(&listed),
            }
        });
    let sex = match person.sex.as_deref() {
        Some("1") => language.pick("男", "male"),
        Some("2") => language.pick("女", "female"),
        _ => "",
    };
    PersonCard {
        id: person.id,
        name: person.name.clone(),
        sex: sex.to_owned(),
        age: person.age_on(today),
        birth: person.birth,
        id_kind: code_name(CodeTable::IdType, &person.id_kind),
        id_masked,
        has_id: person.id_number.is_some(),
        phone: person
            .phones
            .first()
            .map_or_else(String::new, |phone| mask::phone_on_list(phone)),
        address: person
            .address
            .map_or_else(String::new, |address| address.to_string()),
    }
}

fn hide_end(masked: &str) -> String {
    let count = masked.chars().count();
    masked
        .chars()
        .enumerate()
        .map(|(place, one)| if place + 4 >= count { '*' } else { one })
        .collect()
}
