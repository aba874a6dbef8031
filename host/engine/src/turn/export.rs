//! The export that a task is for.

use amatelier_debate::{Action, Answer, Ballot, Task};
use amatelier_runtime::{Call, Component, Ended, Record, Runtime, Stop};
use amatelier_types::{Failure, FailureKind};

pub(super) async fn run(
    runtime: &Runtime,
    component: &Component,
    call: Call,
    task: &Task,
) -> (Result<Answer, Stop>, Record) {
    fn split<T>(ended: Ended<T>, answer: impl FnOnce(T) -> Answer) -> (Result<Answer, Stop>, Record) {
        (ended.result.map(answer), ended.record)
    }
    match task {
        Task::Turn(turn) => split(runtime.take_turn(component, call, *turn).await, Answer::Moved),
        Task::Moderate { phase, after } => {
            split(runtime.moderate(component, call, *phase, *after).await, Answer::Moderated)
        }
        Task::Rule { round, max_rounds } => {
            split(runtime.rule(component, call, *round, *max_rounds).await, Answer::Ruled)
        }
        Task::Summarise { round } => {
            split(runtime.summarise(component, call, *round).await, Answer::Summarised)
        }
        Task::Lookup { .. } => {
            let failure = Failure::new(FailureKind::HostFault, "no component looks things up");
            (Err(Stop::Failed(failure)), Record::default())
        }
        Task::Score { labels, retry_note, .. } => {
            let Ended { result, record } = runtime.axes(component, call.clone()).await;
            let axes = match result {
                Ok(axes) => axes,
                Err(stop) => return (Err(stop), record),
            };
            let members = labels.labels();
            // One turn, one number of requests.
            let mut call = call;
            call.limits.model_calls_per_turn =
                call.limits.model_calls_per_turn.saturating_sub(record.model_calls);
            let Ended { result, record: scored } =
                runtime.score(component, call, &members, retry_note.as_deref()).await;
            let record = record.then(scored);
            split(Ended { result, record }, |cards| Answer::Scored(Ballot { axes, cards }))
        }
    }
}

/// What the component wrote for its author, and what it was refused. No prompts, no answers.
pub(super) fn log(action: &Action, record: &Record) {
    for line in &record.log {
        tracing::debug!(target: "amatelier::plugin", action = %action.id, level = line.level.name(), "{}", line.text.escape_debug());
    }
    if !record.backtrace.is_empty() {
        let places = record.backtrace.join(" < ");
        tracing::info!(target: "amatelier::plugin", action = %action.id, "trapped in {}", places.escape_debug());
    }
    for function in &record.denied {
        tracing::info!(action = %action.id, function, "denied");
    }
    tracing::debug!(
        action = %action.id,
        cpu_ticks = record.cpu_ticks,
        peak_memory_bytes = record.peak_memory_bytes,
        model_calls = record.model_calls,
        "ended"
    );
}
