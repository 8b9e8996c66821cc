//! Days, limits and lights: the examples of `vectors.json`, and the laws behind them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read its table has failed"
)]

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;
use yichuang_domain::cases::catalogue::Catalogue;
use yichuang_domain::cases::clock::{Clock, ClockRefused, DayType, DayWhy, Limit, Pause};
use yichuang_domain::cases::due::{Binding, Due, Extension, due_date, forward_by};
use yichuang_domain::cases::item::Item;
use yichuang_domain::cases::light::{Light, light};
use yichuang_domain::office::bilingual::Bilingual;
use yichuang_domain::office::calendar::{Calendar, CalendarError, CountRefused, DayKind};

fn table(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let rows = vectors[name].as_array().unwrap().clone();
    assert!(!rows.is_empty(), "{name}");
    rows
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn date_of(row: &Value, field: &str) -> NaiveDate {
    day(row[field].as_str().unwrap())
}

fn number_of(row: &Value, field: &str) -> u16 {
    row[field].as_u64().unwrap().try_into().unwrap()
}

fn pauses_of(row: &Value) -> Vec<Pause> {
    serde_json::from_value(row["pauses"].clone()).unwrap()
}

fn calendar() -> &'static Calendar {
    Calendar::builtin()
}

fn item(code: &str) -> &'static Item {
    Catalogue::builtin().item(code).unwrap()
}

fn due(code: &str, accepted: &str, pauses: &[Pause], today: Option<&str>) -> Due {
    let today = today.map(day);
    due_date(item(code), day(accepted), pauses, None, today, calendar()).unwrap()
}

#[test]
fn every_day_of_the_table_is_worked_or_not_as_the_notices_say() {
    for row in table("workday") {
        let found = calendar().is_working(date_of(&row, "date"));
        assert_eq!(found, row["work"].as_bool().unwrap(), "{row}");
    }
}

#[test]
fn the_nth_working_day_is_that_of_the_table() {
    for row in table("addWorkdays") {
        let n = number_of(&row, "n");
        let found = calendar()
            .count_working_days(date_of(&row, "start"), n)
            .unwrap();
        assert_eq!(found.date, date_of(&row, "result"), "{row}");
        assert!(!found.provisional, "{row}");
    }
}

#[test]
fn papers_of_a_rest_day_count_from_the_next_working_day() {
    for row in table("effectiveReceipt") {
        let found = calendar()
            .effective_receipt(date_of(&row, "received"))
            .unwrap();
        assert_eq!(found.date, date_of(&row, "counted"), "{row}");
    }
}

#[test]
fn who_hears_nothing_for_five_working_days_is_accepted_from_the_day_of_receipt() {
    for row in table("noticeDeadline") {
        let days = number_of(&row, "days");
        let found = calendar()
            .notice_deadline(date_of(&row, "received"), days)
            .unwrap();
        assert_eq!(
            found.last_day,
            date_of(&row, "deemedAcceptedIfSilentAfter"),
            "{row}"
        );
        assert_eq!(
            found.counted_from,
            date_of(&row, "deemedAcceptanceDate"),
            "{row}"
        );
    }
}

#[test]
fn the_earlier_of_promise_and_law_is_the_day_due() {
    for row in table("dueDate") {
        let found = due(
            row["item"].as_str().unwrap(),
            row["accepted"].as_str().unwrap(),
            &[],
            None,
        );
        assert_eq!(found.promised, date_of(&row, "promisedDue"), "{row}");
        assert_eq!(found.legal, row["legalDue"].as_str().map(day), "{row}");
        assert_eq!(found.due, date_of(&row, "due"), "{row}");
        assert_eq!(found.because.last().unwrap().date, found.due, "{row}");
    }
}

#[test]
fn a_promise_can_pass_the_law_across_national_day() {
    let found = due("HJ002", "2026-09-24", &[], None);
    assert_eq!(found.promised, day("2026-10-15"));
    assert_eq!(found.legal, Some(day("2026-10-09")));
    assert_eq!(found.due, day("2026-10-09"));
    assert_eq!(found.binding, Binding::Legal);
}

