//! What a debate may take, watched while it runs.
//!
//! The worst case of a request is held in the transaction of its intent; one that could exceed a cap is not made, and the debate waits.
//! The sums are the journal's, never this process's: what a crash left without an answer counts until somebody knows better. In this
//! process is only who is under way, so that a request that fits if others take less than they might waits for them, and for nobody else.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use amatelier_debate::{Caps, PauseReason};
use amatelier_journal::{Charge, Commit, Error as JournalError, Hold, Journal, Unit};
use amatelier_llm::Stopped;
use amatelier_runtime::Patience;
use amatelier_types::{MicroUsd, RoundtableId};
use tokio::sync::Notify;

use crate::{
    Error, Watcher, clock,
    cover::{Asker, Counted, Cover, TimeLimits, Took, Worst, money_of},
};

/// Holders that a refusal names; more are counted.
const NAMED: usize = 3;

/// How much of a debate's money may be spent before its operator is told, in percent.
const WARNED_AT: [u64; 2] = [50, 80];

/// What a debate may take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Allowance {
    pub caps: Caps,
    pub limits: TimeLimits,
    /// How long it ran before.
    pub ran: Duration,
    /// The longest a request may take.
    pub patience: Duration,
}

/// The meter of one drive.
pub(crate) struct Meter {
    journal: Journal,
    debate: RoundtableId,
    allowance: Allowance,
    watcher: Arc<dyn Watcher>,
    began: Instant,
    state: Mutex<State>,
    /// Told whenever a request is not under way any more.
    freed: Notify,
}

struct State {
    /// Intents that are being written.
    trying: u32,
    /// Requests whose intents are written and whose outcomes are not.
    open: u32,
    /// How many were, and are no more.
    ended: u64,
    /// Why the debate has to wait, once it has.
    halted: Option<PauseReason>,
    /// What the debate's own account says: nobody else writes to it while this process drives.
    spent: MicroUsd,
    held: MicroUsd,
}

/// When there may be room for a request that does not fit.
enum Room {
    /// Something changed since it was looked for.
    Now,
    /// When somebody who is under way is done.
    Later,
    /// Not in this process.
    Never,
}

/// A request whose intent is written. Dropped without being settled, it keeps its holds: somebody may have worked on it.
pub(crate) struct UnderWay<'a> {
    meter: &'a Meter,
    cover: Cover,
}

/// An intent that is being written.
struct Trying<'a> {
    meter: &'a Meter,
    /// Whether it is known what became of it.
    known: bool,
}

impl UnderWay<'_> {
    /// What its outcome charges.
    pub(crate) fn charges(&self, took: Took) -> Vec<Charge> {
        self.cover.charges(took)
    }

    /// Its outcome was handed to the journal.
    pub(crate) fn settle(self, took: Took) {
        self.meter.charge(&self.cover, took);
    }

    /// What it holds, for whoever has to say later what it took.
    pub(crate) fn cover(&self) -> Cover {
        self.cover.clone()
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.meter.end(|state| state.open = state.open.saturating_sub(1));
    }
}

impl Trying<'_> {
    /// It was written, or refused. Nobody is told of a refusal: nothing is free that was not before.
    fn over(mut self) {
        self.known = true;
    }
}

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        let leave = |state: &mut State| state.trying = state.trying.saturating_sub(1);
        match self.known {
            true => leave(&mut self.meter.state()),
            false => self.meter.end(leave),
        }
    }
}

impl Meter {
    /// The meter of a debate.
    ///
    /// # Errors
    /// What was spent before cannot be read: nothing may be sent.
    pub(crate) fn open(
        journal: Journal,
        debate: RoundtableId,
        allowance: Allowance,
        watcher: Arc<dyn Watcher>,
    ) -> Result<Self, Error> {
        let account = journal.account(&money_of(&debate))?;
        let state = State {
            trying: 0,
            open: 0,
            ended: 0,
            halted: None,
            spent: MicroUsd(account.spent),
            held: MicroUsd(account.held),
        };
        let (began, state) = (Instant::now(), Mutex::new(state));
        Ok(Meter { journal, debate, allowance, watcher, began, state, freed: Notify::new() })
    }

    /// The debate that it is the meter of.
    pub(crate) fn debate(&self) -> &RoundtableId {
        &self.debate
    }

    /// The accounts that a request draws on now.
    pub(crate) fn cover(&self, asker: Asker<'_>, worst: Worst) -> Cover {
        Cover::new(asker, &self.allowance.caps, self.allowance.limits, worst, clock::now())
    }

