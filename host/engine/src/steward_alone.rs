//! The Steward without a debate: for whoever wants to know what a briefing registers and what a member would be told.
//!
//! Nothing is journaled, so every question reads the files and asks the model anew.

use std::sync::Arc;

use amatelier_llm::{CallFacts, Purpose, Stopped, Wire};
use amatelier_runtime::{ModelError, Suspended};
use amatelier_steward::{
    Caps, Desk as _, Files, Halted, LocalDesk, Observation, Operation, Refusal, RootError, is_in_grammar,
};
use amatelier_types::{Finding, MemberName, Phase, Role, Seed};

use crate::{
    Grounded, Providers,
    answering::Answering,
    desk::{self, Helper},
    inquiry::{Inquire, Inquiry},
    models,
    recorded::RecordedAnswer,
};

/// See the module's documentation.
pub struct StewardAlone {
    desk: LocalDesk,
    /// None where no model may help.
    models: Option<Arc<Unjournaled>>,
}

impl StewardAlone {
    /// A Steward over registered files, without a model.
    ///
    /// # Errors
    /// The project root cannot be opened.
    pub fn open(grounded: &Grounded) -> Result<Self, RootError> {
        let files = Files::reopen(&grounded.root, grounded.files.clone(), Caps::default())?;
        Ok(StewardAlone { desk: LocalDesk::new(files), models: None })
    }

    /// The same with the model that a label stands for.
    #[must_use]
    pub fn helped(self, providers: &Providers, label: &str) -> Self {
        let models = Unjournaled { own: providers.answering_line(label), providers: providers.clone() };
        StewardAlone { models: Some(Arc::new(models)), ..self }
    }

    /// Whether a question can only be answered with a model.
    pub fn needs_model(&self, question: &str) -> bool {
        let without_label = amatelier_steward::label(question).map(|(_, rest)| rest);
        ![Some(question), without_label].into_iter().flatten().any(|asked| is_in_grammar(&self.desk, asked))
    }

    /// Answer a question. A label before it (`sonnet: …`) chooses the model.
    ///
    /// # Errors
    /// What kept it from being answered at all; that there is no answer is a finding.
    pub async fn ask(&self, question: &str) -> Result<Finding, Halted> {
        let known = self.models.as_ref().map(|models| models.providers.labels()).unwrap_or_default();
        let labelled = amatelier_steward::label(question).filter(|(label, rest)| {
            known.iter().any(|known| known == label) || is_in_grammar(&self.desk, rest)
        });
        let (label, question) =
            labelled.map_or((None, question), |(label, rest)| (Some(label.to_owned()), rest));
        let helper = self.models.as_ref().map(|models| Helper::new(models.clone(), label));
        let found = desk::ask(&self.desk, helper.as_ref(), question).await;
        found.map_err(|Suspended(why)| Halted(why))
    }

    /// Carry out one operation.
    ///
    /// # Errors
    /// What kept it from being carried out at all; a refusal is an answer.
    pub async fn perform(&self, operation: Operation) -> Result<Result<Observation, Refusal>, Halted> {
        self.desk.perform(operation).await
    }
}

/// Models of which nobody keeps what they said.
struct Unjournaled {
    own: Answering,
    providers: Providers,
}

impl Unjournaled {
    fn answering(&self, label: Option<&str>) -> Answering {
        label.map_or_else(|| self.own.clone(), |label| self.providers.answering(label))
    }
}

#[async_trait::async_trait]
impl Inquire for Unjournaled {
    fn has_tools(&self, label: Option<&str>) -> bool {
        self.answering(label).provider.has_tools()
    }

    async fn put(&self, what: Inquiry) -> Result<Result<RecordedAnswer, ModelError>, Suspended> {
        let answering = self.answering(what.model.as_deref());
        let request = match models::request(what, &answering, facts()) {
            Ok(request) => request,
            Err(error) => return Ok(Err(error)),
        };
        let replied = answering.provider.complete(&request, &Unheard).await;
        RecordedAnswer::of(replied).map(Ok)
    }
}

/// An occasion that is no debate's.
pub(crate) fn facts() -> CallFacts {
    CallFacts {
        member: MemberName::steward(),
        role: Role::Steward,
        tagline: String::new(),
        purpose: Purpose::LookUp,
        phase: Phase::Research,
        round: 0,
        max_rounds: 0,
        position: 1,
        topic: String::new(),
        briefing: String::new(),
        files: Vec::new(),
        purse: None,
        workers: Vec::new(),
        heard: Vec::new(),
        debate_seed: Seed(0),
        turn_seed: [0; 32],
        call: 1,
    }
}

/// Nobody waits for the pieces, and nothing has to be on disk first: what is lost here is asked again by whoever asked.
struct Unheard;

#[async_trait::async_trait]
impl Wire for Unheard {
    async fn before_request(&self, _n: u32) -> Result<(), Stopped> {
        Ok(())
    }

    fn response_id(&self, _n: u32, _id: &str) {}

    fn text(&self, _n: u32, _piece: &str) {}

    fn request_failed(&self, n: u32, why: &str) {
        tracing::info!(n, "a request failed: {why}");
    }
}
