//! What the judge's interventions mean.
//!
//! In this order: a name that is nobody's at the table drops the intervention (with a visible line); a gate beyond the limit is
//! posted but earns nothing; everything else is posted in its familiar form and becomes a fact.

use amatelier_types::{Intervention, MemberName, MessageKind, Timestamp};

use crate::{Event, decide::Draft, speech::one_line, tags};

/// The longest reason kept, in characters.
const REASON_CHARS: usize = 500;

impl Draft<'_> {
    /// Post and record what the judge did.
    pub(crate) fn intervene(&mut self, interventions: Vec<Intervention>, at: Timestamp) {
        for intervention in interventions {
            self.intervene_once(intervention, at);
        }
    }

    fn intervene_once(&mut self, intervention: Intervention, at: Timestamp) {
        let (name, reason) = match &intervention {
            Intervention::Remark { text } => {
                let text = one_line(text, REASON_CHARS);
                if !text.is_empty() {
                    let requests = tags::requests(&text);
                    let seq = self.judge_says(format!("REMARK: {text}"), at);
                    self.push(Event::Remarked { text, seq });
                    let judge = self.setup.judge.name.clone();
                    self.request(&judge, requests, seq, at);
                }
                return;
            }
            Intervention::Redirect { member, reason }
            | Intervention::Gate { member, reason }
            | Intervention::Sanction { member, reason, .. }
            | Intervention::Halt { member, reason } => (member, one_line(reason, REASON_CHARS)),
        };
        let Some(member) = self.worker(name) else {
            let name = one_line(name, MemberName::MAX);
            self.note(
                format!("An intervention of the judge was dropped: \"{name}\" is no worker of this debate"),
                at,
            );
            return;
        };
        match intervention {
            Intervention::Redirect { .. } => {
                let seq = self.judge_says(format!("REDIRECT {member}: {reason}"), at);
                self.push(Event::MemberRedirected { member, reason, seq });
            }
            Intervention::Gate { .. } => {
                let seq = self.judge_says(format!("GATE: {member} — {reason}"), at);
                if self.table.gates_left > 0 {
                    self.push(Event::GateGiven { member, reason, seq });
                } else {
                    self.note(
                        format!("The gate for {member} earns no bonus: all of this debate's are given"),
                        at,
                    );
                }
            }
            Intervention::Sanction { offence, .. } => {
                let offence = one_line(&offence, MemberName::MAX);
                let text = match offence.as_str() {
                    "off-directive" => format!("OFF-DIRECTIVE {member}: {reason}"),
                    other => format!("SANCTION {member} ({other}): {reason}"),
                };
                let seq = self.judge_says(text, at);
                self.push(Event::MemberSanctioned { member, offence, reason, seq });
            }
            Intervention::Halt { .. } => {
                let seq = self.judge_says(format!("HALT {member}: {reason}"), at);
                self.push(Event::MemberHalted { member, reason, seq });
            }
            Intervention::Remark { .. } => {}
        }
    }

    fn judge_says(&mut self, text: String, at: Timestamp) -> u32 {
        let judge = self.setup.judge.name.clone();
        self.post(judge, amatelier_types::Role::Judge, MessageKind::Intervention, text, at)
    }

    fn worker(&self, name: &str) -> Option<MemberName> {
        let name: MemberName = name.trim().to_ascii_lowercase().parse().ok()?;
        self.setup.is_worker(&name).then_some(name)
    }
}