    /// Write an intent, with what it holds, durably. Waits while only what others in this process hold stands in its way: they may
    /// take less. The turn's clock stands still then: it is nobody's fault.
    ///
    /// # Errors
    /// The request must not leave: it could exceed a cap, and the debate has to wait; or the journal cannot be written.
    pub(crate) async fn begin(
        &self,
        cover: Cover,
        patience: &Patience,
        intent: impl Fn(Vec<Hold>) -> Unit,
    ) -> Result<UnderWay<'_>, Stopped> {
        loop {
            // Heard of from here on, so that nothing is freed between the look and the wait.
            let freed = self.freed.notified();
            self.check_time().map_err(|why| self.halt(why))?;
            let (ended, trying) = self.start_trying();
            // The one barrier of a call: everything that was written before it is durable with it.
            let written = self.journal.write(intent(cover.holds()), Commit::Fsync).await;
            match written {
                Ok(_) => {
                    let mut state = self.state();
                    state.open += 1;
                    state.held += cover.worst().cost.unwrap_or_default();
                    drop(state);
                    trying.over();
                    self.tell(&cover);
                    return Ok(UnderWay { meter: self, cover });
                }
                Err(JournalError::Exceeded { account, spent, held, amount, limit }) => {
                    trying.over();
                    let room = match spent.saturating_add(amount) <= limit {
                        true => self.room_after(ended),
                        false => Room::Never,
                    };
                    match room {
                        Room::Now => {}
                        Room::Later => {
                            let _waiting = patience.wait();
                            freed.await;
                        }
                        Room::Never => {
                            let amounts = [limit, spent, held, amount];
                            return Err(self.halt(self.refusal(cover.cap(&account), &account, amounts)));
                        }
                    }
                }
                Err(error) => return Err(Stopped(error.to_string())),
            }
        }
    }

    /// When there may be room for a request that others stand in the way of.
    fn room_after(&self, ended: u64) -> Room {
        let state = self.state();
        match (state.ended != ended, state.open + state.trying > 0) {
            (true, _) => Room::Now,
            (false, true) => Room::Later,
            (false, false) => Room::Never,
        }
    }

    fn start_trying(&self) -> (u64, Trying<'_>) {
        let mut state = self.state();
        state.trying += 1;
        (state.ended, Trying { meter: self, known: false })
    }

    /// Whether a request may still end in time.
    fn check_time(&self) -> Result<(), String> {
        let Some(most) = self.allowance.caps.max_minutes else { return Ok(()) };
        let (ran, patience) = (self.allowance.ran + self.began.elapsed(), self.allowance.patience);
        if ran + patience <= Duration::from_secs(u64::from(most) * 60) {
            return Ok(());
        }
        let (ran, patience) = (ran.as_secs(), patience.as_secs());
        Err(format!("max-minutes {most}: it ran for {ran} s, and the next request may take {patience} s"))
    }

    /// The cap, what is spent, what is held and by whom, and what the next request may take.
    fn refusal(&self, cap: &str, account: &str, [limit, spent, held, amount]: [u64; 4]) -> String {
        let shown = |amount| Counted::by(account).show(amount);
        let mut text = format!("{cap} {}: {} spent", shown(limit), shown(spent));
        if held > 0 {
            text.push_str(&format!(", {} held by {}", shown(held), self.holders(account)));
        }
        text.push_str(&format!(", and the next request may take {}", shown(amount)));
        text
    }

    /// Who holds something of an account.
    fn holders(&self, account: &str) -> String {
        let Ok(holds) = self.journal.holds(account) else { return "requests without an answer".into() };
        let own = crate::stream::name(&self.debate);
        let name = |hold: &amatelier_journal::StoredHold| match hold.stream == own {
            true => hold.action.clone(),
            false => format!("{} of {}", hold.action, hold.stream),
        };
        let mut names: Vec<String> = holds.iter().map(name).collect();
        names.dedup();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", names.join(", "))
    }

    /// The debate has to wait for its operator; the first reason stands.
    pub(crate) fn wait_for(&self, reason: PauseReason) {
        self.end(|state| {
            state.halted.get_or_insert(reason);
        });
    }

    fn halt(&self, why: String) -> Stopped {
        self.wait_for(PauseReason::Cap(why.clone()));
        Stopped(why)
    }

    /// Why the debate has to wait, if it has.
    pub(crate) fn halted(&self) -> Option<PauseReason> {
        self.state().halted.clone()
    }

    /// Something changed that others may wait for.
    fn end(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        state.ended += 1;
        drop(state);
        self.freed.notify_waiters();
    }

    /// A request took something.
    pub(crate) fn charge(&self, cover: &Cover, took: Took) {
        let Some(worst) = cover.worst().cost else { return };
        let mut state = self.state();
        let before = state.spent;
        state.spent += cover.cost(took);
        state.held = MicroUsd(state.held.0.saturating_sub(worst.0));
        let after = state.spent;
        drop(state);
        self.tell(cover);
        if let Some(warning) = self.allowance.caps.max_cost.and_then(|cap| warning(before, after, cap)) {
            self.watcher.note(&warning);
        }
    }

    /// What an earlier attempt's request was found to have taken: its holds are gone.
    pub(crate) fn settled_late(&self, held: MicroUsd, cost: MicroUsd) {
        self.end(|state| {
            state.spent += cost;
            state.held = MicroUsd(state.held.0.saturating_sub(held.0));
        });
    }

    fn tell(&self, cover: &Cover) {
        if cover.worst().cost.is_none() {
            return;
        }
        let state = self.state();
        let (spent, held) = (state.spent, state.held);
        drop(state);
        self.watcher.spent(spent, held, self.allowance.caps.max_cost);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Sums: whoever panicked left them as good as they were.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to be said when spending passes one of the marks: once, for what was spent before is remembered over resumes.
fn warning(before: MicroUsd, after: MicroUsd, cap: MicroUsd) -> Option<String> {
    let share = |amount: MicroUsd, percent: u64| {
        u128::from(amount.0) * 100 >= u128::from(cap.0) * u128::from(percent)
    };
    let passed =
        WARNED_AT.into_iter().rev().find(|percent| !share(before, *percent) && share(after, *percent))?;
    Some(format!("{after} of the {cap} that this debate may cost is spent: more than {passed} %"))
}

#[cfg(test)]
mod tests;
