//! `amatelier:store`: things that can be bought, and what they promise.

use amatelier_types::{BuyAnswer, Buyer, FailureKind, PromisedEffect, StoreItem};

use super::{Returned, not_exported, offered};
use crate::{
    Call, Component, Ended, Limits, LoadError, Runtime, Stop,
    bindings::exports::amatelier::store::items::{self, Answer, Effect, GuestIndices, Item},
    component::Shape,
};

const INTERFACE: &str = "amatelier:store/items";

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<GuestIndices>, LoadError> {
    let Some(exported) = shape.exported(INTERFACE) else { return Ok(None) };
    shape.check::<(), (Vec<Item>,)>(&exported, "list-items")?;
    shape.check::<(&str, &items::Buyer), (Answer,)>(&exported, "may-buy")?;
    shape.check::<(&str, &items::Buyer, &str), (Result<Vec<Effect>, String>,)>(&exported, "redeem")?;
    shape.indices(&exported, GuestIndices::new).map(Some)
}

impl Runtime {
    /// Ask a store what it has: ids that are ids, each once, texts and prices within the limits of the call.
    pub async fn list_items(&self, component: &Component, call: Call) -> Ended<Vec<StoreItem>> {
        let Some(indices) = component.0.store.clone() else { return not_exported("store") };
        self.run(component, call, "list-items", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(Items(guest.call_list_items(store).await?)))
            })
        })
        .await
    }

    /// Ask a store whether somebody may buy an item.
    pub async fn may_buy(
        &self,
        component: &Component,
        call: Call,
        id: &str,
        who: &Buyer,
    ) -> Ended<BuyAnswer> {
        let Some(indices) = component.0.store.clone() else { return not_exported("store") };
        let (id, who) = (id.to_owned(), buyer(who));
        self.run(component, call, "may-buy", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(guest.call_may_buy(store, &id, &who).await?))
            })
        })
        .await
    }

    /// Ask a store what an item is to do for its buyer. The promise is bounded in size; whether it is kept is for the rules to say.
    pub async fn redeem(
        &self,
        component: &Component,
        call: Call,
        id: &str,
        who: &Buyer,
        note: &str,
    ) -> Ended<Vec<PromisedEffect>> {
        let Some(indices) = component.0.store.clone() else { return not_exported("store") };
        let (id, who, note) = (id.to_owned(), buyer(who), note.to_owned());
        self.run(component, call, "redeem", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(guest.call_redeem(store, &id, &who, &note).await?.map(Effects))
            })
        })
        .await
    }
}

fn buyer(who: &Buyer) -> items::Buyer {
    let most = if who.balance.is_negative() { i32::MIN } else { i32::MAX };
    items::Buyer {
        name: who.name.to_string(),
        balance: i32::try_from(who.balance.0).unwrap_or(most),
        tier: who.tier,
        assignments: who.assignments,
        rank: who.rank,
        owned: who.owned.clone(),
    }
}

/// All items of a component.
struct Items(Vec<Item>);

impl Returned for Items {
    type Plain = Vec<StoreItem>;

    fn bytes(&self) -> usize {
        let texts = |item: &Item| {
            [&item.id, &item.category, &item.lifetime, &item.name, &item.description].map(String::len)
        };
        self.0.iter().map(|item| size_of::<Item>() + texts(item).iter().sum::<usize>()).sum()
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        offered::count("items", self.0.len(), limits.offered_entries)?;
        offered::ids("the id of an item", self.0.iter().map(|item| item.id.as_str()), limits)?;
        for item in &self.0 {
            let of = |part: &str| format!("{part} of the item `{}`", item.id);
            offered::id(&of("the category"), &item.category, limits)?;
            if !["once", "consumable", "permanent"].contains(&item.lifetime.as_str()) {
                let why = format!("{} is none: once, consumable or permanent", of("the lifetime"));
                return offered::refuse(FailureKind::GuestError, why);
            }
            offered::line(of("the name"), &item.name, limits.offered_name_chars)?;
            offered::text(of("the description"), &item.description, limits.offered_text_chars)?;
            offered::price(format!("the item `{}`", item.id), item.suggested_price, limits)?;
        }
        Ok(())
    }

