//! Plugins of others: what they are, what they may do, and where they are kept.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Plugin {
    #[command(subcommand)]
    pub command: PluginCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Say what a file is and what it asks for; nothing of it is run
    Inspect(PluginInspect),
}

#[derive(Args, Debug)]
pub(crate) struct PluginInspect {
    /// The .wasm file
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
