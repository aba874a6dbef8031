//! Running a debate again over its journal, to see whether it comes out as it did.
//!
//! Every batch of events came from one outcome. Each outcome is found again (a turn that was called, one that ended, a pause), what the
//! components said is computed anew from the pinned bytes and the recorded answers, and the machine decides once more; what it decides
//! must be what was written, byte for byte. Nothing is asked, nothing is written. Turns that failed by a limit or through the host are
//! not explained by the journal alone: their ending is taken as recorded, what they asked until then is checked. Where a debate was
//! settled, its marks are settled once more, too, on the ledger as it was.

use std::{fs, sync::Arc};

use amatelier_debate::{
    Action, Answer, Asked, Called, Debate, Digest, Ending, Event, HeldAnswer, Outcome, Spent, Stop,
    StopReason,
};
use amatelier_economy::Rules;
use amatelier_journal::{Journal, StoredEvent};
use amatelier_runtime::Stop as CallStop;
use amatelier_types::{Failure, FailureKind, MessageKind, RoundtableId, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Books, Error, Roundtable,
    components::Components,
    driver::{hear, stage},
    engine::seating,
    grounding::Grounding,
    results, stream,
    treasury::{self, settled_again},
    turn::{Carried, Means, Stage, Staged, world},
};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub enum Verification {
    /// Everything came out as it did.
    Same {
        /// Events compared.
        events: usize,
        /// Turns run again.
        turns: usize,
        /// Turns whose ending was taken as recorded.
        taken: usize,
        /// Whether a published digest was compared, too.
        digest_file: bool,
    },
    /// The first thing that did not.
    Different(Difference),
}

/// The first difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The turn it shows in, if it shows in one.
    pub turn: Option<String>,
    /// What differs.
    pub what: String,
    /// As it was recorded.
    pub recorded: String,
    /// As it came out now.
    pub replayed: String,
}

/// The longest value shown of a difference, in characters.
const SHOWN: usize = 200;

/// A debate that is being run again.
pub(crate) struct Replay {
    journal: Journal,
    /// By what is settled now.
    rules: Rules,
    components: Components,
    stage: Stage,
    debate: Debate,
    /// The ledger, as far as a turn has read it.
    books: Books,
    /// The digest when the debate was last over.
    digest: Option<Digest>,
    turns: usize,
    taken: usize,
}

/// Run a debate again. `published` is the digest's file, if there is one.
pub(crate) async fn verify(
    journal: Journal,
    components: Components,
    rules: Rules,
    id: &RoundtableId,
    published: Option<&std::path::Path>,
) -> Result<Verification, Error> {
    let stored = journal.events(&stream::name(id), 0)?;
    let bad = |reason: String| Error::BadEvents { id: id.clone(), reason };
    let first = stored.first().ok_or_else(|| Error::NoSuchRoundtable(id.clone()))?;
    let setup = match stream::decode(first) {
        Ok(Event::RoundtableOpened { setup }) => *setup,
        Ok(_) => return Err(bad("it was never opened".into())),
        Err(reason) => return Err(bad(reason)),
    };
    let batches: Vec<&[StoredEvent]> = stored.chunk_by(|one, next| one.batch == next.batch).collect();
    let (debate, opened) = Debate::open(setup);
    let opening = batches.first().copied().unwrap_or_default();
    if let Some(difference) = compare(opening, &opened, None) {
        return Ok(Verification::Different(difference));
    }
    let stage = Stage {
        journal: journal.clone(),
        runtime: components.runtime().clone(),
        means: Means::Replay,
        setup: debate.setup().clone(),
        seating: Arc::new(seating(&debate)),
        transcript: Roundtable::transcript(&opened, &debate),
        grounding: Grounding::recorded(debate.setup()),
    };
    let mut replay = Replay {
        journal,
        rules,
        components,
        stage,
        debate,
        books: Books::default(),
        digest: None,
        turns: 0,
        taken: 0,
    };
    for batch in batches.iter().skip(1) {
        if let Some(difference) = replay.batch(batch).await? {
            return Ok(Verification::Different(difference));
        }
    }
    let digest_file = match replay.published(published)? {
        Ok(found) => found,
        Err(difference) => return Ok(Verification::Different(difference)),
    };
    Ok(Verification::Same { events: stored.len(), turns: replay.turns, taken: replay.taken, digest_file })
}

