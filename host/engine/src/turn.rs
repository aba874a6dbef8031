//! One action carried out: the component's export is called with everything pinned for it, and its end is told as an outcome.

mod export;
mod staged;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use amatelier_bundle::World;
use amatelier_debate::{Action, Answer, Note, Seat, Setup, Task};
use amatelier_economy::Rules;
use amatelier_journal::{Journal, TurnId};
use amatelier_llm::{CallFacts, Purpose};
use amatelier_runtime::{
    Call, Chat, ChatMember, Component, Limits, NoMarket, NoSparks, Patience, Profile, Record, Runtime, Stop,
    Suspended,
};
use amatelier_types::{Capability, Failure, FailureKind, MemberName, Message, Phase, Role};
use tracing::Instrument as _;

use self::export::{log, run};
pub(crate) use self::staged::{Carried, Staged};
use crate::{
    Books, Error, OnUncertain, Performed, Providers, Watcher,
    calls::Calls,
    clock, components,
    desk::{self, Helper, JournaledDesk, PERFORM, TurnDesk},
    grounding::Grounding,
    live::Live,
    meter::Meter,
    models::{AllowedLabels, Source, TurnModels},
    plugins::{Measured, Tallies},
    recorded::{COMPLETE, RecordedAnswer},
    shop::{self, BUY, MarketAnswer, Till, TurnMarket, Vendor},
    stream,
    transcript::{Concealed, Listener, Transcript, View},
    treasury::TurnBook,
};

/// The least time a rubric gets, whatever a speaker gets: it reads a whole debate (§18 of the facts).
const SCORING: Duration = Duration::from_secs(360);

/// What every turn of a debate shares.
#[derive(Clone)]
pub(crate) struct Stage {
    pub journal: Journal,
    pub runtime: Runtime,
    pub means: Means,
    pub setup: Arc<Setup>,
    pub seating: Arc<Vec<ChatMember>>,
    pub transcript: Transcript,
    /// The registered files; none without a Steward.
    pub grounding: Grounding,
}

/// With what a turn is run.
#[derive(Clone)]
pub(crate) enum Means {
    /// For the first time, or again after a crash: what the journal does not have is asked.
    Live {
        /// Who answers.
        providers: Box<Providers>,
        /// Who looks on.
        watcher: Arc<dyn Watcher>,
        /// The longest a turn may take.
        speaker_timeout: Duration,
        /// What each call may use.
        limits: Box<Limits>,
        /// What the debate may take.
        meter: Arc<Meter>,
        /// What is done about requests that were in flight when the program died.
        on_uncertain: OnUncertain,
        /// Who sells.
        vendor: Arc<Vendor>,
        /// The numbers of the economy.
        rules: Arc<Rules>,
        /// What is measured of components.
        tallies: Tallies,
    },
    /// Once more over its journal: nobody is asked, and the time it takes says nothing.
    Replay,
}

/// How much more CPU time a replayed turn gets, so that a slower machine ends no turn that this one did not.
const REPLAY_PATIENCE: u64 = 4;

/// Which extension point a task needs; none for a lookup.
pub(crate) fn world(task: &Task) -> Option<World> {
    match task {
        Task::Turn(_) => Some(World::Persona),
        Task::Moderate { .. } | Task::Rule { .. } | Task::Summarise { .. } => Some(World::Judge),
        Task::Score { .. } => Some(World::Rubric),
        Task::Lookup { .. } => None,
    }
}

/// The round a task belongs to; the last one for scoring.
fn round(task: &Task, setup: &Setup, messages: &[Arc<Message>]) -> u32 {
    match task {
        Task::Turn(turn) => turn.round,
        Task::Rule { round, .. } | Task::Summarise { round } => *round,
        Task::Moderate { .. } | Task::Score { .. } | Task::Lookup { .. } => {
            messages.last().map_or(setup.rules.max_rounds, |last| last.round)
        }
    }
}

fn purpose(task: &Task) -> Purpose {
    match task {
        Task::Turn(_) => Purpose::Speak,
        Task::Moderate { .. } => Purpose::Moderate,
        Task::Rule { .. } => Purpose::Rule,
        Task::Summarise { .. } => Purpose::Summarise,
        Task::Score { .. } => Purpose::Score,
        Task::Lookup { .. } => Purpose::LookUp,
    }
}

/// On whose behalf models are asked.
struct Asker<'a> {
    seat: &'a Seat,
    /// The labels that its component was granted; none means all.
    allowed: Option<&'a BTreeSet<String>>,
}

