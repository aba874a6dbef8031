//! Skills in slots, and things that are given up.

use amatelier_types::{MemberName, Timestamp};

use crate::{Event, Ledger, Possession, PossessionState, PurchaseId, Refusal, Rules, operator::reasoned};

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

    /// The purchase that is meant by an item's id: the only one of the item that the member can give up.
    ///
    /// # Errors
    /// An item that the member does not have, that a running debate has, or of which there are several to choose from.
    pub fn purchase_of(&self, rules: &Rules, member: &MemberName, item: &str) -> Result<PurchaseId, Refusal> {
        let own = self.known(member)?.possessions().iter();
        let held: Vec<&Possession> = own.filter(|one| one.item == item && one.is_held()).collect();
        let free = held.iter().filter(|one| !matches!(one.state, PossessionState::Claimed(_)));
        let free: Vec<PurchaseId> = free.map(|one| one.purchase).collect();
        match (free.as_slice(), held.first()) {
            ([only], _) => Ok(*only),
            ([], Some(claimed)) => Err(kept(claimed).unwrap_or_else(|| not_owned(rules, member, item))),
            ([], None) => Err(not_owned(rules, member, item)),
            _ => Err(Refusal::Several { member: member.clone(), item: item.to_owned(), purchases: free }),
        }
    }

    /// Give up a purchase that the member owns or that waits for a debate; nothing is given back, and its item may be bought again.
    ///
    /// # Errors
    /// A purchase that is not the member's, that it has no more, or that a running debate has; slots that equipped skills need; no
    /// reason.
    pub fn retire(
        &self,
        rules: &Rules,
        member: &MemberName,
        purchase: PurchaseId,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let account = self.known(member)?;
        let named = account.possessions().iter().find(|one| one.purchase == purchase);
        let possession = named.ok_or_else(|| not_owned(rules, member, &purchase.to_string()))?;
        if let Some(refusal) = kept(possession) {
            return Err(refusal);
        }
        let reason = reasoned(rules, reason)?;
        let event = Event::ItemRetired {
            member: member.clone(),
            purchase,
            item: possession.item.clone(),
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
                item: possession.item.clone(),
                slots,
                equipped,
            });
        }
        Ok(vec![event])
    }
}

/// Why a purchase cannot be given up, if it cannot.
fn kept(possession: &Possession) -> Option<Refusal> {
    let purchase = possession.purchase;
    let why = match &possession.state {
        PossessionState::Owned | PossessionState::Waiting => return None,
        PossessionState::Claimed(roundtable) => {
            return Some(Refusal::Claimed { purchase, roundtable: roundtable.clone() });
        }
        PossessionState::Done => "it took effect when it was bought".to_owned(),
        PossessionState::Used(roundtable) => format!("{roundtable} used it up"),
        PossessionState::Retired(_) => "it was given up before".to_owned(),
    };
    Some(Refusal::NotHeld { purchase, why })
}

fn not_owned(rules: &Rules, member: &MemberName, what: &str) -> Refusal {
    Refusal::NotOwned { member: member.clone(), what: shown(rules, what) }
}

fn shown(rules: &Rules, text: &str) -> String {
    crate::words::excerpt(text, rules.bounds.id_chars)
}
