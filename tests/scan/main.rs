//! `yichuang-scan`: people are planted through the real program, and then looked for everywhere they must
//! not be: in its folders, what it says, the names of its files, its memory after the lock, and what a
//! crash leaves behind.
//!
//! The saved papers of the export folder are not looked through: the clerk named that folder, and they
//! are full of names on purpose. Their file names are.
#![expect(
    clippy::print_stdout,
    reason = "a program whose output is read by people"
)]

mod office;
mod places;
mod planted;
mod search;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use office::{Done, Office, PASSWORD};
use places::Looked;
use planted::{Kind, Pattern, Planted};
use search::Search;
use yichuang_store::Store;

const USAGE: &str = "yichuang-scan [--people N] [--keep]   (YICHUANG_BIN names the program)";
const PEOPLE: u32 = 1_000;
/// How many of them a page looks at while the screen is open.
const LOOKED_AT: usize = 100;

fn main() -> ExitCode {
    match scan() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(found) => {
            println!("{found} found that must not be there");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("the scan broke: {error}");
            ExitCode::FAILURE
        }
    }
}

fn scan() -> Done<usize> {
    let asked = Asked::read()?;
    let folder = tempfile::tempdir()?;
    let people = planted::people(asked.people);
    let patterns = patterns_outside(&asked.program, &people)?;
    let words = Search::new(patterns.iter().map(|one| one.bytes.as_slice()));
    println!(
        "{} people, {} forms of their words",
        people.len(),
        patterns.len()
    );
    require_sight(&patterns, &words)?;

    let office = Office::found(&asked.program, folder.path())?;
    let tally = office.work(&people)?;
    println!("planted: {tally:?}");
    let report = Report {
        patterns: &patterns,
    };
    let mut found = 0;

    let mut served = office.serve()?;
    let looked_at: Vec<Planted> = people.into_iter().take(LOOKED_AT).collect();
    println!("looked at: {:?}", served.work(&looked_at)?);
    found += report.folder("unlocked", &office, &words)?;
    let keys = keys_of(&office.data())?;
    let secrets = Search::new(keys.iter().map(|(_name, key)| key.as_slice()));
    let open = places::memory(served.process(), &words)?;
    let open_keys = places::memory(served.process(), &secrets)?;
    println!(
        "unlocked, memory: {} MB, {} words, {} times one of {} keys",
        open.bytes >> 20,
        open.hits.len(),
        open_keys.hits.len(),
        keys.len()
    );
    let own = places::memory(std::process::id(), &words)?;
    println!("and in this scan's own memory: {} words", own.hits.len());
    if own.hits.is_empty() || open_keys.hits.is_empty() {
        return Err("it sees neither its own words nor the keys in use: this scan is blind".into());
    }

    served.ask("lock", &serde_json::json!({}))?;
    found += report.folder("locked", &office, &words)?;
    found += report.memory("locked", served.process(), &words)?;
    let left = places::memory(served.process(), &secrets)?;
    found += keys_left("locked", &left, &keys);

    for signal in ["-SEGV", "-ABRT"] {
        let unlocked = served.unlock()?;
        if unlocked.get("status").and_then(serde_json::Value::as_str) != Some("done") {
            return Err(format!("unlock: {unlocked}").into());
        }
        served.work(&looked_at)?;
        served.end_by(signal)?;
        let said = served.rest()?;
        words.each(&said, |_at, _pattern| found += 1);
        found += cores(&office.root)?;
        found += report.folder(&format!("crashed by {signal}"), &office, &words)?;
        served = office.serve()?;
    }
    served.end_by("-TERM")?;
    drop(served);
    if asked.keep {
        println!("kept: {}", folder.keep().display());
    }
    Ok(found)
}

struct Asked {
    program: PathBuf,
    people: u32,
    keep: bool,
}

impl Asked {
    fn read() -> Done<Self> {
        let beside = std::env::current_exe()?.with_file_name("yichuang");
        let program = std::env::var_os("YICHUANG_BIN").map_or(beside, PathBuf::from);
        let mut asked = Self {
            // It is started in other folders.
            program: program.canonicalize()?,
            people: PEOPLE,
            keep: false,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--people" => asked.people = words.next().ok_or(USAGE)?.parse()?,
                "--keep" => asked.keep = true,
                _ => return Err(USAGE.into()),
            }
        }
        Ok(asked)
    }
}