impl Stage {
    /// Run a turn to its end. `round` is the debate's current one.
    pub(crate) async fn carry_out(self, staged: Staged, current_round: u32) -> Result<Carried, Error> {
        let span = tracing::info_span!("turn", action = %staged.action.id, member = %staged.action.member);
        self.carry(staged, current_round).instrument(span).await
    }

    async fn carry(self, staged: Staged, current_round: u32) -> Result<Carried, Error> {
        let Staged {
            action,
            component,
            turn,
            first,
            heard,
            state,
            requests,
            assisted,
            books,
            notebook,
            rubric,
            rights,
            manifest,
            refused,
        } = staged;
        if let Some(failure) = refused {
            return Ok(Carried::refused(action, turn, failure));
        }
        let calls = Arc::new(self.calls(&action, first)?);
        let view = View {
            setup: self.setup.clone(),
            seating: self.seating.clone(),
            transcript: self.transcript.clone(),
            listener: Listener::of(&action.member, &self.setup),
            heard,
            state,
        };
        let (chat, workers, heard_messages): (Arc<dyn Chat>, Vec<MemberName>, Vec<Arc<Message>>) =
            match &action.task {
                Task::Score { labels, .. } => {
                    let concealed = Concealed::of(&view, labels);
                    let messages = concealed.messages.clone();
                    (Arc::new(concealed), labels.labels(), messages)
                }
                _ => {
                    let workers = self.seating.iter().filter(|member| member.role == Role::Worker);
                    let workers = workers.map(|member| member.name.clone()).collect();
                    let messages = self.transcript.recent(current_round, heard, &view.listener);
                    (Arc::new(view), workers, messages)
                }
            };
        let patience = Patience::new(self.longest(&action.task));
        let occasion = self.occasion(&action, chat.as_ref(), workers, heard_messages);
        let models = |seat: &Seat, purpose, allowed: Option<&BTreeSet<String>>| {
            let facts = CallFacts {
                member: seat.name.clone(),
                role: seat.role,
                tagline: seat.tagline.clone(),
                purse: Some(purpose)
                    .filter(|purpose| *purpose == Purpose::Speak)
                    .and_then(|_| shop::purse(&self.setup, &books.ledger, seat)),
                purpose,
                ..occasion.clone()
            };
            self.models(&action, Asker { seat, allowed }, turn, calls.clone(), facts, patience.clone())
        };
        let local = turn.and_then(|turn| Some((self.grounding.local()?, self.journal.clone(), turn)));
        let desk = JournaledDesk { calls: calls.clone(), files: self.grounding.files(), local };
        let helper = self.grounding.helper().filter(|_| assisted);
        let helper = helper.map(|seat| Arc::new(models(seat, Purpose::LookUp, None)));
        let mut denied = Vec::new();
        let (answer, asked, purchases, notes) =
            match (&action.task, component, rubric.as_deref().or_else(|| self.setup.seat(&action.member))) {
                (Task::Lookup { question, label, .. }, ..) => {
                    let helper = helper.map(|models| Helper::new(models, label.clone()));
                    (
                        self.look_up(&desk, helper.as_ref(), question, &patience).await,
                        Vec::new(),
                        Vec::new(),
                        BTreeMap::new(),
                    )
                }
                (task, Some(component), Some(seat)) => {
                    let allowed = rights.as_ref().and_then(|rights| rights.labels(Capability::LlmComplete));
                    let allowed = allowed.cloned();
                    let asked = models(seat, purpose(task), allowed.as_ref());
                    let labels = allowed.map(|allowed| AllowedLabels { own: seat.label.clone(), allowed });
                    let own = Arc::new(TurnModels { labels, ..asked });
                    let desk = Arc::new(TurnDesk { desk, models: helper, requests, asked: Mutex::default() });
                    let call = self.call(&action, seat, chat.clone(), own, desk.clone(), heard);
                    let market = Arc::new(self.market(seat, turn, calls.clone(), &books, &patience));
                    let book = TurnBook { member: seat.name.clone(), books, promised: market.promised() };
                    let notebook = notebook.into_iter().map(|(key, note)| (key, note.0)).collect();
                    let call = Call { notebook: Arc::new(notebook), market: market.clone(), ..call };
                    let call = Call { wall_clock: Some(patience.clone()), sparks: Arc::new(book), ..call };
                    let granted = rights.map_or(call.granted, |rights| rights.capabilities());
                    let settings = components::settings(manifest.as_deref(), &seat.pinned.settings);
                    let limits = components::limits(manifest.as_deref(), call.limits);
                    let call = Call { granted, settings: Arc::new(settings), limits, ..call };
                    let (answer, record) = run(&self.runtime, &component, call, task).await;
                    log(&action, &record);
                    self.tell(&action, &component, &answer, &record);
                    if let Means::Live { tallies, .. } = &self.means {
                        let (stop, usage) = (answer.as_ref().err(), calls.spent().usage);
                        let measured = Measured { record: &record, stop, usage, at: clock::now() };
                        tallies.count(&seat.component, component.hash(), &measured);
                    }
                    denied = record.denied;
                    let notes = record.notes.into_iter().map(|(key, note)| (key, note.map(Note)));
                    (answer, desk.take_asked(), market.take_purchases(), notes.collect())
                }
                _ => {
                    let failure =
                        Failure::new(FailureKind::HostFault, "nobody of that name sits at the table");
                    (Err(Stop::Failed(failure)), Vec::new(), Vec::new(), BTreeMap::new())
                }
            };
        // A turn that is dropped to be run again leaves what is under way to whoever runs it.
        let abandoned = match &answer {
            Err(Stop::Failed(_)) => calls.take_abandoned(),
            _ => Vec::new(),
        };
        let (spent, strayed) = (calls.spent(), calls.strayed());
        Ok(Carried { action, turn, answer, spent, asked, purchases, notes, abandoned, denied, strayed })
    }

