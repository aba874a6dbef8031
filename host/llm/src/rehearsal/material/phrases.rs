//! Noun phrases, without a grammar.
//!
//! In English an article announces one and an empty word, a verb or a mark ends it; in other languages the words that come back most often
//! stand in, between quotation marks, so that the sentence around them stays whole. Everything returned can be a subject or an object
//! as it is.

use super::words::{bare, is_article, is_empty, is_english, is_link, is_noun_like, is_tail_verb, is_verb};

/// How many are worth having.
const MOST: usize = 40;

/// The noun phrases of some sentences and some names of code, the most frequent first within those of equal kind.
pub(super) fn phrases(sentences: &[String], names: &[String]) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    let mut count = |phrase: String| match counted.iter_mut().find(|(known, _)| *known == phrase) {
        Some((_, times)) => *times += 1,
        None => counted.push((phrase, 1)),
    };
    let is_english = is_english(&sentences.join(" "));
    if is_english {
        for sentence in sentences {
            announced(sentence).into_iter().for_each(&mut count);
        }
    }
    let mut found = ranked(counted);
    // Most sentences that a phrase is put into are easier to say of one thing.
    if found.iter().filter(|phrase| !is_plural(phrase)).count() >= 10 {
        found.retain(|phrase| !is_plural(phrase));
    }
    found.truncate(MOST);
    for name in names.iter().take(6) {
        found.push(quoted(name));
    }
    if found.len() < if is_english { 3 } else { 6 } {
        found.extend(frequent(sentences).into_iter().take(20));
    }
    found.dedup();
    found
}

/// Most frequent first; longer ones before shorter ones of the same frequency, because they say more.
fn ranked(mut counted: Vec<(String, usize)>) -> Vec<String> {
    counted.sort_by_key(|(phrase, times)| std::cmp::Reverse((*times, phrase.split(' ').count())));
    counted.into_iter().map(|(phrase, _)| phrase).collect()
}

/// The phrases that an article announces in a sentence, as `the …`.
fn announced(sentence: &str) -> Vec<String> {
    let tokens: Vec<&str> = sentence.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let article = bare(token).to_lowercase();
        if !is_article(&article) || token.ends_with(|c: char| !c.is_alphanumeric()) {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        let mut ended = true;
        for (next_at, next) in tokens.iter().enumerate().skip(at + 1) {
            let word = bare(next);
            let opens = next.starts_with(|c: char| !c.is_alphanumeric());
            if opens || !is_noun_like(word) || (!words.is_empty() && is_tail_verb(word)) {
                // After a verb or a number the last word may have been a verb, too.
                ended = opens
                    || is_empty(&word.to_lowercase())
                    || is_tail_verb(word)
                    || super::words::is_verb(&word.to_lowercase());
                break;
            }
            words.push(word);
            if next.ends_with(|c: char| !c.is_alphanumeric()) {
                break;
            }
            // A plural is followed by its verb more often than by another noun; and it may be the verb itself.
            if is_plural(word) {
                let links = tokens.get(next_at + 1).is_none_or(|after| is_link(&bare(after).to_lowercase()));
                if words.len() > 1 && !links {
                    words.pop();
                }
                break;
            }
        }
        // After two nouns the third word is as often what they do.
        if words.len() > 2 && !words.first().is_some_and(|first| is_adjective(first) || is_tail_verb(first)) {
            words.truncate(2);
        }
        if words.len() > 1 && !ended {
            words.truncate(1);
        }
        if words.len() > 3 || words.iter().all(|word| word.chars().count() < 4) || words.is_empty() {
            continue;
        }
        // An adjective that lost its noun says nothing.
        if words.len() == 1
            && words.iter().any(|word| is_tail_verb(word) || is_adjective(word) || is_time(word))
        {
            continue;
        }
        let article = if matches!(article.as_str(), "our" | "their") { article } else { "the".into() };
        found.push(format!("{article} {}", words.join(" ")));
    }
    found
}

/// Whether a phrase, or a word, looks like more than one.
pub(in crate::rehearsal) fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|tail| word.ends_with(tail))
}

