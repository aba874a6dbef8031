//! The store and the school: components that sit at no table.
//!
//! The [`Shop`] is the catalog with what its components export; the [`School`] is what skill components and people's own `SKILL.md`
//! folders teach. Both are opened anew by whoever needs them. Components are not trusted: what they say is measured by the runtime and
//! bounded by the rules, and one that answers badly is left out, with a reason, and closes neither. What a debate needs of them is pinned
//! in its setup, so that nothing is asked again when it is run again.

mod absent;
mod blackboard;
mod buying;
mod counter;
mod learners;
mod own_skill;
mod pinning;
mod purse;
mod school;
mod store;
mod warning;

pub use buying::BuyError;
pub use counter::{Counter, Slot};
pub(crate) use learners::pupils;
pub(crate) use pinning::{Pupil, said};
pub(crate) use purse::purse;
pub use school::{School, SchoolError, Teachable};
pub use store::Shop;
pub use warning::ShopWarning;
