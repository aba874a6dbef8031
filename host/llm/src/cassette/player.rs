//! A provider that answers from a cassette.

use std::{
    collections::BTreeMap,
    fs::File,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use amatelier_types::Sha256;

use super::{
    BadCassette,
    form::{Asked, Entry, Occasion},
    miss,
    reel::Reel,
};
use crate::{Billing, Error, ListedModel, Provider, Reply, Request, Wire};

/// A cassette that is played.
///
/// Of recordings of the same request, those of the same call of the same turn come first, then the others, each once and in the order in
/// which they were recorded. A failure that was followed by an answer is passed over: it is the answer that a debate went on with.
#[derive(Clone, Debug)]
pub struct Cassette {
    reel: Arc<Played>,
    /// Whose place it takes; nobody's in particular if empty.
    stands_for: String,
}

#[derive(Debug)]
struct Played {
    entries: Vec<Entry>,
    by_hash: BTreeMap<Sha256, Vec<usize>>,
    /// Which were played, by place.
    played: Mutex<Vec<bool>>,
}

impl Cassette {
    /// The name of the provider.
    pub const NAME: &str = "cassette";

    /// What a model takes that nothing was recorded of, in tokens.
    pub(super) const CONTEXT_TOKENS: u32 = 200_000;

    /// Read this file. Blocks while it does.
    ///
    /// # Errors
    /// [`BadCassette`].
    pub fn open(path: &Path) -> Result<Cassette, BadCassette> {
        let file = File::open(path).map_err(|source| BadCassette::File { path: path.to_owned(), source })?;
        let reel = Reel::read(&file, path)?;
        if reel.whole == 0 {
            return Err(BadCassette::NoCassette { path: path.to_owned() });
        }
        let mut by_hash: BTreeMap<Sha256, Vec<usize>> = BTreeMap::new();
        for (place, entry) in reel.entries.iter().enumerate() {
            by_hash.entry(entry.hash).or_default().push(place);
        }
        let played = Mutex::new(vec![false; reel.entries.len()]);
        let reel = Arc::new(Played { entries: reel.entries, by_hash, played });
        Ok(Cassette { reel, stands_for: String::new() })
    }

    /// The same cassette in the place of a provider that was recorded: it says of itself what that one said, so that requests come out
    /// the same. What was played stays played.
    #[must_use]
    pub fn in_place_of(&self, provider: &str) -> Cassette {
        Cassette { reel: Arc::clone(&self.reel), stands_for: provider.to_owned() }
    }

    /// The providers and models that were recorded, in alphabetical order.
    pub fn recorded(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<_> = self
            .reel
            .entries
            .iter()
            .map(|entry| (entry.provider.clone(), entry.request.model.clone()))
            .collect();
        pairs.sort();
        pairs.dedup();
        pairs
    }

    /// How many calls were recorded.
    pub fn len(&self) -> usize {
        self.reel.entries.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.reel.entries.is_empty()
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        let ours = |entry: &&Entry| self.stands_for.is_empty() || entry.provider == self.stands_for;
        self.reel.entries.iter().filter(ours)
    }
}

impl Played {
    /// The recording that is next for this request.
    fn next(&self, hash: Sha256, occasion: &Occasion) -> Option<&Entry> {
        let places = self.by_hash.get(&hash)?;
        let entry = |place: &usize| self.entries.get(*place);
        let mut played = self.played.lock().unwrap_or_else(PoisonError::into_inner);
        let left: Vec<usize> =
            places.iter().copied().filter(|place| played.get(*place).is_some_and(|played| !played)).collect();
        let of_turn = |place: &&usize| entry(place).is_some_and(|entry| entry.occasion.is_turn_of(occasion));
        let lasting = |place: &&usize| entry(place).is_some_and(|entry| !entry.answer.may_pass());
        let this_turn: Vec<usize> = left.iter().filter(of_turn).copied().collect();
        let pool = if this_turn.is_empty() { left } else { this_turn };
        let place = pool.iter().find(lasting).or(pool.first())?;
        // Those before it in the pool were passed over, and are over.
        for passed in pool.iter().take_while(|passed| *passed <= place) {
            if let Some(flag) = played.get_mut(*passed) {
                *flag = true;
            }
        }
        entry(place)
    }
}

#[async_trait::async_trait]
impl Provider for Cassette {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn context_tokens(&self, model: &str) -> u32 {
        let of_model = self.entries().find(|entry| entry.request.model == model);
        of_model.or_else(|| self.entries().next()).map_or(Self::CONTEXT_TOKENS, |entry| entry.context_tokens)
    }

    fn has_tools(&self) -> bool {
        self.entries().next().is_some_and(|entry| entry.has_tools)
    }

    fn billing(&self) -> Billing {
        Billing::Free
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let (asked, occasion) = (Asked::of(request), Occasion::of(&request.facts));
        let hash = asked.hash();
        let Some(entry) = self.reel.next(hash, &occasion) else {
            let recorded = self.reel.by_hash.get(&hash).map_or(0, Vec::len);
            let reason = miss::told(&asked, &occasion, recorded, &self.reel.entries);
            return Err(Error::Unavailable { provider: Self::NAME.into(), reason });
        };
        wire.before_request(1).await?;
        let answer = entry.answer.played(&entry.provider);
        match &answer {
            Ok(reply) => {
                if let Some(id) = &reply.response_id {
                    wire.response_id(1, id);
                }
                wire.text(1, &reply.text);
            }
            Err(error) => wire.request_failed(1, &error.to_string()),
        }
        answer
    }

    async fn models(&self) -> Vec<ListedModel> {
        let mut models: Vec<ListedModel> = self
            .entries()
            .map(|entry| ListedModel {
                id: entry.request.model.clone(),
                context_tokens: Some(entry.context_tokens),
                price: None,
            })
            .collect();
        models.sort_by(|a, b| a.id.cmp(&b.id));
        models.dedup_by(|a, b| a.id == b.id);
        models
    }
}
