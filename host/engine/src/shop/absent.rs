//! A component that sits at no table, and how it is asked.
//!
//! It has nobody's profile, no models, no files and no purse, whatever it is granted; a teacher may read topic and briefing of the debate
//! that it teaches for. The same question always finds the same dice, so that a list that changes from call to call is the component's
//! own doing.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use amatelier_bundle::World;
use amatelier_runtime::{
    Call, Chat, Component, Ended, Limits, NoDesk, NoMarket, NoSparks, Patience, Profile, Runtime, Stop,
};
use amatelier_types::{
    BuyAnswer, Buyer, Capabilities, Failure, FailureKind, MemberName, PromisedEffect, Role, Seed, Usage,
};
use amatelier_workspace::ComponentLine;

use super::blackboard::{Blackboard, Mute};
use crate::{
    ComponentError, clock,
    components::{Components, limits, settings},
    given::Given,
    plugins::{Measured, Tallies},
};

/// The longest that one question takes. It waits for nobody, so this is met only by one that waits for nothing.
const PATIENCE: Duration = Duration::from_secs(20);

/// See the module's documentation.
#[derive(Clone)]
pub(crate) struct Absent {
    /// As the catalog or the team file calls it.
    pub name: String,
    pub component: Component,
    pub runtime: Runtime,
    granted: Capabilities,
    settings: Arc<BTreeMap<String, String>>,
    limits: Arc<Limits>,
    tallies: Tallies,
}

impl Absent {
    /// Load what a line names.
    pub(crate) async fn load(
        components: &Components,
        world: World,
        line: &ComponentLine,
    ) -> Result<Self, ComponentError> {
        let given = Given::of(components, world, &line.component, line.allow.as_ref())?;
        let manifest = given.plugin.as_ref().map(|plugin| &*plugin.manifest);
        Ok(Absent {
            name: line.component.to_string(),
            component: components.load(world, &line.component).await?,
            runtime: components.runtime().clone(),
            settings: Arc::new(settings(manifest, &line.settings)),
            limits: Arc::new(limits(manifest, Limits::default())),
            tallies: components.tallies().clone(),
            granted: given.granted,
        })
    }

    /// Ask a store whether somebody may buy an item.
    pub(crate) async fn may_buy(&self, item: &str, who: &Buyer) -> Result<BuyAnswer, Failure> {
        self.answered(self.runtime.may_buy(&self.component, self.call(), item, who).await)
    }

    /// Ask a store what an item is to do.
    pub(crate) async fn redeem(
        &self,
        item: &str,
        who: &Buyer,
        note: &str,
    ) -> Result<Vec<PromisedEffect>, Failure> {
        self.answered(self.runtime.redeem(&self.component, self.call(), item, who, note).await)
    }

    /// A call without a debate.
    pub(crate) fn call(&self) -> Call {
        self.call_about(Arc::new(Blackboard::default()))
    }

    /// A call about a debate.
    pub(crate) fn call_about(&self, chat: Arc<dyn Chat>) -> Call {
        Call {
            member: MemberName::runner(),
            role: Role::Runner,
            seed: Seed(0).derive(&format!("shop/{}", self.name)),
            now: 0,
            granted: self.granted.clone(),
            settings: self.settings.clone(),
            limits: (*self.limits).clone(),
            wall_clock: Some(Patience::new(PATIENCE)),
            profile: Arc::new(Profile::default()),
            chat,
            models: Arc::new(Mute),
            desk: Arc::new(NoDesk),
            sparks: Arc::new(NoSparks),
            market: Arc::new(NoMarket),
            notebook: Arc::default(),
        }
    }

    /// What it answered; nothing suspends a call without a debate.
    pub(crate) fn answered<T>(&self, ended: Ended<T>) -> Result<T, Failure> {
        let Ended { result, record } = ended;
        let stop = result.as_ref().err();
        let measured = Measured { record: &record, stop, usage: Usage::default(), at: clock::now() };
        self.tallies.count(&self.name, self.component.hash(), &measured);
        result.map_err(|stop| match stop {
            Stop::Failed(failure) => failure,
            Stop::Suspended(why) => Failure::new(FailureKind::HostFault, why),
        })
    }
}
