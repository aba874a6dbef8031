//! One call: a fresh store, one export, and the store is gone.
//!
//! A store is never used again, whatever happened in it: after a trap its instance is dead, after a timeout the interrupted call must
//! not go on, and after a success anything the guest left behind would be state between turns.

use std::{panic::AssertUnwindSafe, time::Duration};

use amatelier_types::FailureKind;
use futures_util::{FutureExt as _, future::BoxFuture};
use tracing::Instrument as _;
use wasmtime::{
    Store,
    component::{Instance, InstancePre},
};

use crate::{
    Call, Component, Ended, Limits, Patience, Record, Runtime, Stop, exports::Returned, failure,
    state::State, stopwatch::Stopwatch,
};

/// What an export answers: a value, or an error that the guest chose to return.
pub(crate) type Answer<T> = wasmtime::Result<Result<T, String>>;

impl Runtime {
    /// Call `export` of a component through `invoke`, which loads the interface and calls the function.
    pub(crate) async fn run<T: Returned>(
        &self,
        component: &Component,
        call: Call,
        export: &'static str,
        invoke: impl for<'a> FnOnce(&'a mut Store<State>, &'a Instance) -> BoxFuture<'a, Answer<T>> + Send,
    ) -> Ended<T::Plain> {
        let span = tracing::info_span!("plugin call", member = %call.member, export);
        let wall_clock = call.wall_clock.clone();
        let mut store = self.store(call);
        let (whole, ports) = (Stopwatch::default(), store.data().ports.clone());
        let work = whole.measure(enter(&mut store, &component.0.pre, invoke));
        let answer = within(wall_clock, work).instrument(span.clone()).await;
        let state = store.into_data();
        let backtrace = match &answer {
            Ok(Err(trap)) => failure::backtrace(trap),
            _ => Vec::new(),
        };
        let result = settle(answer, &state);
        let inside = whole.read().saturating_sub(ports.read());
        let record = Record { backtrace, inside, ..state.into_record() };
        span.in_scope(|| report(&result, &record));
        Ended { result, record }
    }

    fn store(&self, call: Call) -> Store<State> {
        let mut store = Store::new(self.engine(), State::new(call));
        let Limits { host_call_fuel_bytes, handles, .. } = store.data().call.limits;
        store.limiter(|state| &mut state.limiter);
        store.set_hostcall_fuel(host_call_fuel_bytes);
        store.set_max_component_handles(handles);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut store| store.data_mut().cpu.tick());
        store
    }
}

/// A call that did not come to an end by itself.
enum Cut {
    /// The wall clock ran out after this long.
    Timeout(Duration),
    /// Host code panicked: a bug of ours, or of a port.
    Panic,
}

async fn enter<T>(
    store: &mut Store<State>,
    pre: &InstancePre<State>,
    invoke: impl for<'a> FnOnce(&'a mut Store<State>, &'a Instance) -> BoxFuture<'a, Answer<T>> + Send,
) -> Answer<T> {
    let instance = pre.instantiate_async(&mut *store).await?;
    invoke(store, &instance).await
}

/// Nothing in the store is looked at after a panic but counters, and the store is dropped: unwinding is safe enough.
async fn within<T>(patience: Option<Patience>, work: impl Future<Output = T>) -> Result<T, Cut> {
    let work = AssertUnwindSafe(work).catch_unwind();
    match patience {
        None => work.await,
        Some(patience) => tokio::select! {
            biased;
            done = work => done,
            () = patience.over() => return Err(Cut::Timeout(patience.limit())),
        },
    }
    .map_err(|_| Cut::Panic)
}

