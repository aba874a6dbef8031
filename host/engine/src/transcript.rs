//! The debate as its members may hear it.
//!
//! One list of messages, grown by the driver and read by every turn up to the message at which the turn was called: a turn that is
//! run again hears what it heard the first time, and no turn copies what was said before it.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use amatelier_debate::{Labels, Setup};
use amatelier_runtime::{Chat, ChatMember, Filter, Noted, SpokenCitation};
use amatelier_types::{MemberName, Message, MessageKind, Role};

/// Who listens: a message for one member only is heard by that member, by the judge, and by the rubric, which has to judge what was said
/// with it.
#[derive(Clone, Debug)]
pub(crate) enum Listener {
    /// Everything.
    All,
    /// What is for all, and for this one.
    One(MemberName),
}

impl Listener {
    /// As whom a member of a debate listens.
    pub(crate) fn of(member: &MemberName, setup: &Setup) -> Self {
        if setup.is_worker(member) { Listener::One(member.clone()) } else { Listener::All }
    }

    fn hears(&self, message: &Message) -> bool {
        match (self, &message.to) {
            (Listener::All, _) | (_, None) => true,
            (Listener::One(listener), Some(to)) => listener == to,
        }
    }
}

/// What was said and what the judge did about it; cloning shares it.
#[derive(Clone, Default)]
pub(crate) struct Transcript {
    said: Arc<RwLock<Said>>,
}

#[derive(Default)]
struct Said {
    messages: Vec<Arc<Message>>,
    interventions: Vec<Noted>,
    citations: Vec<SpokenCitation>,
    /// Where each round's first message stands; messages before the first round are round 0.
    rounds: Vec<usize>,
}

impl Transcript {
    fn read(&self) -> RwLockReadGuard<'_, Said> {
        // A panicking writer leaves at worst a message out; nobody panics while writing.
        self.said.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn post(&self, message: Message) {
        let mut said = self.said.write().unwrap_or_else(PoisonError::into_inner);
        let round = message.round as usize;
        let place = said.messages.len();
        while said.rounds.len() <= round {
            said.rounds.push(place);
        }
        said.messages.push(Arc::new(message));
    }

    pub(crate) fn intervened(&self, noted: Noted) {
        self.said.write().unwrap_or_else(PoisonError::into_inner).interventions.push(noted);
    }

    pub(crate) fn cited(&self, citations: impl Iterator<Item = SpokenCitation>) {
        self.said.write().unwrap_or_else(PoisonError::into_inner).citations.extend(citations);
    }

    /// The messages of a round and the speeches of the one before, up to `heard`.
    pub(crate) fn recent(&self, round: u32, heard: u32, listener: &Listener) -> Vec<Arc<Message>> {
        let said = self.read();
        let start = |round: u32| said.rounds.get(round as usize).copied().unwrap_or_default();
        let (before, now) = (start(round.saturating_sub(1)), start(round));
        let speeches = said.messages.get(before..now).unwrap_or_default().iter();
        let recent =
            said.messages.get(now..).unwrap_or_default().iter().take_while(|message| message.seq <= heard);
        let speeches = speeches.filter(|message| message.kind == MessageKind::Speech);
        speeches.chain(recent).filter(|message| listener.hears(message)).cloned().collect()
    }

    /// Every message up to `heard`.
    pub(crate) fn all(&self, heard: u32) -> Vec<Arc<Message>> {
        self.read().messages.iter().take(heard as usize).cloned().collect()
    }

    /// Newest first, the messages that match up to `heard`, as far as the filter can want them.
    fn recall(&self, which: &Filter, heard: u32, listener: &Listener) -> Vec<Arc<Message>> {
        let said = self.read();
        let last = which.before.map_or(heard, |before| heard.min(before.saturating_sub(1))) as usize;
        let end = last.min(said.messages.len());
        let after = which.after.unwrap_or_default() as usize;
        // A round that is asked for bounds the search from below, so that reading the current one never walks the whole debate.
        let from = which.round.and_then(|round| said.rounds.get(round as usize).copied()).unwrap_or_default();
        let window = said.messages.get(after.max(from).min(end)..end).unwrap_or_default();
        let matching = window.iter().filter(|message| listener.hears(message) && which.matches(message));
        match which.limit {
            0 => matching.cloned().collect(),
            limit => {
                let mut newest: Vec<_> = matching.rev().take(limit as usize).cloned().collect();
                newest.reverse();
                newest
            }
        }
    }
}

