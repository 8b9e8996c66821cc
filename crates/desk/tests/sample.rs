//! The sample community is what it says it is: the same for the same seed, invented throughout, and
//! alive on the day it is looked at.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use yichuang_desk::{
    Answer, Clock, Desk, DeskOptions, Language, Sample, WindowKind, day_of, read_moment, sample,
};
use yichuang_domain::{
    cases::{
        case::{Case, Effect},
        catalogue::Catalogue,
        event::CaseEvent,
        transition::Step,
    },
    office::calendar::Calendar,
    record::{Id, Kind},
    register::{
        address::Address, identity::IdNumber, name::PersonName, person::Person, phone::Phone,
    },
};
use yichuang_store::Store;

const NOW: &str = "2026-11-24T10:00";
const PASSWORD: &str = "柚子 灯塔 算盘 蓝鲸";

fn clock() -> Clock {
    Clock::starting_at(read_moment(NOW).unwrap())
}

fn make(data: &Path, seed: u64, people: Option<u32>, cases: Option<u32>) -> Answer {
    let wanted = Sample {
        data: data.to_owned(),
        password: PASSWORD.to_owned(),
        seed,
        people,
        cases,
        clock: clock(),
    };
    sample(&wanted, Language::Zh, |_people, _cases| ())
}

fn done(answer: Answer) -> Value {
    match answer {
        Answer::Done { value } => value,
        other => panic!("{other:?}"),
    }
}

/// Everything a sample holds.
struct Made {
    said: Value,
    people: BTreeMap<Id, Person>,
    cases: BTreeMap<Id, Case>,
    enquiries: usize,
    folder: TempDir,
}

impl Made {
    fn new(seed: u64, people: Option<u32>, cases: Option<u32>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let said = done(make(&data, seed, people, cases));
        let mut store = Store::open(&data).unwrap();
        let first = staff_id(&data, "王丽");
        store.unlock(first, PASSWORD).unwrap();
        assert!(store.verify().unwrap().is_sound());
        let people = store.records(&Kind::PERSON).unwrap();
        let cases = store.records(&Kind::CASE).unwrap();
        Self {
            said,
            people: people
                .iter()
                .map(|one| (one.id, Person::of(one.id, &one.folded).unwrap()))
                .collect(),
            cases: cases
                .iter()
                .map(|one| (one.id, Case::of(one.id, &one.folded).unwrap()))
                .collect(),
            enquiries: store.records(&Kind::ENQUIRY).unwrap().len(),
            folder,
        }
    }

    fn desk(&self) -> Desk {
        let desk = Desk::open(DeskOptions {
            data: self.folder.path().join("data"),
            export: self.folder.path().join("export"),
            clock: clock(),
            fonts: None,
        });
        let desk = desk.unwrap();
        let input = json!({ "person": "王丽", "password": PASSWORD });
        done(desk.call(WindowKind::Clerk, "unlock", input));
        desk
    }
}

fn staff_id(data: &Path, name: &str) -> Id {
    let shown: Value =
        serde_json::from_slice(&std::fs::read(data.join("lock-screen.json")).unwrap()).unwrap();
    let staff = shown["staff"].as_array().unwrap();
    let one = staff.iter().find(|one| one["name"] == name).unwrap();
    Id::parse(one["id"].as_str().unwrap()).unwrap()
}

/// The default community, made once: several promises are about it.
static USUAL: LazyLock<Made> = LazyLock::new(|| Made::new(1, None, None));

/// A case, its number, and its steps with their times.
type Told = (Id, String, Vec<(String, i64)>);

/// One test: a runner that gives each test a process of its own would make the community eight times.
#[test]
fn the_usual_community_is_what_it_says_it_is() {
    the_usual_community_has_the_households_and_people_of_the_article();
    nobody_in_it_exists();
    its_names_are_those_a_clerk_meets();
    elders_have_the_old_codes_of_kunshan_and_many_come_from_elsewhere();
    what_must_be_sealed_is_not_in_it();
    every_item_but_the_referral_came_to_the_window();
    every_step_was_allowed_and_made_on_a_working_day_by_who_works_here();
    the_desk_is_alive_today();
}

#[test]
fn the_same_seed_makes_the_same_community_and_another_seed_another() {
    let one = Made::new(7, Some(200), Some(90));
    let again = Made::new(7, Some(200), Some(90));
    assert_eq!(one.people, again.people);
    // Who works here and which machine it is are new every time; what happened is not.
    let told = |made: &Made| -> Vec<Told> {
        let lines = |case: &Case| {
            case.history
                .iter()
                .map(|line| (line.name.clone(), line.time))
                .collect()
        };
        let cases = made.cases.values();
        cases
            .map(|case| (case.id, case.receipt.number.clone(), lines(case)))
            .collect()
    };
    assert_eq!(told(&one), told(&again));
    let other = Made::new(8, Some(200), Some(90));
    assert_ne!(one.people.keys().next(), other.people.keys().next());
}

