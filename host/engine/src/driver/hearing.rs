//! What a turn sees of the debate: the transcript is kept in step with its events.

use std::sync::Arc;

use amatelier_debate::{Action, Debate, Event, SpeechCitation};
use amatelier_journal::TurnId;
use amatelier_runtime::{Component, Noted, SpokenCitation};

use crate::{Books, Roundtable, transcript::Transcript, turn::Staged};

/// What a turn needs to run, from the debate as it stands; the ledger it may read is for the caller to add.
pub(crate) fn stage(
    debate: &Debate,
    action: Action,
    component: Option<Component>,
    turn: Option<TurnId>,
    first: bool,
    heard: u32,
) -> Staged {
    let state = debate.state_of_debate().map(|(_, text)| Arc::from(text));
    let requests = debate.requests_left(&action.member);
    let assisted = debate.is_assisted();
    let notebook = debate.notebook(&action.member).cloned().unwrap_or_default();
    let rubric = debate.rescoring().map(|(seat, _)| Box::new(seat.clone()));
    let rights = debate.called(&action.id).and_then(|called| called.rights);
    Staged {
        action,
        component,
        turn,
        first,
        heard,
        state,
        requests,
        assisted,
        books: Books::default(),
        notebook,
        rubric,
        rights,
        manifest: None,
        refused: None,
    }
}

/// A citation as components are shown it.
fn spoken(cited: &SpeechCitation) -> SpokenCitation {
    SpokenCitation {
        seq: cited.seq,
        member: cited.member.clone(),
        file: cited.file.clone(),
        first_line: cited.first_line,
        last_line: cited.last_line,
        verified: cited.verified,
    }
}

/// Keep the shared transcript in step with the debate.
pub(crate) fn hear(transcript: &Transcript, debate: &Debate, event: &Event) {
    match event {
        Event::MessagePosted(posted) => {
            transcript.post(posted.message.clone());
            let seq = posted.message.seq;
            let cited = debate.citations().iter().rev().take_while(|cited| cited.seq == seq);
            transcript.cited(cited.map(spoken).collect::<Vec<_>>().into_iter().rev());
        }
        Event::GateGiven { .. }
        | Event::MemberRedirected { .. }
        | Event::MemberSanctioned { .. }
        | Event::MemberHalted { .. }
        | Event::Remarked { .. } => {
            if let Some((seq, kind, member, text)) = debate.interventions().next_back() {
                let noted = Noted { seq, kind: kind.into(), member: member.cloned(), text: text.into() };
                transcript.intervened(noted);
            }
        }
        _ => {}
    }
}

impl Roundtable {
    /// A transcript that holds what the debate's events made so far.
    pub(crate) fn transcript(events: &[Event], debate: &Debate) -> Transcript {
        let transcript = Transcript::default();
        for event in events {
            if let Event::MessagePosted(posted) = event {
                transcript.post(posted.message.clone());
            }
        }
        transcript.cited(debate.citations().iter().map(spoken));
        for (seq, kind, member, text) in debate.interventions() {
            transcript.intervened(Noted {
                seq,
                kind: kind.into(),
                member: member.cloned(),
                text: text.into(),
            });
        }
        transcript
    }
}
