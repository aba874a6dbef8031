//! The registered files, as far as a claim is looked for in them.

use std::collections::BTreeMap;

use amatelier_sdk::steward::{self, Hit};

/// The most lines of one search that are looked at.
const HITS: u32 = 200;

/// Where lines are searched for.
pub(crate) trait Desk {
    /// The lines that match, in any case.
    fn grep(&mut self, pattern: &str) -> Vec<Hit>;

    /// The first line of a file.
    fn head(&mut self, file: &str) -> Option<String>;
}

/// The files of the debate. What cannot be looked up is not there.
#[derive(Default)]
pub(crate) struct Registered {
    heads: BTreeMap<String, Option<String>>,
}

impl Desk for Registered {
    fn grep(&mut self, pattern: &str) -> Vec<Hit> {
        steward::grep(pattern).ignoring_case().at_most(HITS).hits().unwrap_or_default()
    }

    fn head(&mut self, file: &str) -> Option<String> {
        let read = |file: &str| steward::read(file, 1, 1).ok().map(|excerpt| excerpt.text);
        self.heads.entry(file.to_owned()).or_insert_with(|| read(file)).clone()
    }
}
