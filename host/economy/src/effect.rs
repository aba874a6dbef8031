//! What a bought thing does. A store component promises; only what passes [`check`] here can be bought.
//!
//! In this order: the effects together (some, not too many, each kind once, fitting the item's lifetime), then each by itself against
//! its bound, then whether what it needs is installed. The first thing that is wrong is the reason.

use std::{collections::BTreeSet, fmt};

use amatelier_types::PromisedEffect;
use serde::{Deserialize, Serialize};

use crate::{Bounds, Lifetime, Tiers, words};

/// A checked effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "effect")]
pub enum Effect {
    /// More floor turns in the debate that claims it.
    FloorTurns {
        /// How many.
        turns: u32,
    },
    /// More requests to the Steward in the debate that claims it.
    StewardRequests {
        /// How many.
        requests: u32,
    },
    /// The first word in the debate that claims it.
    FirstSpeaker,
    /// A tier.
    UnlockTier {
        /// Which.
        tier: u32,
    },
    /// More places for skills.
    SkillSlots {
        /// How many.
        slots: u32,
    },
    /// A skill.
    GrantSkill {
        /// Its id.
        skill: String,
    },
    /// A session with the coach.
    Coaching {
        /// Of which kind.
        kind: String,
    },
    /// A request.
    AskFor {
        /// Whether the operator alone reads it.
        private: bool,
        /// What is asked for.
        text: String,
    },
}

/// What the workspace has, apart from the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installed {
    /// Whether somebody can hold a coaching session.
    pub coach: bool,
    /// Ids of the skills that can be taught.
    pub skills: BTreeSet<String>,
}

/// Why an item's effects were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EffectRefusal {
    /// Nothing would happen.
    #[error("it does nothing")]
    Nothing,
    /// Too many at once.
    #[error("it has {effects} effects; {most} are the most")]
    TooMany {
        /// How many there are.
        effects: usize,
        /// How many there may be.
        most: u32,
    },
    /// Two of a kind.
    #[error("it has two effects of the kind {0}")]
    Twice(&'static str),
    /// A boost that never ends, a service that waits.
    #[error("{kind} does not go with an item that is {lifetime}")]
    Lifetime {
        /// The effect.
        kind: &'static str,
        /// The item's lifetime.
        lifetime: Lifetime,
    },
    /// A number out of bounds.
    #[error("{kind} of {value}: from 1 to {most} is possible")]
    OutOfBounds {
        /// The effect.
        kind: &'static str,
        /// What was promised.
        value: u32,
        /// The most.
        most: u32,
    },
    /// A text that is no id.
    #[error("{kind}: `{id}` is no id")]
    BadId {
        /// The effect.
        kind: &'static str,
        /// The beginning of the text, escaped.
        id: String,
    },
    /// A text that is empty, too long or has control characters.
    #[error("{kind}: a text of 1 to {most} characters is needed")]
    BadText {
        /// The effect.
        kind: &'static str,
        /// The most characters.
        most: u32,
    },
    /// Nobody teaches it.
    #[error("no skill `{0}` is installed")]
    NoSuchSkill(String),
    /// Nobody coaches.
    #[error("no coach is installed")]
    NoCoach,
    /// Nobody here knows what that is.
    #[error("this version does not know the effect `{0}`")]
    Unknown(String),
}

impl Effect {
    /// The kind of effect, as its component names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Effect::FloorTurns { .. } => "floor-turns",
            Effect::StewardRequests { .. } => "steward-requests",
            Effect::FirstSpeaker => "first-speaker",
            Effect::UnlockTier { .. } => "unlock-tier",
            Effect::SkillSlots { .. } => "skill-slots",
            Effect::GrantSkill { .. } => "grant-skill",
            Effect::Coaching { .. } => "coaching",
            Effect::AskFor { .. } => "ask-for",
        }
    }

    /// The lifetime of items that may do this: what helps in one debate is used up by it, what changes a member stays, what is done
    /// for it is done.
    pub fn lifetime(&self) -> Lifetime {
        match self {
            Effect::FloorTurns { .. } | Effect::StewardRequests { .. } | Effect::FirstSpeaker => {
                Lifetime::Consumable
            }
            Effect::UnlockTier { .. } | Effect::SkillSlots { .. } | Effect::GrantSkill { .. } => {
                Lifetime::Permanent
            }
            Effect::Coaching { .. } | Effect::AskFor { .. } => Lifetime::Once,
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Effect::FloorTurns { turns } => write!(f, "{turns} more floor turns in the next debate"),
            Effect::StewardRequests { requests } => write!(f, "{requests} more requests in the next debate"),
            Effect::FirstSpeaker => f.write_str("the first word in the next debate"),
            Effect::UnlockTier { tier } => write!(f, "tier {tier}"),
            Effect::SkillSlots { slots } => write!(f, "{slots} more skill slots"),
            Effect::GrantSkill { skill } => write!(f, "the skill {skill}"),
            Effect::Coaching { kind } => write!(f, "a coaching session ({kind})"),
            Effect::AskFor { private: true, .. } => f.write_str("a private request"),
            Effect::AskFor { private: false, .. } => f.write_str("a public request"),
        }
    }
}

