//! Chance that comes from a request, so that the same request has the same.

use amatelier_types::Sha256;

/// A stream of numbers (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of a request.
    pub(super) fn of(key: &Sha256) -> Self {
        Dice(key.bytes().iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte)))
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % bound as u64) as usize
    }

    /// One of them; there is at least one.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
