//! The community's own spreadsheets: looked at, taken in, taken in again, taken back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;
mod workbook;

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    office::{ID_NUMBER, Office, RESIDENT},
    workbook::{COMMUNITY, Planted, SHEETS, Size},
};

const MORNING: &str = "2026-11-24T10:42";
const SMALL: Size = Size {
    households: 60,
    registered: 40,
    migrant: 20,
    faults_percent: 10,
};

/// A folder for files from the community.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> Value {
        fs::write(self.path(name), text).unwrap();
        json!(self.path(name))
    }
}

fn look(office: &Office, path: &Value) -> Value {
    office.done("import_preview", json!({ "paths": [path] }))
}

/// Runs what was looked at to its end; gives the id that takes it back.
fn run(office: &Office) -> Value {
    loop {
        let progress = office.done("run_import", json!({}));
        if progress["finished"] == true {
            return progress["import"].clone();
        }
    }
}

fn count(office: &Office, list: &str) -> u64 {
    let listed = office.done("list_register", json!({ "list": list, "limit": 1 }));
    listed["total"].as_u64().unwrap()
}

fn rows(office: &Office, verdict: &str) -> Vec<Value> {
    let wanted = json!({ "verdicts": [verdict], "limit": 1000 });
    let found = office.done("import_rows", wanted);
    found["rows"].as_array().unwrap().clone()
}

fn sheet_of(row: &Value) -> &'static str {
    SHEETS
        .into_iter()
        .find(|name| row["sheet"] == *name)
        .unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

mod a_workbook_of_the_community {
    use super::*;

    #[test]
    fn is_taken_in_with_every_fault_named_and_changes_nothing_the_second_time() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let path = files.path("住户.xlsx");
        let made = workbook::make(&path, 7, COMMUNITY);
        assert_eq!(made.homes, 3_351);
        assert!(made.people >= 4_100, "{}", made.people);

        let seen = look(&office, &json!(path));
        assert_eq!(number(&seen["rows"]), u64::from(made.rows));
        let found: BTreeSet<Planted> = rows(&office, "refused")
            .iter()
            .map(|row| {
                let problems = row["problems"].as_array().unwrap();
                assert_eq!(problems.len(), 1, "{row}");
                let reason = problems[0]["reason"].as_str().unwrap();
                let planted = made.planted.iter().find(|planted| planted.reason == reason);
                Planted {
                    sheet: sheet_of(row),
                    row: u32::try_from(number(&row["row"])).unwrap(),
                    reason: planted.map_or("never planted", |planted| planted.reason),
                }
            })
            .collect();
        assert_eq!(found, made.planted);
        let kinds: BTreeSet<&str> = found.iter().map(|planted| planted.reason).collect();
        assert_eq!(kinds.len(), 10);
        let doubtful: BTreeSet<(&str, u32)> = rows(&office, "doubtful")
            .iter()
            .map(|row| (sheet_of(row), u32::try_from(number(&row["row"])).unwrap()))
            .collect();
        assert_eq!(doubtful, made.doubtful);

        run(&office);
        assert_eq!(count(&office, "people"), u64::from(made.people));
        let again = look(&office, &json!(path));
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&json!(0), &json!(0)),
            "{}",
            rows(&office, "changed").len()
        );
        let taken = made.rows as usize - made.planted.len() - made.doubtful.len();
        assert_eq!(again["same"], json!(taken));
        assert_eq!(again["to_write"], json!(0));
    }

    #[test]
    fn taken_back_it_leaves_nothing_and_taken_in_again_it_is_the_same_people() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let path = files.path("住户.xlsx");
        workbook::make(&path, 3, SMALL);
        let ids = |office: &Office| -> BTreeSet<String> {
            let list = json!({ "list": "people", "limit": 5000 });
            let rows = office.done("list_register", list)["rows"]
                .as_array()
                .unwrap()
                .clone();
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned())
                .collect()
        };
        look(&office, &json!(path));
        let import = run(&office);
        let first = ids(&office);
        assert!(first.len() > 100);

        let undone = office.done("undo_import", json!({ "import": import }));
        assert_eq!(undone["kept"], 0);
        assert_eq!(
            (count(&office, "people"), count(&office, "households")),
            (0, 0)
        );
        assert_eq!(office.done("search", json!({ "text": "王" }))["total"], 0);
        let refusal = office.refused("undo_import", json!({ "import": import }));
        assert_eq!(refusal.reason, "no_import");

        look(&office, &json!(path));
        run(&office);
        assert_eq!(ids(&office), first);
    }

    #[test]
    fn stopped_in_the_middle_leaves_nothing() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let path = files.path("住户.xlsx");
        let size = Size {
            registered: 700,
            ..SMALL
        };
        workbook::make(&path, 5, size);
        look(&office, &json!(path));
        let progress = office.done("run_import", json!({}));
        assert_eq!(
            (&progress["finished"], &progress["written"]),
            (&json!(false), &json!(500))
        );
        assert!(count(&office, "people") > 0);
        let undone = office.done("cancel_import", json!({}));
        assert_eq!(
            (&undone["undone"], &undone["kept"]),
            (&json!(500), &json!(0))
        );
        assert_eq!(
            (count(&office, "people"), count(&office, "households")),
            (0, 0)
        );
        assert_eq!(office.refused("run_import", json!({})).reason, "no_import");
    }

    #[test]
    fn two_seeds_give_two_workbooks_and_one_seed_one() {
        let files = Files::new();
        let bytes = |name: &str, seed| {
            let path = files.path(name);
            let made = workbook::make(&path, seed, SMALL);
            format!("{:?}", made.planted)
        };
        assert_eq!(bytes("a.xlsx", 1), bytes("b.xlsx", 1));
        assert_ne!(bytes("a.xlsx", 1), bytes("c.xlsx", 2));
    }
}

