//! What was found where, in lines for people.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    office::{Done, Office},
    places::{self, Hit, Looked},
    planted::{Kind, Pattern},
    search::Search,
    window::Standing,
};

/// So many hits of a place are told one by one.
const TOLD: usize = 20;

/// Looks, tells, and counts what must not be there.
pub(crate) struct Report<'a> {
    pub(crate) office: &'a Office,
    pub(crate) patterns: &'a [Pattern],
    pub(crate) words: &'a Search<'a>,
    /// The keys that must leave memory at the lock, by name.
    pub(crate) keys: &'a [(String, [u8; 32])],
    pub(crate) secrets: Search<'a>,
}

impl Report<'_> {
    /// The office's folders.
    pub(crate) fn folder(&self, when: &str) -> Done<usize> {
        let looked = places::folder(&self.office.root, &self.office.export(), self.words)?;
        println!(
            "{when}, folders: {} files, {} KB, {} hits",
            looked.files,
            looked.bytes >> 10,
            looked.hits.len()
        );
        self.tell(&looked.hits);
        Ok(looked.hits.len())
    }

    /// All that can be seen from outside of a window: folders, files it has open elsewhere, and what it told.
    pub(crate) fn outside(&self, when: &str, standing: &Standing) -> Done<usize> {
        let mut found = self.folder(when)?;
        let (looked, names) = places::open_files(&standing.family, &self.office.root, self.words)?;
        println!(
            "{when}, {} processes, files open elsewhere and shared memory: {} files, {} KB, {} hits {names:?}",
            standing.family.len(),
            looked.files,
            looked.bytes >> 10,
            looked.hits.len()
        );
        self.tell(&looked.hits);
        found += looked.hits.len();
        let titles = standing.told.get("titles").map(ToString::to_string);
        self.words
            .each(titles.unwrap_or_default().as_bytes(), |_at, _pattern| {
                found += 1;
            });
        Ok(found)
    }

    /// The words in the memory of a process.
    pub(crate) fn memory(&self, when: &str, process: u32) -> Done<Vec<Hit>> {
        let looked = places::memory(process, self.words)?;
        println!(
            "{when}, memory: {} areas, {} MB, {} words {:?}",
            looked.files,
            looked.bytes >> 20,
            looked.hits.len(),
            self.by_kind(&looked)
        );
        self.tell(&looked.hits);
        Ok(looked.hits)
    }

    /// Whoever does not see the keys of an open desk would not see those that a locked one forgot.
    pub(crate) fn keys_in_use(&self, when: &str, process: u32) -> Done<()> {
        let words = places::memory(process, self.words)?;
        let keys = places::memory(process, &self.secrets)?;
        println!(
            "{when}, memory: {} MB, {} words {:?}, {} times one of {} keys",
            words.bytes >> 20,
            words.hits.len(),
            self.by_kind(&words),
            keys.hits.len(),
            self.keys.len()
        );
        if keys.hits.is_empty() {
            return Err("it does not see the keys in use: this scan is blind".into());
        }
        Ok(())
    }

    /// Keys that stayed in the memory of a process.
    pub(crate) fn keys_left(&self, when: &str, process: u32) -> Done<usize> {
        let looked = places::memory(process, &self.secrets)?;
        println!(
            "{when}, memory: {} of {} keys",
            looked.hits.len(),
            self.keys.len()
        );
        for hit in looked.hits.iter().take(TOLD) {
            if let Some((name, _key)) = self.keys.get(hit.pattern) {
                println!("  {name} in {}", hit.place);
            }
        }
        Ok(looked.hits.len())
    }

    /// What a word that was found is.
    pub(crate) fn kind_of(&self, hit: &Hit) -> Option<Kind> {
        self.patterns.get(hit.pattern).map(|pattern| pattern.kind)
    }

    fn by_kind(&self, looked: &Looked) -> BTreeMap<Kind, usize> {
        let mut by_kind = BTreeMap::new();
        for hit in &looked.hits {
            if let Some(kind) = self.kind_of(hit) {
                *by_kind.entry(kind).or_default() += 1;
            }
        }
        by_kind
    }

    fn tell(&self, hits: &[Hit]) {
        for hit in hits.iter().take(TOLD) {
            if let Some(pattern) = self.patterns.get(hit.pattern) {
                let Pattern { kind, form, .. } = pattern;
                println!("  {kind:?} as {form} in {}: {}", hit.place, hit.around);
            }
        }
    }
}

/// Pictures of crashed programs, in the folders of this office.
pub(crate) fn cores(root: &Path) -> Done<usize> {
    let mut found = 0;
    for folder in ["cwd", "home", "tmp", "run", "data"] {
        for entry in fs::read_dir(root.join(folder))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with("core") {
                println!("a picture of memory: {folder}/{name}");
                found += 1;
            }
        }
    }
    Ok(found)
}
