//! The small words that every other crate uses: ids, names, hashes, units.
//!
//! Newtypes, and the plain shapes that cross the plugin border (a move, a verdict, a scorecard), which the pure rules and the plugin
//! runtime share without knowing each other. Nothing here knows a clock, a file or a database, and nothing here decides anything:
//! text is checked once, at the border, and is trusted from then on.

mod capability;
mod citing;
mod component_name;
mod failure;
mod finding;
mod hash;
mod judgement;
mod member_name;
mod message;
mod moderation;
mod nearest;
mod phase;
mod role;
mod roundtable_id;
mod scorecard;
mod seed;
mod skill;
mod sparks;
mod store;
mod timestamp;
mod turn;
mod units;
mod venture_tier;
mod world;

pub use capability::{Capabilities, Capability, UnknownCapability};
pub use citing::{Cited, citations_in, cited_in};
pub use component_name::{BadComponentName, ComponentName};
pub use failure::{Failure, FailureKind};
pub use finding::{Citation, FileRead, Finding, LookupOutcome, RegisteredFile};
pub use hash::{BadSha256, Sha256};
pub use judgement::{Intervention, Verdict};
pub use member_name::{BadMemberName, MemberName};
pub use message::{Message, MessageKind};
pub use moderation::Moderation;
pub use nearest::nearest;
pub use phase::{BadPhase, Phase};
pub use role::Role;
pub use roundtable_id::{BadRoundtableId, RoundtableId};
pub use scorecard::{Axis, Insight, Mark, Scorecard};
pub use seed::Seed;
pub use skill::{Learner, Skill};
pub use sparks::Sparks;
pub use store::{BuyAnswer, Buyer, PromisedEffect, StoreItem};
pub use timestamp::Timestamp;
pub use turn::{Exchange, Move, Turn};
pub use units::{BadAmount, MicroUsd, Tokens, Usage};
pub use venture_tier::{BadVentureTier, VentureTier};
pub use world::{UnknownWorld, World};
