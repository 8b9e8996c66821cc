//! A person of the register (居民): their fields, read from the fold.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    address::{Address, parse_address},
    care::{CareTag, VisitHint},
};
use crate::record::{Fields, Folded, Id};

/// The field whose bytes only people entitled to them can open.
pub const SEALED_TAGS: &str = "sealed_tags";

/// 人户一致, in the residency table.
const REGISTERED_AND_LIVING_HERE: &str = "RH";

/// A person, as the register knows them. Who lives where stands here and nowhere else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Their id.
    pub id: Id,
    /// Their name, as written.
    pub name: String,
    /// Their own reading of it, syllables with blanks between, where it is not the usual one.
    pub reading: Option<String>,
    /// Code of GB/T 2261.1.
    pub sex: Option<String>,
    /// Their birth.
    pub birth: Option<NaiveDate>,
    /// The document's kind, by its name in the code table.
    pub id_kind: Option<String>,
    /// The document's number, in its normal form.
    pub id_number: Option<String>,
    /// Telephones, in their normal form.
    pub phones: Vec<String>,
    /// Where they live.
    pub address: Option<Address>,
    /// Code of the residency table.
    pub residency: Option<String>,
    /// Code of GB/T 4761: what they are to the head of the household.
    pub relation: Option<String>,
    /// Care groups that are not sealed.
    pub tags: Vec<CareTag>,
    /// Sealed care groups, as bytes that say nothing, in hexadecimal digits.
    pub sealed_tags: Option<String>,
    /// What whoever visits must know of the sealed ones.
    pub visit_hint: Option<VisitHint>,
}

impl Person {
    /// The person these changes make, or nothing while they have no name.
    pub fn of(id: Id, folded: &Folded) -> Option<Self> {
        Some(Self {
            id,
            name: folded.get("name")?,
            reading: folded.get("reading"),
            sex: folded.get("sex"),
            birth: folded.get("birth"),
            id_kind: folded.get("id_kind"),
            id_number: folded.get("id_number"),
            phones: folded.get("phones").unwrap_or_default(),
            address: folded.get("address"),
            residency: folded.get("residency"),
            relation: folded.get("relation"),
            tags: folded.get("tags").unwrap_or_default(),
            sealed_tags: folded.get(SEALED_TAGS),
            visit_hint: folded.get("visit_hint"),
        })
    }

    /// All fields that have a value, as a first set writes them.
    pub fn fields(&self) -> Fields {
        let all = [
            ("name", json!(self.name)),
            ("reading", json!(self.reading)),
            ("sex", json!(self.sex)),
            ("birth", json!(self.birth)),
            ("id_kind", json!(self.id_kind)),
            ("id_number", json!(self.id_number)),
            ("phones", json!(self.phones)),
            ("address", json!(self.address)),
            ("residency", json!(self.residency)),
            ("relation", json!(self.relation)),
            ("tags", json!(self.tags)),
            (SEALED_TAGS, json!(self.sealed_tags)),
            ("visit_hint", json!(self.visit_hint)),
        ];
        let is_given = |value: &Value| !value.is_null() && *value != json!([]);
        all.into_iter()
            .filter(|(_name, value)| is_given(value))
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// The fields that differ from `before`: what a later set writes.
    pub fn fields_changed_since(&self, before: &Self) -> Fields {
        let old = before.fields();
        let mut new = self.fields();
        for name in old.keys() {
            new.entry(name.clone()).or_insert(Value::Null);
        }
        new.retain(|name, value| old.get(name) != Some(value));
        new
    }

    /// Whether 人户一致 is doubtful: said of somebody without a door here, or with another door in the
    /// registration (`registered`, as it was written).
    pub fn is_residency_doubtful(&self, registered: Option<&str>) -> bool {
        if self.residency.as_deref() != Some(REGISTERED_AND_LIVING_HERE) {
            return false;
        }
        let Some(lives) = self.address else {
            return true;
        };
        registered
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .is_some_and(|text| parse_address(text).is_none_or(|door| !door.holds_of(&lives)))
    }

    /// Whole years of age on `day`. Born on 29 February, one turns on 1 March in common years.
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        day.years_since(self.birth?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn living_where_registered_is_doubted_without_a_door_here_or_with_another_one() {
        let home = parse_address("12-3-502");
        let doubted = |residency: &str, address, registered| {
            let person = Person {
                residency: Some(residency.to_owned()),
                address,
                ..Person::default()
            };
            person.is_residency_doubtful(registered)
        };
        assert!(doubted("RH", None, None));
        assert!(doubted("RH", home, Some("新茂东苑5幢2单元1203室")));
        assert!(doubted("RH", home, Some("四川省某县某村6组")));
        for fine in [
            None,
            Some(" "),
            Some("新茂东苑12幢3单元502室"),
            Some("12幢"),
        ] {
            assert!(!doubted("RH", home, fine), "{fine:?}");
        }
        assert!(!doubted("RO", None, Some("5-2-1203")));
    }
}
