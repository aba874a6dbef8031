//! A debate as the author of a plugin in it wants to see it: what the plugin says in full, with what it left for its author; everybody else
//! on one line.

use std::{fmt::Write as _, sync::Mutex};

use amatelier_conformance::{Checked, Played, Verdict};
use amatelier_debate::{Debate, Event};
use amatelier_engine::{Performed, Watcher};
use amatelier_types::MemberName;

use super::{line, lines, plain, plugin_test, prose};
use crate::output;

/// Prints a debate on stdout.
pub(crate) struct Rehearsed {
    /// The members whose turns are the plugin's.
    own: Vec<String>,
    // Lines of turns that run side by side must not mix.
    printing: Mutex<()>,
}

impl Rehearsed {
    /// Print the head and start.
    pub(crate) fn start(debate: &Debate, own: Vec<String>) -> Self {
        let rehearsed = Rehearsed { own, printing: Mutex::new(()) };
        rehearsed.say(&lines::head(debate));
        rehearsed
    }

    fn say(&self, text: &str) {
        let _whole = self.printing.lock();
        // Whoever reads may have stopped reading; the debate goes on.
        let _ = output::write(text);
    }

    fn is_own(&self, member: &MemberName) -> bool {
        self.own.iter().any(|own| own == member.as_str())
    }
}

impl Watcher for Rehearsed {
    fn event(&self, debate: &Debate, event: &Event) {
        let Some(mut text) = lines::happened(debate, event) else { return };
        text.push('\n');
        if let Event::MessagePosted(posted) = event
            && self.is_own(&posted.message.author)
            && let Some(whole) = lines::whole(&posted.message)
        {
            text.push_str(&whole);
            text.push('\n');
        }
        self.say(&text);
    }

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, text: &str) {
        self.say(&format!("{}\n", lines::note(text)));
    }

    fn performed(&self, performed: &Performed<'_>) {
        if !self.is_own(performed.member) {
            return;
        }
        let mut text = String::new();
        // Writing to a String cannot fail, so the results are dropped.
        let _ = writeln!(text, "  {} by {}", line(performed.action, 200), performed.component.short());
        if let Some(failure) = performed.failure {
            let _ = writeln!(text, "    failed ({}): {}", failure.kind, line(&failure.message, 400));
        }
        plugin_test::circumstances(&mut text, performed.record, "    ");
        self.say(&text);
    }
}

/// What a store or a teacher offers.
pub(crate) fn listed(played: &Played) -> String {
    let mut text = format!("{}\n", plain(&played.occasion.label()));
    match &played.result {
        Ok(returned) => text.push_str(&prose(&returned.to_string())),
        Err(failure) => {
            let _ = writeln!(text, "  failed ({}): {}", failure.kind, line(&failure.message, 400));
        }
    }
    plugin_test::circumstances(&mut text, &played.record, "  ");
    text
}

/// The checks that do not hold.
pub(crate) fn faults(checked: &[Checked]) -> String {
    let mut text = String::new();
    for check in checked.iter().filter(|check| matches!(check.verdict, Verdict::Failed(_))) {
        plugin_test::conformance(&mut text, check);
    }
    text
}
