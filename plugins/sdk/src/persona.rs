//! A character that debates.

pub use crate::bindings::persona::{Exchange, Move};
use crate::{Phase, bindings::persona as contract, steward};

/// The occasion on which a persona is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// `Research`, `Speak`, `Rebuttal` or `Floor`. In research, before the first round, nobody gives a speech: a move is a request
    /// ([`Move::requests`]) or a pass.
    pub phase: Phase,
    /// From 1; 0 for research.
    pub round: u32,
    /// The last round there can be.
    pub max_rounds: u32,
    /// 1-based place in this phase.
    pub position: u32,
    /// How many speak in this phase.
    pub of: u32,
    /// Floor contributions the persona still has in this debate.
    pub floor_turns_left: u32,
    /// Keys that this SDK does not know.
    pub extra: Vec<(String, String)>,
}

impl Move {
    /// Ask the Steward one thing. While everybody speaks in turn this takes the place of the speech for now: the persona is called again
    /// at the end of the phase, with the finding among its messages. Elsewhere the finding is there before its next turn.
    pub fn request(question: &str) -> Move {
        Move::requests([question])
    }

    /// Ask the Steward several things at once; nothing to ask is a pass.
    pub fn requests<S: AsRef<str>>(questions: impl IntoIterator<Item = S>) -> Move {
        let tags: Vec<String> =
            questions.into_iter().map(|question| steward::tag(question.as_ref())).collect();
        if tags.is_empty() { Move::Pass } else { Move::Say(tags.join("\n")) }
    }
}

/// What a persona does. An instance lives for one call; what should last goes into [`notebook`](crate::notebook).
pub trait Persona {
    /// Take one turn. An error costs the turn and is shown to all; the debate goes on.
    fn take_turn(&self, turn: &Turn) -> Result<Move, String>;

    /// The persona's side of a coaching session or of a one-on-one chat, with what was said in it so far.
    fn answer(&self, so_far: &[Exchange], question: &str) -> Result<String, String> {
        let _ = (so_far, question);
        Err("this persona only debates".into())
    }
}

/// Export a value as the component's persona: `persona!(MyPersona);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! persona {
    ($persona:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::persona::Guest for Component {
                fn take_turn(
                    turn: $crate::bindings::persona::Turn,
                ) -> ::core::result::Result<$crate::Move, ::std::string::String> {
                    $crate::Persona::take_turn(&$persona, &turn.into())
                }

                fn answer(
                    so_far: ::std::vec::Vec<$crate::Exchange>,
                    question: ::std::string::String,
                ) -> ::core::result::Result<::std::string::String, ::std::string::String> {
                    $crate::Persona::answer(&$persona, &so_far, &question)
                }
            }

    $crate::bindings::persona::export_persona!(Component with_types_in $crate::bindings::persona);
        };
    };
}

impl From<contract::Turn> for Turn {
    fn from(turn: contract::Turn) -> Turn {
        Turn {
            phase: turn.phase.as_str().into(),
            round: turn.round,
            max_rounds: turn.max_rounds,
            position: turn.position,
            of: turn.of,
            floor_turns_left: turn.floor_turns_left,
            extra: turn.extra,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_become_tags_and_none_is_a_pass() {
        assert_eq!(Move::request("outline of a.md"), Move::Say("[[request: outline of a.md]]".into()));
        assert_eq!(Move::requests(["a", "b"]), Move::Say("[[request: a]]\n[[request: b]]".into()));
        assert_eq!(Move::requests::<&str>([]), Move::Pass);
    }
}
