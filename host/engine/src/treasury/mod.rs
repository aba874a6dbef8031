//! The treasury: the ledger of a realm, folded from its stream, and the one way to change it.
//!
//! Who wants something decided gives a function from the ledger to events. They are appended only if nobody appended anything else
//! since the ledger was read; else the ledger is read on and the function asked again. What belongs together (a debate's marks and
//! their settlement, a turn and what it bought) is one unit of the journal: both happen or neither.

mod admission;
mod books;
mod closing;
mod digest;
mod numbers;
mod posted;
mod proof;
mod stream;
mod told;
mod turn_book;
mod verify;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use amatelier_economy::{Event, Ledger, Refusal, Rules};
use amatelier_journal::{Commit, Committed, Error as JournalError, Journal, Options, Unit};
use amatelier_workspace::{Realm, Workspace};

pub(crate) use admission::admit;
pub use books::Books;
pub(crate) use closing::Closing;
pub(crate) use digest::complete;
pub(crate) use numbers::rules;
pub use posted::Posted;
pub use proof::{Proof, TableFault};
pub(crate) use stream::{STREAM, decode};
pub(crate) use told::told;
pub(crate) use turn_book::TurnBook;
pub(crate) use verify::settled_again;

use crate::{Error, views};

/// The ledger of a realm. Cloning it shares it.
#[derive(Clone)]
pub struct Treasury {
    journal: Journal,
    rules: Arc<Rules>,
    books: Arc<Mutex<Books>>,
}

/// What came of a decision.
#[derive(Debug)]
pub(crate) struct Written {
    /// What the journal did.
    pub committed: Committed,
    /// The economy's events, which may be none.
    pub events: Vec<Event>,
}

impl Treasury {
    /// Read the ledger of a journal.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn open(journal: Journal, rules: Rules) -> Result<Self, Error> {
        let treasury = Treasury { journal, rules: Arc::new(rules), books: Arc::default() };
        treasury.books()?;
        Ok(treasury)
    }

    /// Open the ledger of a realm by itself, to change it; none where nothing was ever debated.
    ///
    /// # Errors
    /// A file of numbers that is wrong, a journal that cannot be opened, events that cannot be read.
    pub fn of(workspace: &Workspace, realm: Realm) -> Result<Option<Self>, Error> {
        let data = workspace.data(realm);
        if !data.join(views::FILE).exists() {
            return Ok(None);
        }
        let journal = views::open(&data, Options::default())?;
        Treasury::open(journal, rules(workspace)?).map(Some)
    }

    /// The numbers by which it decides.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The ledger as it is now, whoever wrote to it.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn books(&self) -> Result<Books, Error> {
        let mut books = self.lock();
        let fresh = self.journal.events(STREAM, books.seq)?;
        books.follow(&fresh).map_err(Error::BadLedger)?;
        Ok(books.clone())
    }

    /// The ledger as it was after so many events.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn books_at(&self, seq: u64) -> Result<Books, Error> {
        let known = self.lock().clone();
        if known.seq == seq {
            return Ok(known);
        }
        let mut stored = self.journal.events(STREAM, 0)?;
        stored.retain(|event| event.seq <= seq);
        let mut books = Books::default();
        books.follow(&stored).map_err(Error::BadLedger)?;
        Ok(books)
    }

    /// Every event there is, oldest first.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn events(&self) -> Result<Vec<Event>, Error> {
        let stored = self.journal.events(STREAM, 0)?;
        stored.iter().map(decode).collect::<Result<_, _>>().map_err(Error::BadLedger)
    }

    /// The events after the first so many, up to another number of them.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn events_between(&self, after: u64, last: u64) -> Result<Vec<Event>, Error> {
        let stored = self.journal.events(STREAM, after)?;
        let wanted = stored.iter().take_while(|event| event.seq <= last);
        wanted.map(decode).collect::<Result<_, _>>().map_err(Error::BadLedger)
    }

    /// Every posting there is in its place, oldest first.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn posted(&self) -> Result<Vec<Posted>, Error> {
        posted::posted(&self.journal.events(STREAM, 0)?).map_err(Error::BadLedger)
    }

    /// Prove every balance: the events by themselves, the ledger and the table against them.
    ///
    /// # Errors
    /// Events or a table that cannot be read.
    pub fn prove(&self) -> Result<Proof, Error> {
        Proof::of(&self.journal, &self.books()?)
    }

    /// Decide something by itself, and keep it. `actor` is who wants it.
    ///
    /// # Errors
    /// Why it is refused; nothing is changed then.
    pub async fn decide(
        &self,
        actor: &str,
        decide: impl Fn(&Ledger, &Rules) -> Result<Vec<Event>, Refusal>,
    ) -> Result<Vec<Event>, Error> {
        let decide = |ledger: &Ledger| Ok(decide(ledger, &self.rules)?);
        Ok(self.write(actor, Commit::Fsync, Unit::new(), decide).await?.events)
    }

    /// Write a unit together with what is decided on the ledger. The decision may be asked for several times; what it says last counts.
    pub(crate) async fn write(
        &self,
        actor: &str,
        commit: Commit,
        unit: Unit,
        mut decide: impl FnMut(&Ledger) -> Result<Vec<Event>, Error>,
    ) -> Result<Written, Error> {
        let mut books = self.books()?;
        loop {
            let events = decide(&books.ledger)?;
            match self.try_write(actor, commit, unit.clone(), &books, events.clone()).await? {
                Some(committed) => return Ok(Written { committed, events }),
                // Whoever was faster got on: somebody always does.
                None => books = self.books()?,
            }
        }
    }

    /// Write a unit together with events that were decided on some books; nothing where these are not the newest any more.
    pub(crate) async fn try_write(
        &self,
        actor: &str,
        commit: Commit,
        unit: Unit,
        books: &Books,
        events: Vec<Event>,
    ) -> Result<Option<Committed>, Error> {
        let encoded: Result<Vec<_>, _> = events.iter().map(|event| stream::encode(event, actor)).collect();
        let encoded = encoded.map_err(|error| Error::BadLedger(error.to_string()))?;
        let whole = match encoded.is_empty() {
            true => unit,
            false => unit.append(STREAM, Some(books.seq), encoded),
        };
        match self.journal.write(whole, commit).await {
            Ok(committed) => Ok(Some(committed)),
            Err(JournalError::Conflict { stream, .. }) if stream == STREAM => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
