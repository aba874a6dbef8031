//! Which provider and which model answer for whom.
//!
//! One provider is the default one; members and labels may name others, and each is made when it is first needed. A rehearsal, or a
//! cassette that is played back, answers for everybody. Nobody is stood in for otherwise: who names a provider that is not set up is
//! refused before a debate opens.

mod absent;
mod error;
mod explained;
mod fitted;
mod local;
mod make;
mod meaning;
mod played;
mod state;
mod survey;
mod usual;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use amatelier_debate::Seat;
use amatelier_llm::{
    Billing, Candidate, Fallback, ListedModel, Longest, Price, Prices, Provider, Rate, Recording, Tape,
    rehearsal::Rehearsal,
};
use amatelier_workspace::{Choice, Config, Configuration, Keys, Mode, USUAL_LABELS};

use self::{absent::Absent, fitted::Fitted, meaning::Meaning, played::Played};
pub use self::{
    error::{ProviderError, Unset},
    explained::{Explained, State},
    local::find_local,
    survey::{Labelled, Offered, Source, Survey, Surveyed},
};
use crate::answering::Answering;

/// Every provider that can be asked, and the models that labels stand for. Cloning shares them.
#[derive(Clone)]
pub struct Providers {
    inner: Arc<Inner>,
    /// Whether nobody is asked anything; see [`Providers::imagined`].
    imagined: bool,
}

struct Inner {
    choice: Choice,
    /// Whose labels and models count where nobody is named: the mode, or whom a cassette stands in for.
    default: Mode,
    /// What is played back.
    played: Option<Played>,
    /// Where answers are recorded.
    tape: Option<Arc<Tape>>,
    configuration: Configuration,
    keys: Keys,
    prices: Arc<Prices>,
    /// The longest a turn may take.
    turn: Duration,
    /// Each is made when it is first needed.
    made: Mutex<BTreeMap<Mode, Made>>,
    /// The models of servers that have what somebody put there.
    listed: Mutex<BTreeMap<Mode, Vec<ListedModel>>>,
}

/// A provider, or why there is none.
type Made = Result<Arc<dyn Provider>, ProviderError>;

/// A member's model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub provider: String,
    pub model: String,
    pub context_tokens: u32,
}

/// Somebody who needs a model, as the team file says it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub who: &'a str,
    pub label: &'a str,
    pub provider: Option<&'a str>,
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Providers").field("choice", &self.inner.choice).finish_non_exhaustive()
    }
}

impl Providers {
    /// The providers of a configuration with its default one made, at these prices; `turn` is the longest a turn may take, so that no
    /// timer outlives it.
    ///
    /// # Errors
    /// What is wrong with the default one, or with a cassette.
    pub fn new(
        choice: &Choice,
        configuration: &Configuration,
        keys: &Keys,
        prices: Arc<Prices>,
        turn: Duration,
    ) -> Result<Self, ProviderError> {
        let config = &configuration.config;
        let played = match choice.mode {
            Mode::Cassette => Some(Played::open(config.cassette.file.as_deref())?),
            _ => None,
        };
        let default = played.as_ref().map_or(choice.mode, |played| played.stands_for(&config.mode));
        let tape = config.cassette.record.as_deref().map(Tape::open).transpose().map_err(played::bad)?;
        let inner = Inner {
            choice: choice.clone(),
            default,
            played,
            tape: tape.map(Arc::new),
            configuration: configuration.clone(),
            keys: keys.clone(),
            prices,
            turn,
            made: Mutex::default(),
            listed: Mutex::default(),
        };
        let providers = Providers { inner: Arc::new(inner), imagined: false };
        providers.provider(default)?;
        Ok(providers)
    }

    fn config(&self) -> &Config {
        &self.inner.configuration.config
    }

    fn default(&self) -> Mode {
        self.inner.default
    }

    /// Who answers where a provider is named.
    fn stand_in(&self, wanted: Mode) -> Mode {
        if self.default() == Mode::Rehearsal { Mode::Rehearsal } else { wanted }
    }

