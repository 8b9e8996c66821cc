//! The promise the whole product stands on, on a disk that loses, tears and reorders everything
//! that was not synced.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

mod common;

use std::sync::Arc;

use common::{Dice, SimDisk, blocks, data, seal};
use proptest::prelude::*;
use yichuang_journal::{Journal, JournalError, Recovery};

/// What must be there, and the one block that may be there too.
#[derive(Default)]
struct Promised {
    blocks: Vec<(u8, Vec<u8>)>,
    unanswered: Option<(u8, Vec<u8>)>,
}

impl Promised {
    fn check(&mut self, journal: &Journal) {
        let found = blocks(journal).unwrap();
        if found.len() == self.blocks.len() + 1 {
            self.blocks.extend(self.unanswered.take());
        }
        self.unanswered = None;
        assert_eq!(found, self.blocks);
    }
}

fn open_or_create(disk: &SimDisk) -> Result<(Journal, Option<Recovery>), JournalError> {
    let shared = || Arc::new(disk.clone());
    match Journal::open(data(), shared(), seal()) {
        Err(JournalError::Absent) => {
            Journal::create(data(), shared(), seal()).map(|journal| (journal, None))
        }
        opened => opened.map(|(journal, recovery)| (journal, Some(recovery))),
    }
}

/// One life of the program, until the power goes. Says whether it came as far as writing.
fn live(disk: &SimDisk, dice: &mut Dice, promised: &mut Promised) -> bool {
    let Ok((mut journal, recovery)) = open_or_create(disk) else {
        return false;
    };
    if let Some(recovery) = recovery {
        assert!(recovery.is_sound(), "{recovery:?}");
    }
    journal.set_segment_bytes(6_000);
    promised.check(&journal);
    for _ in 0..100 {
        if dice.roll(6) == 0 && journal.checkpoint().is_err() {
            return true;
        }
        let length = 10 << (dice.roll(4) * 3);
        let body: Vec<u8> = (0..dice.roll(length))
            .map(|_| dice.roll(256) as u8)
            .collect();
        let kind = dice.roll(256) as u8;
        match journal.append(kind, &body) {
            Ok(_) => promised.blocks.push((kind, body)),
            Err(_) => {
                promised.unanswered = Some((kind, body));
                assert!(matches!(
                    journal.append(0, b"more"),
                    Err(JournalError::Poisoned)
                ));
                return true;
            }
        }
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn acknowledged_blocks_survive_any_crash(
        seed in any::<u64>(),
        lives in prop::collection::vec(0_u64..60, 1..8),
    ) {
        let mut dice = Dice::new(seed);
        let mut disk = SimDisk::default();
        let mut promised = Promised::default();
        for changes in lives {
            disk.lose_power_after(changes);
            live(&disk, &mut dice, &mut promised);
            disk = disk.after_power_cut(&mut dice);
        }
        let (journal, _) = open_or_create(&disk).unwrap();
        promised.check(&journal);
        prop_assert!(journal.verify().unwrap().is_sound());
    }

    /// A process is ended, and later the power goes: the block it left behind must not be handed
    /// out and then vanish.
    #[test]
    fn a_block_that_was_handed_out_after_a_failed_sync_does_not_vanish(
        seed in any::<u64>(),
        before in 0_usize..5,
    ) {
        let mut dice = Dice::new(seed);
        let disk = SimDisk::default();
        let mut journal = Journal::create(data(), Arc::new(disk.clone()), seal()).unwrap();
        for number in 0..before {
            journal.append(1, &[number as u8; 700]).unwrap();
        }
        disk.fail_syncs(true);
        prop_assert!(journal.append(2, &[9; 700]).is_err());
        let seen_by_the_failed = blocks(&journal).unwrap();
        prop_assert_eq!(seen_by_the_failed.len(), before, "an unacknowledged block was read");
        drop(journal);

        let restarted = disk.after_restart();
        let (journal, recovery) = Journal::open(data(), Arc::new(restarted.clone()), seal()).unwrap();
        prop_assert!(recovery.is_sound());
        let handed_out = blocks(&journal).unwrap();
        drop(journal);

        let cut = restarted.after_power_cut(&mut dice);
        let (journal, _) = Journal::open(data(), Arc::new(cut), seal()).unwrap();
        prop_assert_eq!(blocks(&journal).unwrap(), handed_out);
    }
}
