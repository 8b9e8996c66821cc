//! Every paper, from its data to the page: what stands on it can be read, searched and scanned.
//!
//! Read and scanned by others' tools (poppler, zbar), not by ours.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod sample;
mod tools;

use std::sync::LazyLock;

use yichuang_documents::{
    DocumentError, FontFolders, Paper, Press,
    paper::{Agent, PaperBody},
};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(FontFolders::of_system()));

/// What the page says, without spaces and line ends.
fn text_of(paper: &Paper) -> String {
    let pdf = PRESS
        .render(paper)
        .unwrap_or_else(|error| panic!("{paper:?}: {error}"));
    tools::text(pdf.bytes()).split_whitespace().collect()
}

fn supplement_for(name: &str) -> Paper {
    let mut paper = sample::paper("BZ", PaperBody::Supplement(sample::supplement()));
    paper.applicant.name = name.into();
    paper
}

#[test]
fn every_paper_says_what_all_papers_say() {
    for paper in sample::one_of_each() {
        let text = text_of(&paper);
        for said in [
            paper.number.as_str(),
            "昆山市周市镇新茂东苑社区居民委员会",
            "2026年11月24日10:42",
            "陈喆",
            "居民身份证320583********9911",
            "王丽（A角）",
            "咨询电话：0512-55550123",
            "投诉电话：12345",
            "（盖章处）",
            "第一联",
            "第1次打印",
        ] {
            assert!(text.contains(said), "{paper:?} lacks {said}: {text}");
        }
        assert_eq!(text.contains("第二联留存"), paper.copies == 2, "{paper:?}");
        let one_page_each = text.matches("第1页/共1页").count();
        assert_eq!(
            one_page_each,
            usize::from(paper.copies),
            "{paper:?} is too long"
        );
    }
}

#[test]
fn every_paper_is_called_by_its_title_and_says_its_own_facts() {
    let said: &[&[&str]] = &[
        &[
            "收件回执",
            "尚未受理",
            "起算日2026年11月24日",
            "合法稳定居住材料",
            "取件码5083",
        ],
        &[
            "受理通知书",
            "2026年12月8日（星期二）",
            "10个工作日",
            "法定期限2026年12月9日",
            "现予受理",
        ],
        &[
            "代收回执",
            "2026年12月8日（预计）",
            "不是受理通知书",
            "近期免冠照片",
            "2026年11月25日（星期三）",
        ],
        &[
            "容缺受理承诺书",
            "2026年12月1日（星期二）",
            "承诺人签名",
            "近期免冠照片",
        ],
        &[
            "容缺受理通知书",
            "近期免冠照片",
            "2026年12月8日（星期二）",
            "逾期未补交的",
        ],
        &[
            "一次性补正告知书",
            "只告知这一次",
            "续签租赁合同",
            "2026年12月15日（星期二）",
            "签收人签名",
        ],
        &[
            "部门补正转告单",
            "周公补字〔2026〕第118号",
            "2026年12月10日（星期四）",
        ],
        &[
            "不予受理通知书",
            "（R02）",
            "第三十二条",
            "周市镇便民服务中心公安窗口",
            "六十日内",
        ],
        &["引导告知单", "开具无犯罪记录证明", "周市派出所", "交询问人"],
        &[
            "转办单",
            "ZB20261124-03",
            "合计3种，3份，6页",
            "接收人签名",
            "交接收单位",
        ],
        &["办结通知书", "准予", "苏E-0000-990991", "工作日8:30—17:00"],
        &["撤回申请书", "已经在户籍地办理", "申请人签名"],
        &["送达回证", "直接送达", "XM261124A00073-BJ01", "收件人签名"],
        &["退件（终止）通知书", "逾期未补齐", "可以重新申请"],
        &["特别程序告知书", "现场核查", "5个工作日", "不计入办理期限"],
        &[
            "延期告知书",
            "2026年12月22日（星期二）",
            "赵珊",
            "单丹（配偶）320583********9938",
        ],
    ];
    let papers = sample::one_of_each();
    assert_eq!(papers.len(), said.len());
    for (paper, said) in papers.iter().zip(said) {
        let text = text_of(paper);
        for said in *said {
            assert!(text.contains(said), "{paper:?} lacks {said}: {text}");
        }
    }
}

