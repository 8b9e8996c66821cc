//! People who do not exist, the same on every run: names, numbers of the reserved sequences, telephones,
//! addresses.

use chrono::{Days, NaiveDate};
use yichuang_domain::{
    record::Id,
    register::{address::Address, person::Person},
};

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜\
    叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃单仇解查";

/// Numbers that look random.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, most: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(most)) as u32
    }

    /// A character that is common in given names more often than a rare one.
    fn given(&mut self) -> char {
        let (one, other, wide) = (self.below(3_000), self.below(3_000), self.below(20_000));
        let spread = one.min(other).min(wide);
        char::from_u32(0x4E00 + spread * 5).unwrap_or('一')
    }
}

/// The `number`-th of them.
pub(crate) fn person(number: u32, dice: &mut Dice) -> Person {
    let surnames: Vec<char> = SURNAMES.chars().filter(|one| one.is_alphabetic()).collect();
    let most = surnames.len() as u32;
    let at = dice.below(most).min(dice.below(most));
    let mut name = String::from(surnames[at as usize]);
    name.extend((0..=u32::from(dice.below(4) > 0)).map(|_| dice.given()));
    let first = NaiveDate::from_ymd_opt(1935, 1, 1).unwrap();
    let birth = first + Days::new(dice.below(33_000).into());
    let sequence = 990 + dice.below(6);
    Person {
        id: Id::from_bytes(u128::from(number).to_be_bytes()),
        name,
        birth: Some(birth),
        id_number: Some(format!(
            "320583{}{sequence}{}",
            birth.format("%Y%m%d"),
            dice.below(10)
        )),
        phones: vec![
            format!("154{:08}", dice.below(100_000_000)),
            format!("154{:08}", dice.below(100_000_000)),
        ],
        address: Some(Address {
            building: 1 + dice.below(120),
            unit: Some(1 + dice.below(4)),
            room: Some((1 + dice.below(18)) * 100 + 1 + dice.below(4)),
        }),
        ..Person::default()
    }
}
