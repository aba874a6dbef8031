//! One request's way through the gate, which is told exactly once how it ended.

use std::sync::Arc;

use crate::{Error, Gate, Outcome};

/// A request that entered and has not left yet.
pub(crate) struct Passage<'a> {
    gate: Option<&'a Arc<dyn Gate>>,
}

impl<'a> Passage<'a> {
    /// Wait at the gate, if there is one.
    pub(crate) async fn enter(gate: Option<&'a Arc<dyn Gate>>, tokens: u64) -> Result<Self, Error> {
        if let Some(gate) = gate {
            gate.enter(tokens).await?;
        }
        Ok(Passage { gate })
    }

    /// It is over.
    pub(crate) fn left(mut self, outcome: Outcome) {
        if let Some(gate) = self.gate.take() {
            gate.left(outcome);
        }
    }
}

impl Drop for Passage<'_> {
    /// The caller went away.
    fn drop(&mut self) {
        if let Some(gate) = self.gate.take() {
            gate.left(Outcome::Abandoned);
        }
    }
}
