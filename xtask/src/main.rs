//! What a developer types: `cargo xtask run`, `cargo xtask test`, and the steps of both.
//!
//! It calls the tools of Rust, npm, Debian and our own programs, in the right order, and skips what is already
//! done. It holds no test and no rule itself, and has next to no dependencies, because it is built first.

mod apt;
mod bench;
mod bindings;
mod campaigns;
mod console;
mod counts;
mod fonts;
mod house;
mod licences;
mod node;
mod process;
mod run;
mod rust;
mod scan;
mod shots;
mod simulate;
mod stamp;
mod test;
mod trouble;
mod web;

use std::process::ExitCode;

use house::House;
use trouble::{Result, Trouble};

const USAGE: &str = "\
cargo xtask run [--data DIR] [--browser] [--release]
    Sets up what is missing and opens the window on the sample community.
    --browser serves it to a local browser instead.
cargo xtask test [STEP…]
    Sets up what is missing and runs all tests, or the steps named:
    fmt clippy licences build rust bindings campaigns scan ui-format ui-lint ui-check ui-unit stories
    `stories/NAME` runs one story of tests/stories/.
cargo xtask bench [--quick] [--only PART]
    Measures a release build beside SQLite and writes docs/benchmarks.md; the quick form only prints.
cargo xtask tamper [--seed N] [--count N]
    Tampers with journals and proofs, a thousand of each, and says whether every one was found.
cargo xtask scan [--people N] [--in-window N] [--only browser|window]
    Plants people through the program and looks for them in folders, file names, memory and what a crash leaves;
    then again after N of them were worked with in the real window, printed (where CUPS may be started) and saved.
cargo xtask shots [SCREEN]
    Pictures of the screens in target/shots/: two sizes, two languages, three themes; axe on each.
cargo xtask crash|damage|powerloss|faults|fuzz [--seed N] [--rounds N] [--seconds N] [--release]
    A campaign in full: the program killed, its files damaged, the power cut, the disk failing, rubbish fed.
cargo xtask simulate [--seeds N | --seed N]
    Histories of several desks and a hub that go wrong, 100,000 of them, or one alone.
cargo xtask fonts
    Cuts the fonts of the screen into slices (`run` and `test` do it by themselves).
cargo xtask bindings [--check]
    Writes ui/src/bindings.ts from the desk's list of calls, or says whether it is stale.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(trouble) => {
            console::complain(&trouble.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let house = House::here()?;
    match words.as_slice() {
        ["run", rest @ ..] => run::run(&house, rest)?,
        ["test", steps @ ..] => return test::test(&house, steps),
        ["bench", rest @ ..] => bench::bench(&house, rest)?,
        ["tamper", rest @ ..] => bench::tamper(&house, rest)?,
        ["scan", rest @ ..] => scan::scan(&house, rest)?,
        ["shots", rest @ ..] => shots::shots(&house, rest)?,
        ["crash" | "damage" | "powerloss" | "faults" | "fuzz", ..] => {
            return campaigns::run(&house, &words);
        }
        ["simulate", rest @ ..] => simulate::simulate(&house, rest)?,
        ["fonts"] => fonts::ensure(&house)?,
        ["bindings"] => bindings::write(&house)?,
        ["bindings", "--check"] => bindings::check(&house)?,
        ["help" | "--help" | "-h"] => console::say(USAGE),
        _ => {
            return Err(Trouble::new(format!(
                "That is not a task. There are:\n\n{USAGE}"
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}
