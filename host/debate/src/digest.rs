//! The structured result of a roundtable.
//!
//! The names of §20 of the facts are kept, because users have scripts on them; what that system did not have (ids, seed, times,
//! components, usage, stop reason) is added beside them. Growing by fields is allowed within `amatelier/digest/v1`.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_types::{MemberName, MessageKind, Phase, Role, Seed, Sha256, Usage};
use serde::{Deserialize, Serialize};

use crate::{
    CitationLine, Ending, LookupLine, OtherScores, Posted, ScoringSection, Setup, StopReason, record::Record,
    table::Table,
};

/// The version of the shape.
const SCHEMA: &str = "amatelier/digest/v1";

/// A digest. Serialised, it is the file `digest-<id>.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// `amatelier/digest/v1`.
    pub schema: String,
    /// The debate.
    pub roundtable_id: String,
    /// Its question.
    pub topic: String,
    /// How models were chosen.
    pub mode: String,
    /// Set when no model was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// What else the reader should know, such as a provider that was replaced.
    pub notices: Vec<String>,
    /// Where all chance came from.
    pub seed: Seed,
    /// Rounds that were begun.
    pub rounds: u32,
    /// Messages posted.
    pub total_messages: usize,
    /// When it closed (opened, while it runs), RFC 3339.
    pub timestamp: String,
    /// When it was opened, RFC 3339.
    pub opened_at: String,
    /// Why it ended; none while it runs.
    pub stop: Option<StopLine>,
    /// Speeches by worker.
    pub contributions: BTreeMap<MemberName, u32>,
    /// Whether the judge ruled so.
    pub converged: bool,
    /// Why, then.
    pub convergence_reason: Option<String>,
    /// How often the judge interfered.
    pub judge_interventions: usize,
    /// What the judge said.
    pub judge_messages: Vec<String>,
    /// Each worker's last speech.
    pub final_positions: BTreeMap<MemberName, String>,
    /// The last state of the debate, if a round was followed by another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_of_debate: Option<String>,
    /// Everything that was said.
    pub transcript: Vec<TranscriptLine>,
    /// Floor turns by worker.
    pub budget_usage: BTreeMap<MemberName, Budget>,
    /// The marks that settle the debate.
    pub scoring: ScoringSection,
    /// What other rubrics marked, shown beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_scores: Vec<OtherScores>,
    /// `complete`, `unscored`, or `pending` while it runs.
    pub scoring_status: String,
    /// Rewarded contributions.
    pub gate_bonuses: Vec<GateBonus>,
    /// Penalties the judge spoke.
    pub sanctions: Vec<SanctionLine>,
    /// How much of a speech is that of the round before, by round and worker.
    pub stability_jaccard: BTreeMap<u32, BTreeMap<MemberName, f64>>,
    /// Ideas staked on.
    pub ventures: Vec<VentureLine>,
    /// What the Steward was asked, in the order in which it was.
    pub lookups: Vec<LookupLine>,
    /// The places in registered files that speeches named.
    pub citations: Vec<CitationLine>,
    /// Fees charged; empty while the debate is not settled.
    pub entry_fees: BTreeMap<MemberName, u32>,
    /// What the debate gave and took, by its last settlement; empty while it is not settled.
    #[serde(default)]
    pub sparks: Vec<SparkLine>,
    /// Who was not called any more, and why.
    pub benched: BTreeMap<MemberName, String>,
    /// Who sat at the table, with the components that spoke for it.
    pub members: Vec<DigestMember>,
    /// Every action, in the order in which they were called.
    pub turns: Vec<TurnLine>,
    /// What answers of models took in all.
    pub usage: Usage,
    /// Actions in which a request was in flight when the program died and was asked once more.
    pub resent: Vec<String>,
    /// Actions with a request of which nobody knows what it took: it counts against caps with the most it could.
    #[serde(default)]
    pub uncertain: Vec<String>,
}

/// Why a debate ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopLine {
    /// `converged`, `max-rounds`, `nothing-new`, `operator`, `aborted`.
    pub reason: String,
    /// In words.
    pub detail: String,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    /// From 1.
    pub seq: u32,
    /// 0 before the first round.
    pub round: u32,
    /// The phase.
    pub phase: Phase,
    /// Who.
    pub agent: MemberName,
    /// As what.
    pub role: Role,
    /// What it is.
    pub kind: MessageKind,
    /// Set when it was for one member and the judge only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<MemberName>,
    /// The text.
    pub message: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Floor turns of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// At the start.
    pub starting_budget: u32,
    /// Used.
    pub spent: u32,
    /// Left.
    pub remaining: u32,
}

