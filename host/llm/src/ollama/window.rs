//! How many tokens of context are asked for.
//!
//! A server that is not told takes a small default and drops what does not fit from the front of the prompt, behind HTTP 200. So every
//! request says `num_ctx`, from our own count: an upper bound of the prompt, with what a chat template puts around every turn, and the
//! whole answer. The rules:
//!
//! * A prompt whose upper bound does not fit into the model is not sent: no version of the server could be trusted with it.
//! * The window grows in steps, because the server loads the model anew for every other `num_ctx`, and for the same reason a model's
//!   window never shrinks again: the prompts of a debate are alike.
//! * At the model's own limit the answer has what room the prompt leaves; one that reaches the limit ends as one that was cut.

use crate::{Request, http::estimate_prompt};

/// The smallest window: the server's own default, so that small prompts reload nothing.
const SMALLEST: u32 = 4096;

/// What a template puts around a turn, and around the whole, in tokens; the templates known take a third of it.
const AROUND_TURN: u32 = 16;
const AROUND_ALL: u32 = 64;

/// The most tokens that the prompt of this request can have.
pub(crate) fn most_prompt_tokens(request: &Request) -> u32 {
    let counted = u32::try_from(estimate_prompt(request)).unwrap_or(u32::MAX);
    let turns = u32::try_from(request.messages.len() + request.tools.len()).unwrap_or(u32::MAX);
    counted.saturating_add(turns.saturating_mul(AROUND_TURN)).saturating_add(AROUND_ALL)
}

/// The window for a prompt of at most `prompt` tokens and its answer, in a model of `context` tokens that was last loaded with `loaded`.
pub(crate) fn window(prompt: u32, answer: u32, context: u32, loaded: u32) -> u32 {
    step(prompt.saturating_add(answer)).max(loaded).min(context)
}

/// The next step: a power of two, or one and a half of one.
fn step(tokens: u32) -> u32 {
    let mut power = SMALLEST;
    loop {
        let half_more = power.saturating_add(power / 2);
        match tokens {
            _ if tokens <= power || power == u32::MAX => return power,
            _ if tokens <= half_more => return half_more,
            _ => power = power.saturating_mul(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{PromptTurn, Speaker, testing::request};

    #[test]
    fn windows_grow_in_steps_and_never_shrink() {
        for (prompt, answer, context, loaded, expected) in [
            (10, 100, 131_072, 0, 4096),
            (3000, 1096, 131_072, 0, 4096),
            (3000, 1097, 131_072, 0, 6144),
            (6000, 1000, 131_072, 0, 8192),
            (15_750, 1000, 131_072, 0, 24_576),
            (10, 100, 131_072, 24_576, 24_576),
            (10, 100, 2048, 0, 2048),
            (7000, 9000, 8192, 0, 8192),
            (u32::MAX, u32::MAX, u32::MAX, 0, u32::MAX),
        ] {
            assert_eq!(
                window(prompt, answer, context, loaded),
                expected,
                "{prompt} {answer} {context} {loaded}"
            );
        }
    }

    #[test]
    fn every_turn_has_its_template_around_it() {
        let mut asked = request("Why?");
        let one = most_prompt_tokens(&asked);
        asked.messages.push(PromptTurn::said(Speaker::Assistant, ""));
        assert_eq!(most_prompt_tokens(&asked), one + AROUND_TURN);
    }

    proptest! {
        #[test]
        fn prompt_and_answer_fit_unless_the_model_is_smaller(
            prompt in any::<u32>(), answer in any::<u32>(), context in any::<u32>(), loaded in any::<u32>(),
        ) {
            let window = window(prompt, answer, context, loaded);
            prop_assert!(window == context || window >= prompt.saturating_add(answer));
            prop_assert!(window <= context);
        }
    }
}