    /// The provider of a mode.
    fn provider(&self, mode: Mode) -> Made {
        let mut made = self.inner.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made.entry(mode).or_insert_with(|| make::provider(&self.inner, mode)).clone()?;
        Ok(if self.imagined { Arc::new(Longest::of(made)) } else { made })
    }

    /// The same with models that say as much as they may, and that nobody asks anything.
    pub(crate) fn imagined(&self) -> Providers {
        Providers { imagined: true, ..self.clone() }
    }

    fn listed(&self) -> MutexGuard<'_, BTreeMap<Mode, Vec<ListedModel>>> {
        self.inner.listed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ask servers that have what somebody put there which models they have, where nobody named one: the first is taken, for a local
    /// server usually has one. A server that does not tell is asked by label. `more` are providers that a team names.
    pub(crate) async fn look_around(&self, more: impl IntoIterator<Item = Mode>) {
        let labels = self.config().models.values().filter_map(|line| line.provider);
        let wanted: BTreeSet<Mode> =
            labels.chain(more).chain([self.default()]).map(|mode| self.stand_in(mode)).collect();
        for mode in wanted {
            // An Ollama server is asked in any case: how long a prompt may be is its models' to say.
            let is_open = mode == Mode::Ollama || self.config().model(mode).is_none();
            let is_known = self.listed().contains_key(&mode);
            if is_known || !is_open || !make::has_what_was_put_there(&self.inner, mode) {
                continue;
            }
            let Ok(provider) = self.provider(mode) else { continue };
            let models = provider.models().await;
            self.listed().insert(mode, models);
        }
    }

    /// The same for the default provider and those of labels.
    pub async fn discover(self) -> Self {
        self.look_around([]).await;
        self
    }

