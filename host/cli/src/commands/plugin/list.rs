//! `plugin list`: what there is and where it stands. Reads the lock and what stands beside it; no component is read and no engine started.

use std::collections::BTreeMap;

use amatelier_bundle::Bundled;
use amatelier_plugins::Shelf;
use amatelier_types::{ComponentName, Sha256};
use amatelier_workspace::{Team, Workspace};
use serde::Serialize;

use super::{
    measured::House,
    shown::{Kept, Listed},
    standing::State,
};
use crate::{args::PluginList, context::Context, exit::Exit, failure::Failure, output, render};

/// Everything that is listed.
#[derive(Serialize)]
pub(crate) struct PluginListing {
    schema: &'static str,
    pub plugins: Vec<Listed>,
}

pub(super) fn run(context: &Context, arguments: &PluginList) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let house = House::of(context)?;
    let mut seats = Seats::of(&context.workspace);
    let mut plugins = Vec::new();
    for installed in shelf.all()? {
        let seats = seats.take(&ComponentName::Id(installed.entry.id.to_string()));
        let measured = house.measured(installed.entry.id.as_str(), Some(installed.entry.sha256));
        plugins.push(Listed::of(&installed, seats).and(house.standing(&installed)?, measured));
    }
    plugins.extend(shelf.broken()?.iter().map(|(entry, error)| Listed::broken(entry, error)));
    plugins.extend(seats.paths(&house));
    if arguments.all {
        plugins.extend(bundled(&house));
    }
    let listing = PluginListing { schema: "amatelier/plugins/v1", plugins };
    if arguments.json {
        output::print_json(&listing)?;
    } else {
        output::print(&render::plugins(&listing, render::width()))?;
    }
    Ok(Exit::Ok)
}

/// Who is seated with which component.
pub(super) struct Seats(BTreeMap<ComponentName, Vec<String>>);

impl Seats {
    /// As the team file has it; nobody, where there is none or it is not understood: `team validate` is for that.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let team = workspace.team_file().exists().then(|| workspace.team().ok()).flatten();
        Seats(team.as_ref().map(seated).unwrap_or_default())
    }

    /// Who is seated with this one; it is not listed again.
    pub(super) fn take(&mut self, name: &ComponentName) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    /// The components that are named by their paths.
    fn paths(self, house: &House) -> impl Iterator<Item = Listed> {
        self.0.into_iter().filter_map(move |(name, seats)| match name {
            ComponentName::Path(path) => Some(Listed {
                name: path.display().to_string(),
                kept: Kept::ByPath,
                version: None,
                state: State::Ready,
                why: None,
                next: None,
                worlds: Vec::new(),
                sha256: None,
                source: None,
                seats,
                held: None,
                measured: house.measured(&path.display().to_string(), None),
            }),
            ComponentName::Id(_) => None,
        })
    }
}

fn seated(team: &Team) -> BTreeMap<ComponentName, Vec<String>> {
    let mut seats = BTreeMap::<ComponentName, Vec<String>>::new();
    let members = team.members.iter().map(|member| (&member.component, member.name.to_string()));
    let rubric = team.rubric.iter().map(|line| (&line.component, "rubric".to_owned()));
    let stores = team.stores.iter().map(|line| (&line.component, "store".to_owned()));
    let skills = team.skills.iter().map(|line| (&line.component, "skill".to_owned()));
    for (component, seat) in members.chain(rubric).chain(stores).chain(skills) {
        seats.entry(component.clone()).or_default().push(seat);
    }
    seats
}

fn bundled(house: &House) -> impl Iterator<Item = Listed> {
    let row = |bundled: &Bundled, sha256| Listed {
        name: bundled.id.to_owned(),
        kept: Kept::Bundled,
        version: Some(bundled.version.to_owned()),
        state: State::Ready,
        why: None,
        next: None,
        worlds: vec![bundled.world.to_string()],
        sha256: Some(sha256),
        source: None,
        seats: Vec::new(),
        held: None,
        measured: house.measured(bundled.id, Some(sha256)),
    };
    amatelier_bundle::all().iter().map(move |bundled| row(bundled, Sha256::of(bundled.bytes)))
}
