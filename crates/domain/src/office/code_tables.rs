//! Code tables of the national standards and our own (代码表): sex, kin, education and the like.
//!
//! Records store the code and screens show the name. A code that is in no table is kept as it came.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::bilingual::Bilingual;

/// The tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeTable {
    /// 性别, GB/T 2261.1.
    Sex,
    /// 婚姻状况, GB/T 2261.2.
    Marital,
    /// 民族, GB/T 3304.
    Ethnic,
    /// 与户主关系, GB/T 4761.
    Kin,
    /// 学历, GB/T 4658.
    Education,
    /// 政治面貌, GB/T 4762.
    Political,
    /// 从业状况, GB/T 2261.4.
    Employment,
    /// 证件类型.
    IdType,
    /// 居住状态.
    Residency,
    /// 房屋用途.
    HouseUse,
    /// 特殊群体.
    CareTag,
    /// 隐患类别.
    Hazard,
    /// 好差评, GB/T 39734.
    Rating,
}

impl CodeTable {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Sex,
        Self::Marital,
        Self::Ethnic,
        Self::Kin,
        Self::Education,
        Self::Political,
        Self::Employment,
        Self::IdType,
        Self::Residency,
        Self::HouseUse,
        Self::CareTag,
        Self::Hazard,
        Self::Rating,
    ];

    /// The rows, in the standard's order.
    pub fn rows(self) -> &'static [CodeRow] {
        match self {
            Self::Sex => &TABLES.sex.rows,
            Self::Marital => &TABLES.marital.rows,
            Self::Ethnic => &TABLES.ethnic.rows,
            Self::Kin => &TABLES.kin.rows,
            Self::Education => &TABLES.education.rows,
            Self::Political => &TABLES.political.rows,
            Self::Employment => &TABLES.employment.rows,
            Self::IdType => &TABLES.id_type.rows,
            Self::Residency => &TABLES.residency.rows,
            Self::HouseUse => &TABLES.house_use.rows,
            Self::CareTag => &TABLES.care_tag.rows,
            Self::Hazard => &TABLES.hazard.rows,
            Self::Rating => &TABLES.rating.rows,
        }
    }

    /// The row of `code`.
    pub fn row(self, code: &str) -> Option<&'static CodeRow> {
        self.rows().iter().find(|row| row.code == code)
    }
}

/// The name of `code`, if the table knows it.
pub fn name_of(table: CodeTable, code: &str) -> Option<&'static Bilingual> {
    table.row(code).map(|row| &row.name)
}

/// A code with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeRow {
    /// The code, as records store it.
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Bilingual,
    /// What only some tables say: two-letter codes, visit cycles, hours.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}

impl CodeRow {
    /// How often a household with this care tag is visited, in days.
    pub fn visit_cycle_days(&self) -> Option<u32> {
        self.number("cycle")
    }

    /// Whether a care tag is sensitive (PIPL art. 28).
    pub fn is_sensitive(&self) -> bool {
        self.more.get("level").and_then(serde_json::Value::as_str) == Some("S")
    }

    /// In how many hours a hazard of this category must be handled.
    pub fn handle_within_hours(&self) -> Option<u32> {
        self.number("hours")
    }

    fn number(&self, field: &str) -> Option<u32> {
        let number = self.more.get(field).and_then(serde_json::Value::as_u64);
        number.and_then(|number| u32::try_from(number).ok())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tables {
    sex: Table,
    marital: Table,
    ethnic: Table,
    kin: Table,
    education: Table,
    political: Table,
    employment: Table,
    id_type: Table,
    residency: Table,
    house_use: Table,
    care_tag: Table,
    hazard: Table,
    rating: Table,
}

#[derive(Deserialize)]
struct Table {
    rows: Vec<CodeRow>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the file is part of the program; a test reads it"
    )]
    serde_json::from_str(include_str!("../../data/code_tables.json"))
        .expect("code tables are whole")
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_has_each_code_once_with_a_name_in_both_languages() {
        for table in CodeTable::ALL {
            let codes: BTreeSet<_> = table.rows().iter().map(|row| &row.code).collect();
            assert_eq!(codes.len(), table.rows().len(), "{table:?}");
            assert!(!codes.is_empty(), "{table:?}");
            for row in table.rows() {
                assert!(
                    !row.name.zh.is_empty() && !row.name.en.is_empty(),
                    "{table:?} {}",
                    row.code
                );
                assert!(
                    row.name.en.is_ascii() || row.name.en.contains('’'),
                    "{}",
                    row.name.en
                );
            }
        }
    }

    #[test]
    fn the_tables_are_as_long_as_their_standards() {
        for (table, length) in [
            (CodeTable::Sex, 4),
            (CodeTable::Marital, 8),
            (CodeTable::Ethnic, 58),
            (CodeTable::Kin, 84),
            (CodeTable::Political, 13),
            (CodeTable::CareTag, 29),
            (CodeTable::Hazard, 35),
            (CodeTable::Rating, 5),
        ] {
            assert_eq!(table.rows().len(), length, "{table:?}");
        }
    }

    #[test]
    fn a_code_has_its_name_and_an_unknown_one_has_none() {
        let name = |table, code| name_of(table, code).map(|name| name.zh.as_str());
        assert_eq!(name(CodeTable::Marital, "30"), Some("丧偶"));
        assert_eq!(name(CodeTable::Ethnic, "05"), Some("维吾尔族"));
        assert_eq!(name(CodeTable::IdType, "resident"), Some("居民身份证"));
        assert_eq!(name(CodeTable::Kin, "03"), None);
        assert_eq!(name(CodeTable::Kin, "98"), None);
    }

    #[test]
    fn care_tags_say_how_often_to_visit_and_what_not_to_show() {
        let row = CodeTable::CareTag.row("E1").unwrap();
        assert_eq!(
            (row.visit_cycle_days(), row.is_sensitive()),
            (Some(7), false)
        );
        assert!(CodeTable::CareTag.row("D1").unwrap().is_sensitive());
        assert_eq!(
            CodeTable::Hazard.row("R1").unwrap().handle_within_hours(),
            Some(72)
        );
    }
}
