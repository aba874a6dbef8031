//! What a debate adds up to besides its words: read by the digest, never by the rules.

use std::{collections::BTreeMap, time::Duration};

use amatelier_types::{
    Finding, MemberName, Message, MessageKind, Phase, RegisteredFile, Role, Sha256, Timestamp, citations_in,
};

use crate::{
    ActionId, Ending, Event, PauseReason, Spent, Stop, VentureTier, WordSet, jaccard, standing::Standings,
};

/// The longest that nothing happens in a debate that runs: more is the time between a crash and what came after it.
const SILENCE: Duration = Duration::from_secs(600);

/// Places that count of one speech; more are a list, not an argument.
const CITATIONS: usize = 100;

/// One action from call to end.
#[derive(Clone, Debug)]
pub(crate) struct TurnRecord {
    pub action: ActionId,
    pub member: MemberName,
    /// None for a lookup.
    pub component: Option<Sha256>,
    pub called_at: Timestamp,
    pub ended: Option<(Ending, Spent, Timestamp)>,
}

/// A named intervention of the judge.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    pub kind: &'static str,
    pub member: Option<MemberName>,
    pub offence: Option<String>,
    pub text: String,
    pub seq: u32,
}

/// A stake on an idea.
#[derive(Clone, Debug)]
pub(crate) struct VentureRecord {
    pub member: MemberName,
    pub tier: VentureTier,
    pub idea: String,
    pub seq: u32,
}

/// A request to the Steward.
#[derive(Clone, Debug)]
pub(crate) struct LookupRecord {
    pub action: ActionId,
    pub asker: MemberName,
    pub question: String,
    pub label: Option<String>,
    pub free: bool,
    /// The message it stands in.
    pub seq: Option<u32>,
    pub finding: Option<Finding>,
    /// The message that gave it.
    pub given: Option<u32>,
}

/// A place in a registered file that a speech names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechCitation {
    /// The message.
    pub seq: u32,
    /// Who cites.
    pub member: MemberName,
    /// The file.
    pub file: String,
    /// From 1.
    pub first_line: u32,
    /// The last one, included.
    pub last_line: u32,
    /// Whether a finding that was given before rests on these lines.
    pub verified: bool,
}

/// See the module's documentation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub turns: Vec<TurnRecord>,
    pub interventions: Vec<Noted>,
    pub ventures: Vec<VentureRecord>,
    pub lookups: Vec<LookupRecord>,
    pub citations: Vec<SpeechCitation>,
    files: Vec<RegisteredFile>,
    /// How long it ran, and when something last happened.
    pub ran: Duration,
    last: Option<Timestamp>,
    waits: bool,
    pub rounds: u32,
    pub contributions: BTreeMap<MemberName, u32>,
    pub last_texts: BTreeMap<MemberName, String>,
    pub benched: Vec<(MemberName, String)>,
    pub pauses: Vec<PauseReason>,
    /// How much of a worker's speech in a round is that of the round before, by round.
    pub stability: BTreeMap<u32, BTreeMap<MemberName, f64>>,
    pub summary: Option<(u32, String)>,
    pub stop: Option<Stop>,
    pub closed_at: Option<Timestamp>,
    pub standings: Standings,
    speak_words: BTreeMap<MemberName, WordSet>,
    open: BTreeMap<ActionId, usize>,
}

