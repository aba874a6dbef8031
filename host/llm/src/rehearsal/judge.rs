//! The judge: remarks between phases, and the ruling at the gate.
//!
//! What it says is counted from what was heard: who used figures, who answered whom, who asked. Only the ruling itself is drawn, from the
//! debate's seed, so that a test or a demonstration can choose a debate that converges. In the first phase of a debate it never passes.

use amatelier_types::{MessageKind, Phase};
use serde_json::{Value, json};

use super::{
    bank::{self, Bank},
    draw::{Draw, deal},
    heard::{Heard, Voice},
    material::Material,
    position::{converges, stated},
    speech::PASS,
};
use crate::CallFacts;

/// Something the judge does, before it is text or JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Redirect { member: String, reason: String },
    Gate { member: String, reason: String },
    Remark { text: String },
}

impl Note {
    fn line(&self) -> String {
        match self {
            Note::Redirect { member, reason } => format!("REDIRECT {member}: {reason}"),
            Note::Gate { member, reason } => format!("GATE: {member} — {reason}"),
            Note::Remark { text } => format!("REMARK: {text}"),
        }
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Note::Redirect { member, reason } => {
                json!({ "kind": "redirect", "type": "redirect", "member": member, "reason": reason, "text": reason })
            }
            Note::Gate { member, reason } => {
                json!({ "kind": "gate", "type": "gate", "member": member, "reason": reason, "text": reason })
            }
            Note::Remark { text } => {
                json!({ "kind": "remark", "type": "remark", "text": text, "reason": text })
            }
        }
    }
}

/// One note a line, or `PASS`.
pub(super) fn as_text(notes: &[Note]) -> String {
    if notes.is_empty() {
        return PASS.into();
    }
    notes.iter().map(Note::line).collect::<Vec<_>>().join("\n")
}

/// What the judge says after a phase.
pub(super) fn moderate(facts: &CallFacts) -> Vec<Note> {
    let heard = Heard::of(facts);
    let of_round: Vec<&Voice<'_>> =
        heard.voices.iter().filter(|voice| voice.message.round == facts.round).collect();
    let of_phase: Vec<&Voice<'_>> =
        of_round.iter().copied().filter(|voice| voice.message.phase == facts.phase).collect();
    let mut ranked = if of_phase.is_empty() { of_round } else { of_phase };
    let turns = ranked.len();
    let asked = ranked.iter().map(|voice| voice.questions().count()).sum::<usize>();
    let figures = ranked.iter().filter(|voice| voice.figures() > 0).count();
    ranked.sort_by_key(|voice| std::cmp::Reverse(merit(voice, &heard)));

    let mut draw = Draw::from(facts.turn_seed);
    let mut said = Saying::new(facts);
    let mut notes = Vec::new();
    let best = ranked.get(draw.below(turns.min(2))).copied();
    if let Some(best) = best.filter(|voice| voice.figures() > 0 && named(voice, &heard) > 0)
        && draw.chance(50)
    {
        notes.push(Note::Gate {
            member: best.message.author.to_string(),
            reason: said.fill(
                "gate",
                if best.has_sum() { bank::GATE_SUM } else { bank::GATE },
                &[("quote", &best.figure_quote().unwrap_or_default())],
            ),
        });
    }
    let weakest = ranked.last().copied().filter(|_| turns > 1);
    if let Some(weakest) =
        weakest.filter(|voice| best.is_none_or(|best| best.message.seq != voice.message.seq))
        && draw.chance(45)
    {
        notes.push(Note::Redirect {
            member: weakest.message.author.to_string(),
            reason: said.fill("redirect", complaint(weakest, &heard), &[]),
        });
    }
    let is_first = facts.round <= 1
        && facts.phase == Phase::Speak
        && facts.heard.iter().all(|message| message.kind != MessageKind::Intervention);
    if let Some(who) = draw.pick(&ranked).copied()
        && (draw.chance(30) || (notes.is_empty() && is_first))
    {
        let (name, quote) = (who.name(), quote(who, &heard, &mut draw));
        let (figures, turns, asked) = (figures.to_string(), turns.to_string(), asked.to_string());
        let values =
            [("who", &name), ("quote", &quote), ("figures", &figures), ("turns", &turns), ("asked", &asked)];
        notes.push(Note::Remark { text: said.fill("remark", bank::REMARK, &values) });
    }
    notes
}

