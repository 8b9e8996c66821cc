//! `cargo xtask bench` and `cargo xtask tamper`: how fast, and whether every tampering is found.

use std::process::Command;

use crate::console::say;
use crate::house::House;
use crate::process::{command, run};
use crate::trouble::{Result, Trouble};

/// Where the table stands.
const TABLE: &str = "docs/benchmarks.md";

/// Measures a release build and writes the table; the quick form, and a part alone, only print.
pub(crate) fn bench(house: &House, arguments: &[&str]) -> Result<()> {
    let writes = match arguments {
        [] => true,
        ["--quick"] | ["--only" | "--quick", ..] if arguments.len() <= 3 => false,
        _ => {
            return Err(Trouble::new(
                "Usage: cargo xtask bench [--quick] [--only commit|import|search|scale|notices]",
            ));
        }
    };
    say("- a release build and its measurement: the full form takes most of an hour");
    let only_notices = arguments.last() == Some(&"notices");
    // One after the other: the first begins the table, the second adds to it.
    if !only_notices {
        let mut build = command("cargo", &house.root, &["build", "--release", "--workspace"]);
        run(build.args(["--locked", "--bin", "yichuang-bench"]))?;
        let mut bench = command(house.program("release", "yichuang-bench"), &house.root, &[]);
        run(with_table(house, writes, bench.args(arguments)))?;
    }
    if only_notices || !arguments.contains(&"--only") {
        let mut cargo = command("cargo", &house.root, &["bench", "--workspace", "--locked"]);
        cargo.args(["--bench", "notices", "--"]);
        let quick = arguments.first().filter(|first| **first == "--quick");
        run(with_table(house, writes, cargo.args(quick)))?;
    }
    Ok(())
}

fn with_table<'a>(house: &House, writes: bool, bench: &'a mut Command) -> &'a mut Command {
    if writes {
        bench.arg("--out").arg(house.root.join(TABLE));
    }
    bench
}

/// Runs the campaign of tamperings with journals and proofs.
pub(crate) fn tamper(house: &House, arguments: &[&str]) -> Result<()> {
    let (mut seed, mut count) = ("1", "1000");
    let mut rest = arguments;
    while let [option, value, after @ ..] = rest {
        match *option {
            "--seed" => seed = value,
            "--count" => count = value,
            _ => break,
        }
        rest = after;
    }
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    if !rest.is_empty() || !is_number(seed) || !is_number(count) {
        return Err(Trouble::new(
            "Usage: cargo xtask tamper [--seed N] [--count N]",
        ));
    }
    say(&format!("- {count} tamperings of each kind, seed {seed}"));
    let mut cargo = command("cargo", &house.root, &["test", "--workspace", "--locked"]);
    cargo.args([
        "--test",
        "tampering",
        "--test",
        "record",
        "--",
        "--nocapture",
    ]);
    run(cargo
        .env("YICHUANG_SEED", seed)
        .env("YICHUANG_TAMPERINGS", count))
}
