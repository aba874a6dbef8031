//! The part of a round that a turn or a message belongs to.

/// A phase by its documented names, with room for phases that a later host may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the first round.
    Opening,
    /// Lookups before the first round; no speeches.
    Research,
    /// Everybody speaks once.
    Speak,
    /// Everybody answers, in reverse order.
    Rebuttal,
    /// The judge rules.
    Gate,
    /// Whoever still has floor turns may add something.
    Floor,
    /// Between two rounds.
    Summary,
    /// A phase that this SDK does not know.
    Other(String),
}

impl From<&str> for Phase {
    fn from(name: &str) -> Phase {
        match name {
            "opening" => Phase::Opening,
            "research" => Phase::Research,
            "speak" => Phase::Speak,
            "rebuttal" => Phase::Rebuttal,
            "gate" => Phase::Gate,
            "floor" => Phase::Floor,
            "summary" => Phase::Summary,
            other => Phase::Other(other.into()),
        }
    }
}

impl Phase {
    /// The name in the contracts.
    pub fn name(&self) -> &str {
        match self {
            Phase::Opening => "opening",
            Phase::Research => "research",
            Phase::Speak => "speak",
            Phase::Rebuttal => "rebuttal",
            Phase::Gate => "gate",
            Phase::Floor => "floor",
            Phase::Summary => "summary",
            Phase::Other(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_keeps_its_name() {
        for name in ["opening", "research", "speak", "rebuttal", "gate", "floor", "summary", "interlude"] {
            assert_eq!(Phase::from(name).name(), name);
        }
    }
}