#[test]
fn an_acceptance_by_lapse_of_time_says_so() {
    let mut body = sample::acceptance();
    body.deemed = true;
    let text = text_of(&sample::paper("SL", PaperBody::Acceptance(body)));
    assert!(text.contains("（视为受理）"), "{text}");
    assert!(text.contains("受理日期为2026年11月24日"), "{text}");
    assert!(!text.contains("现予受理"), "{text}");
}

#[test]
fn rare_and_long_names_can_be_read_and_searched() {
    for name in [
        "𬭎铁生",
        "张𫖯",
        "王𣲗",
        "刘䶮",
        "陈㛃",
        "𠮷田",
        "李\u{2A6D6}",
        "阿依古丽·买买提",
        "JeanO'Brien",
        "阿卜杜热合曼·阿卜杜热合曼·阿卜杜热合曼·阿卜杜热合曼",
    ] {
        let mut paper = supplement_for(name);
        paper.agent = Some(Agent {
            name: name.into(),
            id_masked: String::new(),
            relation: "受托人".into(),
        });
        let text = text_of(&paper);
        assert!(text.contains(&format!("申请人{name}")), "{name}: {text}");
        assert!(
            text.contains(&format!("{name}（受托人）")),
            "{name}: {text}"
        );
        assert!(text.contains(&format!("{name}：")), "{name}: {text}");
    }
}

#[test]
fn what_people_type_is_text_and_never_markup() {
    let typed = r#"#panic("x")*粗*$x$<b>_i_@r\n`c`[a]//=#eval("1")~--"#;
    let mut body = sample::supplement();
    body.lacks[0].name = typed.into();
    body.lacks[0].how = format!("甲\n{typed}");
    let mut paper = sample::paper("BZ", PaperBody::Supplement(body));
    paper.applicant.name = typed.into();
    let text = text_of(&paper);
    assert_eq!(text.matches(typed).count(), 4 * 2, "{text}");
}

#[test]
fn the_codes_on_the_preview_can_be_scanned() {
    for paper in sample::one_of_each() {
        let pdf = PRESS.render(&paper).unwrap();
        let scanned = tools::scan(&pdf.page_png(0, 150).unwrap());
        assert!(
            scanned.contains(&format!("QR-Code:{}", paper.qr)),
            "{paper:?}: {scanned:?}"
        );
        let bar = scanned
            .iter()
            .find_map(|code| code.strip_prefix("CODE-128:"));
        assert_eq!(bar.unwrap_or_default(), paper.barcode, "{paper:?}");
    }
}

#[test]
fn a_void_paper_says_so_on_every_page_and_keeps_its_number() {
    for mut paper in sample::one_of_each() {
        assert!(!text_of(&paper).contains("作废"), "{paper:?}");
        paper.is_void = true;
        let text = text_of(&paper);
        let head = format!("文书编号：{}（作废）", paper.number);
        let copies = usize::from(paper.copies);
        assert_eq!(text.matches(&head).count(), copies, "{paper:?}");
        // Head, foot, and once across the page.
        assert_eq!(
            text.matches("作废").count(),
            3 * copies,
            "{paper:?}: {text}"
        );
    }
}

#[test]
fn what_nobody_knows_yet_is_left_out_and_not_left_blank() {
    let mut paper = sample::referral_paper();
    paper.enquiry_phone = String::new();
    paper.qr = String::new();
    paper.number = "（受理后编号）".into();
    let text = text_of(&paper);
    assert!(
        !text.contains("咨询电话") && !text.contains("拨打本窗口电话"),
        "{text}"
    );
    assert!(text.contains("文书编号：（受理后编号）"), "{text}");
    let picture = PRESS.render(&paper).unwrap().page_png(0, 150).unwrap();
    assert_eq!(tools::scan(&picture), Vec::<String>::new());

    let mut body = sample::forwarding();
    body.given = sample::at(sample::day(2026, 11, 23), 0, 0);
    let text = text_of(&sample::paper("ZB", PaperBody::Forwarding(body)));
    assert!(text.contains("移交时间2026年11月23日批次"), "{text}");
}

