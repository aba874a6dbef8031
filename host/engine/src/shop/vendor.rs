//! Whoever sells to members while they debate: components and teachers are looked for when somebody buys, and not before.
//!
//! What is on sale, and for how much, is pinned in the debate's setup; what an item's component says is asked now, and recorded.

use std::collections::BTreeMap;

use amatelier_bundle::World;
use amatelier_economy::Installed;
use amatelier_types::{BadComponentName, ComponentName};
use amatelier_workspace::{ComponentLine, Team, Workspace};
use tokio::sync::OnceCell;

use super::{School, absent::Absent};
use crate::{Error, components::Components};

/// See the module's documentation.
pub(crate) struct Vendor {
    workspace: Workspace,
    components: Components,
    installed: OnceCell<Installed>,
}

impl Vendor {
    pub(crate) fn new(workspace: Workspace, components: Components) -> Self {
        Vendor { workspace, components, installed: OnceCell::new() }
    }

    /// The component of this name, or why there is none, in words.
    pub(crate) async fn seller(&self, name: &str) -> Result<Absent, String> {
        let team = self.workspace.team().map_err(|error| error.to_string())?;
        seller(&self.components, &team, name).await
    }

    /// What the rules need to know. Asked once in a drive of a debate: whoever teaches more later, teaches it to the next one.
    pub(crate) async fn installed(&self) -> Result<&Installed, Error> {
        let ask = || async {
            let school = School::of(&self.workspace, &self.components, &self.workspace.team()?).await?;
            Ok(school.installed())
        };
        self.installed.get_or_try_init(ask).await
    }
}

/// A component of the catalog, with what the team file allows and tells it.
pub(super) async fn seller(components: &Components, team: &Team, name: &str) -> Result<Absent, String> {
    let component: ComponentName = name.parse().map_err(|bad: BadComponentName| bad.to_string())?;
    let own = team.stores.iter().find(|line| line.component == component).cloned();
    let line = own.unwrap_or(ComponentLine { component, allow: None, settings: BTreeMap::new() });
    Absent::load(components, World::Store, &line).await.map_err(|error| error.to_string())
}
