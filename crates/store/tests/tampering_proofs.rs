//! A campaign: somebody changes a proof, an insider among them who signs it anew. Every time it is told.
//!
//! Short by default; `cargo xtask tamper` runs a thousand. A failing one prints its seed and its number.
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

use insider::{Insider, PASSWORD, edit_change, setting};
use seeded::Seeded;
use serde::{Deserialize, Serialize};
use yichuang_domain::record::{Header, Id, Kind, RecordKey};
use yichuang_store::{Proof, SealedFile, Store, from_cbor, to_cbor};

/// The form of a proof's file, written down once more: whoever tampers knows it too.
#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(with = "serde_bytes")]
    body: Vec<u8>,
    #[serde(with = "serde_bytes")]
    signature: Vec<u8>,
}

const LABEL_BYTES: usize = 13;
/// The label, length and hash.
const HEAD_BYTES: usize = LABEL_BYTES + 4 + 32;

fn opened(file: &[u8]) -> (Proof, Vec<u8>) {
    let plain = zstd::stream::decode_all(&file[HEAD_BYTES..]).unwrap();
    let envelope: Envelope = from_cbor(&plain, "a proof").unwrap();
    let proof = from_cbor(&envelope.body, "a proof").unwrap();
    (proof, envelope.signature)
}

fn closed(label: &[u8], proof: &Proof, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let body = to_cbor(proof).unwrap();
    let signature = sign(&body);
    let plain = to_cbor(&Envelope { body, signature }).unwrap();
    let frame = zstd::stream::encode_all(plain.as_slice(), 3).unwrap();
    let length = u32::try_from(frame.len()).unwrap().to_be_bytes();
    let hash = blake3::hash(&frame);
    [label, &length[..], hash.as_bytes(), &frame].concat()
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
            let leaves = std::mem::take(&mut proof.commits[place].leaves);
            proof.commits[place].leaves =
                std::mem::replace(&mut proof.commits[other].leaves, leaves);
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
                header.seq += 1;
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
