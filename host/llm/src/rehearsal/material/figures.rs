//! Numbers with their units and their surroundings.
//!
//! A number counts when a person would call it a figure: dates, times, versions, ordinals, ranges and list marks do not. Thousands may be
//! grouped by commas or spaces. The unit is the sign, the suffix or the one or two nouns behind it, and the period that may follow.

use super::words::{bare, is_noun_like, is_tail_verb, times_a_year};

/// One number of the briefing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rehearsal) struct Figure {
    /// As it was written, with its unit: `48 minutes`, `12 000 EUR a year`.
    pub(in crate::rehearsal) text: String,
    /// The number alone, as it was written.
    pub(in crate::rehearsal) number: String,
    /// Its value.
    pub(in crate::rehearsal) value: f64,
    /// What can be compared with what: lower case, singular; empty when nothing is known.
    pub(in crate::rehearsal) unit: String,
    /// What it is the figure of, where the briefing names it (`export time: 48 minutes`, or a table's row and column).
    pub(in crate::rehearsal) label: Option<String>,
    /// The row of a table it stands in.
    pub(in crate::rehearsal) row: Option<String>,
    /// The piece of the sentence around it, at most 14 words.
    pub(in crate::rehearsal) clause: String,
    /// How often its period comes in a year, if it has one.
    pub(in crate::rehearsal) a_year: Option<f64>,
    /// The number of the sentence it stands in; a table's row counts as one.
    pub(in crate::rehearsal) origin: usize,
}

/// Words before a number that make it a name.
const NAMING: &[&str] = &[
    "section", "chapter", "version", "step", "line", "page", "round", "option", "phase", "issue", "rfc", "§",
    "#", "figure",
];

/// The figures of one sentence, which is the `origin`th.
pub(super) fn figures(sentence: &str, origin: usize) -> Vec<Figure> {
    let tokens: Vec<&str> = sentence.split_whitespace().collect();
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let named = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| NAMING.contains(&bare_or_sign(before).to_lowercase().as_str()));
        let Some(mut number) = Number::read(token).filter(|_| !named) else {
            at += 1;
            continue;
        };
        let first = at;
        at += 1;
        while number.open && number.may_group() {
            let Some(next) = tokens.get(at).and_then(|next| Number::read_group(next)) else { break };
            number.join(next);
            at += 1;
        }
        let (mut text, mut unit, a_year, used) = number.with_unit(tokens.get(at..).unwrap_or_default());
        at += used;
        let mut label = label(&tokens, first);
        // `Members: 620` is 620 members, and `of whom 240` are members, too.
        if unit.is_empty()
            && let Some(noun) = label.take_if(|label| is_noun_like(label) && label.ends_with('s'))
        {
            text = format!("{text} {noun}");
            unit = singular(&noun);
        }
        let is_part = matches!(tokens.get(..first).unwrap_or_default(), [.., of, whom] if *of == "of" && matches!(*whom, "whom" | "them" | "which"));
        if unit.is_empty()
            && is_part
            && let Some(whole) = found.last()
        {
            unit.clone_from(&whole.unit);
            text = format!("{text} of the {}", whole.text);
        }
        if unit.is_empty() && number.looks_like_a_year() {
            continue;
        }
        let mut clause = clause(&tokens, first, at);
        if is_part && let Some(whole) = found.last() {
            clause = format!("{}, {clause}", whole.clause);
        }
        found.push(Figure {
            text,
            number: number.text.clone(),
            value: number.value,
            unit,
            label,
            row: None,
            clause,
            a_year,
            origin,
        });
    }
    found
}

/// The figures of a table: the first row names the columns, the first cell of each row names the row.
pub(super) fn table_figures(head: &[String], row: &[String], origin: usize) -> Vec<Figure> {
    let name = row.first().map(|cell| cell.trim()).unwrap_or_default();
    let cells = row.iter().zip(head).skip(1);
    cells
        .filter_map(|(cell, column)| {
            let mut figure = figures(cell, origin).into_iter().next()?;
            let (column, sign) = match column.split_once('(') {
                Some((column, sign)) => (column.trim(), sign.trim_end_matches(')').trim()),
                None => (column.as_str(), ""),
            };
            if figure.text == figure.number && !sign.is_empty() && sign.len() < 20 {
                figure.text = format!("{} {sign}", figure.text);
            }
            figure.unit = format!("{} {}", column.to_lowercase(), figure.unit);
            figure.label = Some(lower_first(column));
            figure.row = Some(name.to_owned());
            figure.clause = format!("{name}: {column} {cell}");
            Some(figure)
        })
        .collect()
}

struct Number {
    text: String,
    value: f64,
    sign: String,
    /// Nothing stands between the number and what follows.
    open: bool,
}

