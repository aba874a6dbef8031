//! `store`: what sparks buy, and what became of it.

mod afford;
mod buy;
mod equip;
mod inventory;
mod list;
mod show;

use amatelier_engine::{BuyError, Counter, ShopWarning};
use amatelier_workspace::nearest;

pub(crate) use afford::Affordable;
pub(crate) use inventory::{Held, Holding};

use super::{book::Book, team::needs_team};
use crate::{
    args::{Store, StoreCommand},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

pub(crate) async fn run(context: &Context, arguments: Store) -> Result<Exit, Failure> {
    match arguments.command {
        StoreCommand::List(arguments) => list::run(context, &arguments).await,
        StoreCommand::Show(arguments) => show::run(context, &arguments).await,
        StoreCommand::Buy(arguments) => buy::run(context, &arguments).await,
        StoreCommand::Inventory(arguments) => inventory::run(context, &arguments),
        StoreCommand::Afford(arguments) => afford::run(context, &arguments).await,
        StoreCommand::History(arguments) => inventory::history(context, &arguments),
        StoreCommand::Equip(arguments) => equip::equip(context, &arguments).await,
        StoreCommand::Unequip(arguments) => equip::unequip(context, &arguments).await,
        StoreCommand::Retire(arguments) => equip::retire(context, &arguments).await,
    }
}

/// Say on stderr what was left out.
pub(crate) fn warn(warnings: &[ShopWarning]) {
    for warning in warnings {
        tracing::warn!("{}", render::plain(&warning.to_string()));
    }
}

/// The store, the school and the ledger that a command is about.
pub(crate) async fn counter(context: &Context, book: &Book) -> Result<Counter, Failure> {
    let counter = Counter::open(&context.workspace, book.treasury()?).await?;
    warn(counter.shop().warnings());
    warn(counter.school().warnings());
    Ok(counter)
}

impl From<BuyError> for Failure {
    fn from(error: BuyError) -> Self {
        match error {
            BuyError::UnknownItem { ref id, ref known } => {
                let help = match nearest(id, known.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("`{} store list` lists what is on sale", output::program()),
                };
                Failure::new(Exit::NotFound, error, help)
            }
            BuyError::Refused(refusal) => amatelier_engine::Error::from(refusal).into(),
            BuyError::Component { ref item, .. } => {
                let help = format!(
                    "no spark moved; `{} store show {item}` says what the item is and who sells it",
                    output::program()
                );
                Failure::new(Exit::Refused, error, help)
            }
            BuyError::Engine(error) => error.into(),
        }
    }
}
