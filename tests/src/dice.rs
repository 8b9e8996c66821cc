//! Chance that can be repeated.

/// Numbers that look random and come back for the same seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Those of this seed.
    pub fn new(seed: u64) -> Self {
        // Spread, so that neighbouring seeds do not begin alike; never nothing, or it stays nothing.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0 to `sides - 1`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % sides
    }

    /// A number from 0 to `sides - 1`, as a place in something.
    pub fn place(&mut self, sides: usize) -> usize {
        usize::try_from(self.roll(sides.max(1) as u64)).unwrap_or(0)
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.place(all.len())]
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count)
            .map(|_| self.roll(256).to_le_bytes()[0])
            .collect()
    }

    /// Whether it is one in so many.
    pub fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}
