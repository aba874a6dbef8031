//! Accounts: sums of what requests took, and of what those under way may take at worst.
//!
//! A hold is taken in the transaction of an intent and released in that of the outcome, which charges what was really taken. So there
//! is no request without cover, whoever crashes: what never gets an outcome stays held. Looking at an account costs the same after a
//! million requests as after one.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Error, Journal, RequestKey, TurnId, call::CallKey};

/// What a request may take from an account at worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The account.
    pub account: String,
    /// In the account's own unit.
    pub amount: u64,
    /// The most that may be spent and held together, this hold included; none lets everything pass.
    pub limit: Option<u64>,
}

/// What a request took from an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The account.
    pub account: String,
    /// In the account's own unit.
    pub amount: u64,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// What was taken.
    pub spent: u64,
    /// What requests without outcome may take.
    pub held: u64,
}

/// A hold that was not released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHold {
    /// The request that it covers.
    pub request: RequestKey,
    /// The stream of the request's turn.
    pub stream: String,
    /// The action of the request's turn.
    pub action: String,
    /// How much.
    pub amount: u64,
}

/// Take the holds of a request.
pub(crate) fn hold(conn: &Connection, request: i64, holds: &[Hold]) -> Result<(), Error> {
    for Hold { account, amount, limit } in holds {
        let (spent, held): (u64, u64) = conn
            .prepare_cached(
                "INSERT INTO accounts (name, spent, held) VALUES (?1, 0, ?2)
                 ON CONFLICT (name) DO UPDATE SET held = held + excluded.held RETURNING spent, held",
            )?
            .query_row(params![account, amount], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some(limit) = limit.filter(|limit| spent.saturating_add(held) > *limit) {
            let (account, amount) = (account.clone(), *amount);
            return Err(Error::Exceeded { account, spent, held: held.saturating_sub(amount), amount, limit });
        }
        conn.prepare_cached("INSERT INTO holds (request, account, amount) VALUES (?1, ?2, ?3)")?
            .execute(params![request, account, amount])?;
    }
    Ok(())
}

/// Release the holds of a request, and charge what it took.
pub(crate) fn settle(conn: &Connection, request: i64, charges: &[Charge]) -> Result<(), Error> {
    let mut release =
        conn.prepare_cached("DELETE FROM holds WHERE request = ?1 RETURNING account, amount")?;
    let released = release.query_map([request], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let released: Vec<(String, u64)> = released.collect::<Result<_, _>>()?;
    // One statement for an account that was held and is charged, as most are.
    let held =
        |account: &String| released.iter().find(|(name, _)| name == account).map_or(0, |(_, held)| *held);
    let mut change = conn.prepare_cached(
        "INSERT INTO accounts (name, spent, held) VALUES (?1, ?2, 0)
         ON CONFLICT (name) DO UPDATE SET spent = spent + excluded.spent, held = held - ?3",
    )?;
    for (place, Charge { account, amount }) in charges.iter().enumerate() {
        let again = charges.iter().take(place).any(|earlier| earlier.account == *account);
        change.execute(params![account, amount, if again { 0 } else { held(account) }])?;
    }
    for (account, held) in &released {
        if !charges.iter().any(|charge| charge.account == *account) {
            change.execute(params![account, 0, held])?;
        }
    }
    Ok(())
}

impl Journal {
    /// How an account stands; nothing was taken from one that nobody used.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn account(&self, name: &str) -> Result<Account, Error> {
        let found = self.read(|conn| {
            conn.prepare_cached("SELECT spent, held FROM accounts WHERE name = ?1")?
                .query_row([name], |row| Ok(Account { spent: row.get(0)?, held: row.get(1)? }))
                .optional()
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The accounts whose names begin with a prefix, in order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn accounts(&self, prefix: &str) -> Result<Vec<(String, Account)>, Error> {
        self.read(|conn| {
            let mut select =
                conn.prepare_cached("SELECT name, spent, held FROM accounts WHERE name >= ?1 ORDER BY name")?;
            let found = select.query_map([prefix], |row| {
                Ok((row.get::<_, String>(0)?, Account { spent: row.get(1)?, held: row.get(2)? }))
            })?;
            found
                .take_while(|found| found.as_ref().map_or(true, |(name, _)| name.starts_with(prefix)))
                .collect()
        })
    }

    /// What a request holds, by account; nothing once it has its outcome.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn holds_of(&self, request: RequestKey) -> Result<Vec<(String, u64)>, Error> {
        let RequestKey { call, n } = request;
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT holds.account, holds.amount
                 FROM calls JOIN requests ON requests.call = calls.id JOIN holds ON holds.request = requests.id
                 WHERE calls.turn = ?1 AND calls.ordinal = ?2 AND requests.n = ?3 ORDER BY holds.account",
            )?
            .query_map(params![call.turn.0, call.ordinal, n], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// The holds on an account, oldest first. There are as many as requests without outcome, not as many as requests.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn holds(&self, account: &str) -> Result<Vec<StoredHold>, Error> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT calls.turn, calls.ordinal, requests.n, turns.stream, turns.action, holds.amount
                 FROM holds JOIN requests ON requests.id = holds.request JOIN calls ON calls.id = requests.call
                 JOIN turns ON turns.id = calls.turn
                 WHERE holds.account = ?1 ORDER BY requests.id",
            )?
            .query_map([account], |row| {
                let call = CallKey { turn: TurnId(row.get(0)?), ordinal: row.get(1)? };
                Ok(StoredHold {
                    request: RequestKey { call, n: row.get(2)? },
                    stream: row.get(3)?,
                    action: row.get(4)?,
                    amount: row.get(5)?,
                })
            })?
            .collect()
        })
    }
}
