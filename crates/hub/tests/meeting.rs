//! Two desks and a hub, all three as real programs: apart, conflicting, killed, and one and the same again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;

use office::{Desk, Hub, Talk, done, reason};
use serde_json::{Value, json};

/// Decided by the committee itself.
const OURS: &str = "ZM002";

/// A hub, the desk that founded the community, and one that came to it.
fn met() -> (Hub, Desk, Desk) {
    let mut hub = Hub::new();
    hub.serve();
    let one = Desk::founded();
    done(&one.join(&hub, "赵珊"));
    let two = Desk::empty();
    let joined = two.join(&hub, "王丽");
    assert!(done(&joined)["sync"]["received"].as_u64().unwrap() >= 2);
    done(&one.sync("赵珊"));
    (hub, one, two)
}

fn register(talk: &mut Talk, name: &str, phone: &str) -> String {
    let resident = json!({ "name": name, "phone": phone, "address": "12-3-502" });
    let registered = talk.done("register_resident", &resident);
    registered["id"].as_str().unwrap().to_owned()
}

/// Takes in a matter of this person, with all that is required.
fn receive(talk: &mut Talk, person: &str) -> String {
    let mut intake = json!({
        "item": OURS,
        "person": person,
        "identity": { "how": "last_four", "last_four": "9911" },
    });
    let counter = talk.done("counter", &json!({ "intake": intake }));
    let rows = counter["materials"].as_array().unwrap().iter();
    let required = rows.filter(|row| row["required"] == true && row["state"] == "missing");
    let brought: Vec<Value> = required
        .map(|row| json!({ "material": row["code"], "pages": 1 }))
        .collect();
    intake["brought"] = json!(brought);
    let case = talk.done("receive_case", &intake);
    case["number"].as_str().unwrap().to_owned()
}

/// Everybody talks until nobody has anything left to say.
fn settle(desks: &[(&Desk, &str)]) {
    for _round in 0..2 {
        for (desk, person) in desks {
            let synced = desk.sync(person);
            assert_eq!(done(&synced)["refused"], 0, "{synced}");
        }
    }
}

