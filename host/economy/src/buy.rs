//! Buying.
//!
//! In this order: the member has an account and does not owe; what lasts is not owned yet; the item's component agrees, within the
//! bounds of a discount; the balance covers the price; what the item would do is checked, alone and against what the member already
//! has. Only then is anything posted: price, ownership and what follows are one event.

use amatelier_types::{BuyAnswer, Buyer, MemberName, PromisedEffect, Sparks, Timestamp};

use crate::{
    Account, Bought, Category, Cause, Effect, Event, Installed, Ledger, Lifetime, Offer, PossessionState,
    Posting, Refusal, Rules, effect, operator::check_assignments, words,
};

/// A member buys.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Who.
    pub member: &'a MemberName,
    /// What.
    pub offer: &'a Offer,
    /// What the item's component says to that.
    pub answer: BuyAnswer,
    /// What the item's component wants it to do.
    pub promised: Vec<PromisedEffect>,
    /// What the buyer writes.
    pub note: &'a str,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// What a store component is told about a member.
    ///
    /// # Errors
    /// A member without an account.
    pub fn buyer(&self, member: &MemberName) -> Result<Buyer, Refusal> {
        let account = self.known(member)?;
        let mut owned: Vec<String> =
            account.possessions().iter().filter(|one| one.is_held()).map(|one| one.item.clone()).collect();
        owned.sort();
        owned.dedup();
        Ok(Buyer {
            name: member.clone(),
            balance: account.balance(),
            tier: account.tier(),
            assignments: account.assignments(),
            rank: self.rank(member).unwrap_or(u32::MAX),
            owned,
        })
    }

    /// What a member would pay, given what the item's component says: everything that can be known before the component is asked what
    /// the item does.
    ///
    /// # Errors
    /// A member that has no account, owes, owns the item, has boosts enough, may not have it, or has too little.
    pub fn quote(
        &self,
        rules: &Rules,
        member: &MemberName,
        offer: &Offer,
        answer: &BuyAnswer,
    ) -> Result<Sparks, Refusal> {
        let account = self.known(member)?;
        self.cover(member, Sparks::ZERO)?;
        let owned = account
            .possessions()
            .iter()
            .any(|one| one.item == offer.id && one.state == PossessionState::Owned);
        if offer.lifetime == Lifetime::Permanent && owned {
            return Err(Refusal::AlreadyOwned { member: member.clone(), item: offer.id.clone() });
        }
        if offer.lifetime == Lifetime::Consumable {
            let boosts = account.possessions().iter().filter(|one| one.lifetime == Lifetime::Consumable);
            let (waiting, most) = (boosts.filter(|one| one.is_held()).count(), rules.bounds.waiting_boosts);
            if reaches(waiting, most) {
                return Err(Refusal::TooManyBoosts { member: member.clone(), waiting, most });
            }
        }
        let price = price(rules, member, offer, answer)?;
        self.cover(member, price)?;
        Ok(price)
    }

    /// Buy.
    ///
    /// # Errors
    /// Everything that [`Ledger::quote`] refuses; effects that are out of bounds, need what is not installed, or give the member
    /// nothing; a request beside too many that are open.
    pub fn buy(&self, rules: &Rules, installed: &Installed, order: Order<'_>) -> Result<Vec<Event>, Refusal> {
        let Order { member, offer, answer, promised, note, at } = order;
        let price = self.quote(rules, member, offer, &answer)?;
        let account = self.known(member)?;
        let effects = effect::check(promised, offer.lifetime, &rules.bounds, &rules.tiers, installed)
            .map_err(|why| Refusal::Effect { item: offer.id.clone(), why })?;
        check_use(rules, member, account, offer, &effects)?;
        let asks = effects.iter().any(|effect| matches!(effect, Effect::AskFor { .. }));
        if asks {
            self.check_requests(rules, member)?;
        }
        let purchase = self.next_purchase();
        let posting = Posting {
            member: member.clone(),
            amount: -price,
            category: Category::StorePurchase,
            reason: offer.name.clone(),
            roundtable: None,
            cause: Cause::purchase(purchase),
        };
        let mut bought = Bought {
            purchase,
            member: member.clone(),
            item: offer.id.clone(),
            name: offer.name.clone(),
            category: offer.category.clone(),
            lifetime: offer.lifetime,
            listed: offer.price,
            price,
            effects,
            note: words::excerpt(note, rules.bounds.text_chars),
            equipped: Vec::new(),
            request: None,
            postings: Some(posting).filter(|posting| posting.amount != Sparks::ZERO).into_iter().collect(),
            at,
        };
        bought.request = asks.then(|| self.next_request());
        bought.equipped = newly_equipped(rules, account, &bought);
        Ok(vec![Event::ItemBought(Box::new(bought))])
    }

    /// Whether a member may ask for one more thing.
    fn check_requests(&self, rules: &Rules, member: &MemberName) -> Result<(), Refusal> {
        let own = self.open_requests().filter(|request| request.member == *member);
        let (open, most) = (own.count(), rules.bounds.open_requests);
        if reaches(open, most) {
            return Err(Refusal::TooManyRequests { member: member.clone(), open, most });
        }
        Ok(())
    }
}

