use std::io::{Read, Write};

use super::*;

/// Written by the reference implementation to two recipients, one of them ours, with a stanza that no
/// reader knows.
const BY_OTHERS: &[u8] = include_bytes!("../../tests/fixtures/two-recipients.age");
const OURS: &str = "c4fda3318e2d3f1c61e601bbbbef2a92bce6e37b51fce96d4fda7f35a0f7cda3";

fn secret(seed: u8) -> AgeSecret {
    AgeSecret::new(&Key::from_bytes([seed; 32]))
}

fn sealed(plain: &[u8]) -> (Vec<u8>, FileKey) {
    let to = [secret(1).public(), secret(2).public()];
    let mut writer = AgeWriter::begin(Vec::new(), &to).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap()
}

fn opened(file: &[u8], secret: &AgeSecret) -> Result<Vec<u8>, AgeError> {
    let mut plain = Vec::new();
    AgeReader::open(file, secret)?.read_to_end(&mut plain)?;
    Ok(plain)
}

#[test]
fn a_file_of_another_program_opens() {
    let key = Key::from_slice(&crate::hex::decode(OURS).unwrap()).unwrap();
    let plain = opened(BY_OTHERS, &AgeSecret::new(&key)).unwrap();
    assert_eq!(String::from_utf8(plain).unwrap(), "一窗 backup");
}

#[test]
fn every_recipient_opens_and_nobody_else_whatever_the_length() {
    let piece = 64 * 1024;
    for length in [0, 1, piece - 1, piece, piece + 1, 3 * piece] {
        let plain: Vec<u8> = (0..=250).cycle().take(length).collect();
        let (file, key) = sealed(&plain);
        for who in [1, 2] {
            assert!(opened(&file, &secret(who)).unwrap() == plain, "{length}");
        }
        let mut back = Vec::new();
        let mut reader = AgeReader::read_back(file.as_slice(), &key).unwrap();
        reader.read_to_end(&mut back).unwrap();
        assert!(back == plain, "{length}");
        assert!(matches!(
            opened(&file, &secret(3)),
            Err(AgeError::WrongSecret)
        ));
    }
}

#[test]
fn a_flipped_bit_a_cut_or_a_longer_file_is_refused() {
    let (file, key) = sealed(&vec![7; 70_000]);
    for place in (0..300).chain((300..file.len()).step_by(997)) {
        let mut changed = file.clone();
        changed[place] ^= 0x10;
        let back = AgeReader::read_back(changed.as_slice(), &key);
        let back = back.and_then(|mut reader| Ok(reader.read_to_end(&mut Vec::new())?));
        assert!(back.is_err(), "byte {place}");
        assert!(opened(&changed, &secret(1)).is_err(), "byte {place}");
    }
    for length in (0..300).chain((300..file.len()).step_by(997)) {
        assert!(opened(&file[..length], &secret(1)).is_err(), "{length}");
    }
    let longer = [file.as_slice(), &[0]].concat();
    assert!(opened(&longer, &secret(1)).is_err());
}

#[test]
fn what_is_none_and_what_is_newer_is_told_apart() {
    assert!(matches!(
        opened(b"PK\x03\x04", &secret(1)),
        Err(AgeError::NotSealed)
    ));
    assert!(matches!(opened(b"", &secret(1)), Err(AgeError::NotSealed)));
    let newer = opened(b"age-encryption.org/v2\n-> X\n", &secret(1));
    assert!(matches!(newer, Err(AgeError::Newer)));
}

#[test]
fn pieces_cannot_change_places() {
    let (file, _key) = sealed(&vec![7; 3 * 64 * 1024]);
    let piece = 64 * 1024 + 16;
    let body = file.len() - 3 * piece;
    let mut swapped = file.clone();
    let (one, two) = swapped[body..].split_at_mut(piece);
    one.swap_with_slice(&mut two[..piece]);
    assert!(opened(&swapped, &secret(1)).is_err());
}
