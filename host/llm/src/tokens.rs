//! Counting without a tokenizer.

/// An upper estimate of the tokens of a text: one per 3 bytes, at least one per word. English prose runs at 4 to 5 bytes a token and
/// dense JSON or CJK text near 3, so this errs on the side of refusing too early rather than of being cut by a provider.
pub fn estimate_tokens(text: &str) -> u32 {
    let bytes = text.len().div_ceil(3);
    let words = text.split_ascii_whitespace().count();
    u32::try_from(bytes.max(words)).unwrap_or(u32::MAX)
}
