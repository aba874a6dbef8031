//! Which request meets which fate.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use super::{asked::Asked, hold::Hold, reaction::Reaction};

/// Lines in the order in which they were added; the first that fits counts.
#[derive(Default)]
pub(super) struct Script(Mutex<Vec<Line>>);

/// What is done to a request.
#[derive(Clone)]
pub(super) enum Fate {
    /// At once.
    Now(Reaction),
    /// An answer, after the test released it.
    Held(Hold),
}

struct Line {
    fits: Box<dyn Fn(&Asked) -> bool + Send + Sync>,
    fate: Fate,
    /// Set when it counts once: whether it has.
    used: Option<AtomicBool>,
}

impl Script {
    pub(super) fn always(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static, reaction: Reaction) {
        self.add(Line { fits: Box::new(fits), fate: Fate::Now(reaction), used: None });
    }

    pub(super) fn once(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static, reaction: Reaction) {
        let used = Some(AtomicBool::new(false));
        self.add(Line { fits: Box::new(fits), fate: Fate::Now(reaction), used });
    }

    pub(super) fn hold(&self, fits: impl Fn(&Asked) -> bool + Send + Sync + 'static) -> Hold {
        let hold = Hold::new();
        let used = Some(AtomicBool::new(false));
        self.add(Line { fits: Box::new(fits), fate: Fate::Held(hold.clone()), used });
        hold
    }

    pub(super) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// What happens to this request.
    pub(super) fn fate(&self, asked: &Asked) -> Fate {
        let lines = self.0.lock().unwrap();
        let line = lines.iter().find(|line| {
            let spent = line.used.as_ref().is_some_and(|used| used.load(Ordering::Relaxed));
            !spent && (line.fits)(asked)
        });
        let Some(line) = line else { return Fate::Now(Reaction::Answer) };
        if let Some(used) = &line.used {
            used.store(true, Ordering::Relaxed);
        }
        line.fate.clone()
    }

    fn add(&self, line: Line) {
        self.0.lock().unwrap().push(line);
    }
}
