//! The catalogue: every fact the sample list promises, and what a broken list is told.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read its list has failed"
)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use yichuang_domain::cases::banned::{BannedList, banned_certificates, banned_meant_by};
use yichuang_domain::cases::catalogue::{Catalogue, CatalogueProblem};
use yichuang_domain::cases::clock::DayType;
use yichuang_domain::cases::item::{Handling, Item, Kind, Mode, Role};

const BASE: &str = include_str!("../data/service_catalogue.json");
const ADDITIONS: &str = include_str!("../data/catalogue_additions.json");
const NOTHING_ADDED: &str = "{}";

fn catalogue() -> &'static Catalogue {
    Catalogue::builtin()
}

fn item(code: &str) -> &'static Item {
    catalogue().item(code).unwrap()
}

fn count(is: impl Fn(&Item) -> bool) -> usize {
    catalogue().items().iter().filter(|item| is(item)).count()
}

fn codes(is: impl Fn(&Item) -> bool) -> Vec<&'static str> {
    let items = catalogue().items().iter().filter(|item| is(item));
    items.map(|item| item.code.as_str()).collect()
}

fn ticked(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn missing(code: &str, here: &[&str], situation: Option<u8>) -> Vec<&'static str> {
    let missing = item(code).required_missing(&ticked(here), situation);
    missing
        .into_iter()
        .map(|material| material.code.as_str())
        .collect()
}

#[test]
fn the_catalogue_has_145_items_with_names_of_their_own() {
    let items = catalogue().items();
    assert_eq!(items.len(), 145);
    let distinct = |of: fn(&Item) -> &str| items.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(|item| item.code.as_str()), 145);
    assert_eq!(distinct(|item| &item.name.zh), 145);
    assert_eq!(distinct(|item| &item.name.en), 145);
    assert!(
        items
            .iter()
            .all(|item| item.catalogue_version == catalogue().version())
    );
}

#[test]
fn every_group_has_as_many_items_as_the_page_says() {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for item in catalogue().items() {
        *found.entry(&item.group).or_default() += 1;
    }
    let expected = BTreeMap::from([
        ("MZ", 20),
        ("YL", 13),
        ("SB", 15),
        ("YB", 9),
        ("JY", 13),
        ("WJ", 13),
        ("CL", 13),
        ("ZF", 6),
        ("TY", 8),
        ("DQ", 9),
        ("ZM", 6),
        ("HJ", 8),
        ("SF", 5),
        ("WY", 5),
        ("JX", 2),
    ]);
    assert_eq!(found, expected);
    assert_eq!(catalogue().groups().len(), 15);
}

#[test]
fn the_counts_of_the_sample_list_hold() {
    assert_eq!(count(|item| item.kind == Kind::Instant), 45);
    assert_eq!(count(|item| item.kind == Kind::Promise), 100);
    assert_eq!(count(|item| item.handler.mode == Mode::Decides), 29);
    assert_eq!(count(|item| item.handler.mode == Mode::Enters), 22);
    assert_eq!(count(|item| item.handler.mode == Mode::Forwards), 94);
    assert_eq!(count(|item| item.legal.is_some()), 59);
    assert_eq!(count(|item| item.publicity.is_some()), 24);
    assert_eq!(count(|item| item.home_service), 26);
    assert_eq!(count(|item| item.site_visit), 34);
    assert_eq!(count(|item| item.sensitive), 41);
    assert_eq!(count(|item| item.needs_network), 26);
    let barred = ["SB009", "WJ009", "TY008", "DQ003", "DQ004"];
    assert_eq!(codes(|item| !item.agent_allowed).len(), barred.len());
    assert!(barred.iter().all(|code| !item(code).agent_allowed));
    let calendar = codes(|item| {
        item.legal
            .is_some_and(|limit| limit.day_type == DayType::Calendar)
    });
    assert_eq!(calendar, ["HJ002", "SF001", "SF002"]);
}

#[test]
fn the_list_itself_asks_for_three_to_six_materials() {
    let listed = Catalogue::from_json(BASE, NOTHING_ADDED).unwrap();
    let with = |n| {
        listed
            .items()
            .iter()
            .filter(|item| item.materials.len() == n)
            .count()
    };
    assert_eq!([3, 4, 5, 6].map(with), [54, 40, 44, 7]);
}

