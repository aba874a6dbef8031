//! Neutral names, so that a rubric marks what was said and not who said it.

use amatelier_types::{MemberName, Seed};
use serde::{Deserialize, Serialize};

use crate::draw::shuffle;

/// Draws for an order that a rubric has not seen yet; of three members' six orders one draw in three is one it has.
const REDRAWS: u32 = 16;

fn drawn(seed: Seed, members: &[MemberName], purpose: &str) -> Vec<MemberName> {
    let mut order = members.to_vec();
    shuffle(&mut order, seed, purpose);
    order
}

/// The workers of a debate under neutral labels (`speaker-a`, `speaker-b`, …), in an order drawn from the seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels(Vec<(MemberName, MemberName)>);

impl Labels {
    /// Draw labels for these members.
    pub fn draw(seed: Seed, members: &[MemberName]) -> Self {
        Labels::given(drawn(seed, members, "labels"))
    }

    /// The labels of a ballot, from 1: those that are drawn, the same in the opposite order, and for any further one another draw, which
    /// differs from the first two wherever so few members can be seated differently.
    pub(crate) fn of_ballot(seed: Seed, members: &[MemberName], ballot: u32) -> Self {
        let first = drawn(seed, members, "labels");
        let opposite: Vec<MemberName> = first.iter().rev().cloned().collect();
        Labels::given(match ballot {
            0 | 1 => first,
            2 => opposite,
            _ => (0..REDRAWS)
                .map(|draw| drawn(seed, members, &format!("labels/{ballot}/{draw}")))
                .find(|order| *order != first && *order != opposite)
                .unwrap_or(first),
        })
    }

    fn given(order: Vec<MemberName>) -> Self {
        let label = |place: usize| {
            // 26 letters, then speaker-a2, speaker-b2, …
            let letter = char::from(b'a' + (place % 26) as u8);
            let lap = place / 26 + 1;
            let text = if lap == 1 { format!("speaker-{letter}") } else { format!("speaker-{letter}{lap}") };
            MemberName::try_from(text).ok()
        };
        Labels(
            order
                .into_iter()
                .enumerate()
                .filter_map(|(place, member)| Some((label(place)?, member)))
                .collect(),
        )
    }

    /// The labels, in the order in which the rubric sees them.
    pub fn labels(&self) -> Vec<MemberName> {
        self.0.iter().map(|(label, _)| label.clone()).collect()
    }

    /// Whose label this is.
    pub fn member(&self, label: &str) -> Option<&MemberName> {
        self.0.iter().find(|(own, _)| own.as_str() == label).map(|(_, member)| member)
    }

    /// The label of a member.
    pub fn label(&self, member: &MemberName) -> Option<&MemberName> {
        self.0.iter().find(|(_, own)| own == member).map(|(label, _)| label)
    }

    /// A text with every member's name, as a word in any case, replaced by its label; written large where the name was.
    pub fn conceal(&self, text: &str) -> String {
        self.replace(text, |piece| {
            self.0
                .iter()
                .find(|(_, member)| piece.eq_ignore_ascii_case(member.as_str()))
                .map(|(label, _)| label)
        })
    }

    /// A text with every label, as a word in any case, replaced by its member's name.
    pub fn reveal(&self, text: &str) -> String {
        self.replace(text, |piece| {
            self.0
                .iter()
                .find(|(label, _)| piece.eq_ignore_ascii_case(label.as_str()))
                .map(|(_, member)| member)
        })
    }

    fn replace<'a>(&'a self, text: &str, find: impl Fn(&str) -> Option<&'a MemberName>) -> String {
        let mut replaced = String::with_capacity(text.len());
        for (is_word, piece) in pieces(text) {
            match if is_word { find(piece) } else { None } {
                Some(name) if piece.starts_with(char::is_uppercase) => {
                    replaced.push_str(&large(name.as_str()))
                }
                Some(name) => replaced.push_str(name.as_str()),
                None => replaced.push_str(piece),
            }
        }
        replaced
    }
}

/// `speaker-a` as people write a name: `Speaker-A`.
fn large(label: &str) -> String {
    let mut starts = true;
    let capital = |c: char| {
        let large = if starts { c.to_ascii_uppercase() } else { c };
        starts = c == '-';
        large
    };
    label.chars().map(capital).collect()
}

/// The text cut into words (`true`) and what stands between them. A word is what a member's name could be.
fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-';
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = is_word(rest.chars().next()?);
        let end = rest.find(|c: char| is_word(c) != word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((word, piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<MemberName> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn every_member_gets_one_label_and_the_order_is_the_seeds() {
        let members = names(&["elena", "marcus", "clare", "simon"]);
        let labels = Labels::draw(Seed(7), &members);
        assert_eq!(labels.labels(), names(&["speaker-a", "speaker-b", "speaker-c", "speaker-d"]));
        for member in &members {
            let label = labels.label(member).unwrap();
            assert_eq!(labels.member(label.as_str()), Some(member));
        }
        assert_eq!(labels, Labels::draw(Seed(7), &members));
        assert!((0..20).any(|seed| Labels::draw(Seed(seed), &members) != labels));
    }

    #[test]
    fn ballots_see_the_members_in_opposite_orders_and_then_in_another() {
        for members in [names(&["ada"]), names(&["ada", "bob"]), names(&["ada", "bob", "cy", "dee"])] {
            for seed in 0..50 {
                let order = |ballot| -> Vec<MemberName> {
                    let labels = Labels::of_ballot(Seed(seed), &members, ballot);
                    let shown = labels.labels();
                    shown.iter().filter_map(|label| labels.member(label.as_str()).cloned()).collect()
                };
                let first = order(1);
                assert_eq!(Labels::of_ballot(Seed(seed), &members, 1), Labels::draw(Seed(seed), &members));
                let mut opposite = first.clone();
                opposite.reverse();
                assert_eq!(order(2), opposite);
                let mut third = order(3);
                assert!(members.len() < 3 || (third != first && third != opposite), "{seed}: {third:?}");
                third.sort();
                assert_eq!(third, members);
            }
        }
    }

    #[test]
    fn names_are_concealed_as_whole_words_only() {
        let labels = Labels::draw(Seed(1), &names(&["ada"]));
        assert_eq!(labels.reveal("Speaker-A met speaker-a and speaker-ab."), "Ada met ada and speaker-ab.");
        assert_eq!(labels.conceal("Ada, ada's Canada: ADA."), "Speaker-A, speaker-a's Canada: Speaker-A.");
    }
}
