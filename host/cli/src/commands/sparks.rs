//! `sparks`: what members have and are; one of them in detail; the proof of every balance.

use amatelier_economy::{Account, Ledger, PossessionState, Rules, Standing, VentureState, Window};
use amatelier_types::MemberName;
use serde::Serialize;

use super::book::{Book, member};
use crate::{args::Sparks, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
pub(crate) struct Balances {
    pub schema: &'static str,
    pub realm: &'static str,
    pub members: Vec<Balance>,
}

/// One member.
#[derive(Serialize)]
pub(crate) struct Balance {
    pub member: String,
    pub rank: u32,
    pub balance: i64,
    pub tier: u32,
    pub slots: u32,
    pub equipped: Vec<String>,
    pub debates: u32,
    /// In hundredths of a spark, rounded down.
    pub average_award_hundredths: i64,
    pub net: i64,
    /// The debates it sat out, if it is on the bench.
    pub bench: Option<u32>,
    /// Whether the operator is asked about it.
    pub relegation: bool,
}

/// One member in detail.
#[derive(Serialize)]
pub(crate) struct Detail {
    pub schema: &'static str,
    pub realm: &'static str,
    /// The n-th that had this name.
    pub identity: u32,
    #[serde(flatten)]
    pub balance: Balance,
    pub skills: Vec<String>,
    pub possessions: Vec<Owned>,
    pub ventures: Vec<Staked>,
    /// The debates it lost in a row, if the operator is asked about it.
    pub lost: Vec<Lost>,
    /// Newest first.
    pub results: Vec<Netted>,
}

#[derive(Serialize)]
pub(crate) struct Owned {
    pub purchase: String,
    pub item: String,
    pub name: String,
    pub price: i64,
    /// `owned`, `waiting`, `claimed`.
    pub state: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Staked {
    pub venture: String,
    pub tier: &'static str,
    pub stake: u32,
    pub idea: String,
}

#[derive(Serialize)]
pub(crate) struct Lost {
    pub roundtable_id: String,
    pub net: i64,
}

#[derive(Serialize)]
pub(crate) struct Netted {
    pub roundtable_id: String,
    pub settled_at: String,
    pub award: i64,
    pub gross: i64,
    pub fee: i64,
    pub net: i64,
}

/// The proof.
#[derive(Serialize)]
pub(crate) struct Audited {
    pub schema: &'static str,
    pub realm: &'static str,
    pub events: u64,
    pub postings: u64,
    pub members: Vec<Tallied>,
    pub faults: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Tallied {
    pub member: String,
    pub postings: u32,
    pub sum: i64,
    pub balance: i64,
}

pub(crate) fn run(context: &Context, arguments: &Sparks) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let (ledger, rules) = (book.ledger()?, book.rules());
    let one = arguments.member.as_deref().map(|typed| member(typed, &ledger, [])).transpose()?;
    let realm = book.realm.name();
    if arguments.audit {
        return audit(&book, &ledger, one.as_ref(), arguments.of.json);
    }
    let board = ledger.leaderboard(Window::Always);
    let balances = board.iter().filter_map(|standing| balance(&ledger, &rules, standing));
    if let Some(name) = one {
        let found = ledger.account(&name).zip(balances.into_iter().find(|row| row.member == name.as_str()));
        let gone = || Failure::new(Exit::NotFound, format!("{name} has no account any more"), None);
        let (account, balance) = found.ok_or_else(gone)?;
        let detail = detail(&ledger, &name, account, balance, realm);
        if arguments.of.json {
            output::print_json(&detail)?;
        } else {
            output::print(&render::account(&detail))?;
        }
        return Ok(Exit::Ok);
    }
    let balances = Balances { schema: "amatelier/sparks/v1", realm, members: balances.collect() };
    if arguments.of.json {
        output::print_json(&balances)?;
    } else {
        output::print(&render::balances(&balances, rules.relegation.bench))?;
    }
    Ok(Exit::Ok)
}

fn balance(ledger: &Ledger, rules: &Rules, standing: &Standing) -> Option<Balance> {
    let account = ledger.account(&standing.member)?;
    Some(Balance {
        member: standing.member.to_string(),
        rank: standing.rank,
        balance: standing.balance.0,
        tier: standing.tier,
        slots: account.slots(rules),
        equipped: account.equipped().to_vec(),
        debates: account.assignments(),
        average_award_hundredths: standing.average.hundredths(),
        net: standing.net.0,
        bench: account.bench(),
        relegation: ledger.questions().any(|(member, _)| *member == standing.member),
    })
}

fn detail(
    ledger: &Ledger,
    name: &MemberName,
    account: &Account,
    balance: Balance,
    realm: &'static str,
) -> Detail {
    let held = account.possessions().iter().filter(|possession| possession.is_held());
    let pending = ledger.ventures().iter().filter(|venture| venture.state == VentureState::Pending);
    let asked = ledger.questions().find(|(member, _)| *member == name);
    Detail {
        schema: "amatelier/account/v1",
        realm,
        identity: account.identity(),
        balance,
        skills: account.skills().into_iter().map(str::to_owned).collect(),
        possessions: held
            .map(|possession| Owned {
                purchase: possession.purchase.to_string(),
                item: possession.item.clone(),
                name: possession.name.clone(),
                price: possession.price.0,
                state: match possession.state {
                    PossessionState::Waiting => "waiting",
                    PossessionState::Claimed(_) => "claimed",
                    _ => "owned",
                },
            })
            .collect(),
        ventures: pending
            .filter(|venture| venture.member == *name)
            .map(|venture| Staked {
                venture: venture.id.to_string(),
                tier: venture.tier.name(),
                stake: venture.terms.stake,
                idea: venture.idea.clone(),
            })
            .collect(),
        lost: asked
            .into_iter()
            .flat_map(|(_, nets)| nets)
            .map(|net| Lost { roundtable_id: net.roundtable.to_string(), net: net.net.0 })
            .collect(),
        results: account
            .results()
            .iter()
            .rev()
            .map(|result| Netted {
                roundtable_id: result.roundtable.to_string(),
                settled_at: result.at.rfc3339(),
                award: result.award.0,
                gross: result.gross.0,
                fee: result.fee.0,
                net: result.net.0,
            })
            .collect(),
    }
}

/// Show the proof; a ledger that does not add up ends the command with the code for damaged data.
fn audit(book: &Book, ledger: &Ledger, one: Option<&MemberName>, json: bool) -> Result<Exit, Failure> {
    let proof = book.prove()?;
    let tallies = proof.audit.tallies.iter();
    let audited = Audited {
        schema: "amatelier/audit/v1",
        realm: book.realm.name(),
        events: proof.events,
        postings: proof.audit.tallies.values().map(|tally| u64::from(tally.postings)).sum(),
        members: tallies
            .filter(|(member, _)| one.is_none_or(|one| one == *member))
            .map(|(member, tally)| Tallied {
                member: member.to_string(),
                postings: tally.postings,
                sum: tally.sum.0,
                balance: ledger.balance(member).0,
            })
            .collect(),
        faults: proof.faults(),
    };
    if json {
        output::print_json(&audited)?;
    } else {
        output::print(&render::audit(&audited))?;
    }
    if proof.holds() {
        return Ok(Exit::Ok);
    }
    let faults = proof.faults().len();
    let what = if faults == 1 { "1 thing".into() } else { format!("{faults} things") };
    Err(Failure::new(
        Exit::Integrity,
        format!("the ledger does not add up: {what} must not be"),
        "the log (table `events`) is what counts; put a backup of roundtable.db in its place, or write to the authors".to_owned(),
    ))
}
