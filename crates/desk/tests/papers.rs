//! Papers of cases that were really walked: what their step said stands on them, read by others'
//! tools, and nothing that happened later.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod office;

use serde_json::{Value, json};
use yichuang_desk::Answer;
use yichuang_domain::cases::{
    event::Procedure,
    item::{Item, Kind, Mode, Role},
};

use crate::office::{COMMUNITY, ID_NUMBER, Office, RESIDENT, STAFF, intake, item};

const MORNING: &str = "2026-11-24T10:42";

fn residence_permit() -> &'static Item {
    item(|one| one.code.as_str() == "HJ002")
}

/// An item the committee decides itself, with a promise to keep.
fn our_own() -> &'static Item {
    item(|one| {
        let may_follow = |m: &yichuang_domain::cases::item::Material| {
            m.required && m.deferrable && m.any_of.is_none()
        };
        one.role == Role::Decides
            && one.kind == Kind::Promise
            && one.situations.is_empty()
            && one.materials.iter().any(may_follow)
    })
}

fn may_follow(item: &Item) -> &str {
    let found = item
        .materials
        .iter()
        .find(|one| one.required && one.deferrable && one.any_of.is_none());
    &found.unwrap().code
}

fn take_in(office: &Office, intake: &Value, decision: &Value) -> String {
    let input = json!({ "intake": intake, "decision": decision });
    let case = office.done("take_in", input);
    case["number"].as_str().unwrap().to_owned()
}

fn step(office: &Office, call: &str, case: &str, mut asked: Value) -> Value {
    asked["case"] = json!(case);
    office.done(call, asked)
}

/// The codes and numbers of a case's papers, in the order they were given out.
fn papers(office: &Office, case: &str) -> Vec<(String, String)> {
    let case = office.done("case", json!({ "number": case }));
    let papers = case["papers"].as_array().unwrap().iter().rev();
    let word = |paper: &Value, field: &str| paper[field].as_str().unwrap().to_owned();
    papers
        .map(|paper| (word(paper, "code"), word(paper, "number")))
        .collect()
}

/// Reads every paper of a case, expecting these codes and, on each, these words.
fn expect(office: &Office, case: &str, expected: &[(&str, &[&str])]) {
    let papers = papers(office, case);
    let codes: Vec<&str> = papers.iter().map(|(code, _)| code.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, wanted);
    for ((code, number), (_, words)) in papers.iter().zip(expected) {
        let text = office.text_of(number);
        let common = [
            number.as_str(),
            case,
            COMMUNITY,
            RESIDENT,
            "320583********9911",
            "居民身份证",
            "投诉电话：12345",
            "第1次打印",
            "第一联",
            "第二联",
        ];
        for said in common.iter().chain(*words) {
            assert!(text.contains(said), "{code} lacks {said}: {text}");
        }
        assert!(!text.contains(ID_NUMBER), "{code} shows a full number");
        assert!(!text.contains("作废"), "{code} is not void");
    }
}

