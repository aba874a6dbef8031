//! The calls of one turn against its journal: what an earlier attempt was answered is found again, what is new is numbered.
//!
//! An answer is looked up by function, request hash and how often that request was made in this turn, over all attempts at the action.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use amatelier_debate::Spent;
use amatelier_journal::{RequestKey, StoredCall};
use amatelier_types::{Sha256, Usage};

use crate::{
    cover::Cover,
    recorded::{COMPLETE, RecordedRequest},
    uncertain::Lost,
};

/// What tells one call of a turn from another.
type Key = (String, Sha256, u32);

/// See the module's documentation.
pub(crate) struct Calls {
    answers: HashMap<Key, Vec<u8>>,
    /// Answers that only attempts before the last one got. The last one may have gone another way, with another consent.
    earlier: HashSet<Key>,
    /// What was asked and never answered: requests left, and nobody knows whether they arrived.
    lost: HashMap<Key, Lost>,
    /// Whether any of them offered tools to a model.
    tools: Option<bool>,
    tally: Mutex<Tally>,
}

/// What the turn did so far.
#[derive(Default)]
struct Tally {
    calls: u32,
    asked: HashMap<(String, Sha256), u32>,
    spent: Spent,
    missing: Option<String>,
    abandoned: Vec<(RequestKey, Cover)>,
}

/// A call that was just numbered.
pub(crate) struct Numbered {
    /// Its place in the turn, from 1.
    pub ordinal: u32,
    /// How often this request was made in the turn, from 1.
    pub occurrence: u32,
    /// What it was answered before.
    pub answer: Option<Vec<u8>>,
    /// What earlier attempts at it left without an answer.
    pub lost: Lost,
}

impl Calls {
    /// The calls of all attempts at an action so far.
    pub(crate) fn of(stored: Vec<StoredCall>) -> Self {
        let (mut answers, mut lost) = (HashMap::new(), HashMap::<Key, Lost>::new());
        let asked = stored.iter().filter(|call| call.function == COMPLETE);
        let tools = asked
            .map(|call| {
                let request = serde_json::from_slice::<RecordedRequest>(&call.request);
                request.is_ok_and(|request| !request.tools.is_empty())
            })
            .reduce(|one, other| one || other);
        let last = stored.iter().map(|call| call.attempt).max().unwrap_or_default();
        let mut earlier = HashSet::new();
        for call in stored {
            let attempt = call.attempt;
            let key = (call.function.clone(), call.request_hash, call.occurrence);
            if call.answer.is_none() {
                lost.entry(key.clone()).or_default().add(&call);
            }
            if let Some(bytes) = call.answer {
                if attempt < last {
                    earlier.insert(key.clone());
                }
                answers.insert(key, bytes);
            }
        }
        Calls { answers, earlier, lost, tools, tally: Mutex::default() }
    }

    /// Whether any of them offered tools to a model; none where no model was asked. Whoever goes on with an action goes on as it began,
    /// or nothing of what it was answered is found again.
    pub(crate) fn had_tools(&self) -> Option<bool> {
        self.tools
    }

    /// Number a call and look for its answer.
    pub(crate) fn number(&self, function: &str, request: Sha256) -> Numbered {
        let mut tally = self.tally();
        tally.calls += 1;
        let ordinal = tally.calls;
        let times = tally.asked.entry((function.to_owned(), request)).or_default();
        *times += 1;
        let occurrence = *times;
        let key = (function.to_owned(), request, occurrence);
        Numbered {
            ordinal,
            occurrence,
            answer: self.answers.get(&key).cloned(),
            lost: self.lost.get(&key).cloned().unwrap_or_default(),
        }
    }

    /// A replayed turn asked for something that the journal does not have; says what.
    pub(crate) fn miss(&self, ordinal: u32) -> String {
        let missing = format!("call {ordinal} is not in the journal");
        self.tally().missing = Some(missing.clone());
        missing
    }

    pub(crate) fn spend(&self, usage: Usage) {
        self.tally().spent.usage += usage;
    }

    pub(crate) fn resend(&self, requests: u32) {
        self.tally().spent.resent += requests;
    }

    /// So many requests took nobody knows what.
    pub(crate) fn uncertain(&self, requests: u32) {
        self.tally().spent.uncertain += requests;
    }

    /// Nobody listens to the answer of a request any more.
    pub(crate) fn abandon(&self, request: RequestKey, cover: Cover) {
        self.tally().abandoned.push((request, cover));
    }

    /// The requests whose answers nobody listens to; they took nobody knows what.
    pub(crate) fn take_abandoned(&self) -> Vec<(RequestKey, Cover)> {
        let mut tally = self.tally();
        let abandoned = std::mem::take(&mut tally.abandoned);
        tally.spent.uncertain += u32::try_from(abandoned.len()).unwrap_or(u32::MAX);
        abandoned
    }

    /// The calls that were asked and never answered.
    pub(crate) fn lost(&self) -> impl Iterator<Item = &Lost> {
        let answered = |key: &&Key| self.answers.contains_key(*key);
        self.lost.iter().filter(move |(key, lost)| lost.times > 0 && !answered(key)).map(|(_, lost)| lost)
    }

    /// What the turn took.
    pub(crate) fn spent(&self) -> Spent {
        self.tally().spent
    }

    /// What a replayed turn asked that the journal does not have, and how many answers of the journal it did not ask for.
    pub(crate) fn strayed(&self) -> (Option<String>, usize) {
        let tally = self.tally();
        let asked = |(function, hash, occurrence): &Key| {
            tally.asked.get(&(function.clone(), *hash)).is_some_and(|times| times >= occurrence)
        };
        let unasked = self.answers.keys().filter(|key| !self.earlier.contains(key) && !asked(key)).count();
        (tally.missing.clone(), unasked)
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        // Counters: whoever panicked left them as good as they were.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
