//! Files from strangers: whatever they hold, the worker tells rows or is refused, in seconds, and the
//! program that asked goes on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and the helpers they share"
)]

use std::{
    fs::File,
    io::{Cursor, Seek, SeekFrom, Write},
    path::Path,
};

use yichuang_sheets::{Cell, Form, Message, Sheet, Trouble, WorkerError, read, write_workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

const WORKER: &str = env!("CARGO_BIN_EXE_yichuang-sheet-worker");

/// What the worker tells of these bytes.
fn told(bytes: &[u8], form: Form) -> Result<Vec<Message>, Trouble> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    told_of(file, form)
}

fn told_of(file: File, form: Form) -> Result<Vec<Message>, Trouble> {
    let mut messages = Vec::new();
    let read = read(Path::new(WORKER), file, form, |message| {
        messages.push(message);
        true
    });
    match read {
        Ok(()) => Ok(messages),
        Err(WorkerError::Refused(trouble)) => Err(trouble),
        Err(WorkerError::Disk(error)) => panic!("{error}"),
    }
}

fn refused(bytes: &[u8], form: Form) -> Trouble {
    match told(bytes, form) {
        Err(trouble) => trouble,
        Ok(messages) => panic!("{} lines", messages.len()),
    }
}

fn is_too_large(trouble: &Trouble, in_what: &str) -> bool {
    matches!(trouble, Trouble::TooLarge { what, .. } if what == in_what)
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook of this worksheet, with more parts where a test wants them.
fn workbook(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts.iter().chain(more) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#)
        .into_bytes()
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_workbook_is_told_sheet_by_sheet_and_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("名单.xlsx");
    let titles = ["姓名".to_owned(), "身份证号".to_owned()];
    let rows = [vec!["张三".to_owned(), "=1+1".to_owned()]];
    let list = Sheet {
        name: "名单",
        mark: "新茂社区",
        titles: &titles,
        rows: &rows,
    };
    write_workbook(&path, &[list]).unwrap();
    let messages = told_of(File::open(&path).unwrap(), Form::Xlsx).unwrap();
    assert_eq!(
        messages[0],
        Message::Sheet {
            name: "名单".to_owned()
        }
    );
    let Message::Row { row, cells } = &messages[3] else {
        panic!("{messages:?}")
    };
    assert_eq!(*row, 3);
    assert_eq!(cells[0], (0, Cell::Text("张三".to_owned())));
    assert_eq!(cells[1], (1, Cell::Text("'=1+1".to_owned())));
}

#[test]
fn text_with_separators_is_read_in_both_encodings() {
    let expected = [
        (0, Cell::Text("姓名".to_owned())),
        (1, Cell::Text("电话".to_owned())),
    ];
    for bytes in [
        "姓名,电话\r\n".as_bytes(),
        "\u{FEFF}姓名\t电话\n".as_bytes(),
        b"\xD0\xD5\xC3\xFB;\xB5\xE7\xBB\xB0\n",
    ] {
        let messages = told(bytes, Form::Csv).unwrap();
        let Message::Row { cells, .. } = &messages[1] else {
            panic!("{messages:?}")
        };
        assert_eq!(cells[..], expected);
    }
}

#[test]
fn a_file_that_asks_for_a_range_of_half_a_terabyte_is_read_as_its_two_cells() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        cell("A1", "a"),
        cell("GR1048576", "z")
    );
    let messages = told(&workbook(&sheet(&rows), &[]), Form::Xlsx).unwrap();
    assert_eq!(messages.len(), 3);
}

#[test]
fn columns_beyond_any_real_sheet_are_refused() {
    let rows = format!(r#"<row r="1">{}</row>"#, cell("XFD1", "z"));
    let trouble = refused(&workbook(&sheet(&rows), &[]), Form::Xlsx);
    assert!(is_too_large(&trouble, "columns"), "{trouble:?}");
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 70 * 1024 * 1024];
    let bomb = workbook(&sheet(""), &[("xl/media/bomb.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    let trouble = refused(&bomb, Form::Xlsx);
    assert!(is_too_large(&trouble, "part_bytes"), "{trouble:?}");

    let smaller = vec![b' '; 20 * 1024 * 1024];
    let trouble = refused(&workbook(&sheet(""), &[("xl/a.xml", &smaller)]), Form::Xlsx);
    assert!(is_too_large(&trouble, "ratio"), "{trouble:?}");
}

#[test]
fn a_part_that_lies_about_its_size_is_counted_while_it_is_read() {
    let zeros = vec![b' '; 20 * 1024 * 1024];
    let mut bomb = workbook(&sheet(""), &[("xl/media/bomb.bin", &zeros)]);
    // The sizes in both headers say a hundred bytes.
    let true_size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let lie = 100_u32.to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4)
        .filter(|at| bomb[*at..*at + 4] == true_size)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&lie);
    }
    let trouble = refused(&bomb, Form::Xlsx);
    assert!(
        is_too_large(&trouble, "ratio") || trouble == Trouble::Damaged,
        "{trouble:?}"
    );
}

