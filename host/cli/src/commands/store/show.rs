//! `store show`.

use amatelier_economy::Offer;
use serde::Serialize;

use super::list::shop;
use crate::{args::StoreShow, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    #[serde(flatten)]
    item: &'a Offer,
}

pub(crate) async fn run(context: &Context, arguments: &StoreShow) -> Result<Exit, Failure> {
    let shop = shop(context).await?;
    let item = shop.offer(&arguments.id)?;
    if arguments.json {
        output::print_json(&Report { schema: "amatelier/item/v1", item })?;
    } else {
        output::print(&render::offer(item))?;
    }
    Ok(Exit::Ok)
}
