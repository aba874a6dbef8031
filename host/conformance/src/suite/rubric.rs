//! What is asked of a rubric.

use std::collections::BTreeMap;

use amatelier_debate::{Ballot, Labels, check_ballot};
use amatelier_types::{Axis, MemberName, Scorecard, Seed};

use super::{
    Bench, Checked, Fault,
    checked::{Check, Outcome},
    common, tables,
};
use crate::{Occasion, Played, Returned, Table};

const AXES: Check = Check {
    name: "axes-stay",
    reason: "axes are shown, compared between debates and named by skills: there is at least one, and they are the same at every call",
    remedy: "return a constant list",
};
const EVERYBODY: Check = Check {
    name: "marks-everybody",
    reason: "one card a member, one mark an axis, every value on the axis's scale: anything else is refused by the host",
    remedy: "make the cards from `members` and the marks from your axes, and clamp values to the scale",
};
const SILENCE: Check = Check {
    name: "marks-silence",
    reason: "a debate may end before a member has spoken",
    remedy: "give the lowest mark where there is nothing to mark",
};
const RETRY: Check = Check {
    name: "heeds-a-retry",
    reason: "a ballot that was refused is asked for once more, with what was wrong: after that, nobody is paid",
    remedy: "put `retry-note` into the prompt; without a model, mark as you would have",
};
const UNMOVED: Check = Check {
    name: "cannot-be-talked-into-marks",
    reason: "whatever members say, the ballot is one that the host takes, or there is none",
    remedy: "put speeches between delimiters in the prompt, and check the model's answer against axes and members",
};

/// More than letters a table would need; rubrics see members under labels like these.
const SPEAKERS: [&str; 5] = ["speaker-a", "speaker-b", "speaker-c", "speaker-d", "speaker-e"];

pub(super) async fn run(bench: &Bench<'_>) -> Vec<Checked> {
    let world = bench.world;
    let mut checked = vec![
        AXES.ended(world, axes(bench).await),
        EVERYBODY.ended(world, everybody(bench).await),
        SILENCE.ended(world, silence(bench).await),
        RETRY.ended(world, retry(bench).await),
        UNMOVED.ended(world, unmoved(bench).await),
    ];
    let workers = first(3);
    let occasions = [Occasion::Axes, Occasion::Score { members: members(workers), retry_note: None }];
    checked.extend(common::run(bench, &occasions, &occasions, workers).await);
    checked
}

fn first(count: usize) -> &'static [&'static str] {
    SPEAKERS.get(..count).unwrap_or(&SPEAKERS)
}

fn members(speakers: &[&str]) -> Vec<MemberName> {
    speakers.iter().filter_map(|speaker| speaker.parse().ok()).collect()
}

async fn axes_of(bench: &Bench<'_>) -> Result<Vec<Axis>, Box<Fault>> {
    match bench.returns(&mut bench.host(), &Occasion::Axes).await? {
        (Returned::Axes(axes), _) => Ok(axes),
        (_, played) => Err(Fault::of("axes returned something else", played)),
    }
}

async fn axes(bench: &Bench<'_>) -> Outcome {
    let axes = axes_of(bench).await?;
    if axes.is_empty() {
        return Err(Fault::new("there is no axis"));
    }
    let mut host = bench.host();
    host.table = tables::empty();
    host.seed = Seed(2);
    let (again, played) = bench.returns(&mut host, &Occasion::Axes).await?;
    if again != Returned::Axes(axes) {
        return Err(Fault::of("axes returned something else in another debate", played));
    }
    Ok(())
}

/// Score these speakers at a table, and have the ballot checked as the host does it.
async fn score(
    bench: &Bench<'_>,
    speakers: &[&str],
    table: Table,
    retry_note: Option<&str>,
) -> Result<Result<Played, Box<Fault>>, Box<Fault>> {
    let axes = axes_of(bench).await?;
    let mut host = bench.host();
    host.table = table;
    let said: BTreeMap<u32, MemberName> =
        host.table.messages().iter().map(|message| (message.seq, message.author.clone())).collect();
    let occasion = Occasion::Score { members: members(speakers), retry_note: retry_note.map(str::to_owned) };
    let played = bench.play(&mut host, &occasion).await;
    let cards = match &played.result {
        Ok(Returned::Scored(cards)) => cards.clone(),
        Ok(_) => return Err(Fault::of("score returned something else", played)),
        Err(failure) => {
            return Ok(Err(Fault::of(format!("{} failed: {failure}", occasion.label()), played)));
        }
    };
    match refusal(&cards, axes, speakers, &said) {
        None => Ok(Ok(played)),
        Some(wrong) => {
            let what = format!("{} is refused: {}", occasion.label(), common::excerpt(&wrong));
            Err(Fault::of(what, played))
        }
    }
}

/// What the host would say against a ballot.
fn refusal(
    cards: &[Scorecard],
    axes: Vec<Axis>,
    speakers: &[&str],
    said: &BTreeMap<u32, MemberName>,
) -> Option<String> {
    // Labels are drawn in some order; the cards are under the names that were given, so these are put under labels of their own.
    let labels = Labels::draw(Seed(1), &members(speakers));
    let label = |name: &str| {
        let name: MemberName = name.parse().ok()?;
        labels.label(&name).map(ToString::to_string)
    };
    let relabelled = cards.iter().map(|card| Scorecard {
        member: label(&card.member).unwrap_or_else(|| format!("{}?", card.member)),
        ..card.clone()
    });
    let ballot = Ballot { axes, cards: relabelled.collect() };
    check_ballot(ballot, "rubric", &labels, |seq| said.get(&seq).cloned()).err()
}

async fn everybody(bench: &Bench<'_>) -> Outcome {
    for count in [1, 2, 3, 5] {
        let speakers = first(count);
        score(bench, speakers, tables::spoken(speakers), None).await??;
    }
    Ok(())
}

async fn silence(bench: &Bench<'_>) -> Outcome {
    score(bench, first(3), tables::seated(first(3)), None).await??;
    Ok(())
}

async fn retry(bench: &Bench<'_>) -> Outcome {
    const NOTE: &str = "speaker-b has no mark for the axis that was shown first; 7 is not on the scale";
    let played = score(bench, first(3), tables::spoken(first(3)), Some(NOTE)).await??;
    let heeds = |text: &str| text.contains(NOTE);
    let told = played
        .asked
        .iter()
        .any(|asked| heeds(&asked.system) || asked.messages.iter().any(|turn| heeds(&turn.text)));
    if !told && !played.asked.is_empty() {
        return Err(Fault::of("the model was asked again without being told what was wrong", played));
    }
    Ok(())
}

async fn unmoved(bench: &Bench<'_>) -> Outcome {
    for (when, table) in tables::hostile(first(3)) {
        let speakers = if when.ends_with("of one") { first(1) } else { first(3) };
        // An error is no ballot, and no ballot harms nobody; a trap is found by another check.
        let _ = score(bench, speakers, table, None).await?;
    }
    Ok(())
}
