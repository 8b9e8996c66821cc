//! The data folder: founded without a question, one program at a time, wrong passwords counted, checked
//! and made anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod terminal;

use std::fs;

use serde_json::{Value, json};
use terminal::{Community, INIT, MORNING, Said, Talk, done, reason};

#[test]
fn a_community_is_founded_without_a_question_and_only_once() {
    let community = Community::empty();
    let mut none = community.yichuang(&INIT);
    none.env_remove("YICHUANG_PASSWORD");
    assert_eq!(
        Said::of(none.output().unwrap()).reason(),
        "password_missing"
    );
    for weak in ["12345678", "王丽王丽王丽", ""] {
        let mut easy = community.yichuang(&INIT);
        easy.env("YICHUANG_PASSWORD", weak);
        assert_eq!(
            Said::of(easy.output().unwrap()).reason(),
            "weak_password",
            "{weak}"
        );
    }
    let twins = [&INIT[..6], &["王丽"], &INIT[7..]].concat();
    assert_eq!(community.run(&twins).reason(), "same_staff_name");
    assert!(!community.data().join("vault.toml").exists());

    let founded = community.run(&INIT);
    let code = founded.value()["recovery_code"].as_str().unwrap();
    assert!(code.len() > 20 && founded.stderr.is_empty());
    assert_eq!(community.run(&INIT).reason(), "already_founded");
    let status = community.run(&["call", "status"]);
    assert_eq!(status.value()["founded"], true);
    assert_eq!(status.value()["people"].as_array().unwrap().len(), 3);
    for person in ["王丽", "李强", "赵珊"] {
        assert!(
            community
                .run(&["call", "home", "--as", person])
                .value()
                .is_object()
        );
    }
}

#[test]
fn a_folder_without_a_community_says_how_to_found_one() {
    let community = Community::empty();
    for arguments in [
        &["call", "home", "--as", "王丽"][..],
        &["verify", "--as", "王丽"],
    ] {
        let said = community.run(arguments);
        assert_eq!(said.reason(), "not_founded");
        let text = said.only()["refusal"]["text"].as_str().unwrap();
        assert!(text.contains("yichuang init"), "{text}");
    }
}

