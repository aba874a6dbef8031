//! A debate as lines: one a contribution. Where it stands, who, how much, and how it begins.

use std::fmt::Write as _;

use amatelier_debate::{Caps, Debate, Event, HeldAnswer, Scores};
use amatelier_types::{MemberName, Message, MessageKind, MicroUsd, Phase, Role};

use super::{line, prose};

/// How much of a message stands on its line, in characters.
const SHOWN: usize = 72;

/// What a debate is, before anything happens in it.
pub(crate) fn head(debate: &Debate) -> String {
    let setup = debate.setup();
    let seating: Vec<&str> = debate.seating().iter().map(MemberName::as_str).collect();
    let goes_on = debate.turns_called() > 0;
    let begins = if goes_on { format!("goes on in round {}", debate.round()) } else { "begins".into() };
    let mut text = format!("roundtable {} {begins}: {}\n", setup.id, line(&setup.topic, 200));
    // Writing to a String cannot fail, so the results below are dropped.
    let _ = writeln!(
        text,
        "{}, seed {}, up to {} rounds; seating: {}; judge: {}",
        setup.mode,
        setup.seed,
        setup.rules.max_rounds,
        seating.join(", "),
        setup.judge.name
    );
    if setup.mode == "rehearsal" {
        text.push_str("rehearsal: no model is called\n");
    }
    if let Some(most) = debate.caps().max_cost {
        let _ = writeln!(text, "it may cost at most {most} (--max-cost)");
    }
    for notice in &setup.notices {
        let _ = writeln!(text, "{}", note(notice));
    }
    if !goes_on && debate.round() > 0 {
        // The round began when the debate was opened, before anybody looked on.
        let _ = writeln!(text, "round {} of at most {}", debate.round(), setup.rules.max_rounds);
    }
    text
}

/// The line of an event, if it has one; `debate` is the state after it.
pub(crate) fn happened(debate: &Debate, event: &Event) -> Option<String> {
    match event {
        Event::PhaseBegan { phase: Phase::Research, .. } => Some("research before the first round".into()),
        Event::PhaseBegan { phase: Phase::Speak, round, attempt, .. } => {
            let again = if *attempt > 1 { ", once more" } else { "" };
            Some(format!("round {round} of at most {}{again}", debate.setup().rules.max_rounds))
        }
        Event::MessagePosted(posted) => message(&posted.message),
        Event::AnswerHeld { action, answer: HeldAnswer::Moved(_), .. } => Some(format!("  {action} is in")),
        other => closing(other),
    }
}

/// The line of an event at the end of a debate.
pub(crate) fn closing(event: &Event) -> Option<String> {
    match event {
        Event::RoundtableClosed { stop, .. } => {
            Some(format!("closed: {} ({})", stop.reason.name(), line(&stop.detail, 400)))
        }
        Event::ScoringOpened { rubric, official, double, .. } => {
            let twice = if *double { ", in opposite orders" } else { "" };
            let settles = if *official { "; its marks settle the debate" } else { "" };
            Some(format!("scored once more by {}{twice}{settles}", line(&rubric.component, 200)))
        }
        Event::ScoresRefused { why, .. } => {
            Some(format!("the marks were refused, the rubric tries again: {}", line(why, 400)))
        }
        Event::BallotCast { ballot, scores } => Some(format!("ballot {ballot}: {}", marks(scores))),
        Event::BallotSpoilt { ballot, why } => Some(format!("ballot {ballot} is spoilt: {}", line(why, 400))),
        Event::Scored { scores, .. } => Some(format!("scored: {}", marks(scores))),
        Event::CapsSet { caps: set, .. } => Some(caps(*set)),
        Event::RightsCurtailed { action, .. } => {
            Some(format!("{action} goes on with less than it may have had: its plugin's grant was cut"))
        }
        Event::ConsentSet { assisted, .. } => Some(consent(*assisted).into()),
        Event::Unscored { why, .. } => Some(format!("unscored: {}", line(why, 400))),
        _ => None,
    }
}

/// Everybody's marks, axis by axis: `elena 7 (novelty 3, impact 4)`.
fn marks(scores: &Scores) -> String {
    let cards = scores.cards.iter().map(|card| {
        let marks: Vec<String> =
            card.marks.iter().map(|mark| format!("{} {}", mark.axis, mark.value)).collect();
        format!("{} {} ({})", card.member, card.total(), marks.join(", "))
    });
    cards.collect::<Vec<_>>().join(", ")
}

/// A contribution as a whole, to be printed below its line.
pub(crate) fn whole(message: &Message) -> Option<String> {
    let is_said = matches!(message.role, Role::Worker | Role::Judge) && message.kind != MessageKind::Pass;
    is_said.then(|| format!("\n{}", prose(&message.text)))
}

/// Something the operator should know.
pub(crate) fn note(text: &str) -> String {
    format!("note: {}", line(text, 400))
}

/// The caps that a debate has from now on.
pub(crate) fn caps(caps: Caps) -> String {
    let tokens = caps.max_tokens.map(|most| format!("at most {most} tokens"));
    let minutes = caps.max_minutes.map(|most| format!("at most {most} minutes"));
    let money = |most: Option<MicroUsd>, of: &str| most.map(|most| format!("at most {most}{of}"));
    let cost = money(caps.max_cost, "");
    let call = money(caps.max_cost_per_call, " a call");
    let member = money(caps.max_cost_per_member, " a member");
    let all: Vec<String> = [tokens, minutes, cost, call, member].into_iter().flatten().collect();
    if all.is_empty() { "no caps any more".into() } else { format!("from now on {}", all.join(", ")) }
}

/// Whether a model may see what is looked up from now on.
pub(crate) fn consent(assisted: bool) -> &'static str {
    match assisted {
        true => "from now on a model may see what the Steward looks up",
        false => "from now on the Steward answers in its forms only",
    }
}

/// Who else than everybody hears a message.
pub(crate) fn hearers(message: &Message) -> String {
    message.to.as_ref().map(|to| format!(" → {to}")).unwrap_or_default()
}

fn message(message: &Message) -> Option<String> {
    let (words, shown) = (message.text.split_whitespace().count(), line(&message.text, SHOWN));
    let place = format!("r{} {}", message.round, message.phase);
    Some(match (message.role, message.kind) {
        (Role::Worker, MessageKind::Pass) => format!("  {place:12} {:10} passes", message.author),
        (Role::Worker, _) => format!("  {place:12} {:10} {words:>4} words  {shown}", message.author),
        (Role::Judge, _) => {
            format!("  {place:12} {:10} {}", message.author, line(&message.text, SHOWN + 12))
        }
        (_, MessageKind::Finding | MessageKind::Interjection) => {
            let who = format!("{}{}", message.author, hearers(message));
            format!("  {place:12} {who:10} {words:>4} words  {shown}")
        }
        (_, MessageKind::Fault | MessageKind::Note) => {
            format!("  {place:12} {:10} {}", "", line(&message.text, 400))
        }
        (_, MessageKind::Summary) => format!("  {place:12} state of the debate, {words} words"),
        _ => return None,
    })
}
