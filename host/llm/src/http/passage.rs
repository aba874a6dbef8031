//! One request's way through the gate, which is told exactly once how it ended.

use std::sync::Arc;

use crate::{Error, Gate, Outcome, Pass};

/// A request that entered and has not left yet.
pub(crate) struct Passage<'a> {
    entered: Option<(&'a Arc<dyn Gate>, Pass)>,
}

impl<'a> Passage<'a> {
    /// Wait at the gate, if there is one.
    pub(crate) async fn enter(gate: Option<&'a Arc<dyn Gate>>, tokens: u64) -> Result<Self, Error> {
        let entered = match gate {
            Some(gate) => Some((gate, gate.enter(tokens).await?)),
            None => None,
        };
        Ok(Passage { entered })
    }

    /// It is over.
    pub(crate) fn left(mut self, outcome: Outcome) {
        if let Some((gate, pass)) = self.entered.take() {
            gate.left(pass, outcome);
        }
    }
}

impl Drop for Passage<'_> {
    /// The caller went away.
    fn drop(&mut self) {
        if let Some((gate, pass)) = self.entered.take() {
            gate.left(pass, Outcome::Abandoned);
        }
    }
}
