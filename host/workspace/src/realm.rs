//! Results that count, and play.

use crate::Mode;

/// Which data a debate belongs to. What is rehearsed, or played back, has a folder of its own, so that nothing earned or said in play
/// mixes with real results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Realm {
    /// Debates in which models answered.
    Real,
    /// Debates in which nobody was asked anything.
    Play,
}

impl Realm {
    /// Both.
    pub const ALL: [Realm; 2] = [Realm::Play, Realm::Real];

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Realm::Real => "real",
            Realm::Play => "play",
        }
    }
}

impl From<Mode> for Realm {
    fn from(mode: Mode) -> Self {
        if mode.stands_in() { Realm::Play } else { Realm::Real }
    }
}
