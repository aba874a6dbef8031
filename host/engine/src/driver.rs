//! The loop that makes a debate happen.
//!
//! It asks the machine what should be happening, starts what is not running yet, waits for whatever ends first, and hands the outcome
//! back. Every step is committed before it is applied; between two steps the process may die at any instant.

mod committing;
mod hearing;

use std::{collections::HashMap, sync::Arc};

use amatelier_debate::{ActionId, Caps, Debate, Outcome, PauseReason};
use amatelier_journal::{Commit, Journal, TurnEnd, TurnId, Unit};
use amatelier_runtime::Stop;
use tokio::task::JoinSet;

use self::committing::Bought;
pub(crate) use self::hearing::{hear, stage};
use crate::{
    Control, Error, Steer, Treasury, Watcher, Wish,
    calling::ToldOf,
    clock,
    components::Components,
    control::Steering,
    cover::Took,
    meter::Meter,
    rescoring::Wanted,
    shop::Vendor,
    turn::{Carried, Stage},
    wire,
};

/// How a drive ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The debate is over, scoring included.
    Over,
    /// It waits and can be resumed.
    Paused(PauseReason),
}

/// Drives one debate.
pub(crate) struct Driver {
    pub debate: Debate,
    /// The last sequence number of its stream.
    pub seq: u64,
    pub stage: Stage,
    pub treasury: Treasury,
    pub vendor: Arc<Vendor>,
    pub components: Components,
    pub control: Control,
    pub watcher: Arc<dyn Watcher>,
    pub told: Arc<dyn Fn(String) + Send + Sync>,
    /// What the debate may take, watched.
    pub meter: Arc<Meter>,
    /// Why the debate has to wait for its operator, once it has.
    pub halted: Option<PauseReason>,
    /// What the operator was told of already.
    pub told_of: ToldOf,
    /// Turns that ended since measurements were written down.
    pub unwritten_turns: u32,
}

/// After so many turns what was measured of plugins is written down with a turn's end, for debates that go on for days.
const MEASURED_TURNS: u32 = 64;
/// Who events of the host itself are caused by.
const HOST: &str = "host";
/// Who events of the operator are caused by.
const OPERATOR: &str = "user";

/// The next steer; never, where another driver listens.
async fn next_steer(steers: &mut Option<tokio::sync::mpsc::Receiver<Steering>>) -> Option<Steering> {
    match steers {
        Some(steers) => steers.recv().await,
        None => std::future::pending().await,
    }
}

impl Driver {
    pub(crate) async fn drive(&mut self) -> Result<Ending, Error> {
        if self.debate.is_paused() {
            self.tell(Outcome::Resumed { at: clock::now() }).await?;
        }
        let mut wishes = self.control.wishes();
        let mut steers = self.control.steers();
        let mut running = JoinSet::new();
        let mut started: HashMap<ActionId, TurnId> = HashMap::new();
        loop {
            let wish = *wishes.borrow_and_update();
            if wish == Wish::Stop && self.debate.stop().is_none() {
                running.shutdown().await;
                self.stop(started.drain()).await?;
            }
            // A debate that is closed is scored all the same: that is what a stop leaves to be done.
            let pausing = wish == Wish::Pause;
            let halted = self.halted.clone();
            if !pausing && halted.is_none() {
                for action in self.debate.next() {
                    if !started.contains_key(&action.id) {
                        let id = action.id.clone();
                        let (staged, stage) = (self.stage_turn(action).await?, self.stage.clone());
                        started.extend(staged.turn.map(|turn| (id, turn)));
                        running.spawn(stage.carry_out(staged, self.debate.round()));
                    }
                }
            }
            let joined = tokio::select! {
                biased;
                joined = running.join_next() => joined,
                Ok(()) = wishes.changed() => continue,
                Some((steer, reply)) = next_steer(&mut steers) => {
                    let told = self.steer(steer).await?;
                    // Whoever steered may be gone; it is done all the same.
                    let _ = reply.send(told);
                    continue;
                }
            };
            match joined {
                Some(Ok(carried)) => {
                    let carried = carried?;
                    started.remove(&carried.action.id);
                    self.end_turn(carried).await?;
                }
                Some(Err(error)) => return Err(self.stuck(format!("a turn's task died: {error}"))),
                None if self.debate.is_over() => break,
                None if self.debate.is_paused() => break,
                None if halted.is_some() || pausing => {
                    let reason = halted.unwrap_or(PauseReason::Operator);
                    self.tell(Outcome::Paused { reason: reason.clone(), at: clock::now() }).await?;
                    if !self.debate.is_paused() {
                        // It is closed and waits for its marks: there is nothing to go on with but them.
                        self.journal().write(self.measured(), Commit::Fsync).await?;
                        return Ok(Ending::Paused(reason));
                    }
                }
                None => return Err(self.stuck("nothing is to be done, and it is not over".into())),
            }
        }
        // What is shown from here on must survive a power cut.
        self.journal().write(self.measured(), Commit::Fsync).await?;
        match self.debate.pause_reason() {
            Some(reason) if self.debate.is_paused() => Ok(Ending::Paused(reason.clone())),
            _ => Ok(Ending::Over),
        }
    }

    /// The barrier after which a debate waits or is over, with what was measured meanwhile.
    fn measured(&self) -> Unit {
        self.components.tallies().hand_over(Unit::new())
    }

