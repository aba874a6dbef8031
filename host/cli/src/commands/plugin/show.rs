//! `plugin show`.

use amatelier_plugins::Shelf;
use amatelier_types::ComponentName;

use super::{
    list::Seats,
    measured::House,
    needed,
    shown::{Listed, Shown},
};
use crate::{args::PluginNamed, context::Context, exit::Exit, failure::Failure, output, render};

pub(super) fn run(context: &Context, arguments: &PluginNamed) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let installed = needed(&shelf, &arguments.id)?;
    let seats = Seats::of(&context.workspace).take(&ComponentName::Id(arguments.id.to_string()));
    let house = House::of(context)?;
    let measured = house.measured(arguments.id.as_str(), Some(installed.entry.sha256));
    let listed = Listed::of(&installed, seats).and(house.standing(&installed)?, measured);
    let shown = Shown::of(&installed, listed);
    if arguments.json {
        output::print_json(&shown)?;
    } else {
        output::print(&render::plugin_shown(&shown))?;
    }
    Ok(Exit::Ok)
}
