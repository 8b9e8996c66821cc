//! Imports in words: what is wrong with a file, a column, a row, and what a column holds.

use yichuang_domain::register::import::{Doubt, FaultReason, Field, FileTrouble, MappingError};

use super::Language;

/// Why a file is not read.
pub(super) fn file_trouble(file: &str, trouble: &FileTrouble) -> (String, String) {
    let (zh, en) = match trouble {
        FileTrouble::Missing => (
            "找不到，或没有权限打开。请核对位置后重新选择".to_owned(),
            "it is not there or may not be opened. Check where it is and choose again".to_owned(),
        ),
        FileTrouble::NotASpreadsheet => (
            "不是表格。请选择 .xlsx、.xls 或 .csv 文件".to_owned(),
            "it is no spreadsheet. Choose an .xlsx, .xls or .csv file".to_owned(),
        ),
        FileTrouble::WrongEnding { holds } => (
            format!("内容与扩展名不符，实际是 .{holds}。请用表格软件打开核对，再另存一份"),
            format!(
                "its content is .{holds}, not what its name says. Open it, check it and save it again"
            ),
        ),
        FileTrouble::Encrypted => (
            "有打开密码。请去掉密码另存一份，再导入".to_owned(),
            "it is locked with a password. Save a copy without it".to_owned(),
        ),
        FileTrouble::Damaged => (
            "已损坏，读不完整。请用表格软件打开，另存一份再导入".to_owned(),
            "it is damaged. Open it in a spreadsheet program and save it again".to_owned(),
        ),
        FileTrouble::Empty => (
            "是空的。请核对是不是选错了文件".to_owned(),
            "it is empty. Check whether it is the right one".to_owned(),
        ),
        FileTrouble::TooLarge { what, most } => too_large(what, *most),
        FileTrouble::Encoding => (
            "文字编码认不出。请用表格软件打开，另存为 .xlsx 再导入".to_owned(),
            "its encoding is not known. Save it as .xlsx".to_owned(),
        ),
        FileTrouble::Exhausting => (
            "读取时耗尽了时间或内存，正常的表格不会这样。请核对文件来源".to_owned(),
            "reading it took more time or memory than any real file. Check where it comes from"
                .to_owned(),
        ),
        FileTrouble::NoHeads => (
            "没有找到表头（姓名、身份证号、住址等）。请在数据上方加一行表头".to_owned(),
            "no heads (name, ID number, address) were found. Put a row of heads above the data"
                .to_owned(),
        ),
    };
    (
        format!("“{file}”{zh}。没有导入任何内容。"),
        format!("“{file}”: {en}. Nothing was taken in."),
    )
}

fn too_large(what: &str, most: u64) -> (String, String) {
    let (zh, en) = match what {
        "rows" => ("行数超过", "rows"),
        "columns" => ("列数超过", "columns"),
        "cells" => ("单元格超过", "cells"),
        "cell_bytes" => ("某个单元格的字节数超过", "bytes in a cell"),
        "parts" => ("内部文件数超过", "parts inside"),
        "bytes" | "part_bytes" => ("字节数超过", "bytes"),
        _ => ("内部结构超过正常表格的", "times what a real file needs"),
    };
    (
        format!("{zh} {most}。请拆成几份再导入"),
        format!("it has more than {most} {en}. Split it"),
    )
}

/// Why columns cannot be read so.
pub(super) fn columns_refused(error: &MappingError) -> (String, String) {
    match error {
        MappingError::Twice { field: one } => (
            format!(
                "有两列都对应“{}”。没有导入任何内容。请把其中一列改为“不导入”。",
                field(*one, Language::Zh)
            ),
            format!(
                "Two columns hold “{}”. Nothing was taken in. Leave one of them out.",
                field(*one, Language::En)
            ),
        ),
        MappingError::NothingToKeep => (
            "没有一列对应姓名或住址。没有导入任何内容。请先对列。".to_owned(),
            "No column holds a name or an address. Nothing was taken in. Name the columns first."
                .to_owned(),
        ),
    }
}

/// What a column holds.
pub(crate) fn field(field: Field, language: Language) -> &'static str {
    let (zh, en) = match field {
        Field::Name => ("姓名", "Name"),
        Field::IdNumber => ("证件号", "ID number"),
        Field::IdKind => ("证件类型", "ID type"),
        Field::Sex => ("性别", "Sex"),
        Field::Birth => ("出生日期", "Birth"),
        Field::Phone => ("电话", "Telephone"),
        Field::Address => ("现住址", "Address"),
        Field::Building => ("幢", "Building"),
        Field::Unit => ("单元", "Unit"),
        Field::Room => ("室", "Room"),
        Field::Relation => ("与户主关系", "Relation to head"),
        Field::Residency => ("居住状态", "Residency"),
        Field::Ethnic => ("民族", "Ethnic group"),
        Field::Education => ("学历", "Education"),
        Field::Political => ("政治面貌", "Political status"),
        Field::Marital => ("婚姻状况", "Marital status"),
        Field::Employment => ("从业状况", "Employment"),
        Field::Employer => ("工作单位", "Employer"),
        Field::RegisteredAddress => ("户籍地址", "Registered address"),
        Field::FormerName => ("曾用名", "Former name"),
        Field::Note => ("备注", "Note"),
        Field::HouseUse => ("房屋用途", "Use of the home"),
        Field::Area => ("面积", "Area"),
        Field::PropertyType => ("房屋性质", "Kind of property"),
        Field::Owner => ("产权人", "Owner"),
        Field::OwnerPhone => ("产权人电话", "Owner's telephone"),
    };
    language.pick(zh, en)
}

