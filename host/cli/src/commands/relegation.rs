//! `relegation`: what becomes of members that lost too often.
//!
//! Replacing somebody changes two things that are not one transaction: the team file, and the ledger. The ledger is asked first whether
//! it would agree; then the file changes; then the ledger. Who is cut off in between types the same again.

use amatelier_economy::{Decision, Event, Ledger, RelegationVerdict};
use amatelier_engine::seed_files;
use amatelier_types::MemberName;
use amatelier_workspace::{Realm, TeamError};
use serde::Serialize;

use super::book::{Book, member, now};
use crate::{
    args::{Relegation, RelegationCommand, RelegationDecide, RelegationList, Verdict},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

#[derive(Serialize)]
pub(crate) struct Questions {
    pub schema: &'static str,
    pub realm: &'static str,
    /// About whom there is something to decide.
    pub asked: Vec<Question>,
    /// Who sits on the bench.
    pub bench: Vec<Benched>,
}

#[derive(Serialize)]
pub(crate) struct Question {
    pub member: String,
    pub balance: i64,
    /// The debates it lost in a row, oldest first.
    pub lost: Vec<Loss>,
}

#[derive(Serialize)]
pub(crate) struct Loss {
    pub roundtable_id: String,
    pub net: i64,
}

#[derive(Serialize)]
pub(crate) struct Benched {
    pub member: String,
    pub served: u32,
    pub debates: u32,
}

#[derive(Serialize)]
struct Decided {
    schema: &'static str,
    realm: &'static str,
    member: String,
    verdict: &'static str,
    successor: Option<String>,
    /// Who is back from the bench for it.
    returned: Vec<String>,
    /// Documents that were written for the successor.
    written: Vec<String>,
}

pub(crate) async fn run(context: &Context, arguments: Relegation) -> Result<Exit, Failure> {
    match arguments.command {
        RelegationCommand::List(arguments) => list(context, &arguments),
        RelegationCommand::Decide(arguments) => decide(context, &arguments).await,
    }
}

fn list(context: &Context, arguments: &RelegationList) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let (ledger, rules) = (book.ledger()?, book.rules());
    let asked = ledger.questions().map(|(member, nets)| Question {
        member: member.to_string(),
        balance: ledger.balance(member).0,
        lost: nets
            .iter()
            .map(|net| Loss { roundtable_id: net.roundtable.to_string(), net: net.net.0 })
            .collect(),
    });
    let bench = ledger.accounts().filter_map(|(member, account)| {
        Some(Benched {
            member: member.to_string(),
            served: account.bench()?,
            debates: rules.relegation.bench,
        })
    });
    let questions = Questions {
        schema: "amatelier/relegation/v1",
        realm: book.realm.name(),
        asked: asked.collect(),
        bench: bench.collect(),
    };
    if arguments.of.json {
        output::print_json(&questions)?;
    } else {
        output::print(&render::questions(&questions))?;
    }
    Ok(Exit::Ok)
}

async fn decide(context: &Context, arguments: &RelegationDecide) -> Result<Exit, Failure> {
    let book = Book::write(context, &arguments.of)?;
    let ledger = book.ledger()?;
    let name = member(&arguments.member, &ledger, [])?;
    let verdict = verdict(arguments, &name)?;
    let workers = context.workspace.team()?;
    let mut team: Vec<MemberName> = workers.workers().map(|worker| worker.name.clone()).collect();
    let successor = match &verdict {
        RelegationVerdict::Replace { successor } if *successor != name => Some(successor.clone()),
        _ => None,
    };
    if let Some(successor) = &successor {
        only_in_earnest(&book, &name, successor)?;
    }
    // Where an earlier attempt changed the team and came no further, the successor is there for the member.
    let is_moved = successor.as_ref().is_some_and(|new| team.contains(new) && !team.contains(&name));
    if is_moved {
        team.retain(|worker| Some(worker) != successor.as_ref());
        team.push(name.clone());
    }
    let decision = Decision { member: name.clone(), verdict, team, at: now() };
    would_agree(&ledger, &book, &decision)?;
    let mut written = Vec::new();
    if let Some(new) = successor.as_ref().filter(|_| !is_moved) {
        written = succeed(context, arguments, &name, new)?;
    }
    let events = book.decide(|ledger, rules| ledger.decide_relegation(rules, &decision)).await?;
    let returned = events.iter().flat_map(|event| match event {
        Event::RelegationDecided { returned, .. } => returned.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    });
    let decided = Decided {
        schema: "amatelier/relegation-decide/v1",
        realm: book.realm.name(),
        member: name.to_string(),
        verdict: match decision.verdict {
            RelegationVerdict::Keep => "keep",
            RelegationVerdict::Bench => "bench",
            RelegationVerdict::Replace { .. } => "replace",
        },
        successor: match &decision.verdict {
            RelegationVerdict::Replace { successor } => Some(successor.to_string()),
            _ => None,
        },
        returned: returned.collect(),
        written,
    };
    if arguments.of.json {
        output::print_json(&decided)?;
    } else {
        output::print(&told(context, &decided, book.rules().relegation.bench))?;
    }
    Ok(Exit::Ok)
}

