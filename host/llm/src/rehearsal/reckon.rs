//! Small honest sums with the briefing's own figures.
//!
//! Every sum shows its terms and its result, so that a reader can check it, and says nothing about what the figures mean beyond their
//! units. Figures are only compared where their units agree.

use super::material::{Figure, Material};

/// How many sums a briefing is good for.
const MOST: usize = 80;

/// Every sum the material allows, as clauses that follow a colon; never empty. Halves and doubles only where little else can be said.
pub(super) fn sums(material: &Material, seats: usize) -> Vec<String> {
    let figures = &material.figures;
    let mut found: Vec<String> = Vec::new();
    for (at, a) in figures.iter().enumerate() {
        for b in figures.iter().skip(at + 1) {
            let (big, small) = if a.value >= b.value { (a, b) } else { (b, a) };
            found.extend(compared(big, small));
            found.extend(share(a, b).or_else(|| share(b, a)));
            found.extend(each(big, small));
        }
        found.extend(rest(a).or_else(|| year(a)));
    }
    if found.len() < 4 {
        found.extend(figures.iter().flat_map(scaled));
    }
    found.truncate(MOST);
    if found.is_empty() {
        let options = material.choices.len();
        let pairs = options * (options - 1) / 2;
        found.push(format!(
            "{options} options taken in pairs make {pairs} comparisons ({options} × {} / 2 = {pairs})",
            options - 1
        ));
        let all = seats * options;
        found.push(format!(
            "{seats} of us and {options} options make {all} judgements ({seats} × {options} = {all})"
        ));
    }
    found
}

/// Two figures of one unit.
fn compared(big: &Figure, small: &Figure) -> Vec<String> {
    if big.unit != small.unit
        || big.unit.is_empty()
        || big.value <= small.value
        || big.value > small.value * 100.0
    {
        return Vec::new();
    }
    let (x, y) = (term(big), term(small));
    let (long, short) = (big.short(), small.short());
    if big.origin == small.origin && is_counted(big) && small.text.contains(" of the ") {
        let part = shown(small.value / big.value * 100.0);
        return vec![format!("{short} are {} in a hundred (100 × {y} / {x} {part})", bare(&part))];
    }
    let ratio = shown(big.value / small.value);
    let less = shown(big.value - small.value);
    vec![
        format!("{long} against {short} is a factor of {} ({x} / {y} {ratio})", bare(&ratio)),
        format!("from {short} to {long} is a difference of {} ({x} − {y} {less})", bare(&less)),
    ]
}

/// A percentage of something counted.
fn share(part: &Figure, whole: &Figure) -> Option<String> {
    if part.unit != "%"
        || part.value >= 100.0
        || part.label.is_some()
        || !is_counted(whole)
        || whole.value < 20.0
    {
        return None;
    }
    let result = shown(part.value / 100.0 * whole.value);
    let factor = plain(part.value / 100.0);
    Some(format!(
        "if the {} held for {}, that would be {} of them ({factor} × {} {result})",
        part.text,
        whole.short(),
        bare(&result),
        term(whole)
    ))
}

/// How much of one thing there is for each of another: of things that are counted, or of anything named in the same sentence.
fn each(big: &Figure, small: &Figure) -> Option<String> {
    let together =
        big.origin == small.origin && !big.unit.is_empty() && big.unit != "%" && big.a_year.is_none();
    let fits = is_counted(small)
        && (together || is_counted(big))
        && big.unit != small.unit
        && big.label == small.label;
    if !fits
        || small.value < 2.0
        || big.value < small.value * 2.0
        || small.text.contains(" of the ")
        || big.text.contains(" of the ")
    {
        return None;
    }
    let result = shown(big.value / small.value);
    Some(format!(
        "{} to {} makes {} for each ({} / {} {result})",
        big.text,
        small.text,
        bare(&result),
        term(big),
        term(small)
    ))
}

/// What a percentage leaves.
fn rest(figure: &Figure) -> Option<String> {
    let good = figure.unit == "%" && figure.value > 0.0 && figure.value < 100.0;
    let rest = shown(100.0 - figure.value);
    good.then(|| {
        format!(
            "{} on one side leaves {} % on the other (100 − {} {rest})",
            figure.short(),
            bare(&rest),
            plain(figure.value)
        )
    })
}

/// What a period's figure comes to in a year.
fn year(figure: &Figure) -> Option<String> {
    let times = figure.a_year.filter(|times| *times > 1.0)?;
    let year = shown(figure.value * times);
    let text = figure.short();
    Some(format!(
        "{text}, kept up for a year, comes to {} ({} × {} {year})",
        bare(&year),
        term(figure),
        plain(times)
    ))
}

