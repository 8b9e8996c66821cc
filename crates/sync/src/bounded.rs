//! Limits on what comes from outside, checked before anything is made of it: a length is never
//! believed, a nest never followed too deep, a bomb never unpacked.

use std::io::Read;

/// How much is too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes, unpacked.
    pub bytes: usize,
    /// Values within values.
    pub depth: usize,
    /// Values altogether.
    pub items: usize,
}

impl Limits {
    /// A commit with its changes.
    pub const COMMIT: Self = Self {
        bytes: 8 * 1024 * 1024,
        depth: 32,
        items: 200_000,
    };
    /// A body of a request or an answer.
    pub const BODY: Self = Self {
        bytes: 32 * 1024 * 1024,
        depth: 32,
        items: 400_000,
    };
}

/// It is more than any real one, or no CBOR at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More bytes than the limit.
    #[error("too many bytes")]
    Bytes,
    /// Nested deeper than the limit.
    #[error("nested too deeply")]
    Depth,
    /// More values than the limit.
    #[error("too many values")]
    Items,
    /// A length that is not there, a kind that does not exist, or something behind the end.
    #[error("not well formed")]
    Form,
}

/// Checks that `bytes` are one well-formed CBOR value within the limits. Takes no memory.
///
/// # Errors
///
/// What is too much.
pub fn check(bytes: &[u8], limits: Limits) -> Result<(), TooMuch> {
    if bytes.len() > limits.bytes {
        return Err(TooMuch::Bytes);
    }
    let mut scan = Scan {
        rest: bytes,
        items: limits.items,
    };
    scan.value(limits.depth)?;
    if scan.rest.is_empty() {
        Ok(())
    } else {
        Err(TooMuch::Form)
    }
}

struct Scan<'a> {
    rest: &'a [u8],
    items: usize,
}

/// A head of CBOR: the kind, and its argument; nothing for an indefinite length.
type ItemHead = (u8, Option<u64>);

impl Scan<'_> {
    fn value(&mut self, depth: usize) -> Result<(), TooMuch> {
        let depth = depth.checked_sub(1).ok_or(TooMuch::Depth)?;
        self.items = self.items.checked_sub(1).ok_or(TooMuch::Items)?;
        match self.head()? {
            (0 | 1 | 7, Some(_)) => Ok(()),
            (2 | 3, Some(length)) => self.skip(length),
            (4, Some(count)) => self.values(count, depth),
            (5, Some(count)) => self.values(count.checked_mul(2).ok_or(TooMuch::Items)?, depth),
            (6, Some(_)) => self.value(depth),
            // Nobody of ours writes indefinite lengths: what reads differently in two readers is refused.
            _ => Err(TooMuch::Form),
        }
    }

    fn values(&mut self, count: u64, depth: usize) -> Result<(), TooMuch> {
        // Each takes a byte at least, so a claimed length is known to be false before it is walked.
        if count > self.rest.len() as u64 {
            return Err(TooMuch::Form);
        }
        (0..count).try_for_each(|_one| self.value(depth))
    }

    fn head(&mut self) -> Result<ItemHead, TooMuch> {
        let (first, rest) = self.rest.split_first().ok_or(TooMuch::Form)?;
        self.rest = rest;
        let argument = match first & 0x1F {
            small @ 0..=23 => Some(u64::from(small)),
            24 => Some(self.number(1)?),
            25 => Some(self.number(2)?),
            26 => Some(self.number(4)?),
            27 => Some(self.number(8)?),
            31 => None,
            _ => return Err(TooMuch::Form),
        };
        Ok((first >> 5, argument))
    }

    fn number(&mut self, bytes: usize) -> Result<u64, TooMuch> {
        let (number, rest) = self.rest.split_at_checked(bytes).ok_or(TooMuch::Form)?;
        self.rest = rest;
        Ok(number
            .iter()
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }

    fn skip(&mut self, length: u64) -> Result<(), TooMuch> {
        let length = usize::try_from(length).map_err(|_error| TooMuch::Form)?;
        self.rest = self.rest.get(length..).ok_or(TooMuch::Form)?;
        Ok(())
    }
}

/// Packs a body for the way.
///
/// # Errors
///
/// When zstd has no memory.
pub fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(bytes, 3)
}

/// Unpacks a body and never makes more than `most` bytes of it.
///
/// # Errors
///
/// [`TooMuch::Bytes`] for a bomb, [`TooMuch::Form`] for what is not packed.
pub fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, TooMuch> {
    let reader = zstd::stream::read::Decoder::new(packed).map_err(|_error| TooMuch::Form)?;
    let mut bytes = Vec::new();
    reader
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|_error| TooMuch::Form)?;
    if bytes.len() > most {
        return Err(TooMuch::Bytes);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        bytes: 1_000,
        depth: 8,
        items: 50,
    };

    #[test]
    fn what_serde_writes_passes() {
        let mut bytes = Vec::new();
        let value =
            serde_json::json!({"a": [1, -2, 3.5, null, true], "text": "居民", "b": {"c": "d"}});
        ciborium::into_writer(&value, &mut bytes).unwrap();
        assert_eq!(check(&bytes, SMALL), Ok(()));
        for cut in 0..bytes.len() {
            assert_eq!(check(&bytes[..cut], SMALL), Err(TooMuch::Form), "{cut}");
        }
    }

    #[test]
    fn lengths_nests_and_crowds_are_refused_before_memory_is_taken() {
        let longest = [0xFF; 8];
        for kind in [0x5B, 0x7B, 0x9B, 0xBB] {
            let mut bytes = vec![kind];
            bytes.extend(longest);
            assert!(check(&bytes, SMALL).is_err(), "{kind:x}");
        }
        assert_eq!(check(&[0x81; 500], SMALL), Err(TooMuch::Depth));
        assert_eq!(check(&[0xC1; 500], SMALL), Err(TooMuch::Depth));
        let mut crowd = vec![0x98, 60];
        crowd.extend([0; 60]);
        assert_eq!(check(&crowd, SMALL), Err(TooMuch::Items));
        assert_eq!(check(&[0; 1_001], SMALL), Err(TooMuch::Bytes));
        assert_eq!(check(&[0, 0], SMALL), Err(TooMuch::Form));
        assert_eq!(check(&[0x9F, 0xFF], SMALL), Err(TooMuch::Form));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = pack(&vec![0; 64 * 1024 * 1024]).unwrap();
        assert!(bomb.len() < 64 * 1024);
        assert_eq!(unpack(&bomb, 1024 * 1024), Err(TooMuch::Bytes));
        assert_eq!(unpack(b"no zstd", 1024), Err(TooMuch::Form));
        assert_eq!(unpack(&pack(b"yes").unwrap(), 3).unwrap(), b"yes");
    }
}
