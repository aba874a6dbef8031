//! The models that the usual labels stand for at each provider, where nobody says otherwise.
//!
//! A table, to be kept beside the price table: a test holds each of its models against the prices. Servers that have whatever somebody
//! put there (Ollama, `openai-compat`) are asked instead.

use amatelier_workspace::Mode;

/// By provider, then by label.
const TABLE: [(Mode, [(&str, &str); 4]); 5] = [
    (
        Mode::Anthropic,
        [
            ("haiku", "claude-haiku-5-5"),
            ("flash", "claude-haiku-5-5"),
            ("sonnet", "claude-sonnet-5-5"),
            ("opus", "claude-opus-5-5"),
        ],
    ),
    // §18 of the facts.
    (
        Mode::OpenAi,
        [("haiku", "gpt-4o-mini"), ("flash", "gpt-4o-mini"), ("sonnet", "gpt-4o"), ("opus", "gpt-4o")],
    ),
    (
        Mode::OpenRouter,
        [
            ("haiku", "anthropic/claude-haiku-5.5"),
            ("flash", "google/gemini-3.8-flash"),
            ("sonnet", "anthropic/claude-sonnet-5.5"),
            ("opus", "anthropic/claude-opus-5.5"),
        ],
    ),
    (
        Mode::Gemini,
        [
            ("haiku", "gemini-3.5-flash-lite"),
            ("flash", "gemini-3.8-flash"),
            ("sonnet", "gemini-3.1-pro"),
            ("opus", "gemini-3.1-pro"),
        ],
    ),
    // The command knows these names itself, and which model each is at the moment.
    (Mode::ClaudeCode, [("haiku", "haiku"), ("flash", "haiku"), ("sonnet", "sonnet"), ("opus", "opus")]),
];

/// The model that a usual label stands for at a provider.
pub(super) fn model(mode: Mode, label: &str) -> Option<&'static str> {
    let (_, labels) = TABLE.iter().find(|(own, _)| *own == mode)?;
    labels.iter().find(|(own, _)| *own == label).map(|(_, model)| *model)
}

#[cfg(test)]
mod tests {
    use amatelier_llm::Prices;
    use amatelier_workspace::USUAL_LABELS;

    use super::*;

    #[test]
    fn every_label_has_a_model_with_a_price_and_a_size_at_every_provider() {
        let prices = Prices::bundled();
        for (mode, labels) in TABLE {
            for label in USUAL_LABELS {
                let model = labels.iter().find(|(own, _)| *own == label).unwrap().1;
                assert!(prices.rate(mode.name(), model).known().is_some(), "{mode} {model} has no price");
            }
        }
        assert_eq!(model(Mode::Ollama, "haiku"), None);
        assert_eq!(model(Mode::Gemini, "gemini-3.1-pro"), None);
    }

    #[test]
    fn a_vendors_own_label_means_the_same_here_and_in_the_price_table() {
        let prices = Prices::bundled();
        for label in USUAL_LABELS {
            let (vendor, meant) = prices.label(label).unwrap();
            assert_eq!(model(Mode::provider(vendor).unwrap(), label), Some(meant));
        }
    }
}
