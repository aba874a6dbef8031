//! `amatelier:member/notebook`: private notes.
//!
//! A call sees the notes of the last committed turn with its own changes on top. The changes stay in the call's record; whoever
//! commits the turn writes them down, so a failed turn leaves no trace.

use std::collections::BTreeSet;

use amatelier_types::Capability;

use crate::{
    bindings::amatelier::member::notebook::{self, Error},
    state::State,
};

impl State {
    fn note(&self, key: &str) -> Option<&Vec<u8>> {
        match self.notes.get(key) {
            Some(changed) => changed.as_ref(),
            None => self.call.notebook.get(key),
        }
    }

    fn note_keys(&self) -> BTreeSet<&String> {
        let keys = self.call.notebook.keys().chain(self.notes.keys());
        keys.filter(|key| self.note(key).is_some()).collect()
    }

    /// Keys and values of the notebook without one note.
    fn notebook_bytes_without(&self, without: &str) -> usize {
        let others = self.note_keys().into_iter().filter(|key| *key != without);
        others.map(|key| key.len() + self.note(key).map_or(0, Vec::len)).sum()
    }

    fn may_keep_notes(&mut self, function: &'static str) -> bool {
        let may = self.is_granted(Capability::Notebook);
        if !may {
            self.deny(function);
        }
        may
    }
}

impl notebook::Host for State {
    fn get(&mut self, key: String) -> wasmtime::Result<Option<Vec<u8>>> {
        self.accept("notebook.get", [key.as_str()])?;
        Ok(if self.may_keep_notes("notebook.get") { self.note(&key).cloned() } else { None })
    }

    fn put(&mut self, key: String, value: Vec<u8>) -> wasmtime::Result<Result<(), Error>> {
        self.accept("notebook.put", [key.as_str()])?;
        if !self.may_keep_notes("notebook.put") {
            return Ok(Err(Error::Denied("notebook".into())));
        }
        let limits = &self.call.limits;
        let bytes = key.len().saturating_add(value.len());
        if bytes > limits.note_bytes {
            return Ok(Err(Error::TooLarge(clamp(limits.note_bytes))));
        }
        let others = self.notebook_bytes_without(&key);
        if others.saturating_add(bytes) > limits.notebook_bytes {
            return Ok(Err(Error::Full(clamp(others))));
        }
        self.notes.insert(key, Some(value));
        Ok(Ok(()))
    }

    fn remove(&mut self, key: String) -> wasmtime::Result<()> {
        self.accept("notebook.remove", [key.as_str()])?;
        if !self.may_keep_notes("notebook.remove") {
            return Ok(());
        }
        // Only a note of an earlier turn needs to be remembered as gone; otherwise removing could grow the record without end.
        if self.call.notebook.contains_key(&key) {
            self.notes.insert(key, None);
        } else {
            self.notes.remove(&key);
        }
        Ok(())
    }

    fn keys(&mut self) -> wasmtime::Result<Vec<String>> {
        if !self.may_keep_notes("notebook.keys") {
            return Ok(Vec::new());
        }
        Ok(self.note_keys().into_iter().cloned().collect())
    }
}

fn clamp(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
