//! Where sentences end, and which part of one can be quoted.

use super::words::{bare, is_empty};

/// Words after which a full stop ends nothing.
const SHORT: &[&str] = &["e.g", "i.e", "etc", "vs", "dr", "mr", "mrs", "approx", "ca", "no", "z.b", "bzw"];

/// The sentences of a text, marks included. Full stops inside numbers and after usual abbreviations end nothing.
pub(in crate::rehearsal) fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        current.push(c);
        let ends = match c {
            '。' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' => {
                // A closing mark belongs to the sentence it closes.
                while let Some(&mark) = chars.peek() {
                    if !matches!(mark, '”' | ')' | '"' | '.' | '!' | '?') {
                        break;
                    }
                    current.push(mark);
                    chars.next();
                }
                // What goes on small goes on: the mark belonged to something quoted.
                let goes_on =
                    chars.clone().find(|next| !next.is_whitespace()).is_some_and(char::is_lowercase);
                chars.peek().is_none_or(|next| next.is_whitespace()) && !goes_on && !ends_short(&current)
            }
            _ => false,
        };
        if ends {
            keep(&mut current, &mut found);
        }
    }
    keep(&mut current, &mut found);
    found
}

fn keep(current: &mut String, found: &mut Vec<String>) {
    let sentence = current.trim();
    if sentence.chars().any(char::is_alphanumeric) {
        found.push(sentence.to_owned());
    }
    current.clear();
}

fn ends_short(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_end_matches('.').trim_start_matches('(').to_lowercase();
    SHORT.contains(&last.as_str())
}

/// At most `most` words of a text: whole if it fits, else its first clause of at least four words that does, else its first words and
/// an ellipsis. Marks at the ends are cut, so that it can be put between quotation marks.
pub(in crate::rehearsal) fn clip(text: &str, most: usize) -> String {
    let text = text
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '%' | '€' | '$' | '£'));
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= most {
        return shorten(text);
    }
    let clause = text
        .split([',', ';', ':', '–', '—'])
        .map(str::trim)
        .find(|clause| (4..=most).contains(&clause.split_whitespace().count()) && balanced(clause));
    if let Some(clause) = clause {
        return shorten(clause);
    }
    let mut kept: Vec<&str> = words.into_iter().take(most).collect();
    while kept.len() > 3 && kept.last().is_some_and(|word| is_empty(&bare(word).to_lowercase())) {
        kept.pop();
    }
    shorten(kept.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric())) + "…"
}

/// Scripts without spaces have one endless word: it is cut by letters.
fn shorten(text: &str) -> String {
    let most = 96;
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most).collect::<String>() + "…"
    }
}

fn balanced(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            sentences("It took 1.5 s, e.g. at noon. Really? Yes (all of it.) 真的。好"),
            ["It took 1.5 s, e.g. at noon.", "Really?", "Yes (all of it.)", "真的。", "好"]
        );
        assert_eq!(
            sentences("He read “why?” and left. So did I."),
            ["He read “why?” and left.", "So did I."]
        );
        assert!(sentences("  … ").is_empty());
    }

    #[test]
    fn a_clip_never_exceeds_its_length() {
        assert_eq!(clip("One two three.", 12), "One two three");
        assert_eq!(
            clip("We keep the nightly job as it is, because nobody wants to be woken up for it", 8),
            "We keep the nightly job as it is"
        );
        assert_eq!(clip("a b c d e f of the", 7), "a b c d e f…");
        assert!(clip(&"字".repeat(500), 12).chars().count() < 100);
    }
}
