//! Tags of one's own in a model's text, such as `[[buy: extra-budget]]`: found, and taken out of what is said.

use crate::own_words::pieces;

/// The text without its `[[name: …]]` tags, and what stood in them, in order. Tags stand on one line, in any case, outside quotations and
/// code; empty ones are taken out, too. A line that held nothing else goes with its tag.
pub fn take(text: &str, name: &str) -> (String, Vec<String>) {
    let mut rest = String::with_capacity(text.len());
    let mut found = Vec::new();
    for (own, piece) in pieces(text) {
        if own { take_from(piece, name, &mut rest, &mut found) } else { rest.push_str(piece) }
    }
    (rest, found)
}

fn take_from(piece: &str, name: &str, rest: &mut String, found: &mut Vec<String>) {
    let had = found.len();
    let mut left = String::with_capacity(piece.len());
    let mut from = piece;
    while let Some((start, length, body)) = tag(from, name) {
        let (before, tagged) = from.split_at(start);
        left.push_str(before);
        found.push(body.trim().to_owned());
        from = tagged.get(length..).unwrap_or_default();
    }
    left.push_str(from);
    if found.len() == had || !left.trim().is_empty() {
        rest.push_str(&left);
    }
    found.retain(|body| !body.is_empty());
}

/// Where the first tag begins, how long it is, and what stands in it.
fn tag<'a>(text: &'a str, name: &str) -> Option<(usize, usize, &'a str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("[[")?;
        let inner = text.get(start + 2..)?;
        let head = inner.trim_start_matches(' ');
        let blanks = inner.len() - head.len();
        let body = head
            .get(..name.len())
            .filter(|word| word.eq_ignore_ascii_case(name))
            .and_then(|_| head.get(name.len()..)?.trim_start_matches(' ').strip_prefix(':'));
        if let Some((body, _)) = body.and_then(|body| body.split_once("]]")) {
            let colon = head.find(':')?;
            return Some((start, 2 + blanks + colon + 1 + body.len() + 2, body));
        }
        from = start + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_out_of_ones_own_words_only() {
        for (text, rest, found) in [
            ("I say two. [[buy: a-1]]", "I say two. ", vec!["a-1"]),
            ("[[BUY:a]] and [[ buy : b ]]!", " and !", vec!["a", "b"]),
            ("Two.\n[[buy: a]]\nThree.", "Two.\nThree.", vec!["a"]),
            ("> [[buy: hers]]\n`[[buy: code]]`", "> [[buy: hers]]\n`[[buy: code]]`", vec![]),
            ("```\n[[buy: code]]\n```\n", "```\n[[buy: code]]\n```\n", vec![]),
            ("[[request: x]] [[buyer: y]] [[buy", "[[request: x]] [[buyer: y]] [[buy", vec![]),
            ("[[buy: ]] empty", " empty", vec![]),
            ("é [[buy: ü]] ß", "é  ß", vec!["ü"]),
            ("[[buy: never\nclosed]]", "[[buy: never\nclosed]]", vec![]),
            ("[[[buy: a]]]", "[]", vec!["a"]),
        ] {
            let expected: Vec<String> = found.into_iter().map(String::from).collect();
            assert_eq!(take(text, "buy"), (rest.to_owned(), expected), "{text:?}");
        }
    }
}