#[test]
fn two_desks_apart_agree_when_they_meet_and_nothing_acknowledged_is_lost() {
    let (mut hub, one, two) = met();
    let mut at_one = one.talk("王丽");
    let resident = json!({
        "name": "张三", "id_number": "320583198103079911",
        "phone": "15400001234", "address": "12-3-502",
    });
    let person = at_one.done("register_resident", &resident)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let number = receive(&mut at_one, &person);
    at_one.end();
    settle(&[(&one, "王丽"), (&two, "王丽")]);

    // The cable is out. Both write on one resident and one case, and each registers people of its own.
    hub.kill();
    assert_eq!(reason(&one.sync("王丽")), "hub_away");
    let mut acknowledged = Vec::new();
    let mut at_one = one.talk("王丽");
    at_one.done(
        "update_resident",
        &json!({ "id": person, "phone": "15400002222" }),
    );
    at_one.done("accept_case", &json!({ "case": number }));
    let mut at_two = two.talk("王丽");
    at_two.done(
        "update_resident",
        &json!({ "id": person, "phone": "15400003333" }),
    );
    let withdrawn = json!({ "case": number, "signed_by": "applicant", "reason": "暂不办理" });
    at_two.done("withdraw_case", &withdrawn);
    for place in 0..6 {
        let phone = format!("1540000{:04}", 5000 + place);
        acknowledged.push(register(&mut at_one, "李四", &phone));
        let phone = format!("1540000{:04}", 6000 + place);
        acknowledged.push(register(&mut at_two, "王五", &phone));
    }
    // Each desk's power fails in the middle of one more.
    let more = json!({ "name": "孙七", "phone": "15400007777", "address": "1-1-101" });
    at_one.kill_while("register_resident", &more);
    at_two.kill_while("register_resident", &more);

    // The cable is back, and the hub's power fails while a desk talks to it.
    hub.serve();
    let mut talking = one.start_sync("王丽");
    hub.kill();
    talking.wait().unwrap();
    hub.serve();
    settle(&[(&two, "王丽"), (&one, "王丽"), (&two, "王丽")]);

    let (digest, other) = (one.digest("王丽"), two.digest("王丽"));
    assert_eq!(digest, other);
    assert_eq!(digest["pending"], 0);
    for desk in [&one, &two] {
        let mut talk = desk.talk("王丽");
        for id in &acknowledged {
            talk.done("resident", &json!({ "id": id }));
        }
        let waiting = talk.done("conflicts", &json!({}));
        assert_eq!(waiting["fields"].as_array().unwrap().len(), 1, "{waiting}");
        assert_eq!(waiting["fields"][0]["field"], "phones");
        let stations: Vec<_> = waiting["fields"][0]["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| value["station"].as_str().unwrap().to_owned())
            .collect();
        assert!(
            ["A", "B"]
                .iter()
                .all(|one| stations.iter().any(|other| one == other))
        );
        assert_eq!(waiting["steps"].as_array().unwrap().len(), 1, "{waiting}");
        assert_eq!(waiting["steps"][0]["number"], number);
        // A clerk looks at both, and the one who calls first settles it.
        talk.end();
        assert_eq!(done(&desk.run(&["verify", "--as", "王丽"]))["sound"], true);
    }
    let mut at_two = two.talk("王丽");
    at_two.done(
        "update_resident",
        &json!({ "id": person, "phone": "15400004444" }),
    );
    at_two.end();
    settle(&[(&two, "王丽"), (&one, "王丽")]);
    let mut at_one = one.talk("王丽");
    let waiting = at_one.done("conflicts", &json!({}));
    assert_eq!(waiting["fields"].as_array().unwrap().len(), 0, "{waiting}");
    at_one.end();
    assert_eq!(one.digest("王丽"), two.digest("王丽"));
}

#[test]
fn a_stick_does_what_a_cable_cannot_and_both_in_any_order_change_nothing() {
    let (mut hub, one, two) = met();
    let mut at_one = one.talk("王丽");
    register(&mut at_one, "李四", "15400005001");
    at_one.end();
    done(&one.sync("王丽"));
    hub.kill();
    let mut at_two = two.talk("王丽");
    let person = register(&mut at_two, "王五", "15400005002");
    at_two.end();

    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let (stick, answer) = (path("stick"), path("answer"));
    let exported = two.run(&["outbox", "export", &stick, "--as", "王丽"]);
    assert!(done(&exported)["commits"].as_u64().unwrap() >= 1);
    let bytes = std::fs::read(&stick).unwrap();
    let name = "王五".as_bytes();
    assert!(!bytes.windows(name.len()).any(|window| window == name));
    let imported = hub.run(&["import", &stick, "--to", &answer]);
    assert_eq!(done(&imported)["sent"], "all");
    let taken = two.run(&["outbox", "import", &answer, "--as", "王丽"]);
    assert_eq!(done(&taken)["refused"], 0);
    assert!(done(&taken)["sent"].as_u64().unwrap() >= 1);
    let digest = two.digest("王丽");
    assert_eq!(digest["pending"], 0);

    // A second time, at the hub and at the desk, and then by the line.
    done(&hub.run(&["import", &stick, "--to", &path("again")]));
    for file in [&answer, &path("again")] {
        let again = two.run(&["outbox", "import", file, "--as", "王丽"]);
        assert_eq!(done(&again)["received"], 0, "{again}");
    }
    let foreign = one.run(&["outbox", "import", &answer, "--as", "王丽"]);
    assert_eq!(reason(&foreign), "stick_unreadable");
    assert_eq!(two.digest("王丽"), digest);
    hub.serve();
    settle(&[(&two, "王丽"), (&one, "王丽")]);
    assert_eq!(two.digest("王丽"), digest);
    assert_eq!(one.digest("王丽"), digest);
    let mut at_one = one.talk("王丽");
    at_one.done("resident", &json!({ "id": person }));
    at_one.end();
}

#[test]
fn a_device_out_of_service_is_turned_away_at_its_next_request() {
    let (hub, one, two) = met();
    let device = two.join(&hub, "王丽");
    let device = done(&device)["device"].as_str().unwrap().to_owned();
    done(&hub.run(&["revoke", &device]));
    assert_eq!(reason(&two.sync("王丽")), "device_turned_away");
    done(&one.sync("赵珊"));
}

#[test]
fn a_code_is_good_once_for_its_community_and_a_stranger_is_no_hub() {
    let (hub, _one, _two) = met();
    let three = Desk::empty();
    let (code, key) = hub.code();
    let other_key = "ab".repeat(32);
    let strange = three.join_with(&hub, &code, &other_key, "李强");
    assert_eq!(reason(&strange), "hub_stranger");
    let wrong = three.join_with(&hub, "0000-0000-0000", &key, "李强");
    assert_eq!(reason(&wrong), "code_refused");
    let nobody = three.join_with(&hub, &code, &key, "孙七");
    assert_eq!(reason(&nobody), "unknown_staff");
    // O for 0, I and L for 1, dashes and small letters are what people type.
    let typed = code.to_lowercase().replace('0', "o").replace('1', "l");
    done(&three.join_with(&hub, &typed, &key, "李强"));
    let four = Desk::empty();
    let again = four.join_with(&hub, &code, &key, "李强");
    assert_eq!(reason(&again), "code_refused");
    // A community founded apart is another one.
    let stranger = Desk::founded();
    assert_eq!(reason(&stranger.join(&hub, "赵珊")), "other_community");
}

/// Asks until the desk's own thread has brought it about.
fn until(desk: &yichuang_desk::Desk, what: &str, is_so: impl Fn(&Value) -> bool) {
    let began = std::time::Instant::now();
    loop {
        let state = call(desk, "sync_state", json!({}));
        if is_so(&state) {
            return;
        }
        assert!(began.elapsed().as_secs() < 60, "{what}: {state}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

fn call(desk: &yichuang_desk::Desk, name: &str, input: Value) -> Value {
    let answer = desk.call(yichuang_desk::WindowKind::Clerk, name, input);
    done(&serde_json::to_value(&answer).unwrap()).clone()
}

#[test]
fn a_desk_that_is_open_keeps_in_touch_by_itself_and_offline_is_calm() {
    let (mut hub, one, two) = met();
    let desk = yichuang_desk::Desk::open(two.options()).unwrap();
    let desk = std::sync::Arc::new(desk);
    call(
        &desk,
        "unlock",
        json!({ "person": "王丽", "password": office::PASSWORD }),
    );
    desk.keep_in_touch();
    let resident =
        |name: &str| json!({ "name": name, "phone": "15400005001", "address": "12-3-502" });
    call(&desk, "register_resident", resident("李四"));
    until(&desk, "sent by itself", |state| state["pending"] == 0);

    hub.kill();
    call(&desk, "register_resident", resident("王五"));
    until(&desk, "told", |state| {
        state["pending"] == 1 && state["trouble"].is_string() && state["last"].is_string()
    });
    // Locked, it goes on.
    call(&desk, "lock", json!({}));
    hub.serve();
    until(&desk, "sent when the hub is back", |state| {
        state["pending"] == 0 && state["trouble"].is_null()
    });
    drop(desk);
    done(&one.sync("赵珊"));
    let found = one
        .talk("王丽")
        .done("search", &json!({ "text": "王五", "limit": 5 }));
    assert_eq!(found["hits"][0]["title"], "王五");
}
