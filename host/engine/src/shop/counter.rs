//! The counter: store, school and ledger of a realm, for an operator who acts on behalf of members. Nobody debates here.

use amatelier_journal::{Journal, Options};
use amatelier_types::{Learner, MemberName};
use amatelier_workspace::{Realm, Team, Workspace};

use super::{School, Shop, learners};
use crate::{Error, Treasury, components::Components, treasury, views};

/// See the module's documentation.
pub struct Counter {
    team: Team,
    journal: Journal,
    treasury: Treasury,
    shop: Shop,
    school: School,
}

impl Counter {
    /// Open it for a realm.
    ///
    /// # Errors
    /// A file of the workspace makes no sense; the journal cannot be read; the plugin runtime does not start.
    pub async fn open(workspace: &Workspace, realm: impl Into<Realm>) -> Result<Self, Error> {
        let (team, realm) = (workspace.team()?, realm.into());
        let data = workspace.folder(realm, "")?;
        let journal = views::open(&data, Options::default())?;
        let treasury = Treasury::open(journal.clone(), treasury::rules(workspace)?)?;
        let components = Components::of(workspace)?;
        let shop = Shop::of(workspace, &components, &team, &treasury.rules().bounds).await?;
        let school = School::of(workspace, &components, &team).await?;
        Ok(Counter { team, journal, treasury, shop, school })
    }

    /// The team.
    pub fn team(&self) -> &Team {
        &self.team
    }

    /// The ledger.
    pub fn treasury(&self) -> &Treasury {
        &self.treasury
    }

    /// What is on sale.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// What can be learnt.
    pub fn school(&self) -> &School {
        &self.school
    }

    /// What a teacher is told of a member.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn learner(&self, member: &MemberName, skill: &str) -> Result<Learner, Error> {
        learners::learner(&self.treasury.books()?.ledger, &self.journal, member, skill)
    }
}