#[test]
fn days_of_a_special_procedure_do_not_count() {
    for row in table("pause") {
        let pauses = pauses_of(&row);
        let clock = Clock {
            accepted: date_of(&row, "accepted"),
            pauses: &pauses,
            calendar: calendar(),
        };
        let found = clock
            .due_after(Limit::working(number_of(&row, "promised")))
            .unwrap();
        assert_eq!(found.date, date_of(&row, "due"), "{row}");
    }
}

#[test]
fn a_case_is_yellow_near_its_due_day_and_red_after_it() {
    for row in table("light") {
        let pauses = pauses_of(&row);
        let promised = number_of(&row, "promised");
        let clock = Clock {
            accepted: date_of(&row, "accepted"),
            pauses: &pauses,
            calendar: calendar(),
        };
        let due = clock.due_after(Limit::working(promised)).unwrap().date;
        assert_eq!(due, date_of(&row, "due"), "{row}");
        let found = light(&clock, due, promised, date_of(&row, "today")).light;
        assert_eq!(serde_json::to_value(found).unwrap(), row["light"], "{row}");
    }
}

#[test]
fn the_explanation_names_every_day_from_acceptance_to_the_day_due() {
    let found = due("MZ008", "2026-09-18", &[], None);
    assert_eq!(found.due, day("2026-09-20"));
    let why: Vec<_> = found.because.into_iter().map(|day| day.why).collect();
    let expected = [
        DayWhy::Acceptance,
        DayWhy::Weekend,
        DayWhy::WorkedRestDay { n: 1 },
    ];
    assert_eq!(why, expected);

    let found = due("SF002", "2026-09-25", &[], None);
    let why: Vec<_> = found.because.iter().map(|day| &day.why).collect();
    assert_eq!(found.due, day("2026-10-08"));
    assert_eq!(why[7], &DayWhy::Counted { n: 7 });
    assert!(
        why[8..13]
            .iter()
            .all(|why| matches!(why, DayWhy::Holiday { .. }))
    );
    assert_eq!(why[13], &DayWhy::RolledForward);
}

#[test]
fn the_light_of_a_paused_case_is_grey_even_after_its_due_day() {
    let lasting = [Pause {
        from: day("2026-03-10"),
        to: None,
    }];
    let found = due("YL003", "2026-03-02", &lasting, Some("2026-03-12"));
    assert_eq!(found.due, day("2026-03-09"));
    assert_eq!(found.light, Some(Light::Grey));

    let found = due("MZ001", "2026-03-02", &lasting, Some("2026-03-17"));
    assert_eq!(
        found.due,
        day("2026-04-07"),
        "as if the clock went on today"
    );
    assert_eq!(found.light, Some(Light::Grey));
}

#[test]
fn a_pause_that_lasts_needs_a_today() {
    let lasting = [Pause {
        from: day("2026-03-10"),
        to: None,
    }];
    let answer = due_date(
        item("MZ001"),
        day("2026-03-02"),
        &lasting,
        None,
        None,
        calendar(),
    );
    assert_eq!(
        answer,
        Err(ClockRefused::TooFar {
            from: day("2026-03-02")
        })
    );
}

#[test]
fn a_pause_that_ends_before_it_starts_is_refused() {
    let pauses = [Pause {
        from: day("2026-03-10"),
        to: Some(day("2026-03-09")),
    }];
    let answer = due_date(
        item("MZ001"),
        day("2026-03-02"),
        &pauses,
        None,
        None,
        calendar(),
    );
    assert_eq!(
        answer,
        Err(ClockRefused::PauseBackwards {
            from: day("2026-03-10")
        })
    );
}

