//! What the operator wants of a debate that runs.

use std::sync::{Arc, Mutex, PoisonError};

use amatelier_debate::INTERJECTION_CHARS;
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

/// What makes sense in no debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSteer {
    /// Nothing is said.
    #[error("there is nothing to say in an empty text")]
    Empty,
    /// More is said than a message of the operator holds.
    #[error("the text is longer than {INTERJECTION_CHARS} characters")]
    TooLong,
}

impl Steer {
    /// The longest text, in characters.
    pub const TEXT_CHARS: usize = INTERJECTION_CHARS;

    /// Whether there can be a debate in which it makes sense; each debate has a say of its own after that.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Result<(), BadSteer> {
        let Steer::Interject { text, .. } = self else { return Ok(()) };
        match text.trim() {
            "" => Err(BadSteer::Empty),
            text if text.chars().nth(Self::TEXT_CHARS).is_some() => Err(BadSteer::TooLong),
            _ => Ok(()),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_something_to_say_and_an_end() {
        let most = Steer::TEXT_CHARS;
        for (text, expected) in [
            ("Why?".to_owned(), Ok(())),
            (" \n".to_owned(), Err(BadSteer::Empty)),
            ("ä".repeat(most), Ok(())),
            (format!("\n{}\n", "ä".repeat(most)), Ok(())),
            ("ä".repeat(most + 1), Err(BadSteer::TooLong)),
        ] {
            let steer = Steer::Interject { to: None, text };
            assert_eq!(steer.check(), expected, "{steer:?}");
        }
    }
}
