//! The campaigns of `tests/campaigns/`: they kill, starve and damage the product, by a seed.

use std::process::ExitCode;

use crate::counts::Counts;
use crate::house::House;
use crate::process::{command, listen};
use crate::rust;
use crate::trouble::Result;

/// One campaign in full, with its own options.
pub(crate) fn run(house: &House, arguments: &[&str]) -> Result<ExitCode> {
    let is_release = arguments.contains(&"--release");
    rust::build_programs(house, is_release)?;
    let profile = if is_release { "release" } else { "debug" };
    let options: Vec<&str> = (arguments.iter().copied())
        .filter(|word| *word != "--release")
        .collect();
    let program = house.program(profile, "yichuang-campaigns");
    let (passed, _) = listen(&mut command(program, &house.root, &options))?;
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The short form of one campaign, or of all.
pub(crate) fn short(house: &House, one: Option<&str>) -> Result<Counts> {
    let program = house.program("debug", "yichuang-campaigns");
    let options: Vec<&str> = match one {
        Some(one) => vec![one, "--short"],
        None => vec!["short"],
    };
    let (succeeded, output) = listen(&mut command(program, &house.root, &options))?;
    Ok(count(&output, succeeded))
}

fn count(output: &str, succeeded: bool) -> Counts {
    let results = output.lines().filter(|line| line.starts_with("campaign "));
    let counts = results.fold(Counts::default(), |counts, line| {
        if line.contains(": passed") {
            counts.plus(Counts::of_one(true))
        } else if line.contains(": failed") {
            counts.plus(Counts::of_one(false))
        } else {
            counts
        }
    });
    if succeeded || counts.failed > 0 {
        counts
    } else {
        counts.plus(Counts::of_one(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_campaign_counts_once_and_one_that_broke_has_failed() {
        let output = "campaign crash, seed 1\ncampaign crash: passed (0 failures)\n\
                      campaign fuzz, seed 1\ncampaign fuzz: failed (2 failures)\n";
        let counts = count(output, false);
        assert_eq!((counts.passed, counts.failed), (1, 1));
        assert_eq!(count("campaign crash, seed 1\n", false).failed, 1);
    }
}
