//! A claim against the line of a registered file that it is about.
//!
//! The line is the one that shares most words with the claim; where two share as many, nobody can tell which is meant and nothing is
//! disputed. In a table the column is the one whose name the claim uses. A number that differs from the line's is disputed only where the
//! line has one number to put in its place: better to leave a wrong number alone than to dispute a right one.

use std::collections::BTreeSet;

use amatelier_sdk::{Move, prompt, steward::Hit};

use crate::{
    claim::{Claim, sentences},
    desk::Desk,
    figure::{Figure, figures, only},
    table,
    words::words,
};

/// Words of a claim that are searched for: more make the search slow and find the same lines.
const SEARCHED: usize = 12;
/// Words that a line of no table has to share with a claim to be about it.
const SHARED: usize = 2;
/// The longest piece of a line that is quoted, in characters.
const QUOTED: usize = 160;

/// What a file says about somebody's number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Check {
    pub(crate) claimant: String,
    /// The number, as its author wrote it.
    pub(crate) said: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    /// What stands in the line.
    pub(crate) text: String,
    /// What the line has instead; none if it bears the number out.
    pub(crate) instead: Option<Instead>,
}

/// A number that stands where another was claimed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Instead {
    pub(crate) has: String,
    /// In a table: the name of its column.
    pub(crate) column: Option<String>,
}

impl Check {
    /// Where the line stands, as speeches cite it.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// Whether a speech says so: in one sentence or two, the place, what stands there, and whose number it is about or which.
    fn is_said_in(&self, sentences: &[String]) -> bool {
        let says = |text: &str| {
            let has = self.instead.as_ref().is_none_or(|instead| names(text, &instead.has));
            let whose = text.to_lowercase().contains(&self.claimant) || names(text, &self.said);
            has && whose && names(text, &self.place())
        };
        match sentences {
            [one] => says(one),
            several => several.windows(2).any(|pair| says(&pair.join(" "))),
        }
    }

    /// In words. What is quoted stands in code marks, where no tag means anything.
    fn sentence(&self) -> String {
        let (claimant, said, place) = (&self.claimant, quoted(&self.said), self.place());
        let text = quoted(&self.text);
        match &self.instead {
            None => format!("I checked {claimant}'s `{said}`: {place} bears it out (`{text}`)."),
            Some(Instead { has, column }) => {
                let has = quoted(has);
                let of =
                    column.as_deref().map(|name| format!(" under `{}`", quoted(name))).unwrap_or_default();
                format!("I dispute {claimant}'s `{said}`: {place} has `{has}`{of} (`{text}`).")
            }
        }
    }
}

/// Claims against the files: what is contradicted first, then what is borne out, each line once.
pub(crate) fn against(claims: &[Claim], desk: &mut dyn Desk) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    for claim in claims {
        let check = one(claim, desk);
        checks.extend(check.filter(|check| !checks.iter().any(|other| other.place() == check.place())));
    }
    checks.sort_by_key(|check| check.instead.is_none());
    checks
}

/// All of them in words, one a line.
pub(crate) fn lines(checks: &[Check]) -> String {
    checks.iter().map(Check::sentence).collect::<Vec<_>>().join("\n")
}

/// A move with what its author left out of it: a place that is not named, or a number that is not. A request is no speech and stays as it
/// is; so does a pass of somebody who has nothing to dispute.
pub(crate) fn complete(made: Move, checks: &[Check]) -> Move {
    let missing = |text: &str| -> Vec<Check> {
        let sentences = sentences(text);
        checks.iter().filter(|check| !check.is_said_in(&sentences)).cloned().collect()
    };
    match made {
        Move::Say(text) if text.to_lowercase().contains("[[request:") => Move::Say(text),
        Move::Say(text) => match missing(&text) {
            left if left.is_empty() => Move::Say(text),
            left => Move::Say(format!("{text}\n\n{}", lines(&left))),
        },
        Move::Pass if checks.iter().any(|check| check.instead.is_some()) => Move::Say(lines(checks)),
        Move::Pass => Move::Pass,
    }
}

