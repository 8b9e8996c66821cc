//! A seeded world of several desks and a hub: they crash, lose, repeat and delay what they say, are
//! restored and cloned, and must agree in the end. The state machines are those that ship; so are the
//! form of a commit and the fold. Disks, network, clocks and people are made up from the seed.
//!
//! A failing seed prints itself: `SIMULATE_SEED=N cargo test --workspace --locked --test simulator one_seed`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod admission;
mod bugs;
mod desk;
mod dice;
mod hub;
mod oracle;
mod people;
mod world;

use bugs::Bug;
use world::World;

/// Seeds of the everyday run.
const SEEDS: u64 = 10_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs seeds on all cores; the first that fails, with what is wrong.
fn first_failure(seeds: std::ops::Range<u64>, bug: Option<Bug>) -> Option<(u64, String)> {
    use std::sync::{Mutex, atomic};

    let next = atomic::AtomicU64::new(seeds.start);
    let found: Mutex<Option<(u64, String)>> = Mutex::new(None);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _thread in 0..threads {
            scope.spawn(|| {
                while found.lock().unwrap().is_none() {
                    let seed = next.fetch_add(1, atomic::Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    if let Err(wrong) = World::new(seed, bug).run() {
                        *found.lock().unwrap() = Some((seed, wrong));
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn desks_and_hub_agree_and_nothing_acknowledged_is_lost() {
    let seeds = number("SIMULATE_SEEDS").unwrap_or(SEEDS);
    let began = std::time::Instant::now();
    let failure = first_failure(0..seeds, None);
    println!("{seeds} seeds in {:.1} s", began.elapsed().as_secs_f64());
    if let Some((seed, wrong)) = failure {
        panic!(
            "seed {seed}: {wrong}\nalone: SIMULATE_SEED={seed} cargo test --workspace --locked --test simulator one_seed"
        );
    }
}

#[test]
fn one_seed() {
    let seed = number("SIMULATE_SEED").unwrap_or(0);
    World::new(seed, None).run().unwrap();
}

#[test]
fn every_planted_bug_is_found() {
    for bug in Bug::ALL {
        let (seed, wrong) = first_failure(0..1_000, Some(bug))
            .unwrap_or_else(|| panic!("{bug:?} was not found in 1,000 seeds"));
        println!("{bug:?}: seed {seed}: {wrong}");
    }
}
