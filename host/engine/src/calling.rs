//! A turn is called: with which component, and with which rights.
//!
//! Both are looked up now and written down with the call, so that a swap, a revoke or a plugin that is put aside counts from the next turn
//! on, and a replay sees what was. A turn that was interrupted runs with the component that it was called with and with what is left of its
//! rights by then. A plugin that may not be called any more costs its turn, not the debate.

use std::{collections::BTreeSet, sync::Arc};

use amatelier_bundle::World;
use amatelier_debate::{Action, CallRights, Called, Outcome};
use amatelier_journal::{BegunTurn, NewTurn, Unit};
use amatelier_plugins::Manifest;
use amatelier_runtime::Component;
use amatelier_types::{
    BadComponentName, Capabilities, Capability, ComponentName, Failure, FailureKind, MemberName,
};

use crate::{
    Books, ComponentError, Error, clock,
    components::{Taking, both, unlimited},
    driver::{Driver, stage},
    given, stream,
    turn::{Staged, world},
};

/// What the operator was told of already, so that every turn does not say it again.
#[derive(Default)]
pub(crate) struct ToldOf {
    /// Members, and what their plugins no longer may.
    lost: BTreeSet<(MemberName, String)>,
    /// Members, and functions that their components were refused.
    denied: BTreeSet<(MemberName, String)>,
}

/// A seat, as far as a call of its component goes.
struct Seated {
    member: MemberName,
    component: ComponentName,
    /// What it was given when the debate opened.
    granted: Capabilities,
    /// The most that it may have.
    allow: Capabilities,
    /// Whether its component was an installed plugin when the debate opened.
    is_a_plugins: bool,
}

/// What takes a turn.
#[derive(Default)]
struct Taker {
    /// None for a lookup, and where it is refused.
    component: Option<Component>,
    rights: Option<CallRights>,
    manifest: Option<Arc<Manifest>>,
    refused: Option<Failure>,
}

impl Taker {
    /// A turn whose component is not called. Nobody at the table is to blame for what the operator does.
    fn refused(why: &dyn std::fmt::Display) -> Self {
        let why = why.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        Taker { refused: Some(Failure::new(FailureKind::HostFault, why)), ..Taker::default() }
    }
}

impl Driver {
    /// Call a turn, or take it up again.
    pub(crate) async fn stage_turn(&mut self, action: Action) -> Result<Staged, Error> {
        let at = clock::now();
        let taker = match (world(&action.task), self.debate.called(&action.id)) {
            (Some(world), Some(called)) => self.taken_up(world, &action, called).await?,
            (Some(world), None) => self.taken(world, &action).await?,
            (None, _) => Taker::default(),
        };
        let Taker { component, rights, manifest, refused } = taker;
        let hash = component.as_ref().map(Component::hash);
        let books = self.books_of(&action, rights.as_ref())?;
        let ledger = books.as_ref().map_or(0, |books| books.seq);
        let called = Outcome::Called { action: action.id.clone(), component: hash, ledger, rights, at };
        let events = self.debate.decide(called);
        let stream = stream::name(&self.debate.setup().id);
        let begun = NewTurn { stream, action: action.id.to_string(), component: hash, at };
        let committed = self.commit(Unit::new().begin_turn(begun), events, at).await?;
        let turns: Vec<BegunTurn> = committed.turns;
        let begun = turns.first().ok_or_else(|| self.stuck("the journal began no turn".into()))?;
        let Called { heard, .. } = self
            .debate
            .called(&action.id)
            .ok_or_else(|| self.stuck(format!("{} was not called", action.id)))?;
        let staged = stage(&self.debate, action, component, Some(begun.id), begun.attempt == 1, heard);
        Ok(Staged { books: books.unwrap_or_default(), manifest, refused, ..staged })
    }

    /// Whoever takes a turn that is called now.
    async fn taken(&mut self, world: World, action: &Action) -> Result<Taker, Error> {
        let seat = self.seated(action)?;
        let current = self.components.current(world, &seat.component, &self.told).await;
        let Taking { component, plugin } = match current {
            Ok(taking) => taking,
            // The debate was opened with a plugin: it goes on without it.
            Err(error) if is_excused(&error, &seat) => return Ok(Taker::refused(&error)),
            Err(error) => return Err(error.into()),
        };
        let (rights, manifest) = match plugin {
            Some(plugin) => (Some(plugin.for_member(&seat.allow)), Some(plugin.manifest)),
            // What was installed when the debate opened is so no more, and the bundled one speaks in its place.
            None if seat.is_a_plugins => {
                (Some(unlimited(&given::granted(world, &seat.component, Some(&seat.allow)))), None)
            }
            None => (None, None),
        };
        if let Some(rights) = &rights {
            self.tell_what_is_lost(&seat, rights);
        }
        Ok(Taker { component: Some(component), rights, manifest, refused: None })
    }