/// The view of one turn.
pub(crate) struct View {
    pub(crate) setup: Arc<Setup>,
    pub(crate) seating: Arc<Vec<ChatMember>>,
    pub(crate) transcript: Transcript,
    pub(crate) listener: Listener,
    pub(crate) heard: u32,
    pub(crate) state: Option<Arc<str>>,
}

impl Chat for View {
    fn topic(&self) -> String {
        self.setup.topic.clone()
    }

    fn briefing(&self) -> String {
        self.setup.briefing.clone()
    }

    fn members(&self) -> Vec<ChatMember> {
        self.seating.to_vec()
    }

    fn recall(&self, which: &Filter) -> Vec<Arc<Message>> {
        self.transcript.recall(which, self.heard, &self.listener)
    }

    fn state_of_debate(&self) -> Option<String> {
        self.state.as_deref().map(str::to_owned)
    }

    fn interventions(&self) -> Vec<Noted> {
        let said = self.transcript.read();
        said.interventions.iter().filter(|noted| noted.seq <= self.heard).cloned().collect()
    }

    fn citations(&self) -> Vec<SpokenCitation> {
        let said = self.transcript.read();
        said.citations.iter().filter(|cited| cited.seq <= self.heard).cloned().collect()
    }
}

/// The view of a rubric: the whole debate, with the workers under their labels.
pub(crate) struct Concealed {
    pub(crate) topic: String,
    pub(crate) briefing: String,
    pub(crate) members: Vec<ChatMember>,
    pub(crate) messages: Vec<Arc<Message>>,
    pub(crate) state: Option<String>,
    pub(crate) interventions: Vec<Noted>,
    pub(crate) citations: Vec<SpokenCitation>,
}

impl Concealed {
    pub(crate) fn of(view: &View, labels: &Labels) -> Self {
        let author = |name: &MemberName| labels.label(name).unwrap_or(name).clone();
        let message = |message: &Message| Message {
            author: author(&message.author),
            to: message.to.as_ref().map(author),
            text: labels.conceal(&message.text),
            ..message.clone()
        };
        let labelled = labels.labels().into_iter().map(|name| ChatMember {
            name,
            role: Role::Worker,
            tagline: String::new(),
        });
        let others = view.seating.iter().filter(|member| member.role != Role::Worker).cloned();
        let noted = |noted: Noted| Noted {
            member: noted.member.as_ref().map(author),
            text: labels.conceal(&noted.text),
            ..noted
        };
        Concealed {
            topic: labels.conceal(&view.setup.topic),
            briefing: labels.conceal(&view.setup.briefing),
            members: labelled.chain(others).collect(),
            messages: view.transcript.all(view.heard).iter().map(|said| Arc::new(message(said))).collect(),
            state: view.state.as_deref().map(|text| labels.conceal(text)),
            interventions: view.interventions().into_iter().map(noted).collect(),
            citations: view
                .citations()
                .into_iter()
                .map(|cited| SpokenCitation { member: author(&cited.member), ..cited })
                .collect(),
        }
    }
}

impl Chat for Concealed {
    fn topic(&self) -> String {
        self.topic.clone()
    }

    fn briefing(&self) -> String {
        self.briefing.clone()
    }

    fn members(&self) -> Vec<ChatMember> {
        self.members.clone()
    }

    fn recall(&self, which: &Filter) -> Vec<Arc<Message>> {
        let mut found: Vec<_> =
            self.messages.iter().filter(|message| which.matches(message)).cloned().collect();
        if which.limit > 0 {
            found.drain(..found.len().saturating_sub(which.limit as usize));
        }
        found
    }

    fn state_of_debate(&self) -> Option<String> {
        self.state.clone()
    }

    fn interventions(&self) -> Vec<Noted> {
        self.interventions.clone()
    }

    fn citations(&self) -> Vec<SpokenCitation> {
        self.citations.clone()
    }
}
