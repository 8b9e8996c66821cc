//! The search of titles: items of the catalogue, commands, teams. By name, other names, code and
//! initials (`jzzsl` is 居住证申领).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    alphabet::{Alphabet, GlyphId},
    fold::{fold_letter, fold_query},
    spell::{Manner, Spell},
};
use crate::register::reading::word_readings;

/// Something with a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// What the caller knows it by.
    pub key: String,
    /// The title.
    pub title: String,
    /// Other names people use.
    pub aliases: Vec<String>,
    /// A short code, as HJ002.
    pub code: Option<String>,
}

/// How a title was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WordRank {
    /// It is the whole title or code.
    Exact,
    /// The title or code begins so.
    Prefix,
    /// Inside the title.
    Substring,
    /// By another name.
    Alias,
}

/// A title that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WordHit {
    /// What the caller knows it by.
    pub key: String,
    /// How it was found; of several words, the weakest.
    pub rank: WordRank,
}

/// Titles, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    alphabet: Alphabet,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: String,
    code: String,
    title: Vec<GlyphId>,
    aliases: Vec<Vec<GlyphId>>,
}

impl WordIndex {
    /// Adds a title, or replaces the one of this key.
    pub fn insert(&mut self, word: &Word) {
        self.remove(&word.key);
        let mut glyphs = |text: &str| self.alphabet.glyphs_of(text, &word_readings(text));
        let entry = Entry {
            key: word.key.clone(),
            code: fold_word(word.code.as_deref().unwrap_or_default()),
            title: glyphs(&word.title),
            aliases: word.aliases.iter().map(|alias| glyphs(alias)).collect(),
        };
        self.entries.push(entry);
    }

    /// Forgets a title.
    pub fn remove(&mut self, key: &str) {
        self.entries.retain(|entry| entry.key != key);
    }

    /// The best `limit` titles for what was typed; every word of it must be found. Ties: the written
    /// before the read, then the shorter title, then the order of insertion.
    pub fn find(&self, text: &str, limit: usize) -> Vec<WordHit> {
        let words: Vec<Asked> = fold_query(text)
            .split_whitespace()
            .map(fold_word)
            .filter(|word| !word.is_empty())
            .map(|text| Asked {
                spell: Spell::of(text.chars(), &self.alphabet),
                text,
            })
            .collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<((WordRank, Manner), &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let weakest = words
                    .iter()
                    .map(|word| self.judge(word, entry))
                    .try_fold((WordRank::Exact, Manner::WholeText), |weakest, one| {
                        one.map(|one| weakest.max(one))
                    })?;
                Some((weakest, entry))
            })
            .collect();
        found.sort_by_key(|(quality, entry)| (*quality, entry.title.len()));
        found
            .into_iter()
            .take(limit)
            .map(|((rank, _), entry)| WordHit {
                key: entry.key.clone(),
                rank,
            })
            .collect()
    }

    fn judge(&self, asked: &Asked, entry: &Entry) -> Option<(WordRank, Manner)> {
        if !entry.code.is_empty() && entry.code.starts_with(&asked.text) {
            let is_whole = entry.code == asked.text;
            let rank = if is_whole {
                WordRank::Exact
            } else {
                WordRank::Prefix
            };
            return Some((rank, Manner::WholeText));
        }
        if let Some(manner) = self.manner(asked, &entry.title) {
            return Some((rank_of(manner), manner));
        }
        let aliases = entry
            .aliases
            .iter()
            .filter_map(|alias| self.manner(asked, alias));
        aliases.min().map(|manner| (WordRank::Alias, manner))
    }

    fn manner(&self, asked: &Asked, title: &[GlyphId]) -> Option<Manner> {
        asked
            .spell
            .finds(title)
            .then(|| asked.spell.manner(title, &self.alphabet))
    }
}

/// A typed word.
struct Asked {
    text: String,
    spell: Spell,
}

const fn rank_of(manner: Manner) -> WordRank {
    match manner {
        Manner::WholeText | Manner::WholeReading => WordRank::Exact,
        Manner::TextStart | Manner::ReadingStart => WordRank::Prefix,
        Manner::TextInside | Manner::ReadingInside | Manner::OtherReading => WordRank::Substring,
    }
}

fn fold_word(text: &str) -> String {
    text.chars().filter_map(fold_letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> WordIndex {
        let mut index = WordIndex::default();
        for (code, title, aliases) in [
            ("YL001", "尊老金(高龄津贴)申领", vec![]),
            ("YL003", "老年人优待证办理", vec!["老年卡", "老年证"]),
            ("HJ001", "居住登记", vec!["暂住登记"]),
            ("HJ002", "居住证申领", vec!["暂住证"]),
            ("HJ003", "居住证签注", vec![]),
            ("SB010", "社会保障卡申领", vec!["社保卡"]),
            ("JY001", "就业登记", vec![]),
            ("XX001", "重点人群登记", vec![]),
        ] {
            index.insert(&Word {
                key: code.to_owned(),
                title: title.to_owned(),
                aliases: aliases.into_iter().map(str::to_owned).collect(),
                code: Some(code.to_owned()),
            });
        }
        index
    }

    fn found(index: &WordIndex, asked: &str) -> Vec<(String, WordRank)> {
        index
            .find(asked, 20)
            .into_iter()
            .map(|hit| (hit.key, hit.rank))
            .collect()
    }

    #[test]
    fn an_item_is_found_by_initials_alias_and_code() {
        let index = items();
        for (asked, key, rank) in [
            ("jzzsl", "HJ002", WordRank::Prefix),
            ("居住证申领", "HJ002", WordRank::Exact),
            ("juzhuzhengshenling", "HJ002", WordRank::Exact),
            ("老年卡", "YL003", WordRank::Alias),
            ("lnk", "YL003", WordRank::Alias),
            ("HJ002", "HJ002", WordRank::Exact),
            ("hj002", "HJ002", WordRank::Exact),
            ("ｈｊ００２", "HJ002", WordRank::Exact),
            ("申领 社保", "SB010", WordRank::Alias),
            ("高龄津贴", "YL001", WordRank::Substring),
            ("尊老金高龄", "YL001", WordRank::Prefix),
            ("尊老金（高", "YL001", WordRank::Prefix),
            ("zhongdian", "XX001", WordRank::Prefix),
        ] {
            assert_eq!(
                found(&index, asked).first(),
                Some(&(key.to_owned(), rank)),
                "{asked}"
            );
        }
    }

    #[test]
    fn better_ways_to_be_found_come_first() {
        let keys = |asked| {
            found(&items(), asked)
                .into_iter()
                .map(|(key, _)| key)
                .collect::<Vec<_>>()
        };
        assert_eq!(keys("HJ"), ["HJ001", "HJ002", "HJ003"]);
        assert_eq!(keys("居住"), ["HJ001", "HJ002", "HJ003"]);
        assert_eq!(keys("登记"), ["HJ001", "JY001", "XX001"]);
        assert_eq!(keys("zz"), ["HJ002", "HJ003", "HJ001"]);
    }

    #[test]
    fn a_title_that_was_replaced_or_removed_is_gone() {
        let mut index = items();
        index.insert(&Word {
            key: "HJ002".to_owned(),
            title: "居住证".to_owned(),
            ..Word::default()
        });
        assert!(found(&index, "jzzsl").is_empty());
        index.remove("HJ002");
        assert!(!index.find("居住证", 9).iter().any(|hit| hit.key == "HJ002"));
        assert!(index.find(" · ", 9).is_empty());
    }
}