impl Number {
    /// Reads a token such as `(48`, `1,200`, `€300`, `40%,` or `480ms.`.
    fn read(token: &str) -> Option<Number> {
        let inner = token.trim_start_matches(['(', '~', '≈', '±', '+', '\'', '=', '‘']);
        let (currency, inner) = match inner.chars().next()? {
            c @ ('€' | '$' | '£' | '¥') => (Some(c), inner.trim_start_matches(c)),
            _ => (None, inner),
        };
        let trimmed = inner.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '\'', '’']);
        let open = trimmed.len() == inner.len();
        let digits =
            trimmed.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(trimmed.len());
        let (number, suffix) = trimmed.split_at_checked(digits)?;
        let number_ok = number.starts_with(|c: char| c.is_ascii_digit())
            && number.ends_with(|c: char| c.is_ascii_digit());
        let suffix_ok =
            suffix.chars().count() <= 4 && suffix.chars().all(|c| c.is_alphabetic() || c == '%' || c == '€');
        if !number_ok || !suffix_ok || matches!(suffix, "st" | "nd" | "rd" | "th") {
            return None;
        }
        let value = value(number)?;
        let sign = currency.map_or_else(|| suffix.to_owned(), String::from);
        let text = match currency {
            Some(c) => format!("{c}{number}{suffix}"),
            None => format!("{number}{suffix}"),
        };
        Some(Number { text, value, sign, open })
    }

    /// Reads the second group of `12 000`.
    fn read_group(token: &str) -> Option<Number> {
        let digits = token.chars().take_while(char::is_ascii_digit).count();
        if digits == 3 { Number::read(token) } else { None }
    }

    fn may_group(&self) -> bool {
        let digits = self.text.rsplit(' ').next().unwrap_or_default();
        digits.chars().filter(char::is_ascii_digit).count() <= 3
            && digits.chars().all(|c| !c.is_alphabetic() && c != '.' && c != ',' && c != '%')
    }

    fn join(&mut self, group: Number) {
        self.text = format!("{} {}", self.text, group.text);
        self.value = self.value * 1000.0 + group.value;
        self.open = group.open;
        if !group.sign.is_empty() {
            self.sign = group.sign;
        }
    }

    fn looks_like_a_year(&self) -> bool {
        self.text.len() == 4 && (1900.0..2100.0).contains(&self.value)
    }

    /// The whole text, the unit, the period, and how many of the following tokens they took.
    fn with_unit(&self, rest: &[&str]) -> (String, String, Option<f64>, usize) {
        let mut text = self.text.clone();
        let mut unit = self.sign.to_lowercase();
        let mut used = 0;
        let mut open = self.open;
        if unit.is_empty() {
            for token in rest.iter().take(2) {
                let word = bare_or_sign(token);
                let sign = matches!(word, "%" | "€" | "$");
                // A participle behind the number is what happened to it, not what it counts.
                let noun = is_noun_like(word) && !is_tail_verb(word);
                if !open || !(sign || noun) || (used == 1 && !ends_phrase(token, rest.get(2).copied())) {
                    break;
                }
                text = format!("{text} {word}");
                unit = singular(&word.to_lowercase());
                used += 1;
                open = !token.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '€' | '$'));
                if sign {
                    break;
                }
            }
        }
        let period = match (rest.get(used), rest.get(used + 1)) {
            (Some(link), Some(word)) if open && matches!(*link, "a" | "per" | "each" | "every") => {
                times_a_year(&bare(word).to_lowercase()).map(|times| (*link, bare(word), times))
            }
            _ => None,
        };
        let Some((link, word, times)) = period else { return (text, unit, None, used) };
        (format!("{text} {link} {word}"), format!("{unit} a {word}"), Some(times), used + 2)
    }
}

/// Two nouns in a row are taken together only where the phrase plainly ends: the second could be a verb.
fn ends_phrase(last: &str, next: Option<&str>) -> bool {
    let marked = last.ends_with(|c: char| !c.is_alphanumeric());
    marked || next.is_none_or(|next| super::words::is_empty(&bare(next).to_lowercase()))
}

fn bare_or_sign(token: &str) -> &str {
    let sign = token.trim_end_matches(['.', ',', ';', ':', ')']);
    if matches!(sign, "%" | "€" | "$" | "§" | "#") { sign } else { bare(token) }
}

