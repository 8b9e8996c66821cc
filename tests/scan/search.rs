//! Looking for tens of thousands of words at once, in bytes that mean anything or nothing.

use std::collections::HashMap;

const HEAD_BYTES: usize = 4;
const SIEVE_BITS: usize = 1 << 22;

/// Finds patterns of four bytes or more.
pub(crate) struct Search<'a> {
    patterns: Vec<&'a [u8]>,
    /// Which heads can begin a pattern at all: nearly every place is done with here.
    sieve: Vec<u64>,
    by_head: HashMap<[u8; HEAD_BYTES], Vec<usize>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(patterns: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut search = Self {
            patterns: patterns.collect(),
            sieve: vec![0; SIEVE_BITS / 64],
            by_head: HashMap::new(),
        };
        for (number, pattern) in search.patterns.iter().enumerate() {
            let Some(head) = pattern.first_chunk::<HEAD_BYTES>() else {
                continue;
            };
            let place = sieve_place(*head);
            if let Some(word) = search.sieve.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
            search.by_head.entry(*head).or_default().push(number);
        }
        search
    }

    /// The length of the longest pattern: pieces that are searched one after the other overlap by it.
    pub(crate) fn longest(&self) -> usize {
        self.patterns.iter().map(|one| one.len()).max().unwrap_or(1)
    }

    /// Tells every place a pattern begins at, and which.
    pub(crate) fn each(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        for (at, head) in bytes.array_windows::<HEAD_BYTES>().enumerate() {
            let place = sieve_place(*head);
            let word = self.sieve.get(place / 64).copied().unwrap_or_default();
            if word >> (place % 64) & 1 == 0 {
                continue;
            }
            for number in self.by_head.get(head).into_iter().flatten() {
                let rest = bytes.get(at..).unwrap_or_default();
                if self
                    .patterns
                    .get(*number)
                    .is_some_and(|one| rest.starts_with(one))
                {
                    found(at, *number);
                }
            }
        }
    }
}

fn sieve_place(head: [u8; HEAD_BYTES]) -> usize {
    let mixed = u32::from_le_bytes(head).wrapping_mul(2_654_435_761);
    mixed as usize >> 10 & (SIEVE_BITS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_found_wherever_it_stands_and_nothing_else() {
        let patterns: [&[u8]; 3] = [b"abcde", b"abcd", b"\0\0\0\0\0"];
        let search = Search::new(patterns.into_iter());
        let mut found = Vec::new();
        search.each(b"xabcdexabcd\0\0\0\0\0", |at, number| {
            found.push((at, number));
        });
        assert_eq!(found, [(1, 0), (1, 1), (7, 1), (11, 2)]);
        assert_eq!(search.longest(), 5);
    }
}
