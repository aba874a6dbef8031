//! The debates of a season, one after the other, on the command line.

use std::cell::OnceCell;

use amatelier_engine::{
    Archive, Ending, Engine, Error, Grounded, Opening, Providers, Roundtable, Season, SeasonPlan,
};
use amatelier_types::RoundtableId;
use amatelier_workspace::Briefing;

use super::{Closing, Debated, go_on, interrupt::Interrupt};
use crate::{
    args::Season as Arguments,
    commands::{
        drive::{self, Driven},
        registered, resume,
    },
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

/// What a season is held with.
pub(super) struct Play<'a> {
    context: &'a Context,
    engine: &'a Engine,
    providers: &'a Providers,
    arguments: &'a Arguments,
    /// What the operator answered, once for all debates.
    consent: OnceCell<bool>,
}

impl<'a> Play<'a> {
    pub(super) fn new(
        context: &'a Context,
        engine: &'a Engine,
        providers: &'a Providers,
        arguments: &'a Arguments,
    ) -> Self {
        Play { context, engine, providers, arguments, consent: OnceCell::new() }
    }

    /// Hold what is left of a season.
    pub(super) async fn hold(&self, mut season: Season) -> Result<Exit, Failure> {
        let resume = go_on(season.id());
        let is_fresh = season.debates().is_empty();
        if !season.is_closed() {
            let SeasonPlan { debates, seed, .. } = season.plan();
            let begins = if is_fresh { "begins" } else { "goes on" };
            eprintln!(
                "season {} {begins}: {debates} debates, seeds from {seed}; if it is cut off, go on with: {resume}",
                season.id()
            );
        }
        match self.debates(&mut season, &resume).await {
            Ok(Exit::Ok) => {}
            Ok(exit) => return Ok(exit),
            Err(failure) => {
                let (place, of) = (season.place(), season.plan().debates);
                eprintln!("season {}: {place} of {of} debates were begun; go on with: {resume}", season.id());
                return Err(failure);
            }
        }
        self.engine.close_season(&mut season).await?;
        let closing = Closing::of(self.engine, &season)?;
        if output::is_readable(&self.arguments.held.printed) {
            output::print(&render::season(&closing))?;
        } else {
            output::print_line(&closing)?;
        }
        Ok(Exit::Ok)
    }

    async fn debates(&self, season: &mut Season, resume: &str) -> Result<Exit, Failure> {
        if season.is_closed() {
            return Ok(Exit::Ok);
        }
        let interrupt = Interrupt::listen(resume.to_owned());
        let mut begun = season.debates().last().cloned();
        loop {
            let before = self.engine.treasury().books()?.seq;
            let roundtable = match begun.take() {
                Some(id) => match self.taken_up(&id)? {
                    Some(roundtable) => roundtable,
                    None => continue,
                },
                None if season.is_full() => return Ok(Exit::Ok),
                None if interrupt.is_wished() => {
                    eprintln!("paused between two debates; go on with: {resume}");
                    return Ok(Exit::Interrupted);
                }
                None => {
                    let opening = self.opening(season.plan(), season.place().saturating_add(1))?;
                    self.engine.open_next(season, &opening).await?
                }
            };
            let (place, of) = (season.place(), season.plan().debates);
            eprintln!("\ndebate {place} of {of}");
            let what = format!("debate {place} of {of}, roundtable {},", roundtable.id());
            let watched = &self.arguments.held.watched;
            let Driven { ending, digest, lines } =
                drive::watch(self.engine, roundtable, None, interrupt.control(), watched).await?;
            if let Ending::Paused(reason) = ending {
                return drive::waits(&what, reason, resume);
            }
            if let Some(lines) = lines {
                lines.digest(&digest);
            }
            let debated = Debated::of(self.engine, season, &digest, before)?;
            eprintln!("{}", render::debated(&debated));
            if !output::is_readable(&self.arguments.held.printed) {
                output::print_line(&debated)?;
            }
        }
    }

    /// Find now what keeps the first debate from being held; nothing is written.
    pub(super) async fn rehearse_opening(&self, plan: &SeasonPlan) -> Result<(), Failure> {
        Ok(self.engine.check_opening(&self.opening(plan, 1)?).await?)
    }

    /// How the n-th debate is asked for.
    fn opening(&self, plan: &SeasonPlan, n: u32) -> Result<Opening, Failure> {
        let nothing = || Failure::new(Exit::Integrity, "the season has no task", None);
        let task = plan.task(n).ok_or_else(nothing)?;
        let briefing = Briefing { text: task.briefing.clone() };
        let path = std::path::Path::new(&task.file);
        let grounded = registered::register(path, Some(&task.root), &briefing)?;
        if let Some(grounded) = grounded.as_ref().filter(|_| plan.strict) {
            registered::must_be_whole(path, grounded)?;
        }
        let grounded = grounded.map(|grounded| {
            let (own, labels) = (&self.context.configuration.config.steward.model, self.providers.labels());
            let labels = labels.iter().chain([own]).map(String::as_str);
            let beyond = registered::beyond(self.providers, labels);
            let ask = || registered::consented(self.context, grounded.files.len(), &beyond);
            let assisted = *self.consent.get_or_init(ask);
            Grounded { assisted, ..grounded }
        });
        Ok(Opening {
            topic: task.topic.clone(),
            briefing: briefing.text,
            workers: plan.workers.clone(),
            skip: plan.skip.clone(),
            skip_naomi: plan.skip_naomi,
            grounded,
            seed: Some(plan.seed(n)),
            ..Opening::default()
        })
    }

    /// The debate that was under way, if something is left to be done in it; else its digest is there when this returns.
    fn taken_up(&self, id: &RoundtableId) -> Result<Option<Roundtable>, Failure> {
        let roundtable = self.engine.load(id)?;
        if roundtable.debate().is_over() {
            let archive = Archive::open(&self.context.workspace, self.engine.mode().into())?;
            let archive = archive.ok_or_else(|| Error::NoSuchRoundtable(id.clone()))?;
            archive.publish_missing(&self.context.workspace, &roundtable.debate().digest())?;
            return Ok(None);
        }
        let typed = (&self.arguments.held.capped, self.arguments.on_uncertain);
        resume::taken_up(self.context, self.engine, self.providers, roundtable, typed).map(Some)
    }
}
