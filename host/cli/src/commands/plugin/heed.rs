//! What an operator should not overlook: a plugin that is seated and waits for something. A line each, on stderr.

use amatelier_plugins::Shelf;
use amatelier_types::ComponentName;

use super::{list::Seats, standing};
use crate::{context::Context, render};

/// Say of every plugin that the team seats what it waits for, with the command.
pub(crate) fn heed(context: &Context) {
    // Whatever is wrong with the files is said by whoever needs them.
    let Ok(installed) = Shelf::of(context.workspace.root()).all() else { return };
    if installed.is_empty() {
        return;
    }
    let mut seats = Seats::of(&context.workspace);
    for installed in installed {
        let id = &installed.entry.id;
        let seated = seats.take(&ComponentName::Id(id.to_string()));
        let stands = standing::of(&installed);
        let (Some(next), false) = (stands.next, seated.is_empty()) else { continue };
        let why = stands.why.map(|why| format!(": {why}")).unwrap_or_default();
        let note = format!("`{id}` ({}) is {}{why}; `{next}`", seated.join(", "), stands.state.sentence());
        eprintln!("{}", render::lines::note(&note));
    }
}
