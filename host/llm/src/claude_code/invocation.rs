//! How the command is called.

use std::{ffi::OsString, fs, io, path::PathBuf};

use tempfile::TempDir;

use super::{ClaudeCodeConfig, prompt};
use crate::Request;

/// What it is told in place of its own system prompt where the request has none: it must not take itself for a programmer.
const NO_SYSTEM: &str = "Answer what you are asked.";

/// One call of the command, with the folder it is made in, which is gone when this is.
#[derive(Debug)]
pub(super) struct Invocation {
    pub(super) arguments: Vec<OsString>,
    pub(super) environment: Vec<(OsString, OsString)>,
    /// An empty folder.
    pub(super) folder: PathBuf,
    /// What it reads from its standard input.
    pub(super) prompt: String,
    _files: TempDir,
}

impl Invocation {
    /// Prepare a call.
    pub(super) fn of(request: &Request, config: &ClaudeCodeConfig) -> io::Result<Self> {
        // Only its owner can look into it.
        let files = tempfile::Builder::new().prefix("amatelier-").tempdir()?;
        let (folder, system) = (files.path().join("empty"), files.path().join("system.md"));
        fs::create_dir(&folder)?;
        fs::write(&system, if request.system.is_empty() { NO_SYSTEM } else { &request.system })?;
        let mut arguments = config.leading.clone();
        arguments.extend(
            ["--print", "--output-format", "stream-json", "--verbose", "--include-partial-messages"]
                .map(OsString::from),
        );
        // No tools, and no second round in which one could be used.
        arguments.extend(["--tools", "", "--max-turns", "1"].map(OsString::from));
        // Nothing of the user's or a project's: no settings, no servers, no skills; and nothing is kept.
        arguments.extend(["--setting-sources", "", "--strict-mcp-config"].map(OsString::from));
        arguments.extend(["--disable-slash-commands", "--no-session-persistence"].map(OsString::from));
        arguments.extend(["--model".into(), OsString::from(&request.model)]);
        if let Some(effort) = &request.effort {
            arguments.extend(["--effort".into(), OsString::from(effort)]);
        }
        arguments.extend(["--system-prompt-file".into(), system.into_os_string()]);
        let mut environment = config.environment.clone();
        environment
            .push(("CLAUDE_CODE_MAX_OUTPUT_TOKENS".into(), request.max_tokens.max(1).to_string().into()));
        Ok(Invocation { arguments, environment, folder, prompt: prompt::fold(request), _files: files })
    }
}
