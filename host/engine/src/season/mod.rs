//! A season: debates one after the other, held as one thing that can be cut off at any instant and gone on with.
//!
//! Its stream says what it will hold and which debates it opened. A debate and its line in the season's stream are one unit of the
//! journal, so that none is held twice and none is forgotten; what each debate is to the ledger, the debate itself says.

mod event;
mod id;
mod plan;
mod table;

use std::collections::BTreeMap;

use amatelier_journal::{Commit, Journal, Unit};
use amatelier_types::{RoundtableId, Timestamp};

use event::{PREFIX, SeasonEvent, stream};
pub use id::{BadSeasonId, SeasonId};
pub use plan::{SeasonPlan, SeasonTask};
pub use table::{SeasonPurchase, SeasonRow};

use crate::{Archive, Engine, Error, Held, Opening, Roundtable, clock, lock::LockError, opening::random};

/// A season as it stands.
#[derive(Debug)]
pub struct Season {
    id: SeasonId,
    plan: SeasonPlan,
    debates: Vec<RoundtableId>,
    /// How many events the ledger had when it opened, and when it closed.
    ledger: (u64, Option<u64>),
    seq: u64,
    opened_at: Timestamp,
    // Nobody else may hold it; none where it is only looked at.
    _held: Option<Held>,
}

impl Season {
    /// Its id.
    pub fn id(&self) -> &SeasonId {
        &self.id
    }

    /// What it holds, with the settings that hold now.
    pub fn plan(&self) -> &SeasonPlan {
        &self.plan
    }

    /// The debates that were opened, oldest first. Each but the last is over.
    pub fn debates(&self) -> &[RoundtableId] {
        &self.debates
    }

    /// The place of the debate that was opened last, from 1; 0 before the first.
    pub fn place(&self) -> u32 {
        u32::try_from(self.debates.len()).unwrap_or(u32::MAX)
    }

    /// When it began.
    pub fn opened_at(&self) -> Timestamp {
        self.opened_at
    }

    /// Whether every debate was opened.
    pub fn is_full(&self) -> bool {
        self.place() >= self.plan.debates
    }

    /// Whether it came to its end.
    pub fn is_closed(&self) -> bool {
        self.ledger.1.is_some()
    }

    /// Read a season; none if there is none of that id.
    fn read(journal: &Journal, id: &SeasonId) -> Result<Option<Self>, Error> {
        let mut season: Option<Season> = None;
        for stored in journal.events(&stream(id), 0)? {
            let event = SeasonEvent::decode(id, &stored)?;
            let bad = || Error::BadSeason { id: id.clone(), reason: "it was never opened".into() };
            match event {
                SeasonEvent::Opened { plan, ledger, at } => {
                    let (id, debates) = (id.clone(), Vec::new());
                    season = Some(Season {
                        id,
                        plan: *plan,
                        debates,
                        ledger: (ledger, None),
                        seq: 0,
                        opened_at: at,
                        _held: None,
                    });
                }
                SeasonEvent::DebateOpened { roundtable, .. } => {
                    season.as_mut().ok_or_else(bad)?.debates.push(roundtable);
                }
                SeasonEvent::Set { settings, .. } => {
                    season.as_mut().ok_or_else(bad)?.plan.settings.extend(settings);
                }
                SeasonEvent::Closed { ledger, .. } => {
                    season.as_mut().ok_or_else(bad)?.ledger.1 = Some(ledger);
                }
            }
            if let Some(season) = &mut season {
                season.seq = stored.seq;
            }
        }
        Ok(season)
    }
}

impl Archive {
    /// A season, to look at; none if it is not here.
    ///
    /// # Errors
    /// Events that cannot be read.
    pub fn season(&self, id: &SeasonId) -> Result<Option<Season>, Error> {
        Season::read(self.journal(), id)
    }

    /// The ids of all seasons here.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn seasons(&self) -> Result<Vec<SeasonId>, Error> {
        let streams = self.journal().streams(PREFIX)?;
        Ok(streams.iter().filter_map(|name| name.strip_prefix(PREFIX)?.parse().ok()).collect())
    }
}

impl Engine {
    /// Begin a season.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn open_season(&self, plan: SeasonPlan) -> Result<Season, Error> {
        let id = SeasonId::from_random(random());
        let held = self.hold_season(&id)?;
        let (ledger, at) = (self.treasury().books()?.seq, clock::now());
        let mut season = Season {
            id,
            plan: plan.clone(),
            debates: Vec::new(),
            ledger: (ledger, None),
            seq: 0,
            opened_at: at,
            _held: Some(held),
        };
        let opened = SeasonEvent::Opened { plan: Box::new(plan), ledger, at };
        self.append(&mut season, opened).await?;
        Ok(season)
    }

    /// Take a season up again.
    ///
    /// # Errors
    /// There is none of that id, somebody else holds it, or its events cannot be read.
    pub fn load_season(&self, id: &SeasonId) -> Result<Season, Error> {
        let held = self.hold_season(id)?;
        let season = Season::read(self.journal(), id)?.ok_or_else(|| Error::NoSuchSeason(id.clone()))?;
        Ok(Season { _held: Some(held), ..season })
    }

    /// Have other settings hold for what follows.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn set_season(
        &self,
        season: &mut Season,
        settings: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        if settings.iter().all(|(name, value)| season.plan.settings.get(name) == Some(value)) {
            return Ok(());
        }
        season.plan.settings.extend(settings.clone());
        self.append(season, SeasonEvent::Set { settings, at: clock::now() }).await
    }

    /// Open the next debate of a season. It and its line in the season are written together or not at all.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub async fn open_next(&self, season: &mut Season, opening: &Opening) -> Result<Roundtable, Error> {
        let (id, seq) = (season.id.clone(), season.seq);
        let line = |unit: Unit, roundtable: &RoundtableId| {
            let opened = SeasonEvent::DebateOpened { roundtable: roundtable.clone(), at: clock::now() };
            Ok(unit.append(stream(&id), Some(seq), vec![opened.encode(&id)?]))
        };
        let roundtable = self.open_with(opening, line).await?;
        season.seq = season.seq.saturating_add(1);
        season.debates.push(roundtable.id().clone());
        Ok(roundtable)
    }

    /// End a season whose last debate is over.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub async fn close_season(&self, season: &mut Season) -> Result<(), Error> {
        if season.is_closed() {
            return Ok(());
        }
        let ledger = self.treasury().books()?.seq;
        season.ledger.1 = Some(ledger);
        self.append(season, SeasonEvent::Closed { ledger, at: clock::now() }).await
    }

    async fn append(&self, season: &mut Season, event: SeasonEvent) -> Result<(), Error> {
        let unit = Unit::new().append(stream(&season.id), Some(season.seq), vec![event.encode(&season.id)?]);
        self.journal().write(unit, Commit::Fsync).await?;
        season.seq = season.seq.saturating_add(1);
        Ok(())
    }

    fn hold_season(&self, id: &SeasonId) -> Result<Held, Error> {
        let folder = self.workspace().folder(self.mode(), "run")?;
        let path = folder.join(format!("{id}.lock"));
        Held::take(&path).map_err(|error| match error {
            LockError::Taken(pid) => Error::SeasonHeld { id: id.clone(), pid },
            LockError::Io(source) => Error::Lock { path, source },
        })
    }
}