#[test]
fn a_case_collected_for_the_police_gives_out_its_papers() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let item = residence_permit();
    let case = take_in(
        &office,
        &intake(item, &person, &[]),
        &json!({ "decision": "accept" }),
    );
    step(
        &office,
        "forward_case",
        &case,
        json!({ "batch": "移交20261124-1" }),
    );
    let listed = json!([{ "name": "居住承诺书", "problem": "incomplete", "note": "补签名和日期" }]);
    step(
        &office,
        "department_supplement_case",
        &case,
        json!({ "external_number": "周公补字〔2026〕第118号", "listed": listed, "last_day": "2026-12-10" }),
    );
    step(
        &office,
        "supply_materials",
        &case,
        json!({ "others": ["居住承诺书"] }),
    );
    step(
        &office,
        "department_accept_case",
        &case,
        json!({ "on": "2026-11-24", "external_number": "周公受〔2026〕9号" }),
    );
    step(
        &office,
        "pause_case",
        &case,
        json!({ "procedure": Procedure::SiteCheck, "expected_days": 5 }),
    );
    step(&office, "resume_case", &case, json!({}));
    step(
        &office,
        "extend_case",
        &case,
        json!({ "reason": "居住材料需要核实", "approver": STAFF[2] }),
    );
    step(
        &office,
        "decide_case",
        &case,
        json!({ "outcome": "approved", "external_number": "苏E-0000-990991" }),
    );
    step(
        &office,
        "deliver_case",
        &case,
        json!({ "method": "in_person", "recipient": "applicant", "proof": "本人签收" }),
    );
    expect(
        &office,
        &case,
        &[
            (
                "SJ",
                &[
                    "收件回执",
                    "尚未受理",
                    "2026年11月24日10:42",
                    "业务申请表",
                    "验原件退还",
                    "取件码",
                ],
            ),
            (
                "DS",
                &[
                    "代收回执",
                    "不是受理通知书",
                    "派出所",
                    "居住证",
                    "2026年11月25日（星期三）",
                    "2026年12月8日（预计）",
                ],
            ),
            ("ZB", &["转办单", "移交20261124-1", "业务申请表", "派出所"]),
            (
                "ZG",
                &[
                    "部门补正转告单",
                    "周公补字〔2026〕第118号",
                    "居住承诺书",
                    "填写不全",
                    "补签名和日期",
                    "2026年12月10日（星期四）",
                ],
            ),
            ("ZB", &["转办单", "居住承诺书", "部门另列"]),
            (
                "TX",
                &["特别程序告知书", "现场核查", "5个自然日", "2026年12月8日"],
            ),
            (
                "YQ",
                &["延期告知书", "居住材料需要核实", "赵珊", "2026年12月8日"],
            ),
            ("BJ", &["办结通知书", "准予", "苏E-0000-990991", "派出所"]),
            (
                "SD",
                &[
                    "送达回证",
                    "直接送达",
                    "本人",
                    "-BJ01",
                    "居住证苏E-0000-990991",
                ],
            ),
        ],
    );
    // An identity card is never kept, so it neither goes to the department nor comes back.
    let slip = papers(&office, &case).remove(2).1;
    assert!(!office.text_of(&slip).contains("1居民身份证原件"));
}

#[test]
fn what_a_department_refuses_is_handed_over_with_a_proof_to_sign() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let mut lying = intake(residence_permit(), &person, &[]);
    lying["agent"] =
        json!({ "kind": "kin", "name": "单丹", "id_number": ID_NUMBER, "relation": "配偶" });
    let case = take_in(&office, &lying, &json!({ "decision": "accept" }));
    step(&office, "forward_case", &case, json!({ "batch": "移交1" }));
    step(
        &office,
        "department_refuse_case",
        &case,
        json!({ "external_number": "周公不受〔2026〕3号", "reason": "不符合条件" }),
    );
    let agent: &[&str] = &["单丹（配偶）320583********9911"];
    expect(
        &office,
        &case,
        &[
            ("SJ", agent),
            ("DS", agent),
            ("ZB", agent),
            ("SD", &["送达回证", "周公不受〔2026〕3号", "年月日时分"]),
        ],
    );
}

