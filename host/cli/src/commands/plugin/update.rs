//! `plugin update`: a newer version of a plugin that is installed, by its id, so that nothing else slips into its place.

use amatelier_plugins::{Installation, Shelf};

use super::{
    changed::{Changed, Done},
    consent,
    install::{How, install},
    needed,
    ready::prepare,
    sheet,
    taken::take,
};
use crate::{args::PluginUpdate, context::Context, exit::Exit, failure::Failure, output};

pub(super) async fn run(context: &Context, arguments: PluginUpdate) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    if arguments.accept {
        return accept(context, &shelf, &arguments).await?.print(arguments.json);
    }
    if arguments.refuse {
        let done = if shelf.refuse(&arguments.id)? { Done::Refused } else { Done::Unchanged };
        return Changed::of(done, &needed(&shelf, &arguments.id)?).print(arguments.json);
    }
    let installed = needed(&shelf, &arguments.id)?;
    let from = arguments.source.clone().unwrap_or_else(|| installed.entry.source.to_string());
    let taken = take(&from, arguments.sha256.as_ref()).await?;
    let given = shelf.inspect(&taken.bytes)?.manifest.id;
    if given != arguments.id {
        return Err(Failure::new(
            Exit::Usage,
            format!("{from} is the plugin `{given}`, not `{}`", arguments.id),
            "nothing was changed; `plugin install` takes another plugin".to_owned(),
        ));
    }
    let how =
        How { granting: &arguments.granting, odd: &arguments.odd, locked: false, replace_bundled: false };
    install(context, &shelf, &taken, &how).await?.print(arguments.json)
}

/// Take the version that is held. What of it is not granted, here or before, is refused from then on.
async fn accept(context: &Context, shelf: &Shelf, arguments: &PluginUpdate) -> Result<Changed, Failure> {
    let id = &arguments.id;
    let installed = needed(shelf, id)?;
    let before = installed.granted;
    let Some(held) = installed.held else {
        return Err(amatelier_plugins::ShelfError::NothingHeld { id: id.clone() }.into());
    };
    let granted = consent::typed(&arguments.granting, &held.manifest).or_else(|| {
        sheet::tell(&held.diff);
        consent::asked(&consent::more(&held.diff, &held.manifest), &mut output::ask)
    });
    let Some(granted) = granted else {
        return Err(Failure::new(
            Exit::Usage,
            format!("version {} of `{id}` asks for more, and nobody can be asked here", held.entry.version),
            format!("say what you grant: {}, or --grant-none", super::standing::accept_command(id)),
        ));
    };
    let done = shelf.accept(id, &held.entry.sha256, Some(&granted))?;
    let changed = Changed::of(Done::Updated, &prepare(context, shelf, id, &done, before.as_ref()).await?);
    Ok(match done {
        Installation::Updated { from, diff } => changed.from(Some(from.to_string()), &diff.changes),
        _ => changed,
    })
}