    fn into_plain(self) -> Vec<StoreItem> {
        let plain = |item: Item| StoreItem {
            id: item.id,
            category: item.category,
            lifetime: item.lifetime,
            suggested_price: item.suggested_price,
            name: item.name,
            description: offered::unix(item.description),
        };
        self.0.into_iter().map(plain).collect()
    }
}

impl Returned for Answer {
    type Plain = BuyAnswer;

    fn bytes(&self) -> usize {
        match self {
            Answer::Yes | Answer::PercentOff(_) => 0,
            Answer::No(why) => why.len(),
        }
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        match self {
            Answer::PercentOff(percent) if *percent > 100 => {
                offered::refuse(FailureKind::GuestError, format!("{percent} per cent off"))
            }
            Answer::No(why) => offered::line("the reason against a purchase", why, limits.reminder_chars),
            Answer::Yes | Answer::PercentOff(_) => Ok(()),
        }
    }

    fn into_plain(self) -> BuyAnswer {
        match self {
            Answer::Yes => BuyAnswer::Yes,
            Answer::PercentOff(percent) => BuyAnswer::PercentOff(percent),
            Answer::No(why) => BuyAnswer::No(why),
        }
    }
}

/// Everything that one item promises.
struct Effects(Vec<Effect>);

impl Returned for Effects {
    type Plain = Vec<PromisedEffect>;

    fn bytes(&self) -> usize {
        let texts = |effect: &Effect| match effect {
            Effect::GrantSkill(text) | Effect::Coaching(text) => text.len(),
            Effect::AskFor(request) => request.text.len(),
            Effect::Other((kind, text)) => kind.len() + text.len(),
            _ => 0,
        };
        self.0.iter().map(|effect| size_of::<Effect>() + texts(effect)).sum()
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        offered::count("effects", self.0.len(), limits.offered_parts)?;
        for effect in &self.0 {
            match effect {
                Effect::GrantSkill(id) => offered::skill_id("a granted skill", id, limits)?,
                Effect::Coaching(kind) => offered::id("a kind of coaching", kind, limits)?,
                Effect::AskFor(request) => {
                    offered::text("the text of a request", &request.text, limits.offered_text_chars)?;
                }
                Effect::Other((kind, text)) => {
                    offered::id("a kind of effect", kind, limits)?;
                    offered::perhaps_text("the text of an effect", text, limits.offered_text_chars)?;
                }
                Effect::FloorTurns(_)
                | Effect::StewardRequests(_)
                | Effect::FirstSpeaker
                | Effect::UnlockTier(_)
                | Effect::SkillSlots(_) => {}
            }
        }
        Ok(())
    }

    fn into_plain(self) -> Vec<PromisedEffect> {
        let plain = |effect: Effect| match effect {
            Effect::FloorTurns(turns) => PromisedEffect::FloorTurns(turns),
            Effect::StewardRequests(requests) => PromisedEffect::StewardRequests(requests),
            Effect::FirstSpeaker => PromisedEffect::FirstSpeaker,
            Effect::UnlockTier(tier) => PromisedEffect::UnlockTier(tier),
            Effect::SkillSlots(slots) => PromisedEffect::SkillSlots(slots),
            Effect::GrantSkill(id) => PromisedEffect::GrantSkill(id),
            Effect::Coaching(kind) => PromisedEffect::Coaching(kind),
            Effect::AskFor(request) => {
                PromisedEffect::AskFor { private: request.private, text: offered::unix(request.text) }
            }
            Effect::Other((kind, text)) => PromisedEffect::Other { kind, text: offered::unix(text) },
        };
        self.0.into_iter().map(plain).collect()
    }
}
