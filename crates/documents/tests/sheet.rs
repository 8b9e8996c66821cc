//! The recovery sheet: one page that says how to come back, with a code that can be typed from paper.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod tools;

use chrono::NaiveDate;
use yichuang_documents::{FontFolders, Press, RecoverySheet};

const CODE: &str = "04HM-ASW9-NF6Y-Y00H-48SM-8NB6-EWHZ";

fn sheet(community: &str) -> RecoverySheet {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    RecoverySheet {
        community: community.to_owned(),
        station: 2,
        made: day.and_hms_opt(10, 42, 0).unwrap(),
        number: "HF-2-20261124-1042".to_owned(),
        code: CODE.split('-').map(str::to_owned).collect(),
    }
}

#[test]
fn the_sheet_is_one_page_that_says_the_code_whose_it_is_and_what_to_do() {
    let press = Press::new(FontFolders::of_system());
    let longest = "江苏省苏州市昆山市周市镇新茂东苑第一社区居民委员会综合服务中心";
    for community in ["新茂社区", longest] {
        let pdf = press.render_sheet(&sheet(community)).unwrap();
        assert_eq!(pdf.pages(), 1, "{community}");
        let text: String = tools::text(pdf.bytes()).split_whitespace().collect();
        for said in [
            community,
            "恢复单（密码信封）",
            "2号台",
            "2026年11月24日",
            "HF-2-20261124-1042",
            &CODE.replace('-', ""),
            "从备份恢复",
            "封存人",
            "不要拍照",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

#[test]
fn a_sheet_shows_nothing_of_its_code_when_it_is_debugged() {
    let shown = format!("{:?}", sheet("新茂社区"));
    assert_eq!(shown, "RecoverySheet(HF-2-20261124-1042)");
}
