//! Skills in slots, and things that are given up.

use amatelier_types::{MemberName, Timestamp};

use crate::{Event, Ledger, Possession, PossessionState, Refusal, Rules, operator::reasoned};

impl Ledger {
    /// Put a skill into a slot.
    ///
    /// # Errors
    /// A skill that the member does not have or has equipped; no free slot.
    pub fn equip(
        &self,
        rules: &Rules,
        member: &MemberName,
        skill: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let account = self.known(member)?;
        if !account.has_skill(skill) {
            return Err(Refusal::NotOwned { member: member.clone(), what: shown(rules, skill) });
        }
        if account.equipped().iter().any(|equipped| equipped == skill) {
            return Err(Refusal::AlreadyEquipped { skill: skill.to_owned() });
        }
        if account.fitting(&[skill.to_owned()], rules).is_empty() {
            return Err(Refusal::NoSlot { member: member.clone(), slots: account.slots(rules) });
        }
        Ok(vec![Event::SkillEquipped { member: member.clone(), skill: skill.to_owned(), at }])
    }

    /// Take a skill out of its slot.
    ///
    /// # Errors
    /// A skill that is in none.
    pub fn unequip(
        &self,
        rules: &Rules,
        member: &MemberName,
        skill: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let account = self.known(member)?;
        if !account.equipped().iter().any(|equipped| equipped == skill) {
            return Err(Refusal::NotEquipped { skill: shown(rules, skill) });
        }
        Ok(vec![Event::SkillUnequipped { member: member.clone(), skill: skill.to_owned(), at }])
    }

    /// Give up an item that the member owns or that waits for a debate; nothing is given back, and it may be bought again.
    ///
    /// # Errors
    /// An item that the member does not have, or that a running debate has; slots that equipped skills need; no reason.
    pub fn retire(
        &self,
        rules: &Rules,
        member: &MemberName,
        item: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let account = self.known(member)?;
        let mut own = account.possessions().iter().rev().filter(|one| one.item == item && one.is_held());
        let held: Vec<&Possession> = own.by_ref().collect();
        let Some(possession) = held.iter().find(|one| !matches!(one.state, PossessionState::Claimed(_)))
        else {
            return Err(match held.first().map(|one| (one.purchase, &one.state)) {
                Some((purchase, PossessionState::Claimed(roundtable))) => {
                    Refusal::Claimed { purchase, roundtable: roundtable.clone() }
                }
                _ => Refusal::NotOwned { member: member.clone(), what: shown(rules, item) },
            });
        };
        let reason = reasoned(rules, reason)?;
        let event = Event::ItemRetired {
            member: member.clone(),
            purchase: possession.purchase,
            item: item.to_owned(),
            reason,
            at,
        };
        let mut after = self.clone();
        after.apply(&event);
        let left = after.known(member)?;
        let (slots, equipped) = (left.slots(rules), u32::try_from(left.equipped().len()).unwrap_or(u32::MAX));
        if equipped > slots {
            return Err(Refusal::SlotsInUse {
                member: member.clone(),
                item: item.to_owned(),
                slots,
                equipped,
            });
        }
        Ok(vec![event])
    }
}

fn shown(rules: &Rules, text: &str) -> String {
    crate::words::excerpt(text, rules.bounds.id_chars)
}