    /// Whoever takes a turn that was called before the process died: the component that it was called with, with what is left of its rights.
    async fn taken_up(&mut self, world: World, action: &Action, called: Called) -> Result<Taker, Error> {
        let Called { component: Some(hash), rights, .. } = called else {
            return Ok(Taker::refused(&"its plugin could not be called when its turn came"));
        };
        let seat = self.seated(action)?;
        let Some(rights) = rights else {
            let component = Some(self.components.pinned(world, &hash).await?);
            return Ok(Taker { component, ..Taker::default() });
        };
        let (left, refused) = match self.components.plugin(world, &seat.component) {
            Ok(Some(plugin)) => (both(&rights, &plugin.for_member(&seat.allow)), None),
            Ok(None) => (
                CallRights::default(),
                Some(Taker::refused(&format!("the plugin {} is gone", seat.component))),
            ),
            Err(error) => (CallRights::default(), Some(Taker::refused(&error))),
        };
        let at = clock::now();
        let cut = Outcome::Curtailed { action: action.id.clone(), rights: left.clone(), at };
        let cut = self.debate.decide(cut);
        if !cut.is_empty() {
            self.commit(Unit::new(), cut, at).await?;
            self.tell_what_is_lost(&seat, &left);
        }
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let manifest = self.components.manifest(&hash)?;
        let component = Some(self.components.pinned(world, &hash).await?);
        Ok(Taker { component, rights: Some(left), manifest, refused: None })
    }

    /// The ledger that an action may read: none where its component may not look at the market at all.
    fn books_of(&self, action: &Action, rights: Option<&CallRights>) -> Result<Option<Books>, Error> {
        let seat = self.debate.seat(&action.member);
        let reads = match rights {
            Some(rights) => may_read_ledger(&rights.capabilities()),
            None => seat.is_some_and(|seat| may_read_ledger(&seat.pinned.granted)),
        };
        let books = match self.debate.called(&action.id) {
            _ if !reads => None,
            Some(called) => Some(self.treasury.books_at(called.ledger)?),
            None => Some(self.treasury.books()?),
        };
        Ok(books)
    }

    fn seated(&self, action: &Action) -> Result<Seated, Error> {
        let seat = self.debate.seat(&action.member);
        let seat = seat.ok_or_else(|| self.stuck(format!("{} has no seat", action.member)))?;
        let name = seat.component.parse();
        Ok(Seated {
            member: seat.name.clone(),
            component: name.map_err(|bad: BadComponentName| self.stuck(bad.to_string()))?,
            granted: seat.pinned.granted.clone(),
            allow: seat.pinned.allow.as_ref().unwrap_or(&seat.pinned.granted).clone(),
            is_a_plugins: seat.pinned.allow.is_some(),
        })
    }

    /// Say once what a member's plugin had when the debate opened and may no longer.
    fn tell_what_is_lost(&mut self, seat: &Seated, rights: &CallRights) {
        let now = rights.capabilities();
        let lost: Vec<String> = seat.granted.difference(&now).map(|lost| format!("`{lost}`")).collect();
        if lost.is_empty() {
            return;
        }
        let lost = lost.join(", ");
        if self.told_of.lost.insert((seat.member.clone(), lost.clone())) {
            let (plugin, member) = (&seat.component, &seat.member);
            self.watcher.note(&format!("the grant of {plugin} was revoked: {member} goes on without {lost}"));
        }
    }

    /// Say once which functions a member's component is refused.
    pub(crate) fn tell_what_is_denied(&mut self, member: &MemberName, functions: &[String]) {
        for function in functions {
            if self.told_of.denied.insert((member.clone(), function.clone())) {
                self.watcher.note(&format!("{member}: {function} was denied"));
            }
        }
    }
}

/// Whether a debate goes on when a seat's component cannot be called.
fn is_excused(error: &ComponentError, seat: &Seated) -> bool {
    seat.is_a_plugins || error.is_about_a_plugin()
}

/// Whether a component that may do this may look at the ledger.
fn may_read_ledger(granted: &Capabilities) -> bool {
    granted.contains(&Capability::MarketRead) || granted.contains(&Capability::MarketBuy)
}