    /// Take the operator's caps.
    pub(crate) async fn cap(&mut self, caps: Option<Caps>) -> Result<(), Error> {
        let Some(caps) = caps else { return Ok(()) };
        let at = clock::now();
        let events = self.debate.decide(Outcome::Capped { caps, at });
        self.commit_as(OPERATOR, Unit::new(), events, at).await?;
        Ok(())
    }

    /// Take the operator's word on whether a model may see what is looked up.
    pub(crate) async fn consent(&mut self, assisted: Option<bool>) -> Result<(), Error> {
        let Some(assisted) = assisted else { return Ok(()) };
        let at = clock::now();
        let events = self.debate.decide(Outcome::Consented { assisted, at });
        self.commit_as(OPERATOR, Unit::new(), events, at).await?;
        Ok(())
    }

    /// Begin the scoring that the operator asked for.
    pub(crate) async fn score_again(&mut self, wanted: Option<Wanted>) -> Result<(), Error> {
        let Some(wanted) = wanted else { return Ok(()) };
        let at = clock::now();
        let events = self.debate.decide(wanted.outcome(at));
        self.commit_as(OPERATOR, Unit::new(), events, at).await?;
        Ok(())
    }

    /// Close the debate by the operator's wish; the turns that ran are dropped without an outcome.
    async fn stop(&mut self, dropped: impl Iterator<Item = (ActionId, TurnId)>) -> Result<(), Error> {
        let at = clock::now();
        let unit = dropped.fold(Unit::new(), |unit, (_, turn)| unit.end_turn(turn, TurnEnd::Suspended, at));
        let events = self.debate.decide(Outcome::Stopped { at });
        self.commit(unit, events, at).await?;
        Ok(())
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.stage.journal
    }

    pub(crate) fn stuck(&self, reason: String) -> Error {
        Error::Stuck { id: self.debate.setup().id.clone(), reason }
    }

    async fn end_turn(&mut self, carried: Carried) -> Result<(), Error> {
        let Carried { action, turn, answer, spent, asked, purchases, abandoned, notes, denied, .. } = carried;
        self.tell_what_is_denied(&action.member, &denied);
        let turn = turn.ok_or_else(|| self.stuck(format!("{} ran outside of the journal", action.id)))?;
        let at = clock::now();
        let answer = match answer {
            Ok(answer) => Ok(answer),
            Err(Stop::Failed(failure)) => Err(failure),
            Err(Stop::Suspended(why)) => {
                self.journal()
                    .write(Unit::new().end_turn(turn, TurnEnd::Suspended, at), Commit::NoFsync)
                    .await?;
                self.halted = self.meter.halted();
                // A debate that reached a cap waits for what still runs, and then for its operator.
                return if self.halted.is_some() { Ok(()) } else { Err(self.stuck(why)) };
            }
        };
        let end = if answer.is_ok() { TurnEnd::Finished } else { TurnEnd::Failed };
        // A turn that failed leaves no trace, in the ledger neither.
        let mut bought = Bought { member: action.member.clone(), purchases: Vec::new() };
        let noted = Outcome::Noted { member: action.member, notes };
        let mut events = self.debate.decide(Outcome::Ended { action: action.id, answer, spent, asked, at });
        if end == TurnEnd::Finished && !events.is_empty() {
            events.extend(self.debate.decide(noted));
            bought.purchases = purchases;
        }
        let unit = abandoned.iter().fold(Unit::new(), |unit, (request, cover)| {
            unit.outcome(*request, wire::unheard(), cover.charges(Took::Unknown))
        });
        self.unwritten_turns += 1;
        let unit = match self.unwritten_turns {
            MEASURED_TURNS.. => {
                self.unwritten_turns = 0;
                self.components.tallies().hand_over(unit)
            }
            _ => unit,
        };
        self.commit_with(HOST, unit.end_turn(turn, end, at), events, &bought, at).await?;
        abandoned.iter().for_each(|(_, cover)| self.meter.charge(cover, Took::Unknown));
        Ok(())
    }

    /// Do what the operator wants; the inner error says why it makes no sense.
    async fn steer(&mut self, steer: Steer) -> Result<Result<(), String>, Error> {
        if let Err(bad) = steer.check() {
            return Ok(Err(bad.to_string()));
        }
        if self.debate.stop().is_some() {
            return Ok(Err("the debate is closed, and only its marks are missing".into()));
        }
        let at = clock::now();
        let (outcome, senseless) = match steer {
            Steer::Interject { to, text } => {
                let senseless = match &to {
                    Some(member) => format!("there is nobody called {member} at the table"),
                    None => "there is nothing to say".into(),
                };
                (Outcome::Interjected { to, text, at }, senseless)
            }
            Steer::Next { member } => {
                let senseless =
                    format!("{member} is not waiting to speak in this phase, or speaks next anyway");
                (Outcome::Preferred { member, at }, senseless)
            }
            Steer::Mute { member, muted } => {
                let senseless = if muted {
                    format!("{member} is no worker of this debate, or is muted already")
                } else {
                    format!("{member} is not muted")
                };
                (Outcome::Muted { member, muted, at }, senseless)
            }
        };
        let events = self.debate.decide(outcome);
        if events.is_empty() {
            return Ok(Err(senseless));
        }
        self.commit_as(OPERATOR, Unit::new(), events, at).await?;
        Ok(Ok(()))
    }
}
