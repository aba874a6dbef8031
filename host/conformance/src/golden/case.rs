//! A case as its author wrote it.

use std::collections::BTreeMap;

use amatelier_plugins::Problem;
use amatelier_runtime::Ware;
use amatelier_types::{Capabilities, MemberName, Seed, Sparks};

use super::Expectation;
use crate::{Occasion, Reply, Table};

/// A debate on paper and what is called in it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Whom the component plays.
    pub member: MemberName,
    /// The debate before the first call.
    pub table: Table,
    /// The last round there can be.
    pub max_rounds: u32,
    /// Where chance comes from.
    pub seed: Seed,
    /// The member's tier.
    pub tier: u32,
    /// What is granted; none means all that the plugin asks for.
    pub allow: Option<Capabilities>,
    /// What the operator set.
    pub settings: BTreeMap<String, String>,
    /// The persona's documents.
    pub documents: BTreeMap<String, String>,
    /// Notes that were there before.
    pub notes: BTreeMap<String, String>,
    /// Registered files, by name.
    pub files: Vec<(String, String)>,
    /// How many questions the member may put to the Steward.
    pub requests: u32,
    /// What models answer, in order.
    pub models: Vec<Reply>,
    /// What is on sale.
    pub wares: Vec<Ware>,
    /// What the member can pay.
    pub balance: Sparks,
    /// In order; never empty.
    pub calls: Vec<PlannedCall>,
}

/// A call and what is expected of it.
#[derive(Clone, Debug)]
pub struct PlannedCall {
    /// The line on which it stands, from 1.
    pub line: usize,
    /// The call.
    pub occasion: Occasion,
    /// What is expected.
    pub expect: Expectation,
}

/// Why a text is no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// It is larger than anybody would write.
    #[error("a case has at most {} bytes, and this one has {bytes}", Case::BYTES)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Everything that is wrong with it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
}

impl Case {
    /// The largest case, in bytes: a long transcript is a tenth of that.
    pub const BYTES: usize = 1 << 20;
    /// The most calls of a case.
    pub const CALLS: usize = 64;
}
