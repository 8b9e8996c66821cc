//! Measures the search of people: `cargo run --release -p yichuang-domain --example search_speed`.
//!
//! 100,000 made-up people; how long the index takes to build, and the time of each kind of query at
//! the 50th and the 95th percentile. Figures for a reader, nothing is asserted.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement looks at the clock and prints what it saw"
)]

use std::{hint::black_box, time::Instant};

use chrono::{Days, NaiveDate};
use yichuang_domain::{
    record::Id,
    register::{address::Address, reading::readings},
    search::{PersonEntry, SearchIndex},
};

const PEOPLE: u32 = 100_000;
const ROUNDS: usize = 200;
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜\
    叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃单仇解查";

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(most)).unwrap_or(0)
    }

    /// A character that is common in given names more often than a rare one.
    fn given(&mut self) -> char {
        let spread = self
            .below(3_000)
            .min(self.below(3_000))
            .min(self.below(20_000));
        char::from_u32(0x4E00 + spread * 5).unwrap_or('一')
    }
}

fn person(number: u32, dice: &mut Dice) -> PersonEntry {
    let surnames: Vec<char> = SURNAMES
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let most = u32::try_from(surnames.len()).unwrap_or(1);
    let at = dice.below(most).min(dice.below(most));
    let mut name: String = surnames
        .get(usize::try_from(at).unwrap_or(0))
        .into_iter()
        .collect();
    name.extend((0..=u32::from(dice.below(4) > 0)).map(|_| dice.given()));
    let birth = NaiveDate::from_ymd_opt(1935, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(dice.below(33_000).into())));
    let digits = birth
        .map(|birth| birth.format("%Y%m%d").to_string())
        .unwrap_or_default();
    let address = Address {
        building: 1 + dice.below(120),
        unit: Some(1 + dice.below(4)),
        room: Some((1 + dice.below(18)) * 100 + 1 + dice.below(4)),
    };
    PersonEntry {
        id: Id::from_bytes(u128::from(number).to_be_bytes()),
        readings: readings(&name, None),
        name,
        id_number: Some(format!("320583{digits}{:04}", dice.below(10_000))),
        phones: vec![format!("154{:08}", dice.below(100_000_000))],
        address: Some(address),
        birth,
    }
}

fn main() {
    let mut dice = Dice(20_261_124);
    let people: Vec<PersonEntry> = (0..PEOPLE)
        .map(|number| person(number, &mut dice))
        .collect();

    let start = Instant::now();
    let mut index = SearchIndex::default();
    for person in &people {
        index.insert(person);
    }
    println!(
        "build: {:.1} ms for {} people",
        start.elapsed().as_secs_f64() * 1e3,
        index.len()
    );

    let queries = [
        "z",
        "zs",
        "zhangs",
        "zhangsan",
        "wang",
        "li",
        "shan",
        "a",
        "lv",
        "xyz",
        "张",
        "李明",
        "丁",
        "smith",
        "5",
        "502",
        "1203",
        "9911",
        "992x",
        "19810307",
        "15400001234",
        "12-3-502",
        "12-3",
        "张 5-1",
        "zhang s 12",
    ];
    for query in queries {
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                black_box(index.find(black_box(query), 20));
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let at = |share: usize| {
            times
                .get(times.len() * share / 100)
                .copied()
                .unwrap_or_default()
        };
        println!("{query:>14}  p50 {:.2} ms  p95 {:.2} ms", at(50), at(95));
    }
}
