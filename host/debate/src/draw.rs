//! Draws from the seed.

use amatelier_types::Seed;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// Shuffle in place (Fisher and Yates). The same seed and purpose give the same order on every machine.
pub(crate) fn shuffle<T>(items: &mut [T], seed: Seed, purpose: &str) {
    let mut rng = ChaCha8Rng::from_seed(seed.derive(purpose));
    for last in (1..items.len()).rev() {
        items.swap(last, below(&mut rng, last + 1));
    }
}

/// A number below `bound`, without bias: draws that fall into the last, incomplete stretch are thrown away.
fn below(rng: &mut ChaCha8Rng, bound: usize) -> usize {
    let bound = bound as u64;
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = rng.next_u64();
        if drawn < fair {
            return (drawn % bound) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_is_a_permutation_and_the_seeds_own() {
        let order = |seed| {
            let mut items: Vec<u32> = (0..5).collect();
            shuffle(&mut items, Seed(seed), "seating");
            items
        };
        assert_eq!(order(1), order(1));
        assert!((2..20).any(|seed| order(seed) != order(1)));
        for seed in 0..100 {
            let mut sorted = order(seed);
            sorted.sort();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
        }
    }
}