#[test]
fn papers_that_may_follow_are_promised_before_and_told_after() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let decision = json!({ "decision": "accept_deferred", "promise_signed": true });
    let photo: &[&str] = &["PH"];
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, photo),
        &decision,
    );
    expect(
        &office,
        &case,
        &[
            ("SJ", &["收件回执"]),
            (
                "RC",
                &[
                    "容缺受理承诺书",
                    "近期免冠照片",
                    "由派出所受理",
                    "2026年12月8日（星期二）",
                ],
            ),
            ("DS", &["代收回执", "您承诺补交的材料", "近期免冠照片"]),
        ],
    );

    let item = our_own();
    let lacking = may_follow(item);
    let case = take_in(&office, &intake(item, &person, &[lacking]), &decision);
    let name = &item.material(lacking).unwrap().name.zh;
    expect(
        &office,
        &case,
        &[
            ("SJ", &["收件回执"]),
            ("RC", &["容缺受理承诺书", name]),
            (
                "RT",
                &["容缺受理通知书", name, "邮寄", item.name.zh.as_str()],
            ),
        ],
    );
    let promise = papers(&office, &case).remove(1).1;
    assert!(!office.text_of(&promise).contains("随材料一并转交"));

    // The owed day passes and nothing came.
    office.open("2027-03-01T09:10", STAFF[0]);
    step(
        &office,
        "terminate_case",
        &case,
        json!({ "cause": "owed_date_passed", "note": "电话提醒两次" }),
    );
    let (code, number) = papers(&office, &case).pop().unwrap();
    let text = office.text_of(&number);
    assert_eq!(code, "TJ");
    for said in [
        "退件（终止）通知书",
        "容缺材料逾期未补交。",
        "电话提醒两次",
        "可以重新申请",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_notice_lists_all_that_is_lacking_and_its_lapse_returns_the_case() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let item = our_own();
    let lacking = may_follow(item);
    let name = item.material(lacking).unwrap().name.zh.clone();
    let lying = intake(item, &person, &[lacking]);
    let listed =
        json!([{ "material": lacking, "name": name, "problem": "expired", "note": "请重新开具" }]);
    let decision = json!({ "decision": "request_supplement", "listed": listed });

    // How it would look, before it goes out: no number is used up.
    let shown = office.done(
        "preview_notice",
        json!({ "intake": lying, "listed": listed }),
    );
    assert_eq!(shown["number"], "（出具后编号）");
    assert_eq!(shown["name"], "一次性补正告知书");
    let police = intake(residence_permit(), &person, &["APP", "PH"]);
    let half = json!([{ "material": "PH", "name": "近期免冠照片", "problem": "missing" }]);
    let incomplete = office.refused(
        "preview_notice",
        json!({ "intake": police, "listed": half }),
    );
    assert_eq!(incomplete.reason, "notice_incomplete");

    let answered = take_in(&office, &lying, &decision);
    let silent = take_in(&office, &lying, &decision);
    assert!(answered.starts_with("XM261124A0001"), "{answered}");
    step(
        &office,
        "supply_materials",
        &answered,
        json!({ "brought": [{ "material": lacking }] }),
    );
    let words: &[&str] = &[
        "一次性补正告知书",
        &name,
        "失效",
        "请重新开具",
        "2026年12月15日（星期二）",
        "只告知这一次",
    ];
    let accepted: &[&str] = &["受理通知书", "现予受理", "承诺件", "窗口领取", "报办件编号"];
    expect(
        &office,
        &answered,
        &[("SJ", &[]), ("BZ", words), ("SL", accepted)],
    );

    office.open("2026-12-16T09:00", STAFF[1]);
    step(
        &office,
        "lapse_case",
        &silent,
        json!({ "call": "12月14日10点本人接听，说不来了" }),
    );
    let returned: &[&str] = &[
        "退件（终止）通知书",
        "仍缺：",
        &name,
        "李强（B角）",
        "可以重新申请",
    ];
    expect(
        &office,
        &silent,
        &[("SJ", &["王丽（A角）"]), ("BZ", words), ("TJ", returned)],
    );
    let (_, number) = papers(&office, &silent).pop().unwrap();
    assert!(
        !office.text_of(&number).contains("本人接听"),
        "a call note is for the record"
    );
}

#[test]
fn a_refusal_names_ground_law_body_and_remedies() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let decision = json!({
        "decision": "refuse", "ground": "not_ours", "text": "该事项由户籍所在地社区办理。",
        "basis": "《中华人民共和国行政许可法》第三十二条",
        "go_to": { "name": "玉山镇朝阳社区居民委员会", "address": "玉山镇示例路1号", "phone": "" },
    });
    let case = take_in(&office, &intake(our_own(), &person, &[]), &decision);
    let said: &[&str] = &[
        "不予受理通知书",
        "不属于本窗口的受理范围：该事项由户籍所在地社区办理。（R02）",
        "第三十二条",
        "玉山镇朝阳社区居民委员会",
        "六十日内",
        "六个月内",
    ];
    expect(&office, &case, &[("SJ", &[]), ("BY", said)]);
}

#[test]
fn silence_accepts_with_the_day_of_receipt() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(our_own(), &person, &[]),
        &json!({ "decision": "receive" }),
    );
    office.open("2026-12-09T09:00", STAFF[0]);
    step(
        &office,
        "decide_case",
        &case,
        json!({ "outcome": "denied", "reason": "不符合条件。" }),
    );
    let deemed: &[&str] = &["受理通知书", "（视为受理）", "受理日期2026年11月24日"];
    let denied: &[&str] = &[
        "办结通知书",
        "不予",
        "不符合条件。",
        "六十日内",
        "2026年12月9日",
    ];
    expect(
        &office,
        &case,
        &[("SJ", &[]), ("SL", deemed), ("BJ", denied)],
    );
}

#[test]
fn an_instant_item_is_finished_with_one_paper_more() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let instant = item(|one| {
        one.kind == Kind::Instant && !one.needs_network && one.handler.mode == Mode::Decides
    });
    let decision = json!({ "decision": "do_at_once", "result": "证明一份" });
    let case = take_in(&office, &intake(instant, &person, &[]), &decision);
    let done: &[&str] = &[
        "办结通知书",
        "准予",
        "证明一份",
        COMMUNITY,
        &instant.name.zh,
    ];
    expect(&office, &case, &[("SJ", &[]), ("BJ", done)]);
}

