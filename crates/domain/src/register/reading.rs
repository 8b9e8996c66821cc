//! How names and words are read (pinyin), every way they may be: what search matches letters with.
//!
//! Plain syllables in lower case, `v` for ü. Surnames have readings of their own, and people may
//! read theirs otherwise: so all readings are kept, the likeliest first.

use pinyin::ToPinyinMulti;

/// The dot between the parts of a name, U+00B7.
pub const INTERPUNCT: char = '\u{B7}';

/// For each character of a name that is read (no dots, spaces, Latin letters), its readings,
/// preferred first. Empty for a character nobody knows how to read.
///
/// `chosen` is how this person reads the name: syllables with spaces between, from the first
/// character on (`qin gui hua`, or only `qin`). They come first; the others stay findable.
pub fn readings(name: &str, chosen: Option<&str>) -> Vec<Vec<String>> {
    let mut found = word_readings(name);
    let surname: String = name
        .chars()
        .filter(|&character| is_read(character))
        .take(2)
        .collect();
    for (syllables, readings) in surname_reading(&surname).into_iter().zip(&mut found) {
        for syllable in syllables.rsplit('/') {
            put_first(readings, syllable);
        }
    }
    let chosen = chosen.unwrap_or_default().to_lowercase().replace('ü', "v");
    for (syllable, readings) in chosen.split_whitespace().zip(&mut found) {
        put_first(readings, syllable);
    }
    found
}

/// As [`readings`], for a text that is no name.
pub fn word_readings(text: &str) -> Vec<Vec<String>> {
    text.chars()
        .filter(|&character| is_read(character))
        .map(readings_of)
        .collect()
}

/// Whether a character of a name is one that is read by syllable.
pub const fn is_read(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9FFF}'
        | '\u{E000}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' | '\u{F0000}'..='\u{10FFFD}')
}

/// Whether two characters are one surname.
pub fn is_compound_surname(two: &str) -> bool {
    compound_reading(two).is_some()
}

fn readings_of(character: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        let syllable = reading.plain().replace('ü', "v").replace('ê', "e");
        let is_typed =
            !syllable.is_empty() && syllable.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_typed && !found.contains(&syllable) {
            found.push(syllable);
        }
    }
    found
}

fn put_first(readings: &mut Vec<String>, syllable: &str) {
    readings.retain(|known| known != syllable);
    readings.insert(0, syllable.to_owned());
}

/// The syllables of the surname two characters begin with, `/` between ways to read one character;
/// nothing when its reading is the usual one.
fn surname_reading(two: &str) -> Vec<&'static str> {
    if let Some(compound) = compound_reading(two) {
        return compound.split(' ').collect();
    }
    let first = two.chars().next();
    SURNAMES
        .split_whitespace()
        .filter_map(|entry| entry.split_once(':'))
        .find(|(surname, _)| surname.chars().next() == first)
        .map(|(_, syllable)| vec![syllable])
        .unwrap_or_default()
}

fn compound_reading(two: &str) -> Option<&'static str> {
    COMPOUND_SURNAMES
        .split(',')
        .filter_map(|entry| entry.trim().split_once(':'))
        .find(|(surname, _)| *surname == two)
        .map(|(_, syllables)| syllables)
}

/// Surnames whose reading is not the first of their character, or not among its readings (谌:chen/shen). Checked: domain.md 5.1; the rest
/// from common practice.
const SURNAMES: &str = "\
    单:shan 仇:qiu 解:xie 查:zha 曾:zeng 区:ou 朴:piao 任:ren 盖:ge 华:hua 纪:ji 覃:qin 缪:miao \
    乐:yue 翟:zhai 哈:ha 员:yun 贠:yun 宓:mi 乜:nie 折:she 召:shao 那:na 繁:po 过:guo 都:du 燕:yan \
    宁:ning 应:ying 訾:zi 隗:wei 句:gou 黑:he 谌:chen/shen \
    卜:bu 薄:bo 阚:kan 能:nai 种:chong 秘:bi 祭:zhai 佴:nai 藏:zang 洗:xian 重:chong";

