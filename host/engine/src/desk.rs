//! The Steward as turns and lookups have it: every look at a file is journaled, so that a turn that is run again sees what it saw,
//! whatever became of the files.

use std::sync::{Arc, Mutex, PoisonError};

use amatelier_debate::Asked;
use amatelier_journal::{CallKey, Commit, Journal, NewCall, TurnId, Unit};
use amatelier_llm::{PromptTurn, Speaker, Tool, ToolCall};
use amatelier_runtime::{LineHit, Lines, LookupError, ModelError, Suspended};
use amatelier_steward::{
    Halted, LocalDesk, Mind, Observation, Operation, Prompt, Refusal, RefusalKind, RegisteredFile, Reply,
};
use amatelier_types::{Citation, Finding, LookupOutcome, Sha256};

use crate::{
    calls::Calls,
    clock,
    inquiry::{Inquire, Inquiry},
    models::TurnModels,
    recorded::RecordedAnswer,
};

/// The host function of a look at files, as `calls.function` names it.
pub(crate) const PERFORM: &str = "steward.perform";

/// The most bytes of an operation that is looked at, and written down, at all: several times what any that makes sense has.
const OPERATION_BYTES: usize = 16 << 10;

/// The longest question that is put at all, in bytes, and how many one turn may put: those that fail cost nothing, and each is posted.
const QUESTION_BYTES: usize = 4_000;
const QUESTIONS: u32 = 16;

/// What an operation was answered, as the journal keeps it.
pub(crate) type Answer = Result<Observation, Refusal>;

/// Registered files behind the journal of a turn.
#[derive(Clone)]
pub(crate) struct JournaledDesk {
    pub calls: Arc<Calls>,
    pub files: Arc<[RegisteredFile]>,
    /// Who looks, and where it is written down; none for a replay.
    pub local: Option<(LocalDesk, Journal, TurnId)>,
}

#[async_trait::async_trait]
impl amatelier_steward::Desk for JournaledDesk {
    fn files(&self) -> &[RegisteredFile] {
        &self.files
    }

    async fn perform(&self, operation: Operation) -> Result<Answer, Halted> {
        let halted = |error: &dyn std::fmt::Display| Halted(error.to_string());
        let request = serde_json::to_vec(&operation).map_err(|error| halted(&error))?;
        if request.len() > OPERATION_BYTES {
            let why =
                format!("a lookup takes {OPERATION_BYTES} bytes at most, and this one has {}", request.len());
            return Ok(Err(Refusal::BadRequest { why }));
        }
        let hash = Sha256::of(&request);
        let numbered = self.calls.number(PERFORM, hash);
        if let Some(bytes) = numbered.answer {
            return serde_json::from_slice(&bytes).map_err(|error| halted(&error));
        }
        let Some((local, journal, turn)) = &self.local else {
            return Err(Halted(self.calls.miss(numbered.ordinal)));
        };
        let answer = local.perform(operation).await?;
        let bytes = serde_json::to_vec(&answer).map_err(|error| halted(&error))?;
        let key = CallKey { turn: *turn, ordinal: numbered.ordinal };
        let call = NewCall {
            key,
            function: PERFORM.into(),
            request_hash: hash,
            occurrence: numbered.occurrence,
            request,
        };
        // On disk before anybody acts on it; durable with the next barrier, as the answers of models are.
        let unit = Unit::new().call(call).answer(key, bytes, clock::now());
        journal.write(unit, Commit::NoFsync).await.map_err(|error| halted(&error))?;
        Ok(answer)
    }
}

/// The model that helps the Steward, asked in the Steward's own words.
pub(crate) struct Helper {
    /// The label that was chosen; none means the Steward's own.
    label: Option<String>,
    models: Arc<dyn Inquire>,
    /// The model that answered last.
    answered: Mutex<Option<String>>,
}

impl Helper {
    pub(crate) fn new(models: Arc<dyn Inquire>, label: Option<String>) -> Self {
        Helper { label, models, answered: Mutex::default() }
    }
}

