//! A workspace at work: everything a debate needs, opened once per process.

mod openings;
mod roundtable;

use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use amatelier_bundle::World;
use amatelier_debate::{Caps, Debate, Digest, Outcome, Seat};
use amatelier_journal::{Journal, Options};
use amatelier_runtime::{ChatMember, Limits};
use amatelier_types::{ComponentName, Role, RoundtableId};
use amatelier_workspace::{Choice, Config, Mode, Workspace};
use notify::Watcher as _;
use tracing::Instrument as _;

pub use self::roundtable::Roundtable;
use crate::{
    Control, Ending, Error, Held, OnUncertain, Providers, Treasury, UncertainCall, Watcher,
    calling::ToldOf,
    clock,
    components::Components,
    cover::TimeLimits,
    door::Door,
    driver::Driver,
    feed::Feed,
    grounding::Grounding,
    lock::{self, LockError},
    meter::{Allowance, Meter},
    results,
    shop::Vendor,
    stream, treasury,
    turn::{Means, Stage},
    uncertain, views,
};

/// What debates of one mode run on.
pub struct Engine {
    workspace: Workspace,
    config: Config,
    mode: Mode,
    providers: Providers,
    journal: Journal,
    treasury: Treasury,
    components: Components,
    limits: Limits,
}

impl Engine {
    /// Open the data of a mode.
    ///
    /// # Errors
    /// What cannot be opened.
    pub fn open(
        workspace: Workspace,
        config: Config,
        choice: &Choice,
        providers: Providers,
    ) -> Result<Self, Error> {
        let mode = choice.mode;
        // The locks of debates lie beside the journal, so that both are there or neither is.
        workspace.folder(mode, "run")?;
        let data = workspace.data(mode);
        let durability = match config.durability {
            amatelier_workspace::Durability::Power => amatelier_journal::Durability::Power,
            amatelier_workspace::Durability::Process => amatelier_journal::Durability::Process,
        };
        let options = Options { durability, ..Options::default() };
        let journal = views::open(&data, options)?;
        let treasury = Treasury::open(journal.clone(), treasury::rules(&workspace)?)?;
        let components = Components::under(&workspace, &config.plugins.ceiling)?;
        Ok(Engine {
            workspace,
            config,
            mode,
            providers,
            journal,
            treasury,
            components,
            limits: Limits::default(),
        })
    }

