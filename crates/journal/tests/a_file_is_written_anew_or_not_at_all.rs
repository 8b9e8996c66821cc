//! Redaction: a file of the journal is written anew, and a power cut at any moment leaves the old file or
//! the new one.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::sync::Arc;

use common::{Dice, SimDisk, blocks, data, log, seal};
use yichuang_journal::{Journal, JournalError};

const SECRET: &[u8] = b"a secret that was written down";

type Blocks = Vec<(u8, Vec<u8>)>;

fn written() -> (SimDisk, Journal, Blocks) {
    let disk = SimDisk::default();
    let mut journal = Journal::create(data(), Arc::new(disk.clone()), seal()).unwrap();
    let mut expected = Vec::new();
    for number in 0..12_u8 {
        let body = match number {
            3 => SECRET.to_vec(),
            _ => vec![number; 700 + usize::from(number)],
        };
        journal.append(number % 3, &body).unwrap();
        expected.push((number % 3, body));
        if number == 8 {
            journal.end_file().unwrap();
        }
    }
    (disk, journal, expected)
}

fn redacted(before: &Blocks) -> Blocks {
    let one = |(kind, body): &(u8, Vec<u8>)| match body.as_slice() {
        SECRET => (*kind, b"gone".to_vec()),
        _ => (*kind, body.clone()),
    };
    before.iter().map(one).collect()
}

fn redact(journal: &mut Journal) -> Result<(), JournalError> {
    journal.rewrite_file(1, |_kind, body| {
        Ok::<_, JournalError>((body == SECRET).then(|| b"gone".to_vec()))
    })
}

fn reopened(disk: &SimDisk) -> Journal {
    let (journal, recovery) = Journal::open(data(), Arc::new(disk.clone()), seal()).unwrap();
    assert!(recovery.is_sound(), "{recovery:?}");
    journal
}

#[test]
fn the_secret_is_gone_from_the_file_and_everything_else_stands() {
    let (disk, mut journal, before) = written();
    let stands = |disk: &SimDisk| {
        let bytes = disk.contents(&log(1));
        bytes.windows(SECRET.len()).any(|part| part == SECRET)
    };
    assert!(stands(&disk), "this seal hides nothing");
    redact(&mut journal).unwrap();
    assert_eq!(blocks(&journal).unwrap(), redacted(&before));
    assert!(journal.verify().unwrap().is_sound());
    journal.append(1, b"and it goes on").unwrap();
    drop(journal);
    let mut journal = reopened(&disk.after_restart());
    assert!(journal.verify().unwrap().is_sound());
    assert_eq!(blocks(&journal).unwrap().len(), before.len() + 1);
    assert!(!stands(&disk));
    redact(&mut journal).unwrap();
    assert!(journal.verify().unwrap().is_sound(), "once more");
}

#[test]
fn a_power_cut_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let mut outcomes = [0_u32; 2];
    for seed in 1..=20_u64 {
        for moment in 0.. {
            let (disk, mut journal, before) = written();
            disk.lose_power_after(moment);
            let is_done = redact(&mut journal).is_ok();
            drop(journal);
            let journal = reopened(&disk.after_power_cut(&mut Dice::new(seed)));
            let found = blocks(&journal).unwrap();
            let is_new = found == redacted(&before);
            assert!(is_new || found == before, "seed {seed}, moment {moment}");
            assert!(is_new || !is_done, "what was said to be done is done");
            assert!(journal.verify().unwrap().is_sound());
            outcomes[usize::from(is_new)] += 1;
            if is_done {
                break;
            }
        }
    }
    assert!(outcomes.iter().all(|count| *count >= 20), "{outcomes:?}");
}

#[test]
fn what_a_crash_left_behind_is_taken_up_again() {
    let (disk, mut journal, before) = written();
    disk.lose_power_after(8);
    redact(&mut journal).unwrap_err();
    drop(journal);
    let mut journal = reopened(&disk.after_restart());
    redact(&mut journal).unwrap();
    assert_eq!(blocks(&journal).unwrap(), redacted(&before));
}

#[test]
fn a_file_that_is_still_written_or_named_by_a_guard_stays_as_it_is() {
    let disk = SimDisk::default();
    let mut journal = Journal::create(data(), Arc::new(disk.clone()), seal()).unwrap();
    journal.append(1, SECRET).unwrap();
    let refused = |journal: &mut Journal| match redact(journal) {
        Err(JournalError::NotEnded { file: 1 }) => {}
        other => panic!("{other:?}"),
    };
    refused(&mut journal);
    journal.end_file().unwrap();
    refused(&mut journal);
    journal.append(1, b"in the next file").unwrap();
    redact(&mut journal).unwrap();
    assert!(journal.verify().unwrap().is_sound());
}

#[test]
fn a_damaged_file_is_not_written_anew() {
    let (disk, journal, before) = written();
    drop(journal);
    disk.tamper(&log(1), |bytes| {
        if let Some(byte) = bytes.get_mut(200) {
            *byte ^= 1;
        }
    });
    let (mut journal, _recovery) = Journal::open(data(), Arc::new(disk.clone()), seal()).unwrap();
    assert!(matches!(
        redact(&mut journal),
        Err(JournalError::Damaged(_))
    ));
    assert!(!journal.verify().unwrap().is_sound());
    assert_eq!(before.len(), 12);
}
