//! What is on the shelf: one line per thing (§9 of the facts).

use amatelier_sdk::store::{
    Answer, Effect, Item, Request,
    lifetime::{CONSUMABLE, ONCE, PERMANENT},
};

/// Debates that a member must have held for tier 1, 2 and 3.
const ASSIGNMENTS: [u32; 3] = [5, 10, 20];

/// Something on the shelf.
pub(crate) struct Ware {
    id: &'static str,
    category: &'static str,
    price: u32,
    name: &'static str,
    description: &'static str,
    does: Does,
}

/// What a thing does.
#[derive(Clone, Copy)]
enum Does {
    /// A coaching session of the kind that the item is called.
    Coaching,
    /// The buyer's note becomes a request: to the operator alone, or to all.
    Request {
        private: bool,
    },
    /// Grants the skill that the item is called.
    Skill,
    FloorTurns(u32),
    Tier(u32),
    Slots(u32),
    FirstSpeaker,
}

const fn ware(
    id: &'static str,
    category: &'static str,
    price: u32,
    does: Does,
    name: &'static str,
    description: &'static str,
) -> Ware {
    Ware { id, category, price, name, description, does }
}

/// Everything, by category.
pub(crate) const SHELF: [Ware; 18] = [
    ware(
        "dev-call",
        "services",
        20,
        Does::Coaching,
        "Development call",
        "A session with the coach about what you want to become better at, and how the next debates can show it.",
    ),
    ware(
        "strategy-review",
        "services",
        10,
        Does::Coaching,
        "Strategy review",
        "The coach goes through your last debates with you; a plan for the next five stays in your memory.",
    ),
    ware(
        "private-request",
        "services",
        20,
        Does::Request { private: true },
        "Private request",
        "Ask the operator for something of your own, such as a skill that nobody teaches. Write in the note what it should do for you.",
    ),
    ware(
        "public-request",
        "services",
        0,
        Does::Request { private: false },
        "Public request",
        "Post a wish on the board that all can read. Write it in the note; it expires if three debates pass without an answer.",
    ),
    ware(
        "code-review-framework",
        "skills",
        15,
        Does::Skill,
        "Code review in four passes",
        "Read code for data, failure, promises and structure, one at a time, and report what you find so that it can be fixed.",
    ),
    ware(
        "debate-tactics",
        "skills",
        12,
        Does::Skill,
        "Debate tactics",
        "Arguments with their grounds shown, the other side at its strongest, concessions that move the debate.",
    ),
    ware(
        "evidence-gathering",
        "skills",
        10,
        Does::Skill,
        "Evidence gathering",
        "Claims that name the place they stand on, and say what was seen, what was concluded and what was not found.",
    ),
    ware(
        "cross-cutting-analysis",
        "skills",
        15,
        Does::Skill,
        "Cross-cutting analysis",
        "Find the one cause behind three troubles, and what falls if it is touched.",
    ),
    ware(
        "risk-assessment",
        "skills",
        12,
        Does::Skill,
        "Risk assessment",
        "How a plan fails, how likely and how badly, who would notice, and what to do about the worst of it first.",
    ),
    ware(
        "conciseness-training",
        "skills",
        8,
        Does::Skill,
        "Conciseness",
        "The finding first, one idea at a time, and nothing that could be left out.",
    ),
    ware(
        "novelty-injection",
        "skills",
        15,
        Does::Skill,
        "New angles",
        "Five ways to see what a table that agrees with itself has stopped seeing.",
    ),
    ware(
        "influence-mapping",
        "skills",
        12,
        Does::Skill,
        "Influence mapping",
        "Know whose idea carries what, build on it in the open, and bring two camps onto one ground.",
    ),
    ware(
        "extra-budget",
        "boosts",
        8,
        Does::FloorTurns(2),
        "Two more floor turns",
        "In the next debate you may take the floor twice more. Several add up.",
    ),
    ware(
        "tier-1",
        "upgrades",
        25,
        Does::Tier(1),
        "Tier 1",
        "Raises you to tier 1: one more skill slot, and what the operator lets members of that tier run as. Needs 5 debates.",
    ),
    ware(
        "tier-2",
        "upgrades",
        100,
        Does::Tier(2),
        "Tier 2",
        "Raises you from tier 1 to tier 2: one more skill slot, and what the operator lets members of that tier run as. Needs 10 debates.",
    ),
    ware(
        "tier-3",
        "upgrades",
        250,
        Does::Tier(3),
        "Tier 3",
        "Raises you from tier 2 to tier 3: two more skill slots, and what the operator lets members of that tier run as. Needs 20 debates.",
    ),
    ware(
        "extra-slot",
        "slots",
        30,
        Does::Slots(1),
        "Skill slot",
        "Room for one more equipped skill, for good.",
    ),
    ware(
        "first-speaker",
        "positioning",
        6,
        Does::FirstSpeaker,
        "First word",
        "You open the next debate. Where several have bought it the best on the leaderboard goes first, and the others keep theirs.",
    ),
];

/// The thing of this name.
pub(crate) fn find(id: &str) -> Option<&'static Ware> {
    SHELF.iter().find(|ware| ware.id == id)
}

impl Ware {
    /// As the host knows it.
    pub(crate) fn item(&self) -> Item {
        Item {
            id: self.id.into(),
            category: self.category.into(),
            lifetime: self.lifetime().into(),
            suggested_price: self.price,
            name: self.name.into(),
            description: self.description.into(),
        }
    }

