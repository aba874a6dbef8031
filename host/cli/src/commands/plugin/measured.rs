//! What is known of plugins beside their files: whether their code is compiled, and what was measured of them in debates.

use std::collections::BTreeMap;

use amatelier_engine::plugins::{PluginState, PluginStatistics, Plugins};
use amatelier_plugins::Installed;
use amatelier_types::Sha256;
use amatelier_workspace::Realm;
use serde::Serialize;

use super::standing::{self, Stands, State};
use crate::{context::Context, failure::Failure};

/// What was measured of a plugin, of debates or, where it has been in none, of rehearsals.
#[derive(Clone, Serialize)]
pub(crate) struct Measured {
    /// `debates` or `rehearsals`.
    pub of: &'static str,
    #[serde(flatten)]
    pub numbers: PluginStatistics,
}

/// All of it, read at once.
pub(super) struct House {
    plugins: Plugins,
    measured: BTreeMap<(String, Option<Sha256>), Measured>,
}

impl House {
    pub(super) fn of(context: &Context) -> Result<Self, Failure> {
        let plugins = Plugins::of(&context.workspace);
        let mut measured = BTreeMap::new();
        // Real debates come last, and take the places of rehearsals.
        for (realm, of) in [(Realm::Play, "rehearsals"), (Realm::Real, "debates")] {
            let mut all = plugins.statistics(realm)?;
            all.sort_by_key(|numbers| numbers.last_call);
            for numbers in all {
                let (name, digest) = (numbers.plugin.clone(), numbers.digest);
                // By its name alone, the bytes that were called last.
                measured.insert((name.clone(), None), Measured { of, numbers: numbers.clone() });
                measured.insert((name, Some(digest)), Measured { of, numbers });
            }
        }
        Ok(House { plugins, measured })
    }

    /// What was measured of these bytes; of those that were called last, where nothing locks them.
    pub(super) fn measured(&self, name: &str, digest: Option<Sha256>) -> Option<Measured> {
        self.measured.get(&(name.to_owned(), digest)).cloned()
    }

    /// Where a plugin stands, with whether its code is there.
    pub(super) fn standing(&self, installed: &Installed) -> Result<Stands, Failure> {
        let stands = standing::of(installed);
        let is_compiled = || Ok::<_, Failure>(self.plugins.state(installed)? != PluginState::Preparing);
        Ok(match stands.state {
            State::Ready if !is_compiled()? => Stands { state: State::Preparing, ..stands },
            _ => stands,
        })
    }
}
