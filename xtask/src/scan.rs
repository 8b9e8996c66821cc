//! `cargo xtask scan`: people are planted and looked for where they must not be. The work is done by
//! `tests/scan/`: through the desk as a browser asks it, and through the real window.

use crate::counts::Counts;
use crate::house::House;
use crate::process::{command, listen};
use crate::shots::programs;
use crate::trouble::{Result, Trouble};
use crate::{apt, rust, web};

/// As many as a test has time for.
const A_FEW: &[&str] = &["--people", "25", "--in-window", "3"];

/// The whole campaign.
pub(crate) fn scan(house: &House, arguments: &[&str]) -> Result<()> {
    apt::ensure(apt::TO_RUN)?;
    apt::ensure(apt::TO_TEST)?;
    web::ensure(house)?;
    rust::build_programs(house, false)?;
    if run(house, arguments)? {
        Ok(())
    } else {
        Err(Trouble::new("The scan found something, or could not look."))
    }
}

/// The short form, as a step of the tests.
pub(crate) fn short(house: &House) -> Result<Counts> {
    run(house, A_FEW).map(Counts::of_one)
}

fn run(house: &House, arguments: &[&str]) -> Result<bool> {
    let program = house.program("debug", "yichuang-scan");
    let mut scan = command(program, &house.root, arguments);
    Ok(listen(scan.envs(programs(house)))?.0)
}
