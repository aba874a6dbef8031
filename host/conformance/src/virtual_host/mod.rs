//! Everything behind a component that the engine would give it, out of memory.
//!
//! A host is a plain value: a test sets what it needs, plays occasions on it, and what a call that ended well left behind (a speech, notes,
//! purchases) is there for the next one, as in a debate. Nothing in it knows the time of day: the clock is the number of messages, and
//! chance comes from the seed and the number of the call.

mod desk;
mod models;
mod shop;
mod table;

use std::{collections::BTreeMap, io, sync::Arc, time::Duration};

use amatelier_llm::CallFacts;
use amatelier_runtime::{Call, Ended, Limits, Patience, Profile, Record, Runtime, Stop};
use amatelier_types::{
    Capabilities, Failure, FailureKind, MemberName, Message, MessageKind, Move, Phase, Role, Seed,
};

use self::{desk::Shelf, models::Voice, shop::Till, table::View};
pub use self::{
    models::{Answering, Reply, Script},
    shop::Stock,
    table::Table,
};
use crate::{Occasion, Played, Returned, Subject};

/// The longest that a call may take, waiting included. It turns a guest that sleeps into a failure; nothing depends on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A host of one member.
#[derive(Clone, Debug)]
pub struct VirtualHost {
    /// Whom the component plays.
    pub member: MemberName,
    /// What that member does.
    pub role: Role,
    /// The debate.
    pub table: Table,
    /// The last round there can be.
    pub max_rounds: u32,
    /// Where chance comes from.
    pub seed: Seed,
    /// What the component may do.
    pub granted: Capabilities,
    /// What its operator set, over what its manifest says.
    pub settings: BTreeMap<String, String>,
    /// Who the member is.
    pub profile: Profile,
    /// Who answers for the models.
    pub models: Answering,
    /// The store, and what the member has.
    pub stock: Stock,
    /// The member's notes.
    pub notebook: BTreeMap<String, Vec<u8>>,
    /// What a call may use.
    pub limits: Limits,
    /// The longest that a call may take.
    pub patience: Duration,
    shelf: Option<Shelf>,
    calls: u32,
}

impl VirtualHost {
    /// A host of a plugin: everything that it asks for is granted, nobody has spoken, and no model answers.
    pub fn of(subject: &Subject, member: MemberName, role: Role) -> Self {
        VirtualHost {
            member,
            role,
            table: Table::default(),
            max_rounds: 3,
            seed: Seed(1),
            granted: subject.asks.clone(),
            settings: subject.settings.clone(),
            profile: Profile::default(),
            models: Answering::of(Script::default()),
            stock: Stock::default(),
            notebook: BTreeMap::new(),
            limits: subject.limits.clone(),
            patience: PATIENCE,
            shelf: None,
            calls: 0,
        }
    }

    /// Register files: names relative to the project, with what stands in them. The member may put so many questions about them.
    ///
    /// # Errors
    /// When they cannot be written into a folder of their own, or the Steward refuses to register one; it says which.
    pub fn register(&mut self, files: &[(String, String)], requests: u32) -> io::Result<()> {
        self.shelf = Some(Shelf::of(files, requests)?);
        Ok(())
    }

    /// Call the component, and keep what it leaves behind.
    pub async fn play(&mut self, runtime: &Runtime, subject: &Subject, occasion: Occasion) -> Played {
        self.calls += 1;
        let voice = Arc::new(Voice::new(&self.models, self.facts(&occasion)));
        let till = Arc::new(Till::of(self.member.clone(), self.stock.clone()));
        let shelf = self.shelf.as_ref().map(|shelf| Arc::new(shelf.for_a_call()));
        let call = Call {
            member: self.member.clone(),
            role: self.role,
            seed: self.turn_seed(),
            now: self.table.now(),
            granted: self.granted.clone(),
            settings: Arc::new(self.settings.clone()),
            limits: self.limits.clone(),
            wall_clock: Some(Patience::new(self.patience)),
            profile: Arc::new(self.profile.clone()),
            chat: Arc::new(View::of(self.table.clone(), self.listener())),
            models: voice.clone(),
            desk: match &shelf {
                Some(shelf) => shelf.clone(),
                None => Arc::new(amatelier_runtime::NoDesk),
            },
            sparks: till.clone(),
            market: till.clone(),
            notebook: Arc::new(self.notebook.clone()),
        };
        let (result, record) = invoke(runtime, subject, call, &occasion).await;
        if let Ok(returned) = &result {
            self.stock = till.stock();
            self.keep(&occasion, returned, &record);
            if let (Some(own), Some(used)) = (&mut self.shelf, shelf) {
                own.spend(&used);
            }
        }
        Played { occasion, result, record, asked: voice.asked() }
    }

