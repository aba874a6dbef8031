//! A debate as lines on stderr.

use std::sync::Mutex;

use amatelier_debate::{Debate, Ending, Event, HeldAnswer};
use amatelier_engine::Watcher;
use amatelier_types::{MemberName, Message, MessageKind, Phase, Role};

use super::{line, prose};

/// How much of a message stands on its line, in characters.
const SHOWN: usize = 72;

/// Prints what happens. A line per contribution: where the debate stands, who, how much, and how it begins.
pub(crate) struct Progress {
    // Lines of turns that run side by side must not mix.
    printing: Mutex<()>,
}

impl Progress {
    /// Print the head and start.
    pub(crate) fn start(debate: &Debate) -> Self {
        Progress::head(debate);
        Progress { printing: Mutex::new(()) }
    }

    /// What a debate is, before anything happens in it.
    pub(crate) fn head(debate: &Debate) {
        let setup = debate.setup();
        let seating: Vec<&str> = debate.seating().iter().map(MemberName::as_str).collect();
        let goes_on = debate.turns_called() > 0;
        let begins = if goes_on { format!("goes on in round {}", debate.round()) } else { "begins".into() };
        eprintln!("roundtable {} {begins}: {}", setup.id, line(&setup.topic, 200));
        eprintln!(
            "{}, seed {}, up to {} rounds; seating: {}; judge: {}",
            setup.mode,
            setup.seed,
            setup.rules.max_rounds,
            seating.join(", "),
            setup.judge.name
        );
        if setup.mode == "rehearsal" {
            eprintln!("rehearsal: no model is called");
        }
        for notice in &setup.notices {
            eprintln!("note: {}", line(notice, 400));
        }
        if !goes_on && debate.round() > 0 {
            // The round began when the debate was opened, before anybody looked on.
            eprintln!("round {} of at most {}", debate.round(), setup.rules.max_rounds);
        }
    }

    /// The line of an event at the end of a debate.
    pub(crate) fn closing(event: &Event) -> Option<String> {
        match event {
            Event::RoundtableClosed { stop, .. } => {
                Some(format!("closed: {} ({})", stop.reason.name(), line(&stop.detail, 400)))
            }
            Event::ScoresRefused { why } => {
                Some(format!("the marks were refused, the rubric tries again: {}", line(why, 400)))
            }
            Event::Scored { scores, .. } => {
                let totals: Vec<String> =
                    scores.cards.iter().map(|card| format!("{} {}", card.member, card.total())).collect();
                Some(format!("scored: {}", totals.join(", ")))
            }
            Event::Unscored { why, .. } => Some(format!("unscored: {}", line(why, 400))),
            _ => None,
        }
    }

    /// Print a contribution as a whole, below its line.
    pub(crate) fn whole(&self, message: &Message) {
        if matches!(message.role, Role::Worker | Role::Judge) && message.kind != MessageKind::Pass {
            let _whole = self.printing.lock();
            eprintln!("\n{}", prose(&message.text));
        }
    }

    fn message(message: &Message) {
        let (words, shown) = (message.text.split_whitespace().count(), line(&message.text, SHOWN));
        let place = format!("r{} {}", message.round, message.phase);
        match (message.role, message.kind) {
            (Role::Worker, MessageKind::Pass) => eprintln!("  {place:12} {:10} passes", message.author),
            (Role::Worker, _) => eprintln!("  {place:12} {:10} {words:>4} words  {shown}", message.author),
            (Role::Judge, _) => {
                eprintln!("  {place:12} {:10} {}", message.author, line(&message.text, SHOWN + 12))
            }
            (_, MessageKind::Fault | MessageKind::Note) => {
                eprintln!("  {place:12} {:10} {}", "", line(&message.text, 400))
            }
            (_, MessageKind::Summary) => eprintln!("  {place:12} state of the debate, {words} words"),
            _ => {}
        }
    }
}

impl Watcher for Progress {
    fn event(&self, debate: &Debate, event: &Event) {
        let _whole = self.printing.lock();
        match event {
            Event::PhaseBegan { phase: Phase::Speak, round, attempt, .. } => {
                let again = if *attempt > 1 { ", once more" } else { "" };
                eprintln!("round {round} of at most {}{again}", debate.setup().rules.max_rounds);
            }
            Event::MessagePosted(posted) => Progress::message(&posted.message),
            Event::AnswerHeld { action, answer: HeldAnswer::Moved(_), .. } => eprintln!("  {action} is in"),
            Event::TurnFinished { action, ending: Ending::Failed(kind), .. } => {
                tracing::info!(%action, %kind, "turn failed")
            }
            other => {
                if let Some(text) = Progress::closing(other) {
                    eprintln!("{text}");
                }
            }
        }
    }

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, text: &str) {
        let _whole = self.printing.lock();
        eprintln!("note: {}", line(text, 400));
    }
}
