//! `cargo xtask bench` and `cargo xtask tamper`: how fast, and whether every tampering is found.

use std::path::Path;
use std::process::Command;

use crate::console::say;
use crate::house::House;
use crate::process::{command, run};
use crate::trouble::{Result, Trouble, While};

/// Where the table stands.
const TABLE: &str = "docs/benchmarks.md";

const USAGE: &str =
    "Usage: cargo xtask bench [--quick] [--only commit|import|search|scale|notices]";
/// Has a bench of its own, because it needs the typesetter.
const NOTICES: &str = "notices";

#[derive(Debug, Default, PartialEq, Eq)]
struct Wish<'a> {
    quick: bool,
    only: Option<&'a str>,
}

/// Measures a release build and writes the table; the quick form, and a part alone, only print.
pub(crate) fn bench(house: &House, arguments: &[&str]) -> Result<()> {
    let wish = read(arguments)?;
    let of_store = wish.only != Some(NOTICES);
    let of_notices = wish.only.is_none_or(|part| part == NOTICES);

    // Everything is built before anything is measured: what does not compile is told at once.
    say(
        "- building the release form; the first time of the typesetter takes a quarter of an hour or more",
    );
    if of_store {
        let mut build = command("cargo", &house.root, &["build", "--release", "--workspace"]);
        run(build.args(["--locked", "--bin", "yichuang-bench"]))?;
    }
    if of_notices {
        run(notices(house).arg("--no-run"))?;
    }

    say(if wish.quick || wish.only.is_some() {
        "- measuring; nothing is written"
    } else {
        "- measuring commit, import, search, scale and notices: most of an hour, best on a machine that does nothing else"
    });
    let table = (wish == Wish::default()).then(|| house.notes().join("benchmarks.md"));
    std::fs::create_dir_all(house.notes()).doing("making target/xtask")?;
    if of_store {
        let mut bench = command(house.program("release", "yichuang-bench"), &house.root, &[]);
        bench.args(arguments);
        run(with_table(table.as_deref(), &mut bench))?;
    }
    if of_notices {
        let mut bench = notices(house);
        bench.arg("--").args(wish.quick.then_some("--quick"));
        run(with_table(table.as_deref(), &mut bench))?;
    }
    // Whole or not at all: a part that broke leaves the old table.
    if let Some(table) = table {
        std::fs::copy(&table, house.root.join(TABLE)).doing(table.display())?;
        say(&format!("- {TABLE} is written"));
    }
    Ok(())
}

fn read<'a>(arguments: &[&'a str]) -> Result<Wish<'a>> {
    match arguments {
        [] => Ok(Wish::default()),
        ["--quick", rest @ ..] => Ok(Wish {
            quick: true,
            ..read(rest)?
        }),
        ["--only", part, rest @ ..] => Ok(Wish {
            only: Some(part),
            ..read(rest)?
        }),
        _ => Err(Trouble::new(USAGE)),
    }
}

fn notices(house: &House) -> Command {
    let mut cargo = command("cargo", &house.root, &["bench", "--workspace", "--locked"]);
    cargo.args(["--bench", "notices"]);
    cargo
}

fn with_table<'a>(table: Option<&Path>, bench: &'a mut Command) -> &'a mut Command {
    if let Some(table) = table {
        bench.arg("--out").arg(table);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_and_the_quick_form_are_named_in_any_order() {
        let part = Wish {
            quick: true,
            only: Some("scale"),
        };
        assert_eq!(read(&["--only", "scale", "--quick"]).unwrap(), part);
        assert_eq!(read(&["--quick", "--only", "scale"]).unwrap(), part);
        assert_eq!(read(&[]).unwrap(), Wish::default());
        assert!(read(&["--only"]).is_err());
        assert!(read(&["--fast"]).is_err());
    }
}