fn verdict(arguments: &RelegationDecide, name: &MemberName) -> Result<RelegationVerdict, Failure> {
    let successor = arguments.successor.as_ref();
    if successor.is_some() && arguments.verdict != Verdict::Replace {
        let help = format!(
            "`{} relegation decide {name} replace --successor NAME` puts somebody in its place",
            output::program()
        );
        return Err(Failure::new(Exit::Usage, "only who is replaced has a successor", help));
    }
    Ok(match arguments.verdict {
        Verdict::Keep => RelegationVerdict::Keep,
        Verdict::Bench => RelegationVerdict::Bench,
        Verdict::Replace => {
            let successor = successor.map_or(Ok(name.clone()), |typed| typed.to_lowercase().parse());
            let successor = successor.map_err(|bad: amatelier_types::BadMemberName| {
                Failure::new(Exit::Usage, bad, "choose another name".to_owned())
            })?;
            RelegationVerdict::Replace { successor }
        }
    })
}

/// There is one team, and it is the real one: what came of a rehearsal names nobody anew in its file, nor among the personas.
fn only_in_earnest(book: &Book, name: &MemberName, successor: &MemberName) -> Result<(), Failure> {
    if book.realm == Realm::Real {
        return Ok(());
    }
    let program = output::program();
    let help = format!(
        "`{program} relegation decide {name} replace --mode rehearsal` begins anew under the same name, in this ledger alone; `{program} team remove {name}` and `{program} team new {successor}` change the team"
    );
    let error = "a rehearsal puts nobody else into the team: its ledger is that of play";
    Err(Failure::new(Exit::Refused, error, help))
}

fn would_agree(ledger: &Ledger, book: &Book, decision: &Decision) -> Result<(), Failure> {
    let agreed = ledger.decide_relegation(&book.rules(), decision);
    agreed.map(drop).map_err(|refusal| amatelier_engine::Error::Refused(refusal).into())
}

/// Put the successor into the team file; the documents that were written.
fn succeed(
    context: &Context,
    arguments: &RelegationDecide,
    name: &MemberName,
    successor: &MemberName,
) -> Result<Vec<String>, Failure> {
    let copied = arguments.from_template.as_deref();
    let copied =
        copied.map(|persona| context.workspace.persona_to_copy(&seed_files(), persona)).transpose()?;
    match context.workspace.succeed(name, successor, copied.as_ref()) {
        Ok(enrolled) => Ok(enrolled.written.iter().map(|path| path.display().to_string()).collect()),
        // It left the team before; there is nobody to put somebody in the place of.
        Err(TeamError::NotThere { .. }) => {
            eprintln!(
                "{name} is not in the team any more; `{} team new {successor}` adds {successor}",
                output::program()
            );
            Ok(Vec::new())
        }
        Err(error) => Err(error.into()),
    }
}

fn told(context: &Context, decided: &Decided, debates: u32) -> String {
    let Decided { member, verdict, successor, returned, written, .. } = decided;
    let mut text = match (*verdict, successor) {
        ("bench", _) => format!("{member} sits out the next {debates} debates\n"),
        (_, Some(new)) if new == member && decided.realm == Realm::Play.name() => {
            format!("{member} begins anew in the ledger of rehearsals: a new account, no results\n")
        }
        (_, Some(new)) if new == member => format!(
            "{member} begins anew: a new account, no results; say who it is now in {}\n",
            context.workspace.persona(member).join("identity.md").display()
        ),
        (_, Some(new)) => format!("{new} takes the place of {member}\n"),
        _ => format!("{member} stays; the count begins again\n"),
    };
    for back in returned {
        text.push_str(&format!("{back} is back from the bench\n"));
    }
    for path in written {
        text.push_str(&format!("wrote {path}\n"));
    }
    text
}
