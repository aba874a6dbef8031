//! `store`: what sparks buy, and what became of it.

mod list;
mod show;

use amatelier_engine::{Counter, OpeningError, Shop, ShopWarning};
use amatelier_types::MemberName;
use amatelier_workspace::nearest;

use super::team::needs_team;
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
    }
}

/// Say on stderr what was left out.
pub(crate) fn warn(warnings: &[ShopWarning]) {
    for warning in warnings {
        tracing::warn!("{}", render::plain(&warning.to_string()));
    }
}

/// The store, the school and the ledger of the realm that is in force.
pub(crate) async fn counter(context: &Context) -> Result<Counter, Failure> {
    needs_team(&context.workspace)?;
    let mode = context.choose().await.mode;
    let counter = Counter::open(&context.workspace, mode).await?;
    warn(counter.shop().warnings());
    warn(counter.school().warnings());
    Ok(counter)
}

/// The worker of that name.
pub(crate) fn worker(counter: &Counter, name: &str) -> Result<MemberName, Failure> {
    let workers = || counter.team().workers().map(|worker| worker.name.clone());
    workers().find(|worker| worker.as_str() == name).ok_or_else(|| {
        let known = workers().map(|worker| worker.to_string()).collect();
        amatelier_engine::Error::from(OpeningError::UnknownWorker { name: name.to_owned(), known }).into()
    })
}

/// There is no such item.
fn no_item(shop: &Shop, id: &str) -> Failure {
    let help = match nearest(id, shop.offers().iter().map(|offer| offer.id.as_str())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("`{} store list` lists what is on sale", output::program()),
    };
    Failure::new(Exit::NotFound, format!("nothing is on sale as `{id}`"), help)
}
