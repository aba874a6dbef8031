//! What a service adds to the protocol.

use crate::http::BaseUrl;

/// Whose servers they are, where that makes a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// Nobody's in particular.
    #[default]
    Plain,
    /// OpenRouter's: they say in every answer what it cost, and can be asked later what a lost one did.
    OpenRouter,
}

impl Flavour {
    /// What the address tells.
    pub fn of(base_url: &BaseUrl) -> Self {
        match base_url.host() {
            "openrouter.ai" => Flavour::OpenRouter,
            host if host.ends_with(".openrouter.ai") => Flavour::OpenRouter,
            _ => Flavour::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openai::normalise_base_url;

    #[test]
    fn a_service_is_known_by_its_host_alone() {
        for (text, expected) in [
            ("https://openrouter.ai/api/v1", Flavour::OpenRouter),
            ("https://OpenRouter.ai/api/v1", Flavour::OpenRouter),
            ("https://eu.openrouter.ai/api/v1", Flavour::OpenRouter),
            ("https://notopenrouter.ai/api/v1", Flavour::Plain),
            ("https://example.com/openrouter.ai", Flavour::Plain),
        ] {
            assert_eq!(Flavour::of(&normalise_base_url(text).unwrap()), expected, "{text}");
        }
    }
}