    /// Tell whoever looks on what a component left for its author.
    fn tell(&self, action: &Action, component: &Component, answer: &Result<Answer, Stop>, record: &Record) {
        let Means::Live { watcher, .. } = &self.means else { return };
        let failure = match answer {
            Err(Stop::Failed(failure)) => Some(failure),
            _ => None,
        };
        let (member, action, component) = (&action.member, action.id.as_str(), component.hash());
        watcher.performed(&Performed { member, action, component, failure, record });
    }

    /// Carry a lookup out, for as long as a turn may take.
    async fn look_up(
        &self,
        desk: &JournaledDesk,
        helper: Option<&Helper>,
        question: &str,
        patience: &Patience,
    ) -> Result<Answer, Stop> {
        let asked = desk::ask(desk, helper, question);
        let found = match &self.means {
            Means::Replay => asked.await,
            Means::Live { .. } => tokio::select! {
                biased;
                found = asked => found,
                () = patience.over() => {
                    let seconds = patience.limit().as_secs_f64();
                    let why = format!("the Steward did not answer within the {seconds} s of a turn");
                    return Err(Stop::Failed(Failure::new(FailureKind::HostFault, why)));
                }
            },
        };
        match found {
            Ok(finding) => Ok(Answer::Found(Box::new(finding))),
            Err(Suspended(why)) => Err(Stop::Suspended(why)),
        }
    }

    /// What earlier attempts at an action were answered.
    fn calls(&self, action: &Action, first: bool) -> Result<Calls, Error> {
        // A first attempt has nothing behind it: there is nothing to look for.
        let stored = match first {
            true => Vec::new(),
            false => self.journal.calls_of_action(&stream::name(&self.setup.id), action.id.as_str())?,
        };
        // An answer that cannot be read is an error: asking again would buy it twice.
        for (function, answer) in
            stored.iter().filter_map(|call| Some((call.function.as_str(), call.answer.as_ref()?)))
        {
            let read = match function {
                COMPLETE => serde_json::from_slice::<RecordedAnswer>(answer).map(drop),
                PERFORM => serde_json::from_slice::<desk::Answer>(answer).map(drop),
                BUY => serde_json::from_slice::<MarketAnswer>(answer).map(drop),
                _ => Ok(()),
            };
            read.map_err(|error| Error::BadEvents {
                id: self.setup.id.clone(),
                reason: format!("an answer in {} cannot be read: {error}", action.id),
            })?;
        }
        Ok(Calls::of(stored))
    }

    /// The store for a turn of this seat.
    fn market(
        &self,
        seat: &Seat,
        turn: Option<TurnId>,
        calls: Arc<Calls>,
        books: &Books,
        clock: &Patience,
    ) -> TurnMarket {
        let till = match (&self.means, turn) {
            (Means::Live { vendor, rules, watcher, .. }, Some(turn)) => Some(Till {
                vendor: vendor.clone(),
                rules: rules.clone(),
                journal: self.journal.clone(),
                turn,
                watcher: watcher.clone(),
                clock: clock.clone(),
            }),
            _ => None,
        };
        TurnMarket::new(seat.name.clone(), self.setup.clone(), calls, books.ledger.clone(), till)
    }

