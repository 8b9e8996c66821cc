//! Names as they are heard in a resettled village of Kunshan with many who came to work here: local
//! surnames, surnames with readings of their own, compound ones, rare characters, names with dots and
//! in Latin letters. All invented.

use yichuang_domain::register::identity::Sex;

use super::seed::Chance;

/// Where somebody's name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From here.
    Local,
    /// From other provinces.
    Elsewhere,
    /// Uygur or Kazak: no surname, parts with a dot between them.
    Dotted,
    /// Tibetan, Mongol: no surname, no dot.
    Undivided,
    /// Korean of the north-east.
    Korean,
    /// In Latin letters.
    Latin,
}

const LOCAL: &[(&str, u32)] = &[
    ("陈", 70),
    ("张", 66),
    ("王", 62),
    ("徐", 58),
    ("朱", 56),
    ("陆", 55),
    ("顾", 52),
    ("周", 48),
    ("沈", 46),
    ("吴", 44),
    ("李", 40),
    ("钱", 36),
    ("金", 34),
    ("姚", 30),
    ("杨", 30),
    ("赵", 26),
    ("唐", 24),
    ("许", 24),
    ("孙", 22),
    ("潘", 22),
    ("严", 20),
    ("俞", 18),
    ("邵", 16),
    ("范", 16),
    ("蒋", 16),
    ("龚", 16),
    ("薛", 14),
    ("殷", 12),
    ("计", 10),
    ("归", 8),
    ("支", 8),
    ("浦", 8),
    ("诸", 6),
    ("夏", 10),
    ("戴", 10),
    ("曹", 10),
    ("费", 6),
    ("倪", 8),
    ("凌", 6),
    ("盛", 6),
    ("管", 5),
    ("闵", 4),
    ("糜", 2),
    ("都", 2),
    ("缪", 6),
    ("过", 4),
    ("华", 6),
    ("应", 3),
    ("仇", 4),
    ("查", 3),
    ("宓", 1),
    ("宁", 2),
];

const ELSEWHERE: &[(&str, u32)] = &[
    ("王", 72),
    ("李", 70),
    ("张", 66),
    ("刘", 54),
    ("陈", 44),
    ("杨", 32),
    ("赵", 26),
    ("黄", 26),
    ("周", 24),
    ("吴", 22),
    ("徐", 20),
    ("孙", 18),
    ("胡", 16),
    ("朱", 14),
    ("高", 14),
    ("林", 12),
    ("何", 12),
    ("郭", 12),
    ("马", 14),
    ("罗", 10),
    ("梁", 8),
    ("宋", 8),
    ("郑", 8),
    ("谢", 8),
    ("韩", 8),
    ("唐", 6),
    ("冯", 6),
    ("于", 6),
    ("董", 6),
    ("程", 6),
    ("曹", 6),
    ("袁", 6),
    ("邓", 6),
    ("傅", 4),
    ("曾", 6),
    ("彭", 5),
    ("吕", 5),
    ("苏", 4),
    ("卢", 4),
    ("蔡", 4),
    ("魏", 4),
    ("田", 4),
    ("任", 5),
    ("单", 3),
    ("解", 3),
    ("区", 2),
    ("盖", 2),
    ("纪", 3),
    ("覃", 3),
    ("乐", 2),
    ("翟", 3),
    ("哈", 1),
    ("员", 1),
    ("折", 1),
    ("召", 1),
    ("那", 1),
    ("繁", 1),
    ("燕", 2),
    ("訾", 1),
    ("隗", 1),
    ("句", 1),
    ("乜", 1),
    ("韦", 3),
    ("黑", 1),
    ("谌", 1),
    ("贠", 1),
    ("欧阳", 3),
    ("司马", 1),
    ("上官", 1),
    ("诸葛", 1),
    ("尉迟", 1),
    ("万俟", 1),
    ("令狐", 1),
    ("澹台", 1),
    ("夏侯", 1),
    ("皇甫", 1),
    ("慕容", 1),
];

