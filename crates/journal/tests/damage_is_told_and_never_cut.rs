//! What rots, is torn, exchanged or lost is told; what was acknowledged is never cut off; and the
//! blocks behind damage can still be read.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::sync::Arc;

use common::{SimDisk, ToySeal, blocks, data, log, seal};
use yichuang_journal::{
    Damage, DamageKind, FILE_HEADER_BYTES, Found, Guards, Journal, JournalError, Position, Recovery,
};

/// A journal of six blocks in two files, and where they are.
fn six_blocks() -> (SimDisk, Vec<Position>) {
    let disk = SimDisk::default();
    let mut journal = Journal::create(data(), Arc::new(disk.clone()), seal()).unwrap();
    journal.set_segment_bytes(FILE_HEADER_BYTES + 200);
    let places: Vec<Position> = (0..6)
        .map(|number| journal.append(number, &[number; 40]).unwrap())
        .collect();
    journal.checkpoint().unwrap();
    let files: Vec<u32> = places.iter().map(|place| place.file).collect();
    assert_eq!(files, [1, 1, 1, 2, 2, 2]);
    (disk, places)
}

fn open(disk: &SimDisk) -> (Journal, Recovery) {
    Journal::open(data(), Arc::new(disk.clone()), seal()).unwrap()
}

/// The kinds of the sound blocks (which are their numbers here), and the damage.
fn scan(journal: &Journal) -> (Vec<u8>, Vec<Damage>) {
    let (mut kinds, mut damage) = (Vec::new(), Vec::new());
    journal
        .scan(Position::START, |found| {
            match found {
                Found::Block(block) => {
                    assert_eq!(block.body, [block.kind; 40]);
                    kinds.push(block.kind);
                }
                Found::Damage(here) => damage.push(here),
            }
            Ok::<(), JournalError>(())
        })
        .unwrap();
    (kinds, damage)
}

#[test]
fn one_flipped_bit_anywhere_is_told_and_costs_at_most_its_own_block() {
    let (whole, places) = six_blocks();
    for file in [1, 2] {
        for byte in 0..whole.contents(&log(file)).len() {
            let disk = whole.after_restart();
            disk.tamper(&log(file), |bytes| bytes[byte] ^= 0x10);
            let length = disk.contents(&log(file)).len();
            let (mut journal, recovery) = open(&disk);
            let report = journal.verify().unwrap();
            assert!(!report.is_sound(), "file {file} byte {byte}");
            assert_eq!(recovery.is_sound(), file == 1, "open looks at the end only");
            assert_eq!(recovery.cut, None, "file {file} byte {byte}");
            assert_eq!(disk.contents(&log(file)).len(), length);

            let hit = |place: &Position| place.file == file && place.offset <= byte as u64;
            let lost = places.iter().rposition(hit);
            let lost = lost.filter(|_| byte as u64 >= FILE_HEADER_BYTES);
            let kept: Vec<u8> = (0..6)
                .filter(|kind| lost != Some(usize::from(*kind)))
                .collect();
            assert_eq!(scan(&journal).0, kept, "file {file} byte {byte}");

            // New blocks do not go behind damage, and are found again.
            let at = journal.append(6, &[6; 40]).unwrap();
            assert_eq!(at.file, if file == 2 { 3 } else { 2 });
            drop(journal);
            let (journal, _) = open(&disk);
            assert_eq!(scan(&journal).0, [kept, vec![6]].concat());
            assert!(!journal.verify().unwrap().is_sound());
        }
    }
}

#[test]
fn the_plain_reader_stops_at_damage() {
    let (disk, places) = six_blocks();
    disk.tamper(&log(1), |bytes| {
        bytes[usize::try_from(places[1].offset).unwrap()] ^= 1;
    });
    let (journal, _) = open(&disk);
    let stopped = blocks(&journal);
    let Err(JournalError::Damaged(damage)) = stopped else {
        panic!("{stopped:?}")
    };
    assert_eq!(damage.at, places[1]);
    assert_eq!(damage.kind, DamageKind::Block);
    assert_eq!(damage.bytes, places[2].offset - places[1].offset);
}

#[test]
fn a_torn_write_at_the_end_is_cut_at_every_length() {
    let (whole, places) = six_blocks();
    let last = usize::try_from(places[5].offset).unwrap();
    let bytes = whole.contents(&log(2));
    let torn = &bytes[last..];
    for length in 1..torn.len() {
        let disk = whole.after_restart();
        disk.tamper(&log(2), |file| file.extend_from_slice(&torn[..length]));
        let (mut journal, recovery) = open(&disk);
        assert!(recovery.is_sound());
        let cut = recovery.cut.unwrap();
        assert_eq!(
            (cut.at.offset, cut.bytes),
            (bytes.len() as u64, length as u64)
        );
        assert_eq!(disk.contents(&log(2)), bytes);
        journal.append(6, &[6; 40]).unwrap();
        assert_eq!(scan(&journal), ((0..7).collect(), vec![]));
    }
}

#[test]
fn a_sound_block_behind_broken_bytes_proves_that_they_were_acknowledged() {
    let (disk, places) = six_blocks();
    // The guard is an old one: it knows the first file only.
    let older = {
        let disk = SimDisk::default();
        let mut journal = Journal::create(data(), Arc::new(disk.clone()), seal()).unwrap();
        for number in 0..3 {
            journal.append(number, &[number; 40]).unwrap();
        }
        disk
    };
    for name in ["guard.a", "guard.b"] {
        let path = data().join(name);
        disk.tamper(&path, |bytes| *bytes = older.contents(&path));
    }
    disk.tamper(&log(2), |bytes| {
        bytes[usize::try_from(places[4].offset).unwrap()] ^= 1;
    });
    let (journal, recovery) = open(&disk);
    assert_eq!(recovery.cut, None);
    assert_eq!(recovery.damage.len(), 1);
    assert_eq!(scan(&journal).0, [0, 1, 2, 3, 5]);
}

