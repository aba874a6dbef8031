//! From a team and a briefing to the setup of a debate.

mod error;
mod rubric;

use std::collections::{BTreeMap, BTreeSet};

use amatelier_bundle::World;
use amatelier_debate::{Caps, Pinned, Rules, Seat, Setup, StewardSeat};
use amatelier_economy::Ledger;
use amatelier_llm::estimate_tokens;
use amatelier_types::{MemberName, RoundtableId, Seed};
use amatelier_workspace::{Config, Findings, Member, Mode, Money, Team, Workspace, YesNo, documents};
use rand_core::{OsRng, TryRngCore as _};

pub use self::error::OpeningError;
use crate::{
    Error, Grounded, Providers, Treasury, clock, components::Components, given::Given, providers::Wanted,
};

/// Tokens kept free for everything that is said: a round's speeches, instructions, the answer.
const ROOM_TOKENS: u32 = 6_000;
/// The name under which the rubric sits at the table.
const RUBRIC: &str = "rubric";
/// How the Steward is called in errors.
const STEWARD: &str = "the Steward";
/// The provider whose members `--skip-naomi` leaves out, and the member it is named for.
const SKIPPED: (&str, &str) = ("gemini", "naomi");
/// The seed of rehearsals that are given none: the same command plays the same debate.
const REHEARSAL_SEED: u64 = 1;

/// What a debate is asked for.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The question.
    pub topic: String,
    /// The briefing's text.
    pub briefing: String,
    /// Who debates; empty means the team's workers.
    pub workers: Vec<String>,
    /// Who does not.
    pub skip: Vec<String>,
    /// Leave naomi and every member on gemini out.
    pub skip_naomi: bool,
    /// The last round there can be; none means as configured.
    pub max_rounds: Option<u32>,
    /// Floor turns per worker; none means as configured.
    pub floor_turns: Option<u32>,
    /// The registered files; none when the briefing registers none.
    pub grounded: Option<Grounded>,
    /// The seed; none draws one (rehearsals have a fixed one).
    pub seed: Option<u64>,
}

/// What a setup is made from.
pub(crate) struct Grounds<'a> {
    pub workspace: &'a Workspace,
    pub config: &'a Config,
    pub team: &'a Team,
    pub mode: Mode,
    pub providers: &'a Providers,
    pub treasury: &'a Treasury,
    pub ledger: &'a Ledger,
    pub components: &'a Components,
}

