//! Debates that are read, not driven.

use std::{collections::HashMap, path::PathBuf};

use amatelier_debate::{Debate, Digest, Event};
use amatelier_journal::{Access, Journal, Options, rusqlite};
use amatelier_types::{Learner, MemberName, RoundtableId, Timestamp};
use amatelier_workspace::{Realm, Workspace};
use serde::Serialize;

use crate::{
    Asked, Error, Spending, SpentBy, Steer, Treasury, Verification, Watching, Wish, asked,
    components::Components, door, lock, recorded::COMPLETE, replay, results, shop, spending, stream,
    treasury, views,
};

/// The debates of one realm, for reading only.
pub struct Archive {
    realm: Realm,
    journal: Journal,
}

/// A debate in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its question.
    pub topic: String,
    /// `open` (running, or cut off and resumable), `paused`, `closed`, `aborted`.
    pub status: String,
    /// How models were chosen.
    pub mode: String,
    /// Rounds begun.
    pub rounds: u32,
    /// Why it ended.
    pub stop_reason: Option<String>,
    /// When it was opened, RFC 3339.
    pub opened_at: String,
}

/// A debate that some process drives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Running {
    /// The debate.
    pub id: RoundtableId,
    /// The process.
    pub pid: Option<u32>,
}

impl Listed {
    /// Whether something is left to be done.
    pub fn is_unfinished(&self) -> bool {
        matches!(self.status.as_str(), "open" | "paused")
    }
}

impl Archive {
    /// The archive of a realm, if anything was ever debated in it.
    ///
    /// # Errors
    /// Why its journal cannot be read.
    pub fn open(workspace: &Workspace, realm: Realm) -> Result<Option<Self>, Error> {
        let data = workspace.data(realm);
        if !data.join(views::FILE).exists() {
            return Ok(None);
        }
        let options = Options { access: Access::ReadOnly, ..Options::default() };
        Ok(Some(Archive { realm, journal: views::open(&data, options)? }))
    }

    /// Its journal.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The realm.
    pub fn realm(&self) -> Realm {
        self.realm
    }

