//! Events are written down with what belongs to them, and then taken in.

use amatelier_debate::{Event, Outcome};
use amatelier_economy::{Installed, Ledger};
use amatelier_journal::{Commit, Committed, Unit};
use amatelier_types::{MemberName, Timestamp};

use super::{Driver, HOST, hear};
use crate::{
    Error, clock, failpoint,
    shop::{self, Posted, Purchase},
    stream,
    treasury::{Closing, Written, told},
};

/// What a member bought in a turn that is about to end.
pub(super) struct Bought {
    pub(super) member: MemberName,
    pub(super) purchases: Vec<Purchase>,
}

impl Driver {
    pub(super) async fn tell(&mut self, outcome: Outcome) -> Result<(), Error> {
        let events = self.debate.decide(outcome);
        self.commit(Unit::new(), events, clock::now()).await?;
        Ok(())
    }

    /// Commit events with what belongs to them, then take them in.
    pub(crate) async fn commit(
        &mut self,
        unit: Unit,
        events: Vec<Event>,
        at: Timestamp,
    ) -> Result<Committed, Error> {
        self.commit_as(HOST, unit, events, at).await
    }

    pub(super) async fn commit_as(
        &mut self,
        actor: &str,
        unit: Unit,
        events: Vec<Event>,
        at: Timestamp,
    ) -> Result<Committed, Error> {
        let nothing = Bought { member: MemberName::runner(), purchases: Vec::new() };
        self.commit_with(actor, unit, events, &nothing, at).await
    }

    /// Commit events with what belongs to them, and with what was bought in the turn that they end.
    pub(super) async fn commit_with(
        &mut self,
        actor: &str,
        unit: Unit,
        events: Vec<Event>,
        bought: &Bought,
        at: Timestamp,
    ) -> Result<Committed, Error> {
        let encoded: Result<Vec<_>, _> =
            events.iter().map(|event| stream::encode(event, actor, at)).collect();
        let encoded = encoded.map_err(|error| self.stuck(format!("an event cannot be written: {error}")))?;
        let written = !encoded.is_empty();
        let unit = match written {
            true => unit.append(stream::name(&self.debate.setup().id), Some(self.seq), encoded),
            false => unit,
        };
        let (committed, lines) = match Closing::concerns(&events) || !bought.purchases.is_empty() {
            true => self.commit_settled(actor, unit, &events, bought, at).await?,
            false => (self.journal().write(unit, Commit::NoFsync).await?, Vec::new()),
        };
        if let Some(appended) = committed.appended.first().filter(|_| written) {
            self.seq = appended.last_seq;
        }
        for event in &events {
            self.debate.apply(event);
            hear(&self.stage.transcript, &self.debate, event);
            self.watcher.event(&self.debate, event);
        }
        lines.iter().for_each(|line| self.watcher.note(line));
        Ok(committed)
    }

    /// Commit events that mean something for the ledger together with what they mean; with a line for each thing that it meant.
    async fn commit_settled(
        &self,
        actor: &str,
        unit: Unit,
        events: &[Event],
        bought: &Bought,
        at: Timestamp,
    ) -> Result<(Committed, Vec<String>), Error> {
        let installed = match bought.purchases.is_empty() {
            true => Installed::default(),
            false => self.vendor.installed().await?.clone(),
        };
        let rules = self.treasury.rules();
        let mut refused = Vec::new();
        let decided = |ledger: &Ledger| {
            // What was bought in the turn was bought before its end was told.
            let mut ledger = ledger.clone();
            let Posted { events: mut decided, refused: mut not_sold } =
                shop::post(&mut ledger, rules, &installed, &bought.member, &bought.purchases);
            let closing = Closing::of(&ledger, rules, &self.debate, events, at);
            decided.extend(closing.events);
            not_sold.extend(closing.refused);
            refused = not_sold;
            Ok(decided)
        };
        failpoint::here("before-settlement");
        let Written { committed, events: moved } =
            self.treasury.write(actor, Commit::NoFsync, unit, decided).await?;
        failpoint::here("after-settlement");
        Ok((committed, moved.iter().filter_map(told).chain(refused).collect()))
    }
}
