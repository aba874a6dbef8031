//! What sparks buy.

use amatelier_economy::RequestId;
use clap::{Args, Subcommand};

use super::Ledgered;

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
    /// Buy something for a member
    Buy(StoreBuy),
    /// Say what members have: skills, slots, boosts that wait
    Inventory(StoreOf),
    /// Say what members could buy now, and what each thing would cost them
    Afford(StoreOf),
    /// List what was ever bought, newest first, and what became of it
    History(StoreOf),
    /// Put a skill of a member into a slot: from its next debate on it is in every prompt
    Equip(StoreEquip),
    /// Take a skill of a member out of its slot; it stays its own
    Unequip(StoreEquip),
    /// Give up something that a member has; nothing is paid back
    Retire(StoreRetire),
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

#[derive(Args, Debug)]
pub(crate) struct StoreBuy {
    /// The item
    pub id: String,
    /// Who pays and gets it
    #[arg(long, value_name = "NAME")]
    pub member: String,
    /// What the member writes with it, such as the words of a request
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct StoreOf {
    /// Only this member
    pub member: Option<String>,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct StoreEquip {
    /// The skill
    pub skill: String,
    /// Whose
    #[arg(long, value_name = "NAME")]
    pub member: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct StoreRetire {
    /// The purchase, such as p-001, or the item where there is but one
    pub purchase: String,
    /// Whose
    #[arg(long, value_name = "NAME")]
    pub member: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Requests {
    #[command(subcommand)]
    pub command: RequestsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RequestsCommand {
    /// List what members ask for
    List(RequestsList),
    /// Say that a request was fulfilled, and give the skill that was asked for
    Fulfil(RequestsFulfil),
    /// Turn a request down; what was paid for it is given back
    Close(RequestsClose),
}

#[derive(Args, Debug)]
pub(crate) struct RequestsList {
    /// Those that are over, too
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct RequestsFulfil {
    /// The request, such as q-001
    pub id: RequestId,
    /// What was done
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// A skill that the member gets with it
    #[arg(long, value_name = "SKILL")]
    pub skill: Option<String>,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct RequestsClose {
    /// The request, such as q-001
    pub id: RequestId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub of: Ledgered,
}