const OLD_MEN: &[&str] = &[
    "根", "阿", "林", "泉", "生", "兴", "福", "宝", "金", "大", "小", "荣", "祥", "龙", "明", "良",
    "关", "根", "土", "和", "伯", "仁", "炳", "寿", "水",
];
const OLD_WOMEN: &[&str] = &[
    "妹", "宝", "英", "珍", "秀", "凤", "阿", "金", "巧", "林", "桂", "月", "仙", "娥", "素", "招",
    "引", "彩", "惠", "云", "芬", "兰", "银", "杏", "玲",
];
const MEN_OF_THE_SIXTIES: &[&str] = &[
    "建", "国", "志", "强", "卫", "东", "永", "明", "红", "军", "文", "华", "平", "建", "林", "忠",
    "新", "民", "海", "峰", "勇", "斌", "伟", "春", "德",
];
const WOMEN_OF_THE_SIXTIES: &[&str] = &[
    "红", "芳", "丽", "萍", "华", "英", "琴", "玉", "梅", "霞", "雪", "珍", "惠", "敏", "菊", "春",
    "小", "燕", "娟", "凤", "兰", "美", "静", "秋", "芬",
];
const MEN_OF_THE_NINETIES: &[&str] = &[
    "伟", "磊", "鹏", "浩", "杰", "俊", "宇", "超", "凯", "晨", "嘉", "天", "文", "龙", "帆", "旭",
    "毅", "翔", "琪", "亮", "阳", "博", "涛", "晓", "飞",
];
const WOMEN_OF_THE_NINETIES: &[&str] = &[
    "静", "婷", "雯", "佳", "晓", "倩", "雅", "丹", "莹", "怡", "洁", "琳", "颖", "慧", "欣", "璐",
    "瑶", "蕾", "梦", "媛", "露", "敏", "楠", "雪", "悦",
];
const BOYS: &[&str] = &[
    "子", "轩", "梓", "浩", "宇", "航", "辰", "沐", "泽", "睿", "一", "诺", "奕", "晨", "皓", "铭",
    "俊", "熙", "佑", "恩", "景", "行", "星", "言", "煜",
];
const GIRLS: &[&str] = &[
    "梓", "涵", "欣", "怡", "雨", "桐", "诗", "琪", "语", "嫣", "若", "曦", "可", "馨", "依", "诺",
    "艺", "沁", "妍", "希", "芮", "一", "心", "玥", "苒",
];
/// Characters outside of what old systems could write, and of what most fonts have.
const RARE: &[&str] = &[
    "𬭎", "𫖯", "䶮", "㛃", "𣲗", "𬱖", "喆", "堃", "祎", "彧", "翀", "昇",
];

const DOTTED_MEN: &[&str] = &[
    "买买提",
    "艾合买提",
    "阿不都热依木",
    "吐尔逊",
    "玉素甫",
    "库尔班",
    "哈力克",
    "叶尔兰",
    "木拉提",
    "依明",
    "亚森",
    "艾山",
];
const DOTTED_WOMEN: &[&str] = &[
    "阿依古丽",
    "古丽娜尔",
    "热依汗",
    "帕提古丽",
    "阿依努尔",
    "玛依拉",
    "茹克亚",
    "迪丽拜尔",
    "阿依达娜",
    "吐尔逊古丽",
];
const UNDIVIDED: &[&str] = &[
    "扎西次仁",
    "格桑卓玛",
    "其其格",
    "巴特尔",
    "乌云塔娜",
    "次仁旺堆",
];
const KOREAN: &[(&str, u32)] = &[("朴", 5), ("金", 8), ("崔", 3), ("全", 1), ("玄", 1)];
const KOREAN_GIVEN: &[&str] = &[
    "顺姬", "英淑", "哲浩", "成日", "美兰", "龙哲", "贞淑", "光勋",
];
const LATIN_FAMILY: &[&str] = &[
    "MILLER", "GARCIA", "KIM", "TANAKA", "ROSSI", "NOVAK", "DUBOIS", "NGUYEN", "O'NEILL",
];
const LATIN_GIVEN: &[&str] = &[
    "ANNA", "PAUL", "MARIE", "KENJI", "LUCA", "THU HA", "PETER", "SOFIA", "JEAN-LUC",
];

/// Every so many given names begin with a rare character.
const NAMES_A_RARE: usize = 120;