    /// What each call of a component may use, from now on; before, the defaults.
    #[must_use]
    pub fn limited(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How components came to be in this process.
    pub fn runtime_stats(&self) -> amatelier_runtime::Stats {
        self.components.runtime().stats()
    }

    /// The ledger of this realm.
    pub fn treasury(&self) -> &Treasury {
        &self.treasury
    }

    /// The mode it was opened for: where answers come from by default.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The workspace.
    pub(crate) fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The journal of this realm.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The same with models that say as much as they may, over a journal of its own.
    pub(crate) fn imagined(&self, journal: Journal) -> Result<Engine, Error> {
        let mut config = self.config.clone();
        // What it imagines to be spent today keeps nobody from imagining more.
        (config.money.max_cost_per_day, config.money.max_cost_per_month) = Default::default();
        Ok(Engine {
            workspace: self.workspace.clone(),
            mode: self.mode,
            providers: self.providers.imagined(),
            treasury: Treasury::open(journal.clone(), self.treasury.rules().clone())?,
            config,
            journal,
            components: self.components.clone(),
            limits: self.limits.clone(),
        })
    }

    /// Take a debate up again.
    ///
    /// # Errors
    /// There is none of that id, somebody else drives it, or its events cannot be read.
    pub fn load(&self, id: &RoundtableId) -> Result<Roundtable, Error> {
        let held = self.hold(id)?;
        let (events, seq) = stream::load(&self.journal, id)?;
        let debate = Debate::from_events(&events)
            .ok_or_else(|| Error::BadEvents { id: id.clone(), reason: "it was never opened".into() })?;
        Ok(Roundtable {
            debate,
            events,
            seq,
            caps: None,
            assisted: None,
            on_uncertain: OnUncertain::default(),
            rescored: None,
            _held: Some(held),
        })
    }

    /// Carry a debate on to its end, or until it waits, and publish its digest when it is over.
    ///
    /// # Errors
    /// What keeps it from going on; it can be resumed.
    pub async fn run(
        &self,
        roundtable: Roundtable,
        speaker_timeout: Option<Duration>,
        control: Control,
        watcher: Arc<dyn Watcher>,
    ) -> Result<(Ending, Digest), Error> {
        self.providers.check_seats(&roundtable.asked())?;
        self.providers.look_at_seats(&roundtable.asked()).await;
        let id = roundtable.id().clone();
        self.load_components(&id, roundtable.seats()).await?;
        let feed = Arc::new(Feed::new(watcher, self.journal.clone(), id.clone(), roundtable.seq));
        let watcher: Arc<dyn Watcher> = feed.clone();
        let told = {
            let watcher = watcher.clone();
            Arc::new(move |text: String| watcher.note(&text)) as Arc<dyn Fn(String) + Send + Sync>
        };
        let _follower = self.follow_files(told.clone());
        let lock = lock::path(&self.workspace.data(self.mode), &id);
        let _door = Door::open(&lock, control.clone(), feed)
            .inspect_err(
                |error| tracing::info!(%error, "this debate cannot be reached from another terminal"),
            )
            .ok();
        let (ending, debate) = self.drive(roundtable, speaker_timeout, control, watcher, told).await?;
        let digest = treasury::complete(&self.journal, debate.digest())?;
        let amatelier_journal::Stats { commits, fsyncs, events } = self.journal_stats();
        tracing::info!(commits, fsyncs, events, "journal");
        if ending == Ending::Over {
            results::publish(&self.workspace, self.mode.into(), &digest)?;
        }
        Ok((ending, digest))
    }

    /// Carry a debate on to its end, or until it waits.
    pub(crate) async fn drive(
        &self,
        roundtable: Roundtable,
        speaker_timeout: Option<Duration>,
        control: Control,
        watcher: Arc<dyn Watcher>,
        told: Arc<dyn Fn(String) + Send + Sync>,
    ) -> Result<(Ending, Debate), Error> {
        let Roundtable { debate, events, seq, caps, assisted, on_uncertain, rescored, _held } = roundtable;
        let configured = Duration::from_secs(u64::from(self.config.roundtable.speaker_timeout));
        let speaker_timeout = speaker_timeout.unwrap_or(configured);
        let allowance = self.allowance(&debate, caps, speaker_timeout);
        let id = debate.setup().id.clone();
        let meter = Arc::new(Meter::open(self.journal.clone(), id, allowance, watcher.clone())?);
        let vendor = Arc::new(Vendor::new(self.workspace.clone(), self.components.clone()));
        let stage = Stage {
            journal: self.journal.clone(),
            runtime: self.components.runtime().clone(),
            means: Means::Live {
                providers: Box::new(self.providers.clone()),
                watcher: watcher.clone(),
                speaker_timeout,
                limits: Box::new(self.limits.clone()),
                meter: meter.clone(),
                on_uncertain,
                vendor: vendor.clone(),
                tallies: self.components.tallies().clone(),
                rules: Arc::new(self.treasury.rules().clone()),
            },
            setup: debate.setup().clone(),
            seating: Arc::new(seating(&debate)),
            transcript: Roundtable::transcript(&events, &debate),
            // Nothing is looked up any more once a debate is closed: it can be scored wherever its files are by then.
            grounding: match debate.stop() {
                Some(_) => Grounding::recorded(debate.setup()),
                None => Grounding::open(debate.setup())?,
            },
        };
        drop(events);
        let (components, treasury) = (self.components.clone(), self.treasury.clone());
        let span = tracing::info_span!("roundtable", id = %debate.setup().id);
        let mut driver = Driver {
            debate,
            seq,
            stage,
            treasury,
            vendor,
            components,
            control,
            watcher,
            told,
            meter,
            halted: None,
            told_of: ToldOf::default(),
            unwritten_turns: 0,
        };
        driver.cap(caps).await?;
        driver.consent(assisted).await?;
        driver.score_again(rescored).await?;
        let ending = driver.drive().instrument(span).await?;
        Ok((ending, driver.debate))
    }

    /// What a debate may take from now on.
    fn allowance(&self, debate: &Debate, caps: Option<Caps>, patience: Duration) -> Allowance {
        let money = &self.config.money;
        let limits = TimeLimits { day: money.max_cost_per_day.0, month: money.max_cost_per_month.0 };
        Allowance { caps: caps.unwrap_or(debate.caps()), limits, ran: debate.ran(), patience }
    }

    /// Whether money was spent or held in a debate before. No, where that cannot be read: then nothing is sent either.
    pub fn has_cost(&self, roundtable: &Roundtable) -> bool {
        let account = self.journal.account(&crate::cover::money_of(roundtable.id()));
        account.is_ok_and(|account| account.spent > 0 || account.held > 0)
    }

    /// Whether anybody in a debate answers for money.
    pub fn is_paid(&self, roundtable: &Roundtable) -> bool {
        self.providers.is_paid(roundtable.seats())
    }

    /// The calls of a debate that were in flight when the program died, and about which this policy leaves the decision to the operator.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn undecided(
        &self,
        roundtable: &Roundtable,
        policy: OnUncertain,
    ) -> Result<Vec<UncertainCall>, Error> {
        let calls = self.journal.calls(&stream::name(roundtable.id()))?;
        // A debate that waits has nothing to do until it goes on.
        let mut debate = roundtable.debate().clone();
        if debate.is_paused() {
            debate.decide(Outcome::Resumed { at: clock::now() }).iter().for_each(|event| debate.apply(event));
        }
        let open: BTreeSet<String> = debate.next().into_iter().map(|action| action.id.to_string()).collect();
        Ok(uncertain::undecided(calls, policy, |action| open.contains(action)))
    }

