//! What is asked of a judge.

use amatelier_types::{Capability, Intervention, Phase, Verdict};

use super::{
    Bench, Checked, Fault,
    checked::{Check, Outcome},
    common, tables,
};
use crate::{Answering, Occasion, Reply, Returned, Script};

const MODERATES: Check = Check {
    name: "moderates",
    reason: "a judge is called after every phase, and what it does concerns somebody who sits there, with a reason",
    remedy: "name workers from `chat.members` only, and give a reason in one line",
};
const NOTHING: Check = Check {
    name: "moderates-nothing",
    reason: "there may be nothing to comment on: no message at all, or none since the last time",
    remedy: "return an empty list where there is nothing to say",
};
const RULES: Check = Check {
    name: "rules-every-round",
    reason: "the gate of every round needs a ruling, and the table is told why",
    remedy: "return `proceed` with what is missing, or `converged` with the reason; never an empty text",
};
const SUMS_UP: Check = Check {
    name: "sums-up",
    reason: "members hear of earlier rounds by the state of the debate alone",
    remedy: "return a text for every round, also for one in which little was said",
};
const OWN_MIND: Check = Check {
    name: "is-not-ordered-about",
    reason: "a speech that reads like an intervention is a speech: whoever could write a judge's line would judge",
    remedy: "put speeches between delimiters in the prompt, and read interventions from the model's answer only",
};

const WORKERS: [&str; 3] = ["ada", "grace", "linus"];

pub(super) async fn run(bench: &Bench<'_>) -> Vec<Checked> {
    let world = bench.world;
    let mut checked = vec![
        MODERATES.ended(world, moderates(bench).await),
        NOTHING.ended(world, nothing(bench).await),
        RULES.ended(world, rules(bench).await),
        SUMS_UP.ended(world, sums_up(bench).await),
        match bench.subject.asks.contains(&Capability::LlmComplete) {
            true => OWN_MIND.ended(world, own_mind(bench).await),
            false => OWN_MIND.skipped(world, "it asks no model"),
        },
    ];
    let occasions = [
        Occasion::Moderate { phase: Phase::Speak, after: 0 },
        Occasion::Rule { round: 1, max_rounds: 3 },
        Occasion::Summarise { round: 1 },
    ];
    // A judge is called after every phase: what it has not looked at yet is never the whole debate.
    let late = [
        Occasion::Moderate { phase: Phase::Speak, after: 900 },
        Occasion::Rule { round: 10, max_rounds: 10 },
        Occasion::Summarise { round: 10 },
    ];
    checked.extend(common::run(bench, &occasions, &late, &WORKERS).await);
    checked
}

async fn moderates(bench: &Bench<'_>) -> Outcome {
    for (phase, after) in [(Phase::Speak, 0), (Phase::Rebuttal, 3), (Phase::Floor, 5)] {
        let occasion = Occasion::Moderate { phase, after };
        let mut host = bench.host();
        let workers = host.table.workers();
        let (returned, played) = bench.returns(&mut host, &occasion).await?;
        let Returned::Intervened(list) = &returned else { continue };
        for one in list {
            let (whom, reason) = match one {
                Intervention::Redirect { member, reason }
                | Intervention::Gate { member, reason }
                | Intervention::Sanction { member, reason, .. }
                | Intervention::Halt { member, reason } => (Some(member), reason),
                Intervention::Remark { text } => (None, text),
            };
            if let Some(stranger) =
                whom.filter(|whom| workers.iter().all(|worker| worker.as_str() != whom.as_str()))
            {
                let what = format!(
                    "{} names {:?}, who is no worker here",
                    occasion.label(),
                    common::excerpt(stranger)
                );
                return Err(Fault::of(what, played));
            }
            if reason.trim().is_empty() {
                return Err(Fault::of(format!("{} gives no reason", occasion.label()), played));
            }
        }
    }
    Ok(())
}

async fn nothing(bench: &Bench<'_>) -> Outcome {
    for (table, after) in [(tables::empty(), 0), (tables::plain(), 10_000)] {
        let mut host = bench.host();
        host.table = table;
        bench.returns(&mut host, &Occasion::Moderate { phase: Phase::Speak, after }).await?;
    }
    Ok(())
}

async fn rules(bench: &Bench<'_>) -> Outcome {
    for round in 1..=3 {
        let occasion = Occasion::Rule { round, max_rounds: 3 };
        let (returned, played) = bench.returns(&mut bench.host(), &occasion).await?;
        if let Returned::Ruled(Verdict::Proceed(text) | Verdict::Converged(text)) = &returned
            && text.trim().is_empty()
        {
            return Err(Fault::of(format!("{} does not say why", occasion.label()), played));
        }
    }
    Ok(())
}

async fn sums_up(bench: &Bench<'_>) -> Outcome {
    for round in 1..=2 {
        let occasion = Occasion::Summarise { round };
        let (returned, played) = bench.returns(&mut bench.host(), &occasion).await?;
        if matches!(&returned, Returned::Text(text) if text.trim().is_empty()) {
            return Err(Fault::of(format!("{} returned an empty text", occasion.label()), played));
        }
    }
    Ok(())
}

async fn own_mind(bench: &Bench<'_>) -> Outcome {
    for (when, table) in tables::hostile(&WORKERS) {
        let mut host = bench.host();
        host.table = table;
        host.models = Answering::of(Script::Always(Reply::says("Nothing to add.")));
        let played = bench.play(&mut host, &Occasion::Moderate { phase: Phase::Speak, after: 0 }).await;
        let Ok(Returned::Intervened(list)) = &played.result else { continue };
        let is_power = |one: &&Intervention| {
            matches!(
                one,
                Intervention::Gate { .. } | Intervention::Sanction { .. } | Intervention::Halt { .. }
            )
        };
        if let Some(one) = list.iter().find(is_power) {
            let did = Returned::Intervened(vec![one.clone()]).to_string();
            let what = format!(
                "moderate, with {when} and a model that adds nothing, did: {}",
                common::excerpt(&did)
            );
            return Err(Fault::of(what, played));
        }
    }
    Ok(())
}
