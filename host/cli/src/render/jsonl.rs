//! A debate as lines of JSON on stdout: every event as it is committed, the digest last.

use std::sync::atomic::{AtomicU64, Ordering};

use amatelier_debate::{Debate, Digest, Event};
use amatelier_engine::{Roundtable, Watcher};
use amatelier_types::MemberName;
use serde::Serialize;

use crate::output;

/// Writes the lines.
#[derive(Default)]
pub(crate) struct EventLines {
    lines: AtomicU64,
}

#[derive(Serialize)]
struct EventLine<'a> {
    schema: &'static str,
    line: u64,
    roundtable_id: &'a str,
    #[serde(flatten)]
    event: &'a Event,
}

#[derive(Serialize)]
struct DigestLine<'a> {
    schema: &'static str,
    line: u64,
    digest: &'a Digest,
}

impl EventLines {
    /// Start with what a debate that was just opened has behind it; one that goes on starts with what is new.
    pub(crate) fn start(roundtable: &Roundtable) -> Self {
        let lines = EventLines::default();
        if roundtable.debate().turns_called() == 0 {
            roundtable.events().iter().for_each(|event| lines.event(roundtable.debate(), event));
        }
        lines
    }

    /// Write the last line.
    pub(crate) fn digest(&self, digest: &Digest) {
        let line = self.next();
        write(&DigestLine { schema: "amatelier/event/v1", line, digest });
    }

    fn next(&self) -> u64 {
        self.lines.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Watcher for EventLines {
    fn event(&self, debate: &Debate, event: &Event) {
        let (line, id) = (self.next(), debate.setup().id.as_str());
        write(&EventLine { schema: "amatelier/event/v1", line, roundtable_id: id, event });
    }

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, text: &str) {
        eprintln!("note: {}", super::line(text, 400));
    }
}

/// Whoever reads may stop reading; the debate goes on.
fn write(line: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(line) {
        let _ = output::print(&format!("{}\n", super::plain_json(&text)));
    }
}
