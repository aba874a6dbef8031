//! `amatelier:member/profile`: who the caller is. Needs no grant; it is the caller's own.

use crate::{bindings::amatelier::member::profile, state::State};

impl profile::Host for State {
    fn name(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.member.to_string())
    }

    fn role(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.role.name().into())
    }

    fn tier(&mut self) -> wasmtime::Result<u32> {
        Ok(self.call.profile.tier)
    }

    fn document(&mut self, name: String) -> wasmtime::Result<Option<String>> {
        self.accept("profile.document", [name.as_str()])?;
        Ok(self.call.profile.documents.get(&name).cloned())
    }

    fn memory(&mut self) -> wasmtime::Result<String> {
        Ok(self.call.profile.memory.clone())
    }

    fn heuristics(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.call.profile.heuristics.clone())
    }

    fn skills(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.call.profile.skills.clone())
    }

    fn advice(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.call.profile.advice.clone())
    }
}
