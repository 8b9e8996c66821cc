//! A campaign: somebody with keys writes the journal anew. Every time it is told.
//!
//! Short by default; `cargo xtask tamper` runs a thousand of each. A failing one prints its seed and
//! its number.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    unreachable_pub,
    dead_code,
    reason = "tests"
)]

mod insider;
mod seeded;

use std::collections::BTreeMap;

use insider::{Insider, PASSWORD, edit_change, setting};
use seeded::Seeded;
use yichuang_store::{Commit, Leaf, Store, to_cbor};

/// What somebody does to the commits of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Journals {
    /// A change says something else.
    Edit,
    /// The same, the header made to fit, signed by the insider in the other's name.
    EditAndSignForOther,
    /// The insider's own commit, made to fit and signed anew.
    EditOwn,
    /// The same, and all later ones chained anew, signed with every key at hand.
    EditOwnAndChainAnew,
    /// The header says another time.
    EditHeader,
    Delete,
    Swap,
    Repeat,
    /// The last ones are gone.
    Cut,
    /// A change is only its hash.
    Blank,
    /// A byte goes from the change to its salt: the hash of both is the same.
    MoveByte,
    FlipSignature,
    /// A commit in the other's name, at the end.
    Forge,
    /// A commit that gives the other a key of the insider's, and one signed with it.
    TakeOver,
    /// The first commit with other keys.
    OtherKeysAtTheBeginning,
    /// Everything anew, signed with keys of one's own: another community.
    EverythingAnew,
    /// What the insider wrote last, written anew with every signature in order.
    OwnEndAnew,
}

const JOURNALS: [Journals; 17] = [
    Journals::Edit,
    Journals::EditAndSignForOther,
    Journals::EditOwn,
    Journals::EditOwnAndChainAnew,
    Journals::EditHeader,
    Journals::Delete,
    Journals::Swap,
    Journals::Repeat,
    Journals::Cut,
    Journals::Blank,
    Journals::MoveByte,
    Journals::FlipSignature,
    Journals::Forge,
    Journals::TakeOver,
    Journals::OtherKeysAtTheBeginning,
    Journals::EverythingAnew,
    Journals::OwnEndAnew,
];

/// How a tampering was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    AtUnlock,
    ByVerify,
    /// Verify counts what was taken out.
    AsTakenOut,
    /// Only because a day-end sheet was printed.
    ByPrintedHead,
    Not,
}

#[test]
fn whoever_writes_the_journal_anew_with_keys_in_hand_is_found() {
    let (seed, count) = (
        setting("YICHUANG_SEED", 1),
        setting("YICHUANG_TAMPERINGS", 68),
    );
    let insider = Insider::at_work();
    assert_eq!(
        found(&insider, &insider.commits),
        Found::ByPrintedHead,
        "a head of another day is asked for"
    );
    let mut found_how: BTreeMap<(Journals, Found), u64> = BTreeMap::new();
    for number in 0..count {
        let kind = JOURNALS[number as usize % JOURNALS.len()];
        let mut random = Seeded::new(seed, number);
        let tampered = tamper(&insider, kind, &mut random);
        assert_ne!(
            tampered, insider.commits,
            "{kind:?} {number} of seed {seed} did nothing"
        );
        let how = found(&insider, &tampered);
        assert_ne!(how, Found::Not, "{kind:?}, number {number} of seed {seed}");
        *found_how.entry((kind, how)).or_default() += 1;
    }
    println!("seed {seed}: {count} journals written anew, {count} found");
    for ((kind, how), times) in found_how {
        println!("  {kind:?} {how:?} {times}");
    }
}

#[test]
fn a_journal_nobody_touched_is_sound_and_has_the_printed_head() {
    let insider = Insider::at_work();
    let folder = insider.folder_with(&insider.commits);
    let mut store = Store::open(folder.path()).unwrap();
    store.unlock(insider.people[0], PASSWORD).unwrap();
    let printed = insider.commits.last().unwrap().hash();
    let found = store.verify_for(Some(printed)).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(found.redacted, 0);
    assert_eq!(found.printed, found.head);
    assert_eq!(found.head.unwrap().hash, printed);
    assert_eq!(found.commits, insider.commits.len() as u64);
}

