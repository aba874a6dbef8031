//! Golden cases: a debate on paper in `tests/*.toml`, calls in it, and what is expected of them.
//!
//! Read strictly ([`Case`]), run on a virtual host ([`run_case`]), held against what their author expects ([`Expectation`]) and, where
//! there is one, against the `.golden` file beside the case ([`GoldenState`]), which holds every result and every prompt that was asked.

mod call;
mod case;
mod expectation;
mod files;
mod read;
mod run;
mod snapshot;
mod texts;

pub use self::{
    case::{Case, CaseError, PlannedCall},
    expectation::{Expectation, Unmet},
    files::{GoldenError, cases_in},
    run::{CaseReport, Update, run_case},
    snapshot::GoldenState,
};
