//! Where the program's own talk goes: warnings to stderr, more with `-v` or `AMATELIER_LOG`, and a file in the workspace.
//!
//! Prompts, answers and keys are in none of it.

use std::{
    fs::{self, OpenOptions},
    path::Path,
    sync::Mutex,
};

use tracing_subscriber::{EnvFilter, Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// When the log file is set aside, in bytes.
const ROTATE_BYTES: u64 = 8 << 20;

/// Start logging; a log file that cannot be written is talked about, not died of.
pub(crate) fn start(verbose: u8, folder: Option<&Path>) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let own = |level: &str| {
        format!(
            "warn,amatelier={level},amatelier_engine={level},amatelier_llm={level},amatelier_runtime={level},amatelier_journal={level}"
        )
    };
    let said = std::env::var("AMATELIER_LOG").ok().filter(|filter| !filter.trim().is_empty());
    let (filter, bad) = match said.as_deref().map(EnvFilter::try_new) {
        None => (EnvFilter::new(own(level)), None),
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (EnvFilter::new(own(level)), Some(error)),
    };
    let stderr =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_filter(filter);
    let file = folder.and_then(|folder| open(folder).ok()).map(|file| {
        tracing_subscriber::fmt::layer()
            .with_writer(Mutex::new(file))
            .with_ansi(false)
            .with_filter(EnvFilter::new(own("info")))
    });
    // A second start would be a mistake of ours; the first one stays.
    let _ = tracing_subscriber::registry().with(stderr).with(file).try_init();
    if let Some(error) = bad {
        tracing::warn!("AMATELIER_LOG is no filter and is ignored: {error}");
    }
}

fn open(folder: &Path) -> std::io::Result<fs::File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("amatelier.log");
    if fs::metadata(&path).is_ok_and(|data| data.len() > ROTATE_BYTES) {
        fs::rename(&path, folder.join("amatelier.log.1"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}