impl Replay {
    /// Find the outcome behind a batch of events, decide on it again, compare, and take the events in.
    async fn batch(&mut self, batch: &[StoredEvent]) -> Result<Option<Difference>, Error> {
        let mut events = Vec::with_capacity(batch.len());
        for stored in batch {
            match stream::decode(stored) {
                Ok(event) => events.push(event),
                Err(reason) => return Ok(Some(unreadable(stored, reason))),
            }
        }
        let decided = match cause(&events) {
            Some(Cause::Told(outcome)) => {
                let turn = called(&outcome);
                let decided = self.debate.decide(outcome);
                (decided, turn)
            }
            Some(Cause::Ended { action, spent, at, ending }) => {
                let Some(found) = self.debate.next().into_iter().find(|open| open.id.as_str() == action)
                else {
                    return Ok(Some(unexpected(batch, &action)));
                };
                let action_id = found.id.clone();
                match self.run(found, spent, ending).await? {
                    Ran::Answered { answer, asked, noted } => {
                        let ended = answer.is_ok();
                        let outcome = Outcome::Ended { action: action_id, answer, spent, asked, at };
                        let mut decided = self.debate.decide(outcome);
                        if ended {
                            decided.extend(self.debate.decide(noted));
                        }
                        (decided, Some(action))
                    }
                    Ran::AsRecorded => {
                        self.taken += 1;
                        (events.clone(), Some(action))
                    }
                    Ran::Strayed(difference) => return Ok(Some(difference)),
                }
            }
            None => return Ok(Some(unexpected(batch, "no outcome"))),
        };
        let (decided, turn) = decided;
        if let Some(difference) = compare(batch, &decided, turn.as_deref()) {
            return Ok(Some(difference));
        }
        if let Some(difference) = settled_again(&self.journal, &self.rules, &self.debate, &decided, batch)? {
            return Ok(Some(Difference { turn, ..difference }));
        }
        if self.debate.is_over() {
            self.digest = Some(self.debate.digest());
        }
        for event in &decided {
            self.debate.apply(event);
            hear(&self.stage.transcript, &self.debate, event);
        }
        Ok(None)
    }

    async fn run(&mut self, action: Action, recorded: Spent, ending: Option<Ending>) -> Result<Ran, Error> {
        let id = action.id.clone();
        let differs = |what: &str, recorded: String, replayed: String| {
            Ran::Strayed(Difference { turn: Some(id.to_string()), what: what.into(), recorded, replayed })
        };
        let Some(Called { component: hash, heard, ledger, rights, is_curtailed }) =
            self.debate.called(&action.id)
        else {
            return Ok(differs("a turn ended that was not called", id.to_string(), String::new()));
        };
        let component = match (world(&action.task), hash) {
            (Some(world), Some(hash)) => match self.components.pinned(world, &hash).await {
                Ok(component) => Some(component),
                Err(error) => return Ok(differs("the component", hash.to_string(), error.to_string())),
            },
            _ => None,
        };
        // Whoever had rights of its own was an installed plugin, and its bytes say what it is told and may use.
        let manifest = match hash.filter(|_| rights.is_some()).map(|hash| self.components.manifest(&hash)) {
            None => None,
            Some(Ok(manifest)) => manifest,
            Some(Err(error)) => return Ok(differs("the manifest", "readable".into(), error.to_string())),
        };
        let books = self.books(ledger)?;
        let staged = Staged { books, manifest, ..stage(&self.debate, action, component, None, false, heard) };
        let round = self.debate.round();
        let Carried { action, answer, spent, asked, notes, strayed, .. } =
            match self.stage.clone().carry_out(staged, round).await {
                Ok(carried) => carried,
                Err(Error::BadEvents { reason, .. }) => {
                    return Ok(differs("an answer", "readable".into(), reason));
                }
                Err(error) => return Err(error),
            };
        self.turns += 1;
        let excused = matches!(ending, Some(Ending::Failed(FailureKind::Limit | FailureKind::HostFault)));
        let (missing, unasked) = strayed;
        if let Some(missing) = missing {
            // The one request that a turn may have made without an answer is the one that a limit cut off.
            let open = self.journal.calls_of_action(&stream::name(&self.debate.setup().id), id.as_str())?;
            let cut_off = excused && open.iter().any(|call| call.answer.is_none());
            // So may one that was interrupted and whose component was not called again.
            return Ok(if cut_off || excused && is_curtailed {
                Ran::AsRecorded
            } else {
                differs("what the turn asked", "in the journal".into(), missing)
            });
        }
        // What was asked before rights were cut need not have been asked again.
        if unasked > 0 && !is_curtailed {
            return Ok(differs("what the turn asked", format!("{unasked} more calls"), "not made".into()));
        }
        if spent.usage != recorded.usage {
            return Ok(differs(
                "the tokens used",
                format!("{:?}", recorded.usage),
                format!("{:?}", spent.usage),
            ));
        }
        Ok(match answer {
            _ if excused => Ran::AsRecorded,
            Ok(answer) => {
                let noted = Outcome::Noted { member: action.member, notes };
                Ran::Answered { answer: Ok(answer), asked, noted }
            }
            Err(CallStop::Failed(failure)) => {
                let noted = Outcome::Noted { member: action.member, notes: Default::default() };
                Ran::Answered { answer: Err(failure), asked, noted }
            }
            Err(CallStop::Suspended(why)) => differs("how the turn ended", "with an answer".into(), why),
        })
    }