    /// What a turn that ended well leaves.
    fn keep(&mut self, occasion: &Occasion, returned: &Returned, record: &Record) {
        for (key, note) in &record.notes {
            match note {
                Some(note) => self.notebook.insert(key.clone(), note.clone()),
                None => self.notebook.remove(key),
            };
        }
        if let (Occasion::TakeTurn(turn), Returned::Moved(made)) = (occasion, returned) {
            let (kind, text) = match made {
                Move::Say(text) => (MessageKind::Speech, text.clone()),
                Move::Pass => (MessageKind::Pass, "PASS".into()),
            };
            self.table.post(Message {
                seq: 0,
                round: turn.round,
                phase: turn.phase,
                author: self.member.clone(),
                role: self.role,
                kind,
                to: None,
                text,
            });
        }
    }

    /// What the stand-in model hears of the debate: as in a debate, this round and the speeches of the one before, or all of it where it is
    /// scored.
    fn heard(&self, occasion: &Occasion, round: u32) -> Vec<Arc<Message>> {
        let is_recent = |message: &&Arc<Message>| match message.kind {
            _ if matches!(occasion, Occasion::Score { .. }) => true,
            MessageKind::Speech => message.round.saturating_add(1) >= round,
            _ => message.round >= round,
        };
        self.table.messages().iter().filter(is_recent).cloned().collect()
    }

    fn turn_seed(&self) -> [u8; 32] {
        self.seed.derive(&format!("turn/{}", self.calls))
    }

    /// Workers hear what is for all and for them; everybody else hears all.
    fn listener(&self) -> Option<MemberName> {
        (self.role == Role::Worker).then(|| self.member.clone())
    }

    /// What the stand-in model is told.
    fn facts(&self, occasion: &Occasion) -> CallFacts {
        let workers = match occasion {
            Occasion::Score { members, .. } => members.clone(),
            _ => self.table.workers(),
        };
        let (phase, round) = (occasion.phase(), occasion.round());
        let position = match occasion {
            Occasion::TakeTurn(turn) => turn.position,
            _ => 1,
        };
        let files = self.shelf.as_ref().map(Shelf::names).unwrap_or_default();
        CallFacts {
            member: self.member.clone(),
            role: self.role,
            tagline: String::new(),
            purpose: occasion.purpose(),
            phase: if phase == Phase::Opening { Phase::Speak } else { phase },
            round,
            max_rounds: self.max_rounds,
            position,
            topic: self.table.topic.clone(),
            briefing: self.table.briefing.clone(),
            files,
            purse: None,
            workers,
            heard: self.heard(occasion, round),
            debate_seed: self.seed,
            turn_seed: self.turn_seed(),
            call: 0,
        }
    }
}

async fn invoke(
    runtime: &Runtime,
    subject: &Subject,
    call: Call,
    occasion: &Occasion,
) -> (Result<Returned, Failure>, Record) {
    fn split<T>(
        ended: Ended<T>,
        returned: impl FnOnce(T) -> Returned,
    ) -> (Result<Returned, Failure>, Record) {
        let result = ended.result.map(returned).map_err(|stop| match stop {
            Stop::Failed(failure) => failure,
            // Nothing in here suspends; a port that did would be at fault.
            Stop::Suspended(why) => Failure::new(FailureKind::HostFault, why),
        });
        (result, ended.record)
    }
    let component = &subject.component;
    match occasion {
        Occasion::TakeTurn(turn) => split(runtime.take_turn(component, call, *turn).await, Returned::Moved),
        Occasion::Answer { so_far, question } => {
            split(runtime.answer(component, call, so_far, question).await, Returned::Text)
        }
        Occasion::Moderate { phase, after } => {
            split(runtime.moderate(component, call, *phase, *after).await, Returned::Intervened)
        }
        Occasion::Rule { round, max_rounds } => {
            split(runtime.rule(component, call, *round, *max_rounds).await, Returned::Ruled)
        }
        Occasion::Summarise { round } => {
            split(runtime.summarise(component, call, *round).await, Returned::Text)
        }
        Occasion::Axes => split(runtime.axes(component, call).await, Returned::Axes),
        Occasion::Score { members, retry_note } => {
            split(runtime.score(component, call, members, retry_note.as_deref()).await, Returned::Scored)
        }
        Occasion::ListItems => split(runtime.list_items(component, call).await, Returned::Items),
        Occasion::MayBuy { item, buyer } => {
            split(runtime.may_buy(component, call, item, buyer).await, Returned::Allowed)
        }
        Occasion::Redeem { item, buyer, note } => {
            split(runtime.redeem(component, call, item, buyer, note).await, Returned::Promised)
        }
        Occasion::ListSkills => split(runtime.list_skills(component, call).await, Returned::Skills),
        Occasion::Teach { skill, learner } => {
            split(runtime.teach(component, call, skill, learner).await, Returned::Text)
        }
        Occasion::Advise { skill, phase, round } => {
            split(runtime.advise(component, call, skill, *phase, *round).await, Returned::Advised)
        }
    }
}