/// The patterns, without any that stand in the program's own file.
fn patterns_outside(program: &Path, people: &[Planted]) -> Done<Vec<Pattern>> {
    let all: Vec<Pattern> = people.iter().flat_map(Planted::patterns).collect();
    let search = Search::new(all.iter().map(|one| one.bytes.as_slice()));
    let mut is_in_program = vec![false; all.len()];
    search.each(&fs::read(program)?, |_at, number| {
        if let Some(is_in) = is_in_program.get_mut(number) {
            *is_in = true;
        }
    });
    let left_out = is_in_program.iter().filter(|is_in| **is_in).count();
    if left_out > 0 {
        println!("{left_out} forms stand in the program itself and are not looked for");
    }
    let outside = all.into_iter().zip(is_in_program);
    Ok(outside
        .filter(|(_one, is_in)| !is_in)
        .map(|(one, _is_in)| one)
        .collect())
}

/// A file in which every form stands once must be found in every form.
fn require_sight(patterns: &[Pattern], words: &Search<'_>) -> Done<()> {
    let mut text = Vec::new();
    for pattern in patterns {
        text.extend_from_slice(&pattern.bytes);
        text.push(0);
    }
    let mut seen = vec![false; patterns.len()];
    words.each(&text, |_at, number| {
        if let Some(seen) = seen.get_mut(number) {
            *seen = true;
        }
    });
    if seen.iter().all(|seen| *seen) {
        Ok(())
    } else {
        Err("a form that was written was not found: this scan is blind".into())
    }
}

/// The keys of this office that must leave memory at the lock, by name.
fn keys_of(data: &Path) -> Done<Vec<(String, [u8; 32])>> {
    let copy = tempfile::tempdir()?;
    let status = std::process::Command::new("cp")
        .arg("-a")
        .arg(format!("{}/.", data.display()))
        .arg(copy.path())
        .status()?;
    if !status.success() {
        return Err("the data folder could not be copied".into());
    }
    // Everybody's come from one data key; each is looked for once.
    let mut keys = BTreeMap::new();
    let mut store = Store::open(copy.path())?;
    // Of everybody: whoever worked here before left none behind either.
    for person in store.people() {
        let bare = store.bare_keys(person, PASSWORD)?;
        keys.extend(bare.into_iter().map(|(name, key)| (key, name)));
    }
    Ok(keys.into_iter().map(|(key, name)| (name, key)).collect())
}

/// Pictures of crashed programs, in the folders of this office.
fn cores(root: &Path) -> Done<usize> {
    let mut found = 0;
    for folder in ["cwd", "home", "tmp", "run"] {
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

fn keys_left(when: &str, looked: &Looked, keys: &[(String, [u8; 32])]) -> usize {
    println!(
        "{when}, memory: {} of {} keys",
        looked.hits.len(),
        keys.len()
    );
    for hit in looked.hits.iter().take(20) {
        if let Some((name, _key)) = keys.get(hit.pattern) {
            println!("  {name} in {}", hit.place);
        }
    }
    looked.hits.len()
}

struct Report<'a> {
    patterns: &'a [Pattern],
}

impl Report<'_> {
    fn folder(&self, when: &str, office: &Office, words: &Search<'_>) -> Done<usize> {
        let looked = places::folder(&office.root, &office.export(), words)?;
        println!(
            "{when}, folders: {} files, {} KB, {} hits",
            looked.files,
            looked.bytes >> 10,
            looked.hits.len()
        );
        self.tell(&looked);
        Ok(looked.hits.len())
    }

    fn memory(&self, when: &str, process: u32, words: &Search<'_>) -> Done<usize> {
        let looked = places::memory(process, words)?;
        let mut by_kind: BTreeMap<Kind, usize> = BTreeMap::new();
        for hit in &looked.hits {
            if let Some(pattern) = self.patterns.get(hit.pattern) {
                *by_kind.entry(pattern.kind).or_default() += 1;
            }
        }
        println!(
            "{when}, memory: {} areas, {} MB, {} words {by_kind:?}",
            looked.files,
            looked.bytes >> 20,
            looked.hits.len()
        );
        self.tell(&looked);
        Ok(looked.hits.len())
    }

    fn tell(&self, looked: &Looked) {
        for hit in looked.hits.iter().take(20) {
            if let Some(pattern) = self.patterns.get(hit.pattern) {
                let Pattern { kind, form, .. } = pattern;
                println!("  {kind:?} as {form} in {}: {}", hit.place, hit.around);
            }
        }
    }
}
