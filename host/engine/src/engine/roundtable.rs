//! A debate that this process drives.

use amatelier_debate::{Caps, Debate, Event, Seat};
use amatelier_types::RoundtableId;

use crate::{Held, OnUncertain, rescoring::Wanted};

/// A debate that this process drives.
pub struct Roundtable {
    pub(super) debate: Debate,
    pub(super) events: Vec<Event>,
    pub(super) seq: u64,
    /// The caps that the operator set for what follows.
    pub(super) caps: Option<Caps>,
    /// Whether a model may see what is looked up, from now on.
    pub(super) assisted: Option<bool>,
    /// What is done about requests that were in flight when the program died.
    pub(super) on_uncertain: OnUncertain,
    /// The scoring that it is to begin with.
    pub(super) rescored: Option<Wanted>,
    // Nobody else may drive it; none where nobody else can.
    pub(super) _held: Option<Held>,
}

impl Roundtable {
    /// Its id.
    pub fn id(&self) -> &RoundtableId {
        &self.debate.setup().id
    }

    /// The events it came from.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The debate as it stands.
    pub fn debate(&self) -> &Debate {
        &self.debate
    }

    /// Say anew whether a model may see what the Steward looks up; it is written down with what follows.
    #[must_use]
    pub fn assisted(mut self, assisted: bool) -> Self {
        self.assisted = Some(assisted);
        self
    }

    /// Say what is done about requests that were in flight when the program died.
    #[must_use]
    pub fn on_uncertain(mut self, policy: OnUncertain) -> Self {
        self.on_uncertain = policy;
        self
    }

    pub(crate) fn rescored(mut self, rescored: Option<Wanted>) -> Self {
        self.rescored = rescored;
        self
    }

    /// Who is asked from here on: everybody at the table, or, once the debate is closed, whoever marks it.
    pub(crate) fn seats(&self) -> Vec<&Seat> {
        match (&self.rescored, self.debate.stop()) {
            (Some(wanted), _) => vec![&wanted.rubric],
            (None, Some(_)) => self.debate.rubric().into_iter().collect(),
            (None, None) => self.debate.setup().seats().collect(),
        }
    }

    /// Those who are asked from here on, with the Steward, and at which provider.
    pub(super) fn asked(&self) -> Vec<(&str, &str)> {
        let seats = self.seats().into_iter().map(|seat| (seat.name.as_str(), seat.provider.as_str()));
        let steward = self.debate.setup().steward.iter().filter(|_| self.debate.stop().is_none());
        seats.chain(steward.map(|steward| ("the Steward", steward.provider.as_str()))).collect()
    }

    /// Set other caps for what follows; they are written down with it.
    #[must_use]
    pub fn capped(mut self, caps: Caps) -> Self {
        self.caps = Some(caps);
        self
    }
}
