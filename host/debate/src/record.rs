//! What a debate adds up to besides its words: read by the digest, never by the rules.

use std::collections::BTreeMap;

use amatelier_types::{MemberName, Message, MessageKind, Phase, Role, Sha256, Timestamp};

use crate::{ActionId, Ending, Event, PauseReason, Scores, Spent, Stop, VentureTier, WordSet, jaccard};

/// One action from call to end.
#[derive(Clone, Debug)]
pub(crate) struct TurnRecord {
    pub action: ActionId,
    pub member: MemberName,
    pub component: Sha256,
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

/// See the module's documentation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub turns: Vec<TurnRecord>,
    pub interventions: Vec<Noted>,
    pub ventures: Vec<VentureRecord>,
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
    pub scores: Option<Scores>,
    pub unscored: Option<String>,
    speak_words: BTreeMap<MemberName, WordSet>,
    open: BTreeMap<ActionId, usize>,
}

impl Record {
    pub(crate) fn apply(&mut self, event: &Event) {
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
            Event::Scored { scores, .. } => self.scores = Some(scores.clone()),
            Event::Unscored { why, .. } => self.unscored = Some(why.clone()),
            Event::RoundtableOpened { .. }
            | Event::AnswerHeld { .. }
            | Event::GateRuled { .. }
            | Event::RoundtableResumed { .. }
            | Event::ScoresRefused { .. } => {}
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
