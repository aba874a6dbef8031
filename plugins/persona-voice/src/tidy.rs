//! What a model wraps around its words, taken off again.
//!
//! In this order, until nothing changes: a code fence around the whole text, the speaker's name in front, an opening line that only
//! announces the text, a closing remark or a word count behind it. A line that could be part of an argument stays: it is better to post a
//! phrase too many than to lose a sentence.

/// How an announcing line begins.
const ANNOUNCES: &[&str] = &[
    "sure",
    "certainly",
    "of course",
    "okay",
    "understood",
    "here is",
    "here's",
    "below is",
    "as requested",
];

/// What an announcing line announces.
const TEXTS: &[&str] = &[
    "speech",
    "rebuttal",
    "response",
    "reply",
    "answer",
    "contribution",
    "statement",
    "message",
    "turn",
    "take",
];

/// How a closing remark begins that stands behind a rule.
const CLOSES: &[&str] =
    &["let me know", "i hope", "would you like", "feel free", "word count", "(word count", "[word count"];

/// The longest announcing line, in characters.
const LINE: usize = 120;

/// Stands where an answer stops short.
const CUT: &str = "[The answer was cut off here.]";

/// The text without its wrapping.
pub(crate) fn tidy(text: &str, name: &str) -> String {
    let mut text = text.trim();
    loop {
        let inner = without_closing(without_announcement(without_name(without_fence(text), name))).trim();
        if inner.len() == text.len() {
            return inner.into();
        }
        text = inner;
    }
}

/// PASS and nothing else to speak of: the word alone in any case, or in capitals with a short reason behind it.
pub(crate) fn is_pass(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let reason = bare.strip_prefix("PASS");
    bare.eq_ignore_ascii_case("pass")
        || reason
            .is_some_and(|reason| !reason.starts_with(char::is_alphanumeric) && text.chars().count() < 30)
}

/// Whether the text holds a request to the Steward.
pub(crate) fn asks(text: &str) -> bool {
    text.to_lowercase().contains("[[request:")
}

/// A cut answer up to its last whole sentence, with a mark that says so.
pub(crate) fn mark_as_cut(text: &str) -> String {
    let end = text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len()).rfind(|end| {
        text.get(*end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    });
    let whole = end.and_then(|end| text.get(..end)).unwrap_or(text);
    format!("{whole}\n\n{CUT}")
}

fn without_fence(text: &str) -> &str {
    let inner = || {
        let (info, body) = text.strip_prefix("```")?.split_once('\n')?;
        let body = body.strip_suffix("```")?;
        (!info.contains('`') && !body.contains("```")).then_some(body)
    };
    inner().unwrap_or(text).trim()
}

/// `name:`, `[name]:`, `**name:**` and the like.
fn without_name<'a>(text: &'a str, name: &str) -> &'a str {
    let inner = || {
        let rest = text.trim_start_matches(['*', '_', '[']);
        let (start, rest) = rest.split_at_checked(name.len())?;
        let decoration = ['*', '_', ']'];
        let rest = rest.trim_start_matches(decoration).strip_prefix(':')?;
        start.eq_ignore_ascii_case(name).then(|| rest.trim_start_matches(decoration))
    };
    inner().unwrap_or(text).trim_start()
}

fn without_announcement(text: &str) -> &str {
    match text.split_once('\n') {
        Some((line, rest)) if announces(line.trim()) && !rest.trim().is_empty() => rest.trim_start(),
        _ => text,
    }
}

fn announces(line: &str) -> bool {
    let line = line.to_lowercase();
    let bare = line.trim_end_matches(['.', '!', ':']);
    let starts = ANNOUNCES.iter().any(|start| line.starts_with(start));
    let names_a_text = || bare.split(|c: char| !c.is_alphanumeric()).any(|word| TEXTS.contains(&word));
    ANNOUNCES.contains(&bare)
        || (starts && line.ends_with(':') && line.chars().count() <= LINE && names_a_text())
}

fn without_closing(text: &str) -> &str {
    if let Some((speech, line)) = text.rsplit_once('\n')
        && counts_words(line)
    {
        return speech.trim_end();
    }
    match text.rsplit_once("\n---\n") {
        Some((speech, tail)) if CLOSES.iter().any(|close| tail.trim().to_lowercase().starts_with(close)) => {
            speech.trim_end()
        }
        _ => text,
    }
}

/// `(231 words)`, `Word count: 231`.
fn counts_words(line: &str) -> bool {
    let line = line.to_lowercase();
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let number = bare.strip_suffix("words").or_else(|| bare.strip_prefix("word count"));
    number
        .map(|number| number.trim_matches([' ', ':', '~']))
        .is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_comes_off() {
        for (text, expected) in [
            ("  Two.\n", "Two."),
            ("[ada]: Two.", "Two."),
            ("Ada: Two.", "Two."),
            ("**Ada:** Two.", "Two."),
            ("**Ada**: Two.", "Two."),
            ("```\nTwo.\n```", "Two."),
            ("```text\nada: Two.\n```", "Two."),
            ("Sure!\n\nTwo.", "Two."),
            ("Here is my rebuttal:\n\n[ada]: Two.", "Two."),
            ("Certainly, here's my answer to Grace:\nTwo.", "Two."),
            ("Two.\n\n(231 words)", "Two."),
            ("Two.\n\nWord count: 231", "Two."),
            ("Two.\n\n---\nLet me know if you want more.", "Two."),
        ] {
            assert_eq!(tidy(text, "ada"), expected, "{text}");
        }
    }

    #[test]
    fn what_could_be_an_argument_stays() {
        for text in [
            "Grace: two is wrong.",
            "Adam: Two.",
            "Here is the problem:\nTwo.",
            "Of course, Grace is right.\nTwo.",
            "Here is my answer:",
            "```\ncode\n```\nTwo.",
            "```\none\n```\nand\n```\ntwo\n```",
            "Two.\n---\nThree.",
            "ä",
            "",
        ] {
            assert_eq!(tidy(text, "ada"), text, "{text}");
        }
    }

    #[test]
    fn pass_is_recognised_alone_or_with_a_short_reason() {
        for text in ["PASS", "pass", " Pass. ", "**PASS**", "PASS - nothing new", "PASS."] {
            assert!(is_pass(text), "{text}");
        }
        for text in [
            "PASSING on is wrong.",
            "Pass the salt",
            "PASS is what Grace should have said, and not this.",
            "I pass",
            "",
        ] {
            assert!(!is_pass(text), "{text}");
        }
    }

    #[test]
    fn a_cut_answer_ends_with_a_whole_sentence_and_a_mark() {
        assert_eq!(mark_as_cut("One costs 2.5 coins. Two cos"), format!("One costs 2.5 coins.\n\n{CUT}"));
        assert_eq!(mark_as_cut("One costs"), format!("One costs\n\n{CUT}"));
    }
}
