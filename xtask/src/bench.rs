//! `cargo xtask bench` and `cargo xtask tamper`: how fast, and whether every tampering is found.

use crate::console::say;
use crate::house::House;
use crate::process::{command, run};
use crate::trouble::{Result, Trouble};

/// What is measured: the store and the search, then the papers.
const BENCHES: &[&str] = &["yichuang-bench", "notices"];

/// Where the table stands.
const TABLE: &str = "docs/benchmarks.md";

/// Measures a release build and writes the table; the quick form only prints it.
pub(crate) fn bench(house: &House, arguments: &[&str]) -> Result<()> {
    let (benches, quick): (&[&str], bool) = match arguments {
        [] => (BENCHES, false),
        ["--quick"] => (BENCHES, true),
        ["--only", one] if BENCHES.contains(one) => (std::slice::from_ref(one), false),
        _ => {
            return Err(Trouble::new(format!(
                "Usage: cargo xtask bench [--quick] [--only {}]",
                BENCHES.join("|")
            )));
        }
    };
    say("- a release build and its measurement: the full form takes most of an hour");
    // One after the other: the first begins the table, the second adds to it.
    for bench in benches {
        let mut cargo = command("cargo", &house.root, &["bench", "--workspace", "--locked"]);
        cargo.args(["--bench", bench, "--"]);
        if quick {
            cargo.arg("--quick");
        } else {
            cargo.arg("--out").arg(house.root.join(TABLE));
        }
        run(&mut cargo)?;
    }
    Ok(())
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
