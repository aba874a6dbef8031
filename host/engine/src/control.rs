//! What the operator wants of a debate that runs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// A wish, as it is typed and as it travels to the process that drives the debate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// Go on.
    #[default]
    GoOn,
    /// Finish the turns that run, then wait.
    Pause,
    /// Drop the turns that run, close the debate and score what there is.
    Stop,
}

/// The operator's wish; cloning shares it. A later wish only counts if it is stronger: a stop is not undone by a pause.
#[derive(Clone, Debug)]
pub struct Control {
    wish: Arc<watch::Sender<Wish>>,
}

impl Default for Control {
    fn default() -> Self {
        Control { wish: Arc::new(watch::Sender::new(Wish::GoOn)) }
    }
}

impl Control {
    /// Wish for something.
    pub fn want(&self, wish: Wish) {
        self.wish.send_if_modified(|current| {
            let stronger = wish > *current;
            if stronger {
                *current = wish;
            }
            stronger
        });
    }

    /// What is wished for now, and the ear for changes.
    pub(crate) fn wishes(&self) -> watch::Receiver<Wish> {
        self.wish.subscribe()
    }
}
