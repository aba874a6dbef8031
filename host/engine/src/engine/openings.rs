//! Opening a debate: everything that could keep it from running is found before anything is written or asked.

use amatelier_debate::{Debate, Seat, Setup};
use amatelier_economy::{Event as Entry, Ledger};
use amatelier_journal::{Commit, Unit};
use amatelier_types::{Capability, RoundtableId};
use amatelier_workspace::Team;

use super::{Engine, Roundtable};
use crate::{
    Books, Error, Held, OnUncertain, Opening, Rescoring,
    opening::{self, Grounds},
    shop::{self, Class, School, Shop},
    stream,
    treasury::admit,
    views,
};

impl Engine {
    /// Open a debate: everything that could keep it from running is found now, before anything is written or asked.
    ///
    /// # Errors
    /// Why it cannot run.
    pub async fn open_roundtable(&self, opening: &Opening) -> Result<Roundtable, Error> {
        self.open_with(opening, |unit, _| Ok(unit)).await
    }

    /// Find everything that could keep a debate from being opened now; nothing is written.
    ///
    /// # Errors
    /// Why it cannot run.
    pub async fn check_opening(&self, opening: &Opening) -> Result<(), Error> {
        let mut setup = self.setup(opening).await?;
        self.load_components(&setup.id, setup.seats()).await?;
        self.seat(&mut setup, &self.treasury.books()?, &mut Class::new()).await?;
        Ok(())
    }

    /// Open a debate, together with whatever else is to be written when one of this id opens.
    pub(crate) async fn open_with(
        &self,
        opening: &Opening,
        also: impl Fn(Unit, &RoundtableId) -> Result<Unit, Error>,
    ) -> Result<Roundtable, Error> {
        let setup = self.setup(opening).await?;
        self.load_components(&setup.id, setup.seats()).await?;
        let held = self.hold(&setup.id)?;
        self.opened(setup, held, also).await
    }

    /// The setup of a debate; nothing is written.
    pub(crate) async fn setup(&self, opening: &Opening) -> Result<Setup, Error> {
        let (team, books) = (self.workspace.team()?, self.treasury.books()?);
        let grounds = self.grounds(&team, &books.ledger);
        self.providers.look_around(grounds.named_providers()).await;
        let mut setup = grounds.setup(opening)?;
        let bounds = &self.treasury.rules().bounds;
        let shop = Shop::of(&self.workspace, &self.components, &team, bounds).await?;
        setup.store = shop.wares();
        setup.notices.extend(shop.warnings().iter().map(ToString::to_string));
        let seats = setup.workers.iter_mut().chain([&mut setup.judge]).chain(&mut setup.rubric);
        // A plugin may be granted its notebook while it debates, and must find in it then what it noted before.
        let may_note = |seat: &&mut Seat| {
            let given = seat.pinned.allow.as_ref().unwrap_or(&seat.pinned.granted);
            given.contains(&Capability::Notebook)
        };
        for seat in seats.filter(may_note) {
            seat.pinned.notebook = views::notebook(&self.journal, &seat.name)?;
        }
        Ok(setup)
    }

    /// Give the workers of a setup their tiers and the lessons of the skills that they have equipped.
    pub(crate) async fn teach(
        &self,
        setup: &mut Setup,
        ledger: &Ledger,
        class: &mut Class,
    ) -> Result<(), Error> {
        for seat in &mut setup.workers {
            seat.pinned.tier = ledger.account(&seat.name).map_or(0, |account| account.tier());
        }
        let pupils = shop::pupils(ledger, &self.journal, setup.workers.iter().map(|seat| &seat.name))?;
        if pupils.is_empty() {
            return Ok(());
        }
        if !class.has_taught(&pupils) {
            let school = School::of(&self.workspace, &self.components, &self.workspace.team()?).await?;
            class.teach(&school, setup, pupils).await;
        }
        class.give(setup);
        let Setup { workers, briefing, notices, .. } = setup;
        for seat in workers {
            let answering = self.providers.pinned(&seat.provider, &seat.label, &seat.model);
            let limit = answering.provider.context_tokens(&answering.model);
            notices.extend(shop::fit(seat, opening::needed(&seat.pinned.documents, briefing), limit));
        }
        Ok(())
    }

    /// The rubric that a debate is to be scored with once more; none where nobody names one.
    pub(crate) async fn rubric_of(&self, setup: &Setup, wanted: &Rescoring) -> Result<Option<Seat>, Error> {
        let (team, books) = (self.workspace.team()?, self.treasury.books()?);
        let grounds = self.grounds(&team, &books.ledger);
        self.providers.look_around(grounds.named_providers()).await;
        grounds.rubric_again(setup, wanted)
    }

    fn grounds<'a>(&'a self, team: &'a Team, ledger: &'a Ledger) -> Grounds<'a> {
        Grounds {
            workspace: &self.workspace,
            config: &self.config,
            team,
            mode: self.mode,
            providers: &self.providers,
            treasury: &self.treasury,
            ledger,
            components: &self.components,
        }
    }

    /// Let the workers of a setup enter on these books: what they bought for their next debate and the lessons of their skills go into it.
    pub(crate) async fn seat(
        &self,
        setup: &mut Setup,
        books: &Books,
        class: &mut Class,
    ) -> Result<Vec<Entry>, Error> {
        let entered = admit(&books.ledger, self.treasury.rules(), setup)?;
        self.teach(setup, &books.ledger, class).await?;
        Ok(entered)
    }

    /// Write down that a debate begins, and that its members entered: both or neither.
    async fn opened(
        &self,
        setup: Setup,
        held: Held,
        also: impl Fn(Unit, &RoundtableId) -> Result<Unit, Error>,
    ) -> Result<Roundtable, Error> {
        // What members bought for their next debate is theirs when the ledger says so: if somebody else wrote to it meanwhile, the
        // setup is made once more.
        let (mut held, mut class) = (Some(held), Class::new());
        loop {
            let books = self.treasury.books()?;
            let mut setup = setup.clone();
            let entered = self.seat(&mut setup, &books, &mut class).await?;
            if let Some(roundtable) = self.begin(setup, &books, entered, &also).await? {
                return Ok(Roundtable { _held: held.take(), ..roundtable });
            }
        }
    }

    /// Write down that a debate begins as it is set up, with what it means for the ledger and whatever else is to be written then; none
    /// where these are not its newest books.
    pub(crate) async fn begin(
        &self,
        setup: Setup,
        books: &Books,
        entered: Vec<Entry>,
        also: &impl Fn(Unit, &RoundtableId) -> Result<Unit, Error>,
    ) -> Result<Option<Roundtable>, Error> {
        let (id, at) = (setup.id.clone(), setup.opened_at);
        let (debate, events) = Debate::open(setup);
        let encoded: Result<Vec<_>, _> =
            events.iter().map(|event| stream::encode(event, "user", at)).collect();
        let stream = stream::name(&id);
        let encoded = encoded.map_err(|error| Error::Stuck {
            id: id.clone(),
            reason: format!("an event cannot be written: {error}"),
        })?;
        let unit = also(Unit::new().append(stream, Some(0), encoded), &id)?;
        let committed = self.treasury.try_write("host", Commit::NoFsync, unit, books, entered).await?;
        Ok(committed.map(|committed| Roundtable {
            debate,
            events,
            seq: committed.appended.first().map_or(0, |appended| appended.last_seq),
            caps: None,
            assisted: None,
            on_uncertain: OnUncertain::default(),
            rescored: None,
            _held: None,
        }))
    }
}
