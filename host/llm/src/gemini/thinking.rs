//! Effort, as generations of models take it.
//!
//! | effort | `thinkingLevel` (3 and later) | `thinkingBudget` (2.5) |
//! |---|---|---|
//! | `low` | `low` | 1 024 tokens |
//! | `medium` | `medium` | 8 192 |
//! | `high` | `high` | 16 384 |
//! | `max` | `high`, there is no more | 24 576, the most that every 2.5 model takes |
//!
//! Thinking comes out of `maxOutputTokens`, which bounds what an answer can cost and is therefore never raised for it. A budget is
//! held to half of that limit, so that words remain for the answer, but not below 512, the least that every 2.5 model takes (Pro cannot
//! be told not to think); a level cannot be held, and an answer that was thought away ends as one that was cut. Without effort nothing
//! is sent: the model does what it does by itself.

use serde_json::{Value, json};

/// The smallest budget that every 2.5 model takes.
const SMALLEST_BUDGET: u32 = 512;

/// How effort is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thinking {
    /// As `thinkingLevel`.
    Level,
    /// As `thinkingBudget`, which newer models still take.
    Budget,
    /// Not at all.
    Silent,
}

impl Thinking {
    /// What a model most likely takes, by its name.
    pub(crate) fn first(model: &str) -> Self {
        let bare = model.strip_prefix("models/").unwrap_or(model);
        if bare.starts_with("gemini-2") || bare.starts_with("gemini-1") {
            Thinking::Budget
        } else {
            Thinking::Level
        }
    }

    /// What to try when it is refused.
    pub(crate) fn next(self) -> Option<Self> {
        match self {
            Thinking::Level => Some(Thinking::Budget),
            Thinking::Budget => Some(Thinking::Silent),
            Thinking::Silent => None,
        }
    }

    /// The `thinkingConfig` of this effort; none where nothing is to be sent. An effort of another name is left out: it would be
    /// refused.
    pub(crate) fn config(self, effort: Option<&str>, max_tokens: u32) -> Option<Value> {
        let (level, budget) = match effort? {
            "low" => ("low", 1024),
            "medium" => ("medium", 8192),
            "high" => ("high", 16_384),
            "max" => ("high", 24_576),
            _ => return None,
        };
        match self {
            Thinking::Level => Some(json!({ "thinkingLevel": level })),
            Thinking::Budget => {
                let budget = budget.min(max_tokens / 2).max(SMALLEST_BUDGET);
                Some(json!({ "thinkingBudget": budget }))
            }
            Thinking::Silent => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effort_is_written_as_the_table_has_it() {
        for (effort, level, budget) in [
            ("low", "low", 1024),
            ("medium", "medium", 8192),
            ("high", "high", 16_384),
            ("max", "high", 24_576),
        ] {
            let written = |thinking: Thinking| thinking.config(Some(effort), 100_000);
            assert_eq!(written(Thinking::Level), Some(json!({ "thinkingLevel": level })));
            assert_eq!(written(Thinking::Budget), Some(json!({ "thinkingBudget": budget })));
            assert_eq!(written(Thinking::Silent), None);
        }
        assert_eq!(Thinking::Level.config(Some("enormous"), 1000), None);
        assert_eq!(Thinking::Level.config(None, 1000), None);
    }

    #[test]
    fn a_budget_leaves_room_for_the_answer() {
        for (max_tokens, expected) in [(20_000, 10_000), (2000, 1000), (600, 512), (0, 512)] {
            let written = Thinking::Budget.config(Some("max"), max_tokens);
            assert_eq!(written, Some(json!({ "thinkingBudget": expected })), "{max_tokens}");
        }
    }

    #[test]
    fn the_generation_is_guessed_from_the_name() {
        for (model, expected) in [
            ("gemini-2.5-flash", Thinking::Budget),
            ("models/gemini-2.5-pro", Thinking::Budget),
            ("gemini-3-pro-preview", Thinking::Level),
            ("gemini-flash-latest", Thinking::Level),
        ] {
            assert_eq!(Thinking::first(model), expected, "{model}");
        }
    }
}
