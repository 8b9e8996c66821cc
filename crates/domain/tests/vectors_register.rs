//! The design's examples of numbers, names, places and searches, each with its right answer, and
//! the laws behind them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests: a wrong file or a wrong example shall stop the test"
)]

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;
use yichuang_domain::{
    record::Id,
    register::{
        address::{Address, parse_address},
        credit_code::{CreditCode, CreditCodeError},
        identity::{IdError, IdKind, IdNumber, IdWarning, Sex, age_on},
        mask,
        name::PersonName,
        phone::{Phone, PhoneError, PhoneKind},
        reading::readings,
    },
    search::{Hit, PersonEntry, SearchIndex, Why},
};

fn vectors(section: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    all[section].as_array().expect(section).clone()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} of {value}"))
}

fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-24")
}

/// Errors stand in capitals in the examples, in snake case in our answers.
fn named(error: impl serde::Serialize) -> String {
    serde_json::to_value(error)
        .unwrap()
        .as_str()
        .unwrap()
        .to_uppercase()
}

fn kind_named(kind: &str) -> IdKind {
    match kind {
        "moResidencePermit" => IdKind::MoResidencePermit,
        "twResidencePermit" => IdKind::TwResidencePermit,
        "foreignPR2023" => IdKind::ForeignPr2023,
        "foreignPR2017" => IdKind::ForeignPr2017,
        "legacy15" => IdKind::Legacy15,
        other => panic!("no kind is named {other}"),
    }
}

#[test]
fn every_identity_number_of_the_examples_is_judged_right() {
    for vector in vectors("idNumber") {
        let number = text(&vector, "n");
        let read = IdNumber::parse(number, today());
        if vector["ok"] == false {
            let allowed = match &vector["error"] {
                Value::Array(errors) => errors.clone(),
                one => vec![one.clone()],
            };
            let error = Value::from(named(read.unwrap_err()));
            assert!(allowed.contains(&error), "{number}: {error}");
            continue;
        }
        let id = read.unwrap_or_else(|error| panic!("{number}: {error:?}"));
        let expected = |field: &str| vector[field].as_str();
        if let Some(birth) = expected("birth") {
            assert_eq!(id.birth(), Some(day(birth)), "{number}");
        }
        if let Some(sex) = expected("sex") {
            assert_eq!(id.sex().code().to_string(), sex, "{number}");
        }
        if let Some(region) = expected("region") {
            assert_eq!(id.region_code(), Some(region), "{number}");
            assert!(id.region().unwrap().starts_with("昆山"), "{number}");
        }
        let kind = expected("type").map_or(IdKind::Resident, kind_named);
        assert_eq!(id.kind(), kind, "{number}");
        let upgraded = id.upgraded();
        let upgraded = upgraded.as_ref().map(IdNumber::expose);
        assert_eq!(upgraded, expected("upgraded"), "{number}");
    }
}

#[test]
fn identity_numbers_of_the_design_text_are_judged_right() {
    for (number, expected) in [
        ("32058320120602992x", Ok(IdKind::Resident)),
        (
            " ３２０５８３１９８１０３０７９９１１ ",
            Ok(IdKind::Resident),
        ),
        ("320583200702299916", Err(IdError::Date)),
        ("810000199304309915", Ok(IdKind::HkResidencePermit)),
        ("H12345678", Ok(IdKind::HkmoTravelPermit)),
        ("M1234567801", Ok(IdKind::HkmoTravelPermit)),
        ("E12345678", Ok(IdKind::Passport)),
        ("EA1234567", Ok(IdKind::Passport)),
        ("G12345678", Err(IdError::Length)), // say which document it is, then it is accepted
        ("12345678", Err(IdError::Length)),
        ("KAZ1100901231O5", Err(IdError::Format)),
        ("32052353081899l", Err(IdError::Format)),
        ("995523530818993", Err(IdError::Region)),
        ("", Err(IdError::Length)),
    ] {
        assert_eq!(
            IdNumber::parse(number, today()).map(|id| id.kind()),
            expected,
            "{number}"
        );
    }
}

