//! County codes (GB/T 2260) as they were: an ID number keeps the code of its first registration for
//! life, and more than three thousand codes are on no current list.
//!
//! Not the place somebody lives: that is an address.

use std::{collections::BTreeMap, sync::LazyLock};

/// Code → its names, each with the first and the last list (YYYYMM) that had it.
type History = BTreeMap<&'static str, Vec<(&'static str, &'static str, &'static str)>>;

static HISTORY: LazyLock<History> = LazyLock::new(|| {
    // A test reads the same file: were it damaged, every code would be unknown, which only warns.
    serde_json::from_str(include_str!("../../data/region_codes_history.json")).unwrap_or_default()
});

/// The name a code had in the month `year_month` (YYYYMM), or in the lists nearest before it, or
/// else in the first ones.
pub(super) fn name_of(code: &str, year_month: u32) -> Option<&'static str> {
    let names = HISTORY.get(code)?;
    let began_by = |first: &str| first.parse().is_ok_and(|first: u32| first <= year_month);
    names
        .iter()
        .rev()
        .find(|(_, first, _)| began_by(first))
        .or_else(|| names.first())
        .map(|(name, _, _)| *name)
}

/// Whether any list since 1980 has the code.
pub(super) fn is_known(code: &str) -> bool {
    HISTORY.contains_key(code)
}

/// The province a code begins with, by its short name, if there is one.
pub(super) fn province_of(code: &str) -> Option<&'static str> {
    Some(match code.get(..2)? {
        "11" => "北京",
        "12" => "天津",
        "13" => "河北",
        "14" => "山西",
        "15" => "内蒙古",
        "21" => "辽宁",
        "22" => "吉林",
        "23" => "黑龙江",
        "31" => "上海",
        "32" => "江苏",
        "33" => "浙江",
        "34" => "安徽",
        "35" => "福建",
        "36" => "江西",
        "37" => "山东",
        "41" => "河南",
        "42" => "湖北",
        "43" => "湖南",
        "44" => "广东",
        "45" => "广西",
        "46" => "海南",
        "50" => "重庆",
        "51" => "四川",
        "52" => "贵州",
        "53" => "云南",
        "54" => "西藏",
        "61" => "陕西",
        "62" => "甘肃",
        "63" => "青海",
        "64" => "宁夏",
        "65" => "新疆",
        "71" | "83" => "台湾",
        "81" => "香港",
        "82" => "澳门",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_history_is_read() {
        assert_eq!(HISTORY.len(), 6772);
        assert!(HISTORY.keys().all(|code| province_of(code).is_some()));
    }

    #[test]
    fn kunshan_has_four_codes_and_two_names() {
        for (code, year_month, name) in [
            ("322726", 198_106, "昆山县"),
            ("320523", 198_406, "昆山县"),
            ("320523", 195_308, "昆山县"), // born before the lists begin
            ("329012", 199_001, "昆山市"),
            ("320583", 202_611, "昆山市"),
        ] {
            assert_eq!(
                name_of(code, year_month),
                Some(name),
                "{code} in {year_month}"
            );
        }
    }

    #[test]
    fn a_code_that_was_renamed_has_the_name_of_its_time() {
        assert_eq!(name_of("120110", 198_501), Some("东郊区"));
        assert_eq!(name_of("120110", 200_001), Some("东丽区"));
    }

    #[test]
    fn a_code_nobody_ever_used_has_no_name() {
        assert_eq!(name_of("320999", 200_001), None);
        assert!(!is_known("320999"));
        assert_eq!(province_of("999999"), None);
    }
}
