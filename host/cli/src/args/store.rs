//! What sparks buy.

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Store {
    #[command(subcommand)]
    pub command: StoreCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    /// List what is on sale
    List(StoreList),
    /// Say everything about an item
    Show(StoreShow),
}

#[derive(Args, Debug)]
pub(crate) struct StoreList {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StoreShow {
    /// The item
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