impl Grounds<'_> {
    /// The providers that the lines of the team name, by themselves or before a model, and the one that helps the Steward.
    pub(crate) fn named_providers(&self) -> impl Iterator<Item = Mode> {
        let prefixed = |model: &str| Some(Mode::prefixed(model)?.0);
        let members = self.team.members.iter().filter_map(move |member| match &member.provider {
            Some(provider) => Mode::provider(provider).ok(),
            None => prefixed(self.label(member)),
        });
        let others = self.team.rubric.iter().map(|rubric| &rubric.model).chain([&self.config.steward.model]);
        members.chain(others.filter_map(move |model| prefixed(model)))
    }

    /// The setup of a debate; nothing is written.
    pub(crate) fn setup(&self, opening: &Opening) -> Result<Setup, Error> {
        let topic = opening.topic.split_whitespace().collect::<Vec<_>>().join(" ");
        if topic.is_empty() {
            return Err(OpeningError::NoTopic.into());
        }
        let mut rules = rules(self.config);
        rules.max_rounds = opening.max_rounds.unwrap_or(rules.max_rounds);
        rules.floor_turns = opening.floor_turns.unwrap_or(rules.floor_turns);
        if rules.max_rounds == 0 {
            return Err(OpeningError::NoRounds.into());
        }
        let mut notices = Vec::new();
        let workers = self.workers(opening, &mut notices)?;
        let judge = self.team.judge().ok_or(OpeningError::NoJudge)?;
        self.everybody_can_be_asked(workers.iter().copied().chain([judge]), opening)?;
        let mut seats = Vec::new();
        for member in workers {
            seats.push(self.seat(member, World::Persona, &opening.briefing, &mut notices)?);
        }
        let judge = self.seat(judge, World::Judge, &opening.briefing, &mut notices)?;
        let rubric = self.team.rubric.as_ref().map(|line| self.rubric(line, &mut notices)).transpose()?;
        let steward = self.steward(opening.grounded.as_ref(), &mut notices)?;
        if self.providers.is_paid(seats.iter().chain([&judge]).chain(&rubric)) {
            rules.caps = money_caps(&self.config.money, rules.caps);
        }
        let seed = seed(opening.seed, self.mode);
        Ok(Setup {
            id: RoundtableId::from_random(random()),
            topic,
            briefing: opening.briefing.clone(),
            seed: Seed(seed),
            mode: self.mode.name().into(),
            workers: seats,
            judge,
            rubric,
            steward,
            first_speaker: None,
            store: Vec::new(),
            extras: BTreeMap::new(),
            rules,
            notices,
            opened_at: clock::now(),
        })
    }

    fn workers(&self, opening: &Opening, notices: &mut Vec<String>) -> Result<Vec<&Member>, OpeningError> {
        let find = |name: &String| {
            self.team.workers().find(|worker| worker.name.as_str() == name).ok_or_else(|| {
                OpeningError::UnknownWorker {
                    name: name.clone(),
                    known: self.team.workers().map(|worker| worker.name.to_string()).collect(),
                }
            })
        };
        let skipped = opening.skip.iter().map(|name| find(name).map(|worker| &worker.name));
        let skipped = skipped.collect::<Result<BTreeSet<&MemberName>, _>>()?;
        let named = opening.workers.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        let (provider, naomi) = SKIPPED;
        let chosen: Vec<&Member> = self
            .team
            .workers()
            .filter(|worker| named.is_empty() || named.iter().any(|wanted| wanted.name == worker.name))
            .filter(|worker| !skipped.contains(&worker.name) && seen.insert(&worker.name))
            .filter(|worker| {
                let on_gemini = worker.provider.as_deref() == Some(provider) || worker.name.as_str() == naomi;
                !(opening.skip_naomi && on_gemini)
            })
            .collect();
        let mut present = Vec::new();
        for worker in chosen {
            match self.ledger.account(&worker.name).and_then(|account| account.bench()) {
                None => present.push(worker),
                Some(served) => {
                    let (name, debates) = (worker.name.to_string(), self.treasury.rules().relegation.bench);
                    if named.iter().any(|wanted| wanted.name == worker.name) {
                        return Err(OpeningError::Benched { name, served, debates });
                    }
                    notices.push(format!("{name} is on the bench: {served} of {debates} debates sat out"));
                }
            }
        }
        if present.is_empty() { Err(OpeningError::NoWorkers) } else { Ok(present) }
    }

    /// The label that a member runs as: what its tier allows.
    fn label<'m>(&self, member: &'m Member) -> &'m str {
        let tier = self.ledger.account(&member.name).map_or(0, |account| account.tier());
        member.label_at(tier)
    }

    /// The model that a member's line wants.
    fn wanted<'m>(&self, member: &'m Member) -> Wanted<'m> {
        Wanted { who: member.name.as_str(), label: self.label(member), provider: member.provider.as_deref() }
    }

    /// Whoever names a provider that is not set up is told before anybody is asked, with all the others.
    fn everybody_can_be_asked<'m>(
        &'m self,
        members: impl Iterator<Item = &'m Member>,
        opening: &Opening,
    ) -> Result<(), Error> {
        let members = members.map(|member| self.wanted(member));
        let rubric = self.team.rubric.iter().map(|line| host(RUBRIC, &line.model));
        let steward = opening.grounded.iter().filter(|grounded| !grounded.files.is_empty());
        let steward = steward.map(|_| host(STEWARD, &self.config.steward.model));
        Ok(self.providers.check(members.chain(rubric).chain(steward))?)
    }

    fn seat(
        &self,
        member: &Member,
        world: World,
        briefing: &str,
        notices: &mut Vec<String>,
    ) -> Result<Seat, Error> {
        let assigned = self.providers.assign(self.wanted(member))?;
        let documents = documents(&self.workspace.persona(member.name.as_str()))?;
        let given = Given::of(self.components, world, &member.component, member.allow.as_ref())?;
        let name = member.name.as_str();
        notices.extend(given.notices(name, &member.component, &member.settings, self.label(member)));
        let Given { granted, allow, .. } = given;
        let needed = needed(&documents, briefing);
        if needed > assigned.context_tokens {
            return Err(OpeningError::TooLong {
                member: member.name.to_string(),
                model: assigned.model,
                needed,
                limit: assigned.context_tokens,
            }
            .into());
        }
        Ok(Seat {
            name: member.name.clone(),
            role: member.role,
            tagline: member.tagline.clone(),
            component: member.component.to_string(),
            provider: assigned.provider,
            label: self.label(member).to_owned(),
            model: assigned.model,
            pinned: Pinned {
                documents,
                settings: member.settings.clone(),
                granted,
                allow,
                ..Pinned::default()
            },
        })
    }

    fn steward(
        &self,
        grounded: Option<&Grounded>,
        notices: &mut Vec<String>,
    ) -> Result<Option<StewardSeat>, Error> {
        let Some(grounded) = grounded else { return Ok(None) };
        notices.extend(grounded.warnings.iter().map(|warning| format!("the briefing, {warning}")));
        if grounded.files.is_empty() {
            notices.push("no file is registered: the Steward is off".into());
            return Ok(None);
        }
        let own = &self.config.steward;
        let assigned = self.providers.assign(host(STEWARD, &own.model))?;
        if !grounded.assisted {
            notices
                .push("the Steward answers in its forms only: no model was allowed to see the files".into());
        }
        Ok(Some(StewardSeat {
            root: grounded.root.display().to_string(),
            files: grounded.files.clone(),
            assisted: grounded.assisted,
            provider: assigned.provider,
            label: own.model.clone(),
            model: assigned.model,
            labels: self.providers.labels(),
            public: own.findings == Findings::Public,
        }))
    }
}

