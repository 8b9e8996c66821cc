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
mod report;
mod search;
mod window;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use office::{Done, Office, PASSWORD};
use places::Hit;
use planted::{Kind, Pattern, Planted};
use report::{Report, cores};
use search::Search;
use serde_json::{Value, json};
use window::Window;
use yichuang_store::Store;

const USAGE: &str = "yichuang-scan [--people N] [--in-window N] [--only browser|window] [--keep]   \
    (YICHUANG_BIN and YICHUANG_DESKTOP_BIN name the programs)";
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
    let patterns = patterns_outside(&[&asked.program, &asked.desktop], &people)?;
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
    let keys = keys_of(&office.data())?;
    let report = Report {
        office: &office,
        patterns: &patterns,
        words: &words,
        keys: &keys,
        secrets: Search::new(keys.iter().map(|(_name, key)| key.as_slice())),
    };
    let own = places::memory(std::process::id(), &words)?;
    println!("in this scan's own memory: {} words", own.hits.len());
    if own.hits.is_empty() {
        return Err("it does not see its own words: this scan is blind".into());
    }

    let looked_at = people.get(..LOOKED_AT).unwrap_or(&people);
    let in_window = people.get(..asked.in_window).unwrap_or(&people);
    let mut found = 0;
    if asked.only.is_none_or(|part| part == Part::Browser) {
        found += in_a_browser(&report, looked_at)?;
    }
    if asked.only.is_none_or(|part| part == Part::Window) {
        found += in_the_window(&report, &asked.desktop, in_window)?;
    }
    if asked.keep {
        println!("kept: {}", folder.keep().display());
    }
    Ok(found)
}

/// The desk as it serves a browser of this machine: unlocked, locked, and crashing.
fn in_a_browser(report: &Report<'_>, people: &[Planted]) -> Done<usize> {
    let office = report.office;
    let mut served = office.serve()?;
    println!("looked at: {:?}", served.work(people)?);
    let mut found = report.folder("unlocked")?;
    report.keys_in_use("unlocked", served.process())?;

    served.ask("lock", &json!({}))?;
    found += report.folder("locked")?;
    found += report.memory("locked", served.process())?.len();
    found += report.keys_left("locked", served.process())?;

    for signal in ["-SEGV", "-ABRT"] {
        let unlocked = served.unlock()?;
        if unlocked.get("status").and_then(Value::as_str) != Some("done") {
            return Err(format!("unlock: {unlocked}").into());
        }
        served.work(people)?;
        served.end_by(signal)?;
        let said = served.rest()?;
        report.words.each(&said, |_at, _pattern| found += 1);
        found += cores(&office.root)?;
        found += report.folder(&format!("crashed by {signal}"))?;
        served = office.serve()?;
    }
    served.end_by("-TERM")?;
    Ok(found)
}

/// The real window with its web view: at work, locked, closed, and crashing.
fn in_the_window(report: &Report<'_>, program: &Path, people: &[Planted]) -> Done<usize> {
    let mut window = Window::beside(report.office, program, people)?;
    window.step("open")?;
    let worked = window.step("work")?;
    println!("in the window: {}", worked.told);
    if let Some(why) = worked.told.get("notPrinted").and_then(Value::as_str) {
        println!("NOTHING WAS PRINTED: {why}");
    }
    let mut found = report.outside("window, unlocked", &worked)?;
    report.keys_in_use("window, unlocked", worked.core)?;

    let locked = window.step("lock")?;
    found += report.outside("window, locked", &locked)?;
    found += report.keys_left("window, locked", locked.core)?;
    // The driver of this test carries names through the program's memory; a full number it never touches.
    let left = report.memory("window, locked", locked.core)?;
    let is_ours = |hit: &&Hit| report.kind_of(hit) != Some(Kind::Name);
    found += left.iter().filter(is_ours).count();
    window.step("close")?;
    found += report.folder("window, closed")?;

    window.step("open")?;
    window.step("work")?;
    window.step("kill")?;
    found += cores(&report.office.root)?;
    found += report.folder("window, crashed")?;
    Ok(found)
}

struct Asked {
    program: PathBuf,
    desktop: PathBuf,
    people: u32,
    in_window: usize,
    only: Option<Part>,
    keep: bool,
}

/// Where the people are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Browser,
    Window,
}

impl Part {
    fn read(word: &str) -> Done<Self> {
        match word {
            "browser" => Ok(Self::Browser),
            "window" => Ok(Self::Window),
            _ => Err(USAGE.into()),
        }
    }
}

impl Asked {
    fn read() -> Done<Self> {
        let beside = std::env::current_exe()?;
        let named = |variable: &str, name: &str| {
            let path =
                std::env::var_os(variable).map_or(beside.with_file_name(name), PathBuf::from);
            // It is started in other folders.
            let built = path.canonicalize();
            built.map_err(|error| format!("{}: {error}", path.display()))
        };
        let mut asked = Self {
            program: named("YICHUANG_BIN", "yichuang")?,
            desktop: named("YICHUANG_DESKTOP_BIN", "yichuang-desktop")?,
            people: PEOPLE,
            in_window: LOOKED_AT,
            only: None,
            keep: false,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--people" => asked.people = words.next().ok_or(USAGE)?.parse()?,
                "--in-window" => asked.in_window = words.next().ok_or(USAGE)?.parse()?,
                "--only" => asked.only = Some(Part::read(&words.next().ok_or(USAGE)?)?),
                "--keep" => asked.keep = true,
                _ => return Err(USAGE.into()),
            }
        }
        Ok(asked)
    }
}

/// The patterns, without any that stand in the programs' own files.
fn patterns_outside(programs: &[&Path], people: &[Planted]) -> Done<Vec<Pattern>> {
    let all: Vec<Pattern> = people.iter().flat_map(Planted::patterns).collect();
    let search = Search::new(all.iter().map(|one| one.bytes.as_slice()));
    let mut is_in_program = vec![false; all.len()];
    for program in programs {
        search.each(&fs::read(program)?, |_at, number| {
            if let Some(is_in) = is_in_program.get_mut(number) {
                *is_in = true;
            }
        });
    }
    let left_out = is_in_program.iter().filter(|is_in| **is_in).count();
    if left_out > 0 {
        println!("{left_out} forms stand in the programs themselves and are not looked for");
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