    /// Whether every provider that these people need is set up.
    ///
    /// # Errors
    /// All those that are not.
    pub(crate) fn check<'a>(
        &self,
        wanted: impl IntoIterator<Item = Wanted<'a>>,
    ) -> Result<(), ProviderError> {
        let mut unset = Vec::new();
        for wanted in wanted {
            match self.meant(wanted).map(|meaning| self.answer(&meaning)) {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => match error.needed_by(wanted.who) {
                    ProviderError::Unset(several) => unset.extend(several),
                    other => return Err(other),
                },
                Err(error) => return Err(error),
            }
        }
        if unset.is_empty() { Ok(()) } else { Err(ProviderError::Unset(unset)) }
    }

    /// Whether everybody who sits at a debate can be asked where the debate was opened.
    ///
    /// # Errors
    /// All those who cannot.
    pub(crate) fn check_seats(&self, asked: &[(&str, &str)]) -> Result<(), ProviderError> {
        let mut unset = Vec::new();
        for (who, mode) in named(asked) {
            match self.provider(self.stand_in(mode)).map_err(|error| error.needed_by(who)) {
                Ok(_) => {}
                Err(ProviderError::Unset(several)) => unset.extend(several),
                Err(error) => return Err(error),
            }
        }
        if unset.is_empty() { Ok(()) } else { Err(ProviderError::Unset(unset)) }
    }

    /// Look at what the servers have that those who sit at a debate are asked at: how long a prompt may be must not depend on whether the
    /// debate is being opened or goes on.
    pub(crate) async fn look_at_seats(&self, asked: &[(&str, &str)]) {
        self.look_around(named(asked).map(|(_, mode)| mode)).await;
    }

    /// The model of a member whose line says this.
    ///
    /// # Errors
    /// Its provider is not set up, or there is none of that name.
    pub(crate) fn assign(&self, wanted: Wanted<'_>) -> Result<Assigned, ProviderError> {
        let meaning = self.meant(wanted)?;
        let answering = self.answer(&meaning).map_err(|error| error.needed_by(wanted.who))?;
        Ok(Assigned {
            provider: meaning.mode.name().to_owned(),
            context_tokens: answering.provider.context_tokens(&answering.model),
            model: answering.model,
        })
    }

    /// What a member's line means.
    fn meant(&self, wanted: Wanted<'_>) -> Result<Meaning<'_>, ProviderError> {
        let provider =
            match wanted.provider.filter(|_| !self.inner.choice.mode.stands_in()).map(Mode::provider) {
                Some(Err(source)) => {
                    return Err(ProviderError::Unknown { who: wanted.who.to_owned(), source });
                }
                named => named.and_then(Result::ok),
            };
        Ok(self.meaning_of_line(wanted.label, provider))
    }

    /// The labels that a member can choose a model by: the usual ones and the operator's.
    pub fn labels(&self) -> Vec<String> {
        let own = self.config().models.keys().cloned();
        let labels: BTreeSet<String> = USUAL_LABELS.map(str::to_owned).into_iter().chain(own).collect();
        labels.into_iter().collect()
    }

    /// Who answers for a label. A component may name any: one whose provider is not set up is refused when it is asked.
    pub(crate) fn answering(&self, label: &str) -> Answering {
        let meaning = self.meaning(label);
        self.answer(&meaning).unwrap_or_else(|error| refusing(&meaning, &error))
    }

    /// Nobody answers for a label that the member may not run as, where its own model is not granted to its component.
    pub(crate) fn withheld(&self, label: &str) -> Answering {
        let meaning = self.meaning(label);
        let why = format!(
            "a member cannot run as `{label}` for the fee that it paid, and its own model is not granted"
        );
        Answering::plain(Arc::new(Absent { name: meaning.mode.name(), why }), meaning.model.clone())
    }

    /// Who answers where the operator named a label or a model.
    pub(crate) fn answering_line(&self, said: &str) -> Answering {
        let meaning = self.meaning_of_line(said, None);
        self.answer(&meaning).unwrap_or_else(|error| refusing(&meaning, &error))
    }

    /// Who answers for a seat, as it was pinned when the debate was opened. What the label says besides counts as long as it means the
    /// same model.
    pub(crate) fn pinned(&self, provider: &str, label: &str, model: &str) -> Answering {
        let mode = self.stand_in(provider.parse().unwrap_or(self.default()));
        let line = self.config().models.get(label);
        let now = self.meaning(label);
        let line = line.filter(|_| (now.mode, now.model.as_str()) == (mode, model));
        let meaning = Meaning { mode, model: model.to_owned(), line };
        self.answer(&meaning).unwrap_or_else(|error| refusing(&meaning, &error))
    }

    fn answer(&self, meaning: &Meaning<'_>) -> Result<Answering, ProviderError> {
        let first = self.candidate(meaning)?;
        let others = self.others(meaning)?;
        let rate = self.rate(meaning.mode.name(), &meaning.model, first.provider.billing(), 0);
        let answers: Arc<dyn Provider> = match others.is_empty() {
            true => first.provider,
            false => Arc::new(Fallback::new(first, others)),
        };
        let answers = match &self.inner.tape {
            Some(tape) if !self.imagined => Arc::new(Recording::new(Fitted::of(answers), tape.clone())),
            _ => answers,
        };
        let line = meaning.line.cloned().unwrap_or_default();
        Ok(Answering {
            rate,
            temperature: line.temperature,
            effort: line.effort,
            max_tokens: line.max_tokens,
            ..Answering::plain(answers, meaning.model.clone())
        })
    }

    /// Who answers when the one that is meant is down, in this order. Labels lead nowhere twice: the configuration is refused where one
    /// leads back.
    fn others(&self, meaning: &Meaning<'_>) -> Result<Vec<Candidate>, ProviderError> {
        let mut others = Vec::new();
        // Whoever stands in for all has nobody behind it: a call that went on to another one is recorded as one.
        let mut next = meaning.line.filter(|_| !self.inner.choice.mode.stands_in());
        while let Some(label) = next.and_then(|line| line.fallback.as_deref()) {
            let meaning = self.meaning(label);
            others.push(self.candidate(&meaning).map_err(|error| error.needed_by(label))?);
            next = meaning.line;
        }
        Ok(others)
    }

    fn candidate(&self, meaning: &Meaning<'_>) -> Result<Candidate, ProviderError> {
        let inner = self.provider(meaning.mode)?;
        // What was recorded of a model comes with its size.
        let context_tokens = self.inner.played.is_none().then(|| self.context_tokens(meaning)).flatten();
        Ok(Candidate { provider: Arc::new(Fitted { inner, context_tokens }), model: meaning.model.clone() })
    }

    /// How many tokens a model takes, as the operator or its server says, or as it is known of the model.
    fn context_tokens(&self, meaning: &Meaning<'_>) -> Option<u32> {
        let told = meaning.line.and_then(|line| line.context_tokens);
        if meaning.mode == Mode::Ollama {
            // It knows its models, and how much of them to load.
            return told;
        }
        let configured = || self.config().context_tokens(meaning.mode);
        let listed = || {
            let listed = self.listed();
            listed.get(&meaning.mode)?.iter().find(|model| model.id == meaning.model)?.context_tokens
        };
        let known = || self.inner.prices.context_tokens(self.seller(meaning.mode.name()), &meaning.model);
        told.or_else(configured).or_else(listed).or_else(known)
    }

    /// What a request to a model costs whose prompt has so many tokens.
    pub(crate) fn rate(&self, provider: &str, model: &str, billing: Billing, prompt_tokens: u64) -> Rate {
        match billing {
            Billing::Free => Rate::Known(Price::FREE),
            Billing::Metered | Billing::Subscription => {
                self.inner.prices.rate_for(self.seller(provider), model, prompt_tokens)
            }
        }
    }

    /// Whether an answer under this label costs money.
    pub fn costs(&self, label: &str) -> bool {
        !matches!(self.answering_line(label).rate.known(), Some(Price::FREE))
    }

    /// Whether anybody who sits at a debate, or any label that a component may name, answers for money.
    pub(crate) fn is_paid<'a>(&self, seats: impl IntoIterator<Item = &'a Seat>) -> bool {
        let seats = seats.into_iter().map(|seat| self.pinned(&seat.provider, &seat.label, &seat.model));
        let labels = self.labels();
        let labels = labels.iter().map(|label| self.answering(label));
        seats.chain(labels).any(|answering| answering.provider.billing() != Billing::Free)
    }

    /// Whose price list counts: a server that is OpenAI's own under another name has OpenAI's prices.
    fn seller<'a>(&self, provider: &'a str) -> &'a str {
        let is_openai = provider.parse().is_ok_and(|mode| make::is_openai(&self.inner, mode));
        if is_openai { Mode::OpenAi.name() } else { provider }
    }

    /// Where what is asked under a label goes, beyond this machine; none where it stays here, or nobody can be asked.
    pub fn beyond(&self, label: &str) -> Vec<String> {
        let mut places = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut next = Some(label.to_owned());
        // A fallback may be elsewhere.
        while let Some(label) = next.take().filter(|label| seen.insert(label.clone())) {
            let meaning = self.meaning_of_line(&label, None);
            places.extend(self.place_of(meaning.mode));
            next = meaning.line.and_then(|line| line.fallback.clone());
        }
        places.into_iter().collect()
    }

    /// Where a provider is, if it is set up and not on this machine.
    pub fn place_of(&self, mode: Mode) -> Option<String> {
        let mode = self.stand_in(mode);
        self.provider(mode).ok().filter(|_| self.inner.played.is_none())?;
        make::place(&self.inner, mode)
    }

    /// What was chosen and why, and what else is there.
    pub fn explained(&self) -> Explained {
        state::explained(self)
    }
}

/// Who asks a provider, and which.
fn named<'a>(asked: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = (&'a str, Mode)> {
    asked.iter().filter_map(|(who, provider)| Some((*who, provider.parse().ok()?)))
}

fn refusing(meaning: &Meaning<'_>, error: &ProviderError) -> Answering {
    let absent = Absent { name: meaning.mode.name(), why: error.to_string() };
    Answering::plain(Arc::new(absent), meaning.model.clone())
}

impl Inner {
    fn rehearsed(mode: Mode) -> Option<String> {
        (mode == Mode::Rehearsal).then(|| Rehearsal::NAME.to_owned())
    }
}

#[cfg(test)]
mod tests;
