//! Codes or words (代码或文字): sheets have either, records keep the code. A word in no table is kept as it
//! came.

use crate::office::code_tables::CodeTable;

/// Words that people write and no table has.
const ALIASES: &[(CodeTable, &[(&str, &str)])] = &[
    (
        CodeTable::Sex,
        &[("男", "1"), ("女", "2"), ("m", "1"), ("f", "2")],
    ),
    (
        CodeTable::Kin,
        &[
            ("本人", "02"), // in a household's list, the person whose list it is
            ("丈夫", "11"),
            ("妻子", "12"),
            ("儿子", "20"),
            ("独子", "21"),
            ("女儿", "30"),
            ("独女", "31"),
            ("孙", "41"),
            ("外孙", "43"),
            ("父", "51"),
            ("母", "52"),
            ("爷爷", "61"),
            ("奶奶", "62"),
            ("外公", "63"),
            ("外婆", "64"),
            ("哥哥", "71"),
            ("弟弟", "73"),
            ("姐", "75"),
            ("妹", "77"),
            ("媳妇", "38"),
            ("非亲属", "99"),
            ("租客", "99"),
            ("承租人", "99"),
        ],
    ),
    (
        CodeTable::Education,
        &[
            ("博士", "11"),
            ("硕士", "14"),
            ("研究生", "10"),
            ("大学", "20"),
            ("本科", "20"),
            ("大学本科", "20"),
            ("大专", "30"),
            ("专科", "30"),
            ("中专", "41"),
            ("职高", "44"),
            ("技校", "47"),
            ("高中", "60"),
            ("初中", "70"),
            ("小学", "80"),
        ],
    ),
    (
        CodeTable::Political,
        &[
            ("党员", "01"),
            ("中共党员", "01"),
            ("预备党员", "02"),
            ("中共预备党员", "02"),
            ("团员", "03"),
        ],
    ),
    (
        CodeTable::Marital,
        &[
            ("未说明", "90"),
            ("离异", "40"),
            ("丧夫", "30"),
            ("丧妻", "30"),
        ],
    ),
    (
        CodeTable::Residency,
        &[
            ("户籍", "RH"),
            ("户籍人口", "RH"),
            ("流动", "MG"),
            ("外来", "MG"),
            ("租住", "MG"),
            ("迁出", "LV"),
            ("死亡", "DD"),
        ],
    ),
    (
        CodeTable::HouseUse,
        &[
            ("空关", "vacant"),
            ("空", "vacant"),
            ("租", "rent"),
            ("居改非", "biz"),
            ("经营", "biz"),
            ("宿舍", "dorm"),
        ],
    ),
    (CodeTable::Ethnic, &[]),
    (
        CodeTable::Employment,
        &[
            ("退休", "80"),
            ("学生", "31"),
            ("无业", "70"),
            ("务农", "27"),
            ("个体", "54"),
        ],
    ),
];

/// The code a text stands for, if the table or people's words know it.
pub(super) fn code_of(table: CodeTable, text: &str) -> Option<String> {
    let text = text.trim();
    let rows = table.rows();
    // Excel takes the zero from 01.
    let padded = format!("0{text}");
    let by_code = rows
        .iter()
        .find(|row| row.code == text)
        .or_else(|| rows.iter().find(|row| row.code == padded));
    if let Some(row) = by_code {
        return Some(row.code.clone());
    }
    // People's own words first: 本人 in a household's list is its head.
    let lower = text.to_lowercase();
    let alias = ALIASES
        .iter()
        .filter(|(known, _words)| *known == table)
        .flat_map(|(_table, words)| words.iter())
        .find(|(word, _code)| *word == lower);
    if let Some((_word, code)) = alias {
        return Some((*code).to_owned());
    }
    let is_name = |name: &str| {
        name == text
            || without_end(name) == text
            || name
                .split_once('(')
                .is_some_and(|(start, _rest)| start == text)
    };
    rows.iter()
        .find(|row| is_name(&row.name.zh) || row.name.en.to_lowercase() == lower)
        .map(|row| row.code.clone())
}

/// 汉 for 汉族, 男 for 男性, 低保 for 低保对象.
fn without_end(name: &str) -> &str {
    ["族", "性", "对象", "人员", "状况"]
        .into_iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_become_the_code() {
        for (table, text, code) in [
            (CodeTable::Sex, "男", "1"),
            (CodeTable::Sex, "女性", "2"),
            (CodeTable::Sex, "2", "2"),
            (CodeTable::Kin, "户主", "02"),
            (CodeTable::Kin, "2", "02"),
            (CodeTable::Kin, "本人", "02"),
            (CodeTable::Kin, "妻", "12"),
            (CodeTable::Kin, "长子", "22"),
            (CodeTable::Ethnic, "汉", "01"),
            (CodeTable::Ethnic, "汉族", "01"),
            (CodeTable::Ethnic, "1", "01"),
            (CodeTable::Education, "本科", "20"),
            (CodeTable::Political, "群众", "13"),
            (CodeTable::Marital, "已婚", "20"),
            (CodeTable::Marital, "离异", "40"),
            (CodeTable::HouseUse, "出租", "rent"),
            (CodeTable::Residency, "流动人口", "MG"),
        ] {
            assert_eq!(code_of(table, text).as_deref(), Some(code), "{text}");
        }
        assert_eq!(code_of(CodeTable::Sex, "先生"), None);
    }

    #[test]
    fn every_word_leads_to_a_code_of_its_table() {
        for (table, words) in ALIASES {
            for (word, code) in *words {
                assert!(table.row(code).is_some(), "{word}");
            }
        }
    }
}
