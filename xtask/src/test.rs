//! `cargo xtask test`: the set-up, then every step, and at the end how many tests passed and failed.
//!
//! A step that fails does not stop the others, unless they cannot work without it. Each names itself and how to run
//! it alone.

use std::process::ExitCode;
use std::time::Instant;

use crate::console::say;
use crate::counts::Counts;
use crate::house::House;
use crate::process::{command, listen, run};
use crate::shots::programs;
use crate::trouble::{Result, Trouble};
use crate::{apt, bindings, campaigns, licences, node, rust, scan, stamp, web};

/// The steps, in their order: the quick ones first.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        work: |house, _| cargo(house, &["fmt", "--all", "--check"]),
    },
    Step {
        name: "licences",
        work: |house, _| licences::check(house).map(|()| Counts::of_one(true)),
    },
    Step {
        name: "ui-format",
        work: |house, _| checked(house, "ui-format", "format:check"),
    },
    Step {
        name: "ui-lint",
        work: |house, _| checked(house, "ui-lint", "lint"),
    },
    Step {
        name: "ui-check",
        work: |house, _| checked(house, "ui-check", "check"),
    },
    Step {
        name: "ui-unit",
        work: ui_unit,
    },
    Step {
        name: "clippy",
        work: clippy,
    },
    Step {
        name: BUILD,
        work: |house, _| rust::build_everything(house).map(|()| Counts::of_one(true)),
    },
    Step {
        name: "rust",
        work: rust_tests,
    },
    Step {
        name: "bindings",
        work: |house, _| bindings::check(house).map(|()| Counts::of_one(true)),
    },
    Step {
        name: "campaigns",
        work: campaigns::short,
    },
    Step {
        name: "scan",
        work: |house, _| scan::short(house),
    },
    Step {
        name: "stories",
        work: stories,
    },
];

/// Without it, what comes after it cannot say anything.
const BUILD: &str = "build";

struct Step {
    name: &'static str,
    /// Does it, or the part of it that was named behind a slash.
    work: fn(&House, Option<&str>) -> Result<Counts>,
}

struct Done {
    name: String,
    counts: Counts,
    seconds: u64,
}

/// Runs the steps named, or all.
pub(crate) fn test(house: &House, names: &[&str]) -> Result<ExitCode> {
    let chosen = choose(names)?;
    set_up(house)?;

    let mut done: Vec<Done> = Vec::new();
    for (step, part) in chosen {
        let name = part.map_or_else(
            || step.name.to_owned(),
            |part| format!("{}/{part}", step.name),
        );
        say(&format!("\n== {name}"));
        let started = Instant::now();
        let built = !done
            .iter()
            .any(|done| done.name == BUILD && done.counts.failed > 0);
        let counts = if built {
            (step.work)(house, part).unwrap_or_else(|trouble| {
                say(&trouble.to_string());
                Counts::of_one(false)
            })
        } else {
            say("not run, because the programs were not built");
            Counts::of_one(false)
        };
        if counts.failed > 0 {
            say(&format!("== {name} FAILED. Alone: cargo xtask test {name}"));
        }
        done.push(Done {
            name,
            counts,
            seconds: started.elapsed().as_secs(),
        });
    }
    Ok(report(&done))
}

fn choose<'a>(names: &[&'a str]) -> Result<Vec<(&'static Step, Option<&'a str>)>> {
    if names.is_empty() {
        return Ok(STEPS.iter().map(|step| (step, None)).collect());
    }
    names
        .iter()
        .map(|name| {
            let (name, part) = name
                .split_once('/')
                .map_or((*name, None), |(name, part)| (name, Some(part)));
            let step = STEPS.iter().find(|step| step.name == name);
            step.map(|step| (step, part)).ok_or_else(|| {
                let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
                Trouble::new(format!(
                    "There is no step {name}. There are: {}",
                    known.join(" ")
                ))
            })
        })
        .collect()
}

/// All that the steps need. It says what it does; what is there already takes no time.
fn set_up(house: &House) -> Result<()> {
    say("== set-up");
    apt::ensure(apt::TO_RUN)?;
    apt::ensure(apt::TO_TEST)?;
    rust::ensure_components(house)?;
    node::ensure(house)?;
    // The window has the pages inside, so it does not even compile without them.
    web::ensure(house)
}

