//! A debate as lines of JSON on stdout: every event as it is committed, the digest last.

use std::{
    io,
    sync::atomic::{AtomicU64, Ordering},
};

use amatelier_debate::{Debate, Digest, Event};
use amatelier_engine::{Roundtable, Watcher};
use amatelier_types::{MemberName, RoundtableId};
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

    /// Write the line of an event.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub(crate) fn happened(&self, id: &RoundtableId, event: &Event) -> io::Result<()> {
        let line = self.next();
        write(&EventLine { schema: "amatelier/event/v1", line, roundtable_id: id.as_str(), event })
    }

    /// Write the last line. Whoever reads may have stopped.
    pub(crate) fn digest(&self, digest: &Digest) {
        let line = self.next();
        let _ = write(&DigestLine { schema: "amatelier/event/v1", line, digest });
    }

    fn next(&self) -> u64 {
        self.lines.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Watcher for EventLines {
    fn event(&self, debate: &Debate, event: &Event) {
        // Whoever reads may stop reading; the debate goes on.
        let _ = self.happened(&debate.setup().id, event);
    }

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, text: &str) {
        eprintln!("{}", super::lines::note(text));
    }
}

fn write(line: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string(line)?;
    output::write(&format!("{}\n", super::plain_json(&text)))
}
