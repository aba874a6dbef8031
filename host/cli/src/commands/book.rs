//! Whose ledger a command is about: that of real debates, or that of play.
//!
//! Named with `--mode`, or by a debate. Else it is the real one where there were real debates, and where there were none, that of
//! rehearsals. Keys and servers that come and go do not change which ledger somebody reads.

use std::sync::Arc;

use amatelier_economy::{Event, Ledger, Refusal, Rules};
use amatelier_engine::{Archive, Error, Posted, Proof, Treasury};
use amatelier_types::{MemberName, RoundtableId, Timestamp};
use amatelier_workspace::{Mode, Realm, nearest};

use super::archives;
use crate::{args::Ledgered, context::Context, exit::Exit, failure::Failure, output};

/// Who decides here, in the log.
pub(super) const OPERATOR: &str = "user";

/// The ledger of a realm; empty where nothing was debated yet.
pub(super) struct Book {
    pub realm: Realm,
    treasury: Option<Treasury>,
}

impl Book {
    /// The ledger, for reading.
    pub(super) fn read(context: &Context, of: &Ledgered) -> Result<Self, Failure> {
        let archives = archives(context)?;
        let realm = realm(of, &archives);
        let archive = archives.iter().find(|archive| archive.realm() == realm);
        let treasury = archive.map(|archive| archive.treasury(&context.workspace)).transpose()?;
        Ok(Book { realm, treasury }.told())
    }

    /// The ledger, to change it.
    pub(super) fn write(context: &Context, of: &Ledgered) -> Result<Self, Failure> {
        let realm = realm(of, &archives(context)?);
        Ok(Book { realm, treasury: Treasury::of(&context.workspace, realm)? }.told())
    }

    /// The ledger that a debate belongs to, to change it.
    pub(super) fn of_debate(context: &Context, id: &RoundtableId) -> Result<Self, Failure> {
        for archive in archives(context)? {
            if archive.list()?.iter().any(|listed| listed.id == id.as_str()) {
                let realm = archive.realm();
                return Ok(Book { realm, treasury: Treasury::of(&context.workspace, realm)? }.told());
            }
        }
        Err(Error::NoSuchRoundtable(id.clone()).into())
    }

    /// Nobody should take play for earnest.
    fn told(self) -> Self {
        if self.realm == Realm::Play && self.treasury.is_some() {
            eprintln!("this is the ledger of rehearsals");
        }
        self
    }

    /// The ledger as it is now.
    pub(super) fn ledger(&self) -> Result<Arc<Ledger>, Failure> {
        let books = self.treasury.as_ref().map(Treasury::books).transpose()?;
        Ok(books.unwrap_or_default().ledger)
    }

    /// The ledger itself, for whoever decides something that takes time.
    pub(super) fn treasury(&self) -> Result<Treasury, Failure> {
        self.treasury.clone().ok_or_else(nobody)
    }

    /// The numbers that it goes by.
    pub(super) fn rules(&self) -> Rules {
        self.treasury.as_ref().map(|treasury| treasury.rules().clone()).unwrap_or_default()
    }

    /// Every posting, oldest first.
    pub(super) fn posted(&self) -> Result<Vec<Posted>, Failure> {
        Ok(self.treasury.as_ref().map(Treasury::posted).transpose()?.unwrap_or_default())
    }

    /// The proof of every balance.
    pub(super) fn prove(&self) -> Result<Proof, Failure> {
        Ok(self.treasury.as_ref().map(Treasury::prove).transpose()?.unwrap_or_default())
    }

    /// Decide something, and keep it.
    pub(super) async fn decide(
        &self,
        decide: impl Fn(&Ledger, &Rules) -> Result<Vec<Event>, Refusal>,
    ) -> Result<Vec<Event>, Failure> {
        let treasury = self.treasury.as_ref().ok_or_else(nobody)?;
        Ok(treasury.decide(OPERATOR, decide).await?)
    }
}

/// Nobody can pay or be paid yet.
pub(super) fn nobody() -> Failure {
    let help = format!("`{} roundtable --help` shows how to hold a debate", output::program());
    Failure::new(Exit::NotFound, "nobody has an account yet: members get one with their first debate", help)
}

/// The member of this name, among those who have an account, and whoever else is known.
pub(super) fn member<'a>(
    typed: &str,
    ledger: &'a Ledger,
    others: impl IntoIterator<Item = &'a MemberName>,
) -> Result<MemberName, Failure> {
    let mut known: Vec<&MemberName> = ledger.accounts().map(|(name, _)| name).chain(others).collect();
    known.sort();
    known.dedup();
    if let Some(found) = known.iter().find(|name| name.as_str() == typed) {
        return Ok((*found).clone());
    }
    let names: Vec<&str> = known.iter().map(|name| name.as_str()).collect();
    let help = match nearest(typed, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if names.is_empty() => "members get an account with their first debate".into(),
        None => format!("accounts have {}", names.join(", ")),
    };
    Err(Failure::new(Exit::NotFound, format!("`{typed}` has no account"), help))
}

/// Now, as the ledger keeps it.
pub(super) fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

fn realm(of: &Ledgered, archives: &[Archive]) -> Realm {
    if let Some(mode) = of.mode.as_deref().and_then(|mode| Mode::provider(mode).ok()) {
        return mode.into();
    }
    let has = |realm| archives.iter().any(|archive| archive.realm() == realm);
    if !has(Realm::Real) && has(Realm::Play) { Realm::Play } else { Realm::Real }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_has_is_answered_with_the_one_that_was_meant() {
        let elena: MemberName = "elena".parse().unwrap();
        let (empty, others) = (Ledger::default(), [elena.clone(), elena.clone()]);
        assert_eq!(member("elena", &empty, &others).unwrap(), elena);
        for (typed, known, help) in [
            ("elenna", &others[..], "did you mean `elena`?"),
            ("zoe", &others[..], "accounts have elena"),
            ("zoe", &[], "members get an account with their first debate"),
        ] {
            let failure = member(typed, &empty, known).unwrap_err();
            assert_eq!(failure.exit, Exit::NotFound);
            let said = miette::Diagnostic::help(&failure).map(|said| said.to_string());
            assert_eq!(said.as_deref(), Some(help), "{typed}");
        }
    }
}
