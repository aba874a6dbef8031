//! Who is for what, and when somebody moves.
//!
//! A function of the debate's seed, the seat and the round alone, so that every call of a debate sees the same room without remembering
//! anything. One option attracts: in a debate that converges everybody is there in round 2; in one that does not, some move in round 2 or
//! 3 and at least one seat never does.

use amatelier_types::Seed;

use super::{
    draw::{Draw, deck},
    material::{Choice, sentences},
};

/// Whether the judge closes a debate at the gate of a round: from round 2 on when the seed leaves 2 over 5, which is one seed in five;
/// never in round 1. So seed 2 converges in round 2, and seed 1 goes its full length.
pub fn converges(seed: Seed, round: u32) -> bool {
    round >= 2 && seed.0 % 5 == 2
}

/// The option, of `options`, that the worker in `seat` (of `seats`) is for in a round.
pub(super) fn position(seed: Seed, seat: usize, seats: usize, options: usize, round: u32) -> usize {
    let order = deck(seed.derive("rehearsal/options"), options);
    let at = |place: usize| order.get(place % options.max(1)).copied().unwrap_or(0);
    let mut draw = Draw::from(seed.derive("rehearsal/rows"));
    let attractive = draw.below(options);
    let holdout = draw.below(seats);
    let own = at(attractive + 1 + (seat + seats - holdout) % seats.max(1));
    // The holdout's own place lies one after the attractive one, so it differs from it wherever there are two options.
    let moves = if converges(seed, 2) {
        2
    } else if seat == holdout {
        u32::MAX
    } else {
        match Draw::from(seed.derive(&format!("rehearsal/moves/{seat}"))).below(5) {
            0 | 1 => 2,
            2 | 3 => 3,
            _ => u32::MAX,
        }
    };
    if round >= moves { at(attractive) } else { own }
}

/// The option that a speech says it is for: the one of its last statement that speaks of one option alone.
pub(super) fn stated<'a>(speech: &str, choices: &'a [Choice]) -> Option<&'a Choice> {
    sentences(speech).iter().rev().filter(|sentence| !sentence.ends_with('?')).find_map(|sentence| {
        let sentence = sentence.to_lowercase();
        let mut named = choices.iter().filter(|choice| sentence.contains(&choice.name.to_lowercase()));
        let only = named.next().filter(|_| named.next().is_none())?;
        // What is between quotation marks, except for the option itself, is somebody else's opinion.
        (!sentence.replace(&only.name.to_lowercase(), "").contains('“')).then_some(only)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_seeds_converge_in_round_two_and_never_before() {
        assert!(converges(Seed(2), 2));
        for round in 1..=3 {
            assert!(!converges(Seed(1), round));
        }
        assert_eq!((0..100).filter(|seed| converges(Seed(*seed), 2)).count(), 20);
        assert!((0..100).all(|seed| !converges(Seed(seed), 1)));
    }

    #[test]
    fn a_room_converges_exactly_when_its_seed_says_so() {
        for seed in (0..60).map(Seed) {
            for options in 2..6 {
                let room =
                    |round| (0..5).map(|seat| position(seed, seat, 5, options, round)).collect::<Vec<_>>();
                let one_mind = |room: &[usize]| room.iter().all(|place| Some(place) == room.first());
                assert!(!one_mind(&room(1)), "{seed} {options}");
                for round in 2..=3 {
                    assert_eq!(one_mind(&room(round)), converges(seed, round), "{seed} {options} {round}");
                }
            }
        }
    }

    #[test]
    fn a_stated_option_is_the_last_one_named_alone() {
        let choices = super::super::material::Material::of("", "Options\n\nA) walk\nB) fly").choices;
        let of = |text| stated(text, &choices).map(|choice| choice.name.as_str());
        assert_eq!(
            of("I like option B. Option A beats option B on price. Would option A do?"),
            Some("option B")
        );
        assert_eq!(of("I take option A. Marcus said “give me option B”."), Some("option A"));
        assert_eq!(of("Neither."), None);
    }

    #[test]
    fn one_seat_and_one_option_are_fine() {
        assert_eq!(position(Seed(4), 0, 1, 1, 1), 0);
        assert_eq!(position(Seed(4), 3, 0, 0, 2), 0);
    }
}