/// Deals the rare characters in turn: chance would leave some out.
#[derive(Default)]
pub(super) struct Rare {
    given: usize,
}

impl Rare {
    fn next(&mut self) -> Option<&'static str> {
        self.given += 1;
        let is_due = self.given % NAMES_A_RARE == NAMES_A_RARE / 2;
        let place = self.given / NAMES_A_RARE % RARE.len();
        RARE.get(place).filter(|_| is_due).copied()
    }
}

/// A surname.
pub(super) fn surname(origin: Origin, chance: &mut Chance) -> &'static str {
    let table = match origin {
        Origin::Local => LOCAL,
        Origin::Korean => KOREAN,
        Origin::Elsewhere | Origin::Dotted | Origin::Undivided | Origin::Latin => ELSEWHERE,
    };
    chance.weighted(table).copied().unwrap_or("陈")
}

/// A whole name of somebody born in `year`, with a surname where the name has one.
pub(super) fn name(
    origin: Origin,
    surname: &str,
    sex: Sex,
    year: i32,
    rare: &mut Rare,
    chance: &mut Chance,
) -> String {
    match origin {
        Origin::Dotted => dotted(sex, chance),
        Origin::Undivided => chance.word(UNDIVIDED).to_owned(),
        Origin::Korean => format!("{surname}{}", chance.word(KOREAN_GIVEN)),
        Origin::Latin => format!("{} {}", chance.word(LATIN_FAMILY), chance.word(LATIN_GIVEN)),
        Origin::Local | Origin::Elsewhere => format!("{surname}{}", given(sex, year, rare, chance)),
    }
}

fn dotted(sex: Sex, chance: &mut Chance) -> String {
    let own = if sex == Sex::Female {
        DOTTED_WOMEN
    } else {
        DOTTED_MEN
    };
    let own = chance.word(own);
    let father = chance.word(DOTTED_MEN);
    if own == father || chance.happens(80) {
        own.to_owned()
    } else {
        format!("{own}·{father}")
    }
}

fn given(sex: Sex, year: i32, rare: &mut Rare, chance: &mut Chance) -> String {
    let is_woman = sex == Sex::Female;
    let of_the_time = match (year, is_woman) {
        (..=1955, false) => OLD_MEN,
        (..=1955, true) => OLD_WOMEN,
        (1956..=1979, false) => MEN_OF_THE_SIXTIES,
        (1956..=1979, true) => WOMEN_OF_THE_SIXTIES,
        (1980..=2004, false) => MEN_OF_THE_NINETIES,
        (1980..=2004, true) => WOMEN_OF_THE_NINETIES,
        (_, false) => BOYS,
        (_, true) => GIRLS,
    };
    let first = rare.next().unwrap_or_else(|| chance.word(of_the_time));
    let is_single = chance.happens(if (1970..=2000).contains(&year) {
        240
    } else {
        60
    });
    if is_single {
        first.to_owned()
    } else {
        format!("{first}{}", chance.word(of_the_time))
    }
}

#[cfg(test)]
mod tests {
    use yichuang_domain::register::name::PersonName;

    use super::*;

    #[test]
    fn every_name_may_stand_in_the_register() {
        let (mut chance, mut rare) = (Chance::new(9), Rare::default());
        let origins = [
            Origin::Local,
            Origin::Elsewhere,
            Origin::Dotted,
            Origin::Undivided,
            Origin::Korean,
            Origin::Latin,
        ];
        for round in 0..600 {
            for origin in origins {
                let surname = surname(origin, &mut chance);
                let sex = if chance.happens(500) {
                    Sex::Male
                } else {
                    Sex::Female
                };
                let name = name(
                    origin,
                    surname,
                    sex,
                    1930 + round % 96,
                    &mut rare,
                    &mut chance,
                );
                let read = PersonName::parse(&name).unwrap();
                assert_eq!(read.as_str(), name);
            }
        }
    }

    #[test]
    fn every_rare_character_is_dealt_in_turn() {
        let mut rare = Rare::default();
        let dealt: Vec<&str> = (0..NAMES_A_RARE * RARE.len())
            .filter_map(|_| rare.next())
            .collect();
        assert_eq!(dealt, RARE);
    }
}
