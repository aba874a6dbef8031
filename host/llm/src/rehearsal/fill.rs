//! Puts matter into templates.
//!
//! One `Fill` serves one turn. It holds what the turn is about (a few phrases, a run of facts, an option, a counterpart), all taken from
//! the debate's decks at the turn's own place, so that two turns talk about different things wherever the briefing has enough of them.

use super::{
    draw::deck,
    heard::capital,
    material::{Choice, Material, is_plural},
};

/// How many phrases a turn talks about.
const FOCUS: usize = 4;

/// Whom a turn answers, and what that person said.
#[derive(Clone, Debug)]
pub(super) struct Counterpart {
    pub(super) name: String,
    /// With its quotation marks.
    pub(super) quote: String,
}

/// What a turn's templates are filled with.
#[derive(Debug)]
pub(super) struct Fill<'a> {
    topic: String,
    focus: Vec<&'a str>,
    facts: Vec<String>,
    fact_at: usize,
    used: usize,
    chosen: &'a Choice,
    rival: &'a Choice,
    old: &'a Choice,
    spelled_out: Vec<&'a str>,
    counterpart: Option<Counterpart>,
    other: String,
}

/// The options a turn speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub(super) chosen: usize,
    pub(super) rival: usize,
    pub(super) old: usize,
}

impl<'a> Fill<'a> {
    /// The filling of the turn at `place`. None where the material has no option, which [`Material::of`] never lets happen.
    pub(super) fn new(
        material: &'a Material,
        topic: &str,
        order: [u8; 32],
        place: usize,
        options: Options,
        counterpart: Option<Counterpart>,
        other: String,
    ) -> Option<Self> {
        let choice = |at: usize| material.choices.get(at).or_else(|| material.choices.first());
        let phrases = deck(order, material.phrases.len());
        let focus = (0..FOCUS)
            .filter_map(|step| phrases.get((place * (FOCUS - 1) + step).checked_rem(phrases.len())?))
            .filter_map(|at| material.phrases.get(*at).map(String::as_str))
            .collect();
        Some(Fill {
            topic: topic.to_owned(),
            focus,
            facts: facts(material, order),
            fact_at: place * 2,
            used: 0,
            chosen: choice(options.chosen)?,
            rival: choice(options.rival)?,
            old: choice(options.old)?,
            spelled_out: Vec::new(),
            counterpart,
            other,
        })
    }

    /// A template, filled, its first letter large.
    pub(super) fn render(&mut self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((key, after)) = after.split_once('}') else { break };
            let value = self.value(key);
            let begins = text.ends_with(' ') && text.trim_end().ends_with(['.', '?', '!']);
            text.push_str(&if begins { capital(&value) } else { value.clone() });
            rest = after;
            if matches!(key, "np" | "np2")
                && is_plural(&value)
                && let Some((verb, after)) = plural_verb(rest)
            {
                text.push_str(&verb);
                rest = after;
            }
        }
        text.push_str(rest);
        self.used += 1;
        capital(&text)
    }

    fn value(&mut self, key: &str) -> String {
        match key {
            "np" => self.phrase(0),
            "np2" => self.phrase(1),
            "fact" => {
                self.fact_at += 1;
                let at = self.fact_at.checked_rem(self.facts.len());
                at.and_then(|at| self.facts.get(at)).cloned().unwrap_or_else(|| self.phrase(0))
            }
            "opt" => self.option(self.chosen),
            "rival" => self.option(self.rival),
            "old" => self.option(self.old),
            "topic" => self.topic.clone(),
            "other" => self.other.clone(),
            "who" => self.counterpart.as_ref().map_or_else(|| "the table".into(), |who| who.name.clone()),
            "quote" => self.counterpart.as_ref().map_or_else(|| self.phrase(0), |who| who.quote.clone()),
            // Checked by a test over every template.
            _ => String::new(),
        }
    }

    /// The phrases take turns, sentence by sentence.
    fn phrase(&self, next: usize) -> String {
        let at = (self.used + next).checked_rem(self.focus.len());
        at.and_then(|at| self.focus.get(at))
            .map_or_else(|| "the question".into(), |phrase| (*phrase).to_owned())
    }

    /// An option is spelled out once a turn, at its first mention.
    fn option(&mut self, choice: &'a Choice) -> String {
        if self.spelled_out.contains(&choice.name.as_str()) {
            return choice.name.clone();
        }
        self.spelled_out.push(&choice.name);
        choice.full.clone()
    }
}