/// The effects that a component promised, checked.
///
/// # Errors
/// The first thing that is wrong; see the module's documentation for the order.
pub fn check(
    promised: Vec<PromisedEffect>,
    lifetime: Lifetime,
    bounds: &Bounds,
    tiers: &Tiers,
    installed: &Installed,
) -> Result<Vec<Effect>, EffectRefusal> {
    if promised.is_empty() {
        return Err(EffectRefusal::Nothing);
    }
    if promised.len() > usize::try_from(bounds.effects).unwrap_or(usize::MAX) {
        return Err(EffectRefusal::TooMany { effects: promised.len(), most: bounds.effects });
    }
    let effects: Vec<Effect> =
        promised.into_iter().map(|effect| named(effect, bounds)).collect::<Result<_, _>>()?;
    let mut kinds = BTreeSet::new();
    for effect in &effects {
        // Several skills in one item are a course; everything else is added up by its author.
        if !matches!(effect, Effect::GrantSkill { .. }) && !kinds.insert(effect.kind()) {
            return Err(EffectRefusal::Twice(effect.kind()));
        }
        if effect.lifetime() != lifetime {
            return Err(EffectRefusal::Lifetime { kind: effect.kind(), lifetime });
        }
        check_one(effect, bounds, tiers)?;
    }
    for effect in &effects {
        match effect {
            Effect::GrantSkill { skill } if !installed.skills.contains(skill) => {
                return Err(EffectRefusal::NoSuchSkill(skill.clone()));
            }
            Effect::Coaching { .. } if !installed.coach => return Err(EffectRefusal::NoCoach),
            _ => {}
        }
    }
    Ok(effects)
}

fn named(promised: PromisedEffect, bounds: &Bounds) -> Result<Effect, EffectRefusal> {
    Ok(match promised {
        PromisedEffect::FloorTurns(turns) => Effect::FloorTurns { turns },
        PromisedEffect::StewardRequests(requests) => Effect::StewardRequests { requests },
        PromisedEffect::FirstSpeaker => Effect::FirstSpeaker,
        PromisedEffect::UnlockTier(tier) => Effect::UnlockTier { tier },
        PromisedEffect::SkillSlots(slots) => Effect::SkillSlots { slots },
        PromisedEffect::GrantSkill(skill) => Effect::GrantSkill { skill },
        PromisedEffect::Coaching(kind) => Effect::Coaching { kind },
        PromisedEffect::AskFor { private, text } => Effect::AskFor { private, text },
        PromisedEffect::Other { kind, .. } => {
            return Err(EffectRefusal::Unknown(words::excerpt(&kind, bounds.id_chars)));
        }
    })
}

