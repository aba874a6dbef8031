//! What there is to read of a debate, folded from what happens.

use std::sync::Arc;

use amatelier_debate::{ActionId, Debate, Digest, Duty, Event, PauseReason, Posted};
use amatelier_engine::Happening;
use amatelier_types::{MemberName, MessageKind, Phase, Role, Timestamp, Usage};

use crate::render::lines;

/// A part of what there is to read.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A round begins; 0 is the research before the first.
    Round { round: u32, attempt: u32 },
    /// A later phase of the round begins.
    Phase { phase: Phase, attempt: u32 },
    /// Something was posted. A star stands for a gate bonus.
    Posted { posted: Arc<Posted>, star: Option<MemberName> },
    /// The host has something to say.
    Line(String),
    /// The debate is over; as it ended, marks included once there are any.
    Closed(Box<Digest>),
}

/// A member that was called and has not answered.
#[derive(Clone, Debug)]
pub(crate) struct Speaking {
    pub action: ActionId,
    pub member: MemberName,
    pub duty: Duty,
    /// What it said so far. Provisional.
    pub text: String,
}

/// What is counted for the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub messages: u32,
    pub speeches: u32,
    pub gates: u32,
    pub requests: u32,
    pub findings: u32,
    pub usage: Usage,
}

/// Whether more can happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Feed {
    /// Somebody drives the debate.
    #[default]
    Live,
    /// Everything there is was told.
    Ended,
}

/// The story of one debate so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    debate: Option<Debate>,
    phase: Option<Phase>,
    pub parts: Vec<Part>,
    pub speaking: Vec<Speaking>,
    pub counts: Counts,
    pub feed: Feed,
    /// When the last event happened.
    last_at: Timestamp,
}

impl Story {
    /// Take in what happened. Says which part changed, if one did that was there before.
    pub(crate) fn hear(&mut self, happening: &Happening) -> Option<usize> {
        match happening {
            Happening::Event { event, .. } => self.event(event),
            Happening::Text { member, text } => {
                self.said(member, |said| said.push_str(text));
                None
            }
            Happening::TextSoFar { member, text } => {
                self.said(member, |said| text.clone_into(said));
                None
            }
            Happening::Spent { .. } => None,
            Happening::Note { text } => {
                self.parts.push(Part::Line(lines::note(text)));
                None
            }
        }
    }

    /// The debate as it stands; none before its first event.
    pub(crate) fn debate(&self) -> Option<&Debate> {
        self.debate.as_ref()
    }

    /// From the opening to the last event, in milliseconds.
    pub(crate) fn elapsed(&self, at: Timestamp) -> i64 {
        let opened = self.debate.as_ref().map_or(at, |debate| debate.setup().opened_at);
        at.0.saturating_sub(opened.0).max(0)
    }

    /// When the last event happened.
    pub(crate) fn last_at(&self) -> Timestamp {
        self.last_at
    }

    /// Where the debate stands, in words.
    pub(crate) fn status(&self) -> String {
        let Some(debate) = &self.debate else { return "waiting".into() };
        let round = format!("round {} of {}", debate.round(), debate.setup().rules.max_rounds);
        match debate.stop() {
            Some(stop) if debate.is_over() => format!("closed: {}", stop.reason.name()),
            Some(stop) => format!("closed: {}, not scored yet", stop.reason.name()),
            None if debate.is_paused() => format!("paused · {round}"),
            None if self.feed == Feed::Ended => format!("nobody drives it now · {round}"),
            None => {
                let phase = self.phase.map(|phase| format!(" · {phase}")).unwrap_or_default();
                format!("running · {round}{phase}")
            }
        }
    }