#[test]
fn it_is_as_large_as_it_is_told_to_be() {
    for (people, cases) in [(1, 0), (100, 5), (1_234, 60)] {
        let made = Made::new(3, Some(people), Some(cases));
        // The people of the stories are always there.
        assert_eq!(made.people.len(), usize::try_from(people.max(32)).unwrap());
        assert_eq!(made.cases.len(), usize::try_from(cases).unwrap());
        assert_eq!(made.said["people"], json!(made.people.len()));
        assert_eq!(made.said["refused_steps"], 0);
    }
}

fn the_usual_community_has_the_households_and_people_of_the_article() {
    let homes: BTreeSet<Address> = USUAL
        .people
        .values()
        .filter_map(|person| person.address)
        .collect();
    assert_eq!(homes.len(), 3_351);
    assert!(
        (4_100..=4_200).contains(&USUAL.people.len()),
        "{}",
        USUAL.people.len()
    );
    let heads = USUAL
        .people
        .values()
        .filter(|person| person.relation.as_deref() == Some("02"));
    assert_eq!(heads.count(), 3_351);
    let buildings: BTreeSet<u32> = homes.iter().map(|home| home.building).collect();
    assert!((40..=75).contains(&buildings.len()), "{}", buildings.len());
}

fn nobody_in_it_exists() {
    let today = day_of(clock().now_ms());
    let mut numbers = BTreeSet::new();
    for person in USUAL.people.values() {
        assert_eq!(
            PersonName::parse(&person.name).unwrap().as_str(),
            person.name
        );
        let number = person.id_number.as_deref().unwrap();
        assert!(numbers.insert(number), "a number given twice");
        if number.len() == 18 {
            IdNumber::parse(number, today).unwrap();
            let sequence: String = number.chars().skip(14).take(3).collect();
            // Those of the published examples of foreigners' cards are 991, too.
            assert!(
                (990..=995).contains(&sequence.parse::<u32>().unwrap()),
                "a sequence that registers give out"
            );
        }
        for phone in &person.phones {
            assert!(phone.starts_with("154") && Phone::parse(phone).is_ok());
        }
    }
}

fn its_names_are_those_a_clerk_meets() {
    let has = |wanted: &dyn Fn(&str) -> bool| USUAL.people.values().any(|one| wanted(&one.name));
    for rare in [
        "𬭎", "𫖯", "䶮", "㛃", "𣲗", "𬱖", "喆", "堃", "祎", "彧", "翀", "昇",
    ] {
        assert!(has(&|name| name.contains(rare)), "{rare}");
    }
    for surname in [
        "单", "仇", "解", "查", "曾", "区", "朴", "任", "盖", "翟", "覃", "乐", "缪", "过", "欧阳",
        "尉迟", "万俟",
    ] {
        assert!(has(&|name| name.starts_with(surname)), "{surname}");
    }
    let dotted = USUAL
        .people
        .values()
        .filter(|one| one.name.contains('·'))
        .count();
    let latin = USUAL
        .people
        .values()
        .filter(|one| one.name.is_ascii())
        .count();
    assert!(dotted > 10 && latin > 10, "{dotted} {latin}");
}

fn elders_have_the_old_codes_of_kunshan_and_many_come_from_elsewhere() {
    let count = |prefix: &str| {
        let numbers = USUAL
            .people
            .values()
            .filter_map(|one| one.id_number.as_deref());
        numbers.filter(|number| number.starts_with(prefix)).count()
    };
    for code in ["320523", "322726", "329012", "320583", "81", "83", "932"] {
        assert!(count(code) > 0, "{code}");
    }
    let migrants = USUAL
        .people
        .values()
        .filter(|one| one.residency.as_deref() == Some("MG"));
    assert!(migrants.count() > 1_200);
}

fn what_must_be_sealed_is_not_in_it() {
    let tags: BTreeSet<&str> = USUAL
        .people
        .values()
        .flat_map(|person| person.tags.iter().map(|tag| tag.code.as_str()))
        .collect();
    for sealed in ["M1", "J1", "J2", "J3", "F1"] {
        assert!(!tags.contains(sealed), "{sealed}");
    }
    for usual in ["E1", "E2", "E3", "D1", "A1", "V1", "P1", "W1", "W2"] {
        assert!(tags.contains(usual), "{usual}");
    }
}

fn every_item_but_the_referral_came_to_the_window() {
    let came: BTreeSet<&str> = USUAL
        .cases
        .values()
        .map(|case| case.item().code.as_str())
        .collect();
    let missing: Vec<&str> = Catalogue::builtin()
        .items()
        .iter()
        .map(|item| item.code.as_str())
        .filter(|code| !came.contains(code))
        .collect();
    assert_eq!(missing, ["ZM006"]);
    assert!(USUAL.enquiries > 200);
}

