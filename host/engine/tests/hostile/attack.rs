//! What an attack is, and what is expected of it.

use crate::{made::Parts, offering::Asked};

/// One way to misbehave.
pub(crate) struct Attack {
    /// Its name; also that of the member who does it.
    pub(crate) name: &'static str,
    /// What the guest does.
    pub(crate) does: &'static str,
    /// What stops it; `{…}` stands for a limit's default.
    pub(crate) stopped_by: &'static str,
    /// How its turns are expected to end.
    pub(crate) expected: &'static str,
    /// What the debate, or the error, says about it; empty when there is nothing to say.
    pub(crate) words: &'static str,
    /// Who does it.
    pub(crate) by: By,
}

/// Who attacks.
pub(crate) enum By {
    /// A member whose component is `tests/guests/hostile`, with these grants.
    Member(&'static [&'static str]),
    /// The same in a debate with a registered file.
    Reader(&'static [&'static str]),
    /// A member whose component is made for it.
    Made(Parts),
    /// The judge, asked for remarks after each phase.
    Judge,
    /// The judge, asked at the gate only.
    JudgeAtGate,
    /// The rubric.
    Rubric,
    /// A store or a skill that is asked for something, in no debate.
    Offers(Asked),
    /// A component that should not even load.
    Loaded(fn() -> Vec<u8>),
}

impl Attack {
    /// Whether it is stopped by the CPU limit, which this run lowers.
    pub(crate) fn burns_cpu(&self) -> bool {
        self.stopped_by.starts_with(CPU)
    }
}

/// How the words about the CPU limit begin.
pub(crate) const CPU: &str = "CPU time";