#[test]
fn an_extension_counts_anew_from_acceptance_with_the_larger_number() {
    let item = item("MZ001");
    let more = Extension::of(item, 10);
    assert_eq!(
        more,
        Extension {
            promised_days: 30,
            legal_days: Some(40)
        }
    );
    let found = due_date(item, day("2026-03-02"), &[], Some(more), None, calendar()).unwrap();
    assert_eq!(
        found.due,
        calendar()
            .count_working_days(day("2026-03-02"), 30)
            .unwrap()
            .date
    );

    let calendar_law = Catalogue::builtin().item("HJ002").unwrap();
    assert_eq!(Extension::of(calendar_law, 10).legal_days, None);
}

#[test]
fn an_instant_item_is_due_the_same_day() {
    let found = due("SB013", "2026-11-24", &[], Some("2026-11-24"));
    assert_eq!(
        (found.due, found.light),
        (day("2026-11-24"), Some(Light::Yellow))
    );
    let found = due("SB013", "2026-11-24", &[], Some("2026-11-25"));
    assert_eq!(found.light, Some(Light::Red));
}

#[test]
fn collected_papers_go_out_by_the_next_working_day() {
    let found = forward_by(day("2026-09-24"), 1, calendar()).unwrap();
    assert_eq!(found.date, day("2026-09-28"));
}

#[test]
fn a_due_day_in_a_year_without_a_notice_is_provisional() {
    let found = due("MZ001", "2026-12-20", &[], None);
    assert!(found.provisional);
    assert_eq!(
        found.due,
        day("2027-01-18"),
        "1 January is off, nothing else is known"
    );
    assert!(!due("YL003", "2026-12-20", &[], None).provisional);
}

#[test]
fn statutory_days_of_an_unknown_year_are_off() {
    for (date, works) in [
        ("2027-02-05", false), // eve of Spring Festival, from the file
        ("2027-02-09", true),
        ("2027-10-01", false),
        ("2027-10-04", true),
        ("2031-01-01", false), // fixed by law, every year
        ("2031-05-02", false),
        ("2031-05-05", true),
        ("2031-10-03", false),
    ] {
        assert_eq!(calendar().is_working(day(date)), works, "{date}");
        assert!(calendar().is_provisional(day(date)), "{date}");
    }
}

#[test]
fn the_years_have_as_many_working_days_as_the_notices_give() {
    let days_of = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        first.iter_days().take_while(move |day| day.year() == year)
    };
    for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
        let worked = days_of(year)
            .filter(|day| calendar().is_working(*day))
            .count();
        assert_eq!(worked, expected, "{year}");
    }
    let by_month = [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23];
    for (month, expected) in (1..).zip(by_month) {
        let of_month = days_of(2026).filter(|day| day.month() == month);
        assert_eq!(
            of_month.filter(|day| calendar().is_working(*day)).count(),
            expected,
            "{month}"
        );
    }
}

#[test]
fn the_eve_of_spring_festival_2024_was_an_ordinary_friday() {
    assert_eq!(calendar().kind_of(day("2024-02-09")), DayKind::Working);
    let name = Bilingual::new("春节", "Spring Festival");
    assert_eq!(
        calendar().kind_of(day("2024-02-10")),
        DayKind::Holiday { name }
    );
}

#[test]
fn the_next_years_notice_may_set_the_last_days_of_the_year_before() {
    let text = r#"{"years": {
        "2031": {"off": [], "work": []},
        "2032": {"off": [{"name": "元旦", "days": ["2031-12-31", "2032-01-01"]}], "work": ["2031-12-28"]}
    }}"#;
    let calendar = Calendar::from_json(text).unwrap();
    assert!(!calendar.is_working(day("2031-12-31")));
    assert_eq!(calendar.kind_of(day("2031-12-28")), DayKind::WorkedRestDay);
}

#[test]
fn a_notice_replaces_what_was_only_guessed() {
    let text = r#"{"provisional": {"2031": {"statutory": ["2031-01-22"]}},
        "years": {"2031": {"off": [], "work": [], "notice": "n", "version": 3}}}"#;
    let calendar = Calendar::from_json(text).unwrap();
    assert!(calendar.is_working(day("2031-01-22")));
    assert!(!calendar.is_provisional(day("2031-01-22")));
    let known: Vec<_> = calendar
        .years()
        .map(|year| (year.year, year.version))
        .collect();
    assert_eq!(known, [(2031, 3)]);
}

