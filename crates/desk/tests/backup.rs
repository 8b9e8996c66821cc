//! Backups as whoever works here meets them: chosen, made, warned of, and come back from.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, RefusalView, WindowKind, read_moment};

use crate::office::{Office, STAFF, intake, item};

const MORNING: &str = "2026-11-24T10:42";
const PASSWORD: &str = "柚子 灯塔 算盘 蓝鲸";
const NEW_PASSWORD: &str = "plum-river-47-lantern";

/// A desk without helpers, as it is before its community.
struct Bare {
    desk: Desk,
    folder: tempfile::TempDir,
}

impl Bare {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = opened(&folder.path().join("data"), MORNING);
        std::fs::create_dir(folder.path().join("stick")).unwrap();
        Self { desk, folder }
    }

    fn stick(&self) -> PathBuf {
        self.folder.path().join("stick")
    }

    /// Founds a community and gives its printed code.
    fn found(&self) -> String {
        let person = |place: usize| json!({ "name": STAFF[place], "password": PASSWORD });
        let founded = done(
            &self.desk,
            "found",
            json!({
                "community": office::COMMUNITY,
                "clerks": [person(0), person(1)],
                "supervisor": person(2),
            }),
        );
        founded["recovery_code"].as_str().unwrap().to_owned()
    }

    fn choose_stick(&self) {
        let folder = self.stick();
        done(&self.desk, "set_backup_folder", json!({ "folder": folder }));
    }

    fn back_up(&self) -> Value {
        done(&self.desk, "back_up", json!({}));
        finished(&self.desk)
    }

    fn unlock(&self, password: &str) {
        self.unlock_as(STAFF[0], password);
    }

    fn unlock_as(&self, person: &str, password: &str) {
        let input = json!({ "person": person, "password": password });
        done(&self.desk, "unlock", input);
    }
}

fn opened(data: &Path, moment: &str) -> Desk {
    Desk::open(DeskOptions {
        data: data.to_owned(),
        export: data.join("export"),
        clock: Clock::starting_at(read_moment(moment).unwrap()),
        fonts: None,
    })
    .unwrap()
}

fn done(desk: &Desk, call: &str, input: Value) -> Value {
    match desk.call(WindowKind::Clerk, call, input) {
        Answer::Done { value } => value,
        other => panic!("{call}: {other:?}"),
    }
}

fn refused(desk: &Desk, call: &str, input: Value) -> RefusalView {
    match desk.call(WindowKind::Clerk, call, input) {
        Answer::Refused { refusal } => refusal,
        other => panic!("{call}: {other:?}"),
    }
}

fn problem(desk: &Desk, call: &str, input: Value) -> String {
    let refusal = refused(desk, call, input);
    assert_eq!(refusal.reason, "backup", "{call}: {}", refusal.text);
    assert!(refusal.text.chars().count() > 20, "{}", refusal.text);
    refusal.details["problem"].as_str().unwrap().to_owned()
}

