//! `backup`, `restore` and `recovery-sheet` as a script meets them: JSON out, exit codes, nothing secret
//! in an argument.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

const PASSWORD: &str = "plum-river-47-lantern";
const NEW_PASSWORD: &str = "seven Copper lanterns drift";
const MOMENT: &str = "2026-11-24T10:42";

/// What a run said, and its exit code.
struct Said {
    value: Value,
    code: i32,
}

/// A community in a folder of its own.
struct Place {
    folder: tempfile::TempDir,
    code: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        let mut place = Self {
            folder,
            code: String::new(),
        };
        let founded = place.run(
            "data",
            PASSWORD,
            &[
                "init",
                "--community",
                "新茂社区",
                "--clerk",
                "王丽",
                "--supervisor",
                "赵珊",
            ],
        );
        assert_eq!(founded.code, 0, "{}", founded.value);
        let code = founded.value["value"]["recovery_code"].as_str().unwrap();
        code.clone_into(&mut place.code);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, data: &str, password: &str, words: &[&str]) -> Said {
        let data = self.at(data);
        run_with(&data, password, Some(&self.code), words)
    }

    /// Somebody acts in a data folder.
    fn act(&self, data: &str, password: &str, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--as", "王丽"]).collect();
        let said = self.run(data, password, &words);
        assert_eq!(said.code, 0, "{}", said.value);
        said.value["value"].clone()
    }

    fn back_up(&self) -> Value {
        let stick = self.at("stick");
        self.act(
            "data",
            PASSWORD,
            &["backup", "--to", stick.to_str().unwrap()],
        )
    }
}

fn run_with(data: &Path, password: &str, code: Option<&str>, words: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang"));
    command
        .args(words)
        .arg("--data")
        .arg(data)
        .args(["--now", MOMENT])
        .env("YICHUANG_PASSWORD", password)
        .env_remove("YICHUANG_RECOVERY_CODE")
        .stdin(Stdio::null());
    if let Some(code) = code {
        command.env("YICHUANG_RECOVERY_CODE", code);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(password), "a password was printed");
    Said {
        value: serde_json::from_str(&text).unwrap_or_else(|_error| panic!("{text}")),
        code: output.status.code().unwrap(),
    }
}

fn refused(said: &Said, reason: &str) -> Value {
    assert_eq!(said.code, 2, "{}", said.value);
    let refusal = &said.value["refusal"];
    assert_eq!(refusal["reason"], json!(reason), "{refusal}");
    assert!(refusal["text"].as_str().unwrap().chars().count() > 8);
    refusal.clone()
}

