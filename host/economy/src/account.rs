//! What the ledger knows of one member.

use std::collections::BTreeMap;

use amatelier_types::{RoundtableId, Sparks, Timestamp};

use crate::{Average, Effect, Possession, PossessionState, Rules};

/// One settled debate, as its last revision has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebateResult {
    /// The debate.
    pub roundtable: RoundtableId,
    /// What its marks earned.
    pub award: Sparks,
    /// Marks, gate bonuses and sanctions together.
    pub gross: Sparks,
    /// The entry fee.
    pub fee: Sparks,
    /// What it brought.
    pub net: Sparks,
    /// When it was first settled.
    pub at: Timestamp,
}

/// A member's account. It ends with its identity; who comes after it under the same name starts anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub(crate) identity: u32,
    pub(crate) balance: Sparks,
    pub(crate) results: Vec<DebateResult>,
    /// Results before this place were already decided upon.
    pub(crate) streak_from: usize,
    pub(crate) possessions: Vec<Possession>,
    pub(crate) given_skills: Vec<String>,
    pub(crate) equipped: Vec<String>,
    pub(crate) promoted: u32,
    /// The debates it sat out, if it is on the bench.
    pub(crate) bench: Option<u32>,
    /// How many debates it entered with each skill.
    pub(crate) uses: BTreeMap<String, u32>,
}

impl Account {
    pub(crate) fn of(identity: u32) -> Self {
        Account {
            identity,
            balance: Sparks::ZERO,
            results: Vec::new(),
            streak_from: 0,
            possessions: Vec::new(),
            given_skills: Vec::new(),
            equipped: Vec::new(),
            promoted: 0,
            bench: None,
            uses: BTreeMap::new(),
        }
    }

    /// Which of the members that had this name it belongs to, from 1.
    pub fn identity(&self) -> u32 {
        self.identity
    }

    /// What it has; below zero where it owes.
    pub fn balance(&self) -> Sparks {
        self.balance
    }

    /// Every settled debate, in the order in which they were first settled.
    pub fn results(&self) -> &[DebateResult] {
        &self.results
    }

    /// How many debates were settled with it.
    pub fn assignments(&self) -> u32 {
        u32::try_from(self.results.len()).unwrap_or(u32::MAX)
    }

    /// What its marks earned on average.
    pub fn average(&self) -> Average {
        self.results.iter().fold(Average::default(), |mut average, result| {
            average.add(result.award);
            average
        })
    }

    /// Everything it ever bought, in order.
    pub fn possessions(&self) -> &[Possession] {
        &self.possessions
    }

    /// The effects of everything that is owned for good.
    fn lasting(&self) -> impl Iterator<Item = &Effect> {
        let owned = self.possessions.iter().filter(|possession| possession.state == PossessionState::Owned);
        owned.flat_map(|possession| &possession.effects)
    }

    /// Its tier: the highest that it was promoted to or owns.
    pub fn tier(&self) -> u32 {
        let unlocked = self.lasting().filter_map(|effect| match effect {
            Effect::UnlockTier { tier } => Some(*tier),
            _ => None,
        });
        unlocked.max().unwrap_or(0).max(self.promoted)
    }

    /// Places for skills: those of its tier and those it bought, within the bound.
    pub fn slots(&self, rules: &Rules) -> u32 {
        let bought = self.lasting().filter_map(|effect| match effect {
            Effect::SkillSlots { slots } => Some(*slots),
            _ => None,
        });
        let all = bought.fold(rules.tiers.slots(self.tier()), u32::saturating_add);
        all.min(rules.bounds.slots_per_member)
    }

    /// The skills that it has, in the order in which it got them.
    pub fn skills(&self) -> Vec<&str> {
        let bought = self.lasting().filter_map(|effect| match effect {
            Effect::GrantSkill { skill } => Some(skill.as_str()),
            _ => None,
        });
        let mut skills = Vec::new();
        for skill in bought.chain(self.given_skills.iter().map(String::as_str)) {
            if !skills.contains(&skill) {
                skills.push(skill);
            }
        }
        skills
    }

    /// Whether it has a skill.
    pub fn has_skill(&self, skill: &str) -> bool {
        self.skills().contains(&skill)
    }

    /// The skills in its slots, in the order in which they were put there.
    pub fn equipped(&self) -> &[String] {
        &self.equipped
    }

    /// How many debates it entered with a skill in a slot.
    pub fn uses(&self, skill: &str) -> u32 {
        self.uses.get(skill).copied().unwrap_or(0)
    }

    /// How many debates it has sat out, if it is on the bench.
    pub fn bench(&self) -> Option<u32> {
        self.bench
    }

    /// New skills that find a free slot, in order.
    pub(crate) fn fitting(&self, skills: &[String], rules: &Rules) -> Vec<String> {
        let taken = u32::try_from(self.equipped.len()).unwrap_or(u32::MAX);
        let free = usize::try_from(self.slots(rules).saturating_sub(taken)).unwrap_or(usize::MAX);
        let fresh = skills.iter().filter(|skill| !self.equipped.contains(skill));
        fresh.take(free).cloned().collect()
    }

    pub(crate) fn equip(&mut self, skill: &str) {
        if !self.equipped.iter().any(|equipped| equipped == skill) {
            self.equipped.push(skill.to_owned());
        }
    }

    /// Take out of the slots what is not owned any more.
    pub(crate) fn drop_unowned(&mut self) {
        let owned: Vec<String> = self.skills().into_iter().map(str::to_owned).collect();
        self.equipped.retain(|skill| owned.contains(skill));
    }
}