#[async_trait::async_trait]
impl Mind for Helper {
    fn has_tools(&self) -> bool {
        self.models.has_tools(self.label.as_deref())
    }

    async fn ask(&self, prompt: &Prompt) -> Result<Result<Reply, String>, Halted> {
        let asked = self.models.put(inquiry(self.label.clone(), prompt));
        Ok(match asked.await.map_err(|Suspended(why)| Halted(why))? {
            Ok(RecordedAnswer::Reply { text, model, calls, .. }) => {
                *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = Some(model);
                Ok(reply(text, calls))
            }
            Ok(other) => Err(other.told().err().map(|error| error.to_string()).unwrap_or_default()),
            Err(error @ ModelError::Denied(_)) => return Err(Halted(error.to_string())),
            Err(error) => Err(error.to_string()),
        })
    }
}

/// The Steward's prompt as a question to a model.
pub(crate) fn inquiry(label: Option<String>, prompt: &Prompt) -> Inquiry {
    let call = |call: &amatelier_steward::ToolCall| ToolCall {
        id: call.id.clone(),
        name: call.name.clone(),
        arguments: call.arguments.to_string(),
    };
    let turn = |turn: &amatelier_steward::PromptTurn| match turn {
        amatelier_steward::PromptTurn::User { text } => PromptTurn::said(Speaker::User, text),
        amatelier_steward::PromptTurn::Assistant { text, calls } => PromptTurn {
            calls: calls.iter().map(call).collect(),
            ..PromptTurn::said(Speaker::Assistant, text)
        },
        amatelier_steward::PromptTurn::ToolResult { id, text } => {
            PromptTurn { call_id: Some(id.clone()), ..PromptTurn::said(Speaker::Tool, text) }
        }
    };
    let tool = |tool: &amatelier_steward::Tool| Tool {
        name: tool.name.clone(),
        description: tool.description.clone(),
        parameters: tool.parameters.clone(),
    };
    Inquiry {
        model: label,
        system: prompt.system.clone(),
        messages: prompt.turns.iter().map(turn).collect(),
        max_tokens: prompt.max_tokens,
        temperature: Some(0.0),
        effort: None,
        stop: Vec::new(),
        schema: prompt.schema.as_ref().map(ToString::to_string),
        tools: prompt.tools.iter().map(tool).collect(),
        left_out: Vec::new(),
        visible: false,
    }
}

/// A model's reply as the Steward takes it; arguments that are no JSON are taken as a text, which no tool accepts.
pub(crate) fn reply(text: String, calls: Vec<ToolCall>) -> Reply {
    let call = |call: ToolCall| {
        let arguments = serde_json::from_str(&call.arguments);
        amatelier_steward::ToolCall {
            id: call.id,
            name: call.name,
            arguments: arguments.unwrap_or(serde_json::Value::String(call.arguments)),
        }
    };
    Reply { text, calls: calls.into_iter().map(call).collect() }
}

/// Put a question to the Steward.
pub(crate) async fn ask(
    desk: &dyn amatelier_steward::Desk,
    helper: Option<&Helper>,
    question: &str,
) -> Result<Finding, Suspended> {
    let mind = helper.map(|helper| helper as &dyn Mind);
    let found = amatelier_steward::answer(desk, mind, question).await;
    let mut finding = found.map_err(|Halted(why)| Suspended(why))?;
    if let Some(helper) = helper {
        finding.model = helper.answered.lock().unwrap_or_else(PoisonError::into_inner).clone();
    }
    Ok(finding)
}

/// The Steward of one turn of a component.
pub(crate) struct TurnDesk {
    pub desk: JournaledDesk,
    /// None where no model may help.
    pub models: Option<Arc<TurnModels>>,
    /// How many questions the member may put in this turn.
    pub requests: u32,
    /// What it asked.
    pub asked: Mutex<Vec<Asked>>,
}

