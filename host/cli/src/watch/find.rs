//! Looking for words in rows, in any case.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

/// The longest words that can be typed, in characters.
const MOST: usize = 100;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Find {
    /// What is being typed; none when nothing is.
    pub typing: Option<String>,
    /// What is looked for; empty for nothing.
    pub words: String,
    /// The row it was found in last.
    pub at: Option<usize>,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Down,
    Up,
}

impl Find {
    /// One more character.
    pub(crate) fn type_in(&mut self, c: char) {
        if let Some(typing) = self.typing.as_mut().filter(|typing| typing.chars().count() < MOST) {
            typing.push(c);
        }
    }

    /// Which of the rows has the words next: from a row on (itself included) and round the end.
    pub(crate) fn next(&self, rows: &[String], from: usize, way: Way) -> Option<usize> {
        let has = |row: &&usize| rows.get(**row).is_some_and(|row| places(row, &self.words).next().is_some());
        let order: Vec<usize> = match way {
            Way::Down => (from..rows.len()).chain(0..from.min(rows.len())).collect(),
            Way::Up => {
                let upto = (from + 1).min(rows.len());
                (0..upto).rev().chain((upto..rows.len()).rev()).collect()
            }
        };
        order.iter().find(has).copied()
    }

    /// The row with what was found in this style.
    pub(crate) fn mark(&self, row: &Line<'static>, style: Style) -> Line<'static> {
        let text: String = row.spans.iter().map(|span| span.content.as_ref()).collect();
        let found: Vec<(usize, usize)> = places(&text, &self.words).collect();
        if found.is_empty() {
            return row.clone();
        }
        let is_found = |place: usize| found.iter().any(|(from, to)| (*from..*to).contains(&place));
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut place = 0;
        for span in &row.spans {
            for c in span.content.chars() {
                let own = if is_found(place) { span.style.patch(style) } else { span.style };
                match spans.last_mut().filter(|last| last.style == own) {
                    Some(last) => last.content.to_mut().push(c),
                    None => spans.push(Span::styled(c.to_string(), own)),
                }
                place += 1;
            }
        }
        Line { spans, ..row.clone() }
    }
}

/// Where the words are in a text, in characters from and to. Letters count the same in both cases where one letter stands for one.
fn places(text: &str, words: &str) -> impl Iterator<Item = (usize, usize)> + use<> {
    let fold =
        |text: &str| -> Vec<char> { text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect() };
    let (text, words) = (fold(text), fold(words));
    let many = words.len();
    (0..text.len()).filter_map(move |from| {
        let is_here = many > 0 && text.get(from..from + many).is_some_and(|here| *here == words[..]);
        is_here.then_some((from, from + many))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_directions_and_round_the_end() {
        let rows = ["The Bridge", "a tunnel", "a BRIDGE again", "nothing"].map(str::to_owned);
        let find = Find { words: "bridge".into(), ..Find::default() };
        for (from, way, found) in [
            (0, Way::Down, Some(0)),
            (1, Way::Down, Some(2)),
            (3, Way::Down, Some(0)),
            (9, Way::Down, Some(0)),
            (1, Way::Up, Some(0)),
            (9, Way::Up, Some(2)),
        ] {
            assert_eq!(find.next(&rows, from, way), found, "{from} {way:?}");
        }
        assert_eq!(Find { words: "ferry".into(), ..Find::default() }.next(&rows, 0, Way::Down), None);
        assert_eq!(Find::default().next(&rows, 0, Way::Down), None, "no words are nowhere");
    }

    #[test]
    fn what_is_found_is_marked_across_differently_styled_pieces() {
        let (plain, bold) = (Style::new(), Style::new().bold());
        let row = Line::from(vec![Span::styled("the br", plain), Span::styled("idge, Bridge", bold)]);
        let marked = Find { words: "BRIDGE".into(), ..Find::default() }.mark(&row, Style::new().reversed());
        let shown: Vec<(&str, Style)> =
            marked.spans.iter().map(|span| (span.content.as_ref(), span.style)).collect();
        let expected = [
            ("the ", plain),
            ("br", plain.reversed()),
            ("idge", bold.reversed()),
            (", ", bold),
            ("Bridge", bold.reversed()),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn typing_has_an_end() {
        let mut find = Find { typing: Some(String::new()), ..Find::default() };
        (0..2 * MOST).for_each(|_| find.type_in('x'));
        assert_eq!(find.typing.unwrap().len(), MOST);
    }
}