#[test]
fn all_that_is_entered_elsewhere_needs_the_network_and_four_more() {
    let more = codes(|item| item.needs_network && item.handler.mode != Mode::Enters);
    assert_eq!(more, ["SB009", "SB013", "DQ005", "ZM005"]);
    assert_eq!(
        count(|item| item.handler.mode == Mode::Enters && !item.needs_network),
        0
    );
}

#[test]
fn nothing_is_added_to_an_item_or_material_that_is_not_in_the_list() {
    let additions: Value = serde_json::from_str(ADDITIONS).unwrap();
    let titles = additions["sensitiveTitles"].as_array().unwrap().iter();
    for code in titles.map(|code| code.as_str().unwrap()) {
        assert!(catalogue().item(code).is_some(), "{code}");
    }
    for (code, added) in additions["items"].as_object().unwrap() {
        let item = catalogue().item(code).unwrap();
        for material in added["materials"]
            .as_object()
            .iter()
            .flat_map(|added| added.keys())
        {
            assert!(item.material(material).is_some(), "{code} {material}");
        }
    }
    for code in additions["materials"].as_object().unwrap().keys() {
        let items = catalogue().items().iter().flat_map(|item| &item.materials);
        let mut all = items.chain(catalogue().agent_materials());
        assert!(all.any(|material| material.code == *code), "{code}");
    }
}

#[test]
fn what_we_do_not_decide_we_only_collect() {
    for item in catalogue().items() {
        let ours = item.handler.mode == Mode::Decides;
        assert_eq!(
            item.role,
            if ours { Role::Decides } else { Role::Collects },
            "{}",
            item.code
        );
    }
}

#[test]
fn the_public_name_of_a_sensitive_item_tells_nothing() {
    for code in [
        "CL001", "MZ001", "MZ014", "YL006", "ZF002", "DQ007", "SF002", "WJ011",
    ] {
        assert_eq!(item(code).public_name.zh, "您办理的业务", "{code}");
        assert!(item(code).sensitive_title, "{code}");
    }
    assert_eq!(item("YL003").public_name, item("YL003").name);
    let also = [
        "MZ001", "MZ002", "MZ003", "MZ004", "MZ005", "MZ006", "MZ007", "MZ008", "MZ013", "MZ014",
        "YL006", "YL007", "ZF001", "ZF002", "DQ006", "DQ007", "SF002",
    ];
    let found: BTreeSet<_> = codes(|item| item.sensitive_title && !item.sensitive)
        .into_iter()
        .collect();
    assert_eq!(found, also.into_iter().collect());
}

#[test]
fn everybody_finds_every_item_by_everyday_words() {
    for item in catalogue().items() {
        let chinese = item.aliases.iter().filter(|word| !word.is_ascii()).count();
        let english = item.aliases.iter().filter(|word| word.is_ascii()).count();
        assert!((3..=6).contains(&chinese), "{} {chinese}", item.code);
        assert!((1..=2).contains(&english), "{} {english}", item.code);
    }
    for (word, code) in [
        ("老年卡", "YL003"),
        ("房租补贴", "ZF002"),
        ("转学证明", "JX001"),
    ] {
        assert!(
            item(code).aliases.iter().any(|alias| alias == word),
            "{word}"
        );
    }
}

#[test]
fn no_identity_card_is_kept() {
    let of_agents = catalogue().agent_materials().iter();
    let all = catalogue()
        .items()
        .iter()
        .flat_map(|item| &item.materials)
        .chain(of_agents);
    let cards: Vec<_> = all
        .filter(|material| material.name.zh.contains("身份证"))
        .collect();
    assert!(cards.len() > 127);
    assert!(cards.iter().all(|card| card.handling == Handling::Show));
    assert_eq!(catalogue().agent_materials().len(), 2);
}

