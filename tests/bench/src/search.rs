//! The one box over 100,000 people, every kind of query, beside SQLite.
//!
//! Both give the twenty best and must look at everybody to know them. FTS5 (trigram) is asked only what
//! it can answer: three characters or more.

use std::{hint::black_box, time::Instant};

use rusqlite::{Connection, params};
use yichuang_domain::{
    register::person::Person,
    search::{PersonEntry, SearchIndex},
};

use crate::{
    Depth,
    people::{Dice, person},
    report::Report,
    stats::{Times, ms},
};

const PEOPLE: u32 = 100_000;

/// A kind of query and what is typed.
const KINDS: [(&str, &[&str]); 9] = [
    ("initials", &["z", "zs", "lxm"]),
    ("pinyin", &["zhangsan", "wang", "lv"]),
    ("initials and pinyin mixed", &["zhangs", "lixm"]),
    ("characters", &["张", "李明", "丁"]),
    ("tail of an ID number", &["9911", "992x", "9903"]),
    ("birth", &["19810307", "1950"]),
    ("telephone", &["15400001234", "1540"]),
    ("address", &["12-3-502", "12-3", "502"]),
    ("name and address", &["张 5-1", "zhang s 12"]),
];

pub(crate) fn measure(depth: Depth, report: &mut Report) {
    let rounds = depth.pick(20, 200);
    let mut dice = Dice::new(20_261_124);
    let people: Vec<Person> = (0..PEOPLE).map(|one| person(one, &mut dice)).collect();
    let entries: Vec<PersonEntry> = people.iter().map(PersonEntry::of).collect();
    let (index, built) = built(&entries);
    report.row(
        "search: building the index of 100,000 people, the best of five",
        &ms(built),
        "",
        "≤ 100 ms",
    );
    let sqlite = database(&entries);
    let (mut worst, mut least) = (0.0_f64, f64::INFINITY);
    for (kind, queries) in KINDS {
        let (mut ours, mut like, mut fts) = (Times::default(), Times::default(), Times::default());
        for query in queries {
            for _ in 0..rounds {
                ours.take(|| black_box(index.find(black_box(query), 20)));
            }
            for _ in 0..rounds.min(20) {
                like.take(|| black_box(by_like(&sqlite, query)));
                if query.chars().count() >= 3 && !query.contains(' ') {
                    fts.take(|| black_box(by_fts(&sqlite, query)));
                }
            }
        }
        let fts = if fts.at(50).is_nan() {
            "FTS5 cannot".to_owned()
        } else {
            format!("FTS5 {} / {}", ms(fts.at(50)), ms(fts.at(95)))
        };
        worst = worst.max(ours.at(95));
        least = least.min(like.at(95) / ours.at(95));
        report.row(
            &format!("search p50 / p95: {kind} ({})", queries.join(", ")),
            &format!("{} / {}", ms(ours.at(50)), ms(ours.at(95))),
            &format!("LIKE {} / {}, {fts}", ms(like.at(50)), ms(like.at(95))),
            "p95 ≤ 3 ms, ≥ 5 × LIKE",
        );
    }
    report.note(format!(
        "Search: the slowest kind has a p95 of {}; the least advantage over LIKE is {least:.1} ×. Where FTS5 answers, it knows only runs of three characters or more inside one column, and no mixed initials.",
        ms(worst)
    ));
}

/// The index, and the shortest time in which it was built: what a busy machine does not change.
fn built(entries: &[PersonEntry]) -> (SearchIndex, f64) {
    let mut shortest = f64::INFINITY;
    let mut index = SearchIndex::default();
    for _time in 0..5 {
        let began = Instant::now();
        index = SearchIndex::default();
        for one in entries {
            index.insert(one);
        }
        shortest = shortest.min(began.elapsed().as_secs_f64() * 1e3);
    }
    (index, shortest)
}

fn database(people: &[PersonEntry]) -> Connection {
    let mut sqlite = Connection::open_in_memory().unwrap();
    sqlite
        .execute_batch(
            "create table people (name text, pinyin text, initials text, id_number text, phones text, address text);
             create virtual table words using fts5 (name, pinyin, initials, id_number, phones, address, tokenize = 'trigram');",
        )
        .unwrap();
    let transaction = sqlite.transaction().unwrap();
    for one in people {
        let first = |syllables: &Vec<String>| syllables.first().cloned().unwrap_or_default();
        let syllables: Vec<String> = one.readings.iter().map(first).collect();
        let initials: String = syllables
            .iter()
            .filter_map(|one| one.chars().next())
            .collect();
        let address = one.address.map_or_else(String::new, |at| {
            format!(
                "{}-{}-{}",
                at.building,
                at.unit.unwrap_or(0),
                at.room.unwrap_or(0)
            )
        });
        let (number, phones) = (&one.id_number, one.phones.join(" "));
        let pinyin = syllables.concat();
        let row = params![one.name, pinyin, initials, number, phones, address];
        for table in ["people", "words"] {
            let insert = format!("insert into {table} values (?1, ?2, ?3, ?4, ?5, ?6)");
            let mut insert = transaction.prepare_cached(&insert).unwrap();
            insert.execute(row).unwrap();
        }
    }
    transaction.commit().unwrap();
    sqlite
}

fn by_like(sqlite: &Connection, query: &str) -> usize {
    let mut select = sqlite
        .prepare_cached(
            "select name from people
             where name like ?1 or pinyin like ?1 or initials like ?2 or id_number like ?1
                or phones like ?1 or address like ?2
             order by name like ?2 desc, length(name), name limit 20",
        )
        .unwrap();
    let (inside, ahead) = (format!("%{query}%"), format!("{query}%"));
    let rows = select.query_map(params![inside, ahead], |row| row.get::<_, String>(0));
    rows.unwrap().count()
}

fn by_fts(sqlite: &Connection, query: &str) -> usize {
    let mut select = sqlite
        .prepare_cached("select name from words where words match ?1 order by rank limit 20")
        .unwrap();
    let quoted = format!("\"{query}\"");
    let rows = select.query_map(params![quoted], |row| row.get::<_, String>(0));
    rows.unwrap().count()
}