    fn models(
        &self,
        action: &Action,
        asker: Asker<'_>,
        turn: Option<TurnId>,
        calls: Arc<Calls>,
        facts: CallFacts,
        patience: Patience,
    ) -> TurnModels {
        let Asker { seat, allowed } = asker;
        let source = match (&self.means, turn) {
            (Means::Live { providers, watcher, meter, on_uncertain, rules, .. }, Some(turn)) => {
                let (labels, rates) = (providers.clone(), providers.clone());
                let own = providers.pinned(&seat.provider, &seat.label, &seat.model);
                let (seated, rules, is_worker) = (own.clone(), rules.clone(), seat.role == Role::Worker);
                let fee = rules.fees.of(&seat.label);
                let may_ask_own = allowed.is_none_or(|allowed| allowed.contains(&seat.label));
                Source::Provider(Box::new(Live {
                    journal: self.journal.clone(),
                    turn,
                    action: action.id.to_string(),
                    calls: calls.clone(),
                    on_uncertain: *on_uncertain,
                    own,
                    rates: Arc::new(move |provider: &str, model: &str, billing, prompt| {
                        rates.rate(provider, model, billing, prompt)
                    }),
                    // What a worker runs as is its tier's, and paid for with its fee: a dearer label means its own.
                    labels: Arc::new(move |label: &str| match is_worker && rules.fees.of(label) > fee {
                        true if may_ask_own => seated.clone(),
                        true => labels.withheld(label),
                        false => labels.answering(label),
                    }),
                    member: seat.name.clone(),
                    watcher: watcher.clone(),
                    meter: meter.clone(),
                    facts,
                    patience,
                }))
            }
            _ => Source::Nowhere,
        };
        TurnModels { source, calls, labels: None }
    }

    fn call(
        &self,
        action: &Action,
        seat: &Seat,
        chat: Arc<dyn Chat>,
        models: Arc<TurnModels>,
        desk: Arc<TurnDesk>,
        heard: u32,
    ) -> Call {
        let limits = match &self.means {
            Means::Live { limits, .. } => (**limits).clone(),
            Means::Replay => {
                let mut limits = Limits::default();
                limits.cpu_ticks *= REPLAY_PATIENCE;
                limits
            }
        };
        Call {
            member: seat.name.clone(),
            role: seat.role,
            seed: self.turn_seed(action),
            now: heard,
            granted: seat.pinned.granted.clone(),
            settings: Arc::new(seat.pinned.settings.clone()),
            limits,
            wall_clock: None,
            profile: Arc::new(profile(seat, &action.task)),
            chat,
            models,
            desk,
            sparks: Arc::new(NoSparks),
            market: Arc::new(NoMarket),
            notebook: Arc::new(BTreeMap::new()),
        }
    }

    /// The longest that a turn may take.
    fn longest(&self, task: &Task) -> Duration {
        match (&self.means, task) {
            (Means::Live { speaker_timeout, .. }, Task::Score { .. }) => SCORING.max(*speaker_timeout),
            (Means::Live { speaker_timeout, .. }, _) => *speaker_timeout,
            (Means::Replay, _) => SCORING,
        }
    }

    fn turn_seed(&self, action: &Action) -> [u8; 32] {
        self.setup.seed.derive(&format!("turn/{}", action.id))
    }

    /// What every request of an action is told about it, but for who asks and what for.
    fn occasion(
        &self,
        action: &Action,
        chat: &dyn Chat,
        workers: Vec<MemberName>,
        heard: Vec<Arc<Message>>,
    ) -> CallFacts {
        let position = match &action.task {
            Task::Turn(turn) => turn.position,
            _ => 1,
        };
        CallFacts {
            member: action.member.clone(),
            role: Role::Worker,
            tagline: String::new(),
            purpose: purpose(&action.task),
            phase: action.task.phase().unwrap_or(Phase::Research),
            files: self.grounding.files().iter().map(|file| file.name.clone()).collect(),
            purse: None,
            round: round(&action.task, &self.setup, &heard),
            max_rounds: self.setup.rules.max_rounds,
            position,
            topic: chat.topic(),
            briefing: chat.briefing(),
            workers,
            heard,
            debate_seed: self.setup.seed,
            turn_seed: self.turn_seed(action),
            call: 0,
        }
    }
}

/// What a member knows of itself in a turn.
fn profile(seat: &Seat, task: &Task) -> Profile {
    let pinned = &seat.pinned;
    let advice = match task {
        Task::Turn(turn) => shop::said(&pinned.advice, turn.phase, turn.round),
        _ => Vec::new(),
    };
    Profile {
        documents: pinned.documents.clone(),
        tier: pinned.tier,
        skills: pinned.skills.iter().map(|lesson| lesson.text.clone()).collect(),
        advice,
        ..Profile::default()
    }
}
