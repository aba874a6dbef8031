//! What others said, cut so that it can be repeated.
//!
//! A quotation is a clause of at most twelve words, or a sentence of at most fourteen. Sentences that quote, name somebody or calculate are passed over while
//! others remain, so that nobody quotes a quotation of a quotation.

use amatelier_types::{MemberName, Message, MessageKind, Phase, Role};

use super::{
    bank,
    material::{clip, sentences},
};
use crate::CallFacts;

/// The longest sentence that is quoted whole, in words.
const WHOLE: usize = 14;

/// The least worth of a quotation that stands for a speech.
const ENOUGH: u32 = 4;

/// One worker's speech.
#[derive(Debug)]
pub(super) struct Voice<'a> {
    pub(super) message: &'a Message,
    pub(super) sentences: Vec<String>,
}

impl Voice<'_> {
    /// The speaker, as one writes a name.
    pub(super) fn name(&self) -> String {
        person(&self.message.author)
    }

    /// What can be quoted, marks included, with its worth.
    fn quotable(&self, names: &[String]) -> Vec<(u32, String)> {
        self.sentences
            .iter()
            .filter(|sentence| !sentence.ends_with('?') && !sentence.contains(['“', '”', '"', '=', '≈']))
            .filter(|sentence| !names.iter().any(|name| sentence.contains(name.as_str())))
            .filter(|sentence| !bank::GLOSS.contains(&sentence.as_str()))
            .map(|sentence| {
                let is_whole = sentence.split_whitespace().count() <= WHOLE;
                let quote = clip(sentence, if is_whole { WHOLE } else { 12 });
                (worth(sentence, &quote), quote)
            })
            .filter(|(_, quote)| {
                quote.split_whitespace().count() > 4 && !quote.ends_with('…') && !quote.contains('(')
            })
            .map(|(worth, quote)| (worth, quoted(&quote)))
            .collect()
    }

    /// Whether it shows a calculation.
    pub(super) fn has_sum(&self) -> bool {
        self.message.text.contains(['=', '≈'])
    }

    /// The words around a figure, as a quotation, if there is one to quote.
    pub(super) fn figure_quote(&self) -> Option<String> {
        let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
        let sentence =
            self.sentences.iter().find(|sentence| has_digit(sentence) && !sentence.contains('?'))?;
        Some(around(sentence, &has_digit))
    }

    /// The questions it asks.
    pub(super) fn questions(&self) -> impl Iterator<Item = &String> {
        self.sentences.iter().filter(|sentence| sentence.ends_with(['?', '？']))
    }

    /// Whether it names one of the others.
    pub(super) fn names(&self, name: &str) -> bool {
        self.message.text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == name)
    }

    /// How many words hold a digit.
    pub(super) fn figures(&self) -> usize {
        self.message.text.split_whitespace().filter(|word| word.chars().any(|c| c.is_ascii_digit())).count()
    }
}

/// How much of a sentence's weight a quotation keeps: whole sentences about the matter are best, fragments about the speaker worst.
fn worth(sentence: &str, quote: &str) -> u32 {
    let words: Vec<String> = quote
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let personal = ["i", "i'm", "me", "my", "mine", "you", "your", "yours"];
    let pointing = [
        "it", "this", "that", "these", "those", "then", "and", "but", "so", "there", "here", "let", "if",
        "no",
    ];
    let leaning = [
        "had", "as", "when", "while", "without", "since", "before", "after", "what", "nobody", "where",
        "although", "whether",
    ];
    let is_whole = sentence.split_whitespace().count() == quote.split_whitespace().count();
    let is_personal = words.iter().any(|word| personal.contains(&word.as_str()));
    let points = words.first().is_some_and(|word| {
        pointing.contains(&word.as_str()) || (!is_whole && leaning.contains(&word.as_str()))
    });
    let is_long = words.len() > 6;
    2 * u32::from(is_whole) + 2 * u32::from(!is_personal) + u32::from(!points) + u32::from(is_long)
}

/// At most twelve words of a sentence around the first word that `is_key`, as a quotation.
pub(super) fn around(sentence: &str, is_key: &dyn Fn(&str) -> bool) -> String {
    let clean = sentence.replace(['“', '”', '"'], "");
    let words: Vec<&str> = clean.split_whitespace().collect();
    let key = words.iter().position(|word| is_key(word)).unwrap_or(0);
    let from = if words.len() <= 12 { 0 } else { key.saturating_sub(4) };
    let kept: Vec<&str> = words.iter().skip(from).take(12).copied().collect();
    let after = from + kept.len() < words.len();
    let text = kept.join(" ");
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '€' | ')'));
    format!("“{}{text}{}”", if from > 0 { "…" } else { "" }, if after { "…" } else { "" })
}

/// Everything a call can hear from workers.
#[derive(Debug)]
pub(super) struct Heard<'a> {
    pub(super) voices: Vec<Voice<'a>>,
    /// Every worker, as one writes names.
    pub(super) names: Vec<String>,
}

impl<'a> Heard<'a> {
    pub(super) fn of(facts: &'a CallFacts) -> Self {
        let voices = facts
            .heard
            .iter()
            .filter(|message| message.role == Role::Worker && message.kind == MessageKind::Speech)
            .filter(|message| message.text.chars().any(char::is_alphanumeric))
            .map(|message| Voice { message, sentences: sentences(&message.text) })
            .collect();
        Heard { voices, names: facts.workers.iter().map(person).collect() }
    }