#[test]
fn a_backup_comes_back_in_a_bare_folder_and_goes_on_as_another_station() {
    let place = Place::new();
    let resident = r#"{"name":"张三","phones":["15400001234"]}"#;
    place.act("data", PASSWORD, &["call", "register_resident", resident]);
    let made = place.back_up();
    let file = made["file"].as_str().unwrap();
    assert_eq!(made["commits"], json!(2));
    assert_eq!(
        fs::metadata(file).unwrap().len(),
        made["bytes"].as_u64().unwrap()
    );

    let restored = place.run("new", NEW_PASSWORD, &["restore", file]);
    assert_eq!(restored.code, 0, "{}", restored.value);
    let restored = &restored.value["value"];
    assert_eq!(restored["digest"], made["digest"]);
    assert_eq!(restored["commits"], json!(2));
    assert_eq!(restored["letter"], json!("B"));
    assert_eq!(restored["community"], json!("新茂社区"));
    assert_eq!(restored["people"].as_array().unwrap().len(), 2);

    let verified = place.act("new", NEW_PASSWORD, &["verify"]);
    assert_eq!(verified["sound"], json!(true));
    let found = place.act(
        "new",
        NEW_PASSWORD,
        &["call", "search", r#"{"text":"张三"}"#],
    );
    assert_eq!(found["total"], json!(1));
    let old = place.run("new", PASSWORD, &["verify", "--as", "王丽"]);
    refused(&old, "wrong_password");

    let asked = place.run("third", NEW_PASSWORD, &["restore", file, "--station", "K"]);
    assert_eq!(asked.value["value"]["letter"], json!("K"));
}

#[test]
fn what_cannot_be_restored_is_refused_with_its_reason_and_leaves_nothing() {
    let place = Place::new();
    let made = place.back_up();
    let file = made["file"].as_str().unwrap();
    let target = place.at("never");
    let tried = |file: &str, code: Option<&str>| {
        let said = run_with(&target, NEW_PASSWORD, code, &["restore", file]);
        assert!(!target.exists(), "{}", said.value);
        said
    };
    let problem = |said: &Said| refused(said, "backup")["details"]["problem"].clone();

    refused(&tried(file, None), "code_missing");
    let other = "04HM-ASW9-NF6Y-Y00H-48SM-8NB6-EWHZ";
    assert_eq!(problem(&tried(file, Some(other))), json!("wrong_code"));
    let none = place.at("letter.age");
    fs::write(&none, "a letter").unwrap();
    let said = tried(none.to_str().unwrap(), Some(&place.code));
    assert_eq!(problem(&said), json!("not_a_backup"));
    let cut = place.at("cut.age");
    let bytes = fs::read(file).unwrap();
    fs::write(&cut, &bytes[..bytes.len() - 100]).unwrap();
    let said = tried(cut.to_str().unwrap(), Some(&place.code));
    assert_eq!(problem(&said), json!("damaged"));
    let absent = tried("/no/such/file.age", Some(&place.code));
    assert_eq!(problem(&absent), json!("not_a_backup"));
    let weak = run_with(&target, "12345678", Some(&place.code), &["restore", file]);
    refused(&weak, "weak_password");
    assert!(!target.exists());

    let own = place.run("data", NEW_PASSWORD, &["restore", file]);
    assert_eq!(problem(&own), json!("not_empty"));
    place.act("data", PASSWORD, &["verify"]);
}

#[test]
fn a_backup_needs_a_person_and_a_place() {
    let place = Place::new();
    let nobody = place.run("data", PASSWORD, &["backup"]);
    refused(&nobody, "locked");
    let nowhere = place.run("data", PASSWORD, &["backup", "--as", "王丽"]);
    let refusal = refused(&nowhere, "backup");
    assert_eq!(refusal["details"]["problem"], json!("no_folder"));

    let folder = json!({ "folder": place.at("stick") }).to_string();
    place.act("data", PASSWORD, &["call", "set_backup_folder", &folder]);
    place.act("data", PASSWORD, &["backup"]);
    place.act("data", PASSWORD, &["call", "back_up", "{}"]);
    let files = fs::read_dir(place.at("stick")).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(
        files.len(),
        2,
        "a call too waits for what it began: {files:?}"
    );
}

#[test]
fn a_new_sheet_is_a_new_code_and_a_private_file() {
    let mut place = Place::new();
    let pdf = place.at("sheet.pdf");
    let words = ["recovery-sheet", "--to", pdf.to_str().unwrap()];
    let made = place.act("data", PASSWORD, &words);
    let code = made["code"].as_str().unwrap().to_owned();
    assert_ne!(code, place.code);
    let bytes = fs::read(&pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF") && !String::from_utf8_lossy(&bytes).contains(&code));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&pdf).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let words: Vec<&str> = words.iter().copied().chain(["--as", "王丽"]).collect();
    refused(&place.run("data", PASSWORD, &words), "file_exists");

    let file = place.back_up()["file"].as_str().unwrap().to_owned();
    let old = place.run("new", NEW_PASSWORD, &["restore", &file]);
    assert_eq!(
        refused(&old, "backup")["details"]["problem"],
        json!("wrong_code")
    );
    place.code = code;
    assert_eq!(place.run("new", NEW_PASSWORD, &["restore", &file]).code, 0);
}
