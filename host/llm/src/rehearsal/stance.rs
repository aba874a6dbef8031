//! Which stance a member takes.
//!
//! In this order: what its tagline says; who it is, for the names of the team that comes with the product; else the stance that its seat
//! draws from the debate's deck, so that strangers at one table differ.

use amatelier_types::Seed;

use super::{
    bank::{PLAIN, STANCES, Stance},
    draw::deal,
};

/// Names that stand for a stance when no tagline speaks.
const KNOWN: &[(&str, &str)] = &[
    ("elena", "synthesis"),
    ("marcus", "challenge"),
    ("clare", "structure"),
    ("simon", "triage"),
    ("naomi", "blind-spots"),
];

/// The stance of a member in a seat.
pub(super) fn stance(name: &str, tagline: &str, seat: usize, seed: Seed) -> &'static Stance {
    let tagline = tagline.to_lowercase();
    // The sign that comes first in the tagline counts: that is where people put what matters to them.
    let told = STANCES
        .iter()
        .filter_map(|stance| {
            Some((stance.signs.iter().filter_map(|sign| tagline.find(sign)).min()?, *stance))
        })
        .min_by_key(|(at, _)| *at);
    let known = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, stance)| *stance);
    let known = || STANCES.iter().find(|stance| Some(stance.name) == known).copied();
    let drawn = || deal(seed, "stances", STANCES, seat).copied();
    told.map(|(_, stance)| stance).or_else(known).or_else(drawn).unwrap_or(PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taglines_come_before_names_and_names_before_chance() {
        for (name, tagline, expected) in [
            ("elena", "synthesis and architecture", "synthesis"),
            ("marcus", "challenge and exploit detection", "challenge"),
            ("clare", "concise structure", "structure"),
            ("simon", "triage and sequencing", "triage"),
            ("naomi", "cross-model blind spots", "blind-spots"),
            ("simon", "", "triage"),
            ("simon", "data first", "evidence"),
        ] {
            assert_eq!(stance(name, tagline, 0, Seed(9)).name, expected, "{name} {tagline}");
        }
    }

    #[test]
    fn strangers_at_one_table_differ() {
        let mut names: Vec<&str> = (0..8).map(|seat| stance("zoe", "", seat, Seed(3)).name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 8);
    }
}