#[test]
fn two_hundred_materials_fill_pages_that_each_copy_counts_for_itself() {
    let lack = &sample::supplement().lacks[1];
    let mut body = sample::supplement();
    body.lacks = (1..=200)
        .map(|number| {
            let mut lack = lack.clone();
            lack.name = format!("第{number}号材料");
            lack
        })
        .collect();
    let paper = sample::paper("BZ", PaperBody::Supplement(body));
    let pdf = PRESS.render(&paper).unwrap();
    let text: String = tools::text(pdf.bytes()).split_whitespace().collect();
    let each = pdf.pages() / 2;
    assert!(each > 5 && pdf.pages() == each * 2, "{} pages", pdf.pages());
    for page in 1..=each {
        assert_eq!(
            text.matches(&format!("第{page}页/共{each}页")).count(),
            2,
            "page {page}"
        );
    }
    for number in 1..=200 {
        assert_eq!(
            text.matches(&format!("第{number}号材料")).count(),
            2,
            "material {number}"
        );
    }
    assert!(text.contains("以上共200项"));
}

#[test]
fn nothing_runs_over_the_edge_however_long_it_is() {
    let long = "居住材料及其证明".repeat(8);
    let solid = "W".repeat(60);
    for (large_type, margin) in [(false, 68.0), (true, 56.7)] {
        for mut paper in sample::one_of_each() {
            paper.large_type = large_type;
            paper.copies = 1;
            paper.applicant.name.clone_from(&solid);
            paper.community = long.chars().take(30).collect();
            if let Some(item) = &mut paper.item {
                item.name.clone_from(&long);
            }
            let pdf = PRESS.render(&paper).unwrap();
            for (word, left, right) in tools::words(pdf.bytes()) {
                // Half a punctuation mark may hang into the right margin.
                let inside = left > margin - 1.0 && right < 595.3 - margin + 10.0;
                assert!(
                    inside,
                    "{paper:?}, large {large_type}: {word} from {left} to {right}"
                );
            }
        }
    }
}

#[test]
fn a_direction_mark_or_a_control_is_refused() {
    for mark in ['\u{202e}', '\u{200f}', '\u{2066}', '\u{0}', '\t'] {
        let error = PRESS.render(&supplement_for(&format!("陈{mark}喆"))).err();
        assert!(
            matches!(error, Some(DocumentError::Invisible(it)) if it == mark),
            "{error:?}"
        );
    }
}

#[test]
fn a_character_that_no_font_has_is_named_and_nothing_printed() {
    let error = PRESS.render(&supplement_for("陈\u{32000}")).err();
    assert!(
        matches!(error, Some(DocumentError::NoGlyph('\u{32000}'))),
        "{error:?}"
    );
}

#[test]
fn a_full_number_never_reaches_paper() {
    let mut paper = supplement_for("陈喆");
    paper.applicant.id_masked = "320583198103079911".into();
    assert!(matches!(
        PRESS.render(&paper),
        Err(DocumentError::NotMasked)
    ));
    let mut paper = supplement_for("陈喆");
    paper.agent = Some(Agent {
        name: "单丹".into(),
        id_masked: "320583198103079938".into(),
        relation: "配偶".into(),
    });
    assert!(matches!(
        PRESS.render(&paper),
        Err(DocumentError::NotMasked)
    ));
}

#[test]
fn the_same_paper_is_the_same_file_and_can_be_kept_for_ever() {
    let paper = supplement_for("陈喆");
    let pdf = PRESS.render(&paper).unwrap();
    assert_eq!(pdf.bytes(), PRESS.render(&paper).unwrap().bytes());
    let file = String::from_utf8_lossy(pdf.bytes()).into_owned();
    for claim in [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
    ] {
        assert!(file.contains(claim), "{claim}");
    }
}

#[test]
fn a_picture_is_the_page_in_the_size_asked_for() {
    let pdf = PRESS.render(&supplement_for("陈喆")).unwrap();
    let picture = tools::picture(&pdf.page_png(1, 96).unwrap());
    // A4 at 96 dots an inch, rounded down.
    assert_eq!((picture.width, picture.height), (793, 1122));
    let black = picture.grey.iter().filter(|grey| **grey < 64).count();
    let white = picture.grey.iter().filter(|grey| **grey > 250).count();
    let all = picture.grey.len();
    assert!(
        black > all / 100 && white > all * 8 / 10,
        "{black} black, {white} white of {all}"
    );
    assert!(matches!(pdf.page_png(2, 96), Err(DocumentError::NoPage(2))));
    assert!(matches!(
        pdf.page_png(0, 30),
        Err(DocumentError::Resolution)
    ));
}

#[test]
fn debug_output_names_nobody() {
    assert_eq!(
        format!("{:?}", supplement_for("陈喆")),
        r#"Paper("XM261124A00073-BZ01")"#
    );
}