    fn lifetime(&self) -> &'static str {
        match self.does {
            Does::Coaching | Does::Request { .. } => ONCE,
            Does::FloorTurns(_) | Does::FirstSpeaker => CONSUMABLE,
            Does::Skill | Does::Tier(_) | Does::Slots(_) => PERMANENT,
        }
    }

    /// Whether a member of this tier, with so many debates behind it, may buy it.
    pub(crate) fn may_buy(&self, tier: u32, assignments: u32) -> Answer {
        let Does::Tier(wanted) = self.does else { return Answer::Yes };
        let below = wanted.saturating_sub(1);
        let needed =
            usize::try_from(below).ok().and_then(|place| ASSIGNMENTS.get(place)).copied().unwrap_or(0);
        if tier >= wanted {
            Answer::No(format!("your tier is {tier} already"))
        } else if tier < below {
            Answer::No(format!("tier {below} comes before tier {wanted}"))
        } else if assignments < needed {
            Answer::No(format!("it needs {needed} debates, and you have held {assignments}"))
        } else {
            Answer::Yes
        }
    }

    /// What it is to do for whoever wrote this note.
    pub(crate) fn effect(&self, note: &str) -> Result<Effect, String> {
        Ok(match self.does {
            Does::Coaching => Effect::Coaching(self.id.into()),
            Does::Request { private } => {
                let text = note.trim();
                if text.is_empty() {
                    return Err("a request needs words: write in the note what you ask for".into());
                }
                Effect::AskFor(Request { private, text: text.into() })
            }
            Does::Skill => Effect::GrantSkill(self.id.into()),
            Does::FloorTurns(turns) => Effect::FloorTurns(turns),
            Does::Tier(tier) => Effect::UnlockTier(tier),
            Does::Slots(slots) => Effect::SkillSlots(slots),
            Does::FirstSpeaker => Effect::FirstSpeaker,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(id: &str, note: &str) -> Result<Effect, String> {
        find(id).unwrap().effect(note)
    }

    #[test]
    fn eighteen_things_have_the_prices_and_lifetimes_of_the_facts() {
        let listed: Vec<_> =
            SHELF.iter().map(|ware| (ware.id, ware.category, ware.price, ware.lifetime())).collect();
        assert_eq!(
            listed,
            [
                ("dev-call", "services", 20, "once"),
                ("strategy-review", "services", 10, "once"),
                ("private-request", "services", 20, "once"),
                ("public-request", "services", 0, "once"),
                ("code-review-framework", "skills", 15, "permanent"),
                ("debate-tactics", "skills", 12, "permanent"),
                ("evidence-gathering", "skills", 10, "permanent"),
                ("cross-cutting-analysis", "skills", 15, "permanent"),
                ("risk-assessment", "skills", 12, "permanent"),
                ("conciseness-training", "skills", 8, "permanent"),
                ("novelty-injection", "skills", 15, "permanent"),
                ("influence-mapping", "skills", 12, "permanent"),
                ("extra-budget", "boosts", 8, "consumable"),
                ("tier-1", "upgrades", 25, "permanent"),
                ("tier-2", "upgrades", 100, "permanent"),
                ("tier-3", "upgrades", 250, "permanent"),
                ("extra-slot", "slots", 30, "permanent"),
                ("first-speaker", "positioning", 6, "consumable"),
            ]
        );
    }

    #[test]
    fn tiers_come_in_order_and_after_enough_debates() {
        let no = |why: &str| Answer::No(why.into());
        for (id, tier, assignments, expected) in [
            ("tier-1", 0, 5, Answer::Yes),
            ("tier-1", 0, 4, no("it needs 5 debates, and you have held 4")),
            ("tier-1", 1, 99, no("your tier is 1 already")),
            ("tier-2", 0, 99, no("tier 1 comes before tier 2")),
            ("tier-2", 1, 9, no("it needs 10 debates, and you have held 9")),
            ("tier-2", 1, 10, Answer::Yes),
            ("tier-3", 2, 20, Answer::Yes),
            ("tier-3", 3, 20, no("your tier is 3 already")),
            ("extra-slot", 0, 0, Answer::Yes),
            ("dev-call", 0, 0, Answer::Yes),
        ] {
            assert_eq!(find(id).unwrap().may_buy(tier, assignments), expected, "{id} {tier} {assignments}");
        }
    }

    #[test]
    fn each_does_what_it_says() {
        assert_eq!(effect("dev-call", ""), Ok(Effect::Coaching("dev-call".into())));
        assert_eq!(effect("debate-tactics", ""), Ok(Effect::GrantSkill("debate-tactics".into())));
        assert_eq!(effect("extra-budget", ""), Ok(Effect::FloorTurns(2)));
        assert_eq!(effect("tier-3", ""), Ok(Effect::UnlockTier(3)));
        assert_eq!(effect("extra-slot", ""), Ok(Effect::SkillSlots(1)));
        assert_eq!(effect("first-speaker", ""), Ok(Effect::FirstSpeaker));
        for (id, private) in [("private-request", true), ("public-request", false)] {
            let asked = Effect::AskFor(Request { private, text: "a course on costs".into() });
            assert_eq!(effect(id, " a course on costs\n"), Ok(asked));
            assert!(effect(id, " \n").unwrap_err().contains("needs words"));
        }
    }
}
