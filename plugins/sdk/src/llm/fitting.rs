//! Asking with as many messages of the debate as the model takes.
//!
//! Nothing is left out before a model says that the prompt is too long. Then the oldest of the messages that can be spared go first, then
//! the oldest of the others; the newest message stays whatever happens. What was left out is said in the request.

use super::{Ask, Error, Reply, count_tokens};
use crate::chat::Message;

/// How often a prompt is shortened before the model's refusal stands.
const ATTEMPTS: u32 = 3;

/// Ask with these messages, oldest first, and with fewer of them where the model takes no more. `can_spare` tells what can be left out
/// first; `ask` makes the request of the messages that are left.
pub fn fitting(
    messages: &[Message],
    can_spare: impl Fn(&Message) -> bool,
    ask: impl Fn(&[Message]) -> Ask,
) -> Result<Reply, Error> {
    let mut kept = messages.to_vec();
    let mut left_out = Vec::new();
    for attempt in 1..=ATTEMPTS {
        let whole = ask(&kept).left_out(&left_out);
        match whole.send_whole() {
            Err(Error::TooLong(limit)) if kept.len() > 1 => {
                let room = room(whole.tokens(count_tokens), limit, attempt);
                left_out
                    .extend(shorten(&mut kept, &can_spare, |left| ask(left).tokens(count_tokens) <= room));
                left_out.sort_unstable();
            }
            other => return other,
        }
    }
    ask(&kept).left_out(&left_out).send_whole()
}

/// How many tokens the next prompt may take: its answer needs room too, and the estimate may be wrong, more so each time it was. A model
/// that does not say what it takes (0) takes less than what it was given.
fn room(tokens: u32, limit: u32, attempt: u32) -> u32 {
    let most = if limit == 0 { tokens } else { tokens.min(limit) };
    match attempt {
        1 => most / 4 * 3,
        2 => most / 2,
        _ => most / 4,
    }
}

/// Leave messages out until the rest fits, at least one; the numbers of those that went.
fn shorten(
    kept: &mut Vec<Message>,
    can_spare: impl Fn(&Message) -> bool,
    fits: impl Fn(&[Message]) -> bool,
) -> Vec<u32> {
    let mut gone = Vec::new();
    while kept.len() > 1 && (gone.is_empty() || !fits(kept)) {
        let older = kept.len() - 1;
        let place = kept.iter().take(older).position(&can_spare).unwrap_or(0);
        gone.push(kept.remove(place).seq);
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(kinds: &[&str]) -> Vec<Message> {
        let message = |(seq, kind): (u32, &&str)| Message {
            seq,
            round: 1,
            phase: "speak".into(),
            author: "ada".into(),
            role: "worker".into(),
            kind: (*kind).into(),
            to: None,
            text: "x".repeat(10),
        };
        (1..).zip(kinds).map(message).collect()
    }

    fn left(kinds: &[&str], most: usize) -> (Vec<u32>, Vec<u32>) {
        let mut kept = messages(kinds);
        let gone = shorten(&mut kept, |message| message.kind == "speech", |left| left.len() <= most);
        (gone, kept.into_iter().map(|message| message.seq).collect())
    }

    #[test]
    fn the_oldest_that_can_be_spared_go_first_and_the_newest_stays() {
        assert_eq!(left(&["finding", "speech", "speech", "speech"], 2), (vec![2, 3], vec![1, 4]));
        assert_eq!(left(&["finding", "speech", "finding", "speech"], 1), (vec![2, 1, 3], vec![4]));
        assert_eq!(left(&["finding", "speech"], 0), (vec![1], vec![2]));
    }

    #[test]
    fn somebody_goes_even_if_the_estimate_says_that_all_fit() {
        assert_eq!(left(&["speech", "speech"], 9), (vec![1], vec![2]));
    }

    #[test]
    fn the_room_shrinks_with_every_refusal() {
        assert_eq!([1, 2, 3].map(|attempt| room(10_000, 4_000, attempt)), [3_000, 2_000, 1_000]);
        assert_eq!(room(10_000, 0, 1), 7_500);
        assert_eq!(room(1_000, 4_000, 1), 750);
    }
}