    /// All debates, newest first.
    ///
    /// # Errors
    /// Why the journal cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>, Error> {
        let listed = self.journal.read(|conn| {
            let mut select = conn.prepare_cached(
                "SELECT id, topic, status, mode, rounds, stop_reason, created_at FROM roundtables ORDER BY created_at DESC, id",
            )?;
            let rows = select.query_map((), |row| {
                let opened: f64 = row.get(6)?;
                Ok(Listed {
                    id: row.get(0)?,
                    topic: row.get(1)?,
                    status: row.get(2)?,
                    mode: row.get(3)?,
                    rounds: row.get(4)?,
                    stop_reason: row.get(5)?,
                    opened_at: Timestamp((opened * 1000.0).round() as i64).rfc3339(),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<Listed>>>()
        })?;
        Ok(listed)
    }

    /// The digest of a debate as it stands; none if there is no such debate here.
    ///
    /// # Errors
    /// Why its events cannot be read.
    pub fn digest(&self, id: &RoundtableId) -> Result<Option<Digest>, Error> {
        let events = match stream::load(&self.journal, id) {
            Ok((events, _)) => events,
            Err(Error::NoSuchRoundtable(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let debate = Debate::from_events(&events);
        let debate = debate
            .ok_or_else(|| Error::BadEvents { id: id.clone(), reason: "it was never opened".into() })?;
        Ok(Some(treasury::complete(&self.journal, debate.digest())?))
    }

    /// The ledger of the realm, for reading.
    ///
    /// # Errors
    /// A file of numbers that is wrong, events that cannot be read.
    pub fn treasury(&self, workspace: &Workspace) -> Result<Treasury, Error> {
        Treasury::open(self.journal.clone(), treasury::rules(workspace)?)
    }

    /// What a teacher of this skill is told of a member.
    ///
    /// # Errors
    /// A file of numbers that is wrong, events that cannot be read.
    pub fn learner(&self, workspace: &Workspace, member: &MemberName, skill: &str) -> Result<Learner, Error> {
        let books = self.treasury(workspace)?.books()?;
        shop::learner(&books.ledger, &self.journal, member, skill)
    }

    /// Write the digest of a debate that is over where its file is missing: the program may have died between the two.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn publish_missing(&self, workspace: &Workspace, digest: &Digest) -> Result<(), Error> {
        let path = workspace.data(self.realm).join("digests").join(results::file_name(&digest.roundtable_id));
        if digest.stop.is_some() && digest.scoring_status != "pending" && !path.exists() {
            results::publish(workspace, self.realm, digest)?;
        }
        Ok(())
    }

    /// The events of a debate, oldest first; none if there is no such debate here.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub fn events(&self, id: &RoundtableId) -> Result<Option<Vec<Event>>, Error> {
        match stream::load(&self.journal, id) {
            Ok((events, _)) => Ok(Some(events)),
            Err(Error::NoSuchRoundtable(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What models were asked in a debate and what they answered, in the order of the turns; none if there is no such debate here.
    ///
    /// # Errors
    /// Why the journal cannot be read.
    pub fn asked(&self, id: &RoundtableId) -> Result<Option<Vec<Asked>>, Error> {
        let Some(events) = self.events(id)? else { return Ok(None) };
        let members: HashMap<String, String> = events
            .iter()
            .filter_map(|event| match event {
                Event::TurnCalled { action, member, .. } => Some((action.to_string(), member.to_string())),
                _ => None,
            })
            .collect();
        let calls = self.journal.calls(&stream::name(id))?;
        // Looks at files are calls of the journal, too; `lookups` tells of them.
        let calls = calls.into_iter().filter(|call| call.function == COMPLETE);
        Ok(Some(calls.map(|call| asked::read(call, &members)).collect()))
    }

    /// What was spent, by group: in one debate (none if it is not here) or in all of them, since a time in milliseconds since the Unix
    /// epoch. What was spent in debates counts; a Steward that is asked outside of one keeps no record.
    ///
    /// # Errors
    /// Why the journal cannot be read.
    pub fn spending(
        &self,
        debate: Option<&RoundtableId>,
        since: Timestamp,
        by: SpentBy,
    ) -> Result<Option<Vec<Spending>>, Error> {
        let absent = |id| Ok::<_, Error>(self.journal.events(&stream::name(id), 0)?.is_empty());
        if debate.map(absent).transpose()?.unwrap_or_default() {
            return Ok(None);
        }
        Ok(Some(spending::spending(&self.journal, debate, since.0, by)?))
    }

    /// Run a debate again over its journal, offline, and compare.
    ///
    /// # Errors
    /// What keeps it from being run at all; a difference is a result.
    pub async fn verify(&self, workspace: &Workspace, id: &RoundtableId) -> Result<Verification, Error> {
        let components = Components::of(workspace)?;
        let published = workspace.data(self.realm).join("digests").join(results::file_name(id.as_str()));
        replay::verify(self.journal.clone(), components, id, Some(&published)).await
    }

    /// The debates that are being driven now, newest first.
    ///
    /// # Errors
    /// Why the journal cannot be read.
    pub fn running(&self, workspace: &Workspace) -> Result<Vec<Running>, Error> {
        let unfinished = self.list()?.into_iter().filter(Listed::is_unfinished);
        let ids = unfinished.filter_map(|listed| listed.id.parse::<RoundtableId>().ok());
        Ok(ids
            .filter_map(|id| {
                let pid = lock::holder(&lock::path(&workspace.data(self.realm), &id))?;
                Some(Running { id, pid })
            })
            .collect())
    }

    /// Look on at a debate: from its first event on, and for as long as somebody drives it; none if there is no such debate here.
    ///
    /// # Errors
    /// Why the journal cannot be read.
    pub fn watch(&self, workspace: &Workspace, id: &RoundtableId) -> Result<Option<Watching>, Error> {
        let is_here = self.list()?.iter().any(|listed| listed.id == id.as_str());
        let lock = lock::path(&workspace.data(self.realm), id);
        Ok(is_here.then(|| Watching::new(self.journal.clone(), id.clone(), lock)))
    }

    /// Tell the process that drives a debate what is wished.
    ///
    /// # Errors
    /// Nobody drives it, or its process does not answer.
    pub fn tell(&self, workspace: &Workspace, id: &RoundtableId, wish: Wish) -> Result<(), Error> {
        let lock = self.driven(workspace, id)?;
        door::knock(&lock, wish).map_err(|source| Error::Unreachable { id: id.clone(), source })
    }

    /// Steer a debate that some process drives; it is done when this returns.
    ///
    /// # Errors
    /// It makes no sense in any debate, or none in this one now; nobody drives it, or its process does not answer. What was not answered
    /// may still be done.
    pub fn steer(&self, workspace: &Workspace, id: &RoundtableId, steer: &Steer) -> Result<(), Error> {
        steer.check()?;
        let lock = self.driven(workspace, id)?;
        let told = door::steer(&lock, steer);
        let told = told.map_err(|source| Error::Unreachable { id: id.clone(), source })?;
        told.map_err(|reason| Error::Senseless { id: id.clone(), reason })
    }

    /// The lock of a debate that some process drives.
    fn driven(&self, workspace: &Workspace, id: &RoundtableId) -> Result<PathBuf, Error> {
        let lock = lock::path(&workspace.data(self.realm), id);
        lock::holder(&lock).is_some().then_some(lock).ok_or_else(|| Error::NotDriven(id.clone()))
    }
}
