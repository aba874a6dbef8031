//! What a label stands for.
//!
//! First the operator's line in `[models]`, then the model that the provider's section names, then the usual one, then what the server
//! lists; a label that nothing explains is taken for a model's own name. `provider:model` is understood where the operator writes it,
//! in the configuration and in the team file, and not where a component does: what it may choose from is the operator's.

use amatelier_workspace::{Mode, ModelLine, USUAL_LABELS};

use super::{Inner, Providers, usual};

/// A provider and a model of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning<'a> {
    pub(super) mode: Mode,
    /// As the provider calls it.
    pub(super) model: String,
    /// What the operator says of the label besides.
    pub(super) line: Option<&'a ModelLine>,
}

impl Providers {
    /// What a label means.
    pub(super) fn meaning(&self, label: &str) -> Meaning<'_> {
        self.of(label, None)
    }

    /// What a line of the team file, or a setting, means that names a label or a model, and perhaps a provider.
    pub(super) fn meaning_of_line(&self, said: &str, provider: Option<Mode>) -> Meaning<'_> {
        let is_label = self.config().models.contains_key(said);
        match Mode::prefixed(said).filter(|_| !is_label && provider.is_none()) {
            Some((mode, model)) => {
                let mode = self.stand_in(mode);
                let usual = usual::model(mode, model).unwrap_or(model).to_owned();
                self.recorded(mode, Inner::rehearsed(mode).unwrap_or(usual), None)
            }
            None => self.of(said, provider),
        }
    }

    fn of(&self, label: &str, provider: Option<Mode>) -> Meaning<'_> {
        let line = self.config().models.get(label);
        let own = line.and_then(|line| line.provider).unwrap_or(self.default());
        let mode = self.stand_in(provider.unwrap_or(own));
        // A model of one provider is no model of another one.
        let named = line.filter(|_| mode == own).and_then(|line| line.model.clone());
        let model = Inner::rehearsed(mode).or(named).unwrap_or_else(|| self.stands_for(mode, label));
        self.recorded(mode, model, line)
    }

    /// What is meant, or what a cassette has of it.
    fn recorded<'a>(&self, mode: Mode, model: String, line: Option<&'a ModelLine>) -> Meaning<'a> {
        let (mode, model) = match &self.inner.played {
            Some(played) => played.nearest(mode, model),
            None => (mode, model),
        };
        Meaning { mode, model, line }
    }

    /// What a provider has for a label that has no line.
    pub(super) fn stands_for(&self, mode: Mode, label: &str) -> String {
        if let Some(model) = self.config().model(mode) {
            return model.to_owned();
        }
        let table = if super::make::is_openai(&self.inner, mode) { Mode::OpenAi } else { mode };
        if let Some(model) = usual::model(table, label) {
            return model.to_owned();
        }
        let listed = self.listed();
        let listed = listed.get(&mode).map(Vec::as_slice).unwrap_or_default();
        let lines = self.config().models.values();
        let is_told = lines.clone().any(|line| line.provider.unwrap_or(self.default()) == mode);
        match listed {
            [] => label.to_owned(),
            models if models.iter().any(|model| model.id == label) => label.to_owned(),
            // Whoever wrote down some labels meant the other names as they are.
            [first, ..] if !is_told || USUAL_LABELS.contains(&label) => first.id.clone(),
            _ => label.to_owned(),
        }
    }
}