mod one_import {
    use super::*;

    const TWO: &str = "姓名,身份证号,电话,住址\n王𬭎,320583198103079911,15400001234,12-3-502\n李四,,15400005678,12-3-601\n";

    #[test]
    fn changes_only_what_the_sheet_says_and_gives_it_back() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let resident = office.resident();
        let path = files.write("a.csv", TWO);
        let seen = look(&office, &path);
        assert_eq!((&seen["new"], &seen["changed"]), (&json!(1), &json!(1)));
        let changed = rows(&office, "changed");
        assert_eq!(changed[0]["text"], "现住址、房屋、电话");

        let import = run(&office);
        let card =
            |office: &Office| office.done("resident", json!({ "id": resident }))["card"].clone();
        assert_eq!(card(&office)["address"], "12幢3单元502室");
        office.done("undo_import", json!({ "import": import }));
        assert_eq!(card(&office)["address"], "");
        assert_eq!(card(&office)["name"], RESIDENT);
        assert_eq!(count(&office, "people"), 1);
    }

    #[test]
    fn keeps_whom_somebody_has_worked_on_since() {
        let (office, files) = (Office::at(MORNING), Files::new());
        look(&office, &files.write("a.csv", TWO));
        let import = run(&office);
        let li = office.done("search", json!({ "text": "李四" }))["hits"][0]["id"].clone();
        office.done(
            "update_resident",
            json!({ "id": li, "phone": "15400009999" }),
        );
        let undone = office.done("undo_import", json!({ "import": import }));
        assert_eq!((&undone["undone"], &undone["kept"]), (&json!(3), &json!(1)));
        assert_eq!(count(&office, "people"), 1);
        let imports = office.done("imports", json!({}));
        assert_eq!(
            (&imports[0]["state"], &imports[0]["by"]),
            (&json!("undone"), &json!("王丽"))
        );
    }

    #[test]
    fn of_columns_nobody_understands_is_told_by_the_clerk_and_remembered() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let path = files.write(
            "a.csv",
            "姓名,身份证号,暗号\n王𬭎,320583198103079911,东区\n",
        );
        let seen = look(&office, &path);
        assert_eq!(seen["sheets"][0]["columns"][2]["field"], Value::Null);
        let mapped = office.done("import_preview", json!({ "map": { "暗号": "note" } }));
        assert_eq!(mapped["sheets"][0]["columns"][2]["field"], "note");
        run(&office);
        let other = files.write("b.csv", "姓名,身份证号,暗号\n李四,,西区\n");
        let seen = look(&office, &other);
        assert_eq!(seen["sheets"][0]["columns"][2]["field"], "note");

        let twice = json!({ "map": { "暗号": "id_number" } });
        let refusal = office.refused("import_preview", twice);
        assert_eq!(refusal.reason, "columns_refused");
        assert!(refusal.text.contains("证件号"), "{}", refusal.text);
    }

    #[test]
    fn shows_no_whole_number_before_or_after() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let wrong = TWO.replace("15400005678", "1540000567");
        let seen = look(&office, &files.write("a.csv", &wrong));
        let listed = format!(
            "{seen}{:?}{:?}",
            rows(&office, "new"),
            rows(&office, "refused")
        );
        run(&office);
        let list = json!({ "list": "people", "columns": ["name", "id_number", "phone"] });
        let after = office.done("list_register", list).to_string();
        for text in [listed, after] {
            assert!(
                !text.contains(ID_NUMBER) && !text.contains("15400001234"),
                "{text}"
            );
        }
    }

    #[test]
    fn saves_the_refused_rows_with_their_reason() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let wrong = TWO.replace("15400005678", "1540000567");
        look(&office, &files.write("a.csv", &wrong));
        let saved = office.done("save_refused_rows", json!({}));
        assert_eq!(saved["rows"], 1);
        let mended = office.done("import_preview", json!({ "paths": [saved["path"]] }));
        assert_eq!(
            (&mended["rows"], &mended["refused"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(office.access_events("export"), 1);
    }
}

mod a_file {
    use super::*;

    #[test]
    fn that_is_none_is_refused_by_name_and_the_desk_goes_on() {
        let (office, files) = (Office::at(MORNING), Files::new());
        for (name, bytes, trouble) in [
            ("a.xlsx", &b"PK\x03\x04 nothing"[..], "damaged"),
            ("b.xlsx", b"name,phone\n", "wrong_ending"),
            ("c.csv", b"a\0b", "encoding"),
            ("d.csv", b"", "empty"),
            ("e.pdf", b"%PDF", "not_a_spreadsheet"),
            ("f.xls", b"%PDF", "not_a_spreadsheet"),
            ("g.csv", "会议记录\n今天讨论\n".as_bytes(), "no_heads"),
        ] {
            fs::write(files.path(name), bytes).unwrap();
            let refusal = office.refused("import_preview", json!({ "paths": [files.path(name)] }));
            assert_eq!(
                (refusal.reason.as_str(), &refusal.details["trouble"]),
                ("file_refused", &json!(trouble)),
                "{name}"
            );
            assert!(refusal.text.contains(name), "{}", refusal.text);
        }
        let missing = json!({ "paths": [files.path("none.csv")] });
        assert_eq!(
            office.refused("import_preview", missing).details["trouble"],
            "missing"
        );
        assert_eq!(office.refused("import_rows", json!({})).reason, "no_import");
        assert_eq!(count(&office, "people"), 0);
    }

    #[test]
    fn may_be_written_in_gbk() {
        let (office, files) = (Office::at(MORNING), Files::new());
        fs::write(
            files.path("a.csv"),
            b"\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\n\xD5\xC5\xC8\xFD,15400001234\n",
        )
        .unwrap();
        let seen = look(&office, &json!(files.path("a.csv")));
        assert_eq!(seen["new"], 1);
        assert_eq!(rows(&office, "new")[0]["name"], "张三");
    }
}

mod a_list {
    use super::*;

    #[test]
    fn is_taken_out_with_a_reason_only_and_on_record() {
        let (office, files) = (Office::at(MORNING), Files::new());
        office.resident();
        let wanted = json!({ "list": "people", "reason": " " });
        assert_eq!(
            office.refused("export_list", wanted).reason,
            "reason_missing"
        );
        let path = files.path("名册.xlsx");
        let wanted = json!({ "list": "people", "reason": "街道核对", "path": path });
        let saved = office.done("export_list", wanted);
        assert_eq!(saved["rows"], 1);
        assert!(fs::metadata(&path).unwrap().len() > 1_000);
        assert_eq!(office.access_events("export"), 1);
    }

    #[test]
    fn of_homes_counts_who_lives_there_and_is_filtered_by_door() {
        let (office, files) = (Office::at(MORNING), Files::new());
        let text = "房号,姓名,与户主关系,房屋用途\n12-3-502,张三,户主,自住\n,李四,妻,\n9-1-101,王五,户主,出租\n";
        look(&office, &files.write("a.csv", text));
        run(&office);
        let list = office.done("list_register", json!({ "list": "households" }));
        let cells: Vec<&Value> = list["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["cells"])
            .collect();
        assert_eq!(*cells[0], json!(["9幢1单元101室", "王五", "1", "出租", ""]));
        assert_eq!(
            *cells[1],
            json!(["12幢3单元502室", "张三", "2", "自住", ""])
        );
        let filtered = json!({ "list": "households", "filter": "12幢" });
        assert_eq!(office.done("list_register", filtered)["total"], 1);
        let people =
            json!({ "list": "people", "filter": "zhangs", "columns": ["name", "relation"] });
        assert_eq!(
            office.done("list_register", people)["rows"][0]["cells"],
            json!(["张三", "户主"])
        );
    }
}
