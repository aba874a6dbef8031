//! The steps of a unit, as statements on the write connection inside a transaction.

use amatelier_types::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Appended, BegunTurn, CallKey, Charge, Committed, Error, Hold, Intent, NewCall, NewEvent, NewTurn,
    Outcome, Refusal, RequestKey, StoredEvent, TurnEnd, TurnId, Unit, account, projector::Projector,
    unit::Step,
};

/// Take the steps of one unit. On an error the caller undoes what the earlier ones did.
pub(crate) fn unit(conn: &Connection, projector: &mut Projector, unit: &Unit) -> Result<Committed, Error> {
    let mut committed = Committed::default();
    let mut batch = None;
    for step in &unit.steps {
        match step {
            Step::Append { stream, expected_seq, events } => {
                let appended = append(conn, projector, &mut batch, stream, *expected_seq, events)?;
                committed.appended.push(appended);
            }
            Step::BeginTurn(turn) => committed.turns.push(begin_turn(conn, turn)?),
            Step::EndTurn { turn, end, at } => end_turn(conn, *turn, *end, *at)?,
            Step::Call(call) => insert_call(conn, call)?,
            Step::Answer { call, answer, at } => answer_call(conn, *call, answer, *at)?,
            Step::Intent { intent, holds } => insert_request(conn, intent, holds)?,
            Step::ResponseId { request, id } => note(conn, *request, "response_id", id)?,
            Step::Partial { request, text } => note(conn, *request, "partial", text)?,
            Step::Outcome { request, outcome, charges } => end_request(conn, *request, outcome, charges)?,
            Step::Tally(write) => write(conn)?,
            Step::Guard(check) => check(conn).map_err(|refusal| match refusal {
                Refusal::Because(reason) => Error::Refused(reason),
                Refusal::Sqlite(error) => error.into(),
            })?,
        }
    }
    Ok(committed)
}

fn append(
    conn: &Connection,
    projector: &mut Projector,
    batch: &mut Option<u64>,
    stream: &str,
    expected_seq: Option<u64>,
    events: &[NewEvent],
) -> Result<Appended, Error> {
    let found: u64 = conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM events WHERE stream = ?1")?
        .query_row([stream], |row| row.get(0))?;
    if let Some(expected) = expected_seq.filter(|expected| *expected != found) {
        return Err(Error::Conflict { stream: stream.into(), expected, found });
    }
    let before = projector.head(conn)?;
    let first_pos = before + 1;
    let batch = *batch.get_or_insert(first_pos);
    let stored: Vec<StoredEvent> = events
        .iter()
        .cloned()
        .zip(1..)
        .map(|(event, nth)| StoredEvent {
            pos: before + nth,
            stream: stream.into(),
            seq: found + nth,
            batch,
            at: event.at,
            actor: event.actor,
            kind: event.kind,
            version: event.version,
            body: event.body,
        })
        .collect();
    // The position is given, not left to SQLite, for the batch must be known before the first row is written.
    let mut insert = conn.prepare_cached(
        "INSERT INTO events (pos, stream, seq, batch, at, actor, kind, version, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for event in &stored {
        let StoredEvent { pos, stream, seq, batch, at, actor, kind, version, body } = event;
        insert.execute(params![pos, stream, seq, batch, at.0, actor, kind, version, body])?;
    }
    projector.take(conn, &stored)?;
    Ok(match stored.last() {
        Some(last) => Appended { first_pos, last_pos: last.pos, last_seq: last.seq, batch },
        None => Appended { first_pos, last_pos: before, last_seq: found, batch },
    })
}

fn begin_turn(conn: &Connection, turn: &NewTurn) -> Result<BegunTurn, Error> {
    let component = turn.component.map(|digest| digest.to_string());
    Ok(conn
        .prepare_cached(
            "INSERT INTO turns (stream, action, attempt, component, started_at)
             SELECT ?1, ?2, coalesce(max(attempt), 0) + 1, ?3, ?4 FROM turns WHERE stream = ?1 AND action = ?2
             RETURNING id, attempt",
        )?
        .query_row(params![turn.stream, turn.action, component, turn.at.0], |row| {
            Ok(BegunTurn { id: TurnId(row.get(0)?), attempt: row.get(1)? })
        })?)
}

