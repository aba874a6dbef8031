//! What somebody says in its own words: a text without its quotations and code.
//!
//! A line that starts with `>` is somebody else's, a code fence or inline code is an example. The host reads tags in the same way.

/// A text in pieces, each with whether it is the author's own. Together they are the text.
pub(crate) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
            pieces.push((false, line));
        } else if fenced || bare.starts_with('>') {
            pieces.push((false, line));
        } else {
            inline(line, &mut pieces);
        }
    }
    pieces
}

/// The author's own words alone; what is left out leaves its line breaks.
pub fn own_words(text: &str) -> String {
    let own = |(own, piece): (bool, &str)| match (own, piece.ends_with('\n')) {
        (true, _) => piece.to_owned(),
        (false, true) => "\n".into(),
        (false, false) => String::new(),
    };
    pieces(text).into_iter().map(own).collect()
}

/// A back-tick without a partner on its line is a back-tick.
fn inline<'a>(line: &'a str, pieces: &mut Vec<(bool, &'a str)>) {
    let mut rest = line;
    while let Some((start, end)) = code(rest) {
        let (before, from) = rest.split_at(start);
        let (code, after) = from.split_at(end - start);
        pieces.extend([(true, before), (false, code)]);
        rest = after;
    }
    pieces.push((true, rest));
}

/// Where the first inline code of a line begins and ends, back-ticks included.
fn code(line: &str) -> Option<(usize, usize)> {
    let start = line.find('`')?;
    let length = line.get(start + 1..)?.find('`')?;
    Some((start, start + length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_and_code_are_not_ones_own() {
        for (text, expected) in [
            ("plain", "plain"),
            ("> hers\nmine", "\nmine"),
            ("a `b` c ` d", "a  c ` d"),
            ("```\ncode\n```\nmine\n", "\n\n\nmine\n"),
            ("~~~\nnever closed", "\n"),
            ("é`ü`", "é"),
        ] {
            assert_eq!(own_words(text), expected, "{text:?}");
            let whole: String = pieces(text).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(whole, text);
        }
    }
}