/// A rewarded contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateBonus {
    /// Whose.
    pub agent: MemberName,
    /// Why.
    pub reason: String,
    /// The judge's message.
    pub seq: u32,
}

/// A penalty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SanctionLine {
    /// Whose.
    pub agent: MemberName,
    /// For what.
    pub offence: String,
    /// Why.
    pub reason: String,
    /// The judge's message.
    pub seq: u32,
}

/// An idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VentureLine {
    /// Whose.
    pub agent: MemberName,
    /// `scout`, `venture`, `moonshot`.
    pub tier: String,
    /// The idea.
    pub idea: String,
    /// The message.
    pub seq: u32,
    /// The stake's id, such as `v-001`; none where nothing could be staked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venture: Option<String>,
}

/// What a debate gave to a worker and took from it, in sparks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SparkLine {
    /// The worker.
    pub agent: MemberName,
    /// For its marks.
    pub award: i64,
    /// Gate bonuses that count.
    pub gates: i64,
    /// What sanctions took.
    pub sanctions: i64,
    /// The entry fee.
    pub fee: i64,
    /// `award + gates − sanctions − fee`.
    pub net: i64,
    /// What it had after the settlement.
    pub balance: i64,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestMember {
    /// Its name.
    pub name: MemberName,
    /// What it does.
    pub role: Role,
    /// The provider that answered for it.
    pub provider: String,
    /// The team's label of its model.
    pub label: String,
    /// The model.
    pub model: String,
    /// Its component as the team file names it.
    pub component: String,
    /// The component's bytes that took its turns, in the order in which they first did.
    pub components: Vec<ComponentUse>,
    /// What its answers took.
    pub usage: Usage,
}

/// Bytes and the turns they took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentUse {
    /// Of the component.
    pub sha256: Sha256,
    /// Action ids.
    pub turns: Vec<String>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnLine {
    /// Its id.
    pub id: String,
    /// Whose.
    pub agent: MemberName,
    /// `done`, `passed`, `deferred` (asked instead of speaking), a failure kind, or `open`.
    pub ending: String,
    /// From call to end, in milliseconds.
    pub milliseconds: i64,
    /// What it took.
    pub usage: Usage,
}

impl Digest {
    pub(crate) fn of(setup: &Setup, table: &Table, record: &Record, transcript: &[Arc<Posted>]) -> Self {
        let stop = record.stop.as_ref();
        let converged = stop.is_some_and(|stop| stop.reason == StopReason::Converged);
        let judge_messages = transcript.iter().filter(|posted| posted.message.role == Role::Judge);
        let scoring = ScoringSection::of(setup, record);
        Digest {
            schema: SCHEMA.into(),
            roundtable_id: setup.id.to_string(),
            topic: setup.topic.clone(),
            mode: setup.mode.clone(),
            notice: (setup.mode == "rehearsal").then(|| "rehearsal: no model was called".to_owned()),
            notices: setup.notices.clone(),
            seed: setup.seed,
            rounds: record.rounds,
            total_messages: transcript.len(),
            timestamp: record.closed_at.unwrap_or(setup.opened_at).rfc3339(),
            opened_at: setup.opened_at.rfc3339(),
            stop: stop
                .map(|stop| StopLine { reason: stop.reason.name().into(), detail: stop.detail.clone() }),
            contributions: record.contributions.clone(),
            converged,
            convergence_reason: stop.filter(|_| converged).map(|stop| stop.detail.clone()),
            judge_interventions: record.interventions.len(),
            judge_messages: judge_messages.map(|posted| posted.message.text.clone()).collect(),
            final_positions: record.last_texts.clone(),
            state_of_debate: record.summary.as_ref().map(|(_, text)| text.clone()),
            transcript: transcript.iter().map(|posted| line(posted)).collect(),
            budget_usage: budgets(setup, table),
            scoring_status: scoring.status.clone(),
            scoring,
            other_scores: record.standings.others().map(OtherScores::of).collect(),
            gate_bonuses: gates(record),
            sanctions: sanctions(record),
            stability_jaccard: record.stability.clone(),
            ventures: ventures(record),
            lookups: record.lookups.iter().map(|lookup| LookupLine::of(record, lookup)).collect(),
            citations: record.citations.iter().map(CitationLine::of).collect(),
            entry_fees: BTreeMap::new(),
            sparks: Vec::new(),
            benched: record.benched.iter().cloned().collect(),
            members: members(setup, record),
            turns: turns(record),
            usage: ended(record).map(|(_, spent)| spent.usage).sum(),
            resent: ended(record).filter(|(_, spent)| spent.resent > 0).map(|(id, _)| id).collect(),
            uncertain: ended(record).filter(|(_, spent)| spent.uncertain > 0).map(|(id, _)| id).collect(),
        }
    }
}

