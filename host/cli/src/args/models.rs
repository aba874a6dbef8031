//! Which models there are, and the keys to them.

use std::path::PathBuf;

use clap::{Args, Subcommand, builder::PossibleValuesParser};

use amatelier_workspace::Mode;

#[derive(Args, Debug)]
pub(crate) struct Models {
    /// Only this provider, set up or not, with every model that it lists
    #[arg(long, value_name = "PROVIDER", value_parser = PossibleValuesParser::new(Mode::PROVIDERS.map(Mode::name)))]
    pub provider: Option<String>,
    /// Take prices from this file, the public JSON of model prices that many tools share, and say what was taken
    #[arg(long, value_name = "FILE", conflicts_with = "provider")]
    pub import_prices: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Key {
    #[command(subcommand)]
    pub command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Store a key that is read from stdin, never from the command line
    Set(KeySet),
    /// Say which keys there are and where they were found, never what they are
    List(KeyList),
    /// Forget a stored key
    Remove(KeyRemove),
}

#[derive(Args, Debug)]
pub(crate) struct KeySet {
    /// Its name, such as ANTHROPIC_API_KEY
    pub name: String,
}

#[derive(Args, Debug)]
pub(crate) struct KeyList {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct KeyRemove {
    /// Its name
    pub name: String,
}