#[test]
fn a_residence_permit_asks_for_one_of_work_housing_or_schooling() {
    let rest = ["APP", "ID", "PH"];
    assert_eq!(missing("HJ002", &rest, None), ["RESID"]);
    for one in ["RESID", "WORKP", "STUDY"] {
        let here = [&rest[..], &[one]].concat();
        assert!(missing("HJ002", &here, None).is_empty(), "{one}");
    }
    let group = item("HJ002").material("STUDY").unwrap();
    assert_eq!(
        item("HJ002").requirement(group, None).zh,
        "合法稳定居住材料、合法稳定就业材料、连续就读材料(任一即可)"
    );
    let owed = item("HJ002").deferrable(&ticked(&rest), None).unwrap();
    assert_eq!(owed.len(), 1);
}

#[test]
fn a_group_may_follow_only_when_each_of_its_members_may() {
    let mut item = item("HJ002").clone();
    let strict = item
        .materials
        .iter_mut()
        .find(|material| material.code == "WORKP")
        .unwrap();
    strict.deferrable = false;
    let rest = ticked(&["APP", "ID", "PH"]);
    assert_eq!(item.required_missing(&rest, None)[0].code, "WORKP");
    assert_eq!(item.deferrable(&rest, None), None);
}

#[test]
fn a_situation_leaves_out_what_it_does_not_need_and_no_choice_leaves_out_nothing() {
    let here = ["REG", "ID"];
    assert!(missing("YL002", &here, Some(1)).is_empty());
    assert_eq!(missing("YL002", &here, Some(2)), ["DEATH"]);
    assert_eq!(missing("YL002", &here, None), ["DEATH"]);
    assert!(item("YL002").has_situation(Some(2)));
    assert!(!item("YL002").has_situation(Some(3)));
    assert!(item("YL002").has_situation(None));
}

#[test]
fn nothing_is_deferred_when_all_is_there_or_something_may_not_follow() {
    let item = item("MZ001");
    let all: Vec<&str> = item
        .materials
        .iter()
        .map(|material| material.code.as_str())
        .collect();
    assert_eq!(item.deferrable(&ticked(&all), None), None);
    let without = |left_out: &str| {
        let here: Vec<&str> = all
            .iter()
            .copied()
            .filter(|code| *code != left_out)
            .collect();
        item.deferrable(&ticked(&here), None).map(|owed| owed.len())
    };
    assert_eq!(without("MED"), Some(1));
    assert_eq!(without("INC"), None);
}

#[test]
fn a_case_can_keep_an_item_and_read_it_back() {
    for item in catalogue().items() {
        let kept = serde_json::to_string(item).unwrap();
        assert_eq!(&serde_json::from_str::<Item>(&kept).unwrap(), item);
    }
}

/// Something done wrong to a list.
type Slip = fn(&mut Value);

fn problems_after(change: impl FnOnce(&mut Value)) -> Vec<CatalogueProblem> {
    let mut base: Value = serde_json::from_str(BASE).unwrap();
    change(&mut base);
    Catalogue::from_json(&base.to_string(), ADDITIONS)
        .unwrap_err()
        .problems
}

