//! What a debate will take at most, found out by holding it: the same components, the same prompts, with models that always say as much
//! as they may ([`Longest`]), in a journal that is thrown away. Nothing leaves the machine and nothing is written to the workspace.
//!
//! It is a forecast and no promise where components are somebody else's: what they ask may depend on what they hear. The caps are the
//! promise.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_debate::{Caps, Debate, Event};
use amatelier_economy::Ledger;
use amatelier_journal::Options;
use amatelier_types::{MemberName, MicroUsd, Seed};
use serde::Serialize;

use crate::{
    Books, Control, Engine, Error, Opening, Spending, SpentBy, Watcher, cover::money_of, recorded::COMPLETE,
    shop::Class, spending, stream, treasury::admit, views,
};

/// See the module's documentation.
#[derive(Clone, Debug, Serialize)]
pub struct Forecast {
    /// The question.
    pub topic: String,
    /// What happens, in order, with what it takes at most.
    pub schedule: Vec<Planned>,
    /// What every member takes at most.
    pub members: Vec<Spending>,
    /// What every model takes at most.
    pub models: Vec<Spending>,
    /// All of it.
    pub total: Spending,
    /// What the caps would count, in millionths of a US dollar: answers of unknown price at the dearest there is.
    pub counted_microusd: MicroUsd,
    /// Where its chance came from; other seeds give other seatings, and costs that differ by a little.
    pub seed: Seed,
    /// What the debate may take; it waits before it would take more.
    pub caps: Caps,
    /// What the operator should know.
    pub notices: Vec<String>,
}

/// A phase of a round, with every turn in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Such as `r1/speak`, as the ids of its turns begin.
    pub place: String,
    /// Turns of members, and questions to the Steward.
    pub turns: u32,
    /// Requests to models.
    pub requests: u32,
    /// Prompt tokens of the longest request.
    pub longest_prompt: u64,
    /// Prompt tokens of all of them.
    pub input_tokens: u64,
    /// Answer tokens of all of them.
    pub output_tokens: u64,
    /// What they cost, as far as prices are known.
    pub cost_microusd: MicroUsd,
    /// Answers whose price nobody knows; they are not in the cost.
    pub unpriced: u32,
}

impl Engine {
    /// What a debate would take at most. Finds everything that could keep it from being opened, as [`Engine::open_roundtable`] does.
    ///
    /// # Errors
    /// Why it cannot run.
    pub async fn forecast(&self, opening: &Opening) -> Result<Forecast, Error> {
        let mut setup = self.setup(opening).await?;
        let folder = tempfile::tempdir().map_err(Error::Scratch)?;
        let durability = amatelier_journal::Durability::Process;
        let journal = views::open(folder.path(), Options { durability, ..Options::default() })?;
        let scratch = self.imagined(journal.clone())?;
        let id = setup.id.clone();
        self.load_components(&id, setup.seats()).await?;
        // It enters the books of this realm to be set up as it would be, and its own, which are empty, to be held.
        self.seat(&mut setup, &self.treasury().books()?, &mut Class::new()).await?;
        let (caps, notices) = (std::mem::take(&mut setup.rules.caps), setup.notices.clone());
        let entered = admit(&Ledger::default(), self.treasury().rules(), &mut setup.clone())?;
        let begun = scratch.begin(setup, &Books::default(), entered, &|unit, _| Ok(unit)).await?;
        let roundtable =
            begun.ok_or_else(|| Error::BadLedger("a journal that was just made is not empty".into()))?;
        let nobody: Arc<dyn Watcher> = Arc::new(Nobody);
        let told = Arc::new(|_: String| {});
        let (_, debate) = scratch.drive(roundtable, None, Control::default(), nobody, told).await?;
        let (events, _) = stream::load(&journal, &id)?;
        let sums = |by| spending::spending(&journal, Some(&id), i64::MIN, by);
        let members = sums(SpentBy::Member)?;
        Ok(Forecast {
            topic: debate.setup().topic.clone(),
            schedule: schedule(&journal.calls(&stream::name(&id))?, &events),
            models: sums(SpentBy::Model)?,
            total: Spending::total(&members),
            counted_microusd: MicroUsd(journal.account(&money_of(&id))?.spent),
            seed: debate.setup().seed,
            members,
            caps,
            notices,
        })
    }
}

/// The turns by phase, in the order in which the phases came.
fn schedule(calls: &[amatelier_journal::StoredCall], events: &[Event]) -> Vec<Planned> {
    let mut places: Vec<Planned> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut at = |action: &str, places: &mut Vec<Planned>| {
        let place = place(action);
        *known.entry(place.clone()).or_insert_with(|| {
            places.push(Planned { place, ..Planned::default() });
            places.len() - 1
        })
    };
    for event in events {
        if let Event::TurnCalled { action, .. } = event {
            let index = at(action.as_str(), &mut places);
            if let Some(planned) = places.get_mut(index) {
                planned.turns += 1;
            }
        }
    }
    for call in calls.iter().filter(|call| call.function == COMPLETE) {
        let index = at(&call.action, &mut places);
        let Some(planned) = places.get_mut(index) else { continue };
        for outcome in call.requests.iter().filter_map(|request| request.outcome.as_ref()) {
            let input = u64::from(outcome.input_tokens.0);
            planned.requests += 1;
            planned.longest_prompt = planned.longest_prompt.max(input);
            planned.input_tokens += input;
            planned.output_tokens += u64::from(outcome.output_tokens.0);
            planned.cost_microusd += outcome.cost.unwrap_or_default();
            planned.unpriced += u32::from(outcome.cost.is_none());
        }
    }
    places
}

/// The id of an action without whose it is: `r1/speak` of `r1/speak/elena`, `score` of `score`.
fn place(action: &str) -> String {
    action.split('/').take(2).collect::<Vec<_>>().join("/")
}

/// Nobody looks on.
struct Nobody;

impl Watcher for Nobody {
    fn event(&self, _debate: &Debate, _event: &Event) {}

    fn text(&self, _member: &MemberName, _piece: &str) {}

    fn note(&self, _text: &str) {}
}
