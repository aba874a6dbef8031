//! `amatelier:steward`: there is none in this host yet, and that is what it answers.
//!
//! The contract knows this state ("the Steward is off"), so a component that can do without files works unchanged.

use amatelier_types::Capability;

use crate::{
    bindings::amatelier::steward::steward::{self, Error},
    state::State,
};

impl State {
    fn steward_is_off(&mut self, capability: Capability, function: &'static str) -> Error {
        let granted = self.is_granted(capability);
        self.deny(function);
        Error::Denied(if granted { "the Steward is off".into() } else { capability.name().into() })
    }
}

impl steward::Host for State {
    fn files(&mut self) -> wasmtime::Result<Vec<steward::File>> {
        Ok(Vec::new())
    }

    fn read(&mut self, file: String, _: u32, _: u32) -> wasmtime::Result<Result<steward::Excerpt, Error>> {
        self.accept("steward.read", [file.as_str()])?;
        Ok(Err(self.steward_is_off(Capability::StewardRead, "steward.read")))
    }

    fn grep(
        &mut self,
        pattern: String,
        files: Option<String>,
        _: bool,
        _: u32,
    ) -> wasmtime::Result<Result<Vec<steward::Hit>, Error>> {
        self.accept("steward.grep", [pattern.as_str(), files.as_deref().unwrap_or_default()])?;
        Ok(Err(self.steward_is_off(Capability::StewardRead, "steward.grep")))
    }

    fn ask(&mut self, question: String) -> wasmtime::Result<Result<steward::Finding, Error>> {
        self.accept("steward.ask", [question.as_str()])?;
        Ok(Err(self.steward_is_off(Capability::StewardAsk, "steward.ask")))
    }

    fn requests_left(&mut self) -> wasmtime::Result<u32> {
        Ok(0)
    }
}