/// The verb that follows, in the plural, and what follows it: templates are written for one thing.
fn plural_verb(rest: &str) -> Option<(String, &str)> {
    let (adverb, verb_on) = match rest.strip_prefix(" now ").or_else(|| rest.strip_prefix(" already ")) {
        Some(on) => (rest.get(..rest.len() - on.len())?, on),
        None => (" ", rest.strip_prefix(' ')?),
    };
    let end = verb_on.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(verb_on.len());
    let (verb, after) = verb_on.split_at_checked(end)?;
    let plural = match verb {
        "is" => "are",
        "was" => "were",
        "has" => "have",
        "does" => "do",
        "goes" => "go",
        "reaches" => "reach",
        "worries" => "worry",
        "as" | "this" | "us" | "its" | "less" => return None,
        _ => verb.strip_suffix('s')?,
    };
    Some((format!("{adverb}{plural}"), after))
}

/// What can be held up as a fact: every figure, and lines without one, a third as many or a handful.
fn facts(material: &Material, order: [u8; 32]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let words = ["the line", "the words", "the statement", "the passage", "the remark"];
    let quoted = |at: usize, text: &str| {
        let word = words.get(at % words.len()).copied().unwrap_or("the line");
        format!("{word} “{text}”")
    };
    for (at, figure) in material.figures.iter().enumerate() {
        let is_short = figure.clause.split_whitespace().count() < 4;
        let named = figure.fact().or_else(|| is_short.then(|| format!("the figure of {}", figure.text)));
        found.push(named.unwrap_or_else(|| quoted(at, &figure.clause)));
    }
    let most = if material.figures.len() < 4 { 6 } else { material.figures.len() / 3 };
    let lines = material.lines.iter().filter(|line| !line.chars().any(|c| c.is_ascii_digit())).take(most);
    for (at, line) in lines.enumerate() {
        found.push(quoted(at, line));
    }
    let mut seen = Vec::new();
    found.retain(|fact| {
        let new = !seen.contains(fact);
        seen.push(fact.clone());
        new
    });
    let dealt = deck(order, found.len());
    dealt.into_iter().filter_map(|at| found.get(at).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::bank::*, *};

    #[test]
    fn every_template_fills_without_a_gap() {
        let material = Material::of("Sundays", "The library costs 900 EUR. The budget is short.");
        let options = Options { chosen: 0, rival: 1, old: 2 };
        let who = Counterpart { name: "Elena".into(), quote: "“so it is”".into() };
        let mut fill =
            Fill::new(&material, "Sundays", [1; 32], 3, options, Some(who), "Marcus".into()).unwrap();
        let shared = [
            AGREE,
            DIFFER,
            ALONE,
            COUNTER,
            ANSWER,
            EVIDENCE,
            REMINDER,
            LEADS,
            GLOSS,
            ASK,
            HOLD,
            SHIFT,
            CLOSE,
            HEED,
            BACK,
            FLOOR,
            FLOOR_ALONE,
            RESEARCH,
            START,
            MORE,
        ];
        let stances =
            STANCES.iter().flat_map(|s| [s.open, s.later, s.weigh, s.principle, s.propose, s.rebut, s.floor]);
        for template in shared.into_iter().chain(stances).flatten() {
            let keys = template.matches('{').count();
            let known = [
                "{np}", "{np2}", "{fact}", "{opt}", "{rival}", "{old}", "{topic}", "{other}", "{who}",
                "{quote}",
            ];
            assert_eq!(
                keys,
                known.iter().map(|key| template.matches(key).count()).sum::<usize>(),
                "{template}"
            );
            let text = fill.render(template);
            assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
        }
    }

    #[test]
    fn plural_phrases_get_plural_verbs() {
        assert_eq!(plural_verb(" is late"), Some((" are".into(), " late")));
        assert_eq!(plural_verb(" now means it"), Some((" now mean".into(), " it")));
        assert_eq!(plural_verb(" costs."), Some((" cost".into(), ".")));
        assert_eq!(plural_verb(" as before"), None);
        assert_eq!(plural_verb(", is"), None);
    }

    #[test]
    fn no_template_occurs_twice() {
        let mut all: Vec<&str> = [
            AGREE, DIFFER, COUNTER, ANSWER, EVIDENCE, REMINDER, GLOSS, ASK, HOLD, SHIFT, CLOSE, BACK, FLOOR,
            MORE,
        ]
        .into_iter()
        .chain(
            STANCES.iter().flat_map(|s| [s.open, s.later, s.weigh, s.principle, s.propose, s.rebut, s.floor]),
        )
        .flatten()
        .copied()
        .collect();
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), before);
        assert!(STANCES.iter().all(|s| s.principle.iter().all(|p| !p.contains(['{', '“']))));
    }
}
