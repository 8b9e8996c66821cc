//! What a column can be, and the words that communities write above it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::office::code_tables::CodeTable;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 姓名
    Name,
    /// 证件号码
    IdNumber,
    /// 证件类型
    IdKind,
    /// 性别
    Sex,
    /// 出生日期
    Birth,
    /// 电话
    Phone,
    /// 现住址, in one cell
    Address,
    /// 幢
    Building,
    /// 单元
    Unit,
    /// 室
    Room,
    /// 与户主关系
    Relation,
    /// 居住状态
    Residency,
    /// 民族
    Ethnic,
    /// 学历
    Education,
    /// 政治面貌
    Political,
    /// 婚姻状况
    Marital,
    /// 从业状况
    Employment,
    /// 工作单位
    Employer,
    /// 户籍地址
    RegisteredAddress,
    /// 曾用名
    FormerName,
    /// 备注
    Note,
    /// 房屋用途
    HouseUse,
    /// 面积, square metres
    Area,
    /// 房屋性质
    PropertyType,
    /// 产权人
    Owner,
    /// 产权人电话
    OwnerPhone,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Name,
        Self::IdNumber,
        Self::IdKind,
        Self::Sex,
        Self::Birth,
        Self::Phone,
        Self::Address,
        Self::Building,
        Self::Unit,
        Self::Room,
        Self::Relation,
        Self::Residency,
        Self::Ethnic,
        Self::Education,
        Self::Political,
        Self::Marital,
        Self::Employment,
        Self::Employer,
        Self::RegisteredAddress,
        Self::FormerName,
        Self::Note,
        Self::HouseUse,
        Self::Area,
        Self::PropertyType,
        Self::Owner,
        Self::OwnerPhone,
    ];

    /// Whether it belongs to the home; all members of a row share it.
    pub const fn is_of_home(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Building
                | Self::Unit
                | Self::Room
                | Self::HouseUse
                | Self::Area
                | Self::PropertyType
                | Self::Owner
                | Self::OwnerPhone
        )
    }

    /// The name under which a record keeps it, where it is kept as one text or code of its own.
    pub const fn kept_as(self) -> Option<&'static str> {
        Some(match self {
            Self::Residency => "residency",
            Self::Relation => "relation",
            Self::Ethnic => "ethnic",
            Self::Education => "education",
            Self::Political => "political",
            Self::Marital => "marital",
            Self::Employment => "employment",
            Self::Employer => "employer",
            Self::RegisteredAddress => "registered_address",
            Self::FormerName => "former_name",
            Self::Note => "note",
            Self::HouseUse => "use",
            Self::Area => "area",
            Self::PropertyType => "property_type",
            Self::Owner => "owner",
            Self::OwnerPhone => "owner_phone",
            Self::Name
            | Self::IdNumber
            | Self::IdKind
            | Self::Sex
            | Self::Birth
            | Self::Phone
            | Self::Address
            | Self::Building
            | Self::Unit
            | Self::Room => return None,
        })
    }

    /// The table its words and codes come from.
    pub const fn table(self) -> Option<CodeTable> {
        Some(match self {
            Self::Sex => CodeTable::Sex,
            Self::Relation => CodeTable::Kin,
            Self::Residency => CodeTable::Residency,
            Self::Ethnic => CodeTable::Ethnic,
            Self::Education => CodeTable::Education,
            Self::Political => CodeTable::Political,
            Self::Marital => CodeTable::Marital,
            Self::Employment => CodeTable::Employment,
            Self::HouseUse => CodeTable::HouseUse,
            Self::Name
            | Self::IdNumber
            | Self::IdKind
            | Self::Birth
            | Self::Phone
            | Self::Address
            | Self::Building
            | Self::Unit
            | Self::Room
            | Self::Employer
            | Self::RegisteredAddress
            | Self::FormerName
            | Self::Note
            | Self::Area
            | Self::PropertyType
            | Self::Owner
            | Self::OwnerPhone => return None,
        })
    }

    /// The words above such a column, the usual one first.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["姓名", "名字", "居民姓名", "人员姓名", "人口姓名", "name"],
            Self::IdNumber => &[
                "身份证号",
                "身份证号码",
                "公民身份号码",
                "公民身份证号码",
                "身份证",
                "证件号码",
                "证件号",
                "居民身份证号码",
                "idnumber",
            ],
            Self::IdKind => &["证件类型", "证件种类", "证件名称"],
            Self::Sex => &["性别", "sex"],
            Self::Birth => &["出生日期", "出生年月日", "出生年月", "生日", "birth"],
            Self::Phone => &[
                "联系电话",
                "电话",
                "手机号码",
                "手机号",
                "手机",
                "联系方式",
                "电话号码",
                "移动电话",
                "phone",
            ],
            Self::Address => &[
                "现住址",
                "房号",
                "住址",
                "地址",
                "现住地",
                "现居住地",
                "现居住地址",
                "居住地址",
                "居住地",
                "家庭住址",
                "家庭地址",
                "房屋地址",
                "房屋坐落",
                "门牌号",
                "门牌",
                "楼栋房号",
                "房屋编号",
                "address",
            ],
            Self::Building => &["幢", "幢号", "楼栋", "楼栋号", "栋", "栋号", "楼号", "号楼"],
            Self::Unit => &["单元", "单元号"],
            Self::Room => &["室", "室号", "房间号", "房间", "户室号"],
            Self::Relation => &[
                "与户主关系",
                "与户主的关系",
                "关系",
                "家庭关系",
                "户主关系",
                "称谓",
                "relation",
            ],
            Self::Residency => &["居住状态", "人户状态", "居住情况", "人员类别", "人口类型"],
            Self::Ethnic => &["民族"],
            Self::Education => &["文化程度", "学历", "教育程度", "受教育程度"],
            Self::Political => &["政治面貌"],
            Self::Marital => &["婚姻状况", "婚姻", "婚否"],
            Self::Employment => &["从业状况", "就业状况", "就业情况", "职业"],
            Self::Employer => &["工作单位", "单位", "服务处所", "工作单位及职务"],
            Self::RegisteredAddress => &[
                "户籍地址",
                "户籍地",
                "户口所在地",
                "户籍所在地",
                "户籍所在地址",
                "原籍",
            ],
            Self::FormerName => &["曾用名"],
            Self::Note => &["备注", "说明", "其他情况", "remark"],
            Self::HouseUse => &[
                "房屋用途",
                "使用情况",
                "房屋使用情况",
                "用途",
                "房屋状态",
                "房屋现状",
            ],
            Self::Area => &["面积", "建筑面积", "房屋面积", "面积平方米"],
            Self::PropertyType => &["房屋性质", "产权性质", "房屋类型", "产权类型"],
            Self::Owner => &[
                "产权人",
                "业主",
                "业主姓名",
                "房东",
                "房东姓名",
                "房主",
                "房主姓名",
                "产权人姓名",
            ],
            Self::OwnerPhone => &[
                "产权人电话",
                "业主电话",
                "房东电话",
                "房主电话",
                "房东联系电话",
                "业主联系电话",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_word_stands_for_two_fields() {
        let mut seen = BTreeSet::new();
        for field in Field::ALL {
            assert!(!field.words().is_empty());
            for word in field.words() {
                assert!(seen.insert(*word), "{word}");
            }
        }
    }
}
