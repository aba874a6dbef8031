//! How much a model may think before it answers.
//!
//! An effort is a budget of thinking tokens. They are answer tokens: they count against `max_tokens` and are paid like the rest. A
//! request's `max_tokens` is what was reserved for it, so it is never raised to make room; the budget gets at most half of it, and where
//! that is less than the least budget the service takes, the model does not think.

/// The budget of each effort, in tokens.
const BUDGETS: [(&str, u32); 4] = [("low", 2_048), ("medium", 8_192), ("high", 16_384), ("max", 32_768)];

/// The least budget that the service takes.
const LEAST: u32 = 1_024;

/// The thinking tokens of an answer with this effort and limit.
pub(super) fn budget(effort: &str, max_tokens: u32) -> Option<u32> {
    let (_, wanted) = BUDGETS.iter().find(|(name, _)| *name == effort)?;
    Some((*wanted).min(max_tokens / 2)).filter(|budget| *budget >= LEAST)
}

/// Whether the service has an effort of this name.
pub(super) fn is_known(effort: &str) -> bool {
    BUDGETS.iter().any(|(name, _)| *name == effort)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinking_leaves_at_least_half_for_the_answer_or_does_not_happen() {
        for (effort, max_tokens, expected) in [
            ("low", 64_000, Some(2_048)),
            ("medium", 64_000, Some(8_192)),
            ("high", 64_000, Some(16_384)),
            ("max", 100_000, Some(32_768)),
            ("max", 64_000, Some(32_000)),
            ("high", 4_096, Some(2_048)),
            ("low", 2_048, Some(1_024)),
            ("low", 2_047, None),
            ("max", 0, None),
            ("huge", 64_000, None),
        ] {
            assert_eq!(budget(effort, max_tokens), expected, "{effort} {max_tokens}");
        }
    }
}
