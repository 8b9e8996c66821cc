//! Campaigns: the product is killed, starved, damaged and fed rubbish, by chance that can be repeated.
//!
//! `yichuang-campaigns NAME [--seed N] [--rounds N] [--seconds N]`. Prints a table of figures and the
//! line `campaign NAME: passed` or `failed`; what failed names its seed and how to run it alone.
//!
//! Where does it go? A new campaign is a file with `run(&Wish) -> Figures`, and a line in `ALL`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test: a panic is a finding"
)]

mod crash;
mod damage;
mod faults;
mod figures;
mod full;
mod fuzz;
mod harm;
mod mutate;
mod office;
mod powerloss;
mod program;

use std::{
    alloc::System,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use figures::Figures;
use lexopt::{Arg, Parser, ValueExt};
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc};

#[global_allocator]
static MEMORY: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A campaign.
struct Campaign {
    name: &'static str,
    run: fn(&Wish) -> Figures,
    /// Rounds when none are asked for.
    rounds: u64,
    /// Rounds of the short form.
    short: u64,
}

const ALL: &[Campaign] = &[
    Campaign {
        name: "crash",
        run: crash::run,
        rounds: 1_000,
        short: 12,
    },
    Campaign {
        name: "damage",
        run: damage::run,
        rounds: 1_400,
        short: 60,
    },
    Campaign {
        name: "powerloss",
        run: powerloss::run,
        rounds: 5_000,
        short: 60,
    },
    Campaign {
        name: "faults",
        run: faults::run,
        rounds: u64::MAX,
        short: 60,
    },
    Campaign {
        name: "fuzz",
        run: fuzz::run,
        rounds: u64::MAX,
        short: u64::MAX,
    },
];

/// What was asked for.
pub(crate) struct Wish {
    /// Where chance begins.
    pub(crate) seed: u64,
    /// How many rounds.
    pub(crate) rounds: u64,
    /// Seconds for each decoder, for campaigns that count time.
    pub(crate) seconds: u64,
    /// The program `yichuang`.
    pub(crate) program: PathBuf,
}

const USAGE: &str = "\
yichuang-campaigns NAME [--short] [--seed N] [--rounds N] [--seconds N] [--program FILE]
NAME is crash, damage, powerloss, faults or fuzz; `short` runs all of them briefly.
";

fn main() -> ExitCode {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // The product catches those of its view: that is what is tried here.
        let is_sled = panic
            .location()
            .is_some_and(|at| at.file().contains("/sled-"));
        if !is_sled {
            usual(panic);
        }
    }));
    match read(Parser::from_env()) {
        Ok(asked) => {
            // Each is run, also behind one that failed.
            let failed = asked
                .iter()
                .filter(|(campaign, wish)| !report(campaign, wish));
            match failed.count() {
                0 => ExitCode::SUCCESS,
                _ => ExitCode::FAILURE,
            }
        }
        Err(problem) => {
            say(&format!("{problem}\n{USAGE}"));
            ExitCode::from(2)
        }
    }
}

fn report(campaign: &Campaign, wish: &Wish) -> bool {
    let figures = (campaign.run)(wish);
    say(&figures.table(campaign.name, wish.seed));
    figures.passed()
}

fn read(mut parser: Parser) -> Result<Vec<(&'static Campaign, Wish)>, String> {
    let (mut name, mut seed, mut rounds, mut seconds) = (None, 1, None, None);
    let mut is_short = false;
    let mut program = beside_this();
    let wrong = |error: lexopt::Error| error.to_string();
    while let Some(argument) = parser.next().map_err(wrong)? {
        let number = |parser: &mut Parser| -> Result<u64, String> {
            parser
                .value()
                .and_then(|value| value.parse())
                .map_err(wrong)
        };
        match argument {
            Arg::Value(value) if name.is_none() => {
                name = Some(value.into_string().map_err(|_other| "no such campaign")?);
            }
            Arg::Long("seed") => seed = number(&mut parser)?,
            Arg::Long("rounds") => rounds = Some(number(&mut parser)?),
            Arg::Long("seconds") => seconds = Some(number(&mut parser)?),
            Arg::Long("short") => is_short = true,
            Arg::Long("program") => program = parser.value().map_err(wrong)?.into(),
            other => return Err(wrong(other.unexpected())),
        }
    }
    let name = name.ok_or("which campaign?")?;
    let is_all = name == "short";
    is_short |= is_all;
    let chosen: Vec<_> = ALL
        .iter()
        .filter(|campaign| is_all || campaign.name == name)
        .map(|campaign| {
            let usual = if is_short {
                campaign.short
            } else {
                campaign.rounds
            };
            let wish = Wish {
                seed,
                rounds: rounds.unwrap_or(usual),
                seconds: seconds.unwrap_or(if is_short { 1 } else { 60 }),
                program: program.clone(),
            };
            (campaign, wish)
        })
        .collect();
    if chosen.is_empty() {
        return Err(format!("there is no campaign {name}"));
    }
    Ok(chosen)
}

/// `yichuang` lies where this program lies.
fn beside_this() -> PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    here.with_file_name("yichuang")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// Says something on standard output. Nobody may be listening there.
pub(crate) fn say(text: &str) {
    drop(writeln!(io::stdout(), "{}", text.trim_end()));
}