impl Record {
    pub(crate) fn apply(&mut self, event: &Event) {
        self.run(event);
        self.standings.apply(event);
        match event {
            Event::PhaseBegan { round, .. } => self.rounds = *round,
            Event::TurnCalled { action, member, component, at, .. } => {
                self.open.insert(action.clone(), self.turns.len());
                self.turns.push(TurnRecord {
                    action: action.clone(),
                    member: member.clone(),
                    component: *component,
                    called_at: *at,
                    ended: None,
                });
            }
            Event::TurnFinished { action, ending, spent, at, .. } => {
                let turn = self.open.remove(action).and_then(|place| self.turns.get_mut(place));
                if let Some(turn) = turn {
                    turn.ended = Some((*ending, *spent, *at));
                }
            }
            Event::MessagePosted(posted) => self.hear(&posted.message),
            Event::LookupAsked { action, asker, question, label, free, seq } => {
                self.lookups.push(LookupRecord {
                    action: action.clone(),
                    asker: asker.clone(),
                    question: question.clone(),
                    label: label.clone(),
                    free: *free,
                    seq: *seq,
                    finding: None,
                    given: None,
                });
            }
            Event::LookupAnswered { action, finding } => {
                if let Some(lookup) = self.lookup(action) {
                    lookup.finding = Some((**finding).clone());
                }
            }
            Event::FindingGiven { action, seq } => {
                if let Some(lookup) = self.lookup(action) {
                    lookup.given = Some(*seq);
                }
            }
            Event::RoundtableOpened { setup } => {
                self.files = setup.steward.as_ref().map(|steward| steward.files.clone()).unwrap_or_default();
            }
            Event::GateGiven { member, reason, seq } => {
                self.intervened("gate", Some(member), None, reason, *seq)
            }
            Event::MemberRedirected { member, reason, seq } => {
                self.intervened("redirect", Some(member), None, reason, *seq)
            }
            Event::MemberSanctioned { member, offence, reason, seq } => {
                self.intervened("sanction", Some(member), Some(offence), reason, *seq);
            }
            Event::MemberHalted { member, reason, seq } => {
                self.intervened("halt", Some(member), None, reason, *seq)
            }
            Event::Remarked { text, seq } => self.intervened("remark", None, None, text, *seq),
            Event::VentureProposed { member, tier, idea, seq } => self.ventures.push(VentureRecord {
                member: member.clone(),
                tier: *tier,
                idea: idea.clone(),
                seq: *seq,
            }),
            Event::MemberBenched { member, reason } => self.benched.push((member.clone(), reason.clone())),
            Event::RoundtablePaused { reason, .. } => self.pauses.push(reason.clone()),
            Event::RoundtableClosed { stop, at } => {
                self.stop = Some(stop.clone());
                self.closed_at = Some(*at);
            }
            Event::MemberPreferred { .. }
            | Event::MemberMuted { .. }
            | Event::CapsSet { .. }
            | Event::ConsentSet { .. }
            | Event::RightsCurtailed { .. }
            | Event::AnswerHeld { .. }
            | Event::NotesKept { .. }
            | Event::GateRuled { .. }
            | Event::RoundtableResumed { .. }
            | Event::ScoringOpened { .. }
            | Event::ScoresRefused { .. }
            | Event::BallotCast { .. }
            | Event::BallotSpoilt { .. }
            | Event::Scored { .. }
            | Event::Unscored { .. } => {}
        }
    }

    fn run(&mut self, event: &Event) {
        let Some(at) = event.at() else { return };
        // What the operator sets before it goes on (caps, consent) comes while it still waits.
        if let (Some(last), false) = (self.last, self.waits) {
            let gap = Duration::from_millis(at.0.saturating_sub(last.0).try_into().unwrap_or_default());
            self.ran += gap.min(SILENCE);
        }
        self.last = Some(at);
        match event {
            Event::RoundtablePaused { .. } | Event::Scored { .. } | Event::Unscored { .. } => {
                self.waits = true
            }
            Event::RoundtableResumed { .. } | Event::ScoringOpened { .. } => self.waits = false,
            _ => {}
        }
    }

    /// The newest lookups are the ones that something still happens to.
    fn lookup(&mut self, action: &ActionId) -> Option<&mut LookupRecord> {
        self.lookups.iter_mut().rev().find(|lookup| lookup.action == *action)
    }

    fn cite(&mut self, message: &Message) {
        for (file, first_line, last_line) in
            citations_in(&message.text, &self.files).into_iter().take(CITATIONS)
        {
            let given = self.lookups.iter().filter(|lookup| lookup.given.is_some());
            let mut places = given.filter_map(|lookup| lookup.finding.as_ref()).flat_map(|f| &f.citations);
            let verified = places.any(|place| {
                place.file == file && place.first_line <= first_line && last_line <= place.last_line
            });
            let (seq, member) = (message.seq, message.author.clone());
            self.citations.push(SpeechCitation { seq, member, file, first_line, last_line, verified });
        }
    }

    fn intervened(
        &mut self,
        kind: &'static str,
        member: Option<&MemberName>,
        offence: Option<&String>,
        text: &str,
        seq: u32,
    ) {
        let (member, offence) = (member.cloned(), offence.cloned());
        self.interventions.push(Noted { kind, member, offence, text: text.to_owned(), seq });
    }

    fn hear(&mut self, message: &Message) {
        if message.kind == MessageKind::Summary {
            self.summary = Some((message.seq, message.text.clone()));
        }
        if message.role != Role::Worker || message.kind != MessageKind::Speech {
            return;
        }
        self.cite(message);
        let author = &message.author;
        *self.contributions.entry(author.clone()).or_default() += 1;
        self.last_texts.insert(author.clone(), message.text.clone());
        if message.phase == Phase::Speak {
            let words = WordSet::of(&message.text);
            if let Some(before) = self.speak_words.get(author) {
                // Three decimals, as the Python system records them (§5.3 of the facts).
                let similarity = (jaccard(before, &words) * 1000.0).round() / 1000.0;
                self.stability.entry(message.round).or_default().insert(author.clone(), similarity);
            }
            self.speak_words.insert(author.clone(), words);
        }
    }
}
