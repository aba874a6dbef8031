//! `store list`.

use amatelier_economy::Offer;
use amatelier_engine::{Shop, ShopWarning};
use serde::Serialize;

use super::{needs_team, warn};
use crate::{args::StoreList, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    items: &'a [Offer],
    warnings: &'a [ShopWarning],
}

pub(crate) async fn run(context: &Context, arguments: &StoreList) -> Result<Exit, Failure> {
    let shop = shop(context).await?;
    if arguments.json {
        let report = Report { schema: "amatelier/store/v1", items: shop.offers(), warnings: shop.warnings() };
        output::print_json(&report)?;
    } else {
        output::print(&render::offers(shop.offers(), render::width()))?;
    }
    Ok(Exit::Ok)
}

/// The store alone.
pub(super) async fn shop(context: &Context) -> Result<Shop, Failure> {
    needs_team(&context.workspace)?;
    let shop = Shop::open(&context.workspace).await?;
    warn(shop.warnings());
    Ok(shop)
}