#[test]
fn a_withdrawal_gives_the_papers_back() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    step(
        &office,
        "withdraw_case",
        &case,
        json!({ "signed_by": "applicant", "reason": "搬走了" }),
    );
    let said: &[&str] = &[
        "撤回申请书",
        "搬走了",
        "退还的材料",
        "业务申请表",
        "申请人签名",
    ];
    expect(&office, &case, &[("SJ", &[]), ("DS", &[]), ("CH", said)]);
}

#[test]
fn a_question_about_a_banned_certificate_gets_a_slip_and_no_case() {
    let office = Office::at(MORNING);
    let asked = json!({ "question": "能不能开无犯罪记录证明？", "banned": 1, "answer": "由公安机关办理。", "person": office.resident() });
    let enquiry = office.done("record_enquiry", asked);
    let number = enquiry["paper"]["number"].as_str().unwrap();
    let text = office.text_of(number);
    let referred = enquiry["referred_to"].as_str().unwrap();
    for said in [
        number,
        "引导告知单",
        "您询问：能不能开无犯罪记录证明？",
        "由公安机关办理。",
        referred,
        RESIDENT,
        "王丽（A角）",
        "请带上",
    ] {
        assert!(
            text.contains(&said.split_whitespace().collect::<String>()),
            "{said}: {text}"
        );
    }
    assert!(!text.contains("第二联"), "nothing is kept of a slip");
    assert!(!text.contains(ID_NUMBER));
}

#[test]
fn a_reprint_says_what_was_said_that_day() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let item = residence_permit();
    let case = take_in(
        &office,
        &intake(item, &person, &[]),
        &json!({ "decision": "accept" }),
    );
    let before: Vec<String> = papers(&office, &case)
        .iter()
        .map(|(_, number)| without_foot(&office.text_of(number)))
        .collect();

    office.open("2026-12-01T15:00", STAFF[1]);
    let renamed = json!({ "id": person, "name": "王宏" });
    office.done("update_resident", renamed);
    step(&office, "forward_case", &case, json!({ "batch": "移交2" }));
    step(
        &office,
        "extend_case",
        &case,
        json!({ "reason": "核实", "approver": STAFF[2] }),
    );
    let after: Vec<String> = papers(&office, &case)
        .iter()
        .take(before.len())
        .map(|(_, number)| without_foot(&office.text_of(number)))
        .collect();
    assert_eq!(before, after);
}

/// The text without the lines that say when and how often it was printed.
fn without_foot(text: &str) -> String {
    let mut parts = text.split("次打印2026-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        kept + part.split_once(':').unwrap().1.get(2..).unwrap()
    })
}

#[test]
fn a_paper_whose_step_was_taken_back_is_void_and_says_so() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    step(
        &office,
        "correct_case",
        &case,
        json!({ "reason": "事项选错了" }),
    );
    let papers = papers(&office, &case);
    let shown = |number: &str| office.done("preview_paper", json!({ "paper": number, "dpi": 40 }));
    let (receipt, collection) = (&papers[0].1, &papers[1].1);
    assert_eq!(shown(receipt)["is_void"], false);
    assert_eq!(shown(collection)["is_void"], true);
    assert!(!office.text_of(receipt).contains("作废"));
    let text = office.text_of(collection);
    assert!(text.contains("作废") && text.contains("代收回执"), "{text}");

    // A supervisor takes the effect from the whole case: the receipt is void too.
    office.open("2026-11-25T09:00", STAFF[2]);
    step(&office, "void_case", &case, json!({ "reason": "登记错人" }));
    assert!(office.text_of(receipt).contains("作废"));
}

#[test]
fn the_promise_can_be_signed_before_there_is_a_case() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let lying = intake(residence_permit(), &person, &["PH"]);
    let owed = json!([{ "material": "PH", "due": "2026-12-01" }]);
    let shown = office.done(
        "preview_promise",
        json!({ "intake": lying, "owed": owed, "page": 1 }),
    );
    assert_eq!(shown["number"], "（受理后编号）");
    assert_eq!(shown["name"], "容缺受理承诺书");
    assert_eq!(shown["pages"], 1);
    assert_eq!(office.done("cases", json!({ "filter": "all" }))["total"], 0);

    // It is refused as the acceptance itself would be.
    let late = json!([{ "material": "PH", "due": "2027-12-01" }]);
    let refused = office.refused("preview_promise", json!({ "intake": lying, "owed": late }));
    assert_eq!(refused.reason, "owed_too_late");
    let form = intake(residence_permit(), &person, &["APP"]);
    let refused = office.refused("preview_promise", json!({ "intake": form }));
    assert_eq!(refused.reason, "not_deferrable");
}

