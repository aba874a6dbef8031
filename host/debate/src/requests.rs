//! What a request means: taken or refused, looked up beside the debate, given to its asker before it speaks again.
//!
//! A finding is posted immediately before its asker's next turn, and what is left of them before the judge rules and before a round
//! ends, however fast the Steward was: the transcript does not depend on wall time.

use amatelier_types::{Failure, Finding, MemberName, Message, MessageKind, Phase, Role, Timestamp};

use crate::{
    Action, Answer, Asked, Ending, Event, Posted, Spent, StewardSeat, control, decide::Draft,
    lookups::Pending, speech::one_line,
};

/// The longest question kept, in characters.
const QUESTION_CHARS: usize = 500;
/// The longest finding posted, in characters; the whole is in the journal (rules §2).
const FINDING_CHARS: usize = 4_096;

impl Draft<'_> {
    /// Whether requests cost nothing now.
    fn is_free(&self) -> bool {
        self.table.phase() == Phase::Research
    }

    /// How many of these requests would be taken.
    pub(crate) fn takes(&self, member: &MemberName, requests: &[String]) -> usize {
        let left = self.table.lookups.left(member, self.is_free()) as usize;
        if self.setup.steward.is_some() { requests.len().min(left) } else { 0 }
    }

    /// Take requests that stand in a message, as far as the asker has any left; the others are refused in a visible line.
    pub(crate) fn request(&mut self, asker: &MemberName, requests: Vec<String>, seq: u32, at: Timestamp) {
        let taken = self.takes(asker, &requests);
        let Some(steward) = &self.setup.steward else {
            for request in requests {
                self.note(control::no_steward(asker, &one_line(&request, QUESTION_CHARS)), at);
            }
            return;
        };
        for (place, request) in requests.into_iter().enumerate() {
            let request = one_line(&request, QUESTION_CHARS);
            if place >= taken {
                self.note(control::no_requests_left(asker, &request), at);
                continue;
            }
            let chooses = *asker == self.setup.judge.name;
            let (label, question) = if chooses { labelled(steward, &request) } else { (None, request) };
            let (action, free) = (self.table.lookups.next_id(asker), self.is_free());
            let asker = asker.clone();
            self.push(Event::LookupAsked { action, asker, question, label, free, seq: Some(seq) });
        }
    }

    /// Post what a component asked during its turn, for the judge to see; the component has had it.
    pub(crate) fn asked_on_the_way(&mut self, asker: &MemberName, asked: Vec<Asked>, at: Timestamp) {
        for Asked { question, finding } in asked {
            let (action, free) = (self.table.lookups.next_id(asker), self.is_free());
            let question = one_line(&question, QUESTION_CHARS);
            self.push(Event::LookupAsked {
                action: action.clone(),
                asker: asker.clone(),
                question,
                label: None,
                free,
                seq: None,
            });
            self.push(Event::LookupAnswered { action, finding: Box::new(finding) });
        }
        self.give(Some(asker), at);
    }

    /// A lookup ended.
    pub(crate) fn looked_up(
        &mut self,
        action: Action,
        answer: Result<Answer, Failure>,
        spent: Spent,
        at: Timestamp,
    ) {
        let (finding, ending) = match answer {
            Ok(Answer::Found(finding)) => (finding, Ending::Done),
            Ok(_) => (Box::new(Finding::failed("the Steward gave no finding")), Ending::Done),
            Err(failure) => {
                let why = one_line(&failure.message, QUESTION_CHARS);
                (Box::new(Finding::failed(why)), Ending::Failed(failure.kind))
            }
        };
        self.push(Event::LookupAnswered { action: action.id.clone(), finding });
        self.finished(action.id, action.member, ending, spent, at);
    }

    /// Post what was found and not posted yet, of one asker or of all.
    pub(crate) fn give(&mut self, to: Option<&MemberName>, at: Timestamp) {
        for Pending { id, asker, question, finding, .. } in self.table.lookups.found(to) {
            let Some(finding) = finding else { continue };
            let public = self.setup.steward.as_ref().is_some_and(|steward| steward.public);
            let text = control::finding(&asker, &question, &finding, FINDING_CHARS);
            let (seq, round, phase) = (self.table.next_seq, self.table.round, self.table.phase());
            let message = Message {
                seq,
                round,
                phase,
                author: MemberName::steward(),
                role: Role::Steward,
                kind: MessageKind::Finding,
                to: (!public).then_some(asker),
                text,
            };
            self.push(Event::MessagePosted(Posted { message, at }));
            self.push(Event::FindingGiven { action: id, seq });
        }
    }
}

/// The label with which the judge chooses a model, and the question without it: `sonnet: how many …`.
fn labelled(steward: &StewardSeat, request: &str) -> (Option<String>, String) {
    let Some((label, rest)) = request.split_once(':') else { return (None, request.to_owned()) };
    let known = steward.labels.iter().find(|known| known.eq_ignore_ascii_case(label.trim()));
    match known {
        Some(label) if !rest.trim().is_empty() => (Some(label.clone()), rest.trim().to_owned()),
        _ => (None, request.to_owned()),
    }
}