#[test]
fn a_second_program_on_the_folder_is_told_and_disturbs_nothing() {
    let community = Community::new();
    let mut first = Talk::new(&community, MORNING, "王丽");
    first.done("home", &json!({}));
    for arguments in [
        &["call", "home", "--as", "李强"][..],
        &["verify", "--as", "赵珊"],
        &["rebuild", "--as", "赵珊"],
        &["serve"],
        &INIT,
    ] {
        let said = community.run(arguments);
        assert_eq!(said.reason(), "in_use", "{arguments:?}");
        let text = said.only()["refusal"]["text"].as_str().unwrap();
        assert!(
            text.contains("另一个程序") && text.contains("没有改动"),
            "{text}"
        );
    }
    // What needs no record is answered all the same.
    let check = community.run(&["call", "check_phone", r#"{"text":"15400001234"}"#]);
    assert_eq!(check.value()["normal"], "15400001234");
    first.done("register_resident", &json!({ "name": "张三" }));
    first.end();
    assert_eq!(
        community.run(&["verify", "--as", "赵珊"]).value()["commits"],
        2
    );
}

#[test]
fn wrong_passwords_are_counted_from_one_start_to_the_next() {
    let community = Community::new();
    let wrong = |person: &str| {
        let mut command = community.yichuang(&["call", "home", "--as", person]);
        command.env("YICHUANG_PASSWORD", "not-the-password");
        Said::of(command.output().unwrap())
    };
    for left in [2, 1, 0] {
        let said = wrong("王丽");
        assert_eq!(said.reason(), "wrong_password");
        assert_eq!(said.only()["refusal"]["details"]["tries_left"], left);
    }
    let waiting = community.run(&["call", "home", "--as", "王丽"]);
    assert_eq!(waiting.reason(), "wait", "even the right one waits now");
    let refusal = &waiting.only()["refusal"];
    assert!(refusal["details"]["wait_s"].as_u64().unwrap() > 1);
    assert!(refusal["text"].as_str().unwrap().contains("--wait"));
    // Nobody else waits; and who waits gets in.
    assert_eq!(community.run(&["call", "home", "--as", "李强"]).code, 0);
    let waited = community.run(&["call", "home", "--as", "王丽", "--wait"]);
    assert_eq!(waited.code, 0, "{:?}", waited.lines);
    assert!(waited.stderr.contains("等待"));
    assert_eq!(wrong("王丽").only()["refusal"]["details"]["tries_left"], 2);
}

#[test]
fn many_calls_try_a_wrong_password_once() {
    let community = Community::new();
    let mut command = community.yichuang(&["call", "-", "--as", "王丽"]);
    command.env("YICHUANG_PASSWORD", "not-the-password");
    let calls = vec![("home", json!({})); 12];
    let said = terminal::feed(command, terminal::lines(&calls));
    assert_eq!((said.code, said.lines.len()), (0, 12));
    for answer in &said.lines {
        assert_eq!(reason(answer), "wrong_password");
        assert_eq!(answer["refusal"]["details"]["tries_left"], 2);
    }
    assert_eq!(community.run(&["call", "home", "--as", "王丽"]).code, 0);
}

fn fill(community: &Community) {
    let people: Vec<(&str, Value)> = ["张三", "李四", "王五"]
        .map(|name| ("register_resident", json!({ "name": name })))
        .to_vec();
    for answer in community.calls("王丽", &people) {
        done(&answer);
    }
}

#[test]
fn verify_says_how_much_it_checked_and_that_it_holds() {
    let community = Community::new();
    fill(&community);
    let said = community.run(&["verify", "--as", "赵珊"]);
    let value = said.value();
    assert_eq!(
        (&value["sound"], &value["commits"]),
        (&json!(true), &json!(4))
    );
    assert!(value["bytes"].as_u64().unwrap() > 1_000);
    assert_eq!(community.run(&["verify"]).reason(), "locked");
}

#[test]
fn a_journal_in_which_one_bit_changed_is_reported_and_left_as_it_is() {
    let community = Community::new();
    fill(&community);
    let log = community.data().join("journal/00000001.log");
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&log, &bytes).unwrap();
    for command in ["verify", "rebuild"] {
        let said = community.run(&[command, "--as", "赵珊"]);
        assert_eq!(
            (said.code, &said.only()["status"]),
            (1, &json!("failed")),
            "{command}"
        );
        let cause = said.only()["failure"]["cause"].as_str().unwrap();
        assert!(cause.contains("damaged"), "{cause}");
    }
    assert_eq!(fs::read(&log).unwrap(), bytes);
}

#[test]
fn rebuild_makes_the_same_view_from_the_journal_alone() {
    let community = Community::new();
    fill(&community);
    let ask = || {
        let calls = ["张三", "李四", "王五"]
            .map(|name| ("search", json!({ "text": name, "kinds": ["resident"] })));
        community.calls("王丽", &calls)
    };
    let before = ask();
    let rebuilt = community.run(&["rebuild", "--as", "赵珊"]);
    assert_eq!(rebuilt.value(), &json!({ "commits": 4 }));
    assert_eq!(ask(), before);
    // The view may also be lost.
    fs::remove_dir_all(community.data().join("view")).unwrap();
    assert_eq!(ask(), before);
    assert_eq!(community.run(&["rebuild"]).reason(), "locked");
}

#[test]
fn a_small_sample_is_made_in_one_go_and_found_sound() {
    let community = Community::empty();
    let said = community.run(&["sample", "--people", "60", "--cases", "70", "--seed", "5"]);
    let value = said.value();
    assert_eq!(
        (&value["people"], &value["cases"]),
        (&json!(60), &json!(70))
    );
    assert_eq!(value["refused_steps"], 0);
    assert!(
        said.stderr.contains("60"),
        "how far it got: {}",
        said.stderr
    );
    let verified = community.run(&["verify", "--as", "赵珊"]);
    assert_eq!(verified.value()["commits"], value["commits"]);
    let found = community.run(&["call", "search", r#"{"text":"张三"}"#, "--as", "王丽"]);
    assert_eq!(found.value()["hits"][0]["title"], "张三");
}
