//! Where a plugin is put to be checked.

use std::time::Duration;

use amatelier_runtime::Runtime;
use amatelier_types::World;
use amatelier_types::{FailureKind, MemberName, Role, Sparks};

use super::{
    checked::{Fault, Outcome},
    tables,
};
use crate::{Answering, Occasion, Played, Returned, Script, Stock, Subject, VirtualHost};

/// What a suite allows.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The longest that one call may take, waiting included. It stops a guest that sleeps.
    pub patience: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Terms { patience: Duration::from_secs(60) }
    }
}

pub(super) struct Bench<'a> {
    pub(super) runtime: &'a Runtime,
    pub(super) subject: &'a Subject,
    pub(super) terms: &'a Terms,
    pub(super) world: World,
}

impl Bench<'_> {
    /// A debate in its second round, in which everything that the plugin asks for is granted and the stand-in model answers.
    pub(super) fn host(&self) -> VirtualHost {
        let (member, role) = match self.world {
            World::Judge => ("judge", Role::Judge),
            World::Rubric => ("rubric", Role::Rubric),
            World::Persona | World::Store | World::Skill => ("ada", Role::Worker),
        };
        // A name that is one; were it none, the plugin's own would do as well.
        let member: MemberName = member.parse().unwrap_or_else(|_| MemberName::user());
        let mut host = VirtualHost::of(self.subject, member, role);
        host.table = tables::plain();
        host.models = Answering::of(Script::Rehearsal);
        host.stock = Stock { balance: Sparks(40), catalog: tables::wares(), owned: Vec::new() };
        host.patience = self.terms.patience;
        for (name, text) in tables::DOCUMENTS {
            host.profile.documents.insert(name.into(), text.into());
        }
        host
    }

    pub(super) async fn play(&self, host: &mut VirtualHost, occasion: &Occasion) -> Played {
        host.play(self.runtime, self.subject, occasion.clone()).await
    }

    /// What it returned; a failure is the check's.
    pub(super) async fn returns(
        &self,
        host: &mut VirtualHost,
        occasion: &Occasion,
    ) -> Result<(Returned, Played), Box<Fault>> {
        let played = self.play(host, occasion).await;
        match &played.result {
            Ok(returned) => Ok((returned.clone(), played)),
            Err(failure) => Err(Fault::of(format!("{} failed: {failure}", occasion.label()), played)),
        }
    }
}

/// It may fail, but neither trap nor run into a limit; `when` says what it did not stand.
pub(super) fn stands(played: Played, when: &str) -> Outcome {
    match &played.result {
        Err(failure) if matches!(failure.kind, FailureKind::Trap | FailureKind::Limit) => {
            Err(Fault::of(format!("{} with {when}: {failure}", played.occasion.label()), played))
        }
        _ => Ok(()),
    }
}
