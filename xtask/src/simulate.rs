//! Seeded histories of desks and a hub, more of them than the tests run.

use crate::house::House;
use crate::process::{command, run};
use crate::trouble::{Result, Trouble};

const USUAL: &str = "100000";

/// `--seeds N` runs the first N seeds, `--seed N` that one alone.
pub(crate) fn simulate(house: &House, rest: &[&str]) -> Result<()> {
    let (test, variable, value) = match rest {
        [] => ("desks_and_hub_agree", "SIMULATE_SEEDS", USUAL),
        ["--seeds", value] => ("desks_and_hub_agree", "SIMULATE_SEEDS", *value),
        ["--seed", value] => ("one_seed", "SIMULATE_SEED", *value),
        _ => return Err(Trouble::new("cargo xtask simulate [--seeds N | --seed N]")),
    };
    if value.parse::<u64>().is_err() {
        return Err(Trouble::new(format!("{value} is no number")));
    }
    let arguments = [
        "test",
        "--workspace",
        "--locked",
        "--test",
        "simulator",
        test,
        "--",
        "--nocapture",
    ];
    run(command("cargo", &house.root, &arguments).env(variable, value))
}
