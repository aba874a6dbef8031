//! Models as a turn may ask them: every answer is journaled, and none is bought twice.
//!
//! Only what no earlier attempt at the action was answered is asked: the intent is durable before the request leaves, the answer is on
//! disk (safe from a kill, from a power cut with the next intent) before the component sees it. A replay has nobody to ask: what is not
//! found ends it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use amatelier_journal::{CallKey, Commit, Intent, Journal, NewCall, Outcome, RequestKey, TurnId, Unit};
use amatelier_llm::{CallFacts, Request, Stopped, Wire, estimate_tokens};
use amatelier_runtime::{Completion, CompletionReply, ModelError, Models, Suspended};
use amatelier_types::{MemberName, Tokens, Usage};
use tracing::Instrument as _;

use crate::{
    Watcher,
    answering::{Answering, Labels},
    calls::{Calls, Numbered},
    clock,
    inquiry::{Inquire, Inquiry},
    meter::Meter,
    recorded::{COMPLETE, RecordedAnswer, RecordedRequest},
};

/// The longest answer that is asked for when the component does not say, in tokens.
const ANSWER_TOKENS: u32 = 4_096;

/// The models of one turn.
pub(crate) struct TurnModels {
    pub source: Source,
    pub action: String,
    pub calls: Arc<Calls>,
}

/// Where answers come from that are not in the journal.
pub(crate) enum Source {
    /// A provider.
    Provider(Box<Live>),
    /// Nowhere: the turn is run again to see whether it asks what it asked.
    Nowhere,
}

/// What is wanted, as whoever answers is asked for it.
pub(crate) fn request(what: Inquiry, answering: &Answering, facts: CallFacts) -> Result<Request, ModelError> {
    let schema = what.schema.map(|text| serde_json::from_str(&text)).transpose();
    let schema = schema.map_err(|error| ModelError::Invalid(format!("the schema is not JSON: {error}")))?;
    let model = &answering.model;
    // The answer may take a quarter of what the model takes, so that the prompt has room.
    let ceiling = (answering.provider.context_tokens(model) / 4).max(1);
    let wanted = if what.max_tokens == 0 { ANSWER_TOKENS } else { what.max_tokens };
    let wanted = answering.max_tokens.map_or(wanted, |most| wanted.min(most));
    Ok(Request {
        model: model.clone(),
        system: what.system,
        messages: what.messages,
        max_tokens: wanted.min(ceiling),
        temperature: what.temperature.or(answering.temperature),
        effort: what.effort.or_else(|| answering.effort.clone()),
        stop: what.stop,
        schema,
        tools: what.tools,
        facts: Arc::new(facts),
    })
}

/// What it takes to ask a provider.
pub(crate) struct Live {
    pub journal: Journal,
    pub turn: TurnId,
    /// Whoever answers where the asker names no label.
    pub own: Answering,
    pub labels: Labels,
    pub facts: CallFacts,
    pub member: MemberName,
    pub watcher: Arc<dyn Watcher>,
    pub meter: Arc<Meter>,
}

impl Live {
    /// Who answers under a label.
    fn answering(&self, label: Option<&str>) -> Answering {
        label.map_or_else(|| self.own.clone(), |label| (self.labels)(label))
    }

    /// Who is to answer, and what it is asked.
    fn request(&self, what: Inquiry, call: u32) -> Result<(Answering, Request), ModelError> {
        let facts = CallFacts { call, ..self.facts.clone() };
        let answering = self.answering(what.model.as_deref());
        let request = request(what, &answering, facts)?;
        Ok((answering, request))
    }

    async fn ask(
        &self,
        answering: &Answering,
        request: &Request,
        new: NewCall,
        visible: bool,
    ) -> Result<RecordedAnswer, Suspended> {
        let key = new.key;
        let wire = CallWire {
            journal: &self.journal,
            call: Mutex::new(Some(new)),
            key,
            provider: answering.provider.name().to_owned(),
            model: request.model.clone(),
            watcher: visible.then_some((&self.watcher, &self.member)),
            requests: AtomicU32::new(0),
        };
        let span = tracing::info_span!("call", ordinal = key.ordinal, model = %request.model);
        let replied = answering.provider.complete(request, &wire).instrument(span).await;
        let outcome = replied.as_ref().ok().map(|reply| outcome(reply.finish.name(), reply.usage));
        let answer = RecordedAnswer::of(replied)?;
        let bytes = serde_json::to_vec(&answer).map_err(|error| Suspended(error.to_string()))?;
        let mut unit = Unit::new();
        if let Some(outcome) = outcome {
            let request = RequestKey { call: key, n: wire.requests.load(Ordering::Relaxed) };
            unit = unit.outcome(request, outcome);
        }
        if wire.call.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            // Nothing left the host, so there is no call to answer: what refused the request will refuse it again.
            return Ok(answer);
        }
        let written = self.journal.write(unit.answer(key, bytes, clock::now()), Commit::NoFsync).await;
        written.map_err(|error| Suspended(error.to_string()))?;
        Ok(answer)
    }
}

#[async_trait::async_trait]
impl Inquire for TurnModels {
    /// A replay says what was said when it was asked: tools stand in the request, so a turn that
    /// asked with them is found with them.
    fn has_tools(&self, label: Option<&str>) -> bool {
        match &self.source {
            Source::Provider(live) => {
                self.calls.had_tools().unwrap_or_else(|| live.answering(label).provider.has_tools())
            }
            Source::Nowhere => self.calls.had_tools().unwrap_or_default(),
        }
    }

