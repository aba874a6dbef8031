//! What a season will hold: everything that is the same for all its debates, written down when it opens, so that going on with it needs
//! nothing but its id.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

/// One of the tasks that its debates take in turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SeasonTask {
    /// The question, one line.
    pub topic: String,
    /// The file as it was named, for people.
    pub file: String,
    /// The text, as it was when the season opened.
    pub briefing: String,
    /// The folder of its registered files, absolute. They are looked at anew when a debate opens.
    pub root: PathBuf,
}

/// The plan of a season.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SeasonPlan {
    /// How many debates.
    pub debates: u32,
    /// The tasks, in turn: the first debate takes the first, and after the last comes the first again.
    pub tasks: Vec<SeasonTask>,
    /// The seed of the first debate; each one after it has the next.
    pub seed: u64,
    /// Who debates; empty means the team's workers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workers: Vec<String>,
    /// Who does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
    /// Leave naomi and every member on gemini out.
    #[serde(default)]
    pub skip_naomi: bool,
    /// Refuse a debate with an entry that cannot be registered.
    #[serde(default)]
    pub strict: bool,
    /// Settings that were typed, such as `money.max-cost`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
}

/// Numbers above this one are not the same in every reader of JSON.
const LARGEST_SEED: u64 = (1 << 53) - 1;

impl SeasonPlan {
    /// The task of the n-th debate, from 1.
    pub fn task(&self, n: u32) -> Option<&SeasonTask> {
        let place = usize::try_from(n.checked_sub(1)?).ok()?;
        self.tasks.get(place.checked_rem(self.tasks.len())?)
    }

    /// The seed of the n-th debate, from 1.
    pub fn seed(&self, n: u32) -> u64 {
        self.seed.wrapping_add(u64::from(n.saturating_sub(1))) & LARGEST_SEED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_taken_in_turn_and_seeds_one_after_the_other() {
        let task = |topic: &str| SeasonTask {
            topic: topic.into(),
            file: String::new(),
            briefing: String::new(),
            root: PathBuf::new(),
        };
        let plan =
            SeasonPlan { tasks: vec![task("a"), task("b")], seed: LARGEST_SEED, ..SeasonPlan::default() };
        let topics: Vec<_> = (1..=5).map(|n| plan.task(n).unwrap().topic.as_str()).collect();
        assert_eq!(topics, ["a", "b", "a", "b", "a"]);
        assert_eq!([plan.seed(1), plan.seed(2), plan.seed(3)], [LARGEST_SEED, 0, 1]);
        assert_eq!((plan.task(0), SeasonPlan::default().task(1)), (None, None));
    }
}
