//! One paper of every kind, about people who do not exist.

use chrono::{NaiveDate, NaiveDateTime};
use yichuang_documents::paper::{
    Acceptance, Agent, Applicant, Clerk, Collection, Completion, Corner, DayType, DeferralPromise,
    DeferredAcceptance, DepartmentSupplement, Extension, Forwarding, GoTo, ItemName, Lack,
    Material, Outcome, Owed, Paper, PaperBody, Pause, ProofOfDelivery, Receipt, Referral, Refusal,
    Return, Supplement, Term, Withdrawal,
};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn at(day: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, minute, 0).unwrap()
}

pub fn paper(code: &str, body: PaperBody) -> Paper {
    let issued = at(day(2026, 11, 24), 10, 42);
    Paper {
        number: format!("XM261124A00073-{code}01"),
        case_number: Some("XM261124A00073".into()),
        qr: format!("YC1:XM261124A00073-{code}01:7F3K9QWX2M"),
        barcode: "33222611241000073".into(),
        community: "昆山市周市镇新茂东苑社区居民委员会".into(),
        item: Some(ItemName {
            code: "HJ002".into(),
            name: "居住证申领".into(),
        }),
        applicant: Applicant {
            name: "陈喆".into(),
            id_kind: "居民身份证".into(),
            id_masked: "320583********9911".into(),
        },
        agent: None,
        issued,
        clerk: Clerk {
            name: "王丽".into(),
            corner: Corner::A,
        },
        enquiry_phone: "0512-55550123".into(),
        complaint_phone: "12345".into(),
        copies: 2,
        print_count: 1,
        printed: issued,
        large_type: false,
        is_void: false,
        body,
    }
}

pub fn material(name: &str, form: &str, pages: Option<u16>, note: &str) -> Material {
    Material {
        name: name.into(),
        form: form.into(),
        copies: 1,
        pages,
        note: note.into(),
    }
}

pub fn materials() -> Vec<Material> {
    vec![
        material("业务申请表", "原件", Some(2), "收原件"),
        material("居民身份证", "电子证照", None, "验后退还"),
        material("合法稳定居住材料", "复印件", Some(4), "与原件核对一致"),
    ]
}

fn lacks() -> Vec<Lack> {
    vec![
        Lack {
            name: "业务申请表".into(),
            problem: "缺".into(),
            how: "本窗口领表，本人签名".into(),
            form: "原件".into(),
        },
        Lack {
            name: "合法稳定居住材料".into(),
            problem: "失效：租赁合同2026年8月到期".into(),
            how: "续签租赁合同，或者提供房东的不动产权证书复印件".into(),
            form: "复印件".into(),
        },
    ]
}

fn owed() -> Vec<Owed> {
    vec![Owed {
        name: "近期免冠照片".into(),
        form: "照片".into(),
        due: day(2026, 12, 1),
    }]
}

fn term() -> Term {
    Term {
        kind: "承诺件".into(),
        accepted: day(2026, 11, 24),
        promised_days: 10,
        day_type: DayType::Working,
        due: day(2026, 12, 8),
        legal_due: Some(day(2026, 12, 9)),
        provisional: false,
    }
}

pub fn acceptance() -> Acceptance {
    Acceptance {
        deemed: false,
        term: term(),
        department: "周市派出所".into(),
        result: "居住证".into(),
        delivery: "窗口领取".into(),
        progress: "拨打咨询电话，报办件编号".into(),
        pickup_code: "5083".into(),
    }
}

pub fn supplement() -> Supplement {
    Supplement {
        received: day(2026, 11, 24),
        lacks: lacks(),
        last_day: day(2026, 12, 15),
    }
}

pub fn referral_paper() -> Paper {
    let referral = Referral {
        asked: "开具无犯罪记录证明".into(),
        answer: "居（村）民委员会不出具这项证明（民发〔2020〕20号所列之一），由公安机关办理。"
            .into(),
        go_to: GoTo {
            name: "周市派出所".into(),
            address: "周市镇示例路1号".into(),
            phone: "0512-55550110".into(),
        },
        bring: vec!["居民身份证".into(), "用人单位的书面要求（如有）".into()],
    };
    let mut paper = paper("YD", PaperBody::Referral(referral));
    paper.number = "XM261124A0012-YD01".into();
    paper.qr = "YC1:XM261124A0012-YD01:7F3K9QWX2M".into();
    paper.case_number = None;
    paper.item = None;
    paper.barcode = String::new();
    paper.copies = 1;
    paper
}

