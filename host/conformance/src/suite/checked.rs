//! A check, and how it went.

use amatelier_types::World;

use crate::Played;

/// What is asked of a plugin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check {
    pub(super) name: &'static str,
    /// Why, in one line.
    pub(super) reason: &'static str,
    /// What to do where it does not hold.
    pub(super) remedy: &'static str,
}

/// A check that was made.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Of which world.
    pub world: World,
    /// Its name: kebab-case, unique in the world.
    pub name: &'static str,
    /// Why it is made, in one line.
    pub reason: &'static str,
    /// What to do where it does not hold.
    pub remedy: &'static str,
    /// How it went.
    pub verdict: Verdict,
}

/// How a check went.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It holds.
    Passed,
    /// There was nothing to check; says why.
    Skipped(&'static str),
    /// It does not hold.
    Failed(Box<Fault>),
}

/// What does not hold.
#[derive(Clone, Debug)]
pub struct Fault {
    /// In words; a guest's text in it is untrusted.
    pub what: String,
    /// The call that shows it, where it is one.
    pub played: Option<Played>,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>) -> Box<Self> {
        Box::new(Fault { what: what.into(), played: None })
    }

    pub(super) fn of(what: impl Into<String>, played: Played) -> Box<Self> {
        Box::new(Fault { what: what.into(), played: Some(played) })
    }
}

/// How a check ends that has something to check.
pub(super) type Outcome = Result<(), Box<Fault>>;

impl Check {
    pub(super) fn ended(&self, world: World, outcome: Outcome) -> Checked {
        self.with(world, outcome.map_or_else(Verdict::Failed, |()| Verdict::Passed))
    }

    pub(super) fn skipped(&self, world: World, why: &'static str) -> Checked {
        self.with(world, Verdict::Skipped(why))
    }

    fn with(&self, world: World, verdict: Verdict) -> Checked {
        Checked { world, name: self.name, reason: self.reason, remedy: self.remedy, verdict }
    }
}

impl Checked {
    /// Whether it does not hold.
    pub fn failed(&self) -> bool {
        matches!(self.verdict, Verdict::Failed(_))
    }
}
