//! A debate on a terminal, as it happens: round, phase, who speaks, the text while it arrives, tokens and time.
//!
//! A thread of its own prints, and slows down with `--pace`; the engine hands things over and never waits. What streams is provisional:
//! when something else was posted in the end, that is printed, too.

use std::{
    collections::HashMap,
    io::{self, Write as _},
    sync::{Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use amatelier_debate::{ActionId, Debate, Event, Task};
use amatelier_engine::Watcher;
use amatelier_types::{MemberName, Message, MessageKind, Phase, Role, Timestamp, Usage};

use super::{flow::Flow, line, lines, prose, took, width};

/// Something to print.
enum Shown {
    /// A line of its own.
    Line(String),
    /// Somebody begins to speak.
    Speaker(String),
    /// A piece of what is said.
    Piece(String),
    /// What was posted in the end.
    Posted(String),
}

/// Watches a debate for a terminal.
pub(crate) struct Live {
    sender: Mutex<Option<mpsc::Sender<Shown>>>,
    printer: Mutex<Option<JoinHandle<()>>>,
    began: Instant,
    usage: Mutex<Usage>,
    /// When the turns that run were called.
    called: Mutex<HashMap<ActionId, Timestamp>>,
}

impl Live {
    /// Print the head and start. `words_per_minute` slows the text down to what can be read.
    pub(crate) fn start(debate: &Debate, words_per_minute: Option<u32>) -> Self {
        eprint!("{}", lines::head(debate));
        let (sender, receiver) = mpsc::channel();
        let pace = words_per_minute.map(|words| Duration::from_secs_f64(60.0 / f64::from(words.max(1))));
        let printer = thread::Builder::new().name("live".into()).spawn(move || print(&receiver, pace)).ok();
        Live {
            sender: Mutex::new(Some(sender)),
            printer: Mutex::new(printer),
            began: Instant::now(),
            usage: Mutex::new(Usage::default()),
            called: Mutex::default(),
        }
    }

    /// Print what is left, at its pace, and stop.
    pub(crate) fn finish(&self) {
        drop(self.sender.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(printer) = self.printer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // A printer that died took its last lines along; the digest has them.
            let _ = printer.join();
        }
    }

    fn show(&self, shown: Shown) {
        if let Some(sender) = &*self.sender.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = sender.send(shown);
        }
    }

    fn clock(&self) -> String {
        let seconds = self.began.elapsed().as_secs();
        format!("{:02}:{:02}", seconds / 60, seconds % 60)
    }

    fn posted(&self, message: &Message) {
        match (message.role, message.kind) {
            // Side by side: nobody's text was streamed, and nobody has a heading.
            (Role::Worker, kind) if message.phase == Phase::Research => {
                let said = if kind == MessageKind::Pass { "passes" } else { message.text.as_str() };
                self.show(Shown::Line(prose(&format!("{} · {said}", message.author)).trim_end().to_owned()));
            }
            (Role::Worker, MessageKind::Pass) => self.show(Shown::Line("  passes".into())),
            (Role::Worker, _) => self.show(Shown::Posted(message.text.clone())),
            (Role::Judge, _) => {
                let text = format!("{} · {}", message.author, message.text);
                self.show(Shown::Line(prose(&text).trim_end().to_owned()));
            }
            (_, MessageKind::Finding | MessageKind::Interjection) => {
                let text = format!("{}{} · {}", message.author, lines::hearers(message), message.text);
                self.show(Shown::Line(prose(&text).trim_end().to_owned()));
            }
            (_, MessageKind::Fault | MessageKind::Note) => {
                self.show(Shown::Line(format!("  {}", line(&message.text, 400))))
            }
            (_, MessageKind::Summary) => {
                let words = message.text.split_whitespace().count();
                self.show(Shown::Line(format!("  state of the debate, {words} words")));
            }
            _ => {}
        }
    }
}

impl Watcher for Live {
    fn event(&self, debate: &Debate, event: &Event) {
        match event {
            Event::TurnCalled { member, .. } if debate.setup().is_worker(member) && debate.round() == 0 => {}
            Event::TurnCalled { action, member, at, .. } if debate.setup().is_worker(member) => {
                self.called.lock().unwrap_or_else(PoisonError::into_inner).insert(action.clone(), *at);
                let found = debate.next().into_iter().find(|open| open.id == *action).map(|open| open.task);
                let place = match found {
                    Some(Task::Turn(turn)) => {
                        format!("{}, {} of {}, round {}", turn.phase, turn.position, turn.of, turn.round)
                    }
                    _ => action.to_string(),
                };
                self.show(Shown::Speaker(format!("{member} · {place} · {}", self.clock())));
            }
            Event::MessagePosted(posted) => self.posted(&posted.message),
            Event::TurnFinished { action, spent, at, .. } => {
                *self.usage.lock().unwrap_or_else(PoisonError::into_inner) += spent.usage;
                let called = self.called.lock().unwrap_or_else(PoisonError::into_inner).remove(action);
                if let Some(called) = called {
                    let seconds = at.seconds() - called.seconds();
                    self.show(Shown::Line(format!("  [{seconds:.1} s · {}]", took(&spent.usage))));
                }
            }
            Event::PhaseBegan { phase: Phase::Research, .. } => {
                self.show(Shown::Line(format!("\n══ research · {}", self.clock())));
            }
            Event::PhaseBegan { phase: Phase::Speak, round, .. } => {
                let usage = *self.usage.lock().unwrap_or_else(PoisonError::into_inner);
                let spent = took(&usage);
                let most = debate.setup().rules.max_rounds;
                self.show(Shown::Line(format!(
                    "\n══ round {round} of at most {most} · {} · {spent}",
                    self.clock()
                )));
            }
            other => {
                if let Some(text) = lines::closing(other) {
                    self.show(Shown::Line(text));
                }
            }
        }
    }

    fn text(&self, _member: &MemberName, piece: &str) {
        // Only one who has a heading is streamed; in the research phase they all write at once.
        if self.called.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return;
        }
        self.show(Shown::Piece(piece.to_owned()));
    }

    fn note(&self, text: &str) {
        self.show(Shown::Line(lines::note(text)));
    }
}

fn print(shown: &mpsc::Receiver<Shown>, pace: Option<Duration>) {
    let mut streamed = String::new();
    let mut flow = Flow::new(io::stderr(), width());
    let mut due = Instant::now();
    let mut read_along = || {
        let Some(pace) = pace else { return };
        let now = Instant::now();
        due = due.max(now) + pace;
        wait(due - now);
    };
    for shown in shown {
        match shown {
            Shown::Piece(piece) => {
                streamed.push_str(&piece);
                flow.push(&piece, &mut read_along);
            }
            Shown::Speaker(text) => {
                flow.finish();
                streamed.clear();
                say(&format!("\n── {}", line(&text, 120)));
            }
            Shown::Posted(text) => {
                flow.finish();
                if text.trim() != streamed.trim() {
                    if !streamed.is_empty() {
                        say("  (posted as)");
                    }
                    flow.push(&text, &mut read_along);
                    flow.finish();
                }
                streamed.clear();
            }
            Shown::Line(text) => {
                flow.finish();
                say(&text);
            }
        }
    }
    flow.finish();
}

fn say(text: &str) {
    // A terminal that is gone is noticed elsewhere.
    let _ = writeln!(io::stderr(), "{text}");
}

#[allow(
    clippy::disallowed_methods,
    reason = "--pace is a wait for the reader, on a thread that nothing else waits for"
)]
fn wait(time: Duration) {
    thread::sleep(time);
}