    /// The answer is in the journal when it returns.
    async fn put(&self, what: Inquiry) -> Result<Result<RecordedAnswer, ModelError>, Suspended> {
        let visible = what.visible;
        let asked = RecordedRequest::of(&what).bytes();
        let (bytes, hash) = asked.map_err(|error| Suspended(error.to_string()))?;
        let Numbered { ordinal, occurrence, answer, uncertain } = self.calls.number(COMPLETE, hash);
        let (Source::Provider(live), None) = (&self.source, &answer) else {
            let Some(answer) = answer else { return Err(Suspended(self.calls.miss(ordinal))) };
            // An answer that cannot be read is an error: asking again would buy it twice.
            let unreadable = |error| Suspended(format!("a recorded answer cannot be read: {error}"));
            let answer: RecordedAnswer = serde_json::from_slice(&answer).map_err(unreadable)?;
            if let Source::Provider(live) = &self.source {
                live.meter.take(answer.usage());
            }
            self.calls.spend(answer.usage());
            return Ok(Ok(answer));
        };
        let (answering, request) = match live.request(what, ordinal) {
            Ok(asked) => asked,
            Err(error) => return Ok(Err(error)),
        };
        let worst = u64::from(prompt_tokens(&request)) + u64::from(request.max_tokens);
        let reserved = live.meter.reserve(worst).await.map_err(Suspended)?;
        if uncertain > 0 {
            self.calls.resend(uncertain);
            live.watcher.note(&format!(
                "{}: a request was in flight when the program stopped and is asked once more",
                self.action
            ));
        }
        let new = NewCall {
            key: CallKey { turn: live.turn, ordinal },
            function: COMPLETE.into(),
            request_hash: hash,
            occurrence,
            request: bytes,
        };
        let answer = live.ask(&answering, &request, new, visible).await?;
        match &answer {
            RecordedAnswer::Reply { usage, .. } => reserved.settle(*usage),
            // Refused before anything was worked on.
            RecordedAnswer::TooLong(_) | RecordedAnswer::Invalid(_) => reserved.settle(Usage::default()),
            // What was sent may have been paid for, and nobody says how much.
            RecordedAnswer::TimedOut | RecordedAnswer::Unavailable(_) => drop(reserved),
        }
        self.calls.spend(answer.usage());
        Ok(Ok(answer))
    }
}

#[async_trait::async_trait]
impl Models for TurnModels {
    async fn complete(&self, what: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        Ok(self.put(what.into()).await?.and_then(RecordedAnswer::told))
    }

    fn count_tokens(&self, text: &str) -> u32 {
        estimate_tokens(text)
    }
}

/// An estimate of what a request's prompt takes.
fn prompt_tokens(request: &Request) -> u32 {
    let said = request
        .messages
        .iter()
        .flat_map(|turn| turn.calls.iter().map(|call| call.arguments.as_str()).chain([turn.text.as_str()]));
    let schema = request.schema.as_ref().map(ToString::to_string).unwrap_or_default();
    let tools =
        request.tools.iter().map(|tool| format!("{} {} {}", tool.name, tool.description, tool.parameters));
    let rest: Vec<String> = tools.chain([schema]).collect();
    let texts = said.chain([request.system.as_str()]).chain(rest.iter().map(String::as_str));
    texts.map(estimate_tokens).fold(0, u32::saturating_add)
}

/// Writes down what a provider says while it works.
struct CallWire<'a> {
    journal: &'a Journal,
    /// Until it is written with the first intent.
    call: Mutex<Option<NewCall>>,
    key: CallKey,
    provider: String,
    model: String,
    watcher: Option<(&'a Arc<dyn Watcher>, &'a MemberName)>,
    requests: AtomicU32,
}

impl CallWire<'_> {
    fn request(&self, n: u32) -> RequestKey {
        RequestKey { call: self.key, n }
    }
}

#[async_trait::async_trait]
impl Wire for CallWire<'_> {
    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        let new = self.call.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut unit = Unit::new();
        if let Some(call) = new {
            unit = unit.call(call);
        }
        let intent = Intent {
            key: self.request(n),
            at: clock::now(),
            provider: self.provider.clone(),
            model: self.model.clone(),
            reserved: None,
        };
        self.requests.store(n, Ordering::Relaxed);
        // The one barrier of a call: everything that was written before it is durable with it.
        let written = self.journal.write(unit.intent(intent), Commit::Fsync).await;
        written.map(drop).map_err(|error| Stopped(error.to_string()))
    }

    fn response_id(&self, n: u32, id: &str) {
        self.journal.write(Unit::new().response_id(self.request(n), id), Commit::NoFsync).forget();
    }

    fn text(&self, _n: u32, piece: &str) {
        if let Some((watcher, member)) = self.watcher {
            watcher.text(member, piece);
        }
    }

    fn request_failed(&self, n: u32, why: &str) {
        let outcome = outcome(&format!("failed: {why}"), Usage::default());
        self.journal.write(Unit::new().outcome(self.request(n), outcome), Commit::NoFsync).forget();
    }
}

fn outcome(name: &str, usage: Usage) -> Outcome {
    let tokens = |count: u64| Tokens(u32::try_from(count).unwrap_or(u32::MAX));
    Outcome {
        at: clock::now(),
        name: name.to_owned(),
        input_tokens: tokens(usage.input_tokens),
        output_tokens: tokens(usage.output_tokens),
        cached_tokens: tokens(usage.cached_tokens),
        cost: None,
    }
}