/// The tokens that a member's model takes at least: its documents, the briefing, and room for what is said.
pub(crate) fn needed(documents: &BTreeMap<String, String>, briefing: &str) -> u32 {
    let texts = documents.values().map(|text| estimate_tokens(text));
    texts.fold(estimate_tokens(briefing).saturating_add(ROOM_TOKENS), u32::saturating_add)
}

/// The model that somebody of the house wants.
fn host<'a>(who: &'a str, label: &'a str) -> Wanted<'a> {
    Wanted { who, label, provider: None }
}

/// Caps with what may be spent.
fn money_caps(money: &Money, caps: Caps) -> Caps {
    Caps {
        max_cost: money.max_cost.0,
        max_cost_per_call: money.max_cost_per_call.0,
        max_cost_per_member: money.max_cost_per_member.0,
        ..caps
    }
}

/// The numbers of the game. What costs nothing needs no cap on its costs.
fn rules(config: &Config) -> Rules {
    let roundtable = &config.roundtable;
    Rules {
        max_rounds: roundtable.max_rounds,
        floor_turns: roundtable.floor_turns,
        moderation: roundtable.moderation,
        double_score: roundtable.double_score == YesNo::Yes,
        requests: config.steward.requests,
        free_requests: config.steward.requests,
        caps: Caps {
            max_tokens: roundtable.max_tokens.map(u64::from),
            max_minutes: roundtable.max_minutes,
            ..Caps::default()
        },
        ..Rules::default()
    }
}

/// The seed that was given, or one that is drawn; rehearsals have a fixed one.
pub fn seed(given: Option<u64>, mode: Mode) -> u64 {
    match given {
        Some(seed) => seed,
        None if mode.stands_in() => REHEARSAL_SEED,
        // 53 bits, so that every reader of the JSON digest reads the same number.
        None => u64::from_le_bytes(random()) >> 11,
    }
}

/// Random bytes of the operating system, which a machine that runs us has.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if OsRng.try_fill_bytes(&mut bytes).is_err() {
        // Not secret, only unlikely to be drawn twice: the time and the process do where the system has no randomness.
        let mixed = Seed(clock::now().0.unsigned_abs()).derive(&std::process::id().to_string());
        bytes.iter_mut().zip(mixed).for_each(|(byte, other)| *byte = other);
    }
    bytes
}
