//! What the rules are handed besides the records: time, calendar, catalogue, language.

use std::sync::LazyLock;

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{
        banned::{Banned, banned_certificates},
        catalogue::Catalogue,
        item::Item,
        rules::Settings,
    },
    office::calendar::Calendar,
    search::words::{Word, WordIndex},
};

use crate::{
    clock::{Clock, day_of},
    words::Language,
};

/// The world around the records.
#[derive(Debug)]
pub(crate) struct World {
    /// The time.
    pub clock: Clock,
    /// The working-day calendar.
    pub calendar: &'static Calendar,
    /// The items.
    pub catalogue: &'static Catalogue,
    /// What the community has set.
    pub settings: Settings,
    /// The language of the screen.
    pub language: Language,
}

/// What a word for an item leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Offered {
    /// An item.
    Item(&'static Item),
    /// A certificate a community must not issue.
    Banned(&'static Banned),
}

static ITEMS: LazyLock<WordIndex> = LazyLock::new(|| {
    let mut index = WordIndex::default();
    for item in Catalogue::builtin().items() {
        let mut aliases = item.aliases.clone();
        aliases.push(item.name.en.clone());
        index.insert(&Word {
            key: item.code.as_str().to_owned(),
            title: item.name.zh.clone(),
            aliases,
            code: Some(item.code.as_str().to_owned()),
        });
    }
    for banned in banned_certificates() {
        let mut aliases = banned.aliases.clone();
        aliases.push(banned.name.en.clone());
        let key = format!("#{}", banned.no);
        index.insert(&Word {
            key,
            title: banned.name.zh.clone(),
            aliases,
            code: None,
        });
    }
    index
});

impl World {
    /// The world of this clock and language.
    pub(crate) fn new(clock: Clock, language: Language) -> Self {
        Self {
            clock,
            calendar: Calendar::builtin(),
            catalogue: Catalogue::builtin(),
            settings: Settings::default(),
            language,
        }
    }

    /// Milliseconds since 1970 (UTC).
    pub(crate) fn now(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The day of Asia/Shanghai.
    pub(crate) fn today(&self) -> NaiveDate {
        day_of(self.now())
    }

    /// Items and banned certificates by pinyin, everyday word or code, best first.
    pub(crate) fn find_items(&self, text: &str, limit: usize) -> Vec<Offered> {
        ITEMS
            .find(text, limit)
            .into_iter()
            .filter_map(|hit| self.offered(&hit.key))
            .collect()
    }

    /// The banned certificate of this number.
    pub(crate) fn banned(no: u8) -> Option<&'static Banned> {
        banned_certificates().iter().find(|banned| banned.no == no)
    }

    fn offered(&self, key: &str) -> Option<Offered> {
        match key.strip_prefix('#') {
            Some(no) => Self::banned(no.parse().ok()?).map(Offered::Banned),
            None => self.catalogue.item(key).map(Offered::Item),
        }
    }
}