fn every_step_was_allowed_and_made_on_a_working_day_by_who_works_here() {
    let data = USUAL.folder.path().join("data");
    let staff = ["王丽", "李强", "赵珊"].map(|name| staff_id(&data, name));
    let mut steps: BTreeSet<Step> = BTreeSet::new();
    for case in USUAL.cases.values() {
        assert!(case.cards.is_empty(), "{}", case.receipt.number);
        for line in &case.history {
            assert!(
                matches!(line.effect, Effect::Applied | Effect::Displaced(_)),
                "{:?}",
                line.effect
            );
            assert!(Calendar::builtin().is_working(day_of(line.time)));
            assert!(line.time <= clock().now_ms() + 1_000);
            assert!(staff.contains(&line.actor));
            steps.extend(line.event.as_ref().and_then(CaseEvent::step));
        }
    }
    assert_eq!(steps, all_steps(), "every kind of step happened");
    assert_eq!(USUAL.said["refused_steps"], 0);
}

fn all_steps() -> BTreeSet<Step> {
    let table = yichuang_domain::cases::transition::TRANSITIONS;
    table.iter().map(|row| row.step).collect()
}

#[test]
fn in_small_samples_of_any_seed_every_kind_of_step_happened_and_none_was_refused() {
    for seed in 11..14 {
        let made = Made::new(seed, Some(150), Some(120));
        let lines = made.cases.values().flat_map(|case| &case.history);
        let steps: BTreeSet<Step> = lines
            .filter_map(|line| line.event.as_ref().and_then(CaseEvent::step))
            .collect();
        assert_eq!(steps, all_steps(), "seed {seed}");
        assert_eq!(made.said["refused_steps"], 0, "seed {seed}");
    }
}

fn the_desk_is_alive_today() {
    let home = done(USUAL.desk().call(WindowKind::Clerk, "home", json!({})));
    let count = |name: &str| home[name].as_u64().unwrap();
    assert!((1..=15).contains(&count("overdue")), "{}", count("overdue"));
    assert!(count("due_today") >= 1, "due today");
    assert!(count("due_soon") >= 2, "due soon");
    for tray in home["trays"].as_array().unwrap() {
        assert!(
            tray["count"].as_u64().unwrap() >= 1,
            "{} is empty",
            tray["tray"]
        );
    }
    let open = USUAL
        .cases
        .values()
        .filter(|case| case.state.is_open() && !case.is_void);
    let open = open.count();
    assert_eq!(json!(open), USUAL.said["open"]);
    assert!((40..=70).contains(&open), "{open} open");
    let is_owing = |case: &&Case| case.state.is_open() && !case.owed.is_empty();
    assert!(USUAL.cases.values().filter(is_owing).count() >= 1);
}

#[test]
fn a_folder_with_a_community_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    done(make(&data, 1, Some(40), Some(0)));
    let before = std::fs::read(data.join("vault.toml")).unwrap();
    let Answer::Refused { refusal } = make(&data, 1, Some(40), Some(0)) else {
        panic!("made twice");
    };
    assert_eq!(refusal.reason, "already_founded");
    assert_eq!(std::fs::read(data.join("vault.toml")).unwrap(), before);
}

#[test]
fn a_password_that_is_easy_to_guess_founds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let wanted = Sample {
        data: data.clone(),
        password: "12345678".to_owned(),
        seed: 1,
        people: Some(40),
        cases: Some(0),
        clock: clock(),
    };
    let Answer::Refused { refusal } = sample(&wanted, Language::En, |_, _| ()) else {
        panic!("founded");
    };
    assert_eq!(refusal.reason, "weak_password");
    assert!(!data.join("vault.toml").exists());
}

#[test]
fn a_case_on_a_list_says_what_its_page_says() {
    let made = Made::new(3, Some(60), Some(80));
    let desk = made.desk();
    let cases = done(desk.call(WindowKind::Clerk, "cases", json!({ "limit": 500 })));
    let rows = cases["cases"].as_array().unwrap();
    assert!(rows.len() > 5, "{}", rows.len());
    for row in rows {
        let input = json!({ "number": row["number"] });
        let page = done(desk.call(WindowKind::Clerk, "case", input));
        for field in ["title", "state_text", "light", "waiting_for", "received_on"] {
            assert_eq!(row[field], page[field], "{field} of {}", row["number"]);
        }
    }
    let open: Vec<&Case> = made
        .cases
        .values()
        .filter(|case| case.state.is_open() && !case.is_void)
        .collect();
    assert_eq!(rows.len(), open.len());
}