#[test]
fn a_document_the_clerk_named_is_warned_about_and_not_blocked() {
    for (kind, number, is_usual) in [
        (IdKind::TwTravelPermit, "12345678", true),
        (IdKind::Passport, "G12345678", false),
        (IdKind::Passport, "e12345678", true),
        (IdKind::HkmoTravelPermit, "H123", false),
    ] {
        let id = IdNumber::parse_as(kind, number, today()).unwrap();
        assert_eq!(id.kind(), kind);
        assert_eq!(
            !id.warnings().contains(&IdWarning::UnusualForm),
            is_usual,
            "{number}"
        );
        assert!(id.warnings().contains(&IdWarning::FormOnly));
    }
    let resident = "320583198103079911";
    assert!(IdNumber::parse_as(IdKind::Resident, resident, today()).is_ok());
    let other = IdNumber::parse_as(IdKind::HkResidencePermit, resident, today());
    assert_eq!(other, Err(IdError::Format));
    let old = IdNumber::parse_as(IdKind::Resident, "320523530818993", today());
    assert_eq!(old, Err(IdError::Length));
}

#[test]
fn an_unknown_county_warns_and_an_unknown_province_refuses() {
    let warned = |digits: &str| {
        let id = with_check(digits);
        IdNumber::parse(&id, today()).map(|id| id.warnings().to_vec())
    };
    assert_eq!(
        warned("32099919900101991"),
        Ok(vec![IdWarning::UnknownRegion])
    );
    assert_eq!(
        warned("71000019900101991"),
        Ok(vec![IdWarning::ReservedRegion])
    );
    assert_eq!(warned("32052319900101991"), Ok(vec![]));
    assert_eq!(warned("66000019900101991"), Err(IdError::Region));
}

#[test]
fn numbers_kept_for_centenarians_are_not_upgraded_by_guess() {
    let id = IdNumber::parse("320523980101996", today()).unwrap();
    assert_eq!((id.birth(), id.upgraded()), (None, None));
    assert_eq!(id.warnings(), [IdWarning::Legacy, IdWarning::Centenarian]);
    assert_eq!(
        IdNumber::parse("320523980231996", today()),
        Err(IdError::Date)
    );
}

#[test]
fn who_was_born_on_29_february_turns_on_1_march_in_common_years() {
    let birth = day("2004-02-29");
    for (on, age) in [
        ("2026-02-28", Some(21)),
        ("2026-03-01", Some(22)),
        ("2024-02-28", Some(19)),
        ("2024-02-29", Some(20)),
        ("2004-02-28", None),
    ] {
        assert_eq!(age_on(birth, day(on)), age, "on {on}");
    }
}

#[test]
fn nothing_prints_a_whole_identity_number() {
    let id = IdNumber::parse("320583198103079911", today()).unwrap();
    assert_eq!(
        format!("{id:?} {id}"),
        "IdNumber(320583********9911) 320583********9911"
    );
    for (typed, is_same) in [
        ("9911", true),
        (" ９９１１", true),
        ("9912", false),
        ("11", false),
        ("", false),
    ] {
        assert_eq!(id.has_last_four(typed), is_same, "{typed}");
    }
    assert_eq!(id.sex(), Sex::Male);
}

#[test]
fn every_credit_code_of_the_examples_is_judged_right() {
    for vector in vectors("uscc") {
        let code = text(&vector, "n");
        let read = CreditCode::parse(code);
        assert_eq!(read.is_ok(), vector["ok"] == true, "{code}");
        match (read, vector["error"].as_str()) {
            (Ok(read), _) => assert!(read.is_organisation_code_right(), "{code}"),
            (Err(error), Some("FORMAT_OR_CHECK")) => {
                assert_ne!(error, CreditCodeError::Length, "{code}");
            }
            (Err(error), expected) => assert_eq!(Some(named(error).as_str()), expected, "{code}"),
        }
    }
}

#[test]
fn every_phone_of_the_examples_is_judged_right() {
    for vector in vectors("phone") {
        let written = text(&vector, "n");
        let read = Phone::parse(written);
        if vector["ok"] == false {
            assert_eq!(
                named(read.unwrap_err()),
                text(&vector, "error"),
                "{written}"
            );
            continue;
        }
        let phone = read.unwrap_or_else(|error| panic!("{written}: {error:?}"));
        if let Some(normal) = vector["normalised"].as_str() {
            assert_eq!(phone.normal(), normal);
        }
        if let Some(dialled) = vector["e164"].as_str() {
            assert_eq!(phone.e164(), dialled);
        }
        if let Some(kind) = vector["kind"].as_str() {
            assert_eq!(named(phone.kind()), kind.to_uppercase());
        }
        if phone.kind() == PhoneKind::Foreign {
            assert_eq!(phone.normal(), written, "kept as entered");
        }
    }
    assert_eq!(Phone::parse("12345"), Err(PhoneError::Length));
}

