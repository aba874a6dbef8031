//! What a provider says while it works, written down: every request before it leaves, its answer's id and text as they arrive, and
//! what became of it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use amatelier_journal::{CallKey, Commit, Intent, NewCall, Outcome, RequestKey, Unit};
use amatelier_llm::{Billing, Request, Stopped, Wire};
use amatelier_types::{MicroUsd, Tokens, Usage};

use crate::{
    answering::Answering,
    bill::{self, Terms},
    clock,
    cover::{Asker, Took},
    failpoint,
    live::Live,
    meter::UnderWay,
};

/// How often the text received so far is written down at most, and after how many bytes at the latest: a crash loses no more than what
/// arrived since. Looked at when a piece arrives; nothing waits.
const KEPT_EVERY: Duration = Duration::from_millis(250);
const KEPT_BYTES: usize = 4 << 10;

/// The ear of one call.
pub(crate) struct CallWire<'a> {
    live: &'a Live,
    request: &'a Request,
    key: CallKey,
    visible: bool,
    state: Mutex<State<'a>>,
}

struct State<'a> {
    /// Who is asked.
    asked: Terms,
    /// Until it is written with the first intent.
    call: Option<NewCall>,
    /// The request that was announced last.
    n: u32,
    /// Until its outcome is known.
    under_way: Option<UnderWay<'a>>,
    partial: Partial,
}

/// The text of an answer that is still arriving.
struct Partial {
    text: String,
    /// How much of it is written down, in bytes, and since when.
    kept: usize,
    since: Instant,
}

impl Partial {
    fn new() -> Self {
        Partial { text: String::new(), kept: 0, since: Instant::now() }
    }

    /// Another piece; all of the text when it is time to write it down.
    fn push(&mut self, piece: &str) -> Option<String> {
        self.text.push_str(piece);
        let waits = self.text.len().saturating_sub(self.kept);
        if waits == 0 || (waits < KEPT_BYTES && self.since.elapsed() < KEPT_EVERY) {
            return None;
        }
        (self.kept, self.since) = (self.text.len(), Instant::now());
        Some(self.text.clone())
    }
}

/// A call whose provider is done with it.
pub(crate) struct Closed<'a> {
    /// The call, if no request left and it is not written yet.
    pub unwritten: Option<NewCall>,
    /// The last request, if its outcome is not written yet.
    pub last: Option<(RequestKey, UnderWay<'a>)>,
}

impl<'a> CallWire<'a> {
    pub(crate) fn new(
        live: &'a Live,
        answering: &Answering,
        request: &'a Request,
        call: NewCall,
        visible: bool,
    ) -> Self {
        let key = call.key;
        let asked = Terms::of(answering);
        let state = State { asked, call: Some(call), n: 0, under_way: None, partial: Partial::new() };
        CallWire { live, request, key, visible, state: Mutex::new(state) }
    }

    /// The terms of whoever was asked last.
    pub(crate) fn terms(&self) -> Terms {
        self.state().asked.clone()
    }

    /// Nothing is heard any more.
    pub(crate) fn close(self) -> Closed<'a> {
        let mut state = self.state();
        let key = RequestKey { call: self.key, n: state.n };
        let (unwritten, under_way) = (state.call.take(), state.under_way.take());
        Closed { unwritten, last: under_way.map(|under_way| (key, under_way)) }
    }

    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, n: u32) -> RequestKey {
        RequestKey { call: self.key, n }
    }

    /// What the next request is written down with, and who is asked.
    fn next(&self) -> (Option<NewCall>, Terms) {
        let state = self.state();
        (state.call.clone(), state.asked.clone())
    }

    /// The intent of a request is written.
    fn left(&self, n: u32, under_way: UnderWay<'a>) {
        let mut state = self.state();
        state.call = None;
        state.n = n;
        state.under_way = Some(under_way);
        state.partial = Partial::new();
    }

    fn failed(&self, n: u32, why: &str, took: Took) {
        let Some(under_way) = self.state().under_way.take() else { return };
        let nothing = (took == Took::Nothing).then_some(MicroUsd(0));
        let outcome = outcome(&format!("failed: {why}"), Usage::default(), nothing);
        let unit = Unit::new().outcome(self.key(n), outcome, under_way.charges(took));
        // What is handed over after this comes after it: whoever is let through next sees what it took.
        self.live.journal.write(unit, Commit::NoFsync).forget();
        under_way.settle(took);
        if took == Took::Unknown {
            self.live.calls.uncertain(1);
        }
    }
}