fn check_one(effect: &Effect, bounds: &Bounds, tiers: &Tiers) -> Result<(), EffectRefusal> {
    let kind = effect.kind();
    let within = |value: u32, most: u32| {
        if (1..=most).contains(&value) {
            Ok(())
        } else {
            Err(EffectRefusal::OutOfBounds { kind, value, most })
        }
    };
    let id = |is_id: bool, id: &str| {
        if is_id {
            Ok(())
        } else {
            Err(EffectRefusal::BadId { kind, id: words::excerpt(id, bounds.id_chars) })
        }
    };
    match effect {
        Effect::FloorTurns { turns } => within(*turns, bounds.floor_turns),
        Effect::StewardRequests { requests } => within(*requests, bounds.steward_requests),
        Effect::FirstSpeaker => Ok(()),
        Effect::UnlockTier { tier } => within(*tier, tiers.highest()),
        Effect::SkillSlots { slots } => within(*slots, bounds.skill_slots),
        Effect::GrantSkill { skill } => id(words::is_skill_id(skill, bounds.id_chars), skill),
        Effect::Coaching { kind } => id(words::is_id(kind, bounds.id_chars), kind),
        Effect::AskFor { text, .. } if words::is_text(text, bounds.text_chars) => Ok(()),
        Effect::AskFor { .. } => Err(EffectRefusal::BadText { kind, most: bounds.text_chars }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(promised: Vec<PromisedEffect>, lifetime: Lifetime) -> Result<Vec<Effect>, String> {
        let installed =
            Installed { coach: false, skills: ["debate-tactics", "3d-models"].map(str::to_owned).into() };
        check(promised, lifetime, &Bounds::default(), &Tiers::default(), &installed)
            .map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn what_a_component_promises_within_bounds_is_taken() {
        use PromisedEffect as P;
        for (promised, lifetime) in [
            (P::FloorTurns(4), Lifetime::Consumable),
            (P::StewardRequests(3), Lifetime::Consumable),
            (P::FirstSpeaker, Lifetime::Consumable),
            (P::UnlockTier(3), Lifetime::Permanent),
            (P::SkillSlots(2), Lifetime::Permanent),
            (P::GrantSkill("debate-tactics".into()), Lifetime::Permanent),
            (P::GrantSkill("3d-models".into()), Lifetime::Permanent),
            (P::AskFor { private: true, text: "a course on costs".into() }, Lifetime::Once),
        ] {
            let effects = checked(vec![promised.clone()], lifetime).unwrap();
            assert_eq!(effects.len(), 1, "{promised:?}");
        }
    }

    #[test]
    fn what_goes_beyond_is_refused_with_the_reason() {
        use PromisedEffect as P;
        let long = "x".repeat(1_000_000);
        for (promised, lifetime, reason) in [
            (vec![], Lifetime::Once, "it does nothing"),
            (vec![P::FirstSpeaker; 5], Lifetime::Consumable, "it has 5 effects; 4 are the most"),
            (vec![P::FirstSpeaker; 2], Lifetime::Consumable, "it has two effects of the kind first-speaker"),
            (
                vec![P::FloorTurns(2)],
                Lifetime::Permanent,
                "floor-turns does not go with an item that is permanent",
            ),
            (vec![P::UnlockTier(1)], Lifetime::Once, "unlock-tier does not go with an item that is once"),
            (vec![P::FloorTurns(0)], Lifetime::Consumable, "floor-turns of 0: from 1 to 4 is possible"),
            (vec![P::FloorTurns(5)], Lifetime::Consumable, "floor-turns of 5: from 1 to 4 is possible"),
            (
                vec![P::StewardRequests(u32::MAX)],
                Lifetime::Consumable,
                "steward-requests of 4294967295: from 1 to 3 is possible",
            ),
            (vec![P::UnlockTier(4)], Lifetime::Permanent, "unlock-tier of 4: from 1 to 3 is possible"),
            (vec![P::SkillSlots(3)], Lifetime::Permanent, "skill-slots of 3: from 1 to 2 is possible"),
            (vec![P::GrantSkill("../x".into())], Lifetime::Permanent, "grant-skill: `../x` is no id"),
            (vec![P::GrantSkill("magic".into())], Lifetime::Permanent, "no skill `magic` is installed"),
            (vec![P::Coaching("plan".into())], Lifetime::Once, "no coach is installed"),
            (
                vec![P::AskFor { private: true, text: " ".into() }],
                Lifetime::Once,
                "ask-for: a text of 1 to 2000 characters is needed",
            ),
            (
                vec![P::AskFor { private: true, text: long.clone() }],
                Lifetime::Once,
                "ask-for: a text of 1 to 2000 characters is needed",
            ),
            (
                vec![P::Other { kind: "mint".into(), text: "100".into() }],
                Lifetime::Once,
                "this version does not know the effect `mint`",
            ),
        ] {
            assert_eq!(checked(promised, lifetime).unwrap_err(), reason);
        }
        let reason =
            checked(vec![P::Other { kind: long.clone(), text: long.clone() }], Lifetime::Once).unwrap_err();
        assert!(reason.len() < 200, "{}", reason.len());
        let reason =
            checked(vec![P::GrantSkill(format!("\u{1b}[2J{long}"))], Lifetime::Permanent).unwrap_err();
        assert!(reason.len() < 200 && !reason.contains('\u{1b}'), "{reason}");
    }
}
