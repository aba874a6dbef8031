//! Chance inside a call: everything from the call's seed.
//!
//! The dice of the contract and the randomness of WASI are two streams of one ChaCha8 key, so that a guest whose hash maps take random
//! seeds rolls the same dice as one whose do not.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore as _, SeedableRng as _};
use wasmtime_wasi::p2::bindings::random::{insecure, insecure_seed, random};

use crate::halt::Halt;

/// Dice of a call.
#[derive(Debug)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Dice(ChaCha8Rng::from_seed(seed))
    }

    /// 1 to `sides`, each as likely as the next; 0 when there are no sides.
    pub(crate) fn roll(&mut self, sides: u32) -> u32 {
        if sides == 0 {
            return 0;
        }
        // Lemire's method: the few low products that would favour small numbers are drawn again.
        let unfair_below = sides.wrapping_neg() % sides;
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(sides);
            if product as u32 >= unfair_below {
                return (product >> 32) as u32 + 1;
            }
        }
    }
}

/// What WASI gives as random.
#[derive(Debug)]
pub(crate) struct SeededRandom {
    rng: ChaCha8Rng,
    hash_seed: (u64, u64),
    limit_bytes: u64,
}

impl SeededRandom {
    pub(crate) fn new(seed: [u8; 32], limit_bytes: u64) -> Self {
        let stream = |number| {
            let mut rng = ChaCha8Rng::from_seed(seed);
            rng.set_stream(number);
            rng
        };
        let mut hash = stream(2);
        SeededRandom { rng: stream(1), hash_seed: (hash.next_u64(), hash.next_u64()), limit_bytes }
    }

    fn bytes(&mut self, length: u64) -> wasmtime::Result<Vec<u8>> {
        if length > self.limit_bytes {
            return Err(Halt::limit(format!(
                "it asked for {length} random bytes at once, the most is {}",
                self.limit_bytes
            )));
        }
        let mut bytes = vec![0; usize::try_from(length)?];
        self.rng.fill_bytes(&mut bytes);
        Ok(bytes)
    }
}

impl random::Host for SeededRandom {
    fn get_random_bytes(&mut self, length: u64) -> wasmtime::Result<Vec<u8>> {
        self.bytes(length)
    }

    fn get_random_u64(&mut self) -> wasmtime::Result<u64> {
        Ok(self.rng.next_u64())
    }
}

impl insecure::Host for SeededRandom {
    fn get_insecure_random_bytes(&mut self, length: u64) -> wasmtime::Result<Vec<u8>> {
        self.bytes(length)
    }

    fn get_insecure_random_u64(&mut self) -> wasmtime::Result<u64> {
        Ok(self.rng.next_u64())
    }
}

impl insecure_seed::Host for SeededRandom {
    fn insecure_seed(&mut self) -> wasmtime::Result<(u64, u64)> {
        Ok(self.hash_seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_dice_and_another_one_others() {
        let rolls = |seed: u8| {
            let mut dice = Dice::new([seed; 32]);
            (0..20).map(|_| dice.roll(1000)).collect::<Vec<_>>()
        };
        assert_eq!(rolls(1), rolls(1));
        assert_ne!(rolls(1), rolls(2));
    }

    #[test]
    fn dice_have_the_sides_they_say() {
        let mut dice = Dice::new([7; 32]);
        assert_eq!(dice.roll(0), 0);
        assert_eq!(dice.roll(1), 1);
        assert!((1..=u32::MAX).contains(&dice.roll(u32::MAX)));
        let mut seen = [0_u32; 6];
        for _ in 0..6_000 {
            seen[dice.roll(6) as usize - 1] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
    }

    #[test]
    fn wasi_randomness_does_not_move_the_dice() {
        let (mut quiet, mut dice) = (Dice::new([3; 32]), Dice::new([3; 32]));
        SeededRandom::new([3; 32], 64).bytes(64).unwrap();
        assert_eq!(dice.roll(100), quiet.roll(100));
    }
}