/// The value of `1,200`, `1.5`, `1,5` or `1.200.000`.
fn value(number: &str) -> Option<f64> {
    let commas = number.matches(',').count();
    let points = number.matches('.').count();
    let grouped = |mark: char| {
        let mut groups = number.split(mark);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.all(|group| group.len() == 3)
    };
    let plain = match (commas, points) {
        (0, 0 | 1) => number.to_owned(),
        (_, 0) if grouped(',') => number.replace(',', ""),
        (1, 0) => number.replace(',', "."),
        (0, _) if grouped('.') => number.replace('.', ""),
        (_, 1) => number.replace(',', ""),
        _ => return None,
    };
    plain.parse().ok()
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// In `export time: 48 minutes` what stands before the colon, if it is short.
fn label(tokens: &[&str], number: usize) -> Option<String> {
    let before = tokens.get(..number)?;
    let colon = before.iter().rposition(|token| token.ends_with(':'))?;
    // Only what directly follows the colon is its value.
    if number - colon > 2 || colon > 5 {
        return None;
    }
    let words = before.get(..=colon)?.join(" ");
    let words = words.trim_end_matches(':').trim_start_matches(|c: char| !c.is_alphanumeric());
    (words.chars().filter(|c| c.is_alphabetic()).count() > 2).then(|| lower_first(words))
}

pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The clause around the tokens `from..to`, at most 14 words.
fn clause(tokens: &[&str], from: usize, to: usize) -> String {
    let breaks =
        |token: &&str| token.ends_with([',', ';', ':', '.', '?', '!']) || matches!(*token, "–" | "—" | "-");
    let start = tokens.get(..from).and_then(|before| before.iter().rposition(breaks)).map_or(0, |at| at + 1);
    let last = to.max(from + 1) - 1;
    let end = tokens
        .get(last..)
        .and_then(|after| after.iter().position(breaks))
        .map_or(tokens.len(), |at| last + at + 1);
    // A fragment says nothing: it gets the clause before it, too.
    let start = if end - start < 4 {
        tokens
            .get(..start.saturating_sub(1))
            .and_then(|before| before.iter().rposition(breaks))
            .map_or(0, |at| at + 1)
    } else {
        start
    };
    let (mut cut_before, mut cut_after) = (false, false);
    let (mut first, mut beyond) = (start, end);
    // Too long: a conjunction may end or begin a part that says enough.
    let joins = |token: &&str| matches!(*token, "and" | "but" | "while" | "because" | "so" | "when" | "that");
    if beyond - first > 14 {
        let before = tokens.get(first..from).unwrap_or_default();
        if let Some(at) = before.iter().rposition(joins).filter(|at| before.len() - at > 2) {
            first += at + 1;
        }
        let after = tokens.get(to..beyond).unwrap_or_default();
        if let Some(at) = after.iter().position(joins).filter(|at| to + at - first > 3) {
            beyond = to + at;
        }
    }
    let (start, end) = (first, beyond);
    if beyond - first > 14 {
        first = first.max(from.saturating_sub(7));
        cut_before = first > start;
        beyond = beyond.min(first + 14).max(to);
        cut_after = beyond < end;
    }
    let words = tokens.get(first..beyond).unwrap_or_default().join(" ");
    let words =
        words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '€' | '$' | '£' | '(' | ')'));
    let words = if words.matches('(').count() == words.matches(')').count() {
        words.to_owned()
    } else {
        words.replace(['(', ')'], "")
    };
    format!("{}{words}{}", if cut_before { "…" } else { "" }, if cut_after { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sentence: &str) -> Vec<(String, f64, String)> {
        figures(sentence, 0).into_iter().map(|figure| (figure.text, figure.value, figure.unit)).collect()
    }

    #[test]
    fn figures_have_values_and_units() {
        for (sentence, text, value, unit) in [
            ("It takes 48 minutes.", "48 minutes", 48.0, "minute"),
            ("We pay 12 000 EUR a year for it", "12 000 EUR a year", 12_000.0, "eur a year"),
            ("about €1,200 per month", "€1,200 per month", 1200.0, "€ a month"),
            ("Only 40 % of them", "40 %", 40.0, "%"),
            ("(p95 is 480ms)", "480ms", 480.0, "ms"),
            ("some 900 support tickets, mostly", "900 support tickets", 900.0, "ticket"),
            ("1,5 Stunden", "1,5 Stunden", 1.5, "stunden"),
            ("Members: 620", "620 members", 620.0, "member"),
            ("7 engineers asked for it", "7 engineers", 7.0, "engineer"),
        ] {
            assert_eq!(read(sentence), [(text.to_owned(), value, unit.to_owned())], "{sentence}");
        }
    }

    #[test]
    fn names_dates_and_versions_are_no_figures() {
        for sentence in [
            "on 2024-05-01",
            "v1.2.3",
            "since 2019",
            "in round 2",
            "the 3rd time",
            "at 02:30",
            "10-15",
            "1.2.3",
        ] {
            assert_eq!(read(sentence), [], "{sentence}");
        }
    }

    #[test]
    fn a_label_or_a_clause_says_what_a_figure_is() {
        let found = figures("Export time: 48 minutes", 0);
        assert_eq!(found[0].label.as_deref(), Some("export time"));
        let found = figures(
            "As agreed last year, the nightly export takes 48 minutes on a good day, and more on a bad one.",
            0,
        );
        assert_eq!(found[0].clause, "the nightly export takes 48 minutes on a good day");
        let head = ["Option".to_owned(), "Cost (EUR)".to_owned()];
        let found = table_figures(&head, &["Keep".to_owned(), "300".to_owned()], 0);
        assert_eq!((found[0].text.as_str(), found[0].label.as_deref()), ("300 EUR", Some("cost")));
    }
}