/// Surnames of two characters.
const COMPOUND_SURNAMES: &str = "\
    欧阳:ou yang, 尉迟:yu chi, 万俟:mo qi, 令狐:ling hu, 澹台:tan tai, 司马:si ma, 上官:shang guan, \
    诸葛:zhu ge, 东方:dong fang, 皇甫:huang fu, 公孙:gong sun, 慕容:mu rong, 夏侯:xia hou, \
    司徒:si tu, 司空:si kong, 端木:duan mu, 轩辕:xuan yuan, 长孙:zhang sun, 宇文:yu wen, \
    鲜于:xian yu, 闾丘:lv qiu, 赫连:he lian, 呼延:hu yan, 钟离:zhong li, 淳于:chun yu, \
    单于:chan yu, 太叔:tai shu, 申屠:shen tu, 濮阳:pu yang, 公冶:gong ye, 宗政:zong zheng, \
    仲孙:zhong sun, 南宫:nan gong, 西门:xi men, 东郭:dong guo, 百里:bai li, 拓跋:tuo ba, \
    独孤:du gu, 第五:di wu, 左丘:zuo qiu, 谷梁:gu liang, 公羊:gong yang, 梁丘:liang qiu, \
    亓官:qi guan, 司寇:si kou, 子车:zi ju, 颛孙:zhuan sun, 巫马:wu ma, 公西:gong xi, \
    漆雕:qi diao, 乐正:yue zheng, 公良:gong liang, 夹谷:jia gu, 宰父:zai fu, 段干:duan gan, \
    纳兰:na lan, 完颜:wan yan";

#[cfg(test)]
mod tests {
    use super::*;

    fn preferred(name: &str) -> String {
        let first = |all: &Vec<String>| all.first().cloned().unwrap_or_default();
        readings(name, None)
            .iter()
            .map(first)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, syllables) in [
            ("单丹", "shan dan"),
            ("单于飞", "chan yu fei"),
            ("仇建国", "qiu jian guo"),
            ("解志强", "xie zhi qiang"),
            ("曾思", "zeng si"),
            ("区永明", "ou yong ming"),
            ("尉迟恭", "yu chi gong"),
            ("万俟明", "mo qi ming"),
            ("朴顺姬", "piao shun ji"),
            ("黑丹", "he dan"),
            ("吕绿", "lv lv"),
            ("王𬭎", "wang hong"),
            ("李䶮", "li yan"),
            ("张𫖯", "zhang fu"),
            ("张𣲗", "zhang wei"),
            ("张𬱖", "zhang di"),
            ("张㛃", "zhang jie"),
            ("闾丘明", "lv qiu ming"),
            ("阿依古丽·买买提", "a yi gu li mai mai ti"),
            ("SMITH JOHN", ""),
            ("王A明", "wang ming"),
            ("王\u{E000}", "wang "), // nobody knows
        ] {
            assert_eq!(preferred(name), syllables, "{name}");
        }
    }

    #[test]
    fn other_readings_stay_and_come_after() {
        let all = readings("单晓芳", None);
        let surname = all.first().unwrap();
        assert_eq!(surname.first().unwrap(), "shan");
        assert!(surname.contains(&"dan".to_owned()) && surname.contains(&"chan".to_owned()));
    }

    #[test]
    fn how_a_person_reads_the_own_name_wins() {
        let all = readings("覃桂花", Some("Tan"));
        assert_eq!(all.first().unwrap().first().unwrap(), "tan");
        assert!(all.first().unwrap().contains(&"qin".to_owned()));
        let all = readings("吕行", Some("lü hang"));
        assert_eq!(
            all.iter().map(|one| one[0].as_str()).collect::<Vec<_>>(),
            ["lv", "hang"]
        );
    }

    #[test]
    fn words_are_not_read_as_names() {
        let all = word_readings("单位证明");
        assert_eq!(all.first().unwrap().first().unwrap(), "dan");
    }
}