fn report(done: &[Done]) -> ExitCode {
    say("\nstep             passed  failed  seconds");
    for Done {
        name,
        counts,
        seconds,
    } in done
    {
        say(&format!(
            "{name:<16} {:>6}  {:>6}  {seconds:>7}",
            counts.passed, counts.failed
        ));
    }
    let failed: Vec<_> = done.iter().filter(|done| done.counts.failed > 0).collect();
    for Done { name, .. } in &failed {
        say(&format!("{name} failed. Alone: cargo xtask test {name}"));
    }
    let sum = done
        .iter()
        .map(|done| done.counts)
        .fold(Counts::default(), Counts::plus);
    say(&format!("{} passed, {} failed", sum.passed, sum.failed));
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn cargo(house: &House, arguments: &[&str]) -> Result<Counts> {
    Ok(Counts::of_one(
        listen(&mut command("cargo", &house.root, arguments))?.0,
    ))
}

/// A check of the pages' sources, which says the same as last time when none of them changed since it passed.
fn checked(house: &House, name: &str, script: &str) -> Result<Counts> {
    let inputs = web::sources(house).chain([house.root.join("tests")]);
    let mut is_new = false;
    stamp::unless_done(
        house,
        name,
        &inputs.collect::<Vec<_>>(),
        &house.ui().join("node_modules"),
        || {
            is_new = true;
            let mut npm = command("npm", &house.ui(), &["run", "--silent", script]);
            run(&mut npm)
        },
    )?;
    if !is_new {
        say("nothing changed since it passed");
    }
    Ok(Counts::of_one(true))
}

fn clippy(house: &House, _: Option<&str>) -> Result<Counts> {
    let mut clippy = command("cargo", &house.root, &["clippy", "--quiet"]);
    let deny = ["--", "--deny", "warnings"];
    Ok(Counts::of_one(
        listen(clippy.args(rust::EVERYTHING).args(deny))?.0,
    ))
}

fn ui_unit(house: &House, filter: Option<&str>) -> Result<Counts> {
    let mut vitest = command("npm", &house.ui(), &["run", "--silent", "test", "--"]);
    let (succeeded, output) = listen(vitest.args(filter))?;
    Ok(Counts::read(&output, succeeded))
}

/// Rules, laws, stores: everything cargo knows as a test. `rust/NAME` runs the tests whose name has NAME in it.
fn rust_tests(house: &House, filter: Option<&str>) -> Result<Counts> {
    let runner: &[&str] = if rust::has_nextest() {
        &[
            "nextest",
            "run",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--final-status-level",
            "fail",
        ]
    } else {
        &["test", "--quiet", "--no-fail-fast"]
    };
    let mut tests = command("cargo", &house.root, runner);
    let (succeeded, output) = listen(
        tests
            .args(rust::EVERYTHING)
            .args(filter)
            .envs(programs(house)),
    )?;
    Ok(Counts::read(&output, succeeded))
}

/// Whole-system stories: the real window, a real browser. `stories/NAME` runs `tests/stories/NAME.test.mjs`.
fn stories(house: &House, one: Option<&str>) -> Result<Counts> {
    rust::build_everything(house)?;
    let node = [
        "--test",
        "--test-reporter=spec",
        // They mostly wait for typing hands; each has a desk and a display of its own.
        "--test-concurrency=3",
        // A story that hangs ends with a name, not with the patience of whoever waits.
        "--test-timeout=600000",
    ];
    let files = match one {
        Some(name) => vec![house.root.join(format!("tests/stories/{name}.test.mjs"))],
        None => story_files(house)?,
    };
    let (succeeded, output) = listen(
        command("node", &house.root, &node)
            .args(files)
            .envs(programs(house)),
    )?;
    Ok(Counts::read(&output, succeeded))
}

fn story_files(house: &House) -> Result<Vec<std::path::PathBuf>> {
    use crate::trouble::While;

    let folder = house.root.join("tests/stories");
    let entries = std::fs::read_dir(&folder).doing(folder.display())?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_chosen_by_its_name_and_a_part_of_it_behind_a_slash() {
        assert_eq!(choose(&[]).unwrap().len(), STEPS.len());
        let chosen = choose(&["clippy", "stories/accept"]).unwrap();
        let chosen: Vec<_> = chosen
            .iter()
            .map(|(step, part)| (step.name, *part))
            .collect();
        assert_eq!(chosen, [("clippy", None), ("stories", Some("accept"))]);
        assert!(choose(&["everything"]).is_err());
    }
}