/// The ruling, and its reason.
pub(super) fn rule(facts: &CallFacts) -> (bool, String) {
    let is_converged = converges(facts.debate_seed, facts.round);
    let heard = Heard::of(facts);
    let material = Material::of(&facts.topic, &facts.briefing);
    let mut draw = Draw::from(facts.turn_seed);
    let voices: Vec<&Voice<'_>> =
        heard.voices.iter().filter(|voice| voice.message.round == facts.round).collect();
    let Some(who) = draw.pick(&voices).copied() else {
        let reason = if is_converged {
            "nobody had anything to add"
        } else {
            "too little has been said to close the question"
        };
        return (is_converged, reason.into());
    };
    // For a disagreement rather two who say that they are for different options.
    let theirs =
        |voice: &Voice<'_>| stated(&voice.message.text, &material.choices).map(|choice| choice.name.clone());
    let mut others: Vec<&Voice<'_>> =
        voices.iter().copied().filter(|voice| voice.message.author != who.message.author).collect();
    if others.iter().any(|voice| theirs(voice) != theirs(who)) && !is_converged {
        others.retain(|voice| theirs(voice) != theirs(who));
    }
    let (other, quote2) = draw.pick(&others).map_or_else(
        || ("the rest of the table".to_owned(), "“nothing yet”".to_owned()),
        |other| (other.name(), quote(other, &heard, &mut draw)),
    );
    let quote = quote(who, &heard, &mut draw);
    let bank = if is_converged { bank::CONVERGED } else { bank::PROCEED };
    let values = [("who", &who.name()), ("other", &other), ("quote2", &quote2), ("quote", &quote)];
    (is_converged, Saying::new(facts).fill("rule", bank, &values))
}

/// Deals the judge's templates: two phases a round, so twice the round is a place.
struct Saying<'a> {
    facts: &'a CallFacts,
    place: usize,
}

impl<'a> Saying<'a> {
    fn new(facts: &'a CallFacts) -> Self {
        let round = usize::try_from(facts.round).unwrap_or_default();
        let turn = usize::try_from(facts.position + facts.call).unwrap_or_default();
        Saying { facts, place: round * 2 + usize::from(facts.phase == Phase::Rebuttal) + turn }
    }

    fn fill(&mut self, name: &str, bank: Bank, values: &[(&str, &String)]) -> String {
        let template = deal(self.facts.debate_seed, &format!("judge/{name}"), bank, self.place)
            .copied()
            .unwrap_or_default();
        values
            .iter()
            .fold(template.to_owned(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value))
    }
}

fn quote(voice: &Voice<'_>, heard: &Heard<'_>, draw: &mut Draw) -> String {
    draw.pick(&heard.quotes(voice)).cloned().unwrap_or_default()
}

/// How many others a speech names.
fn named(voice: &Voice<'_>, heard: &Heard<'_>) -> usize {
    let own = voice.name();
    heard.names.iter().filter(|name| **name != own && voice.names(name)).count()
}

fn merit(voice: &Voice<'_>, heard: &Heard<'_>) -> usize {
    named(voice, heard) * 3 + voice.figures() + voice.questions().count() * 2
}

/// What is missing from a speech, worst first.
fn complaint(voice: &Voice<'_>, heard: &Heard<'_>) -> Bank {
    let could_name = heard.voices.iter().any(|earlier| {
        earlier.message.seq < voice.message.seq && earlier.message.author != voice.message.author
    });
    if named(voice, heard) == 0 && could_name {
        bank::REDIRECT_NAMES
    } else if voice.figures() == 0 {
        bank::REDIRECT_FIGURES
    } else if voice.questions().count() == 0 {
        bank::REDIRECT_SILENT
    } else {
        bank::REDIRECT_OPEN
    }
}
