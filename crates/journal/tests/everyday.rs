//! The journal on a real disk: made, written, read, closed, opened.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use common::{blocks, seal};
use yichuang_journal::{Guards, Journal, JournalError, OsDisk, Position};

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).unwrap();
    }
    fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn what_was_appended_is_read_back_in_order_after_a_restart() {
    let dir = folder("restart");
    let bodies: Vec<Vec<u8>> = (0..50_u8).map(|n| vec![n; usize::from(n) * 37]).collect();
    let mut journal = Journal::create(&dir, Arc::new(OsDisk), seal()).unwrap();
    journal.set_segment_bytes(1_000);
    for body in &bodies {
        journal.append(3, body).unwrap();
    }
    journal.checkpoint().unwrap();
    drop(journal);

    let (journal, recovery) = Journal::open(&dir, Arc::new(OsDisk), seal()).unwrap();
    assert!(recovery.is_sound());
    assert_eq!((recovery.guards, recovery.beyond_guard), (Guards::Both, 0));
    let found = blocks(&journal).unwrap();
    assert!(found.iter().all(|(kind, _)| *kind == 3));
    assert!(found.into_iter().map(|(_, body)| body).eq(bodies));
    let report = journal.verify().unwrap();
    assert!(report.is_sound());
    assert_eq!(report.blocks, 50);
    assert!(report.files > 1, "{}", report.files);
}

#[test]
fn reading_goes_on_where_an_earlier_reader_stopped() {
    let dir = folder("resume");
    let mut journal = Journal::create(&dir, Arc::new(OsDisk), seal()).unwrap();
    journal.set_segment_bytes(200);
    let mut next = Position::START;
    for number in 0..10_u8 {
        let head = journal.head();
        let at = journal.append(number, &[number; 30]).unwrap();
        assert_eq!(journal.read(at).unwrap(), (number, vec![number; 30]));
        for from in [next, head] {
            let mut seen = Vec::new();
            journal
                .read_all(from, |block| {
                    seen.push(block.kind);
                    next = block.next;
                    Ok::<(), JournalError>(())
                })
                .unwrap();
            assert_eq!(seen, [number]);
        }
    }
    let nothing = journal.read_all(journal.head(), |_| Err(JournalError::Absent));
    assert!(nothing.is_ok());
}

#[test]
fn a_journal_is_neither_overwritten_nor_made_by_opening() {
    let dir = folder("twice");
    let opened = Journal::open(&dir, Arc::new(OsDisk), seal()).map(|_| ());
    assert!(matches!(opened, Err(JournalError::Absent)));
    drop(Journal::create(&dir, Arc::new(OsDisk), seal()).unwrap());
    let again = Journal::create(&dir, Arc::new(OsDisk), seal()).map(|_| ());
    assert!(matches!(again, Err(JournalError::AlreadyThere)));
}

#[test]
fn a_reader_who_refuses_stops_the_reading() {
    let dir = folder("refuse");
    let mut journal = Journal::create(&dir, Arc::new(OsDisk), seal()).unwrap();
    for number in 0..3 {
        journal.append(number, b"x").unwrap();
    }
    let mut seen = 0;
    let stopped = journal.read_all(Position::START, |_| {
        seen += 1;
        Err(JournalError::Full)
    });
    assert!(matches!(stopped, Err(JournalError::Full)));
    assert_eq!(seen, 1);
}

/// Prints how long it takes; run with `--release --ignored --nocapture`.
#[test]
#[ignore = "measures, and proves nothing"]
fn figures() {
    let dir = folder("figures");
    let mut journal = Journal::create(&dir, Arc::new(OsDisk), seal()).unwrap();
    let body: Vec<u8> = (0..600_u32).map(|n| (n * n % 251) as u8).collect();
    let mut took: Vec<u128> = (0..5_000)
        .map(|_| {
            let began = Instant::now();
            journal.append(1, &body).unwrap();
            began.elapsed().as_micros()
        })
        .collect();
    took.sort_unstable();
    println!("append: p50 {} us, p95 {} us", took[2_500], took[4_750]);
    for _ in 0..5_000 {
        journal.append(1, &body).unwrap();
    }
    let began = Instant::now();
    let report = journal.verify().unwrap();
    println!("verify: {} blocks in {:?}", report.blocks, began.elapsed());
    drop(journal);
    let began = Instant::now();
    let (_, recovery) = Journal::open(&dir, Arc::new(OsDisk), seal()).unwrap();
    assert!(recovery.is_sound());
    println!("open: {:?}", began.elapsed());
}
