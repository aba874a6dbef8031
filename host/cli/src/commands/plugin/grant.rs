//! `plugin grant` and `plugin revoke`.

use amatelier_plugins::{Rights, Shelf};

use super::{
    changed::{Changed, Done},
    consent, needed,
};
use crate::{
    args::{PluginGrant, PluginRevoke},
    context::Context,
    exit::Exit,
    failure::Failure,
    output::{self, program},
};

pub(super) fn grant(context: &Context, arguments: &PluginGrant) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let id = &arguments.id;
    let installed = needed(&shelf, id)?;
    let wanted = Rights::asked_by(&installed.manifest);
    let rights = if arguments.all {
        Some(wanted)
    } else if arguments.capabilities.is_empty() {
        consent::asked(&wanted, &mut output::ask)
    } else {
        Some(consent::arguments(&arguments.capabilities))
    };
    let Some(rights) = rights else {
        return Err(Failure::new(
            Exit::Usage,
            "nothing was named to be granted, and nobody can be asked here",
            format!(
                "`{0} plugin show {id}` says what it asks for; `{0} plugin grant {id} --all` grants it",
                program()
            ),
        ));
    };
    shelf.grant(id, &rights)?;
    Changed::of(Done::Granted, &needed(&shelf, id)?).print(arguments.json)
}

pub(super) fn revoke(context: &Context, arguments: &PluginRevoke) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let id = &arguments.id;
    let mut found = false;
    if arguments.capabilities.is_empty() {
        found = shelf.revoke(id, None)?;
    }
    for capability in &arguments.capabilities {
        found |= shelf.revoke(id, Some(*capability))?;
    }
    let done = if found { Done::Revoked } else { Done::Unchanged };
    Changed::of(done, &needed(&shelf, id)?).print(arguments.json)
}
