//! `plugin install`: the bytes are read once, looked through, shown, decided about, and those bytes are what is kept.

use amatelier_plugins::{Inspection, InstallOptions, Installation, Rights, Shelf};

use super::{
    bundled,
    changed::{Changed, Done},
    consent,
    ready::prepare,
    sheet,
    taken::{Taken, take},
};
use crate::{
    args::{Granting, Odd, PluginInstall},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

pub(super) async fn run(context: &Context, arguments: PluginInstall) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let Some(source) = &arguments.source else {
        return super::locked::run(context, &shelf, &arguments).await;
    };
    let taken = take(source, arguments.sha256.as_ref()).await?;
    let how = How {
        granting: &arguments.granting,
        odd: &arguments.odd,
        locked: arguments.locked,
        replace_bundled: arguments.replace_bundled,
    };
    install(context, &shelf, &taken, &how).await?.print(arguments.json)
}

/// What was typed beside the plugin.
pub(super) struct How<'a> {
    pub granting: &'a Granting,
    pub odd: &'a Odd,
    pub locked: bool,
    pub replace_bundled: bool,
}

/// Show a plugin, have it decided about, and install it.
pub(super) async fn install(
    context: &Context,
    shelf: &Shelf,
    taken: &Taken,
    how: &How<'_>,
) -> Result<Changed, Failure> {
    let seen = shelf.inspect(&taken.bytes)?;
    let id = &seen.manifest.id;
    // One that is locked and whose files are gone is there: installing the same bytes puts them back.
    let installed = shelf.get(id);
    let is_there = !matches!(installed, Ok(None));
    let before = installed.ok().flatten().and_then(|installed| installed.granted);
    sheet::show(&seen);
    let typed = consent::typed(how.granting, &seen.manifest);
    let is_new = !is_there && !how.locked;
    let grants = match typed {
        None if is_new => ask(&seen),
        typed => typed,
    };
    let options = InstallOptions {
        grants,
        bundled: bundled::ids(&seen.agreement.worlds),
        replace_bundled: how.replace_bundled,
        downgrade: how.odd.downgrade,
        same_version: how.odd.same_version,
        locked: how.locked,
    };
    let done = shelf.install(&taken.bytes, taken.source.clone(), &options)?;
    let done = match done {
        Installation::Held(diff) => {
            sheet::tell(&diff);
            let more = consent::asked(&consent::more(&diff, &seen.manifest), &mut output::ask);
            match more.filter(|more| !more.is_empty()) {
                Some(more) => shelf.accept(id, &seen.package.digest, Some(&more))?,
                None => Installation::Held(diff),
            }
        }
        other => other,
    };
    let installed = prepare(context, shelf, id, &done, before.as_ref()).await?;
    Ok(match done {
        Installation::New => Changed::of(Done::Installed, &installed),
        Installation::Same => Changed::of(Done::Same, &installed),
        Installation::Updated { from, diff } => {
            Changed::of(Done::Updated, &installed).from(Some(from.to_string()), &diff.changes)
        }
        Installation::Held(diff) => Changed::of(Done::Held, &installed).from(None, &diff.changes),
    })
}

/// What the operator says at the terminal; nothing where there is nothing to decide, or nobody to ask.
fn ask(seen: &Inspection) -> Option<Rights> {
    let wanted = Rights::asked_by(&seen.manifest);
    if wanted.is_empty() { None } else { consent::asked(&wanted, &mut output::ask) }
}
