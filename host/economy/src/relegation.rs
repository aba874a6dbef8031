//! Who lost too often (rules §4).
//!
//! A question is raised about a member whose last three debates all cost it more than they brought, and whose mean net over them is
//! below that of everybody else who took part in any of them: a shared last place is nobody's. It is withdrawn when that is no longer
//! so. Whatever the operator decides, the count starts again.

use amatelier_types::{MemberName, Sparks, Timestamp};

use crate::{
    Account, Average, Category, Cause, DebateResult, Event, Ledger, Net, Posting, Refusal, RelegationVerdict,
    Rules, SittingState, enter::opening_postings,
};

/// What the operator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// About whom.
    pub member: MemberName,
    /// What.
    pub verdict: RelegationVerdict,
    /// Every worker of the team now, those on the bench included.
    pub team: Vec<MemberName>,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// What follows from the state of the ledger by itself: members that have served their time on the bench return, questions are
    /// raised and withdrawn. Nothing follows twice.
    pub(crate) fn consequences(&self, rules: &Rules, at: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        for (member, account) in self.accounts() {
            if account.bench().is_some_and(|served| served >= rules.relegation.bench) {
                events.push(Event::MemberReturned { member: member.clone(), at });
            }
            match (self.losses(rules, member, account), self.questions.contains_key(member)) {
                (Some(nets), false) => {
                    events.push(Event::RelegationRaised { member: member.clone(), nets, at });
                }
                (None, true) => events.push(Event::RelegationWithdrawn { member: member.clone(), at }),
                _ => {}
            }
        }
        events
    }

    /// The debates a member lost in a row, if it is last by them.
    fn losses(&self, rules: &Rules, member: &MemberName, account: &Account) -> Option<Vec<Net>> {
        let streak = usize::try_from(rules.relegation.streak).ok().filter(|streak| *streak > 0)?;
        if account.bench().is_some() {
            return None;
        }
        let fresh = account.results().get(account.streak_from..)?;
        let last = fresh.get(fresh.len().checked_sub(streak)?..)?;
        if last.iter().any(|result| !result.net.is_negative()) {
            return None;
        }
        let own = mean(last);
        let others: Vec<Average> = self
            .accounts()
            .filter(|(name, other)| *name != member && other.bench().is_none())
            .map(|(_, other)| mean(other.results().iter().filter(|result| is_one_of(result, last))))
            .filter(|mean| mean.debates() > 0)
            .collect();
        let is_last = !others.is_empty() && others.iter().all(|other| own < *other);
        let nets = last.iter().map(|result| Net { roundtable: result.roundtable.clone(), net: result.net });
        is_last.then(|| nets.collect())
    }

    /// Decide a question about a member.
    ///
    /// # Errors
    /// No such question; too few workers left; a member that a running debate has; a successor that is somebody else already.
    pub fn decide_relegation(&self, rules: &Rules, decision: &Decision) -> Result<Vec<Event>, Refusal> {
        let Decision { member, verdict, team, at } = decision;
        if !self.questions.contains_key(member) {
            return Err(Refusal::NoQuestion(member.clone()));
        }
        let account = self.account(member).ok_or_else(|| Refusal::UnknownMember(member.clone()))?;
        let mut returned = Vec::new();
        let mut postings = Vec::new();
        match verdict {
            RelegationVerdict::Keep => {}
            RelegationVerdict::Bench => {
                let mut stay: Vec<&MemberName> = team.iter().filter(|worker| *worker != member).collect();
                stay.sort();
                stay.dedup();
                let (left, least) = (u32::try_from(stay.len()).unwrap_or(u32::MAX), rules.relegation.workers);
                if left < least {
                    return Err(Refusal::TooFewWorkers { member: member.clone(), left, least });
                }
                let benched = self.accounts().filter(|(_, account)| account.bench().is_some());
                returned = benched.map(|(name, _)| name.clone()).collect();
            }
            RelegationVerdict::Replace { successor } => {
                self.check_free(member)?;
                let is_other =
                    successor != member && (self.account(successor).is_some() || team.contains(successor));
                if is_other {
                    return Err(Refusal::NameTaken(successor.clone()));
                }
                postings.extend(closing(member, account));
                postings.extend(opening_postings(rules, successor, self.next_identity(successor)));
            }
        }
        Ok(vec![Event::RelegationDecided {
            member: member.clone(),
            verdict: verdict.clone(),
            returned,
            postings,
            at: *at,
        }])
    }

    /// Close the account of a member that left the team for good. Who comes later under its name starts anew.
    ///
    /// # Errors
    /// A member without an account, or one that a running debate has.
    pub fn dismiss(&self, member: &MemberName, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        let account = self.account(member).ok_or_else(|| Refusal::UnknownMember(member.clone()))?;
        self.check_free(member)?;
        let postings = closing(member, account).into_iter().collect();
        Ok(vec![Event::MemberDismissed { member: member.clone(), postings, at }])
    }

    /// Whether no debate that runs has this member.
    fn check_free(&self, member: &MemberName) -> Result<(), Refusal> {
        let mut running =
            self.sittings.iter().filter(|(_, sitting)| *sitting.state() == SittingState::Running);
        match running.find(|(_, sitting)| sitting.entrant(member).is_some()) {
            Some((id, _)) => Err(Refusal::StillRunning(id.clone())),
            None => Ok(()),
        }
    }
}

fn mean<'a>(results: impl IntoIterator<Item = &'a DebateResult>) -> Average {
    results.into_iter().fold(Average::default(), |mut mean, result| {
        mean.add(result.net);
        mean
    })
}

fn is_one_of(result: &DebateResult, debates: &[DebateResult]) -> bool {
    debates.iter().any(|debate| debate.roundtable == result.roundtable)
}

/// What brings an account to zero.
fn closing(member: &MemberName, account: &Account) -> Option<Posting> {
    let posting = Posting {
        member: member.clone(),
        amount: -account.balance(),
        category: Category::AccountClosed,
        reason: "the member left".to_owned(),
        roundtable: None,
        cause: Cause::closing(member, account.identity()),
    };
    (account.balance() != Sparks::ZERO).then_some(posting)
}
