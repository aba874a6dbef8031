//! Attacks on the store by somebody who buys.

use std::hint::black_box;

use amatelier_sdk::{
    market::{self, Refusal},
    sparks,
};

use crate::{ESCAPES, MIB};

/// Buys without end.
pub(crate) fn flood() {
    loop {
        black_box(market::buy("bell", "")).ok();
    }
}

/// Things that nobody sells, and notes that nobody reads.
pub(crate) fn odd() -> String {
    let long = "x".repeat(MIB / 2);
    let ids = ["", "..", "bell\0", ESCAPES, "-1", long.as_str()];
    let unknown =
        ids.iter().filter(|id| matches!(market::buy(id, ""), Err(Refusal::UnknownItem | Refusal::Denied(_))));
    let unknown = unknown.count();
    let note = matches!(market::buy("bell", &long), Err(Refusal::Other(_)));
    format!("{unknown} of {} are nothing to be had; a long note is refused: {note}", ids.len())
}

/// Everything there is, without a grant.
pub(crate) fn everything() -> String {
    let read = (sparks::balance(), sparks::history(0).len(), sparks::leaderboard().len());
    let seen = (market::catalog().len(), market::inventory().len());
    format!("{read:?} {seen:?} {:?}", market::buy("bell", "please"))
}
