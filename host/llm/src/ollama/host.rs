//! Where the server is, as its own `OLLAMA_HOST` says it.
//!
//! The variable is written for the server as much as for its clients: it may name the address to *listen* on, leave out scheme, host or
//! port, and stand in quotes. The rules are those of the server's own client: without a scheme the port is 11434, with one it is the
//! scheme's; an address to listen on everywhere is this machine.

use crate::{BadBaseUrl, BaseUrl};

const PORT: u16 = 11434;

/// Read a server's address the way people write it: a base URL, or any form of `OLLAMA_HOST`. Nothing at all is the server on this
/// machine. What people paste along goes: `/v1`, `/api`, `/api/chat`.
///
/// # Errors
/// [`BadBaseUrl`], which says what is wrong without repeating the text.
pub fn ollama_base_url(text: &str) -> Result<BaseUrl, BadBaseUrl> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let (scheme, rest, default) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme, rest, None),
        None => ("http", text, Some(PORT)),
    };
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    // Before the rest is taken apart: what stands before an @ must not come out as a host.
    if authority.contains('@') {
        return Err(BadBaseUrl::Credentials);
    }
    let (host, port) = split(authority);
    let host = match host {
        "" | "0.0.0.0" => "127.0.0.1".to_owned(),
        "::" | "[::]" => "[::1]".to_owned(),
        bare if bare.contains(':') && !bare.starts_with('[') => format!("[{bare}]"),
        named => named.to_owned(),
    };
    let port = match port.map(str::to_owned).or_else(|| default.map(|port| port.to_string())) {
        Some(port) => format!(":{port}"),
        None => String::new(),
    };
    let url = BaseUrl::read(&format!("{scheme}://{host}{port}{path}"))?;
    Ok(["/chat", "/api", "/v1"].into_iter().fold(url, BaseUrl::without_end))
}

/// Host and port; a bare IPv6 address has no port.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, Some(port).filter(|port| !port.is_empty()))
        }
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_variable_is_read() {
        for (text, expected) in [
            ("", "http://127.0.0.1:11434/"),
            ("127.0.0.1:11434", "http://127.0.0.1:11434/"),
            ("127.0.0.1", "http://127.0.0.1:11434/"),
            ("0.0.0.0", "http://127.0.0.1:11434/"),
            ("0.0.0.0:5000", "http://127.0.0.1:5000/"),
            (":5000", "http://127.0.0.1:5000/"),
            ("localhost", "http://localhost:11434/"),
            ("http://0.0.0.0:11434", "http://127.0.0.1:11434/"),
            ("http://box.lan", "http://box.lan/"),
            ("https://box.lan", "https://box.lan/"),
            ("https://box.lan:8443/ollama/", "https://box.lan:8443/ollama"),
            ("box.lan/ollama", "http://box.lan:11434/ollama"),
            ("[::1]:5000", "http://[::1]:5000/"),
            ("[::1]", "http://[::1]:11434/"),
            ("::1", "http://[::1]:11434/"),
            ("::", "http://[::1]:11434/"),
            ("[::]:11434", "http://[::1]:11434/"),
            (" \"127.0.0.1:5000\" ", "http://127.0.0.1:5000/"),
            ("http://localhost:11434/v1", "http://localhost:11434/"),
            ("http://localhost:11434/api/chat", "http://localhost:11434/"),
        ] {
            let url = ollama_base_url(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(url.to_string(), expected, "{text}");
            assert_eq!(ollama_base_url(expected).unwrap(), url, "twice is once: {text}");
        }
    }

    #[test]
    fn nonsense_is_refused_without_being_repeated() {
        for text in [
            "ftp://box",
            "http://me:secret@box",
            "me:secret@box",
            "box?key=secret",
            "secret box",
            "box:99999",
        ] {
            let error = ollama_base_url(text).unwrap_err();
            assert!(!error.to_string().contains("secret"), "{text}: {error}");
        }
    }
}
