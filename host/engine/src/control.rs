//! What the operator wants of a debate that runs.

use std::sync::{Arc, Mutex, PoisonError};

use amatelier_types::MemberName;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot, watch};

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

/// What the operator does to a debate while it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Steer {
    /// Say something at the table: to one member and the judge, or to all.
    Interject {
        /// To whom.
        to: Option<MemberName>,
        /// What.
        text: String,
    },
    /// Hear a worker next.
    Next {
        /// Whom.
        member: MemberName,
    },
    /// Take the word from a worker, or give it back.
    Mute {
        /// Whom.
        member: MemberName,
        /// Whether it may not speak.
        muted: bool,
    },
}

/// A steer on its way to the driver, and where it says whether it was taken.
pub(crate) type Steering = (Steer, oneshot::Sender<Result<(), String>>);

/// Steers that wait for the driver at most.
const STEERS: usize = 16;

/// The operator's wish; cloning shares it. A later wish only counts if it is stronger: a stop is not undone by a pause.
#[derive(Clone, Debug)]
pub struct Control {
    wish: Arc<watch::Sender<Wish>>,
    steer: mpsc::Sender<Steering>,
    steers: Arc<Mutex<Option<mpsc::Receiver<Steering>>>>,
}

impl Default for Control {
    fn default() -> Self {
        let (steer, steers) = mpsc::channel(STEERS);
        let wish = Arc::new(watch::Sender::new(Wish::GoOn));
        Control { wish, steer, steers: Arc::new(Mutex::new(Some(steers))) }
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

    /// Steer the debate.
    ///
    /// # Errors
    /// Why it makes no sense now, in words.
    pub async fn steer(&self, steer: Steer) -> Result<(), String> {
        let gone = || "the debate is over, or waits".to_owned();
        let (reply, told) = oneshot::channel();
        self.steer.send((steer, reply)).await.map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }

    /// What is wished for now, and the ear for changes.
    pub(crate) fn wishes(&self) -> watch::Receiver<Wish> {
        self.wish.subscribe()
    }

    /// The ear for steers, which one driver has.
    pub(crate) fn steers(&self) -> Option<mpsc::Receiver<Steering>> {
        // A value that is taken out whole cannot be half taken.
        self.steers.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
