//! The accounts of who leaves: they end with it, in the ledger of real debates and in that of rehearsals. Whoever comes after it under
//! the same name starts anew.

use amatelier_economy::{Event, Ledger, Refusal};
use amatelier_engine::{Error, Treasury};
use amatelier_types::{MemberName, Sparks};
use amatelier_workspace::Realm;

use crate::{
    commands::book::{OPERATOR, now},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

/// An account that was closed.
pub(super) struct Closed {
    /// In whose ledger.
    pub realm: Realm,
    /// What it had.
    pub balance: Sparks,
}

/// Close every account of a member. All ledgers are asked before one of them is changed.
pub(super) async fn close(context: &Context, member: &MemberName) -> Result<Vec<Closed>, Failure> {
    let at = now();
    // Another command may have closed it since it was seen.
    let dismiss = |ledger: &Ledger| match ledger.account(member) {
        Some(_) => ledger.dismiss(member, at),
        None => Ok(Vec::new()),
    };
    let mut open = Vec::new();
    for realm in Realm::ALL {
        let Some(treasury) = Treasury::of(&context.workspace, realm)? else { continue };
        let events = dismiss(&treasury.books()?.ledger).map_err(|refusal| stays(member, refusal))?;
        if !events.is_empty() {
            open.push((realm, treasury));
        }
    }
    let mut closed = Vec::new();
    for (realm, treasury) in open {
        let events = treasury.decide(OPERATOR, |ledger, _| dismiss(ledger)).await;
        let events = events.map_err(|error| match error {
            Error::Refused(refusal) => stays(member, refusal),
            error => error.into(),
        })?;
        if !events.is_empty() {
            let taken: i64 = events.iter().flat_map(Event::postings).map(|posting| posting.amount.0).sum();
            closed.push(Closed { realm, balance: -Sparks(taken) });
        }
    }
    Ok(closed)
}

fn stays(member: &MemberName, refusal: Refusal) -> Failure {
    let Refusal::StillRunning(id) = refusal else { return Error::from(refusal).into() };
    let program = output::program();
    let help = format!(
        "wait until it is over, then remove {member}; `{program} resume {id}` brings it to its end if nobody does"
    );
    let error = format!("{member} stays in the team: {id}, which is not over yet, has it");
    Failure::new(Exit::Refused, error, help)
}
