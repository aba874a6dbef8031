//! A debate on paper, in which a plugin is tested without a model, a network, a workspace or a clock.
//!
//! [`VirtualHost`] stands behind a component as the engine does in a debate: a transcript, models that answer from a list, registered
//! files, a store, a notebook. The same host and the same component give the same bytes. On it stand the two tests that a plugin goes
//! through: golden cases, which its author writes ([`Case`]), and the conformance suite of each world that it exports ([`conform`]),
//! which the bundled components pass, too.
//!
//! It refuses to guess: a case that is written wrongly is not run, and everything that is wrong with it is said at once.

#![deny(missing_docs)]

mod golden;
mod occasion;
mod played;
mod returned;
mod subject;
mod suite;
mod virtual_host;

pub use golden::{
    Case, CaseError, CaseReport, Expectation, GoldenError, GoldenState, PlannedCall, Unmet, Update, cases_in,
    run_case,
};
pub use occasion::Occasion;
pub use played::Played;
pub use returned::Returned;
pub use subject::{Subject, SubjectError};
pub use suite::{Checked, Fault, Terms, Verdict, conform, conform_in};
pub use virtual_host::{Answering, Reply, Script, Stock, Table, VirtualHost};
