//! What a briefing offers to somebody who has to say something about it.
//!
//! Read once per call, by rules only: sentences, figures, noun phrases, options. Nothing here draws, judges or writes; whatever a briefing
//! is (one word, a table, another language, a page of code) the result can be spoken about.

mod blocks;
mod choices;
mod figures;
mod phrases;
mod sentences;
mod words;

use amatelier_types::Sha256;

use self::blocks::Block;
pub(super) use self::{
    choices::Choice,
    figures::Figure,
    phrases::is_plural,
    sentences::{clip, sentences},
};

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Material {
    /// Sentences that can be quoted, at most 14 words each.
    pub(super) lines: Vec<String>,
    /// Numbers; those with a unit or a label if there are any.
    pub(super) figures: Vec<Figure>,
    /// Noun phrases.
    pub(super) phrases: Vec<String>,
    /// Options; at least two.
    pub(super) choices: Vec<Choice>,
    /// A hash of topic and briefing: whoever reads another text reads differently.
    pub(super) digest: [u8; 32],
}

impl Material {
    /// Reads a briefing.
    pub(super) fn of(topic: &str, briefing: &str) -> Self {
        let all = blocks::blocks(briefing);
        let blocks = without_procedure(&all);
        let mut lines = Vec::new();
        let mut read = Vec::new();
        let mut figures: Vec<Figure> = Vec::new();
        let mut names = Vec::new();
        let mut head: Option<&[String]> = None;
        for (origin, block) in blocks.iter().copied().enumerate() {
            match block {
                Block::Heading(_) => {}
                Block::Row(cells) => match head {
                    Some(head) => figures.extend(figures::table_figures(head, cells, origin << 16)),
                    None => head = Some(cells),
                },
                Block::Code(code) => names.extend(phrases::names(code)),
                Block::Item(text) | Block::Prose(text) => {
                    for (nth, sentence) in sentences(text).into_iter().enumerate() {
                        figures.extend(figures::figures(&sentence, (origin << 16) + nth));
                        if !sentence.ends_with(['?', '？']) {
                            lines.push(clip(&sentence, 14));
                        }
                        read.push(sentence);
                    }
                }
            }
            if !matches!(block, Block::Row(_)) {
                head = None;
            }
        }
        if read.is_empty() {
            lines.extend(sentences(topic).iter().map(|line| clip(line, 14)));
            read.push(topic.to_owned());
        }
        lines.retain(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 3);
        if figures.iter().any(Figure::says_what_it_is) {
            figures.retain(Figure::says_what_it_is);
        }
        // Rules and limits are worth more than scenery.
        if lines.iter().filter(|line| words::is_limit(line)).count() > 2 {
            lines.retain(|line| words::is_limit(line));
        }
        // The topic comes last: its words are everybody's anyway.
        read.push(topic.to_owned());
        let mut phrases = phrases::phrases(&read, &names);
        if phrases.len() < 3 {
            phrases.extend(["the question", "the wording of the question", "the decision"].map(String::from));
        }
        Material {
            lines,
            figures,
            phrases,
            choices: choices::choices(&all, briefing),
            digest: *Sha256::of(format!("{topic}\n{briefing}").as_bytes()).bytes(),
        }
    }
}

/// The blocks without the sections that tell the debaters how to go about it, unless nothing else is there.
fn without_procedure(all: &[Block]) -> Vec<&Block> {
    let mut kept = Vec::new();
    let mut inside = false;
    for block in all {
        if let Block::Heading(title) = block {
            let mut words = title.split(|c: char| !c.is_alphanumeric());
            inside = words.any(|word| matches!(word.to_lowercase().as_str(), "round" | "rounds" | "scope"));
        }
        if !inside {
            kept.push(block);
        }
    }
    let says = kept.iter().any(|block| !matches!(block, Block::Heading(_)));
    if says { kept } else { all.iter().collect() }
}

impl Figure {
    fn says_what_it_is(&self) -> bool {
        !self.unit.is_empty() || self.label.is_some()
    }

    /// The figure as a noun phrase that says what it belongs to, if the briefing gives it a name; always singular.
    pub(super) fn fact(&self) -> Option<String> {
        let label = self.label.as_ref()?;
        Some(match &self.row {
            Some(row) => format!("the figure of {} for {row} ({label})", self.text),
            None => format!("the figure of {} for {label}", self.text),
        })
    }

    /// The figure in a few words, for sums.
    pub(super) fn short(&self) -> String {
        match (&self.label, &self.row) {
            (Some(label), Some(row)) => format!("{} ({label}, {row})", self.text),
            (Some(label), None) => format!("{} ({label})", self.text),
            _ => self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_can_be_spoken_about() {
        let briefings = [
            "",
            "?",
            "Yes",
            "1",
            "| a |\n|---|\n| 2 |",
            "```\nfn main() {}\n```",
            "字",
            "\u{0}\u{fffd}",
            "((((",
            "- \n- ",
        ];
        for briefing in briefings {
            let material = Material::of("", briefing);
            assert!(!material.phrases.is_empty(), "{briefing}");
            assert!(material.choices.len() > 1, "{briefing}");
        }
    }

    #[test]
    fn the_digest_sees_every_byte() {
        assert_ne!(Material::of("t", "12 days").digest, Material::of("t", "13 days").digest);
    }
}