#[test]
fn a_preview_is_a_picture_of_the_page_asked_for() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    let number = papers(&office, &case).remove(0).1;
    let shown = office.done(
        "preview_paper",
        json!({ "paper": number.to_lowercase(), "dpi": 72 }),
    );
    // A4 at 72 dots an inch.
    assert_eq!(
        (&shown["width"], &shown["height"]),
        (&json!(595), &json!(841))
    );
    assert!(
        shown["png"].as_str().unwrap().starts_with("iVBORw0KGgo"),
        "a PNG in base64"
    );
    assert_eq!(shown["number"], number);
    for (input, field) in [
        (json!({ "paper": number, "page": 9 }), "page"),
        (json!({ "paper": number, "page": 0 }), "page"),
        (json!({ "paper": number, "dpi": 1200 }), "dpi"),
    ] {
        let refused = office.refused("preview_paper", input);
        assert_eq!(
            (refused.reason.as_str(), refused.field.as_deref()),
            ("bad_input", Some(field))
        );
    }
    for stranger in ["XM261124A00073-BZ01", "XM261124A0001B-BZ01", "nothing", ""] {
        let refused = office.refused("preview_paper", json!({ "paper": stranger }));
        assert_eq!(refused.reason, "unknown_paper", "{stranger}");
    }
}

#[test]
fn large_type_makes_a_larger_page_of_the_same_words() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    let number = papers(&office, &case).remove(1).1;
    let look = |large: bool| {
        office.done(
            "preview_paper",
            json!({ "paper": number, "dpi": 36, "large": large }),
        )
    };
    assert_ne!(look(true)["png"], look(false)["png"]);
}

#[test]
fn a_saved_paper_is_called_by_its_number_and_stands_on_record() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    let number = papers(&office, &case).remove(0).1;
    for _time in 0..2 {
        office.done("save_paper", json!({ "paper": number }));
    }
    let mut names: Vec<String> = std::fs::read_dir(office.export())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [format!("{number} (2).pdf"), format!("{number}.pdf")]
    );
    assert_eq!(office.access_events("export"), 2);
}

#[test]
fn without_a_printer_nothing_counts_as_printed() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let lying = intake(residence_permit(), &person, &[]);
    let case = take_in(&office, &lying, &json!({ "decision": "accept" }));
    let number = papers(&office, &case).remove(1).1;
    // A machine with a real printer must not print in tests: no printer is called so.
    let nowhere = "yichuang-test-no-such-printer";
    let refused = office.refused(
        "print_paper",
        json!({ "paper": number, "printer": nowhere }),
    );
    assert_eq!(refused.reason, "no_printer");
    let promise =
        json!({ "intake": intake(residence_permit(), &person, &["PH"]), "printer": nowhere });
    assert_eq!(
        office.refused("print_promise", promise).reason,
        "no_printer"
    );
    let many = json!({ "paper": number, "copies": 10, "printer": nowhere });
    assert_eq!(
        office.refused("print_paper", many).field.as_deref(),
        Some("copies")
    );
    assert_eq!(
        office.done("cases", json!({ "filter": "to_print" }))["total"],
        1
    );
    assert!(office.text_of(&number).contains("第1次打印"));
    assert_eq!(office.access_events("print"), 0);
}

#[test]
fn whoever_may_not_handle_cases_gets_no_paper() {
    let office = Office::at(MORNING);
    let person = office.resident();
    let case = take_in(
        &office,
        &intake(residence_permit(), &person, &[]),
        &json!({ "decision": "accept" }),
    );
    let number = papers(&office, &case).remove(0).1;
    office.done("lock", json!({}));
    for call in ["preview_paper", "save_paper", "print_paper"] {
        let answer = office.answer(call, json!({ "paper": number }));
        assert!(
            matches!(&answer, Answer::Refused { refusal } if refusal.reason == "locked"),
            "{call}: {answer:?}"
        );
    }
}
