//! What is asked of every world: to stand what happens in debates without a trap, and to do the same twice.

use amatelier_runtime::ModelError;
use amatelier_types::{Capabilities, Capability};

use super::{
    Bench, Checked, Fault,
    bench::stands,
    checked::{Check, Outcome},
    tables,
};
use crate::{Answering, Occasion, Reply, Script};

const REPEATABLE: Check = Check {
    name: "same-again",
    reason: "a debate can be replayed: the same call with the same answers gives the same result and asks the same",
    remedy: "take chance from `dice` or from the language's own random numbers, which are seeded, and time from `clock`; do not depend on the order of a hash map that is seeded otherwise",
};
const UNREFUSED: Check = Check {
    name: "asks-for-what-it-uses",
    reason: "what is not asked for in the manifest is denied, whatever the operator grants",
    remedy: "add the capability to `[capabilities]` in plugin.toml, or look with `rights.has` before you call",
};
const DENIAL: Check = Check {
    name: "stands-denial",
    reason: "an operator may refuse any capability; the plugin goes on without it, or says that it cannot",
    remedy: "treat `denied` like any other answer: do without, or return an error that says what is missing",
};
const TROUBLE: Check = Check {
    name: "stands-model-trouble",
    reason: "models are down, refuse, break off, and answer something else than was asked",
    remedy: "handle every error of `llm.complete` and every text; return an error where there is no going on",
};
const RECOVERS: Check = Check {
    name: "recovers",
    reason: "a turn that fails leaves no trace, and the next one goes well",
    remedy: "do not take a note of a failure for more than it is; ask again in the next turn",
};
const HOSTILE: Check = Check {
    name: "stands-hostile-words",
    reason: "what members say is data: orders, control characters and 200 KB in one message included",
    remedy: "cut what is long, put it between delimiters in prompts, and never index into it unchecked",
};
const LONGEST: Check = Check {
    name: "stands-the-longest-debate",
    reason: "the host gives up to 1000 messages and 256 KiB at once, and a call has its limits of memory and time",
    remedy: "recall the rounds you need instead of everything, and put no more of it into a prompt than a model takes",
};

/// The shared checks, made on these occasions among these workers; in the longest debate, on those that come late in it. Occasions must be
/// such that go well.
pub(super) async fn run(
    bench: &Bench<'_>,
    occasions: &[Occasion],
    late: &[Occasion],
    workers: &[&str],
) -> Vec<Checked> {
    let world = bench.world;
    let models = |check: &Check| check.skipped(world, "it asks no model");
    let asks_models = bench.subject.asks.contains(&Capability::LlmComplete);
    vec![
        REPEATABLE.ended(world, repeatable(bench, occasions, workers).await),
        UNREFUSED.ended(world, unrefused(bench, occasions, workers).await),
        match bench.subject.asks.is_empty() {
            true => DENIAL.skipped(world, "it asks for nothing"),
            false => DENIAL.ended(world, denial(bench, occasions, workers).await),
        },
        match asks_models {
            true => TROUBLE.ended(world, trouble(bench, occasions, workers).await),
            false => models(&TROUBLE),
        },
        match asks_models {
            true => RECOVERS.ended(world, recovers(bench, occasions, workers).await),
            false => models(&RECOVERS),
        },
        HOSTILE.ended(world, hostile(bench, occasions, workers).await),
        LONGEST.ended(world, longest(bench, late, workers).await),
    ]
}

fn host(bench: &Bench<'_>, workers: &[&str]) -> crate::VirtualHost {
    let mut host = bench.host();
    host.table = tables::spoken(workers);
    host
}

async fn repeatable(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for occasion in occasions {
        let first = bench.play(&mut host(bench, workers), occasion).await;
        let again = bench.play(&mut host(bench, workers), occasion).await;
        if !first.is_like(&again) {
            let what = match (&first.result, &again.result) {
                (Ok(first), Ok(again)) if first != again => format!(
                    "{} returned {:?} and then {:?}",
                    occasion.label(),
                    excerpt(&first.to_string()),
                    excerpt(&again.to_string())
                ),
                (Ok(_), Err(failure)) | (Err(failure), Ok(_)) => {
                    format!("{} went well once and failed once: {failure}", occasion.label())
                }
                _ => {
                    format!("{} asked, noted or was refused something else the second time", occasion.label())
                }
            };
            return Err(Fault::of(what, again));
        }
    }
    Ok(())
}

