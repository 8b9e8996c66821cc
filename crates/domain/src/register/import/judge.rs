//! Who of the register a row speaks of, and what it would change. Doubt is told, never settled here.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::PersonDraft;
use crate::{
    record::Fields,
    register::{address::Address, person::Person},
};

/// What is compared of a person who is known already.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Their name.
    pub name: String,
    /// The document's number.
    pub id_number: Option<String>,
    /// Their birth.
    pub birth: Option<chrono::NaiveDate>,
    /// Telephones.
    pub phones: Vec<String>,
    /// Where they live.
    pub address: Option<Address>,
}

impl From<&Person> for Known {
    fn from(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            id_number: person.id_number.clone(),
            birth: person.birth,
            phones: person.phones.clone(),
            address: person.address,
        }
    }
}

impl From<&PersonDraft> for Known {
    fn from(draft: &PersonDraft) -> Self {
        Self {
            name: draft.name.clone(),
            id_number: draft.id_number.clone(),
            birth: draft.birth,
            phones: draft.phones.clone(),
            address: draft.address,
        }
    }
}

/// Why a person must look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "doubt", rename_all = "snake_case")]
pub enum Doubt {
    /// Two people of different names have one ID number.
    SameNumber,
    /// Several people of the register may be meant.
    Several,
    /// Nothing but the name tells, and the name is there already.
    OnlyName,
    /// Another row of the same file says something else of the same person.
    Contradicts {
        /// Which row.
        row: u32,
        /// In which fields.
        fields: Vec<String>,
    },
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<K> {
    /// Nobody who is known.
    Nobody,
    /// This one.
    One(K),
    /// A person must look at these.
    Doubtful(Doubt, Vec<K>),
}

/// Whom a row means, among those with its ID number or its name.
pub fn find_person<K: Copy + Ord>(draft: &PersonDraft, candidates: &[(K, &Known)]) -> Found<K> {
    let meant = |is_meant: &dyn Fn(&Known) -> bool| -> Vec<K> {
        let mut keys: Vec<K> = candidates
            .iter()
            .filter(|(_key, known)| is_meant(known))
            .map(|(key, _known)| *key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let has_number =
        |known: &Known| draft.id_number.is_some() && known.id_number == draft.id_number;
    let by_number = meant(&has_number);
    if !by_number.is_empty() {
        let by_both = meant(&|known| has_number(known) && known.name == draft.name);
        return match (by_number.as_slice(), by_both.as_slice()) {
            ([_one], [one]) => Found::One(*one),
            ([_one], _) => Found::Doubtful(Doubt::SameNumber, by_number),
            _ => Found::Doubtful(Doubt::Several, by_number),
        };
    }
    let likely = meant(&|known| is_likely(draft, known));
    match likely.as_slice() {
        [] => {}
        [one] => return Found::One(*one),
        _ => return Found::Doubtful(Doubt::Several, likely),
    }
    let same_name = meant(&|known| known.name == draft.name && !is_excluded(draft, known));
    let says_more = draft.id_number.is_some()
        || draft.birth.is_some()
        || draft.address.is_some()
        || !draft.phones.is_empty();
    if says_more || same_name.is_empty() {
        Found::Nobody
    } else {
        Found::Doubtful(Doubt::OnlyName, same_name)
    }
}

/// One name, nothing against it, and a birth, a telephone or a door in common.
fn is_likely(draft: &PersonDraft, known: &Known) -> bool {
    let same_room = draft.address.is_some_and(|address| address.room.is_some())
        && draft.address == known.address;
    let same_birth = draft.birth.is_some() && draft.birth == known.birth;
    let same_phone = draft
        .phones
        .iter()
        .any(|phone| known.phones.contains(phone));
    draft.name == known.name
        && !is_excluded(draft, known)
        && (same_room || same_birth || same_phone)
}

/// Two numbers or two births are two people.
fn is_excluded(draft: &PersonDraft, known: &Known) -> bool {
    let differ = |one: bool, other: bool, same: bool| one && other && !same;
    differ(
        draft.id_number.is_some(),
        known.id_number.is_some(),
        draft.id_number == known.id_number,
    ) || differ(
        draft.birth.is_some(),
        known.birth.is_some(),
        draft.birth == known.birth,
    )
}

/// The fields that a row would change: it says them, and the record says something else. Telephones
/// are added to those there are.
pub fn differences(said: &Fields, shown: impl Fn(&str) -> Option<Value>) -> Fields {
    said.iter()
        .filter_map(|(name, value)| {
            let kept = shown(name).filter(|kept| !kept.is_null());
            let wanted = match (name.as_str(), &kept) {
                ("phones", Some(kept)) => with_phones_of(kept, value),
                _ => value.clone(),
            };
            (kept.as_ref() != Some(&wanted)).then(|| (name.clone(), wanted))
        })
        .collect()
}

/// The telephones of both, those there are first.
pub fn with_phones_of(kept: &Value, said: &Value) -> Value {
    let mut phones: Vec<Value> = kept.as_array().cloned().unwrap_or_default();
    for phone in said.as_array().into_iter().flatten() {
        if !phones.contains(phone) {
            phones.push(phone.clone());
        }
    }
    Value::Array(phones)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ID: &str = "320583198103079911";

    fn someone(name: &str, id: Option<&str>, room: u32) -> PersonDraft {
        PersonDraft {
            name: name.to_owned(),
            id_number: id.map(str::to_owned),
            address: (room > 0).then_some(Address {
                building: 12,
                unit: Some(3),
                room: Some(room),
            }),
            ..PersonDraft::default()
        }
    }

    fn known(key: u8, name: &str, id: Option<&str>, room: u32) -> (u8, Known) {
        (key, Known::from(&someone(name, id, room)))
    }

    fn find(draft: &PersonDraft, register: &[(u8, Known)]) -> Found<u8> {
        let candidates: Vec<_> = register.iter().map(|(key, known)| (*key, known)).collect();
        find_person(draft, &candidates)
    }

    #[test]
    fn a_number_tells_who_is_meant_and_two_names_of_one_number_are_a_doubt() {
        let register = [known(1, "张三", Some(ID), 502), known(2, "张三", None, 601)];
        assert_eq!(
            find(&someone("张三", Some(ID), 0), &register),
            Found::One(1)
        );
        assert_eq!(
            find(&someone("张珊", Some(ID), 0), &register),
            Found::Doubtful(Doubt::SameNumber, vec![1])
        );
        let twice = [known(1, "张三", Some(ID), 0), known(2, "张三", Some(ID), 0)];
        assert_eq!(
            find(&someone("张三", Some(ID), 0), &twice),
            Found::Doubtful(Doubt::Several, vec![1, 2])
        );
    }

    #[test]
    fn without_a_number_a_name_and_a_door_tell_and_a_name_alone_does_not() {
        let register = [known(1, "张三", Some(ID), 502), known(2, "张三", None, 601)];
        assert_eq!(find(&someone("张三", None, 502), &register), Found::One(1));
        assert_eq!(find(&someone("张三", None, 701), &register), Found::Nobody);
        assert_eq!(
            find(&someone("张三", None, 0), &register),
            Found::Doubtful(Doubt::OnlyName, vec![1, 2])
        );
        assert_eq!(find(&someone("李四", None, 0), &register), Found::Nobody);
    }

    #[test]
    fn two_numbers_at_one_door_are_two_people() {
        let father = [known(1, "张三", Some(ID), 502)];
        let son = someone("张三", Some("320583201006019912"), 502);
        assert_eq!(find(&son, &father), Found::Nobody);
    }

    #[test]
    fn telephones_are_added_and_empty_cells_change_nothing() {
        let said: Fields = [
            ("phones".to_owned(), json!(["15400001234"])),
            ("name".to_owned(), json!("张三")),
        ]
        .into();
        let shown = |name: &str| match name {
            "phones" => Some(json!(["15400005678"])),
            "name" => Some(json!("张三")),
            _ => Some(json!("kept")),
        };
        let expected: Fields =
            [("phones".to_owned(), json!(["15400005678", "15400001234"]))].into();
        assert_eq!(differences(&said, shown), expected);
    }

    fn some_draft() -> impl Strategy<Value = PersonDraft> {
        let phone = prop::collection::vec("1540000[0-9]{4}", 0..3);
        let note = prop::option::of("[a-z]{1,5}");
        (
            "[张李王]三",
            prop::option::of(Just(ID)),
            0_u32..3,
            phone,
            note,
        )
            .prop_map(|(name, id, room, phones, note)| {
                let mut draft = someone(&name, id, room * 100);
                draft.phones = phones;
                draft.phones.sort_unstable();
                draft.phones.dedup();
                draft.more.extend(note.map(|note| ("note", note)));
                draft
            })
    }

    proptest! {
        #[test]
        fn what_was_taken_in_once_changes_nothing_the_second_time(draft in some_draft(), before in some_draft()) {
            let mut kept = before.fields();
            let changes = differences(&draft.fields(), |name| kept.get(name).cloned());
            kept.extend(changes);
            let again = differences(&draft.fields(), |name| kept.get(name).cloned());
            prop_assert_eq!(again, Fields::new());
        }

        #[test]
        fn two_rows_of_one_person_that_agree_leave_nothing_to_change_in_either_order(
            one in some_draft(), phones in prop::collection::vec("1540000[0-9]{4}", 0..3),
            has_number: bool, has_address: bool,
        ) {
            let mut one = one;
            one.more.remove("note"); // of two remarks the first stays
            let mut other = one.clone();
            other.phones = phones;
            other.id_number = other.id_number.filter(|_number| has_number);
            other.address = other.address.filter(|_address| has_address);
            prop_assert!(one.contradictions(&other).is_empty());
            let mut merged = one.clone();
            merged.absorb(&other);
            let kept = merged.fields();
            for draft in [&one, &other] {
                let left = differences(&draft.fields(), |name| kept.get(name).cloned());
                prop_assert_eq!(left, Fields::new());
            }
        }

        #[test]
        fn whoever_is_found_has_the_name_or_nobody_is_sure(draft in some_draft(), register in prop::collection::vec(some_draft(), 0..6)) {
            let candidates: Vec<(usize, Known)> = register.iter().map(Known::from).enumerate().collect();
            let candidates: Vec<(usize, &Known)> = candidates.iter().map(|(key, known)| (*key, known)).collect();
            if let Found::One(key) = find_person(&draft, &candidates) {
                prop_assert_eq!(&register[key].name, &draft.name);
            }
        }
    }
}
