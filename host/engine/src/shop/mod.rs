//! The store and the school: components that sit at no table.
//!
//! The [`Shop`] is the catalog with what its components export; the [`School`] is what skill components and people's own `SKILL.md`
//! folders teach. Both are opened anew by whoever needs them. Components are not trusted: what they say is measured by the runtime and
//! bounded by the rules, and one that answers badly is left out, with a reason, and closes neither. What a debate needs of them is pinned
//! in its setup, so that nothing is asked again when it is run again.

mod absent;
mod blackboard;
mod budget;
mod buying;
mod counter;
mod fitting;
mod hearing;
mod learners;
mod own_skill;
mod pinning;
mod posting;
mod purse;
mod refused;
mod school;
mod store;
mod turn_market;
mod vendor;
mod warning;

pub use buying::BuyError;
pub use counter::Counter;
pub(crate) use fitting::fit;
pub(crate) use learners::{learner, pupils};
pub(crate) use pinning::{Class, Pupil, said};
pub(crate) use posting::{Posted, post};
pub(crate) use purse::purse;
pub use school::{School, SchoolError, Teachable};
pub use store::Shop;
pub(crate) use turn_market::{Answer as MarketAnswer, BUY, Purchase, Till, TurnMarket};
pub(crate) use vendor::Vendor;
pub use warning::ShopWarning;