fn reaches(count: usize, most: u32) -> bool {
    usize::try_from(most).is_ok_and(|most| count >= most)
}

fn price(rules: &Rules, member: &MemberName, offer: &Offer, answer: &BuyAnswer) -> Result<Sparks, Refusal> {
    match answer {
        BuyAnswer::Yes => Ok(offer.price),
        BuyAnswer::PercentOff(percent) if *percent > rules.bounds.percent_off => {
            let most = rules.bounds.percent_off;
            Err(Refusal::AbsurdDiscount { item: offer.id.clone(), percent: *percent, most })
        }
        // What is taken off is rounded down: the store keeps the fraction.
        BuyAnswer::PercentOff(percent) => {
            let off = offer.price.0.saturating_mul(i64::from(*percent)) / 100;
            Ok(offer.price - Sparks(off))
        }
        BuyAnswer::No(why) => Err(Refusal::NotEligible {
            member: member.clone(),
            item: offer.id.clone(),
            why: words::excerpt(why, rules.bounds.text_chars),
        }),
    }
}

/// Whether the member may have the effects and gains by each of them.
fn check_use(
    rules: &Rules,
    member: &MemberName,
    account: &Account,
    offer: &Offer,
    effects: &[Effect],
) -> Result<(), Refusal> {
    let useless =
        |why: String| Err(Refusal::NotEligible { member: member.clone(), item: offer.id.clone(), why });
    for effect in effects {
        match effect {
            Effect::UnlockTier { tier } => {
                if *tier <= account.tier() {
                    return useless(format!("it has tier {} already", account.tier()));
                }
                check_assignments(rules, member, account, *tier)?;
            }
            Effect::GrantSkill { skill } if account.has_skill(skill) => {
                return Err(Refusal::AlreadyOwned { member: member.clone(), item: skill.clone() });
            }
            Effect::SkillSlots { .. } if account.slots(rules) >= rules.bounds.slots_per_member => {
                return useless(format!("it has {} skill slots, the most there are", account.slots(rules)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A skill that is bought goes into a free slot at once, so that who bought it has it in its next debate. Slots that come with it count.
fn newly_equipped(rules: &Rules, account: &Account, bought: &Bought) -> Vec<String> {
    let skills: Vec<String> = bought
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::GrantSkill { skill } => Some(skill.clone()),
            _ => None,
        })
        .collect();
    if skills.is_empty() {
        return Vec::new();
    }
    let mut after = account.clone();
    after.possessions.push(crate::Possession::of(bought));
    after.fitting(&skills, rules)
}