#[test]
fn a_calendar_file_that_is_not_whole_is_not_taken() {
    let year = |text: &str| Calendar::from_json(&format!(r#"{{"years": {text}}}"#)).map(drop);
    assert_eq!(
        Calendar::from_json("{").map(drop),
        Err(CalendarError::Unreadable { line: 1 })
    );
    assert_eq!(year("{}"), Err(CalendarError::Empty));
    let key = "neunzehn".to_owned();
    assert_eq!(
        year(r#"{"neunzehn": {"off": [], "work": []}}"#),
        Err(CalendarError::WrongYear { key })
    );
    for date in ["2031-02-30", "2029-12-31", "2032-01-01", "x"] {
        let found = year(&format!(
            r#"{{"2031": {{"off": [{{"name": "n", "days": ["{date}"]}}], "work": []}}}}"#
        ));
        let key = "2031".to_owned();
        assert_eq!(
            found,
            Err(CalendarError::WrongDate {
                key,
                date: date.to_owned()
            })
        );
    }
    let date = day("2031-01-04");
    assert_eq!(
        year(
            r#"{"2031": {"off": [{"name": "n", "days": ["2031-01-04"]}], "work": ["2031-01-04"]}}"#
        ),
        Err(CalendarError::Contradiction { date })
    );
    let date = day("2031-01-06");
    assert_eq!(
        year(r#"{"2031": {"off": [], "work": ["2031-01-06"]}}"#),
        Err(CalendarError::NotARestDay { date })
    );
}

#[test]
fn no_day_is_too_far_to_be_refused_in_peace() {
    for date in [
        NaiveDate::MIN,
        day("1970-01-01"),
        day("2099-12-31"),
        NaiveDate::MAX,
    ] {
        for n in [0, 1, 250, u16::MAX] {
            let found = calendar().count_working_days(date, n);
            let is_far = n == u16::MAX || (date == NaiveDate::MAX && n > 0);
            let refused = Err(CountRefused::TooFar { from: date });
            assert_eq!(found == refused, is_far, "{date} {n}");
            for limit in [Limit::working(n), Limit::calendar(n)] {
                let clock = Clock {
                    accepted: date,
                    pauses: &[],
                    calendar: calendar(),
                };
                assert_eq!(clock.due_after(limit).is_err(), is_far, "{date} {limit:?}");
            }
        }
        let _kind = calendar().kind_of(date);
        let _deadline = calendar().notice_deadline(date, 5);
        for today in [NaiveDate::MIN, NaiveDate::MAX] {
            let clock = Clock {
                accepted: date,
                pauses: &[],
                calendar: calendar(),
            };
            let _light = light(&clock, NaiveDate::MAX, 5, today);
        }
    }
}

#[test]
fn a_pause_may_be_written_as_a_pair_or_by_name() {
    let pair: Pause = serde_json::from_str(r#"["2026-03-10", "2026-03-17"]"#).unwrap();
    let named: Pause =
        serde_json::from_str(r#"{"from": "2026-03-10", "to": "2026-03-17"}"#).unwrap();
    let lasting: Pause = serde_json::from_str(r#"{"from": "2026-03-10"}"#).unwrap();
    assert_eq!(pair, named);
    assert_eq!(lasting.to, None);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let first = day("2023-06-01");
    (0_u64..1_800).prop_map(move |days| first + Days::new(days))
}

fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
    let pause = (any_day(), 0_u64..60).prop_map(|(from, days)| Pause {
        from,
        to: Some(from + Days::new(days)),
    });
    prop::collection::vec(pause, 0..4)
}

fn any_limit() -> impl Strategy<Value = Limit> {
    let day_type = prop_oneof![Just(DayType::Working), Just(DayType::Calendar)];
    (1_u16..60, day_type).prop_map(|(days, day_type)| Limit { days, day_type })
}

proptest! {
    #[test]
    fn one_more_promised_day_is_never_due_earlier(
        accepted in any_day(),
        pauses in any_pauses(),
        limit in any_limit(),
    ) {
        let clock = Clock { accepted, pauses: &pauses, calendar: calendar() };
        let more = Limit { days: limit.days + 1, ..limit };
        let sooner = clock.due_after(limit).unwrap().date;
        let later = clock.due_after(more).unwrap().date;
        prop_assert!(sooner <= later);
        prop_assert!(limit.day_type == DayType::Calendar || sooner < later);
    }

    #[test]
    fn a_pause_never_makes_a_case_due_earlier(
        accepted in any_day(),
        pauses in any_pauses(),
        limit in any_limit(),
    ) {
        let due = |pauses| {
            let clock = Clock { accepted, pauses, calendar: calendar() };
            clock.due_after(limit).unwrap().date
        };
        for fewer in 0..pauses.len() {
            prop_assert!(due(&pauses[..fewer]) <= due(&pauses));
        }
    }

    #[test]
    fn a_case_is_due_on_a_working_day_outside_every_pause(
        accepted in any_day(),
        pauses in any_pauses(),
        limit in any_limit(),
    ) {
        let clock = Clock { accepted, pauses: &pauses, calendar: calendar() };
        let found = clock.due_after(limit).unwrap();
        prop_assert!(calendar().is_working(found.date));
        prop_assert!(found.date > accepted);
        prop_assert!(!pauses.iter().any(|pause| pause.holds(found.date)));
    }

    #[test]
    fn the_explanation_has_every_day_once_and_counts_to_the_limit(
        accepted in any_day(),
        pauses in any_pauses(),
        limit in any_limit(),
    ) {
        let clock = Clock { accepted, pauses: &pauses, calendar: calendar() };
        let found = clock.due_after(limit).unwrap();
        let days: Vec<_> = found.because.iter().map(|day| day.date).collect();
        let expected: Vec<_> = accepted.iter_days().take_while(|day| *day <= found.date).collect();
        prop_assert_eq!(days, expected);
        let counted = found.because.iter().filter_map(|day| match day.why {
            DayWhy::Counted { n } | DayWhy::WorkedRestDay { n } => Some(n),
            _ => None,
        });
        prop_assert!(counted.eq(1..=limit.days));
    }

    #[test]
    fn a_working_day_limit_without_pauses_is_the_calendars_own_count(
        accepted in any_day(),
        days in 0_u16..60,
    ) {
        let clock = Clock { accepted, pauses: &[], calendar: calendar() };
        let found = clock.due_after(Limit::working(days)).unwrap();
        let counted = calendar().count_working_days(accepted, days).unwrap();
        prop_assert_eq!((found.date, found.provisional), (counted.date, counted.provisional));
    }

    #[test]
    fn the_day_that_binds_is_the_earlier_one_for_every_item(
        at in 0_usize..145,
        accepted in any_day(),
        pauses in any_pauses(),
        added in 0_u16..20,
    ) {
        let item = &Catalogue::builtin().items()[at];
        let more = Extension::of(item, added);
        let plain = due_date(item, accepted, &pauses, None, None, calendar()).unwrap();
        let found = due_date(item, accepted, &pauses, Some(more), None, calendar()).unwrap();
        prop_assert_eq!(found.due, found.legal.map_or(found.promised, |legal| legal.min(found.promised)));
        prop_assert!(plain.due <= found.due);
    }

    #[test]
    fn a_light_only_ever_gets_more_urgent(accepted in any_day(), days in 0_u16..40) {
        let clock = Clock { accepted, pauses: &[], calendar: calendar() };
        let due = clock.due_after(Limit::working(days)).unwrap().date;
        let mut last = Light::Green;
        for today in accepted.iter_days().take(90) {
            let found = light(&clock, due, days, today).light;
            prop_assert!(found >= last);
            prop_assert_eq!(found == Light::Red, today > due);
            last = found;
        }
    }
}