#[test]
fn a_list_that_is_not_whole_is_told_everything_that_is_wrong() {
    let mz001 = || "MZ001".to_owned();
    let cases: [(Slip, CatalogueProblem); 10] = [
        (
            |list| list["itemCount"] = json!(144),
            CatalogueProblem::Count {
                announced: 144,
                found: 145,
            },
        ),
        (
            |list| list["items"][0]["handler"]["dept"] = json!("XYZ"),
            CatalogueProblem::UnknownDepartment { code: mz001() },
        ),
        (
            |list| list["items"][0]["group"] = json!("YL"),
            CatalogueProblem::WrongGroup { code: mz001() },
        ),
        (
            |list| list["items"][0]["materials"] = json!([]),
            CatalogueProblem::WrongMaterials { code: mz001() },
        ),
        (
            |list| list["items"][0]["promisedDays"] = json!(0),
            CatalogueProblem::WrongDays { code: mz001() },
        ),
        (
            |list| list["items"][0]["result"]["en"] = json!(" "),
            CatalogueProblem::Unnamed { code: mz001() },
        ),
        (
            |list| list["items"][0]["materials"][1]["handling"] = json!("keep"),
            CatalogueProblem::KeepsIdentityCard { code: mz001() },
        ),
        (
            |list| list["items"][0]["materials"][1]["when"] = json!([4]),
            CatalogueProblem::WrongSituation { code: mz001() },
        ),
        (
            |list| list["items"][0]["role"] = json!("accepts"),
            CatalogueProblem::WrongDelegation { code: mz001() },
        ),
        (
            |list| list["items"][0]["promisedDays"] = json!(-1),
            CatalogueProblem::Unreadable {
                part: mz001(),
                line: 0,
            },
        ),
    ];
    for (change, expected) in cases {
        let found = problems_after(change);
        assert!(found.contains(&expected), "{expected:?} not in {found:?}");
    }
    let both = problems_after(|list| {
        list["items"][1]["zh"] = list["items"][0]["zh"].clone();
        list["items"][2]["code"] = json!("MZ002");
        list["items"][3]["code"] = json!("mz4");
        list["items"][4]["materials"][0]["anyOf"] = json!("alone");
    });
    for expected in [
        CatalogueProblem::DuplicateName {
            name: "最低生活保障申请".to_owned(),
        },
        CatalogueProblem::DuplicateCode {
            code: "MZ002".to_owned(),
        },
        CatalogueProblem::WrongCode {
            code: "mz4".to_owned(),
        },
        CatalogueProblem::WrongAlternatives {
            code: "MZ005".to_owned(),
        },
    ] {
        assert!(both.contains(&expected), "{expected:?} not in {both:?}");
    }
    let broken = Catalogue::from_json("[", ADDITIONS).unwrap_err();
    assert_eq!(
        broken.problems,
        [CatalogueProblem::Unreadable {
            part: "list".to_owned(),
            line: 1
        }]
    );
}

#[test]
fn the_communitys_own_list_may_say_what_we_only_added() {
    let mut base: Value = serde_json::from_str(BASE).unwrap();
    base["items"][0]["aliases"] = json!(["救济"]);
    base["items"][0]["role"] = json!("accepts");
    base["items"][0]["delegation"] = json!("周政发〔2026〕9号");
    let own = Catalogue::from_json(&base.to_string(), ADDITIONS).unwrap();
    let item = own.item("MZ001").unwrap();
    assert_eq!(item.aliases, ["救济"]);
    assert_eq!(item.role, Role::Accepts);
}

#[test]
fn the_national_list_of_certificates_has_twenty_entries() {
    let national: Vec<u8> = banned_certificates()
        .iter()
        .filter(|banned| banned.list == BannedList::National)
        .map(|banned| banned.no)
        .collect();
    assert_eq!(national, (1..=20).collect::<Vec<_>>());
    let tables: Value = serde_json::from_str(include_str!("../data/code_tables.json")).unwrap();
    for (row, banned) in tables["badCertificate"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .zip(banned_certificates())
    {
        assert_eq!(row["zh"], json!(banned.name.zh));
    }
    for banned in banned_certificates() {
        assert!(
            !banned.take.is_empty() && !banned.aliases.is_empty(),
            "{}",
            banned.no
        );
        if let Some(code) = &banned.department_code {
            assert!(
                catalogue().department(code.as_str()).is_some(),
                "{}",
                banned.no
            );
        }
    }
}

#[test]
fn whoever_asks_for_a_certificate_we_must_not_issue_is_sent_to_the_right_door() {
    for (words, name, department) in [
        ("无犯罪证明", "无犯罪记录证明", "派出所"),
        ("开 无犯罪记录证明", "无犯罪记录证明", "派出所"),
        ("婚姻证明", "婚姻状况证明", "婚姻登记处"),
        ("单身证明", "婚姻状况证明", "婚姻登记处"),
        ("转学证明", "转学证明", "教育办公室"),
        ("转学", "转学证明", "教育办公室"),
        ("健在证明", "健在证明", "社会保障所"),
        ("我要开遗失证明", "证件遗失证明", "发证机关"),
        ("missing person", "人员失踪证明", "派出所"),
    ] {
        let found = banned_meant_by(words);
        assert_eq!(found[0].name.zh, name, "{words}");
        assert!(found[0].department.zh.contains(department), "{words}");
    }
    for words in ["", "证", "老年卡", "公租房"] {
        assert!(banned_meant_by(words).is_empty(), "{words}");
    }
}
