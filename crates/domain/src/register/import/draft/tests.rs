use super::*;
use crate::register::import::{find_header, recognise};

const ID: &str = "320583198103079911";

fn row(number: u32, cells: &[&str]) -> Row {
    let cells = (0..).zip(cells).filter(|(_column, text)| !text.is_empty());
    Row {
        number,
        cells: cells
            .map(|(column, text)| (column, Cell::Text((*text).to_owned())))
            .collect(),
    }
}

fn read_all(rows: &[Row]) -> Vec<RowKind> {
    let today = "2026-11-24".parse().unwrap();
    let header = find_header(rows).unwrap();
    let mapping = Mapping::of(&recognise(&header, rows, today)).unwrap();
    let mut reader = Reader::new(mapping, header, today);
    rows.iter().map(|row| reader.read(row)).collect()
}

fn faults(cells: &[&str]) -> Vec<FaultReason> {
    let heads = ["姓名", "性别", "身份证号", "出生日期", "电话", "住址"];
    match read_all(&[row(1, &heads), row(2, cells)]).remove(1) {
        RowKind::Faulty(faults) => faults.iter().map(|fault| fault.reason).collect(),
        RowKind::Data(_) => Vec::new(),
        RowKind::Aside => panic!("aside"),
    }
}

#[test]
fn a_whole_row_becomes_a_person_and_a_home() {
    let heads = ["姓名", "身份证号", "电话", "住址", "民族", "备注"];
    let cells = [
        "张三",
        ID,
        "154 0000 1234、57712345(家)",
        "新茂东苑12幢3单元502室",
        "汉",
        "独居",
    ];
    let RowKind::Data(draft) = read_all(&[row(1, &heads), row(2, &cells)]).remove(1) else {
        panic!("no data")
    };
    let person = &draft.people[0];
    assert_eq!(person.sex.as_deref(), Some("1"));
    assert_eq!(person.birth, Some("1981-03-07".parse().unwrap()));
    assert_eq!(person.phones, ["15400001234", "0512-57712345"]);
    assert_eq!(person.more["ethnic"], "01");
    assert_eq!(person.more["note"], "独居");
    assert_eq!(draft.home.unwrap().address.short(), "12-3-502");
}

#[test]
fn every_fault_of_a_row_is_told_at_once() {
    for (cells, reasons) in [
        (
            &["张三", "男", ID, "1981-03-07", "15400001234", "12-3-502"][..],
            &[][..],
        ),
        (&["", "男", ID], &[FaultReason::NameMissing]),
        (&["张3", "男", ID], &[FaultReason::NameCharacter]),
        (&["张三", "女", ID], &[FaultReason::SexDiffers]),
        (&["张三", "先生", ID], &[FaultReason::SexUnclear]),
        (
            &["张三", "", ID, "1981-03-08"],
            &[FaultReason::BirthDiffers],
        ),
        (&["张三", "", ID, "1981-03"], &[]),
        (&["张三", "", "", "1981-03"], &[FaultReason::DateUnclear]),
        (
            &["张三", "", "", "1981-02-30"],
            &[FaultReason::DateImpossible],
        ),
        (&["张三", "", "", "2027-01-01"], &[FaultReason::DateFuture]),
        (
            &["张三", "", "", "", "1540000123"],
            &[FaultReason::PhoneWrong],
        ),
        (
            &["张三", "", "", "", "", "东边那幢"],
            &[FaultReason::AddressUnclear],
        ),
        (
            &["张3", "先生", "3.20583E+17", "1981-02-30", "1", "那里"],
            &[
                FaultReason::NameCharacter,
                FaultReason::SexUnclear,
                FaultReason::IdScientific,
                FaultReason::DateImpossible,
                FaultReason::PhoneWrong,
                FaultReason::AddressUnclear,
            ],
        ),
    ] {
        assert_eq!(faults(cells), reasons, "{cells:?}");
    }
}

#[test]
fn members_below_a_head_live_where_the_head_does() {
    let rows = [
        row(1, &["房号", "姓名", "与户主关系"]),
        row(2, &["12-3-502", "张三", "户主"]),
        row(3, &["", "李四", "妻"]),
        row(4, &["", "王五", "户主"]),
    ];
    let addresses: Vec<Option<String>> = read_all(&rows)
        .into_iter()
        .skip(1)
        .map(|kind| match kind {
            RowKind::Data(draft) => draft.people[0].address.map(|address| address.short()),
            other => panic!("{other:?}"),
        })
        .collect();
    let home = Some("12-3-502".to_owned());
    assert_eq!(addresses, [home.clone(), home, None]);
}

#[test]
fn members_below_a_head_that_is_refused_do_not_move_in_with_the_household_before() {
    let rows = [
        row(1, &["房号", "姓名", "与户主关系"]),
        row(2, &["12-3-502", "张三", "户主"]),
        row(3, &["哪里", "李四", "户主"]),
        row(4, &["", "王五", "妻"]),
    ];
    let kinds = read_all(&rows);
    assert!(matches!(kinds[2], RowKind::Faulty(_)));
    let RowKind::Data(member) = &kinds[3] else {
        panic!("{kinds:?}")
    };
    assert_eq!(member.people[0].address, None);
}

#[test]
fn one_row_a_household_has_its_members_and_their_relations() {
    let rows = [
        row(
            1,
            &[
                "幢",
                "单元",
                "室",
                "户主",
                "身份证号",
                "配偶姓名",
                "房屋用途",
            ],
        ),
        row(2, &["12", "3", "502", "张三", ID, "李四", "自住"]),
        row(3, &["12幢", "", "601", "", "", "", "空置"]),
    ];
    let kinds = read_all(&rows);
    let RowKind::Data(first) = &kinds[1] else {
        panic!("{kinds:?}")
    };
    let relations: Vec<&str> = first
        .people
        .iter()
        .map(|one| one.more["relation"].as_str())
        .collect();
    assert_eq!(relations, ["02", "10"]);
    assert_eq!(first.home.as_ref().unwrap().more["use"], "own");
    let RowKind::Data(second) = &kinds[2] else {
        panic!("{kinds:?}")
    };
    assert!(second.people.is_empty());
    assert_eq!(second.home.as_ref().unwrap().address.short(), "12-601");
}

#[test]
fn notes_sums_and_repeated_heads_are_no_rows() {
    let rows = [
        row(1, &["序号", "姓名", "身份证号", "电话"]),
        row(2, &["", "必填", "18位数字", "选填"]),
        row(3, &["1", "张三", ID, ""]),
        row(4, &["序号", "姓名", "身份证号", "电话"]),
        row(5, &["2", "", "", ""]),
        row(6, &["合计", "1人", "", ""]),
    ];
    let asides: Vec<bool> = read_all(&rows)
        .iter()
        .map(|kind| *kind == RowKind::Aside)
        .collect();
    assert_eq!(asides, [true, true, false, true, true, true]);
}
