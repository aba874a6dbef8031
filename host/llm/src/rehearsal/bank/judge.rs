//! What the judge says. Tables; each template says only what was counted.

use super::Bank;

/// A gate bonus. `{quote}` is the member's own.
pub(in crate::rehearsal) const GATE: Bank = &[
    "put a figure to work instead of an adjective, {quote}",
    "met another speaker's claim with evidence, {quote}",
    "moved the table from opinion to something that can be checked: {quote}",
    "the clearest step of this phase, {quote}",
    "named a counterpart, a reason and a number in one turn: {quote}",
];

/// A gate bonus for a speech with a sum in it.
pub(in crate::rehearsal) const GATE_SUM: Bank = &[
    "showed the sum and left it open to correction: {quote}",
    "did the arithmetic in front of everybody, {quote}",
    "gave the table a calculation instead of an impression: {quote}",
    "turned the briefing's figures into something to decide by, {quote}",
];

/// A redirection: nobody was named.
pub(in crate::rehearsal) const REDIRECT_NAMES: Bank = &[
    "that turn answered nobody; say whose argument you accept or reject",
    "the others have spoken and you have not named one of them; engage",
    "please tie your next turn to something a colleague said",
];

/// A redirection: no figure was used.
pub(in crate::rehearsal) const REDIRECT_FIGURES: Bank = &[
    "no figure from the briefing in that turn; bring one or say why none applies",
    "strong words and nothing countable; come back with evidence",
    "the briefing offers more to hold on to than that turn used",
];

/// A redirection: no question was asked.
pub(in crate::rehearsal) const REDIRECT_SILENT: Bank = &[
    "that turn asked nothing of anybody; leave the table a question it can answer",
    "you closed every door behind you; put one question to a colleague",
    "statements only; which of them would you like to see tested, and by whom",
];

/// A redirection: nothing is missing but resolve.
pub(in crate::rehearsal) const REDIRECT_OPEN: Bank = &[
    "you told us where you stand, now tell us what would move you",
    "less scene-setting; say which step you would take first",
    "make it shorter next time and end with the step you would take",
];

/// A remark. `{quote}` and `{who}` are real; `{figures}`, `{turns}` and `{asked}` are counts.
pub(in crate::rehearsal) const REMARK: Bank = &[
    "{figures} of {turns} turns in this phase rest on a figure. I would like to see who disputes one.",
    "{who} left us with {quote}. Nobody has to agree, but somebody should answer.",
    "I count {asked} open questions from this phase. Pick one before raising another.",
    "Mind the difference between a preference and a reason. {who} came close with {quote}.",
    "The positions are clear enough; what I miss is what each of you would give up.",
    "{turns} turns, {asked} questions, {figures} with a number: keep that balance and add a decision.",
    "Please quote each other fairly. {who} said {quote}, no more and no less.",
    "I would hear more about the first step and less about the last one.",
];

/// The gate, when the debate goes on. `{who}` and `{other}` are two speakers with quotes of theirs.
pub(in crate::rehearsal) const PROCEED: Bank = &[
    "{who} holds {quote} while {other} holds {quote2}; the table has not chosen between them.",
    "what is missing is an answer of {other} to {who}, who said {quote}.",
    "the reasons have improved and the positions have not met: {quote} ({who}) against {quote2} ({other}).",
    "too much still hangs on {quote}, which only {who} has argued and {other} has not accepted.",
    "I want to hear what would move {who} from {quote} before I close this.",
    "nobody has yet joined {who}'s point, {quote}, to {other}'s, {quote2}.",
];

/// The gate, when the debate is decided.
pub(in crate::rehearsal) const CONVERGED: Bank = &[
    "the turns now end in the same place, and {who} put it best: {quote}.",
    "positions have met; {who} said {quote}, and the replies added conditions, not alternatives.",
    "further rounds would only repeat {quote} ({who}); the remaining differences concern the order of steps.",
    "{who} and {other} now argue for the same step, and what is left can be minuted: {quote}.",
];