/// How backups stand once none is being made.
fn finished(desk: &Desk) -> Value {
    let began = Instant::now();
    loop {
        let state = done(desk, "backup_state", json!({}));
        if state["running"].is_null() {
            return state;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "{state}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn notes(desk: &Desk) -> String {
    done(desk, "home", json!({}))["notes"].to_string()
}

fn take_in(desk: &Desk, person: &str) -> Value {
    let ours = item(|one| one.code.as_str() == "ZM002");
    let input = json!({
        "intake": intake(ours, person, &[]),
        "decision": { "decision": "accept" },
    });
    done(desk, "take_in", input)
}

fn resident(desk: &Desk) -> String {
    let input = json!({ "name": office::RESIDENT, "id_number": office::ID_NUMBER });
    let entered = done(desk, "register_resident", input);
    entered["id"].as_str().unwrap().to_owned()
}

fn numbers(desk: &Desk) -> BTreeSet<String> {
    let cases = done(desk, "cases", json!({ "filter": "all" }));
    let rows = cases["cases"].as_array().unwrap();
    rows.iter()
        .map(|case| case["number"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn set_up_ends_with_a_first_backup_before_anybody_unlocks() {
    let bare = Bare::new();
    assert_eq!(
        refused(&bare.desk, "back_up", json!({})).reason,
        "not_founded"
    );
    bare.found();
    assert_eq!(problem(&bare.desk, "back_up", json!({})), "no_folder");
    bare.choose_stick();
    let state = bare.back_up();
    assert!(state["last"]["commits"].as_u64().unwrap() == 1 && state["warning"].is_null());
    assert_eq!(std::fs::read_dir(bare.stick()).unwrap().count(), 1);

    bare.unlock(PASSWORD);
    assert!(!notes(&bare.desk).contains("备份"));
    done(&bare.desk, "lock", json!({}));
    for call in [
        "backup_state",
        "back_up",
        "put_off_backup",
        "print_recovery_sheet",
    ] {
        assert_eq!(
            refused(&bare.desk, call, json!({})).reason,
            "locked",
            "{call}"
        );
    }
}

#[test]
fn not_yet_is_shown_on_the_home_page_until_there_is_one() {
    let bare = Bare::new();
    bare.found();
    let state = done(&bare.desk, "put_off_backup", json!({}));
    assert_eq!(state["put_off"], json!(true));
    bare.unlock(PASSWORD);
    assert!(notes(&bare.desk).contains("还没有备份"));
    bare.choose_stick();
    assert!(
        notes(&bare.desk).contains("还没有备份"),
        "choosing is not backing up"
    );
    assert_eq!(bare.back_up()["put_off"], json!(false));
    assert!(!notes(&bare.desk).contains("备份"));
}

#[test]
fn a_folder_that_is_no_place_for_a_backup_is_refused_and_a_lost_one_told() {
    let bare = Bare::new();
    bare.found();
    let data = bare.folder.path().join("data");
    for (folder, why) in [
        (String::new(), "no_folder"),
        ("/no/such/place".to_owned(), "folder_gone"),
        (data.join("vault.toml").display().to_string(), "folder_gone"),
        (data.display().to_string(), "inside_data"),
        (data.join("journal").display().to_string(), "inside_data"),
    ] {
        let input = json!({ "folder": folder });
        assert_eq!(
            problem(&bare.desk, "set_backup_folder", input),
            why,
            "{folder}"
        );
    }
    bare.choose_stick();
    bare.unlock(PASSWORD);
    std::fs::remove_dir(bare.stick()).unwrap();
    let state = bare.back_up();
    assert!(state["last"].is_null());
    assert!(state["failure"].as_str().unwrap().contains("U 盘"));
    assert!(notes(&bare.desk).contains("U 盘"), "home says it too");
    std::fs::create_dir(bare.stick()).unwrap();
    assert!(bare.back_up()["failure"].is_null());
}

#[test]
fn noon_and_the_end_of_the_day_make_one_by_themselves_when_there_is_news() {
    let bare = Bare::new();
    bare.found();
    bare.choose_stick();
    bare.back_up();
    bare.unlock(PASSWORD);
    let count = || {
        finished_or_locked(&bare.desk);
        std::fs::read_dir(bare.stick()).unwrap().count()
    };
    bare.desk.tend();
    bare.desk.close().unwrap();
    assert_eq!(count(), 1, "nothing is new, and it is not noon");
    bare.unlock(PASSWORD);
    resident(&bare.desk);
    bare.desk.tend();
    assert_eq!(count(), 1, "it is not noon");
    bare.desk.close().unwrap();
    assert_eq!(count(), 2);
    bare.desk.close().unwrap();
    assert_eq!(count(), 2, "nothing is new");

    let Bare { desk, folder } = bare;
    drop(desk);
    let desk = opened(&folder.path().join("data"), "2026-11-24T12:00");
    let stick = folder.path().join("stick");
    desk.tend();
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 2, "still shut");
    let input = json!({ "person": STAFF[0], "password": PASSWORD });
    done(&desk, "unlock", input);
    take_in(&desk, &first_person(&desk));
    desk.tend();
    finished(&desk);
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 3);
    done(&desk, "lock", json!({}));
    desk.tend();
    drop(desk);
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 3, "once a noon");
}

fn finished_or_locked(desk: &Desk) {
    if let Answer::Done { .. } = desk.call(WindowKind::Clerk, "backup_state", json!({})) {
        finished(desk);
    }
}

fn first_person(desk: &Desk) -> String {
    let found = done(desk, "search", json!({ "text": office::ID_NUMBER }));
    found["hits"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_day_without_one_is_told_at_home() {
    let office = Office::at(MORNING);
    let stick = tempfile::tempdir().unwrap();
    office.done("set_backup_folder", json!({ "folder": stick.path() }));
    office.done("back_up", json!({}));
    while !office.done("backup_state", json!({}))["running"].is_null() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let said = |office: &Office| office.done("home", json!({}))["notes"].to_string();
    office.resident();
    office.open("2026-11-25T10:00", STAFF[0]);
    assert!(!said(&office).contains("备份"));
    office.open("2026-11-25T10:45", STAFF[0]);
    assert!(
        said(&office).contains("上次备份是 11月24日 10:42"),
        "{}",
        said(&office)
    );
}

#[test]
fn a_restored_desk_reads_every_case_and_repeats_no_number_beside_the_original() {
    let bare = Bare::new();
    let code = bare.found();
    bare.choose_stick();
    bare.unlock(PASSWORD);
    let person = resident(&bare.desk);
    for _case in 0..5 {
        take_in(&bare.desk, &person);
    }
    let file = bare.back_up()["last"]["file"].clone();
    let before = numbers(&bare.desk);

    let new = Bare::new();
    let input = |code: &str| json!({ "file": file, "code": code, "password": NEW_PASSWORD });
    let weak = json!({ "file": file, "code": code, "password": "12345678" });
    assert_eq!(
        refused(&new.desk, "restore_backup", weak).reason,
        "weak_password"
    );
    let wrong = "04HM-ASW9-NF6Y-Y00H-48SM-8NB6-EWHZ";
    assert_eq!(
        problem(&new.desk, "restore_backup", input(wrong)),
        "wrong_code"
    );
    let restored = done(&new.desk, "restore_backup", input(&code));
    assert_eq!(restored["letter"], json!("B"));
    assert_eq!(restored["station"], json!(2));
    assert_eq!(restored["people"].as_array().unwrap().len(), 3);
    let again = refused(&new.desk, "restore_backup", input(&code));
    assert_eq!(again.reason, "already_founded");

    new.unlock(NEW_PASSWORD);
    assert_eq!(numbers(&new.desk), before);
    for number in &before {
        let case = |desk: &Desk| done(desk, "case", json!({ "number": number }));
        let (theirs, ours) = (case(&bare.desk), case(&new.desk));
        assert_eq!(ours["timeline"], theirs["timeline"], "{number}");
        assert_eq!(ours["state"], theirs["state"]);
    }
    assert!(
        notes(&new.desk).contains("还没有备份"),
        "it needs one of its own"
    );
    assert_eq!(done(&new.desk, "verify", json!({}))["sound"], json!(true));

    // Both go on, on the same day.
    for desk in [&bare.desk, &new.desk] {
        for _case in 0..5 {
            take_in(desk, &person);
        }
    }
    let (theirs, ours) = (numbers(&bare.desk), numbers(&new.desk));
    let repeated: BTreeSet<_> = theirs.intersection(&ours).cloned().collect();
    assert_eq!(repeated, before, "only what the backup held");
    assert_eq!((theirs.len(), ours.len()), (10, 10));
    let step = json!({ "case": before.first().unwrap(), "outcome": "approved" });
    done(&new.desk, "decide_case", step);
    assert_eq!(done(&new.desk, "verify", json!({}))["sound"], json!(true));
}

#[test]
fn restricted_information_opens_again_after_a_restore_also_with_a_newer_sheet() {
    let bare = Bare::new();
    let old_code = bare.found();
    bare.choose_stick();
    bare.unlock_as(STAFF[2], PASSWORD);
    let person = resident(&bare.desk);
    let tag =
        json!({ "person": person, "code": "M1", "from": "2026-03-01", "source": "镇卫健办告知" });
    done(&bare.desk, "add_care_tag", tag);
    let look = json!({ "person": person, "reason": "上门走访前核对" });
    let opens_in = |file: &Value, code: &str| {
        let new = Bare::new();
        let input = json!({ "file": file, "code": code, "password": NEW_PASSWORD });
        done(&new.desk, "restore_backup", input);
        new.unlock_as(STAFF[2], NEW_PASSWORD);
        let opened = done(&new.desk, "open_restricted", look.clone());
        assert_eq!(opened["tags"][0]["code"], json!("M1"));
        assert_eq!(done(&new.desk, "verify", json!({}))["sound"], json!(true));
    };
    let first = bare.back_up()["last"]["file"].clone();
    opens_in(&first, &old_code);

    // A sheet made by somebody who cannot hand the key on would not open it.
    bare.unlock(PASSWORD);
    let input = json!({ "password": PASSWORD });
    let refusal = refused(&bare.desk, "new_recovery_sheet", input.clone());
    assert_eq!(refusal.reason, "sheet_needs_key_holder");
    bare.unlock_as(STAFF[2], PASSWORD);
    let sheet = done(&bare.desk, "new_recovery_sheet", input);
    let second = bare.back_up()["last"]["file"].clone();
    opens_in(&second, sheet["code"].as_str().unwrap());
}

#[test]
fn a_new_sheet_needs_the_password_and_is_on_record() {
    let office = Office::at(MORNING);
    let wrong = json!({ "password": "not the password" });
    assert_eq!(
        office.refused("new_recovery_sheet", wrong).reason,
        "wrong_password"
    );
    let nothing = office.refused("print_recovery_sheet", json!({}));
    assert_eq!(nothing.reason, "unknown_paper");
    let sheet = office.done("new_recovery_sheet", json!({ "password": PASSWORD }));
    assert_eq!(sheet["code"].as_str().unwrap().len(), 34);
    assert_eq!(sheet["number"], json!("HF-1-20261124-1042"));
    assert!(sheet["png"].as_str().unwrap().len() > 10_000, "{sheet}");
    assert_eq!(office.access_events("recovery_sheet"), 1);
}

#[test]
fn a_person_changes_their_own_password() {
    let office = Office::at(MORNING);
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    let weak = office.refused("change_password", change(PASSWORD, "12345678"));
    assert_eq!(
        (weak.reason.as_str(), weak.field.as_deref()),
        ("weak_password", Some("new"))
    );
    let wrong = office.refused("change_password", change("x", NEW_PASSWORD));
    assert_eq!(
        (wrong.reason.as_str(), wrong.field.as_deref()),
        ("wrong_password", Some("old"))
    );
    office.done("change_password", change(PASSWORD, NEW_PASSWORD));
    office.done("lock", json!({}));
    let input = |password: &str| json!({ "person": STAFF[0], "password": password });
    assert_eq!(
        office.refused("unlock", input(PASSWORD)).reason,
        "wrong_password"
    );
    office.done("unlock", input(NEW_PASSWORD));
}
