//! `cost`: what debates cost, by member, model, debate or day.

use amatelier_engine::{Spending, SpentBy};
use amatelier_types::Timestamp;
use amatelier_workspace::Realm;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{archives, found};
use crate::{args::Cost, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    roundtable_id: Option<String>,
    by: SpentBy,
    rows: Vec<Spending>,
    total: Spending,
}

pub(crate) fn run(context: &Context, arguments: &Cost) -> Result<Exit, Failure> {
    let by = arguments
        .by
        .map_or(if arguments.id.is_some() { SpentBy::Member } else { SpentBy::Debate }, SpentBy::from);
    let since = arguments.since.map_or(Ok(Timestamp(i64::MIN)), |day| {
        let midnight = day.to_zoned(TimeZone::UTC);
        midnight.map(|midnight| Timestamp(midnight.timestamp().as_millisecond()))
    });
    let since = since.map_err(|error| Failure::new(Exit::Usage, error, None))?;
    let rows = match &arguments.id {
        Some(id) => found(context, id, |archive| archive.spending(Some(id), since, by))?,
        None => {
            let real = archives(context)?.into_iter().find(|archive| archive.realm() == Realm::Real);
            real.map(|archive| archive.spending(None, since, by)).transpose()?.flatten().unwrap_or_default()
        }
    };
    let total = Spending::total(&rows);
    if arguments.json {
        let roundtable_id = arguments.id.as_ref().map(ToString::to_string);
        output::print_json(&Report { schema: "amatelier/cost/v1", roundtable_id, by, rows, total })?;
    } else {
        output::print(&render::cost(by, &rows, &total))?;
    }
    Ok(Exit::Ok)
}