    /// The ledger as a turn could read it. Turns are called in the order of the ledger, so it is mostly read on; only turns that run
    /// side by side may end in another order.
    fn books(&mut self, ledger: u64) -> Result<Books, Error> {
        if ledger < self.books.seq {
            self.books = Books::default();
        }
        if ledger > self.books.seq {
            let mut fresh = self.journal.events(treasury::STREAM, self.books.seq)?;
            fresh.retain(|event| event.seq <= ledger);
            self.books.follow(&fresh).map_err(Error::BadLedger)?;
        }
        Ok(self.books.clone())
    }

    /// Whether there is a published digest; a difference when it is another than this debate's.
    fn published(&self, path: Option<&std::path::Path>) -> Result<Result<bool, Difference>, Error> {
        let Some(text) = path.and_then(|path| fs::read_to_string(path).ok()) else { return Ok(Ok(false)) };
        // A scoring that was cut off has not published anything yet.
        let before = self.digest.clone().filter(|_| !self.debate.is_over());
        let digest = before.unwrap_or_else(|| self.debate.digest());
        let expected = results::json(&treasury::complete(&self.journal, digest)?);
        if text == expected {
            return Ok(Ok(true));
        }
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
        let (place, recorded, replayed) = first_difference(&parse(&text), &parse(&expected), String::new())
            .unwrap_or_else(|| (String::new(), "other white space".into(), String::new()));
        Ok(Err(Difference { turn: None, what: format!("the published digest{place}"), recorded, replayed }))
    }
}

/// How a turn ended when it was run again.
enum Ran {
    /// With this, and with these notes kept if it ended well.
    Answered { answer: Result<Answer, Failure>, asked: Vec<Asked>, noted: Outcome },
    /// In a way that the journal does not explain.
    AsRecorded,
    /// Not as it did.
    Strayed(Difference),
}

/// What a batch of events came from.
enum Cause {
    /// An outcome that needs no component.
    Told(Outcome),
    /// The end of a turn.
    Ended { action: String, spent: Spent, at: Timestamp, ending: Option<Ending> },
}

fn cause(events: &[Event]) -> Option<Cause> {
    let called = events.iter().find_map(|event| match event {
        Event::TurnCalled { action, component, ledger, rights, at, .. } => {
            let (action, rights) = (action.clone(), rights.clone());
            Some(Outcome::Called { action, component: *component, ledger: *ledger, rights, at: *at })
        }
        _ => None,
    });
    let ended = events.iter().find_map(|event| match event {
        Event::AnswerHeld { action, answer, spent, at, .. } => {
            let ending = match answer {
                HeldAnswer::Failed(failure) => Some(Ending::Failed(failure.kind)),
                HeldAnswer::Moved(_) => None,
            };
            Some(Cause::Ended { action: action.to_string(), spent: *spent, at: *at, ending })
        }
        Event::TurnFinished { action, spent, at, ending, .. } => {
            Some(Cause::Ended { action: action.to_string(), spent: *spent, at: *at, ending: Some(*ending) })
        }
        _ => None,
    });
    let told = events.first().and_then(|event| match event {
        Event::RoundtablePaused { reason, at } => Some(Outcome::Paused { reason: reason.clone(), at: *at }),
        Event::RoundtableResumed { at } => Some(Outcome::Resumed { at: *at }),
        Event::RoundtableClosed { stop: Stop { reason: StopReason::Operator, .. }, at } => {
            Some(Outcome::Stopped { at: *at })
        }
        Event::RightsCurtailed { action, rights, at } => {
            Some(Outcome::Curtailed { action: action.clone(), rights: rights.clone(), at: *at })
        }
        Event::CapsSet { caps, at } => Some(Outcome::Capped { caps: *caps, at: *at }),
        Event::ScoringOpened { rubric, official, double, at } => {
            Some(Outcome::Rescored { rubric: rubric.clone(), official: *official, double: *double, at: *at })
        }
        Event::ConsentSet { assisted, at } => Some(Outcome::Consented { assisted: *assisted, at: *at }),
        Event::MessagePosted(posted) if posted.message.kind == MessageKind::Interjection => {
            let (to, text) = (posted.message.to.clone(), posted.message.text.clone());
            Some(Outcome::Interjected { to, text, at: posted.at })
        }
        Event::MessagePosted(posted) => events.get(1).and_then(|event| match event {
            Event::MemberPreferred { member } => {
                Some(Outcome::Preferred { member: member.clone(), at: posted.at })
            }
            Event::MemberMuted { member, muted } => {
                Some(Outcome::Muted { member: member.clone(), muted: *muted, at: posted.at })
            }
            _ => None,
        }),
        _ => None,
    });
    told.or(called).map(Cause::Told).or(ended)
}

