//! What would make a run depend on who runs the tests.

use std::process::Command;

/// The beginnings of variables that choose a provider, or pay one.
const FOREIGN: [&str; 8] =
    ["OPENAI_", "AMATELIER_", "ANTHROPIC_", "GEMINI_", "GOOGLE_", "OPENROUTER_", "OLLAMA_", "CLAUDE"];

/// A port at which nobody listens: who runs these tests may run an Ollama, and no test may find it.
const NOBODY: &str = "http://127.0.0.1:1";

/// Keep the keys and settings of whoever runs the tests, and the models of this machine, from a command.
pub fn isolate(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| FOREIGN.iter().any(|start| name.starts_with(start))) {
            command.env_remove(name);
        }
    }
    command.env("OLLAMA_HOST", NOBODY);
}
