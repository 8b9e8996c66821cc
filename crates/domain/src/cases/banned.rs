//! Certificates a community must not issue (不应由社区出具的证明).
//!
//! Asking for one is an enquiry with a referral slip (引导告知单): no case, no materials and no
//! refusal notice. The list is data: the first national one of 20, and what provinces added.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use super::codes::DepartmentCode;
use crate::office::bilingual::Bilingual;

/// Whose list a certificate stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BannedList {
    /// The first national list.
    National,
    /// An addition of a province.
    Provincial,
}

/// A certificate we do not issue, and where to go instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Banned {
    /// Its number on the list.
    pub no: u8,
    /// Whose list it stands on.
    pub list: BannedList,
    /// Its name.
    pub name: Bilingual,
    /// What people say.
    pub aliases: Vec<String>,
    /// The right department.
    pub department: Bilingual,
    /// Its code, where it is one of the catalogue's departments: the phone stands there.
    pub department_code: Option<DepartmentCode>,
    /// What to take there.
    pub take: Vec<Bilingual>,
    /// What proves the matter instead, and who.
    pub instead: Bilingual,
}

static BANNED: LazyLock<Vec<Banned>> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the file is part of the program; a test reads it"
    )]
    let file: BannedFile =
        serde_json::from_str(include_str!("../../data/banned_certificates.json"))
            .expect("the list of banned certificates is whole");
    file.certificates.into_iter().map(Banned::from).collect()
});

/// All certificates we must not issue, by number.
pub fn banned_certificates() -> &'static [Banned] {
    &BANNED
}

/// The certificates somebody may mean with `words`, the nearest first: those so called before those
/// that only share a part of the name.
pub fn banned_meant_by(words: &str) -> Vec<&'static Banned> {
    let asked = plain(words);
    if asked.chars().count() < 2 {
        return Vec::new();
    }
    let mut found: Vec<(Nearness, &Banned)> = banned_certificates()
        .iter()
        .filter_map(|banned| Some((banned.nearness(&asked)?, banned)))
        .collect();
    found.sort_by_key(|(nearness, banned)| (*nearness, banned.no));
    found.into_iter().map(|(_, banned)| banned).collect()
}

/// How near a word is to what was asked, nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Same,
    Inside,
    Around,
}

impl Banned {
    fn nearness(&self, asked: &str) -> Option<Nearness> {
        let names = [&self.name.zh, &self.name.en];
        let words = names
            .into_iter()
            .chain(&self.aliases)
            .map(|word| plain(word));
        words
            .filter_map(|word| match word {
                word if word == asked => Some(Nearness::Same),
                word if word.contains(asked) => Some(Nearness::Inside),
                word if asked.contains(&word) => Some(Nearness::Around),
                _ => None,
            })
            .min()
    }
}

fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .take(64)
        .collect()
}

#[derive(Deserialize)]
struct BannedFile {
    certificates: Vec<CertificateFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CertificateFile {
    no: u8,
    list: BannedList,
    #[serde(flatten)]
    name: Bilingual,
    aliases: Vec<String>,
    department: Bilingual,
    department_code: Option<DepartmentCode>,
    take: Vec<Bilingual>,
    instead: Bilingual,
}

impl From<CertificateFile> for Banned {
    fn from(file: CertificateFile) -> Self {
        Self {
            no: file.no,
            list: file.list,
            name: file.name,
            aliases: file.aliases,
            department: file.department,
            department_code: file.department_code,
            take: file.take,
            instead: file.instead,
        }
    }
}