/// A field of a record, by the name it is kept under.
pub(crate) fn kept(name: &str, language: Language) -> String {
    let known = Field::ALL
        .into_iter()
        .find(|field| field.kept_as() == Some(name));
    if let Some(known) = known {
        return field(known, language).to_owned();
    }
    let (zh, en) = match name {
        "name" => ("姓名", "name"),
        "sex" => ("性别", "sex"),
        "birth" => ("出生日期", "birth"),
        "id_kind" => ("证件类型", "ID type"),
        "id_number" => ("证件号", "ID number"),
        "phones" => ("电话", "telephones"),
        "address" => ("现住址", "address"),
        "household" => ("房屋", "home"),
        other => return other.to_owned(),
    };
    language.pick(zh, en).to_owned()
}

/// Why a row is refused, and what to do.
pub(crate) fn fault(reason: FaultReason, language: Language) -> &'static str {
    let (zh, en) = match reason {
        FaultReason::IdScientific => (
            "证件号成了科学计数，末几位已丢。请把该列设为文本，照证件重填",
            "The ID number became scientific notation and lost its last digits. Set the column to text and type it again",
        ),
        FaultReason::IdDigitsLost => (
            "证件号末三位成了000，多半被表格软件截断。请照证件重填",
            "The ID number ends in 000: the spreadsheet cut it. Type it again",
        ),
        FaultReason::IdLength => (
            "证件号位数不对。请照证件核对",
            "The ID number has the wrong length. Check it",
        ),
        FaultReason::IdFormat => (
            "证件号有不该出现的字符（常见：字母O当成0）。请核对",
            "The ID number has a character it cannot have. Check it",
        ),
        FaultReason::IdCheck => (
            "证件号末位校验对不上，多半输错一位。请核对",
            "The ID number's check character does not match. Check it",
        ),
        FaultReason::IdDate => (
            "证件号里的出生日期不存在。请核对",
            "The date in the ID number does not exist. Check it",
        ),
        FaultReason::IdFuture => (
            "证件号里的出生日期在今天之后。请核对",
            "The date in the ID number is after today. Check it",
        ),
        FaultReason::IdRegion => (
            "证件号前两位不是任何省份。请核对",
            "No province has the ID number's first digits. Check it",
        ),
        FaultReason::NameMissing => ("没有姓名。请补上", "There is no name. Add it"),
        FaultReason::NameCharacter => (
            "姓名里有不能用的字符。请改正",
            "The name has a character no name has. Correct it",
        ),
        FaultReason::NameTooLong => ("姓名太长。请核对", "The name is too long. Check it"),
        FaultReason::PhoneWrong => (
            "电话不对。请核对位数",
            "The telephone number is wrong. Check it",
        ),
        FaultReason::AddressUnclear => (
            "住址认不出。请写成 12-3-502 或 12幢3单元502室",
            "No address can be read. Write 12-3-502",
        ),
        FaultReason::DateUnclear => (
            "日期不完整。请写成 1981-03-07",
            "It is no whole day. Write 1981-03-07",
        ),
        FaultReason::DateImpossible => ("日期不存在。请核对", "The day does not exist. Check it"),
        FaultReason::DateFuture => ("日期在今天之后。请核对", "The day is after today. Check it"),
        FaultReason::BirthDiffers => (
            "出生日期与证件号不一致。请核对",
            "The birth differs from the ID number. Check it",
        ),
        FaultReason::SexDiffers => (
            "性别与证件号不一致。请核对",
            "The sex differs from the ID number. Check it",
        ),
        FaultReason::SexUnclear => (
            "性别认不出。请写男或女",
            "The sex is unclear. Write 男 or 女",
        ),
        FaultReason::TextTooLong => ("文字太长。请缩短", "The text is too long. Shorten it"),
        FaultReason::TextCharacter => (
            "有看不见的控制字符。请删掉",
            "It has invisible characters. Remove them",
        ),
    };
    language.pick(zh, en)
}

/// Why a person must look at a row.
pub(crate) fn doubt(doubt: &Doubt, language: Language) -> String {
    match doubt {
        Doubt::SameNumber => language
            .pick(
                "证件号与另一个姓名不同的人相同。请核对是谁的",
                "Somebody of another name has this ID number. Check whose it is",
            )
            .to_owned(),
        Doubt::Several => language
            .pick(
                "登记里有几个人都像。请先合并或补全他们的证件号",
                "Several people of the register may be meant. Merge them or add their ID numbers",
            )
            .to_owned(),
        Doubt::OnlyName => language
            .pick(
                "只有姓名，登记里已有同名的人。请补证件号、电话或住址",
                "Only a name, and the register has it already. Add ID number, telephone or address",
            )
            .to_owned(),
        Doubt::Contradicts { row, fields } => {
            let names: Vec<String> = fields.iter().map(|name| kept(name, language)).collect();
            let names = language.list(&names);
            language.pick(
                format!("与第 {row} 行是同一个人，但{names}不同。请核对哪一行对"),
                format!("The same person as row {row}, but {names} differ. Check which is right"),
            )
        }
    }
}

/// What becomes of a row, in a word.
pub(crate) fn verdict(name: &str, language: Language) -> &'static str {
    let (zh, en) = match name {
        "new" => ("新增", "new"),
        "same" => ("无变化", "same"),
        "changed" => ("有变化", "changed"),
        "doubtful" => ("待定", "doubtful"),
        _ => ("有错", "refused"),
    };
    language.pick(zh, en)
}