fn line(posted: &Posted) -> TranscriptLine {
    let message = &posted.message;
    TranscriptLine {
        seq: message.seq,
        round: message.round,
        phase: message.phase,
        agent: message.author.clone(),
        role: message.role,
        kind: message.kind,
        to: message.to.clone(),
        message: message.text.clone(),
        at: posted.at.rfc3339(),
    }
}

fn budgets(setup: &Setup, table: &Table) -> BTreeMap<MemberName, Budget> {
    let budget = |(name, left): (&MemberName, &u32)| {
        let (starting_budget, remaining) = (setup.floor_turns(name), *left);
        let spent = starting_budget.saturating_sub(remaining);
        (name.clone(), Budget { starting_budget, spent, remaining })
    };
    table.floor_left.iter().map(budget).collect()
}

fn gates(record: &Record) -> Vec<GateBonus> {
    let gates = record.interventions.iter().filter(|noted| noted.kind == "gate");
    gates
        .filter_map(|noted| {
            Some(GateBonus { agent: noted.member.clone()?, reason: noted.text.clone(), seq: noted.seq })
        })
        .collect()
}

fn sanctions(record: &Record) -> Vec<SanctionLine> {
    let line = |noted: &crate::record::Noted| {
        let (agent, offence) = (noted.member.clone()?, noted.offence.clone()?);
        Some(SanctionLine { agent, offence, reason: noted.text.clone(), seq: noted.seq })
    };
    record.interventions.iter().filter_map(line).collect()
}

fn ventures(record: &Record) -> Vec<VentureLine> {
    let line = |venture: &crate::record::VentureRecord| VentureLine {
        agent: venture.member.clone(),
        tier: venture.tier.name().into(),
        idea: venture.idea.clone(),
        seq: venture.seq,
        venture: None,
    };
    record.ventures.iter().map(line).collect()
}

fn members(setup: &Setup, record: &Record) -> Vec<DigestMember> {
    let uses = |name: &MemberName| {
        let mut uses: Vec<ComponentUse> = Vec::new();
        for turn in record.turns.iter().filter(|turn| turn.member == *name) {
            let (id, Some(component)) = (turn.action.to_string(), turn.component) else { continue };
            match uses.iter_mut().find(|used| used.sha256 == component) {
                Some(used) => used.turns.push(id),
                None => uses.push(ComponentUse { sha256: component, turns: vec![id] }),
            }
        }
        uses
    };
    let usage = |name: &MemberName| {
        let own = record.turns.iter().filter(|turn| turn.member == *name);
        own.filter_map(|turn| turn.ended.as_ref()).map(|(_, spent, _)| spent.usage).sum()
    };
    setup
        .seats()
        .map(|seat| DigestMember {
            name: seat.name.clone(),
            role: seat.role,
            provider: seat.provider.clone(),
            label: seat.label.clone(),
            model: seat.model.clone(),
            component: seat.component.clone(),
            components: uses(&seat.name),
            usage: usage(&seat.name),
        })
        .collect()
}

fn turns(record: &Record) -> Vec<TurnLine> {
    record
        .turns
        .iter()
        .map(|turn| {
            let (ending, milliseconds, usage) = match &turn.ended {
                None => ("open", 0, Usage::default()),
                Some((ending, spent, at)) => {
                    let name = match ending {
                        Ending::Done => "done",
                        Ending::Passed => "passed",
                        Ending::Deferred => "deferred",
                        Ending::Failed(kind) => kind.name(),
                    };
                    (name, at.0.saturating_sub(turn.called_at.0), spent.usage)
                }
            };
            let (id, agent) = (turn.action.to_string(), turn.member.clone());
            TurnLine { id, agent, ending: ending.into(), milliseconds, usage }
        })
        .collect()
}

fn ended(record: &Record) -> impl Iterator<Item = (String, crate::Spent)> {
    record
        .turns
        .iter()
        .filter_map(|turn| turn.ended.as_ref().map(|(_, spent, _)| (turn.action.to_string(), *spent)))
}