#[test]
fn every_address_of_the_examples_is_read_right() {
    for vector in vectors("address") {
        let written = text(&vector, "t");
        let number = |field: &str| {
            vector[field]
                .as_u64()
                .map(|number| u32::try_from(number).unwrap())
        };
        let expected = (vector["ok"] == true).then(|| Address {
            building: number("building").unwrap(),
            unit: number("unit"),
            room: number("room"),
        });
        assert_eq!(parse_address(written), expected, "{written}");
    }
}

#[test]
fn every_mask_of_the_examples_hides_what_it_must() {
    for vector in vectors("maskName") {
        assert_eq!(mask::name(text(&vector, "n")), text(&vector, "masked"));
    }
    for vector in vectors("maskId") {
        assert_eq!(mask::id_on_list(text(&vector, "n")), text(&vector, "list"));
        assert_eq!(
            mask::id_in_public(text(&vector, "n")),
            text(&vector, "public")
        );
    }
    for vector in vectors("maskPhone") {
        assert_eq!(
            mask::phone_on_list(text(&vector, "n")),
            text(&vector, "masked")
        );
    }
}

/// The 32 people; the id is the number behind the P. Their readings are the file's, or our own.
fn people(own_readings: bool) -> Vec<PersonEntry> {
    let person = |vector: Value| {
        let name = text(&vector, "name").to_owned();
        let written = serde_json::from_value(vector["readings"].clone()).unwrap();
        let id_number = text(&vector, "idNo").to_owned();
        PersonEntry {
            id: id_of(text(&vector, "id")),
            readings: if own_readings {
                readings(&name, None)
            } else {
                written
            },
            name,
            birth: IdNumber::parse(&id_number, today()).unwrap().birth(),
            id_number: Some(id_number),
            phones: vec![text(&vector, "phone").to_owned()],
            address: parse_address(text(&vector, "addr")),
        }
    };
    vectors("searchPersons").into_iter().map(person).collect()
}

fn id_of(name: &str) -> Id {
    let number: u128 = name.trim_start_matches('P').parse().unwrap();
    Id::from_bytes(number.to_be_bytes())
}

fn name_of(id: Id) -> String {
    format!("P{:02}", u128::from_be_bytes(id.bytes()))
}

fn index_of(people: &[PersonEntry]) -> SearchIndex {
    let mut index = SearchIndex::default();
    for person in people {
        index.insert(person);
    }
    index
}

/// The 32 people with our own readings.
static EVERYBODY: LazyLock<SearchIndex> = LazyLock::new(|| index_of(&people(true)));

fn names_of(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| name_of(hit.id)).collect()
}

#[test]
fn every_search_of_the_examples_finds_whom_it_must_and_nobody_else() {
    for own_readings in [false, true] {
        let index = index_of(&people(own_readings));
        for vector in vectors("search") {
            let asked = text(&vector, "q");
            let hits = index.find(asked, 50);
            let expected: Vec<&str> = vector["match"]
                .as_array()
                .unwrap()
                .iter()
                .map(|id| id.as_str().unwrap())
                .collect();
            let mut found = names_of(&hits);
            found.sort();
            let mut sorted = expected.clone();
            sorted.sort_unstable();
            assert_eq!(found, sorted, "{asked}");
            // The file lists better ones first, and equals in no order.
            let rank = |name: &str| hits.iter().find(|hit| hit.id == id_of(name)).unwrap().rank;
            assert!(
                expected.is_sorted_by_key(|name| rank(name)),
                "{asked}: {hits:?}"
            );
        }
    }
}

