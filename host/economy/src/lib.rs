//! The economy: what debates earn and cost, what is bought, staked, equipped and asked for, who is on the bench. Pure.
//!
//! A [`Ledger`] is folded from [`Event`]s. Its other methods read it, and say what should happen as events to be appended as a whole
//! and applied, or why not as a [`Refusal`]. There is no clock, no file, no task, no chance and no fraction in here. The rules are
//! those of the design's chapters "Sparks" and "Store and skills"; the numbers are [`Rules`], each with its source.
//!
//! Two things hold whatever happens, and are tested over random histories: a balance is the sum of its postings, each with a cause of
//! its own; and nothing is bought or staked that is not covered. They hold only if whoever appends events has decided them on a ledger
//! that has seen every event before them.

mod account;
mod answer_request;
mod apply;
mod audit;
mod average;
mod bought;
mod buy;
mod catalog;
mod cause;
mod effect;
mod enter;
mod entered;
mod event;
mod ids;
mod ledger;
mod lifetime;
mod offer;
mod operator;
mod possession;
mod posting;
mod reckon;
mod refusal;
mod relegation;
mod request;
mod rules;
mod scored;
mod settle;
mod settlement;
mod sitting;
mod skills;
mod stake;
mod standing;
mod venture;
mod void;
mod words;

pub use account::{Account, DebateResult};
pub use audit::{Audit, Fault, Tally};
pub use average::Average;
pub use bought::Bought;
pub use buy::Order;
pub use catalog::{BadCatalog, Catalog, Entry, Shelf, ShelfProblem};
pub use cause::Cause;
pub use effect::{Effect, EffectRefusal, Installed, check as check_effects};
pub use enter::{Opening, Seated, StewardPresence};
pub use entered::{Claim, Entered, Entrant, Perks};
pub use event::{Event, Net, RelegationVerdict, VentureOutcome, VoidReason};
pub use ids::{BadPurchaseId, BadRequestId, BadVentureId, PurchaseId, RequestId, VentureId};
pub use ledger::Ledger;
pub use lifetime::{BadLifetime, Lifetime};
pub use offer::Offer;
pub use possession::{Possession, PossessionState};
pub use posting::{Category, Posting};
pub use refusal::Refusal;
pub use relegation::Decision;
pub use request::{Request, RequestState};
pub use rules::{Bounds, Fees, RelegationRules, Rules, Terms, Tiers, VentureRules, VentureTerms};
pub use scored::{Card, Gate, Sanction, Scored};
pub use settlement::{AgedRequest, MemberSettlement, Settlement};
pub use sitting::{Sitting, SittingState};
pub use stake::Stake;
pub use standing::{Standing, Window};
pub use venture::{Venture, VentureState};