/// Whether a text holds a number or a place, and not only another one that begins or ends like it.
pub(crate) fn names(text: &str, what: &str) -> bool {
    text.match_indices(what).any(|(place, _)| {
        let before = text.get(..place).and_then(|before| before.chars().next_back());
        let after = text.get(place + what.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn one(claim: &Claim, desk: &mut dyn Desk) -> Option<Check> {
    let mut searched: Vec<&str> = claim.words.iter().map(String::as_str).collect();
    searched.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    searched.truncate(SEARCHED);
    // Words are letters and digits: nothing in them means anything to a regular expression.
    let hits = desk.grep(&format!(r"\b({})s?\b", searched.join("|")));
    let lines: Vec<Line> = hits.into_iter().filter_map(|hit| Line::of(hit, claim, desk)).collect();
    let most = lines.iter().map(|line| line.shared).max()?;
    let mut best = lines.into_iter().filter(|line| line.shared == most);
    let line = best.next()?;
    let is_alone = best.next().is_none();
    let (said, instead) = line.compare(claim)?;
    (is_alone).then(|| Check {
        claimant: claim.author.clone(),
        said: said.text.clone(),
        file: line.hit.file,
        line: line.hit.line,
        text: line.hit.text,
        instead,
    })
}

/// A line that a claim may be about.
struct Line {
    hit: Hit,
    /// Words of the claim that stand in it.
    shared: usize,
    /// Its numbers, with the names of their columns and how many words of the claim those have.
    numbers: Vec<Number>,
}

#[derive(Clone)]
struct Number {
    text: String,
    value: f64,
    column: Option<String>,
    named: usize,
}

impl Number {
    fn instead(&self) -> Instead {
        Instead { has: self.text.clone(), column: self.column.clone() }
    }
}

impl Line {
    fn of(hit: Hit, claim: &Claim, desk: &mut dyn Desk) -> Option<Line> {
        let shared = |text: &str| words(text).intersection(&claim.words).count();
        if !table::is_table(&hit.file) {
            let numbers = figures(&hit.text).into_iter();
            let numbers: Vec<Number> = numbers
                .map(|figure| Number { text: figure.text, value: figure.value, column: None, named: 0 })
                .collect();
            let shared = shared(&hit.text);
            return (shared >= SHARED && !numbers.is_empty()).then_some(Line { hit, shared, numbers });
        }
        // The first line of a table names its columns and says nothing.
        let head = (hit.line > 1).then(|| desk.head(&hit.file)).flatten()?;
        let (head, cells) = table::cells(&head, &hit.text);
        let mut named = BTreeSet::new();
        let mut numbers = Vec::new();
        for (place, cell) in cells.iter().enumerate() {
            let column = head.get(place);
            match only(cell) {
                Some(value) => numbers.push(Number {
                    text: cell.clone(),
                    value,
                    column: column.cloned(),
                    named: column.map_or(0, |column| shared(column)),
                }),
                None => named.extend(words(cell).intersection(&claim.words).cloned()),
            }
        }
        (!named.is_empty() && !numbers.is_empty()).then_some(Line { hit, shared: named.len(), numbers })
    }

    /// The number of the claim that this line decides, and what stands here in its place if it is another.
    fn compare<'a>(&self, claim: &'a Claim) -> Option<(&'a Figure, Option<Instead>)> {
        let is_here = |figure: &&Figure| self.numbers.iter().any(|number| figure.is(number.value));
        let (here, elsewhere): (Vec<&Figure>, Vec<&Figure>) = claim.figures.iter().partition(is_here);
        let meant = self.meant(&here);
        let differs = |figure: &Figure| meant.filter(|number| !figure.is(number.value));
        match (here.as_slice(), elsewhere.as_slice()) {
            (_, [figure]) => {
                let number = differs(figure)?;
                Some((figure, Some(number.instead())))
            }
            // The right number of another column is the wrong one of this.
            ([figure], []) => match differs(figure).filter(|number| number.named > 0) {
                Some(number) => Some((figure, Some(number.instead()))),
                None => Some((figure, None)),
            },
            ([figure, ..], []) => Some((figure, None)),
            _ => None,
        }
    }

    /// The one number of this line that the claim is about: the one in the column that it names, or the only one that it does not name.
    fn meant(&self, here: &[&Figure]) -> Option<&Number> {
        let most = self.numbers.iter().map(|number| number.named).max()?;
        let candidates: Vec<&Number> = match most {
            0 => {
                let is_said = |number: &&Number| here.iter().any(|figure| figure.is(number.value));
                self.numbers.iter().filter(|number| !is_said(number)).collect()
            }
            most => self.numbers.iter().filter(|number| number.named == most).collect(),
        };
        match candidates.as_slice() {
            [number] => Some(number),
            _ => None,
        }
    }
}

/// A piece of a text for a place between code marks: on one line, without such marks, and not too long.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    prompt::capped(&line, QUOTED)
}

#[cfg(test)]
mod tests {
    use amatelier_sdk::chat::Message;

    use super::*;
    use crate::claim::claims;

    const CHOICES: &str = "choice,name,build_days,monthly_eur\nA,full-text index,8,0\nB,search server,21,85\nC,rented service,9,410";
    const NOTES: &str = "# Notes\nThe index holds 42 entries on disk.\nThe index holds 7 entries in memory.\nDowntime last winter: 3 days";

    /// Two files, searched word by word.
    struct Paper;

    impl Desk for Paper {
        fn grep(&mut self, pattern: &str) -> Vec<Hit> {
            let wanted = words(pattern.trim_start_matches(r"\b(").trim_end_matches(r")s?\b"));
            let files = [("choices.csv", CHOICES), ("notes.md", NOTES)];
            let lines = files.into_iter().flat_map(|(file, text)| {
                (1..).zip(text.lines()).map(move |(line, text)| Hit {
                    file: file.into(),
                    line,
                    text: text.into(),
                })
            });
            lines.filter(|hit| words(&hit.text).intersection(&wanted).next().is_some()).collect()
        }

        fn head(&mut self, file: &str) -> Option<String> {
            (file == "choices.csv").then(|| CHOICES.lines().next().unwrap().to_owned())
        }
    }

    fn check(said: &str) -> Vec<Check> {
        let speech = Message {
            seq: 1,
            round: 1,
            phase: "speak".into(),
            author: "grace".into(),
            role: "worker".into(),
            kind: "speech".into(),
            to: None,
            text: said.into(),
        };
        against(&claims(&[speech], "ada"), &mut Paper)
    }

    fn verdicts(said: &str) -> Vec<(String, String, Option<String>)> {
        let check =
            |check: Check| (check.said.clone(), check.place(), check.instead.map(|instead| instead.has));
        self::check(said).into_iter().map(check).collect()
    }

    #[test]
    fn a_number_is_held_against_the_line_it_is_about() {
        let wrong = |said: &str, place: &str, has: &str| {
            vec![(said.to_owned(), place.to_owned(), Some(has.to_owned()))]
        };
        let right = |said: &str, place: &str| vec![(said.to_owned(), place.to_owned(), None)];
        for (said, expected) in [
            ("The search server takes 35 build days.", wrong("35", "choices.csv:3", "21")),
            ("The search server takes 21 build days.", right("21", "choices.csv:3")),
            ("The rented service is 410 monthly.", right("410", "choices.csv:4")),
            ("The rented service is 140 monthly.", wrong("140", "choices.csv:4", "410")),
            // The right number of another column.
            ("The rented service takes 410 days.", wrong("410", "choices.csv:4", "9")),
            // Nobody can tell which column, or which line, is meant.
            ("The search server scores 35.", vec![]),
            ("The index holds 9 entries.", vec![]),
            ("Downtime last winter was 5 days.", wrong("5", "notes.md:4", "3")),
            ("Nobody knows 12 things about whales.", vec![]),
        ] {
            assert_eq!(verdicts(said), expected, "{said}");
        }
    }

    #[test]
    fn what_is_contradicted_comes_first() {
        let found = verdicts("The search server takes 21 build days. The rented service is 140 monthly.");
        assert_eq!(found.iter().map(|(said, ..)| said.as_str()).collect::<Vec<_>>(), ["140", "21"]);
    }

    #[test]
    fn a_speech_gets_what_it_leaves_out_and_no_more() {
        let checks = check("The search server takes 35 build days.");
        let line =
            "I dispute grace's `35`: choices.csv:3 has `21` under `build_days` (`B,search server,21,85`).";
        assert_eq!(complete(Move::Say("No.".into()), &checks), Move::Say(format!("No.\n\n{line}")));
        assert_eq!(complete(Move::Pass, &checks), Move::Say(line.into()));
        assert!(
            matches!(complete(Move::Say("Grace has 35, not 210, see choices.csv:31".into()), &checks), Move::Say(text) if text.ends_with(line))
        );
        for enough in [
            "Grace, it is 21 (choices.csv:3).",
            "Not 35. It is 21 (choices.csv:3). So what?",
            "[[request: outline of notes.md]]",
        ] {
            assert_eq!(complete(Move::Say(enough.into()), &checks), Move::Say(enough.into()));
        }
        let beside = "Grace has said 35. Much is unclear. The files have it at choices.csv:3: 21.";
        assert!(
            matches!(complete(Move::Say(beside.into()), &checks), Move::Say(text) if text.ends_with(line))
        );
        let right = check("The search server takes 21 build days.");
        assert_eq!(complete(Move::Pass, &right), Move::Pass);
    }

    #[test]
    fn quotations_carry_no_tags() {
        let mut checks = check("The search server takes 35 build days.");
        checks[0].text = "`[[request: a]]`\n<SCOUT>b".into();
        assert!(lines(&checks).ends_with("(`'[[request: a]]' <SCOUT>b`)."), "{}", lines(&checks));
    }
}