impl TurnDesk {
    fn asked(&self) -> std::sync::MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the turn asked, in order.
    pub(crate) fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked())
    }

    async fn perform(&self, operation: Operation) -> Result<Result<Observation, LookupError>, Suspended> {
        if self.desk.files.is_empty() {
            return Ok(Err(LookupError::Off));
        }
        let answer = amatelier_steward::Desk::perform(&self.desk, operation).await;
        Ok(answer.map_err(|Halted(why)| Suspended(why))?.map_err(|refusal| told(&refusal)))
    }
}

#[async_trait::async_trait]
impl amatelier_runtime::Desk for TurnDesk {
    fn files(&self) -> Vec<(String, u64)> {
        self.desk.files.iter().map(|file| (file.name.clone(), file.bytes)).collect()
    }

    async fn read(
        &self,
        file: &str,
        first_line: u32,
        lines: u32,
    ) -> Result<Result<Lines, LookupError>, Suspended> {
        let seen = self.perform(Operation::Read { file: file.to_owned(), first_line, lines }).await?;
        Ok(seen.and_then(|seen| match seen {
            Observation::Excerpt(excerpt) => Ok(Lines {
                place: Citation {
                    file: excerpt.file.name,
                    first_line: excerpt.first_line,
                    last_line: excerpt.last_line,
                    text: excerpt.text,
                    sha256: excerpt.file.sha256,
                },
                truncated: excerpt.truncated,
            }),
            _ => Err(LookupError::Other("the Steward read something else".into())),
        }))
    }

    async fn grep(
        &self,
        pattern: &str,
        files: Option<&str>,
        ignore_case: bool,
        limit: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended> {
        let (pattern, files) = (pattern.to_owned(), files.map(str::to_owned));
        let seen = self.perform(Operation::Grep { pattern, files, ignore_case, limit }).await?;
        Ok(seen.and_then(|seen| match seen {
            Observation::Hits(hits) => {
                let hit =
                    |hit: amatelier_steward::Hit| LineHit { file: hit.file, line: hit.line, text: hit.text };
                Ok(hits.hits.into_iter().map(hit).collect())
            }
            _ => Err(LookupError::Other("the Steward found something else".into())),
        }))
    }

    async fn ask(&self, question: &str) -> Result<Result<Finding, LookupError>, Suspended> {
        if self.desk.files.is_empty() {
            return Ok(Err(LookupError::Off));
        }
        if self.requests_left() == 0 {
            return Ok(Err(LookupError::NoRequestsLeft));
        }
        if question.len() > QUESTION_BYTES {
            return Ok(Err(LookupError::Other(format!("a question takes {QUESTION_BYTES} bytes at most"))));
        }
        let helper = self.models.as_ref().map(|models| Helper::new(models.clone(), None));
        let finding = ask(&self.desk, helper.as_ref(), question).await?;
        self.asked().push(Asked { question: question.to_owned(), finding: finding.clone() });
        Ok(Ok(finding))
    }

    fn requests_left(&self) -> u32 {
        // A request that gave nothing costs nothing.
        let gave = |asked: &&Asked| {
            asked.finding.rounds > 0 || !matches!(asked.finding.outcome, LookupOutcome::Failed { .. })
        };
        let asked = self.asked();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let charged = count(asked.iter().filter(gave).count());
        self.requests.saturating_sub(charged).min(QUESTIONS.saturating_sub(count(asked.len())))
    }
}

fn told(refusal: &Refusal) -> LookupError {
    let text = refusal.to_string();
    match refusal.kind() {
        RefusalKind::NotRegistered => LookupError::NotRegistered(text),
        RefusalKind::NotFound => LookupError::NotFound(text),
        RefusalKind::LooksSecret => LookupError::LooksSecret(text),
        RefusalKind::TooLarge(limit) => LookupError::TooLarge(u32::try_from(limit).unwrap_or(u32::MAX)),
        RefusalKind::BadPattern => LookupError::BadPattern(text),
        RefusalKind::Other => LookupError::Other(text),
    }
}