async fn unrefused(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for occasion in occasions {
        let played = bench.play(&mut host(bench, workers), occasion).await;
        if let Some(function) = played.record.denied.first() {
            let what =
                format!("{} called `{function}`, which its manifest does not ask for", occasion.label());
            return Err(Fault::of(what, played));
        }
    }
    Ok(())
}

async fn denial(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    let asks = &bench.subject.asks;
    let without = |missing: &Capability| asks.iter().filter(|own| *own != missing).copied().collect();
    let mut granted: Vec<(String, Capabilities)> =
        asks.iter().map(|missing| (format!("`{missing}` denied"), without(missing))).collect();
    if asks.len() > 1 {
        granted.push(("everything denied".into(), Capabilities::new()));
    }
    for (when, granted) in granted {
        for occasion in occasions {
            let mut host = host(bench, workers);
            host.granted = granted.clone();
            stands(bench.play(&mut host, occasion).await, &when)?;
        }
    }
    Ok(())
}

/// What models do besides answering well.
fn troubles() -> Vec<(&'static str, Reply)> {
    let ends = |finish: &str, text: &str| Reply::Says { text: text.into(), finish: finish.into() };
    vec![
        ("a model that is down", Reply::Fails(ModelError::Unavailable("maintenance".into()))),
        ("a model that stops talking", Reply::Fails(ModelError::TimedOut)),
        ("a model that takes less than the prompt", Reply::Fails(ModelError::TooLong(100))),
        ("a model that takes no token at all", Reply::Fails(ModelError::TooLong(0))),
        ("a request that is called invalid", Reply::Fails(ModelError::Invalid("no".into()))),
        ("a model that is denied", Reply::Fails(ModelError::Denied("the label `opus`".into()))),
        ("an empty answer", Reply::says("")),
        ("an answer of blanks", Reply::says(" \n\t ")),
        ("a refusal", ends("refused", "")),
        ("an answer that breaks off", ends("broken", "{\"marks\": [{\"axis\": \"nov")),
        ("an answer that was too long", ends("length", "I would say that")),
        ("prose", Reply::says("I would rather not say.")),
        ("JSON of another form", Reply::says("[{\"a\": [null, 1e99, \"\\ud83d\\ude00\"]}]")),
        ("an answer with control characters", Reply::says("\u{1b}[2J\0\r\u{202e}GATE: ada")),
        ("an answer of 200 KB", Reply::says("so it goes on, ".repeat(14_000))),
    ]
}

async fn trouble(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for (when, reply) in troubles() {
        for occasion in occasions {
            let mut host = host(bench, workers);
            host.models = Answering::of(Script::Always(reply.clone()));
            stands(bench.play(&mut host, occasion).await, when)?;
        }
    }
    Ok(())
}

async fn recovers(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for occasion in occasions {
        let mut host = host(bench, workers);
        let table = host.table.clone();
        host.models =
            Answering::of(Script::Always(Reply::Fails(ModelError::Unavailable("maintenance".into()))));
        bench.play(&mut host, occasion).await;
        host.models = Answering::of(Script::Rehearsal);
        // What it may have said meanwhile is not what is looked at.
        host.table = table;
        let played = bench.play(&mut host, occasion).await;
        if let Err(failure) = &played.result {
            let what = format!("{} failed when the model was back: {failure}", occasion.label());
            return Err(Fault::of(what, played));
        }
    }
    Ok(())
}

async fn hostile(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for (when, table) in tables::hostile(workers) {
        for occasion in occasions {
            let mut host = bench.host();
            host.table = table.clone();
            // What a model makes of it is another question, and takes its time over 200 KB.
            host.models = Answering::of(Script::Always(Reply::says("A bridge, then.")));
            stands(bench.play(&mut host, occasion).await, when)?;
        }
    }
    Ok(())
}

async fn longest(bench: &Bench<'_>, occasions: &[Occasion], workers: &[&str]) -> Outcome {
    for occasion in occasions {
        let mut host = bench.host();
        host.table = tables::longest(workers);
        stands(bench.play(&mut host, occasion).await, "1000 messages")?;
    }
    Ok(())
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let mut rest = text.chars();
    let shown: String = rest.by_ref().take(120).collect();
    if rest.next().is_some() { shown + "…" } else { shown }
}
