//! The debate: who speaks when, what a turn means, when it is over. Pure.
//!
//! Outcomes go in, events come out, actions are derived: [`Debate::open`], [`Debate::decide`], [`Debate::apply`], [`Debate::next`].
//! There is no clock, no file, no task and no randomness in here beyond the seed of the [`Setup`]; whoever drives a debate keeps the
//! events, carries the actions out and comes back with what happened. The rules are those of the design's chapter "A debate";
//! each constant names its source.

mod action;
mod bounds;
mod call_rights;
mod called;
mod control;
mod debate;
mod decide;
mod digest;
mod draw;
mod event;
mod labels;
mod lesson;
mod looked_up;
mod lookups;
mod marked;
mod marking;
mod moderation;
mod note;
mod outcome;
mod record;
mod requests;
mod score;
mod scoring;
mod setup;
mod speech;
mod standing;
mod steering;
mod stop;
mod table;
mod tags;
mod ware;
mod words;

pub use action::{Action, ActionId, Task};
pub use amatelier_types::{Moderation, VentureTier};
pub use call_rights::CallRights;
pub use called::Called;
pub use debate::Debate;
pub use digest::{
    Budget, ComponentUse, Digest, DigestMember, GateBonus, SanctionLine, SparkLine, StopLine, TranscriptLine,
    TurnLine, VentureLine,
};
pub use event::{Duty, Ending, Event, HeldAnswer, Posted};
pub use labels::Labels;
pub use lesson::{Lesson, Reminder};
pub use looked_up::{CitationLine, LookupLine};
pub use marked::{MemberScore, OtherScores, ScoringSection};
pub use note::{Note, Notebook};
pub use outcome::{Answer, Asked, Ballot, Outcome, Spent};
pub use record::SpeechCitation;
pub use score::{CheckedCard, Scores, check as check_ballot};
pub use setup::{Caps, Extras, Pinned, Rules, Seat, Setup, StewardSeat};
pub use steering::INTERJECTION_CHARS;
pub use stop::{PauseReason, Stop, StopReason};
pub use tags::{requests, ventures};
pub use ware::Ware;
pub use words::{WordSet, jaccard};