/// Words of measure and of order: everything has them, so they are about nothing.
fn is_time(word: &str) -> bool {
    const TIMES: &[&str] = &[
        "case", "day", "days", "end", "evening", "fact", "hour", "kind", "minute", "moment", "month",
        "morning", "night", "number", "part", "place", "point", "second", "thing", "things", "time", "way",
        "week", "weeks", "year", "years",
    ];
    TIMES.contains(&word.to_lowercase().as_str())
}

fn is_adjective(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["able", "ible", "al", "ive", "ous", "ful", "less", "est", "ic", "ish"]
        .iter()
        .any(|tail| lower.ends_with(tail))
        || matches!(
            lower.as_str(),
            "new"
                | "first"
                | "second"
                | "third"
                | "next"
                | "whole"
                | "full"
                | "good"
                | "best"
                | "small"
                | "large"
                | "single"
                | "main"
                | "current"
                | "different"
                | "simple"
                | "short"
                | "long"
                | "late"
                | "early"
                | "worst"
                | "past"
                | "big"
                | "high"
                | "low"
                | "busy"
                | "right"
                | "wrong"
                | "fourth"
                | "former"
                | "final"
                | "fast"
                | "cheap"
                | "present"
                | "separate"
                | "other"
        )
}

/// Longer words that come back, for texts in which articles are unknown.
fn frequent(sentences: &[String]) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for sentence in sentences {
        let pieces = sentence.split(|c: char| {
            c.is_whitespace() || matches!(c, '，' | '、' | '。' | '：' | '；' | ',' | '/' | '(' | ')')
        });
        for piece in pieces {
            let word = bare(piece);
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let dense = word.chars().any(|c| c as u32 >= 0x2E80);
            let long_enough = letters >= if dense { 2 } else { 5 };
            if !long_enough || is_empty(&word.to_lowercase()) || is_verb(&word.to_lowercase()) {
                continue;
            }
            let word: String = if dense { word.chars().take(10).collect() } else { word.to_owned() };
            match counted.iter_mut().find(|(known, _)| known.to_lowercase() == word.to_lowercase()) {
                Some((_, times)) => *times += 1,
                None => counted.push((word, 1)),
            }
        }
    }
    // Stable: among equals the first to appear stays first.
    counted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    counted.into_iter().map(|(word, _)| quoted(&word)).collect()
}

/// The names that a piece of code gives to things: what looks like `snake_case` or `camelCase`.
pub(super) fn names(code: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in code.split(|c: char| !c.is_alphanumeric() && c != '_') {
        let snake = word.trim_matches('_').contains('_');
        let camel = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        let converts = ["as_", "is_", "to_", "from_", "into_"].iter().any(|start| word.starts_with(start));
        let good = (snake || camel)
            && !converts
            && word.len() >= 5
            && word.len() <= 32
            && !word.starts_with(|c: char| c.is_ascii_digit());
        if good && !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Vec<String> {
        phrases(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), &[])
    }

    #[test]
    fn articles_announce_phrases() {
        let found = read(&[
            "The nightly export takes 48 minutes and blocks the release branch, which our support team dislikes.",
        ]);
        assert!(found.contains(&"the release branch".to_owned()), "{found:?}");
        assert!(found.contains(&"our support team".to_owned()), "{found:?}");
        assert!(
            read(&["A shift needs two, because the ladders hang high and it rains."])
                .contains(&"the ladders".to_owned())
        );
        assert!(!found.iter().any(|phrase| phrase.contains("takes")), "{found:?}");
    }

    #[test]
    fn other_languages_give_their_frequent_words() {
        let found = read(&["Die Bibliothek verleiht Bücher.", "Eine Bibliothek ohne Bücher bleibt leer."]);
        assert_eq!(found[0], "“Bibliothek”");
        assert!(!read(&["图书馆是否应该周日开放？"]).is_empty());
        assert!(read(&[""]).is_empty());
    }

    #[test]
    fn code_gives_names() {
        assert_eq!(names("let retry_all = fetchPage(x, retry_all);"), ["retry_all", "fetchPage"]);
    }
}
