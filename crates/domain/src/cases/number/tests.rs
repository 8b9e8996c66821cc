//! Numbers: written, typed, scanned and mistyped.

use proptest::prelude::*;

use super::*;

fn number(day: NaiveDate, station: u8, serial: u16) -> CaseNumber {
    let station = StationLetter::of_station(station).unwrap();
    CaseNumber::new(CasePrefix::XINMAO, day, station, serial).unwrap()
}

fn example() -> CaseNumber {
    number(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), 1, 7)
}

#[test]
fn the_example_of_the_standard_page_is_written_and_read() {
    assert_eq!(example().to_string(), "XM261124A00073");
    let read = CaseNumber::parse("XM261124A00073").unwrap();
    assert_eq!(read, example());
    assert_eq!((read.station().station(), read.serial()), (1, 7));
    assert_eq!(read.day().to_string(), "2026-11-24");
}

#[test]
fn the_check_character_is_that_of_iso_7064() {
    // A GRid, the identifier of a music release, is published with this check character.
    assert_eq!(check_character(b"A12425GABC1234002"), b'M');
    assert_eq!(
        check_character(b"MPEEKPE3H1B2ZE"),
        check_by_the_book("MPEEKPE3H1B2ZE")
    );
}

/// The definition, word for word: the one character that leaves 1 modulo 36.
fn check_by_the_book(body: &str) -> u8 {
    let place = |character| {
        ALPHABET
            .iter()
            .position(|known| *known == character)
            .unwrap()
    };
    let leaves_one = |check: &&u8| {
        let mut product = 36;
        for character in body.bytes() {
            let sum = (product + place(character)) % 36;
            product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
        }
        (product + place(**check)) % 36 == 1
    };
    *ALPHABET.iter().find(leaves_one).unwrap()
}

#[test]
fn case_spaces_and_full_width_do_not_matter() {
    for text in [
        "xm261124a00073",
        " XM 261124 A 0007 3 ",
        "ＸＭ２６１１２４Ａ０００７３",
        "XM261124A00073\u{3000}\n",
    ] {
        assert_eq!(CaseNumber::parse(text), Ok(example()), "{text}");
    }
}

#[test]
fn a_number_is_known_by_its_end_the_latest_first() {
    let last = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let stations = [1, 2].map(|one| StationLetter::of_station(one).unwrap());
    let found = |end: &str| {
        let days = last.iter_days().rev().take(700);
        CaseNumber::ending_with(end, CasePrefix::XINMAO, days, &stations).collect::<Vec<_>>()
    };
    for end in ["A00073", "00073", "0073", "a00073", "4A00073", "Ａ00073"] {
        assert!(found(end).contains(&example()), "{end}");
    }
    assert_eq!(found("261124A00073"), [example()]);
    let many = found("00073");
    assert!(many.is_sorted_by(|one, next| one.day() >= next.day()));
    assert!(many.iter().all(|one| one.to_string().ends_with("00073")));
    for end in [
        "073",
        "",
        "陈喆",
        "A0007X3",
        "00009",
        "XM261124A00073",
        "C00073",
    ] {
        assert_eq!(found(end), [], "{end}");
    }
}

#[test]
fn what_is_wrong_with_a_number_is_said() {
    for (text, error) in [
        ("", NumberError::Length),
        ("XM261124A0007", NumberError::Length),
        ("XM261124A000733", NumberError::Length),
        ("XM261124A00074", NumberError::Check),
        ("XM26112?A00073", NumberError::Format),
        ("1M261124A00073", NumberError::Format),
        ("XM261124100073", NumberError::Format),
        ("XM26112OA00073", NumberError::Format),
        ("新茂261124A00073", NumberError::Format),
    ] {
        assert_eq!(CaseNumber::parse(text), Err(error), "{text}");
    }
    let with_check = |body: &str| format!("{body}{}", char::from(check_character(body.as_bytes())));
    assert_eq!(
        CaseNumber::parse(&with_check("XM260230A0007")),
        Err(NumberError::Date)
    );
    assert_eq!(
        CaseNumber::parse(&with_check("XM261124A0000")),
        Err(NumberError::Serial)
    );
}