    /// What a speech offers for quoting: the best of what nobody has quoted yet, else the best, else its first words. Never empty.
    pub(super) fn quotes(&self, voice: &Voice<'_>) -> Vec<String> {
        let mut found = voice.quotable(&self.names);
        let is_fresh = |(worth, quote): &(u32, String)| {
            *worth >= ENOUGH && !self.voices.iter().any(|other| other.message.text.contains(quote.as_str()))
        };
        if found.iter().any(is_fresh) {
            found.retain(is_fresh);
        }
        let best = found.iter().map(|(worth, _)| *worth).max().unwrap_or(0);
        found.retain(|(worth, _)| *worth == best || (worth + 1 == best && *worth >= ENOUGH));
        if found.is_empty() {
            found.push((0, quoted(&clip(&voice.message.text, 12))));
        }
        found.into_iter().map(|(_, quote)| quote).collect()
    }

    /// Whether a speech has something worth quoting.
    pub(super) fn is_quotable(&self, voice: &Voice<'_>) -> bool {
        voice.quotable(&self.names).iter().any(|(worth, _)| *worth >= ENOUGH)
    }

    /// The newest thing of a member's that is worth quoting; rather from a speech or a rebuttal, the floor is for asides.
    pub(super) fn last_word(&self, member: &MemberName) -> Option<String> {
        let own = || self.voices.iter().rev().filter(|voice| voice.message.author == *member);
        let best = |voice: &Voice<'_>| {
            let found = voice.quotable(&self.names);
            let best = found.into_iter().max_by_key(|(worth, _)| *worth);
            best.filter(|(worth, _)| *worth >= ENOUGH).map(|(_, quote)| quote)
        };
        let formal = own().filter(|voice| voice.message.phase != Phase::Floor).find_map(best);
        formal.or_else(|| own().find_map(best))
    }

    /// Speeches of others, newest first.
    pub(super) fn others(&self, me: &MemberName) -> Vec<&Voice<'a>> {
        self.voices.iter().rev().filter(|voice| voice.message.author != *me).collect()
    }

    /// The newest speech in which somebody asks `me` something that `me` has not spoken after.
    pub(super) fn asked(&self, me: &MemberName) -> Option<&Voice<'a>> {
        let spoke = self
            .voices
            .iter()
            .rev()
            .find(|voice| voice.message.author == *me)
            .map_or(0, |voice| voice.message.seq);
        let name = person(me);
        self.others(me)
            .into_iter()
            .filter(|voice| voice.message.seq > spoke)
            .find(|voice| voice.questions().any(|question| question.contains(&name)))
    }
}

/// Whether the judge redirected a member since it last spoke.
pub(super) fn is_redirected(facts: &CallFacts) -> bool {
    let me = facts.member.as_str();
    let spoke = facts
        .heard
        .iter()
        .rev()
        .find(|message| message.author == facts.member)
        .map_or(0, |message| message.seq);
    facts.heard.iter().filter(|message| message.kind == MessageKind::Intervention && message.seq > spoke).any(
        |message| {
            message.text.lines().any(|line| line.contains("REDIRECT") && line.to_lowercase().contains(me))
        },
    )
}

/// A member's name as one writes a person's: `mary-ann` is Mary-Ann.
pub(super) fn person(name: &MemberName) -> String {
    let parts = name.as_str().split('-').map(capital);
    parts.collect::<Vec<_>>().join("-")
}

/// A text with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A text in quotation marks, its own removed, beginning small where it began a sentence.
fn quoted(text: &str) -> String {
    let text = text.replace(['“', '”', '"'], "");
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let second_is_small = first.chars().nth(1).is_some_and(char::is_lowercase);
    let small =
        first != "I" && (second_is_small || first == "A") && !first.chars().skip(1).any(char::is_uppercase);
    if !small {
        return format!("“{text}”");
    }
    let mut chars = text.chars();
    let text: String =
        chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
    format!("“{text}”")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::rehearsal) fn speech(seq: u32, author: &str, text: &str) -> Message {
        Message {
            seq,
            round: 1,
            phase: Phase::Speak,
            author: author.parse().unwrap(),
            role: Role::Worker,
            kind: MessageKind::Speech,
            to: None,
            text: text.into(),
        }
    }

    #[test]
    fn quotations_are_short_and_never_quote_quotations() {
        let text = "Marcus said “no”. The queue is the wrong place to look, I fear, for several reasons that nobody will like to hear today. Why? 3 / 1 = 3 is a sum.";
        let message = speech(1, "elena", text);
        let voice = Voice { message: &message, sentences: sentences(&message.text) };
        let quotes: Vec<String> =
            voice.quotable(&["Marcus".into()]).into_iter().map(|(_, quote)| quote).collect();
        assert_eq!(quotes, ["“the queue is the wrong place to look”"]);
        assert_eq!(voice.questions().count(), 1);
        assert_eq!(voice.figures(), 3);
        assert!(voice.names("Marcus") && !voice.names("Clare"));
    }

    #[test]
    fn names_are_written_as_people_write_them() {
        assert_eq!(person(&"mary-ann".parse().unwrap()), "Mary-Ann");
        assert_eq!(person(&"haiku-2".parse().unwrap()), "Haiku-2");
    }
}