fn called(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Called { action, .. } => Some(action.to_string()),
        _ => None,
    }
}

/// The first event that is not the one that was written.
fn compare(stored: &[StoredEvent], decided: &[Event], turn: Option<&str>) -> Option<Difference> {
    let places = stored.len().max(decided.len());
    (0..places).find_map(|place| {
        let recorded = stored.get(place);
        let replayed = decided.get(place).map(serde_json::to_value).map(Result::unwrap_or_default);
        let bytes = decided.get(place).map(serde_json::to_vec).and_then(Result::ok);
        if recorded.map(|stored| &stored.body) == bytes.as_ref() {
            return None;
        }
        let recorded: Option<Value> =
            recorded.map(|stored| serde_json::from_slice(&stored.body).unwrap_or_default());
        let (recorded, replayed) = (recorded.unwrap_or_default(), replayed.unwrap_or_default());
        let kind = |event: &Value| event.get("event").and_then(Value::as_str).map(str::to_owned);
        let kind = kind(&recorded).or_else(|| kind(&replayed)).unwrap_or_else(|| "event".into());
        let (path, old, new) = first_difference(&recorded, &replayed, String::new())
            .unwrap_or_else(|| (String::new(), shown(&recorded), shown(&replayed)));
        let what = format!("{kind}{path}");
        Some(Difference { turn: turn.map(str::to_owned), what, recorded: old, replayed: new })
    })
}

/// Where two values first differ, and how.
pub(crate) fn first_difference(one: &Value, other: &Value, path: String) -> Option<(String, String, String)> {
    match (one, other) {
        (Value::Object(one_map), Value::Object(other_map)) => {
            let missing = Value::Null;
            let keys = one_map.keys().chain(other_map.keys().filter(|key| !one_map.contains_key(*key)));
            keys.map(|key| {
                (key, one_map.get(key).unwrap_or(&missing), other_map.get(key).unwrap_or(&missing))
            })
            .find_map(|(key, one, other)| first_difference(one, other, format!("{path}.{key}")))
        }
        (Value::Array(ones), Value::Array(others)) => {
            let missing = Value::Null;
            (0..ones.len().max(others.len())).find_map(|place| {
                let (one, other) =
                    (ones.get(place).unwrap_or(&missing), others.get(place).unwrap_or(&missing));
                first_difference(one, other, format!("{path}[{place}]"))
            })
        }
        _ if one == other => None,
        _ => Some((path, shown(one), shown(other))),
    }
}

/// A value, around its beginning.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= SHOWN { text } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

fn unreadable(stored: &StoredEvent, reason: String) -> Difference {
    Difference {
        turn: None,
        what: format!("event {}", stored.seq),
        recorded: reason,
        replayed: "a readable event".into(),
    }
}

fn unexpected(batch: &[StoredEvent], found: &str) -> Difference {
    let kinds: Vec<&str> = batch.iter().map(|stored| stored.kind.as_str()).collect();
    Difference {
        turn: Some(found.to_owned()),
        what: "events that nothing leads to".into(),
        recorded: kinds.join(", "),
        replayed: "nothing".into(),
    }
}
