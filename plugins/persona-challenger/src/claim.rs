//! What others said with numbers in it.

use std::collections::BTreeSet;

use amatelier_sdk::chat::Message;

use crate::{
    figure::{Figure, figures},
    words::words,
};

/// Sentences that are looked up in one turn: a search each.
const CLAIMS: usize = 8;

/// A sentence with a number in it.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) author: String,
    pub(crate) figures: Vec<Figure>,
    pub(crate) words: BTreeSet<String>,
}

/// The claims of others, those of the newest speech first. Quotations and code are not what somebody claims.
pub(crate) fn claims(heard: &[Message], me: &str) -> Vec<Claim> {
    let speeches = heard
        .iter()
        .rev()
        .filter(|message| message.kind == "speech" && message.role == "worker" && message.author != me);
    let claims = speeches.flat_map(|speech| {
        sentences(&speech.text).into_iter().filter_map(|sentence| {
            let claim =
                Claim { author: speech.author.clone(), figures: figures(&sentence), words: words(&sentence) };
            (!claim.figures.is_empty() && !claim.words.is_empty()).then_some(claim)
        })
    });
    claims.take(CLAIMS).collect()
}

/// The sentences of a text, without quotations and code.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut fenced = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced && !line.starts_with('>') {
            let mut from = 0;
            for (place, mark) in line.match_indices(['.', '!', '?', ';']) {
                let end = place + mark.len();
                if line.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
                    found.push(line.get(from..end).unwrap_or_default().to_owned());
                    from = end;
                }
            }
            found.push(line.get(from..).unwrap_or_default().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(author: &str, kind: &str, text: &str) -> Message {
        Message {
            seq: 1,
            round: 1,
            phase: "speak".into(),
            author: author.into(),
            role: "worker".into(),
            kind: kind.into(),
            to: None,
            text: text.into(),
        }
    }

    #[test]
    fn sentences_of_others_with_numbers_are_claims_newest_first() {
        let heard = [
            message(
                "grace",
                "speech",
                "B costs 4.5 euros. It is late; A has 3 parts!\n> He said 7 parts.\n```\n8 parts\n```",
            ),
            message("ada", "speech", "I have 1 objection."),
            message("linus", "speech", "No numbers here. 12."),
            message("linus", "request", "[[request: 5 lines of a.csv]]"),
            message("joan", "speech", "C needs 21 days."),
        ];
        let found: Vec<(String, String)> = claims(&heard, "ada")
            .into_iter()
            .map(|claim| {
                (
                    claim.author,
                    claim.figures.iter().map(|figure| figure.text.as_str()).collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        let expected = [("joan", "21"), ("grace", "4.5"), ("grace", "3")];
        assert_eq!(found, expected.map(|(author, figure)| (author.to_owned(), figure.to_owned())));
    }
}
