//! Which request is whose: the words by which the prompts of the bundled components can be told apart.

use amatelier_test_support::Asked;

/// A request of this worker.
pub(crate) fn of(member: &str) -> impl Fn(&Asked) -> bool + Send + Sync + use<> {
    let opening = format!("You are {member}, a member of a round table");
    move |asked| asked.says(&opening)
}

/// A speech in this round.
pub(crate) fn speaks(round: u32) -> impl Fn(&Asked) -> bool + Send + Sync {
    let task = format!("Round {round} of at most ");
    move |asked| asked.last_message().contains(&task) && asked.last_message().contains(": speak, in ")
}

/// A rebuttal in this round.
pub(crate) fn rebuts(round: u32) -> impl Fn(&Asked) -> bool + Send + Sync {
    let task = format!("Round {round} of at most ");
    move |asked| {
        asked.last_message().contains(&task) && asked.last_message().contains(": answer the others, ")
    }
}

/// A contribution on the floor.
pub(crate) fn takes_the_floor(asked: &Asked) -> bool {
    asked.last_message().contains("The floor is open in round")
}

/// Remarks of the judge.
pub(crate) fn moderates(asked: &Asked) -> bool {
    asked.says("Your job now is to moderate")
}

/// The ruling at the gate of this round.
pub(crate) fn rules(round: u32) -> impl Fn(&Asked) -> bool + Send + Sync {
    let task = format!("Your job now is to rule at the gate of round {round} of");
    move |asked| asked.says(&task)
}

/// The state of the debate after some round.
pub(crate) fn sums_up(asked: &Asked) -> bool {
    asked.says("Your job now is to write the state of the debate")
}

/// The marks.
pub(crate) fn marks(asked: &Asked) -> bool {
    asked.says("You mark what the members of a debate contributed")
}

/// Whether an action of the digest is the one that made this request.
pub(crate) fn made(action: &str, asked: &Asked) -> bool {
    let parts: Vec<&str> = action.split(['/', '~']).collect();
    let round = parts[0].strip_prefix('r').and_then(|number| number.parse().ok()).unwrap_or(0);
    match parts[..] {
        [_, "speak", member, ..] => of(member)(asked) && speaks(round)(asked),
        [_, "rebuttal", member, ..] => of(member)(asked) && rebuts(round)(asked),
        [_, "floor", member, ..] => of(member)(asked) && takes_the_floor(asked),
        [_, "moderate", ..] => moderates(asked),
        [_, "gate", ..] => rules(round)(asked),
        [_, "summary", ..] => sums_up(asked),
        ["score", ..] => marks(asked),
        _ => panic!("an action of a kind that no test knows: {action}"),
    }
}
