//! What debates cost, added up from the requests that the journal has.
//!
//! It reads every request of what it is asked about, so it belongs to reports and never onto the path of a turn: caps have running sums
//! of their own.

use amatelier_journal::{Journal, rusqlite};
use amatelier_types::{MicroUsd, RoundtableId};
use serde::Serialize;

use crate::stream;

/// What requests are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpentBy {
    /// Whose turn they were made in.
    Member,
    /// Provider and model.
    Model,
    /// The debate.
    Debate,
    /// The day, in UTC, on which they left.
    Day,
}

/// What some requests took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spending {
    /// Whose, or of what; empty for the sum of all.
    pub of: String,
    /// Requests that left this machine, or would have.
    pub requests: u64,
    /// Those of them of which nobody knows what became of them.
    pub unknown: u64,
    /// Prompt tokens, cached ones included.
    pub input_tokens: u64,
    /// Answer tokens, thinking included.
    pub output_tokens: u64,
    /// The part of the prompts that the provider had cached.
    pub cached_tokens: u64,
    /// What was paid, as far as prices are known, in millionths of a US dollar.
    pub cost_microusd: MicroUsd,
    /// Answers whose price nobody knows; they are not in the cost.
    pub unpriced: u64,
    /// What the requests of unknown outcome may have cost at worst, in millionths of a US dollar.
    pub held_microusd: MicroUsd,
}

impl Spending {
    /// Everything, added up.
    pub fn total(rows: &[Spending]) -> Spending {
        rows.iter().fold(Spending::default(), |sum, row| Spending {
            of: String::new(),
            requests: sum.requests + row.requests,
            unknown: sum.unknown + row.unknown,
            input_tokens: sum.input_tokens + row.input_tokens,
            output_tokens: sum.output_tokens + row.output_tokens,
            cached_tokens: sum.cached_tokens + row.cached_tokens,
            cost_microusd: sum.cost_microusd.saturating_add(row.cost_microusd),
            unpriced: sum.unpriced + row.unpriced,
            held_microusd: sum.held_microusd.saturating_add(row.held_microusd),
        })
    }
}

impl SpentBy {
    /// The expression that names a request's group. Whoever was called for an action stands in the event that called it; a turn that
    /// no event called (none does) is nobody's.
    fn expression(self) -> &'static str {
        match self {
            SpentBy::Member => "coalesce(called.member, '')",
            SpentBy::Model => "requests.provider || ':' || requests.model",
            SpentBy::Debate => "turns.stream",
            SpentBy::Day => "date(requests.intent_at / 1000, 'unixepoch')",
        }
    }

    fn joined(self) -> &'static str {
        match self {
            SpentBy::Member => {
                "LEFT JOIN (SELECT DISTINCT stream, json_extract(CAST(body AS TEXT), '$.action') AS action,
                     json_extract(CAST(body AS TEXT), '$.member') AS member
                 FROM events WHERE kind = 'turn-called' AND (?1 IS NULL OR stream = ?1)) AS called
                 ON called.stream = turns.stream AND called.action = turns.action"
            }
            _ => "",
        }
    }
}

/// Whether nobody knows what a request took: it has no outcome, or one that says that it failed on the way. The accounts count its worst
/// case either way.
const UNKNOWN: &str =
    "(requests.outcome IS NULL OR (requests.cost_microusd IS NULL AND requests.output_tokens = 0
    AND requests.reserved_microusd IS NOT NULL))";

/// What was spent, by group in the order of their names: in one debate or in all, since a time (in milliseconds since the Unix epoch).
pub(crate) fn spending(
    journal: &Journal,
    debate: Option<&RoundtableId>,
    since: i64,
    by: SpentBy,
) -> Result<Vec<Spending>, amatelier_journal::Error> {
    let (group, joined) = (by.expression(), by.joined());
    let sql = format!(
        "SELECT {group} AS of, count(*), count(*) FILTER (WHERE {UNKNOWN}),
             coalesce(sum(requests.input_tokens), 0), coalesce(sum(requests.output_tokens), 0),
             coalesce(sum(requests.cached_tokens), 0), coalesce(sum(requests.cost_microusd), 0),
             count(*) FILTER (WHERE requests.cost_microusd IS NULL AND requests.output_tokens > 0),
             coalesce(sum(requests.reserved_microusd) FILTER (WHERE {UNKNOWN}), 0)
         FROM requests JOIN calls ON calls.id = requests.call JOIN turns ON turns.id = calls.turn {joined}
         WHERE (?1 IS NULL OR turns.stream = ?1) AND requests.intent_at >= ?2
         GROUP BY of ORDER BY of"
    );
    let named = debate.map(stream::name);
    journal.read(|conn| {
        let mut select = conn.prepare(&sql)?;
        let rows = select.query_map(rusqlite::params![named, since], |row| {
            let of: String = row.get(0)?;
            Ok(Spending {
                of: of.strip_prefix(stream::PREFIX).map_or(of.clone(), str::to_owned),
                requests: row.get(1)?,
                unknown: row.get(2)?,
                input_tokens: row.get(3)?,
                output_tokens: row.get(4)?,
                cached_tokens: row.get(5)?,
                cost_microusd: MicroUsd(row.get(6)?),
                unpriced: row.get(7)?,
                held_microusd: MicroUsd(row.get(8)?),
            })
        })?;
        rows.collect()
    })
}