    /// Compile what a debate needs, side by side.
    pub(crate) async fn load_components<'a>(
        &self,
        id: &RoundtableId,
        seats: impl IntoIterator<Item = &'a Seat>,
    ) -> Result<(), Error> {
        let mut loading = tokio::task::JoinSet::new();
        for seat in seats {
            let world = match seat.role {
                Role::Judge => World::Judge,
                Role::Rubric => World::Rubric,
                _ => World::Persona,
            };
            let Ok(name) = seat.component.parse::<ComponentName>() else { continue };
            let components = self.components.clone();
            loading.spawn(async move { components.load(world, &name).await });
        }
        while let Some(loaded) = loading.join_next().await {
            loaded.map_err(|error| Error::Stuck { id: id.clone(), reason: error.to_string() })??;
        }
        Ok(())
    }

    /// Hear of changes to the files of components, until the value is dropped. Where the platform cannot tell, a change is still
    /// noticed when the component's next turn is called.
    fn follow_files(&self, told: Arc<dyn Fn(String) + Send + Sync>) -> Option<notify::RecommendedWatcher> {
        let paths = self.components.paths();
        if paths.is_empty() {
            return None;
        }
        let (components, handle, followed) =
            (self.components.clone(), tokio::runtime::Handle::current(), paths.clone());
        let mut watcher = notify::recommended_watcher(move |_: notify::Result<notify::Event>| {
            // Which file it was does not matter: a look at each costs a system call.
            let _entered = handle.enter();
            for (world, path) in &followed {
                components.refresh(*world, path, &told);
            }
        })
        .ok()?;
        for folder in
            paths.iter().filter_map(|(_, path)| path.parent()).collect::<std::collections::BTreeSet<&Path>>()
        {
            if let Err(error) = watcher.watch(folder, notify::RecursiveMode::NonRecursive) {
                tracing::info!(%error, "changes of components are noticed only when they are called");
            }
        }
        Some(watcher)
    }

    fn hold(&self, id: &RoundtableId) -> Result<Held, Error> {
        self.workspace.folder(self.mode, "run")?;
        let path = lock::path(&self.workspace.data(self.mode), id);
        Held::take(&path).map_err(|error| match error {
            LockError::Taken(pid) => Error::Driven { id: id.clone(), pid },
            LockError::Io(source) => Error::Lock { path, source },
        })
    }

    /// Counters of the journal, for benchmarks.
    pub fn journal_stats(&self) -> amatelier_journal::Stats {
        self.journal.stats()
    }
}

/// The workers in seating order, then the judge.
pub(crate) fn seating(debate: &Debate) -> Vec<ChatMember> {
    let setup = debate.setup();
    let seats = debate.seating().iter().filter_map(|name| setup.seat(name)).chain([&setup.judge]);
    seats
        .map(|seat| ChatMember { name: seat.name.clone(), role: seat.role, tagline: seat.tagline.clone() })
        .collect()
}