#[test]
fn numbers_out_of_range_are_not_given() {
    let station = StationLetter::new('A').unwrap();
    let give = |year, serial| {
        let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        CaseNumber::new(CasePrefix::XINMAO, day, station, serial).map(drop)
    };
    assert_eq!(give(2026, 9999), Ok(()));
    assert_eq!(give(2026, 0), Err(NumberError::Serial));
    assert_eq!(give(2026, 10_000), Err(NumberError::Serial));
    assert_eq!(give(1999, 1), Err(NumberError::Date));
    assert_eq!(give(2100, 1), Err(NumberError::Date));
    assert!(StationLetter::new('a').is_err() && StationLetter::new('汉').is_err());
    assert!(StationLetter::of_station(0).is_err() && StationLetter::of_station(27).is_err());
    assert!(CasePrefix::new("X").is_err() && CasePrefix::new("X1").is_err());
}

#[test]
fn a_paper_has_the_cases_number_its_code_and_its_serial() {
    let paper = example().document_number(PaperCode::BZ, 1).unwrap();
    assert_eq!(paper.to_string(), "XM261124A00073-BZ01");
    assert_eq!(DocumentNumber::parse("xm261124a00073 - bz01"), Ok(paper));
    assert_eq!(
        DocumentNumber::parse("XM261124A00073-XX01"),
        Err(NumberError::Paper)
    );
    assert_eq!(
        DocumentNumber::parse("XM261124A00073-BZ00"),
        Err(NumberError::Serial)
    );
    assert_eq!(
        DocumentNumber::parse("XM261124A00074-BZ01"),
        Err(NumberError::Check)
    );
    assert_eq!(
        DocumentNumber::parse("XM261124A00073"),
        Err(NumberError::Length)
    );
    assert_eq!(
        example().document_number(PaperCode::BZ, 100),
        Err(NumberError::Serial)
    );
}

#[test]
fn there_are_seventeen_papers_with_titles_of_their_own() {
    let titles: std::collections::BTreeSet<_> = PaperCode::ALL.map(PaperCode::title).into();
    assert_eq!(titles.len(), 17);
    for paper in PaperCode::ALL {
        let written = serde_json::to_value(paper).unwrap();
        assert_eq!(written, paper.code());
    }
}

#[test]
fn the_digits_of_a_barcode_are_letters_as_two_digits() {
    assert_eq!(example().digits_only(), "33222611241000073");
    assert_eq!(CaseNumber::from_digits("33222611241000073"), Ok(example()));
    for (digits, error) in [
        ("", NumberError::Length),
        ("3322261124100007", NumberError::Length),
        ("XX222611241000073", NumberError::Format),
        ("99222611241000073", NumberError::Format),
        ("33222611241000074", NumberError::Check),
        ("332226112410000703", NumberError::Format),
    ] {
        assert_eq!(CaseNumber::from_digits(digits), Err(error), "{digits}");
    }
}

fn any_number() -> impl Strategy<Value = CaseNumber> {
    let day = (2000_i32..=2099, 1_u32..=366).prop_filter_map("no such day", |(year, day)| {
        NaiveDate::from_yo_opt(year, day)
    });
    (day, 1_u8..=26, 1_u16..=9999).prop_map(|(day, station, serial)| number(day, station, serial))
}

proptest! {
    #[test]
    fn a_number_is_read_as_it_was_written(number in any_number()) {
        prop_assert_eq!(CaseNumber::parse(&number.to_string()), Ok(number));
        prop_assert_eq!(CaseNumber::from_digits(&number.digits_only()), Ok(number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<CaseNumber>(&json).unwrap(), number);
    }

    #[test]
    fn no_single_wrong_character_is_taken_for_a_number(number in any_number()) {
        let right = number.to_string();
        for at in 0..right.len() {
            for wrong in ALPHABET {
                let mut typed = right.clone().into_bytes();
                if typed[at] != *wrong {
                    typed[at] = *wrong;
                    let typed = String::from_utf8(typed).unwrap();
                    prop_assert!(CaseNumber::parse(&typed).is_err(), "{typed}");
                }
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_answered(text in ".{0,40}") {
        let _number = CaseNumber::parse(&text);
        let _paper = DocumentNumber::parse(&text);
        let _scanned = CaseNumber::from_digits(&text);
    }
}

#[test]
fn two_neighbouring_characters_swapped_are_almost_always_refused() {
    let (mut swapped, mut taken) = (0, 0);
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for (day, serial) in first.iter_days().take(365).zip((1..).step_by(27)) {
        let right = number(day, 1, serial).to_string().into_bytes();
        for at in 1..right.len() {
            let mut typed = right.clone();
            typed.swap(at - 1, at);
            if typed != right {
                swapped += 1;
                taken += u32::from(CaseNumber::parse(&String::from_utf8(typed).unwrap()).is_ok());
            }
        }
    }
    assert!(taken * 100 < swapped, "{taken} of {swapped}");
}
