//! Models, prices and keys, for people.

use std::fmt::Write as _;

use amatelier_engine::{Labelled, Offered, Source, Survey, Surveyed};
use amatelier_types::MicroUsd;

use super::{line, plain};
use crate::commands::{Found, Imported};

/// Models of one provider that are shown where all providers are; a router has hundreds.
const SHOWN: usize = 12;

/// What there is to choose from; all models of a provider where only one was asked.
pub(crate) fn models(survey: &Survey, whole: bool) -> String {
    let mut text = String::new();
    let mut guessed = (false, false);
    for provider in &survey.providers {
        text.push_str(&head(provider));
        let shown = if whole { provider.models.len() } else { SHOWN };
        let rows: Vec<_> =
            provider.models.iter().take(shown).map(|model| (model.id.clone(), model)).collect();
        text.push_str(&table(&rows, &mut guessed));
        let more = provider.models.len().saturating_sub(shown);
        if more > 0 {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  and {more} more: --provider {}", provider.state.provider);
        }
        text.push('\n');
    }
    if survey.providers.is_empty() {
        text.push_str("no provider is set up\n\n");
    }
    text.push_str("labels\n");
    let rows: Vec<_> = survey.labels.iter().map(|label| (stands_for(label), &label.model)).collect();
    text.push_str(&table(&rows, &mut guessed));
    for label in survey.labels.iter().filter_map(|label| Some((label, label.trouble.as_ref()?))) {
        let _ = writeln!(text, "  {}: {}", line(&label.0.label, 40), line(label.1, 200));
    }
    let _ = writeln!(
        text,
        "\nprices in dollars for a million tokens, in / out, of {} ({})",
        survey.prices_of,
        line(&survey.prices_from, 200)
    );
    if guessed.0 {
        text.push_str("~ is what most models of the provider take: nobody says it of this one\n");
    }
    if guessed.1 {
        text.push_str("? is a price that nobody knows: counted against caps at the dearest there is\n");
    }
    text
}

fn head(provider: &Surveyed) -> String {
    let state = &provider.state;
    let place = state.base_url.as_ref().map(|url| format!(" at {}", plain(url))).unwrap_or_default();
    let chosen = if state.chosen { ", the default" } else { "" };
    let what = match (&provider.trouble, provider.reachable) {
        (Some(trouble), Some(false)) => format!("does not answer: {}", line(trouble, 200)),
        (Some(trouble), _) => line(trouble, 200),
        (None, _) if provider.models.is_empty() => "lists no models".to_owned(),
        (None, _) => format!("{} models", provider.models.len()),
    };
    let billing = provider.billing.map(|billing| format!(", {billing}")).unwrap_or_default();
    format!("{}{place}{billing}{chosen}: {what}\n", state.provider)
}

fn stands_for(label: &Labelled) -> String {
    let fallback =
        label.fallback.as_ref().map(|label| format!(", else {}", plain(label))).unwrap_or_default();
    format!("{} = {}:{}{fallback}", plain(&label.label), label.provider, plain(&label.model.id))
}

/// Rows of a name, how much the model takes and what it costs.
fn table(rows: &[(String, &Offered)], guessed: &mut (bool, bool)) -> String {
    let names: Vec<String> = rows.iter().map(|(name, _)| line(name, 72)).collect();
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for (name, (_, model)) in names.iter().zip(rows) {
        let mark = if model.context_from == Source::Guessed { "~" } else { "" };
        guessed.0 |= !mark.is_empty();
        let takes = match model.context_tokens {
            0 => String::new(),
            tokens => format!("{mark}{tokens}"),
        };
        let costs = match (model.price, model.price_from) {
            (_, Source::Free) => "free".to_owned(),
            (Some(price), _) => format!("{} / {}", MicroUsd(price.input), MicroUsd(price.output)),
            (None, _) if takes.is_empty() => String::new(),
            (None, _) => "?".to_owned(),
        };
        guessed.1 |= costs == "?";
        let row = format!("  {name:wide$}  {takes:>9}  {costs}");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text
}

/// What became of a file of prices.
pub(crate) fn imported(imported: &Imported) -> String {
    let mut text = format!("{} prices were taken into {}\n", imported.taken, plain(&imported.file));
    for (why, count) in &imported.skipped {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{count} left out: {why}");
    }
    text
}

/// Which keys there are.
pub(crate) fn keys(keys: &[Found]) -> String {
    let wide = keys.iter().map(|key| key.name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for key in keys {
        let source = key.source.as_deref().map_or("not set".to_owned(), plain);
        let providers = key.providers.join(", ");
        let row = format!("{:wide$}  {source}  {providers}", plain(&key.name));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text
}
