//! `ui/src/bindings.ts`: the desk's list of calls in TypeScript. The desk prints it; this keeps the file fresh.

use std::fs;

use crate::console::say;
use crate::house::House;
use crate::process::{ask, command};
use crate::rust;
use crate::trouble::{Result, Trouble, While};

/// Writes the file.
pub(crate) fn write(house: &House) -> Result<()> {
    rust::build_programs(house, false)?;
    fs::write(house.ui().join("src/bindings.ts"), printed(house)?)
        .doing("writing ui/src/bindings.ts")
}

/// Says whether the file is what the desk would print.
pub(crate) fn check(house: &House) -> Result<()> {
    rust::build_everything(house)?;
    let file =
        fs::read_to_string(house.ui().join("src/bindings.ts")).doing("ui/src/bindings.ts")?;
    if file == printed(house)? {
        say("ui/src/bindings.ts is what the desk prints.");
        return Ok(());
    }
    Err(Trouble::new(
        "ui/src/bindings.ts is stale: run `cargo xtask bindings` and commit it.",
    ))
}

fn printed(house: &House) -> Result<String> {
    ask(&mut command(
        house.program("debug", "yichuang"),
        &house.root,
        &["bindings"],
    ))
    .ok_or_else(|| Trouble::new("`yichuang bindings` does not print the bindings."))
}
