//! Chance, drawn from seeds only.
//!
//! Two kinds of draw, kept apart. A *turn's* draw is free: it may differ between two turns in any way. A *debate's* deck is dealt: every
//! turn takes the card that its place in the debate gives it, so that two turns cannot take the same one while cards last. There is no
//! memory in this module; the same seed deals the same deck.

use amatelier_types::Seed;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// A stream of free draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn from(seed: [u8; 32]) -> Self {
        Draw(ChaCha8Rng::from_seed(seed))
    }

    /// A number below `n`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, n: usize) -> usize {
        // Multiply and shift: the bias is below 2^-40 for any list that fits a prompt, and no draw is ever repeated.
        let wide = u128::from(self.0.next_u64()) * n as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// True in `percent` of a hundred draws.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the list.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// The numbers below `n` in the order that `seed` gives them for `purpose`.
pub(super) fn deck(seed: [u8; 32], n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    Draw::from(seed).shuffle(&mut order);
    order
}

/// The card of the debate's deck named `purpose` that place `place` gets. Places below the length of `cards` get different cards.
pub(super) fn deal<'a, T>(seed: Seed, purpose: &str, cards: &'a [T], place: usize) -> Option<&'a T> {
    let order = deck(seed.derive(&format!("rehearsal/{purpose}")), cards.len());
    let slot = place.checked_rem(cards.len())?;
    cards.get(*order.get(slot)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_get_different_cards_while_cards_last() {
        let cards: Vec<u32> = (0..16).collect();
        for seed in 0..20 {
            let mut dealt: Vec<u32> =
                (0..16).map(|place| *deal(Seed(seed), "a", &cards, place).unwrap()).collect();
            assert_eq!(deal(Seed(seed), "a", &cards, 3), deal(Seed(seed), "a", &cards, 19));
            dealt.sort_unstable();
            assert_eq!(dealt, cards);
        }
        assert_eq!(deal::<u32>(Seed(1), "a", &[], 3), None);
    }

    #[test]
    fn a_draw_stays_below_its_bound() {
        let mut draw = Draw::from([7; 32]);
        for n in 1..50 {
            assert!(draw.below(n) < n);
        }
        assert_eq!(draw.below(0), 0);
        assert_eq!(draw.pick::<u32>(&[]), None);
    }
}
