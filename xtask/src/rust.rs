//! Cargo, always with the lock file and, for everything that is tested, with one set of targets, so that nothing is
//! built twice.

use std::path::Path;

use crate::console::say;
use crate::house::House;
use crate::process::{ask, command, run};
use crate::trouble::Result;

/// The parts of the tool chain that a minimal rustup leaves out.
pub(crate) fn ensure_components(house: &House) -> Result<()> {
    for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        if ask(&mut command(program, &house.root, &["--version"])).is_none() {
            say(&format!("- installing {component} with rustup"));
            run(&mut command(
                "rustup",
                &house.root,
                &["component", "add", component],
            ))?;
        }
    }
    Ok(())
}

/// What every member, with its tests, is built with.
pub(crate) const EVERYTHING: &[&str] = &["--workspace", "--all-targets", "--locked"];

/// Builds all programs and all tests.
pub(crate) fn build_everything(house: &House) -> Result<()> {
    run(command("cargo", &house.root, &["build", "--quiet"]).args(EVERYTHING))
}

/// Builds the window and the terminal's program only. The tests' own package is along because of what it depends on:
/// see its Cargo.toml.
pub(crate) fn build_programs(house: &House, release: bool) -> Result<()> {
    let programs = [
        "yichuang",
        "yichuang-cli",
        "yichuang-sheets",
        "yichuang-tests",
    ];
    let mut build = command("cargo", &house.root, &["build", "--locked"]);
    build.args(release.then_some("--release"));
    run(build.args(programs.iter().flat_map(|name| ["--package", name])))
}

/// Whether the faster runner of tests is on this machine.
pub(crate) fn has_nextest() -> bool {
    ask(&mut command(
        "cargo",
        Path::new("."),
        &["nextest", "--version"],
    ))
    .is_some()
}
