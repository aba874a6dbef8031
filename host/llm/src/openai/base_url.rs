//! The address of a server of this protocol.

use crate::http::{BadBaseUrl, BaseUrl};

/// Read a base URL the way people write one.
///
/// A bare address gets `/v1` appended, which is where local servers put it; any other path is kept, because some services put their
/// version elsewhere (`…/v1beta/openai`). Slashes at the end, white space around it and a pasted `/chat/completions` go.
///
/// # Errors
/// [`BadBaseUrl`], which says what is wrong without repeating the text.
pub fn normalise_base_url(text: &str) -> Result<BaseUrl, BadBaseUrl> {
    Ok(BaseUrl::read(text)?.without_end("/chat/completions").or_path("/v1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_read_the_way_people_write_them() {
        for (text, expected) in [
            ("http://localhost:8080", "http://localhost:8080/v1"),
            ("http://localhost:8080/", "http://localhost:8080/v1"),
            ("https://example.com/v1", "https://example.com/v1"),
            ("https://example.com/v1/", "https://example.com/v1"),
            ("https://example.com/api/v1//", "https://example.com/api/v1"),
            ("https://example.com/v1beta/openai/", "https://example.com/v1beta/openai"),
            ("https://example.com/v1/chat/completions", "https://example.com/v1"),
            ("http://localhost:8080/chat/completions/", "http://localhost:8080/v1"),
            ("  HTTP://[::1]:80/ ", "http://[::1]/v1"),
        ] {
            let url = normalise_base_url(text).unwrap();
            assert_eq!(url.to_string(), expected, "{text}");
            assert_eq!(normalise_base_url(expected).unwrap(), url, "twice is once: {text}");
            assert_eq!(url.at(["chat", "completions"]).as_str(), format!("{expected}/chat/completions"));
        }
    }

    #[test]
    fn nonsense_is_refused_without_being_repeated() {
        for (text, expected) in [
            ("", BadBaseUrl::Scheme),
            ("sk-secret", BadBaseUrl::Scheme),
            ("localhost:8080", BadBaseUrl::Scheme),
            ("example.com/v1", BadBaseUrl::Scheme),
            ("file:///v1", BadBaseUrl::Scheme),
            ("http://", BadBaseUrl::Unreadable("empty host".into())),
            ("http:///v1", BadBaseUrl::Unreadable("empty host".into())),
            ("http://sk secret/v1", BadBaseUrl::Unreadable("invalid international domain name".into())),
            ("http://localhost:99999", BadBaseUrl::Unreadable("invalid port number".into())),
            ("https://me:sk-secret@example.com/v1", BadBaseUrl::Credentials),
            ("https://sk-secret@example.com/v1", BadBaseUrl::Credentials),
            ("https://example.com/v1?key=sk-secret", BadBaseUrl::Query),
            ("https://example.com/v1#top", BadBaseUrl::Query),
        ] {
            let error = normalise_base_url(text).unwrap_err();
            assert_eq!(std::mem::discriminant(&error), std::mem::discriminant(&expected), "{text}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn servers_on_this_machine_are_known() {
        for (text, expected) in [
            ("http://localhost:1", true),
            ("http://127.0.0.2:1", true),
            ("http://[::1]:1", true),
            ("http://model.localhost", true),
            ("http://10.0.0.1", false),
            ("https://localhost.example.com", false),
        ] {
            assert_eq!(normalise_base_url(text).unwrap().is_loopback(), expected, "{text}");
        }
    }
}