#[test]
fn an_exchanged_block_with_good_checksums_breaks_the_seal() {
    let (disk, places) = six_blocks();
    let start = usize::try_from(places[4].offset).unwrap();
    disk.tamper(&log(2), |bytes| {
        bytes[start + 7] = 99; // its kind
        let crc = crc32c::crc32c(&bytes[start..start + 28]);
        bytes[start + 28..start + 32].copy_from_slice(&crc.to_be_bytes());
    });
    let (journal, recovery) = open(&disk);
    assert!(recovery.is_sound(), "a start looks at the last seal only");
    let (kinds, damage) = scan(&journal);
    assert_eq!(kinds, [0, 1, 2, 3, 5]);
    assert_eq!(
        (damage[0].at, damage[0].kind),
        (places[4], DamageKind::Seal)
    );
}

#[test]
fn a_block_put_back_from_before_is_told() {
    let (disk, places) = six_blocks();
    let [third, fourth] = [places[3], places[4]].map(|at| usize::try_from(at.offset).unwrap());
    disk.tamper(&log(2), |bytes| {
        let older = bytes[third..fourth].to_vec();
        bytes.splice(fourth..fourth, older);
    });
    let (journal, recovery) = open(&disk);
    assert!(!recovery.is_sound());
    let (kinds, damage) = scan(&journal);
    assert_eq!(kinds, [0, 1, 2, 3, 4, 5]);
    assert_eq!(damage.len(), 1);
}

#[test]
fn the_wrong_key_is_told_and_cuts_nothing() {
    let (disk, _) = six_blocks();
    let before = disk.contents(&log(2));
    let (_, recovery) =
        Journal::open(data(), Arc::new(disk.clone()), Arc::new(ToySeal(2))).unwrap();
    assert!(
        recovery
            .damage
            .iter()
            .all(|damage| damage.kind == DamageKind::Seal)
    );
    assert_eq!(recovery.damage.len(), 1);
    assert_eq!(disk.contents(&log(2)), before);
}

#[test]
fn a_lost_end_is_told() {
    let (whole, places) = six_blocks();

    let disk = whole.after_restart();
    disk.tamper(&log(2), |bytes| {
        bytes.truncate(usize::try_from(places[5].offset).unwrap());
    });
    let (mut journal, recovery) = open(&disk);
    let kinds: Vec<DamageKind> = recovery.damage.iter().map(|damage| damage.kind).collect();
    assert_eq!(kinds, [DamageKind::EndMissing]);
    journal.append(6, &[6; 40]).unwrap();
    let (sound, damage) = scan(&journal);
    assert_eq!(sound, [0, 1, 2, 3, 4, 6]);
    assert_eq!(damage[0].kind, DamageKind::BlocksMissing { blocks: 1 });

    let disk = whole.after_restart();
    disk.tamper(&log(1), |bytes| {
        bytes.truncate(usize::try_from(places[2].offset).unwrap());
    });
    let (journal, _) = open(&disk);
    let (sound, damage) = scan(&journal);
    assert_eq!(sound, [0, 1, 3, 4, 5]);
    assert_eq!(damage[0].kind, DamageKind::BlocksMissing { blocks: 1 });
}

#[test]
fn a_lost_file_is_told_wherever_it_was() {
    let (whole, _) = six_blocks();
    for (file, kept) in [(1, [3, 4, 5]), (2, [0, 1, 2])] {
        let disk = whole.after_restart();
        disk.remove(&log(file));
        let (mut journal, recovery) = open(&disk);
        assert_eq!(recovery.damage[0].kind, DamageKind::FileMissing);
        assert_eq!(recovery.damage[0].at.file, file);
        journal.append(6, &[6; 40]).unwrap();
        assert_eq!(scan(&journal).0, [kept.as_slice(), &[6]].concat());
        assert!(
            !disk
                .contents(&log(if file == 1 { 2 } else { 3 }))
                .is_empty()
        );
    }
}

#[test]
fn without_any_guard_nothing_is_cut() {
    let (disk, _) = six_blocks();
    for name in ["guard.a", "guard.b"] {
        disk.tamper(&data().join(name), |bytes| bytes[20] ^= 1);
    }
    disk.tamper(&log(2), |bytes| bytes.extend_from_slice(b"torn"));
    let before = disk.contents(&log(2));
    let (mut journal, recovery) = open(&disk);
    assert_eq!((recovery.guards, recovery.cut), (Guards::Lost, None));
    journal.append(6, &[6; 40]).unwrap();
    assert_eq!(disk.contents(&log(2)), before);
    assert_eq!(scan(&journal).0, [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn one_guard_is_enough() {
    let (disk, _) = six_blocks();
    disk.tamper(&data().join("guard.a"), Vec::clear);
    let (journal, recovery) = open(&disk);
    assert_eq!((recovery.guards, recovery.is_sound()), (Guards::One, true));
    drop(journal);
    assert_eq!(open(&disk).1.guards, Guards::Both);
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let (disk, _) = six_blocks();
    disk.tamper(&log(2), |bytes| {
        bytes[8] = 2;
        let crc = crc32c::crc32c(&bytes[..28]);
        bytes[28..32].copy_from_slice(&crc.to_be_bytes());
    });
    let opened = Journal::open(data(), Arc::new(disk), seal());
    assert!(matches!(
        opened.map(|_| ()),
        Err(JournalError::UnknownFormat { file: 2, format: 2 })
    ));
}
