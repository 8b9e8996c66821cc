//! A text in both languages of the office.
//!
//! For data only (names of items, materials, codes). Sentences for people are made at the edge.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A name in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Bilingual {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Bilingual {
    /// The name `zh` in Chinese, `en` in English.
    pub fn new(zh: &str, en: &str) -> Self {
        Self {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }
}