fn settle<T: Returned>(answer: Result<Answer<T>, Cut>, state: &State) -> Result<T::Plain, Stop> {
    match answer {
        Ok(Ok(Ok(value))) => {
            accept(value.bytes(), state)?;
            value.check(&state.call.limits)?;
            Ok(value.into_plain())
        }
        Ok(Ok(Err(text))) => {
            accept(text.len(), state)?;
            Err(failure::of_guest_error(&text, &state.trouble))
        }
        Ok(Err(error)) => Err(failure::of_trap(&error, state)),
        Err(Cut::Panic) => Err(failure::failed(
            FailureKind::HostFault,
            "the host failed while it served the call; this is a bug",
        )),
        Err(Cut::Timeout(limit)) => {
            let limit = limit.as_secs_f64();
            Err(if state.model_in_flight {
                let message = format!("the model did not answer within the {limit} s of a turn");
                failure::failed(FailureKind::HostFault, &message)
            } else {
                failure::failed(
                    FailureKind::Limit,
                    &format!("wall clock: it took longer than the {limit} s of a turn"),
                )
            })
        }
    }
}

fn accept(bytes: usize, state: &State) -> Result<(), Stop> {
    let limit = state.call.limits.returned_bytes;
    if bytes > limit {
        let message = format!("result: it returned {bytes} bytes, the most is {limit}");
        return Err(failure::failed(FailureKind::Limit, &message));
    }
    Ok(())
}

fn report<T>(result: &Result<T, Stop>, record: &Record) {
    let (cpu_ticks, model_calls) = (record.cpu_ticks, record.model_calls);
    match result {
        Ok(_) => tracing::debug!(cpu_ticks, model_calls, "returned"),
        Err(Stop::Suspended(why)) => tracing::debug!(cpu_ticks, model_calls, why, "suspended"),
        // Without the message, which may quote a prompt.
        Err(Stop::Failed(failure)) => tracing::debug!(cpu_ticks, model_calls, kind = %failure.kind, "failed"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use amatelier_types::{Capability, Phase, Turn};

    use super::*;
    use crate::{Completion, CompletionReply, ModelError, Models, Suspended, testing};

    const TURN: Turn =
        Turn { phase: Phase::Speak, round: 1, max_rounds: 1, position: 1, of: 1, floor_turns_left: 0 };

    /// A model that thinks for ten seconds, as far as the engine's clock is concerned.
    struct Slow(Runtime);

    #[async_trait::async_trait]
    impl Models for Slow {
        async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
            for _ in 0..1_000 {
                self.0.engine().increment_epoch();
            }
            Ok(Err(ModelError::Other("thought in vain".into())))
        }

        fn count_tokens(&self, _: &str) -> u32 {
            0
        }
    }

    #[tokio::test]
    async fn time_in_a_model_call_is_not_the_guests() {
        let runtime = Runtime::new().unwrap();
        let hostile = runtime.compile(amatelier_test_support::guest("hostile")).unwrap();
        let mut call = testing::call();
        call.granted.insert(Capability::LlmComplete);
        call.settings = Arc::new([("attack".to_owned(), "think-recover".to_owned())].into());
        call.models = Arc::new(Slow(runtime.clone()));
        let ended = runtime.take_turn(&hostile, call, TURN).await;
        assert_eq!(ended.record.model_calls, 5);
        assert!(
            matches!(ended.result, Err(Stop::Failed(failure)) if failure.kind == FailureKind::GuestError)
        );
        // Once per return into the guest, and what this machine really took.
        assert!(ended.record.cpu_ticks < 100, "{}", ended.record.cpu_ticks);
    }

    #[tokio::test]
    async fn handles_of_the_guests_own_resources_count_too() {
        let runtime = Runtime::new().unwrap();
        let hoarder = "(component
            (type $thing (resource (rep i32)))
            (core func $new (canon resource.new $thing))
            (core module $hoard
                (import \"host\" \"new\" (func $new (param i32) (result i32)))
                (func $start (loop $more (drop (call $new (i32.const 1))) (br $more)))
                (start $start))
            (core instance $host (export \"new\" (func $new)))
            (core instance (instantiate $hoard (with \"host\" (instance $host)))))";
        let pre = runtime.link(&wat::parse_str(hoarder).unwrap());
        let mut store = runtime.store(testing::call());
        let error = pre.instantiate_async(&mut store).await.unwrap_err();
        let stop = failure::of_trap(&error, &store.into_data());
        assert_eq!(stop, failure::failed(FailureKind::Limit, "handles: it holds more than 256"));
    }
}
