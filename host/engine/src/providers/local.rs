//! A server of local models, where there is nothing else.

use amatelier_llm::ollama::{ollama_base_url, probe_ollama};
use amatelier_workspace::{Choice, Configuration, Mode};

/// Look for an Ollama server where it is configured, or on this machine. For whoever found nothing else: it takes up to half a second.
pub async fn find_local(configuration: &Configuration) -> Option<Choice> {
    let address = configuration.config.ollama.base_url.as_deref().unwrap_or_default();
    let base_url = ollama_base_url(address).ok()?;
    let version = probe_ollama(&base_url).await?;
    Some(Choice { mode: Mode::Ollama, because: format!("Ollama {version} answers at {base_url}") })
}
