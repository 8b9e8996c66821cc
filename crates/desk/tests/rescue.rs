//! The sealed envelope: the way back when a key store forgot this machine, or somebody their password.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::Path;

use serde_json::{Value, json};
use yichuang_desk::{Answer, Clock, Desk, DeskOptions, RefusalView, WindowKind, read_moment};

const PASSWORD: &str = "plum-river-47-lantern";
const NEW_PASSWORD: &str = "seven-Copper-lanterns-drift";

fn open(folder: &Path) -> Desk {
    let moment = read_moment("2026-11-24T10:42").unwrap();
    Desk::open(DeskOptions {
        data: folder.join("data"),
        export: folder.join("export"),
        clock: Clock::starting_at(moment),
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

/// A community, and the code of its envelope.
fn founded(folder: &Path) -> String {
    let person = |name: &str| json!({ "name": name, "password": PASSWORD });
    let founded = done(
        &open(folder),
        "found",
        json!({
            "community": "新茂社区",
            "clerks": [person("王丽"), person("李强")],
            "supervisor": person("赵珊"),
        }),
    );
    founded["recovery_code"].as_str().unwrap().to_owned()
}

fn unlock(person: &str, password: &str) -> Value {
    json!({ "person": person, "password": password })
}

fn rescue(person: &str, code: &str) -> Value {
    json!({ "person": person, "code": code, "password": NEW_PASSWORD })
}

#[test]
fn a_key_store_that_forgot_says_so_and_the_printed_code_lets_everybody_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let code = founded(folder.path());
    let desk = open(folder.path());
    done(&desk, "unlock", unlock("王丽", PASSWORD));
    let resident = done(&desk, "register_resident", json!({ "name": "张三" }));
    drop(desk);
    for file in std::fs::read_dir(folder.path().join("data/device")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|is| is == "secret") {
            std::fs::remove_file(path).unwrap();
        }
    }

    let desk = open(folder.path());
    let refusal = refused(&desk, "unlock", unlock("王丽", PASSWORD));
    assert_eq!(refusal.reason, "key_store_forgot");
    assert!(refusal.text.contains("密码信封"), "{}", refusal.text);
    let wrong = refused(&desk, "rescue_password", rescue("王丽", "0000-0000"));
    assert_eq!(wrong.reason, "wrong_code");
    let weak = json!({ "person": "王丽", "code": code, "password": "12345678" });
    assert_eq!(
        refused(&desk, "rescue_password", weak).reason,
        "weak_password"
    );
    let refusal = refused(&desk, "unlock", unlock("王丽", PASSWORD));
    assert_eq!(
        refusal.reason, "key_store_forgot",
        "nothing was spent by trying"
    );

    done(&desk, "rescue_password", rescue("王丽", &code));
    let page = done(&desk, "resident", json!({ "id": resident["id"] }));
    assert_eq!(page["card"]["name"], "张三");
    done(&desk, "register_resident", json!({ "name": "李四" }));
    assert_eq!(
        done(&desk, "verify", json!({}))["sound"],
        true,
        "the new keys are announced"
    );
    done(&desk, "lock", json!({}));
    done(&desk, "unlock", unlock("王丽", NEW_PASSWORD));
    done(&desk, "lock", json!({}));

    let refusal = refused(&desk, "unlock", unlock("李强", PASSWORD));
    assert_eq!(
        refusal.reason, "key_store_forgot",
        "and not: the password is wrong"
    );
    done(&desk, "rescue_password", rescue("李强", &code));
    assert_eq!(done(&desk, "verify", json!({}))["sound"], true);
}

#[test]
fn a_forgotten_password_needs_the_code_and_a_colleague() {
    let folder = tempfile::tempdir().unwrap();
    let code = founded(folder.path());
    let desk = open(folder.path());
    let alone = refused(&desk, "rescue_password", rescue("王丽", &code));
    assert_eq!(
        (alone.reason.as_str(), alone.field.as_deref()),
        ("colleague_missing", Some("colleague"))
    );
    let with = |colleague: &str, password: &str| {
        let mut input = rescue("王丽", &code);
        input["colleague"] = json!(colleague);
        input["colleague_password"] = json!(password);
        input
    };
    let own = refused(&desk, "rescue_password", with("王丽", PASSWORD));
    assert_eq!(own.reason, "colleague_missing");
    let wrong = refused(&desk, "rescue_password", with("李强", "not the password"));
    assert_eq!(
        (wrong.reason.as_str(), wrong.field.as_deref()),
        ("wrong_password", Some("colleague_password"))
    );
    let status = done(&desk, "rescue_password", with("李强", PASSWORD));
    assert_eq!(status["actor"]["name"], "王丽");
    assert_eq!(done(&desk, "verify", json!({}))["sound"], true);
}

#[test]
fn who_comes_back_by_the_printed_code_still_opens_what_was_sealed_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let code = founded(folder.path());
    let desk = open(folder.path());
    done(&desk, "unlock", unlock("赵珊", PASSWORD));
    let resident = done(&desk, "register_resident", json!({ "name": "张三" }));
    let tag = json!({ "person": resident["id"], "code": "M1", "from": "2026-03-01", "source": "镇卫健办告知" });
    done(&desk, "add_care_tag", tag);
    done(&desk, "lock", json!({}));

    let mut input = rescue("赵珊", &code);
    input["colleague"] = json!("王丽");
    input["colleague_password"] = json!(PASSWORD);
    done(&desk, "rescue_password", input);
    let look = json!({ "person": resident["id"], "reason": "上门走访前核对" });
    let opened = done(&desk, "open_restricted", look.clone());
    assert_eq!(opened["tags"][0]["code"], "M1");
    done(&desk, "lock", json!({}));
    done(&desk, "unlock", unlock("赵珊", NEW_PASSWORD));
    assert_eq!(
        done(&desk, "open_restricted", look)["tags"][0]["code"],
        "M1"
    );
    assert_eq!(done(&desk, "verify", json!({}))["sound"], true);
}

#[test]
fn a_new_password_is_not_made_of_ones_own_name_however_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let code = founded(folder.path());
    let desk = open(folder.path());
    let staff = done(&desk, "status", json!({}))["people"].clone();
    let id = staff[0]["id"].as_str().unwrap();
    for person in ["王丽", id] {
        let input = json!({
            "person": person, "code": code, "password": "wangliwangli",
            "colleague": "李强", "colleague_password": PASSWORD,
        });
        assert_eq!(
            refused(&desk, "rescue_password", input).reason,
            "weak_password"
        );
    }
}
