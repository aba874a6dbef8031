//! Ctrl-C over several debates: once pauses the one that runs and the season with it, twice stops now.

use std::sync::{Arc, Mutex, PoisonError};

use amatelier_engine::{Control, Wish};

use crate::exit::Exit;

/// What the operator wants of the season.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_wished: bool,
    control: Option<Control>,
}

impl Interrupt {
    /// Listen from now on; `resume` is the command that goes on.
    pub(super) fn listen(resume: String) -> Self {
        let interrupt = Interrupt::default();
        let heard = interrupt.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_err() {
                return;
            }
            heard.wish();
            eprintln!("pausing after this turn (Ctrl-C again stops now)");
            if tokio::signal::ctrl_c().await.is_ok() {
                eprintln!("stopped; go on with: {resume}");
                std::process::exit(Exit::Interrupted as i32);
            }
        });
        interrupt
    }

    /// The controls of the next debate. Each has its own: to stop one is not to stop those after it.
    pub(super) fn control(&self) -> Control {
        let control = Control::default();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_wished {
            control.want(Wish::Pause);
        }
        state.control = Some(control.clone());
        control
    }

    /// Whether the season is to wait.
    pub(super) fn is_wished(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_wished
    }

    fn wish(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_wished = true;
        if let Some(control) = &state.control {
            control.want(Wish::Pause);
        }
    }
}