#[test]
fn too_many_parts_are_refused() {
    let names: Vec<String> = (0..300).map(|number| format!("xl/{number}.xml")).collect();
    let more: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &b"<a/>"[..]))
        .collect();
    let trouble = refused(&workbook(&sheet(""), &more), Form::Xlsx);
    assert!(is_too_large(&trouble, "parts"), "{trouble:?}");
}

#[test]
fn elements_inside_one_another_without_end_are_refused() {
    let deep = "<a>".repeat(100_000);
    let trouble = refused(&workbook(&sheet(&deep), &[]), Form::Xlsx);
    assert!(is_too_large(&trouble, "depth"), "{trouble:?}");
}

#[test]
fn entities_that_multiply_are_refused() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(
        refused(&workbook(laughs.as_bytes(), &[]), Form::Xlsx),
        Trouble::Entities
    );
}

#[test]
fn shared_texts_that_ask_for_all_memory_end_the_worker_and_nothing_else() {
    let greedy = br#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999"><si><t>a</t></si></sst>"#;
    let rows = format!(r#"<row r="1">{}</row>"#, cell("A1", "a"));
    let trouble = refused(
        &workbook(&sheet(&rows), &[("xl/sharedStrings.xml", greedy)]),
        Form::Xlsx,
    );
    assert_eq!(trouble, Trouble::Exhausting);
}

#[test]
fn three_hundred_thousand_rows_are_refused() {
    let mut text = String::from("姓名,电话\n");
    for _row in 0..300_000 {
        text.push_str("张三,15400001234\n");
    }
    let trouble = refused(text.as_bytes(), Form::Csv);
    assert!(is_too_large(&trouble, "rows"), "{trouble:?}");
}

#[test]
fn a_cell_longer_than_any_text_is_refused() {
    let trouble = refused(
        format!("姓名,{}\n", "长".repeat(5_000)).as_bytes(),
        Form::Csv,
    );
    assert!(is_too_large(&trouble, "cell_bytes"), "{trouble:?}");
}

#[test]
fn what_is_no_spreadsheet_is_refused_for_what_it_is() {
    let workbook = workbook(&sheet(""), &[]);
    for (bytes, form, expected) in [
        (&b"a\0b\0"[..], Form::Csv, Trouble::NulBytes),
        (b"\xFF\xFE\xD3\x59", Form::Csv, Trouble::Encoding),
        (b"", Form::Csv, Trouble::Empty),
        (b"\n\n,,\n", Form::Csv, Trouble::Empty),
        (b"%PDF-1.7 ...", Form::Xlsx, Trouble::NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n", Form::Xls, Trouble::NotASpreadsheet),
        (b"PK\x03\x04 and then nothing", Form::Xlsx, Trouble::Damaged),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing",
            Form::Xls,
            Trouble::Damaged,
        ),
        (
            b"a,b\n",
            Form::Xlsx,
            Trouble::WrongEnding { holds: Form::Csv },
        ),
        (
            &workbook,
            Form::Xls,
            Trouble::WrongEnding { holds: Form::Xlsx },
        ),
        (&workbook, Form::Xlsx, Trouble::Empty),
    ] {
        let trouble = refused(bytes, form);
        let is_refused =
            trouble == expected || (expected == Trouble::Damaged && trouble == Trouble::Exhausting);
        assert!(is_refused, "{trouble:?} instead of {expected:?}");
    }
}

#[test]
fn every_cut_of_a_workbook_is_refused_or_read() {
    let rows: Vec<String> = (1..40)
        .map(|row| {
            let cell = cell(&format!("A{row}"), "张三");
            format!(r#"<row r="{row}">{cell}</row>"#)
        })
        .collect();
    let rows = rows.concat();
    let whole = workbook(&sheet(&rows), &[]);
    for cut in (0..whole.len()).step_by(97) {
        drop(told(&whole[..cut], Form::Xlsx));
    }
    assert_eq!(told(&whole, Form::Xlsx).unwrap().len(), 40);
}
