//! A ledger with its log, to play histories with.

use amatelier_economy::{
    Bought, Card, Decision, Entered, Event, Gate, Installed, Ledger, Lifetime, Offer, Opening, Order,
    Refusal, RelegationVerdict, Rules, Sanction, Scored, Seated, Settlement, Stake, StewardPresence,
    VoidReason,
};
use amatelier_types::{
    Axis, BuyAnswer, Mark, MemberName, PromisedEffect, RoundtableId, Sparks, Timestamp, VentureTier,
};

pub(crate) fn name(text: &str) -> MemberName {
    text.parse().unwrap()
}

pub(crate) fn debate(n: u32) -> RoundtableId {
    format!("{n:012x}").parse().unwrap()
}

/// An item that is as its effect demands.
pub(crate) fn offer(id: &str, price: i64, lifetime: Lifetime) -> Offer {
    Offer {
        id: id.into(),
        name: format!("The {id}"),
        category: "things".into(),
        lifetime,
        price: Sparks(price),
        description: "A thing.".into(),
        component: "classic".into(),
        item: id.into(),
    }
}

/// Marks as the four default axes have them.
pub(crate) fn classic(id: u32, marks: &[(&str, [u32; 4])]) -> Scored {
    let names = ["novelty", "accuracy", "impact", "challenge"];
    let axis = |id: &str| axis(id, &[0, 1, 2, 3, 10]);
    let card = |(member, values): &(&str, [u32; 4])| Card {
        member: name(member),
        marks: names.iter().zip(values).map(|(axis, value)| mark(axis, *value)).collect(),
    };
    Scored {
        roundtable: debate(id),
        rubric: "classic".into(),
        axes: names.map(axis).into(),
        cards: marks.iter().map(card).collect(),
        gates: vec![],
        sanctions: vec![],
        at: Timestamp(i64::from(id) * 1000),
    }
}

pub(crate) fn axis(id: &str, scale: &[u32]) -> Axis {
    Axis { id: id.into(), name: id.into(), description: String::new(), scale: scale.to_vec() }
}

pub(crate) fn mark(axis: &str, value: u32) -> Mark {
    Mark { axis: axis.into(), value, because: "so".into(), evidence: Vec::new() }
}

pub(crate) fn gate(member: &str, seq: u32) -> Gate {
    Gate { member: name(member), seq }
}

pub(crate) fn sanction(member: &str, offence: &str, seq: u32) -> Sanction {
    Sanction { member: name(member), offence: offence.into(), seq }
}

/// See the module's documentation.
#[derive(Clone)]
pub(crate) struct Books {
    pub(crate) rules: Rules,
    pub(crate) installed: Installed,
    pub(crate) ledger: Ledger,
    pub(crate) log: Vec<Event>,
    pub(crate) now: Timestamp,
}

impl Books {
    pub(crate) fn new() -> Self {
        let skills = ["debate-tactics", "evidence-gathering", "risk-assessment", "novelty-injection"];
        Books {
            rules: Rules::default(),
            installed: Installed { coach: false, skills: skills.map(str::to_owned).into() },
            ledger: Ledger::default(),
            log: vec![],
            now: Timestamp(1),
        }
    }

    /// Append and apply what was decided; how many events that was.
    pub(crate) fn keep(&mut self, decided: Result<Vec<Event>, Refusal>) -> Result<usize, Refusal> {
        let events = decided?;
        events.iter().for_each(|event| self.ledger.apply(event));
        let count = events.len();
        self.log.extend(events);
        Ok(count)
    }

    pub(crate) fn opening(&self, id: u32, workers: &[&str]) -> Opening {
        Opening {
            roundtable: debate(id),
            workers: workers
                .iter()
                .map(|worker| Seated { member: name(worker), label: "haiku".into() })
                .collect(),
            steward: StewardPresence::Absent,
            at: self.now,
        }
    }