fn refusal() -> Refusal {
    Refusal {
        reason_code: "R02".into(),
        reason: "申请事项不属于本窗口的受理范围。".into(),
        basis: "《中华人民共和国行政许可法》第三十二条第一款第二项".into(),
        go_to: Some(GoTo {
            name: "周市镇便民服务中心公安窗口".into(),
            address: "周市镇示例路8号一楼".into(),
            phone: "0512-55550188".into(),
        }),
        remedies: "对本决定不服的，可以自收到本通知书之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。".into(),
    }
}

fn collection() -> Collection {
    Collection {
        collected: at(day(2026, 11, 24), 10, 42),
        department: "周市派出所".into(),
        materials: materials(),
        owed: owed(),
        forward_by: day(2026, 11, 25),
        expected: day(2026, 12, 8),
        result: "居住证".into(),
        pickup_code: "5083".into(),
    }
}

pub fn forwarding() -> Forwarding {
    Forwarding {
        batch: "ZB20261124-03".into(),
        from: "新茂东苑社区便民服务站".into(),
        to: "周市派出所".into(),
        materials: materials(),
        given: at(day(2026, 11, 24), 16, 30),
        due: Some(day(2026, 12, 8)),
    }
}

fn completion() -> Completion {
    Completion {
        outcome: Outcome::Approved,
        decided: day(2026, 12, 4),
        department: "周市派出所".into(),
        result: "居住证".into(),
        result_number: "苏E-0000-990991".into(),
        reason: String::new(),
        remedies: String::new(),
        pickup_place: "新茂东苑社区便民服务站1号台".into(),
        pickup_time: "工作日 8:30—17:00".into(),
        pickup_code: "5083".into(),
    }
}

/// One of each kind.
pub fn one_of_each() -> Vec<Paper> {
    let moment = at(day(2026, 11, 24), 10, 42);
    let mut all = vec![
        paper(
            "SJ",
            PaperBody::Receipt(Receipt {
                received: moment,
                counted_from: day(2026, 11, 24),
                materials: materials(),
                pickup_code: "5083".into(),
            }),
        ),
        paper("SL", PaperBody::Acceptance(acceptance())),
        paper("DS", PaperBody::Collection(collection())),
        paper(
            "RC",
            PaperBody::DeferralPromise(DeferralPromise {
                owed: owed(),
                department: "周市派出所".into(),
            }),
        ),
        paper(
            "RT",
            PaperBody::DeferredAcceptance(DeferredAcceptance {
                term: term(),
                department: "周市派出所".into(),
                owed: owed(),
                how_to_bring: "送到本窗口，或者邮寄".into(),
            }),
        ),
        paper("BZ", PaperBody::Supplement(supplement())),
        paper(
            "ZG",
            PaperBody::DepartmentSupplement(DepartmentSupplement {
                department: "周市派出所".into(),
                department_number: "周公补字〔2026〕第118号".into(),
                lacks: lacks(),
                last_day: day(2026, 12, 10),
                how_to_bring: "送到本窗口，由我们转交".into(),
            }),
        ),
        paper("BY", PaperBody::Refusal(refusal())),
        referral_paper(),
        paper("ZB", PaperBody::Forwarding(forwarding())),
        paper("BJ", PaperBody::Completion(completion())),
        paper(
            "CH",
            PaperBody::Withdrawal(Withdrawal {
                reason: "已经在户籍地办理。".into(),
                returned: materials(),
            }),
        ),
        paper(
            "SD",
            PaperBody::ProofOfDelivery(ProofOfDelivery {
                documents: vec!["办结通知书 XM261124A00073-BJ01".into(), "居住证".into()],
                method: "直接送达".into(),
                recipient: "陈喆".into(),
                relation: "本人".into(),
                delivered: None,
                tracking_number: String::new(),
                refusal: String::new(),
                witness: String::new(),
            }),
        ),
        paper(
            "TJ",
            PaperBody::Return(Return {
                reason: "需要补正的材料逾期未补齐，经电话联系仍未提交。".into(),
                returned: materials(),
                may_apply_again: true,
            }),
        ),
        paper(
            "TX",
            PaperBody::Pause(Pause {
                procedure: "现场核查".into(),
                since: day(2026, 11, 26),
                expected_days: 5,
                day_type: DayType::Working,
                due: day(2026, 12, 8),
            }),
        ),
        paper(
            "YQ",
            PaperBody::Extension(Extension {
                old_due: day(2026, 12, 8),
                new_due: day(2026, 12, 22),
                reason: "居住材料需要向不动产登记机构核实。".into(),
                approver: "赵珊".into(),
            }),
        ),
    ];
    if let Some(last) = all.last_mut() {
        last.agent = Some(Agent {
            name: "单丹".into(),
            id_masked: "320583********9938".into(),
            relation: "配偶".into(),
        });
    }
    all
}