fn found(insider: &Insider, commits: &[Commit]) -> Found {
    let printed = if commits == insider.commits {
        [7; 32]
    } else {
        insider.commits.last().unwrap().hash()
    };
    let folder = insider.folder_with(commits);
    let mut store = Store::open(folder.path()).unwrap();
    if store.unlock(insider.people[0], PASSWORD).is_err() {
        return Found::AtUnlock;
    }
    match store.verify_for(Some(printed)) {
        Err(_) => Found::ByVerify,
        Ok(found) if !found.is_sound() => Found::ByVerify,
        Ok(found) if found.redacted > 0 => Found::AsTakenOut,
        Ok(found) if found.printed.is_none() => Found::ByPrintedHead,
        Ok(_) => Found::Not,
    }
}

fn tamper(insider: &Insider, kind: Journals, random: &mut Seeded) -> Vec<Commit> {
    let mut all = insider.commits.clone();
    let place = 1 + random.below(all.len() - 1);
    let own = insider.place_of(insider.people[0], random);
    let others = insider.place_of(insider.people[1], random);
    match kind {
        Journals::Edit => edit_change(&mut all[place], random),
        Journals::EditAndSignForOther => {
            edit_change(&mut all[others], random);
            insider.sign_anew(&mut all[others], |_header| ());
        }
        Journals::EditOwn => {
            let own = own.min(all.len() - 2);
            let own = (1..=own).rev().find(|at| insider.is_by(*at, 0)).unwrap();
            edit_change(&mut all[own], random);
            insider.sign_anew(&mut all[own], |_header| ());
        }
        Journals::EditOwnAndChainAnew => {
            let first_of_other = (1..all.len()).find(|at| insider.is_by(*at, 1)).unwrap();
            let own = (1..all.len())
                .find(|at| insider.is_by(*at, 0) && *at < first_of_other)
                .unwrap();
            edit_change(&mut all[own], random);
            insider.chain_anew(&mut all, own);
        }
        Journals::EditHeader => {
            let mut header = all[place].header().unwrap();
            header.time -= 86_400_000;
            all[place].header = to_cbor(&header).unwrap();
        }
        Journals::Delete => drop(all.remove(place.min(all.len() - 2))),
        Journals::Swap => {
            let place = place.min(all.len() - 2);
            all.swap(place, place + 1);
        }
        Journals::Repeat => {
            let again = all[place].clone();
            all.insert(place, again);
        }
        Journals::Cut => all.truncate(all.len() - 1 - random.below(5)),
        Journals::Blank => {
            let Leaf::Whole { salt, change } = all[place].leaves[0].clone() else {
                panic!("blank already")
            };
            let hash = insider::leaf_hash(&salt, &change);
            all[place].leaves[0] = Leaf::Redacted { hash };
        }
        Journals::MoveByte => {
            if let Leaf::Whole { salt, change } = &mut all[place].leaves[0] {
                salt.push(change.remove(0));
            }
        }
        Journals::FlipSignature => {
            let byte = random.below(64);
            all[place].signature[byte] ^= 1 << random.below(8);
        }
        Journals::Forge => {
            let forged = insider.next_of(&all, insider.people[1]);
            all.push(forged);
        }
        Journals::TakeOver => insider.take_over(&mut all),
        Journals::OtherKeysAtTheBeginning => insider.other_keys_at_the_beginning(&mut all),
        Journals::EverythingAnew => return insider.everything_anew(),
        Journals::OwnEndAnew => {
            let last = all.len() - 1;
            edit_change(&mut all[last], random);
            insider.sign_anew(&mut all[last], |_header| ());
        }
    }
    all
}
