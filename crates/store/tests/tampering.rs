//! A campaign: somebody with keys writes the journal anew, or changes a proof. Every time it is told.
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
    reason = "tests"
)]

mod insider;
mod seeded;

use std::collections::BTreeMap;

use insider::{Insider, PASSWORD};
use seeded::Seeded;
use serde::{Deserialize, Serialize};
use yichuang_domain::record::{Header, Id, Kind, RecordKey};
use yichuang_store::{Commit, Leaf, Proof, SealedFile, Store, from_cbor, to_cbor};

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

fn setting(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn whoever_writes_the_journal_anew_with_keys_in_hand_is_found() {
    let (seed, count) = (
        setting("YICHUANG_SEED", 1),
        setting("YICHUANG_TAMPERINGS", 68),
    );
    let insider = Insider::at_work();
    assert_eq!(
        found(&insider, insider.commits.clone()),
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
        let how = found(&insider, tampered);
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

fn found(insider: &Insider, commits: Vec<Commit>) -> Found {
    let printed = if commits == insider.commits {
        [7; 32]
    } else {
        insider.commits.last().unwrap().hash()
    };
    let folder = insider.folder_with(&commits);
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

/// One byte of a text in a change becomes another, so that the change can still be read.
fn edit_change(commit: &mut Commit, random: &mut Seeded) {
    let leaf = random.below(commit.leaves.len());
    if let Leaf::Whole { change, .. } = &mut commit.leaves[leaf] {
        let digits: Vec<usize> = (0..change.len())
            .filter(|at| change[*at].is_ascii_digit())
            .collect();
        let at = digits[random.below(digits.len())];
        change[at] = if change[at] == b'9' { b'8' } else { b'9' };
    }
}

// --- proofs --------------------------------------------------------------------------------------

/// The form of a proof's file, written down once more: whoever tampers knows it too.
#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(with = "serde_bytes")]
    body: Vec<u8>,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

const LABEL_BYTES: usize = 13;

fn opened(file: &[u8]) -> (Proof, Vec<u8>) {
    let plain = zstd::stream::decode_all(&file[LABEL_BYTES..]).unwrap();
    let envelope: Envelope = from_cbor(&plain, "a proof").unwrap();
    let proof = from_cbor(&envelope.body, "a proof").unwrap();
    (proof, envelope.signature)
}

fn closed(label: &[u8], proof: &Proof, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let body = to_cbor(proof).unwrap();
    let signature = sign(&body);
    let plain = to_cbor(&Envelope { body, signature }).unwrap();
    [
        label.to_vec(),
        zstd::stream::encode_all(plain.as_slice(), 3).unwrap(),
    ]
    .concat()
}

#[test]
fn whoever_changes_a_proof_is_found_even_an_insider_who_signs_it_anew() {
    let (seed, count) = (
        setting("YICHUANG_SEED", 1),
        setting("YICHUANG_TAMPERINGS", 300),
    );
    let insider = Insider::at_work();
    let folder = insider.folder_with(&insider.commits);
    let mut store = Store::open(folder.path()).unwrap();
    // The other clerk makes the proof.
    store.unlock(insider.people[1], PASSWORD).unwrap();
    let proof = store
        .prove(insider::CASE, insider::NUMBER, &[], 1_795_000_999_000)
        .unwrap();
    let file = store.seal_proof(&proof).unwrap();
    let whole = SealedFile::check(&file).unwrap();
    assert!(whole.holds(), "{:?}", whole.checked);
    assert_eq!(whole.checked.gaps, 0);
    assert!(whole.checked.links >= 30, "{:?}", whole.checked);
    assert_eq!(
        whole.checked.head.unwrap().hash,
        insider.commits.last().unwrap().hash()
    );
    let about = |entries: &[yichuang_domain::record::Entry]| {
        let kinds: std::collections::BTreeSet<_> = entries
            .iter()
            .map(|one| one.change.record().kind.clone())
            .collect();
        !kinds.contains(&Kind::PERSON)
    };
    assert!(
        about(&whole.checked.entries),
        "nobody else's records are in it"
    );

    for number in 0..count {
        let mut random = Seeded::new(seed, number);
        let (tampered, what) = tamper_proof(&insider, &file, &mut random, number);
        assert_ne!(
            tampered, file,
            "{what}, number {number} of seed {seed}, did nothing"
        );
        let holds = SealedFile::check(&tampered).is_ok_and(|checked| checked.holds());
        assert!(!holds, "{what}, number {number} of seed {seed}");
    }
    println!("seed {seed}: {count} proofs changed, {count} found");
}

fn tamper_proof(
    insider: &Insider,
    file: &[u8],
    random: &mut Seeded,
    number: u64,
) -> (Vec<u8>, &'static str) {
    let (mut proof, signature) = opened(file);
    let label = &file[..LABEL_BYTES];
    let commits = proof.commits.len();
    // The commits of the case stand behind the first and before the last.
    let place = 1 + random.below(commits - 2);
    let keep = |_body: &[u8]| signature.clone();
    let by_insider = |body: &[u8]| insider.sign_body(body);
    match number % 12 {
        0 => {
            let mut bytes = file.to_vec();
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
            (bytes, "a flipped bit")
        }
        1 => {
            let left = random.below(file.len());
            (file[..left].to_vec(), "a cut file")
        }
        2 => {
            proof.by = insider.people[0];
            edit_change(&mut proof.commits[place], random);
            (
                closed(label, &proof, by_insider),
                "a change edited, signed anew",
            )
        }
        3 => {
            proof.by = insider.people[0];
            edit_change(&mut proof.commits[place], random);
            insider.sign_anew(&mut proof.commits[place], |_header| ());
            (
                closed(label, &proof, by_insider),
                "a commit edited and signed anew, all signed anew",
            )
        }
        4 => {
            proof.by = insider.people[0];
            proof.commits.remove(place);
            (
                closed(label, &proof, by_insider),
                "a commit left out, signed anew",
            )
        }
        5 => {
            proof.commits.remove(place);
            (closed(label, &proof, keep), "a commit left out")
        }
        6 => {
            proof.by = insider.people[0];
            let at = random.below(proof.bridge.len());
            proof.bridge.remove(at);
            (
                closed(label, &proof, by_insider),
                "a header left out, signed anew",
            )
        }
        7 => {
            proof.by = insider.people[0];
            let at = random.below(proof.bridge.len());
            let byte = random.below(proof.bridge[at].len());
            proof.bridge[at][byte] ^= 1 << random.below(8);
            (
                closed(label, &proof, by_insider),
                "a header edited, signed anew",
            )
        }
        8 => {
            proof.by = insider.people[0];
            let other = 1 + random.below(commits - 2);
            let other = if other == place {
                place % (commits - 2) + 1
            } else {
                other
            };
            let leaves = proof.commits[place].leaves.clone();
            proof.commits[place].leaves = proof.commits[other].leaves.clone();
            proof.commits[other].leaves = leaves;
            (
                closed(label, &proof, by_insider),
                "changes swapped, signed anew",
            )
        }
        9 => (closed(label, &proof, by_insider), "signed by another"),
        10 => {
            proof.by = insider.people[0];
            insider.other_keys_at_the_beginning_of(&mut proof.commits[0]);
            (
                closed(label, &proof, by_insider),
                "other keys at the beginning",
            )
        }
        _ => {
            proof.by = insider.people[0];
            let at = proof.commits.len() - 1;
            insider.sign_anew(&mut proof.commits[at], |header: &mut Header| {
                header.seq += 1
            });
            (
                closed(label, &proof, by_insider),
                "another head, signed anew",
            )
        }
    }
}

#[test]
fn a_proof_says_nothing_about_a_case_it_is_not_of() {
    let insider = Insider::at_work();
    let folder = insider.folder_with(&insider.commits);
    let mut store = Store::open(folder.path()).unwrap();
    store.unlock(insider.people[0], PASSWORD).unwrap();
    let nobody = Id::from_bytes([0xEE; 16]);
    let proof = store.prove(nobody, "XM261124A09999", &[], 0).unwrap();
    assert_eq!(proof.record, RecordKey::new(Kind::CASE, nobody));
    let file = store.seal_proof(&proof).unwrap();
    assert!(
        !SealedFile::check(&file).unwrap().holds(),
        "a proof of nothing"
    );
}