/// A figure halved and doubled.
fn scaled(figure: &Figure) -> Vec<String> {
    if figure.value < 4.0 || figure.unit.is_empty() || figure.unit == "%" {
        return Vec::new();
    }
    let (half, double) = (shown(figure.value / 2.0), shown(figure.value * 2.0));
    let (text, x) = (figure.short(), term(figure));
    vec![
        format!("halve {text} and {} remain ({x} / 2 {half})", bare(&half)),
        format!("let {text} double and we are at {} ({x} × 2 {double})", bare(&double)),
    ]
}

/// Whether a figure counts things: neither money nor time nor a measure.
fn is_counted(figure: &Figure) -> bool {
    const MEASURES: &[&str] = &[
        "eur", "euro", "usd", "dollar", "gbp", "pound", "chf", "franc", "cent", "ms", "second", "minute",
        "hour", "day", "night", "week", "month", "quarter", "year", "km", "kg", "gb", "mb", "kb", "token",
        "percent", "time", "in", "status",
    ];
    let unit = figure.unit.as_str();
    figure.label.is_none()
        && figure.a_year.is_none()
        && unit.len() > 3
        && unit.chars().all(char::is_alphabetic)
        && !MEASURES.contains(&unit)
        && figure.value.fract() == 0.0
}

/// A figure's number as it was written, if it was written as a number alone.
fn term(figure: &Figure) -> String {
    let is_plain = figure.number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.'));
    if is_plain { figure.number.clone() } else { plain(figure.value) }
}

/// `= 8` or, where digits were dropped, `≈ 7.1`.
fn shown(value: f64) -> String {
    let text = plain(value);
    let exact = text
        .replace(' ', "")
        .parse::<f64>()
        .is_ok_and(|again| (again - value).abs() < 1e-9 * value.abs().max(1.0));
    format!("{} {text}", if exact { "=" } else { "≈" })
}

fn bare(result: &str) -> &str {
    result.trim_start_matches(['=', '≈', ' '])
}

/// A value in at most four significant digits behind the point, thousands grouped by spaces.
fn plain(value: f64) -> String {
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (whole, point) = text.split_once('.').map_or((text, None), |(whole, point)| (whole, Some(point)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && left % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    point.map_or(grouped.clone(), |point| format!("{grouped}.{point}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(briefing: &str) -> Vec<String> {
        sums(&Material::of("", briefing), 5)
    }

    #[test]
    fn sums_are_right_and_show_their_terms() {
        let found = of(
            "It takes 48 minutes now and 7 minutes then. We get 40 % of it from 900 tickets. They cost 300 EUR a month.",
        );
        assert!(
            found.contains(&"48 minutes against 7 minutes is a factor of 6.86 (48 / 7 ≈ 6.86)".into()),
            "{found:?}"
        );
        assert!(
            found.contains(&"from 7 minutes to 48 minutes is a difference of 41 (48 − 7 = 41)".into()),
            "{found:?}"
        );
        assert!(
            found.contains(&"40 % on one side leaves 60 % on the other (100 − 40 = 60)".into()),
            "{found:?}"
        );
        assert!(
            found.contains(&"300 EUR a month, kept up for a year, comes to 3 600 (300 × 12 = 3 600)".into()),
            "{found:?}"
        );
        assert!(found.iter().any(|sum| sum.contains("0.4 × 900 = 360")), "{found:?}");
    }

    #[test]
    fn shares_and_rates_are_taken_where_they_make_sense() {
        let found = of(
            "Members: 620, of whom 240 borrowed something.\n\nVolunteers: 14\n\nA locker with 12 doors costs 1 450 EUR.",
        );
        assert!(
            found.contains(&"240 of the 620 members are 38.7 in a hundred (100 × 240 / 620 ≈ 38.7)".into()),
            "{found:?}"
        );
        assert!(
            found.contains(&"620 members to 14 volunteers makes 44.3 for each (620 / 14 ≈ 44.3)".into()),
            "{found:?}"
        );
        assert!(
            found.contains(&"1 450 EUR to 12 doors makes 121 for each (1 450 / 12 ≈ 121)".into()),
            "{found:?}"
        );
        assert!(found.iter().all(|sum| !sum.contains("halve")), "{found:?}");
    }

    #[test]
    fn figures_of_different_units_are_not_compared() {
        assert!(of("There are 6 dogs and 9 owners.").iter().all(|sum| !sum.contains("factor")));
    }

    #[test]
    fn a_briefing_without_figures_still_counts_its_options() {
        assert_eq!(of("Should we?")[0], "3 options taken in pairs make 3 comparisons (3 × 2 / 2 = 3)");
    }
}
