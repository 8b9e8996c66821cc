//! Rubbish with structure: sound input, changed where it hurts.

use serde_json::{Map, Value, json};
use yichuang_tests::Dice;

/// Numbers at which lengths and counts turn over.
const EDGES: [u64; 12] = [
    0,
    1,
    0x17,
    0x18,
    0xFF,
    0x100,
    0xFFFF,
    0x7FFF_FFFF,
    0xFFFF_FFFF,
    0x1_0000_0000,
    0x7FFF_FFFF_FFFF_FFFF,
    u64::MAX,
];
/// First bytes of long CBOR arrays, maps, strings and tags, and the break.
const HEADS: [u8; 12] = [
    0x1B, 0x3B, 0x5B, 0x5F, 0x7B, 0x7F, 0x9B, 0x9F, 0xBB, 0xBF, 0xDB, 0xFF,
];

/// Changes bytes in one to four places; sometimes throws them away for new ones.
pub(crate) fn bytes(sound: &[u8], dice: &mut Dice) -> Vec<u8> {
    if dice.one_in(20) {
        let count = dice.place(10_000);
        return dice.bytes(count);
    }
    let mut bytes = sound.to_vec();
    for _ in 0..=dice.roll(4) {
        one_change(&mut bytes, dice);
    }
    bytes
}

fn one_change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.place(bytes.len());
    match dice.roll(9) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
        1 if !bytes.is_empty() => bytes[at] = dice.bytes(1)[0],
        2 => bytes.truncate(at),
        3 => {
            let edge = dice.one_of(&EDGES).to_be_bytes();
            let width = *dice.one_of(&[1, 2, 4, 8]);
            put(bytes, at, &edge[8 - width..]);
        }
        4 => {
            let mut head = vec![*dice.one_of(&HEADS)];
            head.extend(dice.one_of(&EDGES).to_be_bytes());
            put(bytes, at, &head);
        }
        5 => {
            // Deep nesting.
            let head = *dice.one_of(&[0x81_u8, 0x9F, 0xA1, 0xBF, 0xC1, b'[', b'{']);
            let many = vec![head; 1 + dice.place(4_000)];
            bytes.splice(at..at, many);
        }
        6 => {
            let end = (at + dice.place(200)).min(bytes.len());
            let part = bytes[at..end].to_vec();
            let to = dice.place(bytes.len() + 1);
            bytes.splice(to..to, part);
        }
        7 => {
            let end = (at + dice.place(64)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let count = dice.place(32);
            let some = dice.bytes(count);
            bytes.splice(at..at, some);
        }
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let end = (at + new.len()).min(bytes.len());
    bytes.splice(at.min(end)..end, new.iter().copied());
}

const TEXTS: [&str; 16] = [
    "",
    "张三",
    "A",
    "320583198103079911",
    "XM261124A0001",
    "１５４００００１２３４",
    "\u{202E}abc",
    "a\u{0}b",
    "../../etc/passwd",
    "=cmd()",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{FEFF}",
    "𠮷𬭎",
    "99999999999999999999999999999999",
    "-1",
    "2026-02-30",
];

/// A text no form expects.
pub(crate) fn text(dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => dice.one_of(&TEXTS).repeat(1 + dice.place(300)),
        1 => {
            let count = dice.place(60);
            String::from_utf8_lossy(&dice.bytes(count)).into_owned()
        }
        _ => (*dice.one_of(&TEXTS)).to_owned(),
    }
}

/// A value of any shape, a few levels deep.
pub(crate) fn value(depth: u32, dice: &mut Dice) -> Value {
    match dice.roll(if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(*dice.one_of(&EDGES)),
        3 => json!(-(i64::try_from(dice.roll(1_000_000)).unwrap())),
        4 => json!(text(dice)),
        5 => (0..dice.roll(4)).map(|_| value(depth - 1, dice)).collect(),
        _ => {
            let fields = (0..dice.roll(4)).map(|_| (text(dice), value(depth - 1, dice)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}
