//! A cassette in the place of every provider.
//!
//! What is played has to be asked for as it was: by the provider and the model that answered then. Labels are read as ever; where that
//! leads to a model that was not recorded, and only one was that can be meant, that one is.

use std::{collections::BTreeSet, path::Path};

use amatelier_llm::{BadCassette, Cassette};
use amatelier_workspace::Mode;

use super::{ProviderError, Unset};

/// A cassette and what is on it.
pub(super) struct Played {
    cassette: Cassette,
    recorded: Vec<(Mode, String)>,
}

pub(super) fn bad(error: BadCassette) -> ProviderError {
    ProviderError::Cassette(error.to_string())
}

impl Played {
    pub(super) fn open(file: Option<&Path>) -> Result<Self, ProviderError> {
        let Some(file) = file else {
            let (why, remedy) = ("no file is named".to_owned(), "name it with --cassette FILE".to_owned());
            return Err(ProviderError::Unset(vec![Unset { who: None, mode: Mode::Cassette, why, remedy }]));
        };
        let cassette = Cassette::open(file).map_err(bad)?;
        let recorded = cassette.recorded().into_iter();
        let recorded =
            recorded.filter_map(|(provider, model)| Some((provider.parse().ok()?, model))).collect();
        Ok(Played { cassette, recorded })
    }

    /// Whom it stands in for where nobody is named: the configured provider if it was recorded, else the one with the most models.
    pub(super) fn stands_for(&self, configured: &str) -> Mode {
        let recorded: BTreeSet<Mode> = self.recorded.iter().map(|(mode, _)| *mode).collect();
        let named = Mode::provider(configured).ok().filter(|mode| recorded.contains(mode));
        let models = |mode: &Mode| self.recorded.iter().filter(|(own, _)| own == mode).count();
        named.or_else(|| recorded.into_iter().rev().max_by_key(models)).unwrap_or(Mode::Cassette)
    }

    /// The cassette in the place of a provider.
    pub(super) fn in_place_of(&self, mode: Mode) -> Cassette {
        self.cassette.in_place_of(mode.name())
    }

    /// What was recorded of what is meant.
    pub(super) fn nearest(&self, mode: Mode, model: String) -> (Mode, String) {
        let is_there = self.recorded.iter().any(|(own, recorded)| (*own, recorded) == (mode, &model));
        let of_mode: Vec<_> = self.recorded.iter().filter(|(own, _)| *own == mode).collect();
        match (is_there, of_mode.as_slice(), self.recorded.as_slice()) {
            (false, [only], _) => (*only).clone(),
            (false, [], [only]) => only.clone(),
            _ => (mode, model),
        }
    }
}
