//! Word lists of the reader: what cannot begin, end or be inside a noun phrase. Tables.

use std::{collections::HashSet, sync::LazyLock};

/// Words that carry no matter of their own. Lower case.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "almost",
    "alone",
    "along",
    "already",
    "also",
    "although",
    "always",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anybody",
    "anything",
    "are",
    "around",
    "as",
    "at",
    "away",
    "back",
    "be",
    "because",
    "been",
    "before",
    "behind",
    "being",
    "below",
    "beside",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "down",
    "during",
    "each",
    "either",
    "else",
    "enough",
    "even",
    "ever",
    "every",
    "everybody",
    "everything",
    "except",
    "few",
    "for",
    "from",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "less",
    "like",
    "many",
    "may",
    "maybe",
    "me",
    "might",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "my",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "otherwise",
    "our",
    "ours",
    "out",
    "over",
    "own",
    "per",
    "perhaps",
    "quite",
    "rather",
    "same",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "somebody",
    "something",
    "soon",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "till",
    "to",
    "today",
    "together",
    "too",
    "toward",
    "towards",
    "twice",
    "under",
    "unless",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "whatever",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whoever",
    "whole",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yes",
    "yet",
    "you",
    "your",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
];

/// Verbs that follow a noun so often that they would be taken for its tail. Lower case, both forms where both occur.
const VERBS: &[&str] = &[
    "accept", "add", "adds", "affect", "affects", "agree", "allow", "allows", "answer", "answers", "appear",
    "appears", "apply", "applies", "argue", "argues", "arrive", "arrives", "ask", "asks", "avoid", "avoids",
    "became", "become", "becomes", "began", "begin", "begins", "belong", "belongs", "break", "breaks",
    "bring", "brings", "buy", "buys", "call", "calls", "came", "carry", "carries", "change", "changes",
    "choose", "close", "closes", "come", "comes", "contain", "contains", "cost", "costs", "cover", "covers",
    "decide", "decides", "depend", "depends", "die", "dies", "drop", "drops", "eat", "eats", "end", "ends",
    "exist", "exists", "expect", "expects", "fail", "fails", "fall", "falls", "feel", "feels", "fill",
    "fills", "find", "finds", "finish", "finishes", "fit", "fits", "follow", "follows", "found", "get",
    "gets", "give", "gives", "go", "goes", "got", "grew", "grow", "grows", "hang", "hangs", "happen",
    "happens", "held", "help", "helps", "hit", "hits", "hold", "holds", "include", "includes", "keep",
    "keeps", "kept", "knew", "know", "knows", "last", "lasts", "lead", "leads", "leave", "leaves", "left",
    "let", "lets", "lie", "lies", "live", "lives", "look", "looks", "lose", "loses", "lost", "made", "make",
    "makes", "mean", "means", "meet", "meets", "miss", "misses", "move", "moves", "need", "needs", "open",
    "opens", "own", "owns", "paid", "pass", "passes", "pay", "pays", "pick", "picks", "prefer", "prefers",
    "put", "puts", "raise", "raises", "ran", "reach", "reaches", "read", "reads", "remain", "remains",
    "remove", "removes", "replace", "replaces", "require", "requires", "rest", "return", "returns", "rise",
    "rises", "run", "runs", "said", "save", "saves", "saw", "say", "says", "see", "seem", "seems", "sees",
    "sell", "sells", "send", "sends", "sent", "serve", "serves", "set", "sets", "show", "shows", "sit",
    "sits", "spend", "spends", "spent", "stand", "stands", "start", "starts", "stay", "stays", "stop",
    "stops", "take", "takes", "tell", "tells", "think", "thinks", "told", "took", "treat", "treats", "try",
    "tries", "turn", "turns", "use", "uses", "wait", "waits", "want", "wants", "went", "win", "wins", "work",
    "works", "write", "writes", "wrote", "built", "written", "given", "taken", "known", "shown", "sold",
    "bought", "brought", "thought", "led", "met", "gone", "seen", "hear", "hears", "annoys", "accepts",
    "renews", "wastes",
];

/// Words that announce a noun phrase.
const ARTICLES: &[&str] = &["the", "a", "an", "our", "their", "its", "each", "every", "your"];

/// Units of time, after "a", "per" or "every".
const TIMES: &[(&str, f64)] = &[
    ("hour", 24.0 * 365.0),
    ("day", 365.0),
    ("night", 365.0),
    ("week", 52.0),
    ("month", 12.0),
    ("quarter", 4.0),
    ("year", 1.0),
];

pub(super) fn is_empty(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.iter().copied().collect());
    SET.contains(word)
}

pub(super) fn is_verb(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.iter().copied().collect());
    SET.contains(word)
}

/// Words that can follow a noun that is the whole subject or object so far.
const LINKS: &[&str] = &[
    "of", "in", "for", "on", "at", "with", "from", "to", "and", "or", "but", "is", "are", "was", "were",
    "will", "would", "can", "could", "must", "should", "has", "have", "that", "which", "who", "by", "as",
    "if", "when", "because", "than",
];

pub(super) fn is_link(word: &str) -> bool {
    LINKS.contains(&word)
}

pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// How often a period comes in a year, if the word is a period.
pub(super) fn times_a_year(word: &str) -> Option<f64> {
    TIMES.iter().find(|(name, _)| *name == word).map(|(_, times)| *times)
}

/// Whether a text is mostly English, by the share of its empty words.
pub(super) fn is_english(text: &str) -> bool {
    let (mut all, mut empty) = (0_usize, 0_usize);
    for word in text.split_whitespace() {
        let word = bare(word).to_lowercase();
        if word.is_empty() {
            continue;
        }
        all += 1;
        empty += usize::from(is_empty(&word));
    }
    empty * 100 >= all * 20
}

/// A word without the marks around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word could stand in a noun phrase: letters (a dash or an apostrophe inside), neither empty nor a verb nor an adverb.
pub(super) fn is_noun_like(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().count() > 1
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
        && !is_empty(&lower)
        && !is_verb(&lower)
        && !lower.ends_with("ly")
}

/// Whether a word that is not the first of a phrase is rather a verb's form.
pub(super) fn is_tail_verb(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.len() > 4 && (lower.ends_with("ed") || lower.ends_with("ing"))
}

/// Whether a sentence sets a limit or gives a reason, by its English words.
pub(super) fn is_limit(sentence: &str) -> bool {
    const SIGNS: &[&str] = &[
        "must", "only", "because", "cannot", "never", "unless", "every", "without", "nobody", "no", "not",
        "whatever",
    ];
    let words: Vec<String> = sentence.split_whitespace().map(|word| bare(word).to_lowercase()).collect();
    SIGNS.iter().any(|sign| words.iter().any(|word| word == sign))
        || sentence.contains(" has to ")
        || sentence.contains(" have to ")
}