    /// Open a debate whose workers all run as `haiku`, for 5 sparks.
    pub(crate) fn enter(&mut self, id: u32, workers: &[&str]) -> Entered {
        let opening = self.opening(id, workers);
        self.keep(self.ledger.enter(&self.rules, &opening)).unwrap();
        match self.log.last().unwrap() {
            Event::RoundtableEntered(entered) => (**entered).clone(),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn settle(&mut self, scored: &Scored) -> Result<usize, Refusal> {
        self.keep(self.ledger.settle(&self.rules, scored))
    }

    /// Settle; the settlement that it made.
    pub(crate) fn settled(&mut self, scored: &Scored) -> Settlement {
        let from = self.log.len();
        self.settle(scored).unwrap();
        let made = self.log[from..].iter().find_map(|event| match event {
            Event::Settled(settlement) => Some((**settlement).clone()),
            _ => None,
        });
        made.unwrap()
    }

    /// A whole debate in which everybody has the same mark on all axes.
    pub(crate) fn hold(&mut self, id: u32, marks: &[(&str, u32)]) {
        let workers: Vec<&str> = marks.iter().map(|(member, _)| *member).collect();
        self.enter(id, &workers);
        let marks: Vec<(&str, [u32; 4])> =
            marks.iter().map(|(member, value)| (*member, [*value; 4])).collect();
        self.settle(&classic(id, &marks)).unwrap();
    }

    pub(crate) fn abort(&mut self, id: u32) -> Result<usize, Refusal> {
        self.keep(self.ledger.void(&debate(id), VoidReason::Aborted("two are benched".into()), self.now))
    }

    pub(crate) fn buy_as(
        &mut self,
        member: &str,
        offer: &Offer,
        answer: BuyAnswer,
        promised: Vec<PromisedEffect>,
    ) -> Result<Bought, Refusal> {
        let member = name(member);
        let order = Order { member: &member, offer, answer, promised, note: "please", at: self.now };
        self.keep(self.ledger.buy(&self.rules, &self.installed, order))?;
        match self.log.last().unwrap() {
            Event::ItemBought(bought) => Ok((**bought).clone()),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn buy(
        &mut self,
        member: &str,
        offer: &Offer,
        effect: PromisedEffect,
    ) -> Result<Bought, Refusal> {
        self.buy_as(member, offer, BuyAnswer::Yes, vec![effect])
    }

    pub(crate) fn buy_skill(&mut self, member: &str, skill: &str) -> Result<Bought, Refusal> {
        self.buy(member, &offer(skill, 2, Lifetime::Permanent), PromisedEffect::GrantSkill(skill.into()))
    }

    pub(crate) fn stake(
        &mut self,
        id: u32,
        member: &str,
        tier: VentureTier,
        idea: &str,
    ) -> Result<usize, Refusal> {
        let stake = Stake {
            roundtable: debate(id),
            member: name(member),
            tier,
            idea: idea.into(),
            seq: 7,
            at: self.now,
        };
        self.keep(self.ledger.stake(&self.rules, &stake))
    }

    pub(crate) fn grant(&mut self, member: &str, amount: i64) {
        self.keep(self.ledger.grant(&self.rules, &name(member), Sparks(amount), "a gift", self.now)).unwrap();
    }

    pub(crate) fn decide(
        &mut self,
        member: &str,
        verdict: RelegationVerdict,
        team: &[&str],
    ) -> Result<usize, Refusal> {
        let decision = Decision {
            member: name(member),
            verdict,
            team: team.iter().map(|worker| name(worker)).collect(),
            at: self.now,
        };
        self.keep(self.ledger.decide_relegation(&self.rules, &decision))
    }

    pub(crate) fn balance(&self, member: &str) -> i64 {
        self.ledger.balance(&name(member)).0
    }

    /// The kinds of events from a place in the log on.
    pub(crate) fn kinds(&self, from: usize) -> Vec<&'static str> {
        self.log[from..].iter().map(Event::kind).collect()
    }
}
