//! What an accident or somebody malicious may give the program: answered with a sentence, nothing
//! written, nothing lost, and the next line is read.

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

use std::process::Stdio;

use serde_json::{Value, json};
use terminal::{Community, MORNING, PASSWORD, Said, done, feed, lines, reason, run, yichuang};

const MANY_BYTES: usize = 10 * 1024 * 1024;

/// A line of this input, then one that is right: the answer to the first.
fn answer_to(line: &[u8]) -> Value {
    let good = lines(&[("check_phone", json!({ "text": "15400001234" }))]);
    let said = feed(yichuang(&["call", "-"]), [line, b"\n", &good].concat());
    assert_eq!((said.code, said.lines.len()), (0, 2), "{:?}", said.lines);
    assert_eq!(done(&said.lines[1])["normal"], "15400001234");
    assert_eq!(said.stderr, "");
    said.lines[0].clone()
}

#[test]
fn a_line_that_is_no_call_is_refused_and_the_next_is_read() {
    let deep = "[".repeat(100_000);
    let deep_input = format!(r#"{{"call":"check_id","input":{deep}"#);
    for line in [
        &b""[..],
        b"   \t",
        b"\r",
        b"check_id",
        b"{",
        b"null",
        b"5",
        b"\"call\"",
        b"[1]",
        b"{}",
        br#"{"input":{}}"#,
        br#"{"call":5}"#,
        br#"{"call":null,"input":{}}"#,
        br#"{"call":"check_id","input":{},"more":1}"#,
        br#"{"call":"check_id","call":"check_phone"}"#,
        br#"{"call":"check_id"} {"call":"check_id"}"#,
        br#"{"call":"check_id","input":{"text":NaN}}"#,
        br#"{"call":"check_id","input":{"text":"\ud800"}}"#,
        b"{\"call\":\"check_id\",\"input\":{\"text\":\"\xff\xfe\"}}",
        b"\xef\xbb\xbf{\"call\":\"check_id\"}",
        b"\0\0\0\0",
        deep.as_bytes(),
        deep_input.as_bytes(),
    ] {
        let found = answer_to(line);
        assert_eq!(
            reason(&found),
            "bad_input",
            "{:?}",
            String::from_utf8_lossy(line)
        );
    }
}

#[test]
fn ten_megabytes_are_refused_and_the_next_line_is_read() {
    let long = vec![b'x'; MANY_BYTES];
    assert_eq!(reason(&answer_to(&long)), "too_large");
    let text = "9".repeat(MANY_BYTES);
    let call = json!({ "call": "check_id", "input": { "text": text } }).to_string();
    let found = answer_to(call.as_bytes());
    assert_eq!(reason(&found), "too_large");
    assert!(
        found.to_string().len() < 1_000,
        "what was sent is not sent back"
    );
    let whole = feed(yichuang(&["call", "check_id", "-"]), long);
    assert_eq!(whole.reason(), "too_large");
}

#[test]
fn what_was_sent_is_not_repeated_in_a_refusal() {
    let number = "320583198103079911";
    for line in [
        format!(r#"{{"call":"check_id","input":{number}}}"#),
        format!(r#"{{"call":"check_id","input":"{number}"}}"#),
        format!(r#"{{"call":"check_id","input":{{"text":{number}}}}}"#),
        format!(r#"{{"call":"check_id","input":{{"text":"{number}","today":"{number}"}}}}"#),
        format!(r#"{{"{number}":1,"call":"check_id"}}"#),
        format!(r#"{{"call":"{number}"}}"#),
        number.to_owned(),
        format!("{number} x"),
    ] {
        let found = answer_to(line.as_bytes());
        assert_eq!(found["status"], "refused", "{line}");
        assert!(!found.to_string().contains(number), "{line}: {found}");
    }
}

#[test]
fn every_call_that_needs_something_refuses_nothing_and_wrong_types_with_a_sentence() {
    let calls = run(&["calls"]);
    let community = Community::new();
    let mut asked = Vec::new();
    for row in calls.value().as_array().unwrap() {
        let name = row["call"].as_str().unwrap();
        // These change who is here: the lines after them would have nobody.
        if ["lock", "unlock", "found", "shade"].contains(&name) {
            continue;
        }
        for input in [
            json!([1, 2, 3]),
            json!("text"),
            json!(5),
            json!(true),
            json!({ "id": 5 }),
        ] {
            asked.push((name, input));
        }
    }
    let answers = community.calls("王丽", &asked);
    for ((name, input), answer) in asked.iter().zip(&answers) {
        assert_ne!(answer["status"], "failed", "{name} {input}: {answer}");
        if answer["status"] == "refused" {
            reason(answer);
        }
    }
    // A call whose input has a needed field says which.
    for row in calls.value().as_array().unwrap() {
        let (name, input) = (
            row["call"].as_str().unwrap(),
            row["input"].as_str().unwrap(),
        );
        let first = input.trim_start_matches("{ ").split(':').next().unwrap();
        let is_needed = input.starts_with("{ ") && !first.ends_with('?');
        if row["needs"] == "nothing" && is_needed {
            let said = run(&["call", name]);
            assert_eq!(
                (said.reason(), &said.only()["refusal"]["field"]),
                ("bad_input", &json!(first))
            );
        }
    }
}

#[test]
fn names_no_register_has_are_refused_and_text_stays_text() {
    let community = Community::new();
    let marks = format!("张{}", "\u{301}".repeat(500));
    let refused = [
        ("张\u{202e}三".to_owned(), "name_character"),
        ("张\u{200f}三".to_owned(), "name_character"),
        ("张\u{2066}三\u{2069}".to_owned(), "name_character"),
        ("张\0三".to_owned(), "name_character"),
        ("张\n三".to_owned(), "name_character"),
        (marks, "name_marks"),
        ("张".repeat(10_000), "name_too_long"),
        ("<img src=x onerror=alert(1)>".to_owned(), "name_character"),
        ("=1+1".to_owned(), "name_character"),
        (String::new(), "name_empty"),
        ("  \u{3000} ".to_owned(), "name_empty"),
    ];
    let asked: Vec<(&str, Value)> = refused
        .iter()
        .map(|(name, _)| ("register_resident", json!({ "name": name })))
        .collect();
    for ((name, wanted), answer) in refused.iter().zip(community.calls("王丽", &asked)) {
        let shown: String = name.chars().take(20).collect();
        assert_eq!(reason(&answer), *wanted, "{shown}");
        assert_eq!(answer["refusal"]["field"], "name", "{shown}");
    }
    let rare = ["王𬭎", "李䶮", "阿依古丽·买买提", "O'NEILL JEAN-LUC"];
    let mut asked: Vec<(&str, Value)> = rare
        .iter()
        .map(|name| ("register_resident", json!({ "name": name })))
        .collect();
    asked.extend(rare.map(|name| ("search", json!({ "text": name, "kinds": ["resident"] }))));
    let answers = community.calls("王丽", &asked);
    for (name, answer) in rare.iter().zip(&answers[rare.len()..]) {
        assert_eq!(done(answer)["hits"][0]["title"], *name);
    }
    let odd = [
        "'; DROP TABLE",
        "<script>",
        "%00",
        "../..",
        "=cmd|' /C calc'!A0",
        "\u{202e}",
    ];
    let asked = odd.map(|text| {
        (
            "search",
            json!({ "text": text, "limit": 4_000_000_000_u32, "kinds": ["resident"] }),
        )
    });
    for (text, answer) in odd.iter().zip(community.calls("王丽", &asked)) {
        assert!(
            done(&answer)["hits"].as_array().unwrap().is_empty(),
            "{text}: {answer}"
        );
    }
}

#[test]
fn a_call_on_the_command_line_ends_with_the_code_of_its_answer() {
    let right = run(&["call", "check_id", r#"{"text":"320583198103079911"}"#]);
    assert_eq!((right.code, right.stderr.as_str()), (0, ""));
    let wrong = run(&["call", "check_id", r#"{"text":"320583198103079912"}"#]);
    assert_eq!(wrong.reason(), "check");
    for (arguments, wanted) in [
        (&["call", "check_ids", "{}"][..], "unknown_call"),
        (&["call", "check_id", "{"], "bad_input"),
        (&["call", "check_id", "{}"], "bad_input"),
        (&["call"], "usage"),
        (&[], "usage"),
        (&["open"], "usage"),
        (&["verify", "--password", PASSWORD], "usage"),
        (&["verify", "--password=plum-river-47-lantern"], "usage"),
        (&["init", "--community", "新茂社区"], "usage"),
        (&["call", "home", "--data", "/dev/null/x"], "failed"),
    ] {
        let said = run(arguments);
        if wanted == "failed" {
            assert_eq!((said.code, &said.only()["status"]), (1, &json!("failed")));
            assert!(
                said.only()["failure"]["text"]
                    .as_str()
                    .unwrap()
                    .chars()
                    .count()
                    > 8
            );
            continue;
        }
        assert_eq!(said.reason(), wanted, "{arguments:?}");
        let told = said.only().to_string();
        assert!(!told.contains(PASSWORD) && said.stderr.is_empty(), "{told}");
    }
    let similar = run(&["call", "accept_cases"]);
    let similar = &similar.only()["refusal"]["details"]["similar"];
    assert!(similar.as_array().unwrap().contains(&json!("accept_case")));
    let english = run(&["call", "nosuch", "--lang", "en"]);
    assert!(
        english.only()["refusal"]["text"]
            .as_str()
            .unwrap()
            .is_ascii()
    );
}

#[test]
fn a_name_no_call_has_leaves_no_folder_behind() {
    let community = Community::empty();
    let said = community.run(&["call", "nosuch", "--as", "王丽"]);
    assert_eq!(said.reason(), "unknown_call");
    assert!(!community.data().exists());
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let input = lines(&[("transitions", json!({})), ("items", json!({}))]).repeat(40);
    for arguments in [&["calls"][..], &["bindings"], &["call", "-"]] {
        let mut child = yichuang(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        // It may be gone before it has read all.
        drop(std::io::Write::write_all(&mut stdin, &input));
        drop(stdin);
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}");
        assert!(
            ended.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
}

#[test]
fn a_refused_line_changes_nothing_and_the_calls_after_it_are_done_in_order() {
    let community = Community::new();
    let answers = community.calls(
        "王丽",
        &[
            (
                "register_resident",
                json!({ "name": "张三", "id_number": "320583198103079911" }),
            ),
            (
                "register_resident",
                json!({ "name": "张四", "id_number": "320583198103079911" }),
            ),
            (
                "register_resident",
                json!({ "name": "张五", "id_number": "320583198103079912" }),
            ),
            (
                "register_resident",
                json!({ "name": "张六", "phone": "12" }),
            ),
            (
                "register_resident",
                json!({ "name": "张七", "address": "somewhere" }),
            ),
            ("nosuch", json!({})),
            ("search", json!({ "text": "张", "kinds": ["resident"] })),
            ("verify", json!({})),
        ],
    );
    let told: Vec<&str> = answers[1..6].iter().map(reason).collect();
    assert_eq!(
        told,
        [
            "same_id_number",
            "check",
            "length",
            "address_unclear",
            "unknown_call"
        ]
    );
    let fields: Vec<&Value> = answers[1..5]
        .iter()
        .map(|one| &one["refusal"]["field"])
        .collect();
    assert_eq!(fields, ["id_number", "id_number", "phone", "address"]);
    assert_eq!(done(&answers[6])["total"], 1);
    assert_eq!(
        done(&answers[7])["commits"],
        2,
        "the founding and one resident"
    );
}

#[test]
fn the_password_comes_from_the_environment_only() {
    let community = Community::new();
    let mut none = community.yichuang(&["call", "home", "--as", "王丽"]);
    none.env_remove("YICHUANG_PASSWORD");
    let said = Said::of(none.output().unwrap());
    assert_eq!(said.reason(), "password_missing");
    let nobody = community.run(&["call", "home"]);
    assert_eq!(
        (nobody.reason(), &nobody.only()["refusal"]["field"]),
        ("locked", &json!("--as"))
    );
    assert_eq!(
        community.run(&["call", "home", "--as", "无此人"]).reason(),
        "unknown_staff"
    );
    let checked = feed(
        {
            let mut command = community.yichuang_at(MORNING, &["call", "-"]);
            command.env_remove("YICHUANG_PASSWORD");
            command
        },
        lines(&[
            ("check_phone", json!({ "text": "15400001234" })),
            ("home", json!({})),
        ]),
    );
    assert_eq!(checked.lines[0]["status"], "done");
    assert_eq!(reason(&checked.lines[1]), "locked");
}
