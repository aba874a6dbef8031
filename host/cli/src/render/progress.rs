//! A debate as lines on stderr.

use std::sync::Mutex;

use amatelier_debate::{Debate, Ending, Event};
use amatelier_engine::Watcher;
use amatelier_types::MemberName;

use super::lines;

/// Prints what happens, a line per contribution.
pub(crate) struct Progress {
    // Lines of turns that run side by side must not mix.
    printing: Mutex<()>,
}

impl Progress {
    /// Print the head and start.
    pub(crate) fn start(debate: &Debate) -> Self {
        eprint!("{}", lines::head(debate));
        Progress { printing: Mutex::new(()) }
    }

    /// Print a line, or several.
    pub(crate) fn say(&self, text: &str) {
        let _whole = self.printing.lock();
        eprintln!("{text}");
    }
}

impl Watcher for Progress {
    fn event(&self, debate: &Debate, event: &Event) {
        if let Event::TurnFinished { action, ending: Ending::Failed(kind), .. } = event {
            tracing::info!(%action, %kind, "turn failed");
        }
        if let Some(text) = lines::happened(debate, event) {
            self.say(&text);
        }
    }

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, text: &str) {
        self.say(&lines::note(text));
    }
}
