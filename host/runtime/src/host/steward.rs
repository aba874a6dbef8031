//! `amatelier:steward`: lookups in registered files, through the [`Desk`](crate::Desk) port.
//!
//! In this order: the grant, the sizes and the number of lookups (over the limit stops the guest), and then the port, which knows the
//! files, the budget and the model that may help.

use amatelier_types::{Capability, Citation};

use crate::{
    LookupError,
    bindings::amatelier::steward::steward::{self, Error},
    halt::Halt,
    state::{State, Trouble},
};

impl State {
    /// Whether a lookup may be made; counts it.
    fn may_look_up(
        &mut self,
        capability: Capability,
        function: &'static str,
    ) -> wasmtime::Result<Result<(), Error>> {
        if !self.is_granted(capability) {
            self.deny(function);
            return Ok(Err(Error::Denied(capability.name().into())));
        }
        let most = self.call.limits.lookups_per_turn;
        if self.lookups >= most {
            return Err(Halt::limit(format!(
                "lookups: it asked the Steward more than {most} times in one turn"
            )));
        }
        self.lookups += 1;
        self.trouble = Trouble::None;
        Ok(Ok(()))
    }
}

impl steward::Host for State {
    fn files(&mut self) -> wasmtime::Result<Vec<steward::File>> {
        if !self.is_granted(Capability::StewardRead) {
            self.deny("steward.files");
            return Ok(Vec::new());
        }
        let files = self.call.desk.files().into_iter();
        Ok(files.map(|(name, bytes)| steward::File { name, bytes: clamp(bytes) }).collect())
    }

    async fn read(
        &mut self,
        file: String,
        first_line: u32,
        lines: u32,
    ) -> wasmtime::Result<Result<steward::Excerpt, Error>> {
        self.accept("steward.read", [file.as_str()])?;
        if let Err(error) = self.may_look_up(Capability::StewardRead, "steward.read")? {
            return Ok(Err(error));
        }
        let read = self
            .ports
            .measure(self.call.desk.read(&file, first_line, lines))
            .await
            .map_err(Halt::Suspended)?;
        Ok(read.map(|lines| excerpt(lines.place, lines.truncated)).map_err(told))
    }

    async fn grep(
        &mut self,
        pattern: String,
        files: Option<String>,
        ignore_case: bool,
        limit: u32,
    ) -> wasmtime::Result<Result<Vec<steward::Hit>, Error>> {
        self.accept("steward.grep", [pattern.as_str(), files.as_deref().unwrap_or_default()])?;
        if let Err(error) = self.may_look_up(Capability::StewardRead, "steward.grep")? {
            return Ok(Err(error));
        }
        let found = self.call.desk.grep(&pattern, files.as_deref(), ignore_case, limit);
        let found = self.ports.measure(found).await;
        let found = found.map_err(Halt::Suspended)?;
        let hit = |hit: crate::LineHit| steward::Hit { file: hit.file, line: hit.line, text: hit.text };
        Ok(found.map(|hits| hits.into_iter().map(hit).collect()).map_err(told))
    }

    async fn ask(&mut self, question: String) -> wasmtime::Result<Result<steward::Finding, Error>> {
        self.accept("steward.ask", [question.as_str()])?;
        if let Err(error) = self.may_look_up(Capability::StewardAsk, "steward.ask")? {
            return Ok(Err(error));
        }
        // A model may help: whoever waits for one is not to blame for the time it takes.
        self.model_in_flight = true;
        let answer = self.ports.measure(self.call.desk.ask(&question)).await;
        self.model_in_flight = false;
        let answer = answer.map_err(Halt::Suspended)?;
        let finding = |finding: amatelier_types::Finding| steward::Finding {
            text: finding.text,
            citations: finding.citations.into_iter().map(|place| excerpt(place, false)).collect(),
            model: finding.model,
        };
        Ok(answer.map(finding).map_err(told))
    }

    fn requests_left(&mut self) -> wasmtime::Result<u32> {
        if !self.is_granted(Capability::StewardAsk) {
            self.deny("steward.requests-left");
            return Ok(0);
        }
        Ok(self.call.desk.requests_left())
    }
}

fn excerpt(place: Citation, truncated: bool) -> steward::Excerpt {
    let Citation { file, first_line, last_line, text, sha256 } = place;
    steward::Excerpt { file, first_line, last_line, text, truncated, sha256: sha256.to_string() }
}

fn told(error: LookupError) -> Error {
    match error {
        LookupError::Off => Error::Denied(error.to_string()),
        LookupError::NotRegistered(what) => Error::NotRegistered(what),
        LookupError::NotFound(what) => Error::NotFound(what),
        LookupError::LooksSecret(what) => Error::LooksSecret(what),
        LookupError::TooLarge(limit) => Error::TooLarge(limit),
        LookupError::BadPattern(what) => Error::BadPattern(what),
        LookupError::NoRequestsLeft => Error::NoRequestsLeft,
        LookupError::Other(what) => Error::Other(what),
    }
}

fn clamp(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