    fn event(&mut self, event: &Event) -> Option<usize> {
        apply(&mut self.debate, event);
        match event {
            Event::RoundtableOpened { setup } => {
                self.last_at = setup.opened_at;
                self.parts.extend(setup.notices.iter().map(|text| Part::Line(lines::note(text))));
            }
            Event::PhaseBegan { round, phase, attempt, .. } => {
                self.phase = Some(*phase);
                self.parts.push(match phase {
                    Phase::Research | Phase::Speak => Part::Round { round: *round, attempt: *attempt },
                    _ => Part::Phase { phase: *phase, attempt: *attempt },
                });
            }
            Event::TurnCalled { action, member, duty, at, .. } => {
                self.last_at = *at;
                self.speaking.push(Speaking {
                    action: action.clone(),
                    member: member.clone(),
                    duty: *duty,
                    text: String::new(),
                });
            }
            Event::AnswerHeld { action, at, .. } => {
                self.last_at = *at;
                self.speaking.retain(|speaking| speaking.action != *action);
            }
            Event::TurnFinished { action, spent, at, .. } => {
                self.last_at = *at;
                self.counts.usage += spent.usage;
                self.speaking.retain(|speaking| speaking.action != *action);
            }
            Event::MessagePosted(posted) => self.posted(posted),
            Event::GateGiven { member, seq, .. } => {
                self.counts.gates += 1;
                return self.star(*seq, member);
            }
            Event::VentureProposed { member, tier, idea, .. } => {
                self.parts.push(Part::Line(format!("{member} stakes on an idea ({}): {idea}", tier.name())));
            }
            Event::RoundtablePaused { reason, at } => {
                self.last_at = *at;
                self.speaking.clear();
                self.parts.push(Part::Line(match reason {
                    PauseReason::Operator => "paused by the operator".into(),
                    PauseReason::Cap(why) => format!("paused before a cap is exceeded: {why}"),
                    PauseReason::Uncertain(why) => format!("paused until somebody decides: {why}"),
                    PauseReason::Provider(why) => format!("paused, the provider does not answer: {why}"),
                }));
            }
            Event::RoundtableResumed { at } => {
                self.last_at = *at;
                self.parts.push(Part::Line("goes on".into()));
            }
            Event::RoundtableClosed { at, .. } | Event::Scored { at, .. } | Event::Unscored { at, .. } => {
                self.last_at = *at;
                // A stop drops the turns that run; marks are given by nobody who was called before.
                self.speaking.clear();
                return self.closed();
            }
            Event::ScoringOpened { .. }
            | Event::ScoresRefused { .. }
            | Event::BallotCast { .. }
            | Event::BallotSpoilt { .. } => {
                self.last_at = event.at().unwrap_or(self.last_at);
                self.parts.extend(lines::closing(event).map(Part::Line));
            }
            Event::CapsSet { caps, at } => {
                self.last_at = *at;
                self.parts.push(Part::Line(lines::caps(*caps)));
            }
            Event::RightsCurtailed { at, .. } => {
                self.last_at = *at;
                self.parts.extend(lines::closing(event).map(Part::Line));
            }
            Event::ConsentSet { assisted, at } => {
                self.last_at = *at;
                self.parts.push(Part::Line(lines::consent(*assisted).into()));
            }
            // Each has a message of its own.
            Event::GateRuled { .. }
            | Event::LookupAsked { .. }
            | Event::LookupAnswered { .. }
            | Event::FindingGiven { .. }
            | Event::MemberPreferred { .. }
            | Event::MemberMuted { .. }
            | Event::MemberRedirected { .. }
            | Event::MemberSanctioned { .. }
            | Event::MemberHalted { .. }
            | Event::Remarked { .. }
            | Event::NotesKept { .. }
            | Event::MemberBenched { .. } => {}
        }
        None
    }

    fn posted(&mut self, posted: &Posted) {
        let message = &posted.message;
        self.last_at = posted.at;
        self.counts.messages += 1;
        match (message.role, message.kind) {
            (Role::Worker, MessageKind::Speech) => self.counts.speeches += 1,
            (_, MessageKind::Request) => self.counts.requests += 1,
            (_, MessageKind::Finding) => self.counts.findings += 1,
            _ => {}
        }
        // What was streamed is settled now; the turn may have more to settle.
        self.said(&message.author, String::clear);
        // What the host tells the members about phases and turns is what the rules and heads say anyway.
        if message.kind != MessageKind::Control {
            self.parts.push(Part::Posted { posted: Arc::new(posted.clone()), star: None });
        }
    }

    fn said(&mut self, member: &MemberName, change: impl FnOnce(&mut String)) {
        if let Some(speaking) = self.speaking.iter_mut().rev().find(|speaking| speaking.member == *member) {
            change(&mut speaking.text);
        }
    }

    fn star(&mut self, seq: u32, member: &MemberName) -> Option<usize> {
        let is_it = |part: &Part| matches!(part, Part::Posted { posted, .. } if posted.message.seq == seq);
        let place = self.parts.iter().rposition(is_it)?;
        if let Some(Part::Posted { star, .. }) = self.parts.get_mut(place) {
            *star = Some(member.clone());
        }
        Some(place)
    }

    /// Write the closing panel, or write it anew.
    fn closed(&mut self) -> Option<usize> {
        let digest = Box::new(self.debate.as_ref()?.digest());
        let before = self.parts.iter().rposition(|part| matches!(part, Part::Closed(_)));
        // It stands at the end, whatever was said in between.
        let removed = before.inspect(|place| drop(self.parts.remove(*place)));
        self.parts.push(Part::Closed(digest));
        removed
    }
}

/// Take an event into a debate of which there may be nothing yet.
pub(crate) fn apply(debate: &mut Option<Debate>, event: &Event) {
    match debate {
        Some(debate) => debate.apply(event),
        none => *none = Debate::from_events(std::slice::from_ref(event)),
    }
}

#[cfg(test)]
mod tests;
