//! The address of the service.

use crate::http::{BadBaseUrl, BaseUrl};

/// Read a base URL the way people write one: the version at its end, and a pasted `/v1/messages`, go, because every address below it
/// names the version itself.
///
/// # Errors
/// [`BadBaseUrl`], which says what is wrong without repeating the text.
pub fn normalise_base_url(text: &str) -> Result<BaseUrl, BadBaseUrl> {
    Ok(BaseUrl::read(text)?.without_end("/messages").without_end("/v1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_may_be_written_or_not() {
        for (text, expected) in [
            ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
            ("https://api.anthropic.com/v1/", "https://api.anthropic.com/v1/messages"),
            ("http://localhost:1/v1/messages", "http://localhost:1/v1/messages"),
            ("https://example.com/claude", "https://example.com/claude/v1/messages"),
        ] {
            let url = normalise_base_url(text).unwrap();
            assert_eq!(url.at(["v1", "messages"]).as_str(), expected, "{text}");
        }
        assert!(normalise_base_url("sk-ant-secret").is_err());
    }
}
