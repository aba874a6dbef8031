//! Requests to the Steward: who may still ask, and what is being looked up.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_types::{Finding, LookupOutcome, MemberName};

use crate::{Action, ActionId, Event, Extras, Setup, Task};

/// A request that was taken and whose finding is not posted yet.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub id: ActionId,
    pub asker: MemberName,
    pub question: String,
    pub label: Option<String>,
    pub free: bool,
    /// What the Steward found, once it has.
    pub finding: Option<Arc<Finding>>,
}

/// See the module's documentation. Bounded by what members may ask for.
#[derive(Clone, Debug)]
pub(crate) struct Lookups {
    requests: u32,
    free_requests: u32,
    /// What members bought beside these.
    bought: BTreeMap<MemberName, Extras>,
    /// Requests that count, and free ones, by who made them.
    made: BTreeMap<MemberName, u32>,
    made_free: BTreeMap<MemberName, u32>,
    /// Every request of a member, so that each has an id of its own.
    numbered: BTreeMap<MemberName, u32>,
    /// In the order in which they were made.
    pending: Vec<Pending>,
}

impl Lookups {
    pub(crate) fn new(setup: &Setup) -> Self {
        Lookups {
            requests: setup.rules.requests,
            free_requests: setup.rules.free_requests,
            bought: setup.extras.clone(),
            made: BTreeMap::new(),
            made_free: BTreeMap::new(),
            numbered: BTreeMap::new(),
            pending: Vec::new(),
        }
    }

    /// How many more requests a member has, of the free ones or of those that count.
    pub(crate) fn left(&self, member: &MemberName, free: bool) -> u32 {
        let bought = self.bought.get(member).map_or(0, |extras| extras.requests);
        let (limit, made) = match free {
            true => (self.free_requests, &self.made_free),
            false => (self.requests.saturating_add(bought), &self.made),
        };
        limit.saturating_sub(made.get(member).copied().unwrap_or_default())
    }

    /// The id of a member's next request.
    pub(crate) fn next_id(&self, member: &MemberName) -> ActionId {
        let n = self.numbered.get(member).copied().unwrap_or_default() + 1;
        ActionId::new(format!("lookup/{member}/{n}"), 1)
    }

    /// Whether something that a member asked for is not found yet.
    pub(crate) fn waits(&self, member: &MemberName) -> bool {
        self.pending.iter().any(|pending| pending.asker == *member && pending.finding.is_none())
    }

    /// Whether anything that anybody asked for is not found yet.
    pub(crate) fn any_open(&self) -> bool {
        self.pending.iter().any(|pending| pending.finding.is_none())
    }

    /// What is found and not posted, of one member or of all, in the order in which it was asked.
    pub(crate) fn found(&self, of: Option<&MemberName>) -> Vec<Pending> {
        let ready = self.pending.iter().filter(|pending| pending.finding.is_some());
        ready.filter(|pending| of.is_none_or(|member| pending.asker == *member)).cloned().collect()
    }

    /// What the Steward should be looking up now.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action> {
        let open = self.pending.iter().filter(|pending| pending.finding.is_none());
        open.map(|pending| Action {
            id: pending.id.clone(),
            member: MemberName::steward(),
            task: Task::Lookup {
                asker: pending.asker.clone(),
                question: pending.question.clone(),
                label: pending.label.clone(),
            },
        })
    }

    /// Take an event in.
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::LookupAsked { action, asker, question, label, free, .. } => {
                *self.numbered.entry(asker.clone()).or_default() += 1;
                *self.made(*free).entry(asker.clone()).or_default() += 1;
                self.pending.push(Pending {
                    id: action.clone(),
                    asker: asker.clone(),
                    question: question.clone(),
                    label: label.clone(),
                    free: *free,
                    finding: None,
                });
            }
            Event::LookupAnswered { action, finding } => self.answered(action, finding),
            Event::FindingGiven { action, .. } => self.pending.retain(|pending| pending.id != *action),
            // Nobody waits for anything any more.
            Event::RoundtableClosed { .. } => self.pending.clear(),
            _ => {}
        }
    }

    fn made(&mut self, free: bool) -> &mut BTreeMap<MemberName, u32> {
        if free { &mut self.made_free } else { &mut self.made }
    }

    fn answered(&mut self, action: &ActionId, finding: &Finding) {
        let Some(pending) = self.pending.iter_mut().find(|pending| pending.id == *action) else { return };
        pending.finding = Some(Arc::new(finding.clone()));
        // A request that gave nothing and took nothing costs nothing; one that a model worked on was made.
        if matches!(finding.outcome, LookupOutcome::Failed { .. }) && finding.rounds == 0 {
            let (free, asker) = (pending.free, pending.asker.clone());
            if let Some(made) = self.made(free).get_mut(&asker) {
                *made = made.saturating_sub(1);
            }
        }
    }
}
