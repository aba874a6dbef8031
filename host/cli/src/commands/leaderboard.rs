//! `leaderboard`: the members, best first.

use amatelier_economy::Window;
use serde::Serialize;

use super::book::{Book, now};
use crate::{args::Leaderboard, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
pub(crate) struct Board {
    pub schema: &'static str,
    pub realm: &'static str,
    /// How many days back it looks; all debates without.
    pub days: Option<u32>,
    pub members: Vec<Place>,
}

#[derive(Serialize)]
pub(crate) struct Place {
    pub rank: u32,
    pub member: String,
    /// Debates in the window.
    pub debates: u32,
    /// In hundredths of a spark, rounded down.
    pub average_award_hundredths: i64,
    pub net: i64,
    pub balance: i64,
    pub tier: u32,
    pub benched: bool,
}

pub(crate) fn run(context: &Context, arguments: &Leaderboard) -> Result<Exit, Failure> {
    let book = Book::read(context, &arguments.of)?;
    let window = arguments.days.map_or(Window::Always, |days| Window::days(days, now()));
    let places = book.ledger()?.leaderboard(window).into_iter().map(|standing| Place {
        rank: standing.rank,
        member: standing.member.to_string(),
        debates: standing.average.debates(),
        average_award_hundredths: standing.average.hundredths(),
        net: standing.net.0,
        balance: standing.balance.0,
        tier: standing.tier,
        benched: standing.is_benched,
    });
    let board = Board {
        schema: "amatelier/leaderboard/v1",
        realm: book.realm.name(),
        days: arguments.days,
        members: places.collect(),
    };
    if arguments.of.json {
        output::print_json(&board)?;
    } else {
        output::print(&render::leaderboard(&board))?;
    }
    Ok(Exit::Ok)
}