#[test]
fn other_searches_find_the_right_people_in_the_right_order() {
    let mut wrong = Vec::new();
    let index = &*EVERYBODY;
    for (asked, expected) in [
        // Written and read, mixed, from the middle, by initials of two letters.
        ("张", "P03 P01 P02"),
        ("姗", "P03"),
        ("zhsh", "P03 P04 P05 P02"),
        ("zhsan", "P01"),
        ("张san", "P01"),
        ("zhangsan", "P01"),
        ("Zhang San", "P01"),
        ("san", "P01"),
        ("wenhua", "P15"),
        ("dan", "P30 P07"), // 丹 in preferred reading, then 单 as dan
        ("shandan", "P30"),
        ("shan", "P30 P07 P03 P04 P02"),
        // Surnames, and their other readings.
        ("qiu", "P08"),
        ("chou", "P08"),
        ("qin", "P19 P05"), // 胜 was once read qing,
        ("tan", "P19"),
        ("oyh", "P22"),
        ("ouyanghai", "P22"),
        ("weichigong", "P12"),
        ("moqiming", "P27"),
        ("wanqi", "P27"),
        // ü in every way.
        ("lü", "P20"),
        ("LV", "P20"),
        ("lvlv", "P20"),
        ("lulu", "P20"),
        ("lyu", "P20"),
        // Dots, rare characters, Latin names.
        ("阿依古丽买买提", "P23"),
        ("阿依古丽·买买提", "P23"),
        ("丽买", "P23"),
        ("ayi", "P23 P24"),
        ("a", "P23 P24 P28"),
        ("𬭎", "P25"),
        ("䶮", "P26"),
        ("smith john", "P31"),
        ("John", "P31"),
        ("ith", "P31"),
        ("smithj", "P31"),
        // Places.
        ("7-2-502", "P30 P07"),
        ("7幢", "P06 P30 P07"),
        ("七幢二单元", "P30 P07"),
        ("7-502", "P30 P07"),
        ("7", "P06 P30 P07"),
        ("502", "P18 P30 P07 P01 P29"),
        ("502 单", "P30 P07"),
        ("张 12 502", "P01"),
        // Ends of numbers, whole numbers, dates.
        ("320583198103079911", "P01"),
        ("３２０５８３ 1981", ""),
        ("19810307", "P01"),
        ("992X", "P20"),
        ("00003001", "P30 P07"),
        ("154-0000-3017", "P23 P24"),
        ("+86 15400003017", ""), // a space means "and"
        ("+8615400003017", "P23 P24"),
        ("320523530818993", "P05"), // the 15 digits he had before
        ("932840198507049913", "P31"),
        // Nothing.
        ("zhas", ""),
        ("12-3-502-1", ""),
        ("0512", ""),
        ("张三丰", ""),
        ("…", ""),
        ("", ""),
    ] {
        let found = names_of(&index.find(asked, 50)).join(" ");
        if found != expected {
            wrong.push(format!("{asked}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_hit_says_why_it_was_found() {
    let index = &*EVERYBODY;
    for (asked, why) in [
        ("张三", Why::Exact),
        ("zhangsan", Why::Exact),
        ("12-3-502", Why::Exact),
        ("320583198103079911", Why::Exact),
        ("15400001234", Why::Exact),
        ("smi", Why::NameStart),
        ("zhangs", Why::Reading),
        ("桂花", Why::NameInside),
        ("guihua", Why::NameInside),
        ("weichi", Why::OtherReading),
        ("9911", Why::IdEnd),
        ("1234", Why::PhoneEnd),
        ("1203", Why::Place),
        ("12", Why::Place),
        ("19810307", Why::BirthDate),
    ] {
        let first = index.find(asked, 1);
        assert_eq!(first.first().map(|hit| hit.why), Some(why), "{asked}");
    }
}

#[test]
fn the_first_of_many_are_the_best_of_all() {
    let index = &*EVERYBODY;
    for asked in ["z", "a", "1", "5", "shan", "l"] {
        let all = index.find(asked, 50);
        for limit in 0..=all.len() {
            assert_eq!(index.find(asked, limit), all[..limit], "{asked}, {limit}");
        }
    }
}

#[test]
fn the_first_of_a_whole_town_are_the_best_of_all() {
    let mut town = SearchIndex::default();
    for street in 0..40_u32 {
        for mut person in people(true) {
            let number = u128::from_be_bytes(person.id.bytes()) + u128::from(street) * 100;
            person.id = Id::from_bytes(number.to_be_bytes());
            if let Some(address) = &mut person.address {
                address.building = 1 + (address.building * 37 + street * 59) % 900;
            }
            if street % 7 == 0 {
                person.address = None;
            }
            town.insert(&person);
        }
    }
    for asked in [
        "z",
        "zs",
        "li",
        "张",
        "shan",
        "5",
        "502",
        "9911",
        "dan 7",
        "smith john",
        "0000",
    ] {
        let all = town.find(asked, usize::MAX);
        for limit in [1, 5, 20, 40] {
            let first = &all[..limit.min(all.len())];
            assert_eq!(town.find(asked, limit), first, "{asked}, {limit}");
        }
    }
}

#[test]
fn a_person_who_moved_is_found_at_the_new_place_only() {
    let mut index = index_of(&people(true));
    let mut moved = people(true).remove(0);
    moved.address = parse_address("99-1-101");
    index.insert(&moved);
    assert_eq!(index.len(), 32);
    assert_eq!(names_of(&index.find("99-1-101", 9)), ["P01"]);
    assert!(index.find("12-3-502", 9).is_empty());
    index.remove(moved.id);
    assert!(index.find("张三", 9).is_empty());
    assert_eq!(index.len(), 31);
}

#[test]
fn an_index_that_changed_for_years_answers_as_a_new_one() {
    let people = people(true);
    let mut changed = SearchIndex::default();
    for round in 0..200 {
        for person in &people {
            changed.insert(person);
            if round % 3 == 0 {
                changed.remove(person.id);
            }
        }
    }
    let fresh = index_of(&people);
    for vector in vectors("search") {
        let asked = text(&vector, "q");
        assert_eq!(changed.find(asked, 50), fresh.find(asked, 50), "{asked}");
    }
}

fn with_check(digits: &str) -> String {
    let today = today();
    let is_right =
        |last: &char| IdNumber::parse(&format!("{digits}{last}"), today) != Err(IdError::Check);
    let last = "0123456789X".chars().find(is_right).unwrap();
    format!("{digits}{last}")
}

prop_compose! {
    /// A valid number of a resident: a known county, a day that is not in the future.
    fn id_numbers()(
        region in prop::sample::select(vec!["320583", "320523", "329012", "110101", "653101"]),
        days in 0_u64..40_000,
        sequence in 0_u16..1000,
    ) -> String {
        let birth = today() - chrono::Days::new(days);
        with_check(&format!("{region}{}{sequence:03}", birth.format("%Y%m%d")))
    }
}

prop_compose! {
    fn addresses()(building in 1_u32..1000, unit in prop::option::of(1_u32..100),
                   room in prop::option::of(100_u32..10_000)) -> Address {
        Address { building, unit, room }
    }
}

fn chinese_names() -> impl Strategy<Value = String> {
    let surnames = vec![
        "张",
        "单",
        "欧阳",
        "尉迟",
        "吕",
        "阿依古丽·",
        "王",
        "解",
        "𬭎",
    ];
    let given = "[三丹海恭绿晓芳志强𬭎䶮燕思明]{1,3}";
    (prop::sample::select(surnames), given).prop_map(|(surname, given)| format!("{surname}{given}"))
}

proptest! {
    #[test]
    fn any_single_wrong_digit_is_refused(id in id_numbers(), at in 0_usize..18, digit in "[0-9X]") {
        let mut changed: Vec<String> = id.chars().map(String::from).collect();
        changed[at] = digit;
        let changed = changed.concat();
        prop_assert!(IdNumber::parse(&id, today()).is_ok());
        prop_assert_eq!(IdNumber::parse(&changed, today()).is_ok(), changed == id);
    }

    #[test]
    fn any_swap_of_neighbours_is_refused(id in id_numbers(), at in 0_usize..17) {
        let mut changed: Vec<char> = id.chars().collect();
        changed.swap(at, at + 1);
        let changed = String::from_iter(changed);
        prop_assert_eq!(IdNumber::parse(&changed, today()).is_ok(), changed == id);
    }

    #[test]
    fn reading_what_was_read_changes_nothing(text in "\\PC{0,24}", id in id_numbers()) {
        for text in [text, id] {
            if let Ok(number) = IdNumber::parse(&text, today()) {
                prop_assert_eq!(IdNumber::parse(number.expose(), today()), Ok(number.clone()));
            }
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
            }
            if let Ok(phone) = Phone::parse(&text) {
                let again = Phone::parse(phone.normal()).unwrap();
                prop_assert_eq!(again.normal(), phone.normal());
            }
            if let Ok(code) = CreditCode::parse(&text) {
                prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code.clone()));
            }
            if let Some(address) = parse_address(&text) {
                prop_assert_eq!(parse_address(&address.short()), Some(address));
            }
        }
    }

    #[test]
    fn phones_survive_any_way_of_writing(digits in "1[3-9][0-9]{9}", gaps in prop::collection::vec("[ -]?", 11)) {
        let written: String = digits.chars().zip(&gaps).flat_map(|(digit, gap)| format!("{digit}{gap}").chars().collect::<Vec<_>>()).collect();
        for prefix in ["", "+86", "0086", "86", "+86 "] {
            let phone = Phone::parse(&format!("{prefix}{written}")).unwrap();
            prop_assert_eq!(phone.normal(), &digits);
        }
    }

    #[test]
    fn an_address_survives_every_way_of_writing(address in addresses()) {
        for written in [address.to_string(), address.short(), format!("新茂路8号新茂东苑{address}")] {
            prop_assert_eq!(parse_address(&written), Some(address), "{}", written);
        }
    }

    #[test]
    fn nothing_anybody_types_breaks_a_reader(text in any::<String>()) {
        let _ = (IdNumber::parse(&text, today()).is_ok(), Phone::parse(&text).is_ok());
        let _ = (PersonName::parse(&text).is_ok(), CreditCode::parse(&text).is_ok());
        let _ = (parse_address(&text), mask::name(&text), mask::phone_on_list(&text));
        let _ = EVERYBODY.find(&text, 5);
    }

    #[test]
    fn masks_keep_the_length_and_never_show_the_middle(id in id_numbers(), phone in "1[3-9][0-9]{9}", name in chinese_names()) {
        for masked in [mask::id_on_list(&id), mask::id_in_public(&id)] {
            prop_assert_eq!(masked.chars().count(), id.chars().count());
            prop_assert!(masked.chars().skip(6).take(8).all(|shown| shown == '*'));
        }
        let masked = mask::phone_on_list(&phone);
        prop_assert_eq!(masked.chars().count(), 11);
        prop_assert!(masked.chars().skip(3).take(4).all(|shown| shown == '*'));
        let masked = mask::name(&name);
        prop_assert_eq!(masked.chars().count(), name.chars().count());
        prop_assert!(masked.ends_with('*'));
        let shown = masked.chars().filter(|shown| !matches!(shown, '*' | '·')).count();
        prop_assert!(shown <= 2, "{}", masked);
    }

    #[test]
    fn a_name_is_always_found_by_its_own_pinyin_and_initials(name in chinese_names()) {
        let read = readings(&name, None);
        let person = PersonEntry {
            id: id_of("P99"), name: name.clone(), readings: read.clone(), id_number: None,
            phones: vec![], address: None, birth: None,
        };
        let mut index = EVERYBODY.clone();
        index.insert(&person);
        let first = |syllables: &Vec<String>| syllables[0].clone();
        let full: String = read.iter().map(first).collect();
        let initials: String = read.iter().filter_map(|one| one[0].chars().next()).collect();
        let half: String = full.chars().take(full.len() / 2 + 1).collect();
        for asked in [full, initials, half, name] {
            let hits = index.find(&asked, 50);
            prop_assert!(hits.iter().any(|hit| hit.id == id_of("P99")), "{}", asked);
        }
    }

    #[test]
    fn replacing_is_removing_and_adding(changes in prop::collection::vec((0_usize..32, any::<bool>()), 0..80)) {
        let people = people(true);
        let mut index = SearchIndex::default();
        let mut kept = BTreeMap::new();
        for (who, is_added) in changes {
            if is_added {
                index.insert(&people[who]);
                kept.insert(who, &people[who]);
            } else {
                index.remove(people[who].id);
                kept.remove(&who);
            }
        }
        let fresh = index_of(&kept.into_values().cloned().collect::<Vec<_>>());
        for asked in ["z", "shan", "12", "502", "9911", "l", "1-1"] {
            prop_assert_eq!(index.find(asked, 50), fresh.find(asked, 50), "{}", asked);
        }
    }
}