fn end_turn(conn: &Connection, turn: TurnId, end: TurnEnd, at: Timestamp) -> Result<(), Error> {
    let changed = conn
        .prepare_cached("UPDATE turns SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'running'")?
        .execute(params![turn.0, end, at.0])?;
    if changed == 1 { Ok(()) } else { Err(Error::NoRunningTurn(turn)) }
}

fn insert_call(conn: &Connection, call: &NewCall) -> Result<(), Error> {
    let NewCall { key, function, request_hash, occurrence, request } = call;
    let inserted = conn
        .prepare_cached(
            "INSERT INTO calls (turn, ordinal, function, request_hash, occurrence, request)
             SELECT id, ?2, ?3, ?4, ?5, ?6 FROM turns WHERE id = ?1 AND state = 'running'",
        )?
        .execute(params![key.turn.0, key.ordinal, function, request_hash.to_string(), occurrence, request])?;
    if inserted == 1 { Ok(()) } else { Err(Error::NoRunningTurn(key.turn)) }
}

fn answer_call(conn: &Connection, key: CallKey, answer: &[u8], at: Timestamp) -> Result<(), Error> {
    // No matter how its turn ended: what was paid for is kept for the next attempt.
    let call: i64 = conn
        .prepare_cached(
            "UPDATE calls SET answer = ?3, answered_at = ?4 WHERE turn = ?1 AND ordinal = ?2 AND answer IS NULL RETURNING id",
        )?
        .query_row(params![key.turn.0, key.ordinal, answer, at.0], |row| row.get(0))
        .optional()?
        .ok_or(Error::NoOpenCall(key))?;
    conn.prepare_cached("UPDATE requests SET partial = NULL WHERE call = ?1 AND partial IS NOT NULL")?
        .execute([call])?;
    Ok(())
}

fn insert_request(conn: &Connection, intent: &Intent, holds: &[Hold]) -> Result<(), Error> {
    let Intent { key, at, provider, model, reserved } = intent;
    let request = conn
        .prepare_cached(
            "INSERT INTO requests (call, n, intent_at, provider, model, reserved_microusd)
             SELECT id, ?3, ?4, ?5, ?6, ?7 FROM calls WHERE turn = ?1 AND ordinal = ?2 AND answer IS NULL RETURNING id",
        )?
        .query_row(
            params![
                key.call.turn.0,
                key.call.ordinal,
                key.n,
                at.0,
                provider,
                model,
                reserved.map(|most| most.0)
            ],
            |row| row.get(0),
        )
        .optional()?
        .ok_or(Error::NoOpenCall(key.call))?;
    account::hold(conn, request, holds)
}

/// Set a text column of a request that has no outcome.
fn note(conn: &Connection, key: RequestKey, column: &'static str, text: &str) -> Result<(), Error> {
    let changed = conn
        .prepare_cached(&format!(
            "UPDATE requests SET {column} = ?4 WHERE n = ?3 AND outcome IS NULL
             AND call = (SELECT id FROM calls WHERE turn = ?1 AND ordinal = ?2)"
        ))?
        .execute(params![key.call.turn.0, key.call.ordinal, key.n, text])?;
    if changed == 1 { Ok(()) } else { Err(Error::NoOpenRequest(key)) }
}

fn end_request(
    conn: &Connection,
    key: RequestKey,
    outcome: &Outcome,
    charges: &[Charge],
) -> Result<(), Error> {
    let Outcome { at, name, input_tokens, output_tokens, cached_tokens, cost } = outcome;
    let request = conn
        .prepare_cached(
            "UPDATE requests SET answered_at = ?4, outcome = ?5, input_tokens = ?6, output_tokens = ?7, cached_tokens = ?8,
                 cost_microusd = ?9
             WHERE n = ?3 AND outcome IS NULL AND call = (SELECT id FROM calls WHERE turn = ?1 AND ordinal = ?2)
             RETURNING id",
        )?
        .query_row(
            params![
                key.call.turn.0,
                key.call.ordinal,
                key.n,
                at.0,
                name,
                input_tokens.0,
                output_tokens.0,
                cached_tokens.0,
                cost.map(|cost| cost.0)
            ],
            |row| row.get(0),
        )
        .optional()?
        .ok_or(Error::NoOpenRequest(key))?;
    account::settle(conn, request, charges)
}
