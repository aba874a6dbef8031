//! Why a debate cannot be opened as it was asked for.

/// Why a debate cannot be opened as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// Nobody of that name debates.
    #[error("there is no worker `{name}` in the team; known are {known}", known = .known.join(", "))]
    UnknownWorker {
        /// The name.
        name: String,
        /// The team's workers.
        known: Vec<String>,
    },
    /// A worker sits out.
    #[error("{name} is on the bench: {served} of {debates} debates sat out")]
    Benched {
        /// Who.
        name: String,
        /// Debates sat out.
        served: u32,
        /// Debates to sit out.
        debates: u32,
    },
    /// Nobody is left to debate.
    #[error("nobody is left to debate")]
    NoWorkers,
    /// The team has no judge.
    #[error("the team has no judge")]
    NoJudge,
    /// The topic is empty.
    #[error("the topic is empty")]
    NoTopic,
    /// A debate has at least one round.
    #[error("a debate has at least one round")]
    NoRounds,
    /// The briefing does not fit.
    #[error(
        "the briefing is too long for {member}: with its documents and room to answer it takes about {needed} tokens, and {model} takes {limit}"
    )]
    TooLong {
        /// The member with the smallest model.
        member: String,
        /// The model.
        model: String,
        /// What it would take, in tokens.
        needed: u32,
        /// The model's limit, in tokens.
        limit: u32,
    },
}