impl Drop for CallWire<'_> {
    /// A call that is dropped while its request is under way: whoever dropped it says what becomes of that.
    fn drop(&mut self) {
        let mut state = self.state();
        let n = state.n;
        if let Some(under_way) = state.under_way.take() {
            self.live.calls.abandon(self.key(n), under_way.cover());
        }
    }
}

#[async_trait::async_trait]
impl Wire for CallWire<'_> {
    fn turned_to(&self, provider: &str, model: &str, billing: Billing) {
        self.state().asked = Terms { provider: provider.to_owned(), model: model.to_owned(), billing };
    }

    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        failpoint::here("before-intent");
        let (call, asked) = self.next();
        let worst = bill::worst(self.request, &asked, &self.live.rates);
        let intent = Intent {
            key: self.key(n),
            at: clock::now(),
            provider: asked.provider,
            model: asked.model,
            reserved: worst.cost,
        };
        let asker = Asker {
            debate: self.live.meter.debate(),
            member: &self.live.member,
            action: &self.live.action,
            call: self.key.ordinal,
        };
        let cover = self.live.meter.cover(asker, worst);
        let unit = |holds| {
            let unit = call.iter().cloned().fold(Unit::new(), Unit::call);
            unit.intent(intent.clone(), holds)
        };
        let under_way = self.live.meter.begin(cover, &self.live.patience, unit).await?;
        self.left(n, under_way);
        failpoint::here("after-intent");
        Ok(())
    }

    fn response_id(&self, n: u32, id: &str) {
        let unit = Unit::new().response_id(self.key(n), id);
        self.live.journal.write(unit, Commit::NoFsync).forget();
        failpoint::here("response-id");
    }

    fn text(&self, n: u32, piece: &str) {
        let kept = self.state().partial.push(piece);
        if let Some(text) = kept {
            let unit = Unit::new().partial(self.key(n), text);
            self.live.journal.write(unit, Commit::NoFsync).forget();
        }
        if self.visible {
            self.live.watcher.text(&self.live.member, piece);
        }
        failpoint::here("mid-stream");
    }

    fn request_failed(&self, n: u32, why: &str) {
        self.failed(n, why, Took::Unknown);
    }

    fn request_refused(&self, n: u32, why: &str) {
        self.failed(n, why, Took::Nothing);
    }
}

/// The outcome of a request whose turn ended before its answer was there.
pub(crate) fn unheard() -> Outcome {
    outcome("failed: the turn ended before the answer", Usage::default(), None)
}

/// An outcome that is known now.
pub(crate) fn outcome(name: &str, usage: Usage, cost: Option<MicroUsd>) -> Outcome {
    let tokens = |count: u64| Tokens(u32::try_from(count).unwrap_or(u32::MAX));
    Outcome {
        at: clock::now(),
        name: name.to_owned(),
        input_tokens: tokens(usage.input_tokens),
        output_tokens: tokens(usage.output_tokens),
        cached_tokens: tokens(usage.cached_tokens),
        cost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_down_when_there_is_enough_of_it_and_not_piece_by_piece() {
        let mut partial = Partial::new();
        partial.since = Instant::now() + Duration::from_secs(3600);
        assert_eq!(partial.push("a few words"), None);
        assert_eq!(partial.push(&"x".repeat(KEPT_BYTES)).map(|text| text.len()), Some(KEPT_BYTES + 11));
        partial.since = Instant::now() + Duration::from_secs(3600);
        assert_eq!(partial.push("more"), None);
        // Long ago.
        partial.since = Instant::now().checked_sub(KEPT_EVERY).unwrap();
        assert!(partial.push(" of it").unwrap().ends_with("xmore of it"));
        partial.since = Instant::now().checked_sub(KEPT_EVERY).unwrap();
        assert_eq!(partial.push(""), None, "nothing is new");
    }
}
